"""Web addresses, e-mail addresses, telephone numbers, accounts and hashtags as people write them."""

import re
from dataclasses import dataclass
from email.utils import parseaddr
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import phonenumbers

from ..symbols import is_symbol

_TLD = (
    r"(?:org|int|com|net|eu|info|gov|edu|tv|mil|news|press|africa|asia|live|online|ch|fr|es|de|at|be|ca"
    r"|uk|us|it|ru|cn|jp|br|mx|ar|cl|co|pe|nl|se|no|fi|dk|pl|cz|ke|za|eg|qa|in|au|nz|io|me|ly|gl"
    r"|example)"
)
_URL = re.compile(
    r"(?:https?://|(?<![\w.@/-])www\.)[^\s<>\"“”«»，。；）（、،|]{2,2000}"
    rf"|(?<![\w.@/:%=-])(?=[a-z0-9])(?:[a-z0-9-]{{1,63}}\.){{1,4}}{_TLD}(?![\w@-]"
    rf"|\.\w)(?:/[^\s<>\"“”«»，。；）（、،|]{{0,1000}})?",
    re.I,
)
_GLUED = re.compile(
    r"(?<=[\w/])(?=(?:Password|Passcode|Passwort|Meeting|Webinar|Code|Phone|By|Or|ID|Contraseña"
    r"|Kennwort|Mot|Пароль|密码|Access|One|Join|Tel|Email)\w{0,12}(?:\s|:|$))"
    r"|(?<=[a-z0-9/])(?=[A-Z][a-z]{2,14}:)|(?=https?://)(?<=.{8})"
)
_EMAIL = re.compile(r"(?<![\w.+@%-])[A-Za-z0-9][\w.+%'-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w@])")
_AT = r"(?:\s?[\[({<]\s?(?:at|@|arroba|arobase|bei|ät|a)\s?[\])}>]\s?|\s(?:AT|arroba|arobase)\s)"
_DOT = r"(?:\s?[\[({<]\s?(?:dot|point|punto|punkt|\.)\s?[\])}>]\s?|\s(?:DOT|dot|punto|point)\s|\.)"
_HIDDEN_EMAIL = re.compile(
    rf"(?<![\w.@])([A-Za-z0-9][\w.+-]{{0,63}}?){_AT}([A-Za-z0-9-]{{1,63}}(?:{_DOT}[A-Za-z0-9-]{{1,63}}){{1,4}})", re.A
)
_HIDDEN_LOCAL = re.compile(r"\s?[\[({]\s?(?:dot|point|punto)\s?[\])}]\s?", re.I)
_SPACED_EMAIL = re.compile(r"(?<=[\w])\s?@\s(?=[a-z0-9-]+\.[a-z])|(?<=[a-z0-9])\s@\s?(?=[a-z0-9-]+\.[a-z])")
_ACCOUNT = re.compile(r"(?<![\w@./+-])@[A-Za-z]\w{1,39}(?![\w@]|\.\w)")
_HASHTAG = re.compile(r"(?<![\w&/#=.])#(?!\d+\b)\w{2,80}")
_PHONE = re.compile(
    r"(?<![\w@#/=.:,-])(?:\+\s?|00\s?|\(\s?\+?|\[\s?\+?)?\d(?:[\d \-–‑.()\[\]/\u2011]){4,24}\d(?![\w@%]|[.:,]\d)"
)
_EXTENSION = re.compile(
    r"^\s?,?\s?(?:\(?\s?)(?:ext\.?|extension|poste|доб\.|x|int\.|anexo|Durchwahl)\s?(\d{1,6})", re.I
)
_NOT_A_PHONE = re.compile(
    r"(?:fax|télécopie|факс|فاكس|传真|telefax|\bID|passcode|password|code|pin|webinar|meeting"
    r"|conference id|dial[- ]in|dial|number of|\bno|\bnº|\bn°|№|\broom|\bsala|\bsalle|cuit|iban|isbn"
    r"|issn|\bdoi"
    r"|密码|会议号|идентификатор|код|registration number|\breg|postal"
    r"|\bzip)\b\.?\s?(?:for\s(?:the\s)?(?:phone|telephone|audio)\s?)?(?:n(?:umber|o\.?"
    r"|º)\s)?(?:\(\w{1,12}\)\s?)?(?:is\s)?[:#：.]?\s?$|\$\s?$|€\s?$",
    re.I,
)
_PHONE_CUE = re.compile(
    r"(?:\btels?\.?|teléfonos?|téléphones?|tél\.?|phone|mobile|mob\.?|cell|call|telephone|telefon|celular"
    r"|móvil|handy|portable|gsm|whatsapp|signal|sms|text|т\.|тел\.?|телефон\w*|моб\.?|هاتف|جوال|محمول"
    r"|电话|手机|office|direct|toll[- ]free|[TMPC]|at|on|au|al)\s?[:.：]?\s?(?:\(\w{1,12}\)\s?)?(?:number\s)?"
    r"[:：]?\s?$",
    re.I,
)
_CHAIN = re.compile(r"\s?(?:,|;|/|\||、|and|or|et|ou|y|o|und|oder|и|или|أو|و|或|和)?\s?(?:au\s|al\s)?", re.I)
MAX_ADDRESSES = 60  # a line
_PUNCTUATION = ".,;:!?'’…*_·"
_TRACKER_HOST = re.compile(
    r"(?:^|\.)(?:google-?tagmanager|google-?analytics|doubleclick|scorecardresearch|hotjar|quantserve"
    r"|addthis|addtoany|sharethis|list-manage|mailchimp|sendgrid|hubspot|mailgun|mandrillapp|chartbeat"
    r"|piwik|matomo|segment|omtrdc|adservice|googleadservices|googlesyndication|bat\.bing|px\.ads)(?:\."
    r"|$)"
    r"|^(?:pixel|px|track|tracker|tracking|trk|click|clicks|beacon|analytics|stats|stat|metrics|collect"
    r"|open|opens|email-links|links\.email|rt|counter|ads|ad|t|e\.click|mailtrack|unsubscribe"
    r"|optout)s?\d?\.",
    re.I,
)
_TRACKER_PATH = re.compile(
    r"/(?:tr|pixel|beacon|collect|gtag|gtm|utag|open|track|tracking|click|imp|counter"
    r"|analytics)(?:\.\w{2,4})?(?:[/?]|$)|/gtag/js|\.(?:gif|png|jpe?g|svg|webp|js|css|woff2?|ico)(?:\?"
    r"|$)|/(?:wf/open|e/o/|o\.gif|1x1)",
    re.I,
)
_SHARE = re.compile(
    r"/(?:intent|sharer|share|sharing|shareArticle|share-offsite|dialog)(?:[/?.]|$)|/submit\?|[?&](?:u"
    r"|url|text|share)=http|pin/create|unsubscribe|opt-?out|/preferences|email-preferences|view(?:-"
    r"|_)?(?:in|this)(?:-|_)?browser|web-?version|update-profile|wa\.me/\?|//t\.me/share"
    r"|manage-subscription|forward-to-a-friend|desabonn|darse-de-baja|abmelden",
    re.I,
)
_JUNK_LINE = re.compile(
    r"unsubscribe|opt[- ]out|view (?:it |this (?:e-?mail )?)?(?:in|on) (?:your )?(?:web )?browser"
    r"|manage (?:your )?(?:preferences|subscription)|désabonn|se désinscrire|darse de baja"
    r"|cancelar (?:la )?suscripción|abmelden|abbestellen|отписаться|退订|取消订阅|إلغاء الاشتراك"
    r"|having trouble viewing|no images\?|pixel|share (?:this|on)|partager|compartir (?:en|esta)"
    r"|поделиться|分享|شارك",
    re.I,
)


@dataclass(frozen=True)
class Address:
    """An address or number as found: its place in the text and its tidy form."""

    start: int
    end: int
    text: str


def undo_email_disguise(text):
    """'name [at] example [dot] org' as name@example.org; other text unchanged."""
    if "@" in text:
        text = _SPACED_EMAIL.sub("@", text)
    lowered = text.lower()
    if not any(
        mark in lowered
        for mark in (" at", "(at", "[at", "{at", "arroba", "arobase", "(@", "[@", "<at", "( at", "(a)", "(bei")
    ):
        return text
    return _HIDDEN_EMAIL.sub(lambda m: f"{_HIDDEN_LOCAL.sub('.', m[1])}@{re.sub(_DOT, '.', m[2]).strip('.')}", text)


def find_urls(text):
    """Web addresses in the text, unglued and without closing punctuation; trackers are included (see is_noise)."""
    if "." not in text:
        return []
    found = []
    for match in islice(_URL.finditer(text), MAX_ADDRESSES):
        address, start = match[0], match.start()
        glue = _GLUED.search(address, 4)
        if glue and glue.start() > 8:
            address = address[: glue.start()]
        address = _trim(address)
        if (
            (
                address.lower().startswith(("http", "www."))
                or "/" in address
                or text[start + len(address) : start + len(address) + 1] != "@"
            )
            and "." in address
            and not _EMAIL.match(text, start)
            and not (address[:1].isupper() and is_symbol(address))
        ):
            found.append(Address(start, start + len(address), address))
    return found


def _trim(address):
    address = address.rstrip(_PUNCTUATION)
    while address.endswith((")", "]", "}")) and address.count("(") + address.count("[") < address.count(
        ")"
    ) + address.count("]") + address.count("}"):
        address = address[:-1].rstrip(_PUNCTUATION)
    return address


def tidy_url(address):
    """Without campaign parameters."""
    if "utm_" not in address and "fbclid" not in address and "mc_cid" not in address:
        return address
    try:
        parts = urlsplit(address)
        query = [
            (k, v)
            for k, v in parse_qsl(parts.query, keep_blank_values=True)
            if not re.match(r"utm_|fbclid|gclid|mc_[ce]id", k)
        ]
        return urlunsplit(parts._replace(query=urlencode(query)))
    except ValueError:
        return address


def is_noise(address, line=""):
    """Whether an address is a tracker, a share button, an unsubscribe link or a page's own resource."""
    bare = re.sub(r"^https?://", "", address, flags=re.I)
    host, _, path = bare.partition("/")
    return bool(
        _TRACKER_HOST.search(host.split("?")[0])
        or _TRACKER_PATH.search("/" + path)
        or _SHARE.search(bare)
        or (line and is_junk(line))
    )


def is_junk(line):
    """Whether a line is a newsletter's or a web page's own furniture."""
    return bool(_JUNK_LINE.search(line))


def find_emails(text):
    """E-mail addresses that the standard library also reads as such."""
    if "@" not in text:
        return []
    found = []
    for match in islice(_EMAIL.finditer(text), MAX_ADDRESSES):
        address = match[0].rstrip(".'-")
        if parseaddr(address)[1] == address:
            found.append(Address(match.start(), match.start() + len(address), address))
    return found


def find_phones(text, region=None, in_contact=False):
    """Telephone numbers as written, faxes, dial-ins and identifiers left out."""
    found = []
    for match in islice(_PHONE.finditer(text), MAX_ADDRESSES):
        written = match[0].strip(" -–./")
        start = match.start()
        before = text[max(0, start - 30) : start]
        chained = bool(found) and bool(_CHAIN.fullmatch(text[found[-1].end : start]))
        if _NOT_A_PHONE.search(before) or not _plausible(written, before, region, in_contact, chained):
            continue
        written = _balance(written)
        end = start + len(match[0])
        extension = _EXTENSION.match(text[end : end + 20])
        if extension:
            written, end = text[start : end + extension.end()].strip(), end + extension.end()
        pieces = re.split(r"\s/\s|(?<=\d{7})/", written)
        whole = any(len(re.sub(r"\D", "", piece)) < 6 for piece in pieces)
        found.extend(Address(start, end, piece.strip()) for piece in ([written] if whole else pieces))
    return found


def _balance(written):
    if written.count("(") > written.count(")") and written.startswith("("):
        return written[1:]
    return (
        written.rstrip("([")
        if written.count("(") != written.count(")") or written.count("[") != written.count("]")
        else written
    )


def _plausible(written, before, region, in_contact, chained):
    """Enough digits, a telephone's shape or a word for it, and phonenumbers finds the number possible."""
    digits = re.sub(r"\D", "", written)
    if not 6 <= len(digits) <= 15 or re.fullmatch(r"(?:19|20)\d\d\s?[-–/]\s?(?:(?:19|20)\d\d|\d\d)", written):
        return False
    if re.search(r"\d[./-](?:0?\d|1[0-2])[./-](?:19|20)\d\d$|^(?:19|20)\d\d[-/.](?:0?\d|1[0-2])[-/.]\d\d?$", written):
        return False
    cue = chained or bool(_PHONE_CUE.search(before))
    international = written.startswith(("+", "00", "(+", "[+", "["))
    grouped = bool(
        re.fullmatch(r"\(?\d{2,4}\)?[ .-]{1,2}\d{2,4}(?:[ .-]\d{2,4}){1,3}|1[-. ]\d{3}[-. ]\d{3}[-. ]\d{4}", written)
    )
    if not (
        cue or international or (grouped and (in_contact or len(digits) >= 9)) or (in_contact and len(digits) >= 7)
    ):
        return False
    if len(digits) < 7 and not cue:
        return False
    candidate = "+" + digits.removeprefix("00") if international else written
    try:
        number = phonenumbers.parse(candidate, None if international else region or "US")
    except phonenumbers.NumberParseException:
        return False
    return len(digits) <= 8 or phonenumbers.is_possible_number(number) or cue or in_contact


def find_accounts(text):
    """'@name' accounts; the local part of an e-mail address is not one."""
    return [m[0] for m in _ACCOUNT.finditer(text)] if "@" in text else []


def find_hashtags(text):
    return [m[0] for m in _HASHTAG.finditer(text)] if "#" in text else []
