"""United Nations document symbols: find them in text, write them one way, link them.

Pure functions. Other organizations' documents are found by the same slash grammar, or by patterns the caller passes in.
"""

import re
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote

UN_PATTERN = "https://docs.un.org/{lang}/{symbol}"

_DASHES = re.compile(r"\s*[\u2010-\u2015\u2212]\s*|\s+-\s*|\s*-\s+")
_SPACED_SLASH = re.compile(r"\s*/\s*")
_MODIFIERS = (
    "Add Amend Corr Rev Summary Min Prov CRP INF L NGO PET PRST PV R RES SR WP CONF CN AC GC PC SC WG Sub".split()
)
_MODIFIER_CASE = {word.lower(): word for word in _MODIFIERS}
_DOTTED = re.compile(r"^([A-Za-z]+)\.\s?(\S*)$")

# A letter of a script without capitals, such as Han or Arabic, may touch a symbol: they do not set it off by a space.
_WORD = r"[^\W\u0590-\U0010ffff]"
# A segment starts with a letter or digit; brackets hold a session or year: GC(65)/RES/1, S/RES/1440 (2002).
_SEGMENT = (
    r"(?:(?:Add|Amend|Corr|Rev|add|corr|rev|ADD|CORR|REV|RES|Res)\.\s\d{1,5}"
    r"|[A-Za-z0-9](?:[A-Za-z0-9._]|-(?=[A-Za-z0-9]))*(?:\([0-9IVXLC]{1,9}\)\d{0,5}(?![A-Za-z]))?)"
)
_HEAD = r"[A-Z][A-Za-z0-9.]{0,11}(?:-[A-Z0-9]{1,6})?(?:\(\d{1,4}\))?"
_BRACKET = rf"(?:\s?\((?:\d{{4}}|[IVXLS-]{{1,9}}|[XVILC]{{1,8}}-O/\d{{2}}|\d{{4}}/\d{{2}})\)(?!{_WORD}))?"
_SLASHED = re.compile(
    rf"(?<!{_WORD}|[/:.@%=?&-]){_HEAD}(?:\s?/\s?{_SEGMENT}){{1,7}}{_BRACKET}(?:\*{{1,3}})?(?![/@=?&%]|{_WORD})",
)
# Shapes that are symbols by their form alone: COM(2021) 3 final, WHA74.7, EB148.R5, MEPC 76/7/4, 41 C/5, doc. 13101/17.
_NUMBERED = re.compile(
    rf"(?<!{_WORD}|[/:.@%-])(?:"
    r"(?:WHA|EB|WHC)\d{1,3}\.R?\d{1,3}"
    r"|(?:COM|SWD|JOIN|SEC|CM|C)\(\d{4}\)\s?\d{1,4}(?:\sfinal)?"
    r"|[A-Z]{1,5}(?:[/-][A-Z]{2,5})?\(\d{4}\)\d{1,4}(?:\sfinal)?"
    r"|[A-Z]{2,5}\s\d{1,3}/\d{1,3}(?:/\d{1,3}){1,2}"
    r"|[A-Z]{2,5}\s\d{1,3}/(?:INF|WP|CRP|DOC|REP|RES)(?:[.\s]?\d{1,3})?"
    r"|\d{2,3}\s(?:C|EX)/\d{1,3}"
    r"|(?:EUCO|ST)\s\d{1,5}/\d{2}"
    r"|(?:(?<=doc\. )|(?<=dok\. )|(?<=document )|(?<=\())\d{4,5}/\d{2}(?:\s(?:REV|ADD|COR)\s\d)?"
    rf")(?!{_WORD}|[/(]|-\d)"
)
_UN_ORGAN = re.compile(
    r"^(?:A|S|E|T|ST|DP|TD|ID|CRC|CAT|CCPR|CEDAW|CERD|CMW|CRPD|CED|HRI|HSP|UNEP|UNICEF|UNFPA|UNW|WFP|JIU|LOS|ISBA|"
    r"SPLOS|CLCS|PBC|BWC|NPT|CTOC|CAC|FCCC|CBD|ICCD|DC|CD|ECE|TRANS|GA|SC|HABITAT|UNITAR|UNU|OPS|DPI|SG|TRADE|ENERGY)$"
)
_PLAIN_WORDS = frozenset("and or he she his her him they them n y o".split())
_SERIES = (
    r"(?:ADD|Add|AMEND|Amend|CORR|Corr|REV|Rev|RES|Res|Rec|REC|Dec|DEC|INF|CRP|WP|CONF|Conf|DOC|Doc|doc|REP|CN|AC|PV|SR|"
    r"L|W|NGO|PET|PRST|MIN|CP|CIRC|INFCIRC|Ser|JOUR|DEL|GAL|SUB|Sub|WG|DG|INS|COMM|EX|PUB|TM|SC|PC|CL)"
)
_IN_SERIES = re.compile(rf"(?<![A-Za-z]){_SERIES}(?=$|[.(-]|\d+$)")
_DOTTED_NUMBER = re.compile(r"^[A-Za-z0-9]{1,6}\.(?:[A-Z]{1,6}|\d{1,5}[A-Za-z]?)(?:\([0-9IVXLC]{1,9}\))?$")


@dataclass(frozen=True)
class Found:
    """One symbol in running text: where it stands and how it is written."""

    start: int
    end: int
    symbol: str


def normalise(text):
    """Write one symbol the way the Dag Hammarskjöld Library does: no stray spaces, plain hyphens, modifiers cased."""
    text = re.sub(r"\s+", " ", text.translate({0x200B: None, 0xAD: None, 0xA0: " "})).strip(" ,;:")
    text = _SPACED_SLASH.sub("/", _DASHES.sub("-", text))
    if re.search(r"^[ASE]/RES/", text):
        text = re.sub(r"\s?(\((?:\d{4}|[IVXLS-]{1,9})\))", r" \1", text)
    return "/".join(_segment(part) for part in text.split("/")).rstrip(".")


def _segment(part):
    """'add. 1' -> 'Add.1'; any other segment as it is."""
    dotted = _DOTTED.match(part)
    if dotted and dotted[1].lower() in _MODIFIER_CASE:
        return f"{_MODIFIER_CASE[dotted[1].lower()]}.{dotted[2]}"
    return part


def find(text, patterns=()):
    """Every symbol in running text, in order, as ``Found``; a double symbol gives two.

    ``patterns`` are further (regex, url pattern) pairs of the caller's organization.
    """
    found = []
    if "/" in text:
        for match in _SLASHED.finditer(text):
            found.extend(_parts(match))
    found.extend(Found(m.start(), m.end(), normalise(m[0])) for m in _NUMBERED.finditer(text))
    for pattern, _url in patterns:
        found.extend(Found(m.start(), m.end(), m[0].strip()) for m in re.finditer(pattern, text))
    kept, reached = [], -1
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if item.start >= reached:
            kept.append(item)
            reached = item.end
    return kept


def _parts(match):
    """Split 'A/70/999-S/2016/620' into its two symbols and drop what is not a symbol."""
    text, base = match[0], match.start()
    cut = re.search(r"-(?=(?:A|S|E|ST|CRC|CCPR)/[A-Z0-9])", text)
    pieces = [(0, len(text))] if not cut else [(0, cut.start()), (cut.end(), len(text))]
    for start, end in pieces:
        piece = text[start:end].rstrip(".")
        if is_symbol(piece):
            yield Found(base + start, base + start + len(piece), normalise(piece))


def is_symbol(text):
    """Whether a slashed word is a document symbol and not a date, a fraction or 'and/or'."""
    parts = [part.strip() for part in text.split("/")]
    if len(parts) < 2 or not re.search(r"\d", text) or not re.match(r"[A-Z]", parts[0]):
        return False
    if any(part in _PLAIN_WORDS for part in parts[1:]):
        return False
    head = parts[0].split(".")[0]
    if _UN_ORGAN.match(head):
        return bool(re.search(r"\d", "".join(parts[1:]))) and not (
            len(parts) == 2 and len(head) < 2 and not _un_pair(parts)
        )
    return _form(parts) >= 2


def _form(parts):
    """How much the parts of a slashed word look like another organization's symbol; 2 is enough."""
    head, rest = parts[0], parts[1:]
    worded = [bool(re.search(r"[a-z]{3}", _IN_SERIES.sub("", part))) for part in parts]
    digits = [part for part in rest if re.search(r"\d", part)]
    form = 2 * any(_IN_SERIES.search(part) for part in parts)
    form += 2 * bool(re.match(r"[A-Z]{2,}\.[A-Z0-9]{1,5}$|[A-Z]{2,4}\(\d{1,4}\)$", head))
    form += 2 * any(re.fullmatch(r"(?:19|20)\d\d", one) and other[:1].isdigit() for one, other in pairwise(rest))
    form += 2 * any(re.fullmatch(r"(?:19|20)\d\d\(\d+\)", part) for part in rest)
    form += any(_DOTTED_NUMBER.match(part) for part in rest)
    form += bool(re.fullmatch(r"[A-Z]{1,3}\d{2,3}|[A-Z]{1,3}\d?-[A-Z0-9]{2,5}", head))
    form += (len(digits) >= 2) + (len(parts) >= 4) + bool(re.fullmatch(r"\d+", rest[-1]))
    return form - 2 * sum(worded[1:]) - worded[0] - 4 * (not digits and not re.search(r"\d", head))


def _un_pair(parts):
    """A two-part symbol of a main organ is a series and number, A/HRC or S/2016: never 'A/4' paper or 'S/M' sizes."""
    return bool(re.match(r"(?:\d{3,}|[A-Z]{2,}.*\d)", parts[1]))


def link(symbol, language="en", pattern=UN_PATTERN):
    """The address at which one symbol resolves; spaces and brackets are percent-encoded, slashes kept."""
    plain = normalise(symbol).rstrip("*")
    return pattern.format(lang=language, symbol=quote(plain, safe="/.-_~"))


def is_united_nations(symbol):
    """Whether a symbol starts with a United Nations organ's series, so that the UN's resolver knows it."""
    return bool(_UN_ORGAN.match(symbol.partition("/")[0].split(".")[0]))


def address(symbol, language="en", *, patterns=(), default=UN_PATTERN):
    """Where a symbol leads: the first of the caller's (regex, url) that fits, else the UN's resolver, else ''."""
    for pattern, url in patterns:
        if re.fullmatch(pattern, symbol):
            return link(symbol, language, url)
    return link(symbol, language, default) if is_united_nations(symbol) else ""
