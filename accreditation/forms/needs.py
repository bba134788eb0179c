"""What somebody needs to take part, and the wish to be protected. Read by those who arrange it and by nobody else."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.forms.step import StepForm, TidyText

NEEDS = [
    ("step_free", _("A way without steps")),
    ("captioning", _("Captioning")),
    ("sign_language", _("Sign language interpretation; write below which sign language")),
    ("companion", _("Somebody who assists me")),
    ("service_animal", _("A service animal comes with me")),
    ("other", _("Something else; write below what")),
]


class NeedsForm(StepForm):
    needs = forms.MultipleChoiceField(
        label=_("I need"),
        choices=NEEDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what applies, or nothing. The access focal point alone reads this and arranges it."),
    )
    needs_words = TidyText(label=_("In your own words"), required=False, max_length=1000, rows=3)
    asks_protection = forms.BooleanField(
        label=_("It would put me at risk if my name were known"),
        required=False,
        help_text=_(
            "Your name then stands on no list, in no export and before no focal point, and two named officers alone "
            "read it. The desk writes to you to agree what your badge shows."
        ),
    )

    def shape(self):
        if not self.category.asks_access_needs:
            self.leave_out("needs", "needs_words")

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("needs_words") and "needs_words" not in self.errors:
            if "sign_language" in cleaned.get("needs", []):
                self.add_error("needs_words", _("Write which sign language you need."))
            elif "other" in cleaned.get("needs", []):
                self.add_error("needs_words", _("Write what else you need."))
        return cleaned
