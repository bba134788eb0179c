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
def load(by=None, *, prepare=lambda meeting: None):
    """Publish the demonstration meetings and return them; where any meeting exists, change nothing.

    ``prepare`` is called with each draft before its first edition.
    """
    if Meeting.objects.exists():
        return []
    today = timezone.localdate()

    def first_issue(meeting, *, into=()):
        prepare(meeting)
        return publish(meeting, by, into=into)

    return [
        first_issue(dialogue_of_2016(), into=["ar", "zh", "fr", "ru", "es"]),
        correct_the_room(first_issue(session_in_geneva(today + timedelta(days=24)), into=["fr", "es"]), by),
        first_issue(briefing_in_vienna(today)),
        postpone(first_issue(consultation_postponed(today + timedelta(days=12))), by),
        first_issue(launch_last_week(today - timedelta(days=6))),
        first_issue(report_under_embargo(today + timedelta(days=5))),
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
