"""A meeting with a row of everything that staff pages show, and how addresses name it; for ``tests/matrix.py``."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from accreditation import devices, door, evidence, workflow
from accreditation.desk import second
from accreditation.models import (
    Conflict,
    Delegation,
    EvidenceRule,
    Export,
    Ground,
    OrganizationPlaces,
    PickUpSlot,
    Pool,
    PrintJob,
    Zone,
)
from accreditation.states import Actor, Status
from advisory import previewing
from advisory.models import Body, Document, EmailText, Topic
from advisory.publishing import publish
from office import outbox
from office.models import Message
from office.permissions import Role
from tests.accreditation.sent_files import LETTER, file
from tests.builders import (
    make_category,
    make_desk_policy,
    make_full_meeting,
    make_gate,
    make_officer,
    make_organization,
    make_registration,
    make_subscription,
)

# (start of the address, parameter, its value in the world): the first line that fits. The rows of a model in the panel
# stand in the world under its name, so that their ids need no line here.
FILLINGS = [
    ("admin/accreditation/organization/merge/", "one", lambda world: world.rows["accreditation/organization"].pk),
    ("admin/accreditation/organization/merge/", "other", lambda world: world.twin.pk),
    ("admin/", "app_label", lambda world: "advisory"),
    ("admin/", "digest", lambda world: "0" * 64),
    ("admin/", "name", lambda world: "x"),
    ("admin/", "language", lambda world: "fr"),
    ("admin/", "format", lambda world: "page"),
    ("admin/", "sequence", lambda world: 1),
    ("admin/", "link", lambda world: world.link.pk),
    ("admin/auth/user/", "id", lambda world: world.rows["office/user"].pk),
    ("admin/", "url", lambda world: "nowhere"),
    ("accounts/", "pk", lambda world: 1),
    ("accounts/", "uidb36", lambda world: "1"),
    ("accounts/", "key", lambda world: "x-y"),
    ("desk/registrations/%(reference)s/papers/", "paper", lambda world: world.paper.pk),
    ("desk/registrations/%(reference)s/papers/", "page", lambda world: 1),
    ("desk/registrations/%(reference)s/letters/", "message", lambda world: world.letter.pk),
    ("desk/registrations/%(reference)s/letters/", "action", lambda world: "cancel"),
    ("desk/speaking/", "reference", lambda world: world.speaker.reference),
    ("desk/proposals/", "pk", lambda world: world.proposal.pk),
    ("desk/conflicts/", "pk", lambda world: world.conflict.pk),
    ("desk/exports/", "number", lambda world: world.export.pk),
    ("desk/exports/", "answer", lambda world: "withdraw"),
    ("desk/security/", "number", lambda world: world.proposal.pk),
    ("desk/badges/jobs/", "number", lambda world: world.job.pk),
    ("desk/badges/", "pk", lambda world: world.rows["accreditation/badge"].pk),
    ("desk/door/devices/", "device", lambda world: world.device.pk),
    ("desk/pools/", "pool", lambda world: world.rows["accreditation/pool"].pk),
    ("desk/door/", "scan", lambda world: world.scan.pk),
    ("desk/door/", "device", lambda world: world.device.pk),
    ("door/", "gate", lambda world: f"{world.meeting.code.lower()}-{world.gate.slug}"),
    ("door/", "scan", lambda world: world.scan.pk),
    ("desk/", "reference", lambda world: world.registration.reference),
    ("desk/", "action", lambda world: "approve"),
    ("desk/", "code", lambda world: world.meeting.code),
    ("desk/", "meeting", lambda world: world.meeting.code),
    ("desk/", "category", lambda world: world.category.slug),
]


def make_world():
    """Publishes the meeting and decides on people in it; writes one sealed file."""
    meeting = make_full_meeting(slug="matrix", code="MTX16")
    publish(meeting, by=None)
    officer = make_officer("someone", roles=[Role.LIAISON_OFFICER])
    category = make_category(meeting, slug="press", offers_speaking=True)
    EvidenceRule.objects.create(category=category, kind=LETTER)
    policy = make_desk_policy(meeting, seconded=["decline"])
    organization = make_organization()
    draft = make_registration(category=category)
    paper = evidence.add(draft, LETTER, file())
    registration = workflow.apply(draft, "submit", actor=Actor.APPLICANT)
    proposed = second.propose(
        make_registration(Status.SUBMITTED, category=category), "decline", actor=Actor.DESK, by=officer,
        ground="incomplete", reason="No letter.",
    )  # fmt: skip
    speaker = make_registration(
        Status.APPROVED, category=category, speaking={"wants_to_speak": "yes", "speaking_topic": "Bells"}
    )
    gate = make_gate(meeting)
    device, _code = devices.invite(gate, name="Telephone 1", by=officer)
    link, _ = previewing.make(meeting, reader="R", expires_at=timezone.now() + timedelta(days=1), by=officer)
    export = Export.objects.create(
        meeting=meeting, kind="csv", purpose="P", by=officer, asked_at=timezone.now(), columns=["reference"]
    )
    return SimpleNamespace(
        meeting=meeting,
        category=category,
        registration=registration,
        paper=paper,
        letter=Message.objects.get(about=registration.pk),
        speaker=speaker,
        proposal=proposed.proposal,
        conflict=Conflict.objects.create(
            officer=officer, organization=organization, declared_by=officer, at=timezone.now()
        ),
        export=export,
        link=link,
        gate=gate,
        device=device,
        job=PrintJob.objects.create(meeting=meeting, count=0, by=officer, language="en", asked_at=timezone.now()),
        scan=door.admit("no code", gate=gate, by=officer),
        twin=make_organization("Example Alliances"),
        rows=panel_rows(meeting, category, organization, officer)
        | {
            "accreditation/registration": registration,
            "accreditation/deskpolicy": policy,
            "accreditation/export": export,
        },
    )


def panel_rows(meeting, category, organization, officer):
    """{app/model: a row of it}, in the order in which the starts of addresses are tried."""
    waiting = make_registration(Status.SUBMITTED, category=category)
    approved = workflow.apply(waiting, "approve", actor=Actor.DESK, by=officer)
    return {
        "accreditation/badge": approved.badges.get(),
        "accreditation/category": category,
        "accreditation/decision": approved.decisions.first(),
        "accreditation/delegation": Delegation.objects.create(
            category=category, organization=organization, lead_email="focal@example.org"
        ),
        "accreditation/gate": make_gate(meeting, "South gate"),
        "accreditation/ground": Ground.objects.create(code="late", criterion="In time", told="Too late."),
        "accreditation/organization": organization,
        "accreditation/organizationplaces": OrganizationPlaces.objects.create(
            category=category, organization=organization
        ),
        "accreditation/pickupslot": PickUpSlot.objects.create(
            meeting=meeting, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1), place="North gate"
        ),
        "accreditation/pool": Pool.objects.create(
            meeting=meeting, name="Arrivals", form_up_at=timezone.now(), place="North gate"
        ),
        "accreditation/zone": Zone.objects.create(meeting=meeting, number=1, name="Hall"),
        "advisory/body": Body.objects.first(),
        "advisory/document": Document.objects.first(),
        "advisory/emailtext": EmailText.objects.create(kind="alert", language="en", subject="A", text="A"),
        "advisory/meeting": meeting,
        "advisory/subscription": make_subscription(),
        "advisory/topic": Topic.objects.get_or_create(slug="matrix", defaults={"name": "Matrix"})[0],
        "office/grant": officer.grants.get(),
        "office/message": outbox.queue(to="a@example.org", subject="A", text="A", kind="alert", meeting=meeting),
        "office/user": officer,
    }
