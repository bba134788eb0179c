"""Pages of focal points and editors: ask for the link, the people and how far they are, invite, replace, withdraw."""

from functools import wraps

from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse, UnreadablePostError
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation import (
    aliases,
    announced,
    clock,
    delegation_access,
    delegation_letters,
    delegation_papers,
    delegation_table,
    delegations,
    identifying,
    words,
)
from accreditation.forms.delegation import AskForm, InviteForm, ListForm
from accreditation.models import Registration
from accreditation.views.private import may_ask, private
from advisory.renditions import times, wording

HOME = "accreditation:delegation-page"
# What the page says after an act, by the word in its address
DONE = {
    "invited": _("The invitation is on its way."),
    "list": _("The invitations are on their way."),
    "replaced": _("The place is kept, and the invitation is on its way."),
    "withdrawn": _("The person is withdrawn and has been told."),
    "reminded": _("The reminder is on its way."),
    "moved": _("The order is changed."),
    "answered": _("Your answer is recorded, and the person has been told."),
    "letter": _("The letter is kept. It counts for everybody in the delegation."),
    "letter_removed": _("The letter is taken back. It no longer counts for anybody."),
}


def opened(view, *, prepare=None):
    """A page of the delegation that this browser opened, or the same 404 whatever is wrong.

    A form names its delegation, so that a page left open in another tab never acts on another one. ``prepare`` gets
    the request before anything of it is read.
    """

    @private
    @wraps(view)
    def answer(request, **parts):
        if prepare:
            prepare(request)
        access = delegation_access.of_browser(request, _named(request))
        edition = _edition(access) if access else None
        return view(request, access, edition, **parts) if edition else nothing(request)

    return answer


def _named(request):
    try:
        return request.POST.get("delegation", "")
    except UnreadablePostError as error:  # the connection broke off
        raise BadRequest from error


def _edition(access):
    return announced.edition_of(access.delegation.category.meeting)


def nothing(request):
    return render(request, "accreditation/delegation/nothing.html", status=404)


def about(access, edition, **more):
    """What each page says of the meeting and of the delegation."""
    category, told = access.delegation.category, announced.about(edition)
    city = times.place(told["telling"])
    return {
        "about": told,
        "edition": edition,
        "is_demonstration": told["is_demonstration"],
        "delegation": access.delegation,
        "category": category,
        "category_name": category.said("name", translation.get_language()),
        "closes": clock.deadline(category.meeting, category.closes_at, city) if category.closes_at else "",
        "replace_until": clock.deadline(category.meeting, category.replace_until, city)
        if category.replace_until
        else "",
    } | more


def home(access, request, done):
    response = redirect(HOME)
    response.headers["Location"] += f"?done={done}"
    delegation_access.open_for(response, request, access)
    return response


@private
def ask(request, year, slug, category):
    """A focal point asks for the link. The answer is the same for every address."""
    edition, category = announced.category_at(year, slug, category)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        email = identifying.tidy(form.cleaned_data["email"])
        if may_ask(request, email) and not form.cleaned_data.get("website"):
            delegation_letters.send_links(category, email, language=translation.get_language())
        return redirect("accreditation:delegation-asked", year, slug, category.slug)
    return render(request, "accreditation/delegation/ask.html", _asking(edition, category) | {"form": form})


@private
def asked(request, year, slug, category):
    return render(request, "accreditation/delegation/asked.html", _asking(*announced.category_at(year, slug, category)))


def _asking(edition, category):
    told = announced.about(edition)
    return {
        "about": told,
        "edition": edition,
        "category": category,
        "category_name": category.said("name", translation.get_language()),
        "is_demonstration": told["is_demonstration"],
    }


@private
def link(request, token):
    """GET shows one button and says nothing; POST opens the delegation in this browser."""
    if request.method != "POST":
        return render(request, "accreditation/delegation/open.html")
    access = delegation_access.by_token(token)
    if access is None or _edition(access) is None:
        return nothing(request)
    table = delegation_table.of(access.delegation)
    response = redirect("accreditation:delegation-endorse" if access.may_endorse and table.waiting else HOME)
    delegation_access.open_for(response, request, access)
    return response


@opened
def page(request, access, edition):
    """The people, how far they have come, and the places."""
    table = delegation_table.of(access.delegation)
    category = access.delegation.category
    more = {
        "table": table,
        "takes_letters": bool(delegation_papers.kinds(category)),
        "letters": delegation_papers.kept(access.delegation),
        "may_endorse": access.may_endorse,
        "is_open": category.is_open(),
        "may_invite": table.has_room and not (category.closes_at and not category.is_open()),
        "no_replacing": delegations.no_replacing(category),
        "outside": wording.joined(str(words.PART[part]) for part in category.outside_cap),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "accreditation/delegation/page.html", about(access, edition, **more))


@opened
def export(request, access, edition):
    response = HttpResponse(delegation_table.as_csv(delegation_table.of(access.delegation)), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="delegation.csv"'
    return response


@opened
def invite(request, access, edition):
    """One person, by name and address."""
    form = InviteForm(request.POST if request.method == "POST" else None, category=access.delegation.category)
    if form.is_valid() and _done(form, _inviting, access.delegation, [form.invitee]):
        return home(access, request, "invited")
    return render(request, "accreditation/delegation/invite.html", about(access, edition, form=form))


@opened
def paste(request, access, edition):
    """Many people at once; either all of the list are invited or none."""
    form = ListForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _done(form, _inviting, access.delegation, form.cleaned_data["people"], field="people"):
        return home(access, request, "list")
    return render(request, "accreditation/delegation/list.html", about(access, edition, form=form))


@opened
def replace(request, access, edition, person):
    """Another person in somebody's place."""
    registration = member(access, person)
    if registration is None:
        return nothing(request)
    category = access.delegation.category
    form = InviteForm(request.POST if request.method == "POST" else None, category=category, asks_part=False)
    if form.is_valid() and _done(form, _replacing, registration, form.invitee):
        return home(access, request, "replaced")
    more = {"form": form, "replaced": shown_name(registration), "no_replacing": delegations.no_replacing(category)}
    return render(request, "accreditation/delegation/replace.html", about(access, edition, **more))


@opened
def withdraw(request, access, edition, person):
    """Asked once more, then done."""
    registration, refusal = member(access, person), ""
    if registration is None:
        return nothing(request)
    if request.method == "POST":
        try:
            delegations.withdraw(registration)
        except delegations.Refused as refused:
            refusal = str(refused)
        else:
            return home(access, request, "withdrawn")
    more = {"person": shown_name(registration), "registration": registration, "refusal": refusal}
    return render(request, "accreditation/delegation/withdraw.html", about(access, edition, **more))


@opened
def remind(request, access, edition):
    """One person, or all whose application is not sent."""
    if request.method != "POST":
        return redirect(HOME)
    chosen = None
    if "person" in request.POST:
        registration = member(access, request.POST["person"])
        if registration is None:
            return nothing(request)
        chosen = [registration]
    delegations.remind(access.delegation, chosen)
    return home(access, request, "reminded")


@opened
def move(request, access, edition, person):
    registration = member(access, person)
    if registration is None:
        return nothing(request)
    if request.method == "POST":
        delegations.move(registration, up=request.POST.get("way") == "up")
    return home(access, request, "moved")


def member(access, pk):
    """The registration of this delegation, or None."""
    rows = Registration.objects.filter(delegation=access.delegation).select_related("delegation")
    try:
        return rows.filter(pk=pk).first()
    except ValidationError:  # no UUID
        return None


def shown_name(registration):
    return aliases.veiled(registration, delegation_table.name_of(registration))


def _inviting(delegation, invitees):
    delegations.invite(delegation, invitees, language=translation.get_language())


def _replacing(registration, invitee):
    delegations.replace(registration, invitee, language=translation.get_language())


def _done(form, act, *arguments, field=None):
    """Whether the act was carried out; its refusals stand in the form, beside all that was typed."""
    try:
        act(*arguments)
    except delegations.Namesake as doubt:
        if field is None:
            form.ask_about_namesake()
        form.add_error(field or "is_namesake", doubt.sentences)
        return False
    except delegations.Refused as refused:
        form.add_error(field, refused.sentences)
        return False
    return True
