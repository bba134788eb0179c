"""Words that officers and applicants write beside an application."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accreditation.desk.notes import LONGEST
from accreditation.forms.step import TidyText


class NoteForm(forms.Form):
    note = TidyText(
        label=_("Note for colleagues"), max_length=LONGEST, rows=2,
        error_messages={"required": _("Write the note first.")},
    )  # fmt: skip


class LetterForm(forms.Form):
    letter = TidyText(
        label=_("Message to the applicant"), max_length=LONGEST, rows=3,
        error_messages={"required": _("Write the message first.")},
    )  # fmt: skip


class MessageForm(forms.Form):
    words = TidyText(
        label=_("Your message to the desk"), max_length=LONGEST, rows=4,
        error_messages={"required": _("Write your message first.")},
    )  # fmt: skip
