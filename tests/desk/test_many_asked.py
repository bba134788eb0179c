"""Many asked at once: the same items and day for all, each mail as it will leave, and a result for each."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from lxml import html

from accreditation import workflow
from accreditation.models import Decision, Registration
from accreditation.states import Actor, Status
from office.models import Message
from office.permissions import Role
from tests.builders import make_category, make_desk_policy, make_meeting, make_officer, make_registration

pytestmark = pytest.mark.django_db
ASKED = {"action": "ask", "item_work": "on", "note_work": "On headed paper.", "reason": ""}


@pytest.fixture
def officer(client):
    officer = make_officer("officer", roles=(Role.LIAISON_OFFICER,))
    client.force_login(officer)
    return officer


@pytest.fixture
def category():
    category = make_category(make_meeting(time_zone="Pacific/Auckland"), hold_seconds=30, info_days=5)
    make_desk_policy(category.meeting)
    return category


@pytest.fixture
def three(category):
    return [make_registration(Status.SUBMITTED, category=category, language=code) for code in ["en", "fr", "fr"]]


def day(days):
    return (datetime.now(ZoneInfo("Pacific/Auckland")) + timedelta(days=days)).date()


def asked(rows, until=None, **more):
    seen = {f"seen-{row.reference}": "0" for row in rows}
    until = (until or day(9)).isoformat()
    return ASKED | {"reference": [row.reference for row in rows], "until": until} | seen | more


def again(rows):
    return [Registration.objects.get(pk=row.pk) for row in rows]


def results(client):
    page = html.fromstring(client.get("/desk/many/done/").content.decode())
    return [word.text_content().strip() for word in page.xpath("//tbody/tr/td/span[contains(@class,'tag')]")]


def test_same_items_and_day_are_asked_of_all_in_their_languages(client, officer, three):
    assert client.post("/desk/many/carry-out/", asked(three))["Location"] == "/desk/many/done/"

    rows = again(three)
    assert [row.status for row in rows] == ["info_requested"] * 3
    assert [row.info_items for row in rows] == [[{"step": "work", "note": "On headed paper."}]] * 3
    end = datetime.combine(day(9), datetime.max.time(), ZoneInfo("Pacific/Auckland")).replace(second=0, microsecond=0)
    assert [row.info_until for row in rows] == [end] * 3
    words = [decision.reason.words for decision in Decision.objects.order_by("sequence")]
    assert words[0] == "Where do you work?: On headed paper."
    assert words[1] == words[2] != words[0]
    assert results(client) == ["Done"] * 3


def test_form_offers_the_items_that_all_were_asked(client, officer, three, category):
    asks_more = make_category(category.meeting, asks_equipment=True)
    other = make_registration(Status.SUBMITTED, category=asks_more)

    def items(rows):
        page = client.post("/desk/many/", {"reference": [row.reference for row in rows], "action": "ask"})
        names = html.fromstring(page.content.decode()).xpath('//input[@type="checkbox"]/@name')
        return [name.removeprefix("item_") for name in names]

    assert items([other]) == ["medium", "name", "work", "equipment", "needs"]
    assert items([*three, other]) == ["medium", "name", "work", "needs"]


def test_mails_are_shown_with_the_day_that_is_typed_before_anything_is_asked(client, officer, three):
    page = client.post("/desk/many/", asked(three, until=day(20))).content.decode()

    mails = [pre.text_content() for pre in html.fromstring(page).xpath('//details[@class="mail"]//pre')]
    assert (len(mails), Decision.objects.count()) == (2, 0)
    assert "On headed paper." in page
    client.post("/desk/many/carry-out/", asked(three, until=day(20)))
    for text, row in zip(mails, three, strict=False):
        sent = Message.objects.get(to=row.email)
        assert re.sub(r"/status/[\w-]{48}/", "/status/…", sent.text).strip() == text.strip()


def test_what_is_not_open_for_a_row_is_refused_for_that_row_alone(client, officer, three):
    workflow.apply(three[1], "decline", actor=Actor.DESK, by=make_officer("colleague"), ground="incomplete")

    client.post("/desk/many/carry-out/", asked(three))

    assert [row.status for row in again(three)] == ["info_requested", "declined", "info_requested"]
    assert results(client) == ["Done", "Refused", "Done"]


@pytest.mark.parametrize("path", ["", "carry-out/"])
@pytest.mark.parametrize(
    "wrong", [{"until": "soon"}, {"until": "2001-01-01"}, {"item_work": "", "note_work": "", "reason": ""}]
)
def test_nothing_asked_and_no_such_day_are_told_and_what_was_typed_stays(client, officer, three, path, wrong):
    answer = client.post(f"/desk/many/{path}", asked(three) | wrong)

    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (422, True)
    assert ("On headed paper." in answer.content.decode()) == ("note_work" not in wrong)
    assert [row.status for row in again(three)] == ["submitted"] * 3


def test_asking_is_undone_for_all_while_it_is_held(client, officer, three):
    client.post("/desk/many/carry-out/", asked(three))
    client.post("/desk/many/undo/")

    assert [row.status for row in again(three)] == ["submitted"] * 3
    assert [row.info_items for row in again(three)] == [[]] * 3
    assert Message.objects.exclude(state="cancelled").count() == 0


def test_day_counts_on_the_clock_of_each_meeting(client, officer, three):
    west = make_registration(Status.SUBMITTED, category=make_category(make_meeting(time_zone="America/New_York")))

    client.post("/desk/many/carry-out/", asked([three[0], west], until=date.fromordinal(day(9).toordinal())))

    first, second = again([three[0], west])
    assert second.info_until - first.info_until >= timedelta(hours=16)
    assert first.info_until > timezone.now()


@pytest.mark.parametrize("number", [1, 3])
def test_page_costs_the_same_for_one_and_for_three(client, officer, category, number, django_assert_num_queries):
    rows = [make_registration(Status.SUBMITTED, category=category) for _ in range(number)]

    with django_assert_num_queries(9):
        client.post("/desk/many/", {"reference": [row.reference for row in rows], "action": "ask"})
