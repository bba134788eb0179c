"""Where on the meeting's form a field or a part stands, so that a doubt or a concern can lead there."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory.models import Meeting

# What the reader of pasted text calls a thing -> what the form calls it
READERS_NAMES = {
    "language": "original_language",
    "notice": "form",
    "start_date": "sittings",
    "end_date": "sittings",
    "start_time": "sittings",
    "end_time": "sittings",
    "venue": "room",
    "sessions": "programme",
    "embargo": "embargo_until",
    "symbols": "documents",
    "webcast": "webcasts",
    "who": "speakers",
    "accreditation": "access_notices",
}
PARTS = {
    "sittings": _("When"),
    "programme": _("Programme"),
    "stakeouts": _("Press conferences"),
    "speakers": _("Who"),
    "access_notices": _("Coming in"),
    "documents": _("Documents"),
    "webcasts": _("Webcast"),
    "links": _("Links"),
    "contacts": _("Media contacts"),
    "photos": _("Photographs"),
}

LANGUAGES = "languages"  # has a page of its own


def place_of(name):
    """A form field's name or a part's relation; anything not known stands beside the title."""
    name = READERS_NAMES.get(name, name)
    return name if name in PARTS or hasattr(Meeting, name) else "title"


def anchor(name):
    place = place_of(name)
    return f"#{place}-group" if place in PARTS else f"#id_{place}"


def label(name):
    if name == LANGUAGES:
        return gettext("Languages")
    place = place_of(name)
    if place in PARTS:
        return PARTS[place]
    words = str(Meeting._meta.get_field(place).verbose_name)
    return words[:1].upper() + words[1:]
