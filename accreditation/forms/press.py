"""What only the press is asked: the medium, and what is brought to the meeting."""

from django import forms
from django.db.models import prefetch_related_objects
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import words
from accreditation.forms.fields import Lines
from accreditation.forms.step import StepForm, TidyText
from accreditation.states import EvidenceKind, Medium
from advisory.renditions import wording

MEANS = {
    Medium.PRINT: gettext_lazy("You write for a newspaper or magazine that is printed."),
    Medium.ONLINE: gettext_lazy("You write or produce for a news site of its own, updated at least weekly."),
    Medium.AGENCY: gettext_lazy("Your reports or pictures go to other media."),
    Medium.RADIO: gettext_lazy("You report or produce for a radio station or an audio service."),
    Medium.TELEVISION: gettext_lazy("You report, film or produce for a television channel."),
    Medium.PHOTO: gettext_lazy("You are a photographer on the staff of a medium."),
    Medium.FILM: gettext_lazy("You make a documentary that a broadcaster or distributor has agreed to show."),
    Medium.FREELANCE: gettext_lazy("You work for yourself, and a medium commissions you for this meeting."),
    Medium.TECHNICAL_CREW: gettext_lazy("You provide sound, light, transmission or other service to a broadcaster."),
    Medium.DELEGATION_MEDIA: gettext_lazy("You come with a delegation as its official photographer, crew or reporter."),
}


class MediumForm(StepForm):
    medium = forms.ChoiceField(
        label=gettext_lazy("Medium"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you work for.")},
    )

    def shape(self):
        media = [medium for medium in Medium if medium in self.category.media] or list(Medium)
        told = lazy(
            self.told, SafeString
        )  # the papers of each are looked up where the page is shown, not where it is posted
        self.fields["medium"].choices = [(str(medium), told(medium)) for medium in media]

    def told(self, medium):
        """The medium, what it means and the papers it will need."""
        return format_html(
            '{} <span class="form-text">{} {}</span>', words.MEDIUM[medium], MEANS[medium], self.papers(medium)
        )

    def shown(self, name, value):
        return words.MEDIUM[Medium(value)] if value else None

    def papers(self, medium):
        prefetch_related_objects([self.category], "evidence_rules")
        asked = [rule for rule in self.category.evidence_rules.all() if rule.asked_of in {"", medium} and rule.least]
        papers = [str(words.EVIDENCE_KIND[EvidenceKind(rule.kind)]) for rule in asked]
        return _("Papers: %(papers)s.") % {"papers": wording.comma().join(papers)} if papers else ""


class EquipmentForm(StepForm):
    equipment = Lines(
        label=gettext_lazy("Equipment"),
        required=False,
        help_text=gettext_lazy("One a line: kind, make, serial number. Like: camera, Example X1, 123456."),
    )
    vehicles = Lines(
        label=gettext_lazy("Vehicles"),
        required=False,
        rows=3,
        help_text=gettext_lazy("One a line: number plate, kind, driver. Like: AB 123, van, Ada Example."),
    )
    arrival = TidyText(
        label=gettext_lazy("Arrival"),
        required=False,
        max_length=500,
        rows=2,
        help_text=gettext_lazy("Day and hour of your arrival, and whether you wish to be met at the gate."),
    )

    def shape(self):
        if not self.category.asks_equipment:
            self.leave_out("equipment")
        if not self.category.asks_vehicles:
            self.leave_out("vehicles")


def asks_equipment(registration):
    return registration.category.asks_equipment or registration.category.asks_vehicles
