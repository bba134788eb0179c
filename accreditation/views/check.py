"""The last two ways to act on a draft: everything checked and sent, or a standing accreditation confirmed."""

from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accreditation import announced, answers, contrast, intake, journey, names_shown, workflow
from accreditation.forms.check import CheckForm
from accreditation.forms.confirm import ConfirmForm
from accreditation.models import Registration
from accreditation.start_page import Door, past
from accreditation.states import Actor, Status
from accreditation.views.apply import address, link_again, opened, page, place_of, sent_already
from accreditation.views.private import private

CONFIRM = journey.Step("confirm", _("Confirm that you come"), ConfirmForm)
GONE = {
    Door.CANCELLED: _("The meeting is cancelled: there is nothing left to apply for."),
    Door.OVER: _("The meeting is over: there is nothing left to apply for."),
}


@private
def check(request, year, slug, category):
    """Everything once more; sent from here. Sending twice sends once, and the second sees what the first did."""
    registration, is_late = opened(request, (year, slug, category), journey.CHECK)
    if registration is None:
        return link_again(request, year, slug, category)
    if registration.status != Status.DRAFT:
        return sent_already(request, registration, is_late=is_late)
    if missing := journey.missing(registration):
        if is_late:
            return link_again(request, *place_of(registration), is_saved=True)
        return redirect(address(registration, missing[0]))
    edition = announced.edition_of(registration.meeting)
    form = CheckForm(request.POST if request.method == "POST" else None, registration=registration)
    if form.is_valid() and send(form, registration, edition):
        return sent_already(request, registration, is_late=is_late)
    if is_late:  # this page shows answers, for which a browser needs the cookie
        return link_again(request, *place_of(registration), is_saved=True)
    return page(request, registration, journey.step(registration, journey.CHECK), {
        "form": form,
        "about": announced.about(edition) if edition else None,
        "sections": answers.to_check(registration),
        "badge_name": names_shown.badge_name(registration),
        "passport_order": names_shown.passport_order(registration),
        "organization": registration.organization or registration.organization_name,
        "band_is_light": contrast.is_light(registration.category.badge_colour),
    }, template="check.html")  # fmt: skip


def send(form, registration, edition):
    """Whether the application is at the desk now; what refuses it stands in the form's summary, all answers kept."""
    refusal = refused_by_meeting(edition)
    if not refusal:
        try:
            intake.submit(registration, remembers=form.cleaned_data["remembers"], edition=edition)
        except workflow.TransitionRefused as refused:
            refusal = str(refused)
    if refusal:
        form.add_error(None, refusal)
    return not refusal


@private
def confirm(request, year, slug, category):
    """Who holds a standing accreditation gives a name and the number of the pass, and has confirmed."""
    registration, is_late = opened(request, (year, slug, category), CONFIRM.slug)
    if registration is None:
        return link_again(request, year, slug, category)
    if registration.status != Status.DRAFT:
        return sent_already(request, registration, is_late=is_late)
    if not registration.category.standing_confirms:
        return redirect(address(registration, journey.first_open(registration)))
    form = ConfirmForm(request.POST if request.method == "POST" else None, registration=registration)
    if form.is_valid() and confirmed(form, registration):
        return sent_already(request, registration, is_late=is_late)
    return page(request, registration, CONFIRM, {"form": form}, template="confirm.html")


def confirmed(form, registration):
    """Whether it is confirmed now; what refuses it stands in the form's summary."""
    refusal = refused_by_meeting(announced.edition_of(registration.meeting))
    if not refusal:
        try:
            intake.save_answers(registration, CONFIRM.slug, form.answers, is_done=False)
            workflow.apply(registration, "confirm", actor=Actor.APPLICANT)
        except workflow.TransitionRefused as refused:
            refusal = "" if is_sent(registration) else str(refused)
    if refusal:
        form.add_error(None, refusal)
    return not refusal


def is_sent(registration):
    return Registration.objects.filter(pk=registration.pk).exclude(status=Status.DRAFT).exists()


def refused_by_meeting(edition):
    gone = past(edition.facts) if edition else None
    return str(GONE[gone]) if gone else ""
