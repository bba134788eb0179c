"""A category of a meeting: who may come by it, what it asks of them, how many, until when. Each number is a setting."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accreditation import words
from accreditation.states import (
    HOLDS_SEAT,
    HOLDS_SEAT_FIRST_COME,
    Allocation,
    EvidenceKind,
    IdentityRule,
    Medium,
    Part,
    Route,
    Standing,
)
from advisory.models import Meeting
from advisory.models.languages import digest
from office.lines import LinesField
from office.privacy import declare


def known(values):
    """Validates one line of a LinesField against an enumeration."""

    def check(line):
        if line not in set(values):
            raise ValidationError(_("“%(line)s” is none of: %(known)s.") % {"line": line, "known": ", ".join(values)})
        return line

    return check


def every_medium():
    return [str(medium) for medium in Medium]


def every_standing():
    return [str(standing) for standing in Standing]


class InSixLanguages(models.Model):
    """``translations`` holds {language: {field: text}}, ``made_from`` in the same shape the digest of the original that
    each was made from. What is not translated, or from other words than stand there now, is said in the original."""

    translations = models.JSONField(default=dict, blank=True)
    made_from = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        abstract = True

    def said(self, field, language):
        """The text of a field in a language, as it stands in the original where nobody has translated it."""
        text = self.translations.get(language, {}).get(field)
        return text if text and not self.is_outdated(field, language) else getattr(self, field)

    def is_outdated(self, field, language):
        """Whether it is translated from words that are no longer the original's."""
        made_from = self.made_from.get(language, {}).get(field)
        return made_from is not None and made_from != self.digest_of(field)

    def digest_of(self, field):
        value = getattr(self, field)
        return digest("\n".join(value) if isinstance(value, list) else value)

    privacy = declare(plain="translations made_from")


class Counter(models.Model):
    """``taken`` is changed by ``places`` alone: saving the other columns must not bring back a number read before."""

    class Meta:
        abstract = True

    def save(self, *args, update_fields=None, **kwargs):
        if update_fields is None and not self._state.adding:
            update_fields = {field.name for field in self._meta.concrete_fields} - {"taken", self._meta.pk.name}
        super().save(*args, update_fields=update_fields, **kwargs)


class Category(Counter, InSixLanguages):
    """``taken`` counts the seats held and is changed by ``places`` alone."""

    cloned_with_meeting = True
    not_cloned = {"taken"}

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="categories")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    route = models.CharField(_("route"), max_length=20, choices=words.choices(words.ROUTE), default=Route.PRESS)
    slug = models.SlugField(
        _("slug"), max_length=40, help_text=_("In the address of its form: press, civil-society, delegation-media.")
    )
    name = models.CharField(_("name"), max_length=100)
    intro = models.TextField(_("who it is for"), blank=True, help_text=_("First words of its start page."))
    need_not_apply = models.TextField(
        _("who need not apply"), blank=True, help_text=_("Such as holders of a valid annual accreditation.")
    )
    prepare = LinesField(_("what to have at hand"), help_text=_("One a line, beside the papers asked for below."))
    pick_up = models.TextField(_("badge pick-up"), blank=True, help_text=_("Place, days, hours; what to bring."))
    declaration = models.TextField(
        _("declaration"), blank=True, help_text=_("What applicants confirm as they send; with its date or version.")
    )

    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes it takes"), default=12)
    answer_days = models.PositiveSmallIntegerField(_("answered within working days"), default=3)

    allocation = models.CharField(
        _("seats are given"), max_length=20, choices=words.choices(words.ALLOCATION), default=Allocation.BY_DECISION
    )
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty means no limit. Never published.")
    )
    taken = models.PositiveIntegerField(_("seats taken"), default=0, editable=False)
    keeps_waitlist = models.BooleanField(_("keeps a waiting list"), default=True)
    offer_hours = models.PositiveSmallIntegerField(_("hours to answer an offer"), default=48)
    cap_per_organization = models.PositiveSmallIntegerField(
        _("most per organization"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    outside_cap = LinesField(
        _("outside the cap"),
        each=known([str(part) for part in Part]),
        help_text=_("Parts that do not count, one a line: assistant, interpreter, chaperone."),
    )

    media = LinesField(
        _("media"), each=known(every_medium()), default=every_medium, help_text=_("Of the press route, one a line.")
    )
    standings = LinesField(
        _("kinds of organization"),
        each=known(every_standing()),
        default=every_standing,
        help_text=_("Of the civil-society route, one a line."),
    )
    needs_endorsement = models.BooleanField(_("the organization's focal point must endorse"), default=False)
    standing_confirms = models.BooleanField(
        _("holders of a standing accreditation only confirm that they come"), default=False
    )
    minimum_age = models.PositiveSmallIntegerField(_("minimum age"), null=True, blank=True)
    chaperone_below = models.PositiveSmallIntegerField(
        _("chaperone below the age of"), null=True, blank=True, help_text=_("Years on the first day of the meeting.")
    )
    identity = models.CharField(
        _("identity document"),
        max_length=20,
        choices=words.choices(words.IDENTITY_RULE),
        default=IdentityRule.NOTHING,
    )
    asks_nationality = models.BooleanField(_("asks the nationality"), default=False)
    asks_equipment = models.BooleanField(_("asks for a list of equipment"), default=False)
    asks_vehicles = models.BooleanField(_("asks for vehicles"), default=False)
    asks_access_needs = models.BooleanField(_("asks for access needs"), default=True)
    asks_portrait = models.BooleanField(_("asks for a portrait"), default=False)
    allows_remote = models.BooleanField(_("may attend remotely"), default=False)
    offers_speaking = models.BooleanField(_("takes requests to speak"), default=False)
    speaking_minutes = models.PositiveSmallIntegerField(_("minutes of a statement"), default=3)

    info_days = models.PositiveSmallIntegerField(_("days to answer a request for information"), default=5)
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=7)
    replace_until = models.DateTimeField(_("persons may be replaced until"), null=True, blank=True)
    hold_seconds = models.PositiveSmallIntegerField(
        _("seconds in which a decision can be undone"), default=30, validators=[MaxValueValidator(600)]
    )
    draft_days = models.PositiveSmallIntegerField(
        _("days a draft lives"), default=14, validators=[MinValueValidator(3)], help_text=_("After the last save.")
    )
    retention_days = models.PositiveSmallIntegerField(_("days kept after the meeting"), default=30)
    most_bytes = models.PositiveIntegerField(_("bytes of files per application"), default=30_000_000)

    badge_letter = models.CharField(
        _("letter on the badge"), max_length=2, default="P", validators=[RegexValidator(r"^[A-Z]{1,2}$")]
    )
    badge_colour = models.CharField(
        _("colour of the badge"), max_length=7, default="#1d4e89", validators=[RegexValidator(r"^#[0-9a-f]{6}$")]
    )
    zones = LinesField(_("zones it opens"), help_text=_("Names of the meeting's zones, one a line."))

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "slug"],
                name="category_slug_once",
                violation_error_message=_("Another category of this meeting has this slug."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(taken__lte=F("capacity")),
                name="category_never_oversold",
                violation_error_message=_("More seats are taken already. Withdraw some, or leave the number."),
            ),
            models.CheckConstraint(condition=Q(route__in=[str(route) for route in Route]), name="category_route_known"),
            models.CheckConstraint(
                condition=Q(allocation__in=[str(way) for way in Allocation]), name="category_allocation_known"
            ),
            models.CheckConstraint(
                condition=Q(identity__in=[str(rule) for rule in IdentityRule]), name="category_identity_known"
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gt=F("opens_at")),
                name="category_closes_after_opening",
                violation_error_message=_("It must close after it opens."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_first_come(self):
        return self.allocation == Allocation.FIRST_COME

    @property
    def asks_birth_date(self):
        return self.minimum_age is not None or self.chaperone_below is not None or self.identity != IdentityRule.NOTHING

    @cached_property
    def papers_asked_of(self):
        """Of whom papers are asked: media, kinds of organization, "" for everybody."""
        return frozenset(self.evidence_rules.values_list("asked_of", flat=True))

    @cached_property
    def has_questions(self):
        return self.questions.exists()

    def is_open(self, at=None):
        at = at or timezone.now()
        return (self.opens_at is None or self.opens_at <= at) and (self.closes_at is None or at < self.closes_at)

    def holds_seat(self, status):
        return status in (HOLDS_SEAT_FIRST_COME if self.is_first_come else HOLDS_SEAT)

    privacy = declare(
        plain="meeting position route slug name intro need_not_apply prepare pick_up declaration opens_at closes_at "
        "minutes answer_days allocation capacity taken keeps_waitlist offer_hours cap_per_organization outside_cap "
        "media standings needs_endorsement standing_confirms minimum_age chaperone_below identity asks_nationality "
        "asks_equipment asks_vehicles asks_access_needs asks_portrait allows_remote offers_speaking speaking_minutes "
        "info_days appeal_days replace_until hold_seconds draft_days retention_days most_bytes badge_letter "
        "badge_colour zones"
    )


class EvidenceRule(InSixLanguages):
    """One paper a category asks for, of everybody or of one medium or kind of organization."""

    cloned_with_meeting = True

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="evidence_rules")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    asked_of = models.CharField(
        _("asked of"), max_length=20, blank=True, help_text=_("A medium or kind of organization; empty: everybody.")
    )
    kind = models.CharField(
        _("paper"),
        max_length=30,
        choices=words.choices(words.EVIDENCE_KIND),
        default=EvidenceKind.LETTER_OF_ASSIGNMENT,
    )
    least = models.PositiveSmallIntegerField(_("at least"), default=1, help_text=_("0 means welcome, not needed."))
    most = models.PositiveSmallIntegerField(_("at most"), default=1, validators=[MinValueValidator(1)])
    most_pages = models.PositiveSmallIntegerField(_("pages at most"), default=10)
    hint = models.CharField(_("hint"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("paper asked for")
        verbose_name_plural = _("papers asked for")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in EvidenceKind]), name="evidence_rule_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(most__gte=F("least")),
                name="evidence_rule_most_from_least",
                violation_error_message=_("“At most” must not be below “at least”."),
            ),
            models.UniqueConstraint(
                fields=["category", "asked_of", "kind"],
                name="evidence_rule_once",
                violation_error_message=_("This paper is asked for already."),
            ),
        ]

    def __str__(self):
        return str(words.EVIDENCE_KIND[EvidenceKind(self.kind)])

    @property
    def meeting(self):
        return self.category.meeting

    def clean(self):
        if self.asked_of and self.asked_of not in {*every_medium(), *every_standing()}:
            known([*every_medium(), *every_standing()])(self.asked_of)

    privacy = declare(plain="category position asked_of kind least most most_pages hint")


class Question(InSixLanguages):
    """A question of the category's own, asked after ours."""

    cloned_with_meeting = True

    class Kind(models.TextChoices):
        LINE = "line", _("One line")
        TEXT = "text", _("A paragraph")
        CHOICE = "choice", _("One of several")
        CHOICES = "choices", _("Several of several")
        YES_NO = "yes_no", _("Yes or no")
        NUMBER = "number", _("A number")
        DAY = "day", _("A day")

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.SlugField(_("key"), max_length=40, help_text=_("Its name in exports; it may not change."))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LINE)
    label = models.CharField(_("question"), max_length=200)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    options = LinesField(_("answers to choose from"), help_text=_("One a line, in the same order in each language."))
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_sensitive = models.BooleanField(_("kept sealed"), default=False, help_text=_("As identity documents are."))

    class Meta:
        verbose_name = _("question of its own")
        verbose_name_plural = _("questions of its own")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "key"],
                name="question_key_once",
                violation_error_message=_("Another question has this key."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["line", "text", "choice", "choices", "yes_no", "number", "day"]),
                name="question_kind_known",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def meeting(self):
        return self.category.meeting

    def clean(self):
        if self.kind in {self.Kind.CHOICE, self.Kind.CHOICES} and len(self.options) < 2:
            raise ValidationError({"options": _("Write at least two answers, one a line.")})

    privacy = declare(plain="category position key kind label hint options is_required is_sensitive")


class Zone(models.Model):
    """A part of the house that some badges open; ``number`` is its bit in the badge's code."""

    cloned_with_meeting = True

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="zones")
    number = models.PositiveSmallIntegerField(_("number"), validators=[MaxValueValidator(15)])
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("zone")
        verbose_name_plural = _("zones")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="zone_number_once"),
            models.UniqueConstraint(fields=["meeting", "name"], name="zone_name_once"),
            models.CheckConstraint(condition=Q(number__lte=15), name="zone_number_fits_the_code"),
        ]

    def __str__(self):
        return self.name

    privacy = declare(plain="meeting number name")
