"""The notices that stand on an edition, as its forms say them: the newest in full, earlier ones in a line each."""

from types import SimpleNamespace

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from advisory.renditions import times, wording
from advisory.words import EditionKind, MeetingStatus

SHAPES = {  # tone and shape; the word comes first
    EditionKind.FIRST: ("info", "open"),
    EditionKind.UPDATE: ("info", "change"),
    EditionKind.CORRECTION: ("warning", "change"),
    EditionKind.POSTPONED: ("warning", "clock"),
    EditionKind.CANCELLED: ("danger", "stop"),
    EditionKind.REMINDER: ("info", "todo"),
    EditionKind.TYPO: ("info", "todo"),
    EditionKind.TRANSLATION: ("info", "part"),
}
SILENT = {EditionKind.FIRST, EditionKind.TYPO, EditionKind.TRANSLATION}
OFF = {MeetingStatus.CANCELLED: EditionKind.CANCELLED, MeetingStatus.POSTPONED: EditionKind.POSTPONED}
# Beside the facts a notice quotes a few short lines; the history quotes all
MOST_LINES, MOST_CHARACTERS = 4, 400


def shown(telling):
    """The notices above the facts, gravest first: {tone, icon, heading, opening, at, words, text, changes, also}.

    A meeting that is off says so before anything that was told later. Only the newest notice is in full.
    """
    newest = latest(telling)
    found = [_in_full(telling, newest)] if newest else []
    off = OFF.get(telling.facts.status)
    if off and not (newest and newest.kind == off):
        word = str(EditionKind(off).label)
        opening = {"heading": word, "opening": wording.ended(word)}
        found.insert(0, _shaped(off) | opening | {"text": _meaning(off, telling)})
    return found


def earlier(telling):
    """One line each for the notices before the newest."""
    return [heading(telling, notice) for notice in telling.notices[1:]]


def latest(telling):
    """The newest notice, or None. An edition of schema 1 kept none: its own kind and moment stand for it."""
    if telling.notices:
        return telling.notices[0]
    if telling.kind in SILENT:
        return None
    return SimpleNamespace(kind=telling.kind, at=telling.published_at, words="", lines=[])


def correction(telling):
    """The newest correction that stands, or None."""
    known = telling.notices or filter(None, [latest(telling)])
    return next((notice for notice in known if notice.kind == EditionKind.CORRECTION), None)


def sentence(telling):
    """The newest notice as one line of plain text: what it is, since when, why, what was and is. '' where none is."""
    newest = latest(telling)
    if newest is None:
        return ""
    told = [heading(telling, newest), *filter(None, [newest.words]), *was_and_is(newest)]
    return " ".join(wording.ended(sentence) for sentence in told)


def heading(telling, notice):
    """Correction, 29 August 2016, 14:10 New York."""
    words = {"kind": EditionKind(notice.kind).label, "issued": moment(telling, notice.at)}
    return _("%(kind)s, %(issued)s") % words


def was_and_is(notice):
    """A line of plain text for each fact that the notice changes."""
    return [_("%(label)s: %(value)s") % {"label": line["label"], "value": _told(line)} for line in notice.lines]


def moment(telling, instant):
    """29 August 2016, 14:10 New York: on the meeting's clock."""
    local = instant.astimezone(telling.zone)
    words = {"date": wording.short_day(local), "time": wording.clock(local), "place": times.place(telling)}
    return _("%(date)s, %(time)s %(place)s") % words


def _told(line):
    quoted = {"was": _apart(line["was"]), "is": _apart(line["is"])}
    if line["was"] and line["is"]:
        return _("was “%(was)s”, is “%(is)s”") % quoted
    if line["is"]:
        return _("new: “%(is)s”") % quoted
    return _("“%(was)s” no longer stands") % quoted if line["was"] else _("changed")


def _apart(text):
    """Quoted words of any direction do not turn the line around them (UAX 9, 2.4)."""
    return f"\u2068{text}\u2069" if get_language_bidi() else text


def _in_full(telling, notice):
    quoted = [line for line in notice.lines if 0 < len(line["was"] + line["is"]) <= MOST_CHARACTERS][:MOST_LINES]
    others = [line["label"] for line in notice.lines if line not in quoted]
    return _shaped(notice.kind) | {
        "heading": heading(telling, notice),
        "opening": wording.ended(heading(telling, notice)),
        "at": notice.at.astimezone(telling.zone).isoformat(timespec="minutes"),
        "words": notice.words,
        "text": _meaning(notice.kind, telling) if not notice.words else "",
        "changes": [{"label": line["label"], "was": line["was"], "now": line["is"]} for line in quoted],
        "also": _("Also changed: %(facts)s.") % {"facts": wording.listed(others)} if others else "",
    }


def _shaped(kind):
    return dict(zip(("tone", "icon"), SHAPES[EditionKind(kind)], strict=True))


def _meaning(kind, telling):
    """What a reader makes of it, where the officer said nothing."""
    if kind == EditionKind.CANCELLED:
        return _("This meeting will not take place.")
    if kind == EditionKind.POSTPONED:
        return _("Do not rely on a time announced earlier: what is known now stands below.")
    if kind == EditionKind.REMINDER:
        return _("Nothing has changed but what is marked as such.")
    return _("Edition %(number)s replaces every earlier one.") % {"number": telling.number}
