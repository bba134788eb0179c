"""Categories in the staff panel: begun with a preset, changed in words, never against what has happened."""

from datetime import UTC, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from accreditation import presets
from accreditation.admin.categories import CategoryAdmin
from accreditation.models import Category, EvidenceRule, Question, Zone
from accreditation.states import Status
from advisory.publishing import publish
from office.permissions import Role
from tests.builders import (
    make_category,
    make_meeting,
    make_officer,
    make_registration,
)
from tests.filled_form import filled

pytestmark = pytest.mark.django_db

LIST = reverse("admin:accreditation_category_changelist")
ADD = reverse("admin:accreditation_category_add")
# Counted, on pages of their own, in megabytes
NO_PAGE_OF_ITS_OWN = {"id", "taken", "translations", "made_from", "most_bytes"}


def at(name, category, *words):
    return reverse(f"admin:accreditation_category_{name}", args=[category.pk, *words])


def save(client, category, **typed):
    """Post the category's page with some fields typed anew; the errors by field, or none."""
    page = at("change", category)
    response = client.post(page, filled(client.get(page), "category_form") | typed)
    category.refresh_from_db()
    if response.status_code == 302:
        return {}
    return {name: list(errors) for name, errors in response.context["adminform"].form.errors.items()}


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def officer(client):
    officer = make_officer(roles=[Role.LIAISON_OFFICER])
    client.force_login(officer)
    return officer


def test_every_field_of_a_category_stands_on_its_page():
    shown = {name for _, options in CategoryAdmin.fieldsets for line in options["fields"]
             for name in ([line] if isinstance(line, str) else line)}  # fmt: skip

    fields = {field.name for field in Category._meta.concrete_fields}

    assert fields - shown == NO_PAGE_OF_ITS_OWN
    assert shown - fields == {"most_megabytes"}


@pytest.mark.parametrize("inline", CategoryAdmin.inlines)
def test_every_field_of_a_part_stands_on_the_page(inline):
    options = inline.fieldsets or [(None, {"fields": inline.fields})]
    shown = {name for _, section in options for line in section["fields"]
             for name in ([line] if isinstance(line, str) else line)}  # fmt: skip

    fields = {field.name for field in inline.model._meta.concrete_fields}

    assert fields - shown == {"id", "category", "translations", "made_from"}


# A new one


def test_new_category_begins_with_a_preset(client, officer):
    meeting = make_meeting()

    response = client.post(ADD, {"meeting": meeting.pk, "preset": "civil_society"}, follow=True)

    category = Category.objects.get()
    assert (category.meeting, category.slug) == (meeting, "civil-society")
    assert response.redirect_chain == [(at("change", category), 302)]
    assert LogEntry.objects.get().user == officer


def test_list_of_a_meetings_categories_leads_to_a_new_one_of_that_meeting(client, officer):
    meeting = make_category().meeting
    page = client.get(LIST, {"meeting__id__exact": meeting.pk})
    assert f'href="{ADD}?meeting={meeting.pk}"' in page.content.decode()

    form = client.get(ADD, {"meeting": meeting.pk})

    assert f'<option value="{meeting.pk}" selected>' in form.content.decode()


def test_meetings_page_leads_to_its_categories(client):
    meeting = make_meeting()
    client.force_login(make_officer())

    page = client.get(reverse("admin:advisory_meeting_change", args=[meeting.pk])).content.decode()

    assert f'<a href="{LIST}?meeting__id__exact={meeting.pk}">Accreditation: categories</a>' in page


def test_officer_of_another_meeting_adds_nothing_to_this_one(client):
    meeting = make_meeting()
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER], meeting=make_meeting()))

    response = client.post(ADD, {"meeting": meeting.pk, "preset": "press"})

    assert list(response.context["form"].errors) == ["meeting"]
    assert not Category.objects.exists()


# Its page


def test_page_saved_as_it_stands_changes_nothing(client, officer):
    category = presets.press(make_meeting())
    category.opens_at, category.closes_at = datetime(2016, 8, 1, 7, tzinfo=UTC), datetime(2016, 9, 1, 16, tzinfo=UTC)
    category.save()
    before = list(Category.objects.values()), list(EvidenceRule.objects.values())

    assert save(client, category) == {}

    assert (list(Category.objects.values()), list(EvidenceRule.objects.values())) == before


def test_lists_are_ticked_in_words(client, officer):
    category = make_category(make_meeting())
    Zone.objects.create(meeting=category.meeting, number=1, name="Floor")

    assert save(client, category, media=["print", "radio"], zones=["Floor"], outside_cap=["interpreter"]) == {}

    assert (category.media, category.zones, category.outside_cap) == (["print", "radio"], ["Floor"], ["interpreter"])
    page = client.get(at("change", category)).content.decode()
    assert "Newspaper or magazine" in page


def test_instants_are_typed_on_the_meetings_clock(client, officer):
    category = make_category(make_meeting(time_zone="Europe/Zurich"))

    assert save(client, category, closes_at_date="2026-05-04", closes_at_time="18:00") == {}

    assert category.closes_at == datetime(2026, 5, 4, 16, tzinfo=UTC)


def test_papers_and_questions_are_added_on_the_page(client, officer):
    category = make_category()
    typed = {
        "evidence_rules-TOTAL_FORMS": 1, "evidence_rules-0-asked_of": "radio", "evidence_rules-0-kind": "work_sample",
        "evidence_rules-0-position": "", "evidence_rules-0-least": 2, "evidence_rules-0-most": 3,
        "evidence_rules-0-most_pages": 4,
        "questions-TOTAL_FORMS": 1, "questions-0-label": "Do you film?", "questions-0-key": "film",
        "questions-0-kind": "yes_no", "questions-0-position": "",
    }  # fmt: skip

    assert save(client, category, **typed) == {}

    rule, question = EvidenceRule.objects.get(), Question.objects.get()
    assert (rule.asked_of, rule.least, rule.position) == ("radio", 2, 1)
    assert (question.key, question.kind, question.position) == ("film", "yes_no", 1)


def test_key_of_a_question_stays_as_its_answers_know_it(client, officer):
    category = make_category()
    question = category.questions.create(key="film", label="Do you film?")

    assert save(client, category, **{"questions-0-key": "other", "questions-0-label": "Do you photograph?"}) == {}

    question.refresh_from_db()
    assert (question.key, question.label) == ("film", "Do you photograph?")


REFUSED = {
    "fewer seats than taken": (
        {"capacity": "1"},
        {"capacity": ["2 seats are taken already. Give at least as many seats, or let the desk revoke some first."]},
    ),
    "chaperone for nobody": (
        {"minimum_age": "18", "chaperone_below": "18"},
        {"chaperone_below": ["Nobody younger than 18 may come, so this age must be higher, or empty."]},
    ),
    "pale badge": (
        {"badge_colour": "#ffcc00"},
        {
            "badge_colour": [
                "White letters on this colour can hardly be read (contrast 1.5 to 1; at least 3 to 1 is needed). "
                "Choose a darker one."
            ]
        },
    ),
    "letter that is none": ({"badge_letter": "7"}, {"badge_letter": ["One or two of the letters A to Z."]}),
    "nobody may apply": ({"media": []}, {"media": ["Tick at least one, or nobody can apply."]}),
    "closes before it opens": (
        {"opens_at_date": "2026-05-04", "opens_at_time": "09:00", "closes_at_date": "2026-05-03",
         "closes_at_time": "09:00"},
        {"__all__": ["It must close after it opens."]},
    ),
    "replaced while open": (
        {"closes_at_date": "2026-05-04", "closes_at_time": "09:00", "replace_until_date": "2026-05-03",
         "replace_until_time": "09:00"},
        {"replace_until": ["Applications are still taken then. Choose a later instant."]},
    ),
    "slug of another": ({"slug": "other"}, {"slug": ["Another category of this meeting has this slug."]}),
    "no hour to answer": (
        {"offer_hours": "0"},
        {"offer_hours": ["Ensure this value is greater than or equal to 1."]},
    ),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "errors"), REFUSED.values(), ids=REFUSED)
def test_contradiction_is_refused_in_words(client, officer, typed, errors):
    category = make_category(capacity=10, name="Press")
    make_category(category.meeting, slug="other", badge_letter="X")
    for _ in range(2):
        make_registration(Status.APPROVED, category=category)
    before = Category.objects.filter(pk=category.pk).values().get()

    assert save(client, category, **typed) == errors

    assert Category.objects.filter(pk=category.pk).values().get() == before


def test_seat_taken_while_the_page_was_open_stays_taken(client, officer):
    category = make_category(capacity=10)
    page = at("change", category)
    data = filled(client.get(page), "category_form")
    make_registration(Status.APPROVED, category=category)

    client.post(page, data | {"capacity": "5"})

    category.refresh_from_db()
    assert (category.capacity, category.taken) == (5, 1)


def test_officer_who_saves_second_reads_of_the_first_and_may_save_again(client, officer):
    category = make_category()
    page = at("change", category)
    data = filled(client.get(page), "category_form")
    Category.objects.update(minutes=30)

    refused = client.post(page, data | {"answer_days": "9"})
    category.refresh_from_db()
    kept = (category.minutes, category.answer_days)
    client.post(page, filled(refused, "category_form"))

    category.refresh_from_db()
    assert "Somebody else changed this category after you opened it." in refused.content.decode()
    assert (kept, (category.minutes, category.answer_days)) == ((30, 3), (12, 9))


def test_address_and_route_are_fixed_once_people_use_them(client, officer):
    category = make_category(slug="press")
    publish(category.meeting, by=None)
    make_registration(Status.SUBMITTED, category=category)

    assert save(client, category, slug="other", route="civil_society", name="Media") == {}

    assert (category.slug, category.route, category.name) == ("press", "press", "Media")


def test_category_that_somebody_came_by_is_not_deleted(client, officer):
    category = make_registration().category

    response = client.post(at("delete", category), {"post": "yes"})

    assert response.status_code == 403
    assert Category.objects.exists()


def test_start_page_is_linked_once_the_meeting_is_public(client, officer):
    category = make_category(slug="press")
    link = "See its start page"
    assert link not in client.get(at("change", category)).content.decode()

    publish(category.meeting, by=None)

    category.meeting.refresh_from_db()
    page = client.get(at("change", category)).content.decode()
    assert f'<a href="{category.meeting.get_absolute_url()}apply/press/">{link}</a>' in page


# Languages


def test_words_are_translated_beside_the_original(client, officer):
    category = make_category(prepare=["Passport", "Press card"])
    question = category.questions.create(key="film", label="Do you film?")
    page = at("language", category, "fr")
    typed = filled(client.get(page), "language_form") | {
        "text-category-name": "Presse", "text-category-prepare": "Passeport\n\nCarte de presse",
        f"text-questions-{question.pk}-label": "Filmez-vous ?",
    }  # fmt: skip

    client.post(page, typed)

    category.refresh_from_db()
    question.refresh_from_db()
    assert category.translations == {"fr": {"name": "Presse", "prepare": ["Passeport", "Carte de presse"]}}
    assert question.said("label", "fr") == "Filmez-vous ?"
    overview = client.get(at("languages", category)).content.decode()
    assert "3 of 3 translated" in overview


def test_translation_emptied_is_shown_in_the_original_again(client, officer):
    category = make_category(translations={"fr": {"name": "Presse"}, "es": {"name": "Prensa"}})

    client.post(at("language", category, "fr"), {"text-category-name": " "})

    category.refresh_from_db()
    assert (category.said("name", "fr"), category.said("name", "es")) == ("Press", "Prensa")


def test_saving_words_touches_no_seat(client, officer):
    category = make_category()
    Category.objects.filter(pk=category.pk).update(taken=3)

    client.post(at("language", category, "fr"), {"text-category-name": "Presse"})

    category.refresh_from_db()
    assert category.taken == 3


def test_original_that_changes_under_its_translations_is_told(client, officer):
    category = make_category(translations={"fr": {"name": "Presse"}})
    page = at("change", category)

    response = client.post(page, filled(client.get(page), "category_form") | {"name": "Media"}, follow=True)

    assert said(response)[0] == (
        "Its words in the other languages are outdated and not shown until somebody looks at them under “Languages”."
    )


@pytest.mark.parametrize("language", ["en", "xx"])
def test_language_that_is_no_translation_is_not_found(client, officer, language):
    assert client.get(at("language", make_category(), language)).status_code == 404


# Who may


CHANGES = {Role.LIAISON_OFFICER, Role.MEDIA_REVIEWER, Role.ADMINISTRATOR}
SEES_NOTHING = {Role.TRANSLATOR, Role.DOOR}


@pytest.mark.parametrize("role", Role)
def test_roles_that_set_up_change_a_category_and_others_read_it_at_most(client, role):
    category = make_category()
    client.force_login(make_officer(roles=[role]))

    page = client.get(at("change", category))
    client.post(at("change", category), {"name": "Mine"})
    words = client.post(at("language", category, "fr"), {"text-category-name": "Presse"})

    assert page.status_code == (403 if role in SEES_NOTHING else 200)
    assert (b'name="name"' in page.content) is (role in CHANGES)
    category.refresh_from_db()
    assert category.name == "Press"
    assert bool(category.translations) is (role in CHANGES)
    assert words.status_code == (302 if role in CHANGES else 404 if role in SEES_NOTHING else 403)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))
    for _ in range(rows):
        make_registration(Status.SUBMITTED, category=make_category(opens_at=timezone.now()))

    with django_assert_num_queries(5):
        page = client.get(LIST)

    assert len(page.context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_zones_asks_the_same_number_of_questions(client, rows, django_assert_num_queries):
    client.force_login(make_officer(roles=[Role.LIAISON_OFFICER]))
    for _ in range(rows):
        category = make_category(zones=["Floor"])
        Zone.objects.create(meeting=category.meeting, number=1, name="Floor")

    with django_assert_num_queries(6):
        client.get(reverse("admin:accreditation_zone_changelist"))


def test_translation_of_other_words_is_not_shown_until_somebody_has_looked_at_it(client, officer):
    category = make_category(name="Press", intro="For media.")
    question = Question.objects.create(category=category, key="day", label="Which day?", options=["One", "Two"])
    page = at("language", category, "fr")
    client.post(page, filled(client.get(page), "language_form") | {
        "text-category-name": "Presse", "text-category-intro": "Pour les médias.",
        f"text-questions-{question.pk}-label": "Quel jour ?", f"text-questions-{question.pk}-options": "Un\nDeux",
    })  # fmt: skip

    Category.objects.update(name="Accredited press", intro="For information media.")
    Question.objects.update(options=["One", "Two", "Three"])

    def said():
        now, asked = Category.objects.get(), Question.objects.get()
        return [now.said("name", "fr"), now.said("intro", "fr"), asked.said("label", "fr"), asked.said("options", "fr")]

    assert said() == ["Accredited press", "For information media.", "Quel jour ?", ["One", "Two", "Three"]]
    overview = client.get(at("languages", category)).content.decode()
    assert "1 of 4 translated, 3 outdated and not shown" in " ".join(overview.split())
    form = filled(client.get(page), "language_form")
    assert client.get(page).content.decode().count("Outdated: the original has changed since") == 3
    client.post(page, form)
    assert said()[0] == "Accredited press"  # saved as it was, it is as outdated as it was
    client.post(page, form | {"still-category-name": "on", "text-category-intro": "Pour les médias d’information."})
    assert said() == ["Presse", "Pour les médias d’information.", "Quel jour ?", ["One", "Two", "Three"]]


def test_translation_of_words_that_changed_while_it_was_typed_is_outdated_at_once(client, officer):
    category = make_category(name="Press")
    page = at("language", category, "fr")
    form = filled(client.get(page), "language_form") | {"text-category-name": "Presse"}
    Category.objects.update(name="Accredited press")

    client.post(page, form)

    category.refresh_from_db()
    assert (category.said("name", "fr"), category.is_outdated("name", "fr")) == ("Accredited press", True)
