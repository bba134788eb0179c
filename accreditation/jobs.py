"""What the worker does for the applications in turn. Each can be repeated, and two workers do nothing twice: a row is
locked and asked again before it changes."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accreditation import (
    aliases,
    badges,
    checks,
    codes,
    corrections,
    emails,
    erasing,
    intake,
    pick_up,
    profiles,
    workflow,
)
from accreditation.desk import digest, exports, pools, printing, seconding, speaking, spreadsheets
from accreditation.models import Category, Registration
from accreditation.states import Actor, Allocation, Status
from advisory.models import Meeting
from office.worker import Job

BATCH = 200
WARNED_BEFORE = timedelta(days=2)


def remind_drafts(*, at=None):
    """Once, two days before a draft ends; return how many. An address that was never proved is not written to."""
    at, reminded = at or timezone.now(), 0
    for draft in _drafts(ending_by=at + WARNED_BEFORE).filter(PROVED, reminded_at=None)[:BATCH]:
        with transaction.atomic():
            still = Registration.objects.filter(pk=draft.pk, status=Status.DRAFT, reminded_at=None)
            if intake.is_kept(draft, at) and still.filter(saved_at=draft.saved_at).update(reminded_at=at):
                emails.queue("draft_reminder", draft)
                reminded += 1
    return reminded


def lapse_drafts(*, at=None):
    """Drafts whose days are over: told and emptied, or gone whole where nobody ever proved the address."""
    at, ended = at or timezone.now(), 0
    for draft in _drafts(ending_by=at)[:BATCH]:
        with transaction.atomic():
            locked = workflow.lock(draft.pk)
            if locked.status != Status.DRAFT or intake.is_kept(locked, at):
                continue  # saved, sent or discarded in this very moment
            if locked.email_proved_at is None and locked.delegation_id is None:
                erasing.discard(locked)
            else:
                erasing.erase(workflow.apply(locked, "lapse", actor=Actor.WORKER, at=at), keeps_mail=True)
            ended += 1
    return ended


PROVED = Q(email_proved_at__isnull=False) | Q(delegation__isnull=False)


def _drafts(*, ending_by):
    """Drafts whose last day comes before an instant, the oldest first; each category has its own number of days."""
    lives = Category.objects.order_by().values_list("draft_days", flat=True).distinct()
    old = Q(pk=None)
    for days in lives:
        old |= Q(category__draft_days=days, saved_at__lte=ending_by - timedelta(days=days))
    drafts = Registration.objects.filter(old, status=Status.DRAFT).select_related("category", "meeting", "organization")
    return drafts.order_by("saved_at")


def lapse_unanswered(*, at=None):
    """Requests for information, offers and endorsements whose time is over; return how many.

    The place of an offer goes on to the next who waits.
    """
    at = at or timezone.now()
    due = Q(status=Status.INFO_REQUESTED, info_until__lte=at) | Q(status=Status.OFFERED, offer_until__lte=at)
    due |= Q(status=Status.AWAITING_ENDORSEMENT, category__closes_at__lte=at)
    return _lapse(Registration.objects.filter(due), due, at=at)


def lapse_after_meeting(*, at=None):
    """What still lies at the desk or on the waiting list once the meeting is over."""
    at, lapsed = at or timezone.now(), 0
    due = Q(status__in=[Status.SUBMITTED, Status.WAITLISTED])
    meetings = Meeting.objects.filter(pk__in=Registration.objects.filter(due).values("meeting"))
    for meeting in meetings.prefetch_related("sittings"):
        _from, until = badges.validity(meeting, at=at)
        if until < at:
            lapsed += _lapse(Registration.objects.filter(due, meeting=meeting), due, at=at)
    return lapsed


def _lapse(rows, due, *, at):
    lapsed = 0
    for pk, status in list(rows.order_by("saved_at").values_list("pk", "status")[:BATCH]):
        with transaction.atomic():
            registration = workflow.lock(pk)
            if not Registration.objects.filter(due, pk=pk).exists() or workflow.is_held(registration, at):
                continue
            workflow.apply(registration, "lapse", actor=Actor.WORKER, at=at)
            if status == Status.OFFERED and not is_over(registration.meeting, at):
                workflow.offer_next(registration.category, at=at, most=1)
            lapsed += 1
    return lapsed


def offer_places(*, at=None):
    """Where the first to come are served, a seat that has become free goes to the waiting list by itself.

    In other categories the desk decides whom to offer a seat; the worker passes on what was offered and not taken.
    """
    at = at or timezone.now()
    waiting = Registration.objects.filter(status=Status.WAITLISTED).values("category")
    found = Category.objects.filter(pk__in=waiting, allocation=Allocation.FIRST_COME).prefetch_related("meeting")
    return sum(workflow.offer_next(category, at=at) for category in found if not is_over(category.meeting, at))


def is_over(meeting, at):
    return badges.validity(meeting, at=at)[1] < at


address_behind = aliases.address_behind  # where a letter to a protected person really goes; asked by the outbox
PERIODIC = [
    Job("release_held_decisions", every=timedelta(seconds=3), run=workflow.release_held),
    Job("free_pool_places", every=timedelta(minutes=1), run=pools.free_ended),
    Job("move_up_speakers", every=timedelta(minutes=1), run=speaking.move_up),
    Job("check_applications", every=timedelta(seconds=10), run=checks.run_stale),
    Job("lapse_unanswered", every=timedelta(minutes=1), run=lapse_unanswered),
    Job("offer_places", every=timedelta(minutes=1), run=offer_places),
    Job("tell_the_desk", every=timedelta(minutes=15), run=digest.send),
    Job("tell_second_officers", every=timedelta(minutes=1), run=seconding.tell),
    Job("remind_drafts", every=timedelta(minutes=15), run=remind_drafts),
    Job("lapse_drafts", every=timedelta(minutes=15), run=lapse_drafts),
    Job("lapse_after_meeting", every=timedelta(hours=1), run=lapse_after_meeting),
    Job("tell_of_changes", every=timedelta(minutes=1), run=corrections.tell_of_changes),
    Job("forget_codes", every=timedelta(hours=1), run=codes.forget_old),
    Job("make_exports", every=timedelta(seconds=3), run=spreadsheets.make_waiting),
    Job("forget_exports", every=timedelta(minutes=15), run=exports.forget_files),
    Job("print_badges", every=timedelta(seconds=3), run=printing.make_waiting, lease=printing.STALE),
    Job("forget_print_jobs", every=timedelta(minutes=15), run=printing.forget_files),
    Job("free_pick_up_times", every=timedelta(minutes=1), run=pick_up.free_ended),
    Job("forget_profiles", every=timedelta(hours=24), run=profiles.forget_profiles),
]
