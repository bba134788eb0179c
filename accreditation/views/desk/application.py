"""One application on one screen, and the act of deciding on it."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation import checks, conditions, protection, standing, words, workflow
from accreditation.desk import case, claims, deciding, history, neighbours, notes, second, security, undoing
from accreditation.forms.desk.claiming import AssignForm
from accreditation.forms.desk.deciding import form_for
from accreditation.forms.desk.writing import LetterForm, NoteForm
from accreditation.models import Note
from accreditation.states import Clearance, Status
from accreditation.views.desk import opening
from accreditation.views.desk.doors import desk_only, registration_for
from accreditation.views.desk.viewer import Viewer
from office import permissions

OF_THIS_PAGE = {"paper", "leaf", "zoom", "turn", "do", "item"}  # in its query; whatever else stands there is the list's


@require_safe
@desk_only(permissions.may_open_case)
def page(request, reference):
    registration = registration_for(request.user, reference, permissions.may_open_case)
    if permissions.may_decide(request.user, registration.meeting):
        claims.look(registration, request.user)
    return show(request, registration, action=request.GET.get("do", ""))


def claimed(registration, officer):
    """What ``desk/_claim.html`` needs: who has it, and to whom it can be given."""
    holder = claims.holder(registration)
    may_assign = registration.status in claims.OPEN and permissions.may_decide(officer, registration.meeting)
    form = AssignForm(meeting=registration.meeting, initial={"to": officer, "held_by": holder}) if may_assign else None
    return {"holder": holder, "assign_form": form}


@require_POST
@desk_only()
def act(request, reference, action):
    """Carry out one action of the table and open what comes next; a refusal is told and changes nothing."""
    registration = registration_for(request.user, reference)
    actor = deciding.actor_for(request.user, registration, action)
    if action not in workflow.ACTIONS or actor is None:
        raise Http404
    if action == workflow.UNDO:
        return undo(request, registration, actor)
    form = form_for(action, registration, request.POST)
    if not form.is_valid():
        return show(request, registration, action=action, form=form, status=422)
    try:
        outcome = second.carry_out(
            registration, action, actor=actor, by=request.user, refers="refers" in request.POST, **form.words
        )
    except workflow.TransitionRefused as refusal:
        form.add_error(None, str(refusal))
        return show(request, registration, action=action, form=form, status=409)
    return go_on(request, registration, action, outcome)


def undo(request, registration, actor):
    """Of the decision whose button was pressed: pressed twice, it does not undo the one before too."""
    form = form_for(workflow.UNDO, registration, request.POST)
    try:
        if not form.is_valid():
            raise workflow.TransitionRefused(" ".join(form.non_field_errors()))
        workflow.apply(registration, workflow.UNDO, actor=actor, by=request.user, seen=form.cleaned_data["seen"])
        messages.success(request, _("%(reference)s is as it was before.") % {"reference": registration.reference})
    except workflow.TransitionRefused as refusal:
        messages.error(request, str(refusal))
    return redirect(address(request, registration.reference))


def go_on(request, registration, action, outcome):
    """To the next application of the list, or to the queue where nothing is left."""
    if outcome != "done":
        told = _("%(reference)s: a second officer decides.")
        messages.info(request, told % {"reference": registration.reference})
    elif not registration.category.hold_seconds:
        done = {"reference": registration.reference, "what": history.DONE[action]}
        messages.success(request, _("%(reference)s: %(what)s.") % done)
    following = neighbours.next_after(registration, request.user, request.GET.get("view", ""))
    if following:
        return redirect(address(request, following))
    messages.info(request, _("Nothing more waits in this list."))
    return redirect("desk:queue")


def address(request, reference, **more):
    """Of an application's page, with the list that it was opened from."""
    query = urlencode([*list_of(request), *more.items()])
    return reverse("desk:registration", args=[reference]) + (f"?{query}" if query else "")


def list_of(request):
    """(name, value) of the query that belong to the list."""
    return [(name, request.GET[name]) for name in request.GET if name not in OF_THIS_PAGE]


def show(request, registration, *, action="", form=None, letter=None, note=None, status=200):
    """The page; ``form`` is that of ``action``, ``letter`` and ``note`` those of the words beside it."""
    officer, is_opened = request.user, opening.read(request, registration)
    seen = case.sees(registration, officer, is_opened=is_opened)
    context = {
        "registration": registration,
        "seen": seen,
        "is_opened": is_opened,
        "may_open": registration.is_hidden and protection.may_open(registration, officer),
        "name": opening.name_of(registration) if is_opened else registration.listed_as,
        "sections": case.sections(registration, seen),
        "sealed": case.sealed_steps(registration, seen),
        "list_query": urlencode(list_of(request)),
        "viewer": Viewer.of(
            request, registration, case.papers(registration, officer) if seen.case or seen.identity else []
        ),
        "state": _state(registration),
        "granted": registration.granted if registration.status == Status.APPROVED else {},
        "language": dict(settings.LANGUAGES).get(registration.language, registration.language),
        "records": records(officer, registration, seen),
        "is_late": bool(registration.due_at and registration.due_at <= timezone.now() and not registration.paused_at),
    }
    if permissions.may_review(officer, registration.meeting):
        context |= _of_reviewers(request, registration, seen, action, form)
        context |= {"letter_form": letter or LetterForm(), "note_form": note or NoteForm()}
    return render(request, "desk/application.html", context, status=status)


def records(officer, registration, seen):
    """[(words, address)] of the staff panel's pages about the application that the officer may open."""
    if not officer.is_staff:
        return []
    found, sender = [], registration.organization_id if seen.case else None
    if permissions.may(officer, "accreditation.view_registration", registration.meeting):
        address = reverse("admin:accreditation_registration_change", args=[registration.pk])
        found.append((_("Application in the staff panel"), address))
    if sender and permissions.may(officer, "accreditation.view_organization"):
        address = reverse("admin:accreditation_organization_change", args=[sender])
        found.append((_("Organization in the staff panel"), address))
    return found


def _of_reviewers(request, registration, seen, action, form):
    """What those who decide see beside the answers."""
    officer, decisions = request.user, history.rows(registration)
    conflict = conditions.conflict(registration, officer)
    buttons = [] if conflict else deciding.buttons(officer, registration)
    open_to = {button.action: button for button in buttons}
    last = deciding.last_seen(decisions)
    if form is None and action in open_to:
        form = form_for(action, registration, initial={"seen": last} | _ticked(request))
    elif form is not None:  # what happened meanwhile is on the screen now, beside what was typed
        form.data = form.data.copy()
        form.data["seen"] = last
    written = list(registration.notes.select_related("by")) if seen.case else []
    return {
        "history": history.entries(decisions, reads_words=seen.case),
        "notes": [row for row in written if row.to == Note.To.DESK],
        "thread": [row for row in written if row.to in notes.THREAD],
        "conflict": conflict,
        "buttons": buttons,
        "button": open_to.get(action),
        "form": form,
        "action": action,
        "last_seen": last,
        "asks": "ask" in open_to,
        "may_decide": permissions.may_decide(officer, registration.meeting),
        "direct": form_for("approve", registration, initial={"seen": last}, auto_id="bar_%s") if buttons else None,
        "undo": undoing.last_held(officer),
        "neighbours": neighbours.of(registration, officer, request.GET.get("view", "")),
        "email": case.reached_at(registration, seen),
        "samples": case.samples(registration, seen),
        "takings": list(_takings(registration)) if seen.case else [],
        "hints": checks.told(registration, officer) if seen.case else [],
        "clearance": _clearance(registration),
        "proposed": second.open_for(registration),
    } | claimed(registration, officer)


def _clearance(registration):
    """What security answered, in a word, or "" where nobody has asked or the answer has run out."""
    flag = security.flag(registration)
    return "" if flag == Clearance.NOT_ASKED else words.CLEARANCE[flag]


def _takings(registration):
    """Who took which paper as it was sent, the latest first."""
    return registration.openings.exclude(paper=None).select_related("by", "paper")[:10]


def _ticked(request):
    """The item whose own Ask link was pressed."""
    return {f"item_{request.GET['item']}": True} if "item" in request.GET else {}


def _state(registration):
    status = Status(registration.status)
    if status == Status.SUBMITTED and registration.returned_at:
        return {"tone": "info", "icon": "answered", "word": _("Answered")}
    tone, icon = standing.TONES[status]
    return {"tone": tone, "icon": icon, "word": words.STATUS[status]}
