"""The hand-over to security: who is to be compared with which document, signed; what comes back is a flag with an end.

The flag never moves a status, and no reason comes with it. Who asked for protection is left out (decision 17).
"""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

from django.db import transaction
from django.db.models import BinaryField, Count, ExpressionWrapper, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.desk import exports
from accreditation.desk.exports import SECURITY, ExportRefused, disclose
from accreditation.models import Export, Registration
from accreditation.states import LIVE, Clearance
from office import signing
from office.encryption import CannotOpen, unreadable
from office.models import User

FORM = "rostrum.security-hand-over/1"
DOCUMENT = [
    "birth_date", "nationality", "document_kind", "document_number", "document_issuer", "document_expires_on",
]  # fmt: skip
FIELDS = ["reference", "given_names", "family_name", *DOCUMENT]
AGAIN_AFTER = timedelta(minutes=1)  # a button pressed twice hands over once


def flag(registration, on=None):
    """The Clearance that holds on a day: one that has run out is as if nobody had asked."""
    until = registration.clearance_until
    is_over = until is not None and until < (on or timezone.localdate())
    return Clearance.NOT_ASKED if is_over else Clearance(registration.clearance)


def is_open(on):
    """Those whom security has not answered for, as a Q."""
    return Q(clearance__in=[Clearance.NOT_ASKED, Clearance.PENDING]) | Q(clearance_until__lt=on)


def candidates(meeting, categories, *, on=None):
    """Live applications with a document, whose flag is open and whose name may leave the house."""
    held = ExpressionWrapper(F("identity"), output_field=BinaryField())
    asked = _asked(meeting, categories, on).nameable()
    return asked.annotate(held=held).exclude(held=b"")


def _asked(meeting, categories, on):
    found = Registration.objects.filter(meeting=meeting, category__in=categories, status__in=LIVE)
    return found.filter(is_open(on or timezone.localdate()))


def left_out(meeting, categories, *, on=None):
    """{"protected": number, "without_document": number} of those who are not in a hand-over of these categories."""
    asked = _asked(meeting, categories, on)
    hidden = Q(asks_protection=True) | Q(is_protected=True)
    counted = asked.aggregate(all=Count("pk"), protected=Count("pk", filter=hidden))
    named = candidates(meeting, categories, on=on).count()
    return {"protected": counted["protected"], "without_document": counted["all"] - counted["protected"] - named}


def hand_over(meeting, *, categories, recipient, by, at=None):
    """(Export, bytes of the archive). Logs it, tells everybody who is in it, and sets their flag to pending.

    Beyond what the desk's policy lets one officer take out, it becomes a proposal and there are no bytes: ``fetch``
    gives them once a second officer has let it go. Raises ExportRefused where nobody is to be handed over, and
    signing.NoKey.
    """
    at = at or timezone.now()
    signing.sign(b"")
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=by.pk)  # a button pressed twice waits for itself
        if Export.objects.filter(meeting=meeting, kind=SECURITY, by=by, asked_at__gt=at - AGAIN_AFTER).exists():
            raise ExportRefused(_("You have handed over a moment ago. Wait a minute, then choose again."))
        export = Export.objects.create(
            meeting=meeting, kind=SECURITY, recipient=recipient, columns=FIELDS, by=by, asked_at=at,
            asked={"categories": [category.slug for category in categories]},
        )  # fmt: skip
        export.count = disclose(export, candidates(meeting, categories, on=at.date()))
        if exports.needs_second(export):
            export.proposal = exports.propose(export)
            export.save(update_fields=["count", "proposal"])
            return export, b""
        return export, _let_out(export, categories, at)


def waiting(meeting, officer):
    """Hand-overs that the officer asked for and has not fetched, with what the page shows of each: [(Export, word,
    sentence)]; nothing of those that were refused or taken back."""
    asked = Export.objects.filter(meeting=meeting, kind=SECURITY, by=officer, made_at=None).exclude(proposal=None)
    told = [(export, *exports.standing(export, timezone.now())) for export in asked.select_related("proposal")]
    return [row for row in told if row[1] in {"open", "ready"}]


def fetch(export, *, by, at=None):
    """The bytes, once, for whoever asked, after a second officer's yes. Raises ExportRefused and signing.NoKey."""
    at = at or timezone.now()
    signing.sign(b"")
    with transaction.atomic():
        export = Export.objects.select_for_update(of=("self",)).select_related("meeting", "proposal").get(pk=export.pk)
        if export.by_id != by.pk or not exports.is_allowed(export):
            raise ExportRefused(_("A second officer has to approve this list first."))
        if export.made_at or exports.is_over(export, at):
            raise ExportRefused(_("The file was fetched, or is gone after a day. Ask for another one."))
        categories = export.meeting.categories.filter(slug__in=export.asked["categories"])
        still = candidates(export.meeting, categories, on=at.date())
        export.disclosures.exclude(registration__in=still.values("pk")).delete()
        return _let_out(export, categories, at)


def _let_out(export, categories, at):
    """From now on its people's documents count as handed out."""
    people, unreadable_ones = _people(export)
    export.disclosures.filter(registration__in=unreadable_ones).delete()
    if not people:
        raise ExportRefused(_("Nobody of these categories has a document that waits to be compared."))
    missing = left_out(export.meeting, categories, on=at.date())
    missing["without_document"] += len(unreadable_ones)
    export.made_at = at
    data = _told(export.meeting, export, people, missing)
    export.count, export.digest = len(people), hashlib.sha256(data).hexdigest()
    export.save(update_fields=["made_at", "count", "digest"])
    handed = Registration.objects.filter(disclosures__export=export)
    handed.update(clearance=Clearance.PENDING, clearance_until=None)
    return archive(data)


def _people(export):
    """([a dictionary for each], [keys of those whose document cannot be opened])."""
    people, closed = [], []
    found = Registration.objects.filter(disclosures__export=export).order_by("reference")
    for row in found.only("reference", "given_names", "family_name", "identity").iterator(chunk_size=500):
        try:
            identity = row.identity
        except CannotOpen as fault:
            unreadable.note(fault)
            closed.append(row.pk)
            continue
        document = {name: identity.get(name, "") for name in DOCUMENT}
        people.append(
            {"reference": row.reference, "given_names": row.given_names, "family_name": row.family_name} | document
        )
    return people, closed


def _told(meeting, export, people, missing):
    content = {
        "form": FORM, "meeting": meeting.code, "number": export.pk, "made_at": export.made_at.isoformat(),
        "people": people, "left_out": missing,
    }  # fmt: skip
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def archive(data):
    """A ZIP of the file, its detached signature (64 bytes over the file's own) and the public key to compare."""
    number, signature = signing.sign(data)
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("people.json", data)
        packed.writestr("people.json.sig", signature)
        packed.writestr(f"key-{number}.pem", signing.public_key(number))
    return kept.getvalue()
