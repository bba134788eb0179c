"""Meetings told in few facts, each in a state of its own."""

from datetime import datetime, time, timedelta

from advisory import zoned
from advisory.demo.parts import body, day_of, drawn_river, topic
from advisory.models import Meeting


def briefing_in_vienna(today):
    """As little as an advisory may hold: about when, where, and whom to call."""
    day = today + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    meeting = Meeting.objects.create(
        is_demonstration=True,
        form="note_to_correspondents",
        kind="briefing",
        title="Press briefing after the Board’s closed session",
        slug="board-briefing",
        code="BRD1",
        city="Vienna",
        country="Austria",
        time_zone="Europe/Vienna",
    )
    meeting.sittings.create(date=day, start_time=time(11, 30), precision="about", press="pool")
    meeting.contacts.create(office="Press desk", phones=["+12125550101"])
    return meeting


def consultation_postponed(day):
    """Announced once, then put off."""
    meeting = Meeting.objects.create(
        is_demonstration=True,
        kind="round_table",
        body=body("Council on Early Warning", "council-on-early-warning"),
        title="Consultation with civil society on warnings in minority languages",
        summary="Organizations that speak for small languages say how a warning must sound to be understood.",
        slug="minority-languages",
        code="CML1",
        attendance="online",
        time_zone="Europe/Zurich",
    )
    meeting.topics.add(topic("Early warning", "early-warning"))
    meeting.sittings.create(**day_of(day, (14, 0), (16, 0)))
    meeting.webcasts.create(url="https://webcast.example.int/minority-languages", languages=["en", "fr"])
    meeting.contacts.create(office="Civil society desk", emails=["civil-society@example.int"])
    return meeting


def launch_last_week(day):
    """Over: the same page holds what came of it."""
    meeting = Meeting.objects.create(
        is_demonstration=True,
        kind="launch",
        body=body("Secretariat", "secretariat"),
        title="Launch of the yearly report on river gauges",
        summary="The report counts the gauges that work, and the rivers that have none.",
        slug="river-gauges",
        code="RVG1",
        room="Press Room 1",
        city="Geneva",
        country="Switzerland",
        time_zone="Europe/Zurich",
        outcome="The report was presented. Two States will put **120 gauges** on the rivers they share.",
    )
    meeting.topics.add(topic("Water", "water"))
    meeting.sittings.create(**day_of(day, (11, 0), (12, 0)))
    meeting.webcasts.create(url="https://webcast.example.int/river-gauges", kind="recording", languages=["en"])
    meeting.documents.create(title="Report on river gauges", role="outcome", url="https://papers.example.int/gauges")
    meeting.documents.create(
        title="Opening statement by the head of the Early Warning Unit",
        role="statement",
        url="https://papers.example.int/gauges/statement",
        position=2,
    )
    meeting.photos.create(
        image=drawn_river(), caption="A river gauge, drawn for this demonstration.", credit="Rostrum",
        rights="Free to use",
    )  # fmt: skip
    meeting.contacts.create(office="Press desk", phones=["+12125550101"])
    return meeting


def report_under_embargo(day):
    """Published, and public to nobody before its instant."""
    meeting = Meeting.objects.create(
        is_demonstration=True,
        kind="press_conference",
        body=body("Secretariat", "secretariat"),
        title="Press conference on the unpublished flood outlook",
        summary="The outlook names the twelve basins where floods are most likely next year.",
        slug="flood-outlook",
        code="FLO1",
        room="Press Room 1",
        city="Geneva",
        country="Switzerland",
        time_zone="Europe/Zurich",
        embargo_until=zoned.instant(datetime.combine(day, time(10)), "Europe/Zurich"),
        embargo_zone="Europe/Zurich",
    )
    meeting.topics.add(topic("Water", "water"))
    meeting.sittings.create(**day_of(day, (10, 0), (11, 0)))
    meeting.contacts.create(office="Press desk", phones=["+12125550101"])
    return meeting
