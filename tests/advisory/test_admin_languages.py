"""The translation grid in the panel, as translators and press officers walk it."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from advisory import languages as domain
from advisory.models import Edition, Meeting, Translation
from advisory.publishing import publish
from office.permissions import Role
from tests.builders import make_full_meeting, make_meeting, make_officer, make_sitting
from tests.filled_form import filled

pytestmark = pytest.mark.django_db

GRID = reverse("admin:advisory_meeting_all_languages")
SIX = [("ar", "عربي"), ("zh", "中文"), ("en", "English"), ("fr", "Français"), ("ru", "Русский"), ("es", "Español")]


@pytest.fixture(autouse=True)
def _languages(settings):
    settings.LANGUAGES = SIX


@pytest.fixture
def meeting():
    return make_meeting("Dialogue on early warning", room="Hall 1")


@pytest.fixture
def translator(client, meeting):
    officer = make_officer("translator", roles=[Role.TRANSLATOR], meeting=meeting, name="T. Ranslator")
    client.force_login(officer)
    return officer


@pytest.fixture
def officer(client):
    officer = make_officer()
    client.force_login(officer)
    return officer


def page_of(meeting, language="fr"):
    return reverse("admin:advisory_meeting_language", args=[meeting.pk, language])


def send(client, meeting, button="_draft", language="fr", **texts):
    page = page_of(meeting, language)
    typed = {f"text-{path}": text for path, text in texts.items()}
    return client.post(page, filled(client.get(page), None) | typed | {button: ""}, follow=True)


def told(response):
    return [str(message) for message in response.context["messages"]]


# Grid


def coming(number=0, **fields):
    meeting = make_meeting(f"Coming {number}", sitting=False, **fields)
    make_sitting(meeting, date=timezone.localdate() + timedelta(days=number))
    return meeting


@pytest.mark.parametrize("count", [1, 3])
def test_grid_asks_the_same_number_of_questions(client, officer, count, django_assert_num_queries):
    for number in range(count):
        meeting = coming(number)
        domain.write(meeting, "fr", "title", "À venir", source=meeting.title, by=None)
        publish(meeting, by=None)

    with django_assert_num_queries(18):
        assert len(client.get(GRID).context["rows"]) == count


def test_grid_shows_meetings_to_come_with_six_columns(client, officer):
    make_meeting("Over")
    publish(coming(2, slug="two", code="TWO1"), by=None)
    first = coming(1, slug="one", code="ONE1")
    domain.write(first, "fr", "title", "À venir", source="Other words", by=None)

    response = client.get(GRID)

    rows = [(str(meeting), [cell and cell.state for cell in cells]) for meeting, cells in response.context["rows"]]
    none = ["missing", "missing", None, "missing", "missing", "missing"]
    assert rows == [("Coming 1", none[:3] + ["draft"] + none[4:]), ("Coming 2", none)]
    assert "1 of 2 outdated" in response.content.decode()


def test_grid_holds_only_meetings_of_the_officers_grants(client):
    coming(1)
    mine = coming(2, slug="two", code="TWO1")
    client.force_login(make_officer(roles=[Role.TRANSLATOR], meeting=mine))

    assert [str(meeting) for meeting, _ in client.get(GRID).context["rows"]] == ["Coming 2"]


def test_page_of_a_meeting_lists_every_other_language(client, translator, meeting):
    response = client.get(reverse("admin:advisory_meeting_languages", args=[meeting.pk]))

    assert [name for name, _ in response.context["rows"]] == ["Arabic", "Chinese", "French", "Russian", "Spanish"]


# Editing


def test_source_and_translation_stand_side_by_side_in_reading_order(client, translator):
    meeting = make_full_meeting()
    translator.grants.create(role=Role.TRANSLATOR, meeting=meeting)

    groups = client.get(page_of(meeting, "ar")).context["groups"]

    assert [heading for heading, _ in groups][:4] == ["What is announced", "Where", "When", "Programme"]
    labels = [entry["label"] for _, entries in groups for entry in entries]
    assert labels[:3] == ["Title", "Theme", "What"]
    assert "Sitting 2: room" in labels
    assert len(labels) == len(set(labels))


def test_every_text_has_a_box_in_its_language_and_direction(client, translator, meeting):
    page = client.get(page_of(meeting, "ar")).content.decode()

    assert '<textarea id="text-title" name="text-title" lang="ar" dir="rtl"' in page
    assert '<div lang="en" dir="ltr" class="source-text">Dialogue on early warning</div>' in page


def test_translator_saves_a_draft(client, translator, meeting):
    response = send(client, meeting, title="Dialogue sur l’alerte rapide")

    row = Translation.objects.get()
    assert (row.path, row.text, row.by) == ("title", "Dialogue sur l’alerte rapide", translator)
    assert told(response) == ["Saved: 1 text changed. Nothing of it is public."]
    assert LogEntry.objects.get().get_change_message() == "Saved 1 text."
    assert meeting.language_versions.get().state == "draft"


def test_saving_an_untouched_page_changes_nothing(client, translator, meeting):
    send(client, meeting, title="Dialogue", button="_review")
    before = list(Translation.objects.values())

    response = send(client, meeting)

    assert told(response) == ["No text was changed. Nothing of it is public."]
    assert list(Translation.objects.values()) == before
    assert meeting.language_versions.get().state == "reviewed"


def test_translator_marks_as_reviewed(client, translator, meeting):
    response = send(client, meeting, title="Dialogue", button="_review")

    assert meeting.language_versions.get().state == "reviewed"
    assert told(response) == ["Saved: 1 text changed. French is reviewed and goes with the next edition."]


def test_empty_language_is_not_reviewed(client, translator, meeting):
    response = send(client, meeting, button="_review")

    assert told(response)[0].endswith("There is nothing to mark as reviewed: no text fits the present original.")


def test_translator_cannot_publish(client, translator, meeting):
    publish(meeting, by=None)
    page = client.get(page_of(meeting))
    assert 'name="_publish"' not in page.content.decode()

    response = client.post(page_of(meeting), filled(page, None) | {"text-title": "Dialogue", "_publish": ""})

    assert response.status_code == 403
    assert not Translation.objects.exists()
    assert meeting.editions.count() == 1


def test_press_officer_publishes_one_language(client, officer, meeting):
    publish(meeting, by=None)

    response = send(client, meeting, title="Dialogue", button="_publish")

    edition = Edition.objects.first()
    assert (edition.number, edition.kind, edition.texts["fr"]) == (2, "translation", {"title": "Dialogue"})
    assert told(response)[0].startswith("Edition 2 is public:")
    again = send(client, meeting, button="_publish")
    assert meeting.editions.count() == 2
    assert told(again) == [
        "No text was changed. These texts are published already: nothing was published again.",
    ]


def test_outdated_text_shows_what_changed_in_its_source(client, translator, meeting):
    send(client, meeting, room="Salle 1")
    Meeting.objects.update(room="Hall 2")

    page = client.get(page_of(meeting)).content.decode()

    assert '<del><span class="visually-hidden">taken out: </span>1</del>' in page
    assert '<ins><span class="visually-hidden">new: </span>2</ins>' in page
    assert 'name="right-room"' in page


def test_second_translator_sees_both_texts_and_loses_nothing(client, translator, meeting):
    data = filled(client.get(page_of(meeting)), None)
    client.post(page_of(meeting), data | {"text-title": "Premier", "_draft": ""})

    response = client.post(page_of(meeting), data | {"text-title": "Second", "text-room": "Salle", "_draft": ""})

    page = response.content.decode()
    assert "T. Ranslator changed this text after you opened the page." in page
    assert '<span lang="fr" dir="ltr">Premier</span>' in page
    shown = filled(response, None)
    assert (shown["text-title"], shown["text-room"]) == (["Second"], ["Salle"])
    client.post(page_of(meeting), shown | {"_draft": ""})
    assert dict(Translation.objects.values_list("path", "text")) == {"title": "Second", "room": "Salle"}


def test_text_whose_source_went_is_shown_to_its_translator(client, translator, meeting):
    data = filled(client.get(page_of(meeting)), None)
    Meeting.objects.update(room="")

    response = client.post(page_of(meeting), data | {"text-room": "Salle", "_draft": ""})

    page = response.content.decode()
    assert "The original of this text was taken out meanwhile." in page
    assert '<q lang="fr" dir="ltr">Salle</q>' in page


def test_reader_of_the_meeting_only_reads(client, meeting):
    client.force_login(make_officer(roles=[Role.SUPERVISOR]))
    page = client.get(page_of(meeting))
    assert "Save as draft" not in page.content.decode()

    response = client.post(page_of(meeting), filled(page, None) | {"text-title": "Mine", "_draft": ""})

    assert response.status_code == 403
    assert not Translation.objects.exists()


@pytest.mark.parametrize("language", ["en", "de", "x"])
def test_original_and_unknown_languages_are_not_found(client, translator, meeting, language):
    assert client.get(page_of(meeting, language)).status_code == 404


def test_texts_are_words_and_never_markup(client, translator, meeting):
    Meeting.objects.update(room="<script>alert(1)</script>")

    send(client, meeting, room="</textarea><script>alert(2)</script>")
    Meeting.objects.update(room="<script>alert(3)</script>")

    assert "<script>alert" not in client.get(page_of(meeting)).content.decode()


@pytest.mark.parametrize("button", ["_review", "_publish"])
@pytest.mark.parametrize("path", ["title", "room"])
def test_text_that_a_colleague_changed_is_not_reviewed_unseen(client, meeting, officer, button, path):
    publish(meeting, by=officer)
    domain.write(meeting, "fr", "title", "Dialogue", source=meeting.title, by=officer)
    opened = filled(client.get(page_of(meeting)), None)
    domain.write(meeting, "fr", path, "Tout autre chose", source=getattr(meeting, path), by=officer)

    response = client.post(page_of(meeting), opened | {button: ""})

    assert list(response.context["conflicts"]) == [path]
    assert meeting.language_versions.get().state == "draft"
    assert meeting.editions.count() == 1


def test_nul_is_not_kept(client, meeting, officer):
    send(client, meeting, title="Dia\0logue")

    assert Translation.objects.get().text == "Dialogue"
