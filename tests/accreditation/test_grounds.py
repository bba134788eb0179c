"""Grounds of refusal in the staff panel: the house's own and its words for ours, in six languages."""

import pytest
from django.utils.translation import override

from accreditation import grounds, workflow
from accreditation.models import Ground
from accreditation.states import Actor, Status
from office.permissions import Role
from tests.builders import make_officer, make_registration
from tests.filled_form import filled

pytestmark = pytest.mark.django_db
LIST = "/admin/accreditation/ground/"
TYPED = {"code": "late", "criterion": "You apply in time.", "told": "It came late.", "position": "1", "is_active": "on"}


@pytest.fixture
def administrator(client):
    administrator = make_officer("administrator", roles=[Role.ADMINISTRATOR])
    client.force_login(administrator)
    return administrator


def page_of(ground):
    return f"{LIST}{ground.pk}/change/"


def test_ground_is_published_in_several_languages_and_may_be_chosen(client, administrator):
    client.post(f"{LIST}add/", TYPED | {"told_fr": "Reçu trop tard.", "told_ar": "وصل متأخرا."})

    assert grounds.known("late")
    assert [grounds.told("late", language) for language in ["en", "fr", "ar", "ru"]] == [
        "It came late.", "Reçu trop tard.", "وصل متأخرا.", "It came late.",
    ]  # fmt: skip
    assert grounds.choices("fr")[0] == grounds.Published("late", "Reçu trop tard.", "You apply in time.")


def test_translation_of_other_words_is_outdated_until_somebody_says_it_is_right(client, administrator):
    client.post(f"{LIST}add/", TYPED | {"told_fr": "Reçu trop tard."})
    ground = Ground.objects.get()

    client.post(page_of(ground), filled(client.get(page_of(ground)), "ground_form") | {"told": "It came too late."})
    outdated = client.get(page_of(ground))
    told = [grounds.told("late", "fr")]
    client.post(page_of(ground), filled(outdated, "ground_form") | {"still_right": "on"})
    told.append(grounds.told("late", "fr"))

    assert told == ["It came too late.", "Reçu trop tard."]
    assert outdated.content.decode().count("applicants read the original.") == 1


def test_emptied_translation_falls_back_to_the_original(client, administrator):
    client.post(f"{LIST}add/", TYPED | {"told_fr": "Reçu trop tard."})
    ground = Ground.objects.get()

    client.post(page_of(ground), filled(client.get(page_of(ground)), "ground_form") | {"told_fr": ""})

    ground.refresh_from_db()
    assert (ground.translations, ground.made_from) == ({}, {})


def test_house_begins_with_our_words(client, administrator):
    page = client.get(f"{LIST}add/?code=incomplete")

    client.post(f"{LIST}add/", filled(page, "ground_form") | {"told": "Something is missing."})

    assert grounds.told("incomplete", "en") == "Something is missing."
    assert Ground.objects.get().criterion == "The papers asked for are there and can be read."


def test_list_names_ours_that_the_house_has_not_said_itself(client, administrator):
    Ground.objects.create(code="incomplete", criterion="Whole.", told="Not whole.")

    page = client.get(LIST)

    assert [ground.code for ground in page.context["ours"]] == [code for code in grounds.OURS if code != "incomplete"]


def test_code_never_changes_and_what_the_history_names_is_never_deleted(client, administrator):
    ground = Ground.objects.create(code="late", criterion="In time.", told="Late.")
    unused = Ground.objects.create(code="unused", criterion="Used.", told="Unused.")
    officer = make_officer()
    workflow.apply(make_registration(Status.SUBMITTED), "decline", actor=Actor.DESK, by=officer, ground="late")

    client.post(page_of(ground), filled(client.get(page_of(ground)), "ground_form") | {"code": "other_code"})
    answers = [client.post(f"{LIST}{row.pk}/delete/", {"post": "yes"}).status_code for row in (ground, unused)]
    client.post(LIST, {"action": "delete_selected", "_selected_action": [ground.pk], "post": "yes"})

    assert answers == [403, 302]
    assert [row.code for row in Ground.objects.all()] == ["late"]


def test_retired_ground_is_not_chosen_and_still_speaks(client, administrator):
    client.post(f"{LIST}add/", {name: value for name, value in TYPED.items() if name != "is_active"})

    assert not grounds.known("late")
    assert grounds.told("late", "en") == "It came late."


@pytest.mark.parametrize("role", [Role.LIAISON_OFFICER, Role.SUPERVISOR])
def test_reviewers_read_the_grounds_and_change_none(client, role):
    ground = Ground.objects.create(code="late", criterion="In time.", told="Late.")
    client.force_login(make_officer(roles=[role]))

    assert client.get(page_of(ground)).status_code == 200
    assert client.post(page_of(ground), TYPED).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_label_is_in_the_language_of_the_officer(client, administrator):
    administrator.language = "fr"
    administrator.save()

    with override("fr"):
        assert 'dir="rtl"' in client.get(f"{LIST}add/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(client, administrator, rows, django_assert_num_queries):
    for number in range(rows):
        Ground.objects.create(code=f"ground-{number}", criterion="In time.", told="Late.")

    with django_assert_num_queries(6):
        client.get(LIST)
