"""The address whose profile is to be forgotten."""

from django.utils.translation import gettext_lazy as _

from accreditation.forms.start import StartForm


class ForgetProfileForm(StartForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("The address with which you applied. We send a link to it.")
