"""The advisory as plain text, in the order a wire desk pastes it: facts, coming in, background, contacts."""

from django.conf import settings

from advisory.renditions import markdown, wording
from advisory.words import (
    AdvisoryForm,
    Attending,
    ContactRole,
    DocumentRole,
    EditionKind,
    MeetingKind,
    MeetingStatus,
    NoticeCategory,
    Precision,
    PressAccess,
    SpeakerRole,
    StakeoutKind,
)

LABEL_WIDTH = 10


def render(telling):
    """UTF-8, lines ended by CRLF, paragraphs unbroken so that they can be pasted anywhere."""
    blocks = [heading(telling), notice(telling), facts(telling), access(telling)]
    blocks += [section("Background", markdown.plain(telling.words.background), between="\n\n")]
    blocks += [section("Programme", programme(telling)), section("For the press", stakeouts(telling))]
    blocks += [section("Documents", documents(telling))]
    blocks += [section("Media arrangements", markdown.plain(telling.words.arrangements), between="\n\n")]
    blocks += [section("Media contacts", contacts(telling), between="\n\n")]
    blocks += [section("More information", links(telling)), closing(telling)]
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return text.replace("\n", "\r\n").encode()


def heading(telling):
    facts, words = telling.facts, telling.words
    place = f"{words.city.upper()}, " if words.city else ""
    lines = [
        "DEMONSTRATION DATA. People, addresses and numbers are invented.\n" if facts.is_demonstration else "",
        " · ".join(part for part in [AdvisoryForm(facts.form).label.upper(), words.body] if part),
        "",
        words.title,
        words.theme,
        "",
        f"{place}{wording.short_day(telling.published_at)}",
    ]
    return "\n".join(line for line, after in zip(lines, [*lines[1:], "end"], strict=True) if line or after)


def notice(telling):
    """What changed the meeting's state, or that this is not the first issue."""
    status, kind = telling.facts.status, telling.kind
    if status in (MeetingStatus.POSTPONED, MeetingStatus.CANCELLED):
        return f"*** {MeetingStatus(status).label.upper()} ***"
    if kind in (EditionKind.UPDATE, EditionKind.CORRECTION, EditionKind.REMINDER):
        return f"*** {EditionKind(kind).label.upper()}: edition {telling.number}, {when_issued(telling)} ***"
    return ""


def facts(telling):
    rows = [
        ("What", what(telling)),
        ("When", [line for sitting in telling.sittings for line in sitting_lines(telling, sitting)]),
        ("Where", where(telling)),
        ("Who", [speaker(part) for part in telling.speakers]),
        ("Watch", [webcast(part) for part in telling.webcasts]),
    ]
    return "\n\n".join(labelled(label, lines) for label, lines in rows if lines)


def what(telling):
    """The lead, its Markdown plain; without one the kind of meeting stands for it."""
    if telling.words.summary:
        return markdown.plain(telling.words.summary)
    kind = MeetingKind(telling.facts.kind)
    return [] if kind == MeetingKind.OTHER else [kind.label]


def labelled(label, lines):
    first, *rest = lines
    indent = " " * LABEL_WIDTH
    return "\n".join([f"{label + ':':<{LABEL_WIDTH}}{first}", *[indent + line for line in rest]])


def sitting_lines(telling, sitting):
    """One line a sitting: title, day, hours, zone with offset; what differs from the meeting's own follows."""
    date = wording.days(sitting.date, sitting.end_date) if sitting.date else "date to be announced"
    line = ", ".join(part for part in [sitting.title, date, sitting_hours(sitting)] if part)
    notes = [sitting.room] if sitting.room else []
    if sitting.press != PressAccess.OPEN:
        notes.append(PressAccess(sitting.press).label.lower())
    return ["; ".join([line, *notes])]


def sitting_hours(sitting):
    """10:00–18:00 New York (UTC−4)."""
    if not (sitting.start_time or sitting.end_time) or sitting.precision in (
        Precision.TO_BE_CONFIRMED,
        Precision.FOLLOWING,
    ):
        return wording.hours(sitting.start_time, sitting.end_time, sitting.precision)
    start = sitting.starts_at or sitting.ends_at
    shift = f" ({wording.offset(start)})" if start else ""
    hours = wording.hours(sitting.start_time, sitting.end_time, sitting.precision)
    return f"{hours} {wording.zone_city(sitting.time_zone)}{shift}"


def where(telling):
    words = telling.words
    place = ", ".join(part for part in [words.room, words.building, words.address, words.city, words.country] if part)
    lines = [place] if place else []
    if telling.facts.attendance != "in_person":
        lines.append({"online": "Online", "hybrid": "In person and online"}[telling.facts.attendance])
    if telling.facts.map_url:
        lines.append(f"Map: {telling.facts.map_url}")
    lines += [f"Entrance: {words.entrance}"] if words.entrance else []
    lines += [f"Step-free way in: {words.step_free}"] if words.step_free else []
    lines += [f"Overflow room: {words.overflow_room}"] if words.overflow_room else []
    if telling.facts.capacity:
        lines.append(f"Seats for the press: {telling.facts.capacity}")
    if telling.facts.interpretation:
        lines.append(f"Interpretation: {wording.languages(telling.facts.interpretation)}")
    return lines


def speaker(part):
    person = part.person
    name = f"{person.honorific} {person.name}".strip() if person else ""
    words = ", ".join(piece for piece in [name, part.office] if piece)
    notes = []
    if part.role != SpeakerRole.SPEAKER and part.role != SpeakerRole.PARTICIPANT:
        notes.append(SpeakerRole(part.role).label.lower())
    if part.attending != Attending.CONFIRMED:
        notes.append(Attending(part.attending).label)
    return words + (f" ({', '.join(notes)})" if notes else "")


def webcast(part):
    notes = [wording.languages(part.languages)] if part.languages else []
    notes += ["captioned"] * bool(part.has_captions) + ["sign language"] * bool(part.has_signing)
    return (f"{part.title}: " if part.title else "") + part.url + (f" ({'; '.join(notes)})" if notes else "")


def access(telling):
    blocks = []
    for notice in telling.access_notices:
        zone = telling.facts.time_zone
        lines = [
            ("Who must apply", notice.who_must),
            ("Who need not apply", notice.who_need_not),
            ("Opens", notice.opens_on and wording.deadline(notice.opens_on, notice.opens_time, zone)),
            ("Closes", notice.closes_on and wording.deadline(notice.closes_on, notice.closes_time, zone)),
            ("Where to apply", notice.address),
            ("How to apply", notice.instruction),
            ("What to prepare", notice.prepare),
            ("Badge pick-up", notice.pick_up),
        ]
        words = [f"{label}: {value}" for label, value in lines if value]
        blocks.append(section(f"Accreditation: {NoticeCategory(notice.category).label.lower()}", words))
    return "\n\n".join(block for block in blocks if block)


def programme(telling):
    lines, day = [], None
    for item in telling.programme:
        if item.date and item.date != day:
            day = item.date
            lines.append(wording.day(day))
        hours = wording.hours(item.start_time, item.end_time, item.precision)
        words = ". ".join(part for part in [item.title, item.detail] if part)
        notes = [item.room] if item.room else []
        if item.press != PressAccess.OPEN:
            notes.append(PressAccess(item.press).label.lower())
        lines.append("; ".join([f"{hours}  {words}", *notes]))
    return lines


def stakeouts(telling):
    lines = []
    for item in telling.stakeouts:
        parts = [f"{StakeoutKind(item.kind).label}{': ' + item.title if item.title else ''}"]
        parts += [wording.day(item.date)] if item.date else []
        parts += [wording.hours(item.start_time, None, item.precision)]
        parts += [item.room] if item.room else []
        parts += [f"{item.minutes} minutes"] if item.minutes else []
        parts += [f"questions: {item.who_may_ask}"] if item.who_may_ask else []
        lines.append(", ".join(parts))
    return lines


def documents(telling):
    lines = []
    for part in telling.documents:
        notes = ["background"] * (part.role == DocumentRole.BACKGROUND)
        notes += ["advance unedited version"] * bool(part.is_advance)
        words = ": ".join(piece for piece in [", ".join(part.symbols), part.title] if piece)
        lines.append(words + (f" ({', '.join(notes)})" if notes else "") + (f" {part.url}" if part.url else ""))
        lines += [f"  {settings.SITE_URL}{wording.file_path(telling, file)}" for file in part.files]
    return lines


def contacts(telling):
    blocks = []
    for part in telling.contacts:
        person = part.person
        lines = [", ".join(piece for piece in [person.name, part.office] if piece)]
        if part.role != ContactRole.MEDIA:
            lines[0] = f"{ContactRole(part.role).label}: {lines[0]}"
        lines += [f"Tel. {wording.phone(number)}" for number in person.phones or []]
        lines += list(person.emails or [])
        lines += [wording.languages(part.languages)] if part.languages else []
        lines += [part.hours] if part.hours else []
        blocks.append("\n".join(line for line in lines if line))
    return [block for block in blocks if block]


def links(telling):
    lines = [(f"{part.label}: " if part.label else "") + part.url for part in telling.links]
    return lines + [" ".join([*telling.facts.accounts, *telling.facts.hashtags])]


def closing(telling):
    lines = [telling.words.boilerplate] if telling.words.boilerplate else []
    lines += ["###", f"{settings.ORGANIZATION_NAME}. Edition {telling.number}, issued {when_issued(telling)}."]
    return "\n".join([*lines, f"The latest edition is always at {telling.address}"])


def when_issued(telling):
    return f"{wording.moment(telling.published_at)} {wording.zone_city(telling.facts.time_zone or 'UTC')}"


def section(name, lines, between="\n"):
    lines = [line for line in lines if line]
    return f"{name.upper()}\n\n{between.join(lines)}" if lines else ""
