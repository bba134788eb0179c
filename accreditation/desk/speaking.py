"""Who speaks: requests graded blind by two officers, by a third where they differ much; ranked, chosen, with a reserve
that moves up when a speaker gives up.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accreditation import conditions, emails, workflow
from accreditation.desk import conflicts
from accreditation.desk.regions import REGION_OF, country_of
from accreditation.models import Registration, Score, SpeakingPlace
from accreditation.states import ENDED, Status
from advisory.models import Meeting
from advisory.renditions import wording
from office import names

GRADERS, APART = 2, 4  # a third officer grades where the first two are further apart than this
ASKED = frozenset({Status.SUBMITTED, Status.INFO_REQUESTED, Status.WAITLISTED, Status.OFFERED, Status.APPROVED})
SELECTED, RESERVE, NOT_SELECTED = SpeakingPlace.Outcome
LETTERS = {
    SELECTED: "speaking_selected", RESERVE: "speaking_reserve", NOT_SELECTED: "speaking_not_selected",
}  # fmt: skip


class SpeakingRefused(Exception):
    """Nothing changed. The message is a sentence for the officer."""


@dataclass
class Row:
    """One request as an officer may see it. ``points`` is the graders' mean, None until all grades are in."""

    registration: Registration
    scores: list = field(repr=False)
    own: Score | None
    outcome: str
    place_rank: int | None
    country: str
    region: str

    @property
    def totals(self):
        return [score.total for score in self.scores]

    @property
    def wanted(self):
        """How many graders it needs."""
        return GRADERS + is_far_apart(self.totals)

    @property
    def is_graded(self):
        return len(self.scores) >= self.wanted

    @property
    def points(self):
        return sum(self.totals) / len(self.totals) if self.is_graded else None

    @property
    def others(self):
        """Grades of colleagues; a grader reads them after giving their own."""
        return [score for score in self.scores if score is not self.own] if self.own else []

    @property
    def readable(self):
        return [self.own, *self.others] if self.own else []

    @property
    def is_joint(self):
        return bool(self.registration.speaking.get("speaking_joint"))

    @property
    def language(self):
        return self.registration.speaking.get("speaking_language", "")

    @property
    def language_name(self):
        return wording.languages([self.language]) if self.language else ""

    @property
    def country_name(self):
        return names.name(self.country, get_language()) if self.country else ""

    @property
    def may_be_placed(self):
        return self.registration.status == Status.APPROVED and not workflow.is_held(self.registration)


def is_far_apart(totals):
    """Of the first two grades; a third settles it."""
    return len(totals) >= GRADERS and abs(totals[0] - totals[1]) > APART


def requests(meeting):
    """Live applications of who asks to speak. Of a protected person the request itself is sealed."""
    asked = Registration.objects.filter(meeting=meeting, status__in=ASKED, speaking__wants_to_speak="yes")
    return asked.select_related("organization", "category", "meeting", "speaking_place")


def rows(meeting, officer, *, joint_first=False):
    """[Row], ranked: those graded by their points, then the others by reference.

    Among equals a joint statement comes first; with ``joint_first`` before all others.
    """
    scores = {}
    for score in Score.objects.filter(registration__meeting=meeting).select_related("by").order_by("at", "pk"):
        scores.setdefault(score.registration_id, []).append(score)
    found = [_row(registration, scores.get(registration.pk, []), officer) for registration in requests(meeting)]
    return sorted(found, key=lambda row: _rank(row, joint_first=joint_first))


def row_of(registration, officer):
    """One request alone."""
    found = requests(registration.meeting).get(pk=registration.pk)
    return _row(found, list(found.scores.select_related("by").order_by("at", "pk")), officer)


def _row(registration, scores, officer):
    place = getattr(registration, "speaking_place", None)
    country = "" if registration.is_hidden else country_of(registration)
    return Row(
        registration=registration,
        scores=scores,
        own=next((score for score in scores if score.by_id == officer.pk), None),
        outcome=place.outcome if place else "",
        place_rank=place.rank if place else None,
        country=country,
        region=REGION_OF.get(country, ""),
    )


def _rank(row, *, joint_first):
    is_single = not row.is_joint
    points = -row.points if row.is_graded else 0
    return (not row.is_graded, joint_first and is_single, points, is_single, row.registration.reference)


def balance(found):
    """{"region" | "country" | "language": [(code, asked, selected)]}, the most asked first."""
    told = {}
    for name in ["region", "country", "language"]:
        asked = Counter(getattr(row, name) for row in found)
        selected = Counter(getattr(row, name) for row in found if row.outcome == SELECTED)
        told[name] = [(code, count, selected[code]) for code, count in asked.most_common()]
    return told


def grade(registration, *, by, relevance, experience, balance, remark="", at=None):
    """Keep what one officer gives and return the Score; it stands. Raises SpeakingRefused."""
    with transaction.atomic():
        locked = workflow.lock(registration.pk)
        if sentence := conditions.conflict(locked, by):
            raise SpeakingRefused(sentence)
        if locked.status not in ASKED:
            raise SpeakingRefused(_("This request to speak has come to an end."))
        given = list(Score.objects.filter(registration=locked).order_by("at", "pk"))
        if any(score.by_id == by.pk for score in given):
            raise SpeakingRefused(_("You have graded this request, and your grade stands."))
        if len(given) >= GRADERS + is_far_apart([score.total for score in given]):
            raise SpeakingRefused(_("Enough colleagues have graded this request."))
        return Score.objects.create(
            registration=locked, by=by, at=at or timezone.now(), remark=remark,
            relevance=relevance, experience=experience, balance=balance,
        )  # fmt: skip


def choose(meeting, *, speakers, reserves, by, joint_first=False, at=None):
    """Give every graded request of somebody approved its outcome, and write to each; return how many were placed.

    Who is placed already stays where they are, so that it can be done again when more are approved. Raises
    SpeakingRefused where a request of somebody approved is not graded yet, or where the officer has a conflict of
    interest about anybody who would get an outcome: in one order all depend on each other.
    """
    with transaction.atomic():
        _lock(meeting)
        found = [row for row in rows(meeting, by, joint_first=joint_first) if row.may_be_placed]
        if missing := sum(not row.is_graded for row in found):
            raise SpeakingRefused(
                ngettext(
                    "%(count)s request still needs a grade.", "%(count)s requests still need a grade.", missing
                ) % {"count": missing}
            )  # fmt: skip
        open_rows = [row for row in found if not row.outcome]
        if known := len(conflicts.among([row.registration for row in open_rows], by)):
            raise SpeakingRefused(
                ngettext(
                    "You have a conflict of interest about %(count)s of them: another officer chooses.",
                    "You have a conflict of interest about %(count)s of them: another officer chooses.", known,
                ) % {"count": known}
            )  # fmt: skip
        taken = Counter(row.outcome for row in found)
        last = SpeakingPlace.objects.filter(registration__meeting=meeting).aggregate(last=Max("rank"))["last"] or 0
        for rank, row in enumerate(open_rows, start=last + 1):
            outcome = _next_outcome(taken, speakers=speakers, reserves=reserves)
            taken[outcome] += 1
            _place(row.registration, outcome, rank=rank, by=by, at=at)
    return len(open_rows)


def _next_outcome(taken, *, speakers, reserves):
    if taken[SELECTED] < speakers:
        return SELECTED
    return RESERVE if taken[RESERVE] < reserves else NOT_SELECTED


def set_outcome(registration, outcome, *, by, at=None):
    """Choose one person by hand, for the balance that no number shows; they are told. Raises SpeakingRefused."""
    with transaction.atomic():
        locked = workflow.lock(registration.pk)
        _lock(locked.meeting)
        if locked.status != Status.APPROVED or workflow.is_held(locked, at):
            raise SpeakingRefused(_("Approve the application first: who speaks has to be let in."))
        if sentence := conditions.conflict(locked, by):
            raise SpeakingRefused(sentence)
        place = SpeakingPlace.objects.filter(registration=locked).first()
        if place and place.outcome == outcome:
            return place
        last = SpeakingPlace.objects.filter(registration__meeting=locked.meeting_id).aggregate(last=Max("rank"))["last"]
        return _place(locked, outcome, rank=place.rank if place else (last or 0) + 1, by=by, at=at)


def _place(registration, outcome, *, rank, by, at):
    values = {"outcome": outcome, "rank": rank, "by": by, "at": at or timezone.now()}
    place, _made = SpeakingPlace.objects.update_or_create(registration=registration, defaults=values)
    emails.queue(LETTERS[outcome], registration)
    return place


def _lock(meeting):
    """One officer at a time chooses in a meeting; whoever locks a registration has locked it before."""
    return Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)


@transaction.atomic
def leave(registration):
    """Somebody gives up; if they were to speak, the first in reserve moves up and is told. Return who, or None."""
    if not SpeakingPlace.objects.filter(registration=registration).exists():
        return None
    _lock(registration.meeting)
    place = SpeakingPlace.objects.filter(registration=registration).first()
    if place is None or not place.delete()[0] or place.outcome != SELECTED:
        return None
    waiting = SpeakingPlace.objects.filter(
        registration__meeting=registration.meeting_id, outcome=RESERVE, registration__status=Status.APPROVED
    )
    first = waiting.select_related("registration__category", "registration__meeting").order_by("rank", "pk").first()
    return _place(first.registration, SELECTED, rank=first.rank, by=first.by, at=None) if first else None


def move_up(*, at=None):
    """For whoever's application has ended for good the next in reserve; return how many had given up."""
    at = at or timezone.now()
    ended = SpeakingPlace.objects.filter(registration__status__in=ENDED).exclude(registration__held_until__gt=at)
    places = list(ended.select_related("registration__meeting", "registration__category"))
    for place in places:
        leave(place.registration)
    return len(places)


def told(registration):
    """The outcome in a sentence for the person's own page, or ""."""
    place = SpeakingPlace.objects.filter(registration=registration).first()
    return {
        SELECTED: _("You speak at the meeting. If you cannot, withdraw or write to the desk at once."),
        RESERVE: _("You are in reserve: if somebody cannot speak, we write to you."),
        NOT_SELECTED: _("You are not among those chosen to speak. Your accreditation does not change."),
    }.get(place and place.outcome, "")
