"""Who may be the same person: in another category, another meeting, another script. Nobody who is hidden is among them,
and across meetings only addresses and names are compared (decision 13)."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accreditation import finding, words
from accreditation.checks.hints import INFO, LOOK, OK, Hint
from accreditation.models import Registration
from accreditation.spellings import Spelling, likeness
from accreditation.states import LIVE, Status
from advisory.renditions import wording
from office import permissions

DOUBLE = "double"
MOST_NEAR, MOST_TOLD = 200, 5


@dataclass(frozen=True)
class Near:
    """Another registration, and by what it agrees; ``name`` is a word of ``spellings.likeness``."""

    row: Registration
    name: str
    has_address: bool
    has_document: bool

    @property
    def is_sure(self):
        """More than a name in common."""
        return self.has_address or self.has_document

    @property
    def known(self):
        said = [
            (self.has_document, _("Both name the same identity document.")),
            (self.has_address, _("Both have the same e-mail address.")),
            (self.name == "same", _("Both names are the same, in whichever order, spelling or script.")),
            (self.name == "sounds", _("Both names have the same consonants; one is in a script without vowels.")),
            (self.name == "partly", _("One name holds the whole of the other.")),
        ]
        return wording.gap().join(sentence for holds, sentence in said if holds)


def hints(registration, officer=None):
    """Doubles in the meeting, then what is known of other meetings. Two statements."""
    found = around(registration)
    here = [each for each in found if each.row.meeting_id == registration.meeting_id]
    elsewhere = [each for each in found if each.row.meeting_id != registration.meeting_id]
    yield from _doubles(here)
    yield from _open_elsewhere(elsewhere, officer)
    yield from _earlier(elsewhere)


def around(registration):
    """[Near], sure ones first, then the latest."""
    name = Spelling(registration.given_names, registration.family_name)
    found = {}
    for asked in [_by_keys(registration), Q(pk__in=finding.sharing(name.asked)) if name.asked else None]:
        rows = _comparable(registration).filter(asked)[:MOST_NEAR] if asked else []
        for row in rows:
            near = _compared(registration, name, row)
            if near and not _belongs_together(registration, near):
                found[row.pk] = near
    return sorted(found.values(), key=lambda near: (not near.is_sure, -near.row.created_at.timestamp()))


def look_again(registration):
    """Mark its doubles that do not know of it yet for ``run_stale``."""
    doubles = [near.row.pk for near in around(registration) if _is_double(near, registration.meeting_id)]
    unaware = [row.pk for row in Registration.objects.filter(pk__in=doubles) if DOUBLE not in row.hints]
    Registration.objects.filter(pk__in=unaware).update(checked_at=None)


def _by_keys(registration):
    asked = None
    if registration.email:
        asked = Q(email=registration.email)
    if registration.identity_key:
        document = Q(meeting=registration.meeting_id, identity_key=registration.identity_key)
        asked = document | asked if asked else document
    return asked


def _comparable(registration):
    rows = Registration.objects.nameable().exclude(pk=registration.pk).exclude(status=Status.DRAFT)
    rows = rows.exclude(name_key="").select_related("category", "meeting")  # an erased person has none
    return rows.defer("identity", "access_needs", "person", "answers", "speaking").order_by("-created_at")


def _compared(registration, name, row):
    is_here = row.meeting_id == registration.meeting_id
    near = Near(
        row,
        name=likeness(name, Spelling(row.given_names, row.family_name)),
        has_address=bool(registration.email) and row.email == registration.email,
        has_document=bool(registration.identity_key) and is_here and row.identity_key == registration.identity_key,
    )
    return near if near.name or near.is_sure else None


def _belongs_together(registration, near):
    """Those who replace or accompany each other, and a delegation that shares one mailbox, are no doubles by that."""
    row = near.row
    if registration.pk in {row.replaces_id} or row.pk in {registration.replaces_id}:
        return True
    if near.name or near.has_document:
        return False
    is_together = registration.pk == row.comes_with_id or row.pk == registration.comes_with_id
    return is_together or (row.delegation_id is not None and row.delegation_id == registration.delegation_id)


def _is_double(near, meeting_id):
    is_alike = near.is_sure or near.name in {"same", "sounds"}
    return near.row.meeting_id == meeting_id and near.row.status in LIVE and is_alike


def _doubles(here):
    for near in here[:MOST_TOLD]:
        row = near.row
        told = {
            "name": row.listed_as,
            "reference": row.reference,
            "category": row.category.name,
            "status": words.STATUS[Status(row.status)],
        }
        if _is_double(near, row.meeting_id):
            said = _("Possibly the same person: %(name)s, %(reference)s (%(category)s). %(status)s.")
            yield Hint(DOUBLE, LOOK, said % told, near.known)
        elif row.status in LIVE:
            said = _("A similar name: %(name)s, %(reference)s (%(category)s). %(status)s.")
            yield Hint("similar_name", INFO, said % told, near.known)
        else:
            said = _("Applied to this meeting before: %(name)s, %(reference)s (%(category)s). %(status)s.")
            yield Hint("ended_here", INFO, said % told, near.known)


def _open_elsewhere(elsewhere, officer):
    """Only of meetings whose applications the officer reviews."""
    is_open = [near for near in elsewhere if near.row.status in LIVE - {Status.APPROVED} and near.name != "partly"]
    for near in is_open[:MOST_TOLD]:
        if officer is not None and permissions.may_review(officer, near.row.meeting):
            said = _("Applies to another meeting too: %(meeting)s, %(reference)s. %(status)s.")
            status = words.STATUS[Status(near.row.status)]
            told = {"meeting": near.row.meeting.code, "reference": near.row.reference, "status": status}
            yield Hint("elsewhere", INFO, said % told, near.known)


def _earlier(elsewhere):
    """How earlier applications ended, in numbers and years alone: which meetings they were is for their officers."""
    by_address = [near.row for near in elsewhere if near.has_address]
    by_name = [near.row for near in elsewhere if not near.has_address and near.name in {"same", "sounds"}]
    known = _("Other meetings, by the same e-mail address.")
    if rows := _with(by_address, Status.REVOKED):
        said = ngettext(
            "A badge was revoked once before (%(years)s)", "A badge was revoked %(count)s times before (%(years)s)",
            len(rows),
        )  # fmt: skip
        yield Hint("revoked_before", LOOK, said % _counted(rows), known)
    if rows := _with(by_address, Status.DECLINED):
        said = ngettext("Declined once before (%(years)s)", "Declined %(count)s times before (%(years)s)", len(rows))
        yield Hint("declined_before", INFO, said % _counted(rows), known)
    if rows := _with(by_address, Status.APPROVED):
        said = ngettext(
            "Accredited once before (%(years)s)", "Accredited %(count)s times before (%(years)s)", len(rows)
        )
        yield Hint("accredited_before", OK, said % _counted(rows), known)
    if rows := _with(by_name, Status.APPROVED, Status.DECLINED, Status.REVOKED):
        said = ngettext(
            "Somebody of the same name applied once before (%(years)s)",
            "Somebody of the same name applied %(count)s times before (%(years)s)",
            len(rows),
        )
        yield Hint(
            "name_before", INFO, said % _counted(rows), _("By the name alone, from other addresses: perhaps another.")
        )


def _with(rows, *statuses):
    return [row for row in rows if row.status in statuses]


def _counted(rows):
    years = sorted({row.created_at.year for row in rows})
    return {"count": len(rows), "years": wording.joined(str(year) for year in years)}
