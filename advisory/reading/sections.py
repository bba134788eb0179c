"""Which lines belong to which label: inline labels, labels on their own line, table rows, headings, prose."""

import re
from dataclasses import dataclass, field

from .clean import Line
from .prose import DEADLINE
from .vocabulary import LABEL_KEYWORDS, LABELS

_EDGE = " \t:：*_-–—|.·•"


def _label_index():
    index = {}
    for name, words in LABELS.items():
        for word in words.replace("\n", "").split("|"):
            index.setdefault(word.strip().casefold(), name)
    return index


_LABELS = _label_index()
_KEYWORDS = [(name, re.compile(pattern, re.I)) for name, pattern in LABEL_KEYWORDS]
_COLON = re.compile(
    r"^(?P<label>[^:：\t]{1,70}?)\s?(?:\((?P<note>[^()]{1,40})\)\s?)?[:：](?!//)(?!\d\d)\s*(?P<rest>.*)$", re.S
)
_DASHED = re.compile(r"^(?P<label>[^:\t–—-]{2,40}?)\s+[–—-]{1,2}\s+(?P<rest>\S.*)$")
_CAPS = re.compile(r"^(?P<label>[A-ZÀ-ÞА-ЯЁ¿?]{3,12}(?:\s(?:&|AND|ET|Y)\s[A-ZÀ-Þ]{3,8})?)\s+(?P<rest>[^a-z:].*|\S.*)$")
_SPACED = re.compile(r"^(?P<label>[^\t:]{2,40})\t(?P<rest>.+)$", re.S)
_FLAT = re.compile(
    r"(?:(?<=[\s.;!?。；])|^)(?=[A-ZÀ-ÞА-ЯЁ¿\u0600-\u9fff])[^:：.;!?\n]{2,44}(?=\s?[:：](?!//|\d\d\b))",
)
SHORT_FIELDS = frozenset("title what when date time where city theme embargo webcast issued".split())


@dataclass
class Section:
    """A label's content; ``name`` is 'text' for lines under no label and 'heading' under one we do not know."""

    name: str
    label: str = ""
    lines: list = field(default_factory=list)
    inline: bool = False

    @property
    def text(self):
        return "\n".join(line.text for line in self.lines)


def known_label(text):
    """The field a label stands for by the table alone, or None."""
    key = " ".join(text.strip(_EDGE + "¿?()（）【】[]").casefold().split())
    if key in _LABELS:
        return _LABELS[key]
    key = re.sub(r"^(?:the|le|la|les|el|los|event|our)\s|\s?\((?:[^()]*)\)$|\s?/\s?.*$", "", key).strip()
    return _LABELS.get(key)


def label_field(text):
    """The field of a label of up to eight words by the table, else by a telling word in it, else None."""
    found = known_label(text)
    if found:
        return found
    if re.search(r"\b(?:visit|see|click|consult|consulter|consulte|visite|go to|available)\b", text, re.I):
        return "links"
    if len(text.split()) > 8 or len(text) > 70:
        return None
    for part in re.split(r"\s*(?:/|&|\||,|\band\b|\bet\b|\by\b|\bund\b)\s*", text):
        if part and (found := known_label(part)):
            return found
    return next((name for name, pattern in _KEYWORDS if pattern.search(text)), None)


def split(lines):
    """Sections in reading order. Lines are consumed once; prose after a short field is 'text' again."""
    sections = [Section("text")]
    lines = _unfold(lines)
    for index, line in enumerate(lines):
        if line.rule:
            sections.append(Section("text", label="rule"))
            continue
        following = lines[index + 1] if index + 1 < len(lines) else None
        opened = _open(line, following, sections[-1])
        if opened:
            sections.append(opened)
        elif _closes(sections[-1], line, lines[index + 1 : index + 4]):
            sections.append(Section("text", lines=[line]))
        else:
            sections[-1].lines.append(line)
    return [section for section in sections if section.lines or section.label not in ("", "rule")]


def _unfold(lines):
    """Break a flattened newsletter before each label, a row of label cells into labelled lines."""
    unfolded = []
    for line in lines:
        if line.rule or line.cells or len(line.text) < 160:
            unfolded.append(line)
            continue
        cuts = list(_flat_cuts(line.text))
        if len(cuts) < 2:
            unfolded.append(line)
            continue
        edges = [0, *[cut for cut in cuts if cut], len(line.text)]
        for number, (start, end) in enumerate(zip(edges, edges[1:], strict=False)):
            piece = line.text[start:end].strip()
            if piece:
                unfolded.append(Line(piece, gap=line.gap or number > 0))
    return unfolded


def _flat_cuts(text):
    """Where labels followed by a colon start inside one long line."""
    for match in _FLAT.finditer(text):
        words = match[0].split()
        for count in range(min(5, len(words)), 0, -1):
            tail = " ".join(words[-count:])
            if tail[:1].isalpha() and not tail[:1].islower() and (known_label(tail) or (count > 1 and _strong(tail))):
                yield match.end() - len(match[0]) + match[0].rfind(words[-count] if count == 1 else tail)
                break


def _strong(tail):
    return bool(re.fullmatch(r"(?:Media|Press|Date|Time|For|Further|More|Live).*", tail)) and known_label(tail)


def _open(line, following, current):
    """The section this line opens, or None."""
    text = line.text
    if len(text) > 3000:
        text = text[:3000]
    for pattern in (_COLON, _SPACED, _DASHED, _CAPS):
        match = pattern.match(text)
        if not match:
            continue
        label, rest = match["label"].strip(_EDGE), line.text[match.start("rest") :]
        found = _field_for(pattern, label, rest, line, following, current)
        if found:
            kept = [Line(rest.strip(" \t|"), bullet=False, cells=())] if rest.strip(" \t:|*") else []
            note = match.groupdict().get("note")
            if note and kept and found in ("when", "time"):
                kept[0].text += f" ({note})"
            return Section(found, label, kept, inline=bool(kept))
    return _heading(line, following)


def _field_for(pattern, label, rest, line, following, current):
    if not label or not any(char.isalpha() for char in label):
        return None
    known = known_label(label)
    if pattern is _COLON:
        if current.name in ("who", "contact") and line.bullet and not known:
            return None
        if known == "who" and current.name == "contact" and not line.gap:
            return None
        if known == "contact" and current.name == "contact" and label.casefold() in ("information", "phone"):
            return None
        if known in ("webcast", "links", "practical") and current.name == "contact" and len(label) <= 7:
            return None
        if known:
            return known
        found = label_field(label) if len(label.split()) <= 7 else None
        if found and (rest or not line.bullet) and label[:1].isupper() or (found and not label[:1].isascii()):
            return found
        if (
            not rest
            and not line.bullet
            and len(label.split()) <= 9
            and label[:1].isupper()
            and current.name != "contact"
        ):
            return "heading"
        return None
    if pattern is _SPACED:
        return known if known and len(line.cells) == 2 or (known and not line.cells) else None
    if pattern is _DASHED:
        return (
            known
            if known in ("what", "when", "where", "who", "date", "time", "title", "theme", "embargo")
            and label[:1].isupper()
            and rest
            else None
        )
    return (
        known
        if label.isupper() and label not in ("WHO", "DATE", "TIME") and known in ("what", "when", "where", "who")
        else None
    )


def _heading(line, following):
    """A line alone that is a label or a heading without colon."""
    text = line.text.strip(_EDGE)
    if (
        re.match(r"(?:SOURCE|Source|About|À propos de?|Acerca de|Über)\s+\S", text)
        and len(text.split()) <= 14
        and line.gap
    ):
        return Section("source", text, [])
    if line.bullet or line.cells or not text or len(text) > 70 or line.text[-1:] in ".!;,？?" or len(text.split()) > 8:
        return None
    known = known_label(text)
    if known and (line.gap or line.heading or text.isupper() or (following and not following.gap)):
        if known in ("date", "time", "source") and text.islower():
            return None
        return Section(known, text, [])
    if (line.gap or line.heading) and following is not None:
        found = (
            label_field(text)
            if (
                text.isupper()
                or line.heading
                or following.gap
                or len(text.split()) <= 4
                or len(following.text) > 1.4 * len(text)
            )
            and not re.search(r"\d", text)
            else None
        )
        if found == "practical" and len(text.split()) > 5:
            return None
        if found in ("contact", "practical", "sessions", "background", "webcast", "links") and text[:1].isupper():
            return Section(found, text, [])
    return None


def is_prose(text):
    """A sentence of some length: not an entry of a list, not an address."""
    words = len(text.split())
    if re.search(r"[。！？]", text) and len(text) > 18:
        return True
    return words >= 9 and text.rstrip(' ”»")').endswith((".", "!", "?", "؟", "。")) or words >= 28


def _closes(section, line, ahead):
    """Whether a line no longer belongs to the open section and starts plain text."""
    if (
        section.name in ("heading", "sessions")
        and section.lines
        and section.lines[-1].bullet
        and line.gap
        and not line.bullet
        and is_prose(line.text)
    ):
        return True
    if section.name in ("text", "background", "practical", "source", "sessions", "heading", "links"):
        return bool(section.name == "practical" and section.lines and line.gap and section.inline)
    empty = not section.lines
    if empty:
        return False
    if section.name in ("who",):
        intro = section.lines[-1].text.rstrip().endswith((":", "："))
        listed = section.lines[-1].bullet and not line.bullet
        stray = "@" in line.text or "http" in line.text or DEADLINE.search(line.text)
        return line.gap and not intro and not line.bullet and bool(listed or stray or is_prose(line.text))
    if section.name in SHORT_FIELDS and not line.bullet and re.match(r"[^:：.]{2,40}\s?[:：](?!//|\d)\s*\S", line.text):
        return True
    if section.name == "contact":
        return line.gap and is_prose(line.text) and not re.search(r"@|\d{3}", line.text)
    if section.name == "where":
        return _where_closes(section, line, ahead)
    if section.name in ("when", "date", "time") and not line.gap:
        return is_prose(line.text) and not re.search(r"\d", line.text)
    if section.name == "what":
        return line.gap or (section.inline and is_prose(line.text) and is_prose(section.lines[-1].text))
    if section.name in ("when", "date", "time") and line.gap and line.bullet and re.search(r"\d", line.text):
        return False
    return line.gap or is_prose(line.text)


_POSTAL = re.compile(r"^\d{1,5},?\s\w|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b\d{4,5}\b")
_STREET = re.compile(
    r"\d{1,5},?\s+\w|\w\s\d{1,5}\w?$|\b(?:street|st\.|avenue|ave\.?|road|rue|calle|av\.|plaza|platz"
    r"|stra(?:ß|ss)e|place|boulevard|blvd|square|building|floor|room|hall|centre|center|hotel|piso"
    r"|étage|édifice|salle|sala|ул\.|улица|"
    r"headquarters|palais|auditorium|house|campus|university|ministry|ministère|ministerio)\b",
    re.I,
)


def _where_closes(section, line, ahead):
    """An address may run over several lines, even double-spaced ones."""
    if is_prose(line.text) or line.bullet and not section.lines[-1].bullet:
        return True
    if not line.gap:
        return False
    if len(line.text) >= 70 or "@" in line.text or "http" in line.text or len(section.lines) >= 6:
        return True
    if _STREET.search(line.text):
        return False
    address_follows = any(_POSTAL.search(later.text) for later in ahead[:3] if later.gap and not is_prose(later.text))
    return not address_follows
