"""The print desk: cards by state, found by a name, a number or their code, and what is done with each."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accreditation import badge_code, badge_faces, badges, door, evidence, pick_up, words
from accreditation.badges import BadgeRefused
from accreditation.desk import printing
from accreditation.forms.desk.badges import HandOverForm, LoseForm, ReplaceForm, SlotForm
from accreditation.models import Badge, Evidence
from accreditation.pick_up import PickUpRefused
from accreditation.states import BadgeAct, BadgeState, EvidenceKind
from accreditation.views.desk.doors import desk_only, meeting_for
from accreditation.views.files import handed_out
from advisory.models import Meeting
from office import keys, permissions

MAY = permissions.may_hand_out_badges
RIGHT = "accreditation.hand_out_badge"
PAGE, MOST_MEETINGS, LATEST_JOBS, SMALL_EDGE = 50, 200, 10, 280
NAMES = {
    printing.TO_PRINT: gettext_lazy("To print"),
    printing.PRINTING: gettext_lazy("In a print job"),
    BadgeState.PRINTED: gettext_lazy("To hand over"),
    BadgeState.COLLECTED: gettext_lazy("Collected"),
    BadgeState.VOID: words.BADGE_STATE[BadgeState.VOID],
}
TONES = {
    BadgeState.ISSUED: ("rev", "clock"), BadgeState.PRINTED: ("warn", "change"), BadgeState.COLLECTED: ("ok", "ok"),
    BadgeState.VOID: ("off", "off"),
}  # fmt: skip
FORMS = {BadgeAct.HAND_OVER: HandOverForm, BadgeAct.LOSE: LoseForm, BadgeAct.REPLACE: ReplaceForm}
CODE = re.compile(r"^\s*[Bb]1\.")


@require_safe
@desk_only(MAY)
def page(request):
    """A view of one meeting's badges, or those that are found."""
    meetings = list(_meetings(request.user)[:MOST_MEETINGS])
    meeting = chosen_meeting(request, meetings)
    if meeting is None:
        return render(request, "desk/badges_nothing.html")
    categories = list(meeting.categories.all())
    view, at = asked_view(request.GET, categories), timezone.now()
    counted = printing.counts(meeting, category=view.category, at=at)
    shown = Paginator(printing.rows(meeting, view, at=at), PAGE).get_page(request.GET.get("page"))
    context = {
        "meeting": meeting,
        "meetings": meetings if meeting in meetings else [meeting, *meetings],
        "categories": categories,
        "view": view,
        "tabs": [(state, NAMES[state], counted[str(state)], query(meeting, view, state=state)) for state in NAMES],
        "lines": [(badge, *TONES[badge.state], doubts_of(badge)) for badge in shown],
        "shown": shown,
        "query": query(meeting, view),
        "may_print": view.state == printing.TO_PRINT and not view.text,
        "jobs": meeting.print_jobs.filter(ended_at=None).select_related("by")[:LATEST_JOBS],
    }
    return render(request, "desk/badges.html", context)


def _meetings(officer):
    """Meetings that have badges, the latest first."""
    scopes = permissions.meetings_with(officer, RIGHT)
    own = Meeting.objects.all() if scopes is None else Meeting.objects.filter(pk__in=scopes)
    return own.filter(pk__in=Badge.objects.order_by().values("meeting")).order_by("-pk")


def chosen_meeting(request, meetings):
    if code := request.GET.get("meeting"):
        return meeting_for(request.user, code, MAY)
    return meetings[0] if meetings else None


def asked_view(asked, categories):
    """As a query asks; nonsense in it shows what waits to be printed."""
    state, category = asked.get("state", ""), asked.get("category", "")
    return printing.View(
        state=state if state in {str(name) for name in NAMES} else printing.TO_PRINT,
        category=category if category in {row.slug for row in categories} else "",
        text=asked.get("q", "").replace("\0", " ")[:200],
    )


def query(meeting, view, **changed):
    asked = {"meeting": meeting.code, "state": view.state, "category": view.category}
    asked |= changed or {"q": view.text}
    return urlencode({name: value for name, value in asked.items() if value})


def doubts_of(badge):
    """What to look at before the card is handed over; whoever has it already has looked."""
    return badge_faces.doubts(badge) if is_waiting(badge) else []


@require_POST
@desk_only(MAY)
def find(request):
    """To the card whose code was scanned into the box, or to what is found by a name, a reference or a number.

    By POST: a code in an address would stay in logs and histories.
    """
    meeting = meeting_for(request.user, request.POST.get("meeting", ""), MAY)
    text = request.POST.get("q", "").replace("\0", " ")
    if CODE.match(text):
        return _to_scanned(request, meeting, text)
    found = printing.rows(meeting, printing.View(text=text[:200])).exclude(state=BadgeState.VOID)
    keys_found = list(found.values_list("pk", flat=True)[:2])
    if len(keys_found) == 1:
        return redirect("desk:badge", keys_found[0])
    return redirect(reverse("desk:badges") + "?" + urlencode({"meeting": meeting.code, "q": text[:200]}))


def _to_scanned(request, meeting, text):
    badge, why_not = scanned(meeting, text)
    if badge is None:
        messages.error(request, why_not)
        return redirect(reverse("desk:badges") + "?" + urlencode({"meeting": meeting.code}))
    return redirect("desk:badge", badge.pk)


def scanned(meeting, text):
    """(the Badge of a genuine code, ""), or (None, why there is none)."""
    try:
        content, signed, signature = badge_code.read(door.cleaned(text))
    except badge_code.NotACode:
        return None, _("This is no whole code. Scan it once more.")
    if content.meeting != meeting.pk:
        return None, _("This badge is for another meeting.")
    key = keys.published(keys.BADGE, meeting).filter(number=content.key).first()
    if key is None or not keys.is_signed(signed, signature, by=key):
        return None, _("The code is not genuine.")
    badge = Badge.objects.filter(meeting=meeting, serial=content.serial).first()
    return badge, "" if badge else _("The code is genuine, but no badge is known by it.")


def badge_for(request, pk):
    badge = Badge.objects.with_person().filter(pk=pk).first() if pk < 1 << 63 else None
    if badge is None or not MAY(request.user, badge.meeting):
        raise Http404
    return badge


@require_safe
@desk_only(MAY)
def one(request, pk):
    """One card and its person: hand it over, note that it is lost, replace it."""
    return show(request, badge_for(request, pk))


def show(request, badge, *, act="", form=None):
    registration, meeting = badge.registration, badge.meeting
    forms = {act: form_of(act) for act in FORMS}
    if form is not None:
        forms[act] = form
    pick, slots = pick_up.chosen(registration), list(pick_up.open_to(meeting))
    allowed = set(badges.may(badge))
    context = {
        "badge": badge,
        "meeting": meeting,
        "person": registration,
        "look": TONES[badge.state],
        "doubts": doubts_of(badge),
        "entries": badge.entries.select_related("by"),
        "others": registration.badges.exclude(pk=badge.pk).order_by("-number"),
        "portrait": portrait_of(request.user, badge),
        "pick": pick,
        "slot_form": SlotForm(slots=slots, meeting=meeting) if slots and is_waiting(badge) else None,
        "hand_over": forms[BadgeAct.HAND_OVER] if BadgeAct.HAND_OVER in allowed else None,
        "lose": forms[BadgeAct.LOSE] if BadgeAct.LOSE in allowed else None,
        "replace": forms[BadgeAct.REPLACE] if BadgeAct.REPLACE in allowed else None,
        "may_print": Badge.objects.ready().filter(~printing.in_job(), pk=badge.pk).exists(),
        "form": form,
    }
    return render(request, "desk/badge.html", context, status=422 if form is not None else 200)


def form_of(act, data=None):
    """Several stand on one page: each has ids of its own."""
    return FORMS[act](data, auto_id=f"{act}_%s")


def is_waiting(badge):
    return badge.state in {BadgeState.ISSUED, BadgeState.PRINTED}


def portrait_of(officer, badge):
    """The Evidence to compare a face with; of somebody under protection none is shown."""
    if badge.registration.is_hidden or not permissions.may_read_portrait(officer, badge.meeting):
        return None
    rows = Evidence.objects.filter(registration=badge.registration_id, kind=EvidenceKind.PORTRAIT, replaced_at=None)
    return rows.order_by("-added_at").first()


@require_safe
@desk_only(MAY)
def portrait(request, pk):
    row = portrait_of(request.user, badge_for(request, pk))
    if row is None:
        raise Http404
    return handed_out(row, lambda: evidence.preview(row, 1, max_edge=SMALL_EDGE))


@require_POST
@desk_only(MAY)
def hand_over(request, pk):
    badge, form = badge_for(request, pk), form_of(BadgeAct.HAND_OVER, request.POST)
    if not form.is_valid():
        return show(request, badge, act=BadgeAct.HAND_OVER, form=form)
    return carried_out(request, badge, badges.hand_over, form, _("Handed over: %(badge)s, %(name)s."))


@require_POST
@desk_only(MAY)
def lose(request, pk):
    badge, form = badge_for(request, pk), form_of(BadgeAct.LOSE, request.POST)
    if not form.is_valid():
        return show(request, badge, act=BadgeAct.LOSE, form=form)
    return carried_out(request, badge, badges.lose, form, _("%(badge)s opens nothing from now on."), stays=True)


@require_POST
@desk_only(MAY)
def replace(request, pk):
    badge, form = badge_for(request, pk), form_of(BadgeAct.REPLACE, request.POST)
    if not form.is_valid():
        return show(request, badge, act=BadgeAct.REPLACE, form=form)
    return carried_out(
        request,
        badge,
        badges.replace,
        form,
        _("%(badge)s opens nothing from now on. This is the new badge."),
        stays=True,
    )


def carried_out(request, badge, act, form, said, *, stays=False):
    """Where the officer goes on: to the next person, or ``stays`` with the card that is theirs now."""
    try:
        now = act(badge, by=request.user, **form.cleaned_data)
    except BadgeRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:badge", badge.pk)
    messages.success(request, said % {"badge": badge, "name": badge.registration.listed_as})
    if stays:
        return redirect("desk:badge", now.pk)
    return redirect(
        reverse("desk:badges") + "?" + urlencode({"meeting": badge.meeting.code, "state": BadgeState.PRINTED})
    )


@require_POST
@desk_only(MAY)
def slot(request, pk):
    """Another moment for somebody who asks at the desk."""
    badge = badge_for(request, pk)
    form = SlotForm(request.POST, slots=pick_up.open_to(badge.meeting), meeting=badge.meeting)
    try:
        if not form.is_valid():
            raise PickUpRefused(_("This time is full or over. Choose another one."))
        with transaction.atomic():
            pick_up.choose(badge.registration, form.chosen)
            pick_up.tell_set(badge.registration, form.chosen)
        messages.success(request, _("The pick-up time is noted."))
    except PickUpRefused as refused:
        messages.error(request, str(refused))
    return redirect("desk:badge", badge.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only(MAY)
def slots(request, code):
    """Who comes when, to read out or to print; by POST those who can choose are written to."""
    meeting = meeting_for(request.user, code, MAY)
    if request.method == "POST":
        told = pick_up.tell_open(meeting)
        said = ngettext("%(count)s person is told.", "%(count)s people are told.", told)
        messages.success(request, said % {"count": told})
        return redirect("desk:pick-up-times", meeting.code)
    found = [(row, [(badge, *TONES[badge.state], []) for badge in people]) for row, people in pick_up.people(meeting)]
    may_set = permissions.may(request.user, "accreditation.add_pickupslot", meeting)
    context = {"meeting": meeting, "slots": found, "may_set": may_set, "untold": len(pick_up.untold(meeting)[0])}
    return render(request, "desk/badge_slots.html", context)
