"""What an officer writes of somebody whose application they enter."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import identifying, organizations, words
from accreditation.desk import entering
from accreditation.forms.delegation import address
from accreditation.forms.fields import Phone
from accreditation.forms.organization import OrganizationForm
from accreditation.forms.step import Name, TidyLine
from accreditation.states import Part, Route, Standing


class EnteringForm(OrganizationForm):
    """``registration`` is a new one of the category; the form gives an ``entering.Person`` and a note."""

    given_names = Name(label=gettext_lazy("Given names"), required=False)
    family_name = Name(
        label=gettext_lazy("Family name"),
        help_text=gettext_lazy("A person with one name has it here."),
        error_messages={"required": gettext_lazy("Enter the person’s family name.")},
    )
    is_another = forms.BooleanField(label=gettext_lazy("This is somebody else of the same name"), required=False)
    medium = forms.ChoiceField(
        label=gettext_lazy("Medium"), error_messages={"required": gettext_lazy("Choose the medium.")}
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("How the organization stands"),
        error_messages={"required": gettext_lazy("Choose how the organization stands.")},
    )
    part = forms.ChoiceField(
        label=gettext_lazy("Comes as"), choices=words.choices(words.PART), initial=Part.REPRESENTATIVE
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Without one nothing is written to this person: say the reference aloud."),
        widget=forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
        error_messages={"invalid": gettext_lazy("Enter an e-mail address like name@example.org.")},
    )
    phone = Phone(label=gettext_lazy("Telephone"), required=False, help_text=gettext_lazy("With + and country code."))
    language = forms.ChoiceField(label=gettext_lazy("Language of the letters"), choices=settings.LANGUAGES)
    how = forms.ChoiceField(
        label=gettext_lazy("How it came"), choices=[*entering.HOW.items()], widget=forms.RadioSelect, initial="desk",
        error_messages={"required": gettext_lazy("Choose how it came.")},
    )  # fmt: skip
    proved = forms.ChoiceField(
        label=gettext_lazy("How the person proved who they are"),
        choices=[*entering.PROVED.items()],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how the person proved who they are.")},
    )
    asked_by = TidyLine(
        label=gettext_lazy("Who asked for it"),
        help_text=gettext_lazy("The person, or who called or wrote for them."),
        attrs={"dir": "auto", "autocomplete": "off"},
        error_messages={"required": gettext_lazy("Enter who asked for it.")},
    )
    field_order = [
        "given_names", "family_name", "is_another", "standing", "organization_name", "organization", "medium", "part",
        "email", "phone", "language", "how", "proved", "asked_by",
    ]  # fmt: skip

    def shape(self):
        category = self.category
        if category.route == Route.PRESS:
            self.leave_out("standing")
            media = [(str(medium), label) for medium, label in words.MEDIUM.items() if medium in category.media]
            self.fields["medium"].choices = [("", _("Choose one")), *media]
        else:
            self.leave_out("medium")
            standings = [(str(key), label) for key, label in words.STANDING.items() if key in category.standings]
            self.fields["standing"].choices = [("", _("Choose one")), *standings]
        if not category.outside_cap:
            self.leave_out("part")
        if not self.is_bound:
            self.leave_out("is_another")
        self.fields["organization_name"].error_messages["required"] = _("Enter the name of the organization.")
        self.fields["organization"].error_messages["required"] = _("Say whether it is one of these.")
        super().shape()

    def said_standing(self):
        return self.data.get(self.add_prefix("standing"), "") if self.is_bound else ""

    def among(self):
        if self.category.route == Route.PRESS:
            return organizations.media()
        return organizations.of_standing(self.said_standing(), self.registration.meeting_id)

    def may_be_unknown(self):
        return self.said_standing() not in {Standing.CONSULTATIVE, Standing.SPECIAL}

    def clean_email(self):
        return address(self.cleaned_data["email"]) if self.cleaned_data["email"] else ""

    def clean(self):
        cleaned = super().clean()
        if not self.found and not self.may_be_unknown() and cleaned.get("organization_name"):
            self.add_error("organization_name", _("No organization of the registry that stands so is called so."))
        key = identifying.key_of_names(cleaned.get("given_names", ""), cleaned.get("family_name", ""))
        namesake = entering.namesakes(self.category, [key]).get(key) if key else None
        if namesake is None:
            del self.fields["is_another"]
        elif not cleaned.get("is_another"):
            tick = _("Tick “%(label)s” if it is.") % {"label": self.fields["is_another"].label}
            self.add_error("is_another", f"{entering.already(namesake)} {tick}")
        return cleaned

    @property
    def person(self):
        names = entering.Person.__dataclass_fields__
        return entering.Person(**{name: value for name, value in self.cleaned_data.items() if name in names})

    @property
    def note(self):
        """For the desk, in the officer's language."""
        cleaned = self.cleaned_data
        return _("%(how)s. %(proved)s. Asked for by: %(who)s") % {
            "how": entering.HOW[cleaned["how"]],
            "proved": entering.PROVED[cleaned["proved"]],
            "who": cleaned["asked_by"],
        }


class ListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("List of people"),
        allow_empty_file=True,  # told in better words by ``entering_list``
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        error_messages={"required": gettext_lazy("Choose the file of the list.")},
    )
    asked_by = EnteringForm.base_fields["asked_by"]
