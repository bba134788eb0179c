"""Who the applicant is: the name as in the document, the name on the badge, and the document where it is asked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.forms.step import Name, StepForm


class NameForm(StepForm):
    given_names = Name(
        label=_("Given names"),
        required=False,
        attrs={"autocomplete": "given-name"},
    )
    family_name = Name(
        label=_("Family name"),
        required=False,
        help_text=_("The part before << in your passport."),
        attrs={"autocomplete": "family-name"},
    )
    one_name = forms.BooleanField(label=_("I have only one name"), required=False)
    badge_name = Name(
        label=_("Name on the badge"),
        required=False,
        max_length=60,
        help_text=_("Leave it empty to print the name of your passport."),
    )

    def clean(self):
        cleaned = super().clean()
        given, family = cleaned.get("given_names"), cleaned.get("family_name")
        if cleaned.get("one_name"):
            if given and family:
                self.add_error("one_name", _("You wrote two names. Untick this, or leave one of them."))
            elif not given and not family and not self.errors:
                self.add_error("family_name", _("Enter your name."))
        else:
            if not given and "given_names" not in self.errors:
                self.add_error("given_names", _("Enter your given names, or tick “I have only one name”."))
            if not family and "family_name" not in self.errors:
                self.add_error("family_name", _("Enter your family name, or tick “I have only one name”."))
        return cleaned


class IdentityForm(StepForm):
    """Completed where the category asks: birth date, nationality, document."""
