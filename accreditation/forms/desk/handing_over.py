"""Which categories go to security, and the file that comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.desk import clearances
from accreditation.forms.step import TidyLine
from office.choices import KnownChoices


class HandOverForm(forms.Form):
    categories = KnownChoices(
        label=_("Categories"), queryset=None, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one category.")},
    )  # fmt: skip
    recipient = TidyLine(
        label=_("Who gets it?"), help_text=_("An office or a function. Everybody in the file reads it."),
        error_messages={"required": _("Say who gets the file.")},
    )  # fmt: skip

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["categories"].queryset = meeting.categories.all()


class ResultForm(forms.Form):
    result = forms.FileField(
        label=_("Result"), help_text=_("CSV or JSON with reference, result (clear or not clear) and until (a day)."),
        error_messages={"required": _("Choose the file that security has sent."), "empty": _("The file is empty.")},
    )  # fmt: skip
    signature = forms.FileField(
        label=_("Signature"), required=False,
        help_text=_("The 64 bytes that came beside it. Without them a second officer confirms the result."),
    )  # fmt: skip

    def clean_result(self):
        if self.cleaned_data["result"].size > clearances.MOST_BYTES:
            raise forms.ValidationError(_("The file is too big: 2 MB at most."), "too_big")
        return self.cleaned_data["result"]

    def clean_signature(self):
        file = self.cleaned_data.get("signature")
        if file and file.size != 64:
            raise forms.ValidationError(_("A signature has 64 bytes."), "size")
        return file
