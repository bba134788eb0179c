"""What an officer of the print desk says of a card, and which moment somebody comes for it."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accreditation import clock, words
from accreditation.badges import AWAY
from accreditation.forms.step import TidyLine


class HandOverForm(forms.Form):
    is_id_seen = forms.BooleanField(
        label=_("I saw an identity document"),
        error_messages={"required": _("Look at an identity document first, and tick that you saw it.")},
    )
    collected_by = TidyLine(
        label=_("Somebody else collects it"), required=False, max_length=150,
        help_text=_("Their name, as in their own document. Empty where it is the person."),
    )  # fmt: skip


class LoseForm(forms.Form):
    why = forms.ChoiceField(label=_("What happened?"), choices=[(why, words.WHY_REPLACED[why]) for why in sorted(AWAY)])
    note = TidyLine(label=_("Note"), required=False, max_length=200, help_text=_("Where and when, for colleagues."))


class ReplaceForm(forms.Form):
    why = forms.ChoiceField(
        label=_("Why?"), choices=[("", _("Choose")), *words.choices(words.WHY_REPLACED)],
        error_messages={"required": _("Say why it is replaced.")},
    )  # fmt: skip
    note = TidyLine(label=_("Note"), required=False, max_length=200)


class SlotForm(forms.Form):
    """``slots`` are those that can be chosen."""

    slot = forms.TypedChoiceField(label=_("Pick-up time"), coerce=int, error_messages={"required": _("Choose a time.")})

    def __init__(self, *args, slots, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        self.slots = {slot.pk: slot for slot in slots}
        told = [(slot.pk, f"{clock.moment(meeting, slot.starts_at)}, {slot.place}") for slot in slots]
        self.fields["slot"].choices = [("", _("Choose")), *told]

    @property
    def chosen(self):
        return self.slots[self.cleaned_data["slot"]]


class PrintForm(forms.Form):
    language = forms.ChoiceField(label=_("Language of the words on the card"), choices=settings.LANGUAGES)
    leaves_out = forms.BooleanField(label=_("Leave out who has no photo"), required=False)


class DeviceForm(forms.Form):
    gate = forms.ModelChoiceField(
        label=_("Gate"), queryset=None, empty_label=_("Choose"), error_messages={"required": _("Choose a gate.")}
    )
    name = TidyLine(
        label=_("What it is called"), max_length=60, help_text=_("Such as: telephone 3."),
        error_messages={"required": _("Give the device a name by which officers know it.")},
    )  # fmt: skip

    def __init__(self, *args, gates, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gate"].queryset = gates
