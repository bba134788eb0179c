"""What gates disagree on: a badge let in twice, and a device that said something else than we do. For supervisors."""

from dataclasses import dataclass
from itertools import islice

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, When, Window
from django.db.models.functions import Lag

from accreditation import door
from accreditation.models import Scan
from accreditation.states import Verdict

LET_IN = Q(verdict=Verdict.ADMIT) | Q(told=Verdict.ADMIT)
# A device that only asked to look has said nothing wrong, whatever we say
OTHERWISE = Q(told=Verdict.ADMIT) & ~Q(verdict=Verdict.ADMIT) | Q(
    told__in=[Verdict.STOP, Verdict.ALREADY_IN], verdict=Verdict.ADMIT
)
TWICE, OTHER = "twice", "otherwise"
SHOWN = 200


@dataclass(frozen=True)
class Disagreement:
    """``earlier`` is the scan by which the badge was inside already, where there is one."""

    kind: str
    scan: Scan
    earlier: Scan | None = None

    @property
    def void_since(self):
        """When the badge was ended that a device let in afterwards: its list was older. None for anything else."""
        scan, badge = self.scan, self.scan.badge
        is_let_in = self.kind == OTHER and scan.told == Verdict.ADMIT and scan.verdict != Verdict.ADMIT
        return badge.voided_at if is_let_in and badge and badge.is_void(at=scan.at) else None


def of(meeting, *, most=SHOWN):
    """The newest that no supervisor has settled, let in twice before the others."""
    twice = _twice(meeting, most)
    earlier = Scan.objects.select_related("gate", "device").in_bulk(
        {before for before in twice.values() if before is not None}
    )
    others = _open(Scan.objects.filter(OTHERWISE, meeting=meeting).exclude(pk__in=list(twice)))[:most]
    rows = _open(Scan.objects.filter(pk__in=list(twice)))
    found = [Disagreement(TWICE, scan, earlier.get(twice[scan.pk])) for scan in rows]
    return found + [Disagreement(OTHER, scan) for scan in others]


def _open(scans):
    settled = Scan.objects.filter(of=OuterRef("pk"), by__isnull=False, device=None)
    return scans.exclude(Exists(settled)).select_related("gate", "device", "by", "badge").order_by("-at", "-pk")


def _twice(meeting, most):
    """{scan: the one before it} of badges let in while they were inside the same place, by the rule of ``door``."""
    moves = Scan.objects.filter(LET_IN | Q(verdict=Verdict.OUT), door.STANDS, meeting=meeting, badge__isnull=False)
    let_in = Case(When(LET_IN, then=True), default=False, output_field=BooleanField())
    order = {"partition_by": [F("badge"), F("gate__zone")], "order_by": [F("at").asc(), F("pk").asc()]}
    told = moves.annotate(
        let_in=let_in,
        before=Window(Lag("pk"), **order),
        before_let_in=Window(Lag(let_in), **order),
        before_at=Window(Lag("at"), **order),
    ).filter(before_let_in=True)  # whatever asks of the row itself would be asked before windows are made
    names = ["pk", "of", "of__verdict", "let_in", "gate__counts_exits", "at", "before", "before_at"]
    found = told.order_by("-at", "-pk").values_list(*names, named=True)
    near = (
        (row.pk, row.before)
        for row in found.iterator()
        if row.let_in and _is_the_gate_s(row) and (row.gate__counts_exits or row.at - row.before_at <= door.AT_ONCE)
    )
    return dict(islice(near, most))


def _is_the_gate_s(row):
    """Not a supervisor's own word on a scan: that settles it, and is reported to nobody."""
    return row.of is None or (row.of__verdict == Verdict.CHECK and row.of != row.before)
