"""What an officer says with a decision."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accreditation import grounds, workflow


class DecisionForm(forms.Form):
    """``seen`` is the sequence of the last Decision on the officer's screen."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    reason = forms.CharField(
        label=_("Words to the applicant"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )


class GroundForm(DecisionForm):
    ground = forms.ChoiceField(label=_("Ground"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(row.code, row.told) for row in grounds.choices(get_language())]


def form_for(action, data=None):
    rule = workflow.RULES.get(action)
    return (GroundForm if rule and rule.needs_ground else DecisionForm)(data)
