"""Lists of people that officers take out: asked for with a purpose, some by two officers, fetched once within a day.

Who is on a list is settled when it is asked for, in Disclosure rows; nobody else is ever in its file.
"""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import IntegerField, Q, Value
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import conditions, finding
from accreditation.desk import columns, queue
from accreditation.models import Disclosure, Export, Registration
from accreditation.states import Medium, Status
from office import permissions, proposals
from office.encryption import read_sealed, remove_sealed
from office.models import User
from office.models.proposal import Outcome

ACTION, SUBJECT = "export", "accreditation.Export"
KEPT = timedelta(days=1)
SENT = [status for status in Status if status != Status.DRAFT]
CSV, XLSX, SECURITY = Export.Kind.CSV, Export.Kind.XLSX, Export.Kind.SECURITY


class ExportRefused(Exception):
    """Nothing was changed and nobody's particulars left; the message says why."""


@dataclass(frozen=True)
class Chosen:
    """By which a list is narrowed, each empty for all; ``category`` is a slug, ``view`` one of the queue's."""

    view: str = ""
    status: str = ""
    category: str = ""
    medium: str = ""
    q: str = ""


def people(meeting, chosen, *, by, at):
    """Those who may be named and applied, as ``chosen`` narrows them; a view of the queue as ``by`` sees it then."""
    found = Registration.objects.nameable().filter(meeting=meeting, status__in=SENT).exclude(email_key="")
    if view := queue.VIEWS.get(chosen.view):
        found = found.filter(view.chosen(by, at), status__in=view.statuses)
    if chosen.status in SENT:
        found = found.filter(status=chosen.status)
    if chosen.category:
        found = found.filter(category__slug=chosen.category)
    if chosen.medium in list(Medium):
        found = found.filter(medium=chosen.medium)
    if chosen.q.strip():
        matching = finding.matching(chosen.q, meeting_id=meeting.pk)
        found = found.none() if matching is None else found.filter(pk__in=matching)
    return found


@transaction.atomic
def ask(meeting, *, kind, purpose, by, chosen, recipient="", at=None):
    """Write down who is asked for and why; return the Export. Raises ExportRefused where nobody is found.

    Beyond what the desk's policy lets one officer take in a day, all lists together, it becomes a proposal.
    """
    at = at or timezone.now()
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # of two lists at once the second counts the first
    names = [column.slug for column in columns.open_to(by, meeting)]
    export = Export.objects.create(
        meeting=meeting, kind=kind, purpose=purpose, recipient=recipient, columns=names, asked=asdict(chosen), by=by,
        asked_at=at,
    )  # fmt: skip
    export.count = disclose(export, people(meeting, chosen, by=by, at=at))
    if not export.count:
        raise ExportRefused(_("Nobody is found. Choose more, or look for fewer words."))
    export.proposal = propose(export) if needs_second(export) else None
    export.save(update_fields=["count", "proposal"])
    return export


def disclose(export, found):
    """Write a Disclosure row for each of a queryset of registrations, in one statement; return how many."""
    chosen = found.order_by().annotate(of=Value(export.pk, IntegerField())).values_list("of", "pk")
    try:
        sql, values = chosen.query.sql_with_params()
    except EmptyResultSet:  # nobody can be in it, such as of words without a letter
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {Disclosure._meta.db_table} (export_id, registration_id) {sql}", values)  # noqa: S608
        return cursor.rowcount


def needs_second(export):
    """Whether it goes beyond what the desk's policy lets one officer take out."""
    return taken_alone(export) > conditions.policy_of(export.meeting_id).export_alone_at_most


def taken_alone(export):
    """How many different people the officer takes in this and in other lists of a day that nobody else has seen."""
    others = Export.objects.filter(
        meeting=export.meeting, by=export.by, proposal=None, asked_at__gt=export.asked_at - KEPT
    )
    return Disclosure.objects.filter(export__in=others).values("registration").distinct().count()


def propose(export):
    content = {
        "kind": str(export.kind), "purpose": export.purpose, "recipient": export.recipient, "count": export.count,
        "columns": export.columns, "asked": export.asked,
    }  # fmt: skip
    return proposals.propose(
        action=ACTION, subject_model=SUBJECT, subject_id=export.pk, content=content, by=export.by,
        meeting=export.meeting, note=export.reason,
    )  # fmt: skip


def is_allowed(export):
    return export.proposal is None or export.proposal.outcome == Outcome.APPROVED


def approve(export, *, by):
    """The second officer's yes. Raises proposals.ProposalRefused."""
    proposals.approve(export.proposal, by=by)


@transaction.atomic
def refuse(export, *, by, reason):
    """The second officer's no: nobody was disclosed. Raises proposals.ProposalRefused."""
    proposals.refuse(export.proposal, by=by, reason=reason)
    export.disclosures.all().delete()


@transaction.atomic
def withdraw(export, *, by):
    """Taken back by whoever asked. Raises proposals.ProposalRefused."""
    proposals.withdraw(export.proposal, by=by)
    export.disclosures.all().delete()


def allowed_at(export):
    return export.proposal.decided_at if export.proposal and export.proposal.decided_at else export.asked_at


def is_over(export, at):
    """A list is fetched within a day of being allowed, or not at all."""
    return is_allowed(export) and allowed_at(export) + KEPT <= at


@transaction.atomic
def release(export, *, at):
    """From now on its people's particulars count as handed out. Raises ExportRefused where that is not to happen.

    Whoever has asked for protection or was erased meanwhile is taken off the list.
    """
    if not is_allowed(export):
        raise ExportRefused(_("A second officer has to approve this list first."))
    if is_over(export, at):
        raise ExportRefused(_("The list waited for more than a day. Ask for it again."))
    if not Export.objects.filter(pk=export.pk, made_at=None).update(made_at=at):
        raise ExportRefused(_("The list was made already. Ask for another one."))
    hidden = Q(registration__asks_protection=True) | Q(registration__is_protected=True)
    export.disclosures.filter(hidden | Q(registration__email_key="")).delete()
    export.made_at, export.count = at, export.disclosures.count()
    export.save(update_fields=["made_at", "count"])


def listed(export):
    """The people of a list, in the order of their references."""
    return Registration.objects.nameable().filter(disclosures__export=export).order_by("reference")


def place(export):
    """Where its sealed file opens."""
    return f"accreditation.export.file:{export.pk}"


def fetch(export, *, by, at=None):
    """The bytes of a file that the worker made, once, for the officer who asked. Raises ExportRefused."""
    at = at or timezone.now()
    if export.by_id != by.pk:
        raise ExportRefused(_("Another officer asked for this list and alone fetches it."))
    if not export.file or is_over(export, at):
        raise ExportRefused(_("The file was fetched, or is gone after a day. Ask for another one."))
    try:
        data = read_sealed(export.file, bound_to=place(export))
    except FileNotFoundError:
        raise ExportRefused(_("The file was fetched, or is gone after a day. Ask for another one.")) from None
    if not Export.objects.filter(pk=export.pk, file=export.file).update(file=""):
        raise ExportRefused(_("The file was fetched, or is gone after a day. Ask for another one."))
    remove_sealed(export.file)
    return data


def forget_files(*, at=None):
    """Files that nobody fetched within a day; return how many went."""
    at, gone = at or timezone.now(), 0
    for export in Export.objects.exclude(file="").select_related("proposal"):
        if is_over(export, at):
            remove_sealed(export.file)
            gone += Export.objects.filter(pk=export.pk).update(file="")
    return gone


def for_second(officer):
    """Lists of other officers that this one may let go out or keep in, the oldest first."""
    meetings = permissions.meetings_with(officer, "accreditation.second_decision")
    found = Export.objects.filter(proposal__outcome=Outcome.OPEN).exclude(by=officer).order_by("asked_at")
    found = found if meetings is None else found.filter(meeting__in=meetings)
    return found.select_related("by", "proposal", "meeting")


def told_to(registration):
    """[Export] in which somebody's particulars left the house, the latest first; one statement."""
    return list(
        Export.objects.filter(disclosures__registration=registration, made_at__isnull=False).order_by("-made_at")
    )


def standing(export, at):
    """(a word for the page: refused, open, over, fetched, making, ready; what it means)."""
    if export.proposal and export.proposal.outcome == Outcome.OPEN:
        return "open", _("Waits for a second officer")
    if not is_allowed(export):
        return "refused", export.proposal.get_outcome_display()
    if export.made_at and not export.file:
        return "fetched", _("Handed out")
    if is_over(export, at):
        return "over", _("Not fetched within a day")
    if export.kind == XLSX and not export.file:
        return "making", _("Being made: load this page again in a moment")
    return "ready", _("Ready: it can be fetched once")
