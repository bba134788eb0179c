"""What officers say of requests to speak."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.desk.speaking import LETTERS
from accreditation.models import SpeakingPlace

POINTS = [(number, str(number)) for number in range(1, 6)]


def points(label, help_text):
    return forms.TypedChoiceField(
        label=label,
        help_text=help_text,
        choices=POINTS,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose 1 to 5 points.")},
    )


class GradeForm(forms.Form):
    relevance = points(_("Relevance"), _("Whether the statement keeps to the subject. 5 is the best."))
    experience = points(_("Experience"), _("What the speaker knows of it at first hand."))
    balance = points(_("Balance"), _("Whose voice would otherwise be missing."))
    remark = forms.CharField(
        label=_("Remark for colleagues"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ChooseForm(forms.Form):
    speakers = forms.IntegerField(label=_("Speakers"), min_value=1, max_value=500)
    reserves = forms.IntegerField(label=_("In reserve"), min_value=0, max_value=500, initial=3)
    joint_first = forms.BooleanField(label=_("Joint statements before all others"), required=False)


class OutcomeForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=[(word, SpeakingPlace.Outcome(word).label) for word in LETTERS]
    )
