"""Requests to speak: graded blind, ranked, chosen with a reserve that moves up; the person reads it on their page."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import after_sending, erasing, jobs, workflow
from accreditation.desk import regions, speaking
from accreditation.models import Conflict, Registration, Score, SpeakingPlace
from accreditation.states import Actor, Status
from office import names
from office.models import Message
from office.permissions import Role
from tests.accreditation.applicants import open_link, see
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db
REVIEWER = (Role.MEDIA_REVIEWER,)


@pytest.fixture
def graders():
    return [make_officer(name, roles=REVIEWER, name=f"{name.title()} Officer") for name in ("amina", "boris", "chen")]


@pytest.fixture
def category():
    return make_category(route="civil_society", offers_speaking=True)


def request_of(category, status=Status.APPROVED, country="KEN", language="fr", joint="", **fields):
    asked = {
        "wants_to_speak": "yes", "speaking_topic": "Early warning", "speaking_outline": "Bells.",
        "speaking_language": language, "speaking_joint": joint,
    }  # fmt: skip
    return make_registration(status, category=category, speaking=asked, answers={"country": country}, **fields)


def graded(registration, graders, *totals):
    """Each grader gives a total of 3 to 15 points."""
    for officer, total in zip(graders, totals, strict=False):
        points = [total // 3 + (number < total % 3) for number in range(3)]
        speaking.grade(
            registration, by=officer, **dict(zip(["relevance", "experience", "balance"], points, strict=True))
        )
    return registration


def ranked(category, officer, **words):
    return [row.registration for row in speaking.rows(category.meeting, officer, **words)]


def outcomes():
    return dict(SpeakingPlace.objects.values_list("registration__reference", "outcome"))


def test_requests_are_those_of_live_applications_that_ask(category):
    asking = {request_of(category, status).status for status in Status}
    request_of(make_category(make_meeting(), route="civil_society"))
    make_registration(Status.APPROVED, category=category, speaking={"wants_to_speak": "no"})
    make_registration(Status.APPROVED, category=category)

    found = {row.status for row in speaking.requests(category.meeting)}

    assert asking == set(Status)
    assert found == {
        Status.SUBMITTED, Status.INFO_REQUESTED, Status.WAITLISTED, Status.OFFERED, Status.APPROVED,
    }  # fmt: skip
    assert speaking.requests(category.meeting).count() == 5


def test_grader_reads_a_colleagues_grade_after_giving_their_own(category, graders):
    first, second, third = graders
    request = graded(request_of(category), [first], 9)

    def seen_by(officer):
        [row] = speaking.rows(category.meeting, officer)
        return [score.total for score in row.others], row.points

    assert [seen_by(officer) for officer in graders] == [([], None)] * 3
    graded(request, [second], 11)
    assert [seen_by(officer) for officer in graders] == [([11], 10), ([9], 10), ([], 10)]


@pytest.mark.parametrize(("second", "wanted"), [(13, 2), (14, 3), (5, 2), (4, 3)])
def test_third_grades_where_the_first_two_differ_by_more_than_four_points(category, graders, second, wanted):
    request = graded(request_of(category), graders, 9, second)

    [row] = speaking.rows(category.meeting, graders[2])
    assert (row.wanted, row.is_graded, row.others) == (wanted, wanted == 2, [])
    if wanted == 2:
        with pytest.raises(speaking.SpeakingRefused, match="^Enough colleagues have graded this request.$"):
            graded(request, graders[2:], 9)
    else:
        assert row.points is None
        graded(request, graders[2:], 9)
        [row] = speaking.rows(category.meeting, graders[0])
        assert row.points == pytest.approx((9 + second + 9) / 3)
    assert Score.objects.count() == wanted


def test_grade_stands_and_who_has_a_conflict_gives_none(category, graders):
    request = graded(request_of(category), graders[:1], 9)
    Conflict.objects.create(officer=graders[1], registration=request, declared_by=graders[1], at=timezone.now())

    with pytest.raises(speaking.SpeakingRefused, match="^You have graded this request, and your grade stands.$"):
        graded(request, graders[:1], 15)
    with pytest.raises(speaking.SpeakingRefused, match="^You have a conflict of interest here"):
        graded(request, graders[1:2], 9)
    workflow.apply(request, "withdraw", actor=Actor.APPLICANT)
    with pytest.raises(speaking.SpeakingRefused, match="^This request to speak has come to an end.$"):
        graded(request, graders[2:], 9)
    assert Score.objects.get().total == 9


def test_ranking_is_by_points_joint_statements_first_among_equals_or_before_all(category, graders):
    low = graded(request_of(category, joint="Example Alliance"), graders, 6, 6)
    single = graded(request_of(category), graders, 12, 12)
    joint = graded(request_of(category, joint="Example Alliance"), graders, 10, 14)
    half = graded(request_of(category), graders, 15)

    assert ranked(category, graders[0]) == [joint, single, low, half]
    assert ranked(category, graders[0], joint_first=True) == [joint, low, single, half]


def test_choice_is_made_once_all_are_graded_and_everybody_is_told_in_their_language(category, graders):
    people = [request_of(category, language=word) for word in ["fr", "en", "ar", "en"]]
    for person, language in zip(people, ["fr", "en", "ar", "ru"], strict=True):
        Registration.objects.filter(pk=person.pk).update(language=language)
    graded(people[0], graders, 9)
    waiting = graded(request_of(category, Status.SUBMITTED), graders, 15, 15)

    with pytest.raises(speaking.SpeakingRefused, match="^4 requests still need a grade.$"):
        speaking.choose(category.meeting, speakers=1, reserves=2, by=graders[0])
    assert (outcomes(), Message.objects.count()) == ({}, 0)

    graded(people[0], graders[1:], 9)
    for person, total in zip(people[1:], [12, 11, 8], strict=True):
        graded(person, graders, total, total)
    assert speaking.choose(category.meeting, speakers=1, reserves=2, by=graders[0]) == 4

    expected = [(people[1], "selected"), (people[2], "reserve"), (people[0], "reserve"), (people[3], "not_selected")]
    assert outcomes() == {person.reference: outcome for person, outcome in expected}
    assert dict(Message.objects.values_list("kind", "language").filter(language__in=["en", "ru"])) == {
        "registration_speaking_selected": "en", "registration_speaking_not_selected": "ru",
    }  # fmt: skip
    assert set(Message.objects.filter(kind="registration_speaking_reserve").values_list("language", flat=True)) == {
        "ar", "fr",
    }  # fmt: skip

    workflow.apply(waiting, "approve", actor=Actor.DESK, by=graders[0])
    assert speaking.choose(category.meeting, speakers=2, reserves=2, by=graders[0]) == 1
    assert outcomes()[waiting.reference] == "selected"
    assert outcomes()[people[3].reference] == "not_selected"


@pytest.mark.parametrize("of", ["person", "organization", "other application"])
def test_officer_with_a_conflict_about_one_of_them_chooses_nobody(category, graders, of):
    known, other = (graded(request_of(category), graders, total, total) for total in [15, 12])
    about = {"registration": known}
    if of == "organization":
        about = {"organization": make_organization("Example Alliance")}
        Registration.objects.filter(pk=known.pk).update(**about)
    if of == "other application":
        about = {"registration": make_registration(Status.WITHDRAWN, category=category, email=known.email)}
    Conflict.objects.create(officer=graders[0], declared_by=graders[0], at=timezone.now(), **about)

    with pytest.raises(speaking.SpeakingRefused, match="^You have a conflict of interest about 1 of them: another"):
        speaking.choose(category.meeting, speakers=1, reserves=1, by=graders[0])
    assert (outcomes(), Message.objects.count()) == ({}, 0)

    speaking.choose(category.meeting, speakers=1, reserves=1, by=graders[1])
    assert outcomes() == {known.reference: "selected", other.reference: "reserve"}
    late = graded(request_of(category), graders, 9, 9)
    assert speaking.choose(category.meeting, speakers=1, reserves=2, by=graders[0]) == 1
    assert outcomes()[late.reference] == "reserve"


def test_conflicts_that_ended_or_are_a_colleagues_keep_nobody_from_choosing(category, graders):
    request = graded(request_of(category), graders, 15, 15)
    at = timezone.now()
    Conflict.objects.create(officer=graders[1], registration=request, declared_by=graders[1], at=at)
    Conflict.objects.create(
        officer=graders[0], registration=request, declared_by=graders[0], at=at, ended_by=graders[2], ended_at=at
    )

    assert speaking.choose(category.meeting, speakers=1, reserves=0, by=graders[0]) == 1


@pytest.fixture
def chosen(category, graders):
    """One speaks, two are in reserve."""
    people = [graded(request_of(category), graders, total, total) for total in [15, 12, 9]]
    speaking.choose(category.meeting, speakers=1, reserves=2, by=graders[0])
    Message.objects.all().delete()
    return people


def test_reserve_moves_up_when_a_speaker_withdraws(chosen):
    speaker, first, second = chosen
    after_sending.withdraw(speaker)

    assert speaking.move_up() == 1
    assert speaking.move_up() == 0

    assert outcomes() == {first.reference: "selected", second.reference: "reserve"}
    assert list(Message.objects.filter(kind__contains="speaking").values_list("kind", "to")) == [
        ("registration_speaking_selected", first.email)
    ]


def test_worker_moves_speakers_up_and_frees_pools():
    assert {"move_up_speakers", "free_pool_places"} <= {job.name for job in jobs.PERIODIC}


def test_revocation_that_can_be_undone_moves_nobody_up(chosen, graders):
    make_desk_policy(chosen[0].meeting)
    chosen[0].category.hold_seconds = 30
    chosen[0].category.save()
    held = workflow.apply(chosen[0], "revoke", actor=Actor.SUPERVISOR, by=graders[0], ground="conduct")

    assert speaking.move_up() == 0
    assert speaking.move_up(at=held.held_until + timedelta(seconds=1)) == 1
    assert outcomes()[chosen[1].reference] == "selected"


def test_reserve_that_withdraws_and_speaker_that_is_erased_leave_the_right_ones(chosen):
    after_sending.withdraw(chosen[1])
    speaking.move_up()
    assert outcomes() == {chosen[0].reference: "selected", chosen[2].reference: "reserve"}

    erasing.erase(after_sending.withdraw(chosen[0]))
    assert outcomes() == {chosen[2].reference: "selected"}


def test_officer_chooses_by_hand_for_the_balance(chosen, graders):
    late = request_of(chosen[0].category, Status.SUBMITTED)

    speaking.set_outcome(chosen[2], speaking.SELECTED, by=graders[0])
    speaking.set_outcome(chosen[2], speaking.SELECTED, by=graders[0])

    assert outcomes()[chosen[2].reference] == "selected"
    assert Message.objects.count() == 1
    with pytest.raises(speaking.SpeakingRefused, match="^Approve the application first"):
        speaking.set_outcome(late, speaking.SELECTED, by=graders[0])


def test_balance_counts_asked_and_selected(category, graders):
    for country, language in [("KEN", "fr"), ("KEN", "en"), ("PER", "es")]:
        request_of(category, country=country, language=language)
    hidden = request_of(category, country="TUV", asks_protection=True)
    speaking.set_outcome(hidden, speaking.SELECTED, by=graders[0])

    told = speaking.balance(speaking.rows(category.meeting, graders[0]))

    assert sorted(told["region"]) == [("", 1, 1), ("africa", 2, 0), ("americas", 1, 0)]
    assert sorted(told["country"]) == [("", 1, 1), ("KEN", 2, 0), ("PER", 1, 0)]
    assert sorted(told["language"]) == [("en", 1, 0), ("es", 1, 0), ("fr", 2, 1)]


def test_every_state_and_area_lies_in_one_region():
    listed = [code for codes in regions.LIES_IN.values() for code in codes.split()]

    assert len(listed) == len(set(listed))
    assert {code for code, _name in names.countries("en")} <= set(listed)


def test_ranking_asks_the_database_as_often_for_three_as_for_one(category, graders, django_assert_num_queries):
    for _ in range(3):
        graded(request_of(category), graders, 9, 9)
        with django_assert_num_queries(2):
            [row.registration.listed_as for row in speaking.rows(category.meeting, graders[0])]


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("selected", "You speak at the meeting."),
        ("reserve", "You are in reserve"),
        ("not_selected", "You are not among"),
    ],
)
def test_person_reads_the_outcome_on_their_page(client, category, graders, outcome, told):
    person = request_of(category)
    open_link(client, person)
    assert "speak" not in see(client).content.decode().split("Your application</h2>")[0]

    speaking.set_outcome(person, outcome, by=graders[0])

    assert told in see(client).content.decode()
