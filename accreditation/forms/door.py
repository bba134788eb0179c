"""What is typed, scanned and chosen at a gate."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation import words
from accreditation.states import Direction

ACTS = ["let_in", "take_back"]
OF_CODES = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class EnrolForm(forms.Form):
    code = forms.CharField(
        label=_("Code of this device"), max_length=40,
        help_text=_("Eight characters from the supervisor. It serves once, within ten minutes."),
        error_messages={"required": _("Type the code that the supervisor gave you.")},
        widget=forms.TextInput(attrs=OF_CODES),
    )  # fmt: skip


class Scanned(forms.Field):
    """Whatever a scanner reads, the code of a milk carton included: what it is, the door says."""

    widget = forms.TextInput(attrs=OF_CODES | {"autofocus": True})

    def to_python(self, value):
        return str(value or "").strip()


class ScanForm(forms.Form):
    code = Scanned(label=_("Code of the badge"), error_messages={"required": _("Scan or type a code.")})
    direction = forms.ChoiceField(
        label=_("Direction"), choices=words.choices(words.DIRECTION), widget=forms.RadioSelect, required=False,
        error_messages={"invalid_choice": _("Choose in or out.")},
    )  # fmt: skip
    id = forms.UUIDField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_direction(self):
        return self.cleaned_data["direction"] or Direction.IN


class ActForm(forms.Form):
    """What a guard does after a verdict."""

    act = forms.ChoiceField(choices=[(act, act) for act in ACTS])
    of = forms.UUIDField()
    note = forms.CharField(label=_("Why?"), required=False, max_length=200)
    id = forms.UUIDField(required=False)
