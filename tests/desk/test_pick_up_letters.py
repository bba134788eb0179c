"""What people are written about the moments at which they collect their badges."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from lxml import html

from accreditation import pick_up
from accreditation.models import PickUpSlot
from accreditation.states import BadgeState, Status
from advisory import publishing
from office.models import Message
from office.permissions import Role
from tests.builders import make_badge, make_category, make_full_meeting, make_officer, make_registration

pytestmark = pytest.mark.django_db
PAGE = "/desk/badges/times/DEW26/"
LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]


@pytest.fixture
def category():
    meeting = make_full_meeting(code="DEW26", time_zone="America/New_York")
    publishing.publish(meeting, by=None)
    return make_category(meeting)


@pytest.fixture
def officer(client, category):
    officer = make_officer("badges", roles=[Role.BADGE_DESK])
    client.force_login(officer)
    return officer


def make_one(category, *, state=BadgeState.ISSUED, **fields):
    fields = {"voided_at": timezone.now()} if state == BadgeState.VOID else {}
    return make_badge(make_registration(Status.APPROVED, category=category), state=state, **fields).registration


def make_slot(category, **fields):
    starts = fields.pop("starts_at", timezone.now() + timedelta(hours=2))
    fields = {"ends_at": starts + timedelta(hours=1), "place": "North gate"} | fields
    return PickUpSlot.objects.create(meeting=category.meeting, starts_at=starts, **fields)


def letters(kind="open"):
    return {row.about: row for row in Message.objects.filter(kind=f"registration_pick_up_{kind}")}


def press(client):
    """What the page offers, and what it says once that is pressed."""
    buttons = html.fromstring(client.get(PAGE).content).xpath("//form[@class='acts']//button/text()")
    answer = client.post(PAGE)
    return buttons, [str(message) for message in client.get(answer.url).context["messages"]]


def test_those_who_can_choose_are_written_to_once_for_what_was_opened(client, officer, category):
    waiting = [make_one(category), make_one(category, state=BadgeState.PRINTED)]
    make_one(category, state=BadgeState.COLLECTED)
    make_one(category, state=BadgeState.VOID)
    chosen = make_one(category)
    held = make_one(category)
    held.held_until = timezone.now() + timedelta(minutes=1)
    held.save()
    pick_up.choose(chosen, make_slot(category))

    said = [press(client), press(client)]
    make_slot(category)
    again = press(client)

    offer = "Write to 2 people who can choose a time"
    assert said == [([offer], ["2 people are told."]), ([], ["0 people are told."])]
    assert again == ([offer], ["2 people are told."])
    assert set(letters()) == {row.pk for row in waiting}
    assert Message.objects.count() == 4


def test_nobody_is_written_to_while_nothing_can_be_chosen(client, officer, category):
    make_one(category)
    make_slot(category, starts_at=timezone.now() - timedelta(hours=3))
    full = make_slot(category, capacity=1)
    PickUpSlot.objects.filter(pk=full.pk).update(taken=1)

    assert press(client) == ([], ["0 people are told."])
    assert Message.objects.count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_name_the_reference_in_a_subject_that_can_be_read_whole(officer, category, language):
    person = make_one(category)
    person.language = language
    person.save()
    slot = make_slot(category, starts_at=datetime(2036, 9, 6, 13, 30, tzinfo=UTC))
    pick_up.tell_open(category.meeting)
    pick_up.choose(person, slot)

    pick_up.tell_changed(slot)

    [opened], [changed] = letters().values(), letters("set").values()
    for letter in (opened, changed):
        assert letter.language == language
        assert person.reference in letter.subject
        assert len(letter.subject) <= 60
        assert f"/{language}/status/" in letter.text or language == "en"
    assert "09:30" in changed.text or "9:30" in changed.text
    assert "North gate" in changed.text
    assert person.family_name not in opened.text + changed.text


def test_time_that_the_desk_notes_for_somebody_is_written_to_them(client, officer, category):
    person, slot = make_one(category), make_slot(category)

    client.post(f"/desk/badges/{person.badges.get().pk}/time/", {"slot": slot.pk})

    assert list(letters("set")) == [person.pk]


def test_time_that_is_full_is_not_written_of(client, officer, category):
    person, slot = make_one(category), make_slot(category, capacity=1)
    PickUpSlot.objects.filter(pk=slot.pk).update(taken=1)

    client.post(f"/desk/badges/{person.badges.get().pk}/time/", {"slot": slot.pk})

    assert letters("set") == {}


@pytest.mark.parametrize(("changes", "told"), [({"place": "South gate"}, 1), ({"capacity": "30"}, 0)])
def test_those_who_come_are_told_when_their_time_changes_in_the_staff_panel(client, category, changes, told):
    client.force_login(make_officer("admin", roles=[Role.BADGE_DESK, Role.PRESS_OFFICER]))
    person, slot = make_one(category), make_slot(category)
    pick_up.choose(person, slot)
    address = f"/admin/accreditation/pickupslot/{slot.pk}/change/"
    form = html.fromstring(client.get(address).content).get_element_by_id("pickupslot_form")

    answer = client.post(address, dict(form.form_values()) | changes)

    assert answer.status_code == 302
    assert [letter.text.count("South gate") for letter in letters("set").values()] == [1] * told


@pytest.mark.parametrize("number", [1, 3])
def test_telling_asks_as_much_of_three_as_of_one(officer, category, number, django_assert_num_queries):
    for _each in range(number):
        make_one(category)
    make_slot(category)

    with django_assert_num_queries(7):
        pick_up.tell_open(category.meeting)
