"""To whom an application is given, and which ones are claimed together."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.desk import claims


class AssignForm(forms.Form):
    """``held_by`` is whose it was on the page from which it is given away."""

    to = forms.ModelChoiceField(
        label=_("Give it to"),
        queryset=None,
        empty_label=None,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": _("Choose an officer who decides on this meeting’s applications.")},
    )
    held_by = forms.ModelChoiceField(queryset=None, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = claims.colleagues(meeting)
        self.fields["held_by"].queryset = self.fields["to"].queryset.model.objects.all()
