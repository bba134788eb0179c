"""Everything that is kept of an applicant in one application, for the applicant alone: no officer, no held decision."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accreditation import aliases, emails, standing, workflow
from accreditation.desk import exports, notes, pools
from accreditation.models import SpeakingPlace
from accreditation.states import Status
from office.encryption import or_words
from office.models.proposal import Outcome

PLAIN = [
    "reference", "given_names", "family_name", "badge_name", "phone", "language", "medium", "standing", "part",
    "attending", "organization_name", "asks_protection", "is_protected", "remembers", "created_at", "saved_at",
    "declared_at", "email_proved_at",
]  # fmt: skip
NOTICES = {"give_notice", "end_notice"}
OPENED = ["answers", "speaking", "identity", "access_needs"]


def own_data(registration):
    """JSON (text)."""
    return json.dumps(gathered(registration), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2) + "\n"


def gathered(registration):
    now = timezone.now()
    decisions = list(registration.decisions.select_related("reason").order_by("sequence"))
    status = standing.shown(registration, decisions, now=now)
    return {
        "meeting": emails.title_of(registration.meeting, registration.language),
        "category": str(registration.category),
        "organization": str(registration.organization or ""),
        "email": or_words(lambda: aliases.take(registration, "email")),
        "status": status,
        **{name: or_words(lambda name=name: aliases.take(registration, name)) for name in [*PLAIN, *OPENED]},
        "decisions": [_decision(row) for row in standing.told(registration, decisions, now=now)],
        "proposed": _proposed(registration, now),
        "notices": [_notice(row) for row in decisions if row.action in NOTICES],
        **_given(registration, status),
        "messages": [
            {"from": "desk" if row.by_id else "applicant", "at": row.at, "words": row.words}
            for row in notes.thread(registration)
        ],
        "papers": [
            {"kind": row.kind, "name": row.told_name, "type": row.media_type, "bytes": row.size, "pages": row.pages,
             "added_at": row.added_at, "replaced_at": row.replaced_at}
            for row in registration.evidence.all()
        ],
        "badges": [] if workflow.is_held(registration, now) else list(
            registration.badges.values("letter", "number", "state", "issued_at", "voided_at")
        ),
        "handed_out": [
            {"at": row.made_at, "purpose": row.reason, "for": row.recipient, "columns": row.columns}
            for row in exports.told_to(registration)
        ],
    }  # fmt: skip


def _proposed(registration, now):
    """What one officer proposed and another had to approve, once it is settled and told; never who, nor their words."""
    held = [Outcome.APPROVED] if workflow.is_held(registration, now) else []
    rows = registration.proposed.exclude(proposal__outcome__in=[Outcome.OPEN, *held]).select_related("proposal")
    return [
        {"action": row.proposal.content["action"], "at": row.proposal.made_at, "outcome": row.proposal.outcome,
         "decided_at": row.proposal.decided_at}
        for row in rows.order_by("proposal__made_at")
    ]  # fmt: skip


def _given(registration, status):
    """What an approval gave, as the own page tells it."""
    if status != Status.APPROVED:
        return {"granted": {}, "speaking_outcome": None, "pools": []}
    place = SpeakingPlace.objects.filter(registration=registration).first()
    return {
        "granted": registration.granted,
        "speaking_outcome": {"outcome": place.outcome, "at": place.at} if place else None,
        "pools": [
            {"kind": pool.kind, "name": pool.name, "place": pool.place, "forms_up_at": pool.form_up_at,
             "starts_at": pool.starts_at, "ends_at": pool.ends_at}
            for pool in pools.moments(registration)
        ],
    }  # fmt: skip


def _notice(row):
    return {
        "action": row.action, "at": row.at, "ground": row.code, "words": standing.reason_of(row),
    }  # fmt: skip


def _decision(row):
    is_told = row.action in standing.SAID or row.actor == "applicant"
    return {
        "action": row.action, "from": row.before, "to": row.after, "at": row.at, "ground": row.code,
        "words": standing.reason_of(row) if is_told else "", "by_two_officers": row.seconded_by_id is not None,
    }  # fmt: skip
