"""Lists of people: who is on them, who may take them, what is written down, and that no cell or person is dangerous."""

import csv
import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from accreditation import jobs, own_data, protection
from accreditation.desk import columns, exports, spreadsheets
from accreditation.desk.exports import Chosen, ExportRefused
from accreditation.models import Disclosure, Export, Registration
from accreditation.states import Status
from office.models import Proposal
from office.permissions import Role
from office.privacy import answers
from office.proposals import ProposalRefused
from tests.builders import (
    make_category,
    make_desk_policy,
    make_meeting,
    make_officer,
    make_organization,
    make_protected_registration,
    make_registration,
)
from tests.together import at_once

pytestmark = pytest.mark.django_db
PURPOSE = {"purpose": "Seats in the press room", "recipient": "The conference service"}


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW26"), slug="press", name="Press")


@pytest.fixture
def officer(client):
    officer = make_officer("reviewer", roles=[Role.MEDIA_REVIEWER])
    client.force_login(officer)
    return officer


def ask(category, officer, *, kind="csv", at=None, **chosen):
    return exports.ask(category.meeting, kind=kind, by=officer, chosen=Chosen(**chosen), at=at, **PURPOSE)


def post(client, of, **fields):
    return client.post(f"/desk/exports/{of.meeting.code}/", {"kind": "csv", **PURPOSE} | fields)


def fetched(client, export):
    return client.post(f"/desk/exports/{export.meeting.code}/{export.pk}/file/")


def rows_of(response):
    text = b"".join(response).decode()
    assert text[0] == "\ufeff"
    return list(csv.DictReader(io.StringIO(text[1:])))


def listed(export):
    return sorted(export.disclosures.values_list("registration__reference", flat=True))


def test_officer_asks_and_fetches_a_list_and_each_person_on_it_is_written_down(client, category, officer):
    organization = make_organization("Example Times", country="KEN")
    ada = make_registration(Status.APPROVED, category=category, organization=organization, family_name="Okafor")
    make_registration(Status.DECLINED, category=category)
    make_registration(Status.DRAFT, category=category)

    page = post(client, category, status="approved")
    export = Export.objects.get()
    response = fetched(client, export)

    assert (page.status_code, page.url) == (302, f"/desk/exports/DEW26/{export.pk}/")
    assert response["Content-Disposition"] == f'attachment; filename="DEW26-{export.pk}.csv"'
    assert listed(export) == [ada.reference]
    assert rows_of(response) == [
        {
            "Reference": ada.reference, "Category": "Press", "Status": "Approved", "Given names": "Ada",
            "Family name": "Okafor", "Name on the badge": "", "Organization": "Example Times", "Country": "Kenya",
            "Medium": "Newspaper or magazine", "Standing": "", "Comes as": "Representative", "Attends": "In person",
            "Language": "en", "Sent": "", "E-mail": ada.email, "Telephone": "",
        }
    ]  # fmt: skip
    export.refresh_from_db()
    assert (export.count, export.purpose, export.by, export.asked) == (
        1, PURPOSE["purpose"], officer, {"view": "", "status": "approved", "category": "", "medium": "", "q": ""},
    )  # fmt: skip


def test_disclosures_stand_before_the_first_byte_and_in_one_statement(
    client, category, officer, django_assert_num_queries
):
    for _ in range(3):
        make_registration(Status.SUBMITTED, category=category)
    export = Export.objects.create(
        meeting=category.meeting, kind="csv", purpose="p", by=officer, asked_at=timezone.now(), columns=["reference"]
    )

    with django_assert_num_queries(1):
        assert exports.disclose(export, exports.people(category.meeting, Chosen(), by=officer, at=timezone.now())) == 3

    response = fetched(client, export)
    assert Export.objects.get().made_at is not None  # and nothing of the answer has been read
    assert len(rows_of(response)) == 3


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_as_many_queries_for_one_list_as_for_three(
    client, category, officer, count, django_assert_num_queries
):
    make_registration(Status.SUBMITTED, category=category)
    for _ in range(count):
        ask(category, officer)
    client.get("/desk/exports/DEW26/")

    with django_assert_num_queries(7):
        page = client.get("/desk/exports/DEW26/")

    assert page.text.count(PURPOSE["purpose"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_file_takes_as_many_queries_for_one_person_as_for_three(
    client, category, officer, count, django_assert_num_queries
):
    for number in range(count):
        make_registration(Status.SUBMITTED, category=category, organization=make_organization(f"Example {number}"))
    export = ask(category, officer)

    with django_assert_num_queries(1):
        assert b"".join(spreadsheets.csv_lines(export)).count(b"\r\n") == count + 1


def test_csv_is_handed_out_once(client, category, officer):
    make_registration(Status.SUBMITTED, category=category)
    export = ask(category, officer)

    assert len(rows_of(fetched(client, export))) == 1
    again = fetched(client, export)

    assert again.status_code == 302
    assert "The list was made already." in client.get(again.url).text


def test_list_of_yesterday_is_not_handed_out(category, officer):
    make_registration(Status.SUBMITTED, category=category)
    export = ask(category, officer, at=timezone.now() - timedelta(hours=25))

    with pytest.raises(ExportRefused, match="waited for more than a day"):
        exports.release(export, at=timezone.now())
    assert exports.told_to(Registration.objects.get()) == []


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/file/"])
def test_lists_of_a_colleague_and_of_another_meeting_are_404(client, category, officer, path):
    make_registration(Status.SUBMITTED, category=category)
    export = ask(category, make_officer("colleague", roles=[Role.MEDIA_REVIEWER]))
    elsewhere = make_officer("elsewhere", roles=[Role.MEDIA_REVIEWER], meeting=make_meeting(code="OTHER"))
    method = client.post if "file" in path else client.get

    client.force_login(elsewhere)
    assert method(f"/desk/exports/DEW26/{path.format(pk=export.pk)}").status_code == 404
    if path:
        client.force_login(officer)
        assert method(f"/desk/exports/DEW26/{path.format(pk=export.pk)}").status_code == 404
    assert Export.objects.get().made_at is None


@pytest.mark.parametrize("role", [Role.PRESS_OFFICER, Role.SECURITY_LIAISON, Role.DOOR, Role.DATA_PROTECTION_OFFICER])
def test_roles_without_the_right_find_no_page(client, category, role):
    client.force_login(make_officer(role, roles=[role]))

    assert client.get("/desk/exports/DEW26/").status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"purpose": " "}, "Say what the list is for."),
        ({"recipient": ""}, "Say who gets the list."),
        ({"category": "nowhere"}, "Select a valid choice."),
        ({"q": "Nobodyatall"}, "Nobody is found."),
        ({"status": "draft"}, "Select a valid choice."),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(client, category, officer, fields, sentence):
    make_registration(Status.SUBMITTED, category=category)

    page = post(client, category, medium="print", **fields)

    assert page.status_code == 422
    assert sentence in page.text
    assert '<option value="print" selected>' in page.text
    assert (Export.objects.count(), Disclosure.objects.count()) == (0, 0)


# Two officers


def test_more_people_than_one_officer_takes_alone_wait_for_a_second(client, category, officer):
    make_desk_policy(category.meeting, export_alone_at_most=2)
    for _ in range(3):
        make_registration(Status.SUBMITTED, category=category)
    post(client, category)
    export = Export.objects.get()

    refused = fetched(client, export)
    assert "A second officer has to approve this list first." in client.get(refused.url).text
    with pytest.raises(ProposalRefused, match="somebody else decides"):
        exports.approve(export, by=officer)
    assert exports.told_to(Registration.objects.first()) == []

    client.force_login(make_officer("second", roles=[Role.SUPERVISOR]))
    assert PURPOSE["purpose"] in client.get("/desk/exports/DEW26/").text
    client.post(f"/desk/exports/DEW26/{export.pk}/approve/")
    assert fetched(client, export).status_code == 302  # the second officer looks, and does not fetch
    client.force_login(officer)

    assert len(rows_of(fetched(client, export))) == 3
    assert Proposal.objects.get().decided_by.username == "second"


def test_refused_list_discloses_nobody(client, category, officer):
    make_desk_policy(category.meeting, export_alone_at_most=0)
    make_registration(Status.SUBMITTED, category=category)
    export = ask(category, officer)
    client.force_login(make_officer("second", roles=[Role.SUPERVISOR]))

    silent = client.post(f"/desk/exports/DEW26/{export.pk}/refuse/", {"reason": ""})
    client.post(f"/desk/exports/DEW26/{export.pk}/refuse/", {"reason": "Too much"})

    assert (silent.status_code, Disclosure.objects.count()) == (422, 0)
    export = Export.objects.get()
    with pytest.raises(ExportRefused, match="second officer"):
        exports.release(export, at=timezone.now())


def test_many_small_lists_of_a_day_count_together(category, officer):
    make_desk_policy(category.meeting, export_alone_at_most=2)
    for medium in ["print", "print", "radio"]:
        make_registration(Status.SUBMITTED, category=category, medium=medium)

    alone = ask(category, officer, medium="print")
    same_again = ask(category, officer, medium="print")
    third = ask(category, officer, medium="radio")

    assert [each.proposal is None for each in [alone, same_again, third]] == [True, True, False]


@pytest.mark.django_db(transaction=True)
def test_two_lists_asked_for_at_once_are_counted_together(category, officer):
    make_desk_policy(category.meeting, export_alone_at_most=2)
    for medium in ["print", "print", "radio", "radio"]:
        make_registration(Status.SUBMITTED, category=category, medium=medium)

    told = at_once(*[
        lambda medium=medium: ask(category, officer, medium=medium).proposal is None for medium in ["print", "radio"]
    ])  # fmt: skip

    assert sorted(told) == [False, True]


def test_who_is_on_the_list_is_settled_when_it_is_asked_for(client, category, officer):
    first = make_registration(Status.SUBMITTED, category=category)
    export = ask(category, officer)
    make_registration(Status.SUBMITTED, category=category)

    assert [row["Reference"] for row in rows_of(fetched(client, export))] == [first.reference]


# People at risk, and what is dangerous


def test_nobody_hidden_is_on_a_list_whatever_the_moment(client, category, officer):
    seen = make_registration(Status.SUBMITTED, category=category)
    make_registration(Status.SUBMITTED, category=category, family_name="Canaryasks", asks_protection=True)
    make_protected_registration(category=category, family_name="Canaryprotected", email="canary@example.org")
    later = make_registration(Status.SUBMITTED, category=category, family_name="Canarylater")
    export = ask(category, officer)
    protection.ask(later)

    text = b"".join(fetched(client, export)).decode()

    assert "anary" not in text
    assert listed(export) == [seen.reference]
    assert Export.objects.get().count == 1


def test_search_for_somebody_hidden_finds_nobody(client, category, officer):
    make_registration(Status.SUBMITTED, category=category, family_name="Canaryasks", asks_protection=True)

    assert "Nobody is found." in post(client, category, q="Canaryasks").text


def test_no_column_reads_what_is_dangerous():
    rules = answers(Registration)
    read = {name for column in columns.COLUMNS for name in column.reads}

    assert sorted(name for name in read if rules[name] is not None and rules[name].klass not in {"C1", "C2"}) == []


@pytest.mark.parametrize(
    ("role", "extra"), [(Role.MEDIA_REVIEWER, {"email", "phone"}), (Role.LIAISON_OFFICER, {"email", "phone"}),
                        (Role.SUPERVISOR, set())],
)  # fmt: skip
def test_columns_follow_the_role(category, role, extra):
    slugs = {column.slug for column in columns.open_to(make_officer(role, roles=[role]), category.meeting)}

    assert slugs & {"email", "phone"} == extra
    assert slugs - {"email", "phone"} == {
        "reference", "category", "status", "given_names", "family_name", "badge_name", "organization", "country",
        "medium", "standing", "part", "attending", "language", "sent_at",
    }  # fmt: skip


def test_nothing_sealed_reaches_a_file(client, category, officer, private_files):
    make_registration(
        Status.SUBMITTED, category=category, identity={"document_number": "CANARY1"}, access_needs={"needs": "CANARY2"},
        speaking={"topic": "CANARY3"},
    )  # fmt: skip
    as_xlsx = ask(category, officer, kind="xlsx")

    text = b"".join(fetched(client, ask(category, officer))).decode()
    jobs.spreadsheets.make_waiting()

    assert "CANARY" not in text + sheet(fetched(client, as_xlsx).content)


DANGEROUS = ["=1+1", "+41 79", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", '=HYPERLINK("https://example.com")']


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_is_a_formula(client, category, officer, words):
    make_registration(Status.SUBMITTED, category=category, family_name=words)

    (row,) = rows_of(fetched(client, ask(category, officer)))

    assert row["Family name"] == f"'{words}"


# XLSX


def sheet(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))


def test_worker_makes_a_sealed_sheet_that_its_officer_fetches_once(client, category, officer, private_files):
    make_registration(Status.SUBMITTED, category=category, family_name="=1+1", given_names="https://example.com")
    post(client, category, kind="xlsx")
    export = Export.objects.get()
    assert "Being made" in client.get(f"/desk/exports/DEW26/{export.pk}/").text

    assert jobs.spreadsheets.make_waiting() == 1
    kept = [path.read_bytes() for path in private_files.rglob("*") if path.is_file()]
    response = fetched(client, export)

    assert len(kept) == 1
    assert b"PK\x03\x04" not in kept[0]
    assert "=1+1" in sheet(response.content)
    assert re.findall(r"<f>|hyperlink", sheet(response.content)) == []
    assert [path for path in private_files.rglob("*") if path.is_file()] == []
    assert "is gone after a day" in client.get(fetched(client, export).url).text


def test_sheet_that_nobody_fetches_goes_after_a_day(category, officer, private_files):
    make_registration(Status.SUBMITTED, category=category)
    export = ask(category, officer, kind="xlsx")
    jobs.spreadsheets.make_waiting()

    assert exports.forget_files() == 0
    assert exports.forget_files(at=timezone.now() + timedelta(hours=25)) == 1

    assert [path for path in private_files.rglob("*") if path.is_file()] == []
    with pytest.raises(ExportRefused, match="gone after a day"):
        exports.fetch(Export.objects.get(pk=export.pk), by=officer)


def test_worker_waits_for_the_second_officer(category, officer, private_files):
    make_desk_policy(category.meeting, export_alone_at_most=0)
    make_registration(Status.SUBMITTED, category=category)
    export = ask(category, officer, kind="xlsx")

    assert jobs.spreadsheets.make_waiting() == 0
    exports.approve(export, by=make_officer("second", roles=[Role.SUPERVISOR]))

    assert jobs.spreadsheets.make_waiting() == 1


# What the person sees


def test_person_reads_when_for_what_and_for_whom(client, category, officer):
    registration = make_registration(Status.SUBMITTED, category=category)
    export = ask(category, officer)
    assert exports.told_to(registration) == []

    exports.release(export, at=timezone.now())

    assert [(row.reason, row.recipient) for row in exports.told_to(registration)] == [tuple(PURPOSE.values())]
    assert [
        (row["purpose"], row["for"], row["columns"][0]) for row in own_data.gathered(registration)["handed_out"]
    ] == [(*PURPOSE.values(), "reference")]
