"""What of a protected person is sealed, and what stands in its place in the clear columns (decision 20).

Whoever reads the columns, in a list, an export, a search or a log, reads the alias; who must not, cannot by mistake.
"""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation.models import Registration
from office.encryption import unreadable

# RFC 6761, section 6.4: nothing is ever delivered there, even when a letter is sent to it by mistake
DOMAIN = "protected.invalid"
SEALED = {
    "given_names": "", "family_name": "", "badge_name": "", "email": "", "phone": "", "organization_name": "",
    "answers": {}, "speaking": {},
}  # fmt: skip
NAMES = ("family_name", "badge_name")
NOBODY = _("a protected person")


def veiled(registration, name):
    """``name``, or of somebody hidden only that they are protected: for focal points and the staff panel, where even an
    alias would say too much."""
    return NOBODY if registration.is_hidden else name


def address(registration):
    """The address by which the outbox knows a protected person."""
    return f"{registration.reference.lower()}@{DOMAIN}"


def address_behind(alias):
    """The true address behind an alias, asked for at the moment of sending; None for any other address."""
    if not alias.endswith(f"@{DOMAIN}"):
        return None
    registration = Registration.objects.filter(email=alias, is_protected=True).first()
    if registration is None:
        return None
    return unreadable.otherwise(lambda: None, lambda: registration.person["email"])


def seal(registration):
    """Move everything that tells who somebody is out of the clear columns. Saves nothing."""
    is_reached = bool(registration.email)
    registration.person = {name: getattr(registration, name) for name in SEALED}
    with translation.override(settings.LANGUAGE_CODE):  # the columns hold one language; lists say it in theirs
        alias = registration.alias
    for name, nothing in SEALED.items():
        setattr(registration, name, alias if name in NAMES else type(nothing)())
    registration.email = address(registration) if is_reached else ""  # entered by the desk without an address
    registration.is_protected = True


def unseal(registration):
    """The way back. Saves nothing."""
    person = registration.person
    for name, nothing in SEALED.items():
        setattr(registration, name, person.get(name, nothing))
    registration.person, registration.is_protected = {}, False


def take(registration, name):
    """A column as its applicant wrote it, for the applicant's own pages."""
    if registration.is_protected and name in SEALED:
        return registration.person.get(name, type(SEALED[name])())
    return getattr(registration, name)


def put(registration, name, value):
    """The same for writing. Protection once granted ends by ``protection.lift`` alone, never by a tick."""
    if name == "asks_protection" and registration.is_protected:
        return
    if registration.is_protected and name in SEALED:
        registration.person = registration.person | {name: value}
    else:
        setattr(registration, name, value)
