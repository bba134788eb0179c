"""The queue's numbers by e-mail: each morning, once, to whom something waits, and of nobody who applied."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accreditation.desk import digest, queue
from accreditation.jobs import PERIODIC
from accreditation.states import Status
from office.models import Message, User
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer, make_registration

pytestmark = pytest.mark.django_db
CANARY = "Qwyzzle"


def clock(hour, minute=0, day=2):
    return datetime(2026, 3, day, hour, minute, tzinfo=timezone.get_default_timezone())


MORNING = clock(7)


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW"))


@pytest.fixture
def marta():
    return make_officer("marta", roles=[Role.MEDIA_REVIEWER])


def receivers():
    return sorted(Message.objects.values_list("to", flat=True))


def test_letter_counts_by_view_and_links_to_each(category, marta):
    for fields in [{}, {"due_at": MORNING}, {"returned_at": MORNING}, {"claimed_by": marta}]:
        make_registration(Status.SUBMITTED, category=category, **fields)
    make_registration(Status.WAITLISTED, category=category)

    assert digest.send(at=MORNING) == 1

    letter = Message.objects.get()
    assert (letter.to, letter.kind, letter.is_bulk) == ("marta@example.int", "desk_digest", True)
    assert letter.subject == "The desk this morning: 4 applications to decide"
    lines = letter.text.split("-- \n")[0].strip().split("\n\n")[1:]
    assert lines == [
        f"DEW, {name}:\n{settings.SITE_URL}/desk/?meeting=DEW&view={view}"
        for name, view in [
            ("Mine: 1", "mine"),
            ("To decide: 4", "new"),
            ("Near the deadline: 1", "due"),
            ("Answered: 1", "answered"),
            ("Waiting list: 1", "waitlist"),
        ]
    ]


def test_links_open_the_lists_that_they_count(client, category, marta):
    make_registration(Status.SUBMITTED, category=category)
    digest.send(at=MORNING)
    client.force_login(marta)

    [line] = [line for line in Message.objects.get().text.splitlines() if line.startswith("http")]
    assert client.get(line.removeprefix(settings.SITE_URL)).context["asked"].view == queue.VIEWS["new"]


@pytest.mark.parametrize(
    ("hour", "minute", "number"), [(6, 59, 0), (7, 0, 1), (9, 59, 1), (10, 0, 0), (0, 0, 0), (23, 0, 0)]
)
def test_letter_is_written_in_the_morning_at_the_seat(category, marta, hour, minute, number):
    make_registration(Status.SUBMITTED, category=category)

    assert digest.send(at=clock(hour, minute)) == number


def test_letter_is_written_once_a_day(category, marta):
    make_registration(Status.SUBMITTED, category=category)

    sent = [digest.send(at=at) for at in (MORNING, MORNING, clock(8), clock(7, day=3))]
    assert sent == [1, 0, 0, 1]


def test_only_those_who_review_want_it_and_have_work_get_it(category):
    make_registration(Status.SUBMITTED, category=category)
    elsewhere = make_registration(Status.APPROVED).meeting
    make_officer("reviews", roles=[Role.LIAISON_OFFICER])
    make_officer("above", roles=[Role.SUPERVISOR])
    make_officer("here", roles=[Role.MEDIA_REVIEWER], meeting=category.meeting)
    make_officer("idle", roles=[Role.MEDIA_REVIEWER], meeting=elsewhere)
    make_officer("door", roles=[Role.DOOR])
    make_officer("stopped", roles=[Role.LIAISON_OFFICER], wants_digest=False)
    make_officer("left", roles=[Role.LIAISON_OFFICER], is_active=False)
    make_officer("former", roles=[Role.LIAISON_OFFICER], ends_on=timezone.localdate() - timedelta(days=1))
    User.objects.filter(pk=make_officer("unreachable", roles=[Role.LIAISON_OFFICER]).pk).update(email="")

    assert digest.send(at=MORNING) == 3
    assert receivers() == ["above@example.int", "here@example.int", "reviews@example.int"]


def test_what_is_kept_alone_is_work_too(category, marta):
    make_officer("other", roles=[Role.MEDIA_REVIEWER])
    make_registration(Status.INFO_REQUESTED, category=category, claimed_by=marta)

    assert digest.send(at=MORNING) == 1
    assert receivers() == ["marta@example.int"]


def test_letter_names_nobody_who_applied(category, marta):
    make_registration(
        Status.SUBMITTED, category=category, given_names=CANARY, family_name=CANARY, organization_name=CANARY,
        email=f"{CANARY.lower()}@example.org", claimed_by=marta, hints=["double"],
    )  # fmt: skip
    digest.send(at=MORNING)

    letter = Message.objects.get()
    assert CANARY.lower() not in f"{letter.subject}{letter.text}{letter.html}{letter.headers}".lower()


def test_title_of_a_meeting_that_is_not_announced_stays_in_the_house(marta):
    make_registration(Status.SUBMITTED, category=make_category(make_meeting(title=f"{CANARY} summit", code="DEW")))
    digest.send(at=MORNING)

    assert CANARY not in Message.objects.get().text


def test_letter_speaks_the_officers_language(category, marta):
    User.objects.update(language="ar")
    make_registration(Status.SUBMITTED, category=category)
    digest.send(at=MORNING)

    letter = Message.objects.get()
    assert letter.language == "ar"
    assert '<html lang="ar" dir="rtl"' in letter.html


@pytest.mark.parametrize("number", [1, 3])
def test_statements_do_not_grow_with_the_applications(category, marta, django_assert_num_queries, number):
    for _ in range(number):
        make_registration(Status.SUBMITTED, category=category)

    with django_assert_num_queries(10):
        digest.send(at=MORNING)


def test_officer_stops_it_and_starts_it_again(client, category, marta):
    make_registration(Status.SUBMITTED, category=category)
    client.force_login(marta)

    for wants, sentence in [
        ("no", "You get no e-mail about the queue."),
        ("yes", "Each morning you get these numbers"),
    ]:
        answer = client.post("/desk/digest/", {"wants": wants})
        assert answer["Location"] == "/desk/#digest"
        assert User.objects.get().wants_digest == (wants == "yes")
        assert sentence in client.get("/desk/").content.decode()


def test_worker_asks_for_it():
    [job] = [job for job in PERIODIC if job.run is digest.send]
    assert job.every <= timedelta(minutes=30)
