"""What a supervisor says of a scan that gates disagree on."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation.forms.step import TidyLine

LET_IN, TAKE_BACK, SETTLE = "let_in", "take_back", "settle"
ACTS = {
    LET_IN: pgettext_lazy("door", "Let in"),
    TAKE_BACK: pgettext_lazy("door", "Take back"),
    SETTLE: pgettext_lazy("door", "It is settled"),
}


class OverseeForm(forms.Form):
    act = forms.ChoiceField(choices=list(ACTS.items()))
    note = TidyLine(label=_("Why?"), max_length=200, error_messages={"required": _("Say why: it is kept.")})
