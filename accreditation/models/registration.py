"""An application: a person asking to come to a meeting by one of its categories.

``workflow`` alone changes its status.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation import personal, words
from accreditation.models.category import Category
from accreditation.models.organization import Delegation, Organization
from accreditation.querysets import SENT_AT, Flagged, OnWaitlist, Rank, RegistrationQuerySet
from accreditation.states import LIVE, Attending, Clearance, Medium, Part, Route, Standing, Status
from advisory.models import Meeting
from office.encryption import EncryptedJSONField
from office.privacy import declare

UNCHECKED = Q(checked_at__isnull=True) | Q(checked_at__lt=F("saved_at"))


class Registration(models.Model):
    """``answers`` holds what reviewers read, ``identity`` and ``access_needs`` what only their readers do.

    Of a protected person (decision 20) the clear columns hold an alias, and ``person`` the true name and address.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="registrations")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="registrations")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    organization_name = models.CharField(_("organization as typed"), max_length=200, blank=True)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    delegation_position = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="In the order in which the organization would see its people admitted."
    )
    replaces = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="replaced_by",
        help_text="Whose place it took over.",
    )  # fmt: skip
    comes_with = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="companions",
        help_text=_("Whom an assistant, interpreter or chaperone comes with."),
    )  # fmt: skip

    status = models.CharField(max_length=20, choices=words.choices(words.STATUS), default=Status.DRAFT, editable=False)
    medium = models.CharField(max_length=20, choices=words.choices(words.MEDIUM), blank=True)
    standing = models.CharField(max_length=20, choices=words.choices(words.STANDING), blank=True)
    part = models.CharField(max_length=20, choices=words.choices(words.PART), default=Part.REPRESENTATIVE)
    attending = models.CharField(max_length=10, choices=words.choices(words.ATTENDING), default=Attending.IN_PERSON)

    given_names = models.CharField(_("given names"), max_length=200, blank=True)
    family_name = models.CharField(_("family name"), max_length=200, blank=True)
    badge_name = models.CharField(_("name on the badge"), max_length=200, blank=True)
    name_key = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    email = models.EmailField(_("e-mail"), max_length=254)
    email_key = models.CharField(max_length=64, editable=False, help_text="Keyed digest, one scope per meeting.")
    email_proved_at = models.DateTimeField(null=True, editable=False)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(max_length=7, default="en")

    answers = models.JSONField(default=dict, blank=True)
    identity = EncryptedJSONField(default=dict, blank=True)
    identity_key = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    access_needs = EncryptedJSONField(default=dict, blank=True)
    speaking = models.JSONField(default=dict, blank=True)
    declared_at = models.DateTimeField(null=True, editable=False)

    asks_protection = models.BooleanField(default=False)
    is_protected = models.BooleanField(default=False)
    person = EncryptedJSONField(default=dict, blank=True)
    protected_readers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    clearance = models.CharField(max_length=20, choices=words.choices(words.CLEARANCE), default=Clearance.NOT_ASKED)
    clearance_until = models.DateField(null=True, blank=True)

    holds_seat = models.BooleanField(default=False, editable=False)
    holds_place = models.BooleanField(default=False, editable=False, help_text="Under its organization's cap.")
    held_until = models.DateTimeField(
        null=True, editable=False, help_text="The last decision can be undone until then."
    )
    moved_at = models.DateTimeField(
        default=timezone.now, editable=False,
        help_text="When it came to its status: for the order of lists. What happened is told by its decisions.",
    )  # fmt: skip
    waitlist_rank = models.PositiveIntegerField(null=True, blank=True)
    offer_until = models.DateTimeField(null=True, editable=False)
    info_items = models.JSONField(default=list, blank=True, help_text="Steps that a request for information reopens.")
    info_until = models.DateTimeField(null=True, editable=False)
    has_appealed = models.BooleanField(default=False, editable=False)

    due_at = models.DateTimeField(null=True, editable=False, help_text="When an answer is promised.")
    paused_at = models.DateTimeField(null=True, editable=False, help_text="Since when the applicant is waited for.")
    returned_at = models.DateTimeField(null=True, editable=False, help_text="When an answer or an appeal came in.")
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    claimed_until = models.DateTimeField(
        null=True, editable=False, help_text="Empty where the claim stands until it is released."
    )
    hints = models.JSONField(default=list, blank=True, help_text="Codes of what the checks found, worst first.")
    checked_at = models.DateTimeField(null=True, editable=False, help_text="When ``checks`` looked at it last.")
    granted = models.JSONField(
        default=dict, blank=True, help_text="With the approval: {zones: [names], days: [dates], escort: true}."
    )
    notice_until = models.DateTimeField(
        null=True, editable=False, help_text="Told that the badge may be revoked: may answer until then."
    )

    remembers = models.BooleanField(_("remember my profile"), default=False)
    done = models.JSONField(default=list, blank=True, help_text="Steps answered.")
    link_version = models.PositiveSmallIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    reminded_at = models.DateTimeField(null=True, editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[str(status) for status in Status]), name="registration_status_known"
            ),
            models.CheckConstraint(
                condition=Q(medium__in=["", *(str(medium) for medium in Medium)]), name="registration_medium_known"
            ),
            models.CheckConstraint(
                condition=Q(standing__in=["", *(str(standing) for standing in Standing)]),
                name="registration_standing_known",
            ),
            models.CheckConstraint(condition=Q(part__in=[str(part) for part in Part]), name="registration_part_known"),
            models.UniqueConstraint(
                fields=["meeting", "email_key"],
                condition=Q(status__in=sorted(str(status) for status in LIVE), delegation__isnull=True),
                name="one_live_registration_per_address",
            ),
            models.UniqueConstraint(
                fields=["category", "email_key"],
                condition=Q(status=Status.DRAFT, delegation__isnull=True),
                name="one_draft_per_address",
            ),
            models.UniqueConstraint(
                fields=["delegation", "name_key", "email_key"],
                condition=Q(status__in=sorted(str(status) for status in LIVE), delegation__isnull=False),
                name="one_live_registration_per_delegate",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.OFFERED, offer_until__isnull=False)
                | (~Q(status=Status.OFFERED) & Q(offer_until__isnull=True)),
                name="registration_offer_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(is_protected=False)
                | Q(given_names="", phone="", organization_name="", asks_protection=True),
                name="protected_person_is_sealed",
            ),
        ]
        indexes = [
            models.Index(fields=["meeting", "status", "created_at"], name="registration_queue"),
            models.Index("category", Rank(), SENT_AT, "id", condition=Q(OnWaitlist()), name="registration_waitlist_of"),
            models.Index("meeting", Rank(), SENT_AT, "id", condition=Q(OnWaitlist()), name="registration_waitlist_all"),
            models.Index(fields=["meeting", "status", "due_at"], name="registration_by_due"),
            models.Index(fields=["meeting", "status", "moved_at"], name="registration_by_moved"),
            models.Index(fields=["category", "status", "due_at"], name="registration_by_category"),
            models.Index(
                fields=["meeting", "status", "due_at"],
                condition=Q(returned_at__isnull=False),
                name="registration_answered",
            ),
            models.Index(
                fields=["meeting", "status", "due_at"],
                condition=Q(delegation__isnull=False),
                name="registration_delegated",
            ),
            models.Index(fields=["meeting", "status", "due_at"], condition=Q(Flagged()), name="registration_flagged"),
            models.Index(
                fields=["meeting", "organization_name"],
                condition=Q(organization__isnull=True),
                name="registration_by_typed_name",
            ),
            models.Index(
                fields=["claimed_by", "status"], condition=Q(claimed_by__isnull=False), name="registration_claimed"
            ),
            models.Index(fields=["email"], name="registration_by_email"),
            models.Index(
                fields=["held_until"], condition=Q(held_until__isnull=False), name="registration_held_decision"
            ),
            models.Index(fields=["email_key"], name="registration_by_email_key"),
            models.Index(fields=["saved_at"], condition=UNCHECKED, name="registration_unchecked"),
        ]

    def __str__(self):
        return self.reference

    @property
    def route(self):
        return Route(self.category.route)

    @property
    def is_live(self):
        return self.status in LIVE

    @property
    def is_hidden(self):
        """Asked to be protected, or is: lists show the alias, exports and focal points nothing."""
        return self.asks_protection or self.is_protected

    @property
    def own_key(self):
        """Of the address, where it is the person's own; "" of a delegation, whose people may share one."""
        return "" if self.delegation_id else self.email_key

    def primed(self):
        """Its category knows what ``with_policy`` asked in the same statement."""
        category, asked_of = self.category, self.papers_asked_of
        category.meeting = self.meeting
        category.papers_asked_of = frozenset() if asked_of is None else frozenset(asked_of.split(","))
        category.has_questions = self.has_questions
        return self

    @property
    def alias(self):
        """Participant 4F7K2, from the reference without its check character."""
        return gettext("Participant %(code)s") % {"code": self.reference.rpartition("-")[2][:5]}

    @property
    def listed_as(self):
        """The name on every list, in every page's title, in every message to officers."""
        return self.alias if self.is_hidden else f"{self.given_names} {self.family_name}".strip()

    @property
    def counts_in_cap(self):
        return self.organization_id is not None and self.part not in self.category.outside_cap

    @property
    def asked_of(self):
        """The medium or kind of organization by which papers are asked."""
        return self.medium or self.standing

    privacy = declare(
        plain="id reference meeting category delegation delegation_position replaces email_key holds_seat holds_place "
        "held_until moved_at waitlist_rank offer_until info_until has_appealed done link_version created_at saved_at "
        "reminded_at declared_at email_proved_at remembers due_at paused_at returned_at claimed_until granted "
        "notice_until checked_at",
        claimed_by=personal.DECIDED,
        hints=personal.APPLICANT,
        comes_with=personal.APPLICANT,
        organization=personal.APPLICANT,
        organization_name=personal.APPLICANT,
        status=personal.APPLICANT,
        medium=personal.APPLICANT,
        standing=personal.APPLICANT,
        part=personal.APPLICANT,
        attending=personal.APPLICANT,
        given_names=personal.APPLICANT,
        family_name=personal.APPLICANT,
        badge_name=personal.APPLICANT,
        name_key=personal.APPLICANT,
        email=personal.REACHED_AT,
        phone=personal.REACHED_AT,
        language=personal.REACHED_AT,
        answers=personal.APPLICANT,
        info_items=personal.APPLICANT,
        identity=personal.IDENTITY,
        identity_key=personal.IDENTITY,
        access_needs=personal.ACCESS_NEEDS,
        speaking=personal.SPEAKING,
        asks_protection=personal.PROTECTION,
        is_protected=personal.PROTECTION,
        person=personal.PROTECTION,
        clearance=personal.IDENTITY,
        clearance_until=personal.IDENTITY,
    )


class Profile(models.Model):
    """What somebody asked us to remember for the next meeting; found by a keyed digest of the address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email_key = models.CharField(max_length=64, unique=True)
    content = EncryptedJSONField(default=dict)
    used_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.id)

    privacy = declare(plain="id used_at", email_key=personal.PROFILE, content=personal.PROFILE)
