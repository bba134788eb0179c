"""What somebody asked us to remember for the next meeting: kept, recalled, forgotten; also without an application at
hand, by a link in an e-mail."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accreditation import emails, identifying
from accreditation.models import Organization, Profile
from accreditation.states import Route
from accreditation.writing import Letter
from office import links
from office.encryption import blind

# What a profile remembers: the person and the work, never a paper, a need or a request for protection
REMEMBERED = [
    "medium", "standing", "organization_id", "organization_name", "given_names", "family_name", "badge_name", "phone",
]  # fmt: skip
REMEMBERED_ANSWERS = {"one_name", "job_title", "country", "website"}
PROFILE_KEPT = timedelta(days=730)
ATTEMPTS = 3  # two letters of one address in one moment
PURPOSE, VERSION = "forget-profile", 1
FOUND = Letter(
    _("Forget my profile"),
    (
        _("Somebody, we hope you, asked that we forget the profile we remember for this address."),
        _("Open the link and press the button: the profile is deleted at once. Applications are not changed by it."),
    ),
    _("Forget my profile"),
)
NOTHING = Letter(
    _("No profile is kept for this address"),
    (
        _("Somebody, we hope you, asked that we forget the profile we remember for this address."),
        _("We keep none. You need do nothing."),
    ),
    _("What is kept, and for how long"),
)
FOOT = _("This e-mail is about what we remember of you. The link in it serves you alone: do not pass it on.")


def ask(email, *, language):
    """Send one letter, whatever is found: only the mailbox learns whether a profile is kept."""
    profile = Profile.objects.filter(email_key=profile_key(email)).first()
    with translation.override(language):
        address = link(profile) if profile else reverse("advisory:privacy")
    emails.send(
        FOUND if profile else NOTHING, kind="profile", to=identifying.tidy(email), language=language, values={},
        url=settings.SITE_URL + address, meeting=None, foot=FOOT,
    )  # fmt: skip


def link(profile):
    return reverse("accreditation:forget-profile-link", args=[links.token(profile.pk, PURPOSE, VERSION)])


def by_token(token):
    """The profile whose link this is, or None; unknown, forged and used are one."""
    pk = links.named(token)
    profile = Profile.objects.filter(pk=pk).first() if pk else None
    return profile if profile and links.fits(token, pk, PURPOSE, VERSION) else None


def profile_key(email):
    """Joins the meetings of one address, and nothing else of them: no registration is found by it."""
    return blind(identifying.tidy(email), scope="profiles")


def remember(registration, *, at=None):
    """Keep the person and the work for the next meeting, under a keyed digest of the address; nobody at risk."""
    if registration.is_hidden:
        return None
    content = {name: getattr(registration, name) for name in REMEMBERED}
    content["answers"] = {name: kept for name, kept in registration.answers.items() if name in REMEMBERED_ANSWERS}
    key, at = profile_key(registration.email), at or timezone.now()
    for attempt in range(1, ATTEMPTS + 1):
        profile = Profile.objects.filter(email_key=key).first() or Profile(email_key=key)
        profile.content, profile.used_at = content, at
        try:
            with transaction.atomic():
                profile.save()
            return profile
        except IntegrityError:  # remembered by another meeting in this moment
            if attempt == ATTEMPTS:
                raise
    return None


def recall(registration, *, at=None):
    """Fill what is empty from the profile of this address, as far as the category asks it; the caller saves.

    Returns the names of the columns that it filled, none where there is no profile.
    """
    profile = Profile.objects.filter(email_key=profile_key(registration.email)).first()
    if profile is None:
        return set()
    known = {name: value for name, value in profile.content.items() if name in REMEMBERED and value}
    filled = {name for name, value in known.items() if _fits(registration, name, value)}
    for name in filled:
        setattr(registration, name, known[name])
    registration.name_key = identifying.name_key(registration)
    registration.answers = profile.content.get("answers", {}) | registration.answers | {"is_recalled": True}
    Profile.objects.filter(pk=profile.pk).update(used_at=at or timezone.now())
    return filled | {"name_key", "answers"}


def _fits(registration, name, value):
    """Whether something remembered may answer here: nothing is there, and this category takes it."""
    category = registration.category
    if getattr(registration, name):
        return False
    if name == "medium":
        return registration.route == Route.PRESS and value in category.media
    if name == "standing":
        return registration.route == Route.CIVIL_SOCIETY and value in category.standings
    if name == "organization_id":  # it may have left the registry since
        return Organization.objects.filter(pk=value, is_active=True).exists()
    return True


def forget_profile(email):
    """The profile of an address goes; return whether there was one."""
    return Profile.objects.filter(email_key=profile_key(email)).delete()[0] > 0


def forget_profiles(*, at=None):
    """Profiles idle for 24 months go; return how many."""
    idle = Profile.objects.filter(used_at__lte=(at or timezone.now()) - PROFILE_KEPT)
    return idle.delete()[0]
