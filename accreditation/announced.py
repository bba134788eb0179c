"""The days of a meeting as they are announced: what forms say of them must not give away a draft."""

from django.utils.timezone import localdate

from advisory.models import Edition


def days(meeting_id):
    """(first, last) of the public edition; today where none is public or it has no date yet."""
    edition = Edition.objects.visible().filter(meeting=meeting_id).order_by("-number")
    row = edition.values_list("first_day", "last_day").first() or (None, None)
    first = row[0] or localdate()
    return first, max(row[1] or first, first)
