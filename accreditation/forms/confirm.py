"""For holders of a standing accreditation: who comes, and with which pass."""

from django.utils.translation import gettext_lazy as _

from accreditation.forms.person import NameForm
from accreditation.forms.step import TidyLine


class ConfirmForm(NameForm):
    standing_pass = TidyLine(
        label=_("Number of your pass"),
        max_length=40,
        help_text=_("As printed on your annual or permanent pass."),
        error_messages={"required": _("Enter the number of your pass.")},
    )

    def shape(self):
        super().shape()
        self.fields.pop("badge_name", None)  # no badge is printed
