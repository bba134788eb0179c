"""How an applicant's answers become a registration: begun with an address, proved, saved step by step, sent once.

Nothing here tells whoever typed an address whether it is known: both ways take the same statements, and only the
mailbox learns the difference (decision 7).
"""

import unicodedata
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils import timezone

from accreditation import emails, references, workflow
from accreditation.models import Profile, Registration
from accreditation.states import LIVE, Actor, Status
from office import links
from office.encryption import blind

# Where an answer is kept, by the name of its form field; what stands in neither table is an answer like any other
COLUMNS = {
    "medium", "standing", "part", "attending", "organization", "organization_name", "given_names", "family_name",
    "badge_name", "phone", "asks_protection", "comes_with", "language",
}  # fmt: skip
SEALED = {
    "identity": {
        "birth_date", "nationality", "document_kind", "document_number", "document_issuer", "document_expires_on",
        "address",
    },
    "access_needs": {"needs", "needs_words"},
    "speaking": {"wants_to_speak", "speaking_topic", "speaking_outline", "speaking_language", "speaking_how"},
}  # fmt: skip
# What a profile remembers: the person and the work, never a paper, a need or a request for protection
REMEMBERED = [
    "medium", "standing", "organization_id", "organization_name", "given_names", "family_name", "badge_name", "phone",
]  # fmt: skip
PROFILE_KEPT = timedelta(days=730)


def tidy(email):
    """As kept: the domain in lower case, and what stands before the @ too, since two people never differ by it alone
    in practice while one person often does."""
    return unicodedata.normalize("NFKC", email).strip().lower()


def email_key(meeting_id, email):
    return blind(tidy(email), scope=f"meeting:{meeting_id}")


class NotDraft(Exception):
    """What was typed came after the application had been sent or had ended; nothing was changed."""


@transaction.atomic
def begin(category, *, email, language, at=None):
    """Make a draft for the address, or find what it has in this meeting, and queue the mail with the way on.

    The same number of statements whatever is found. Two requests at once make one draft.
    """
    at, email = at or timezone.now(), tidy(email)
    found = _begun(category, email).first()
    if found is None:
        try:
            with transaction.atomic():
                found = _new_draft(category, email=email, language=language, at=at)
        except IntegrityError:  # the other of two requests was faster
            found = _begun(category, email).get()
    else:
        with transaction.atomic():  # as many statements as above
            saved_at = found.saved_at if is_kept(found, at) else at
            Registration.objects.filter(pk=found.pk).update(saved_at=saved_at)
            found.saved_at = saved_at
    emails.queue("prove" if found.status == Status.DRAFT else "known", found)


def _begun(category, email):
    """The live application of the address in this meeting, or else its draft in this category."""
    return (
        Registration.objects.filter(meeting_id=category.meeting_id, delegation=None)
        .filter(email_key=email_key(category.meeting_id, email))
        .filter(Q(status__in=LIVE) | Q(status=Status.DRAFT, category=category))
        .annotate(rank=Case(When(status=Status.DRAFT, then=Value(1)), default=Value(0), output_field=IntegerField()))
        .order_by("rank")
        .select_related("category", "meeting", "organization")[:1]
    )


def _new_draft(category, *, email, language, at, **fields):
    return Registration.objects.create(
        reference=references.new(category.meeting.code),
        meeting=category.meeting,
        category=category,
        email=email,
        email_key=email_key(category.meeting_id, email),
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
    rows = Registration.objects.select_related("category", "meeting", "organization", "delegation")
    registration = rows.filter(pk=pk).first()
    if registration is None or not links.fits(token, pk, purpose, registration.link_version):
        return None
    return registration


def prove(registration, *, at=None):
    """Its address is its applicant's. A remembered profile fills what is still empty."""
    at = at or timezone.now()
    if registration.email_proved_at is None:
        registration.email_proved_at = at
        recall(registration, at=at)
        registration.save()
    return registration


def is_kept(registration, at=None):
    """Whether a draft still lives: so many days after its last save."""
    lives = timedelta(days=registration.category.draft_days)
    return registration.status != Status.DRAFT or registration.saved_at + lives > (at or timezone.now())


def save_answers(registration, step, answers, *, at=None, is_done=True):
    """Keep the cleaned answers of one step, mark it answered, and return the registration as it stands then.

    The row is locked and read anew: two pages saved at once keep both, and none is saved over what was sent. Raises
    NotDraft.
    """
    with transaction.atomic():
        current = Registration.objects.select_for_update().get(pk=registration.pk)
        if current.status != Status.DRAFT:
            raise NotDraft
        current.category, current.meeting = registration.category, registration.meeting
        for name, value in answers.items():
            keep(current, name, value)
        current.name_key = name_key(current)
        if is_done and step not in current.done:
            current.done = [*current.done, step]
        current.saved_at = at or timezone.now()
        current.save()
    return current


def keep(registration, name, value):
    """One answer where it belongs; days and rows become what JSON can hold."""
    if name in COLUMNS:
        setattr(registration, name, value)
        return
    place = column_of(name)
    kept = dict(getattr(registration, place) or {})
    kept[name] = value.isoformat() if hasattr(value, "isoformat") else value
    setattr(registration, place, kept)


def kept(registration, name):
    """What was answered, as a form's initial value."""
    if name in COLUMNS:
        return getattr(registration, name)
    return (getattr(registration, column_of(name)) or {}).get(name)


def column_of(name):
    """The column of Registration in which an answer is kept."""
    if name in COLUMNS:
        return name
    return next((column for column, names in SEALED.items() if name in names), "answers")


def name_key(registration):
    """By which two spellings of one name meet: case, accents, width, order of parts and space do not count."""
    name = f"{registration.given_names} {registration.family_name}"
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted("".join(c if c.isalnum() else " " for c in plain).split()))[:400]


def submit(registration, *, remembers=False, at=None):
    """Send the application; return the registration after it. Sending it again changes nothing and is no error.

    Raises workflow.TransitionRefused, a sentence, with everything typed still kept.
    """
    at = at or timezone.now()
    try:
        sent = workflow.apply(registration, "submit", actor=Actor.APPLICANT, at=at, declared_at=at, remembers=remembers)
    except workflow.TransitionRefused:
        now = Registration.objects.select_related("category", "meeting", "organization").get(pk=registration.pk)
        if now.status == Status.DRAFT:
            raise
        return now
    if remembers:
        remember(sent, at=at)
    return sent


def remember(registration, *, at=None):
    """Keep the person and the work for the next meeting, under a keyed digest of the address."""
    content = {name: getattr(registration, name) for name in REMEMBERED}
    key = blind(registration.email, scope="profiles")
    profile = Profile.objects.filter(email_key=key).first() or Profile(email_key=key)
    profile.content, profile.used_at = content, at or timezone.now()
    profile.save()
    return profile


def recall(registration, *, at=None):
    """Fill what is empty from the profile of this address, if there is one; return whether there was."""
    profile = Profile.objects.filter(email_key=blind(registration.email, scope="profiles")).first()
    if profile is None:
        return False
    for name, value in profile.content.items():
        if name in REMEMBERED and not getattr(registration, name):
            setattr(registration, name, value)
    registration.name_key = name_key(registration)
    registration.answers = registration.answers | {"is_recalled": True}
    Profile.objects.filter(pk=profile.pk).update(used_at=at or timezone.now())
    return True


def forget_profiles(*, at=None):
    """Profiles idle for 24 months go; return how many."""
    idle = Profile.objects.filter(used_at__lte=(at or timezone.now()) - PROFILE_KEPT)
    return idle.delete()[0]
