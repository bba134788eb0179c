"""The last page: one declaration, and whether to be remembered."""

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class CheckForm(forms.Form):
    declaration = forms.BooleanField(
        label=_("These answers are true, and I will keep to the rules of the house."),
        error_messages={"required": _("Tick the box to send your application.")},
    )
    remembers = forms.BooleanField(
        label=_("Remember my profile for the next meeting"),
        required=False,
        help_text=_("Name and work only, never papers. Deleted after 24 months without use."),
    )

    def __init__(self, *args, registration, **kwargs):
        super().__init__(*args, **kwargs)
        if declaration := registration.category.said("declaration", get_language()):
            self.fields["declaration"].label = declaration
