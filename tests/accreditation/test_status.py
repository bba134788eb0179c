"""What an application's page says in each state, and what its applicant can do there."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from accreditation import standing, workflow
from accreditation.models import Badge, Category, Decision, Evidence, Registration
from accreditation.states import Actor, Status
from advisory import publishing
from office.models import Message
from office.permissions import Role
from tests.accreditation.applicants import open_link, post, see
from tests.accreditation.test_links import untouched
from tests.builders import (
    make_category,
    make_desk_policy,
    make_focal_point,
    make_officer,
    make_organization,
    make_registration,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)  # a Wednesday


@pytest.fixture
def officer():
    return make_officer("Olive", roles=(Role.LIAISON_OFFICER,))


@pytest.fixture
def category():
    return make_category(pick_up="North gate, from 09:00", capacity=5)


@pytest.fixture
def announced(category):
    """The category, of a meeting that is public in other words than its draft now has."""
    meeting = category.meeting
    meeting.title = "Announced dialogue"
    meeting.save()
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    meeting.title = "Draft words"
    meeting.save()
    return category


def reached(status, category, officer):
    """A registration that came to ``status`` by decisions."""
    registration = make_registration(category=category, given_names="Ada", family_name="Okafor", phone="+12125550142")

    def go(action, actor, **more):
        nonlocal registration
        registration = workflow.apply(registration, action, actor=actor, **more)

    desk = {"actor": Actor.DESK, "by": officer}
    make_desk_policy(category.meeting)
    ways = {
        Status.DRAFT: [],
        Status.AWAITING_ENDORSEMENT: [],
        Status.SUBMITTED: [],
        Status.INFO_REQUESTED: [("ask", desk | {"reason": "We need a newer letter.", "info_items": [
            {"step": "name", "note": "As in your passport, please."}]})],
        Status.WAITLISTED: [("waitlist", desk)],
        Status.OFFERED: [("waitlist", desk), ("offer", desk)],
        Status.APPROVED: [("approve", desk)],
        Status.DECLINED: [("decline", desk | {"ground": "incomplete", "reason": "The letter is of 2015."})],
        Status.WITHDRAWN: [("withdraw", {"actor": Actor.APPLICANT})],
        Status.REVOKED: [("approve", desk), ("revoke", desk | {"actor": Actor.SUPERVISOR, "ground": "conduct"})],
        Status.LAPSED: [
            ("ask", desk | {"reason": "A letter?", "at": timezone.now() - timedelta(days=9)}),
            ("lapse", {"actor": Actor.WORKER}),
        ],
    }  # fmt: skip
    if status == Status.AWAITING_ENDORSEMENT:
        category.needs_endorsement = True
        category.save()
        registration.organization = make_focal_point(make_organization()).organization
        registration.save(update_fields=["organization"])
    if status != Status.DRAFT:
        go("submit", Actor.APPLICANT)
    for action, more in ways[status]:
        go(action, more["actor"], **{name: value for name, value in more.items() if name != "actor"})
    return registration


EXPECTED = {
    Status.AWAITING_ENDORSEMENT: (
        "Waiting for your organization", "Your organization acts next",
        ["Received"], ["Your organization confirms", "Decision", "Badge"], {"withdraw"},
    ),
    Status.SUBMITTED: (
        "Being reviewed", "The desk acts next", ["Received"], ["Decision", "Badge"], {"withdraw"},
    ),
    Status.INFO_REQUESTED: (
        "More information needed", "You act next",
        ["Received", "More information needed"], ["Your answer", "Decision", "Badge"], {"reply", "withdraw"},
    ),
    Status.WAITLISTED: (
        "On the waiting list", "The desk acts next",
        ["Received", "On the waiting list"], ["A place is offered, if one is free", "Badge"], {"withdraw"},
    ),
    Status.OFFERED: (
        "A place is offered", "You act next",
        ["Received", "On the waiting list", "A place is offered"], ["Your answer", "Badge"],
        {"accept", "decline-offer"},
    ),
    Status.APPROVED: ("Approved", "You act next", ["Received", "Approved"], [], {"withdraw"}),
    Status.DECLINED: ("Declined", "You may act", ["Received", "Declined"], [], {"appeal"}),
    Status.WITHDRAWN: ("Withdrawn", "", ["Received", "Withdrawn"], [], set()),
    Status.REVOKED: ("Revoked", "", ["Received", "Approved", "Revoked"], [], set()),
    Status.LAPSED: ("Lapsed", "", ["Received", "More information needed", "Lapsed"], [], set()),
}  # fmt: skip
ACTIONS = {"reply", "withdraw", "accept", "decline-offer", "appeal"}


@pytest.mark.parametrize("status", EXPECTED)
def test_page_says_state_who_acts_next_and_what_happened(client, status, announced, officer):
    registration = reached(status, announced, officer)
    before, mails = untouched(registration), Message.objects.count()
    page = see(open_link(client, registration))
    tree = html.fromstring(page.content)
    word, label, past, to_come, actions = EXPECTED[status]

    assert tree.xpath("//h1")[0].text_content() == word
    assert tree.xpath("//h1/@class") == [f"state {standing.TONES[status][0]}"]
    assert [dt.text for dt in tree.xpath("//dl[@class='facts']//dt")][: bool(label)] == [label][: bool(label)]
    assert [b.text for b in tree.xpath("//ol[@class='line']/li/b")] == past
    assert [li.text_content().strip() for li in tree.xpath("//ol[@class='line']/li[@class='todo']")] == to_come
    assert len(tree.xpath("//ol[@class='line']/li/time")) == len(past)
    linked = {a.get("href").split("/")[2] for a in tree.xpath("//main//a[starts-with(@href, '/status/')]")}
    assert linked & ACTIONS == actions
    assert "Olive" not in page.text
    assert "Draft words" not in page.text
    assert "Announced dialogue" in page.text
    assert (untouched(registration), Message.objects.count()) == (before, mails)


def test_draft_goes_on_with_its_form(client, announced):
    registration = make_registration(category=announced)

    assert see(open_link(client, registration))["Location"] == "/resume/"


@pytest.mark.parametrize("status", Status)
def test_standing_is_told_for_every_state_in_every_language(status, settings, rf):
    from django.utils import translation

    registration = make_registration(status)
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            told = standing.of(registration, [], now=timezone.now())
            texts = [told.word, told.sentence, *(entry.label for entry in told.timeline)]
            texts += [told.next.label, told.next.what, told.next.usual] if told.next else []

        assert told.status == status
        assert not any(re.search(r"%\(|\{", str(text)) for text in texts)


def test_approved_page_tells_badge_pick_up_and_what_to_bring(client, announced, officer):
    registration = reached(Status.APPROVED, announced, officer)
    page = see(open_link(client, registration))

    assert "P 1" in page.text
    assert "North gate, from 09:00" in page.text
    assert "An official document with your photograph." in page.text
    assert f'href="/meetings/2016/{registration.meeting.slug}.ics"' in page.text


def test_held_approval_shows_nothing_of_itself(client, category, officer):
    """Status, badge, pick-up, timeline and data are those before, until the decision can no longer be undone."""
    Category.objects.update(hold_seconds=30)
    registration = reached(Status.SUBMITTED, category, officer)
    open_link(client, registration)
    post(client, "code", registration, send="")
    code = re.search(r"\d{6}", Message.objects.get(kind="registration_code").text)[0]
    post(client, "code", registration, code=code)
    first = see(client).content
    registration = workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)

    held, data = see(client), json.loads(see(client, "data").content)

    assert held.content == first
    assert (data["status"], data["badges"], len(data["decisions"])) == ("submitted", [], 1)
    Registration.objects.update(held_until=timezone.now() - timedelta(seconds=1))
    assert "North gate" in see(client).text
    assert json.loads(see(client, "data").content)["badges"][0]["number"] == 1


def test_undone_decision_is_in_no_timeline(category, officer):
    Category.objects.update(hold_seconds=30)
    registration = reached(Status.SUBMITTED, category, officer)
    declined = workflow.apply(registration, "decline", actor=Actor.DESK, by=officer, ground="incomplete")
    undone = workflow.apply(declined, "undo", actor=Actor.DESK, by=officer)

    told = standing.of(undone, list(undone.decisions.order_by("sequence")), now=timezone.now())

    assert [entry.label for entry in told.timeline if entry.at] == ["Received"]


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_for_one_application_as_for_three(
    client, count, announced, django_assert_num_queries
):
    for _ in range(count):
        registration = make_registration(Status.APPROVED, category=announced)
        for action in ["submit", "approve"]:
            record(registration, action)
        paper(registration)
        open_link(client, registration)

    # Applications, decisions, edition, badge, speaking, pools, messages, papers kept, disclosures
    with django_assert_num_queries(9):
        page = see(client)

    assert page.text.count("Show <bdi") == count - 1


def record(registration, action):
    number = Decision.objects.count() + 1
    Decision.objects.create(
        meeting=registration.meeting, sequence=number, registration=registration, pseudonym=registration.pk,
        action=action, before="submitted", after="approved", actor="desk", at=timezone.now(),
    )  # fmt: skip


def paper(registration, name="passport-of-ada.pdf"):
    return Evidence.objects.create(
        registration=registration, kind="press_card", name=name, media_type="application/pdf", size=2048, pages=2,
        digest="0" * 64, stored_as="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("since", "now", "day"),
    [
        ("2026-05-06T09:00", "2026-05-06T23:00", 1),
        ("2026-05-06T09:00", "2026-05-07T09:00", 2),
        ("2026-05-08T09:00", "2026-05-10T09:00", 1),  # Friday, Sunday
        ("2026-05-08T09:00", "2026-05-11T09:00", 2),
        ("2026-05-09T09:00", "2026-05-10T09:00", 1),  # a weekend
        ("2026-05-06T09:00", "2026-05-20T09:00", 11),
        ("2026-05-07T02:00", "2026-05-07T09:00", 2),  # still Wednesday in New York
    ],
)
def test_working_days_are_counted_on_the_meetings_clock(since, now, day):
    instants = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (since, now)]

    assert standing.working_day(*instants, "America/New_York") == day


def test_usual_time_is_told_with_the_day_it_is(category, officer):
    registration = reached(Status.SUBMITTED, category, officer)
    decisions = list(registration.decisions.all())
    decisions[0].at = NOW

    usual = [standing.of(registration, decisions, now=NOW + timedelta(days=days)).next.usual for days in (0, 1, 7)]

    assert usual == [
        "Usually within 3 working days; today is day 1.",
        "Usually within 3 working days; today is day 2.",
        "It takes longer than usual: today is working day 6. You need do nothing.",
    ]


def test_refusal_tells_ground_words_and_what_would_change_it(client, category, officer):
    registration = reached(Status.DECLINED, category, officer)
    page = see(open_link(client, registration)).text

    assert "Papers that were asked for are missing or cannot be read." in page
    assert "The letter is of 2015." in page
    assert "Ask for a review and say which papers you can show, or apply again with them." in page


def test_meeting_that_is_cancelled_says_so(client, announced, officer):
    registration = reached(Status.APPROVED, announced, officer)
    publishing.publish(registration.meeting, by=None, kind="cancelled", words="Off")

    assert "The meeting: Cancelled. Its page tells more." in see(open_link(client, registration)).text


# What the applicant does


def test_withdrawing_is_asked_once_and_frees_seat_and_badge(client, category, officer):
    registration = reached(Status.APPROVED, category, officer)
    open_link(client, registration)

    asked = see(client, "withdraw")
    done = post(client, "withdraw", registration, words="I am ill.")
    again = post(client, "withdraw", registration)

    assert "its place is free for somebody else" in asked.text
    assert (done["Location"], again["Location"]) == ("/status/", "/status/?news=changed")
    registration.refresh_from_db()
    category.refresh_from_db()
    assert (registration.status, category.taken, Badge.objects.get().state) == (Status.WITHDRAWN, 0, "void")
    assert registration.decisions.last().reason.words == "I am ill."
    assert Message.objects.filter(kind="registration_withdrawn").count() == 1


@pytest.mark.parametrize("name", ["withdraw", "accept", "decline-offer", "appeal"])
def test_looking_at_an_act_changes_nothing(client, name, category, officer):
    status = {"appeal": Status.DECLINED, "withdraw": Status.SUBMITTED}.get(name, Status.OFFERED)
    registration = reached(status, category, officer)
    before, decisions = untouched(registration), Decision.objects.count()

    assert see(open_link(client, registration), name).status_code == 200
    assert client.head(f"/status/{name}/").status_code == 200
    assert (untouched(registration), Decision.objects.count()) == (before, decisions)


def test_offer_is_accepted_until_its_time_is_over(client, category, officer):
    registration = reached(Status.OFFERED, category, officer)
    open_link(client, registration)

    assert "By <b" in see(client, "accept").text
    post(client, "accept", registration)

    registration.refresh_from_db()
    assert (registration.status, Badge.objects.count()) == (Status.APPROVED, 1)


def test_declined_place_goes_to_the_next_who_waits(client, category, officer):
    offered, waiting = reached(Status.OFFERED, category, officer), reached(Status.WAITLISTED, category, officer)
    third = reached(Status.WAITLISTED, category, officer)

    post(open_link(client, offered), "decline-offer", offered)

    states = [Registration.objects.get(pk=row.pk).status for row in (offered, waiting, third)]
    assert states == [Status.WITHDRAWN, Status.OFFERED, Status.WAITLISTED]


def test_review_is_asked_once_with_words(client, category, officer):
    registration = reached(Status.DECLINED, category, officer)
    open_link(client, registration)

    empty = post(client, "appeal", registration, words=" ")
    sent = post(client, "appeal", registration, words="My letter is of 2026.")
    registration = Registration.objects.get()
    workflow.apply(registration, "decline", actor=Actor.DESK, by=make_officer("Other"), ground="incomplete")

    assert "Write what should be looked at anew." in empty.text
    assert sent["Location"] == "/status/"
    assert see(client, "appeal")["Location"] == "/status/"
    assert "appeal" not in see(client).text
    assert Message.objects.filter(kind="registration_declined_again").count() == 1


def test_review_is_refused_once_its_days_are_over(client, category, officer):
    registration = reached(Status.DECLINED, category, officer)
    Decision.objects.filter(action="decline").update(at=timezone.now() - timedelta(days=8))

    assert post(open_link(client, registration), "appeal", registration, words="Late.").status_code == 302
    assert Registration.objects.get().status == Status.DECLINED


def test_page_of_one_application_does_not_act_on_another(client, category, officer):
    one, two = reached(Status.SUBMITTED, category, officer), reached(Status.SUBMITTED, category, officer)
    open_link(open_link(client, one), two)

    post(client, "withdraw", one)
    stranger = client.post("/status/withdraw/", {"of": make_registration(Status.SUBMITTED).reference})
    nameless = client.post("/status/withdraw/")

    assert [Registration.objects.get(pk=row.pk).status for row in (one, two)] == [Status.WITHDRAWN, Status.SUBMITTED]
    assert (stranger.status_code, nameless.status_code) == (404, 404)


def test_act_of_the_applicant_undoes_what_is_held(client, category, officer):
    Category.objects.update(hold_seconds=30)
    registration = reached(Status.SUBMITTED, category, officer)
    workflow.apply(registration, "decline", actor=Actor.DESK, by=officer, ground="incomplete")

    post(open_link(client, registration), "withdraw", registration)

    assert Registration.objects.get().status == Status.WITHDRAWN
    assert [row.action for row in Decision.objects.order_by("sequence")] == ["submit", "decline", "undo", "withdraw"]
    assert Message.objects.get(kind="registration_declined").state == "cancelled"


def test_deadline_is_told_on_the_clock_of_the_city_that_is_announced(client, category, officer):
    meeting = category.meeting
    meeting.city, meeting.time_zone = "Geneva", "Europe/Zurich"
    meeting.save()
    publishing.publish(meeting, by=None)
    registration = reached(Status.INFO_REQUESTED, category, officer)
    Registration.objects.update(info_until=datetime(2026, 5, 8, 16, tzinfo=UTC))
    letter = Message.objects.get(kind="registration_info_requested")

    assert 'By <b class="num">Friday 8 May 2026, 18:00 Geneva</b>' in see(open_link(client, registration)).text
    assert re.search(r"Please answer by \w+ \d+ \w+ \d+, \d\d:\d\d Zurich\.", letter.text)


def test_category_and_what_may_be_changed_are_named_in_the_language_of_the_page(client, category, officer):
    category.translations = {"fr": {"name": "La presse"}}
    category.save()
    registration = reached(Status.SUBMITTED, category, officer)
    open_link(client, registration)

    pages = [client.get(f"/fr/status/{address}").text for address in ["", "change/contact/"]]

    assert "<bdi>La presse</bdi>" in pages[0]
    assert "<h1>Téléphone, badge et courriels</h1>" in pages[1]


def test_draft_is_discarded_whole(client, announced):
    registration = make_registration(category=announced, given_names="Ada")
    open_link(client, registration)

    assert "was not sent" in see(client, "withdraw").text
    gone = post(client, "withdraw", registration)

    assert "Your data are deleted" in gone.text
    assert Registration.objects.count() == 0
    assert see(client).status_code == 404


def test_whoever_has_just_sent_reads_the_reference_and_later_does_not(client, announced):
    registration = workflow.apply(
        make_registration(category=announced, medium="print"), "submit", actor=Actor.APPLICANT
    )
    open_link(client, registration)
    reference = f'<bdi class="num" dir="ltr">{registration.reference}</bdi>'
    sentence = f"Your application has been sent. Its reference is {reference}; a receipt is on its way."

    assert sentence in see(client).text
    Decision.objects.update(at=timezone.now() - timedelta(minutes=11))
    assert sentence not in see(client).text


def test_offer_to_somebody_nobody_has_seen_promises_the_place_and_no_more(client):
    category = make_category(allocation="first_come", capacity=1)
    registration = make_registration(Status.OFFERED, category=category)
    open_link(client, registration)

    page = see(client, "accept").text

    assert "The place is kept for you while the accreditation desk decides on your application." in page
    assert "The place is yours from then on." not in page
