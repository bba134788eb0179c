"""The meeting for a calendar (RFC 5545): an entry a sitting, with its zone's rules, an edition number and a state."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone, vUri

from advisory.renditions import markdown, notices, text, wording
from advisory.words import MeetingStatus, Precision

STATUS = {MeetingStatus.CANCELLED: "CANCELLED", MeetingStatus.POSTPONED: "TENTATIVE"}


def render(telling):
    """Lines end in CRLF and fold at 75 octets. A date to be announced gives a calendar without entries."""
    calendar = Calendar()
    calendar.add("prodid", f"-//Rostrum//Advisories//{telling.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", one_line(telling.words.title))
    dated = [sitting for sitting in telling.sittings if sitting.date]
    zones = {}
    for sitting in dated:
        if sitting.starts_at:
            days = zones.setdefault(sitting.time_zone, [])
            days.append(sitting.date)
    for name, days in zones.items():
        calendar.add_component(zone_rules(name, days))
    for sitting in dated:
        calendar.add_component(entry(telling, sitting))
    return calendar.to_ical(sorted=False)


def zone_rules(name, days):
    """VTIMEZONE of an IANA zone, right from a year before the first day to two years after the last."""
    return Timezone.from_tzid(
        name, first_date=min(days) - timedelta(days=366), last_date=max(days) + timedelta(days=731)
    )


def entry(telling, sitting):
    event = Event()
    event.add("uid", f"{sitting.key}.{telling.facts.code}@{host()}")
    event.add("dtstamp", telling.published_at.astimezone(wording.UTC))
    event.add("last-modified", telling.published_at.astimezone(wording.UTC))
    event.add("sequence", telling.number - 1)
    event.add("status", status(telling, sitting))
    event.add("summary", summary(telling, sitting))
    add_times(event, sitting)
    if place := wording.joined([sitting.room or telling.words.room, *place_words(telling)]):
        event.add("location", one_line(place))
    event.add("description", description(telling))
    event.add("url", telling.address)
    for webcast in telling.webcasts:
        event.add("conference", vUri(webcast.url), parameters={"VALUE": "URI", "FEATURE": "VIDEO"})
    return event


def add_times(event, sitting):
    """A sitting whose hour is not known is an all-day entry; DTEND of a day is the day after (RFC 5545 3.6.1)."""
    exact = sitting.precision in (Precision.EXACT, Precision.ABOUT)
    if exact and sitting.starts_at:
        zone = wording.zone(sitting.time_zone)
        event.add("dtstart", local(sitting.starts_at, zone))
        if sitting.ends_at:
            event.add("dtend", local(sitting.ends_at, zone))
        return
    event.add("dtstart", sitting.date)
    event.add("dtend", (sitting.end_date or sitting.date) + timedelta(days=1))


def local(instant, zone):
    """The frozen instant as the zone's local time; the frozen offset is what was announced."""
    return datetime.combine(instant.date(), instant.time(), zone)


def status(telling, sitting):
    announced = STATUS.get(telling.facts.status)
    return announced or ("TENTATIVE" if sitting.precision == Precision.TO_BE_CONFIRMED else "CONFIRMED")


def summary(telling, sitting):
    state = telling.facts.status
    words = str(telling.words.title)
    if sitting.title:
        words = _("%(meeting)s (%(sitting)s)") % {"meeting": words, "sitting": sitting.title}
    if sitting.precision == Precision.TO_BE_CONFIRMED:
        words = _("%(meeting)s (time to be confirmed)") % {"meeting": words}
    if state in STATUS:
        words = _("%(label)s: %(value)s") % {"label": MeetingStatus(state).label.upper(), "value": words}
    return one_line(words)


def one_line(text):
    """A name as one line: a break in one is an error to the library, and to many calendars."""
    return " ".join(str(text).split())


def description(telling):
    """Every other fact of the advisory, so that a phone without network has it."""
    blocks = [
        notices.sentence(telling),
        telling.words.theme,
        telling.words.summary,
        "\n".join(text.speaker(part) for part in telling.speakers),
        "\n".join(text.webcast(part) for part in telling.webcasts),
        "\n\n".join(markdown.plain(telling.words.background)),
        "\n".join(text.documents(telling)),
        text.full_text(telling),
        text.access(telling),
        "\n".join(text.contacts(telling)),
        "\n".join(line for line in text.links(telling) if line),
        telling.address,
    ]
    return "\n\n".join(block for block in blocks if block)


def place_words(telling):
    return [telling.words[name] for name in ("building", "address", "city", "country")]


def host():
    return settings.SITE_HOST
