"""The desk enters applications for others: one person by a form, many from a list."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accreditation import identifying, protection
from accreditation.desk import entering, entering_list
from accreditation.models import Category, Decision, Note, OrganizationPlaces, Registration
from accreditation.states import Status
from accreditation.views.desk import entering as views
from office.models.message import Message
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer, make_organization, make_registration

pytestmark = pytest.mark.django_db
TYPED = {
    "given_names": "Ada", "family_name": "Okafor", "organization_name": "The Evening Post", "medium": "print",
    "email": "ada@example.org", "phone": "+1 212 555 0142", "language": "fr", "how": "telephone", "proved": "known",
    "asked_by": "Her editor",
}  # fmt: skip


@pytest.fixture
def category():
    return make_category(name="Press", slug="press")


@pytest.fixture
def officer(category):
    return make_officer("desk", roles=(Role.LIAISON_OFFICER,), meeting=category.meeting)


@pytest.fixture
def desk(officer):
    client = Client()
    client.force_login(officer)
    return client


def address(category, *more):
    return "/".join(["/desk/enter", category.meeting.code, category.slug, *more, ""])


def errors(response):
    """{field: [sentence]}"""
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_person_who_calls_is_sent_like_any_other(desk, officer, category):
    response = desk.post(address(category), TYPED)

    sent = Registration.objects.get()
    assert response["Location"] == f"/desk/registrations/{sent.reference}/"
    assert (sent.status, sent.listed_as, sent.email, sent.phone) == (
        "submitted", "Ada Okafor", "ada@example.org", "+12125550142",
    )  # fmt: skip
    assert (sent.medium, sent.language, sent.organization_name) == ("print", "fr", "The Evening Post")
    decision = Decision.objects.get()
    assert (decision.action, decision.actor, decision.by) == ("submit", "desk", officer)
    note = Note.objects.get()
    assert (note.to, note.by, note.words) == (
        "desk",
        officer,
        "By telephone. Known to the desk. Asked for by: Her editor",
    )
    letter = Message.objects.get()
    assert (letter.to, letter.kind, letter.language) == ("ada@example.org", "registration_received", "fr")
    assert sent.due_at is not None


def test_several_people_without_an_address_are_entered_and_nobody_is_written_to(desk, category):
    for name in ("Okafor", "Eze"):
        assert desk.post(address(category), TYPED | {"family_name": name, "email": ""}).status_code == 302

    assert [row.email for row in Registration.objects.all()] == ["", ""]
    assert Registration.objects.values("email_key").distinct().count() == 2
    assert not Message.objects.exists()


def test_closed_category_is_open_to_the_desk(desk, category):
    Category.objects.filter(pk=category.pk).update(closes_at="2016-01-01T00:00Z")

    assert desk.post(address(category), TYPED).status_code == 302


def test_namesake_is_told_and_may_be_somebody_else(desk, category):
    before = make_registration(Status.SUBMITTED, category=category, given_names="ÁDA", family_name="Okafor")

    refused = desk.post(address(category), TYPED)
    assert refused.status_code == 422
    assert errors(refused) == {
        "is_another": [
            f"ÁDA Okafor applied to this meeting already: {before.reference}. "
            "Tick “This is somebody else of the same name” if it is."
        ]
    }
    assert 'value="Her editor"' in refused.content.decode()
    assert desk.post(address(category), TYPED | {"is_another": "on"}).status_code == 302
    assert Registration.objects.count() == 2


def test_hidden_namesake_is_not_told(desk, category):
    hidden = make_registration(Status.SUBMITTED, category=category, given_names="Ada", family_name="Okafor")
    protection.ask(hidden)

    assert desk.post(address(category), TYPED).status_code == 302


def test_address_that_is_taken_is_told_in_words(desk, category):
    make_registration(Status.SUBMITTED, category=category, email="ada@example.org", family_name="Eze")

    refused = desk.post(address(category), TYPED)
    assert errors(refused) == {"__all__": ["There is another application of the same person to this meeting."]}
    assert Registration.objects.count() == 1


def test_address_of_a_draft_is_told_in_words(desk, category):
    make_registration(category=category, email="ada@example.org")

    refused = desk.post(address(category), TYPED)
    assert errors(refused) == {
        "__all__": [
            "Somebody began an application with this address and has not sent it. Leave the address empty, or wait."
        ]
    }


def test_full_organization_is_told_in_words(desk, category):
    lantern = make_organization("The Daily Lantern", kind="media")
    OrganizationPlaces.objects.create(category=category, organization=lantern, cap=0)
    typed = TYPED | {"organization_name": "Daily Lantern"}

    assert errors(desk.post(address(category), typed)) == {"organization": ["Say whether it is one of these."]}
    refused = desk.post(address(category), typed | {"organization": lantern.pk})
    assert errors(refused) == {
        "__all__": [
            "The organization has used all its places for this meeting. Withdraw somebody first, or raise its cap."
        ]
    }
    assert not Registration.objects.exists()


def test_full_category_without_a_list_is_told_in_words(desk, category):
    Category.objects.filter(pk=category.pk).update(allocation="first_come", capacity=0, keeps_waitlist=False)

    refused = desk.post(address(category), TYPED)
    assert errors(refused) == {"__all__": ["All seats of this category are taken, and it keeps no waiting list."]}
    assert not Registration.objects.exists()


def test_full_category_with_a_list_puts_on_it(desk, category):
    Category.objects.filter(pk=category.pk).update(allocation="first_come", capacity=0)

    assert desk.post(address(category), TYPED).status_code == 302
    assert Registration.objects.get().status == "waitlisted"


def test_nothing_typed_is_told_field_by_field(desk, category):
    assert sorted(errors(desk.post(address(category), {}))) == [
        "asked_by", "family_name", "how", "language", "medium", "organization_name", "proved",
    ]  # fmt: skip


def test_organization_in_status_comes_from_the_registry(desk, category):
    society = make_category(category.meeting, route="civil_society", slug="society")
    alliance = make_organization("Example Alliance", status="special")
    typed = TYPED | {"standing": "consultative", "organization_name": "Nobody Knows Us"}

    assert errors(desk.post(address(society), typed)) == {
        "organization_name": ["No organization of the registry that stands so is called so."]
    }
    typed |= {"organization_name": "Example Alliance", "organization": alliance.pk}
    assert desk.post(address(society), typed).status_code == 302
    assert Registration.objects.get().organization == alliance


@pytest.mark.parametrize("more", [[], ["list"]])
def test_only_officers_who_enter_for_this_meeting_come_in(category, more):
    stranger = make_officer("stranger", roles=(Role.LIAISON_OFFICER,), meeting=make_meeting())
    reader = make_officer("reader", roles=(Role.SUPERVISOR,), meeting=category.meeting)

    for user in (stranger, reader):
        client = Client()
        client.force_login(user)
        assert client.get(address(category, *more)).status_code == 404
        assert client.post(address(category, *more), TYPED).status_code == 404
    assert Client().get(address(category, *more)).status_code == 302
    assert not Registration.objects.exists()


def test_category_of_another_meeting_is_not_there(desk, category):
    other = make_category(slug="elsewhere")

    assert desk.get(f"/desk/enter/{category.meeting.code}/{other.slug}/").status_code == 404


def test_choice_of_categories_leads_to_both_ways(desk, category):
    text = desk.get(f"/desk/enter/{category.meeting.code}/").content.decode()

    assert address(category) in text
    assert address(category, "list") in text


# Lists

HEAD = "given_names,family_name,organization,email,phone,medium\n"


def read(text, category):
    return entering_list.read(HEAD + text, category)[1]


def problems(text, category):
    return [line.problems for line in read(text, category)]


def upload(desk, category, data, *, name="people.csv"):
    data = data.encode() if isinstance(data, str) else data
    return desk.post(address(category, "list"), {"file": SimpleUploadedFile(name, data), "asked_by": "The Post"})


def confirm(desk, category, preview):
    return desk.post(address(category, "list"), {"rows": preview.context["rows"], "asked_by": "The Post"})


def test_list_is_shown_first_and_entered_when_confirmed(desk, officer, category):
    lantern = make_organization("The Daily Lantern", kind="media", aliases=["TDL"])
    text = f"{HEAD}Ada,Okafor,tdl,ada@example.org,+1 212 555 0142,print\nBo,,The Evening Post,,,\n,,,,,photo\n"

    preview = upload(desk, category, text)
    assert (preview.status_code, preview.context["ready"], Registration.objects.count()) == (200, 2, 0)
    assert [(line.number, line.is_ready) for line in preview.context["lines"]] == [(2, True), (3, True), (4, False)]

    result = confirm(desk, category, preview)
    assert (result.context["entered"], result.context["left"]) == (2, 0)
    rows = Registration.objects.order_by("created_at")
    assert [(row.listed_as, row.organization, row.organization_name, row.medium) for row in rows] == [
        ("Ada Okafor", lantern, "", "print"),
        ("Bo", None, "The Evening Post", ""),
    ]
    assert [note.words for note in Note.objects.all()] == ["From a list. Asked for by: The Post"] * 2
    assert {decision.by for decision in Decision.objects.all()} == {officer}
    assert all(row.reference in result.content.decode() for row in rows)


def test_confirming_twice_enters_nobody_twice(desk, category):
    preview = upload(desk, category, f"{HEAD}Ada,Okafor,,,,\n")

    assert [confirm(desk, category, preview).context["entered"] for _turn in range(2)] == [1, 0]
    assert Registration.objects.count() == 1


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffgiven_names;family_name\r\nAda;Okafor\r\n".encode(),
        b"Given Names\tFamily Name\nAda\tOkafor\n",
        b'given_names,family_name\n"Ada","Okafor"\n\n\n',
        b'family_name,given_names\n"Okafor","Ada"',
        "\ufeff\ufefffamily_name,given_names\nOkafor,Ada".encode(),
    ],
)
def test_spreadsheets_of_all_kinds_are_read(category, data):
    _columns, lines = entering_list.read(entering_list.decoded(data), category)

    assert [str(line.person) for line in lines] == ["Ada Okafor"]


def test_quoted_cell_keeps_its_comma_and_its_quotes(category):
    line = read('Ada,Okafor,"Lantern, ""Daily"" and Sons",,,\n', category)[0]

    assert line.person.organization_name == 'Lantern, "Daily" and Sons'
    columns = HEAD.strip().split(",")
    assert entering_list.read(entering_list.written(columns, [line]), category)[1][0].person == line.person


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Ada,Okafor,,nonsense,,", ["Enter a valid email address."]),
        ("Ada,Okafor,,,555,", ["Enter the telephone number with + and its country code, like +1 212 555 0142."]),
        ("Ada,=HYPERLINK(1),,,,", ["A cell begins with a sign by which a spreadsheet would calculate it."]),
        ("@SUM(A1),Okafor,,,,", ["A cell begins with a sign by which a spreadsheet would calculate it."]),
        ("1,2,,,,", ["Write the name in letters."] * 2),
        (",,Post,,,", ["There is no name."]),
        ("a,b,c,d,e,f,g", ["There are more cells than columns."]),
        (f"{'a' * 201},Okafor,,,,", ["Shorten “Name” to 200 characters. It has 201 now."]),
    ],
)
def test_line_that_is_no_person_says_why(category, row, said):
    assert problems(row, category) == [said]


def test_unknown_medium_is_told_with_the_known_ones(category):
    assert problems("Ada,Okafor,,,,blimp", category)[0][0].startswith("“blimp” is none of: print, online, ")


def test_person_twice_in_the_list_or_already_here_stays_out(category):
    before = make_registration(Status.SUBMITTED, category=category, given_names="Cy", family_name="Ito")
    text = "Ada,Okafor,,a@example.org,,\nOKAFOR,Ada,,,,\nBo,Eze,,A@example.org,,\nCy,Ito,,,,\n"

    assert problems(text, category) == [
        [],
        ["The same person or address stands on line 2 already."],
        ["The same person or address stands on line 2 already."],
        [f"Cy Ito applied to this meeting already: {before.reference}."],
    ]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The first line must name the columns"),
        (b"name\nAda\n", "The first line must name the columns"),
        (b"family_name,shoe\nOkafor,42\n", "No column is called shoe."),
        (b"family_name,family_name\nOkafor,Eze\n", "A column stands in the first line twice."),
        (b"family_name\n\n", "The list names nobody."),
        (b'family_name\n"Okafor\n', "is no line of a table."),
        (b'family_name\n"Oka"for\n', "is no line of a table."),
        ("family_name\nOkáfor".encode("latin-1"), "The file is not in UTF-8."),
        (b"PK\x03\x04\xff\xfe", "The file is not in UTF-8."),
        (b"family_name\n" + b"x" * 200_000, "is no line of a table."),
        (b"x" * 1_000_001, "The file is too big for a list of people."),
        (b"family_name\n" + b"Okafor\n" * 2001, "A list has 2000 lines at most; this one has 2001."),
    ],
)
def test_file_that_is_no_list_is_told_in_a_sentence(desk, category, data, said):
    response = upload(desk, category, data)

    assert response.status_code == 422
    assert said in errors(response)["file"][0]
    assert not Registration.objects.exists()


def test_rows_that_somebody_changed_are_told_and_enter_nobody(desk, category):
    response = desk.post(address(category, "list"), {"rows": "shoe\n42"})

    assert (response.status_code, Registration.objects.count()) == (422, 0)


def test_long_list_goes_on_with_another_request(desk, category, monkeypatch):
    preview = upload(desk, category, HEAD + "".join(f"Ada,{name},,,,\n" for name in ["Okafor", "Eze", "Ito"]))
    clock = iter([0, 0, 100])
    monkeypatch.setattr(views.time, "monotonic", lambda: next(clock))

    first = confirm(desk, category, preview)
    assert (first.context["entered"], first.context["left"]) == (1, 2)
    monkeypatch.undo()
    second = confirm(desk, category, first)
    assert (second.context["entered"], second.context["left"], Registration.objects.count()) == (2, 0, 3)


def test_refused_line_does_not_hold_up_the_next(desk, category):
    preview = upload(desk, category, f"{HEAD}Ada,Okafor,,ada@example.org,,\nBo,Eze,,,,\n")
    make_registration(Status.SUBMITTED, category=category, email="ada@example.org")

    result = confirm(desk, category, preview)
    assert [row["said"] for row in result.context["results"]] == [
        "There is another application of the same person to this meeting.",
        "Being reviewed",
    ]


@pytest.mark.parametrize("lines", [1, 3])
def test_reading_a_list_takes_as_many_statements_for_one_line_as_for_three(category, lines, django_assert_num_queries):
    make_organization("The Daily Lantern", kind="media")
    text = "".join(f"Ada,Okafor {letter},The Daily Lantern,,,\n" for letter in "abc"[:lines])

    with django_assert_num_queries(2):
        assert [line.is_ready for line in read(text, category)] == [True] * lines


def test_name_of_a_person_stands_in_no_address_and_in_no_letter(desk, category):
    response = desk.post(address(category), TYPED)

    assert not re.search("okafor", response["Location"], re.IGNORECASE)
    assert "Okafor" not in Message.objects.get().text


def test_two_entered_at_once_with_one_address_are_one(category, officer):
    person = entering.Person("Ada", "Okafor", email="ada@example.org", organization_name="Post")
    entering.enter(category, person, by=officer, note="x")

    with pytest.raises(entering.Refused):
        entering.enter(category, person, by=officer, note="x", is_another=True)
    assert (Registration.objects.count(), Note.objects.count()) == (1, 1)
    assert identifying.email_key(category.meeting_id, "ada@example.org") == Registration.objects.get().email_key


def test_protected_person_without_an_address_is_still_not_written_to(officer, category):
    colleague = make_officer("colleague", roles=(Role.LIAISON_OFFICER,), meeting=category.meeting)
    sent = entering.enter(category, entering.Person("Ada", "Okafor", organization_name="Post"), by=officer, note="x")
    protection.grant(sent, readers=[officer, colleague], by=officer)

    assert not Message.objects.exists()
