"""The pass of somebody approved: when its code shows, what it says, and that it goes with the badge."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import zxingcpp
from django.utils import timezone
from lxml import html
from PIL import Image

from accreditation import badges, passes, pick_up, protection, workflow
from accreditation.models import Badge, PickUp, PickUpSlot, Registration
from accreditation.states import Actor, BadgeState, Status, WhyReplaced
from advisory import publishing
from office.permissions import Role
from tests.accreditation.applicants import open_link, post
from tests.builders import make_badge, make_category, make_desk_policy, make_officer, make_readers, make_registration

pytestmark = pytest.mark.django_db
ADDRESSES = ["/status/pass.svg", "/status/pass.png", "/status/pass.pdf"]


@pytest.fixture
def category():
    category = make_category(pick_up="North gate,\nfrom 09:00")
    publishing.publish(category.meeting, by=None)
    return category


@pytest.fixture
def badge(client, category):
    registration = make_registration(Status.APPROVED, category=category, given_names="Ada", family_name="Okafor")
    badge = make_badge(registration)
    open_link(client, registration)
    return badge


def make_slot(meeting, *, hours=2, capacity=1, place="North gate"):
    starts = timezone.now() + timedelta(hours=hours)
    return PickUpSlot.objects.create(
        meeting=meeting, starts_at=starts, ends_at=starts + timedelta(hours=1), place=place, capacity=capacity
    )


def status_codes(client):
    return [client.get(address).status_code for address in ADDRESSES]


def page_of(client):
    return html.fromstring(client.get("/status/").content)


def words_of(data):
    page = pypdfium2.PdfDocument(data)[0]
    return " ".join(page.get_textpage().get_text_range().split())


def test_picture_and_paper_hold_the_code_of_the_badge(client, badge):
    picture, paper = client.get("/status/pass.png"), client.get("/status/pass.pdf")

    drawn = [
        Image.open(io.BytesIO(picture.content)),
        pypdfium2.PdfDocument(paper.content)[0].render(scale=150 / 72).to_pil(),
    ]
    assert [zxingcpp.read_barcode(image.convert("L")).text for image in drawn] == [passes.code_of(badge)] * 2
    assert [answer["Content-Type"] for answer in [picture, paper]] == ["image/png", "application/pdf"]


def test_paper_says_whose_it_is_where_to_go_and_what_to_bring(client, badge):
    words = words_of(client.get("/status/pass.pdf").content)

    for told in [str(badge), "Ada Okafor", "North gate, from 09:00", "An official document with your photograph."]:
        assert told in words


def test_nothing_of_it_is_kept_by_browsers_or_proxies(client, badge):
    for address in ADDRESSES:
        assert client.get(address)["Cache-Control"] == "private, no-store"


def test_page_shows_the_code_from_here(client, badge):
    page = page_of(client)

    assert page.xpath("//section[@id='pass']//img/@src") == ["/status/pass.svg"]
    assert page.xpath("//section[@id='pass']//a/@href") == ["/status/pass.png", "/status/pass.pdf"]
    assert client.get("/status/pass.svg").content.startswith(b"<svg")


def test_stranger_gets_no_pass(client, badge):
    client.cookies.clear()

    for address in ADDRESSES:
        assert b"<svg" not in client.get(address).content[:5]
        assert client.get(address)["Content-Type"].startswith("text/html")


def test_pass_waits_while_the_approval_can_be_undone(client, category):
    category.hold_seconds = 60
    category.save()
    registration = make_registration(Status.SUBMITTED, category=category)
    officer = make_officer("Olive", roles=(Role.LIAISON_OFFICER,))
    workflow.apply(registration, "approve", actor=Actor.DESK, by=officer)
    open_link(client, registration)

    assert status_codes(client) == [404] * 3
    assert page_of(client).xpath("//section[@id='pass']") == []

    Registration.objects.update(held_until=timezone.now())
    assert status_codes(client) == [200] * 3


@pytest.mark.parametrize("end", ["withdraw", "revoke", "lose"])
def test_pass_goes_with_the_badge(client, badge, end):
    officer = make_officer("Olive", roles=(Role.SUPERVISOR,))
    make_desk_policy(badge.meeting)
    if end == "withdraw":
        workflow.apply(badge.registration, "withdraw", actor=Actor.APPLICANT)
    elif end == "revoke":
        workflow.apply(
            badge.registration, "revoke", actor=Actor.SUPERVISOR, by=officer, ground="conduct", reason="Lent."
        )
    else:
        Badge.objects.update(state=BadgeState.PRINTED)
        badges.lose(badge, by=officer)

    assert status_codes(client) == [404] * 3
    assert page_of(client).xpath("//section[@id='pass']") == []


def test_replacement_gives_the_pass_its_new_code(client, badge):
    Badge.objects.update(state=BadgeState.COLLECTED)
    new = badges.replace(badge, by=make_officer("Olive"), why=WhyReplaced.DAMAGED)

    picture = Image.open(io.BytesIO(client.get("/status/pass.png").content))

    assert zxingcpp.read_barcode(picture.convert("L")).text == passes.code_of(new)


def test_protected_person_is_not_named_on_the_pass(client, badge):
    readers = make_readers()
    Registration.objects.update(asks_protection=True)
    badge.registration.refresh_from_db()
    protection.grant(badge.registration, readers=readers, by=readers[0])

    words = words_of(client.get("/status/pass.pdf").content)

    assert str(badge) in words
    assert "Okafor" not in words


@pytest.mark.parametrize("language", ["ar", "zh", "fr", "ru", "es"])
def test_pass_is_drawn_in_each_language(client, badge, language):
    data = client.get(f"/{language}/status/pass.png").content
    assert zxingcpp.read_barcode(Image.open(io.BytesIO(data)).convert("L")).text == passes.code_of(badge)


def test_too_many_drawings_an_hour_are_refused(client, badge, monkeypatch):
    monkeypatch.setattr("accreditation.views.passes.MOST", 1)

    assert [client.get("/status/pass.png").status_code for _each in range(2)] == [200, 429]


# The moment


def choose(client, badge, slot):
    return post(client, "pick-up", badge.registration, slot=slot.pk)


def test_person_chooses_a_moment_and_reads_it(client, badge):
    slot = make_slot(badge.meeting)

    answer = choose(client, badge, slot)

    slot.refresh_from_db()
    assert (answer.status_code, PickUp.objects.get().slot, slot.taken) == (302, slot, 1)
    assert "Your pick-up time is noted." in client.get(answer.url).content.decode()
    assert "North gate" in words_of(client.get("/status/pass.pdf").content)


def test_another_moment_gives_the_first_one_back(client, badge):
    first, second = make_slot(badge.meeting), make_slot(badge.meeting, hours=4)
    choose(client, badge, first)

    choose(client, badge, second)

    assert list(PickUpSlot.objects.order_by("starts_at").values_list("taken", flat=True)) == [0, 1]
    assert PickUp.objects.get().slot == second


def test_full_moment_is_refused_and_the_old_one_kept(badge):
    full, own = make_slot(badge.meeting), make_slot(badge.meeting, hours=4)
    other = make_badge(make_registration(Status.APPROVED, category=badge.registration.category))
    pick_up.choose(other.registration, full)
    pick_up.choose(badge.registration, own)

    with pytest.raises(pick_up.PickUpRefused) as refused:
        pick_up.choose(badge.registration, full)

    assert str(refused.value) == "This time is full or over. Choose another one."
    assert PickUp.objects.get(registration=badge.registration).slot == own
    assert list(PickUpSlot.objects.order_by("starts_at").values_list("taken", flat=True)) == [1, 1]


@pytest.mark.parametrize("wrong", ["full", "over", "of another meeting", "no number", "nobody's"])
def test_moment_that_cannot_be_chosen_says_so_on_the_page(client, badge, wrong):
    slot = {
        "full": lambda: make_slot(badge.meeting),
        "over": lambda: make_slot(badge.meeting, hours=-3),
        "of another meeting": lambda: make_slot(make_category().meeting),
    }.get(wrong, lambda: None)()
    if wrong == "full":
        PickUpSlot.objects.update(taken=1)
    key = {"no number": "x", "nobody's": "999999"}.get(wrong) or slot.pk

    answer = post(client, "pick-up", badge.registration, slot=key)

    assert answer.url == "/status/?news=full"
    assert not PickUp.objects.exists()


def test_withdrawing_gives_the_moment_back(badge):
    slot = make_slot(badge.meeting)
    pick_up.choose(badge.registration, slot)
    workflow.apply(badge.registration, "withdraw", actor=Actor.APPLICANT)

    assert (pick_up.free_ended(), pick_up.free_ended()) == (1, 0)
    slot.refresh_from_db()
    assert slot.taken == 0


def test_collected_badge_asks_for_no_moment(client, badge):
    make_slot(badge.meeting)
    Badge.objects.update(state=BadgeState.COLLECTED)

    assert page_of(client).xpath("//section[@id='pick-up']") == []
    with pytest.raises(pick_up.PickUpRefused):
        pick_up.choose(badge.registration, PickUpSlot.objects.get())
