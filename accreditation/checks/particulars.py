"""What the answers themselves tell: the organization and its address, days and ages, a wish to speak without words."""

import unicodedata
from datetime import date
from difflib import SequenceMatcher

from django.db.models import Q
from django.utils.translation import gettext as _

from accreditation import aliases, announced, organizations
from accreditation.checks.hints import INFO, LOOK, OK, Hint
from accreditation.forms.person import age_on
from accreditation.models import Registration
from accreditation.states import LIVE, Part
from advisory.renditions import wording
from advisory.search import search_tokens

ALIKE = 0.85  # of 1, as difflib counts; below it names of one field of work meet
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")  # whose letters are mistaken for each other


def hints(registration):
    if not registration.is_hidden:
        yield from organization(registration)
        yield from mixed_letters(registration)
    yield from days(registration)
    yield from speaking(registration)


def organization(registration):
    if registration.organization is not None:
        yield from address(registration.email, registration.organization)
    elif registration.organization_name:
        yield from typed_name(registration.organization_name)


def address(email, organization):
    """How the applicant's address stands to the domains of the organization in the registry."""
    domain = email.rpartition("@")[2]
    if not domain or not organization.domains:
        return
    known = _("Domains in the registry: %(domains)s.") % {"domains": wording.joined(organization.domains)}
    if any(domain == own or domain.endswith(f".{own}") for own in organization.domains):
        yield Hint("domain_known", OK, _("The e-mail address is of the organization’s domain"), known)
    elif any(ratio(domain, own) >= ALIKE for own in organization.domains):
        said = _("The e-mail address only looks like the organization’s: %(domain)s") % {"domain": domain}
        yield Hint("domain_alike", LOOK, said, known)
    else:
        yield Hint(
            "domain_other", INFO, _("The e-mail address is of another domain: %(domain)s") % {"domain": domain}, known
        )


def typed_name(name):
    """How a name that is in no registry stands to those that are. At most two statements."""
    typed = search_tokens(name)
    for row in organizations.search(name, limit=3):
        spelt = max([row.name, *row.aliases], key=lambda own: ratio(typed, search_tokens(own)))
        told = {"typed": name, "known": row.name}
        if search_tokens(spelt) == typed:
            said = _("“%(typed)s” was not picked, and is in the registry: %(known)s")
            yield Hint("organization_known", LOOK, said % told, _("The name or an alias of it is the same."))
            return
        if ratio(typed, search_tokens(spelt)) >= ALIKE:
            said = _("“%(typed)s” is not in the registry, and is spelt much like “%(known)s”")
            known = _("Compared with names and aliases: %(name)s.") % {"name": spelt}
            yield Hint("organization_alike", LOOK, said % told, known)
            return


def mixed_letters(registration):
    """а in Cyrillic passes for a: a word of two such scripts is no slip of the hand."""
    said = [registration.given_names, registration.family_name, registration.organization_name, registration.email]
    if word := next((word for text in said for word in text.split() if len(scripts(word)) > 1), ""):
        known = _("“%(word)s” has letters of: %(scripts)s.") % {
            "word": word,
            "scripts": wording.joined(sorted(script.capitalize() for script in scripts(word))),
        }
        yield Hint("mixed_letters", LOOK, _("A word mixes letters of scripts that look alike"), known)


def scripts(word):
    names = (unicodedata.name(character, "") for character in word if character.isalpha())
    return {script for name in names for script in SCRIPTS if name.startswith(script)}


def days(registration):
    """The document on the last day, the age on the first. One statement, two of a minor; none where neither is kept."""
    identity = registration.identity or {}
    born, expires = (_day(identity.get(name)) for name in ("birth_date", "document_expires_on"))
    if born is None and expires is None:
        return
    first, last = announced.days(registration.meeting)
    if expires is not None:
        ends = _("%(day)s, entered by the applicant") % {"day": wording.short_day(expires)}
        if expires < last:
            yield Hint("document_ends", LOOK, _("The document ends before the meeting does"), ends, True)
        else:
            yield Hint("document_valid", OK, _("The document is valid on the days of the meeting"), ends, True)
    if born is not None:
        yield from age(registration, age_on(born, first))


def age(registration, years):
    category, known = registration.category, _("By the date of birth, which security alone reads.")
    if category.minimum_age is not None and years < category.minimum_age:
        said = _("Below the minimum age of %(age)s on the first day") % {"age": category.minimum_age}
        yield Hint("too_young", LOOK, said, known)
    if category.chaperone_below is None or years >= category.chaperone_below:
        return
    of_chaperones = Registration.objects.filter(meeting=registration.meeting_id, part=Part.CHAPERONE, status__in=LIVE)
    named = Q(comes_with=registration.pk) | Q(answers__comes_with_reference=registration.reference)
    if of_chaperones.filter(named).exists():
        yield Hint("chaperone_applied", OK, _("A chaperone applied too"), known)
    else:
        said = _("A chaperone is needed, and none who applied names this application")
        yield Hint("chaperone_missing", LOOK, said, known)


def speaking(registration):
    wish = aliases.take(registration, "speaking") or {}
    if wish.get("wants_to_speak") == "yes" and not wish.get("speaking_outline"):
        yield Hint("no_outline", LOOK, _("Wishes to speak, and gives no outline"), _("The answer is empty."))


def ratio(one, other):
    return SequenceMatcher(None, one, other).ratio()


def _day(text):
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None
