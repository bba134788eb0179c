"""Pages that reopen a part of a sent application: what the desk asks for, small changes, and the code."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import UnreadablePostError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from accreditation import after_sending, answers, codes, evidence, intake, journey, standing, workflow
from accreditation.emails import address_of
from accreditation.forms.after_sending import CodeForm, ContactForm, ReplyForm
from accreditation.forms.papers import PapersForm
from accreditation.states import LIVE, Actor, Status
from accreditation.views import papers
from accreditation.views.status import about, opened, show, to_page
from advisory import limits
from office import uploads

CONTACT = journey.Step("contact", gettext_lazy("Telephone, badge and e-mails"), ContactForm)
SMALL = ["contact", "equipment", "needs"]
SEALED = {"identity", "needs"}  # whether or not anything was answered
CODES_AN_HOUR, AN_HOUR = 3, 60 * 60


@opened
def reply(request, registration):
    """What the desk asks, and the button that sends the answer."""
    if workflow.shown_status(registration) != Status.INFO_REQUESTED:
        return to_page()
    items = [
        item | {"title": found.title}
        for item in after_sending.open_items(registration)
        if (found := journey.step(registration, item["step"]))
    ]
    waiting = [item["title"] for item in items if not item.get("answered")]
    form = ReplyForm(request.POST if request.method == "POST" else None, waiting=waiting)
    if form.is_valid():
        try:
            workflow.apply(registration, "reply", actor=Actor.APPLICANT, reason=form.cleaned_data["words"])
            return to_page("sent")
        except workflow.TransitionRefused as refused:
            form.add_error(None, str(refused))
    last = registration.decisions.filter(action="ask").select_related("reason").order_by("-sequence").first()
    said = standing.reason_of(last) if last else ""
    context = {"items": items, "form": form, "said": said, "about": about(registration)}
    return show(request, registration, "reply.html", context)


@opened
def reply_step(request, registration, step):
    """One step that the desk has reopened, with the desk's note above it."""
    item = next((item for item in after_sending.open_items(registration) if item["step"] == step), None)
    found = journey.step(registration, step)
    if item is None or found is None or found.form is None:
        return redirect("accreditation:reply")
    return answer(request, registration, found, save=after_sending.save_reply, back="accreditation:reply", item=item)


@csrf_exempt
def reply_papers(request):
    """The papers, reopened: how a body is read is settled before anything of it is."""
    request.upload_handlers = [
        uploads.InMemory(request, most_bytes=settings.MAX_UPLOAD_BYTES, most_together=papers.MOST_TOGETHER)
    ]
    if papers.announced_bytes(request) > papers.READ_THROUGH:
        return render(request, "accreditation/status/too_big.html", status=413)
    try:
        return _reply_papers(request)
    except UnreadablePostError as error:  # the connection broke off
        raise BadRequest from error


@opened
def _reply_papers(request, registration):
    item = next((row for row in after_sending.open_items(registration) if row["step"] == journey.PAPERS), None)
    if item is None:
        return redirect("accreditation:reply")
    asked = evidence.papers(registration)
    form = PapersForm(*((request.POST, request.FILES) if request.method == "POST" else ()), papers=asked)
    status = 200
    if request.method == "POST":
        form.is_valid()  # each good file is kept, whatever is wrong with another
        files = papers.chosen(form)
        status = max([200, *papers.take(request, registration, form)])
        links = {"samples": form.cleaned_data["samples"]} if form.cleaned_data.get("samples") else {}
        if not files and not links and not form.errors:
            form.add_error(None, _("Choose the file that the desk asks for."))
        if not form.errors:
            after_sending.save_reply(registration, journey.PAPERS, links)
            return redirect("accreditation:reply")
    rows = [
        {"paper": paper, "field": form[str(paper.rule.kind)], "links": form["samples"] if paper.takes_links else None}
        for paper in evidence.papers(registration)
    ]
    context = {"form": form, "rows": rows, "item": item, "back": "accreditation:reply", "about": about(registration)}
    return show(request, registration, "papers.html", context, status=status)


@opened
def change(request, registration, step):
    """A small change: nothing that was decided on."""
    found = CONTACT if step == CONTACT.slug else journey.step(registration, step)
    if step not in SMALL or found is None or workflow.shown_status(registration) not in LIVE:
        return to_page()

    def save(registration, _step, typed):
        after_sending.amend(registration, typed)

    return answer(request, registration, found, save=save, back="accreditation:standing")


def answer(request, registration, step, *, save, back, item=None):
    if (holds_sealed(registration, step) or registration.is_protected) and not codes.is_open(request, registration):
        return redirect("accreditation:code")
    form = step.form(request.POST if request.method == "POST" else None, registration=registration)
    if form.is_valid():
        try:
            save(registration, step.slug, form.answers)
            return redirect(back) if item else to_page("saved")
        except workflow.TransitionRefused as refused:
            form.add_error(None, str(refused))
    context = {"step": step, "form": form, "item": item, "back": back, "about": about(registration)}
    return show(request, registration, "change.html", context)


def holds_sealed(registration, step):
    """Whether its page would show what somebody who was passed the link may not read."""
    names = step.form(registration=registration).fields
    shown = (name for name in names if intake.kept(registration, name))
    return step.slug in SEALED or any(answers.is_sealed(registration, name) for name in shown)


@opened
def code(request, registration):
    """The code that shows what is sealed: mailed by one button, typed beneath it."""
    if request.method == "POST" and "send" in request.POST:
        if limits.within("code", registration.pk, most=CODES_AN_HOUR, seconds=AN_HOUR):
            codes.send(registration)
        return redirect("accreditation:code")
    form = CodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_valid():
        try:
            if codes.enter(registration, form.cleaned_data["code"]):
                response = to_page("opened")
                codes.open_for(response, registration)
                return response
            form.add_error("code", _("These are not the digits of our last e-mail. Look at it again."))
        except codes.WornOut:
            status = 429
            form.add_error("code", _("This code opens nothing any more. Have a new one sent."))
    email = "" if registration.is_protected else address_of(registration)
    return show(request, registration, "code.html", {"form": form, "email": email}, status=status)
