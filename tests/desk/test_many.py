"""Many at once: exactly who, which mails, a result for each, and the way back."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from lxml import html

from accreditation import workflow
from accreditation.desk import conflicts, many
from accreditation.models import Badge, Category, Decision, Registration
from accreditation.states import Actor, Status
from office.models import Message, Proposal
from office.permissions import Role
from tests.builders import (
    make_category,
    make_desk_policy,
    make_officer,
    make_organization,
    make_protected_registration,
    make_registration,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer("officer", roles=(Role.LIAISON_OFFICER,))


@pytest.fixture
def category():
    category = make_category(hold_seconds=30)
    make_desk_policy(category.meeting)
    return category


@pytest.fixture
def three(category):
    return [make_registration(Status.SUBMITTED, category=category, language=code) for code in ["en", "fr", "fr"]]


def references(rows):
    return [row.reference for row in rows]


def statuses(rows):
    return [Registration.objects.get(pk=row.pk).status for row in rows]


def seen(page):
    """{name: value} of the hidden fields with which the page's own button posts."""
    form = html.fromstring(page).xpath('//form[@action="/desk/many/carry-out/"]')[0]
    fields = [(field.get("name"), field.get("value")) for field in form.xpath('.//input[@type="hidden"]')]
    named = {name: [value for other, value in fields if other == name] for name, _value in fields}
    return {name: values if name == "reference" else values[0] for name, values in named.items()}


def results(client):
    """{reference: (word, sentence)} of the page after it."""
    rows = html.fromstring(client.get("/desk/many/done/").content.decode()).xpath("//tbody/tr")
    return {
        row.xpath(".//bdi[@dir='ltr']")[0].text_content(): (
            row.xpath(".//span[contains(@class,'tag')]")[0].text_content().strip(),
            "".join(row.xpath("./td/span[@class='sub']/text()")),
        )
        for row in rows
    }


def test_ticked_people_are_named_and_nothing_happens_yet(client, officer, three):
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": references(three)}).content.decode()

    assert "3 applications are ticked" in page
    for row in three:
        assert row.listed_as in page
        assert row.reference in page
    assert html.fromstring(page).xpath('//button[@name="action"]/@value') == many.ACTIONS
    assert (statuses(three), Decision.objects.count()) == (["submitted"] * 3, 0)


def test_page_says_for_whom_an_action_is_open_and_why_not_for_the_others(client, officer, three, category):
    colleague = make_officer("colleague")
    workflow.apply(three[1], "decline", actor=Actor.DESK, by=colleague, ground="incomplete")
    conflicts.declare(officer, by=officer, registration=three[2])
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()

    listed = html.fromstring(page).xpath('//ul[@class="who"]')
    assert [len(who) for who in listed] == [1, 2]
    sentences = [" ".join(who.text_content().split()) for who in listed[1]]
    assert "Declined: colleague, " in sentences[0]
    assert "You have a conflict of interest here: another officer decides." in sentences[1]
    assert seen(page)["reference"] == [three[0].reference]


def test_sentences_of_the_page_are_those_with_which_the_deed_is_refused(officer, category):
    """Whatever stands against it: asked of rows at hand here, of the database there."""
    declined = make_registration(Status.SUBMITTED, category=category)
    workflow.apply(declined, "decline", actor=Actor.DESK, by=officer, ground="incomplete", at=timezone.now())
    Registration.objects.filter(pk=declined.pk).update(held_until=None)
    workflow.apply(declined, "appeal", actor=Actor.APPLICANT, reason="Look anew.")
    known = make_registration(Status.SUBMITTED, category=category, organization=make_organization())
    conflicts.declare(officer, by=officer, organization=known.organization)
    rows = [declined, known, *(make_registration(status, category=category) for status in Status)]
    rows = [Registration.objects.get(pk=row.pk) for row in rows]

    for action in many.ACTIONS:
        told = [row.refusal for row in many.looked_at(rows, action, officer=officer)]
        for row, sentence in zip(rows, told, strict=True):
            assert sentence == refusal_of(row, action, officer)


def refusal_of(registration, action, officer):
    try:
        workflow.check(registration, action, actor=Actor.DESK, by=officer, ground="incomplete", reason="Why.")
    except workflow.TransitionRefused as refused:
        return str(refused)
    return ""


def test_mails_are_shown_in_each_language_as_they_leave_without_a_link_that_opens(client, officer, three):
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()
    shown = [
        (mail.xpath("./summary")[0].text_content().split()[-1], mail.xpath(".//div/@lang")[0],
         mail.xpath(".//b")[1].text_content(), mail.xpath(".//pre")[0].text_content())
        for mail in html.fromstring(page).xpath('//details[@class="mail"]')
    ]  # fmt: skip
    client.post("/desk/many/carry-out/", seen(page))

    assert [(count, language) for count, language, _subject, _text in shown] == [("1", "en"), ("2", "fr")]
    for (_count, language, subject, text), registration in zip(shown, three, strict=False):
        sent = Message.objects.get(to=registration.email)
        assert (sent.language, sent.subject) == (language, subject)
        assert re.sub(r"/status/[\w-]{48}/", "/status/…", sent.text).strip() == text.strip()
    assert not re.search(r"/status/[\w-]{20,}", page)


def test_offer_is_previewed_with_its_end(client, officer, category):
    waiting = make_registration(Status.WAITLISTED, category=category)
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": [waiting.reference], "action": "offer"}).content.decode()

    assert "is kept for you until" in page
    assert "is kept for you until ." not in page


def test_all_are_done_each_with_a_row_of_its_own(client, officer, three):
    client.force_login(officer)
    page = client.post("/desk/many/", {"reference": references(three), "action": "decline"}).content.decode()

    sent = client.post("/desk/many/carry-out/", seen(page) | {"ground": "incomplete", "reason": "No letter."})

    assert (sent.status_code, sent["Location"]) == (302, "/desk/many/done/")
    assert statuses(three) == ["declined"] * 3
    assert [(row.by, row.code, row.reason.words) for row in Decision.objects.all()] == [
        (officer, "incomplete", "No letter.")
    ] * 3
    assert results(client) == dict.fromkeys(references(three), ("Done", ""))


def test_one_in_the_middle_fails_and_the_others_are_done(client, officer, three):
    client.force_login(officer)
    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()
    workflow.apply(three[1], "decline", actor=Actor.DESK, by=make_officer("colleague"), ground="incomplete")

    client.post("/desk/many/carry-out/", seen(page))

    assert statuses(three) == ["approved", "declined", "approved"]
    told = results(client)
    assert [told[row.reference][0] for row in three] == ["Done", "Refused", "Done"]
    assert told[three[1].reference][1].startswith("Declined: colleague, ")


def test_broken_row_stops_no_other(client, officer, three, category):
    """A trigger of the database refuses the second badge, as a fault nobody thought of would."""
    client.force_login(officer)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "CREATE TRIGGER faulty BEFORE INSERT ON accreditation_badge WHEN NEW.registration_id = "
                f"'{three[1].pk.hex}' BEGIN SELECT RAISE(ABORT, 'faulty'); END"
            )
        else:
            cursor.execute(
                "CREATE FUNCTION faulty() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.registration_id = "
                f"'{three[1].pk}' THEN RAISE EXCEPTION 'faulty'; END IF; RETURN NEW; END $$; "
                "CREATE TRIGGER faulty BEFORE INSERT ON accreditation_badge FOR EACH ROW EXECUTE FUNCTION faulty()"
            )
    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()

    client.post("/desk/many/carry-out/", seen(page))

    assert statuses(three) == ["approved", "submitted", "approved"]
    assert results(client)[three[1].reference] == ("Refused", "It could not be done now. Try again.")


def test_seats_that_run_out_are_told_before_and_for_each_after(client, officer, three, category):
    Category.objects.filter(pk=category.pk).update(capacity=2)
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()
    assert "Press: 2 seats are left, and 3 are ticked." in page
    client.post("/desk/many/carry-out/", seen(page))

    assert statuses(three) == ["approved", "approved", "submitted"]
    assert results(client)[three[2].reference] == ("Refused", "All seats of this category are taken.")


def test_stale_page_decides_nothing(client, officer, three):
    client.force_login(officer)
    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()
    workflow.apply(three[0], "waitlist", actor=Actor.DESK, by=make_officer("colleague"))

    client.post("/desk/many/carry-out/", seen(page))

    assert statuses(three) == ["waitlisted", "approved", "approved"]
    assert results(client)[three[0].reference][0] == "Refused"


def test_who_says_nothing_of_what_was_seen_has_seen_nothing(client, officer, three):
    workflow.apply(three[0], "waitlist", actor=Actor.DESK, by=make_officer("colleague"))
    client.force_login(officer)

    client.post("/desk/many/carry-out/", {"reference": references(three), "action": "approve", "seen-x": "x"})

    assert statuses(three) == ["waitlisted", "approved", "approved"]


def test_what_the_rules_leave_to_two_becomes_proposals(client, officer, three):
    make_desk_policy(three[0].meeting, seconded=["decline"])
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": references(three), "action": "decline"}).content.decode()
    assert "The rules of the desk ask for a second officer" in page
    assert '<details class="mail"' not in page
    client.post("/desk/many/carry-out/", seen(page) | {"ground": "incomplete"})

    assert (statuses(three), Proposal.objects.count(), Message.objects.count()) == (["submitted"] * 3, 3, 0)
    assert {word for word, _sentence in results(client).values()} == {"Waits for a second officer"}


def test_review_is_not_decided_in_a_crowd_by_who_declined(client, officer, three):
    for row in three:
        workflow.apply(row, "decline", actor=Actor.DESK, by=officer, ground="incomplete")
        Registration.objects.filter(pk=row.pk).update(held_until=None)
        workflow.apply(row, "appeal", actor=Actor.APPLICANT, reason="Look anew.")
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": references(three), "action": "decline"}).content.decode()
    assert page.count("You declined this application: its review is for another officer.") == 3
    client.post(
        "/desk/many/carry-out/",
        {"reference": references(three), "action": "decline", "ground": "incomplete"}
        | {f"seen-{row.reference}": "99" for row in three},
    )
    assert statuses(three) == ["submitted"] * 3


def test_all_is_undone_while_it_is_held(client, officer, three):
    client.force_login(officer)
    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()
    client.post("/desk/many/carry-out/", seen(page))
    assert "Undo all 3" in client.get("/desk/many/done/").content.decode()
    workflow.apply(three[2], "undo", actor=Actor.DESK, by=officer)
    workflow.apply(three[2], "waitlist", actor=Actor.DESK, by=officer)

    assert client.post("/desk/many/undo/")["Location"] == "/desk/many/done/"

    assert statuses(three) == ["submitted", "submitted", "waitlisted"]
    told = results(client)
    assert [told[row.reference][0] for row in three] == ["Undone", "Undone", "Done"]
    assert told[three[2].reference][1].startswith("On the waiting list: officer, ")
    assert Badge.objects.exclude(state="void").count() == 0
    assert Message.objects.filter(kind="registration_approved").exclude(state="cancelled").count() == 0


def test_nothing_is_undone_once_the_hold_is_over(client, officer, three):
    client.force_login(officer)
    page = client.post("/desk/many/", {"reference": references(three), "action": "approve"}).content.decode()
    client.post("/desk/many/carry-out/", seen(page))
    Registration.objects.update(held_until=timezone.now())

    assert "Undo" not in client.get("/desk/many/done/").content.decode()
    client.post("/desk/many/undo/")

    assert statuses(three) == ["approved"] * 3
    assert {sentence for _word, sentence in results(client).values()} == {
        "The time in which it could be undone has passed."
    }


@pytest.mark.parametrize("path", ["", "carry-out/"])
def test_posted_references_outside_the_officers_meetings_are_not_there(client, three, path):
    foreign = make_registration(Status.SUBMITTED)
    draft = make_registration(Status.DRAFT, category=three[0].category)
    client.force_login(make_officer("limited", roles=(Role.LIAISON_OFFICER,), meeting=three[0].meeting))

    for stranger in [foreign.reference, draft.reference, "NOBODY-00000"]:
        answer = client.post(f"/desk/many/{path}", {"reference": [*references(three), stranger], "action": "approve"})
        assert answer.status_code == 404
    assert (statuses(three), Decision.objects.count()) == (["submitted"] * 3, 0)


def test_who_only_reads_one_of_the_meetings_decides_on_none(client, three):
    other = make_registration(Status.SUBMITTED)
    mixed = make_officer("mixed", roles=(Role.SUPERVISOR,))
    mixed.grants.create(role=Role.LIAISON_OFFICER, meeting=three[0].meeting)
    client.force_login(mixed)

    answer = client.post("/desk/many/", {"reference": [three[0].reference, other.reference], "action": "approve"})

    assert answer.status_code == 404
    assert client.post("/desk/many/", {"reference": references(three), "action": "approve"}).status_code == 200


@pytest.mark.parametrize("action", ["", "revoke", "undo", "overturn", "mood"])
def test_other_actions_are_not_carried_out_many_at_once(client, officer, three, action):
    client.force_login(officer)

    assert client.post("/desk/many/carry-out/", {"reference": references(three), "action": action}).status_code == 404
    assert (
        "are ticked" in client.post("/desk/many/", {"reference": references(three), "action": action}).content.decode()
    )
    assert Decision.objects.count() == 0


def test_nothing_ticked_and_too_much_ticked_are_told(client, officer, three):
    client.force_login(officer)

    for path in ["", "carry-out/"]:
        assert client.post(f"/desk/many/{path}", {"action": "approve"})["Location"] == "/desk/"
        crowd = client.post(f"/desk/many/{path}", {"reference": ["X"] * 201, "action": "approve"})
        assert (crowd.status_code, "200 is the most" in crowd.content.decode()) == (422, True)
    assert client.get("/desk/many/")["Location"] == "/desk/"
    assert client.get("/desk/many/done/")["Location"] == "/desk/"
    assert client.post("/desk/many/undo/").status_code == 404
    assert [client.get(f"/desk/many/{path}/").status_code for path in ["carry-out", "undo"]] == [405, 405]


def test_ground_is_asked_for_and_what_was_typed_stays(client, officer, three):
    client.force_login(officer)
    page = client.post("/desk/many/", {"reference": references(three), "action": "decline"}).content.decode()

    for typed in [{"reason": "No letter came."}, {"ground": "other"}, {"ground": "mood", "reason": "No letter came."}]:
        answer = client.post("/desk/many/carry-out/", seen(page) | typed)
        assert (answer.status_code, "There is a problem" in answer.content.decode()) == (422, True)
        assert typed.get("reason", "") in answer.content.decode()
        assert seen(answer.content.decode())["reference"] == references(three)
    assert statuses(three) == ["submitted"] * 3


def test_hidden_people_are_listed_by_their_alias(client, officer, category):
    hidden = make_protected_registration(category=category)
    client.force_login(officer)

    page = client.post("/desk/many/", {"reference": [hidden.reference], "action": "approve"}).content.decode()
    client.post("/desk/many/carry-out/", seen(page))
    after = client.get("/desk/many/done/").content.decode()

    for text in [page, after]:
        assert hidden.alias in text
        assert "Applicant 1" not in text


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_each_application_is_decided_once(three, category):
    officers = [make_officer(name, roles=(Role.LIAISON_OFFICER,)) for name in ["first", "second"]]
    rows, start = list(Registration.objects.for_desk(officers[0])), Barrier(2)

    def go(officer, action, **words):
        start.wait()
        try:
            return many.carry_out(rows, action, seen=dict.fromkeys(references(rows), 0), by=officer, **words)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        asked = [both.submit(go, officers[0], "approve"), both.submit(go, officers[1], "decline", ground="incomplete")]
        first, second = (job.result() for job in asked)

    for one, other in zip(first, second, strict=True):
        assert sorted([one.outcome, other.outcome]) == ["done", "refused"]
        assert (one.sentence or other.sentence).startswith(("Approved: first, ", "Declined: second, "))
    assert Decision.objects.count() == 3


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_and_for_three(client, officer, category, number, django_assert_num_queries):
    rows = [make_registration(Status.SUBMITTED, category=category) for _ in range(number)]
    client.force_login(officer)

    with django_assert_num_queries(7):  # session, user, grants, rows, decisions, conflicts, title
        page = client.post("/desk/many/", {"reference": references(rows), "action": "approve"})
    assert page.content.decode().count("<li><bdi>") == number
