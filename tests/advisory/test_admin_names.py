"""Bodies and topics in six languages, and the page's part for after the meeting."""

import pytest
from django.urls import reverse

from advisory.models import Body, Topic
from tests.builders import make_meeting, make_officer
from tests.filled_form import filled

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _officer(client):
    client.force_login(make_officer())


@pytest.mark.parametrize("model", [Body, Topic])
def test_names_are_written_in_six_languages(client, model):
    name = model._meta.model_name
    page = reverse(f"admin:advisory_{name}_add")
    shown = client.get(page)
    assert 'lang="ar" dir="rtl"' in shown.content.decode()

    typed = {"name": "Peace", "slug": "peace", "name_ar": "السلام", "name_fr": "Paix"}
    client.post(page, filled(shown, f"{name}_form") | typed)

    assert model.objects.get().names == {"en": "Peace", "ar": "السلام", "fr": "Paix"}
    assert "zh, ru, es" in client.get(reverse(f"admin:advisory_{name}_changelist")).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("model", [Body, Topic])
def test_lists_of_names_ask_the_same_number_of_questions(client, model, count, django_assert_num_queries):
    for number in range(count):
        model.objects.create(name=f"Name {number}", slug=f"name-{number}")

    with django_assert_num_queries(5):
        client.get(reverse(f"admin:advisory_{model._meta.model_name}_changelist"))


def test_topics_outcome_and_recording_are_chosen_on_the_meetings_page(client):
    meeting = make_meeting()
    topics = [Topic.objects.create(name=name, slug=name.lower()) for name in ["Peace", "Water"]]
    page = reverse("admin:advisory_meeting_change", args=[meeting.pk])
    webcast = {"webcasts-TOTAL_FORMS": 1, "webcasts-0-kind": "recording", "webcasts-0-url": "https://tv.example.int/1"}

    typed = {"topics": [topic.pk for topic in topics], "outcome": "It was **agreed**."} | webcast
    client.post(page, filled(client.get(page), "meeting_form") | typed)

    meeting.refresh_from_db()
    assert (list(meeting.topics.all()), meeting.outcome) == (topics, "It was **agreed**.")
    assert meeting.webcasts.get().kind == "recording"


def test_part_for_after_the_meeting_leads_to_what_belongs_to_it(client):
    page = client.get(reverse("admin:advisory_meeting_change", args=[make_meeting().pk])).content.decode()

    description = page[page.index("What belongs here too") :][:600]
    for anchor in ["documents-group", "webcasts-group", "photos-group"]:
        assert f'href="#{anchor}"' in description
        assert f'id="{anchor}"' in page
