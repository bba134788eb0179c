"""How somebody has their remembered profile forgotten without an application at hand: by a link in an e-mail.

The profile itself is kept, recalled and forgotten by ``intake``.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation import emails, intake
from accreditation.emails import Letter
from accreditation.models import Profile
from office import links

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
    profile = Profile.objects.filter(email_key=intake.profile_key(email)).first()
    with translation.override(language):
        address = link(profile) if profile else reverse("advisory:privacy")
    emails.send(
        FOUND if profile else NOTHING, kind="profile", to=intake.tidy(email), language=language, values={},
        url=settings.SITE_URL + address, meeting=None, foot=FOOT,
    )  # fmt: skip


def link(profile):
    return reverse("accreditation:forget-profile-link", args=[links.token(profile.pk, PURPOSE, VERSION)])


def by_token(token):
    """The profile whose link this is, or None; unknown, forged and used are one."""
    pk = links.named(token)
    profile = Profile.objects.filter(pk=pk).first() if pk else None
    return profile if profile and links.fits(token, pk, PURPOSE, VERSION) else None
