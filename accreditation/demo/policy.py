"""The categories and zones of the demonstration meetings."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accreditation import presets
from accreditation.states import Allocation

OPEN_FOR = timedelta(days=20)  # since when applications have been taken


def prepare(meeting):
    """Give the draft what its first edition announces: categories, zones and access notices that lead to our forms."""
    if ask := MEETINGS.get(meeting.slug):
        ask(meeting)


def segment(meeting):
    for number, name in enumerate(["Main hall", "Media centre", "Delegates’ floor"]):
        meeting.zones.create(number=number, name=name)
    announce(meeting, "press", closes_in=18)
    announce(meeting, "civil_society", closes_in=16)
    announce(
        meeting, "delegation_media", closes_in=20, position=3, who_must="Media that travel with a delegation.",
        prepare="A letter of the permanent mission with names and functions.",
    )  # fmt: skip
    press, civil_society = presets.press(meeting), presets.civil_society(meeting)
    travelling = presets.delegation_media(meeting)
    change(press, capacity=60, zones=["Main hall", "Media centre"], pick_up=NORTH_GATE)
    change(civil_society, capacity=40, zones=["Main hall"], pick_up=NORTH_GATE)
    change(travelling, capacity=20, zones=["Main hall", "Media centre", "Delegates’ floor"], pick_up=NORTH_GATE)


def briefing(meeting):
    """A small room: the first to come are served, and the rest wait."""
    meeting.zones.create(number=0, name="Press Room")
    announce(meeting, "press", closes_in=2, who_must="Everybody who comes into the room.")
    change(
        presets.press(meeting), capacity=4, allocation=Allocation.FIRST_COME, zones=["Press Room"], asks_portrait=False,
        asks_equipment=False,
    )  # fmt: skip


def consultation(meeting):
    announce(meeting, "civil_society", closes_in=10, who_must="Organizations that speak for small languages.")
    change(presets.civil_society(meeting), cap_per_organization=2, asks_portrait=False, capacity=30)


MEETINGS = {
    "early-warning-segment": segment,
    "board-briefing": briefing,
    "minority-languages": consultation,
}
NORTH_GATE = "North gate, the day before from 14:00 and on both days from 7:30. Bring the document you named."


def announce(meeting, category, *, closes_in, **words):
    """The access notice of the kind, made or changed: it leads to our own form and names the hours of the category."""
    zone = ZoneInfo(meeting.time_zone)
    opens, closes = (timezone.now() - OPEN_FOR).astimezone(zone), timezone.now().astimezone(zone)
    hours = {
        "opens_on": opens.date(),
        "opens_time": opens.time().replace(hour=9, minute=0, second=0, microsecond=0),
        "closes_on": closes.date() + timedelta(days=closes_in),
        "closes_time": closes.time().replace(hour=18, minute=0, second=0, microsecond=0),
    }
    own_form = {"address": "", "instruction": ""}
    meeting.access_notices.update_or_create(category=category, defaults=hours | own_form | words)


def change(category, **fields):
    for name, value in fields.items():
        setattr(category, name, value)
    category.save()
