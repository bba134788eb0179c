"""Draws of seats: which categories have one, and one draw from its sentence to its decisions."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation import words
from accreditation.desk import draws, lot
from accreditation.forms.desk.draws import AnnounceForm
from accreditation.models import Draw, Registration
from accreditation.states import Medium
from accreditation.views.desk.doors import desk_only, meeting_for
from office import names, permissions


@require_safe
@desk_only(permissions.may_select)
def page(request, meeting):
    meeting = meeting_for(request.user, meeting, permissions.may_select)
    categories = meeting.categories.prefetch_related("draws")
    return render(request, "desk/draws.html", {"meeting": meeting, "categories": categories})


def found_category(request, meeting, category):
    """(category, its Draw or None); 404 for another meeting's."""
    meeting = meeting_for(request.user, meeting, permissions.may_select)
    found = meeting.categories.filter(slug=category).first()
    if found is None:
        raise Http404
    found.meeting = meeting
    return found, Draw.objects.filter(category=found).select_related("by").first()


@require_safe
@desk_only(permissions.may_select)
def one(request, meeting, category):
    found, draw = found_category(request, meeting, category)
    return show(request, found, draw, AnnounceForm(category=found))


def show(request, category, draw, form, status=200):
    context = {
        "meeting": category.meeting,
        "category": category,
        "draw": draw,
        "form": form,
        "is_over": draw is not None and not category.is_open(),
        "waiting": draws.candidates(category).count(),
        "apart": [row.alias for row in draws.kept_apart(category)],
        "rows": rows(draw) if draw else [],
        "media": [words.MEDIUM[Medium(word)] for word in draw.media] if draw else [],
        "balance": draws.balance(draw, get_language()) if draw else [],
    }
    return render(request, "desk/draw.html", context, status=status)


def rows(draw):
    """[{"rank", "reference", "name", "country", "medium", "gets_seat", "status"}] in the order drawn."""
    entries = {entry["reference"]: entry for entry in lot.waiting(draw.entries)}
    found = {row.reference: row for row in Registration.objects.filter(reference__in=draw.outcome)}
    told = []
    for rank, reference in enumerate(draw.outcome, start=1):
        entry, row = entries[reference], found.get(reference)
        is_hidden = row is None or row.is_hidden
        told.append(
            {
                "rank": rank,
                "reference": reference,
                "name": row.listed_as if row else "",
                "country": "" if is_hidden else names.name(entry["country"], get_language()),
                "medium": words.MEDIUM[Medium(entry["medium"])] if entry["medium"] and not is_hidden else "",
                "gets_seat": rank <= draw.seats,
                "status": row.get_status_display() if row else "",
            }
        )
    return told


@require_POST
@desk_only(permissions.may_select)
def announce(request, meeting, category):
    found, draw = found_category(request, meeting, category)
    form = AnnounceForm(request.POST, category=found)
    if draw is None and form.is_valid():
        values = {"media": []} | form.cleaned_data
        try:
            draws.announce(found, by=request.user, **values)
            return redirect("desk:draw", found.meeting.code, found.slug)
        except draws.DrawRefused as refused:
            form.add_error(None, str(refused))
    if draw is not None:
        messages.error(request, _("The draw of this category is announced already, and stands."))
        return redirect("desk:draw", found.meeting.code, found.slug)
    return show(request, found, None, form, status=422)


def announced(request, meeting, category):
    found, draw = found_category(request, meeting, category)
    if draw is None:
        raise Http404
    return found, draw


@require_POST
@desk_only(permissions.may_select)
def make(request, meeting, category):
    found, draw = announced(request, meeting, category)
    try:
        draws.make(draw)
    except draws.DrawRefused as refused:
        messages.error(request, str(refused))
    return redirect("desk:draw", found.meeting.code, found.slug)


@require_POST
@desk_only(permissions.may_decide)
def carry_out(request, meeting, category):
    found, draw = announced(request, meeting, category)
    if not permissions.may_decide(request.user, found.meeting):
        raise Http404
    try:
        carried = draws.carry_out(draw, by=request.user)
    except draws.DrawRefused as refused:
        messages.error(request, str(refused))
    else:
        done = sum(not row.refusal for row in carried)
        messages.success(
            request, ngettext("%(count)s decision made.", "%(count)s decisions made.", done) % {"count": done}
        )
        for row in carried:
            if row.refusal:
                messages.error(request, f"{row.reference}: {row.refusal}")
    return redirect("desk:draw", found.meeting.code, found.slug)
