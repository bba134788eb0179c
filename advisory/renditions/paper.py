"""What stands on paper, in its order, as plain data: the PDF and the Word file both set this and nothing else."""

from dataclasses import replace

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from advisory.renditions import dates, markdown, qr, runs, text, times, wording
from advisory.renditions import notices as told
from advisory.renditions.page import RESULTS, language_names
from advisory.renditions.telling import Foreign, Part
from advisory.words import (
    AdvisoryForm,
    Attendance,
    ContactRole,
    EditionKind,
    MeetingStatus,
    NoticeCategory,
    PressAccess,
    StakeoutKind,
    WebcastKind,
)


def content(telling):
    """A dictionary that JSON can hold. A line is {runs, size}; a piece in another language names it."""
    telling = named(telling)
    facts, words = telling.facts, telling.words
    return {
        "language": telling.language,
        "direction": direction(telling.language),
        "name": words.title[:],
        "house": settings.ORGANIZATION_NAME,
        "form": str(AdvisoryForm(facts.form).label),
        "body": _line(telling, words.body),
        "title": _line(telling, words.title),
        "theme": _line(telling, words.theme),
        "particulars": particulars(telling),
        "notices": notices(telling),
        "facts": [
            {"label": label, "lines": lines, "is_list": is_list} for label, lines, is_list in _facts(telling) if lines
        ],
        "full_text": _line(telling, text.full_text(telling)),
        "columns": [part for part in [coming_in(telling), contacts(telling)] if part["groups"]],
        "sections": [part for part in _sections(telling) if part["blocks"]],
        "boilerplate": _line(telling, words.boilerplate),
        "colophon": colophon(telling),
        "published_at": telling.published_at.isoformat(),
    }


def named(telling):
    """The same telling, whose foreign names keep their language through the sentences of ``text``."""
    words = _named(telling.words)
    return replace(telling, words=words, lists={name: [_named(part) for part in parts]
                                                for name, parts in telling.lists.items()})  # fmt: skip


def _named(part):
    return Part({name: runs.Named(words, words.language) if isinstance(words, Foreign) else words
                 for name, words in part.items()})  # fmt: skip


def direction(language):
    return "rtl" if dates.is_right_to_left(language) else "ltr"


def mark(telling):
    """Corr.1, Rev.2: which correction or update the newest notice is; '' for other kinds. The same in all languages."""
    newest = told.latest(telling)
    word = {EditionKind.CORRECTION: "Corr.", EditionKind.UPDATE: "Rev."}.get(newest and newest.kind, "")
    number = sum(notice.kind == newest.kind for notice in telling.notices) or 1
    return f"{word}{number}" if word else ""


def particulars(telling):
    rows = [
        (_("Edition"), _number(telling)),
        (_("Issued"), told.moment(telling, telling.published_at)),
        (_("Original"), capfirst(dates.language_name(telling.facts.original_language))),
    ]
    return [{"label": label, "line": _line(telling, value)} for label, value in rows]


def _number(telling):
    return " · ".join(part for part in [str(telling.number), mark(telling)] if part)


def notices(telling):
    """Groups of lines: that the meeting is off; the newest notice with what was and is, then earlier ones in a line."""
    found = []
    for shown in told.shown(telling):
        lines = [_line(telling, shown["heading"], strong=True), _line(telling, shown.get("words") or shown["text"])]
        lines += [_change(telling, change) for change in shown.get("changes", [])]
        found.append(lines + [_line(telling, shown["also"])] * bool(shown.get("also")))
    if found:
        found[-1] += [_line(telling, line, size="small") for line in told.earlier(telling)]
    return found


def _change(telling, change):
    """Was, struck, and is, in the words of the text form."""
    was = runs.quoted(change["was"], telling.language, strike=True)
    now = runs.quoted(change["now"], telling.language)
    if was and now:
        value = runs.sentence(_("was “%(was)s”, is “%(is)s”"), **{"was": was, "is": now})
    elif now:
        value = runs.sentence(_("new: “%(is)s”"), **{"is": now})
    else:
        value = runs.sentence(_("“%(was)s” no longer stands"), was=was)
    return _labelled(telling, change["label"], value)


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
        lines = [_labelled(telling, label, runs.of(words, telling.language)) for label, words in rows if words]
        groups.append({"name": _line(telling, NoticeCategory(notice.category).label), "lines": lines})
    return {"heading": _("Accreditation"), "groups": groups}


def contacts(telling):
    """Media contacts; the press desk stands in for somebody whose name no longer shows."""
    return {"heading": _("Media contacts"), "groups": [_contact(telling, part) for part in telling.contacts]}


def colophon(telling):
    """The address in words and as a code, and which edition this sheet is; ``page`` has {page} and {pages} in it."""
    words = {
        "house": settings.ORGANIZATION_NAME,
        "number": _number(telling),
        "issued": told.moment(telling, telling.published_at),
    }
    latest = _("Edition %(number)s, issued %(issued)s. The page at this address is always the latest.")
    lines = [_line(telling, latest % words)]
    lines += [_line(telling, text.demonstration())] * bool(telling.facts.is_demonstration)
    return {
        "address": telling.address,
        "qr": qr.svg(telling.address),
        "code": _("QR code of the address of this advisory"),
        "issued": _line(telling, _("%(house)s. Edition %(number)s, issued %(issued)s.") % words),
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "lines": lines,
    }


def _facts(telling):
    yield _("When"), _when(telling), False
    yield _("Where"), _where(telling), False
    yield _("What"), _what(telling), False
    yield _("Who"), [_line(telling, text.speaker(part)) for part in telling.speakers], True
    yield _("Watch"), [_webcast(telling, part) for part in telling.webcasts], True


def _what(telling):
    """The summary's paragraphs, or the kind of meeting; each keeps the language of the whole."""
    code = getattr(telling.words.summary, "language", "")
    lines = text.what(telling)
    return [_line(telling, runs.Named(line, code) if code else line) for line in lines]


def _when(telling):
    """As on the page: one sitting with its zone; several as rows, and the zone that they share beneath."""
    when = times.when(telling)
    rows, lines = when["rows"], [_line(telling, when["headline"], size="big")]
    zone = _("%(city)s time") % {"city": when["place"]} if when["place"] else ""
    zone = " ".join(part for part in [zone, f"({when['offset']})" if when["offset"] else ""] if part)
    for row in rows:
        day = [runs.run(row["short_day"])] if when["several_days"] else []
        clock = zone if len(rows) == 1 else row["place"] and _("%(city)s time") % {"city": row["place"]}
        hours = runs.of(row["hours"], telling.language, strong=True)
        hours += runs.of(f" {clock}" if clock and row["is_clock"] else "", telling.language)
        press = "" if row["press"]["is_open"] else row["press"]["label"]
        rest = [runs.of(words, telling.language) for words in [row["title"], row["room"], press]]
        lines.append({"runs": runs.joined([day, hours, *rest]), "size": ""})
    return lines + [_line(telling, zone, size="small")] * bool(zone and len(rows) > 1)


def _where(telling):
    """The most exact name of the place first, as on the page; then the lines that help on the way."""
    words = telling.words
    places = [words.room, words.building, words.address, words.city, words.country]
    known = list(dict.fromkeys(place for place in places if place))
    details = [_line(telling, line) for line in text.where(telling)[bool(known) :]]
    if not known or telling.facts.attendance == Attendance.ONLINE:
        first, *rest = details or [_line(telling, _("Place to be announced"))]
        return [first | {"size": "big"}, *_places(telling, known), *rest]
    return [_line(telling, known[0], size="big"), *_places(telling, known[1:]), *details]


def _places(telling, names):
    return [{"runs": runs.joined([runs.of(name, telling.language) for name in names]), "size": ""}] * bool(names)


def _webcast(telling, webcast):
    """“Live webcast: address (languages)”; only what it is where the address may not become a link."""
    title = webcast.title or (_("Recording") if webcast.kind == WebcastKind.RECORDING else _("Live webcast"))
    if not markdown.is_address(webcast.url):
        return _line(telling, title)
    kind = webcast.kind if webcast.title else WebcastKind.LIVE  # what the title says is not said again
    rest = text.webcast(Part(webcast | {"title": "", "kind": kind}))
    return _line(telling, _("%(label)s: %(value)s") % {"label": title, "value": rest})


def _contact(telling, contact):
    person = contact.person
    name = person.name or (_("Press desk") if contact.is_desk else contact.office)
    lines = []
    if not contact.is_desk:
        lines += [_line(telling, contact.office)] * bool(contact.office and contact.office != name)
        speaks = _("Speaks %(languages)s") % {"languages": language_names(contact.languages)}
        lines += [_line(telling, speaks)] * bool(contact.languages)
    for number in person.phones or []:
        link = f"tel:{number}" if number.lstrip("+").isdigit() else ""
        lines.append({"runs": [runs.run(wording.phone(number), link, ltr=True)], "size": ""})
    lines += [_line(telling, email) for email in person.emails or []]
    lines += [_line(telling, contact.hours)] * bool(contact.hours and not contact.is_desk)
    if contact.role not in {"", ContactRole.MEDIA}:
        role = ContactRole(contact.role).label
        name = _("%(label)s: %(value)s") % {"label": role, "value": name} if name else role
    return {"name": _line(telling, name), "lines": lines}


def _sections(telling):
    words = telling.words
    results = [part for part in telling.documents if part.role in RESULTS]
    others = [part for part in telling.documents if part.role not in RESULTS]
    yield _section(_("What came of it"), words.outcome, telling, _documents(telling, results))
    yield _section(_("Background"), words.background, telling) | {"numbered": True}
    yield _section(_("Programme"), "", telling, _programme(telling))
    yield _section(_("For the press"), "", telling, _stakeouts(telling))
    yield _section(_("Photographs"), "", telling, _photographs(telling))
    yield _section(_("Documents"), "", telling, _documents(telling, others))
    yield _section(_("Media arrangements"), words.arrangements, telling)
    yield _section(_("More information"), "", telling, _links(telling))


def _section(heading, prose, telling, more=()):
    """Prose, or what stands beneath the heading in its place or after it."""
    spoken = getattr(prose, "language", "")
    blocks = [*runs.blocks(prose[:], telling.language), *more]
    return {
        "heading": heading,
        "blocks": blocks,
        "numbered": False,
        "spoken": spoken,
        "direction": direction(spoken or telling.language),
    }


def _table(telling, rows):
    header = [_("Time in %(place)s") % {"place": times.place(telling)}, _("Item")]
    return [{"kind": "table", "header": [_line(telling, label) for label in header], "rows": rows}] * bool(rows)


def _entries(rows):
    return [{"kind": "entries", "rows": rows}] * bool(rows)


def _programme(telling):
    """A table of {day, hours, line}; ``day`` is named where it changes and there is more than one."""
    several = len({item.date for item in telling.programme if item.date}) > 1
    rows, day = [], None
    for item in telling.programme:
        new_day = wording.day(item.date) if several and item.date and item.date != day else ""
        day = item.date or day
        press = "" if item.press in ("", PressAccess.OPEN) else PressAccess(item.press).label
        words = ". ".join(part for part in [text.name(item.title), text.name(item.detail)] if part)
        rows.append(_row(telling, item, new_day, "; ".join(str(part) for part in [words, item.room, press] if part)))
    return _table(telling, rows)


def _stakeouts(telling):
    rows = []
    for item in telling.stakeouts:
        kind = StakeoutKind(item.kind).label
        title = _("%(label)s: %(value)s") % {"label": kind, "value": item.title} if item.title else kind
        notes = [text.minutes(item.minutes)] if item.minutes else []
        notes += text.told((_("Questions"), item.who_may_ask))
        words = "; ".join(str(part) for part in [title, item.room, *notes] if part)
        rows.append(_row(telling, item, wording.day(item.date) if item.date else "", words))
    return _table(telling, rows)


def _row(telling, item, day, words):
    is_clock = bool(item.start_time or item.end_time)
    hours = _line(telling, times.hours(item), size="" if is_clock else "small", strong=is_clock)
    return {"day": _line(telling, day), "hours": hours, "line": _line(telling, words)}


def _documents(telling, parts):
    rows = []
    for part in parts:
        notes = text.document_notes(part)
        notes += [_("in %(languages)s") % {"languages": language_names(part.languages)}] * bool(part.languages)
        lines = [_symbols(telling, part.symbols)] * bool(part.symbols)
        lines += [_line(telling, part.title)] * bool(part.title)
        lines += [_line(telling, capfirst(wording.joined(notes)), size="small")] * bool(notes)
        lines += [_line(telling, part.url)] * markdown.is_address(part.url)
        lines += [
            _linked(file["name"], settings.SITE_URL + wording.file_path(telling, file)) for file in part.files or []
        ]
        rows.append(lines)
    return _entries(rows)


def _symbols(telling, symbols):
    pieces = []
    for symbol in symbols:
        pieces += [runs.run(" · ")] * bool(pieces)
        pieces.append(runs.run(symbol, wording.symbol_address(symbol, telling.language), ltr=True))
    return {"runs": pieces, "size": ""}


def _photographs(telling):
    """Caption, then credit and rights, then where the picture is."""
    rows = []
    for part in [part for part in telling.photos if part.image]:
        credit = f"{_('Photo:')} {part.credit}" if part.credit else ""
        lines = [part.caption or _("Photograph"), ". ".join(str(words) for words in [credit, part.rights] if words)]
        lines.append(settings.SITE_URL + wording.file_path(telling, part.image))
        rows.append(
            [_line(telling, words, size="small" if number else "") for number, words in enumerate(lines) if words]
        )
    return _entries(rows)


def _links(telling):
    rows = [
        [_linked(part.label or part.url, part.url if markdown.is_address(part.url) else "")] for part in telling.links
    ]
    tags = [*telling.facts.accounts, *telling.facts.hashtags]
    rows += [[{"runs": [runs.run(" ".join(tags), ltr=True)], "size": ""}]] * bool(tags)
    return _entries(rows)


def _linked(words, address):
    pieces = [runs.run(words[:], address)]
    return {"runs": runs.foreign(pieces, getattr(words, "language", "")), "size": ""}


def _labelled(telling, label, value):
    """The label in bold, then what it says, with the colon of the page's language."""
    label = runs.of(label, telling.language, strong=True)
    return {"runs": runs.sentence(_("%(label)s: %(value)s"), label=label, value=value), "size": ""}


def _line(telling, words, size="", **marks):
    return {"runs": runs.of(words, telling.language, **marks), "size": size}
