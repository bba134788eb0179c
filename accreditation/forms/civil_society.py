"""What civil society is asked: who sends you and how it stands, as what you come, whether you wish to speak."""

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accreditation import organizations, references, words
from accreditation.forms.fields import YES_NO, Country, Phone, WebAddress
from accreditation.forms.organization import OrganizationForm
from accreditation.forms.step import StepForm, TidyLine, TidyText
from accreditation.states import Attending, Part, Standing
from advisory.renditions import wording
from office import names

MEANS = {
    Standing.CONSULTATIVE: gettext_lazy("General or special consultative status, or on the roster."),
    Standing.SPECIAL: gettext_lazy("Named in the list of organizations that this meeting itself has accredited."),
    Standing.OTHER: gettext_lazy("A university, network, foundation or other organization without such a status."),
}
BESIDE_SOMEBODY = {Part.ASSISTANT, Part.INTERPRETER, Part.CHAPERONE}
WORDS_A_MINUTE = 130  # of a statement that interpreters can follow


class StandingForm(OrganizationForm):
    """An organization with a status is always a row of the registry; another may also be only a name."""

    NEEDED_SOMETIMES = {"country", "website"}
    disclaimer = names.DISCLAIMER
    field_order = ["standing", "organization_name", "organization", "country", "website"]

    standing = forms.ChoiceField(
        label=gettext_lazy("How does your organization stand with the organization that convenes the meeting?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how your organization stands.")},
    )
    country = Country(
        label=pgettext_lazy("of an organization", "Country"),
        required=False,
        help_text=gettext_lazy("Where the organization has its seat. Needed if it is not in our list."),
    )
    website = WebAddress(label=gettext_lazy("Website"), required=False)

    def shape(self):
        standings = [standing for standing in Standing if standing in self.category.standings] or list(Standing)
        self.fields["standing"].choices = [
            (str(standing), format_html('{} <span class="form-text">{}</span>', words.STANDING[standing], told))
            for standing, told in MEANS.items()
            if standing in standings
        ]
        self.fields["organization_name"].label = _("Name of your organization")
        self.fields["organization_name"].help_text = _("In full or as it is known for short.")
        self.fields["organization_name"].error_messages["required"] = _("Enter the name of your organization.")
        self.fields["country"].shape(self.language)
        if self.registration.delegation_id:
            del self.fields["country"], self.fields["website"]
        super().shape()

    def said_standing(self):
        return str(self.data.get(self.add_prefix("standing")) if self.is_bound else self.registration.standing)

    def among(self):
        return organizations.of_standing(self.said_standing(), self.registration.meeting_id)

    def may_be_unknown(self):
        return self.said_standing() not in {Standing.CONSULTATIVE, Standing.SPECIAL}

    def clean(self):
        cleaned = super().clean()
        if self.registration.delegation_id or "organization_name" in self.errors or "standing" in self.errors:
            return cleaned
        if not self.found and not self.may_be_unknown():
            self.add_error("organization_name", self.not_found())
        if self.may_be_unknown() and cleaned.get("organization") is None:
            self.describe(cleaned)
        return cleaned

    def not_found(self):
        may_be_another = str(Standing.OTHER) in dict(self.fields["standing"].choices)
        if self.said_standing() == Standing.CONSULTATIVE:
            sentence = _(
                "No organization in consultative status is called so. Write its name as in the list of those in status."
            )
        else:
            sentence = _(
                "No organization of this name is accredited to the meeting. Write its name as in its letter of "
                "accreditation."
            )
        otherwise = _("Or choose “Another organization” above.") if may_be_another else _("Or write to the desk.")
        return f"{sentence}{wording.gap()}{otherwise}"

    def shown(self, name, value):
        return words.STANDING[Standing(value)] if name == "standing" and value else super().shown(name, value)

    def describe(self, cleaned):
        """What helps the desk to know an organization that is only a name."""
        if not cleaned.get("country") and "country" not in self.errors:
            self.add_error("country", _("Choose the country in which your organization has its seat."))
        if not cleaned.get("website") and "website" not in self.errors:
            self.add_error("website", _("Enter the address of its website, or of a page about it."))


class PartForm(StepForm):
    NEEDED_SOMETIMES = {"comes_with_reference"}

    part = forms.ChoiceField(
        label=gettext_lazy("You come as"),
        choices=words.choices(words.PART),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose as what you come.")},
    )
    comes_with_reference = TidyLine(
        label=gettext_lazy("Reference of the person you come with"),
        required=False,
        max_length=40,
        attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"},
        help_text=gettext_lazy("For assistants, interpreters and chaperones. It stands in the e-mails we sent them."),
    )
    job_title = TidyLine(
        label=gettext_lazy("Title or function"),
        max_length=100,
        attrs={"autocomplete": "organization-title", "dir": "auto"},
        error_messages={"required": gettext_lazy("Enter your title or function in the organization.")},
    )
    phone = Phone(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("With + and the country code. The desk calls it if something is unclear."),
        error_messages={"required": gettext_lazy("Enter a telephone number on which the desk can reach you.")},
    )
    attending = forms.ChoiceField(
        label=gettext_lazy("You attend"),
        choices=words.choices(words.ATTENDING),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you come in person.")},
    )

    def shape(self):
        if not self.category.allows_remote:
            del self.fields["attending"]

    def clean(self):
        """Whether such an application exists is not told: a reference carries its own check character."""
        cleaned = super().clean()
        reference = cleaned.get("comes_with_reference", "")
        if cleaned.get("part") not in BESIDE_SOMEBODY:
            cleaned["comes_with_reference"] = ""
        elif not reference and "comes_with_reference" not in self.errors:
            self.add_error(
                "comes_with_reference", _("Enter the reference of the person you come with. Ask them for it.")
            )
        elif reference:
            read = references.read(reference, [self.registration.meeting.code])
            if read is None:
                self.add_error(
                    "comes_with_reference",
                    _("Check the reference: it looks like %(example)s.") % {"example": self.registration.reference},
                )
            elif read == self.registration.reference:
                self.add_error("comes_with_reference", _("This is your own reference. Enter theirs."))
            else:
                cleaned["comes_with_reference"] = read
        return cleaned


class SpeakingForm(StepForm):
    """Nothing but the wish itself is needed; of who wishes to speak, all of it."""

    wants_to_speak = forms.ChoiceField(
        label=gettext_lazy("Do you wish to speak?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether you wish to speak.")},
    )
    speaking_topic = TidyLine(label=gettext_lazy("Topic"), required=False, attrs={"dir": "auto"})
    speaking_outline = TidyText(label=gettext_lazy("Outline of your statement"), required=False, rows=6)
    speaking_language = forms.ChoiceField(label=gettext_lazy("Language in which you would speak"), required=False)
    speaking_how = forms.ChoiceField(
        label=gettext_lazy("You would speak"),
        required=False,
        choices=words.choices(words.ATTENDING),
        widget=forms.RadioSelect,
    )

    speaking_joint = TidyLine(
        label=gettext_lazy("Organizations that join your statement"),
        required=False,
        attrs={"dir": "auto"},
        help_text=gettext_lazy("Their names, if you speak for several. A joint statement comes first among equals."),
    )

    NEEDED_SOMETIMES = {
        "speaking_topic": gettext_lazy("Enter the topic of your statement."),
        "speaking_outline": gettext_lazy("Enter an outline of your statement."),
        "speaking_language": gettext_lazy("Choose the language in which you would speak."),
        "speaking_how": gettext_lazy("Choose whether you would speak in person."),
    }

    def shape(self):
        minutes = self.category.speaking_minutes
        self.fields["speaking_outline"].help_text = _(
            "A statement has %(minutes)s minutes, about %(words)s words. An outline of a few lines is enough."
        ) % {"minutes": minutes, "words": minutes * WORDS_A_MINUTE}
        self.fields["speaking_language"].choices = [("", _("Choose one")), *settings.LANGUAGES]
        if not self.category.allows_remote or self.registration.attending == Attending.REMOTE:
            self.leave_out("speaking_how")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("wants_to_speak") == "no":
            self.errors.pop("speaking_joint", None)
            cleaned["speaking_joint"] = ""
        for name, sentence in self.NEEDED_SOMETIMES.items():
            if name not in self.fields:
                continue
            if cleaned.get("wants_to_speak") == "no":
                self.errors.pop(name, None)
                cleaned[name] = ""
            elif cleaned.get("wants_to_speak") and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, sentence)
        return cleaned


def asks_speaking(registration):
    return registration.category.offers_speaking
