"""What applicants are asked for before the desk decides: one of them, or many in the same words."""

from datetime import timedelta

from django import forms
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accreditation import clock, journey
from accreditation.forms.step import TidyText
from advisory.renditions import wording

LONGEST = 4000
LONGEST_WAIT = timedelta(days=60)


class Words(TidyText):
    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST, **({"rows": 3} | kwargs))


class Asking(forms.Form):
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

    def ask_of(self, registrations):
        """The items are the steps that all of them were asked; each day counts on the clock of its meeting."""
        first, *others = registrations
        common = [{step.slug for step in journey.steps(row)} for row in others]
        self.steps = [step for step in journey.steps(first)[:-1] if all(step.slug in slugs for slugs in common)]
        today = max(clock.local(row.meeting, timezone.now()).date() for row in registrations)
        self.fields["until"].initial = today + timedelta(days=min(row.category.info_days for row in registrations))
        self.earliest, self.latest = today + timedelta(days=1), today + LONGEST_WAIT
        for step in self.steps:
            self.fields[f"item_{step.slug}"] = forms.BooleanField(label=step.title, required=False)
            self.fields[f"note_{step.slug}"] = Words(label=self.label_of(f"note_{step.slug}"), required=False, rows=1)
        self.order_fields([name for name in self.fields if name not in {"reason", "until"}])

    @staticmethod
    def label_of(name):
        kind, _line, slug = name.partition("_")
        title = next((step.title for steps in journey.STEPS.values() for step in steps if step.slug == slug), "")
        if not title or kind not in {"item", "note"}:
            return ""
        return title if kind == "item" else gettext("Note: %(step)s") % {"step": title}

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

    def words_for(self, registration):
        """What ``workflow.apply`` takes for one of them."""
        return {
            "reason": self.cleaned_data["reason"] or self._said(registration),
            "info_items": [{"step": step.slug, "note": note} for step, note in self.asked],
            "info_until": clock.end_of(registration.meeting, self.cleaned_data["until"]),
        }

    def _said(self, registration):
        """The items and their notes in the applicant's language, as far as they are ours."""
        with translation.override(registration.language):
            lines = [f"{step.title}{wording.colon()}{note}" if note else str(step.title) for step, note in self.asked]
        return "\n".join(lines)


class AskManyForm(Asking):
    """The same is asked of all of them."""

    def __init__(self, *args, registrations, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Words to all of them")
        self.ask_of(registrations)
