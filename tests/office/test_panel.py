"""Who may open the staff panel. Its list of addresses is walked, so that a new page is covered when it appears."""

import re
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.management import call_command
from django.urls import reverse
from django.urls.resolvers import RegexPattern
from django.utils import timezone

from accreditation import workflow
from accreditation.models import (
    Badge,
    Category,
    Decision,
    Delegation,
    Organization,
    OrganizationPlaces,
    Registration,
    Zone,
)
from accreditation.states import Actor
from advisory import previewing
from advisory.models import Body, Document, Meeting, PreviewLink, Topic
from advisory.publishing import publish
from office import outbox
from office.models import Grant, Message, User
from office.permissions import Role
from tests.builders import (
    PASSWORD,
    make_category,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
)
from tests.filled_form import filled

pytestmark = pytest.mark.django_db

SECRET = "Quiet talks on the river"
ADDRESS = "reader@example.com"
OPEN_TO_EVERY_OFFICER = {
    "index", "app_list", "jsi18n", "autocomplete", "login", "logout", "password_change", "password_change_done",
    "advisory_meeting_changelist", "advisory_document_changelist", "advisory_body_changelist", "advisory_body_add",
    "advisory_body_change", "advisory_body_history", "advisory_meeting_all_languages", "advisory_topic_changelist",
    "advisory_topic_add", "advisory_topic_change", "advisory_topic_history", "language",
    "office_message_changelist", "accreditation_category_changelist", "accreditation_zone_changelist",
    "accreditation_gate_changelist", "accreditation_pickupslot_changelist",
}  # fmt: skip


def names_and_arguments(patterns):
    """(name, names of its arguments) of every address below /admin/."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from names_and_arguments(pattern.url_patterns)
        elif isinstance(pattern.pattern, RegexPattern):
            yield pattern.name, list(pattern.pattern.regex.groupindex)
        else:
            yield pattern.name, list(pattern.pattern.converters)


ADDRESSES = sorted({(name, tuple(arguments)) for name, arguments in names_and_arguments(admin.site.urls[0]) if name})


@pytest.fixture
def secret(once):
    """One row of everything in a meeting that only others may see, by the start of the addresses' names."""
    return once(make_secret)


def make_secret():
    body = Body.objects.create(name="Council", slug="council")
    meeting = make_meeting(SECRET, body=body)
    document = Document.objects.create(meeting=meeting, title=SECRET, symbols=["A/70/999"])
    publish(meeting, by=None)
    someone = make_officer("someone", name="Someone Else")
    category = make_category(meeting, name=SECRET)
    organization = make_organization(SECRET, aliases=[ADDRESS])
    registration = make_registration(category=category, badge_name=SECRET, email=ADDRESS)
    sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT)
    approved = workflow.apply(sent, "approve", actor=Actor.DESK, by=someone)
    delegation = Delegation.objects.create(category=category, organization=organization, lead_email=ADDRESS)
    return {
        "accreditation_category": category,
        "accreditation_zone": Zone.objects.create(meeting=meeting, number=1, name=SECRET),
        "accreditation_registration": registration,
        "accreditation_decision": registration.decisions.first(),
        "accreditation_badge": approved.badges.get(),
        "accreditation_organizationplaces": OrganizationPlaces.objects.create(
            category=category, organization=organization
        ),
        "accreditation_organization": organization,
        "accreditation_delegation": delegation,
        "advisory_meeting": meeting,
        "advisory_document": document,
        "advisory_body": body,
        "advisory_topic": Topic.objects.create(name="Early warning", slug="early-warning"),
        "office_message": outbox.queue(to=ADDRESS, subject=SECRET, text=SECRET, kind="alert", meeting=meeting),
        "office_user": someone,
        "office_grant": someone.grants.get(),
        "auth_user": someone,
        "link": previewing.make(meeting, reader=SECRET, expires_at=timezone.now() + timedelta(days=1), by=someone)[0],
    }


def address(name, arguments, secret):
    row = next((row for start, row in secret.items() if name.startswith(start)), None)  # longer starts first
    values = {"app_label": "advisory", "digest": "0" * 64, "name": "x", "language": "en", "format": "page"}
    values |= {
        "one": 1,
        "other": 2,
        "sequence": 1,
        "link": secret["link"].pk,
        "object_id": row and row.pk,
        "id": row and row.pk,
    }
    return reverse(f"admin:{name}", kwargs={argument: values[argument] for argument in arguments})


def test_walk_finds_the_pages():
    names = {name for name, _ in ADDRESSES}

    assert {"index", "advisory_meeting_import", "advisory_meeting_publish", "office_grant_change"} <= names
    assert "view_on_site" not in names


@pytest.mark.parametrize(("name", "arguments"), ADDRESSES)
def test_anonymous_is_sent_to_sign_in(client, secret, name, arguments):
    response = client.get(address(name, arguments, secret))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize(("name", "arguments"), ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_without_a_role_is_refused(client, secret, name, arguments, method):
    client.force_login(make_officer(roles=[]))

    response = getattr(client, method)(address(name, arguments, secret))

    if name == "login":
        assert response.url == "/admin/"
    else:
        assert response.status_code == 403


def test_somebody_without_a_role_is_told_so_and_can_sign_out(client):
    client.force_login(make_officer(roles=[]))

    page = client.get("/admin/").content.decode()

    assert "hold no role that is in force today" in page
    assert f'action="{reverse("account_logout")}"' in page


@pytest.mark.parametrize(("name", "arguments"), ADDRESSES)
def test_officer_of_another_meeting_learns_nothing(client, secret, name, arguments):
    client.force_login(make_officer(meeting=make_meeting("Another")))

    response = client.get(address(name, arguments, secret), {"app_label": "advisory"}, follow=True)

    assert SECRET not in response.content.decode()
    assert ADDRESS not in response.content.decode()
    if name not in OPEN_TO_EVERY_OFFICER:
        assert response.status_code in {403, 404} or response.redirect_chain[-1][0] == "/admin/"


@pytest.mark.parametrize(("name", "arguments"), [row for row in ADDRESSES if row[0] not in OPEN_TO_EVERY_OFFICER])
def test_officer_of_another_meeting_changes_nothing(client, secret, name, arguments):
    client.force_login(make_officer(meeting=make_meeting("Another")))
    rows = [Meeting, Document, Body, Topic, User, Grant, PreviewLink, Message]
    rows += [Category, Zone, Organization, OrganizationPlaces, Delegation, Registration, Decision, Badge]
    before = [list(model.objects.order_by("pk").values()) for model in rows]

    client.post(address(name, arguments, secret), {"post": "yes", "title": "Mine now", "text": "When: 6 May 2016"})

    assert [list(model.objects.order_by("pk").values()) for model in rows] == before


@pytest.mark.parametrize("change", [{"ends_on": timezone.localdate() - timedelta(days=1)}, {"role": Role.DOOR}])
def test_panel_closes_at_once_when_a_grant_is_taken(client, change):
    meeting = make_meeting()
    client.force_login(make_officer())
    page = reverse("admin:advisory_meeting_change", args=[meeting.pk])
    assert client.get(page).status_code == 200

    Grant.objects.update(**change)

    assert SECRET not in client.get(page).content.decode()
    assert client.get(page).status_code in {302, 403}
    assert client.get(reverse("admin:advisory_meeting_import")).status_code == 403


def test_officer_who_was_switched_off_is_out(client):
    officer = make_officer()
    client.force_login(officer)
    User.objects.update(is_active=False)

    response = client.get("/admin/")

    assert response.url == "/accounts/login/?next=/admin/"


def test_officer_signs_in_with_name_and_password(client):
    make_officer()

    response = client.post("/accounts/login/?next=/admin/", {"login": "officer", "password": PASSWORD})

    assert response.url == "/admin/"
    assert client.get("/admin/").url == "/accounts/2fa/"  # tests/office/test_second_factor.py goes on


def test_autocomplete_offers_only_meetings_the_officer_may_see(client):
    """Asked by an administrator who holds that role for one meeting: the field itself is refused."""
    make_meeting(SECRET)
    query = {"app_label": "office", "model_name": "grant", "field_name": "meeting", "term": ""}
    url = reverse("admin:autocomplete")
    client.force_login(make_officer("all", roles=[Role.ADMINISTRATOR]))
    assert [row["text"] for row in client.get(url, query).json()["results"]] == [SECRET]

    client.force_login(make_officer("one", roles=[Role.ADMINISTRATOR], meeting=make_meeting("Another")))

    assert [row["text"] for row in client.get(url, query).json()["results"]] == ["Another"]


def test_choices_of_a_foreign_key_are_meetings_the_officer_may_see(rf):
    make_meeting(SECRET)
    mine = make_meeting("Mine")
    request = rf.get("/")
    request.user = make_officer(meeting=mine)

    field = admin.site.get_model_admin(Document).formfield_for_foreignkey(Document._meta.get_field("meeting"), request)

    assert list(field.queryset) == [mine]


# Grants and officers


@pytest.fixture
def administrator(client):
    administrator = make_officer("chief", roles=[Role.ADMINISTRATOR])
    client.force_login(administrator)
    return administrator


def test_administrator_gives_a_grant_to_somebody_else(client, administrator):
    colleague = make_officer("colleague", roles=[])

    client.post(reverse("admin:office_grant_add"), {"user": colleague.pk, "role": Role.PRESS_OFFICER})

    assert colleague.grants.get().role == Role.PRESS_OFFICER
    assert LogEntry.objects.get().user == administrator


def test_nobody_gives_themselves_a_grant(client, administrator):
    response = client.post(reverse("admin:office_grant_add"), {"user": administrator.pk, "role": Role.PRESS_OFFICER})

    assert list(response.context["adminform"].form.errors) == ["user"]
    assert [grant.role for grant in administrator.grants.all()] == [Role.ADMINISTRATOR]


def test_nobody_changes_or_deletes_their_own_grant(client, administrator):
    own = administrator.grants.get()

    changed = client.post(reverse("admin:office_grant_change", args=[own.pk]), {"role": Role.SUPERVISOR})
    deleted = client.post(reverse("admin:office_grant_delete", args=[own.pk]), {"post": "yes"})

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert administrator.grants.get().role == Role.ADMINISTRATOR


def test_nobody_adds_a_grant_on_their_own_page(client, administrator):
    page = reverse("admin:office_user_change", args=[administrator.pk])
    data = filled(client.get(page), "user_form")

    client.post(page, data | {"grants-TOTAL_FORMS": 2, "grants-1-role": "press_officer", "name": "Chief"})

    administrator.refresh_from_db()
    assert (administrator.name, administrator.grants.count()) == ("Chief", 1)


def test_administrator_adds_a_grant_on_a_colleagues_page(client, administrator):
    colleague = make_officer("colleague", roles=[])
    page = reverse("admin:office_user_change", args=[colleague.pk])
    data = filled(client.get(page), "user_form")

    client.post(page, data | {"grants-TOTAL_FORMS": 1, "grants-0-role": "press_officer", "grants-0-user": colleague.pk})

    assert colleague.grants.get().role == Role.PRESS_OFFICER


def test_administrator_of_one_meeting_gives_no_grants(client):
    client.force_login(make_officer(roles=[Role.ADMINISTRATOR], meeting=make_meeting()))

    for name in ("office_grant_add", "office_grant_changelist", "office_user_add", "office_user_changelist"):
        assert client.get(reverse(f"admin:{name}")).status_code == 403


def test_officers_are_never_deleted(client, administrator):
    colleague = make_officer("colleague")

    response = client.post(reverse("admin:office_user_delete", args=[colleague.pk]), {"post": "yes"})

    assert response.status_code == 403
    assert User.objects.filter(pk=colleague.pk).exists()


def test_administrator_adds_an_officer_who_can_sign_in(client, administrator):
    page = reverse("admin:office_user_add")
    password = "a long enough password"
    typed = {"username": "new", "name": "New Officer", "email": "new@example.int", "usable_password": "true"}

    client.post(page, filled(client.get(page), "user_form") | typed | {"password1": password, "password2": password})

    officer = User.objects.get(username="new")
    assert (officer.name, officer.check_password(password), officer.grants.count()) == ("New Officer", True, 0)


def test_administrator_sets_a_password(client, administrator):
    colleague = make_officer("colleague")
    page = reverse("admin:auth_user_password_change", args=[colleague.pk])

    client.post(page, {"password1": "another long one", "password2": "another long one", "usable_password": "true"})

    colleague.refresh_from_db()
    assert colleague.check_password("another long one")


def test_nobody_switches_themselves_off(client, administrator):
    page = reverse("admin:office_user_change", args=[administrator.pk])
    data = filled(client.get(page), "user_form")

    client.post(page, data | {"is_active": ""})

    administrator.refresh_from_db()
    assert administrator.is_active


def test_there_are_no_groups_in_the_panel(client, administrator):
    assert not re.search(r"\bGroups\b", client.get("/admin/").content.decode())


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_officers_asks_the_same_number_of_questions(client, count, django_assert_num_queries):
    client.force_login(make_officer("chief", roles=[Role.ADMINISTRATOR]))
    for number in range(count):
        make_officer(f"officer{number}")

    with django_assert_num_queries(6):
        client.get(reverse("admin:office_user_changelist"))


# First start


def test_first_sign_in_makes_one_officer_who_can_sign_in(client, capsys):
    call_command("first_sign_in")

    sign_in, _ = capsys.readouterr().out.splitlines()
    name, password = re.fullmatch(r"Sign-in: (\S+) / (\S+)", sign_in).groups()
    officer = User.objects.get()
    assert (officer.username, officer.check_password(password)) == (name, True)
    roles = {
        "press_officer", "administrator", "supervisor", "liaison_officer", "media_reviewer", "badge_desk", "door",
    }  # fmt: skip
    assert {grant.role for grant in officer.grants.all()} == roles
    file = Path(settings.VAR_DIR, "first-sign-in")
    assert file.read_text() == f"{name} / {password}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_first_sign_in_is_silent_once_somebody_is_there(capsys):
    make_officer("somebody")

    call_command("first_sign_in")

    assert User.objects.count() == 1
    assert capsys.readouterr().out == ""
