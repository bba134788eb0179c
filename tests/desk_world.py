"""The demonstration with a row of everything that a page of the desk shows, for those who walk its pages."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from accreditation import demo, evidence, finding
from accreditation.desk import clearances, conflicts, draws, exports, notes, notice, second, security
from accreditation.desk.exports import Chosen
from accreditation.models import Badge, PrintJob, Registration
from accreditation.states import Actor, EvidenceKind, Status
from advisory.models import Meeting
from office.models import Message, User
from tests.accreditation.sent_files import file, pdf
from tests.builders import make_desk_policy

LETTER = EvidenceKind.LETTER_OF_ASSIGNMENT
LONG = "Permanent observers of the inter-island conference of meteorological services and river commissions"
DOCUMENT = {
    "nationality": "PRT",
    "birth_date": "1990-02-01",
    "document_kind": "passport",
    "document_number": "X0000001",
}
BADGE_PAGES = ["", "-portrait", "-hand-over", "-lose", "-replace", "-time"]
# (address by its name, parameter): its value; ("", parameter) where no line names the address
FILLINGS = {
    ("", "reference"): lambda world: world.case.reference,
    ("", "meeting"): lambda world: world.meeting.code,
    ("", "code"): lambda world: world.meeting.code,
    ("", "category"): lambda world: "press",
    ("", "action"): lambda world: "approve",
    ("", "answer"): lambda world: "withdraw",
    ("", "paper"): lambda world: world.paper.pk,
    ("", "page"): lambda world: 1,
    ("", "message"): lambda world: Message.objects.filter(about=world.told.pk).first().pk,
    ("", "pool"): lambda world: world.meeting.pools.first().pk,
    ("letters", "reference"): lambda world: world.told.reference,
    ("letter", "reference"): lambda world: world.told.reference,
    ("letter", "action"): lambda world: "cancel",
    ("notice", "reference"): lambda world: world.noticed.reference,
    ("protection", "reference"): lambda world: world.hidden.reference,
    ("speaking-request", "reference"): lambda world: world.speaker.reference,
    ("speaking-grade", "reference"): lambda world: world.speaker.reference,
    ("speaking-outcome", "reference"): lambda world: world.speaker.reference,
    ("proposal", "pk"): lambda world: world.proposal.pk,
    ("proposal-approve", "pk"): lambda world: world.proposal.pk,
    ("proposal-refuse", "pk"): lambda world: world.proposal.pk,
    ("proposal-withdraw", "pk"): lambda world: world.proposal.pk,
    **{(f"badge{ending}", "pk"): lambda world: world.badge.pk for ending in BADGE_PAGES},
    **{(f"print-{ending}", "number"): lambda world: world.job.pk for ending in ["job", "file", "end"]},
    ("", "device"): lambda world: world.meeting.gates.first().devices.first().pk,
    ("", "scan"): lambda world: world.meeting.scans.first().pk,
    ("conflict-end", "pk"): lambda world: world.conflict.pk,
    ("export", "number"): lambda world: world.export.pk,
    ("export-file", "number"): lambda world: world.export.pk,
    ("export-decide", "number"): lambda world: world.export.pk,
    ("security-confirm", "number"): lambda world: world.result.pk,
}


def make_desk_world(officer):
    """Loads the demonstration; ``officer`` is whoever looks, colleagues are the demonstration's."""
    if not Meeting.objects.exists():
        demo.load()
    meeting = Meeting.objects.get(slug="early-warning-segment")
    make_desk_policy(meeting, seconded=["decline", "revoke"], notice_hours=24, export_alone_at_most=2)
    world = SimpleNamespace(meeting=meeting, officer=officer, colleague=User.objects.get(username="demo-supervisor"))
    world.reviewer = User.objects.get(username="demo-media-reviewer")
    world.hidden = person(meeting, "Tanaka")
    world.speaker = person(meeting, "Ishikawa")
    full_case(world)
    waiting_decisions(world)
    lists_taken(world)
    world.badge = Badge.objects.filter(meeting=meeting, state="printed").first()
    world.job = PrintJob.objects.create(meeting=meeting, count=0, by=officer, language="en", asked_at=timezone.now())
    world.conflict = conflicts.declare(world.colleague, by=world.colleague, registration=person(meeting, "Eskola"))
    drawn(meeting.categories.get(slug="delegation-media"), by=world.colleague)
    for row in Registration.objects.filter(meeting=meeting).exclude(status=Status.DRAFT):
        finding.index(row)
    return world


def person(meeting, family_name):
    return Registration.objects.get(meeting=meeting, family_name=family_name)


def full_case(world):
    """An application with papers, a thread, notes and words in two directions."""
    case, now = person(world.meeting, "Lindholm"), timezone.now()
    Registration.objects.filter(pk=case.pk).update(status=Status.INFO_REQUESTED)
    case.refresh_from_db()
    world.paper = evidence.add(case, LETTER, file(pdf(pages=2)))
    answers = case.answers | {
        "website": "https://www.example.com/a-very-long-address/of/the/desk/that-has-no-end/at-all"
    }
    Registration.objects.filter(pk=case.pk).update(
        status=Status.SUBMITTED, due_at=now - timedelta(hours=2), organization_name=LONG, badge_name="林静怡",
        hints=["double"], answers=answers,
    )  # fmt: skip
    case.refresh_from_db()
    notes.add(case, "Seen last year: desk@example.org", by=world.reviewer)
    notes.write(case, "Which desk do you write for?", by=world.reviewer)
    notes.answer(case, "لمكتب الأخبار الدولية، desk@example.com")
    world.case = case
    world.told = person(world.meeting, "Baptista")
    notes.write(world.told, "Your badge waits at the north gate.", by=world.reviewer)


def waiting_decisions(world):
    asked = person(world.meeting, "Eskola")
    world.proposal = second.propose(
        asked, "decline", actor=Actor.DESK, by=world.reviewer, ground="incomplete",
        reason="The letter names somebody else.", note="Compare the letter with the press card.",
    ).proposal  # fmt: skip
    world.noticed = person(world.meeting, "Mustafić")
    notice.give(world.noticed, by=world.colleague, ground="conduct", words="The badge was lent to somebody else.")
    world.noticed.refresh_from_db()


def lists_taken(world):
    wanted = {"meeting": world.meeting, "kind": "csv", "recipient": "The conference service"}
    taken = Chosen(status="approved", category="", medium="", q="")
    world.export = exports.ask(**wanted, purpose="Seats in the hall", by=world.colleague, chosen=taken)
    for row in Registration.objects.filter(meeting=world.meeting, family_name__in=["Lindholm", "Akande", "Oduya"]):
        row.identity = DOCUMENT
        row.save(update_fields=["identity"])
    handed = security.hand_over(
        world.meeting, categories=world.meeting.categories.all(), recipient="The security liaison", by=world.officer
    )
    rows = Registration.objects.filter(disclosures__export=handed[0])[:2]
    data = "reference,result,until\n" + "".join(f"{row.reference},clear,2099-01-01\n" for row in rows)
    told, world.result = clearances.receive(world.meeting, data.encode(), signature=b"", by=world.colleague)


def drawn(category, *, by):
    """A draw announced, made once applications had closed, and waiting to be carried out."""
    draw = draws.announce(
        category, sentence="The noon temperature.", media=["delegation_media"], seats=1, is_published=True, by=by
    )
    type(category).objects.filter(pk=category.pk).update(closes_at=timezone.now() - timedelta(days=1))
    draws.make(draw)
