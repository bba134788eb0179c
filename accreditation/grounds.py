"""On which grounds an application may be refused: ours, and what the house has published in the staff panel.

Each ground answers to a criterion that applicants read before they begin.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from accreditation.models import Ground


@dataclass(frozen=True)
class Published:
    """``told`` is the sentence that the applicant reads; ``criterion`` what it fails."""

    code: str
    told: str
    criterion: str


OURS = {
    ground.code: ground
    for ground in [
        Published(
            "incomplete",
            _("Papers that were asked for are missing or cannot be read."),
            _("The papers asked for are there and can be read."),
        ),
        Published(
            "not_media",
            _("The work shown is not that of an information medium."),
            _("You work for an information medium, and your work shows it."),
        ),
        Published(
            "not_sent",
            _("The organization does not confirm that it sends you."),
            _("Your organization confirms that it sends you."),
        ),
        Published(
            "no_status",
            _("The organization has not the status that this meeting asks for."),
            _("Your organization has the status that this meeting asks for."),
        ),
        Published(
            "no_place",
            _("There were more applications than places."),
            _("There are places left, given by the published rule."),
        ),
        Published("too_young", _("The age asked for is not reached."), _("You have reached the age asked for.")),
        Published(
            "identity",
            _("The particulars do not agree with the identity document."),
            _("Your particulars agree with your identity document."),
        ),
        Published(
            "security",
            _("Security advised against admission."),
            _("Security knows no reason against your admission."),
        ),
        Published(
            "conduct", _("The rules of the house were not kept."), _("You keep the rules of the house.")
        ),
        Published(
            "danger",
            _("Somebody’s safety was at risk."),
            _("You put nobody’s safety at risk."),
        ),
        Published(
            "no_answer",
            _("No answer came to a request for information."),
            _("You answer when the desk asks for something more."),
        ),
        Published("other", _("For the reason given below."), ""),
    ]
}  # fmt: skip
DANGER = "danger"  # the one ground on which a badge is revoked without notice


def known(code):
    """Whether a decision may name it today."""
    row = Ground.objects.filter(code=code).values_list("is_active", flat=True).first()
    return code in OURS if row is None else row


def told(code, language):
    """The sentence in a language, or "" for a code that nobody has published. A retired ground still speaks."""
    row = Ground.objects.filter(code=code).first()
    if row:
        return row.said("told", language)
    return str(OURS[code].told) if code in OURS else ""


def choices(language):
    """[Published] that a decision may name, the house's own order first, in a language that is active."""
    rows = {row.code: row for row in Ground.objects.all()}
    own = [
        Published(row.code, row.said("told", language), row.said("criterion", language))
        for row in rows.values()
        if row.is_active
    ]
    return [*own, *(ground for code, ground in OURS.items() if code not in rows)]
