"""A new draft from an old meeting: next year's session starts from this year's words."""

from django.apps import apps
from django.db import models, transaction

from advisory.importing import free_code, free_slug
from advisory.models import Meeting
from advisory.words import MeetingStatus

NOT_COPIED = {"imported_digest", "import_doubts", "url_year", "is_demonstration"}


@transaction.atomic
def clone(meeting, *, year):
    """Copy the meeting and its parts as a draft and return it. Two queries for each kind of part.

    Every date and instant is emptied (days, embargo, contacts' last day); times of day stay. ``year`` goes into the
    code. Files are shared: rows name them by digest. Translations stay with the old meeting, whose words they follow.
    A part's columns named in ``not_cloned``, such as a counter, begin anew.
    """
    copy = _copy(meeting, without=NOT_COPIED)
    copy.code, copy.slug, copy.status = (
        free_code(meeting.title, str(year)),
        free_slug(meeting.title),
        MeetingStatus.DRAFT,
    )
    copy.save(force_insert=True)
    copy.topics.set(meeting.topics.all())
    copies = {Meeting: {meeting.pk: copy}}
    for model, parent in kinds_of_part():
        rows = model.objects.filter(**{f"{parent.name}__in": list(copies[parent.related_model])}).order_by("pk")
        begun_anew = getattr(model, "not_cloned", ())
        copies[model] = {row.pk: _copy(row, without=begun_anew) for row in rows}
        for part in copies[model].values():
            setattr(part, parent.name, copies[parent.related_model][getattr(part, parent.attname)])
            _lead_to_copies(part, copies)
        model.objects.bulk_create(copies[model].values())
    return copy


def _lead_to_copies(part, copies):
    """What else it names of the meeting, such as a gate its zone, is the copy's own."""
    for field in part._meta.concrete_fields:
        if field.related_model in copies and (copied := copies[field.related_model].get(getattr(part, field.attname))):
            setattr(part, field.name, copied)


def kinds_of_part():
    """(model, foreign key to what it hangs on) of every model that says ``cloned_with_meeting``, parents first."""
    waiting = [model for model in apps.get_models() if getattr(model, "cloned_with_meeting", False)]
    known, found = {Meeting}, []
    while waiting:
        hanging = {model: parent for model in waiting if (parent := _parent(model, known))}
        if not hanging:
            raise TypeError(f"{waiting} say cloned_with_meeting but do not lead to a meeting.")
        found += hanging.items()
        known |= hanging.keys()
        waiting = [model for model in waiting if model not in known]
    return found


def _parent(model, known):
    return next((field for field in model._meta.fields if field.related_model in known), None)


def _copy(row, without=()):
    copy = type(row)()
    for field in row._meta.concrete_fields:
        is_day = isinstance(field, models.DateField) and field.null
        if not (field.primary_key or is_day or field.name in without):
            setattr(copy, field.attname, getattr(row, field.attname))
    return copy
