"""What stands on paper, in its order, as plain data: the PDF and the Word file both set this and nothing else."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advisory.models.validators import LANGUAGE_CODES
from advisory.renditions import markdown, qr, runs, text, times, wording
from advisory.renditions.telling import Part
from advisory.words import (
    AdvisoryForm,
    Attendance,
    ContactRole,
    DocumentRole,
    EditionKind,
    MeetingKind,
    MeetingStatus,
    NoticeCategory,
    Precision,
    PressAccess,
    StakeoutKind,
    WebcastKind,
)

MOST_NOTICES = 3
OFF = {MeetingStatus.CANCELLED, MeetingStatus.POSTPONED}
RIGHT_TO_LEFT = {"ar", "fa"}


def content(telling):
    """A dictionary that JSON can hold. A line is {runs, size}; a section in another language names it."""
    facts, words = telling.facts, telling.words
    return {
        "language": telling.language,
        "direction": direction(telling.language),
        "spoken": telling.spoken,
        "name": words.title,
        "house": settings.ORGANIZATION_NAME,
        "form": str(AdvisoryForm(facts.form).label),
        "body": _said(telling, words.body),
        "title": _said(telling, words.title),
        "theme": _said(telling, words.theme),
        "particulars": particulars(telling),
        "notices": notices(telling),
        "facts": [
            {"label": label, "lines": lines, "is_list": is_list} for label, lines, is_list in _facts(telling) if lines
        ],
        "columns": [part for part in [coming_in(telling), contacts(telling)] if part["groups"]],
        "sections": [part for part in _sections(telling) if part["blocks"]],
        "boilerplate": _said(telling, words.boilerplate),
        "colophon": colophon(telling),
        "published_at": telling.published_at.isoformat(),
    }


def direction(language):
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def mark(telling):
    """Corr.1, Rev.2: which correction or update this edition is; '' for other kinds. The same in all languages."""
    word = {EditionKind.CORRECTION: "Corr.", EditionKind.UPDATE: "Rev."}.get(telling.kind, "")
    number = sum(notice.kind == telling.kind for notice in telling.notices) or 1
    return f"{word}{number}" if word else ""


def particulars(telling):
    original = telling.facts.original_language
    rows = [
        (_("Edition"), " · ".join(part for part in [str(telling.number), mark(telling)] if part)),
        (_("Issued"), issued(telling)),
        (_("Original"), str(LANGUAGE_CODES.get(original, original))),
    ]
    return [{"label": label, "line": _ours(telling, value)} for label, value in rows]


def issued(telling):
    """29 August 2016, 14:10 New York."""
    return _moment(telling, telling.published_at)


def notices(telling):
    """What was said since the first issue, newest first: a line of runs each; the oldest rest with the history."""
    found = [_notice(telling, notice) for notice in telling.notices[:MOST_NOTICES]]
    told, status = {notice.kind for notice in telling.notices}, telling.facts.status
    if status in OFF and status not in told:
        found.insert(0, _notice(telling, Part(kind=status, at=telling.published_at, lines=[], words="")))
    return found


def coming_in(telling):
    """Accreditation: a group of lines for each category; none once the meeting is off."""
    is_off = telling.facts.status == MeetingStatus.CANCELLED
    place = times.place(telling)
    groups = []
    for notice in [] if is_off else telling.access_notices:
        rows = [
            (_("Who must apply"), notice.who_must),
            (_("Who need not apply"), notice.who_need_not),
            (_("Opens"), notice.opens_on and wording.deadline(notice.opens_on, notice.opens_time, place)),
            (_("Closes"), notice.closes_on and wording.deadline(notice.closes_on, notice.closes_time, place)),
            (_("Where to apply"), notice.address),
            (_("How to apply"), notice.instruction),
            (_("What to prepare"), notice.prepare),
            (_("Badge pick-up"), notice.pick_up),
        ]
        lines = [_labelled(telling, label, words) for label, words in rows if words]
        groups.append({"name": _ours(telling, NoticeCategory(notice.category).label), "lines": lines})
    return {"heading": _("Accreditation"), "groups": groups}


def contacts(telling):
    """Media contacts; the press desk stands in for somebody whose name no longer shows."""
    return {"heading": _("Media contacts"), "groups": [_contact(telling, part) for part in telling.contacts]}


def colophon(telling):
    """The address in words and as a code, and which edition this sheet is; ``page`` has {page} and {pages} in it."""
    house, number = (
        settings.ORGANIZATION_NAME,
        " · ".join(part for part in [str(telling.number), mark(telling)] if part),
    )
    told = {"house": house, "number": number, "issued": issued(telling)}
    latest = _("Edition %(number)s, issued %(issued)s. The page at this address is always the latest.")
    lines = [_ours(telling, latest % told)]
    if telling.facts.is_demonstration:
        lines.append(_ours(telling, _("Demonstration data. People, addresses and numbers are invented.")))
    return {
        "address": telling.address,
        "qr": qr.svg(telling.address),
        "code": _("QR code of the address of this advisory"),
        "issued": _ours(telling, _("%(house)s. Edition %(number)s, issued %(issued)s.") % told),
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "lines": lines,
    }


def _facts(telling):
    yield _("When"), _when(telling), False
    yield _("Where"), _where(telling), False
    yield _("What"), _what(telling), False
    yield _("Who"), [_said(telling, text.speaker(part)) for part in telling.speakers], True
    yield _("Watch"), [_webcast(telling, part) for part in telling.webcasts], True


def _what(telling):
    if telling.words.summary:
        return [_said(telling, line) for line in markdown.plain(telling.words.summary)]
    kind = MeetingKind(telling.facts.kind or MeetingKind.OTHER)
    return [] if kind == MeetingKind.OTHER else [_ours(telling, kind.label)]


def _when(telling):
    when = times.when(telling)
    zone = " ".join(part for part in [when["place"], f"({when['offset']})" if when["offset"] else ""] if part)
    lines = [_ours(telling, when["headline"], size="big")]
    for row in when["rows"]:
        day = row["short_day"] if when["several_days"] else ""
        start = [runs.run(f"{day}, ")] * bool(day) + runs.of(row["hours"], telling.language, strong=True)
        press = "" if row["press"]["is_open"] else str(row["press"]["label"])
        rest = _joined([f" {row['place'] or zone}".rstrip(), press])
        said = _said(telling, _joined([row["title"], row["room"]]))["runs"]
        lines.append(_line([*start, *runs.of(rest, telling.language), *[runs.run(". ")] * bool(said), *said]))
    return lines


def _where(telling):
    """The most exact name of the place first, as on the page; then the lines that help on the way."""
    words = telling.words
    places = [words.room, words.building, words.address, words.city, words.country]
    known = list(dict.fromkeys(place for place in places if place))
    details = [_ours(telling, line) for line in text.where(telling)[bool(known) :]]
    if not known or telling.facts.attendance == Attendance.ONLINE:
        first, *rest = details or [_ours(telling, _("Place to be announced"))]
        return [first | {"size": "big"}, *[_said(telling, _joined(known))] * bool(known), *rest]
    rest = [_said(telling, _joined(known[1:]))] if known[1:] else []
    return [_said(telling, known[0], size="big"), *rest, *details]


def _webcast(telling, webcast):
    title = webcast.title or (_("Recording") if webcast.kind == WebcastKind.RECORDING else _("Live webcast"))
    rest = text.webcast(webcast).removeprefix(f"{webcast.title}: ")
    return _said(telling, f"{title}: {rest}") if markdown.is_address(webcast.url) else _said(telling, title)


def _contact(telling, contact):
    person = contact.person
    role = "" if contact.role in {"", ContactRole.MEDIA} else str(ContactRole(contact.role).label)
    name = person.name or (_("Press desk") if contact.is_desk else contact.office)
    lines = []
    if not contact.is_desk:
        lines += [_said(telling, contact.office)] * bool(contact.office and contact.office != name)
        lines += [_ours(telling, wording.languages(contact.languages))] * bool(contact.languages)
    for number in person.phones or []:
        link = f"tel:{number}" if number.lstrip("+").isdigit() else ""
        lines.append(_line([runs.run(wording.phone(number), link, ltr=True)]))
    lines += [_ours(telling, email) for email in person.emails or []]
    lines += [_said(telling, contact.hours)] * bool(contact.hours and not contact.is_desk)
    title = ": ".join(part for part in [role, name] if part)
    return {"name": _ours(telling, title), "lines": lines}


def _sections(telling):
    words = telling.words
    yield _section(telling, _("What came of it"), runs.blocks(words.outcome, telling.language))
    yield _section(telling, _("Background"), runs.blocks(words.background, telling.language), numbered=True)
    yield _section(telling, _("Programme"), [_table(telling, rows) for rows in [_programme(telling)] if rows])
    yield _section(telling, _("For the press"), [_table(telling, rows) for rows in [_stakeouts(telling)] if rows])
    yield _section(telling, _("Documents"), [_entries(rows) for rows in [_documents(telling)] if rows])
    yield _section(telling, _("Media arrangements"), runs.blocks(words.arrangements, telling.language))
    yield _section(telling, _("More information"), [_entries(rows) for rows in [_links(telling)] if rows])


def _section(telling, heading, blocks, *, numbered=False):
    return {"heading": heading, "blocks": blocks, "numbered": numbered, "spoken": _foreign(telling)}


def _table(telling, rows):
    header = [_("Time in %(place)s") % {"place": times.place(telling)}, _("Item")]
    return {"kind": "table", "header": [_ours(telling, label) for label in header], "rows": rows}


def _entries(rows):
    return {"kind": "entries", "rows": rows}


def _programme(telling):
    """Rows of {day, hours, line}; ``day`` is named where it changes and there is more than one."""
    several = len({item.date for item in telling.programme if item.date}) > 1
    rows, day = [], None
    for item in telling.programme:
        told = wording.day(item.date) if several and item.date and item.date != day else ""
        day = item.date or day
        notes = [item.room, "" if item.press in ("", PressAccess.OPEN) else str(PressAccess(item.press).label)]
        words = ". ".join(part for part in [item.title, item.detail] if part)
        rows.append(_row(telling, item, told, "; ".join(part for part in [words, *notes] if part)))
    return rows


def _stakeouts(telling):
    rows = []
    for item in telling.stakeouts:
        title = ": ".join(part for part in [str(StakeoutKind(item.kind).label), item.title] if part)
        notes = [item.room]
        notes += [_minutes(item.minutes)] if item.minutes else []
        notes += [_("%(label)s: %(value)s") % {"label": _("Questions"), "value": item.who_may_ask}] * bool(
            item.who_may_ask
        )
        day = wording.day(item.date) if item.date else ""
        rows.append(_row(telling, item, day, "; ".join(part for part in [title, *notes] if part)))
    return rows


def _minutes(number):
    return ngettext("%(number)s minute", "%(number)s minutes", number) % {"number": number}


def _row(telling, item, day, words):
    hours = wording.hours(item.start_time, item.end_time or None, item.precision or Precision.EXACT)
    return {"day": _ours(telling, day), "hours": _ours(telling, hours), "line": _said(telling, words)}


def _documents(telling):
    rows = []
    for part in telling.documents:
        notes = [str(DocumentRole(part.role).label)] * (part.role != DocumentRole.MAIN)
        notes += [_("advance unedited version")] * bool(part.is_advance)
        notes += [wording.languages(part.languages)] * bool(part.languages)
        address = part.url if markdown.is_address(part.url) else ""
        lines = [_symbols(telling, part.symbols)] * bool(part.symbols) + [_said(telling, part.title)] * bool(part.title)
        lines += [_ours(telling, _joined(notes), size="small")] * bool(notes)
        lines += [_ours(telling, address)] * bool(address)
        for file in part.files or []:
            lines.append(_linked(file["name"], settings.SITE_URL + wording.file_path(telling, file)))
        rows.append(lines)
    return rows


def _symbols(telling, symbols):
    line = []
    for symbol in symbols:
        line += [runs.run(" · ")] * bool(line)
        line.append(runs.run(symbol, wording.symbol_address(symbol, telling.language), ltr=True))
    return _line(line)


def _links(telling):
    rows = [
        [_linked(part.label or part.url, part.url if markdown.is_address(part.url) else "")] for part in telling.links
    ]
    tags = [*telling.facts.accounts, *telling.facts.hashtags]
    return rows + [[_line([runs.run(" ".join(tags), ltr=True)])]] * bool(tags)


def _linked(words, address):
    return _line([runs.run(words, address)])


def _labelled(telling, label, words):
    """The label in bold, then the words, with the colon of the page's language."""
    before, _value, after = (_("%(label)s: %(value)s") % {"label": label, "value": "\0"}).partition("\0")
    return _line([runs.run(before, strong=True), *_said(telling, words)["runs"], runs.run(after)])


def _moment(telling, instant):
    words = {"date": wording.short_day(instant), "time": wording.clock(instant), "place": times.place(telling)}
    return _("%(date)s, %(time)s %(place)s") % words


def _joined(parts):
    return ", ".join(part for part in parts if part)


def _notice(telling, notice):
    moment = _moment(telling, notice.at.astimezone(telling.zone))
    pieces = runs.of(f"{EditionKind(notice.kind).label}, {moment}.", telling.language, strong=True)
    for line in notice.lines:
        pieces += [runs.run(f" {line['label']}: "), *_change(telling, line["was"], line["is"]), runs.run(".")]
    if notice.words:
        pieces += [runs.run(" "), *_said(telling, notice.words)["runs"]]
    return _line(pieces)


def _change(telling, was, now):
    """Was, struck, and is; where neither may be quoted, only that it changed."""
    if not was and not now:
        return [runs.run(_("changed"))]
    gone = runs.of(was, telling.language, strike=True)
    between = [runs.run(" " + _("is now") + " ")] if was and now else []
    return gone + between + runs.of(now, telling.language)


def _said(telling, words, size=""):
    """A line of the officers' own words, in the language they were written in."""
    return _line(runs.foreign(runs.of(words, telling.language), _foreign(telling)), size)


def _ours(telling, words, size=""):
    """A line of the house's words, in the language of the page."""
    return _line(runs.of(str(words), telling.language), size)


def _line(pieces, size=""):
    return {"runs": pieces, "size": size}


def _foreign(telling):
    return telling.spoken if telling.spoken != telling.language else ""
