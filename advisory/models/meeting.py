"""The meeting being announced and its times and places, as an officer edits them. The public never reads these rows."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from advisory import personal
from advisory.models import validators
from advisory.words import (
    AdvisoryForm,
    Attendance,
    MeetingKind,
    MeetingStatus,
    NoticeCategory,
    Precision,
    PressAccess,
    StakeoutKind,
)
from office.lines import LinesField
from office.privacy import declare

ORIGINAL_LANGUAGES = [(code, name) for code, name in validators.LANGUAGE_CODES.items() if code != "floor"]


class Named(models.Model):
    """A name in the six languages; an empty one is shown in English."""

    name = models.CharField("name in English", max_length=200, unique=True)
    name_ar = models.CharField("in Arabic", max_length=200, blank=True)
    name_zh = models.CharField("in Chinese", max_length=200, blank=True)
    name_fr = models.CharField("in French", max_length=200, blank=True)
    name_ru = models.CharField("in Russian", max_length=200, blank=True)
    name_es = models.CharField("in Spanish", max_length=200, blank=True)
    slug = models.SlugField(max_length=60, unique=True, help_text="In addresses: general-assembly.")

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def names(self):
        """{language: name} of the names that are written."""
        named = {language: getattr(self, f"name_{language}") for language in ["ar", "zh", "fr", "ru", "es"]}
        return {"en": self.name} | {language: name for language, name in named.items() if name}

    def name_in(self, language):
        return self.names.get(language, self.name)

    privacy = declare(plain="name name_ar name_zh name_fr name_ru name_es slug")


class Body(Named):
    """An organ that convenes meetings: an assembly, a council, a committee, a secretariat."""

    class Meta(Named.Meta):
        verbose_name_plural = "bodies"


class Topic(Named):
    """What meetings are about, in the few words by which readers follow: human rights, disarmament."""


class Meeting(models.Model):
    """A meeting as the press office prepares it, in its original language. ``publishing`` alone changes status."""

    form = models.CharField(
        "kind of advisory", max_length=30, choices=AdvisoryForm.choices, default=AdvisoryForm.MEDIA_ADVISORY
    )
    kind = models.CharField("kind of meeting", max_length=30, choices=MeetingKind.choices, default=MeetingKind.OTHER)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, help_text="The organ that convenes the meeting."
    )
    topics = models.ManyToManyField(Topic, blank=True, help_text="By which readers find and follow the meeting.")
    title = models.CharField(max_length=300, help_text="What the meeting is called, without “Media advisory”.")
    theme = models.CharField(max_length=300, blank=True, help_text="Motto or title of the report, without quotes.")
    summary = models.TextField(
        "what", blank=True, help_text="One or two sentences that say what will happen: the lead of the advisory."
    )
    slug = models.SlugField(max_length=80, help_text="In the address. It may not change once the page is public.")
    code = models.CharField(
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]{2,7}$", "Use 3 to 8 capital letters and digits, like R2P16.")],
        help_text="Said aloud in references: 3 to 8 letters and digits, like R2P16.",
    )
    original_language = models.CharField(max_length=7, choices=ORIGINAL_LANGUAGES, default="en")
    status = models.CharField(max_length=20, choices=MeetingStatus.choices, default=MeetingStatus.DRAFT, editable=False)

    attendance = models.CharField(max_length=20, choices=Attendance.choices, default=Attendance.IN_PERSON)
    room = models.CharField(max_length=200, blank=True)
    building = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True, help_text="Street and number.")
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=100, blank=True, help_text="As the organization names it.")
    time_zone = models.CharField(
        max_length=50,
        blank=True,
        validators=[validators.time_zone],
        help_text="Zone of all times below, by its IANA name: America/New_York.",
    )
    map_url = models.URLField("map", blank=True, max_length=500, help_text="Address of a map or floor plan.")
    entrance = models.CharField(max_length=300, blank=True, help_text="Where the press comes in, and from when.")
    step_free = models.CharField(
        "step-free way in", max_length=300, blank=True, help_text="How to come in without stairs; hearing loop, sign."
    )
    overflow_room = models.CharField(max_length=200, blank=True)
    capacity = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1)], help_text="Seats for the press. Never published."
    )
    interpretation = LinesField(
        "interpretation into", each=validators.language_code, help_text="Languages, one a line: fr or French."
    )

    background = models.TextField(blank=True, help_text="Markdown: paragraphs, **bold**, lists, [links](https://…).")
    arrangements = models.TextField(
        "media arrangements",
        blank=True,
        help_text="Markdown: camera positions, vehicles, equipment, interviews, host broadcaster and rights.",
    )
    outcome = models.TextField(
        "what came of it", blank=True, help_text="Markdown, after the meeting: what was decided, said and agreed."
    )
    boilerplate = models.CharField(
        "closing line", max_length=300, blank=True, help_text="Such as: For information media. Not an official record."
    )
    hashtags = LinesField(each=validators.hashtag, help_text="One a line.")
    accounts = LinesField(each=validators.account, help_text="One a line: @account.")
    embargo_until = models.DateTimeField(
        null=True, blank=True, help_text="Before this instant nothing of this advisory is public."
    )
    embargo_zone = models.CharField(
        max_length=50, blank=True, editable=False, help_text="Zone in which the embargo was set, for showing it."
    )

    is_demonstration = models.BooleanField(default=False, editable=False)
    imported_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    import_doubts = models.JSONField(default=list, editable=False)
    url_year = models.PositiveSmallIntegerField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-changed_at"]
        permissions = [("publish_meeting", "Can publish an advisory")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values), name="meeting_status_known"),
            models.UniqueConstraint(
                fields=["url_year", "slug"],
                name="meeting_address_once",
                violation_error_message="Another meeting of that year has this address. Change the slug.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        """The public address; only a published meeting has one."""
        return reverse("advisory:meeting", kwargs={"year": self.url_year, "slug": self.slug})

    @property
    def is_published(self):
        return self.url_year is not None

    @property
    def meeting(self):
        """Itself, so that grants are asked of every row in the same way."""
        return self

    privacy = declare(
        plain="form kind body title theme slug code original_language status attendance room building address "
        "city country time_zone map_url entrance step_free overflow_room capacity interpretation boilerplate hashtags "
        "accounts embargo_until embargo_zone is_demonstration imported_digest url_year created_at changed_at",
        summary=personal.ANNOUNCED,
        outcome=personal.ANNOUNCED,
        background=personal.ANNOUNCED,
        arrangements=personal.ANNOUNCED,
        import_doubts=personal.DRAFTED,
    )


def instant(date, time, zone):
    """The aware datetime of a local date and time, or None when a part is missing."""
    return datetime.combine(date, time, ZoneInfo(zone)) if date and time and zone else None


class MeetingPart(models.Model):
    """What hangs on a meeting, in the order the officer gave."""

    cloned_with_meeting = True

    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    privacy = declare(plain="position")


class Sitting(MeetingPart):
    """One sitting: local date, local time or none, how sure the time is, and who of the press may come in."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sittings")
    title = models.CharField(max_length=200, blank=True, help_text="Such as “Morning”. Leave empty for a single one.")
    date = models.DateField(null=True, blank=True, help_text="Leave empty when it is to be announced.")
    start_time = models.TimeField("from", null=True, blank=True)
    end_date = models.DateField("last day", null=True, blank=True, help_text="Only when it ends on a later day.")
    end_time = models.TimeField("to", null=True, blank=True)
    precision = models.CharField("time is", max_length=20, choices=Precision.choices, default=Precision.EXACT)
    time_zone = models.CharField(
        max_length=50, blank=True, validators=[validators.time_zone], help_text="Only if not the meeting's."
    )
    press = models.CharField(max_length=10, choices=PressAccess.choices, default=PressAccess.OPEN)
    room = models.CharField(max_length=200, blank=True, help_text="Only if not the meeting's.")

    class Meta:
        ordering = ["position", "date", "start_time", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="sitting_precision_known"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("date")),
                name="sitting_ends_after_start",
                violation_error_message="The last day must not be before the first.",
            ),
        ]

    def __str__(self):
        return self.title or (f"{self.date:%-d %B %Y}" if self.date else "Sitting")

    @property
    def zone(self):
        return self.time_zone or self.meeting.time_zone

    @property
    def starts_at(self):
        return instant(self.date, self.start_time, self.zone)

    @property
    def ends_at(self):
        """The end's instant; a sitting from 22:00 to 01:00 without a last day ends on the next."""
        end = instant(self.end_date or self.date, self.end_time, self.zone)
        if end and not self.end_date and self.start_time and self.end_time < self.start_time:
            end += timedelta(days=1)
        return end

    privacy = declare(plain="meeting title date start_time end_date end_time precision time_zone press room")


class ProgrammeItem(MeetingPart):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="programme")
    date = models.DateField(null=True, blank=True)
    start_time = models.TimeField("from", null=True, blank=True)
    end_time = models.TimeField("to", null=True, blank=True)
    precision = models.CharField("time is", max_length=20, choices=Precision.choices, default=Precision.EXACT)
    title = models.CharField(max_length=300)
    detail = models.CharField(max_length=500, blank=True, help_text="Speakers, subject.")
    press = models.CharField(max_length=10, choices=PressAccess.choices, default=PressAccess.OPEN)
    room = models.CharField(max_length=200, blank=True, help_text="Only if not the meeting's.")

    class Meta:
        ordering = ["position", "date", "start_time", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="programme_precision_known"),
        ]

    def __str__(self):
        return self.title

    privacy = declare(
        plain="meeting date start_time end_time precision press room",
        title=personal.ANNOUNCED,
        detail=personal.ANNOUNCED,
    )


class Stakeout(MeetingPart):
    """A moment for the press beside the meeting: a press conference, a stakeout, a photo opportunity."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="stakeouts")
    kind = models.CharField(max_length=20, choices=StakeoutKind.choices, default=StakeoutKind.PRESS_CONFERENCE)
    title = models.CharField(max_length=300, blank=True, help_text="Who speaks, on what.")
    date = models.DateField(null=True, blank=True)
    start_time = models.TimeField("from", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("length in minutes", null=True, blank=True)
    precision = models.CharField("time is", max_length=20, choices=Precision.choices, default=Precision.EXACT)
    room = models.CharField(max_length=200, blank=True)
    who_may_ask = models.CharField(max_length=200, blank=True, help_text="Such as: accredited correspondents.")

    class Meta:
        ordering = ["position", "date", "start_time", "pk"]
        verbose_name = "press conference or stakeout"
        verbose_name_plural = "press conferences and stakeouts"

    def __str__(self):
        return self.title or self.get_kind_display()

    privacy = declare(
        plain="meeting kind date start_time minutes precision room who_may_ask",
        title=personal.ANNOUNCED,
    )


class AccessNotice(MeetingPart):
    """What is announced about coming in, for one category. The registration's own rules stand in accreditation/."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="access_notices")
    category = models.CharField(max_length=20, choices=NoticeCategory.choices, default=NoticeCategory.PRESS)
    who_must = models.CharField("who must apply", max_length=500, blank=True)
    who_need_not = models.CharField(
        "who need not apply", max_length=500, blank=True, help_text="Such as: holders of a valid pass of the house."
    )
    opens_on = models.DateField(null=True, blank=True)
    opens_time = models.TimeField("at", null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    closes_time = models.TimeField("at", null=True, blank=True)
    address = models.URLField(
        "where to apply", blank=True, max_length=500, help_text="Web address of an outside form, if there is one."
    )
    instruction = models.CharField(
        "how to apply", max_length=500, blank=True, help_text="In words, where no web address serves."
    )
    prepare = models.CharField(
        "what to prepare", max_length=500, blank=True, help_text="Letter of assignment, press card, passport …"
    )
    pick_up = models.CharField("badge pick-up", max_length=500, blank=True, help_text="Place, days and hours.")

    class Meta:
        ordering = ["position", "category", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "category"],
                name="access_notice_once",
                violation_error_message="There is a notice for this category already.",
            ),
        ]

    def __str__(self):
        return self.get_category_display()

    @property
    def opens_at(self):
        return instant(self.opens_on, self.opens_time, self.meeting.time_zone)

    @property
    def closes_at(self):
        return instant(self.closes_on, self.closes_time, self.meeting.time_zone)

    privacy = declare(
        plain="meeting category who_must who_need_not opens_on opens_time closes_on closes_time address prepare "
        "pick_up",
        instruction=personal.ANNOUNCED,
    )
