"""What a check says to the officer: never a verdict, always with how it is known."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

LOOK, INFO, OK = "look", "info", "ok"
ORDER = [LOOK, INFO, OK]
# What needs a look, in a word or two for a line of the queue; nothing of identity data stands there
IN_SHORT = {
    "double": _("possible double"),
    "revoked_before": _("revoked before"),
    "letter_old": _("old letter"),
    "letter_future": _("letter of a later day"),
    "letter_without_name": _("letter without the name"),
    "domain_alike": _("look-alike address"),
    "organization_known": _("organization known, not picked"),
    "organization_alike": _("look-alike organization"),
    "mixed_letters": _("mixed scripts"),
    "too_young": _("below the minimum age"),
    "chaperone_missing": _("no chaperone"),
    "no_outline": _("no outline of the speech"),
}


@dataclass(frozen=True)
class Hint:
    """``is_sealed`` where it tells of identity data, which the security liaison alone reads (class C3)."""

    code: str
    severity: str
    sentence: str
    known: str
    is_sealed: bool = False
