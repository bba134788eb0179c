"""Who takes part: the Draft's participants and speakers."""

from . import body, people, sections


def read(draft, parts, used, title_line):
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
