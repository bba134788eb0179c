"""Forgetting what somebody asked us to remember: from the application that a browser opened, or by a mailed link."""

from django.shortcuts import render
from django.utils import translation

from accreditation import aliases, profiles, visits
from accreditation.forms.profile import ForgetProfileForm
from accreditation.views.links import nothing
from accreditation.views.private import may_ask, private


@private
def forget(request):
    """With an application open one button; otherwise an address, answered alike whether it is known or not."""
    registration = visits.registration_of(request)
    if registration is not None and registration.email_proved_at:
        if request.method == "POST":
            profiles.forget_profile(aliases.take(registration, "email"))
            return done(request)
        return render(request, "accreditation/privacy/forget.html", {"is_open": True})
    form = ForgetProfileForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if may_ask(request, form.cleaned_data["email"]) and not form.cleaned_data.get("website"):
            profiles.ask(form.cleaned_data["email"], language=translation.get_language())
        return render(request, "accreditation/privacy/forget_sent.html")
    return render(request, "accreditation/privacy/forget.html", {"form": form})


@private
def forget_by_link(request, token):
    """GET shows one button and says nothing; POST forgets."""
    if request.method != "POST":
        return render(request, "accreditation/privacy/forget.html", {"is_open": True})
    profile = profiles.by_token(token)
    if profile is None:
        return nothing(request)
    profile.delete()
    return done(request)


def done(request):
    return render(request, "accreditation/privacy/forgotten.html")
