"""Find clock times and ranges of them in running text, in the spellings of the supported languages."""

import re
from dataclasses import dataclass
from functools import lru_cache

_AM = (
    r"(?:a\.?\s?m\b\.?|صباحًا|صباحاً|صباحا|ص(?!\w)|утра|de la mañana|du matin|da manhã|in the morning|del mattino"
    r"|上午|早上|凌晨)"
)
_PM = (
    r"(?:p\.?\s?m\b\.?|مساءً|مساءاً|مساءا|مساء|م(?!\w)|ظهرًا|ظهراً|ظهرا|بعد الظهر|дня|вечера"
    r"|de la tarde|de la noche|de l'après-midi|du soir|da tarde|in the (?:afternoon|evening)|del pomeriggio|di sera"
    r"|下午|晚上|中午)"
)
_HALF = rf"(?:(?P<am>{_AM})|(?P<pm>{_PM}))"
# Hours written out, as an invitation or an embargo has them: 'à dix heures', 'a las diez horas', 'zehn Uhr'.
SPOKEN_HOURS = {
    word: hour
    for words in (
        "une deux trois quatre cinq six sept huit neuf dix onze douze",
        "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "one two three four five six seven eight nine ten eleven twelve",
        "ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "одного двух трёх четырёх пяти шести семи восьми девяти десяти одиннадцати двенадцати",
    )
    for hour, word in enumerate(words.split(), 1)
} | {"dezessete": 17, "quatorze": 14, "quinze": 15, "seize": 16, "dieciséis": 16, "diecisiete": 17}
_CHINESE_HOURS = {word: hour for hour, word in enumerate("一 二 三 四 五 六 七 八 九 十 十一 十二".split(), 1)} | {
    "两": 2
}
_ZH_HALF = r"(?:(?P<zam>上午|早上|凌晨|清晨)|(?P<zpm>下午|晚上|中午|傍晚))"
_TIME = re.compile(
    rf"(?=\w)(?:(?<![A-Za-zÀ-ÿ\u0400-\u04ff0-9_:/.$€£+])(?:"
    rf"{_ZH_HALF}?\s?(?P<zh>[01]?\d|2[0-4])\s?(?:[时時点點](?:\s?(?:(?P<zm>[0-5]\d)\s?分?|(?P<zhalf>半)"
    rf"|(?P<zq>一刻)|整)|)(?!间|代|候))"
    rf"|(?:(?P<zam2>上午|早上|凌晨|清晨)|(?P<zpm2>下午|晚上|中午|傍晚))\s?(?P<zh2>[01]?\d|2[0-4])\s?[:：](?P<zm2>[0-5]\d)(?![:\d])"
    rf"|(?P<h>[01]?\d|2[0-4])\s?[:.：٫](?P<m>[0-5]\d)(?P<s>:[0-5]\d)?(?!\d|[./]\d|\s?(?:%|per cent"
    rf"|million|billion|percent|млн|млрд))(?:\s?{_HALF})?"
    rf"|(?P<h2>[01]?\d|2[0-4])\s?[hHч](?![^\W\d]{{2}})(?:\.?\s?(?P<m2>[0-5]\d)(?!\d))?(?:\s?мин\w*)?(?:rs"
    rf"?\b|oras)?(?:\s?{_HALF.replace('<am>', '<am2>').replace('<pm>', '<pm2>')})?"
    rf"|(?P<h3>1[0-2]|0?[1-9])\s?{_HALF.replace('<am>', '<am3>').replace('<pm>', '<pm3>')}"
    rf"|(?P<h4>[01]?\d|2[0-4])(?:[:.](?P<m4>[0-5]\d))?\s?(?:Uhr|horas|heures?(?!\s*de\s*(?:vol|travail))"
    rf"|час(?:ов|а)?(?:\s(?P<m5>[0-5]\d)\sмин\w*)?|o'clock"
    rf"|o’clock)(?!\w)(?:\s?(?P<m7>[0-5]\d)(?!\d))?(?:\s?"
    rf"{_HALF.replace('<am>', '<am4>').replace('<pm>', '<pm4>')})?"
    rf"|(?P<h5>[01]\d|2[0-3])(?P<m6>[0-5]\d)(?=\s?(?:hrs?\b|hours?\b|h\b|UTC|GMT|CES?T|[ECMP][SD]?T\b"
    rf"|BST|EAT|LT\b|local|(?:-|–|—|to|until)\s?(?:[01]\d|2[0-3]):?[0-5]\d(?!\d)))"
    rf")"
    rf"|(?<!\w)(?P<noon>(?:12\s)?noon|midday|midi(?!\s?-)|mediodía|Mittag|полдень|十二点正)(?!\w)"
    rf"|(?<!\w)(?P<midnight>midnight|minuit|medianoche|Mitternacht)(?!\w)"
    rf"|(?:(?<=الساعة )|(?<=a las )|(?<=às )|(?<=alle ore )|(?<=ore )|(?<=kl\. )|(?<=klo )"
    rf"|(?<=um )(?=\d{1, 2}\s?(?:Uhr|bis)))\s*(?P<h6>[01]?\d"
    rf"|2[0-3])(?!\d|[:.]\d)(?:\s?{_HALF.replace('<am>', '<am6>').replace('<pm>', '<pm6>')})?"
    rf"|(?<!\w)(?P<spoken>{'|'.join(sorted(SPOKEN_HOURS, key=len, reverse=True))})\s"
    r"(?:heures?|horas|o['’]clock|Uhr|часов(?!\w)"
    r"|(?=de la (?:mañana|tarde|noche)|y media))"
    r"(?P<spokenhalf>\set demie|\s?y media|\se meia)?"
    rf"(?:\s?(?:precises?|en punto|{_HALF.replace('<am>', '<am5>').replace('<pm>', '<pm5>')}))?"
    rf"|{_ZH_HALF.replace('zam', 'zam3').replace('zpm', 'zpm3')}(?P<zhword>十[一二]?|[一二两三四五六七八九])[点點时時]"
    r"(?P<zhwordhalf>半)?"
    rf"|الساعة (?P<word>الواحدة|الثانية عشرة|الحادية عشرة|الثانية|الثالثة|الرابعة|الخامسة|السادسة"
    rf"|السابعة|الثامنة|التاسعة|العاشرة)(?P<arhalf> والنصف)?(?:\s+(?:من\s)?"
    rf"{_HALF.replace('<am>', '<am7>').replace('<pm>', '<pm7>')})?)",
    re.I,
)
_ARABIC_HOURS = dict(
    zip(
        "الواحدة الثانية الثالثة الرابعة الخامسة السادسة السابعة الثامنة التاسعة العاشرة".split(),
        range(1, 11),
        strict=True,
    )
)
_ARABIC_HOURS |= {"الحادية عشرة": 11, "الثانية عشرة": 12}
_GAP = re.compile(
    r"^\s?(?:h|hrs?|hours|horas|Uhr|ч\.?)?[,.]?\s?(?:-|–|—|‒|‑|−|~|/|to|until|till|through|à|au|a|a las"
    r"|al|hasta|hasta las|hasta la|bis|до|по|至|到|إلى|الى|حتى|وحتى|إلى الساعة|حتى الساعة|às|as|alle|and"
    r"|et|y|и|و)\s?(?:the\s|les\s|las\s|about\s|approx\w*\.?\s"
    r"|circa\s|ca\.?\s|gegen\s|environ\s|vers\s|aprox\w*\.?\s|около\s|примерно\s|الساعة\s)?$",
    re.I,
)
_STRONG_GAP = re.compile(r"-|–|—|‒|‑|−|~|to|until|till|à|bis|до|至|到|إلى|حتى|hasta|a las|às|alle|^\s?a\s?$", re.I)
_BARE_START = re.compile(r"(?<![\d:.,/])(\d{1,2})\s?(?:-|–|—|to|until|bis|à|a|до)\s?$")
_BARE_END = re.compile(
    r"^\s?(?:-|–|—|to|bis|à)\s?(\d{1,2})(?!\d|[:.]\d|\s?(?:"
    + "january|february|march|april|may|june|july|august|september|october|november|december|jan|feb"
    "|mar|apr|jun|jul|aug|sep|oct|nov|dec" + r"))(?=\s?(?:h\b|hrs|hours|Uhr|$|[,.;)]))",
    re.I,
)
_APPROX = re.compile(
    r"(?:approx\w*\.?|about|around|circa|c\.|environ|vers|aprox\w*\.?|gegen|ca\.|около|ориентировочно"
    r"|حوالي|约|tentatively|hacia)\s*$",
    re.I,
)
MAX_TIMES = 100


@dataclass(frozen=True)
class Span:
    """A moment or a range of the clock as written; ``opens`` and ``closes`` are HH:MM."""

    start: int
    end: int
    opens: str
    closes: str | None = None
    approximate: bool = False


def _clock(hour, minute=0):
    return f"{hour % 24:02d}:{minute:02d}"


def _half_day(hour, am, pm):
    if pm and hour < 12:
        return hour + 12
    return 0 if am and hour == 12 else hour


def _read(match):
    """(hour, minute, said am or pm) of a match, or None where the digits are no time."""
    part = match.groupdict()
    am = any(part[name] for name in ("am", "am2", "am3", "am4", "am5", "am6", "am7", "zam", "zam2", "zam3"))
    pm = any(part[name] for name in ("pm", "pm2", "pm3", "pm4", "pm5", "pm6", "pm7", "zpm", "zpm2", "zpm3"))
    if part["noon"]:
        return 12, 0, True
    if part["midnight"]:
        return 0, 0, True
    if part["word"]:
        return _half_day(_ARABIC_HOURS[part["word"]], am, pm), 30 if part["arhalf"] else 0, am or pm
    if part["spoken"]:
        return _half_day(SPOKEN_HOURS[part["spoken"].lower()], am, pm), 30 if part["spokenhalf"] else 0, am or pm
    if part["zhword"]:
        return _half_day(_CHINESE_HOURS[part["zhword"]], am, pm), 30 if part["zhwordhalf"] else 0, am or pm
    if part["zh2"]:
        return _half_day(int(part["zh2"]), am, pm), int(part["zm2"]), am or pm
    if part["zh"]:
        minute = 30 if part["zhalf"] else 15 if part["zq"] else int(part["zm"] or 0)
        return _half_day(int(part["zh"]), am, pm), minute, am or pm
    hour = next(int(part[name]) for name in ("h", "h2", "h3", "h4", "h5", "h6") if part[name])
    minute = next((int(part[name]) for name in ("m", "m2", "m4", "m5", "m6", "m7") if part[name]), 0)
    if hour > 24 or (hour == 24 and minute):
        return None
    return _half_day(hour, am, pm), minute, am or pm


def find_times(text):
    """The first MAX_TIMES times or ranges, in order; a dotted 5.30 needs a.m., a unit, or 'at' before it."""
    return list(_find_times(text))


@lru_cache(maxsize=1024)
def _find_times(text):
    points = []
    for match in _TIME.finditer(text):
        value = _read(match)
        if value and not (match["h"] and _dotted_number(match, text)):
            points.append((match.start(), match.end(), *value))
        if len(points) >= MAX_TIMES:
            break
    return _pair(points, text)


_DOT_CUE = re.compile(
    r"(?:\bat|\bfrom|\bto|\buntil|\bà|\bvers|\bum|\bab|\bbis|a las|\bde|\bdas|às|alle|\bв|\bс|\bдо"
    r"|الساعة|[-–—]|\btime:?|heure\s?:|hora\s?:|uhrzeit:?|начало:?|^|[(\t|,;])\s*$",
    re.I,
)
_DOT_AFTER = re.compile(
    r"^\s?(?:Uhr|h\b|hrs|hours|CES?T|GMT|UTC|BST|[ECMP][SD]?T\b|\(|[-–—]\s?\d|[|\t]|$|ч\b|час|to\s\d|bis\s\d)"
)


def _dotted_number(match, text):
    """'5.30' alone is a number; '17.30' after 'at', in a range or before a zone is a time."""
    written = match[0]
    if "." not in written[:3] and "٫" not in written or match["am"] or match["pm"]:
        return False
    before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 10]
    if re.search(r"(?:\d[.,]$|[$€£]|version|item|rule|section|article|para\.?|chapter|no\.?|§)\s?$", before, re.I):
        return True
    line_start = not before.strip() or before.endswith(("\n", "\t"))
    return not (_DOT_CUE.search(before) or _DOT_AFTER.match(after) or line_start)


def _pair(points, text):
    """Join a start and an end with a connector between; give 9:15 – 10:15 a.m. its missing half of the day."""
    spans, index = [], 0
    while index < len(points):
        start, end, hour, minute, said = points[index]
        approximate = bool(_APPROX.search(text[max(0, start - 16) : start]))
        following = points[index + 1] if index + 1 < len(points) else None
        gap = text[end : following[0]] if following and following[0] - end < 18 else None
        if (
            gap is not None
            and _GAP.match(gap)
            and (
                _STRONG_GAP.search(gap)
                or re.search(r"(?:between|entre|zwischen|من|между)\s+$", text[max(0, start - 10) : start], re.I)
            )
        ):
            hour = _inherit(hour, minute, said, *following[2:5])
            last = following[2]
            if not following[4] and said and hour >= 12 > last and last + 12 > hour:
                last += 12
            spans.append(Span(start, following[1], _clock(hour, minute), _clock(last, following[3]), approximate))
            index += 2
            continue
        spans.append(_single(text, start, end, hour, minute, said, approximate))
        index += 1
    return spans


def _inherit(hour, minute, said, last_hour, last_minute, last_said):
    """'2 – 4 p.m.' starts in the afternoon, '11 – 1 p.m.' in the morning."""
    if said or not last_said or hour >= 12 or last_hour < 12:
        return hour
    return hour + 12 if (hour + 12, minute) < (last_hour, last_minute) else hour


def _single(text, start, end, hour, minute, said, approximate):
    """A lone time, or one whose other end is a bare hour: '9-10:30 am', '14h-16'."""
    bare = _BARE_START.search(text[max(0, start - 8) : start])
    if bare and int(bare[1]) < 24:
        first = int(bare[1])
        first = first + 12 if said and hour >= 12 and first < 12 and first + 12 < hour + (minute > 0) else first
        return Span(start - len(bare[0]), end, _clock(first), _clock(hour, minute), approximate)
    tail = _BARE_END.match(text[end : end + 16])
    if tail and hour < int(tail[1]) < 24:
        return Span(start, end + tail.end(1), _clock(hour, minute), _clock(int(tail[1])), approximate)
    return Span(start, end, _clock(hour, minute), None, approximate)
