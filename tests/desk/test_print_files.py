"""The file of a print job: made a few cards at a time, sent a piece at a time, and never half."""

import gc
import io
import weakref
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone

from accreditation import badge_sheets
from accreditation.badge_sheets import CannotPrint
from accreditation.desk import printing
from accreditation.models import Badge, BadgeEntry, PrintJob
from accreditation.states import BadgeState, Status
from accreditation.views.desk import print_jobs
from office.encryption import streams
from office.jobs import remove_orphans
from office.permissions import Role
from tests.builders import make_badge, make_category, make_meeting, make_officer, make_registration
from tests.door.badge_pages import sheets

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
PAGES = 2  # of a card: front and back


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW26"), slug="press", name="Press")


@pytest.fixture
def officer(client):
    officer = make_officer("badges", roles=[Role.BADGE_DESK])
    client.force_login(officer)
    return officer


def make_several(category, number=1):
    return [make_badge(make_registration(Status.APPROVED, category=category)) for _ in range(number)]


def make_job(category, officer, number=1):
    chosen = [badge.pk for badge in make_several(category, number)]
    return printing.ask(category.meeting, chosen, by=officer, language="en")


def made(job):
    printing.make(job)
    job.refresh_from_db()
    return job


def post(client, job):
    return client.post(f"/desk/badges/jobs/{job.pk}/file/")


@pytest.fixture
def readers(monkeypatch):
    """The files that were opened to be fetched."""
    found, real = [], streams.opened
    monkeypatch.setattr(streams, "opened", lambda *args, **how: found.append(real(*args, **how)) or found[-1])
    return found


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


# Made


def test_all_cards_of_a_job_stand_in_its_file_in_their_order_however_few_are_in_hand(category, officer, monkeypatch):
    monkeypatch.setattr(printing, "CARDS_BETWEEN", 2)
    monkeypatch.setattr(badge_sheets, "CHUNK", 3)
    job = made(make_job(category, officer, 5))

    with printing.fetch(job, by=officer) as file:
        found = pypdfium2.PdfDocument(io.BytesIO(file.read()))

    backs = [found[page].get_textpage().get_text_bounded() for page in range(1, len(found), PAGES)]
    numbers = [str(badge) for badge in Badge.objects.order_by("number")]
    assert [next(number for number in numbers if number in back) for back in backs] == numbers
    assert len(found) == PAGES * 5


@pytest.mark.parametrize("number", [1, 3])
def test_making_asks_as_much_for_three_cards_as_for_one(category, officer, number, django_assert_num_queries):
    made(make_job(category, officer))  # the meeting has its key
    job = make_job(category, officer, number)

    with django_assert_num_queries(15):
        printing.make(job)


def test_cards_that_are_set_let_go_of_their_people(category, monkeypatch):
    monkeypatch.setattr(badge_sheets, "CHUNK", 1)
    keys, people, alive = [badge.pk for badge in make_several(category, 5)], [], []

    def one_by_one():
        for key in keys:
            gc.collect()
            alive.append([person() is not None for person in people])
            badge = Badge.objects.with_person().get(pk=key)
            people.append(weakref.ref(badge.registration))
            yield badge

    _document, warnings = sheets(one_by_one(), badge_sheets.layout_of(category.meeting), language="en")

    assert alive[4][:2] == [False, False]
    assert [warning.badge.pk for warning in warnings] == keys


def test_job_that_fails_on_the_way_leaves_no_file_and_its_badges_wait_again(
    category, officer, monkeypatch, private_files
):
    monkeypatch.setattr(badge_sheets, "CHUNK", 1)
    real, asked = badge_sheets._typeset, []

    def fails_at_the_third(*args, **how):
        asked.append(files_in(private_files))
        if len(asked) == 3:
            raise CannotPrint
        return real(*args, **how)

    monkeypatch.setattr(badge_sheets, "_typeset", fails_at_the_third)
    job = made(make_job(category, officer, 4))

    assert (job.has_failed, job.file, asked, files_in(private_files)) == (True, "", [[], [], []], [])
    assert Badge.objects.ready().filter(~printing.in_job()).count() == 4


def test_disk_that_is_full_fails_the_job(category, officer, monkeypatch, private_files):
    job = make_job(category, officer)
    with open("/dev/full", "w+b", buffering=0) as full:
        monkeypatch.setattr(streams, "_nameless", lambda: full)
        job = made(job)

    assert (job.has_failed, job.file, files_in(private_files)) == (True, "", [])


# Fetched


def test_file_is_sent_in_pieces_and_its_length_is_told_before(client, category, officer, monkeypatch, readers):
    monkeypatch.setattr(streams, "SEGMENT_BYTES", 5000)
    monkeypatch.setattr(print_jobs, "SENT_AT_ONCE", 3000)
    answer = post(client, made(make_job(category, officer, 2)))

    pieces = list(answer.streaming_content)

    assert {len(piece) for piece in pieces[:-1]} == {3000}
    assert sum(map(len, pieces)) == int(answer["Content-Length"])
    assert len(pypdfium2.PdfDocument(io.BytesIO(b"".join(pieces)))) == PAGES * 2
    assert [reader.closed for reader in readers] == [True]


def test_connection_that_breaks_leaves_no_file_and_the_cards_count_as_printed(
    client, category, officer, monkeypatch, private_files, readers
):
    monkeypatch.setattr(print_jobs, "SENT_AT_ONCE", 1000)
    job = made(make_job(category, officer, 2))
    answer = post(client, job)

    next(answer.streaming_content)
    answer._iterator.close()  # as the server does to a response; the test client has wrapped it in this

    assert ([reader.closed for reader in readers], files_in(private_files)) == ([True], [])
    assert post(client, job).status_code == 302
    assert BadgeEntry.objects.filter(act="print").count() == 2


@pytest.mark.parametrize("where", ["first", "last"])
def test_file_that_was_tampered_with_prints_nothing_and_says_so(
    client, category, officer, monkeypatch, private_files, where
):
    monkeypatch.setattr(streams, "SEGMENT_BYTES", 5000)
    job = made(make_job(category, officer))
    [path] = files_in(private_files)
    whole = bytearray(path.read_bytes())
    whole[streams.HEAD_BYTES + 20 if where == "first" else -1] ^= 1
    path.write_bytes(whole)

    answer = client.post(f"/desk/badges/jobs/{job.pk}/file/", follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert said == ["This cannot be read at the moment. The desk can tell you more."]
    assert Badge.objects.get().state == BadgeState.ISSUED
    assert (PrintJob.objects.get().file, files_in(private_files)) == (job.file, [path])


def test_file_that_is_gone_prints_nothing_and_says_so(client, category, officer, private_files):
    job = made(make_job(category, officer))
    [path] = files_in(private_files)
    path.unlink()

    answer = client.post(f"/desk/badges/jobs/{job.pk}/file/", follow=True)

    said = [str(message) for message in answer.context["messages"]]
    assert said == ["The file was fetched, or is gone after a day. Print these badges anew."]
    assert Badge.objects.get().state == BadgeState.ISSUED


def test_file_of_a_job_stays_for_as_long_as_it_can_be_fetched(category, officer, private_files):
    made(make_job(category, officer))

    assert remove_orphans(at=timezone.now() + printing.KEPT - timedelta(minutes=1)) == 0
    assert len(files_in(private_files)) == 1
