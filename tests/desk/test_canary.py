"""One pass over everything that shows people: of a protected person nothing is found, by an officer who is no reader.

The same pass before protection finds what was planted, so that it can see what it looks for.
"""

import csv
import io
import json
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from accreditation import delegation_access, evidence, finding, protection
from accreditation.desk import digest, exports, notes, seconding, spreadsheets
from accreditation.models import DeskPolicy, Export, Registration
from accreditation.states import Status
from advisory import publishing
from office.models import Message
from tests.accreditation.sent_files import LETTER as PDF_NAME
from tests.accreditation.sent_files import file, pdf
from tests.builders import (
    make_badge,
    make_delegation,
    make_focal_point,
    make_officer,
    make_organization,
    make_readers,
    make_registration,
)
from tests.desk_world import make_desk_world
from tests.journeys.test_every_desk_page import ROLES, all_faces

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
FIELDS = """given family badge email phone organization job website birthplace document issuer needs topic outline
    filename note letter answer invited""".split()
LISTS = {"csv", "xlsx"}
PUBLIC = ["figures/", "figures.json", "draws/press/", "draws/press.json", ""]


def canary(field, number):
    return f"qwyz{field}{number}"


def plant(category, status, number):
    """A person in whom every field is a canary of its own, with a letter, notes, a message and an answer."""
    c = {field: canary(field, number).title() for field in FIELDS}
    organization = make_organization(c["organization"])
    make_focal_point(organization, email="focal@example.org")
    row = make_registration(
        status, category=category, organization=organization, delegation=make_delegation(category, organization),
        given_names=c["given"], family_name=c["family"], badge_name=c["badge"],
        email=f"{c['email'].lower()}@example.org", phone=f"+1212555{c['phone']}", medium="print", delegation_position=1,
        answers={"job_title": c["job"], "website": f"https://{c['website']}.example.com", "equipment": c["invited"]},
        identity={
            "birth_date": "1971-02-03", "birth_place": c["birthplace"], "nationality": "PRT",
            "document_kind": "passport",
            "document_number": c["document"], "document_issuer": c["issuer"], "document_expires_on": "2091-01-01",
        },
        access_needs={"needs": "other", "needs_words": c["needs"]},
        speaking={
            "wants_to_speak": "yes", "speaking_topic": c["topic"], "speaking_outline": c["outline"],
            "speaking_language": "en",
        },
    )  # fmt: skip
    paper = file(pdf())
    paper.name = f"{c['filename']}.pdf"
    Registration.objects.filter(pk=row.pk).update(status=Status.INFO_REQUESTED)  # who is asked may send a paper
    evidence.add(Registration.objects.get(pk=row.pk), PDF_NAME, paper)
    Registration.objects.filter(pk=row.pk).update(status=status)
    colleague = make_officer(f"writer-{number}", roles=ROLES)
    notes.add(row, c["note"], by=colleague)
    notes.write(row, c["letter"], by=colleague)
    notes.answer(row, c["answer"])
    if status == Status.APPROVED:
        make_badge(row)
    finding.index(row)
    return row


@pytest.fixture
def officer(client):
    officer = make_officer("everyone", roles=ROLES)
    client.force_login(officer)
    return officer


@pytest.fixture
def world(officer):
    world = make_desk_world(officer)
    DeskPolicy.objects.filter(meeting=world.meeting).update(export_alone_at_most=10_000, publishes_figures=True)
    world.planted = [
        plant(world.meeting.categories.get(slug="press"), status, number)
        for number, status in enumerate([Status.SUBMITTED, Status.APPROVED, Status.WAITLISTED], start=1)
    ]
    publishing.publish(world.meeting, by=None)
    world.meeting.refresh_from_db()
    return world


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def unzipped(data):
    """The text of all that is in a ZIP, such as a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def desk_pages(client, world):
    """{address: what it answers} of every page of the desk, with those of the planted people themselves."""
    own = ["registration", "letters", "conflict", "refer", "protection", "notice"]
    addresses = [*all_faces(client, world), "/desk/?view=waitlist", "/desk/?view=decided", "/desk/badges/?q=qwyz"]
    for row in world.planted:
        addresses += [reverse(f"desk:{name}", args=[row.reference]) for name in own]
        addresses.append(reverse("desk:speaking-request", args=[world.meeting.code, row.reference]))
        addresses += [
            reverse("desk:paper", args=[row.reference, paper.pk]) for paper in row.evidence.all()
        ]  # fmt: skip
    return {
        address: f"{answer.headers}".encode() + body(answer)
        for address in addresses
        for answer in [client.get(address)]
    }


def found_by(client, world):
    """{field}: what the queue is searched by and leads to the person."""
    [row, *_others], queue = world.planted, f"/desk/?meeting={world.meeting.code}"
    return {field for field in FIELDS if row.reference in client.get(f"{queue}&q={canary(field, 1)}").text}


def lists(client, world):
    """The CSV, the workbook and the hand-over, fetched as an officer fetches them."""
    code, found = world.meeting.code, {}
    for kind in sorted(LISTS):
        client.post(f"/desk/exports/{code}/", {"kind": kind, "purpose": "Seats", "recipient": "The hall"})
        export = Export.objects.filter(kind=kind).latest("pk")
        spreadsheets.make_waiting()
        answer = client.post(f"/desk/exports/{code}/{export.pk}/file/")
        assert answer.status_code == 200
        found[kind] = body(answer)
    assert len(list(csv.reader(io.StringIO(found["csv"].decode())))) > 10
    found["xlsx"] = unzipped(found["xlsx"])
    Export.objects.filter(kind=exports.SECURITY).update(asked_at=timezone.now() - timezone.timedelta(days=2))
    chosen = [category.pk for category in world.meeting.categories.all()]
    found["hand-over"] = unzipped(
        body(client.post(f"/desk/security/{code}/file/", {"categories": chosen, "recipient": "Security"}))
    )
    return found


def in_public(client_class, world):
    stranger, found = client_class(), {}
    base = f"/meetings/{world.meeting.url_year}/{world.meeting.slug}/"
    for path in PUBLIC:
        found[f"public {path}"] = body(stranger.get(base + path))
    delegation = world.planted[0].delegation
    token = delegation_access.lead_token(delegation)
    stranger.post(reverse(f"accreditation:{delegation_access.DELEGATION}", args=[token]))
    page = stranger.get("/delegation/")
    assert page.status_code == 200
    found["focal point"] = page.content + body(stranger.get("/delegation/people.csv"))
    return found


def mails():
    """All that is written to anybody; to whom stands on no page."""
    digest.send()
    seconding.tell()
    rows = Message.objects.values_list("subject", "text", "html", "headers")
    return json.dumps([list(row) for row in rows]).encode()


def walk(client, world, caplog):
    """{where: what can be read there}."""
    caplog.clear()
    found = {"desk": b"\n".join(desk_pages(client, world).values())} | lists(client, world)
    found |= in_public(type(client), world)
    return found | {"mails": mails(), "log": caplog.text.encode()}


def hits(walked):
    """{(where, field, number of the person)}."""
    lower = {where: text.lower() for where, text in walked.items()}
    lower["focal point"] = lower["focal point"].replace(canary("organization", 1).encode(), b"")  # the page's own name
    return {
        (where, field, number)
        for where, text in lower.items() for field in FIELDS for number in (1, 2, 3)
        if canary(field, number).encode() in text
    }  # fmt: skip


@pytest.mark.property
def test_canaries_of_protected_people_are_found_nowhere_and_before_protection_everywhere(client, world, caplog):
    before, searched = hits(walk(client, world, caplog)), found_by(client, world)
    readers = make_readers()
    Registration.objects.filter(pk__in=[row.pk for row in world.planted]).update(asks_protection=True)
    for row in world.planted:
        finding.index(Registration.objects.get(pk=row.pk))
    asked = hits(walk(client, world, caplog)), found_by(client, world)
    for row in world.planted:
        protection.grant(Registration.objects.get(pk=row.pk), readers=readers, by=readers[0])
    granted = walk(client, world, caplog)

    assert asked == (set(), set())
    assert (hits(granted), found_by(client, world)) == (set(), set())
    references = [row.reference.encode() for row in world.planted]
    outside = set(granted) - {"desk", "log", "mails"}
    assert [(where, name) for where in outside for name in references if name in granted[where]] == []
    seen = {where: {field for place, field, _number in before if place == where} for where in granted}
    assert searched == {"given", "family", "badge", "email", "organization"}
    assert seen["desk"] == set(FIELDS) - {"phone", "website", "birthplace"}
    assert seen["csv"] == seen["xlsx"] == {"given", "family", "badge", "email", "phone", "organization"}
    assert (seen["hand-over"], seen["focal point"]) == ({"given", "family", "document", "issuer"}, {"given", "family"})
    assert (
        set().union(*(seen[where] for where in seen.keys() - {"desk", "csv", "xlsx", "hand-over", "focal point"}))
        == set()
    )
