"""A cloned meeting has the categories of the old one, and nobody of those who came by them."""

import pytest

from accreditation import presets
from accreditation.models import Category, Registration
from accreditation.states import Status
from advisory import cloning
from tests.builders import make_full_meeting, make_gate, make_registration

pytestmark = pytest.mark.django_db

BEGUN_ANEW = {"id", "meeting_id", "category_id", "opens_at", "closes_at", "replace_until", "taken"}


def values(row):
    return {name: value for name, value in vars(row).items() if name not in BEGUN_ANEW and not name.startswith("_")}


@pytest.fixture
def meeting():
    meeting = make_full_meeting()
    category = presets.press(meeting)
    category.translations = {"fr": {"name": "Presse"}}
    category.save()
    category.questions.create(
        key="arrival", kind="choice", label="When?", options=["Day 1", "Day 2"],
        translations={"fr": {"label": "Quand ?", "options": ["Jour 1", "Jour 2"]}},
    )  # fmt: skip
    meeting.zones.create(number=3, name="Floor")
    presets.civil_society(meeting)
    make_registration(Status.APPROVED, category=category)
    return meeting


def test_clone_has_each_category_with_its_papers_and_questions(meeting):
    copy = cloning.clone(meeting, year=2027)

    old, new = list(meeting.categories.all()), list(copy.categories.all())
    assert [values(row) for row in new] == [values(row) for row in old]
    assert len(new) == 2
    for before, after in zip(old, new, strict=True):
        for relation in ["evidence_rules", "questions"]:
            rows = [[values(row) for row in getattr(category, relation).all()] for category in (before, after)]
            assert rows[0] == rows[1]
    assert [values(row) for row in copy.zones.all()] == [values(row) for row in meeting.zones.all()]


def test_clone_keeps_translations(meeting):
    copy = cloning.clone(meeting, year=2027).categories.get(slug="press")

    assert copy.said("name", "fr") == "Presse"
    assert copy.questions.get().said("options", "fr") == ["Jour 1", "Jour 2"]


def test_clone_has_no_seat_taken_no_instant_and_nobody(meeting):
    copy = cloning.clone(meeting, year=2027).categories.get(slug="press")

    assert meeting.categories.get(slug="press").taken == 1
    assert (copy.taken, copy.opens_at, copy.closes_at, copy.replace_until) == (0, None, None, None)
    assert Registration.objects.filter(category=copy).count() == 0


def test_counter_would_come_along_if_it_were_not_named(meeting, monkeypatch):
    monkeypatch.setattr(Category, "not_cloned", set())

    assert cloning.clone(meeting, year=2027).categories.get(slug="press").taken == 1


def test_gate_of_a_clone_leads_into_the_clones_own_zone(meeting):
    floor = meeting.zones.get()
    make_gate(meeting, "Hall", zone=floor, capacity=40, counts_exits=True)

    copy = cloning.clone(meeting, year=2027)

    gate = copy.gates.get()
    assert (gate.name, gate.zone, gate.capacity, gate.counts_exits) == ("Hall", copy.zones.get(), 40, True)
    assert gate.zone != floor
