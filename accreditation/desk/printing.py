"""Print jobs: which badges one officer prints at once, made by the worker, sealed, and fetched once within a day."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import badges, finding
from accreditation.badges import BadgeRefused
from accreditation.models import Badge, Evidence, PrintJob
from accreditation.states import BadgeState, EvidenceKind, WhyReplaced
from office.encryption import remove_sealed, streams

log = logging.getLogger("rostrum.printing")
KEPT = timedelta(days=1)
STALE = timedelta(minutes=5)  # whoever makes a file says at every 50 cards that it still does
CARDS_BETWEEN = 50
AT_ONCE = 4  # cards that are made while the officer waits
MOST = 2000


class PrintRefused(Exception):
    """Nothing changed. The message is a sentence for the officer."""


@dataclass(frozen=True)
class View:
    """What a list of the print desk shows; ``state`` is none of BadgeState for "open" and "printing"."""

    state: str = "open"
    category: str = ""
    text: str = ""


TO_PRINT, PRINTING = "open", "printing"
STATES = [TO_PRINT, PRINTING, BadgeState.PRINTED, BadgeState.COLLECTED, BadgeState.VOID]


def in_job():
    return Exists(PrintJob.objects.filter(badges=OuterRef("pk"), ended_at=None))


def of_state(state, at):
    """Badges in a state of the print desk, as a Q."""
    held = Q(registration__held_until__gt=at)
    if state == TO_PRINT:
        return Q(state=BadgeState.ISSUED) & ~held & ~in_job()
    if state == PRINTING:
        return Q(state=BadgeState.ISSUED) & ~held & in_job()
    return Q(state=state)


def rows(meeting, view, *, at=None):
    """Badges of a view, those first whose people come first to collect."""
    at = at or timezone.now()
    found = Badge.objects.filter(meeting=meeting).with_person()
    if view.category:
        found = found.filter(registration__category__slug=view.category)
    asked = _found(meeting, view.text) if view.text.strip() else of_state(view.state, at)
    found = found.filter(asked)
    return found.annotate(has_photo=has_photo()).select_related("registration__pick_up__slot").order_by("number")


def _found(meeting, text):
    """By the number on the card, or as the desk finds people."""
    letters = text.strip().upper().replace(" ", "")
    digits = letters.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ#")
    if digits.isdecimal() and digits.isascii() and len(digits) < 10 and len(letters) - len(digits) <= 2:
        letter = letters[: -len(digits)].strip("#")
        return Q(number=int(digits)) & (Q(letter=letter) if letter else Q())
    matching = finding.matching(text, meeting_id=meeting.pk)
    return Q(pk__in=[]) if matching is None else Q(registration__in=matching)


def has_photo():
    portraits = Evidence.objects.filter(kind=EvidenceKind.PORTRAIT, replaced_at=None)
    return Exists(portraits.filter(registration=OuterRef("registration")))


def counts(meeting, *, category="", at=None):
    """{state of the print desk: number}; one statement."""
    at = at or timezone.now()
    found = Badge.objects.filter(meeting=meeting)
    if category:
        found = found.filter(registration__category__slug=category)
    numbers = {f"of_{state}": Count("pk", filter=of_state(state, at)) for state in STATES}
    return {name.removeprefix("of_"): number for name, number in found.order_by().aggregate(**numbers).items()}


@transaction.atomic
def ask(meeting, chosen, *, by, language, at=None):
    """Put badges into a new job; return the PrintJob. Raises PrintRefused where none of them can be printed."""
    at = at or timezone.now()
    open_ones = Badge.objects.ready(at=at).filter(~in_job(), meeting=meeting, pk__in=chosen).order_by("number")
    locked = list(open_ones.select_for_update(of=("self",)).values_list("pk", flat=True)[: MOST + 1])
    # A row that was waited for is not looked at again where only a job took it: PostgreSQL sees the job from now on
    keys = list(Badge.objects.filter(~in_job(), pk__in=locked).values_list("pk", flat=True))
    if not keys:
        raise PrintRefused(_("None of these badges waits to be printed."))
    if len(keys) > MOST:
        raise PrintRefused(_("These are too many at once. Choose a category."))
    job = PrintJob.objects.create(meeting=meeting, count=len(keys), by=by, language=language, asked_at=at)
    job.badges.add(*keys)
    return job


def cards(job):
    """The badges of a job that may still be printed, in their order."""
    return Badge.objects.ready().filter(print_jobs=job).order_by("number")


def place(job):
    """Where its sealed file opens."""
    return f"accreditation.printjob.file:{job.pk}"


def make(job, *, at=None):
    """Set and seal the file of a job. One that another process makes, or that is over, is left alone."""
    job.begun_at = at or timezone.now()
    waiting = PrintJob.objects.filter(_unmade(job.begun_at), pk=job.pk)
    if not waiting.update(begun_at=job.begun_at):
        return
    try:
        chosen = list(cards(job).values_list("pk", flat=True))
        name, warnings = _set(job, chosen) if chosen else ("", [])
    except _Taken:
        return
    except Exception:
        log.exception("Badges could not be set.", extra={"fields": {"job": job.pk}})
        _ours(job).update(ended_at=timezone.now(), has_failed=True)
        return
    if not _keep(job, chosen, name, warnings) and name:
        remove_sealed(name)  # given up meanwhile


class _Taken(Exception):
    """The job was given up, or another process took it up because this one was silent for too long."""


def _unmade(at):
    """Jobs that nobody has begun, or whose maker is gone."""
    return Q(Q(begun_at=None) | Q(begun_at__lte=at - STALE), made_at=None, ended_at=None)


def _ours(job):
    return PrintJob.objects.filter(pk=job.pk, begun_at=job.begun_at, made_at=None, ended_at=None)


def _set(job, chosen):
    """(name of the sealed file, [sentence]) of the badges with these keys."""
    from accreditation import badge_sheets  # Typst and its fonts: the worker's affair

    layout = badge_sheets.layout_of(job.meeting)
    with streams.storing(bound_to=place(job)) as file:
        warnings = badge_sheets.sheets(_in_hand(job, chosen), layout, language=job.language, to=file)
    return file.name, [f"{warning.badge}: {warning.words}" for warning in warnings]


def _in_hand(job, chosen):
    """The badges, a few at a time, saying before each few that the job is still being made. Raises _Taken."""
    for start in range(0, len(chosen), CARDS_BETWEEN):
        now = timezone.now()
        if not _ours(job).update(begun_at=now):
            raise _Taken
        job.begun_at = now
        few = Badge.objects.filter(pk__in=chosen[start : start + CARDS_BETWEEN])
        yield from few.with_person().order_by("number")


@transaction.atomic
def _keep(job, chosen, name, warnings):
    """Note what was made; whether the job was still ours. A badge that is not in the file is no longer of the job."""
    at = timezone.now()
    made = {"file": name, "made_at": at, "count": len(chosen), "warnings": warnings}
    if not _ours(job).update(**made if chosen else made | {"ended_at": at}):
        return False
    job.badges.through.objects.filter(printjob=job).exclude(badge__in=chosen).delete()
    return True


def make_waiting(*, most=1):
    """Files of jobs that wait for the worker, one a turn: mail is sent in between; return how many were looked at."""
    due = PrintJob.objects.filter(_unmade(timezone.now())).select_related("meeting")
    found = list(due.order_by(F("begun_at").asc(nulls_first=True), "asked_at")[:most])
    for job in found:
        make(job)
    return len(found)


def fetch(job, *, by, at=None):
    """The PDF, once, open for reading: to fetch it is to print it, and its badges count as printed.

    Raises CannotOpen before anything counts as printed, and PrintRefused.
    """
    gone = PrintRefused(_("The file was fetched, or is gone after a day. Print these badges anew."))
    if not job.file or job.ended_at:
        raise gone
    try:
        file = streams.opened(job.file, bound_to=place(job))
    except FileNotFoundError:
        raise gone from None
    try:
        file.check()
        if not _take(job, by=by, at=at or timezone.now()):
            raise gone
        remove_sealed(job.file)  # its name; what is open can be read until it is closed
    except BaseException:
        file.close()
        raise
    return file


@transaction.atomic
def _take(job, *, by, at):
    """Note who fetches it; whether nobody did so before."""
    if not PrintJob.objects.filter(pk=job.pk, file=job.file).update(file="", fetched_at=at, ended_at=at):
        return False
    badges.mark_printed(job.badges.values("pk"), by=by, at=at)
    return True


def give_up(job, *, at=None):
    """Nobody fetches it: its badges wait to be printed again. Whether it was not over before."""
    with transaction.atomic():
        locked = PrintJob.objects.select_for_update().filter(pk=job.pk, ended_at=None).first()
        if locked is None:
            return False
        PrintJob.objects.filter(pk=job.pk).update(ended_at=at or timezone.now(), file="")
    if locked.file:
        remove_sealed(locked.file)
    return True


def forget_files(*, at=None):
    """Jobs that nobody fetched within a day; return how many ended."""
    due = list(PrintJob.objects.filter(ended_at=None, asked_at__lte=(at or timezone.now()) - KEPT))
    return sum(give_up(job, at=at) for job in due)


def voided(job):
    """Cards of a job whose badge has ended since: to be destroyed."""
    return list(job.badges.filter(state=BadgeState.VOID).order_by("number"))


def replace_misprints(job, chosen, *, by):
    """Replace cards of a job that came out badly; return ([new Badge], [sentence for each that was not replaced]).

    Each stands for itself: one that a colleague has handed over meanwhile keeps no other from being replaced.
    """
    new, refusals = [], []
    for badge in job.badges.filter(pk__in=chosen).with_person().order_by("number"):
        try:
            if badge.state == BadgeState.COLLECTED:  # it is worn: its own page replaces it
                raise BadgeRefused(_("This badge is collected already."))
            new.append(badges.replace(badge, by=by, why=WhyReplaced.MISPRINT))
        except BadgeRefused as refused:
            refusals.append(f"{badge}: {refused}")
    return new, refusals
