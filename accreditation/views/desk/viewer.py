"""Papers beside the answers: pages drawn as pictures, turned, enlarged and leafed through by links alone."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accreditation import evidence
from accreditation.desk import case
from accreditation.models import Evidence, Opening
from accreditation.states import EvidenceKind
from accreditation.views.desk import opening
from accreditation.views.desk.doors import desk_only, registration_for
from accreditation.views.files import handed_out
from office import permissions

EDGE, LARGE_EDGE, SMALL_EDGE = 1600, 2400, 280
ZOOMS = [100, 150, 200, 300]
QUARTER = 90


@dataclass(frozen=True)
class Viewer:
    """The paper that is shown, and the links around it; ``paper`` is None where there is none."""

    papers: list
    paper: Evidence | None
    leaf: int
    zoom: int
    turn: int
    portrait: Evidence | None
    root: str
    kept: dict

    @classmethod
    def of(cls, request, registration, papers):
        """As the query asks; nonsense in it shows the first page of the first paper."""
        asked = request.GET
        paper = next((row for row in papers if str(row.pk) == asked.get("paper")), papers[0] if papers else None)
        zoom, turn = _number(asked.get("zoom")), _number(asked.get("turn"))
        return cls(
            papers=papers,
            paper=paper,
            leaf=min(max(_number(asked.get("leaf")), 1), paper.pages) if paper else 1,
            zoom=zoom if zoom in ZOOMS else ZOOMS[0],
            turn=turn % 360 if turn % QUARTER == 0 else 0,
            portrait=next((row for row in papers if row.kind == EvidenceKind.PORTRAIT), None),
            root=reverse("desk:registration", args=[registration.reference]),
            kept={name: asked[name] for name in asked if name not in {"paper", "leaf", "zoom", "turn", "do", "item"}},
        )

    @property
    def tabs(self):
        """[(words, address, is shown)]"""
        return [(row.get_kind_display(), self._address(paper=row.pk), row is self.paper) for row in self.papers]

    @property
    def image(self):
        address = reverse("desk:paper-page", args=[self._reference, self.paper.pk, self.leaf])
        return address + ("?large" if self.zoom >= 200 else "")

    @property
    def original(self):
        return reverse("desk:paper", args=[self._reference, self.paper.pk])

    @property
    def previous(self):
        return self._go(leaf=self.leaf - 1) if self.leaf > 1 else ""

    @property
    def following(self):
        return self._go(leaf=self.leaf + 1) if self.leaf < self.paper.pages else ""

    @property
    def smaller(self):
        place = ZOOMS.index(self.zoom)
        return self._go(zoom=ZOOMS[place - 1]) if place else ""

    @property
    def larger(self):
        place = ZOOMS.index(self.zoom)
        return self._go(zoom=ZOOMS[place + 1]) if place + 1 < len(ZOOMS) else ""

    @property
    def turned(self):
        return self._go(turn=(self.turn + QUARTER) % 360)

    @property
    def _reference(self):
        return self.root.rstrip("/").rpartition("/")[2]

    def _go(self, **changed):
        return self._address(
            **{"paper": self.paper.pk, "leaf": self.leaf, "zoom": self.zoom, "turn": self.turn} | changed
        )

    def _address(self, **query):
        return f"{self.root}?{urlencode(self.kept | query)}#papers"


def _number(text):
    try:
        return int(text or 0)
    except ValueError:
        return 0


@require_safe
@desk_only(permissions.may_open_case)
def page(request, reference, paper, page):
    """One page as a picture; ``?small`` for a portrait, ``?large`` to read small print."""
    registration, row = paper_of(request, reference, paper)
    edge = SMALL_EDGE if "small" in request.GET else LARGE_EDGE if "large" in request.GET else EDGE
    return handed_out(row, lambda: evidence.preview(row, page, max_edge=edge))


@require_safe
@desk_only(permissions.may_open_case)
def original(request, reference, paper):
    """The file itself; that it was taken is kept, with who and when."""
    registration, row = paper_of(request, reference, paper)
    response = handed_out(row, lambda: (row.media_type, evidence.read(row)))
    if request.method == "GET":
        Opening.objects.create(registration=registration, by=request.user, at=timezone.now(), paper=row)
    return response


def paper_of(request, reference, pk):
    """The application and its paper, or the 404 of one that never was."""
    registration = registration_for(request.user, reference, permissions.may_open_case)
    row = Evidence.objects.filter(pk=pk, replaced_at=None).select_related("delegation").first()
    is_of_delegation = row and row.delegation_id and row.delegation_id == registration.delegation_id
    is_its_own = row and (row.registration_id == registration.pk or is_of_delegation)
    if not is_its_own or not case.may_read(request.user, row, registration):
        raise Http404
    if registration.is_hidden and not opening.is_open(request, registration):
        raise Http404
    return registration, row
