"""The theme of a meeting: its label, a quoted line of the heading, or 'under the theme …' in the text."""

import re

from .sections import is_prose

_THEME_CUE = re.compile(
    r"(?:(?:under|on|with|around)\s(?:the\s)?(?:theme|motto|slogan|title|banner)(?:\sof)?|theme(?:\sis"
    r"|d|\s?:)?|motto|thème\s?:|tema\s?:|lema\s?:|entitled|titled|sur le thème|sous le thème"
    r"|autour du thème|ayant pour thème|intitulé\w*|bajo el (?:lema|tema|título)|con el lema"
    r"|titulad[oa]|unter dem (?:motto|titel|thema)|zum thema|под девизом|на тему|по теме|под названием"
    r"|تحت شعار|تحت عنوان|بعنوان|主题[为是]|题为|以)\s*[,:：]?\s*[“\"«„‘”]?(?P<theme>[^“”\"«»„\n.]{4,160})",
    re.I,
)


def find_theme(labelled, heads, title_line, texts, title):
    """The theme: its label, the quoted line under the title, or 'under the theme …' in the text."""
    for text in labelled:
        return text.split("\n")[0].strip(" “”\"«»„‘’'.") or None
    for text in texts[:12]:
        match = _THEME_CUE.search(text[:2500])
        if match and _themelike(match["theme"], match[0]):
            return match["theme"].strip(" ,“”\"«»„‘’'")
    if title_line is not None:
        candidate = _line_under(heads, title_line, texts)
        if candidate:
            return candidate
    return None


def _themelike(theme, whole):
    return bool(re.search(r"[“\"«„‘”]", whole)) or theme[:1].isupper() and len(theme.split()) <= 16


def _line_under(heads, title_line, texts):
    """A quoted line in the heading, or one the text later quotes, is the theme."""
    body = " ".join(texts)[:20_000]
    for line in heads[:8]:
        text = line.text.strip()
        if line is title_line or is_prose(text) or not 2 <= len(text.split()) <= 25:
            continue
        bare = text.strip('“”"«»„‘’ ')
        if text[0] in '“"«„' and text[-1] in '”"»“':
            return bare
        if re.search(r"[“\"«„]\s?" + re.escape(bare) + r"[,.]?\s?[”\"»“]", body):
            return bare
    return None
