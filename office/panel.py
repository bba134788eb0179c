"""The staff panel's site object: the Django admin, with our sign-in, our doors and our name."""

from functools import update_wrapper

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseBadRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from office import permissions


class Panel(admin.AdminSite):
    site_header = "Rostrum"
    site_title = _("Rostrum staff panel")
    index_title = _("What needs doing")
    index_template = "admin/to_do.html"

    def has_permission(self, request):
        """Being staff opens nothing: without a grant in force there is no panel."""
        return super().has_permission(request) and bool(permissions.grants_of(request.user))

    def admin_view(self, view, cacheable=False):
        inner = super().admin_view(view, cacheable)

        def for_officers(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            if not self.has_permission(request):
                context = {"title": _("No role yet"), "site_header": self.site_header, "site_title": self.site_title}
                return TemplateResponse(request, "admin/no_role.html", context, status=403)
            return inner(request, *args, **kwargs)

        return update_wrapper(for_officers, inner)

    def get_urls(self):
        """Without Django's redirect by content type: it would tell of rows that the officer may not see."""
        own = [path("language/", self.admin_view(require_POST(self.choose_language)), name="language")]
        return own + [url for url in super().get_urls() if getattr(url, "name", None) != "view_on_site"]

    def choose_language(self, request):
        """The officer's own choice, kept on their row; then the page they came from."""
        language, back = request.POST.get("language"), request.POST.get("next", "")
        if language not in dict(settings.LANGUAGES):
            return HttpResponseBadRequest()
        request.user.language = language
        request.user.save(update_fields=["language"])
        within = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if within else "admin:index")

    def each_context(self, request):
        return super().each_context(request) | {"panel_languages": settings.LANGUAGES}

    @method_decorator(never_cache)
    def login(self, request, extra_context=None):
        """The admin's own sign-in does not exist: allauth's is the only door."""
        if request.user.is_authenticated:
            return redirect("admin:index")
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), reverse("account_login"))

    def password_change(self, request, extra_context=None):
        return redirect("account_change_password")

    def index(self, request, extra_context=None):
        """Each registered admin may say what needs doing: ``to_do(request)`` gives a dict for ``admin/to_do.html``."""
        tellers = [model_admin for model_admin in self._registry.values() if hasattr(model_admin, "to_do")]
        to_do = [told for model_admin in tellers if (told := model_admin.to_do(request))]
        return super().index(request, {"to_do": to_do, **(extra_context or {})})
