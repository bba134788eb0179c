"""A category's words in the other languages, beside the original: its own texts, its papers' hints, its questions."""

import re
from functools import wraps

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext

from accreditation.models import Category
from advisory import translating
from advisory.admin.languages import direction
from office import permissions

DIGEST = re.compile(r"[0-9a-f]{64}")
CATEGORY_TEXTS = ["name", "intro", "need_not_apply", "prepare", "pick_up", "declaration"]
PART_TEXTS = {"evidence_rules": ["hint"], "questions": ["label", "hint", "options"]}


def category_page(view):
    """The view gets the category; 404 where the officer may not see it."""

    @wraps(view)
    def page(model_admin, request, object_id, **kwargs):
        category = model_admin.get_object(request, unquote(object_id))
        if category is None:
            raise Http404
        if not model_admin.has_view_permission(request, category):
            raise PermissionDenied
        return view(model_admin, request, category, **kwargs)

    return page


@category_page
def languages(model_admin, request, category):
    texts = source(category)
    rows = [
        {"code": code, "name": name} | counts(texts, code)
        for code, name in translating.other_languages(category.meeting)
    ]
    return show(model_admin, request, "languages", category, gettext("Languages"), rows=rows, total=len(texts))


@category_page
def language(model_admin, request, category, language):
    """Side by side; an empty text is shown in the original."""
    name = dict(translating.other_languages(category.meeting)).get(language)
    if name is None:
        raise Http404
    may_change = permissions.may(request.user, "accreditation.change_category", category.meeting)
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        count = save(category, language, request.POST)
        model_admin.log_change(request, category, f"Saved {count} texts in {language}.")
        messages.success(request, gettext("%(language)s is saved.") % {"language": name})
        return redirect("admin:accreditation_category_languages", category.pk)
    entries = [
        {
            "path": path,
            "label": label(row, field),
            "source": lines(getattr(row, field)),
            "digest": row.digest_of(field),
            "text": lines(text),
            "is_outdated": bool(text) and row.is_outdated(field, language),
        }
        for path, (row, field) in source(category).items()
        for text in [told(row, field, language)]
    ]
    return show(
        model_admin,
        request,
        "language",
        category,
        gettext("%(language)s: translation") % {"language": name},
        entries=entries,
        language={"code": language, "dir": direction(language)},
        source={"code": category.meeting.original_language, "dir": direction(category.meeting.original_language)},
        may_change=may_change,
    )


def source(category):
    """{path: (row, field)} of every text that has words in the original."""
    rows = [("category", category, CATEGORY_TEXTS)]
    for relation, fields in PART_TEXTS.items():
        rows += [(f"{relation}-{row.pk}", row, fields) for row in getattr(category, relation).all()]
    return {f"{start}-{field}": (row, field) for start, row, fields in rows for field in fields if getattr(row, field)}


def counts(texts, language):
    """How many are translated from the present words, and how many from others."""
    known = [(row, field) for row, field in texts.values() if told(row, field, language)]
    outdated = sum(row.is_outdated(field, language) for row, field in known)
    return {"done": len(known) - outdated, "outdated": outdated}


def told(row, field, language):
    return row.translations.get(language, {}).get(field) or ""


@transaction.atomic
def save(category, language, typed):
    """Keep each text that was typed; return how many stand. No other column is written.

    A text is made from the original that its page showed. One that was left as it was stays as outdated as it was,
    unless it is said to be still right.
    """
    Category.objects.select_for_update().get(pk=category.pk)
    rows, count = {}, 0
    for path, (row, field) in source(category).items():
        text = typed.get(f"text-{path}", "").replace("\r\n", "\n").replace("\0", "").strip()
        is_list = isinstance(getattr(row, field), list)
        value = [line.strip() for line in text.split("\n") if line.strip()] if is_list else text
        texts, made_from = row.translations.setdefault(language, {}), row.made_from.setdefault(language, {})
        before = texts.pop(field, None)
        if value:
            texts[field], count = value, count + 1
        if not value:
            made_from.pop(field, None)
        elif value != before or f"still-{path}" in typed or field not in made_from:
            seen = typed.get(f"source-{path}", "")
            made_from[field] = seen if DIGEST.fullmatch(seen) else row.digest_of(field)
        rows[id(row)] = row
    for row in rows.values():
        row.save(update_fields=["translations", "made_from"])
    return count


def lines(value):
    return "\n".join(value) if isinstance(value, list) else value


def label(row, field):
    words = row._meta.get_field(field).verbose_name
    if isinstance(row, Category):
        return capfirst(words)
    return gettext("%(part)s: %(field)s") % {"part": row, "field": words}


def show(model_admin, request, template, category, title, **context):
    request.current_app = model_admin.admin_site.name
    context |= {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "original": category,
    }
    return TemplateResponse(request, f"admin/accreditation/category/{template}.html", context)
