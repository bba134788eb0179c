"""Print jobs: which badges one officer prints at once, made by the worker, sealed, and fetched once within a day."""

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import badges, finding
from accreditation.models import Badge, Evidence, PrintJob
from accreditation.states import BadgeState, EvidenceKind
from office.encryption import read_sealed, remove_sealed, store_sealed

log = logging.getLogger("rostrum.printing")
KEPT = timedelta(days=1)
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
    open_ones = Badge.objects.ready(at=at).filter(~in_job(), meeting=meeting, pk__in=chosen)
    keys = list(open_ones.select_for_update(of=("self",)).order_by("number").values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise PrintRefused(_("None of these badges waits to be printed."))
    if len(keys) > MOST:
        raise PrintRefused(_("These are too many at once. Choose a category."))
    job = PrintJob.objects.create(meeting=meeting, count=len(keys), by=by, language=language, asked_at=at)
    job.badges.add(*keys)
    return job


def cards(job):
    """The badges of a job that may still be printed, in their order."""
    return Badge.objects.ready().filter(print_jobs=job).with_person().order_by("number")


def place(job):
    """Where its sealed file opens."""
    return f"accreditation.printjob.file:{job.pk}"


def make(job, *, at=None):
    """Set and seal the file of a job. One that another process makes, or that is over, is left alone."""
    at = at or timezone.now()
    if not PrintJob.objects.filter(pk=job.pk, begun_at=None, ended_at=None).update(begun_at=at):
        return
    try:
        data, warnings = _set(job)
        name = store_sealed(data, bound_to=place(job))
    except Exception:
        log.exception("Badges could not be set.", extra={"fields": {"job": job.pk}})
        PrintJob.objects.filter(pk=job.pk).update(ended_at=timezone.now(), has_failed=True)
        return
    made = {"file": name, "made_at": timezone.now(), "warnings": warnings}
    if not PrintJob.objects.filter(pk=job.pk, ended_at=None).update(**made):
        remove_sealed(name)  # given up meanwhile


def _set(job):
    from accreditation import badge_sheets  # Typst and its fonts: the worker's affair

    data, warnings = badge_sheets.sheets(list(cards(job)), badge_sheets.layout_of(job.meeting), language=job.language)
    return data, [f"{warning.badge}: {warning.words}" for warning in warnings]


def make_waiting(*, most=3):
    """Files of jobs that wait for the worker; return how many were looked at."""
    due = list(
        PrintJob.objects.filter(begun_at=None, ended_at=None).select_related("meeting").order_by("asked_at")[:most]
    )
    for job in due:
        make(job)
    return len(due)


def fetch(job, *, by, at=None):
    """The PDF, once: to fetch it is to print it, and its badges count as printed. Raises PrintRefused."""
    at = at or timezone.now()
    gone = PrintRefused(_("The file was fetched, or is gone after a day. Print these badges anew."))
    if not job.file or job.ended_at:
        raise gone
    try:
        data = read_sealed(job.file, bound_to=place(job))
    except FileNotFoundError:
        raise gone from None
    with transaction.atomic():
        if not PrintJob.objects.filter(pk=job.pk, file=job.file).update(file="", fetched_at=at, ended_at=at):
            raise gone
        badges.mark_printed(job.badges.values("pk"), by=by, at=at)
    remove_sealed(job.file)
    return data


def give_up(job, *, at=None):
    """Nobody fetches it: its badges wait to be printed again."""
    if PrintJob.objects.filter(pk=job.pk, ended_at=None).update(ended_at=at or timezone.now(), file="") and job.file:
        remove_sealed(job.file)


def forget_files(*, at=None):
    """Jobs that nobody fetched within a day; return how many ended."""
    due = list(PrintJob.objects.filter(ended_at=None, asked_at__lte=(at or timezone.now()) - KEPT))
    for job in due:
        give_up(job, at=at)
    return len(due)


def voided(job):
    """Cards of a job whose badge has ended since: to be destroyed."""
    return list(job.badges.filter(state=BadgeState.VOID).order_by("number"))
