"""The forms readers fill in: what to be told of by e-mail. They know nothing of states or of who is known."""

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from advisory import subscriptions
from advisory.models import Body, Edition, Facet, Meeting, Topic
from advisory.models.subscription import Frequency
from office import outbox
from office.choices import KnownChoices

FIELDS = {"body": "body", "topic": "topics"}  # of a meeting, by the kind of a facet


class Named(KnownChoices):
    """Checkboxes of bodies or topics by their names in the language of the page."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, row):
        return row.name_in(translation.get_language())


class ChoicesForm(forms.Form):
    """What to be told of. A group without anything to choose from is not shown. The templates draw every field in
    this order, the summary of errors above the heading."""

    field_order = [
        "email", "frequency", "bodies", "topics", "wanted_languages", "wants_daily_alert", "meetings", "language",
    ]  # fmt: skip

    frequency = forms.ChoiceField(
        label=_("How often"),
        choices=Frequency.choices,
        initial=Frequency.AT_ONCE,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how often."), "invalid_choice": _("Choose how often.")},
    )
    bodies = Named(
        label=_("Bodies"),
        queryset=Body.objects.none(),
        required=False,
        help_text=_("Tick none for all. With a topic ticked as well, either is enough."),
        error_messages={"invalid_choice": _("One of the bodies no longer exists. Check your choice.")},
    )
    topics = Named(
        label=_("Topics"),
        queryset=Topic.objects.none(),
        required=False,
        help_text=_("Tick none for all."),
        error_messages={"invalid_choice": _("One of the topics no longer exists. Check your choice.")},
    )
    wanted_languages = forms.MultipleChoiceField(
        label=_("Only advisories written in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none to hear of every advisory."),
        error_messages={"invalid_choice": _("Choose languages from the list.")},
    )
    wants_daily_alert = forms.BooleanField(
        label=_("Send me the daily media alert"),
        required=False,
        help_text=_("Each morning, the meetings of the day with their times and rooms."),
    )
    language = forms.ChoiceField(
        label=_("Language of the e-mails"),
        error_messages={
            "required": _("Choose the language of the e-mails."),
            "invalid_choice": _("Choose the language of the e-mails."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bodies"].queryset = nameable(Body, "body", self.initial.get("bodies"))
        self.fields["topics"].queryset = nameable(Topic, "topic", self.initial.get("topics"))
        self.fields["wanted_languages"].choices = self.fields["language"].choices = settings.LANGUAGES
        self.fields["language"].initial = translation.get_language()
        for name in ["bodies", "topics"]:
            if not self.fields[name].queryset.exists():
                del self.fields[name]
        if len(settings.LANGUAGES) == 1:
            del self.fields["wanted_languages"], self.fields["language"]


def nameable(model, kind, chosen):
    """Bodies or topics, without those of meetings that are not public yet: the name alone may say too much."""
    announced = Facet.objects.filter(kind=kind, edition__in=Edition.objects.visible()).values("value")
    return model.objects.filter(
        ~Exists(Meeting.objects.filter(**{FIELDS[kind]: OuterRef("pk")}))
        | Q(slug__in=announced)
        | Q(pk__in=chosen or [])
    )


class SubscribeForm(ChoicesForm):
    """``follows``: it was opened from a meeting's page, and that meeting will be followed."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("We send one e-mail with a link first. Nothing else comes before you have opened it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr", "spellcheck": "false"}),
        error_messages={
            "required": _("Enter your e-mail address."),
            "invalid": _("Enter an e-mail address in the form name@example.org."),
        },
    )

    def __init__(self, *args, follows=False, **kwargs):
        super().__init__(*args, **kwargs)
        if not follows:
            self.fields["frequency"].choices = [each for each in Frequency.choices if each[0] != Frequency.FOLLOWED]

    def clean_email(self):
        """As it will be kept; an address that the outbox would refuse is refused here, where its owner can mend it."""
        address = subscriptions.tidy(self.cleaned_data["email"])
        try:
            outbox.refuse_bad_address(address)
        except outbox.MessageRefused:
            raise forms.ValidationError(self.fields["email"].error_messages["invalid"], "invalid") from None
        return address


class ManageForm(ChoicesForm):
    """``meetings`` are those followed now; unticked, they are followed no more."""

    meetings = forms.MultipleChoiceField(
        label=_("Meetings you follow"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Untick those of which you want to hear no more."),
        error_messages={"invalid_choice": _("Choose from the meetings you follow.")},
    )

    def __init__(self, *args, followed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meetings"].choices = list(followed.items())
        if not followed:
            del self.fields["meetings"]
