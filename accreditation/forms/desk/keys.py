"""An officer's own letters for the desk's shortcuts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.desk import keys


class KeysForm(forms.Form):
    """One field for each command, and the tick that switches all of them off."""

    is_on = forms.BooleanField(label=_("Use shortcuts"), required=False)

    def __init__(self, *args, officer, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = officer.desk_keys
        self.fields["is_on"].initial = not chosen.get(keys.IS_OFF)
        for command, (usual, words) in keys.COMMANDS.items():
            self.fields[command] = forms.CharField(
                label=words,
                max_length=1,
                initial=chosen.get(command, usual),
                widget=forms.TextInput(attrs={"class": "key-box", "autocapitalize": "off", "autocomplete": "off"}),
                error_messages={
                    "required": _("Write one letter or sign."),
                    "max_length": _("Write one letter or sign."),
                },
            )

    @staticmethod
    def label_of(name):
        return keys.COMMANDS[name][1] if name in keys.COMMANDS else ""

    def clean(self):
        """Two commands on one letter would make the second unreachable."""
        cleaned, taken = super().clean(), {}
        for command in keys.COMMANDS:
            letter = cleaned.get(command, "").lower()
            if letter and letter in taken:
                self.add_error(command, _("“%(letter)s” stands for another command already.") % {"letter": letter})
            taken[letter] = command
        return cleaned

    @property
    def letters(self):
        return {command: self.cleaned_data[command].lower() for command in keys.COMMANDS}
