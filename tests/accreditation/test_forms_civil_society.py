"""What civil society is asked: standing and organization, part and reference, the wish to speak."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation import references
from accreditation.states import Standing
from tests.accreditation.steps import address_of, errors, open_registration, post
from tests.builders import make_category, make_organization, make_registration

pytestmark = pytest.mark.django_db

PART = {"part": "representative", "job_title": "Director", "phone": "+12125550142"}
SPEAKING = {
    "wants_to_speak": "yes", "speaking_topic": "Bells", "speaking_outline": "One\r\nTwo", "speaking_language": "fr",
}  # fmt: skip


@pytest.fixture
def category():
    return make_category(route="civil_society")


def standing(client, registration, standing, name="Example Alliance", **data):
    return post(client, registration, "standing", standing=standing, organization_name=name, **data)


def test_organization_in_status_is_picked_from_the_registry(client, category):
    registration = open_registration(client, category=category)
    organization = make_organization("Example Alliance", status="roster")
    make_organization("Example Alliance of others")

    first = standing(client, registration, "consultative")
    assert first.context["form"].fields["organization"].choices == [(str(organization.pk), "Example Alliance")]

    assert errors(standing(client, registration, "consultative", organization=str(organization.pk))) == {}
    assert (registration.standing, registration.organization) == ("consultative", organization)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            "consultative",
            "No organization in consultative status is called so. Write its name as in the list of those in status. "
            "Or choose “Another organization” above.",
        ),
        (
            "special",
            "No organization of this name is accredited to the meeting. Write its name as in its letter of "
            "accreditation. Or choose “Another organization” above.",
        ),
    ],
)
def test_status_is_never_taken_from_a_typed_name(client, category, kind, sentence):
    registration = open_registration(client, category=category)
    organization = make_organization("Example Alliance")

    for data in [{}, {"organization": "none"}, {"organization": str(organization.pk)}]:
        assert errors(standing(client, registration, kind, **data)) == {"organization_name": [sentence]}
    assert (registration.standing, registration.organization) == ("", None)


def test_desk_is_named_where_the_category_takes_no_other_organization(client):
    category = make_category(route="civil_society", standings=["consultative"])
    registration = open_registration(client, category=category)

    assert errors(standing(client, registration, "consultative")) == {
        "organization_name": [
            "No organization in consultative status is called so. Write its name as in the list of those in status. "
            "Or write to the desk."
        ]
    }
    assert list(errors(standing(client, registration, "other"))) == ["standing"]


def test_accreditation_to_another_meeting_does_not_count(client, category):
    registration = open_registration(client, category=category)
    organization = make_organization("Example Alliance", status="accredited")
    organization.accredited_to.add(make_category().meeting)

    assert list(errors(standing(client, registration, "special", organization=str(organization.pk)))) == [
        "organization_name"
    ]
    organization.accredited_to.add(category.meeting)
    assert errors(standing(client, registration, "special", organization=str(organization.pk))) == {}


def test_other_organization_is_described_when_it_is_only_a_name(client, category):
    registration = open_registration(client, category=category)

    assert errors(standing(client, registration, "other")) == {
        "country": ["Choose the country in which your organization has its seat."],
        "website": ["Enter the address of its website, or of a page about it."],
    }
    assert errors(standing(client, registration, "other", country="KEN", website="example.org")) == {}
    assert (registration.organization_name, registration.answers["country"]) == ("Example Alliance", "KEN")


def test_standing_is_shown_with_what_it_means(client, category):
    registration = open_registration(client, category=category)

    form = client.get(address_of(registration, "standing")).context["form"]

    assert [value for value, _label in form.fields["standing"].choices] == [str(standing) for standing in Standing]


@pytest.mark.parametrize("part", ["assistant", "interpreter", "chaperone"])
def test_who_comes_beside_somebody_names_the_reference(client, category, part):
    other = make_registration(category=category)
    registration = open_registration(client, category=category)
    unknown = references.new(category.meeting.code)

    def said(reference):
        response = post(client, registration, "part", **PART | {"part": part}, comes_with_reference=reference)
        return errors(response).get("comes_with_reference")

    assert said("") == ["Enter the reference of the person you come with. Ask them for it."]
    assert said("R2-D2") == [f"Check the reference: it looks like {registration.reference}."]
    assert said(registration.reference) == ["This is your own reference. Enter theirs."]
    assert said(unknown) is None
    assert said(other.reference.lower().replace("-", " ")) is None
    assert registration.answers["comes_with_reference"] == other.reference
    post(client, registration, "part", **PART, comes_with_reference=other.reference)
    assert registration.answers["comes_with_reference"] == ""


def test_known_and_unknown_reference_take_the_same_statements(client, category):
    registration = open_registration(client, category=category)
    other = make_registration(category=category)
    address = address_of(registration, "part")
    counts = []
    post(client, registration, "part", **PART | {"part": "assistant"}, comes_with_reference=other.reference)
    for reference in [other.reference, references.new(category.meeting.code)]:
        with CaptureQueriesContext(connection) as captured:
            client.post(address, PART | {"part": "assistant", "comes_with_reference": reference})
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_remote_attendance_is_asked_where_it_is_allowed(client):
    registration = open_registration(client, category=make_category(route="civil_society", allows_remote=True))

    assert errors(post(client, registration, "part", **PART)) == {"attending": ["Choose whether you come in person."]}
    post(client, registration, "part", **PART, attending="remote")
    assert registration.attending == "remote"


def test_who_does_not_wish_to_speak_answers_nothing_else(client):
    registration = open_registration(client, category=make_category(route="civil_society", offers_speaking=True))

    assert (
        errors(
            post(
                client,
                registration,
                "speaking",
                wants_to_speak="no",
                speaking_topic="x" * 999,
                speaking_joint="y" * 999,
            )
        )
        == {}
    )
    assert registration.speaking == {
        "wants_to_speak": "no", "speaking_topic": "", "speaking_outline": "", "speaking_language": "",
        "speaking_joint": "",
    }  # fmt: skip


def test_wish_to_speak_needs_topic_outline_and_language(client):
    category = make_category(route="civil_society", offers_speaking=True, allows_remote=True, speaking_minutes=5)
    registration = open_registration(client, category=category)

    assert errors(post(client, registration, "speaking", wants_to_speak="yes")) == {
        "speaking_topic": ["Enter the topic of your statement."],
        "speaking_outline": ["Enter an outline of your statement."],
        "speaking_language": ["Choose the language in which you would speak."],
        "speaking_how": ["Choose whether you would speak in person."],
    }
    more = {"speaking_how": "remote", "speaking_joint": "Example Alliance"}
    assert errors(post(client, registration, "speaking", **SPEAKING, **more)) == {}
    assert registration.speaking == SPEAKING | more | {"speaking_outline": "One\nTwo"}
    shown = client.get(address_of(registration, "speaking")).content.decode()
    assert "A statement has 5 minutes, about 650 words." in shown
