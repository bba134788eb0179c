"""Whatever stands in an address of the staff panel, or is sent to its forms, is answered in words."""

import pytest
from django.contrib import admin
from django.urls import reverse

from office.permissions import Role
from tests.builders import make_meeting, make_officer

pytestmark = pytest.mark.django_db

HOSTILE = {"superscript": "²", "arabic digit": "٣", "30 digits": "9" * 30, "5000 digits": "9" * 5000,
           "negative": "-1", "NUL": "a\0b"}  # fmt: skip
EVERYDAY = {"superscript", "30 digits", "NUL"}  # what is no number, what is too large, what is no text
hostile = pytest.mark.parametrize(
    "value",
    [pytest.param(HOSTILE[name], id=name, marks=[] if name in EVERYDAY else pytest.mark.full) for name in HOSTILE],
)
REGISTERED = sorted(admin.site._registry, key=lambda model: model._meta.label)
every_model = pytest.mark.parametrize("model", REGISTERED, ids=lambda model: model._meta.label)
RELATIONS = sorted(
    (field.model._meta.app_label, field.model._meta.model_name, field.name)
    for model, model_admin in admin.site._registry.items()
    for options in [model_admin, *(inline(model, admin.site) for inline in model_admin.inlines)]
    for field in [options.opts.get_field(name) for name in options.autocomplete_fields]
)


@pytest.fixture(autouse=True)
def _officer(client):
    client.force_login(make_officer(roles=list(Role)))
    client.raise_request_exception = False  # the status says it


def page_of(model, which):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{which}")


def failures(client, page, names, value):
    return [name for name in names if client.get(page, {name: value}).status_code >= 500]


@hostile
@every_model
def test_list_answers_whatever_its_query_holds(client, model, value):
    model_admin = admin.site._registry[model]
    filters = [name for name in model_admin.list_filter if isinstance(name, str)]
    filtered = {"id", "body", "meeting", *filters, model_admin.date_hierarchy or "id"}
    names = ["p", "o", "q", "all", "_to_field", "_changelist_filters"]
    names += [f"{name}{lookup}" for name in sorted(filtered) for lookup in ["", "__id__exact", "__in", "__year"]]

    assert failures(client, page_of(model, "changelist"), names, value) == []


@hostile
@every_model
def test_empty_form_answers_whatever_its_query_fills_in(client, model, value):
    names = [field.name for field in model._meta.get_fields() if not field.auto_created]

    query = dict.fromkeys([*names, "_to_field", "_changelist_filters"], value)  # the form reads all of them

    assert client.get(page_of(model, "add"), query).status_code < 500


@hostile
@every_model
def test_form_answers_whatever_is_sent(client, model, value):
    sent = {field.name: value for field in model._meta.get_fields()}

    assert client.post(page_of(model, "add"), sent).status_code < 500


@hostile
@every_model
def test_action_on_what_is_no_row_does_nothing(client, model, value):
    sent = {"action": "delete_selected", "_selected_action": value, "index": "0", "post": "yes"}

    assert client.post(page_of(model, "changelist"), sent, follow=True).status_code < 500


def test_ticked_row_that_cannot_be_is_answered_in_words(client):
    meeting = make_meeting()
    sent = {"action": "delete_selected", "_selected_action": [meeting.pk, "²"], "index": "0", "post": "yes"}

    response = client.post(page_of(type(meeting), "changelist"), sent, follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert said == ["Nothing was done: what was ticked is not in this list. Choose again."]
    assert type(meeting).objects.exists()


@hostile
@pytest.mark.parametrize("relation", RELATIONS, ids=".".join)
def test_search_of_a_choice_answers_whatever_is_typed(client, relation, value):
    words = dict(zip(["app_label", "model_name", "field_name"], relation, strict=True))
    make_meeting()

    answers = [
        client.get(reverse("admin:autocomplete"), words | {name: value})
        for name in ["term", "page", "app_label", "model_name", "field_name"]
    ]

    assert [answer.status_code for answer in answers if answer.status_code >= 500] == []


@hostile
@pytest.mark.parametrize("which", ["change", "history", "delete", "preview", "publish", "languages", "editions"])
def test_address_of_no_row_is_answered(client, which, value):
    meeting = make_meeting()
    page = reverse(f"admin:advisory_meeting_{which}", args=[meeting.pk])

    assert client.get(page.replace(f"/{meeting.pk}/", f"/{value}/")).status_code in (302, 404)
