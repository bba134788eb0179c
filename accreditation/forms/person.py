"""Who the applicant is: the name as in the document, the name on the badge, and the document where it is asked."""

from datetime import date, timedelta

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accreditation import announced, words
from accreditation.forms.fields import DayField, Named
from accreditation.forms.step import Name, StepForm, TidyLine, folded
from accreditation.states import DocumentKind, IdentityRule
from advisory.renditions import wording
from office import names

OLDEST = timedelta(days=130 * 365.25)


class NameForm(StepForm):
    NEEDED_SOMETIMES = {"given_names", "family_name"}

    given_names = Name(
        label=_("Given names"),
        required=False,
        attrs={"autocomplete": "given-name"},
    )
    family_name = Name(
        label=_("Family name"),
        required=False,
        help_text=_("The part before << in your passport."),
        attrs={"autocomplete": "family-name"},
    )
    one_name = forms.BooleanField(label=_("I have only one name"), required=False)
    badge_name = Name(
        label=_("Name on the badge"),
        required=False,
        max_length=60,
        help_text=_("Leave it empty to print the name of your passport."),
    )

    def clean(self):
        cleaned = super().clean()
        given, family = cleaned.get("given_names"), cleaned.get("family_name")
        if cleaned.get("one_name"):
            if given and family:
                self.add_error("one_name", _("You wrote two names. Untick this, or leave one of them."))
            elif not given and not family and not self.errors:
                self.add_error("family_name", _("Enter your name."))
        else:
            if not given and "given_names" not in self.errors:
                self.add_error("given_names", _("Enter your given names, or tick “I have only one name”."))
            if not family and "family_name" not in self.errors:
                self.add_error("family_name", _("Enter your family name, or tick “I have only one name”."))
        return cleaned


class IdentityForm(StepForm):
    """Birth date, nationality and document, each only where the category asks it.

    Ages are those of the first day of the meeting. Who is younger than the category wants to see alone names the adult
    who comes too: the field appears once the birth date is known.
    """

    NEEDED_SOMETIMES = {"document_expires_on"}
    disclaimer = names.DISCLAIMER

    birth_date = DayField(
        label=_("Date of birth"),
        is_birthday=True,
        help_text=_("For example, 27 3 1984."),
        missing=_("Enter your date of birth."),
    )
    chaperone_name = Name(
        label=_("Adult who comes with you"),
        help_text=_("Your chaperone applies too, and signs the chaperone agreement."),
        error_messages={"required": _("At your age you come with a chaperone. Enter the name of this adult.")},
    )
    nationality = Named(
        label=_("Nationality"),
        error_messages={"required": _("Choose your nationality.")},
    )
    document_kind = forms.ChoiceField(
        label=_("Document that you will show at the entrance"),
        choices=[("", _("Choose one")), *words.choices(words.DOCUMENT_KIND)],
        error_messages={"required": _("Choose the document that you will show at the entrance.")},
    )
    document_number = TidyLine(
        label=_("Number of the document"),
        max_length=60,
        attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"},
        error_messages={"required": _("Enter the number of the document.")},
    )
    document_issuer = Named(
        label=_("Issued by"),
        help_text=_("The State or organization named on the document. It may differ from your nationality."),
        error_messages={"required": _("Choose who issued the document.")},
    )
    document_expires_on = DayField(
        label=_("Valid until"),
        required=False,
        help_text=_("Leave it empty only if your identity card has no such day."),
        missing=_("Enter the day until which the document is valid."),
    )

    def shape(self):
        self.first_day, self.last_day = announced.days(self.registration.meeting)
        if not self.category.asks_birth_date:
            self.leave_out("birth_date")
        if not self.category.asks_nationality:
            self.leave_out("nationality")
        else:
            self.fields["nationality"].name(names.nationalities(self.language))
        if self.category.identity == IdentityRule.NOTHING:
            self.leave_out("document_kind", "document_number", "document_issuer", "document_expires_on")
        else:
            self.fields["document_issuer"].name(names.issuers(self.language))
        if not self.needs_chaperone():
            self.leave_out("chaperone_name")

    def needs_chaperone(self):
        """Whether the date of birth, as posted or as kept, is that of somebody who may not come alone."""
        below, field = self.category.chaperone_below, self.fields.get("birth_date")
        if below is None or field is None:
            return False
        if not self.is_bound:
            kept = self.kept("birth_date")
            return bool(kept) and age_on(date.fromisoformat(kept), self.first_day) < below
        try:
            typed = field.clean(field.widget.value_from_datadict(self.data, self.files, self.add_prefix("birth_date")))
        except forms.ValidationError:
            return False
        return self.may_be(typed) and age_on(typed, self.first_day) < below

    def may_be(self, born):
        return localdate() - OLDEST <= born <= localdate()

    def clean_birth_date(self):
        born = self.cleaned_data["birth_date"]
        today = localdate()
        if born > today:
            raise forms.ValidationError(gettext("The date of birth is in the future. Check the year."), "future")
        if born < today - OLDEST:
            raise forms.ValidationError(
                gettext("The date of birth is more than 130 years ago. Check the year."), "past"
            )
        least = self.category.minimum_age
        if least is not None and age_on(born, self.first_day) < least:
            raise forms.ValidationError(
                ngettext(
                    "You must be at least %(age)s year old on %(day)s, the first day of the meeting. If you think that "
                    "you may come all the same, write to the desk.",
                    "You must be at least %(age)s years old on %(day)s, the first day of the meeting. If you think "
                    "that you may come all the same, write to the desk.",
                    least,
                )
                % {"age": least, "day": wording.short_day(self.first_day)},
                "too_young",
            )
        return born

    def clean_document_number(self):
        number = folded(self.cleaned_data["document_number"])
        if not (3 <= len(number) <= 30 and number.isalnum() and any(c.isdigit() for c in number)):
            raise forms.ValidationError(
                gettext("Enter the number as it stands on the document: letters and digits, like X1234567."), "number"
            )
        return number

    def clean(self):
        cleaned = super().clean()
        expires = cleaned.get("document_expires_on")
        if "document_expires_on" not in self.fields or "document_expires_on" in self.errors:
            return cleaned
        if expires is None and cleaned.get("document_kind") != DocumentKind.NATIONAL_CARD:
            self.add_error("document_expires_on", self.fields["document_expires_on"].error_messages["required"])
        elif expires is not None and expires < self.last_day:
            self.add_error(
                "document_expires_on",
                gettext("The document must be valid until %(day)s, the last day of the meeting. Enter another one.")
                % {"day": wording.short_day(self.last_day)},
            )
        return cleaned


def age_on(born, day):
    """Whole years; who was born on 29 February is a year older on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
