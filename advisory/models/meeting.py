"""The meeting being announced and its times and places, as an officer edits them. The public never reads these rows."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import dateformat
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from advisory import doubts, personal
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

    name = models.CharField(_("name in English"), max_length=200, unique=True)
    name_ar = models.CharField(_("in Arabic"), max_length=200, blank=True)
    name_zh = models.CharField(_("in Chinese"), max_length=200, blank=True)
    name_fr = models.CharField(_("in French"), max_length=200, blank=True)
    name_ru = models.CharField(_("in Russian"), max_length=200, blank=True)
    name_es = models.CharField(_("in Spanish"), max_length=200, blank=True)
    slug = models.SlugField(_("slug"), max_length=60, unique=True, help_text=_("In addresses: general-assembly."))

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
        verbose_name = pgettext_lazy("organ", "body")
        verbose_name_plural = pgettext_lazy("organ", "bodies")


class Topic(Named):
    """What meetings are about, in the few words by which readers follow: human rights, disarmament."""

    class Meta(Named.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Meeting(models.Model):
    """A meeting as the press office prepares it, in its original language. ``publishing`` alone changes status."""

    form = models.CharField(
        _("kind of advisory"), max_length=30, choices=AdvisoryForm.choices, default=AdvisoryForm.MEDIA_ADVISORY
    )
    kind = models.CharField(_("kind of meeting"), max_length=30, choices=MeetingKind.choices, default=MeetingKind.OTHER)
    body = models.ForeignKey(
        Body,
        verbose_name=pgettext_lazy("organ", "body"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        help_text=_("The organ that convenes the meeting."),
    )
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, help_text=_("By which readers find and follow the meeting.")
    )
    title = models.CharField(
        _("title"), max_length=300, help_text=_("What the meeting is called, without “Media advisory”.")
    )
    theme = models.CharField(
        _("theme"), max_length=300, blank=True, help_text=_("Motto or title of the report, without quotes.")
    )
    summary = models.TextField(
        _("what"), blank=True, help_text=_("One or two sentences that say what will happen: the lead of the advisory.")
    )
    slug = models.SlugField(
        _("slug"), max_length=80, help_text=_("In the address. It may not change once the page is public.")
    )
    code = models.CharField(
        _("code"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z][A-Z0-9]{2,7}$", _("Use 3 to 8 capital letters and digits, like R2P16."))],
        help_text=_("Said aloud in references: 3 to 8 letters and digits, like R2P16."),
    )
    original_language = models.CharField(_("original language"), max_length=7, choices=ORIGINAL_LANGUAGES, default="en")
    status = models.CharField(
        _("status"), max_length=20, choices=MeetingStatus.choices, default=MeetingStatus.DRAFT, editable=False
    )

    attendance = models.CharField(
        _("attendance"), max_length=20, choices=Attendance.choices, default=Attendance.IN_PERSON
    )
    room = models.CharField(_("room"), max_length=200, blank=True)
    building = models.CharField(_("building"), max_length=200, blank=True)
    address = models.CharField(
        pgettext_lazy("street", "address"), max_length=300, blank=True, help_text=_("Street and number.")
    )
    city = models.CharField(_("city"), max_length=100, blank=True)
    country = models.CharField(_("country"), max_length=100, blank=True, help_text=_("As the organization names it."))
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        blank=True,
        validators=[validators.time_zone],
        help_text=_("Zone of all times below, by its IANA name: America/New_York."),
    )
    map_url = models.URLField(_("map"), blank=True, max_length=500, help_text=_("Address of a map or floor plan."))
    entrance = models.CharField(
        _("entrance"), max_length=300, blank=True, help_text=_("Where the press comes in, and from when.")
    )
    step_free = models.CharField(
        _("step-free way in"),
        max_length=300,
        blank=True,
        help_text=_("How to come in without stairs; hearing loop, sign."),
    )
    overflow_room = models.CharField(_("overflow room"), max_length=200, blank=True)
    capacity = models.PositiveIntegerField(
        _("capacity"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Seats for the press. Never published."),
    )
    interpretation = LinesField(
        _("interpretation into"), each=validators.language_code, help_text=_("Languages, one a line: fr or French.")
    )

    background = models.TextField(
        _("background"), blank=True, help_text=_("Markdown: paragraphs, **bold**, lists, [links](https://…).")
    )
    arrangements = models.TextField(
        _("media arrangements"),
        blank=True,
        help_text=_("Markdown: camera positions, vehicles, equipment, interviews, host broadcaster and rights."),
    )
    outcome = models.TextField(
        _("what came of it"), blank=True, help_text=_("Markdown, after the meeting: what was decided, said and agreed.")
    )
    boilerplate = models.CharField(
        _("closing line"),
        max_length=300,
        blank=True,
        help_text=_("Such as: For information media. Not an official record."),
    )
    hashtags = LinesField(_("hashtags"), each=validators.hashtag, help_text=_("One a line."))
    accounts = LinesField(_("accounts"), each=validators.account, help_text=_("One a line: @account."))
    embargo_until = models.DateTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("Before this instant nothing of this advisory is public."),
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
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-changed_at"]
        permissions = [("publish_meeting", "Can publish an advisory")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MeetingStatus.values), name="meeting_status_known"),
            models.UniqueConstraint(
                fields=["url_year", "slug"],
                name="meeting_address_once",
                violation_error_message=_("Another meeting of that year has this address. Change the slug."),
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
    def doubts(self):
        """[{code, field, message}] that the import left open, in the officer's language."""
        return doubts.told(self.import_doubts or [])

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

    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        abstract = True

    privacy = declare(plain="position")


class Sitting(MeetingPart):
    """One sitting: local date, local time or none, how sure the time is, and who of the press may come in."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="sittings")
    title = models.CharField(
        _("title"), max_length=200, blank=True, help_text=_("Such as “Morning”. Leave empty for a single one.")
    )
    date = models.DateField(_("date"), null=True, blank=True, help_text=_("Leave empty when it is to be announced."))
    start_time = models.TimeField(pgettext_lazy("time", "from"), null=True, blank=True)
    end_date = models.DateField(_("last day"), null=True, blank=True, help_text=_("Only when it ends on a later day."))
    end_time = models.TimeField(pgettext_lazy("time", "to"), null=True, blank=True)
    precision = models.CharField(_("time is"), max_length=20, choices=Precision.choices, default=Precision.EXACT)
    time_zone = models.CharField(
        _("time zone"),
        max_length=50,
        blank=True,
        validators=[validators.time_zone],
        help_text=_("Only if not the meeting's."),
    )
    press = models.CharField(
        pgettext_lazy("who may come in", "press"), max_length=10, choices=PressAccess.choices, default=PressAccess.OPEN
    )
    room = models.CharField(_("room"), max_length=200, blank=True, help_text=_("Only if not the meeting's."))

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = ["position", "date", "start_time", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="sitting_precision_known"),
            models.CheckConstraint(
                condition=Q(end_date__isnull=True) | Q(end_date__gte=F("date")),
                name="sitting_ends_after_start",
                violation_error_message=_("The last day must not be before the first."),
            ),
        ]

    def __str__(self):
        return self.title or (dateformat.format(self.date, "j F Y") if self.date else gettext("Sitting"))

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
    date = models.DateField(_("date"), null=True, blank=True)
    start_time = models.TimeField(pgettext_lazy("time", "from"), null=True, blank=True)
    end_time = models.TimeField(pgettext_lazy("time", "to"), null=True, blank=True)
    precision = models.CharField(_("time is"), max_length=20, choices=Precision.choices, default=Precision.EXACT)
    title = models.CharField(_("title"), max_length=300)
    detail = models.CharField(_("detail"), max_length=500, blank=True, help_text=_("Speakers, subject."))
    press = models.CharField(
        pgettext_lazy("who may come in", "press"), max_length=10, choices=PressAccess.choices, default=PressAccess.OPEN
    )
    room = models.CharField(_("room"), max_length=200, blank=True, help_text=_("Only if not the meeting's."))

    class Meta:
        verbose_name = _("programme item")
        verbose_name_plural = _("programme items")
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
    kind = models.CharField(
        _("kind"), max_length=20, choices=StakeoutKind.choices, default=StakeoutKind.PRESS_CONFERENCE
    )
    title = models.CharField(_("title"), max_length=300, blank=True, help_text=_("Who speaks, on what."))
    date = models.DateField(_("date"), null=True, blank=True)
    start_time = models.TimeField(pgettext_lazy("time", "from"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("length in minutes"), null=True, blank=True)
    precision = models.CharField(_("time is"), max_length=20, choices=Precision.choices, default=Precision.EXACT)
    room = models.CharField(_("room"), max_length=200, blank=True)
    who_may_ask = models.CharField(
        _("who may ask"), max_length=200, blank=True, help_text=_("Such as: accredited correspondents.")
    )

    class Meta:
        verbose_name = _("press conference or stakeout")
        verbose_name_plural = _("press conferences and stakeouts")
        ordering = ["position", "date", "start_time", "pk"]

    def __str__(self):
        return self.title or self.get_kind_display()

    privacy = declare(
        plain="meeting kind date start_time minutes precision room who_may_ask",
        title=personal.ANNOUNCED,
    )


class AccessNotice(MeetingPart):
    """What is announced about coming in, for one category. The registration's own rules stand in accreditation/."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="access_notices")
    category = models.CharField(
        _("category"), max_length=20, choices=NoticeCategory.choices, default=NoticeCategory.PRESS
    )
    who_must = models.CharField(_("who must apply"), max_length=500, blank=True)
    who_need_not = models.CharField(
        _("who need not apply"),
        max_length=500,
        blank=True,
        help_text=_("Such as: holders of a valid pass of the house."),
    )
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    opens_time = models.TimeField(pgettext_lazy("time", "at"), null=True, blank=True)
    closes_on = models.DateField(_("closes on"), null=True, blank=True)
    closes_time = models.TimeField(pgettext_lazy("time", "at"), null=True, blank=True)
    address = models.URLField(
        _("where to apply"), blank=True, max_length=500, help_text=_("Web address of an outside form, if there is one.")
    )
    instruction = models.CharField(
        _("how to apply"), max_length=500, blank=True, help_text=_("In words, where no web address serves.")
    )
    prepare = models.CharField(
        _("what to prepare"), max_length=500, blank=True, help_text=_("Letter of assignment, press card, passport …")
    )
    pick_up = models.CharField(_("badge pick-up"), max_length=500, blank=True, help_text=_("Place, days and hours."))

    class Meta:
        verbose_name = _("access notice")
        verbose_name_plural = _("access notices")
        ordering = ["position", "category", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "category"],
                name="access_notice_once",
                violation_error_message=_("There is a notice for this category already."),
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
