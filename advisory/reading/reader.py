"""The one straight path from text to Draft: clean, section, then each field in turn."""

import re

from .. import symbols
from . import body, calendar, contacts, doubts, people, places, prose, sections, sessions, titles, venues
from .addresses import find_accounts, find_hashtags, find_urls, is_junk, is_noise, tidy_url, undo_email_disguise
from .clean import clean, fold_digits
from .draft import Draft, Symbol
from .language import language_of

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


def read(text):
    """The Draft of one advisory. Times are local; see Draft for units."""
    cleaned = clean(text or "")
    for line in cleaned.lines:
        line.text = undo_email_disguise(line.text)
    folds = {}

    def folded(line):
        key = id(line)
        if key not in folds:
            folds[key] = fold_digits(line.text)
        return folds[key]

    parts = sections.split(cleaned.lines)
    every = "\n".join(line.text for line in cleaned.lines)
    draft = Draft(language=language_of(every), warnings=list(cleaned.warnings))
    heads = _heads(parts)
    title_line = _name(draft, parts, heads, cleaned.subject)
    dates = calendar.read(parts, cleaned.sent, folded, [line for line in heads if line is title_line])
    listed, used, told = sessions.read(parts, dates, folded)
    used = {id(line) for line in used}
    told = {id(line) for line in told}
    draft.sessions = listed
    hours = _when(draft, parts, dates, folded)
    _where(draft, parts, dates, title_line, every)
    zone_said = _zone(draft, hours, parts, dates, every)
    _embargo(draft, every, dates)
    _addresses(draft, parts, every)
    draft.contacts = contacts.read(parts, _region(draft, every))
    _who(draft, parts, used, title_line)
    draft.background = _background(draft, parts, dates, used | told | {id(title_line)}, folded)
    _symbols(draft, parts, every)
    draft.warnings += dates.warnings
    draft.warnings += doubts.read(
        draft,
        text=every,
        zone_said=zone_said,
        tracker_found=any(is_noise(url.text) for url in find_urls(every[:60_000])),
        http_found="http://" in every,
    )
    return draft


def _heads(parts):
    """The lines before the first label: where a title, a theme and a date line stand."""
    heads = []
    for section in parts:
        if section.name not in ("text", "issued") or section.label == "rule" and len(heads) > 3:
            break
        if section.name == "text":
            heads.extend(section.lines)
    first = next(
        (number for number, line in enumerate(heads) if sections.is_prose(line.text) and len(line.text) > 90),
        len(heads),
    )
    heads = heads[: max(first, 1)]
    if not heads and parts:
        heads = [line for section in parts if section.name == "text" for line in section.lines][:4]
    return heads[:20]


def _name(draft, parts, heads, subject):
    labelled = [section.text for section in parts if section.name == "title" and section.lines]
    whats = [section.text for section in parts if section.name == "what" and section.lines]
    draft.title, title_line = titles.find_title(heads, labelled, whats, subject)
    if not draft.title:
        draft.title = titles.named_meeting("\n".join(section.text for section in parts)[:6000])
    if not draft.title:
        draft.title = titles.event_phrase("\n".join(section.text for section in parts)[:6000]) or titles.any_head(heads)
    texts = [
        line.text
        for section in parts
        if section.name in ("text", "what", "background", "title", "heading")
        for line in section.lines
    ]
    themes = [section.text for section in parts if section.name == "theme" and section.lines]
    draft.theme = titles.find_theme(themes, heads, title_line, texts, draft.title)
    proses = [text for text in texts if sections.is_prose(text)]
    marks = [line.text for line in heads[:6] if not sections.is_prose(line.text)] + ([subject] if subject else [])
    draft.notice = titles.notice_of(marks, proses[0] if proses else "")
    return title_line


def _when(draft, parts, dates, folded):
    """Dates and hours; the sessions of a timetable widen them."""
    days = sorted(session.date for session in draft.sessions if session.date)
    if dates.start:
        draft.start_date, draft.end_date = dates.start.isoformat(), (dates.end or dates.start).isoformat()
        if days and not dates.labelled:
            draft.start_date, draft.end_date = min(draft.start_date, days[0]), max(draft.end_date, days[-1])
    elif days:
        draft.start_date, draft.end_date = days[0], days[-1]
    hours = calendar.hours(parts, dates, folded)
    first_day = [s for s in draft.sessions if s.date == draft.start_date and s.start_time]
    timed = first_day or [s for s in draft.sessions if s.start_time and not s.date]
    labelled = any(section.name in ("time", "when") and section.lines for section in parts)
    if timed and not (labelled and hours.opens):
        same = hours.opens in [s.start_time for s in draft.sessions]
        draft.start_time = timed[0].start_time if same or not hours.opens else hours.opens
        draft.end_time = None if same else hours.closes
        last_day = [s for s in draft.sessions if s.date == draft.end_date and s.end_time]
        if not draft.end_time and last_day and draft.sessions[-1].end_time:
            draft.end_time = last_day[-1].end_time
    else:
        draft.start_time, draft.end_time = hours.opens, hours.closes
    return hours


def _where(draft, parts, dates, title_line, every):
    """Venue and city: the label, else the sentence that invites, else the head's date line, else the dateline."""
    labelled = [section for section in parts if section.name == "where" and section.lines]
    for section in labelled:
        venue, city = venues.take_apart("\n".join(line.text for line in section.lines[:7])[:600])
        draft.venue, draft.city = draft.venue or venue, draft.city or city
        if draft.venue:
            break
    for section in parts:
        if section.name == "city" and section.lines and not draft.city:
            found = places.find_cities(section.lines[0].text)
            draft.city = found[0].text if found else section.lines[0].text[:60]
    online = any(venues.is_online_only(section.lines[0].text) for section in labelled) and not draft.venue
    if not draft.venue and not online:
        _where_in_prose(draft, parts, dates, title_line)
    if not draft.venue and draft.sessions and not labelled:
        draft.venue = draft.sessions[0].venue
    if not draft.city and not online:
        draft.city = _city_of_text(parts, dates)
    if not draft.city and not online and not _is_virtual(every):
        named = {place.city: place.text for place in places.find_cities(every[:8000])}
        draft.city = next(iter(named.values())) if len(named) == 1 else None
    if not draft.city and draft.title and (found := places.find_cities(draft.title)):
        draft.city = found[-1].text


def _where_in_prose(draft, parts, dates, title_line):
    scopes = []
    for section in parts:
        if section.name not in ("text", "when", "what", "title", "heading"):
            continue
        for line in section.lines:
            if line.cells or line is title_line:
                continue
            for _at, sentence in prose.sentences(line.text[:3000]):
                dated = dates.start_line is not None and line is dates.start_line.line
                held = bool(prose.HELD.search(sentence))
                dated = dated or _is_on_first_day(sentence, dates)
                if _is_later_item(sentence, dates):
                    continue
                scopes.append(
                    (
                        2 * dated
                        + 2 * held
                        + bool(re.search(r"\d{1,2}[:.h]\d\d|[ap]\.?m\b|\d\s?(?:Uhr|h\b)", sentence)),
                        sentence,
                        section,
                    )
                )
    scopes = [scope for scope in scopes if scope[0] >= 2]
    for _score, sentence, _section in sorted(scopes, key=lambda scope: -scope[0]):
        phrase = venues.in_sentence(sentence) or _head_place(sentence)
        if phrase:
            venue, city = venues.take_apart(venues.tidy(phrase))
            if venue:
                draft.venue, draft.city = venue, draft.city or city
                return


def _is_on_first_day(sentence, dates):
    mentions = calendar.find_dates(sentence, dates.month_first)
    return bool(dates.start) and any(dates.resolve(mention)[0] == dates.start for mention in mentions)


def _is_later_item(sentence, dates):
    """Whether a sentence tells of another day than the first: a later item's room is not the meeting's."""
    days = [dates.resolve(mention)[0] for mention in calendar.find_dates(sentence, dates.month_first)]
    return bool(days) and dates.start not in days


def _is_on_first_day(sentence, dates):
    mentions = calendar.find_dates(sentence, dates.month_first)
    return bool(dates.start) and any(dates.resolve(mention)[0] == dates.start for mention in mentions)


def _is_later_item(sentence, dates):
    """Whether a sentence tells of days after the first alone: a later item's room is not the meeting's."""
    days = [dates.resolve(mention)[0] for mention in calendar.find_dates(sentence, dates.month_first)]
    return bool(dates.start and days) and all(day and day > dates.start for day in days)


def _head_place(text):
    """'Thursday, March 1 – National Press Club – 9:15 am' and '14 June 2016, UN Headquarters in New York'."""
    if len(text) > 160 or sections.is_prose(text):
        return None
    for piece in re.split(r"\s[–—|-]\s|\s?\|\s?|(?<=\d{4}),\s", titles.without_dates(text)):
        piece = piece.strip(" ,–—-|")
        if venues.PLACE.search(piece) and len(piece) > 4 and not titles._GENRE_ONLY.match(piece):
            return piece
    return None


def _city_of_text(parts, dates):
    """The city of the meeting's sentence, of the title, or of the dateline."""
    texts = []
    if dates.start_line is not None:
        texts.append(dates.start_line.line.text[:1500])
    texts += [section.text[:600] for section in parts if section.name in ("when", "title", "what")]
    virtual = False
    for section in parts:
        if section.name in ("text", "heading"):
            for line in section.lines[:30]:
                if prose.HELD.search(line.text) and re.search(
                    r"\b(?:in|at|à|en|in der)\s[A-Z]|в\s[А-Я]|في|在", line.text
                ):
                    texts.append(line.text[:800])
                virtual = virtual or bool(re.search(r"\b(?:via zoom|virtual|online|by video)\b", line.text[:600], re.I))
    for text in texts:
        found = [
            place
            for place in places.find_cities(text)
            if not re.search(r"\(\s*$|\btime\b", text[max(0, place.start - 2) : place.end + 6])
        ]
        located = [
            place
            for place in found
            if re.search(
                r"(?:\b(?:in|at|à|en|im|a|из|в|г\.)\s|في\s?|ب|在|,\s|–\s)$", text[max(0, place.start - 6) : place.start]
            )
        ]
        if located or found:
            return (located or found)[-1 if located else 0].text if not virtual or located else None
    return None if virtual else _dateline_city(parts)


def _dateline_city(parts):
    for section in parts:
        if section.name in ("text", "issued", "heading", "background"):
            for line in section.lines[:8]:
                found = places.find_cities(line.text[:60])
                if (
                    found
                    and found[0].start <= 1
                    and re.match(r"\s?[,(/،，–—-]", line.text[found[0].end : found[0].end + 2])
                ):
                    return found[0].text
    return None


def _zone(draft, hours, parts, dates, every):
    """Set the zone: the one named by city, else the venue's city's; return whether the text said one."""
    labelled = "\n".join(section.text for section in parts if section.name in ("when", "time", "date"))
    named = places.named_zone(hours.text or labelled) or places.named_zone(labelled) or places.named_zone(every[:6000])
    around = f"{hours.text}\n{labelled}"
    short = places.abbreviation(around) or None
    local = bool(
        re.search(
            r"local time|heure locale|hora local|Ortszeit|местно\w+ врем|当地时间|التوقيت المحلي|بالتوقيت المحلي",
            around,
            re.I,
        )
    )
    city = places.find_cities(draft.city) if draft.city else []
    if named:
        draft.time_zone = named
        if city and not re.search(r"\b(?:virtual|online|zoom)\b", every, re.I) and places.agrees("", named) is None:
            draft.time_zone = city[0].city.zone
    elif city:
        draft.time_zone = city[0].city.zone
    elif draft.venue and (inside := places.find_cities(draft.venue)):
        draft.time_zone = inside[-1].city.zone
    elif short and re.match(r"UTC$|GMT$|Z$", short):
        draft.time_zone = "UTC"
    elif (home := _dateline_city(parts)) and (not short or places.agrees(short, places.find_cities(home)[0].city.zone)):
        draft.time_zone = places.find_cities(home)[0].city.zone if short or local or not _is_virtual(every) else None
    return bool(named or short or local)


def _is_virtual(text):
    return bool(re.search(r"\b(?:virtual|online|zoom|webinar)\b", text[:4000], re.I))


_EMBARGO = re.compile(r"embargo|sperrfrist|эмбарго|禁止发布|禁发|حظر", re.I)
_NO_EMBARGO = re.compile(
    r"\b(?:no|not|without)\s(?:under\s|an\s)?embargo|embargo policy|arms embargo|trade embargo"
    r"|oil embargo|embargo (?:against|on) [A-Z]",
    re.I,
)


def _embargo(draft, every, dates):
    """The moment of an embargo, with its offset where a zone settles it."""
    match = _EMBARGO.search(every)
    if not match:
        return
    sentence = prose.sentence_at(fold_digits(every), match.start())
    if _NO_EMBARGO.search(sentence):
        return
    after = sentence[max(0, sentence.lower().find(match[0].lower())) :]
    following = fold_digits(every)[match.start() : match.start() + 220]
    for scope in (after, following):
        mentions = calendar.find_dates(scope, dates.month_first)
        clocks = calendar.find_times(scope)
        if clocks:
            break
    if not clocks and not mentions:
        return
    day = dates.resolve(mentions[0])[0].isoformat() if mentions and dates.resolve(mentions[0])[0] else draft.start_date
    if not day:
        return
    if not clocks:
        draft.embargo = day
        return
    zone = places.named_zone(scope) or places.abbreviation(scope) or draft.time_zone
    offset = places.offset_of(zone, day, clocks[0].opens) if zone else ""
    if not offset and draft.time_zone:
        offset = places.offset_of(draft.time_zone, day, clocks[0].opens)
    draft.embargo = f"{day}T{clocks[0].opens}{offset}"


def _addresses(draft, parts, every):
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


def _region(draft, every):
    for text in (draft.city or "", every[:400]):
        found = places.find_cities(text)
        if found:
            return found[0].city.country
    return None


def _who(draft, parts, used, title_line):
    """The labelled list of participants, else people named as subjects of the text's sentences."""
    for section in parts:
        if section.name == "who" and section.lines:
            draft.who += [entry for entry in people.listed(section) if entry not in draft.who]
            used.update(id(line) for line in section.lines)
    if not draft.who:
        for section in parts:
            if section.name not in ("text", "what", "background", "title", "heading"):
                continue
            for line in section.lines:
                if line is title_line or line.cells or id(line) in used or not sections.is_prose(line.text):
                    continue
                for entry in people.in_prose(body.without_dateline(line.text[:3000])):
                    if not any(_same_person(entry, known) for known in draft.who):
                        draft.who.append(entry)
    if not draft.who:
        draft.who = list(
            dict.fromkeys(
                name
                for session in draft.sessions
                for name in people.in_prose(session.title)
                if people.NAME.search(name)
            )
        )
    draft.who = [entry[:400] for entry in draft.who[:120]]


def _same_person(entry, known):
    first, second = entry.casefold(), known.casefold()
    return first in second or second in first or first.removeprefix("the ") == second.removeprefix("the ")


def _background(draft, parts, dates, used, folded):
    found = body.read(parts, dates, used, draft.title, folded)
    for section in parts:
        if section.name in ("title", "what") and section.lines and not found:
            found += body.flattened(section.lines[0].text, draft.title)
    return [paragraph for paragraph in found if paragraph != draft.theme]


_OWN_NUMBER = re.compile(r"(?:\bno\.?|n[o°º]|№|number|ref\.?|reference|advisory|release|note)\s?:?\s*$", re.I)


def _symbols(draft, parts, every):
    """Symbols in order; one cited in the background or with words of the past is 'background'."""
    found = {}
    heads = 0
    for section in parts:
        for line in section.lines:
            heads += 1
            if "/" not in line.text and not re.search(r"\d\.\d|\(\d{4}\)", line.text):
                continue
            for item in symbols.find(line.text[:20_000]):
                before = line.text[max(0, item.start - 24) : item.start]
                alone = len(line.text) < len(item.symbol) + 12
                if _OWN_NUMBER.search(before) or (alone and heads <= 8) or item.symbol in found:
                    continue
                found[item.symbol] = _role(section, line, item)
    draft.symbols = [Symbol(symbol, role) for symbol, role in list(found.items())[:200]]


def _role(section, line, item):
    sentence = prose.sentence_at(line.text, item.start)
    past = re.search(
        r"\b(?:was|were|since|adopted|first|had|last year|previous|earlier|pursuant|in accordance"
        r"|recall\w*|established|mandated|requested|under resolution|by resolution|conformément"
        r"|adopté\w*|anterior|adoptada|принят\w+|в соответствии)\b",
        sentence,
        re.I,
    )
    present = re.search(
        r"\b(?:will|launch|present|considers?|before the|on the agenda|lists|contains)\b", sentence, re.I
    )
    if section.name in ("background",):
        return "main" if present and not past else "background"
    return "background" if past and not present else "main"
