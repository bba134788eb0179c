"""What one officer reads of one application: which sections, which papers; nothing of a hidden person unopened."""

from dataclasses import dataclass

from accreditation import aliases, answers, evidence, intake, journey
from accreditation.answers import Section
from office import permissions

NOT_AN_ANSWER = {"asks_protection"}  # stands on a page of its own
READ_BY = {"identity": "identity", "access_needs": "needs"}  # columns that have readers of their own


@dataclass(frozen=True)
class Sees:
    """``case``: the answers, papers, letters and notes; ``identity`` and ``needs`` have one reader each."""

    case: bool
    identity: bool
    needs: bool


def sees(registration, officer, *, is_opened=False):
    """``is_opened``: this officer has just said that they open who a hidden person is."""
    meeting = registration.meeting
    is_known = is_opened or not registration.is_hidden
    return Sees(
        case=is_known and permissions.may_review(officer, meeting),
        identity=is_known and permissions.may_hand_over(officer, meeting),
        needs=is_known and permissions.may_read_needs(officer, meeting),
    )


def sections(registration, seen):
    """[Section] of the answers that an officer reads; what is sealed stays sealed for everybody else."""
    found = []
    for step in journey.steps(registration)[:-1]:
        rows = [] if step.form is None else _rows(registration, step, seen)
        if rows:
            found.append(Section(step.slug, step.title, rows))
    return found


def _rows(registration, step, seen):
    form = step.form(registration=registration)
    sensitive = getattr(form, "sensitive", set())
    rows = []
    for name, field in form.fields.items():
        column = "identity" if name in sensitive else intake.column_of(name)
        if name in NOT_AN_ANSWER or not getattr(seen, READ_BY.get(column, "case")):
            continue
        value = str(form.kept(name) or "") if name in sensitive else answers.told(form, field, registration, name)
        if value:
            rows.append((field.label, value))
    return rows


def sealed_steps(registration, seen):
    """Titles of the steps whose answers are there for another reader than this officer."""
    readers = {"identity": seen.identity, "needs": seen.needs}
    return [
        step
        for step in journey.steps(registration)[:-1]
        if step.slug in readers and seen.case and not readers[step.slug]
    ]


def papers(registration, officer):
    """[Evidence] that the officer may read: the applicant's own, then what the organization sent for all."""
    rows = list(evidence.kept(registration))
    if registration.delegation_id:
        rows += evidence.kept(registration.delegation)
    return [row for row in rows if may_read(officer, row, registration)]


def may_read(officer, paper, registration):
    if paper.registration_id:
        paper.registration = registration
    return evidence.may_read(officer, paper)


def reached_at(registration, seen):
    """The applicant's own address; "" for who may not read it."""
    return aliases.take(registration, "email") if seen.case else ""


def samples(registration, seen):
    """Addresses of work that an applicant named instead of a file."""
    named = evidence.sample_links(registration) if seen.case else []
    return [address for address in named if address.startswith(("https://", "http://"))]
