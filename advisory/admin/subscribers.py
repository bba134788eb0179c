"""Who is told by e-mail, to be read only, and the office's own words in those e-mails."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import email_texts, subscriptions
from advisory.models import EmailText, Subscription
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


class EmailTextForm(forms.ModelForm):
    kind = forms.ChoiceField(
        label=_("E-mail"), choices=[(name, kind.label) for name, kind in email_texts.KINDS.items()]
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = EmailText
        fields = ["kind", "language", "subject", "text"]
        widgets = {
            "subject": forms.TextInput(attrs={"size": 80, "dir": "auto"}),
            "text": forms.Textarea(attrs={"rows": 20, "cols": 80, "dir": "auto"}),
        }
        help_texts = {
            "text": _("What stands below a line of two dashes and a space is set small, at the foot."),
        }

    def clean(self):
        answers = super().clean()
        if {"kind", "subject", "text"} <= answers.keys():
            for field, sentence in email_texts.problems(answers["kind"], answers["subject"], answers["text"]):
                self.add_error(field, sentence)
        return answers


@admin.register(EmailText)
class EmailTextAdmin(OfficeAdmin):
    """Deleting a row brings our own words back."""

    form = EmailTextForm
    list_display = ["label", "language", "subject", "changed_at"]
    list_display_links = ["label"]
    list_filter = ["language"]
    readonly_fields = ["placeholders", "preview"]
    fields = ["kind", "language", "subject", "text", "placeholders", "preview"]

    def get_changeform_initial_data(self, request):
        """Begin from our own words, so that one sentence can be changed: ``?kind=alert&language=fr``."""
        kind = request.GET.get("kind", "alert")
        kind = kind if kind in email_texts.KINDS else "alert"
        language = request.GET.get("language", settings.LANGUAGE_CODE)
        language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        subject, text = email_texts.default_texts(kind, language)
        return {"kind": kind, "language": language, "subject": subject, "text": text}

    @admin.display(description=_("E-mail"), ordering="kind")
    def label(self, row):
        return email_texts.KINDS[row.kind].label if row.kind in email_texts.KINDS else row.kind

    @admin.display(description=_("What may stand in curly brackets"))
    def placeholders(self, row):
        known = [
            (f"{kind.label}: {{{name}}}", means)
            for kind in email_texts.KINDS.values()
            for name, means in kind.placeholders.items()
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}</b> {}</li>", known))

    @admin.display(description=_("With invented values"))
    def preview(self, row):
        if row is None or row.kind not in email_texts.KINDS:
            return gettext("Save first; the e-mail is shown here then.")
        letter = email_texts.sample(row.kind, row.language, row.subject, row.text)
        return format_html('<p dir="auto"><b>{}</b></p><pre dir="auto">{}</pre>', letter.subject, letter.text)
