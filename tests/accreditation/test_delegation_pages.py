"""A focal point's pages: what they show, what they never show, and who opens them."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accreditation import delegation_access, delegations
from accreditation.delegation_table import harmless
from accreditation.delegations import Invitee
from accreditation.models import EvidenceRule, Registration
from accreditation.states import Status
from advisory import publishing
from office.models.message import Message
from tests.builders import (
    make_category,
    make_delegation,
    make_focal_point,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_registration,
)

pytestmark = pytest.mark.django_db

PAGE = "/delegation/"
PLANTED = {
    "identity": {"birth_date": "1971-02-03", "nationality": "QWZ", "document_number": "P-QWYZZLE-9"},
    "access_needs": {"needs": ["qwyzzle ramp"], "needs_words": "Qwyzzle needs"},
    "answers": {"samples": ["https://qwyzzle.example.com/"]},
    "phone": "+12125550177",
}


@pytest.fixture
def category():
    category = make_category(make_meeting("Dialogue on early warning"), name="Press")
    publishing.publish(category.meeting, by=None)
    category.meeting.refresh_from_db()
    return category


@pytest.fixture
def delegation(category):
    return make_delegation(category, make_organization("Example Alliance"))


def open_in(client, delegation, token=""):
    token = token or delegation_access.lead_token(delegation)
    return client.post(reverse("accreditation:delegation", args=[token]))


def member(delegation, status=Status.DRAFT, **fields):
    return make_registration(
        status, category=delegation.category, delegation=delegation, organization=delegation.organization, **fields
    )


def texts(response, path):
    return [" ".join(found.text_content().split()) for found in html.fromstring(response.content).xpath(path)]


def words(response, path):
    [found] = texts(response, path)
    return found


def rows(response):
    return texts(response, "//table[@class='people']/tbody/tr")


def errors(response):
    return texts(response, "//div[@class='error-summary']//li")


def test_link_shows_one_button_and_opens_with_it(client, delegation):
    address = reverse("accreditation:delegation", args=[delegation_access.lead_token(delegation)])

    shown = client.get(address)
    opened = client.post(address)

    assert (shown.status_code, b"Example Alliance" in shown.content, dict(shown.cookies)) == (200, False, {})
    assert (opened.status_code, opened.headers["Location"]) == (302, PAGE)
    cookie = opened.cookies["delegation"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    page = client.get(PAGE)
    assert (page.status_code, words(page, "//h1")) == (200, "Example Alliance")
    assert page.headers["Cache-Control"] == "private, no-store"


def test_page_tells_places_used_promised_and_waiting(client, category):
    category.cap_per_organization = 6
    category.needs_endorsement = True
    category.save()
    organization = make_organization("Example Alliance")
    focal_point, delegation = make_focal_point(organization), make_delegation(category, organization)
    for status in [Status.APPROVED, Status.SUBMITTED, Status.DRAFT, Status.WITHDRAWN]:
        member(delegation, status)
    for _ in range(2):
        make_registration(Status.AWAITING_ENDORSEMENT, category=category, organization=organization)

    opened = open_in(client, delegation, delegation_access.focal_point_token(focal_point, category.pk))
    page = client.get(PAGE)

    assert opened.headers["Location"] == "/delegation/endorse/"
    assert words(page, "//dl[@class='facts']/div[1]/dd") == (
        "4 of 6 places used One more is promised to a person whose application is not sent."
    )
    assert (
        words(page, "//div[@class='alert alert-warning']") == "2 people applied alone and wait for your answer. Answer"
    )


def test_row_tells_name_state_and_missing_steps(client, delegation):
    member(delegation, given_names="Ada", family_name="EXAMPLE", email="ada@example.org", done=["medium", "needs"])
    member(delegation, Status.APPROVED, given_names="Ben", family_name="SAMPLE", email="ben@example.org")
    open_in(client, delegation)

    first, second = rows(client.get(PAGE))

    assert first.startswith("Ada EXAMPLEada@example.org Not sent yet")
    assert "What is your name, as in your passport?" in first
    assert "Do you need anything to take part?" not in first
    assert second.startswith("Ben SAMPLE Approved")


def test_page_and_file_hold_no_passport_birth_date_need_or_protected_name(client, delegation):
    hidden = {"given_names": "Qwyzzle", "family_name": "TRUENAME", "badge_name": "Qwyzzle"}
    asks = {"asks_protection": True, "given_names": "Qwyzzle", "family_name": "ASKING", "badge_name": "Qwyzzle"}
    make_protected_registration(
        category=delegation.category, delegation=delegation, organization=delegation.organization,
        email="qwyzzle1@example.org", **PLANTED | hidden,
    )  # fmt: skip
    member(delegation, email="qwyzzle2@example.org", **PLANTED | asks)
    member(delegation, Status.SUBMITTED, given_names="Ada", family_name="EXAMPLE", email="q3@example.org", **PLANTED)
    open_in(client, delegation)
    [protected, _, plain] = delegations.people(delegation)

    answers = [
        client.get(PAGE),
        client.get("/delegation/people.csv"),
        client.get(reverse("accreditation:delegation-withdraw", args=[protected.pk])),
        client.get(reverse("accreditation:delegation-replace", args=[protected.pk])),
        client.get(reverse("accreditation:delegation-withdraw", args=[plain.pk])),
    ]

    assert [response.status_code for response in answers] == [200] * 5
    for response in answers:
        found = response.content.lower()
        for planted in [b"qwyzzle", b"qwz", b"1971", b"truename", b"asking", b"0177", b"q3@"]:
            assert planted not in found, planted
    assert [row.split(" ")[:3] for row in rows(answers[0])][:2] == [["A", "protected", "person"]] * 2
    assert b"Ada EXAMPLE" in answers[0].content


def test_decision_that_can_still_be_undone_is_not_shown(client, delegation):
    registration = member(delegation, Status.SUBMITTED)
    delegation.category.hold_seconds = 30
    delegation.category.save()
    from accreditation import workflow
    from accreditation.states import Actor

    workflow.apply(registration, "decline", actor=Actor.DESK, by=make_officer(), ground="identity")
    open_in(client, delegation)

    [row] = rows(client.get(PAGE))

    assert ("Being reviewed" in row, "Declined" in row) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_statements_for_one_person_and_for_three(
    client, delegation, django_assert_num_queries, count
):
    EvidenceRule.objects.create(category=delegation.category, kind="letter_of_assignment")
    for _number in range(count):
        member(delegation, done=["medium"])
        member(delegation, Status.SUBMITTED)
    open_in(client, delegation)

    with django_assert_num_queries(11):
        assert len(rows(client.get(PAGE))) == 2 * count


def test_list_is_a_file_that_no_spreadsheet_takes_for_formulas(client, delegation):
    member(delegation, Status.SUBMITTED, given_names="=cmd|'/c calc'!A1", family_name="EXAMPLE")
    open_in(client, delegation)

    response = client.get("/delegation/people.csv")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    [heading, row] = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert heading == ["Order", "Name", "Comes as", "State", "Steps missing"]
    assert row == ["1", "'=cmd|'/c calc'!A1 EXAMPLE", "Representative", "Being reviewed", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "  =", "＋", "－", "＠"])
def test_cell_that_would_be_a_formula_is_text(start):
    assert harmless(f"{start}1+1") == f"'{start}1+1"


def test_one_person_is_invited_from_the_page(client, delegation):
    open_in(client, delegation)

    response = client.post(
        "/delegation/invite/", {"given_names": "Ada", "family_name": "EXAMPLE", "email": "ada@example.org"}
    )

    assert (response.status_code, response.headers["Location"]) == (302, "/delegation/?done=invited")
    assert (
        words(client.get(response.headers["Location"]), "//div[@class='alert alert-success']")
        == "The invitation is on its way."
    )
    assert Registration.objects.get().delegation == delegation


@pytest.mark.parametrize(
    ("posted", "sentence"),
    [
        ({"given_names": "Ada", "email": "ada@example.org"}, "Enter the person’s family name."),
        ({"family_name": "EXAMPLE"}, "Enter the person’s e-mail address."),
        ({"family_name": "EXAMPLE", "email": "ada"}, "Enter an e-mail address like name@example.org."),
        ({"family_name": "123", "email": "ada@example.org"}, "Write the name in letters."),
        ({"family_name": "KNOWN", "given_names": "Kay", "email": "k@example.org"},
         "Kay KNOWN is in your delegation already. If this is another person of that name, say so below."),
    ],
)  # fmt: skip
def test_what_cannot_be_invited_is_said_and_stays_typed(client, delegation, posted, sentence):
    member(delegation, given_names="Kay", family_name="KNOWN")
    open_in(client, delegation)

    response = client.post("/delegation/invite/", posted)

    assert (response.status_code, errors(response)) == (200, [sentence])
    for value in posted.values():
        assert f'value="{value}"' in response.content.decode()
    assert Registration.objects.count() == 1


def test_list_with_a_bad_line_invites_nobody_and_stays_as_it_was(client, delegation):
    member(delegation, given_names="Kay", family_name="KNOWN")
    open_in(client, delegation)
    text = "Ada EXAMPLE <ada@example.org>\nBen SAMPLE\nCleo\tSPECIMEN\tcleo@\nADA example <two@example.org>"

    response = client.post("/delegation/list/", {"people": text})
    again = client.post("/delegation/list/", {"people": "Ada EXAMPLE <ada@example.org>\nKay KNOWN <k@example.org>"})

    assert errors(response) == [
        "Line 2: there is no e-mail address. Write one line like Ada EXAMPLE, ada@example.org.",
        "Line 3: “cleo@” is no e-mail address.",
        "Line 4: ADA example stands on line 1 already.",
    ]
    assert html.fromstring(response.content).xpath("//textarea")[0].text.strip() == text
    assert errors(again) == [
        "Line 2: Kay KNOWN is in your delegation already. Another person of that name is invited alone, not by a list."
    ]
    assert (Registration.objects.count(), Message.objects.count()) == (1, 0)


def test_namesake_is_invited_with_a_tick_that_stands_only_where_it_is_asked(client, delegation):
    member(delegation, given_names="Kay", family_name="KNOWN")
    open_in(client, delegation)
    typed = {"given_names": "Kay", "family_name": "KNOWN", "email": "k@example.org"}

    ticks = [
        html.fromstring(page.content).xpath("//input[@type='checkbox']/@name")
        for page in [client.get("/delegation/invite/"), client.post("/delegation/invite/", typed)]
    ]
    done = client.post("/delegation/invite/", typed | {"is_namesake": "on"})

    assert (ticks, done.status_code) == ([[], ["is_namesake"]], 302)
    assert Registration.objects.filter(delegation=delegation, name_key="kay known").count() == 2


def test_good_list_invites_each_with_an_e_mail(client, delegation):
    open_in(client, delegation)

    response = client.post(
        "/delegation/list/",
        {"people": "Given,Family,E-mail\nAda,EXAMPLE,ada@example.org\nBen SAMPLE <ben@example.org>"},
    )

    assert response.headers["Location"] == "/delegation/?done=list"
    found = Registration.objects.order_by("delegation_position").values_list("given_names", "family_name", "email")
    assert list(found) == [("Ada", "EXAMPLE", "ada@example.org"), ("Ben", "SAMPLE", "ben@example.org")]
    assert list(Message.objects.values_list("kind", flat=True)) == ["registration_invited"] * 2


def test_person_is_replaced_withdrawn_reminded_and_moved_from_the_page(client, delegation):
    ada, ben = delegations.invite(
        delegation,
        [Invitee("Ada", "EXAMPLE", "ada@example.org"), Invitee("Ben", "SAMPLE", "ben@example.org")],
        language="en",
        at=timezone.now() - timedelta(days=1),
    )
    open_in(client, delegation)

    moved = client.post(reverse("accreditation:delegation-move", args=[ben.pk]), {"way": "up"})
    reminded = client.post("/delegation/remind/", {"person": ada.pk.hex})
    replaced = client.post(
        reverse("accreditation:delegation-replace", args=[ada.pk]),
        {"given_names": "Cleo", "family_name": "SPECIMEN", "email": "cleo@example.org"},
    )
    withdrawn = client.post(reverse("accreditation:delegation-withdraw", args=[ben.pk]))

    told = [response.headers["Location"] for response in [moved, reminded, replaced, withdrawn]]
    assert told == [f"/delegation/?done={word}" for word in ["moved", "reminded", "replaced", "withdrawn"]]
    assert [row.family_name for row in delegations.people(delegation)] == ["SPECIMEN"]
