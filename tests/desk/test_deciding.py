"""Decisions as officers make them: in the browser's own posts, one after another, never on what has changed since."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from accreditation import protection, workflow
from accreditation.models import Badge, Conflict, Decision, Registration, Zone
from accreditation.states import Actor, Status
from office.models import Message
from office.permissions import Role
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
    make_sitting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def category():
    category = make_category(hold_seconds=30, zones=["Gallery"])
    for number, name in enumerate(["Gallery", "Stakeout"]):
        Zone.objects.create(meeting=category.meeting, number=number, name=name)
    return category


@pytest.fixture
def reviewer():
    return make_officer("reviewer", roles=(Role.MEDIA_REVIEWER,), name="Amara Reviewer")


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    return client


def waiting(category, number=1, **fields):
    """The first of so many sent applications, due one after another."""
    now = timezone.now()
    rows = [
        make_registration(Status.SUBMITTED, category=category, due_at=now + timedelta(hours=hour), **fields)
        for hour in range(1, number + 1)
    ]
    return rows[0] if number == 1 else rows


def address_of(registration, action="", query=""):
    names = [registration.reference, action] if action else [registration.reference]
    return reverse("desk:act" if action else "desk:registration", args=names) + query


def seen(registration):
    last = registration.decisions.order_by("-sequence").first()
    return last.sequence if last else 0


def act(client, registration, action, query="", **words):
    return client.post(address_of(registration, action, query), {"seen": seen(registration)} | words)


def test_approval_opens_the_next_application_of_the_list(desk, category, reviewer):
    first, second = waiting(category, 2)

    answer = act(desk, first, "approve", "?view=decide", zones=["Stakeout"], escort="on")

    first.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, address_of(second, query="?view=decide"))
    assert (first.status, first.granted) == (Status.APPROVED, {"zones": ["Stakeout"], "escort": True})
    assert (Badge.objects.get().zones, Decision.objects.get().by) == (1 << 1, reviewer)


def test_after_the_last_one_the_queue_opens(desk, category):
    answer = desk.post(address_of(only := waiting(category), "approve"), {"seen": seen(only)}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("desk:queue")


def test_page_offers_the_zones_of_the_category_and_approves_with_one_button(desk, category):
    page = desk.get(address_of(waiting(category))).content.decode()

    ticked = re.findall(r'<input type="checkbox" name="zones" value="(\w+)"[^>]* checked>', page)
    assert ticked == ["Gallery"]
    assert page.count('class="direct"') == 1


def test_days_are_chosen_where_the_meeting_has_several(desk, category):
    first = category.meeting.sittings.get()
    make_sitting(category.meeting, date=first.date + timedelta(days=1))
    registration = waiting(category)

    refused = act(desk, registration, "approve")
    assert (refused.status_code, "Choose at least one day." in refused.content.decode()) == (422, True)

    act(desk, registration, "approve", days=[first.date.isoformat()])
    registration.refresh_from_db()
    assert registration.granted == {"zones": [], "days": [first.date.isoformat()]}


@pytest.mark.parametrize("end", [date(2106, 9, 6), date(9999, 12, 31)])
def test_days_of_a_mistyped_year_are_not_asked(desk, category, end):
    category.meeting.sittings.update(end_date=end)
    registration = waiting(category)

    page = desk.get(address_of(registration, query="?do=approve")).content.decode()
    act(desk, registration, "approve")

    assert 'name="days"' not in page
    assert Registration.objects.get().status == Status.APPROVED


def test_question_names_its_items_and_stops_the_clock(desk, category):
    registration = waiting(category, language="fr")
    until = timezone.localdate() + timedelta(days=3)

    act(desk, registration, "ask", item_work="on", note_work="Which desk?", until=until.isoformat())

    registration.refresh_from_db()
    decision = Decision.objects.get()
    assert registration.status == Status.INFO_REQUESTED
    assert registration.info_items == [{"step": "work", "note": "Which desk?"}]
    assert registration.paused_at == decision.at
    with translation.override("fr"):
        assert decision.reason.words == f"{gettext('Where do you work?')}\u00a0: Which desk?"
    assert registration.info_until.date() >= until


def test_note_without_its_tick_asks_too(desk, category):
    registration = waiting(category)

    act(desk, registration, "ask", note_name="As in the passport?", until=tomorrow())

    registration.refresh_from_db()
    assert registration.info_items == [{"step": "name", "note": "As in the passport?"}]


def tomorrow():
    return (timezone.localdate() + timedelta(days=2)).isoformat()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, "Tick what is asked for, or write what you need to know."),
        ({"reason": "Why?", "until": "soon"}, "Write the day as 2016-08-29."),
        ({"reason": "Why?", "until": "2016-01-01"}, "Choose a day from "),
        ({"reason": "x" * 4001}, "Shorten “Words to the applicant” to 4000 characters."),
    ],
)
def test_question_that_asks_nothing_is_told_and_keeps_what_was_typed(desk, category, words, told):
    registration = waiting(category)

    answer = act(desk, registration, "ask", **{"until": tomorrow(), "item_work": ""} | words)

    page = answer.content.decode()
    assert (answer.status_code, told in page, Decision.objects.count()) == (422, True, 0)
    assert all(value[:50] in page for value in words.values())


def test_refusal_names_its_ground_and_the_applicant_reads_its_text(desk, category):
    registration = waiting(category)

    act(desk, registration, "decline", ground="not_media", reason="Only two posts.")

    decision = Decision.objects.get()
    assert (decision.action, decision.code, decision.reason.words) == ("decline", "not_media", "Only two posts.")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ({}, "Choose the ground on which it is refused."),
        ({"ground": "invented"}, "invented"),
        ({"ground": "other"}, "Write the reason: this ground has none of its own."),
    ],
)
def test_refusal_without_a_published_ground_is_told(desk, category, words, told):
    answer = act(desk, waiting(category), "decline", **words)

    assert (answer.status_code, told in answer.content.decode(), Decision.objects.count()) == (422, True, 0)


@pytest.mark.parametrize(("action", "status"), [("waitlist", "waitlisted"), ("decline", "declined")])
def test_other_endings(desk, category, action, status):
    registration = waiting(category)

    act(desk, registration, action, ground="incomplete")

    registration.refresh_from_db()
    assert registration.status == status


def test_place_is_offered_from_the_waiting_list_and_an_answer_is_entered(desk, category):
    offered, asked = make_registration(Status.WAITLISTED, category=category), waiting(category)
    act(desk, asked, "ask", reason="Which desk?", until=tomorrow())

    act(desk, offered, "offer")
    act(desk, asked, "reply", reason="By telephone: the foreign desk.")

    offered.refresh_from_db()
    asked.refresh_from_db()
    assert (offered.status, asked.status) == (Status.OFFERED, Status.SUBMITTED)
    assert asked.returned_at is not None


def test_supervisor_overturns_what_was_declined(client, category):
    make_desk_policy(category.meeting)
    declined = make_registration(Status.DECLINED, category=category)
    client.force_login(make_officer("supervisor", roles=(Role.SUPERVISOR,)))

    assert act(client, declined, "overturn").status_code == 422
    act(client, declined, "overturn", reason="The original was shown.")

    declined.refresh_from_db()
    assert declined.status == Status.APPROVED


@pytest.mark.parametrize(
    ("role", "status", "action"),
    [
        (Role.SUPERVISOR, Status.SUBMITTED, "approve"),
        (Role.SUPERVISOR, Status.SUBMITTED, "waitlist"),
        (Role.MEDIA_REVIEWER, Status.DECLINED, "overturn"),
        (Role.MEDIA_REVIEWER, Status.DECLINED, "approve"),
        (Role.MEDIA_REVIEWER, Status.SUBMITTED, "withdraw"),
        (Role.MEDIA_REVIEWER, Status.APPROVED, "submit"),
    ],
)
def test_action_that_is_not_the_officers_is_refused_loudly(client, category, role, status, action):
    registration = make_registration(status, category=category)
    client.force_login(make_officer("other", roles=(role,)))

    answer = act(client, registration, action, reason="Because.")

    registration.refresh_from_db()
    assert (answer.status_code, registration.status, Decision.objects.count()) == (409, status, 0)
    assert 'role="alert"' in answer.content.decode()


def test_words_that_are_no_action_are_not_found(desk, category):
    assert act(desk, waiting(category), "reconsider").status_code == 404


def test_application_of_another_meeting_is_not_found(client, category):
    client.force_login(make_officer("elsewhere", roles=(Role.MEDIA_REVIEWER,), meeting=make_meeting("Another")))

    assert act(client, waiting(category), "approve").status_code == 404
    assert Decision.objects.count() == 0


def test_decision_asks_for_a_post(desk, category):
    assert desk.get(address_of(waiting(category), "approve")).status_code == 405


def test_second_officer_reads_what_happened_and_keeps_what_they_typed(desk, client, category):
    registration = waiting(category)
    before = seen(registration)
    workflow.apply(registration, "waitlist", actor=Actor.DESK, by=make_officer("bea", name="Bea Colleague"))

    answer = desk.post(
        address_of(registration, "decline"), {"seen": before, "ground": "incomplete", "reason": "No letter."}
    )

    page = answer.content.decode()
    assert (answer.status_code, Decision.objects.count()) == (409, 1)
    assert "On the waiting list: Bea Colleague, " in page
    assert ["No letter." in page, f'name="seen" value="{seen(registration)}"' in page] == [True, True]


@pytest.mark.parametrize("sent", [None, "", "-1", "x"])
def test_decision_without_what_the_officer_saw_is_none(desk, category, sent):
    registration = waiting(category)

    answer = desk.post(address_of(registration, "approve"), {} if sent is None else {"seen": sent})

    registration.refresh_from_db()
    assert (answer.status_code, registration.status) == (422, Status.SUBMITTED)
    assert "Open the application anew, then decide." in answer.content.decode()


def test_protection_granted_meanwhile_makes_no_page_stale(desk, category, reviewer):
    registration = waiting(category, asks_protection=True)
    before = seen(registration)
    protection.grant(registration, readers=[reviewer, make_officer("b", roles=(Role.LIAISON_OFFICER,))], by=reviewer)

    desk.post(address_of(registration, "approve"), {"seen": before})

    assert Registration.objects.get().status == Status.APPROVED


def test_decision_is_undone_while_it_is_held(desk, category):
    registration = waiting(category)
    act(desk, registration, "approve")

    bar = desk.get(address_of(registration)).content.decode()
    answer = desk.post(address_of(registration, "undo"), {"seen": seen(registration)})

    registration.refresh_from_db()
    assert re.search(r'data-seconds="(2\d|30)"', bar)
    assert (answer["Location"], registration.status) == (address_of(registration), Status.SUBMITTED)
    assert Message.objects.get().state == "cancelled"
    assert "data-seconds" not in desk.get(address_of(registration)).content.decode()


def test_button_pressed_twice_undoes_one_decision(desk, category):
    registration = waiting(category)
    act(desk, registration, "waitlist")
    act(desk, registration, "approve")
    button = {
        "seen": re.search(
            r'class="undo".*?name="seen" value="(\d+)"', desk.get(address_of(registration)).content.decode()
        ).group(1)
    }

    desk.post(address_of(registration, "undo"), button)
    again = desk.post(address_of(registration, "undo"), button, follow=True).content.decode()
    unsaid = desk.post(address_of(registration, "undo"), follow=True).content.decode()

    assert Registration.objects.get().status == Status.WAITLISTED
    assert ["On the waiting list: " in again, "Open the application anew, then decide." in unsaid] == [True, True]


def test_colleague_has_no_button_to_undo_it(desk, client, category):
    registration = waiting(category)
    act(desk, registration, "approve")
    client.force_login(make_officer("colleague", roles=(Role.MEDIA_REVIEWER,)))

    assert "data-seconds" not in client.get(address_of(registration)).content.decode()
    answer = client.post(address_of(registration, "undo"), {"seen": seen(registration)}, follow=True)
    assert "Only the officer who decided can undo it." in answer.content.decode()
    registration.refresh_from_db()
    assert registration.status == Status.APPROVED


def test_what_cannot_be_undone_any_more_says_so(desk, category, monkeypatch):
    registration = waiting(category)
    act(desk, registration, "approve")
    later = timezone.now() + timedelta(seconds=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert "data-seconds" not in desk.get(address_of(registration)).content.decode()
    answer = desk.post(address_of(registration, "undo"), {"seen": seen(registration)}, follow=True)
    assert "The time in which it could be undone has passed." in answer.content.decode()


def test_officer_with_a_conflict_reads_why_there_is_no_button(desk, category, reviewer):
    registration = waiting(category, organization=make_organization())
    Conflict.objects.create(
        officer=reviewer, declared_by=reviewer, at=timezone.now(), organization=registration.organization
    )

    page = desk.get(address_of(registration)).content.decode()
    answer = act(desk, registration, "approve")

    assert ["You have a conflict of interest here" in page, 'class="direct"' in page] == [True, False]
    assert (answer.status_code, Decision.objects.count()) == (409, 0)


def test_what_was_granted_stands_on_the_page(desk, category):
    registration = waiting(category)
    act(desk, registration, "approve", zones=["Gallery", "Stakeout"], escort="on")

    page = desk.get(address_of(registration)).content.decode()

    assert ["Gallery, Stakeout" in page, "Only with an escort" in page] == [True, True]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("action", "words", "statements"),
    [
        ("approve", {"zones": ["Gallery"]}, 25),
        ("decline", {"ground": "incomplete", "reason": "No letter."}, 25),
        ("ask", {"note_work": "Which desk?", "until": "later"}, 22),
        ("waitlist", {}, 19),
    ],
)
def test_statements_of_a_decision(desk, category, rows, action, words, statements, django_assert_num_queries):
    registration = waiting(category, rows + 1)[0]
    words = words | ({"until": tomorrow()} if "until" in words else {})
    data = {"seen": seen(registration)} | words
    desk.get(reverse("desk:queue"))

    with django_assert_num_queries(statements):
        assert desk.post(address_of(registration, action), data).status_code == 302
