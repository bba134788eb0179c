"""What is asked after an application was sent: a confirmation with or without words, a code, small changes, a reply."""

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accreditation.forms.start import StartForm
from accreditation.forms.step import Name, StepForm, TidyLine, TidyText
from accreditation.states import Status

LONGEST_WORDS = 2000
PHONE = r"^\+?[0-9()\-./ ]{5,40}$"


class LinksForm(StartForm):
    """The address alone; the answer is the same for every one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("The one with which you applied. We send the links to it.")


class Words(TidyText):
    """A paragraph for the desk."""

    def __init__(self, **kwargs):
        too_long = _("Write at most %(limit_value)s characters; you wrote %(show_value)s.")
        super().__init__(max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}), **kwargs)
        self.validators[0].message = too_long


class ConfirmForm(forms.Form):
    """Only the button."""


class WithdrawForm(forms.Form):
    words = Words(label=_("Why do you withdraw?"), required=False, help_text=_("You need not say. The desk reads it."))


class AppealForm(forms.Form):
    words = Words(
        label=_("What should the other officer look at?"),
        help_text=_("What was overlooked or misread, or what you can show now."),
        error_messages={"required": _("Write what should be looked at anew.")},
    )


class ReplyForm(forms.Form):
    """``waiting``: titles of what was asked and is not answered; then the words must say why."""

    words = Words(
        label=_("Anything to tell the desk?"), required=False, help_text=_("Such as why you cannot send something.")
    )

    def __init__(self, *args, waiting, **kwargs):
        super().__init__(*args, **kwargs)
        self.waiting = waiting

    def clean(self):
        cleaned = super().clean()
        if self.waiting and not cleaned.get("words") and "words" not in self.errors:
            self.add_error("words", _("Answer everything that is asked, or write here what you cannot send and why."))
        return cleaned


class DeleteForm(forms.Form):
    profile = forms.BooleanField(
        label=_("Forget my remembered profile too"),
        required=False,
        help_text=_("If you ticked “Remember my profile” once: the next form starts empty."),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_("Six digits from our e-mail."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
        error_messages={"required": _("Enter the six digits from our e-mail.")},
    )

    def clean_code(self):
        """Digits of any script; spaces and dashes do not count."""
        typed = "".join(str(int(c)) for c in self.cleaned_data["code"] if c.isdecimal())
        if len(typed) != 6:
            raise forms.ValidationError(_("Enter the six digits from our e-mail."))
        return typed


class ContactForm(StepForm):
    phone = TidyLine(
        label=_("Telephone"),
        required=False,
        max_length=40,
        help_text=_("With the country code, such as +1 212 555 0142."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "dir": "ltr"}),
        validators=[RegexValidator(PHONE, _("Write the number in digits, such as +1 212 555 0142."))],
    )
    badge_name = Name(
        label=_("Name on the badge"),
        required=False,
        max_length=60,
        help_text=_("Leave it empty to print the name of your passport."),
    )
    language = forms.ChoiceField(
        label=_("Language of our e-mails"),
        choices=settings.LANGUAGES,
        error_messages={"invalid_choice": _("Choose one of the languages listed.")},
    )

    def shape(self):
        """The name on a badge is agreed with the approval; of somebody under protection nothing is told in clear."""
        if self.registration.status == Status.APPROVED or self.registration.is_protected:
            del self.fields["badge_name"]
        if self.registration.is_protected:
            del self.fields["phone"]
