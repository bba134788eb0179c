"""An instant as officers give it: day, time and zone, with a choice where a clock change makes the time none or two."""

import zoneinfo
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import zoned
from advisory.models import validators
from advisory.renditions import dates, wording


@cache
def time_zones():
    """IANA names to suggest beside a field; ``validators.time_zone`` takes every other one too."""
    return sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))


def told(moment, zone=""):
    """6 September 2016, 10:00 America/New_York (14:00 UTC)."""
    zone = zone or "UTC"
    local, utc = moment.astimezone(ZoneInfo(zone)), moment.astimezone(UTC)
    words = f"{wording.moment(local)} {zone}"
    if zone == "UTC":
        return words
    return f"{words} ({f'{utc:%H:%M}' if utc.date() == local.date() else _day_and_time(utc)} UTC)"


def _day_and_time(moment):
    """6 September, 14:10."""
    return gettext("%(date)s, %(time)s") % {"date": dates.day_and_month(moment), "time": f"{moment:%H:%M}"}


class InstantWidget(forms.MultiWidget):
    """Three controls, and two radio buttons once the clock leaves a doubt."""

    template_name = "admin/widgets/instant.html"

    def __init__(self, attrs=None):
        zone = forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "size": 24})
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "zone": zone,
            "choice": forms.RadioSelect,
        }
        super().__init__(widgets, attrs)

    def decompress(self, value):
        if isinstance(value, str):  # the zone alone, for an instant not given yet
            return [None, None, value, ""]
        if not value:
            return [None, None, "", ""]
        naive, zone = value.replace(tzinfo=None, fold=0), str(value.tzinfo)
        try:
            zoned.instant(naive, zone)
        except zoned.DoubledTime as doubled:
            self.offer(doubled.choices)
            return [naive.date(), naive.time(), zone, value.isoformat()]
        return [naive.date(), naive.time(), zone, ""]

    def offer(self, choices):
        self.widgets[3].choices = [(moment.isoformat(), _choice(moment)) for moment in choices]

    def get_context(self, name, value, attrs):
        """Every control has its label; an id of its own stands already on the first three."""
        context = super().get_context(name, value, attrs)
        context["labels"] = [gettext("Day"), gettext("Time"), gettext("Time zone")]
        context["choices"] = self.widgets[3].choices
        return context

    def id_for_label(self, id_):
        return f"{id_}_0"


def _choice(moment):
    return f"{moment:%H:%M}, {wording.offset(moment)} ({_day_and_time(moment.astimezone(UTC))} UTC)"


class InstantField(forms.MultiValueField):
    """Cleans to an aware datetime in the zone that was typed, or None where day and time are empty.

    ``initial`` is such a datetime, or the name of a zone to begin with.
    """

    widget = InstantWidget

    def __init__(self, **kwargs):
        fields = [
            forms.DateField(
                error_messages={"invalid": _("Write the day like 2016-09-06.")}, validators=[validators.near_day]
            ),
            forms.TimeField(error_messages={"invalid": _("Write the time like 10:00.")}),
            forms.CharField(validators=[validators.time_zone]),
            forms.CharField(required=False),
        ]
        kwargs.setdefault("required", False)
        super().__init__(fields, require_all_fields=False, **kwargs)

    def clean(self, value):
        date, time, zone, choice = [*(value or []), None, None, None, None][:4]
        if not self.disabled and not (date or time):
            if self.required:
                raise forms.ValidationError(gettext("Give a day, a time and a time zone."))
            return None
        if not (date and time and zone):
            raise forms.ValidationError(gettext("Give a day, a time and a time zone, all three."))
        return super().clean([date, time, zone.strip(), choice])

    def compress(self, parts):
        date, time, zone, choice = parts
        try:
            return zoned.instant(datetime.combine(date, time), zone)
        except (zoned.SkippedTime, zoned.DoubledTime) as doubt:
            self.widget.offer(doubt.choices)
            chosen = [moment for moment in doubt.choices if moment.isoformat() == choice]
            if not chosen:
                raise forms.ValidationError(str(doubt), code="clock_change") from None
            return chosen[0]

    def has_changed(self, initial, data):
        """By what is meant, not by how it is typed."""
        try:
            given = self.clean(data)
        except forms.ValidationError:
            return True
        before = None if isinstance(initial, str) else initial
        return (given, given and str(given.tzinfo)) != (before, before and str(before.tzinfo))
