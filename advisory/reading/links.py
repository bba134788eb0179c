"""Webcast and other addresses by the words around each; hashtags and accounts."""

import re

from . import prose
from .addresses import find_accounts, find_hashtags, find_urls, is_junk, is_noise, tidy_url

_WATCH = re.compile(
    r"web-?cast|live|stream|watch|\bjoin\b|zoom|webex|teams\b|webinar|web ?tv|broadcast|follow (?:the"
    r"|it|this)|to attend (?:online|virtually|remotely)|participate (?:online|remotely|virtually)"
    r"|youtube|en direct|diffus|retransmi|visioconf|en vivo|en directo|transmi|señal|sigan|seguir"
    r"|übertrag|трансляц|прямо[мй] эфир|подключ|онлайн|直播|收看|观看|线上|在线|البث|بث|مباشر|عبر الرابط|diretta"
    r"|ao vivo",
    re.I,
)
_NOT_WATCH = re.compile(
    r"register|registration|accredit|inscri|acredit|akkredit|anmeld|регистр|аккредит|注册|报名|تسجيل"
    r"|programme|agenda|more information|further information|background|press kit|photos?|download"
    r"|follow (?:us|the \w+ on)|twitter|facebook|instagram",
    re.I,
)
_WATCH_HOST = re.compile(
    r"webtv|zoom|webex|teams\.|youtu|livestream|stream|live\.|/live|webcast|video\.|vimeo|periscope"
    r"|media\.un\.org|tv\.",
    re.I,
)


def read(draft, parts, every):
    """Webcast and links by the words around each address; trackers, share buttons and unsubscribe links go."""
    for section in parts:
        before = ""
        for line in section.lines:
            text = line.text
            if "." in text:
                _addresses_of_line(draft, section, text, before)
            before = text
    draft.webcast = _distinct(draft.webcast)
    known = {_bare(address) for address in draft.webcast}
    draft.links = [link for link in _distinct(draft.links) if _bare(link) not in known]
    draft.hashtags = list(dict.fromkeys(find_hashtags(every)))
    draft.accounts = list(dict.fromkeys(find_accounts(every)))


def _addresses_of_line(draft, section, text, before):
    for url in find_urls(text):
        sentence = prose.sentence_at(text, url.start)
        around = sentence if len(sentence) < 400 else text[max(0, url.start - 160) : url.end + 60]
        if is_noise(url.text) or len(text) < 200 and is_junk(text) and not _WATCH.search(around.replace(url.text, "")):
            continue
        near = text[max(0, url.start - 90) : url.start]
        near = re.split(r"https?://\S+|[.;]\s", near)[-1] or near
        if _is_webcast(section, url.text, near, around, before if url.start < 3 else ""):
            draft.webcast.append(tidy_url(url.text))
        else:
            draft.links.append(tidy_url(url.text))


def _is_webcast(section, address, near, around, before):
    words = around.replace(address, " ")
    if _NOT_WATCH.search(near) and not re.search(r"web-?cast|live-?stream|watch", near, re.I):
        return False
    if section.name == "webcast" or _WATCH.search(near):
        return not re.search(r"regist|accredit|inscri", near, re.I)
    if (
        before
        and len(before) < 120
        and before.rstrip().endswith((":", "："))
        and _WATCH.search(before)
        and not _NOT_WATCH.search(before)
    ):
        return True
    if _WATCH_HOST.search(address) and not _NOT_WATCH.search(words):
        return True
    return bool(_WATCH.search(words)) and not _NOT_WATCH.search(words) and section.name != "contact"


def _bare(address):
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", address.lower()).rstrip("/#")


def _distinct(addresses):
    return list({_bare(address): address for address in reversed(addresses)}.values())[::-1]
