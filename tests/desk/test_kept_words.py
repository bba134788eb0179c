"""What an officer typed before they were signed out is shown in the words of the page it was typed on."""

from urllib.parse import urldefrag, urljoin

import pytest
from django.test import RequestFactory
from django.urls import resolve
from django.utils.translation import gettext, override
from lxml import html

from accreditation import grounds
from accreditation.states import Status
from config import kept_words
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer, make_registration
from tests.desk_world import make_desk_world
from tests.journeys.test_every_desk_page import ROLES, all_faces

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
TYPED = (
    "main//form[@method='post']//*[self::textarea or self::select or self::input[not(@type='hidden' or @type='file')]]"
)


def told(officer, path, *fields):
    request = RequestFactory().get("/accounts/kept/")
    request.user = officer
    return kept_words.told(request, path, list(fields))


def text(element):
    return " ".join(element.text_content().split())


def view_of(address):
    return resolve(address.partition("?")[0]).url_name


def labels_of(page, control):
    """Whatever the page calls a control: its labels, and the legends around it."""
    labels = page.xpath("//label[@for=$id]", id=control.get("id") or "–") + control.xpath("ancestor::label")
    named = [
        found for key in (control.get("aria-labelledby") or "").split() for found in page.xpath("//*[@id=$id]", id=key)
    ]
    groups = control.xpath("ancestor::fieldset/legend") + control.xpath("ancestor::*[@role='group']/*[1]")
    return [text(element).rstrip(" *") for element in labels + groups + named]


@pytest.mark.property
def test_every_field_of_the_desk_has_the_label_of_its_page(client):
    officer = make_officer("everyone", roles=ROLES)
    client.force_login(officer)
    world, found, wrong = make_desk_world(officer), set(), []

    for address in all_faces(client, world):
        page = html.fromstring(client.get(address).content)
        for control in page.xpath(f"//{TYPED}"):
            form = control.xpath("ancestor::form")[0]
            button = form.xpath(".//button/@formaction") or [form.get("action") or ""]
            name, to = control.get("name"), urldefrag(urljoin(address, button[0])).url
            if name not in {None, "reference", "badge"} and (name, view_of(to)) not in found:
                found.add((name, view_of(to)))
                shown = [label for label, _values in told(officer, to, (name, "x"))]
                if not any(
                    label.startswith(tuple(shown)) or shown[0].endswith(label) for label in labels_of(page, control)
                ):
                    wrong.append((to, name, shown, labels_of(page, control)))

    assert wrong == []
    assert len(found) > 50


@pytest.fixture
def reviewer():
    return make_officer(roles=[Role.LIAISON_OFFICER, Role.ADMINISTRATOR], meeting=None)


def test_decision_is_told_in_words_and_what_the_page_carries_is_not(reviewer):
    path = f"/desk/registrations/{make_registration(Status.SUBMITTED).reference}/decline/?view=new"

    shown = told(
        reviewer, path, ("seen", "4"), ("next", "x"), ("ground", "incomplete"), ("reason", "Too late."), ("empty", " ")
    )

    assert shown == [("Ground", [str(grounds.OURS["incomplete"].told)]), ("Words to the applicant", ["Too late."])]


def test_what_is_asked_for_has_the_names_of_its_steps_in_the_officers_language(reviewer):
    path = f"/desk/registrations/{make_registration(Status.SUBMITTED).reference}/ask/"

    with override("fr"):
        shown = told(reviewer, path, ("item_papers", "on"), ("note_papers", "La page 2"), ("until", "2030-05-03"))
        title, yes = gettext("Your papers"), gettext("Yes")
        note, by = gettext("Note: %(step)s") % {"step": title}, gettext("Answer by")

    assert shown == [(title, [yes]), (note, ["La page 2"]), (by, ["2030-05-03"])]
    assert title != "Your papers"


def test_row_of_the_panel_has_the_labels_and_choices_of_its_page(reviewer):
    meeting = make_category().meeting
    fields = [
        ("csrfmiddlewaretoken", "x"), ("title", "Oceans"), ("kind", "conference"), ("sittings-TOTAL_FORMS", "1"),
        ("sittings-0-id", "3"), ("sittings-0-date", "2030-05-03"), ("_save", "Save"),
    ]  # fmt: skip

    shown = told(
        make_officer("press", roles=[Role.PRESS_OFFICER]), f"/admin/advisory/meeting/{meeting.pk}/change/", *fields
    )

    assert [label for label, _values in shown] == ["Title", "Kind of meeting", "Date (1)"]


def test_row_that_the_officer_may_not_choose_is_not_named():
    own, other = make_category(), make_category(make_meeting("A secret meeting", code="ELSE"))
    officer = make_officer(roles=[Role.LIAISON_OFFICER], meeting=own.meeting)

    shown = [told(officer, "/admin/accreditation/zone/add/", ("meeting", str(row.meeting.pk))) for row in (own, other)]

    assert shown == [[("Meeting", [str(own.meeting)])], [("Meeting", ["as you chose it"])]]


@pytest.mark.parametrize(
    "path", ["/desk/nowhere/", "/admin/nowhere/", "/admin/advisory/meeting/x/change/", "/desk/", ""]
)
def test_page_that_is_not_there_shows_the_name_as_words(reviewer, path):
    assert told(reviewer, path, ("some_words", "Bells"), ("seen", "3")) == [("Some words", ["Bells"])]
