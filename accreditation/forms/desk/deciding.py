"""What an officer says with a decision."""

from datetime import timedelta

from django import forms
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation import grounds, workflow
from accreditation.forms.desk.asking import Asking, Words
from advisory.renditions import dates

MOST_DAYS = 60  # to choose from; of a longer meeting, or one with a mistyped year, the badge holds for all


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


class AskForm(Asking, DecisionForm):
    """One applicant is asked."""

    def shape(self):
        self.ask_of([self.registration])

    @property
    def words(self):
        return {"seen": self.cleaned_data["seen"]} | self.words_for(self.registration)


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


def kind_for(action):
    """The form of an action."""
    rule = workflow.RULES.get(action)
    return GroundForm if rule and rule.needs_ground else FORMS.get(action, DecisionForm)


def form_for(action, registration, data=None, **kwargs):
    """The form of an action, bound to ``data``."""
    return kind_for(action)(data, registration=registration, **kwargs)
