"""The first question: the address to which everything is sent."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation import identifying
from office import outbox


class StartForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("We send a link to it. Use an address that you alone read."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address like name@example.org."),
            "max_length": _("Enter an e-mail address like name@example.org. Yours has over 254 characters."),
        },
    )
    website = forms.CharField(required=False)  # people leave it empty; programmes do not

    def clean_email(self):
        email = identifying.tidy(self.cleaned_data["email"])
        try:
            outbox.refuse_bad_address(email)
        except outbox.MessageRefused as refused:
            raise forms.ValidationError(_("Enter an e-mail address like name@example.org.")) from refused
        return email
