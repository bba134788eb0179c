"""The demonstration's applications: every state, made as officers make them, and nobody who could be reached."""

import re

import pytest
from django.core.management import call_command
from django.db import transaction

from accreditation import announcing, demo, pick_up, places, verification, writing
from accreditation.desk import figures, pools, speaking
from accreditation.models import Badge, Decision, Delegation, Device, Draw, FocalPoint, Organization, Registration, Scan
from accreditation.states import Status
from advisory.models import Edition, Meeting
from office import chain
from office.models import Message, User
from office.permissions import Role
from tests.accreditation.applicants import open_link, see
from tests.builders import make_meeting

pytestmark = pytest.mark.django_db


def test_site_with_a_meeting_of_its_own_gets_none_of_it():
    make_meeting()

    assert demo.load() == []
    assert (Registration.objects.count(), User.objects.count(), Organization.objects.count()) == (0, 0, 0)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once; each test is rolled back to it. What needs an empty site stands above."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.load()
        transaction.set_rollback(True)


def test_every_state_is_shown_and_every_decision_was_made_as_an_officer_makes_it(loaded):
    assert set(Registration.objects.values_list("status", flat=True)) == {str(status) for status in Status}
    assert Registration.objects.count() == 40
    assert [chain.verdict(list(rows))[0] for _name, rows in verification.chains()] == ["intact"] * 3
    assert [fault for meeting in Meeting.objects.all() for fault in places.differences(meeting)] == []
    assert Registration.objects.filter(held_until__isnull=False).count() == 0
    briefing = Registration.objects.filter(meeting__slug="board-briefing").order_by("created_at")
    assert list(briefing.values_list("status", flat=True)) == ["approved", *["submitted"] * 3, *["waitlisted"] * 2]
    badges = Badge.objects.exclude(state="void").values_list("registration_id", flat=True)
    approved = Registration.objects.filter(status=Status.APPROVED, attending="in_person").values_list("pk", flat=True)
    assert set(badges) == set(approved)
    assert places.used(*delegation_of("Hill Farmers’ Council")) == (2, 4)
    void = Badge.objects.filter(state="void").values_list("registration__status", flat=True)
    assert set(void) == {"approved", "revoked", "withdrawn"}  # the first one was replaced


def test_print_desk_and_doors_are_shown_in_every_state(loaded):
    of_segment = Badge.objects.filter(meeting__slug="early-warning-segment")
    assert set(of_segment.values_list("state", flat=True)) == {"issued", "printed", "collected", "void"}
    assert pick_up.open_to(of_segment.first().meeting).count() == 3
    assert set(Scan.objects.values_list("verdict", flat=True)) == {"admit", "stop", "already_in", "out"}
    assert Device.objects.exclude(token_hash="").count() == 0


def test_desk_is_shown_statements_graded_and_chosen_a_draw_announced_and_pools_filled(loaded):
    meeting = Meeting.objects.get(slug="early-warning-segment")
    grader = User.objects.get(username="demo-liaison-officer")

    rows = [(row.registration.family_name, len(row.scores), row.outcome) for row in speaking.rows(meeting, grader)]
    assert sorted(rows) == [
        ("Alvarado", 2, "not_selected"),
        ("Halvorsen", 2, "selected"),
        ("Ishikawa", 1, ""),
        ("Quispe", 2, "reserve"),
        ("Rossi", 0, ""),
    ]
    assert list(Draw.objects.values_list("category__slug", "seats", "drawn_at")) == [("press", 12, None)]
    assert {
        pool.name: [row.registration.family_name for row in pools.listed(pool)] for pool in pools.pools_of(meeting)
    } == {
        "Opening of the segment": ["Marangoni", "Oduya"],
        "Interviews with the chair": ["Akande"],
    }


def test_figures_name_the_countries(loaded):
    meeting = Meeting.objects.get(slug="early-warning-segment")

    found = {row.key: row.applied for row in figures.by_country(meeting, "en")}
    protected = {"": 1}  # of whom no country is told
    assert found == protected | {
        "ARG": 2, "BRA": 3, "BTN": 3, "CHE": 2, "FRA": 3, "GBR": 3, "ITA": 1, "KEN": 4, "MEX": 1, "PHL": 4, "SEN": 1,
        "VNM": 1,
    }  # fmt: skip


def test_every_applicant_reads_how_it_stands_and_answers_what_is_asked(client, loaded):
    answered = []

    for registration in Registration.objects.exclude(status=Status.DRAFT):
        open_link(client, registration, writing.STATUS)
        assert see(client).status_code == 200
        if registration.status == Status.INFO_REQUESTED:
            assert "A letter that is dated" in see(client, "reply").content.decode()
            assert see(client, "reply-papers").status_code == 200
            answered.append(registration.given_names)
        client.cookies.clear()

    assert sorted(answered) == ["Ravi", "Thandi"]


def delegation_of(name):
    found = Delegation.objects.get(organization__name=name)
    return found.category, found.organization


def test_second_load_changes_nothing(loaded):
    before = list(Decision.objects.order_by("pk").values_list("hash", flat=True))

    call_command("demo_data")

    assert list(Decision.objects.order_by("pk").values_list("hash", flat=True)) == before
    assert (Organization.objects.count(), Delegation.objects.count()) == (12, 1)


def test_nobody_can_be_written_to_or_signs_in_but_the_first_officer(capsys, loaded):
    officers = list(User.objects.all())
    addresses = {*Registration.objects.values_list("email", flat=True), *(officer.email for officer in officers)}
    addresses |= set(FocalPoint.objects.values_list("email", flat=True))

    call_command("first_sign_in")

    assert {grant.role for officer in officers for grant in officer.grants.all()} == set(Role)
    assert [officer for officer in officers if officer.has_usable_password()] == []
    assert [officer for officer in officers if not officer.username.startswith("demo-")] == []
    assert [email for email in addresses if not re.search(r"[@.]example\.(org|int|com)$", email)] == []
    assert Message.objects.count() == 0
    assert re.fullmatch(r"Sign-in: officer / \S+\nIts second factor, [^\n]+\n", capsys.readouterr().out)


def test_public_pages_lead_to_the_forms_and_say_what_the_categories_say(client, loaded):
    found = {}

    for edition in Edition.objects.current().select_related("meeting"):
        for category in edition.meeting.categories.all():
            found[edition.slug, category.slug] = announcing.public_differences(category)
            page = client.get(edition.meeting.get_absolute_url()).content.decode()
            assert f'href="{edition.meeting.get_absolute_url()}apply/{category.slug}/"' in page

    assert found == {
        ("early-warning-segment", "press"): [],
        ("early-warning-segment", "civil-society"): [],
        ("early-warning-segment", "delegation-media"): [],
        ("board-briefing", "press"): [],
        ("minority-languages", "civil-society"): [],
    }
