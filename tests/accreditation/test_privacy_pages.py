"""Each form has a page that says what it asks, why, who reads it and until when; drawn, not written."""

import inspect
import pkgutil
from datetime import date
from html import unescape
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils import translation

from accreditation import forms, intake, personal, privacy_page, readers
from accreditation.forms.person import IdentityForm, NameForm
from accreditation.forms.step import StepForm
from accreditation.models import EvidenceRule, Question
from accreditation.states import EvidenceKind, Route
from advisory.publishing import publish
from tests.builders import make_category, make_delegation, make_meeting, make_registration

pytestmark = pytest.mark.django_db

EVERYTHING = {
    "minimum_age": 16, "chaperone_below": 18, "identity": "copy", "asks_nationality": True, "asks_equipment": True,
    "asks_vehicles": True, "asks_access_needs": True, "asks_portrait": True, "allows_remote": True,
    "offers_speaking": True,
}  # fmt: skip


def make_asking_category(route=Route.PRESS, **fields):
    """A category of a published meeting of 6 September 2016 that asks everything there is."""
    category = make_category(make_meeting(), route=route, slug=str(route).replace("_", "-"), **EVERYTHING | fields)
    for position, kind in enumerate(EvidenceKind):
        EvidenceRule.objects.create(category=category, kind=kind, position=position)
    publish(category.meeting, by=None)
    category.meeting.refresh_from_db()
    return category


def address(category, name="privacy", language="en"):
    with translation.override(language):
        return reverse(f"accreditation:{name}", args=[category.meeting.url_year, category.meeting.slug, category.slug])


def page(client, category, name="privacy", language="en"):
    response = client.get(address(category, name, language))
    assert response.status_code == 200
    return unescape(response.content.decode())


def every_step_form():
    """Each form that a page of the journey can show, from the modules themselves."""
    for module in pkgutil.iter_modules(forms.__path__, "accreditation.forms."):
        for _name, form in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(form, StepForm) and form is not StepForm:
                yield form


def test_every_field_that_any_form_can_ask_has_a_rule():
    names = {name for form in every_step_form() for name in form.base_fields}
    names |= intake.COLUMNS | {name for sealed in intake.SEALED.values() for name in sealed}

    assert names >= {"given_names", "comes_with", "document_number", "speaking_topic"}
    assert {name: privacy_page.rule_of(name) for name in names if privacy_page.rule_of(name) is None} == {}


@pytest.mark.parametrize("route", list(Route))
def test_page_names_every_field_of_every_step_of_its_route(client, route):
    category = make_asking_category(route)

    shown = page(client, category)

    labels = [str(label) for _name, label in privacy_page.fields(category)]
    assert "Given names" in labels
    assert [label for label in labels if f"<li><bdi>{label}</bdi></li>" not in shown] == []


def test_field_that_is_kept_where_no_rule_is_declared_fails(monkeypatch):
    monkeypatch.setattr(intake, "COLUMNS", intake.COLUMNS | {"waitlist_rank"})

    with pytest.raises(privacy_page.NoRule) as refused:
        privacy_page.rule_of("waitlist_rank")

    assert str(refused.value) == "accreditation.Registration.waitlist_rank is asked of people and has no rule."


def test_sealed_answers_go_with_the_rule_of_the_column_that_seals_them():
    names = ["document_number", "needs", "speaking_topic", "phone", "asks_protection", "job_title", "remembers"]

    assert [privacy_page.rule_of(name) for name in names] == [
        personal.IDENTITY, personal.ACCESS_NEEDS, personal.SPEAKING, personal.REACHED_AT, personal.PROTECTION,
        personal.APPLICANT, personal.PROFILE,
    ]  # fmt: skip


def test_end_is_the_last_public_day_and_the_days_of_the_category():
    category = make_asking_category(retention_days=30)
    edition = category.meeting.editions.get()

    last_day = privacy_page.last_day_of(edition)

    assert last_day == date(2016, 9, 6)
    ends = {group.rule.purpose: group.until for group in privacy_page.groups(category, last_day)}
    assert ends[personal.APPLICANT.purpose] == "Until 6 October 2016."
    assert ends[personal.PROFILE.purpose] == "Twenty-four months after you last used it, or until you delete it."


def test_meeting_without_a_day_tells_the_days():
    category = make_category(retention_days=30)

    [until] = [group.until for group in privacy_page.groups(category, None) if group.rule is personal.APPLICANT]

    assert until == "Until 30 days after the meeting."


def test_page_tells_why_who_and_until_when(client):
    shown = page(client, make_asking_category())

    assert f'">{personal.IDENTITY.purpose}</h2>' in shown
    assert f"<b>Who reads it: </b>{personal.IDENTITY.readers}." in shown
    assert shown.count("Until 6 October 2016.") >= 4


def test_paper_is_told_with_the_rule_of_its_kind(client):
    category = make_asking_category()

    asked = {str(label): rule for label, rule in privacy_page.asked(category)}

    assert asked["Letter of assignment"] is personal.LETTERS
    assert asked["Copy of the identity document"] is personal.IDENTITY
    assert asked["Portrait for the badge"] is personal.BADGE_PORTRAIT


def test_category_that_asks_little_tells_little(client):
    category = make_category(make_meeting(), slug="press")
    publish(category.meeting, by=None)
    category.meeting.refresh_from_db()

    shown = page(client, category)

    assert str(personal.IDENTITY.purpose) not in shown
    assert "Letter of assignment" not in shown


@pytest.mark.parametrize("name", ["privacy", "protection"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_pages_answer_in_their_language_and_name_each_other(client, name, language):
    category = make_asking_category()

    shown = page(client, category, name, language)

    assert f'<html lang="{language}"' in shown
    other = {"privacy": "protection", "protection": "privacy"}[name]
    assert f'href="{address(category, other, language)}"' in shown
    assert f'href="{address(category, "start", language)}"' in shown


@pytest.mark.parametrize("name", ["privacy", "protection"])
def test_category_of_a_draft_is_the_page_that_never_was(client, name):
    category = make_category(make_meeting(url_year=2016))

    assert client.get(address(category, name)).status_code == 404


@pytest.mark.parametrize("name", ["privacy", "protection"])
def test_posting_is_refused(client, name):
    assert client.post(address(make_asking_category(), name)).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_statements_for_one_paper_and_question_as_for_three(
    client, count, django_assert_num_queries
):
    category = make_category(make_meeting(), slug="press", media=["print", "radio"])
    for position, kind in enumerate(list(EvidenceKind)[:count]):
        EvidenceRule.objects.create(category=category, kind=kind, position=position)
        Question.objects.create(category=category, key=f"own-{position}", label=f"Own {position}")
    publish(category.meeting, by=None)
    category.meeting.refresh_from_db()
    client.get(address(category))

    with django_assert_num_queries(4):
        client.get(address(category))


def test_sites_own_privacy_page_tells_of_the_forms(client):
    shown = client.get(reverse("advisory:privacy")).content.decode()

    assert '<h2 id="applications">Applications to attend</h2>' in shown


@pytest.mark.parametrize(
    ("officer", "desk", "told"),
    [
        ("data@example.int", "desk@example.int", "The data-protection officer answers questions about your data:"),
        ("", "desk@example.int", "The desk answers questions about your data and brings them before the"),
        ("", "", "A media contact named on the advisory answers questions about your data."),
    ],
)
def test_privacy_pages_name_who_answers_for_personal_data(client, settings, officer, desk, told):
    settings.DATA_PROTECTION_EMAIL, settings.PRESS_DESK_EMAIL, settings.PRESS_DESK_PHONE = officer, desk, ""
    category = make_asking_category()

    asked = page(client, category).partition('id="ask"')[2].partition("</section>")[0]
    general = unescape(client.get("/privacy/").content.decode()).partition('id="ask"')[2].partition("</section>")[0]

    assert told in asked
    assert [found in asked for found in ["mailto:data@example.int", "mailto:desk@example.int"]] == [
        bool(officer), bool(desk and not officer),
    ]  # fmt: skip
    assert [found in general for found in ["mailto:data@example.int", "mailto:desk@example.int"]] == [
        bool(officer), bool(desk),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "has_delegation", "told"),
    [
        ({}, False, []),
        ({"needs_endorsement": True}, False, ["Your name", "As what you come", "How far your application has come",
                                              "Your job title"]),
        ({}, True, ["Your name", "As what you come", "How far your application has come",
                    "Your e-mail address, where they invited you"]),
    ],
)  # fmt: skip
def test_who_speaks_for_the_sender_is_told_to_read_what_its_pages_show(client, fields, has_delegation, told):
    category = make_asking_category(**fields)
    if has_delegation:
        make_delegation(category)

    groups = {group.rule: group.asked for group in privacy_page.groups(category, None)}

    assert groups.get(personal.SENDER, []) == told
    assert (f"{personal.SENDER.readers}." in page(client, category)) == bool(told)


def test_form_says_beside_the_name_that_the_sender_reads_it():
    category = make_category(needs_endorsement=True)
    registration, hidden = make_registration(category=category), make_registration(category=category)
    hidden.asks_protection = True

    def told(registration, form):
        return personal.SENDER.readers in readers.of_form(form(registration=registration), registration)

    assert [told(registration, NameForm), told(registration, IdentityForm), told(hidden, NameForm)] == [
        True, False, False,
    ]  # fmt: skip
    assert not told(make_registration(), NameForm)
