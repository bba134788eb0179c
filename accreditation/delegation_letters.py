"""What is written to those who speak for an organization, and to those whom it no longer sends.

As in ``emails``: the meeting, the reference and a link; never a name, a paper or an answer.
"""

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation import announced, delegation_access, emails
from accreditation.models import Delegation, FocalPoint
from accreditation.writing import DELEGATION, Letter, written
from advisory import email_texts
from advisory import emails as announcements
from advisory.models import EmailText
from office import outbox

OPENS_DELEGATION = _(
    "This e-mail is about the people whom an organization sends to a meeting. The link in it opens their list: do not "
    "pass it on."
)
OPENS_NOTHING = _("This e-mail is about the people whom an organization sends to a meeting.")
LETTERS = {
    "delegation": Letter(
        _("Your delegation to %(meeting)s: %(organization)s"),
        (
            _("You speak for %(organization)s. Open the link to invite people to “%(meeting)s”, to see how far they "
              "have come, and to replace or withdraw somebody."),
            _("Whom you invite completes the application alone: you never see a passport, a birth date or a need."),
        ),
        _("Open the delegation"),
    ),
    "no_delegation": Letter(
        _("No delegation for this address: %(meeting)s"),
        (
            _("Somebody, we hope you, asked for the page of a delegation to “%(meeting)s” with this address. No "
              "organization has named it as the address of a focal point."),
            _("If you speak for an organization, ask the accreditation desk to enter you. To come yourself, apply with "
              "the link."),
        ),
        _("Apply for yourself"),
    ),
    "endorse": Letter(
        _("Do you send them? Application %(reference)s, %(meeting)s"),
        (
            _("Somebody applied to attend “%(meeting)s” and says that %(organization)s sends them."),
            _("Open the link to see who it is, and answer that you send this person or that you do not. The "
              "accreditation desk decides after you."),
        ),
        _("See who waits for you"),
    ),
    "uninvited": Letter(
        _("You need not complete your application: %(meeting)s"),
        (_("%(organization)s asked you to apply to attend “%(meeting)s” and has taken that back. What you had written "
           "is deleted."),),
        _("See the meeting"),
    ),
}  # fmt: skip


PREFIX = "registration_"


def own_words():
    """{(kind, language): (subject, text)} of the office's own words for these letters. One statement, however many."""
    rows = EmailText.objects.filter(kind__in=[f"{PREFIX}{kind}" for kind in LETTERS])
    return {(row.kind.removeprefix(PREFIX), row.language): (row.subject, row.text) for row in rows}


def send_links(category, email, *, language):
    """Write to the address the links of all its delegations in the category, or that there is none.

    Six statements whatever is found: whoever typed the address learns nothing.
    """
    focal_points = list(
        FocalPoint.objects.in_force()
        .filter(email__iexact=email)
        .select_related("organization")
        .annotate(version=_version(category, OuterRef("organization")))
        .annotate(delegation=Subquery(_of(category, OuterRef("organization")).values("pk")[:1]))
    )
    known = {row.organization_id for row in focal_points}
    led = Delegation.objects.filter(category=category, lead_email__iexact=email, organization__is_active=True)
    led = [row for row in led.select_related("organization") if row.organization_id not in known]
    edition, own = announced.edition_of(category.meeting), own_words()
    letters = [
        _written("delegation", edition, category, row.organization, to=row.email, language=row.language, own=own,
                 about=row.delegation, token=delegation_access.focal_point_token(row, category.pk, version=row.version))
        for row in focal_points
    ] + [
        _written("delegation", edition, category, row.organization, to=row.lead_email, language=row.language, own=own,
                 about=row.pk, token=delegation_access.lead_token(row))
        for row in led
    ]  # fmt: skip
    unknown = _written("no_delegation", edition, category, "", to=email, language=language, own=own)
    outbox.queue_many(letters or [unknown], bulk=False)


def send_link(delegation):
    """Write to its lead."""
    category, token = delegation.category, delegation_access.lead_token(delegation)
    letter = _written(
        "delegation", announced.edition_of(category.meeting), category, delegation.organization,
        to=delegation.lead_email, language=delegation.language, token=token, own=own_words(), about=delegation.pk,
    )  # fmt: skip
    outbox.queue(**letter)


def ask_to_endorse(registration, decision):
    """Ask each focal point in force; called by ``workflow`` in the transaction of the submission. Five statements."""
    category, organization = registration.category, registration.organization
    category.meeting = registration.meeting  # both rows are at hand
    edition, own = announced.edition_of(category.meeting), own_words()
    focal_points = FocalPoint.objects.in_force().filter(organization=organization)
    outbox.queue_many(
        (
            _written(
                "endorse", edition, category, organization, to=row.email, language=row.language,
                reference=registration.reference, own=own, about=registration.pk,
                token=delegation_access.focal_point_token(row, category.pk, version=row.version),
                key=f"{emails.key_of(decision)}:{row.pk}",
            )
            for row in focal_points.annotate(version=_version(category, organization.pk))
        ),
        bulk=False,
    )  # fmt: skip


def tell_uninvited(registration):
    category, to = registration.category, emails.address_of(registration)
    letter = _written(
        "uninvited", announced.edition_of(category.meeting), category, registration.organization,
        to=to, language=registration.language, own=own_words(),
    )  # fmt: skip
    outbox.queue(**letter)


def _version(category, organization):
    """The version of the delegation's links; 1 for one that nobody has opened yet."""
    return Coalesce(Subquery(_of(category, organization).values("link_version")[:1]), 1)


def _of(category, organization):
    return Delegation.objects.filter(category=category, organization=organization)


def shown(registration, kind, *, language, own):
    """The letter as the focal point of somebody's organization would get it: no link opens anything, and of an
    organization whose person is hidden the name is not said."""
    edition = announced.edition_of(registration.meeting)
    values = {
        "meeting": announcements.title_of(edition, language) if edition else registration.meeting.code,
        "organization": "…" if registration.is_hidden else str(registration.organization or "…"),
        "reference": registration.reference,
    }
    told = written(
        LETTERS[kind], kind=kind, to="", language=language, values=values, meeting=registration.meeting, own=own,
        url=f"{settings.SITE_URL}/…/", foot=OPENS_DELEGATION if kind in {"delegation", "endorse"} else OPENS_NOTHING,
    )  # fmt: skip
    return email_texts.Letter(told["subject"], told["text"], told["html"])


def _written(
    kind, edition, category, organization, *, to, language, token="", reference="", key="", own=None, about=None
):
    meeting = category.meeting
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    title = announcements.title_of(edition, language) if edition else meeting.code
    values = {"meeting": title, "organization": str(organization), "reference": reference}
    return written(
        LETTERS[kind], kind=kind, to=to, language=language, values=values, meeting=meeting, key=key, about=about,
        own=(own or {}).get((kind, language)),
        url=_url(language, meeting, category, token=token, kind=kind),
        foot=OPENS_DELEGATION if token else OPENS_NOTHING,
    )  # fmt: skip


def _url(language, meeting, category, *, token, kind):
    with translation.override(language):
        if token:
            address = reverse(f"accreditation:{DELEGATION}", kwargs={"token": token})
        elif kind == "uninvited":
            address = reverse("advisory:meeting", args=[meeting.url_year, meeting.slug])
        else:
            address = reverse("accreditation:start", args=[meeting.url_year, meeting.slug, category.slug])
    return settings.SITE_URL + address
