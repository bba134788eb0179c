"""The meeting's list and form in the staff panel."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from advisory.models import Body, Meeting, Sitting
from advisory.publishing import publish
from office.permissions import Role
from tests.builders import make_full_meeting, make_meeting, make_officer, make_sitting
from tests.filled_form import filled

pytestmark = pytest.mark.django_db

LIST = reverse("admin:advisory_meeting_changelist")
ADD = reverse("admin:advisory_meeting_add")


@pytest.fixture
def officer(client):
    officer = make_officer(name="A. Officer")
    client.force_login(officer)
    return officer


def page_of(meeting):
    return reverse("admin:advisory_meeting_change", args=[meeting.pk])


def form_of(client, meeting):
    return filled(client.get(page_of(meeting)), "meeting_form")


def errors_on(response):
    return response.context["adminform"].form.errors


# List


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_the_same_number_of_questions(client, officer, count, django_assert_num_queries):
    for number in range(count):
        meeting = make_meeting(body=Body.objects.create(name=f"Body {number}", slug=f"body-{number}"))
        publish(meeting, by=None)

    with django_assert_num_queries(8):
        client.get(LIST)


def test_list_tells_state_first_day_and_what_is_public(client, officer):
    meeting = make_meeting()
    make_sitting(meeting, date=timezone.localdate().replace(year=2015, month=5, day=4))
    publish(meeting, by=None)
    make_meeting(sitting=False)
    Meeting.objects.filter(pk=meeting.pk).update(changed_at=timezone.now() + timedelta(minutes=1))

    table = client.get(LIST).content.decode()

    assert "4 May 2015" in table
    assert "to be announced" in table
    assert "edition 1, changed since" in table
    assert "not yet" in table


@pytest.mark.parametrize("sought", ["Dialogue on early", "DEW01", "dialogue-1", "A/70/999"])
def test_list_is_searched_by_what_officers_remember(client, officer, sought):
    meeting = make_meeting()
    meeting.documents.create(symbols=["A/70/999"])
    make_meeting("Another", slug="another", code="ANO1")

    found = client.get(LIST, {"q": sought}).context["cl"].queryset

    assert list(found) == [meeting]


def test_list_is_narrowed_by_day_and_by_open_doubts(client, officer):
    old = make_meeting(import_doubts=[{"field": "title", "code": "x", "message": "Check."}])
    new = make_meeting(sitting=False)
    make_sitting(new, date=old.sittings.get().date.replace(year=2020))

    assert list(client.get(LIST, {"sittings__date__year": 2020}).context["cl"].queryset) == [new]
    assert list(client.get(LIST, {"doubts": "open"}).context["cl"].queryset) == [old]


def test_first_page_lists_what_needs_doing(client, officer):
    make_meeting("A draft")
    publish(make_meeting("An old one"), by=None)
    coming = make_meeting("A coming one", sitting=False)
    make_sitting(coming, date=timezone.localdate() + timedelta(days=2))
    publish(coming, by=None)

    lists = client.get("/admin/").context["to_do"][0]["lists"]

    assert {heading: [str(meeting) for meeting in meetings] for heading, meetings, _ in lists} == {
        "Drafts": ["A draft"],
        "Doubts of imported texts to look at": [],
        "Coming up": ["A coming one"],
    }


# Form


def test_saving_an_untouched_page_changes_no_row(client, officer):
    meeting = make_full_meeting()
    relations = ["sittings", "programme", "stakeouts", "speakers", "access_notices", "documents", "webcasts"]
    relations += ["links", "contacts"]
    before = {relation: list(getattr(meeting, relation).values()) for relation in relations}
    fields = Meeting.objects.filter(pk=meeting.pk).values(*form_fields())

    was = list(fields)
    response = client.post(page_of(meeting), form_of(client, meeting))

    assert response.status_code == 302
    assert {relation: list(getattr(meeting, relation).values()) for relation in relations} == before
    assert list(fields) == was
    assert LogEntry.objects.get().get_change_message() == "No fields changed."


def form_fields():
    return [field.name for field in Meeting._meta.fields if field.editable and field.name != "id"]


def test_new_meeting_gets_address_and_code_from_title_and_year(client, officer):
    typed = {"title": "Dialogue on Clean Seas", "sittings-0-date": "2031-06-14"}

    response = client.post(ADD, filled(client.get(ADD), "meeting_form") | typed)

    assert response.status_code == 302
    meeting = Meeting.objects.get()
    assert (meeting.slug, meeting.code, meeting.status) == ("dialogue-on-clean-seas", "DCS31", "draft")
    assert meeting.sittings.get().date.isoformat() == "2031-06-14"


def test_code_is_written_in_capitals(client, officer):
    meeting = make_meeting()

    client.post(page_of(meeting), form_of(client, meeting) | {"code": "sea31"})

    meeting.refresh_from_db()
    assert meeting.code == "SEA31"


def test_part_without_position_comes_last(client, officer):
    meeting = make_meeting()
    data = form_of(client, meeting)
    new = {"links-TOTAL_FORMS": 2, "links-0-url": "https://a.example.int/", "links-1-url": "https://b.example.int/"}

    client.post(page_of(meeting), data | new | {"links-0-position": 5, "links-1-position": ""})

    assert list(meeting.links.values_list("url", "position")) == [
        ("https://a.example.int/", 5),
        ("https://b.example.int/", 6),
    ]


def test_lists_are_typed_one_a_line_and_refused_in_words(client, officer):
    meeting = make_meeting()
    data = form_of(client, meeting) | {"contacts-0-phones": "+41 22 555 0100\n212 555 0142"}

    response = client.post(page_of(meeting), data)

    assert "Write “212 555 0142” with its country code, like +1 212 555 0142." in response.content.decode()
    client.post(page_of(meeting), data | {"contacts-0-phones": "+41 22 555 0100\n+1 212 555 0142"})
    assert meeting.contacts.get().phones == ["+41225550100", "+12125550142"]


def test_status_and_public_address_cannot_be_typed(client, officer):
    meeting = make_meeting()
    publish(meeting, by=None)

    client.post(page_of(meeting), form_of(client, meeting) | {"status": "cancelled", "slug": "elsewhere"})

    meeting.refresh_from_db()
    assert (meeting.status, meeting.slug) == ("confirmed", "dialogue-1")


def test_time_zone_that_does_not_exist_is_refused(client, officer):
    meeting = make_meeting()

    response = client.post(page_of(meeting), form_of(client, meeting) | {"time_zone": "Mars/Olympus"})

    assert errors_on(response) == {
        "time_zone": ["“Mars/Olympus” is not a zone Rostrum knows. Write a name like America/New_York."]
    }


def test_supervisor_reads_and_cannot_save(client):
    meeting = make_meeting()
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))
    assert meeting.title in client.get(page_of(meeting)).content.decode()

    response = client.post(page_of(meeting), {"title": "Mine"})

    assert response.status_code == 403
    assert Meeting.objects.get().title == meeting.title


def test_press_officer_of_one_meeting_only_reads_another_as_its_supervisor(client):
    mine, other = make_meeting("Mine"), make_meeting("Other")
    officer = make_officer(meeting=mine)
    officer.grants.create(role=Role.SUPERVISOR, meeting=other)
    client.force_login(officer)

    answers = [client.post(page_of(meeting), form_of(client, meeting)).status_code for meeting in (mine, other)]
    client.post(LIST, {"action": "delete_selected", "_selected_action": [mine.pk, other.pk], "post": "yes"})

    assert answers == [302, 403]
    assert Meeting.objects.count() == 2
    assert list(client.get(page_of(other)).context["adminform"].form.fields) == ["seen", "looked_at"]


def test_officer_of_one_meeting_adds_no_meeting(client):
    client.force_login(make_officer(meeting=make_meeting()))

    pages = [ADD, reverse("admin:advisory_meeting_import")]

    assert [client.get(page).status_code for page in pages] == [403, 403]


def test_part_of_another_meeting_cannot_be_taken_over(client):
    mine, other = make_meeting(), make_meeting("Another")
    client.force_login(make_officer(meeting=mine))
    theirs = other.sittings.get()

    client.post(page_of(mine), form_of(client, mine) | {"sittings-0-id": theirs.pk, "sittings-0-title": "Taken"})

    assert list(Sitting.objects.filter(title="Taken")) == []


def test_every_control_in_a_table_of_parts_has_a_name(client, officer):
    meeting = make_full_meeting()

    response = client.get(page_of(meeting))

    tables = [inline for inline in response.context["inline_admin_formsets"] if "table" in inline.opts.template]
    fields = [field for inline in tables for form in inline.formset.forms for field in form.visible_fields()]
    assert len(fields) > 5
    assert [field.html_name for field in fields if not field.field.widget.attrs.get("aria-label")] == []


# Two officers at once


def test_second_officer_is_told_and_loses_nothing(client, officer):
    meeting = make_meeting()
    data = form_of(client, meeting)
    client.post(page_of(meeting), data | {"theme": "First"})

    response = client.post(page_of(meeting), data | {"theme": "Second", "room": "Hall 2"})

    meeting.refresh_from_db()
    assert meeting.theme == "First"
    (sentence,) = errors_on(response)["__all__"]
    assert sentence.startswith("This meeting was changed by A. Officer at ")
    assert "Changed Theme" in sentence
    assert form_shown(response)["theme"] == ["Second"]
    assert form_shown(response)["room"] == ["Hall 2"]


def form_shown(response):
    return filled(response, "meeting_form")


def test_second_officer_may_save_again_after_reading(client, officer):
    meeting = make_meeting()
    data = form_of(client, meeting)
    client.post(page_of(meeting), data | {"theme": "First"})
    response = client.post(page_of(meeting), data | {"theme": "Second"})

    client.post(page_of(meeting), form_shown(response))

    meeting.refresh_from_db()
    assert meeting.theme == "Second"


@pytest.mark.django_db(transaction=True)
def test_of_two_who_save_in_the_same_moment_one_is_told(client, officer):
    meeting = make_meeting()
    data = form_of(client, meeting)
    start = Barrier(2)

    def save(theme):
        browser = Client()
        browser.force_login(officer)
        start.wait()
        try:
            return browser.post(page_of(meeting), data | {"theme": theme}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        answers = list(both.map(save, ["First", "Second"]))

    assert sorted(answers) == [200, 302]
    assert LogEntry.objects.count() == 1


def test_change_of_a_document_is_a_change_of_its_meeting(client, officer):
    meeting = make_meeting()
    document = meeting.documents.create(symbols=["A/70/999"])
    data = form_of(client, meeting)
    page = reverse("admin:advisory_document_change", args=[document.pk])
    client.post(page, filled(client.get(page), "document_form") | {"title": "Report"})
    document.refresh_from_db()
    assert document.title == "Report"

    response = client.post(page_of(meeting), data)

    assert "Changed document" in errors_on(response)["__all__"][0]


# Doubts


def doubtful():
    doubts = [("time_zone", "Confirm the zone."), ("who", "Add the name."), ("title", "Two titles.")]
    return make_meeting(import_doubts=[{"field": field, "code": field, "message": said} for field, said in doubts])


def test_each_doubt_stands_beside_what_it_concerns(client, officer):
    response = client.get(page_of(doubtful()))

    form = response.context["adminform"].form
    assert "Confirm the zone." in form.fields["time_zone"].help_text
    assert "Two titles." in form.fields["title"].help_text
    parts = {row["part"].formset.prefix: row["doubts"] for row in response.context["sections"] if "part" in row}
    assert {name: [doubt["message"] for doubt in doubts] for name, doubts in parts.items() if doubts} == {
        "speakers": ["Add the name."]
    }
    assert response.content.decode().count("Looked at</label>") == 3


def test_doubt_that_was_looked_at_goes(client, officer):
    meeting = doubtful()

    client.post(page_of(meeting), form_of(client, meeting) | {"looked_at": ["0", "1"]})

    meeting.refresh_from_db()
    assert [doubt["field"] for doubt in meeting.import_doubts] == ["title"]
    assert LogEntry.objects.get().get_change_message() == "Changed doubts looked at."


def test_doubts_are_words_and_never_markup(client, officer):
    meeting = make_meeting(import_doubts=[{"field": "title", "code": "x", "message": "<script>alert(1)</script>"}])

    assert "<script>alert" not in client.get(page_of(meeting)).content.decode()


# Deleting


def test_draft_is_deleted(client, officer):
    meeting = make_full_meeting()
    page = reverse("admin:advisory_meeting_delete", args=[meeting.pk])
    assert page in client.get(page_of(meeting)).content.decode()

    client.post(page, {"post": "yes"})

    assert not Meeting.objects.exists()


def test_published_meeting_is_never_deleted(client, officer):
    meeting = make_meeting()
    publish(meeting, by=None)
    page = reverse("admin:advisory_meeting_delete", args=[meeting.pk])
    assert page not in client.get(page_of(meeting)).content.decode()

    response = client.post(page, {"post": "yes"}, follow=True)

    assert Meeting.objects.filter(pk=meeting.pk).exists()
    assert "was published and stays in the record" in response.content.decode()


def test_published_meeting_is_not_deleted_from_the_list_either(client, officer):
    draft, meeting = make_meeting("Draft"), make_meeting("Public")
    publish(meeting, by=None)
    chosen = {"action": "delete_selected", "_selected_action": [draft.pk, meeting.pk]}
    assert "it was published and stays in the record" in client.post(LIST, chosen).content.decode()

    client.post(LIST, chosen | {"post": "yes"})

    assert Meeting.objects.count() == 2


def test_supervisor_deletes_nothing(client):
    meeting = make_meeting()
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))

    client.post(reverse("admin:advisory_meeting_delete", args=[meeting.pk]), {"post": "yes"})

    assert Meeting.objects.exists()


def test_body_is_corrected_only_with_a_grant_for_every_meeting(client):
    body = Body.objects.create(name="Council", slug="council")
    page = reverse("admin:advisory_body_change", args=[body.pk])
    client.force_login(make_officer("one", meeting=make_meeting()))
    assert client.post(page, {"name": "Mine", "slug": "council"}).status_code == 403

    client.force_login(make_officer("all"))
    client.post(page, {"name": "Council of Ministers", "slug": "council"})

    body.refresh_from_db()
    assert body.name == "Council of Ministers"
