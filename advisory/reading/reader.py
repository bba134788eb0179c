"""The one straight path from text to Draft: clean, section, then each field in turn."""

from . import (
    attendance,
    body,
    calendar,
    contacts,
    documents,
    doubts,
    embargo,
    hours,
    links,
    location,
    naming,
    places,
    sections,
    sessions,
)
from .addresses import find_urls, is_noise, undo_email_disguise
from .clean import clean, fold_digits
from .draft import Draft
from .language import language_of


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
    heads = naming.heads_of(parts)
    title_line = naming.read(draft, parts, heads, cleaned.subject)
    dates = calendar.read(parts, cleaned.sent, folded, [line for line in heads if line is title_line])
    listed, used, told = sessions.read(parts, dates, folded)
    used = {id(line) for line in used}
    told = {id(line) for line in told}
    draft.sessions = listed
    clock = hours.read(draft, parts, dates, folded)
    location.read(draft, parts, dates, title_line, every)
    zone_said = location.read_zone(draft, clock, parts, dates, every)
    embargo.read(draft, every, dates)
    links.read(draft, parts, every)
    draft.contacts = contacts.read(parts, _region(draft, every))
    attendance.read(draft, parts, used, title_line)
    draft.background = body.read(draft, parts, dates, used | told | {id(title_line)}, folded)
    documents.read(draft, parts, every)
    draft.warnings += dates.warnings
    draft.warnings += doubts.read(
        draft,
        text=every,
        zone_said=zone_said,
        tracker_found=any(is_noise(url.text) for url in find_urls(every[:60_000])),
        http_found="http://" in every,
    )
    return draft


def _region(draft, every):
    for text in (draft.city or "", every[:400]):
        found = places.find_cities(text)
        if found:
            return found[0].city.country
    return None
