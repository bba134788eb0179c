"""What an officer says with a decision."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation import grounds, journey, workflow
from accreditation.forms.step import TidyText
from advisory.renditions import dates, wording

LONGEST = 4000
LONGEST_WAIT = timedelta(days=60)
MOST_DAYS = 60  # to choose from; of a longer meeting, or one with a mistyped year, the badge holds for all


class Words(TidyText):
    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST, **({"rows": 3} | kwargs))


class DecisionForm(forms.Form):
    """``seen`` is the sequence of the last Decision on the officer's screen: who decides without it decides nothing."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args, registration, **kwargs):
        self.registration = registration
        super().__init__(*args, **kwargs)
        self.shape()

    def shape(self):
        """Subclasses complete the fields here, by the application."""

    def clean(self):
        cleaned = super().clean()
        if "seen" in self.errors:  # nobody sees its field
            self.add_error(None, _("Open the application anew, then decide."))
        return cleaned

    @property
    def words(self):
        """What ``workflow.apply`` takes."""
        return self.cleaned_data


class ApproveForm(DecisionForm):
    """What the badge opens; each part is asked where there is something to choose."""

    zones = forms.MultipleChoiceField(label=_("Zones"), required=False, widget=forms.CheckboxSelectMultiple)
    days = forms.MultipleChoiceField(
        label=_("Days"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    escort = forms.BooleanField(label=_("Only with an escort"), required=False)

    def shape(self):
        meeting, granted = self.registration.meeting, self.registration.granted
        names = [zone.name for zone in meeting.zones.all()]
        self.fields["zones"].choices = [(name, name) for name in names]
        self.fields["zones"].initial = granted.get("zones", self.registration.category.zones)
        days = _days(meeting)
        self.fields["days"].choices = [(day.isoformat(), dates.written(day, "brief")) for day in days]
        self.fields["days"].initial = granted.get("days", [day.isoformat() for day in days])
        self.fields["escort"].initial = granted.get("escort", False)
        if not names:
            del self.fields["zones"]
        if not 1 < len(days) <= MOST_DAYS:
            del self.fields["days"]

    @property
    def words(self):
        asked = {name: self.cleaned_data[name] for name in ("zones", "days") if name in self.cleaned_data}
        granted = asked | ({"escort": True} if self.cleaned_data["escort"] else {})
        return {"seen": self.cleaned_data["seen"], "granted": granted}


def _days(meeting):
    """Days on which the meeting sits."""
    found = set()
    for row in meeting.sittings.all():
        if row.date:
            length = min(((row.end_date or row.date) - row.date).days, MOST_DAYS)
            found |= {row.date + timedelta(days=number) for number in range(length + 1)}
    return sorted(found)


class AskForm(DecisionForm):
    """Named items, each with a note if the officer writes one, and until when; words of their own stand above."""

    reason = Words(
        label=_("Words to the applicant"), required=False, help_text=_("Left empty, the notes are what is said.")
    )
    until = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The time until our answer stands still meanwhile."),
        error_messages={"invalid": _("Write the day as 2016-08-29.")},
    )

    def shape(self):
        self.steps = journey.steps(self.registration)[:-1]
        self.zone = wording.zone(self.registration.meeting.time_zone)
        today = timezone.now().astimezone(self.zone).date()
        self.fields["until"].initial = today + timedelta(days=self.registration.category.info_days)
        self.earliest, self.latest = today + timedelta(days=1), today + LONGEST_WAIT
        for step in self.steps:
            self.fields[f"item_{step.slug}"] = forms.BooleanField(label=step.title, required=False)
            self.fields[f"note_{step.slug}"] = Words(
                label=_("Note: %(step)s") % {"step": step.title}, required=False, rows=1
            )
        self.order_fields([name for name in self.fields if name not in {"reason", "until"}])

    @property
    def items(self):
        """[(tick, note)] as bound fields, for the template."""
        return [(self[f"item_{step.slug}"], self[f"note_{step.slug}"]) for step in self.steps]

    def clean_until(self):
        until = self.cleaned_data["until"]
        if not self.earliest <= until <= self.latest:
            raise forms.ValidationError(
                _("Choose a day from %(first)s to %(last)s.")
                % {"first": wording.short_day(self.earliest), "last": wording.short_day(self.latest)}
            )
        return until

    def clean(self):
        """A note names its item, ticked or not."""
        cleaned = super().clean()
        self.asked = [
            (step, cleaned.get(f"note_{step.slug}", ""))
            for step in self.steps
            if cleaned.get(f"item_{step.slug}") or cleaned.get(f"note_{step.slug}")
        ]
        if not self.asked and not cleaned.get("reason") and not self.errors:
            self.add_error("reason", _("Tick what is asked for, or write what you need to know."))
        return cleaned

    @property
    def words(self):
        end = datetime.combine(self.cleaned_data["until"], time(23, 59), self.zone)
        return {
            "seen": self.cleaned_data["seen"],
            "reason": self.cleaned_data["reason"] or self._said(),
            "info_items": [{"step": step.slug, "note": note} for step, note in self.asked],
            "info_until": end,
        }

    def _said(self):
        """The items and their notes in the applicant's language, as far as they are ours."""
        with translation.override(self.registration.language):
            lines = [f"{step.title}{wording.colon()}{note}" if note else str(step.title) for step, note in self.asked]
        return "\n".join(lines)


class GroundForm(DecisionForm):
    """The approved text of the ground is what the applicant reads, in their language; words may be added to it."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the ground on which it is refused.")},
    )
    reason = Words(
        label=_("Words to the applicant"), required=False, help_text=_("They stand beneath the text of the ground.")
    )

    def shape(self):
        rows = grounds.choices(get_language())
        self.fields["ground"].choices = [(row.code, row.told) for row in rows]
        with translation.override(self.registration.language):
            self.sent = {row.code: str(row.told) for row in grounds.choices(self.registration.language)}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("ground") == "other" and not cleaned.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Write the reason: this ground has none of its own."))
        return cleaned


class ReasonForm(DecisionForm):
    reason = Words(label=_("Why"), error_messages={"required": _("Say why: the words stand in the history.")})


class AnswerForm(DecisionForm):
    reason = Words(
        label=_("What they answered"), required=False, help_text=_("And how it reached you: by telephone, at the desk.")
    )


FORMS = {"approve": ApproveForm, "ask": AskForm, "reply": AnswerForm, "overturn": ReasonForm}


def form_for(action, registration, data=None, **kwargs):
    """The form of an action, bound to ``data``."""
    rule = workflow.RULES.get(action)
    form = GroundForm if rule and rule.needs_ground else FORMS.get(action, DecisionForm)
    return form(data, registration=registration, **kwargs)
