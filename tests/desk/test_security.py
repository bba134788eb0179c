"""The hand-over to security: what is in it, who is left out, whose signature counts, and what its answer changes."""

import base64
import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accreditation.desk import clearances, exports, security
from accreditation.models import Decision, Disclosure, Export, Registration
from accreditation.states import Status
from config import signing_keys
from office import signing
from office.models import Proposal
from office.permissions import Role
from tests.builders import (
    make_category,
    make_meeting,
    make_officer,
    make_protected_registration,
    make_registration,
)

pytestmark = pytest.mark.django_db
DOCUMENT = {
    "birth_date": "1984-03-27", "nationality": "KEN", "document_kind": "passport", "document_number": "X1234567",
    "document_issuer": "KEN", "document_expires_on": "2031-01-01",
}  # fmt: skip
SECURITY = Ed25519PrivateKey.from_private_bytes(b"S" * 32)
TOMORROW = (timezone.localdate() + timedelta(days=1)).isoformat()


@pytest.fixture
def category():
    return make_category(make_meeting(code="DEW26"), slug="press")


@pytest.fixture
def liaison(client):
    officer = make_officer("liaison", roles=[Role.SECURITY_LIAISON])
    client.force_login(officer)
    return officer


def applicant(category, **fields):
    return make_registration(
        Status.SUBMITTED, **{"category": category, "identity": DOCUMENT, "phone": "+1212"} | fields
    )


def hand_over(client, category):
    values = {"categories": [category.pk], "recipient": "Security of the house"}
    return client.post(f"/desk/security/{category.meeting.code}/file/", values)


def unpacked(response):
    with zipfile.ZipFile(io.BytesIO(response.content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def bring(client, *rows, signature=None, name="result.csv"):
    text = "reference,result,until\n" + "".join(",".join(row) + "\n" for row in rows)
    return send(client, text.encode(), signature=signature, name=name)


def send(client, data, *, signature=None, name="result.csv"):
    files = {"result": SimpleUploadedFile(name, data)}
    if signature is not None:
        files["signature"] = SimpleUploadedFile("result.sig", signature)
    return client.post("/desk/security/DEW26/result/", files)


def flags():
    return {row.reference: (row.clearance, row.clearance_until) for row in Registration.objects.all()}


# Out


def test_file_holds_what_identifies_somebody_and_nothing_else(client, category, liaison):
    ada = applicant(category, access_needs={"needs": "CANARY"}, answers={"job_title": "CANARY"})

    packed = unpacked(hand_over(client, category))
    content = json.loads(packed["people.json"])

    assert content["people"] == [
        {"reference": ada.reference, "given_names": "Ada", "family_name": ada.family_name} | DOCUMENT
    ]
    assert (content["form"], content["meeting"]) == ("rostrum.security-hand-over/1", "DEW26")
    export = Export.objects.get()
    assert (export.kind, export.count, export.by, content["number"]) == ("security", 1, liaison, export.pk)
    assert list(Disclosure.objects.values_list("export", "registration")) == [(export.pk, ada.pk)]
    assert flags() == {ada.reference: ("pending", None)}
    assert [row.recipient for row in exports.told_to(ada)] == ["Security of the house"]


def test_signature_is_of_the_very_bytes(client, category, liaison):
    applicant(category)

    packed = unpacked(hand_over(client, category))
    key = load_pem_public_key(packed["key-1.pem"])

    key.verify(packed["people.json.sig"], packed["people.json"])
    raw = key.public_bytes_raw()
    assert signing.is_signed(packed["people.json"], packed["people.json.sig"], by=raw)
    assert not signing.is_signed(packed["people.json"] + b" ", packed["people.json.sig"], by=raw)
    assert not signing.is_signed(packed["people.json"], packed["people.json.sig"], by=b"no key")


def test_who_asked_for_protection_is_left_out_and_counted(client, category, liaison):
    applicant(category)
    asks = applicant(category, family_name="Canaryasks", asks_protection=True)
    protected = make_protected_registration(category=category, identity=DOCUMENT, family_name="Canarysealed")
    make_registration(Status.SUBMITTED, category=category)  # named no document

    response = hand_over(client, category)
    packed = unpacked(response)

    assert b"Canary" not in packed["people.json"]
    assert json.loads(packed["people.json"])["left_out"] == {"protected": 2, "without_document": 1}
    assert not Disclosure.objects.filter(registration__in=[asks, protected]).exists()
    assert {row.clearance for row in [Registration.objects.get(pk=pk) for pk in [asks.pk, protected.pk]]} == {
        "not_asked"
    }
    page = client.get("/desk/security/DEW26/").text
    assert "2 people ask for protection and are left out." in page
    assert "Canary" not in page


def test_only_open_flags_of_the_chosen_categories_go(client, category, liaison):
    today = timezone.localdate()
    sent = [
        applicant(category, clearance="not_asked"),
        applicant(category, clearance="pending"),
        applicant(category, clearance="clear", clearance_until=today - timedelta(days=1)),
    ]
    applicant(category, clearance="clear", clearance_until=today)
    applicant(category, clearance="not_clear", clearance_until=today)
    applicant(make_category(category.meeting, slug="observers"))
    declined = applicant(category)
    Registration.objects.filter(pk=declined.pk).update(status=Status.DECLINED)

    people = json.loads(unpacked(hand_over(client, category))["people.json"])["people"]

    assert [row["reference"] for row in people] == sorted(row.reference for row in sent)


@pytest.mark.parametrize("count", [1, 3])
def test_hand_over_takes_as_many_statements_for_one_as_for_three(category, count, django_assert_num_queries):
    for _ in range(count):
        applicant(category)
    officer = make_officer()

    with django_assert_num_queries(13):
        security.hand_over(category.meeting, categories=[category], recipient="Security", by=officer)


def test_button_pressed_twice_hands_over_once(client, category, liaison):
    applicant(category)
    hand_over(client, category)

    again = hand_over(client, category)

    assert (again.status_code, Export.objects.count()) == (422, 1)
    assert "You have handed over a moment ago." in again.text


def test_without_a_key_nothing_leaves(client, category, liaison, settings):
    settings.SIGNING_KEYS = {}
    applicant(category)

    refused = hand_over(client, category)

    assert (refused.status_code, Export.objects.count()) == (422, 0)
    assert "SIGNING_KEYS holds no key" in refused.text


def test_nobody_to_hand_over_is_a_sentence(client, category, liaison):
    assert "Nobody of these categories has a document" in hand_over(client, category).text
    assert Export.objects.count() == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECURITY_LIAISON])
def test_page_is_there_for_the_security_liaison_alone(client, category, role):
    client.force_login(make_officer("officer", roles=[role]))
    applicant(category)

    assert client.get("/desk/security/DEW26/").status_code == 404
    assert hand_over(client, category).status_code == 404
    assert bring(client).status_code == 404


def test_liaison_of_another_meeting_finds_nothing(client, category):
    client.force_login(make_officer("other", roles=[Role.SECURITY_LIAISON], meeting=make_meeting(code="OTHER")))

    assert client.get("/desk/security/DEW26/").status_code == 404


# Back


def test_signed_result_sets_flags_and_no_status_moves(client, category, liaison, settings):
    settings.SECURITY_PUBLIC_KEY = SECURITY.public_key().public_bytes_raw()
    one, two = applicant(category), applicant(category)
    hand_over(client, category)
    data = (
        f"reference,result,until,why\n{one.reference},clear,{TOMORROW},CANARY\n{two.reference},not clear,{TOMORROW},x\n"
    )

    page = send(client, data.encode(), signature=SECURITY.sign(data.encode()))

    until = date.fromisoformat(TOMORROW)
    assert flags() == {one.reference: ("clear", until), two.reference: ("not_clear", until)}
    assert "2 flags were set." in page.text
    assert "CANARY" not in page.text
    assert set(Registration.objects.values_list("status", flat=True)) == {"submitted"}
    assert Decision.objects.count() == 0


@pytest.mark.parametrize("key", [b"", SECURITY.public_key().public_bytes_raw()])
def test_wrong_signature_changes_nothing(client, category, liaison, settings, key):
    settings.SECURITY_PUBLIC_KEY = key
    one = applicant(category)
    hand_over(client, category)
    other = Ed25519PrivateKey.from_private_bytes(b"T" * 32)
    data = f"reference,result,until\n{one.reference},clear,{TOMORROW}\n".encode()

    page = send(client, data, signature=other.sign(data))

    assert page.status_code == 422
    assert "The signature is not that of this file" in page.text
    assert flags() == {one.reference: ("pending", None)}


def test_without_signature_a_second_officer_confirms(client, category, liaison, private_files):
    one = applicant(category)
    hand_over(client, category)

    page = bring(client, (one.reference, "clear", TOMORROW))
    proposal = Proposal.objects.get()
    assert page.url == f"/desk/security/DEW26/result/{proposal.pk}/"
    client.post(page.url, {"answer": "confirm"})
    assert flags() == {one.reference: ("pending", None)}
    assert one.reference not in json.dumps(proposal.content)

    client.force_login(make_officer("second", roles=[Role.SECURITY_LIAISON]))
    assert one.reference in client.get(page.url).text
    client.post(page.url, {"answer": "confirm"})

    assert flags() == {one.reference: ("clear", date.fromisoformat(TOMORROW))}
    assert [path for path in private_files.rglob("*") if path.is_file()] == []


def test_result_whose_file_is_gone_is_told(client, category, liaison, private_files):
    one = applicant(category)
    hand_over(client, category)
    page = bring(client, (one.reference, "clear", TOMORROW))
    for path in private_files.rglob("*"):
        if path.is_file():
            path.unlink()

    assert "The file is gone: a result waits for a day." in client.get(page.url).text


def test_each_row_is_told_and_unknown_references_with_them(category, liaison):
    known = [applicant(category) for _ in range(4)]
    stranger = applicant(category)  # applied after the hand-over
    Registration.objects.filter(pk=stranger.pk).update(status=Status.DECLINED)
    security.hand_over(category.meeting, categories=[category], recipient="Security", by=liaison)
    rows = [
        (known[0].reference.lower(), "CLEAR", TOMORROW),
        (known[1].reference, "perhaps", TOMORROW),
        (known[2].reference, "clear", "soon"),
        (known[3].reference, "clear", "2001-01-01"),
        (stranger.reference, "clear", TOMORROW),
        ("NOWHERE", "clear", TOMORROW),
        (known[0].reference, "not clear", TOMORROW),
    ]

    told = clearances.lines(category.meeting, rows)

    assert [line.problem for line in told] == [
        "", "The result is neither “clear” nor “not clear”.", "“Until” is no day such as 2026-09-30.",
        "The day until which it holds is past.", "Nobody with this reference was handed over for this meeting.",
        "Nobody with this reference was handed over for this meeting.", "This reference stands in the file twice.",
    ]  # fmt: skip
    assert clearances.take_in(told) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe", "The file is no text in UTF-8."),
        (b"name;day\n", "Missing: reference, result, until."),
        (b"reference,result,until\n", "The file has no row."),
        (b"{]", "The file begins as JSON and cannot be read as such."),
        (b'{"results": 7}', "The file has no row."),
        (b"[" * 100_000, "The file begins as JSON and cannot be read as such."),
        (b"x" * (clearances.MOST_BYTES + 1), "The file is too big"),
    ],
)
def test_bad_file_is_a_sentence(client, category, liaison, data, sentence):
    page = send(client, data)

    assert (page.status_code, Proposal.objects.count()) == (422, 0)
    assert sentence in page.text


def test_json_and_semicolons_are_read_too(category):
    as_json = json.dumps({"results": [{"reference": "A", "result": "clear", "until": TOMORROW}]}).encode()

    assert clearances.read(as_json) == [("A", "clear", TOMORROW)]
    assert clearances.read(as_json.replace(b'"A"', b'"\\ud800A"')) == [("?A", "clear", TOMORROW)]
    assert clearances.read(f"\ufeffReference;Result;Until\nA;clear;{TOMORROW}\n".encode()) == [("A", "clear", TOMORROW)]


@pytest.mark.parametrize(
    ("days", "shown"), [(-1, "not_asked"), (0, "clear"), (1, "clear"), (None, "clear")]
)  # fmt: skip
def test_flag_that_has_run_out_is_as_if_nobody_had_asked(days, shown):
    today = timezone.localdate()
    until = None if days is None else today + timedelta(days=days)

    assert security.flag(Registration(clearance="clear", clearance_until=until)) == shown


# The ring of keys


def test_ring_is_read_newest_first_and_its_faults_are_named():
    key = base64.b64encode(b"k" * 32).decode()

    assert signing_keys.read(f"2:{key},1:{key}") == ({2: b"k" * 32, 1: b"k" * 32}, [])
    assert signing_keys.read("") == ({}, [])
    assert signing_keys.read(f"0:{key} 1:short 3:{key} 3:{key}")[1] == [
        "must have in entry 1 a number from 1 to 255, a colon and 32 bytes in base64.",
        "must have in entry 2 a number from 1 to 255, a colon and 32 bytes in base64.",
        "must name each key once; it names twice: 3.",
    ]
    assert len(signing_keys.read(signing_keys.fresh())[0]) == 1
