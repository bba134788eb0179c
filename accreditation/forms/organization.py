"""Which organization sends somebody: typed, then picked among those of the registry that are called alike."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import organizations
from accreditation.forms.step import StepForm, TidyLine
from office import names

NONE = "none"


class OrganizationForm(StepForm):
    """Without a script: what is typed is sent, and the page comes back with the organizations that may be meant.

    ``organization`` is one of them, or None where the person says that it is none of these; then the name stays as
    typed. In a delegation nothing is asked: its organization is known.
    """

    organization_name = TidyLine(
        label=gettext_lazy("Organization"),
        attrs={"autocomplete": "organization", "dir": "auto"},
    )
    organization = forms.ChoiceField(
        label=gettext_lazy("Is it one of these?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Say whether your organization is one of these.")},
    )

    def shape(self):
        self.found = {}
        if self.registration.delegation_id:
            del self.fields["organization_name"], self.fields["organization"]
            return
        self.found = {str(row.pk): row for row in self.organizations(self.typed("organization_name"))}
        if not self.found:
            del self.fields["organization"]
            return
        self.fields["organization"].choices = [(key, self.called(row)) for key, row in self.found.items()]
        if self.may_be_unknown():
            self.fields["organization"].choices += [(NONE, _("None of these: take the name as I wrote it"))]

    def organizations(self, text):
        """Those that may be meant by a name: of a kept one also itself."""
        kept = self.registration.organization
        if not self.is_bound:
            return [kept] if kept is not None else []
        is_settled = kept is None and text and text == self.registration.organization_name
        if is_settled and self.add_prefix("organization") not in self.data:
            return []
        return organizations.search(text, among=self.among())

    def among(self):
        return organizations.media()

    def may_be_unknown(self):
        """Whether an organization that is not in the registry may send somebody."""
        return True

    def called(self, row):
        return f"{row.name} ({names.name(row.country, self.language)})" if row.country else row.name

    def kept(self, name):
        kept = self.registration.organization
        if name == "organization_name" and kept is not None:
            return kept.name
        if name == "organization":
            return str(kept.pk) if kept is not None else self.registration.organization_name and NONE
        return super().kept(name)

    def shown(self, name, value):
        """For the check page, where the row picked says which organization is meant."""
        if name == "organization_name":
            return self.kept(name)
        if name == "organization":
            return _("None of these") if value is None else self.called(value)
        return None

    def clean(self):
        """The row in place of its key; a name that stays only a name leaves no row behind."""
        cleaned = super().clean()
        if "organization_name" in cleaned:
            row = self.found.get(cleaned.get("organization"))
            cleaned |= {"organization": row, "organization_name": "" if row else cleaned["organization_name"]}
        return cleaned
