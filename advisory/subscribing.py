"""The pages of a subscription: ask, prove, change, end. No page tells whether an address is known."""

import re
from functools import wraps

from django.conf import settings
from django.core import signing
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from advisory import emails, limits, subscriptions
from advisory.forms import ManageForm, SubscribeForm
from advisory.models import Edition, Subscription
from advisory.models.subscription import Frequency

COOKIE = "__Host-subscription" if settings.SECURE_SITE else "subscription"
COOKIE_SECONDS = 60 * 60
COOKIE_SALT = "advisory.subscribing"
PER_ADDRESS, PER_NETWORK, AN_HOUR = 3, 30, 60 * 60


def private(policy="same-origin"):
    """Kept by no cache, listed by no crawler; ``policy`` says what of its address a page tells the next one."""

    def decorate(view):
        @wraps(view)
        def answer(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            response.headers["Cache-Control"] = "private, no-store"
            response.headers["Referrer-Policy"] = policy
            response.headers["X-Robots-Tag"] = "noindex"
            return response

        return answer

    return decorate


@csrf_exempt  # the form asks with nobody's authority: anybody may send it, and so it needs no cookie
@require_http_methods(["GET", "HEAD", "POST"])
@private()
def subscribe(request):
    """Ask for e-mails. The answer is the same for every address, and for whoever asks too often."""
    followed = public_edition(request.POST.get("follow") or request.GET.get("follow"))
    initial = {"frequency": Frequency.FOLLOWED} if followed else None
    form = SubscribeForm(request.POST if request.method == "POST" else None, initial=initial, follows=bool(followed))
    if form.is_valid():
        if may_ask(request, form.cleaned_data["email"]):
            meetings = [followed.meeting] if followed else []
            subscriptions.ask(**taken_apart(form.cleaned_data), meetings=meetings)
        return redirect("advisory:subscribe-sent")
    context = {"form": form, "followed": followed and title_of(followed), "code": followed and followed.facts["code"]}
    return render(request, "advisory/subscribe/ask.html", context)


CODE = re.compile(r"[A-Z0-9]{3,8}")


def public_edition(code):
    """The current edition of the public meeting with that code, or None."""
    code = (code or "").strip().upper()
    if not CODE.fullmatch(code):
        return None
    return Edition.objects.current().select_related("meeting").filter(meeting__code=code).first()


def title_of(edition):
    return emails.title_of(edition, translation.get_language())


def may_ask(request, email):
    """Not a program that fills in every field, and not too often from one network or for one address."""
    is_person = not request.POST.get("website")
    network = limits.network(request.META.get("REMOTE_ADDR", ""))
    of_network = limits.within("subscribe-network", network, most=PER_NETWORK, seconds=AN_HOUR)
    of_address = limits.within("subscribe-address", email, most=PER_ADDRESS, seconds=AN_HOUR)
    return is_person and of_network and of_address


def taken_apart(answers):
    """Who, and what: {"email": …, "choices": …}."""
    return {"email": answers["email"], "choices": {name: value for name, value in answers.items() if name != "email"}}


@require_safe
@private()
def sent(request):
    return render(request, "advisory/subscribe/sent.html")


def from_elsewhere(request):
    """Whether another site sent this form. Browsers say so themselves (Fetch Metadata); a page with the policy
    no-referrer sends ``Origin: null``, so that Django's own check would refuse it."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}


@csrf_exempt  # see from_elsewhere()
@require_http_methods(["GET", "HEAD", "POST"])
@private("no-referrer")
def subscribed(request, token):
    """GET shows one button, the same for every token, and asks the database nothing. POST proves and opens."""
    if request.method != "POST" or from_elsewhere(request):
        return render(request, "advisory/subscribe/open.html")
    subscription = subscriptions.prove(token)
    if subscription is None:
        return render(request, "advisory/subscribe/gone.html", status=410)
    response = redirect("advisory:subscribe-manage")
    response.set_cookie(
        COOKIE,
        signing.dumps([str(subscription.pk), subscription.link_version], salt=COOKIE_SALT),
        max_age=COOKIE_SECONDS,
        secure=settings.SECURE_SITE,
        httponly=True,
        samesite="Lax",
    )
    return response


def opened(request):
    """The active subscription whose cookie this is, or None."""
    try:
        pk, version = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE_SALT, max_age=COOKIE_SECONDS)
    except (signing.BadSignature, ValueError):
        return None
    return Subscription.objects.active().filter(pk=pk, link_version=version).first()


@require_http_methods(["GET", "HEAD", "POST"])
@private()
def manage(request):
    """The reader's choices, under an address without secret."""
    subscription = opened(request)
    if subscription is None:
        return render(request, "advisory/subscribe/gone.html", status=403)
    if request.POST.get("action") == "end":
        subscriptions.end(subscription)
        return without_cookie(render(request, "advisory/subscribe/ended.html"))
    if request.POST.get("action") == "renew":
        subscriptions.end_earlier_links(subscription)
        return without_cookie(render(request, "advisory/subscribe/renewed.html"))
    followed = emails.titles_of(subscription.meetings.all(), translation.get_language())
    form = ManageForm(request.POST or None, initial=initial_of(subscription), followed=followed)
    if form.is_valid():
        save(subscription, form.cleaned_data, followed)
        return redirect(f"{request.path}?saved=1")
    context = {"form": form, "email": subscription.email, "saved": "saved" in request.GET and not form.is_bound}
    return render(request, "advisory/subscribe/manage.html", context)


def initial_of(subscription):
    plain = {name: getattr(subscription, name) for name in subscriptions.PLAIN}
    rows = {name: getattr(subscription, name).all() for name in subscriptions.ROWS}
    return plain | rows | {"meetings": list(subscription.meetings.values_list("pk", flat=True))}


def save(subscription, answers, followed):
    """A followed meeting that the page could not show, not being public at present, stays followed."""
    kept = {int(pk) for pk in answers.pop("meetings", [])}
    dropped = [pk for pk in followed if pk not in kept]
    subscriptions.change(subscription, answers)
    subscription.meetings.remove(*dropped)


def without_cookie(response):
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


@csrf_exempt  # the mail program of the reader sends it, without cookie or referrer (RFC 8058, 3.2)
@require_http_methods(["GET", "HEAD", "POST"])
@private("no-referrer")
def unsubscribe(request, token):
    """GET shows a button. POST ends the subscription; sent again, or long after, it answers the same."""
    if request.method != "POST":
        return render(request, "advisory/subscribe/unsubscribe.html")
    subscription = subscriptions.by_token(token, subscriptions.UNSUBSCRIBE)
    if subscription:
        subscriptions.end(subscription)
    return render(request, "advisory/subscribe/ended.html")
