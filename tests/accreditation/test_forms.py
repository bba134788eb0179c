"""What each step asks by category and medium, what it refuses in which words, and what it keeps."""

import re
from datetime import date

import pytest
from django.utils import translation

from accreditation import intake, journey
from accreditation.forms.person import age_on
from accreditation.models import EvidenceRule, Registration
from accreditation.states import Medium
from office import names
from tests.accreditation.steps import address_of, errors, open_registration, post
from tests.builders import make_category, make_meeting, make_organization, make_registration, make_sitting

pytestmark = pytest.mark.django_db

WORK = {"organization_name": "Example Times", "job_title": "Reporter", "phone": "+1 212 555 0142", "country": "KEN"}
DOCUMENT = {
    "birth_date_0": "27", "birth_date_1": "3", "birth_date_2": "1984", "nationality": "KEN",
    "document_kind": "passport", "document_number": "x 123-4567", "document_issuer": "CHE",
    "document_expires_on_0": "6", "document_expires_on_1": "9", "document_expires_on_2": "2016",
}  # fmt: skip


def strict_category(**fields):
    """Asks birth date, nationality and document; its meeting is on 6 September 2016."""
    return make_category(**{"identity": "particulars", "asks_nationality": True} | fields)


# Names


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Ada \t Chidinma\u00a0Okafor ", "Ada Chidinma Okafor"),
        ("Jose\u0301", "José"),
        ("O’Connor-Smith, Jr.", "O’Connor-Smith, Jr."),
        ("\u202eadA", "adA"),
        ("محمّد", "محمّد"),
        ("می\u200cنا", "می\u200cنا"),
        ("张伟", "张伟"),
        ("N\u0303g\u0303", "Ñg\u0303"),
        ("Ada\x00\u200b\ufeff", "Ada"),
        ("é" * 200, "é" * 200),
        ("Ʉ1", "Ʉ1"),
    ],
)
def test_name_is_kept_as_people_write_it(client, typed, kept):
    registration = open_registration(client)

    response = post(client, registration, "name", given_names=typed, family_name="Example")

    assert errors(response) == {}
    assert registration.given_names == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter your given names, or tick “I have only one name”."),
        ("12345", "Write the name in letters."),
        ("😀", "Write the name in letters."),
        ("ERIKSSON<<ANNA", "Write the name without the signs < and >."),
        ("A" + "\u0300" * 12, "Write the name with fewer marks over one letter."),
        ("x" * 201, "Shorten “Given names” to 200 characters. It has 201 now."),
    ],
)
def test_name_is_refused_in_words_that_say_what_to_do(client, typed, sentence):
    registration = open_registration(client)

    response = post(client, registration, "name", given_names=typed, family_name="Example")

    assert errors(response) == {"given_names": [sentence]}
    assert 'value="Example"' in response.content.decode()


def test_single_name_is_enough_when_the_box_is_ticked(client):
    registration = open_registration(client)

    post(client, registration, "name", family_name="Sukarno", one_name="on")

    assert (registration.given_names, registration.family_name, registration.done) == ("", "Sukarno", ["name"])


def test_two_names_with_the_box_for_one_are_refused(client):
    registration = open_registration(client)

    response = post(client, registration, "name", given_names="Ada", family_name="Example", one_name="on")

    assert errors(response) == {"one_name": ["You wrote two names. Untick this, or leave one of them."]}


def test_field_that_another_answer_makes_needed_is_not_called_optional(client):
    registration = open_registration(client)

    page = client.get(address_of(registration, "name")).content.decode()

    assert re.findall(r'(?s)for="id_(\w+)"[^>]*>[^<]*<span class="opt">', page) == ["badge_name"]


# Identity


def test_identity_is_kept_sealed_and_its_number_found_again_within_the_meeting(client):
    category = strict_category()
    registration = open_registration(client, category=category)

    assert errors(post(client, registration, "identity", **DOCUMENT)) == {}

    assert registration.identity == {
        "birth_date": "1984-03-27", "nationality": "KEN", "document_kind": "passport", "document_number": "X1234567",
        "document_issuer": "CHE", "document_expires_on": "2016-09-06",
    }  # fmt: skip
    twin = make_registration(category=category)
    elsewhere = make_registration()
    for other in (twin, elsewhere):
        intake.keep(other, "document_number", "X1234567")
        intake.keep(other, "document_issuer", "CHE")
    assert registration.identity_key == twin.identity_key != elsewhere.identity_key
    intake.keep(twin, "document_issuer", "KEN")
    assert twin.identity_key != registration.identity_key
    row = Registration.objects.filter(pk=registration.pk).values().get()
    assert "X1234567" not in repr(row)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"birth_date_2": ""}, "birth_date", "Write the year with four digits, like 1984."),
        ({"birth_date_2": "84"}, "birth_date", "Write the year with four digits, like 1984."),
        ({"birth_date_0": "31", "birth_date_1": "2"}, "birth_date",
         "That month has no such day. Check the day and the month."),
        ({"birth_date_0": "32"}, "birth_date", "Write the day as a number from 1 to 31."),
        ({"birth_date_0": "-1"}, "birth_date", "Write the day as a number from 1 to 31."),
        ({"birth_date_1": "March"}, "birth_date", "Write the month as a number from 1 to 12."),
        ({"birth_date_2": "9999"}, "birth_date", "The date of birth is in the future. Check the year."),
        ({"birth_date_2": "1884"}, "birth_date", "The date of birth is more than 130 years ago. Check the year."),
        ({"birth_date_0": "", "birth_date_1": "", "birth_date_2": " "}, "birth_date", "Enter your date of birth."),
        ({"nationality": ""}, "nationality", "Choose your nationality."),
        ({"nationality": "UNO"}, "nationality", "Choose “Nationality”."),
        ({"document_kind": "library card"}, "document_kind",
         "Choose “Document that you will show at the entrance”."),
        ({"document_number": ""}, "document_number", "Enter the number of the document."),
        ({"document_number": "Ada"}, "document_number",
         "Enter the number as it stands on the document: letters and digits, like X1234567."),
        ({"document_number": "1" * 31}, "document_number",
         "Enter the number as it stands on the document: letters and digits, like X1234567."),
        ({"document_issuer": ""}, "document_issuer", "Choose who issued the document."),
        ({"document_expires_on_0": "5"}, "document_expires_on",
         "The document must be valid until 6 September 2016, the last day of the meeting. Enter another one."),
        ({"document_expires_on_0": "", "document_expires_on_1": "", "document_expires_on_2": ""},
         "document_expires_on", "Enter the day until which the document is valid."),
    ],
)  # fmt: skip
def test_identity_is_refused_in_words_that_say_what_to_do(client, changes, field, sentence):
    registration = open_registration(client, category=strict_category())

    response = post(client, registration, "identity", **DOCUMENT | changes)

    assert errors(response) == {field: [sentence]}
    assert registration.identity == {}


def test_born_tomorrow_is_refused_and_born_today_is_not(client, monkeypatch):
    monkeypatch.setattr("accreditation.forms.person.localdate", lambda: date(2016, 3, 5))
    registration = open_registration(client, category=strict_category())
    day = {"birth_date_1": "3", "birth_date_2": "2016"}

    tomorrow = post(client, registration, "identity", **DOCUMENT | day | {"birth_date_0": "6"})
    today = post(client, registration, "identity", **DOCUMENT | day | {"birth_date_0": "٥"})

    assert errors(tomorrow) == {"birth_date": ["The date of birth is in the future. Check the year."]}
    assert errors(today) == {}


def test_page_of_a_refused_date_shows_what_was_typed(client):
    registration = open_registration(client, category=strict_category())

    response = post(client, registration, "identity", **DOCUMENT | {"birth_date_1": "Mars"})

    page = response.content.decode()
    assert 'value="Mars"' in page
    assert 'href="#id_birth_date_0"' in page
    assert page.count('id="id_birth_date_0"') == 1
    assert "<legend" in page


def test_identity_card_may_be_without_end(client):
    registration = open_registration(client, category=strict_category())
    data = {name: value for name, value in DOCUMENT.items() if not name.startswith("document_expires")}

    assert errors(post(client, registration, "identity", **data | {"document_kind": "national_card"})) == {}


def test_issuers_and_nationalities_are_two_lists(client):
    registration = open_registration(client, category=strict_category())
    form = client.get(address_of(registration, "identity")).context["form"]

    assert form.fields["nationality"].choices[1:] == names.nationalities("en")
    assert form.fields["document_issuer"].choices[1:] == names.issuers("en")


def test_each_category_asks_only_its_own_identity_questions(client):
    asked = {}
    for name, fields in {
        "age": {"minimum_age": 16},
        "nationality": {"asks_nationality": True},
        "copy": {"identity": "copy"},
        "nothing": {},
    }.items():
        registration = open_registration(client, category=make_category(**fields))
        step = journey.step(registration, "identity")
        asked[name] = list(step.form(registration=registration).fields) if step else None

    assert asked == {
        "age": ["birth_date"],
        "nationality": ["nationality"],
        "copy": ["birth_date", "document_kind", "document_number", "document_issuer", "document_expires_on"],
        "nothing": None,
    }


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 9, 6), date(2016, 9, 6), 16),
        (date(2000, 9, 7), date(2016, 9, 6), 15),
        (date(2000, 2, 29), date(2016, 2, 28), 15),
        (date(2000, 2, 29), date(2001, 3, 1), 1),
    ],
)
def test_age_is_counted_in_whole_years(born, day, age):
    assert age_on(born, day) == age


def test_minimum_age_counts_on_the_first_day_of_the_meeting(client):
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, date=date(2016, 9, 7), position=1)
    make_sitting(meeting, date=date(2016, 9, 6))
    registration = open_registration(client, category=make_category(meeting, minimum_age=16))
    born = {"birth_date_1": "9", "birth_date_2": "2000"}

    refused = post(client, registration, "identity", **born, birth_date_0="7")
    taken = post(client, registration, "identity", **born, birth_date_0="6")

    assert errors(refused) == {
        "birth_date": [
            "You must be at least 16 years old on 6 September 2016, the first day of the meeting. "
            "If you think that you may come all the same, write to the desk."
        ]
    }
    assert errors(taken) == {}


def test_minor_is_asked_for_a_chaperone_and_an_adult_is_not(client):
    registration = open_registration(client, category=make_category(chaperone_below=18))
    minor = {"birth_date_0": "7", "birth_date_1": "9", "birth_date_2": "1998"}

    first = post(client, registration, "identity", **minor)
    assert errors(first) == {"chaperone_name": ["At your age you come with a chaperone. Enter the name of this adult."]}
    second = post(client, registration, "identity", **minor, chaperone_name="Ben Example")
    assert errors(second) == {}
    assert registration.answers["chaperone_name"] == "Ben Example"
    shown = client.get(address_of(registration, "identity")).context["form"]
    assert shown.fields["chaperone_name"].initial == "Ben Example"

    assert errors(post(client, registration, "identity", **minor | {"birth_date_0": "6"})) == {}
    assert registration.answers["chaperone_name"] == ""


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
