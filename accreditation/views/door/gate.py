"""One gate: its page, which works with and without script, a scan, and what the guard does after it."""

import json
from datetime import datetime, timedelta
from functools import partial

from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accreditation import clock, door, door_acts, door_words, evidence, gate_answers, words
from accreditation.forms.door import ActForm, ScanForm
from accreditation.models import Evidence, Scan
from accreditation.states import Direction, EvidenceKind, Verdict
from accreditation.views.door import guards
from accreditation.views.files import handed_out

SHAPES = {
    Verdict.ADMIT: "ok", Verdict.STOP: "stop", Verdict.CHECK: "warn", Verdict.ALREADY_IN: "answered",
    Verdict.OUT: "back", Verdict.UNDONE: "back",
}  # fmt: skip
SIZES = {"is-longer": 8, "is-long": 5}  # for words of which a part has more letters; as in ``verdict.js``
PORTRAIT_LASTS, PORTRAIT_EDGE = timedelta(minutes=2), 560


@require_safe
@guards.at_gate
def page(request, guard):
    if guard.is_over:
        return guards.revoked(request)
    return _shown(request, guard, ScanForm())


@require_POST
@guards.at_gate
def scan(request, guard):
    """What one code comes to."""
    form = ScanForm(request.POST)
    if not form.is_valid():
        if guards.wants_json(request):
            return JsonResponse({"error": "malformed"}, status=400)
        return _shown(request, guard, form, status=422)
    given = form.cleaned_data
    held = {"gate": guard.gate, "direction": given["direction"], "device": guard.device, "by": guard.officer}
    try:
        scan = door.admit(given["code"], scan_id=given["id"], **held)
    except door.IdTaken:
        scan = None
    if scan is None or not guard.has_made(scan):
        if guards.wants_json(request):
            return JsonResponse({"error": "taken"}, status=409)
        scan = door.admit(given["code"], **held)  # the form of an earlier badge, gone back to: its id is used up
    return _told(request, guard, scan)


@require_POST
@guards.at_gate
def act(request, guard):
    """Let in after CHECK, with a reason as a supervisor after STOP, or take back."""
    form = ActForm(request.POST)
    if guard.is_over:
        return guards.revoked(request)
    about = Scan.objects.filter(pk=form.cleaned_data["of"]).first() if form.is_valid() else None
    if about is None or about.meeting_id != guard.gate.meeting_id or not guard.has_made(about):
        raise Http404
    carry_out = {"take_back": door_acts.take_back, "let_in": door_acts.let_in}[form.cleaned_data["act"]]
    told = {"by": guard.officer, "device": guard.device, "note": form.cleaned_data["note"]}
    try:
        later = carry_out(about, may_overrule=guard.may_overrule, scan_id=form.cleaned_data["id"], **told)
    except door_acts.DoorRefused as refused:
        if guards.wants_json(request):
            return JsonResponse({"error": "refused", "words": str(refused)}, status=409)
        return _told(request, guard, about, refused=str(refused), status=409)
    if not guard.has_made(later):  # whoever guesses the id of another's scan is told nothing of it
        raise Http404
    return _told(request, guard, later)


@require_safe
@guards.at_gate
def portrait(request, guard, scan):
    """The face of whoever was scanned here a moment ago, for the device or officer that scanned it."""
    found = Scan.objects.filter(pk=scan, badge__isnull=False).select_related("badge__registration").first()
    is_fresh = found is not None and timezone.now() - found.received_at < PORTRAIT_LASTS
    if not is_fresh or guard.is_over or not guard.has_made(found) or found.badge.registration.is_hidden:
        raise Http404
    papers = Evidence.objects.filter(
        registration=found.badge.registration_id, kind=EvidenceKind.PORTRAIT, replaced_at=None
    )
    row = papers.order_by("-added_at").first()
    if row is None:
        raise Http404
    return handed_out(row, lambda: evidence.preview(row, 1, max_edge=PORTRAIT_EDGE))


def _told(request, guard, scan, *, refused="", status=200):
    scan.gate = guard.gate
    answer = gate_answers.of(scan, may_name=not guard.is_over, portrait_address=partial(_portrait_of, guard.gate, scan))
    if guards.wants_json(request):
        return JsonResponse(answer | ({"of": str(scan.of_id)} if scan.of_id else {}))
    return _shown(request, guard, ScanForm(initial={"direction": scan.direction}), scan, answer, refused, status)


def _portrait_of(gate, scan):
    return reverse("door:portrait", args=[guards.address_of(gate), scan.pk])


def _shown(request, guard, form, scan=None, answer=None, refused="", status=200):
    gate = guard.gate
    address = guards.address_of(gate)
    context = {
        "gate": gate,
        "meeting": gate.meeting,
        "guard": guard,
        "form": form,
        "address": address,
        "addresses": {name: reverse(f"door:{name}", args=[address]) for name in ["scan", "act", "pack", "scans"]},
        "language": get_language(),
        "words_json": json.dumps(door_words.for_script(), ensure_ascii=False),
        "inside": _inside(gate, answer),
        "refused": refused,
        "verdict": _verdict(scan, answer, guard) if scan else None,
        "directions": words.choices(words.DIRECTION),
        "chosen": str(form["direction"].value() or Direction.IN),
    }
    return render(request, "door/gate.html", context, status=status)


def _inside(gate, answer):
    if gate.capacity is None:
        return None
    return door.inside(gate) if answer is None else answer["inside"]


def _verdict(scan, answer, guard):
    """What the page shows of a scan: word, shape, reason, who, and what can be done next."""
    verdict = Verdict(scan.verdict)
    earlier = answer["earlier"]
    if earlier:
        at = clock.local(guard.gate.meeting, datetime.fromisoformat(earlier["at"]))
        since = _("Since %(time)s, %(gate)s") % {"time": f"{at:%H:%M}", "gate": earlier["gate"]}
    can_let_in = scan.badge_id and verdict in {Verdict.CHECK, Verdict.STOP, Verdict.ALREADY_IN}
    word = str(words.VERDICT[verdict])
    return answer | {
        "word": word,
        "size": next((size for size, most in SIZES.items() if max(map(len, word.split())) > most), ""),
        "tone": str(verdict).replace("_", "-") if verdict != Verdict.UNDONE else "out",
        "shape": SHAPES[verdict],
        "role": "status" if verdict in {Verdict.ADMIT, Verdict.OUT, Verdict.UNDONE} else "alert",
        "since": since if earlier else "",
        "can_let_in": bool(can_let_in) and not guard.is_over and (verdict == Verdict.CHECK or guard.may_overrule),
        "needs_why": verdict != Verdict.CHECK,
        "can_take_back": verdict in {Verdict.ADMIT, Verdict.OUT} and not guard.is_over and scan.badge_id is not None,
    }
