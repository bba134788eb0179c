"""Which papers a category asks of an applicant, what is kept of them, and what still lacks."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Min, prefetch_related_objects

from accreditation import aliases
from accreditation.models import EvidenceRule
from accreditation.states import Attending, EvidenceKind, IdentityRule
from office.encryption import CannotOpen, unreadable

PHOTO_KINDS = frozenset({EvidenceKind.PORTRAIT})
# Papers of one person, which no letter of an organization stands for
PERSONAL = frozenset(
    {
        EvidenceKind.PORTRAIT, EvidenceKind.IDENTITY_DOCUMENT, EvidenceKind.PRESS_CARD, EvidenceKind.WORK_SAMPLE,
        EvidenceKind.CHAPERONE_AGREEMENT,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Paper:
    """One rule, what is kept for it, newest last, and what still counts: links, and letters of the delegation."""

    rule: EvidenceRule
    rows: list
    links: list
    shared: list

    @property
    def needed(self):
        """How many are lacking."""
        return max(self.rule.least - len(self.rows) - len(self.links) - len(self.shared), 0)

    @property
    def room(self):
        return max(self.rule.most - len(self.rows) - len(self.links), 0)

    @property
    def is_photo(self):
        return self.rule.kind in PHOTO_KINDS

    @property
    def takes_links(self):
        return self.rule.kind == EvidenceKind.WORK_SAMPLE


def asked(registration):
    """The EvidenceRules that concern this applicant, in order; one of a medium goes before one of everybody.

    One statement, once for each category object; two more where the category asks minors to bring a chaperone.
    """
    category = registration.category
    prefetch_related_objects([category], "evidence_rules")
    found = {}
    for rule in category.evidence_rules.all():
        if rule.asked_of in {registration.medium, registration.standing} - {""}:
            found[rule.kind] = rule
        elif rule.asked_of == "":
            found.setdefault(rule.kind, rule)
    if category.chaperone_below is not None and not _is_minor(registration):
        found.pop(EvidenceKind.CHAPERONE_AGREEMENT, None)
    implied = [EvidenceRule(category=category, kind=kind) for kind in _implied(registration) if kind not in found]
    return [*found.values(), *implied]


def is_implied(registration):
    """Whether settings of the category ask for a paper that no rule need name."""
    return any(True for _kind in _implied(registration))


def _implied(registration):
    """Papers that other settings of the category ask for."""
    category = registration.category
    if category.asks_portrait and registration.attending != Attending.REMOTE:
        yield EvidenceKind.PORTRAIT
    if category.identity == IdentityRule.COPY:
        yield EvidenceKind.IDENTITY_DOCUMENT
    if category.chaperone_below is not None and _is_minor(registration):
        yield EvidenceKind.CHAPERONE_AGREEMENT


def _is_minor(registration):
    """Whether the applicant needs a chaperone on the first day of the meeting."""
    try:
        born = registration.identity.get("birth_date")
    except CannotOpen as fault:
        unreadable.note(fault)
        return True  # whoever may be one is asked for what a minor is
    first = registration.meeting.sittings.aggregate(day=Min("date"))["day"] if born else None
    if first is None:
        return False
    born = date.fromisoformat(born)
    years = first.year - born.year - ((first.month, first.day) < (born.month, born.day))
    return years < registration.category.chaperone_below


def papers(registration):
    """[Paper] of what is asked. Two statements, three where somebody comes with a delegation."""
    rules = asked(registration)
    own, shared = kept(registration), kept(registration.delegation) if registration.delegation_id else []
    return [
        Paper(
            rule,
            rows=[row for row in own if row.kind == rule.kind],
            links=sample_links(registration) if rule.kind == EvidenceKind.WORK_SAMPLE else [],
            shared=[row for row in shared if row.kind == rule.kind and row.kind not in PERSONAL],
        )
        for rule in rules
    ]


def missing(registration):
    """The EvidenceRules of which something needed is lacking."""
    return [paper.rule for paper in papers(registration) if paper.needed]


def is_done(registration, *, answered):
    """Whether the step of the papers is: nothing lacks, and somebody saw the page or brought what it needs."""
    found = papers(registration)
    return not any(paper.needed for paper in found) and (answered or any(paper.rule.least for paper in found))


def kept(owner):
    """The owner's papers that no other replaced, oldest first. Read once for each object; ``add`` and the like forget
    it."""
    prefetch_related_objects([owner], "evidence")
    return [row for row in owner.evidence.all() if row.replaced_at is None]


def sample_links(registration):
    return aliases.take(registration, "answers").get("samples") or []


def used_bytes(owner):
    return sum(row.size for row in kept(owner))
