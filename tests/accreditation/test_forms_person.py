"""What people type of themselves, name and identity: kept as written, or refused in words that say what to do."""

import re
from datetime import date

import pytest

from accreditation import intake, journey
from accreditation.forms.person import age_on
from accreditation.models import Registration
from office import names
from tests.accreditation.steps import address_of, errors, open_registration, post
from tests.builders import make_category, make_meeting, make_registration, make_sitting

pytestmark = pytest.mark.django_db
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
