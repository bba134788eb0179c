"""What an officer fixes before a draw."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models.category import known
from accreditation.states import Route
from office.lines import LinesFormField


class AnnounceForm(forms.Form):
    """``category`` says how many seats there are, and whether media play a part."""

    sentence = forms.CharField(
        label=gettext_lazy("Sentence"),
        max_length=300,
        help_text=gettext_lazy(
            "Any sentence, such as the headline of a newspaper of that day. With everybody’s reference it makes the "
            "seed of the draw. It cannot be changed afterwards."
        ),
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=100_000)
    media = LinesFormField(
        label=gettext_lazy("Media in the order in which they are served"),
        required=False,
        help_text=gettext_lazy("One a line, the first to be served first. Media that are not named come last."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "ltr", "spellcheck": "false"}),
    )
    is_published = forms.BooleanField(
        label=gettext_lazy("Publish the sentence now and the result by references"), required=False
    )

    def __init__(self, *args, category, **kwargs):
        super().__init__(*args, **kwargs)
        self.category = category
        if category.route != Route.PRESS:
            del self.fields["media"]
        else:
            self.fields["media"].each = known(category.media)
            self.fields["media"].initial = category.media
        self.fields["seats"].initial = self.free

    @property
    def free(self):
        capacity = self.category.capacity
        return None if capacity is None else max(capacity - self.category.taken, 0)

    def clean_seats(self):
        seats = self.cleaned_data["seats"]
        if self.free is not None and seats > self.free:
            raise forms.ValidationError(_("Only %(free)s seats of this category are free.") % {"free": self.free})
        return seats

    def clean_sentence(self):
        """As everybody would type it again: one line, single spaces."""
        return " ".join(self.cleaned_data["sentence"].split())
