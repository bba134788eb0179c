"""What the meeting is called: the Draft's title, theme and notice."""

from . import notices, sections, themes, titles


def read(draft, parts, heads, subject):
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
    labels = [section.text for section in parts if section.name == "theme" and section.lines]
    draft.theme = themes.find_theme(labels, heads, title_line, texts, draft.title)
    proses = [text for text in texts if sections.is_prose(text)]
    marks = [line.text for line in heads[:6] if not sections.is_prose(line.text)] + ([subject] if subject else [])
    draft.notice = notices.notice_of(marks, proses[0] if proses else "")
    return title_line


def heads_of(parts):
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
