"""The advisory as plain text, in the order a wire desk pastes it: facts, coming in, background, contacts."""

from unicodedata import east_asian_width

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisory.renditions import dates, markdown, notices, times, wording
from advisory.renditions.telling import Foreign
from advisory.words import (
    AdvisoryForm,
    Attendance,
    Attending,
    ContactRole,
    DocumentRole,
    MeetingKind,
    NoticeCategory,
    Precision,
    PressAccess,
    SpeakerRole,
    StakeoutKind,
    WebcastKind,
)

LEAST_LABEL_WIDTH = 10


def render(telling):
    """UTF-8, lines ended by CRLF, paragraphs unbroken so that they can be pasted anywhere."""
    blocks = [heading(telling), notice(telling), facts(telling), full_text(telling), access(telling)]
    blocks += [section(_("What came of it"), markdown.plain(telling.words.outcome), between="\n\n")]
    blocks += [section(_("Background"), markdown.plain(telling.words.background), between="\n\n")]
    blocks += [section(_("Programme"), programme(telling)), section(_("For the press"), stakeouts(telling))]
    blocks += [section(_("Documents"), documents(telling)), section(_("Photographs"), photos(telling))]
    blocks += [section(_("Media arrangements"), markdown.plain(telling.words.arrangements), between="\n\n")]
    blocks += [section(_("Media contacts"), contacts(telling), between="\n\n")]
    blocks += [section(_("More information"), links(telling)), closing(telling)]
    text = "\n\n".join(block for block in blocks if block) + "\n"
    return text.replace("\n", "\r\n").encode()


def heading(telling):
    facts, words = telling.facts, telling.words
    at = {"date": wording.short_day(telling.published_at), "city": name(words.city).upper()}
    lines = [
        demonstration().upper() + "\n" if facts.is_demonstration else "",
        " · ".join(part for part in [AdvisoryForm(facts.form).label.upper(), name(words.body)] if part),
        "",
        name(words.title),
        name(words.theme),
        "",
        _("%(city)s, %(date)s") % at if words.city else at["date"],
    ]
    return "\n".join(line for line, after in zip(lines, [*lines[1:], "end"], strict=True) if line or after)


def demonstration():
    return _("Demonstration data. People, addresses and numbers are invented.")


def name(text):
    """A name; one in another language is kept apart in a line that runs the other way (UAX 9, 2.4)."""
    if isinstance(text, Foreign) and dates.is_right_to_left(text.language) != dates.is_right_to_left(None):
        return f"\u2068{text}\u2069"
    return str(text)


def notice(telling):
    """That the meeting is off, the newest notice with what was and is, then earlier ones in a line each."""
    blocks = []
    for shown in notices.shown(telling):
        lines = ["*** " + shown["heading"].upper() + " ***", name(shown.get("words") or shown["text"])]
        if shown.get("changes"):
            lines += notices.was_and_is(notices.latest(telling))
        blocks.append("\n".join(lines))
    return "\n\n".join([*blocks, "\n".join(notices.earlier(telling))]).strip()


def facts(telling):
    rows = [
        (_("What"), what(telling)),
        (_("When"), when(telling)),
        (_("Where"), where(telling)),
        (_("Who"), [speaker(part) for part in telling.speakers]),
        (_("Watch"), [webcast(part) for part in telling.webcasts]),
    ]
    width = max(LEAST_LABEL_WIDTH, *(columns(label) + 2 for label, _lines in rows))
    return "\n\n".join(labelled(label, lines, width) for label, lines in rows if lines)


def what(telling):
    """The lead, its Markdown plain; without one the kind of meeting stands for it."""
    if telling.words.summary:
        return markdown.plain(telling.words.summary)
    kind = MeetingKind(telling.facts.kind)
    return [] if kind == MeetingKind.OTHER else [str(kind.label)]


def full_text(telling):
    """Where the prose is that this language does not have yet; '' where nothing is missing."""
    if not telling.full_text:
        return ""
    words = {"language": dates.language_name(telling.full_text), "address": telling.full_text_address}
    return _("Full text in %(language)s: %(address)s") % words


def labelled(label, lines, width):
    first, *rest = lines
    indent = " " * width
    name = label + wording.colon().strip(" ")
    gap = " " * max(1, width - columns(name))
    return "\n".join([f"{name}{gap}{first}", *[indent + line for line in rest]])


def columns(text):
    """Columns on a terminal: Han characters and their punctuation take two (UAX 11)."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def when(telling):
    return [line for sitting in telling.sittings for line in sitting_lines(telling, sitting)]


def sitting_lines(telling, sitting):
    """One line a sitting: title, day, hours, zone with offset; what differs from the meeting's own follows."""
    date = wording.days(sitting.date, sitting.end_date) if sitting.date else _("date to be announced")
    line = wording.joined([name(sitting.title), date, sitting_hours(telling, sitting)])
    notes = [name(sitting.room)] if sitting.room else []
    if sitting.press != PressAccess.OPEN:
        notes.append(str(PressAccess(sitting.press).label))
    return ["; ".join([line, *notes])]


def sitting_hours(telling, sitting):
    """10:00–18:00 New York (UTC−4)."""
    hours = wording.hours(sitting.start_time, sitting.end_time, sitting.precision)
    if not (sitting.start_time or sitting.end_time) or sitting.precision in (
        Precision.TO_BE_CONFIRMED,
        Precision.FOLLOWING,
    ):
        return hours
    start = sitting.starts_at or sitting.ends_at
    place = times.place(telling, sitting.time_zone)
    if not start:
        return _("%(time)s %(place)s") % {"time": hours, "place": place}
    return _("%(time)s %(place)s (%(offset)s)") % {"time": hours, "place": place, "offset": wording.offset(start)}


def where(telling):
    words, facts = telling.words, telling.facts
    place = wording.joined(name(words[part]) for part in ["room", "building", "address", "city", "country"])
    lines = [place] if place else []
    if facts.attendance != Attendance.IN_PERSON:
        lines.append(str(Attendance(facts.attendance).label))
    return lines + told(
        (_("Map"), facts.map_url),
        (_("Press entrance"), words.entrance),
        (_("Step-free way in"), words.step_free),
        (_("Overflow room"), name(words.overflow_room)),
        (_("Seats for the press"), facts.capacity),
        (_("Interpretation"), facts.interpretation and wording.languages(facts.interpretation)),
    )


def told(*pairs):
    """“Label: value” for each pair that has a value."""
    return [_("%(label)s: %(value)s") % {"label": label, "value": value} for label, value in pairs if value]


def speaker(part):
    person = part.person
    person_name = f"{person.honorific} {person.name}".strip() if person else ""
    notes = []
    if part.role not in (SpeakerRole.SPEAKER, SpeakerRole.PARTICIPANT):
        notes.append(SpeakerRole(part.role).label.lower())
    if part.attending != Attending.CONFIRMED:
        notes.append(str(Attending(part.attending).label))
    return noted(wording.joined([person_name, name(part.office)]), notes)


def noted(words, notes):
    """Words, then what there is to say of them in brackets."""
    return f"{words} ({wording.joined(notes)})" if notes else words


def webcast(part):
    notes = [_("Recording")] if part.kind == WebcastKind.RECORDING else []
    notes += [wording.languages(part.languages)] if part.languages else []
    notes += [_("captions")] * bool(part.has_captions) + [_("sign language")] * bool(part.has_signing)
    address = noted(part.url, notes)
    return _("%(label)s: %(value)s") % {"label": name(part.title), "value": address} if part.title else address


def access(telling):
    blocks = []
    place = times.place(telling)
    for notice in telling.access_notices:
        words = told(
            (_("Who must apply"), notice.who_must),
            (_("Who need not apply"), notice.who_need_not),
            (_("Opens"), notice.opens_on and wording.deadline(notice.opens_on, notice.opens_time, place)),
            (_("Closes"), notice.closes_on and wording.deadline(notice.closes_on, notice.closes_time, place)),
            (_("Where to apply"), notice.address),
            (_("How to apply"), notice.instruction),
            (_("What to prepare"), notice.prepare),
            (_("Badge pick-up"), notice.pick_up),
        )
        label = {"category": NoticeCategory(notice.category).label}
        blocks.append(section(_("Accreditation: %(category)s") % label, words))
    return "\n\n".join(block for block in blocks if block)


def programme(telling):
    lines, day = [], None
    for item in telling.programme:
        if item.date and item.date != day:
            day = item.date
            lines.append(wording.day(day))
        hours = wording.hours(item.start_time, item.end_time, item.precision)
        words = ". ".join(part for part in [name(item.title), item.detail] if part)
        notes = [name(item.room)] if item.room else []
        if item.press != PressAccess.OPEN:
            notes.append(str(PressAccess(item.press).label))
        lines.append("; ".join([f"{hours}  {words}", *notes]))
    return lines


def stakeouts(telling):
    return [stakeout(part) for part in telling.stakeouts]


def stakeout(part):
    kind = StakeoutKind(part.kind).label
    facts = [
        _("%(label)s: %(value)s") % {"label": kind, "value": name(part.title)} if part.title else str(kind),
        wording.day(part.date) if part.date else "",
        wording.hours(part.start_time, None, part.precision),
        name(part.room),
        minutes(part.minutes) if part.minutes else "",
        *told((_("Questions"), part.who_may_ask)),
    ]
    return wording.joined(facts)


def minutes(number):
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}


def documents(telling):
    lines = []
    for part in telling.documents:
        notes = document_notes(part)
        symbols = wording.joined(wording.isolated(symbol) for symbol in part.symbols)
        words = ": ".join(piece for piece in [symbols, name(part.title)] if piece)
        lines.append(noted(words, notes) + (f" {part.url}" if part.url else ""))
        lines += [f"  {settings.SITE_URL}{wording.file_path(telling, file)}" for file in part.files]
    return lines


def document_notes(part):
    """What a document is, where it is not simply considered at the meeting."""
    names = {
        DocumentRole.BACKGROUND: _("background"),
        DocumentRole.STATEMENT: _("statement"),
        DocumentRole.OUTCOME: _("outcome"),
    }
    role = names.get(part.role)
    return [role] * bool(role) + [_("advance unedited version")] * bool(part.is_advance)


def photos(telling):
    """Caption with credit and rights, then where the picture is."""
    shown = [part for part in telling.photos if part.image]
    words = [noted(name(part.caption), [text for text in [part.credit, part.rights] if text]) for part in shown]
    addresses = [f"{settings.SITE_URL}{wording.file_path(telling, part.image)}" for part in shown]
    return [f"{told} {address}".strip() for told, address in zip(words, addresses, strict=True)]


def contacts(telling):
    blocks = []
    for part in telling.contacts:
        person = part.person
        who = wording.joined([person.name, name(part.office)])
        if part.role != ContactRole.MEDIA:
            who = _("%(label)s: %(value)s") % {"label": ContactRole(part.role).label, "value": who}
        phones = [wording.isolated(wording.phone(number)) for number in person.phones or []]
        lines = [who, *(_("Tel. %(number)s") % {"number": phone} for phone in phones)]
        lines += list(person.emails or [])
        lines += [wording.languages(part.languages)] if part.languages else []
        lines += [part.hours] if part.hours else []
        blocks.append("\n".join(line for line in lines if line))
    return [block for block in blocks if block]


def links(telling):
    lines = [
        _("%(label)s: %(value)s") % {"label": name(part.label), "value": part.url} if part.label else part.url
        for part in telling.links
    ]
    return lines + [" ".join([*telling.facts.accounts, *telling.facts.hashtags])]


def closing(telling):
    lines = [telling.words.boilerplate] if telling.words.boilerplate else []
    words = {"house": settings.ORGANIZATION_NAME, "number": telling.number, "issued": when_issued(telling)}
    lines += ["###", _("%(house)s. Edition %(number)s, issued %(issued)s.") % words]
    return "\n".join([*lines, _("The latest edition is always at %(address)s") % {"address": telling.address}])


def when_issued(telling):
    """29 August 2016, 14:10 New York."""
    at = telling.published_at
    words = {"date": wording.short_day(at), "time": wording.clock(at), "place": times.place(telling)}
    return _("%(date)s, %(time)s %(place)s") % words


def section(heading, lines, between="\n"):
    lines = [line for line in lines if line]
    return f"{heading.upper()}\n\n{between.join(lines)}" if lines else ""
