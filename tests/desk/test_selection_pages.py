"""The pages of speakers, draws and pools: what they say, who may open them, what they refuse in words."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation import finding
from accreditation.desk import draws, lot, pools, speaking
from accreditation.models import Category, Draw, Pool, PoolPlace, PoolSeats, Registration, Score, SpeakingPlace
from accreditation.states import Status
from advisory import publishing
from office.models import Message
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer, make_registration
from tests.desk.test_draws import announced, applicant, close
from tests.desk.test_pools import approved, make_pool, taken
from tests.desk.test_speaking import graded, request_of
from tests.filled_form import filled

pytestmark = pytest.mark.django_db
GRADE = {"relevance": "5", "experience": "4", "balance": "3", "remark": "Clear."}


@pytest.fixture
def officer(client):
    officer = make_officer(roles=[Role.MEDIA_REVIEWER])
    client.force_login(officer)
    return officer


@pytest.fixture
def category():
    return make_category(hold_seconds=0, capacity=3, closes_at=timezone.now() + timedelta(days=1))


def at(name, *words):
    return reverse(f"desk:{name}", args=words)


def said(response):
    return " ".join(response.content.decode().split())


# Who comes in


def every_address(category, officer):
    """(address, is a post) of each page, with rows behind it."""
    meeting, request = category.meeting.code, request_of(category)
    pool = make_pool(category.meeting)
    pools.put_in(approved(category), pool, by=officer)
    announced(category, officer)
    return [
        (at("speaking", meeting), False),
        (at("speaking-request", meeting, request.reference), False),
        (at("speaking-grade", meeting, request.reference), True),
        (at("speaking-outcome", meeting, request.reference), True),
        (at("speaking-choose", meeting), True),
        (at("draws", meeting), False),
        (at("draw", meeting, category.slug), False),
        (at("draw-announce", meeting, category.slug), True),
        (at("draw-make", meeting, category.slug), True),
        (at("draw-carry-out", meeting, category.slug), True),
        (at("pools", meeting), False),
        (at("pool", meeting, pool.pk), False),
        (at("pool-list", meeting, pool.pk), False),
        (at("pool-in", meeting, pool.pk), True),
        (at("pool-out", meeting, pool.pk), True),
    ]


@pytest.mark.parametrize("roles", [[], [Role.PRESS_OFFICER], [Role.SECURITY_LIAISON], [Role.BADGE_DESK], "elsewhere"])
def test_pages_are_not_there_for_others_nor_for_officers_of_another_meeting(client, category, roles):
    addresses = every_address(category, make_officer("desk", roles=[Role.MEDIA_REVIEWER]))
    elsewhere = roles == "elsewhere"
    roles, meeting = ([Role.MEDIA_REVIEWER], make_meeting()) if elsewhere else (roles, None)
    client.force_login(make_officer("other", roles=roles, meeting=meeting))

    for address, is_post in addresses:
        response = client.post(address, GRADE) if is_post else client.get(address)
        assert response.status_code == 404, address
    assert Score.objects.count() == SpeakingPlace.objects.count() == 0
    assert PoolPlace.objects.count() == 1


def test_pages_open_for_a_reviewer_and_posts_refuse_a_get(client, category, officer):
    for address, is_post in every_address(category, officer):
        assert client.get(address).status_code == (405 if is_post else 200), address


def test_supervisor_chooses_and_grades_nothing(client, category, officer):
    request = request_of(category)
    client.force_login(make_officer("supervisor", roles=[Role.SUPERVISOR]))

    page = at("speaking-request", category.meeting.code, request.reference)
    assert "Your grade" not in said(client.get(page))
    assert client.post(f"{page}grade/", GRADE).status_code == 404
    assert client.post(f"{page}outcome/", {"outcome": "reserve"}).status_code == 302
    assert SpeakingPlace.objects.get().outcome == "reserve"


# Speaking


def test_officer_grades_and_then_reads_the_colleagues_grade(client, category, officer):
    request = graded(request_of(category), [make_officer("amina", name="Amina Officer")], 9)
    page = at("speaking-request", category.meeting.code, request.reference)
    assert "Amina Officer" not in said(client.get(page))

    response = client.post(at("speaking-grade", category.meeting.code, request.reference), GRADE, follow=True)

    assert response.redirect_chain == [(page, 302)]
    assert "Amina Officer" in said(response)
    assert "10.5 points" in said(response)
    assert Score.objects.get(by=officer).remark == "Clear."
    again = client.post(at("speaking-grade", category.meeting.code, request.reference), GRADE)
    assert (again.status_code, Score.objects.count()) == (422, 2)
    assert "You have graded this request, and your grade stands." in said(again)


@pytest.mark.parametrize("points", ["", "0", "6", "x", "²", "\0"])
def test_grade_out_of_range_is_refused_with_the_remark_kept(client, category, officer, points):
    request = request_of(category)

    response = client.post(
        at("speaking-grade", category.meeting.code, request.reference), GRADE | {"relevance": points}
    )

    assert (response.status_code, Score.objects.count()) == (422, 0)
    assert "Clear.</textarea>" in said(response)
    assert "There is a problem" in said(response)


def test_list_asks_as_often_for_three_as_for_one(client, category, officer, django_assert_num_queries):
    for _ in range(3):
        graded(request_of(category), [officer, make_officer(f"x{Registration.objects.count()}")], 9, 9)
        with django_assert_num_queries(6):  # session, officer, grants, meeting, grades, requests
            client.get(at("speaking", category.meeting.code))


def test_speakers_are_chosen_from_the_page(client, category, officer):
    request = request_of(category)
    typed = {"speakers": "1", "reserves": "0"}

    refused = client.post(at("speaking-choose", category.meeting.code), typed)
    assert (refused.status_code, SpeakingPlace.objects.count()) == (422, 0)
    assert "1 request still needs a grade." in said(refused)

    graded(request, [officer, make_officer("amina")], 9, 9)
    for wrong in ["", "-1", "x", "9" * 30]:
        assert client.post(at("speaking-choose", category.meeting.code), typed | {"speakers": wrong}).status_code == 422
    done = client.post(at("speaking-choose", category.meeting.code), typed, follow=True)
    assert "1 person is told." in said(done)
    assert SpeakingPlace.objects.get().outcome == "selected"


def test_hidden_person_stands_on_the_pages_by_the_alias_alone(client, category, officer):
    hidden = request_of(
        category, given_names="Qwyzzle", family_name="Qwyzzle", organization_name="Qwyzzle News", asks_protection=True,
        country="TUV",
    )  # fmt: skip
    hidden.speaking |= {"speaking_topic": "Qwyzzle News banned", "speaking_joint": "The friends of Qwyzzle"}
    hidden.save(update_fields=["speaking"])
    pool = make_pool(category.meeting, seats={"": 9, "print": 1})
    pools.put_in(hidden, pool, by=officer)
    other = make_pool(category.meeting, "Opening")
    meeting = category.meeting.code

    pages = [at("speaking", meeting), at("speaking-request", meeting, hidden.reference), at("pool", meeting, pool.pk)]
    for page in [*pages, at("pool", meeting, other.pk), at("pool-list", meeting, pool.pk)]:
        shown = said(client.get(page))
        assert hidden.alias in shown
        assert "Qwyzzle" not in shown
        assert "Tuvalu" not in shown
    client.post(at("open", hidden.reference))
    assert "The friends of Qwyzzle" in said(client.get(pages[1]))


# Draws


def test_draw_goes_from_its_sentence_to_its_decisions(client, category, officer):
    words = category.meeting.code, category.slug
    typed = {"sentence": " The bell   rings. ", "seats": "2", "media": "photo\nprint", "is_published": "on"}
    assert client.post(at("draw-announce", *words), typed).status_code == 302
    draw = Draw.objects.get()
    assert (draw.sentence, draw.seats, draw.media, draw.is_published) == (
        "The bell rings.",
        2,
        ["photo", "print"],
        True,
    )
    for country in ["FRA", "FRA", "KEN"]:
        applicant(category, country)

    assert "Applications are still open" in said(client.post(at("draw-make", *words), follow=True))
    close(category)
    assert client.post(at("draw-make", *words), follow=True).status_code == 200
    done = said(client.post(at("draw-carry-out", *words), follow=True))

    assert "3 decisions made." in done
    assert "Carried out." in done
    statuses = Registration.objects.values_list("status", flat=True)
    assert sorted(statuses) == [Status.APPROVED, Status.APPROVED, Status.WAITLISTED]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"sentence": ""}, "Fill in “Sentence”."),
        ({"seats": "4"}, "Only 3 seats of this category are free."),
        ({"seats": "0"}, "greater than or equal to 1"),
        ({"media": "photo\ncarrier pigeon"}, "“carrier pigeon” is none of"),
    ],
)
def test_announcement_that_cannot_stand_is_refused_with_what_was_typed(client, category, officer, typed, told):
    words = {"sentence": "The bell rings.", "seats": "2", "media": "photo"} | typed

    response = client.post(at("draw-announce", category.meeting.code, category.slug), words)

    assert (response.status_code, Draw.objects.count()) == (422, 0)
    assert told in said(response).replace("&#x27;", "'")


def test_second_announcement_changes_nothing(client, category, officer):
    announced(category, officer)

    response = client.post(
        at("draw-announce", category.meeting.code, category.slug), {"sentence": "Another", "seats": "1"}, follow=True
    )

    assert "is announced already, and stands." in said(response)
    assert Draw.objects.get().sentence == "The bell rings at dawn."


@pytest.fixture
def public(category, officer):
    """A draw of an announced meeting that publishes it, drawn."""
    publishing.publish(category.meeting, by=None)
    draw = announced(category, officer)
    for country in ["FRA", "FRA", "FRA", "KEN", "PER"]:
        applicant(category, country, given_names="Qwyzzle")
    applicant(category, status=Status.WITHDRAWN)
    close(category)
    return draws.make(draw)


def record_at(public, suffix):
    meeting = public.category.meeting
    return f"/meetings/{meeting.url_year}/{meeting.slug}/draws/{public.category.slug}{suffix}"


def test_published_record_names_nobody_and_comes_out_the_same(client, public):
    public.category.meeting.refresh_from_db()

    outcome = said(client.get(at("draw", public.category.meeting.code, public.category.slug)))
    client.logout()
    record = client.get(record_at(public, ".json"))
    page = said(client.get(record_at(public, "/")))

    assert lot.verify(json.loads(record.content)) == 5
    for reference in public.outcome:
        assert reference in page
        assert reference in outcome
    assert "Qwyzzle" not in page + record.content.decode()
    assert public.seed in page


def test_record_that_is_not_published_is_not_there(client, public):
    public.category.meeting.refresh_from_db()
    Draw.objects.update(is_published=False)

    assert [client.get(record_at(public, suffix)).status_code for suffix in ["/", ".json"]] == [404, 404]


def test_entry_of_who_was_protected_since_is_not_on_the_page(client, public):
    public.category.meeting.refresh_from_db()
    Registration.objects.filter(reference=public.outcome[0]).update(asks_protection=True)

    page = said(client.get(record_at(public, "/")))

    assert public.outcome[0] not in page + client.get(record_at(public, ".json")).content.decode()
    assert "1 entry is withheld to protect a person." in page


# Pools


def test_people_are_put_in_and_taken_out_on_the_page(client, category, officer):
    pool = make_pool(category.meeting)
    first, second = approved(category), approved(category)
    stranger = approved(make_category(make_meeting()))
    words = category.meeting.code, pool.pk

    draft = make_registration(Status.DRAFT, category=category, family_name="Unsent")
    people = [first.reference, second.reference, stranger.reference, draft.reference, "NONE-1", "\0"]
    done = said(client.post(at("pool-in", *words), {"reference": people}, follow=True))

    assert "1 person is in and told." in done
    assert "All seats of this kind are taken: Photography: 1 of 1 seat." in done
    assert (PoolPlace.objects.count(), "Unsent" in done) == (1, False)
    there = PoolPlace.objects.get().registration.reference
    assert client.post(at("pool-out", *words), {"reference": "\0"}).status_code == 404
    assert client.post(at("pool-out", *words), {"reference": there}).status_code == 302
    assert taken(pool) == {"photo": 0, "": 0}


def test_pool_of_another_meeting_is_not_there(client, category, officer):
    other = make_pool(make_meeting())

    for pool in [other.pk, 10**6, 10**30]:
        assert client.get(at("pool", category.meeting.code, pool)).status_code == 404


@pytest.mark.parametrize("name", ["pool", "pool-list"])
def test_pool_asks_as_often_for_three_as_for_one(client, category, officer, name, django_assert_num_queries):
    pool = make_pool(category.meeting, seats={"": 9})
    Category.objects.update(capacity=None)
    for _ in range(3):
        pools.put_in(approved(category), pool, by=officer)
        approved(category)
        with django_assert_num_queries(8 if name == "pool" else 7):
            client.get(at(name, category.meeting.code, pool.pk))


def test_candidates_are_found_by_name(client, category, officer):
    pool = make_pool(category.meeting)
    for family in ["Okafor", "Rossi"]:
        finding.index(approved(category, family_name=family))

    shown = said(client.get(at("pool", category.meeting.code, pool.pk), {"q": "okaf"}))

    assert "Okafor" in shown
    assert "Rossi" not in shown


# The staff panel


def test_pool_is_set_up_and_its_people_are_told_when_it_changes(client, category, officer):
    category.meeting.time_zone = "America/New_York"
    category.meeting.save()
    pool = make_pool(category.meeting, seats={"photo": 2})
    pools.put_in(approved(category), pool, by=officer)
    page = reverse("admin:accreditation_pool_change", args=[pool.pk])

    form = filled(client.get(page), "pool_form")
    response = client.post(page, form | {"place": "South gate"}, follow=True)

    assert "1 person is told." in said(response)
    assert Pool.objects.get().place == "South gate"
    assert PoolSeats.objects.get().taken == 1
    assert Message.objects.filter(kind="registration_pool_changed").count() == 1
    client.post(page, filled(client.get(page), "pool_form"))
    assert Message.objects.filter(kind="registration_pool_changed").count() == 1


def test_pool_never_has_fewer_seats_than_are_taken(client, category, officer):
    pool = make_pool(category.meeting, seats={"photo": 2})
    pools.put_in(approved(category), pool, by=officer)
    page = reverse("admin:accreditation_pool_change", args=[pool.pk])

    form = filled(client.get(page), "pool_form")
    response = client.post(page, form | {"seats-0-seats": "0"})

    assert "Seats taken: 1. Give at least as many" in said(response)
    assert PoolSeats.objects.get().seats == 2


def test_new_pool_is_added_with_its_seats(client, category, officer):
    page = reverse("admin:accreditation_pool_add") + f"?meeting={category.meeting.pk}"
    typed = {
        "name": "Opening", "kind": "pool", "form_up_at_date": "2016-09-06", "form_up_at_time": "08:45",
        "form_up_at_zone": "America/New_York", "seats-0-medium": "photo", "seats-0-seats": "4",
    }  # fmt: skip

    response = client.post(
        page, filled(client.get(page), "pool_form") | typed | {"meeting": category.meeting.pk}, follow=True
    )

    assert response.status_code == 200
    pool = Pool.objects.get()
    assert (pool.name, pool.form_up_at.isoformat()) == ("Opening", "2016-09-06T12:45:00+00:00")
    assert taken(pool) == {"photo": 0}


def test_speaking_pages_know_nobody_who_does_not_ask(client, category, officer):
    silent = make_registration(Status.APPROVED, category=category)

    assert client.get(at("speaking-request", category.meeting.code, silent.reference)).status_code == 404
    assert speaking.requests(category.meeting).count() == 0
