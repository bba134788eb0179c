"""Meetings that show what an advisory can hold. People, addresses and telephones are invented; every page says so."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from advisory import publishing
from advisory.demo import tongues
from advisory.demo.dialogue import dialogue_of_2016
from advisory.demo.segment import session_in_geneva
from advisory.demo.short import briefing_in_vienna, consultation_postponed, launch_last_week, report_under_embargo
from advisory.models import Meeting
from advisory.words import EditionKind


@transaction.atomic
def load(by=None):
    """Publish the demonstration meetings and return them; where any meeting exists, change nothing."""
    if Meeting.objects.exists():
        return []
    today = timezone.localdate()
    return [
        publish(dialogue_of_2016(), by, into=["ar", "zh", "fr", "ru", "es"]),
        correct_the_room(publish(session_in_geneva(today + timedelta(days=24)), by, into=["fr", "es"]), by),
        publish(briefing_in_vienna(today), by),
        postpone(publish(consultation_postponed(today + timedelta(days=12)), by), by),
        publish(launch_last_week(today - timedelta(days=6)), by),
        publish(report_under_embargo(today + timedelta(days=5)), by),
    ]


def publish(meeting, by, *, into=()):
    tongues.translate(meeting, into=into)
    return publishing.publish(meeting, by=by).meeting


def correct_the_room(meeting, by):
    meeting.overflow_room = "Room XXIV"
    meeting.save(update_fields=["overflow_room"])
    tongues.translate(meeting, into=["fr", "es"])
    words = "The overflow room was wrong in the first issue."
    return publishing.publish(meeting, by=by, kind=EditionKind.CORRECTION, words=words).meeting


def postpone(meeting, by):
    meeting.sittings.update(date=None, start_time=None, end_time=None, precision="to_be_confirmed")
    words = "A new date will be announced here."
    return publishing.publish(meeting, by=by, kind=EditionKind.POSTPONED, words=words).meeting
