"""When an application came to its status, by which lists of what was decided are ordered."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.utils import timezone

from accreditation import workflow
from accreditation.models import Registration
from accreditation.states import Actor, Status
from tests.builders import make_category, make_officer, make_registration

pytestmark = pytest.mark.django_db


def moved(registration):
    return Registration.objects.get(pk=registration.pk).moved_at


def test_every_move_is_written_down_and_the_way_back_is_one():
    registration = make_registration(Status.SUBMITTED, category=make_category(hold_seconds=30))
    at, desk = timezone.now() + timedelta(hours=1), {"actor": Actor.DESK, "by": make_officer()}

    workflow.apply(registration, "approve", at=at, **desk)
    assert moved(registration) == at

    workflow.apply(registration, "undo", at=at + timedelta(seconds=9), **desk)
    assert moved(registration) == at + timedelta(seconds=9)


def test_rows_from_before_get_the_hour_of_their_last_decision():
    decided, never = make_registration(Status.SUBMITTED), make_registration(Status.SUBMITTED)
    at = timezone.now() - timedelta(days=2)
    workflow.apply(decided, "waitlist", actor=Actor.DESK, by=make_officer(), at=at - timedelta(days=1))
    workflow.apply(decided, "approve", actor=Actor.DESK, by=make_officer("other"), at=at)
    Registration.objects.update(moved_at=timezone.now())

    import_module("accreditation.migrations.0004_when_it_moved").from_decisions(apps, None)

    assert (moved(decided), moved(never)) == (at, never.saved_at)
