"""The print desk: what stands in which view, how somebody is found, what is done with a card, and who may."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from accreditation import badge_code, finding, pick_up
from accreditation.models import Badge, BadgeEntry, PickUpSlot, Registration
from accreditation.states import BadgeState, Status
from office import keys
from office.permissions import Role
from tests.builders import (
    make_badge,
    make_category,
    make_meeting,
    make_officer,
    make_protected_registration,
    make_registration,
)

pytestmark = pytest.mark.django_db
STATEMENTS = 10


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW26"), slug="press", name="Press")


@pytest.fixture
def officer(client):
    officer = make_officer("badges", roles=[Role.BADGE_DESK])
    client.force_login(officer)
    return officer


def make_one(category, family_name="Okafor", **fields):
    registration = make_registration(Status.APPROVED, category=category, family_name=family_name)
    finding.index(registration)
    return make_badge(registration, **fields)


def make_slot(meeting, hours=2, **fields):
    starts = timezone.now() + timedelta(hours=hours)
    return PickUpSlot.objects.create(
        **{"meeting": meeting, "starts_at": starts, "ends_at": starts + timedelta(hours=1), "place": "North gate"}
        | fields
    )


def code_of(badge):
    return badge_code.code_of(badge, key=keys.current(keys.BADGE, badge.meeting))


def page_of(client, query=""):
    response = client.get(f"/desk/badges/?meeting=DEW26{query}")
    assert response.status_code == 200
    return html.fromstring(response.content)


def listed(page):
    return page.xpath("//table[@class='queue']//th[@class='nm']//a/bdi/text()")


def views(page):
    return [" ".join(link.text_content().split()) for link in page.xpath("//nav[@class='views']//a")]


def said(response, client):
    page = html.fromstring(client.get(response.url).content)
    return [" ".join(row.text_content().split()) for row in page.xpath("//div[@role='status']/p")]


# The views


def test_each_badge_stands_in_the_view_of_its_state(client, officer, category):
    now = timezone.now()
    make_one(category, "Toprint")
    make_one(category, "Printed", state=BadgeState.PRINTED)
    make_one(category, "Collected", state=BadgeState.COLLECTED)
    make_one(category, "Void", state=BadgeState.VOID, voided_at=now)
    held = make_one(category, "Held")
    Registration.objects.filter(pk=held.registration_id).update(held_until=now + timedelta(minutes=1))

    assert views(page_of(client)) == ["To print 1", "In a print job 0", "To hand over 1", "Collected 1", "Void 1"]
    for state, name in [("open", "Toprint"), ("printed", "Printed"), ("collected", "Collected"), ("void", "Void")]:
        assert listed(page_of(client, f"&state={state}")) == [f"Ada {name}"]


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("state", ["open", "printed"])
def test_list_asks_as_much_with_three_rows_as_with_one(
    client, officer, category, number, state, django_assert_num_queries
):
    for each in range(number):
        badge = make_one(category, f"Person{each}", state="issued" if state == "open" else state)
        pick_up.choose(badge.registration, make_slot(category.meeting))
    page_of(client)

    with django_assert_num_queries(STATEMENTS):
        assert len(listed(page_of(client, f"&state={state}"))) == number


@pytest.mark.parametrize("nonsense", ["&state=x", "&page=99", "&page=x", "&category=none", "&q=%00"])
def test_nonsense_in_the_address_shows_a_page(client, officer, category, nonsense):
    make_one(category)
    page_of(client, nonsense)


def test_view_of_a_category_counts_its_own(client, officer, category):
    make_one(category, "Press")
    make_one(make_category(category.meeting, slug="crew"), "Crew")

    page = page_of(client, "&category=crew")

    assert (listed(page), views(page)[0]) == (["Ada Crew"], "To print 1")


def test_name_that_is_not_printed_as_it_was_written_is_flagged_before_anybody_prints_it(client, officer, category):
    plain, ours, undrawn = make_one(category), make_one(category, "Воронцова"), make_one(category, "ቢቂላ")

    rows = page_of(client).xpath("//tbody/tr")
    card = html.fromstring(client.get(f"/desk/badges/{undrawn.pk}/").content)

    flags = [[flag.strip() for flag in row.xpath(".//span[@class='flag']/text()") if flag.strip()] for row in rows]
    reading = ["No photo", "Latin letters are our reading"]
    assert [row.xpath(".//input/@value") for row in rows] == [[str(badge.pk)] for badge in (plain, ours, undrawn)]
    assert flags == [["No photo"], reading, ["No photo", "Printed in Latin letters", reading[1]]]
    assert card.xpath("normalize-space(//p[@class='number'])").endswith(
        "Printed in Latin letters Latin letters are our reading"
    )


# To find


def find(client, text):
    return client.post("/desk/badges/find/", {"meeting": "DEW26", "q": text})


def test_scanned_code_leads_to_the_card_and_one_tick_and_press_hand_it_over(client, officer, category):
    badge = make_one(category, state=BadgeState.PRINTED)

    found = find(client, f" {code_of(badge).lower()}\r\n")
    page = html.fromstring(client.get(found.url).content)
    form = page.xpath("//form[@class='hand-over']")[0]
    answer = client.post(form.get("action"), {"is_id_seen": "on", "collected_by": ""})

    assert found.url == f"/desk/badges/{badge.pk}/"
    assert form.xpath(".//button/text()") == ["Hand over"]
    badge.refresh_from_db()
    assert (badge.state, badge.handed_by) == (BadgeState.COLLECTED, officer)
    assert said(answer, client) == [f"Handed over: {badge}, Ada Okafor."]


@pytest.mark.parametrize("typed", ["Okafor", "okaf", "reference", "number", "letter and number"])
def test_one_match_opens_at_once(client, officer, category, typed):
    badge = make_one(category)
    make_one(category, "Lindholm")
    text = {
        "reference": badge.registration.reference,
        "number": str(badge.number),
        "letter and number": f"{badge.letter.lower()} {badge.number}",
    }.get(typed, typed)

    assert find(client, text).url == f"/desk/badges/{badge.pk}/"


def test_several_matches_are_listed(client, officer, category):
    make_one(category, "Okafor")
    make_one(category, "Okaforson", state=BadgeState.COLLECTED)

    answer = find(client, "okafor")

    assert answer.url == "/desk/badges/?meeting=DEW26&q=okafor"
    assert listed(page_of(client, "&q=okafor")) == ["Ada Okafor", "Ada Okaforson"]


def test_replaced_card_does_not_stand_in_the_way_of_the_new_one(client, officer, category):
    old = make_one(category, state=BadgeState.VOID, voided_at=timezone.now())
    new = make_badge(old.registration)

    assert find(client, "Okafor").url == f"/desk/badges/{new.pk}/"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda code: code[:-1], "This is no whole code. Scan it once more."),
        (lambda code: code[:60] + ("A" if code[60] != "A" else "B") + code[61:], "The code is not genuine."),
    ],
)
def test_bad_code_gets_its_sentence(client, officer, category, change, sentence):
    badge = make_one(category)

    assert said(find(client, change(code_of(badge))), client) == [sentence]


def test_code_of_another_meeting_opens_nothing_here(client, officer, category):
    other = make_one(make_category(make_meeting(code="OTH26")))

    assert said(find(client, code_of(other)), client) == ["This badge is for another meeting."]


def test_protected_person_is_listed_by_the_alias_alone(client, officer, category):
    registration = make_protected_registration(Status.APPROVED, category=category, family_name="Canary")
    badge = make_badge(registration)

    for address in ["/desk/badges/?meeting=DEW26", f"/desk/badges/{badge.pk}/"]:
        text = client.get(address).content.decode()
        assert "Canary" not in text
        assert registration.alias in text
    assert client.get(f"/desk/badges/{badge.pk}/portrait/").status_code == 404


# One card


@pytest.mark.parametrize("number", [1, 3])
def test_card_asks_as_much_with_three_entries_as_with_one(client, officer, category, number, django_assert_num_queries):
    badge = make_one(category, state=BadgeState.PRINTED)
    for _each in range(number):
        BadgeEntry.objects.create(badge=badge, act="print", by=officer, at=timezone.now())
        make_slot(category.meeting)
    client.get(f"/desk/badges/{badge.pk}/")

    with django_assert_num_queries(10):
        client.get(f"/desk/badges/{badge.pk}/")


def test_hand_over_without_a_document_is_told_and_keeps_what_was_typed(client, officer, category):
    badge = make_one(category, state=BadgeState.PRINTED)

    answer = client.post(f"/desk/badges/{badge.pk}/hand-over/", {"collected_by": "Ben Example"})

    page = html.fromstring(answer.content)
    assert answer.status_code == 422
    assert page.xpath("//input[@name='collected_by']/@value") == ["Ben Example"]
    assert "Look at an identity document first, and tick that you saw it." in page.text_content()
    assert Badge.objects.get().state == BadgeState.PRINTED


def test_replacement_shows_the_new_card(client, officer, category):
    old = make_one(category, state=BadgeState.COLLECTED)

    answer = client.post(f"/desk/badges/{old.pk}/replace/", {"why": "damaged", "note": "Rain"})

    new = Badge.objects.exclude(pk=old.pk).get()
    assert answer.url == f"/desk/badges/{new.pk}/"
    assert said(answer, client) == [f"{old} opens nothing from now on. This is the new badge."]


def test_lost_card_can_be_replaced_from_its_own_page(client, officer, category):
    badge = make_one(category, state=BadgeState.COLLECTED)

    answer = client.post(f"/desk/badges/{badge.pk}/lost/", {"why": "stolen"})
    buttons = html.fromstring(client.get(answer.url).content).xpath("//main//button/text()")

    assert Badge.objects.get().void_reason == "stolen"
    assert buttons == ["Replace"]


def test_second_press_is_refused_in_words(client, officer, category):
    badge = make_one(category, state=BadgeState.PRINTED)
    press = {"is_id_seen": "on"}
    client.post(f"/desk/badges/{badge.pk}/hand-over/", press)

    answer = client.post(f"/desk/badges/{badge.pk}/hand-over/", press)

    assert "This badge is collected already." in said(answer, client)


# Who may


def test_officer_of_another_meeting_finds_nothing(client, category):
    badge = make_one(category, state=BadgeState.PRINTED)
    stranger = make_officer("elsewhere", roles=[Role.BADGE_DESK], meeting=make_meeting(code="OTH26"))
    client.force_login(stranger)

    answers = [
        client.get("/desk/badges/?meeting=DEW26"),
        client.get(f"/desk/badges/{badge.pk}/"),
        client.post(f"/desk/badges/{badge.pk}/hand-over/", {"is_id_seen": "on"}),
        client.post(f"/desk/badges/{badge.pk}/replace/", {"why": "lost"}),
        client.get("/desk/badges/print/DEW26/?all=yes"),
        client.get("/desk/badges/times/DEW26/"),
        find(client, code_of(badge)),
    ]

    assert [answer.status_code for answer in answers] == [404] * 7
    assert Badge.objects.get().state == BadgeState.PRINTED


def test_page_without_any_badge_says_so(client, officer):
    text = client.get("/desk/badges/").content.decode()
    assert "None of your meetings has a badge yet." in text
