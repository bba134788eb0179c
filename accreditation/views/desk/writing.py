"""Writing beside an application: a note for colleagues, a letter to its applicant."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accreditation.desk import notes
from accreditation.forms.desk.writing import LetterForm, NoteForm
from accreditation.views.desk.application import address, show
from accreditation.views.desk.doors import desk_only, registration_for
from office import permissions


@require_POST
@desk_only()
def note(request, reference):
    registration = registration_for(request.user, reference)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, registration, note=form, status=422)
    notes.add(registration, form.cleaned_data["note"], by=request.user)
    return redirect(address(request, registration.reference) + "#notes")


@require_POST
@desk_only(permissions.may_decide)
def letter(request, reference):
    registration = registration_for(request.user, reference, permissions.may_decide)
    form = LetterForm(request.POST)
    if not form.is_valid():
        return show(request, registration, letter=form, status=422)
    notes.write(registration, form.cleaned_data["letter"], by=request.user)
    messages.success(request, _("The message is on its way. Its e-mail says only that there is one."))
    return redirect(address(request, registration.reference) + "#messages")
