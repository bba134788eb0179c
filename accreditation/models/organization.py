"""The registry of organizations, who speaks for them, their delegations and the places they hold."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation import personal
from accreditation.models.category import Category, Counter
from accreditation.querysets import FocalPointQuerySet
from advisory.models import Meeting
from advisory.search import search_tokens
from office.lines import LinesField
from office.privacy import declare


def search_words(name, aliases, number):
    """Tokens of all names, each with a space on either side, so that a whole word and a beginning can be looked for."""
    return f" {search_tokens(' '.join([name, *aliases, number]))} "


class Organization(models.Model):
    """Known by its row: a name that somebody typed never decides which organization it is."""

    class Kind(models.TextChoices):
        CIVIL_SOCIETY = "civil_society", _("Civil society")
        MEDIA = "media", _("Media")
        MISSION = "mission", _("Permanent mission")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        GENERAL = "general", _("General consultative status")
        SPECIAL = "special", _("Special consultative status")
        ROSTER = "roster", _("On the roster")
        ACCREDITED = "accredited", _("Accredited to a meeting")
        NONE = "none", _("No status")

    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.CIVIL_SOCIETY)
    status = models.CharField(_("status"), max_length=20, choices=Status.choices, default=Status.NONE)
    accredited_to = models.ManyToManyField(
        Meeting, blank=True, related_name="accredited_organizations", verbose_name=_("accredited to")
    )
    aliases = LinesField(_("other names"), help_text=_("Acronyms and names in other languages, one a line."))
    domains = LinesField(_("e-mail domains"), help_text=_("One a line: example.org."))
    country = models.CharField(
        _("country"), max_length=3, blank=True, help_text=_("Of its seat: a code of office.names.")
    )
    website = models.URLField(_("website"), blank=True)
    number = models.CharField(_("number in the registry"), max_length=40, blank=True)
    search = models.TextField(editable=False, blank=True)
    is_active = models.BooleanField(_("may send people"), default=True)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["civil_society", "media", "mission", "other"]), name="organization_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["general", "special", "roster", "accredited", "none"]),
                name="organization_status_known",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="organization_number_once"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, update_fields=None, **kwargs):
        """``search`` follows the names."""
        self.search = search_words(self.name, self.aliases, self.number)
        if update_fields is not None and {"name", "aliases", "number"} & set(update_fields):
            update_fields = {*update_fields, "search"}
        super().save(*args, update_fields=update_fields, **kwargs)

    privacy = declare(plain="name kind status aliases domains country website number search is_active")


class FocalPoint(models.Model):
    """Somebody who speaks for an organization: endorses, invites, replaces."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="focal_points")
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("language"), max_length=7, default="en")
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        ordering = ["organization", "name"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "email"], name="focal_point_once"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_in_force(self):
        return self.ends_on is None or self.ends_on >= timezone.localdate()

    privacy = declare(plain="id organization language ends_on", name=personal.FOCAL_POINT, email=personal.FOCAL_POINT)


class Delegation(models.Model):
    """Those whom one organization sends by one category, and the focal point or editor who leads them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="delegations")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="delegations")
    lead_name = models.CharField(_("lead"), max_length=200)
    lead_email = models.EmailField(_("e-mail"))
    language = models.CharField(max_length=7, default="en")
    link_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        constraints = [
            models.UniqueConstraint(fields=["category", "organization"], name="delegation_once"),
        ]

    def __str__(self):
        return f"{self.organization}, {self.category}"

    @property
    def meeting(self):
        return self.category.meeting

    privacy = declare(
        plain="id category organization language link_version created_at",
        lead_name=personal.FOCAL_POINT,
        lead_email=personal.FOCAL_POINT,
    )


class OrganizationPlaces(Counter):
    """How many of an organization's places in a category are held. ``places`` alone changes it."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="organization_places")
    organization = models.ForeignKey(Organization, on_delete=models.PROTECT, related_name="places")
    cap = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("Of this organization alone; empty: the category's.")
    )
    taken = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "organization"], name="organization_places_once"),
            models.CheckConstraint(
                condition=Q(cap__isnull=True) | Q(taken__lte=F("cap")), name="organization_never_over_its_cap"
            ),
        ]

    def __str__(self):
        return f"{self.organization}: {self.taken}"

    privacy = declare(plain="category organization cap taken")
