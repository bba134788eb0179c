"""What each step asks by category and medium, what it refuses in which words, and what it keeps."""

import pytest
from django.utils import translation

from accreditation import journey
from accreditation.models import EvidenceRule
from accreditation.states import Medium
from tests.accreditation.steps import address_of, errors, open_registration, post
from tests.builders import make_category, make_organization

pytestmark = pytest.mark.django_db

WORK = {"organization_name": "Example Times", "job_title": "Reporter", "phone": "+1 212 555 0142", "country": "KEN"}


# Press


@pytest.mark.parametrize("medium", Medium)
def test_each_medium_is_asked_what_concerns_it(client, medium):
    expected = {
        Medium.ONLINE: ["organization_name", "job_title", "phone", "country", "website"],
        Medium.AGENCY: ["organization_name", "job_title", "phone", "country", "editor_name", "editor_contact"],
        Medium.FREELANCE: [
            "organization_name", "job_title", "phone", "country", "website", "editor_name", "editor_contact",
        ],
        Medium.TECHNICAL_CREW: ["organization_name", "serves", "job_title", "phone", "country"],
        Medium.DELEGATION_MEDIA: ["organization_name", "delegation_of", "job_title", "phone", "country"],
    }.get(medium, ["organization_name", "job_title", "phone", "country"])  # fmt: skip
    registration = open_registration(client, medium=medium)

    form = client.get(address_of(registration, "work")).context["form"]

    assert list(form.fields) == expected
    response = post(client, registration, "work")
    assert set(errors(response)) == set(expected) - ({"website"} if medium == Medium.FREELANCE else set())
    said = [sentence for sentences in errors(response).values() for sentence in sentences]
    assert [sentence for sentence in said if not sentence.startswith(("Enter ", "Choose "))] == []


def test_only_media_of_the_category_are_offered_with_their_papers(client):
    category = make_category(media=["photo", "print"])
    EvidenceRule.objects.create(category=category, kind="press_card")
    EvidenceRule.objects.create(category=category, kind="work_sample", asked_of="photo")
    EvidenceRule.objects.create(category=category, kind="commission", asked_of="film")
    EvidenceRule.objects.create(category=category, kind="other", least=0)
    registration = open_registration(client, category=category)

    form = client.get(address_of(registration, "medium")).context["form"]

    assert [value for value, _label in form.fields["medium"].choices] == ["print", "photo"]
    assert [label.partition("Papers: ")[2] for _value, label in form.fields["medium"].choices] == [
        "Press card.</span>",
        "Press card, Sample of your work.</span>",
    ]
    assert errors(post(client, registration, "medium", medium="radio")) == {"medium": ["Choose “Medium”."]}
    assert errors(post(client, registration, "medium")) == {"medium": ["Choose what you work for."]}


def test_another_medium_opens_the_work_step_again(client):
    registration = open_registration(client, medium="print", done=["medium", "name", "work"])

    post(client, registration, "medium", medium="print")
    assert sorted(registration.done) == ["medium", "name", "work"]
    post(client, registration, "medium", medium="freelance")
    assert sorted(registration.done) == ["medium", "name"]


def test_answers_that_another_medium_asked_are_emptied(client):
    registration = open_registration(client, medium="technical_crew")
    post(client, registration, "work", **WORK, serves="Example Radio")
    post(client, registration, "medium", medium="print")

    post(client, registration, "work", **WORK)

    assert registration.answers["serves"] == ""


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"phone": "555 0142"}, "phone",
         "Enter the telephone number with + and its country code, like +1 212 555 0142."),
        ({"phone": "+1 2"}, "phone",
         "Enter the telephone number with + and its country code, like +1 212 555 0142."),
        ({"phone": "call me"}, "phone",
         "Enter the telephone number with + and its country code, like +1 212 555 0142."),
        ({"country": "Atlantis"}, "country", "Choose “Country”."),
        ({"website": "javascript:mark()"}, "website", "Enter the address of the website, like www.example.org."),
        ({"website": "ftp://example.org"}, "website", "Enter the address of the website, like www.example.org."),
        ({"editor_contact": "ada@"}, "editor_contact", "Enter an e-mail address like name@example.org."),
        ({"editor_contact": "by bicycle"}, "editor_contact",
         "Enter the telephone number with + and its country code, like +1 212 555 0142."),
        ({"job_title": "x" * 101}, "job_title", "Shorten “Job title” to 100 characters. It has 101 now."),
    ],
)  # fmt: skip
def test_work_is_refused_in_words_that_say_what_to_do(client, changes, field, sentence):
    registration = open_registration(client, medium="freelance")
    data = WORK | {"website": "", "editor_name": "Eve Example", "editor_contact": "eve@example.org"}

    assert errors(post(client, registration, "work", **data | changes)) == {field: [sentence]}
    assert errors(post(client, registration, "work", **data)) == {}


def test_telephone_is_kept_as_it_can_be_dialled(client):
    registration = open_registration(client, medium="print")

    post(client, registration, "work", **WORK | {"phone": "00 1 (212) 555-0142"})

    assert registration.phone == "+12125550142"


def test_equipment_is_kept_line_by_line(client):
    registration = open_registration(client, category=make_category(asks_equipment=True))
    assert list(journey.step(registration, "equipment").form(registration=registration).fields) == [
        "equipment", "arrival",
    ]  # fmt: skip

    post(client, registration, "equipment", equipment=" camera,  Example X1, 1\r\n\r\ntripod\n", arrival="6 Sept., 8 h")

    assert registration.answers["equipment"] == ["camera, Example X1, 1", "tripod"]
    shown = client.get(address_of(registration, "equipment")).content.decode()
    assert "camera, Example X1, 1\ntripod</textarea>" in shown


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("\n".join(["a"] * 61), "Write 60 lines at most; there are 61."),
        ("a\n" + "b" * 201, "Shorten line 2 to 200 characters."),
    ],
)
def test_equipment_beyond_measure_is_refused_in_words(client, typed, sentence):
    registration = open_registration(client, category=make_category(asks_vehicles=True))

    assert errors(post(client, registration, "equipment", vehicles=typed)) == {"vehicles": [sentence]}


def test_first_time_press_journey_has_eighteen_fields_at_most(client):
    category = make_category()
    for kind in ["letter_of_assignment", "press_card", "work_sample"]:
        EvidenceRule.objects.create(category=category, kind=kind)
    registration = open_registration(client, category=category, medium="print")

    fields = [
        name
        for step in journey.steps(registration)
        if step.form
        for name in step.form(registration=registration).fields
    ]
    address, papers, check = 1, 3, 2
    assert len(fields) + address + papers + check == 18
    assert len(journey.steps(registration)) + 1 <= 9


# The organization


def test_typed_name_alone_never_decides_which_organization_it_is(client):
    organization = make_organization("Example Times", kind="media", country="KEN")
    registration = open_registration(client, medium="print")

    first = post(client, registration, "work", **WORK)

    assert errors(first) == {"organization": ["Say whether your organization is one of these."]}
    assert first.context["form"].fields["organization"].choices == [
        (str(organization.pk), "Example Times (Kenya)"),
        ("none", "None of these: take the name as I wrote it"),
    ]
    assert (registration.organization, registration.done) == (None, [])
    for key, kept in {"none": (None, "Example Times"), str(organization.pk): (organization, "")}.items():
        assert errors(post(client, registration, "work", **WORK, organization=key)) == {}
        assert (registration.organization, registration.organization_name) == kept
        again = client.get(address_of(registration, "work")).context["form"]
        assert again["organization_name"].value() == "Example Times"
        assert [field.value() for field in again if field.name == "organization"] == ([] if key == "none" else [key])


def test_settled_name_is_not_asked_about_again(client):
    make_organization("Example Times", kind="media", country="KEN")
    registration = open_registration(client, medium="print")
    post(client, registration, "work", **WORK, organization="none")

    assert errors(post(client, registration, "work", **WORK | {"job_title": "Editor"})) == {}
    assert (registration.organization, registration.organization_name) == (None, "Example Times")
    assert list(errors(post(client, registration, "work", **WORK | {"organization_name": "Example Tmes"}))) == [
        "organization"
    ]


def test_unknown_name_is_kept_as_typed_without_a_question(client):
    registration = open_registration(client, medium="print")

    assert errors(post(client, registration, "work", **WORK)) == {}
    assert (registration.organization, registration.organization_name) == (None, "Example Times")


def test_organization_that_is_not_called_alike_cannot_be_picked(client):
    organization = make_organization("Example Times", kind="media")
    other = make_organization("Sample Post", kind="media")
    hidden = make_organization("Example Hidden", kind="media", is_active=False)
    registration = open_registration(client, medium="print")

    for key in [str(other.pk), str(hidden.pk), "0", "9" * 30, "None", "\x00"]:
        assert errors(post(client, registration, "work", **WORK, organization=key)) == {
            "organization": ["Choose “Is it one of these?”."]
        }
    post(client, registration, "work", **WORK, organization=str(organization.pk))
    changed = post(client, registration, "work", **WORK | {"organization_name": "Sample Post"}, organization="none")
    assert errors(changed) == {}
    assert (registration.organization, registration.organization_name) == (None, "Sample Post")


def test_member_of_a_delegation_is_not_asked_for_the_organization(client):
    category = make_category()
    organization = make_organization("Example Times", kind="media")
    delegation = category.delegations.create(organization=organization, lead_name="Eve", lead_email="eve@example.org")
    registration = open_registration(
        client, category=category, medium="print", organization=organization, delegation=delegation
    )

    post(client, registration, "work", job_title="Reporter", phone="+12125550142", country="KEN")

    assert (registration.organization, registration.done) == (organization, ["work"])


# Needs and questions


def test_needs_are_kept_sealed_and_protection_is_asked(client):
    registration = open_registration(client)

    post(client, registration, "needs", needs=["sign_language"], needs_words="Kenyan", asks_protection="on")

    assert registration.access_needs == {"needs": ["sign_language"], "needs_words": "Kenyan"}
    assert registration.asks_protection is True
    post(client, registration, "needs")
    assert (registration.access_needs, registration.asks_protection) == ({"needs": [], "needs_words": ""}, False)


@pytest.mark.parametrize(
    ("need", "sentence"),
    [("sign_language", "Write which sign language you need."), ("other", "Write what else you need.")],
)
def test_need_that_must_be_described_asks_for_words(client, need, sentence):
    registration = open_registration(client)

    assert errors(post(client, registration, "needs", needs=[need])) == {"needs_words": [sentence]}


def test_category_without_access_needs_asks_for_protection_alone(client):
    registration = open_registration(client, category=make_category(asks_access_needs=False))

    form = client.get(address_of(registration, "needs")).context["form"]

    assert list(form.fields) == ["asks_protection"]


QUESTIONS = [
    ("line", {"q": "one"}, "one"),
    ("text", {"q": "one\r\ntwo"}, "one\ntwo"),
    ("choice", {"q": "Red"}, "Red"),
    ("choices", {"q": ["Red", "Blue"]}, ["Red", "Blue"]),
    ("yes_no", {"q": "no"}, "no"),
    ("number", {"q": "1 234"}, 1234),
    ("number", {"q": "-٥"}, -5),
    ("number", {"q": "0"}, 0),
    ("day", {"q_0": "1", "q_1": "2", "q_2": "2030"}, "2030-02-01"),
]


@pytest.mark.parametrize(("kind", "typed", "kept"), QUESTIONS)
@pytest.mark.parametrize("is_sensitive", [False, True])
def test_question_of_the_category_is_kept_by_its_key(client, kind, typed, kept, is_sensitive):
    category = make_category()
    category.questions.create(
        key="own-key", label="Yours?", kind=kind, options=["Red", "Blue"], is_sensitive=is_sensitive, is_required=True
    )
    registration = open_registration(client, category=category)
    assert list(errors(post(client, registration, "questions"))) == ["q_own-key"]

    data = {name.replace("q", "q_own-key", 1): value for name, value in typed.items()}
    assert errors(post(client, registration, "questions", **data)) == {}

    sealed = {"questions": {"q_own-key": kept}}
    assert (registration.answers, registration.identity) == (
        ({}, sealed) if is_sensitive else ({"q_own-key": kept}, {})
    )
    again = client.get(address_of(registration, "questions")).context["form"]
    assert again.fields["q_own-key"].initial == kept


def test_question_is_asked_in_the_language_of_the_page_and_kept_in_the_original(client):
    category = make_category()
    category.questions.create(
        key="colour", label="Colour?", kind="choice", options=["Red", "Blue"],
        translations={"fr": {"label": "Couleur ?", "options": ["Rouge", "Bleu"]}, "es": {"options": ["Rojo"]}},
    )  # fmt: skip
    registration = open_registration(client, category=category)

    with translation.override("fr"):
        french = client.get(address_of(registration, "questions")).context["form"].fields["q_colour"]
        post(client, registration, "questions", q_colour="Blue")
    with translation.override("es"):
        spanish = client.get(address_of(registration, "questions")).context["form"].fields["q_colour"]

    assert (french.label, french.choices) == ("Couleur ?", [("Red", "Rouge"), ("Blue", "Bleu")])
    assert spanish.choices == [("Red", "Red"), ("Blue", "Blue")]
    assert registration.answers == {"q_colour": "Blue"}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.5", "Write a whole number, like 12."),
        ("twelve", "Write a whole number, like 12."),
        ("9" * 16, "Write a smaller number."),
        ("1" * 31, "Shorten “Yours?” to 30 characters. It has 31 now."),
    ],
)
def test_number_is_refused_in_words(client, typed, sentence):
    category = make_category()
    category.questions.create(key="n", label="Yours?", kind="number")
    registration = open_registration(client, category=category)

    assert errors(post(client, registration, "questions", q_n=typed)) == {"q_n": [sentence]}


def test_sensitive_answer_and_picked_row_are_safe_even_beside_an_error(client):
    category = make_category()
    category.questions.create(key="s", label="Secret?", kind="line", is_sensitive=True)
    category.questions.create(key="n", label="Number?", kind="number", is_required=True)
    registration = open_registration(client, category=category, medium="print")
    organization = make_organization("Example Times", kind="media")

    questions = errors_of(registration, "questions", q_s="quiet", q_n="")
    work = errors_of(registration, "work", organization_name="Example Times", organization=str(organization.pk))

    assert questions.cleaned_data == {"questions": {"q_s": "quiet"}}
    assert (work.cleaned_data["organization"], work.cleaned_data["organization_name"]) == (organization, "")


def errors_of(registration, slug, **data):
    form = journey.step(registration, slug).form(data, registration=registration)
    assert not form.is_valid()
    return form
