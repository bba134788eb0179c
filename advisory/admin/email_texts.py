"""The office's own words in the e-mails of all kinds; where there are none, ours are sent, and the list says so."""

from functools import partial

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory import email_texts
from advisory.models import EmailText
from office.admin import OfficeAdmin


def kind_choices():
    return [(name, kind.label) for name, kind in email_texts.kinds().items()]


class EmailTextForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("E-mail"), choices=kind_choices)
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
    readonly_fields = ["elsewhere", "placeholders", "preview"]
    fields = ["kind", "language", "elsewhere", "subject", "text", "placeholders", "preview"]
    change_list_template = "admin/advisory/emailtext/change_list.html"

    def get_urls(self):
        page = self.admin_site.admin_view(partial(for_person, self))
        return [path("<path:object_id>/person/", page, name="advisory_emailtext_person"), *super().get_urls()]

    def get_changeform_initial_data(self, request):
        """Begin from our own words, so that one sentence can be changed: ``?kind=alert&language=fr``."""
        kind = request.GET.get("kind", "alert")
        kind = kind if kind in email_texts.kinds() else "alert"
        language = request.GET.get("language", settings.LANGUAGE_CODE)
        language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        subject, text = email_texts.default_texts(kind, language)
        return {"kind": kind, "language": language, "subject": subject, "text": text}

    def changelist_view(self, request, extra_context=None):
        grid = {"grid": grid_of(self.get_queryset(request)), "languages": settings.LANGUAGES}
        return super().changelist_view(request, grid | (extra_context or {}))

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        letter = email_texts.sample(obj.kind, obj.language, obj.subject, obj.text)
        if len(letter.html.encode()) > email_texts.LARGEST_HTML:
            said = gettext("This e-mail is larger than %(most)s kB: many mail programs show only its beginning.")
            messages.warning(request, said % {"most": email_texts.LARGEST_HTML // 1000})

    @admin.display(description=_("E-mail"), ordering="kind")
    def label(self, row):
        known = email_texts.kinds()
        return known[row.kind].label if row.kind in known else row.kind

    @admin.display(description=_("In the other languages"))
    def elsewhere(self, row):
        if row is None or not row.kind:
            return ""
        own = set(EmailText.objects.filter(kind=row.kind).values_list("language", flat=True))
        return fallback(own)

    @admin.display(description=_("What may stand in curly brackets"))
    def placeholders(self, row):
        known = email_texts.kinds()
        shown = {row.kind: known[row.kind]} if row is not None and row.kind in known else known
        lines = [
            (f"{kind.label}: {{{name}}}", means) for kind in shown.values() for name, means in kind.placeholders.items()
        ]
        return format_html("<ul>{}</ul>", format_html_join("", "<li><b>{}</b> {}</li>", lines))

    @admin.display(description=_("With invented values"))
    def preview(self, row):
        known = email_texts.kinds()
        if row is None or row.kind not in known:
            return gettext("Save first; the e-mail is shown here then.")
        letter = email_texts.sample(row.kind, row.language, row.subject, row.text)
        shown = format_html('<p dir="auto"><b>{}</b></p><pre dir="auto">{}</pre>', letter.subject, letter.text)
        if known[row.kind].for_person is None:
            return shown
        address, words = reverse("admin:advisory_emailtext_person", args=[row.pk]), gettext("See it for one person")
        return format_html('{}<p><a href="{}">{}</a></p>', shown, address, words)


def fallback(own):
    """In which languages ours will be sent, said in words."""
    missing = [str(name) for code, name in settings.LANGUAGES if code not in own]
    if not missing:
        return gettext("The office’s own words in every language.")
    said = gettext("No text of the office in: %(languages)s. There ours will be sent.")
    return said % {"languages": get_text_list(missing, gettext("and"))}


def grid_of(rows):
    """[{label, cells: [{language, own, url}]}]: for each kind and language whose words are sent. One statement."""
    own = {(row.kind, row.language): row.pk for row in rows.only("kind", "language")}
    return [{"label": label, "cells": [_cell(own, kind, code) for code, _name in settings.LANGUAGES]}
            for kind, label in kind_choices()]  # fmt: skip


def _cell(own, kind, language):
    if pk := own.get((kind, language)):
        return {"is_own": True, "url": reverse("admin:advisory_emailtext_change", args=[pk])}
    address = reverse("admin:advisory_emailtext_add")
    return {"is_own": False, "url": f"{address}?kind={kind}&language={language}"}


def for_person(model_admin, request, object_id):
    """As somebody of the officer's own meetings would get it; their links and, where hidden, their name stay out."""
    row = model_admin.get_object(request, unquote(object_id))
    kind = email_texts.kinds().get(row.kind) if row else None
    if kind is None or kind.for_person is None:
        raise Http404
    if not model_admin.has_view_permission(request, row):
        raise PermissionDenied
    reference = request.GET.get("reference", "").strip()
    letter = kind.for_person(request.user, reference, row.language, (row.subject, row.text)) if reference else None
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts, "original": row, "title": gettext("For one person"), "label": kind.label,
        "reference": reference, "letter": letter, "size": len(letter.html.encode()) // 1000 + 1 if letter else 0,
    }  # fmt: skip
    return TemplateResponse(request, "admin/advisory/emailtext/person.html", context)
