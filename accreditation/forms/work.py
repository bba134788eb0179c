"""For whom a member of the press works; what is asked differs by medium."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accreditation.forms.fields import Country, Named, Phone, Reachable, WebAddress
from accreditation.forms.organization import OrganizationForm
from accreditation.forms.step import Name, TidyLine
from accreditation.states import Medium
from office import names

WITH_EDITOR = {Medium.AGENCY, Medium.FREELANCE}
WITH_WEBSITE = {Medium.ONLINE, Medium.FREELANCE}


class WorkForm(OrganizationForm):
    """Five fields for most; a freelance names the outlet that commissions, a crew the broadcaster it serves."""

    disclaimer = names.DISCLAIMER

    serves = TidyLine(
        label=gettext_lazy("Broadcaster that you work for at the meeting"),
        attrs={"dir": "auto"},
        error_messages={"required": gettext_lazy("Enter the broadcaster that you work for at the meeting.")},
    )
    delegation_of = Named(
        label=gettext_lazy("Delegation that you travel with"),
        error_messages={"required": gettext_lazy("Choose the delegation that you travel with.")},
    )
    job_title = TidyLine(
        label=gettext_lazy("Job title"),
        max_length=100,
        attrs={"autocomplete": "organization-title", "dir": "auto"},
        error_messages={"required": gettext_lazy("Enter your job title, like reporter or camera operator.")},
    )
    phone = Phone(
        label=gettext_lazy("Telephone"),
        help_text=gettext_lazy("With + and the country code. The desk calls it if something is unclear."),
        error_messages={"required": gettext_lazy("Enter a telephone number on which the desk can reach you.")},
    )
    country = Country(
        label=pgettext_lazy("of an organization", "Country"),
        help_text=gettext_lazy("Where the organization has its seat."),
        error_messages={"required": gettext_lazy("Choose the country in which the organization has its seat.")},
    )
    website = WebAddress(
        label=gettext_lazy("Website"),
        error_messages={"required": gettext_lazy("Enter the address of the website, like www.example.org.")},
    )
    editor_name = Name(
        label=gettext_lazy("Editor who sends you"),
        error_messages={"required": gettext_lazy("Enter the name of the editor who sends you.")},
    )
    editor_contact = Reachable(
        label=gettext_lazy("E-mail or telephone of the editor"),
        attrs={"dir": "ltr", "spellcheck": "false"},
        error_messages={"required": gettext_lazy("Enter an e-mail address or a telephone number of the editor.")},
    )

    def shape(self):
        medium = self.registration.medium
        if medium not in WITH_EDITOR:
            self.leave_out("editor_name", "editor_contact")
        if medium not in WITH_WEBSITE:
            self.leave_out("website")
        if medium != Medium.TECHNICAL_CREW:
            self.leave_out("serves")
        if medium == Medium.DELEGATION_MEDIA:
            self.fields["delegation_of"].name(names.choices(self.language))
        else:
            self.leave_out("delegation_of")
        self.fields["country"].shape(self.language)
        self.name_organization(medium)
        super().shape()

    def name_organization(self, medium):
        organization, website = self.fields["organization_name"], self.fields.get("website")
        organization.label = _("Media organization")
        missing = _("Enter the name of your media organization.")
        if medium == Medium.FREELANCE:
            organization.label = _("Media organization that commissions you")
            missing = _("Enter the name of the media organization that commissions you.")
            website.required, website.label = False, _("Website with your work")
        elif medium == Medium.TECHNICAL_CREW:
            organization.label = _("Company")
            missing = _("Enter the name of your company.")
        elif medium == Medium.DELEGATION_MEDIA:
            organization.label = _("Media organization or office")
            missing = _("Enter the name of your media organization or office.")
        organization.error_messages["required"] = missing
