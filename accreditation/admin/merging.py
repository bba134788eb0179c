"""The page on which an officer says which of two organizations stays; ``accreditation.merging`` does it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from accreditation import merging
from accreditation.models import Organization


def page(model_admin, request, one, other):
    if not model_admin.has_merge_permission(request):
        raise PermissionDenied
    found = {row.pk: row for row in Organization.objects.filter(pk__in=[one, other])}
    if len(found) != 2:
        raise Http404
    if request.method == "POST":
        stays = found.get(int(request.POST.get("stays") or 0) if request.POST.get("stays", "").isdecimal() else 0)
        if stays and (answer := _merge(model_admin, request, stays, found)):
            return answer
        if not stays:
            messages.error(request, gettext("Choose the one that stays."))
    context = model_admin.admin_site.each_context(request) | {
        "opts": model_admin.opts,
        "title": gettext("Merge two organizations"),
        "pair": [{"row": row, "moved": merging.moved(row)} for row in found.values()],
    }
    return TemplateResponse(request, "admin/accreditation/organization/merge.html", context)


def _merge(model_admin, request, stays, found):
    goes = next(row for pk, row in found.items() if pk != stays.pk)
    try:
        merging.merge(stays, goes)
    except merging.MergeRefused as refusal:
        messages.error(request, str(refusal))
        return None
    model_admin.log_change(request, stays, f"Merged “{goes.name}” into it.")
    told = gettext("“%(gone)s” is now another name of “%(name)s”.") % {"gone": goes.name, "name": stays.name}
    messages.success(request, told)
    return redirect("admin:accreditation_organization_change", stays.pk)
