"""The layout of badges, of one meeting or of the house: a form, what it would print, and a sheet to measure."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accreditation import badge_layouts, badge_sheets
from accreditation.forms.desk.badge_layout import BadgeLayoutForm
from accreditation.models import BadgeLayout
from accreditation.views.desk.doors import desk_only, meeting_for
from office import permissions

UNSEEN = "note"  # words that the address of a preview leaves out, in every language


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(permissions.may_lay_out_badges)
def page(request):
    """Seen, tried and saved; ``act=reset`` puts every part where the chosen card has it."""
    layout = own_layout(request)
    act = request.POST.get("act", "")
    form = BadgeLayoutForm(request.POST if request.method == "POST" else None, instance=layout)
    if act == "reset" and request.POST.get("preset") in badge_layouts.PRESETS:
        layout.preset, layout.design = request.POST["preset"], {}
        form = BadgeLayoutForm(instance=layout)
    elif form.is_valid() and act == "save":
        form.save()
        messages.success(request, _("The layout is saved."))
        return redirect(address(layout))
    context = {"form": form, "meeting": layout.meeting, "shown": picture(form), "here": address(layout)}
    return render(request, "desk/badge_layout.html", context, status=422 if form.errors else 200)


@require_safe
@desk_only(permissions.may_lay_out_badges)
def preview(request):
    """A picture of an invented badge as the form stands; 422 while that cannot be printed."""
    form = BadgeLayoutForm(request.GET, instance=own_layout(request))
    if not form.is_valid():
        return HttpResponse("\n".join(form.non_field_errors()), status=422, content_type="text/plain; charset=utf-8")
    return printed(lambda: badge_sheets.preview(form.instance, language=translation.get_language()), "image/png")


@require_safe
@desk_only(permissions.may_lay_out_badges)
def test_sheet(request):
    """Rulers and outlines on the layout's own paper, to be measured beside a card."""
    layout = own_layout(request)
    return printed(lambda: badge_sheets.test_sheet(layout, language=translation.get_language()), "application/pdf")


def printed(make, media_type):
    try:
        return HttpResponse(make(), content_type=media_type)
    except badge_sheets.CannotPrint:
        words = _("This cannot be printed at the moment. Try again in a minute.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")


def own_layout(request):
    """The row of ``?meeting=CODE``, made from the house's where it has none; without a code the house's own.

    404 for an officer of other meetings alone.
    """
    code = request.GET.get("meeting", "")
    if not code:
        if permissions.meetings_with(request.user, permissions.LAY_OUT_BADGES) is not None:
            raise Http404
        return BadgeLayout.objects.filter(meeting=None).first() or BadgeLayout()
    meeting = meeting_for(request.user, code, permissions.may_lay_out_badges)
    layout = badge_sheets.layout_of(meeting)
    if layout.meeting_id is None:
        layout.pk, layout.meeting, layout._state.adding = None, meeting, True
    return layout


def address(layout):
    query = f"?{urlencode({'meeting': layout.meeting.code})}" if layout.meeting else ""
    return reverse("desk:badge-layout") + query


def picture(form):
    """The address of the picture of what the form says; "" while it is refused."""
    if form.errors:
        return ""
    values = {name: form[name].value() for name in form.fields if not name.startswith(UNSEEN)}
    told = {name: "on" if value is True else value for name, value in values.items() if not is_empty(value)}
    if form.instance.meeting:
        told["meeting"] = form.instance.meeting.code
    return f"{reverse('desk:badge-layout-preview')}?{urlencode(told)}"


def is_empty(value):
    """Neither ticked nor written; nought is a measure."""
    return value is False or value in (None, "")
