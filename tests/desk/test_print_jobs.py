"""Print jobs: whom they take, that they are sealed and fetched once, and what becomes of their badges."""

import io
from datetime import timedelta

import pypdfium2
import pytest
from django.utils import timezone
from lxml import html

from accreditation import badges, jobs
from accreditation.desk import printing
from accreditation.desk.printing import PrintRefused, View
from accreditation.models import Badge, BadgeEntry, Evidence, PrintJob, Registration
from accreditation.states import BadgeState, EvidenceKind, Status, WhyReplaced
from office.permissions import Role
from tests.builders import make_badge, make_category, make_meeting, make_officer, make_registration

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW26"), slug="press", name="Press")


@pytest.fixture
def officer(client):
    officer = make_officer("badges", roles=[Role.BADGE_DESK])
    client.force_login(officer)
    return officer


def make_several(category, number=1, **fields):
    return [make_badge(make_registration(Status.APPROVED, category=category), **fields) for _ in range(number)]


def give_photo(badge):
    Evidence.objects.create(
        registration=badge.registration, kind=EvidenceKind.PORTRAIT, media_type="image/jpeg", size=1, pages=1,
        digest="0" * 64, stored_as="nowhere", added_at=timezone.now(),
    )  # fmt: skip


def ask(category, chosen, officer, **more):
    return printing.ask(category.meeting, [badge.pk for badge in chosen], by=officer, language="en", **more)


def state_of(view, category):
    return list(printing.rows(category.meeting, View(state=view)))


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_officer_prints_all_of_a_view_and_fetches_the_cards_once(client, officer, category, private_files):
    first, second = make_several(category, 2)
    make_several(make_category(category.meeting, slug="crew"))

    page = client.post("/desk/badges/print/DEW26/", {"all": "yes", "category": "press", "language": "en"})
    job = PrintJob.objects.get()
    answer = client.post(f"/desk/badges/jobs/{job.pk}/file/")
    document = answer.getvalue()
    again = client.post(f"/desk/badges/jobs/{job.pk}/file/")

    assert page.url == f"/desk/badges/jobs/{job.pk}/"
    assert answer["Content-Disposition"] == f'attachment; filename="DEW26-badges-{job.pk}.pdf"'
    assert (answer["Content-Type"], answer["Content-Length"]) == ("application/pdf", str(len(document)))
    assert len(pypdfium2.PdfDocument(io.BytesIO(document))) == 4  # fronts and backs
    assert again.status_code == 302
    assert files_in(private_files) == []
    assert list(Badge.objects.filter(state=BadgeState.PRINTED).order_by("number")) == [first, second]
    assert BadgeEntry.objects.filter(act="print", by=officer).count() == 2


def test_file_is_sealed_until_it_is_fetched(officer, category, private_files):
    job = ask(category, make_several(category), officer)

    printing.make(job)

    [file] = files_in(private_files)
    assert b"%PDF" not in file.read_bytes()
    assert Badge.objects.get().state == BadgeState.ISSUED


def test_large_job_waits_for_the_worker(client, officer, category):
    make_several(category, printing.AT_ONCE + 1)

    page = client.post("/desk/badges/print/DEW26/", {"all": "yes", "language": "en"})
    waiting = client.get(page.url)
    printing.make_waiting()

    ready = client.get(page.url)
    assert "Being made: this page shows by itself when it is ready" in waiting.content.decode()
    assert "The file is ready." in ready.content.decode()
    assert [answer.headers.get("Refresh") for answer in (waiting, ready)] == ["5", None]


def test_badges_of_a_job_stand_in_no_other(officer, category):
    [badge] = make_several(category)
    ask(category, [badge], officer)

    with pytest.raises(PrintRefused) as refused:
        ask(category, [badge], officer)

    assert str(refused.value) == "None of these badges waits to be printed."
    assert (state_of("open", category), state_of("printing", category)) == ([], [badge])


@pytest.mark.parametrize("end", ["given up", "a day old", "failed"])
def test_badges_of_a_job_that_came_to_nothing_wait_again(client, officer, category, monkeypatch, private_files, end):
    [badge] = make_several(category)
    job = ask(category, [badge], officer)
    if end == "failed":

        def fail(*args, **kwargs):
            raise RuntimeError

        monkeypatch.setattr("accreditation.badge_sheets.sheets", fail)
        printing.make(job)
        assert "The file could not be made." in client.get(f"/desk/badges/jobs/{job.pk}/").content.decode()
    elif end == "given up":
        printing.make(job)
        client.post(f"/desk/badges/jobs/{job.pk}/end/")
    else:
        printing.make(job)
        assert printing.forget_files(at=timezone.now() + timedelta(hours=23)) == 0
        assert printing.forget_files(at=timezone.now() + timedelta(days=1)) == 1

    assert state_of("open", category) == [badge]
    assert files_in(private_files) == []


def test_held_and_ended_badges_are_left_out_when_the_file_is_made(officer, category):
    held, ended, kept = make_several(category, 3)
    job = ask(category, [held, ended, kept], officer)
    Registration.objects.filter(pk=held.registration_id).update(held_until=timezone.now() + timedelta(minutes=1))
    Registration.objects.filter(pk=ended.registration_id).update(status=Status.WITHDRAWN)

    assert list(printing.cards(job)) == [kept]


def test_card_of_a_badge_that_ended_after_it_was_fetched_is_told(client, officer, category):
    [badge] = make_several(category)
    job = ask(category, [badge], officer)
    printing.make(job)
    client.post(f"/desk/badges/jobs/{job.pk}/file/")
    badge.refresh_from_db()
    badges.replace(badge, by=officer, why=WhyReplaced.MISPRINT)

    page = html.fromstring(client.get(f"/desk/badges/jobs/{job.pk}/").content)

    [heading] = page.xpath("//h2[contains(., 'Destroy these cards')]")
    assert heading.xpath("../ul/li/a/bdi/text()") == [str(badge)]


def fetched(client, category, chosen, officer):
    job = ask(category, chosen, officer)
    printing.make(job)
    client.post(f"/desk/badges/jobs/{job.pk}/file/")
    return f"/desk/badges/jobs/{job.pk}/"


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def test_cards_that_came_out_badly_are_replaced_together_and_go_on_to_be_printed(client, officer, category):
    chosen = make_several(category, 3)
    address = fetched(client, category, chosen, officer)

    boxes = html.fromstring(client.get(address).content).xpath("//input[@name='badge']/@value")
    answer = client.post(address, {"badge": boxes[:2]}, follow=True)

    new = list(Badge.objects.filter(state=BadgeState.ISSUED).order_by("number"))
    [(path, _status)] = answer.redirect_chain
    assert boxes == [str(badge.pk) for badge in chosen]
    assert [badge.replaces for badge in new] == chosen[:2]
    assert path == f"/desk/badges/print/DEW26/?badge={new[0].pk}&badge={new[1].pk}"
    assert html.fromstring(answer.content).xpath("//input[@name='badge']/@value") == [str(badge.pk) for badge in new]
    assert said(answer) == ["2 cards open nothing from now on. Print the new ones."]
    assert list(BadgeEntry.objects.filter(act="replace").values_list("badge", "why").order_by("badge")) == [
        (badge.pk, "misprint") for badge in chosen[:2]
    ]


def test_card_that_was_handed_over_meanwhile_is_not_replaced_with_the_others(client, officer, category):
    worn, bad = make_several(category, 2)
    address = fetched(client, category, [worn, bad], officer)
    worn.refresh_from_db()
    badges.hand_over(worn, by=officer, is_id_seen=True)

    first = client.post(address, {"badge": [worn.pk, bad.pk]}, follow=True)
    again = client.post(address, {"badge": [worn.pk, bad.pk]}, follow=True)
    nothing = client.post(address, follow=True)

    assert said(first) == [
        f"{worn}: This badge is collected already.", "1 card opens nothing from now on. Print the new one.",
    ]  # fmt: skip
    assert said(again) == [f"{worn}: This badge is collected already.", f"{bad}: This badge is void."]
    assert said(nothing) == ["Tick the cards that came out badly."]
    assert Badge.objects.count() == 3


def test_cards_of_another_job_are_not_replaced(client, officer, category):
    one, other = make_several(category, 2)
    address = fetched(client, category, [one], officer)
    fetched(client, category, [other], officer)

    client.post(address, {"badge": [other.pk]})

    other.refresh_from_db()
    assert other.state == BadgeState.PRINTED


def test_every_badge_of_a_large_job_can_be_ticked(client, officer, category, monkeypatch):
    monkeypatch.setattr("accreditation.views.desk.print_jobs.SHOWN", 2)
    chosen = make_several(category, 3)
    address = fetched(client, category, chosen, officer)

    pages = [html.fromstring(client.get(f"{address}?page={page}").content) for page in ("1", "2", "x")]

    assert [page.xpath("//input[@name='badge']/@value") for page in pages] == [
        [str(badge.pk) for badge in chosen[:2]], [str(chosen[2].pk)], [str(badge.pk) for badge in chosen[:2]],
    ]  # fmt: skip


def test_who_has_no_photo_is_listed_before_printing_and_can_be_left_out(client, officer, category):
    bare, pictured = make_several(category, 2)
    give_photo(pictured)
    address = f"/desk/badges/print/DEW26/?badge={bare.pk}&badge={pictured.pk}"

    page = html.fromstring(client.get(address).content)
    client.post("/desk/badges/print/DEW26/", {"badge": [bare.pk, pictured.pk], "language": "en", "leaves_out": "on"})

    assert page.xpath("//section[@class='bare']//a/@href") == [f"/desk/badges/{bare.pk}/"]
    assert list(PrintJob.objects.get().badges.all()) == [pictured]


def test_job_says_what_to_look_at(client, officer, category):
    [badge] = make_several(category)
    job = ask(category, [badge], officer)

    printing.make(job)

    assert f"{badge}: There is no photo." in client.get(f"/desk/badges/jobs/{job.pk}/").content.decode()


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("page", ["print", "job"])
def test_pages_ask_as_much_with_three_badges_as_with_one(
    client, officer, category, number, page, django_assert_num_queries
):
    address = "/desk/badges/print/DEW26/?all=yes"
    chosen = make_several(category, number)
    if page == "job":
        address = f"/desk/badges/jobs/{ask(category, chosen, officer).pk}/"
    client.get(address)

    with django_assert_num_queries({"print": 9, "job": 6}[page]):
        client.get(address)


@pytest.mark.parametrize("key", ["x", "999999999999999999999", "-1", "%00"])
def test_nonsense_is_ticked_in_vain(client, officer, category, key):
    make_several(category)

    answer = client.get(f"/desk/badges/print/DEW26/?badge={key}")

    assert "None of these badges waits to be printed." in answer.content.decode()


def test_officer_of_another_meeting_fetches_nothing(client, officer, category):
    job = ask(category, make_several(category), officer)
    printing.make(job)
    client.force_login(make_officer("elsewhere", roles=[Role.BADGE_DESK], meeting=make_meeting()))

    assert [
        client.post(f"/desk/badges/jobs/{job.pk}/file/").status_code,
        client.get(f"/desk/badges/jobs/{job.pk}/").status_code,
        client.post(f"/desk/badges/jobs/{job.pk}/end/").status_code,
    ] == [404] * 3


def test_worker_makes_and_forgets_jobs():
    runs = {job.run for job in jobs.PERIODIC}
    assert {printing.make_waiting, printing.forget_files} < runs
