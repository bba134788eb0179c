"""Document symbols of the advisory, and whether the meeting considers each or only cites it."""

import re

from .. import symbols
from . import prose
from .draft import Symbol

_OWN_NUMBER = re.compile(
    r"(?:\bno\.?|n[o°º]|№|nr\.?|number|ref\.?|reference|réf\.?|advisory|(?<!for )release|note|alert|communiqué"
    r"|comunicado|Pressemitteilung|编号|رقم)\s?:?\s*$",
    re.I,
)
_CITED = re.compile(
    r"\b(?:was|were|summed up|contained in|since|adopted|first|had|last (?:year|session)|previous\w*|earlier"
    r"|pursuant|in accordance"
    r"|recall\w*|established|mandate\w*|requested|(?:under|by|in) resolution|updates? the|following up|called for"
    r"|created"
    r"|replaces?|supersedes?|builds? on|based on|conformément|en application|adopté\w*|établi\w*|créé\w*|demandé\w*"
    r"|mandat\w*|par (?:la|sa) résolution|met à jour|remplace|anterior|adoptad\w+|aprobad\w+|creó|creada"
    r"|establecid\w+"
    r"|de conformidad|en virtud|actualiza|gemäß|beschlossen|verabschiedet|angenommen|принят\w+|в соответствии"
    r"|учреждён\w*|созда\w+|предыдущ\w+|утвержд[её]н\w+)\b|根据|依照|通过的|بموجب|وفقا|المنشأ",
    re.I,
)
_BEFORE_IT = re.compile(
    r"\b(?:will|launch\w*|presents?|considers?|consider(?:ation|ing)|before the|on the (?:agenda|table)|lists"
    r"|contains"
    r"|now|draft|provisional agenda|agenda item|discuss\w*|examin\w+|review\w*|adopt(?: |ion)|negotiat\w+|issued as"
    r"|available as|présent\w+|projet de|examen|lancement|ordre du jour|presentar\w*|examinar\w*|proyecto de"
    r"|lanzamiento|orden del día|vorgestellt|berät|Entwurf|Tagesordnung|рассмотр\w+|обсуд\w+|проект\w*"
    r"|представ\w+|повестк\w+)\b"
    r"|审议|讨论|发布|草案|议程|مناقشة|يناقش|مشروع|إطلاق|جدول الأعمال",
    re.I,
)
_RESOLUTION = re.compile(r"(?<![A-Z])(?:RES|Dec|DEC)(?![A-Za-z])")
MAX_SYMBOLS = 200
NEAR = 60  # characters on either side within which a word counts twice


def read(draft, parts, every):
    """Symbols in order of appearance, none of them the advisory's own number."""
    found = {}
    meeting_year = int(draft.start_date[:4]) if draft.start_date else None
    lines = [(section, line) for section in parts for line in section.lines]
    for number, (section, line) in enumerate(lines, 1):
        if "/" not in line.text and not re.search(r"\d\.R?\d|\(\d{4}\)", line.text):
            continue
        for item in symbols.find(line.text):
            before = line.text[max(0, item.start - 24) : item.start]
            alone = len(line.text) < len(item.symbol) + 12
            own = _OWN_NUMBER.search(before) and number <= 12
            if own or (alone and number <= 8) or item.symbol in found:
                continue
            found[item.symbol] = _role(section, line, item, meeting_year)
        if len(found) >= MAX_SYMBOLS:
            break
    draft.symbols = [Symbol(symbol, role) for symbol, role in list(found.items())[:MAX_SYMBOLS]]


def _role(section, line, item, meeting_year):
    """'main' for what the meeting considers or launches, by the words around it and the symbol's own year."""
    sentence = prose.sentence_at(line.text, item.start)
    near = line.text[max(0, item.start - NEAR) : item.start] + " " + line.text[item.end : item.end + NEAR]
    weight = _says(_BEFORE_IT, sentence, near) - _says(_CITED, sentence, near)
    weight -= (section.name == "background") + bool(_RESOLUTION.search(item.symbol))
    years = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", item.symbol)]
    if meeting_year and years:
        weight -= 2 * (max(years) < meeting_year - 1) + (max(years) < meeting_year)
        weight += max(years) == meeting_year
    return "background" if weight < 0 else "main"


def _says(pattern, sentence, near):
    """0, or 1 for a word in the sentence and 2 for one close by."""
    return 2 if pattern.search(near) else int(bool(pattern.search(sentence)))
