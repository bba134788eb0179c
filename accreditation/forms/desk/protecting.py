"""Protection of a person at risk: who may know the name, or why it is not granted."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.forms.step import TidyText
from office.choices import KnownChoices
from office.models import Grant, User
from office.permissions import PROTECTING, RIGHTS

ROLES = [role for role, rights in RIGHTS.items() if rights >= PROTECTING]


class ReadersForm(forms.Form):
    readers = KnownChoices(
        User.objects.none(),
        label=_("The two officers who may know the name"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Name two different officers who may read who it is.")},
    )

    def __init__(self, *args, registration, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readers"].queryset = may_be_readers(registration.meeting)
        self.fields["readers"].initial = list(registration.protected_readers.values_list("pk", flat=True))

    def clean_readers(self):
        if len(self.cleaned_data["readers"]) != 2:
            raise forms.ValidationError(_("Name two different officers who may read who it is."))
        return list(self.cleaned_data["readers"])


class RefusalForm(forms.Form):
    reason = TidyText(
        label=_("Why it is not granted"), max_length=2000, rows=4,
        help_text=_("The person reads it and decides whether to come."),
        error_messages={"required": _("Say why: the person reads it and decides whether to come.")},
    )  # fmt: skip


def may_be_readers(meeting):
    """Officers who may protect people of the meeting today."""
    held = Grant.objects.in_force(timezone.localdate()).filter(Q(meeting=None) | Q(meeting=meeting), role__in=ROLES)
    return User.objects.filter(pk__in=held.values("user"), is_active=True)
