"""A meeting whose every text attacks the page it stands on: what gets through calls ``mark()``."""

from advisory.models import (
    AccessNotice,
    Body,
    Document,
    Link,
    MediaContact,
    Meeting,
    ProgrammeItem,
    Sitting,
    Speaker,
    Stakeout,
    Webcast,
)
from tests.builders import make_full_meeting

HOSTILE = """"><script>mark()</script><img src=x onerror=mark()>{{ title }}'</title></script>"""
ADDRESS = "javascript:mark()"
ADDRESSES = {"url", "address", "map_url"}
LISTS = {"symbols", "hashtags", "accounts", "phones", "emails"}
NOT_WORDS = {"slug", "code", "time_zone", "digest", "imported_digest", "original_language"}


def make_hostile_meeting():
    """A full meeting with HOSTILE in every free text and ADDRESS in every link, past all forms and validators."""
    make_full_meeting()
    for model in [AccessNotice, Body, Document, Link, MediaContact, ProgrammeItem, Sitting, Speaker, Stakeout, Webcast]:
        for row in model.objects.all():
            fill(row)
    meeting = Meeting.objects.get()
    fill(meeting)
    meeting.refresh_from_db()
    return meeting


def fill(row):
    values = {}
    for field in row._meta.concrete_fields:
        if field.name in ADDRESSES and type(row) is not Meeting or field.name == "map_url":
            values[field.name] = ADDRESS
        elif field.name in LISTS:
            values[field.name] = [ADDRESS, HOSTILE]
        elif (
            field.get_internal_type() in {"CharField", "TextField"}
            and not field.choices
            and field.name not in NOT_WORDS
        ):
            values[field.name] = HOSTILE[: field.max_length]
    type(row).objects.filter(pk=row.pk).update(**values)
