"""What to look at before publishing: few blockers, and warnings that explain. Asked of the draft rows."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from django.utils import timezone
from django.utils.translation import gettext

from advisory import symbols, translating, zoned
from advisory.freezing import own_routes
from advisory.renditions.dates import language_name
from advisory.renditions.wording import moment
from advisory.words import LanguageState, Precision, SpeakerKind
from office import discovery

BLOCKER, WARNING = "blocker", "warning"


@dataclass(frozen=True)
class Concern:
    """``field`` names a field or the relation of a part, so that a form can lead there."""

    level: str
    field: str
    sentence: str


def concerns(meeting):
    """Blockers first, then warnings, each in reading order."""
    found = [concern for ask in QUESTIONS for concern in ask(meeting)]
    return sorted(found, key=lambda concern: concern.level != BLOCKER)


def blockers(meeting):
    return [concern for concern in concerns(meeting) if concern.level == BLOCKER]


def what_nobody_can_do_without(meeting):
    if not meeting.title.strip():
        yield Concern(BLOCKER, "title", gettext("Write a title."))
    if not meeting.sittings.exists():
        yield Concern(BLOCKER, "sittings", gettext("Add a sitting: a date, or one whose date is to be announced."))
    if not meeting.time_zone:
        yield Concern(
            BLOCKER, "time_zone", gettext("Choose the time zone: a time without its zone is wrong for most readers.")
        )
    if not meeting.contacts.exists():
        yield Concern(BLOCKER, "contacts", gettext("Add a media contact."))


def contacts_that_answer(meeting):
    for contact in meeting.contacts.all():
        if not (contact.phones or contact.emails):
            yield Concern(
                WARNING,
                "contacts",
                gettext("%(contact)s has neither a telephone nor an e-mail address.") % {"contact": contact},
            )


def times(meeting):
    for sitting in meeting.sittings.all():
        if not sitting.date:
            yield Concern(
                WARNING, "sittings", gettext("%(row)s: the date will be shown as to be announced.") % {"row": sitting}
            )
        elif not sitting.start_time and sitting.precision != Precision.FOLLOWING:
            yield Concern(
                WARNING, "sittings", gettext("%(row)s: the time will be shown as to be confirmed.") % {"row": sitting}
            )
        if sitting.starts_at and sitting.ends_at and sitting.ends_at <= sitting.starts_at:
            yield Concern(WARNING, "sittings", gettext("%(row)s: it ends before it starts.") % {"row": sitting})
        if sitting.date and not meeting.is_published and sitting.date < date.today():
            yield Concern(
                WARNING, "sittings", gettext("%(row)s: the day has passed. Is the year right?") % {"row": sitting}
            )


def clock_changes(meeting):
    for sitting in meeting.sittings.all():
        days = [(sitting.date, sitting.start_time), (sitting.end_date or sitting.date, sitting.end_time)]
        for day, time in days:
            if day and time and (doubt := zone_doubt(day, time, sitting.zone)):
                yield Concern(WARNING, "sittings", gettext("%(label)s: %(value)s") % {"label": sitting, "value": doubt})


def zone_doubt(day, time, zone):
    return zoned.doubt(datetime.combine(day, time), zone) if zone else ""


def place(meeting):
    if not (meeting.room or meeting.building or meeting.city) and meeting.attendance != "online":
        yield Concern(WARNING, "room", gettext("No place is given. Readers will ask where."))
    elif not meeting.city and meeting.attendance != "online":
        yield Concern(WARNING, "city", gettext("No city is given: times will be told by the name of their zone."))


def coming_in(meeting):
    notices = list(meeting.access_notices.all())
    routes = own_routes(meeting) if notices else {}
    if not notices:
        yield Concern(WARNING, "access_notices", gettext("Nothing says how the press comes in. Add an access notice."))
    for notice in notices:
        if not notice.closes_on:
            yield Concern(WARNING, "access_notices", gettext("%(row)s: no closing date.") % {"row": notice})
        if notice.opens_at and notice.closes_at and notice.closes_at <= notice.opens_at:
            yield Concern(WARNING, "access_notices", gettext("%(row)s: it closes before it opens.") % {"row": notice})
        if not (notice.address or notice.instruction or routes.get(notice.category)):
            yield Concern(
                WARNING, "access_notices", gettext("%(row)s: nothing says where or how to apply.") % {"row": notice}
            )


def rooms_above(meeting):
    for ask in discovery.declared("concerns", within="announcing"):
        yield from ask(meeting)


def addresses(meeting):
    places = [("webcasts", row.url) for row in meeting.webcasts.all()]
    places += [("links", row.url) for row in meeting.links.all()] + [("map_url", meeting.map_url)]
    places += [("access_notices", row.address) for row in meeting.access_notices.all()]
    places += [("documents", row.url) for row in meeting.documents.all()]
    for field, url in places:
        if url.startswith("http://"):
            yield Concern(
                WARNING,
                field,
                gettext("%(address)s is not encrypted. Try the same address with https://.") % {"address": url},
            )
    for field, url in places:
        if field == "webcasts" and urlsplit(url).path.strip("/") == "":
            yield Concern(
                WARNING,
                field,
                gettext("%(address)s is a home page. Link to this meeting's own webcast.") % {"address": url},
            )


def document_symbols(meeting):
    for document in meeting.documents.all():
        for symbol in document.symbols:
            if not symbols.find(symbol):
                yield Concern(
                    WARNING,
                    "documents",
                    gettext("“%(symbol)s” does not look like a document symbol.") % {"symbol": symbol},
                )


def people(meeting):
    for speaker in meeting.speakers.all():
        if speaker.photo and not speaker.photo_caption:
            yield Concern(
                WARNING,
                "speakers",
                gettext("%(row)s: describe the photograph for those who cannot see it.") % {"row": speaker},
            )
        if speaker.photo and not speaker.photo_credit:
            yield Concern(WARNING, "speakers", gettext("%(row)s: name the photographer.") % {"row": speaker})
        if speaker.kind == SpeakerKind.PERSON and not speaker.office:
            yield Concern(WARNING, "speakers", gettext("%(row)s: add the title and organization.") % {"row": speaker})


def photographs(meeting):
    for photo in meeting.photos.all():
        if not photo.caption:
            yield Concern(WARNING, "photos", gettext("A photograph has no caption: say what it shows."))
        if not photo.credit:
            yield Concern(WARNING, "photos", gettext("%(row)s: name the photographer.") % {"row": photo})


def other_languages(meeting):
    """What is not ready stays out of the edition; what is outdated too."""
    for progress in translating.progress([meeting])[meeting.pk].values():
        name = language_name(progress.language)
        if progress.state == LanguageState.DRAFT:
            yield Concern(
                WARNING,
                "languages",
                gettext("%(language)s is a draft: what changed in it stays out.") % {"language": name},
            )
        if progress.outdated:
            said = gettext("%(language)s: %(outdated)s of %(total)s texts are outdated and stay out of this edition.")
            told = {"language": name, "outdated": progress.outdated, "total": progress.total}
            yield Concern(WARNING, "languages", said % told)


def spelling(meeting):
    words = " ".join([meeting.title, meeting.theme, meeting.summary, meeting.background])
    if "Secretary General" in words:
        yield Concern(WARNING, "background", gettext("Write “Secretary-General” with a hyphen."))


def embargo(meeting):
    """An embargo holds back what is published from now on: neither what is public nor what waits already moves."""
    public = meeting.editions.visible().order_by("-number").first() if meeting.is_published else None
    if meeting.embargo_until and public and meeting.embargo_until > timezone.now():
        said = gettext("Edition %(number)s is public and stays public. The next one will not be before %(instant)s.")
        yield Concern(WARNING, "embargo_until", said % _of(public, meeting.embargo_until))
    elif meeting.embargo_until:
        yield Concern(
            WARNING,
            "embargo_until",
            gettext("Nothing will be public before %(instant)s.") % {"instant": _in_utc(meeting.embargo_until)},
        )
    last = meeting.editions.order_by("-sequence").first() if meeting.is_published else None
    if last and last.superseded_at:
        said = gettext("Edition %(number)s was withdrawn before its instant: nothing waits until you publish again.")
        yield Concern(WARNING, "embargo_until", said % {"number": last.number})
    elif last and last.visible_from > timezone.now() and last.visible_from != meeting.embargo_until:
        said = gettext("Edition %(number)s waits for %(instant)s, and keeps that instant until it is published again.")
        yield Concern(WARNING, "embargo_until", said % _of(last, last.visible_from))


def _of(edition, instant):
    return {"number": edition.number, "instant": _in_utc(instant)}


def _in_utc(instant):
    return f"{moment(instant.astimezone(UTC))} UTC"


# Doubts of the reader that the questions above ask again of the rows as they are now
ASKED_OF_ROWS = {"http_link", "webcast_home_page", "missing_accreditation", "missing_contact", "spelling_varies"}


def reader_doubts(meeting):
    for doubt in meeting.doubts:
        if doubt["code"] == "embargo_found" and not meeting.embargo_until:
            yield Concern(BLOCKER, doubt["field"], f"{doubt['message']} {gettext('No embargo is set.')}")
        elif doubt["code"] not in ASKED_OF_ROWS:
            yield Concern(WARNING, doubt["field"], doubt["message"])


QUESTIONS = [
    what_nobody_can_do_without,
    times,
    clock_changes,
    place,
    people,
    photographs,
    coming_in,
    rooms_above,
    document_symbols,
    addresses,
    contacts_that_answer,
    spelling,
    other_languages,
    embargo,
    reader_doubts,
]
