"""Requests to speak: the ranked list, one request and its grade, the choice."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation import protection
from accreditation.desk import speaking
from accreditation.desk.regions import REGION
from accreditation.forms.desk.speaking import ChooseForm, GradeForm, OutcomeForm
from accreditation.views.desk import opening
from accreditation.views.desk.doors import desk_only, meeting_for, registration_for
from advisory.renditions import wording
from office import names, permissions


@require_safe
@desk_only()
def page(request, meeting):
    return ranked(request, meeting_for(request.user, meeting))


def ranked(request, meeting, form=None, status=200):
    """As the address says: ``?joint=first`` puts joint statements before all others."""
    joint_first = request.GET.get("joint") == "first"
    found = speaking.rows(meeting, request.user, joint_first=joint_first)
    context = {
        "meeting": meeting,
        "rows": found,
        "balance": balance_in_words(found),
        "joint_first": joint_first,
        "form": form or ChooseForm(initial={"joint_first": joint_first}),
        "may_select": permissions.may_select(request.user, meeting),
    }
    return render(request, "desk/speaking.html", context, status=status)


def balance_in_words(found):
    """[{"title", "rows": [(word, asked, selected)]}]."""
    language = get_language()
    said = {
        "region": (_("Region"), REGION.get),
        "country": (_("Country"), lambda code: names.name(code, language)),
        "language": (_("Language"), lambda code: wording.languages([code])),
    }
    tables = [(*said[which], counted) for which, counted in speaking.balance(found).items()]
    return [
        {"title": title, "rows": [(say(code) if code else "–", *counts) for code, *counts in counted]}
        for title, say, counted in tables
    ]


def found_request(request, meeting, reference, may):
    """The application that asks to speak in this meeting; 404 for any other."""
    meeting = meeting_for(request.user, meeting, may)
    registration = registration_for(request.user, reference)
    if not speaking.requests(meeting).filter(pk=registration.pk).exists():
        raise Http404
    return meeting, registration


@require_safe
@desk_only()
def one(request, meeting, reference):
    meeting, registration = found_request(request, meeting, reference, permissions.may_review)
    return show(request, meeting, registration, GradeForm())


def show(request, meeting, registration, form, status=200):
    row, is_opened = speaking.row_of(registration, request.user), opening.read(request, registration)
    context = {
        "meeting": meeting,
        "row": row,
        "registration": registration,
        "is_opened": is_opened,
        "may_open": registration.is_hidden and protection.may_open(registration, request.user),
        "may_read": is_opened or not registration.is_hidden,
        "form": form,
        "language": row.language_name,
        "outcome": OutcomeForm(initial={"outcome": row.outcome}),
        "may_grade": permissions.may_score(request.user, meeting) and row.own is None and not row.is_graded,
        "may_select": permissions.may_select(request.user, meeting),
    }
    return render(request, "desk/speaking_request.html", context, status=status)


@require_POST
@desk_only(permissions.may_score)
def grade(request, meeting, reference):
    meeting, registration = found_request(request, meeting, reference, permissions.may_score)
    form = GradeForm(request.POST)
    if form.is_valid():
        try:
            speaking.grade(registration, by=request.user, **form.cleaned_data)
            return redirect("desk:speaking-request", meeting.code, registration.reference)
        except speaking.SpeakingRefused as refused:
            form.add_error(None, str(refused))
    return show(request, meeting, registration, form, status=422)


@require_POST
@desk_only(permissions.may_select)
def outcome(request, meeting, reference):
    meeting, registration = found_request(request, meeting, reference, permissions.may_select)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        speaking.set_outcome(registration, form.cleaned_data["outcome"], by=request.user)
    except speaking.SpeakingRefused as refused:
        messages.error(request, str(refused))
    return redirect("desk:speaking-request", meeting.code, registration.reference)


@require_POST
@desk_only(permissions.may_select)
def choose(request, meeting):
    found = meeting_for(request.user, meeting, permissions.may_select)
    form = ChooseForm(request.POST)
    if form.is_valid():
        try:
            placed = speaking.choose(found, by=request.user, **form.cleaned_data)
            said = ngettext("%(count)s person is told.", "%(count)s people are told.", placed)
            messages.success(request, said % {"count": placed})
            return redirect("desk:speaking", found.code)
        except speaking.SpeakingRefused as refused:
            form.add_error(None, str(refused))
    return ranked(request, found, form=form, status=422)
