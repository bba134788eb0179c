"""Who is told by e-mail, to be read only."""

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import subscriptions
from advisory.models import Subscription
from office.admin import OfficeAdmin


class ReadOnly:
    """Subscribers act for themselves: nobody of the office adds, changes or deletes one."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnly, OfficeAdmin):
    """A whole address is searched for, never read off a list."""

    list_display = ["address", "state", "frequency", "language", "wants_daily_alert", "asked_at", "ended_why"]
    list_filter = ["state", "frequency", "language", "wants_daily_alert", "ended_why"]
    search_fields = ["email__exact"]
    search_help_text = _("A whole e-mail address, as the person tells it. Ended ones are found for thirty days.")
    fields = [
        "address", "state", "frequency", "bodies", "topics", "meetings", "wanted_languages", "wants_daily_alert",
        "language", "asked_at", "confirmed_at", "ended_at", "ended_why", "soft_bounces",
    ]  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        email = subscriptions.tidy(search_term)
        found = queryset.filter(email=email) | queryset.filter(address_digest=subscriptions.digest(email))
        return found, False

    @admin.display(description=_("E-mail"), ordering="email")
    def address(self, subscription):
        """r…@example.org: enough to tell two apart, not enough to write to somebody."""
        if not subscription.email:
            return gettext("deleted")
        local, _, domain = subscription.email.partition("@")
        return f"{local[:1]}…@{domain}"
