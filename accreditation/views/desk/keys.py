"""The shortcuts of the desk: which there are, and the officer's own choice."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accreditation.desk import keys
from accreditation.forms.desk.keys import KeysForm
from accreditation.views.desk.doors import desk_only


@require_http_methods(["GET", "HEAD", "POST"])
@desk_only()
def page(request):
    form = KeysForm(request.POST if request.method == "POST" else None, officer=request.user)
    if form.is_valid():
        keys.choose(request.user, form.letters, is_off=not form.cleaned_data["is_on"])
        messages.success(request, _("Your shortcuts are saved."))
        return redirect("desk:keys")
    return render(request, "desk/keys.html", {"form": form}, status=422 if form.errors else 200)
