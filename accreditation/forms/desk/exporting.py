"""Which list of people an officer takes out, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation import words
from accreditation.desk import exports, queue
from accreditation.desk.exports import Chosen
from accreditation.forms.step import TidyLine

ALL = [("", _("All"))]


class ExportForm(forms.Form):
    view = forms.ChoiceField(label=pgettext_lazy("of the queue", "View"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    medium = forms.ChoiceField(label=_("Medium"), required=False, choices=[*ALL, *words.choices(words.MEDIUM)])
    q = TidyLine(
        label=_("Words"), required=False, help_text=_("Of a name, an organization or a reference. Empty for all.")
    )
    purpose = TidyLine(
        label=_("What is the list for?"), max_length=300,
        help_text=_("Everybody on it reads this on their own page."),
        error_messages={"required": _("Say what the list is for. Those who are on it read it.")},
    )  # fmt: skip
    recipient = TidyLine(
        label=_("Who gets it?"), help_text=_("An office or a function, such as: the conference service."),
        error_messages={"required": _("Say who gets the list.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("File"), widget=forms.RadioSelect, initial=exports.CSV,
        choices=[(exports.CSV, _("CSV, at once")), (exports.XLSX, _("XLSX, in a moment"))],
    )  # fmt: skip

    def __init__(self, *args, meeting, **kwargs):
        super().__init__(*args, **kwargs)
        statuses = {str(word): label for word, label in words.STATUS.items() if word in exports.SENT}
        self.fields["view"].choices = [*ALL, *((view.slug, view.name) for view in queue.VIEWS.values())]
        self.fields["status"].choices = [*ALL, *statuses.items()]
        self.fields["category"].choices = [*ALL, *meeting.categories.values_list("slug", "name")]

    @property
    def chosen(self):
        return Chosen(**{name: self.cleaned_data[name] for name in ["view", "status", "category", "medium", "q"]})


class RefusalForm(forms.Form):
    reason = TidyLine(
        label=_("Why not?"), max_length=300,
        error_messages={"required": _("Say why, so that your colleague knows what to change.")},
    )  # fmt: skip
