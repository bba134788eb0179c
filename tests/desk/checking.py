"""What the tests of the checks share."""

from datetime import timedelta

from django.utils import timezone

from accreditation import checks, finding
from accreditation.states import Status
from advisory import publishing
from tests.builders import make_category, make_meeting, make_registration, make_sitting


def make_announced():
    """A category of a meeting that is public and in sixty days."""
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, date=timezone.localdate() + timedelta(days=60))
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    return make_category(meeting)


def sent(given_names="Ada", family_name="Okafor", status=Status.SUBMITTED, **fields):
    registration = make_registration(status, given_names=given_names, family_name=family_name, **fields)
    finding.index(registration)
    return registration


def codes(registration, officer):
    return [hint.code for hint in checks.told(registration, officer)]
