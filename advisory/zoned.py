"""Local times as officers type them: the instant meant, and what to say when a clock change makes it none or two."""

from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from advisory.renditions import dates


class SkippedTime(ValueError):
    """No clock shows this time: it was put forward over it. ``choices`` are the instants just before and after."""

    def __init__(self, local, zone):
        self.choices = [local.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone) for fold in (1, 0)]
        super().__init__(
            gettext(
                "On that day %(time)s does not exist: the clock is put forward past it. Choose %(first)s or %(second)s."
            )
            % _words(local, self.choices)
        )


class DoubledTime(ValueError):
    """The clock shows this time twice. ``choices`` are the two instants, the earlier first."""

    def __init__(self, local, zone):
        self.choices = [local.replace(tzinfo=zone, fold=fold) for fold in (0, 1)]
        super().__init__(
            gettext("On that day the clock is put back and shows %(time)s twice. Choose %(first)s or %(second)s.")
            % _words(local, self.choices)
        )


def instant(local, zone, *, fold=None):
    """The aware datetime of a naive ``local`` time in the IANA zone ``zone``.

    Raises SkippedTime or DoubledTime, each with two ``choices``. ``fold`` 0 or 1 answers a DoubledTime: the first or
    the second of the two.
    """
    zone = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    if not _exists(local, zone):
        raise SkippedTime(local, zone)
    if fold is None:
        raise DoubledTime(local, zone)
    return local.replace(tzinfo=zone, fold=fold)


def doubt(local, zone):
    """The sentence to say about a time that the clock skips or shows twice; nothing for every other."""
    try:
        instant(local, zone)
    except (SkippedTime, DoubledTime) as error:
        return str(error)
    return ""


def _exists(local, zone):
    there_and_back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there_and_back.replace(tzinfo=None, fold=0) == local.replace(fold=0)


def _words(local, choices):
    first, second = (_clock(choice, local) for choice in choices)
    return {"time": f"{local:%H:%M}", "first": first, "second": second}


def _clock(moment, local):
    """01:30 (UTC−5), with its day where that is not the day of ``local``: whole days have been skipped."""
    time = f"{moment:%H:%M} (UTC{_offset(moment)})"
    if moment.date() == local.date():
        return time
    return gettext("%(date)s, %(time)s") % {"date": dates.day_and_month(moment), "time": time}


def _offset(moment):
    minutes = int(moment.utcoffset() / timedelta(minutes=1))
    sign = "+" if minutes >= 0 else "−"
    return f"{sign}{abs(minutes) // 60}" + (f":{abs(minutes) % 60:02d}" if minutes % 60 else "")
