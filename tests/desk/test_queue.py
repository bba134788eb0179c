"""The queue: what waits, for whom and since when, found, grouped, ordered and counted, whatever the number of rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accreditation import finding, protection, workflow
from accreditation.desk import lines, queue
from accreditation.models import Registration
from accreditation.states import Actor, Part, Status
from office.models import Grant, User
from office.permissions import Role
from tests.builders import (
    make_category,
    make_delegation,
    make_meeting,
    make_officer,
    make_organization,
    make_readers,
    make_registration,
)
from tests.desk.lists import cells, numbers, page, references, titles

pytestmark = pytest.mark.django_db
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
CANARY = "Qwyzzle"


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW"), hold_seconds=0)


@pytest.fixture
def officer(client):
    officer = make_officer("marta", roles=[Role.MEDIA_REVIEWER], name="Marta Example")
    client.force_login(officer)
    return officer


def sent(category, **fields):
    """Under review, and found by its words."""
    registration = make_registration(fields.pop("status", Status.SUBMITTED), category=category, **fields)
    finding.index(registration)
    return registration


def listed(client, query=""):
    return references(client.get(f"/desk/?{query}"))


# Views


def in_each_view(category, officer):
    """{view: registrations in its own order}."""
    now = timezone.now()
    late = sent(category, due_at=now - HOUR)
    near = sent(category, due_at=now + 23 * HOUR)
    far = sent(category, due_at=now + 3 * DAY)
    answered = sent(category, due_at=now + 4 * DAY, returned_at=now)
    flagged = sent(category, due_at=now + 5 * DAY, hints=["double"])
    of_delegation = sent(category, due_at=now + 6 * DAY, delegation=make_delegation(category))
    mine = sent(category, due_at=now + 7 * DAY, claimed_by=officer)
    asked = sent(category, status=Status.INFO_REQUESTED, claimed_by=officer, due_at=now + 8 * DAY)
    waiting = [sent(category, status=Status.WAITLISTED, waitlist_rank=rank) for rank in (None, 2, 1)][::-1]
    decided = [sent(category, status=status, moved_at=now - n * HOUR) for n, status in enumerate(queue.DECIDED)]
    for status in [Status.WITHDRAWN, Status.LAPSED, Status.DRAFT, Status.AWAITING_ENDORSEMENT]:
        sent(category, status=status)
    return {
        "mine": [mine, asked],
        "new": [late, near, far, answered, flagged, of_delegation, mine],
        "answered": [answered],
        "due": [late, near],
        "flagged": [flagged],
        "delegations": [of_delegation],
        "waitlist": waiting,
        "asked": [asked],
        "decided": decided,
    }


@pytest.mark.parametrize("view", queue.VIEWS)
def test_view_holds_what_its_name_says_in_its_order(client, category, officer, view):
    expected = [row.reference for row in in_each_view(category, officer)[view]]

    assert listed(client, f"view={view}") == expected


def test_numbers_of_the_views_are_those_of_their_lists(client, category, officer):
    expected = {str(queue.VIEWS[slug].name): str(len(rows)) for slug, rows in in_each_view(category, officer).items()}

    assert numbers(client.get("/desk/")) == expected


def test_counts_stop_at_a_thousand(client, category, officer, monkeypatch):
    monkeypatch.setattr(queue, "AT_MOST", 2)
    for _ in range(2):
        sent(category)
    assert numbers(client.get("/desk/"))["To decide"] == "2"
    for _ in range(2):
        sent(category)

    assert numbers(client.get("/desk/"))["To decide"] == "2+"
    assert queue.counts(category.meeting, officer)["new"] == 3


@pytest.mark.parametrize("view", queue.VIEWS)
def test_empty_view_says_so_in_a_sentence(client, category, officer, view):
    make_registration(Status.WITHDRAWN, category=category)

    found = page(client.get(f"/desk/?view={view}")).xpath("//p[@class='nothing']/text()")
    assert found == [str(queue.VIEWS[view].nothing)]


def test_claim_that_has_ended_is_nobodys(client, category, officer):
    now = timezone.now()
    sent(category, claimed_by=officer, claimed_until=now - HOUR)
    current = sent(category, claimed_by=officer, claimed_until=now + HOUR)

    assert listed(client, "view=mine") == [current.reference]


# Order, filter, pages


def test_orders_and_category_narrow_and_turn_the_list(client, category, officer):
    other = make_category(category.meeting, slug="civil", route="civil_society", name="Civil society")
    now = timezone.now()
    old = sent(category, created_at=now - 2 * DAY, due_at=now + DAY)
    new = sent(category, created_at=now - DAY, due_at=now + HOUR)
    undated = sent(other, created_at=now - 3 * DAY)

    assert [listed(client, f"order={order}") for order in ["due", "oldest", "newest"]] == [
        [new.reference, old.reference, undated.reference],
        [undated.reference, old.reference, new.reference],
        [new.reference, old.reference, undated.reference],
    ]
    assert listed(client, "category=civil") == [undated.reference]
    assert numbers(client.get("/desk/?category=civil"))["To decide"] == "1"


def test_pages_follow_one_another_and_end(client, category, officer, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    now = timezone.now()
    rows = [sent(category, due_at=now + n * HOUR).reference for n in range(5)]

    assert [listed(client, f"page={n}") for n in (1, 2, 3, 4)] == [rows[:2], rows[2:4], rows[4:], []]
    links = [page(client.get(f"/desk/?page={n}")).xpath("//nav[@class='pages']/a/@href") for n in (1, 2, 3)]
    assert links == [["?page=2"], ["?page=1", "?page=3"], ["?page=2"]]


def test_decided_of_several_statuses_are_one_list_over_its_pages(client, category, officer, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 3)
    now = timezone.now()
    rows = [
        sent(category, status=queue.DECIDED[n % 4], moved_at=now - n * HOUR, due_at=None).reference for n in range(7)
    ]

    assert [listed(client, f"view=decided&page={n}") for n in (1, 2, 3)] == [rows[:3], rows[3:6], rows[6:]]


def test_last_decided_stands_first_whenever_it_was_sent(client, category, officer):
    rows = [sent(category) for _ in range(3)]
    for row, action in [(rows[1], "decline"), (rows[2], "approve"), (rows[0], "approve")]:
        ground = {"ground": "incomplete"} if action == "decline" else {}
        workflow.apply(row, action, actor=Actor.DESK, by=officer, **ground)

    assert listed(client, "view=decided") == [rows[0].reference, rows[2].reference, rows[1].reference]


def test_order_of_one_view_is_offered_there_alone(client, category, officer):
    sent(category)
    offered = {
        view: page(client.get(f"/desk/?view={view}")).xpath("//select[@name='order']/option/@value")
        for view in ["new", "decided", "waitlist"]
    }

    assert offered == {
        "new": ["due", "oldest", "newest"],
        "decided": ["due", "oldest", "newest", "moved"],
        "waitlist": ["due", "oldest", "newest", "rank"],
    }
    assert client.get("/desk/?view=new&order=rank").context["asked"].order == "due"


def test_list_ends_at_its_bound_and_says_so(client, category, officer, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 2)
    monkeypatch.setattr(queue, "AT_MOST", 4)
    for _ in range(5):
        sent(category)

    last = page(client.get("/desk/?page=99"))
    assert last.xpath("//nav[@class='pages']/a/@rel") == ["prev"]
    assert "A list ends after 4 applications: choose a category or look for a word." in last.text_content()


@pytest.mark.parametrize(
    "query",
    ["view=mood", "order=due_at", "group=name", "page=-1", "page=٣", "page=" + "9" * 5000, "page=0", "category=none",
     "q=%00", "view=new&view=%00", "order=%F0%9F%92%A9"],
)  # fmt: skip
def test_what_makes_no_sense_is_left_aside(client, category, officer, query):
    sent(category)

    assert client.get(f"/desk/?{query}").status_code == 200


# Finding


@pytest.mark.parametrize("text", ["okafor", "Ada Okaf", "lantern", "ada@example.org", "{reference}", "{said}"])
def test_search_finds_in_every_view(client, category, officer, text):
    found = sent(
        category, status=Status.DECLINED, given_names="Ada", family_name="Okafor", email="ada@example.org",
        organization_name="The Daily Lantern",
    )  # fmt: skip
    sent(category, given_names="Luca", family_name="Rossi")
    said = found.reference.replace("-", " ").lower().replace("0", "o")

    assert listed(client, f"q={text.format(reference=found.reference, said=said)}") == [found.reference]


def test_search_keeps_to_the_category_and_the_meeting(client, category, officer):
    other = make_category(category.meeting, slug="other")
    here, there = sent(category, family_name="Okafor"), sent(other, family_name="Okafor")
    sent(make_category(make_meeting(code="ELSE")), family_name="Okafor")

    assert sorted(listed(client, "q=okafor&meeting=DEW")) == sorted([here.reference, there.reference])
    assert listed(client, "q=okafor&category=other") == [there.reference]


def test_search_without_a_word_finds_nothing(client, category, officer):
    sent(category)

    assert listed(client, "q=%2D%2D") == []


@pytest.mark.parametrize("is_granted", [False, True])
def test_hidden_person_is_found_by_reference_alone_and_told_by_alias(client, category, officer, is_granted):
    house = make_organization(f"House {CANARY}", country="FRA")
    registration = sent(
        category, given_names=CANARY, family_name=CANARY, badge_name=CANARY, email=f"{CANARY}@example.org".lower(),
        organization=house, asks_protection=True, answers={"country": "FRA"}, due_at=timezone.now() + 3 * DAY,
    )  # fmt: skip
    if is_granted:
        readers = make_readers()
        registration = protection.grant(registration, readers=readers, by=readers[0])
    sent(category, organization=house, name_key=registration.name_key, due_at=timezone.now() + 4 * DAY)

    for query in [
        f"q={CANARY}",
        f"q=House {CANARY}",
        "group=organization",
        "group=person",
        "",
        "view=new&order=newest",
    ]:
        found = [row for row in cells(client.get(f"/desk/?{query}")) if registration.reference in row[1]]
        assert CANARY.casefold() not in str(found).casefold()
        assert "France" not in str(found)
    assert registration.reference not in listed(client, f"q={CANARY}@example.org")
    [row] = cells(client.get(f"/desk/?q={registration.reference}"))
    assert row[1:3] == [registration.alias + registration.reference, ""]


# Groups


def test_late_today_and_later_stand_apart(client, category, officer, monkeypatch):
    noon = datetime(2026, 3, 2, 17, tzinfo=UTC)  # noon in New York
    monkeypatch.setattr(timezone, "now", lambda: noon)
    for due in [noon - HOUR, noon + HOUR, noon + 20 * HOUR, noon + 5 * DAY, None]:
        sent(category, due_at=due)

    answer = client.get("/desk/")
    assert titles(answer) == ["Late", "Due today", "Due tomorrow", "Due later", "No date"]
    assert [row[5] for row in cells(answer)] == [
        "late: today, 11:00", "today, 13:00", "tomorrow, 08:00", "7 Mar, 12:00", "",
    ]  # fmt: skip


def test_same_organization_stands_together_under_its_most_urgent(client, category, officer, monkeypatch):
    monkeypatch.setattr(queue, "PAGE", 3)
    now, lantern = timezone.now(), make_organization("The Daily Lantern")
    rows = [
        sent(category, due_at=now + HOUR, organization=lantern),
        sent(category, due_at=now + 2 * HOUR, organization_name="Radio Confluence"),
        sent(category, due_at=now + 3 * HOUR),
        sent(category, due_at=now + 4 * HOUR, organization_name="Radio Confluence"),
        sent(category, due_at=now + 5 * HOUR, organization=lantern),
        sent(category, status=Status.APPROVED, organization=lantern),
    ]
    names = [row.reference for row in rows]

    answer = client.get("/desk/?group=organization")

    assert references(answer) == [names[0], names[4], names[1], names[3], names[2]]
    assert titles(answer) == ["The Daily Lantern: 2 together", "Radio Confluence: 2 together"]


def test_same_person_is_shown_with_whatever_became_of_the_other_application(client, category, officer):
    other = make_category(category.meeting, slug="other")
    first = sent(category, given_names="Ada", family_name="Okafor", due_at=timezone.now())
    alone = sent(category, due_at=timezone.now() + HOUR)
    second = sent(other, given_names="Ada", family_name="Okafor", status=Status.DECLINED)
    sent(make_category(make_meeting(code="ELSE")), given_names="Ada", family_name="Okafor")

    answer = client.get("/desk/?group=person&meeting=DEW")

    assert references(answer) == [first.reference, second.reference, alone.reference]
    assert titles(answer) == ["Ada Okafor: 2 together"]


# A line


def test_line_tells_who_what_state_until_when_and_with_whom(client, category, officer):
    sent(
        category, given_names="Ada", family_name="Okafor", badge_name="Ада Окафор", medium="radio",
        organization_name="Radio Confluence", answers={"country": "FRA"}, hints=["double", "letter_old"],
        due_at=timezone.now() + 3 * DAY, claimed_by=officer,
    )  # fmt: skip

    [line] = cells(client.get("/desk/"))
    line.pop(5)
    reference = Registration.objects.get().reference
    assert line == [
        "", f"Ada Okafor Ада Окафор{reference}", "Radio ConfluenceFrance", "RadioPress", "In review", "Marta Example",
        "2 to look at: possible double, old letter",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "state", "due"),
    [
        ({}, "Received", ""),
        ({"returned_at": datetime(2026, 1, 1, tzinfo=UTC)}, "Answered", ""),
        ({"status": Status.INFO_REQUESTED}, "More information needed", "the clock stands still"),
        ({"status": Status.WAITLISTED}, "On the waiting list", ""),
        ({"part": Part.INTERPRETER}, "Received", ""),
    ],
)
def test_state_and_clock_in_words(category, fields, state, due):
    registration = sent(category, **fields)

    line = lines.line(registration, at=timezone.now())
    assert (str(line.state[0]), str(line.due.words)) == (state, due)


def test_decided_line_tells_by_whom_and_when(client, category, officer):
    registration = sent(category)
    workflow.apply(registration, "approve", actor=Actor.DESK, by=make_officer("second", name="Second Officer"))

    [line] = cells(client.get("/desk/?view=decided"))

    assert line[3] == "Approved"
    assert line[4].startswith(("today, ", "yesterday, "))
    assert line[5] == "Second Officer"


# Meetings and officers


def test_officer_of_one_meeting_sees_it_at_once_and_no_other(client, category):
    here = sent(category)
    there = sent(make_category(make_meeting(code="ELSE")))
    client.force_login(make_officer("one", roles=[Role.LIAISON_OFFICER], meeting=category.meeting))

    assert listed(client) == [here.reference]
    assert client.get("/desk/?meeting=ELSE").status_code == 404
    assert listed(client, f"q={there.reference}") == []
    assert page(client.get("/desk/")).xpath("//select[@id='meeting']") == []


def test_meeting_chosen_is_remembered_until_another_is_chosen(client, category, officer):
    here, there = sent(category), sent(make_category(make_meeting(code="ELSE")))

    assert listed(client, "meeting=dew") == [here.reference]
    assert listed(client) == [here.reference]
    assert listed(client, "meeting=ELSE") == [there.reference]
    assert listed(client, "view=new") == [there.reference]


def test_meeting_remembered_is_left_when_the_grant_for_it_ends(client, category):
    sent(category)
    there = sent(make_category(make_meeting(code="ELSE")))
    officer = make_officer("one", roles=[Role.LIAISON_OFFICER])
    client.force_login(officer)
    client.get("/desk/?meeting=DEW")
    Grant.objects.update(meeting=there.meeting)

    assert listed(client) == [there.reference]


@pytest.mark.parametrize("code", ["NONE", "\0", "x" * 500])
def test_meeting_that_is_none_is_not_found(client, category, officer, code):
    assert client.get("/desk/", {"meeting": code}).status_code == 404


def test_desk_without_an_application_says_what_will_open_it(client, officer):
    make_meeting()

    assert "Nobody has applied yet." in client.get("/desk/").content.decode()


@pytest.mark.parametrize("role", [role for role in Role if role not in {
    Role.LIAISON_OFFICER, Role.MEDIA_REVIEWER, Role.SUPERVISOR}])  # fmt: skip
def test_queue_is_not_there_for_whoever_does_not_review(client, category, role):
    sent(category)
    client.force_login(make_officer("other", roles=[role]))

    assert client.get("/desk/").status_code == 404


def test_supervisor_reads_the_queue_and_ticks_nothing(client, category):
    sent(category)
    client.force_login(make_officer("other", roles=[Role.SUPERVISOR]))

    answer = page(client.get("/desk/"))
    assert len(answer.xpath("//table[@class='queue']/tbody/tr/th/a")) == 1
    assert answer.xpath("//input[@type='checkbox'] | //button[@formaction]") == []


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_desk_speaks_the_officers_language(client, category, officer, language, direction):
    sent(category)
    User.objects.update(language=language)

    root = page(client.get("/desk/"))
    assert (root.get("lang"), root.get("dir")) == (language, direction)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("query", "statements"),
    [("", 8), ("view=mine", 11), ("view=decided", 12), ("group=organization", 9), ("group=person", 9), ("q=ada", 9)],
)
def test_statements_do_not_grow_with_the_rows(
    client, category, officer, django_assert_num_queries, query, statements, number
):
    client.get("/desk/?meeting=DEW")
    for _ in range(number):
        sent(category, organization_name="Example Post", claimed_by=officer)
        workflow.apply(sent(category), "approve", actor=Actor.DESK, by=officer)

    with django_assert_num_queries(statements):
        client.get(f"/desk/?{query}")
