"""The rules of a meeting's desk in the staff panel, the way to the desk, and that there is no second door to it."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accreditation import conditions, workflow
from accreditation.models import DeskPolicy, Registration
from accreditation.states import Status
from office.permissions import Role
from tests.builders import make_category, make_desk_policy, make_meeting, make_officer, make_registration
from tests.filled_form import filled

pytestmark = pytest.mark.django_db
LIST = "/admin/accreditation/deskpolicy/"
TYPED = {"seconded": ["decline", "revoke"], "export_alone_at_most": "10", "claim_minutes": "20", "notice_hours": "48"}


def test_supervisor_says_what_needs_a_second_officer(client):
    meeting = make_meeting()
    client.force_login(make_officer(roles=[Role.SUPERVISOR], meeting=meeting))

    client.post(f"{LIST}add/", TYPED | {"meeting": meeting.pk})

    policy = conditions.policy_of(meeting.pk)
    assert (policy.seconded, policy.export_alone_at_most, policy.notice_hours) == (["decline", "revoke"], 10, 48)
    assert [conditions.is_seconded(meeting.pk, act) for act in ["decline", "revoke", "overturn"]] == [True, True, False]


def test_page_shows_what_stands_and_saves_it_as_it_was(client):
    policy = make_desk_policy(make_meeting(), seconded=["overturn"])
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))
    page = f"{LIST}{policy.pk}/change/"

    answer = client.post(page, filled(client.get(page), "deskpolicy_form"))

    assert answer.status_code == 302
    assert DeskPolicy.objects.get().seconded == ["overturn"]


@pytest.mark.parametrize(
    ("typed", "field"), [({"seconded": ["approve"]}, "seconded"), ({"claim_minutes": "0"}, "claim_minutes")]
)
def test_impossible_rule_is_refused_in_words(client, typed, field):
    meeting = make_meeting()
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))

    page = client.post(f"{LIST}add/", TYPED | {"meeting": meeting.pk} | typed)

    assert list(page.context["adminform"].form.errors) == [field]
    assert DeskPolicy.objects.count() == 0


def test_rules_of_other_meetings_are_not_there(client):
    mine, other = make_meeting(), make_desk_policy(make_meeting())
    client.force_login(make_officer(roles=[Role.SUPERVISOR], meeting=mine))

    page = client.post(f"{LIST}add/", TYPED | {"meeting": make_meeting().pk})

    assert list(page.context["adminform"].form.errors) == ["meeting"]
    assert client.get(f"{LIST}{other.pk}/change/").status_code == 302  # the panel's answer to what is not there
    assert client.get(LIST).context["cl"].result_count == 0


def test_reviewer_reads_the_rules_and_changes_none(client):
    policy = make_desk_policy(make_meeting())
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))

    assert client.get(f"{LIST}{policy.pk}/change/").status_code == 200
    assert client.post(f"{LIST}{policy.pk}/change/", TYPED).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_desk_policy(make_meeting())
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))

    with django_assert_num_queries(5):
        client.get(LIST)


# The way to the desk, and no second door


@pytest.mark.parametrize(("number", "said"), [(1, "1 application waits"), (3, "3 applications wait")])
def test_first_page_leads_to_the_desk(client, number, said):
    category = make_category()
    for _ in range(number):
        make_registration(Status.SUBMITTED, category=category)
    make_registration(Status.APPROVED, category=category)
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))

    page = client.get("/admin/").content.decode()

    assert said in page
    assert 'href="/desk/"' in page


def test_first_page_counts_no_other_meetings_and_leads_nobody_else(client):
    make_registration(Status.SUBMITTED)
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER], meeting=make_meeting()))
    mine = client.get("/admin/").content.decode()
    client.force_login(make_officer("press", roles=[Role.PRESS_OFFICER]))

    assert "0 applications wait" in mine
    assert "/desk/" not in client.get("/admin/").content.decode()


@pytest.mark.parametrize(("status", "leads"), [(Status.SUBMITTED, True), (Status.DRAFT, False)])
def test_application_leads_to_its_page_at_the_desk(client, status, leads):
    registration = make_registration(status)
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))

    page = client.get(reverse("admin:accreditation_registration_change", args=[registration.pk])).content.decode()

    assert (f'href="/desk/registrations/{registration.reference}/"' in page) is leads


def test_no_page_of_the_panel_changes_a_status(client):
    """Each list and each row's page is sent a status, as each of its actions is, by somebody with every role."""
    registration = make_registration(Status.SUBMITTED)
    client.force_login(make_officer(roles=list(Role)))
    sent = {"status": "approved", "registrations-0-status": "approved", "_selected_action": [registration.pk]}
    sent |= {f"_{action}": "1" for action in workflow.ACTIONS}

    for model, model_admin in admin.site._registry.items():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        row = model.objects.first()
        pages = [reverse(f"admin:{name}_changelist"), reverse(f"admin:{name}_add")]
        pages += [reverse(f"admin:{name}_{page}", args=[row.pk]) for page in ("change", "delete") if row]
        actions = list(getattr(model_admin, "actions", None) or [])
        for page in pages:
            for action in {"approve", *map(str, actions)}:
                client.post(page, sent | {"action": action})

    assert Registration.objects.get().status == Status.SUBMITTED
    assert registration.decisions.count() == 0
