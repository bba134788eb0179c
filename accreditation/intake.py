"""How an applicant's answers become a registration: begun with an address, proved, saved step by step, sent once.

Nothing here tells whoever typed an address whether it is known: both ways take the same statements, and only the
mailbox learns the difference (decision 7).
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, Q, When
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import aliases, emails, finding, identifying, places, profiles, references, workflow
from accreditation.models import Organization, Registration
from accreditation.states import LIVE, Actor, Status
from office import links
from office.encryption.fields import SealedField
from office.prepared import Prepared, PreparedSave, Slot

# Where an answer is kept, by the name of its form field; what stands in neither table is an answer like any other
COLUMNS = {
    "medium", "standing", "part", "attending", "organization", "organization_name", "given_names", "family_name",
    "badge_name", "phone", "asks_protection", "comes_with", "language",
}  # fmt: skip
SEALED = {
    "identity": {
        "birth_date", "nationality", "document_kind", "document_number", "document_issuer", "document_expires_on",
        "address", "questions",
    },
    "access_needs": {"needs", "needs_words"},
    "speaking": {
        "wants_to_speak", "speaking_topic", "speaking_outline", "speaking_language", "speaking_how", "speaking_joint",
    },
}  # fmt: skip
# Steps to be answered again when an answer changes, since they ask by it
ASKED_BY = {"medium": {"work"}}
IDENTIFIES = {"document_number", "document_issuer"}


# What a row still is where nobody has saved, sent, protected or renewed it since it was read
UNCHANGED = ["status", "saved_at", "link_version", "is_protected", "asks_protection"]
SEALED_COLUMNS = {field.name for field in Registration._meta.concrete_fields if isinstance(field, SealedField)}
SAVED = PreparedSave(Registration)
ATTEMPTS = 3  # two posts in one moment, or a reference that is taken


def begin(category, *, email, language, at=None, edition=None):
    """Make a draft for the address, or find what it has in this meeting, and queue the mail with the way on.

    The same number of statements whatever is found. Two requests at once make one draft. ``edition`` as
    ``emails.queue`` takes it.
    """
    at, email = at or timezone.now(), identifying.tidy(email)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with transaction.atomic():
                found = _found(category, email, at) or new_draft(category, email=email, language=language, at=at)
                emails.queue("prove" if found.status == Status.DRAFT else "known", found, edition=edition)
                return
        except IntegrityError:
            if attempt == ATTEMPTS:
                raise


def _found(category, email, at):
    """What the address has: a live application first, else its draft by this category, kept from now on if its days
    were over but nobody has deleted it yet."""
    found = (
        Registration.objects.filter(meeting_id=category.meeting_id, delegation=None)
        .filter(email_key=identifying.email_key(category.meeting_id, email))
        .filter(Q(status__in=LIVE) | Q(status=Status.DRAFT, category=category))
        .order_by(Case(When(status=Status.DRAFT, then=1), default=0, output_field=IntegerField()))
        .select_related("category", "meeting", "organization")
        .first()
    )
    if found:
        if not is_kept(found, at):
            found.saved_at = at
        Registration.objects.filter(pk=found.pk).update(
            saved_at=found.saved_at
        )  # always: as many statements as a draft
    return found


def new_draft(category, *, email, language, at, **fields):
    """A draft whose address nobody has proved yet; who has none is told apart by the reference."""
    reference = references.new(category.meeting.code)
    return Registration.objects.create(
        reference=reference,
        meeting=category.meeting,
        category=category,
        email=email,
        email_key=identifying.email_key(category.meeting_id, email or reference),
        language=language,
        created_at=at,
        saved_at=at,
        **fields,
    )


def by_token(token, purpose):
    """The registration whose link this is, or None; unknown, forged and outdated are one."""
    pk = links.named(token)
    if pk is None:
        return None
    registration = OF_LINK.one(pk)
    if registration is None or not links.fits(token, pk, purpose, registration.link_version):
        return None
    return registration.primed()


OF_LINK = Prepared(lambda: Registration.objects.with_policy().filter(pk=Slot(0, Registration._meta.pk)).order_by())


def prove(registration, *, at=None):
    """Its address is its applicant's. A remembered profile fills what is still empty."""
    at = at or timezone.now()
    if registration.email_proved_at is not None:
        return registration
    known, names = _known(registration), _proved(registration, at)
    if not SAVED.unless_changed(registration, names, known):
        with transaction.atomic(savepoint=False):
            _read_again(registration)
            if registration.email_proved_at is None:
                registration.save(update_fields=_proved(registration, at))
    return registration


def _proved(registration, at):
    """The names of the columns that it changed."""
    registration.email_proved_at = at
    return {"email_proved_at", *profiles.recall(registration, at=at)}


def _read_again(registration):
    """Lock the row and bring it up to date: another tab may have saved since it was read."""
    now = LOCKED.one(registration.pk)
    if now is None:
        raise Registration.DoesNotExist
    for field in Registration._meta.concrete_fields:
        known, kept = registration.__dict__.get(field.attname), now.__dict__[field.attname]  # sealed bytes stay sealed
        if known != kept and field.is_relation and field.is_cached(registration):
            field.delete_cached_value(registration)
        registration.__dict__[field.attname] = kept


LOCKED = Prepared(
    lambda: Registration.objects.select_for_update(no_key=True).filter(pk=Slot(0, Registration._meta.pk)).order_by()
)


def is_kept(registration, at=None):
    """Whether a draft still lives: so many days after its last save."""
    lives = timedelta(days=registration.category.draft_days)
    return registration.status != Status.DRAFT or registration.saved_at + lives > (at or timezone.now())


class NotDraft(workflow.TransitionRefused):
    """What was typed came after the application had been sent or had ended; nothing was changed."""


def save_answers(registration, step, answers, *, at=None, is_done=True):
    """Keep the cleaned answers of one step and mark it answered; what other tabs have saved meanwhile stays.

    Raises NotDraft where the step is no longer open, and TransitionRefused where an organization has no place left.
    """
    at = at or timezone.now()
    if _keep_unlocked(registration, step, answers, at, is_done=is_done):
        return registration
    try:
        with transaction.atomic(savepoint=False):
            _read_again(registration)
            was_open = is_open(registration, step)  # told below: raised here it would end the caller's transaction
            refusal = was_open and _keep_all(registration, step, answers, at, is_done=is_done)
    except IntegrityError as error:
        refusal, was_open = _collision(error, answers.get("organization")), True
        if not refusal:
            raise
    if not was_open:
        raise NotDraft(_("The application has been sent meanwhile, so this answer was not changed."))
    if refusal:
        raise workflow.TransitionRefused(refusal)
    return registration


def _collision(error, organization):
    """What somebody else did in the same moment, as a sentence; "" where the fault is another one."""
    if workflow.is_second_registration(error):
        return _("There is another application of the same person to this meeting.")
    if organization and not Organization.objects.filter(pk=organization.pk).exists():  # merged into another
        said = _("“%(name)s” has just been joined with another organization of the registry. Look for it again.")
        return said % {"name": organization.name}
    return ""


def is_open(registration, step):
    """Whether a step's answers may still change: until sent, and where a request for information names it."""
    if registration.status == Status.INFO_REQUESTED:
        return step in {item["step"] for item in registration.info_items}
    return registration.status == Status.DRAFT


def _keep_all(registration, step, answers, at, *, is_done):
    """Save, or say in a sentence why not."""
    coming, answers = _coming(registration, answers)
    names = set()
    if coming:
        now = {"organization": registration.organization, "part": registration.part}
        try:
            places.move(registration, **now | coming)
        except places.Full as full:
            return str(full)
        names = {"organization", "part", "holds_place"}
    registration.save(update_fields=names | _answered(registration, step, answers, at, is_done=is_done))
    if registration.status != Status.DRAFT:
        finding.index(registration)
    return ""


def _keep_unlocked(registration, step, answers, at, *, is_done):
    """Whether the answers of a draft were kept by one statement, which finds no row where another tab has saved, sent
    or proved something since it was read. What takes places or is sealed goes the other way."""
    coming, answers = _coming(registration, answers)
    if coming or registration.status != Status.DRAFT or any(column_of(name) in SEALED_COLUMNS for name in answers):
        return False
    known, names = _known(registration), _answered(registration, step, answers, at, is_done=is_done)
    return names.isdisjoint(SEALED_COLUMNS) and SAVED.unless_changed(registration, names, known)


def _known(registration):
    return {name: getattr(registration, name) for name in UNCHANGED}


def _coming(registration, answers):
    """(what changes for whom and as what somebody comes, the other answers)."""
    coming = {name: answers[name] for name in ["organization", "part"] if name in answers}
    others = {name: value for name, value in answers.items() if name not in coming}
    if registration.delegation_id:  # who was invited comes for that organization: nobody endorses them again
        coming.pop("organization", None)
        others.pop("organization_name", None)
    return {name: value for name, value in coming.items() if getattr(registration, name) != value}, others


def _answered(registration, step, answers, at, *, is_done):
    """The names of the columns that it changed."""
    names = {"name_key", "done", "saved_at"}
    for name, value in answers.items():
        names |= keep(registration, name, value)
    registration.name_key = identifying.name_key(registration)
    if is_done:
        registration.done = [*(done for done in registration.done if done != step), step]
    registration.saved_at = at
    return names


def keep(registration, name, value):
    """One answer where it belongs; returns the names of the columns it changed. Days become what JSON can hold."""
    if name in ASKED_BY and kept(registration, name) != value:
        registration.done = [step for step in registration.done if step not in ASKED_BY[name]]
    place = column_of(name)
    if name in COLUMNS:
        aliases.put(registration, name, value)
    else:
        held = dict(aliases.take(registration, place) or {})
        held[name] = value.isoformat() if hasattr(value, "isoformat") else value
        aliases.put(registration, place, held)
    columns = {"person" if registration.is_protected and place in aliases.SEALED else place}
    if name in IDENTIFIES:
        registration.identity_key = identifying.identity_key(registration)
        columns.add("identity_key")
    return columns


def kept(registration, name):
    """What was answered, as a form's initial value."""
    if name in COLUMNS:
        return aliases.take(registration, name)
    return (aliases.take(registration, column_of(name)) or {}).get(name)


def column_of(name):
    """The column of Registration in which an answer is kept."""
    if name in COLUMNS:
        return name
    return next((column for column, names in SEALED.items() if name in names), "answers")


def submit(registration, *, remembers=False, at=None, edition=None):
    """Send the application; return the registration after it. Sending it again changes nothing and is no error.

    ``edition`` as ``emails.queue`` takes it: asked before, so that nobody's place waits for it. Raises
    workflow.TransitionRefused, a sentence, with everything typed still kept.
    """
    at = at or timezone.now()
    try:
        remembers = remembers and not registration.is_hidden
        sent = workflow.apply(
            registration, "submit", actor=Actor.APPLICANT, at=at, edition=edition, declared_at=at, remembers=remembers
        )
    except workflow.TransitionRefused:
        now = Registration.objects.select_related("category", "meeting", "organization").filter(pk=registration.pk)
        if sent := now.exclude(status=Status.DRAFT).first():
            return sent
        raise
    if sent.is_hidden:
        profiles.forget_profile(sent.email)
    elif remembers:
        profiles.remember(sent, at=at)
    return sent
