"""The rooms of the desk that an officer may enter for a meeting, as its pages link them."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from office import permissions


@dataclass(frozen=True)
class Room:
    """``place`` is how its address names the meeting: in the query, in the path, or not at all."""

    page: str
    name: Promise
    may: callable
    place: str = "path"

    def address(self, meeting):
        if self.place == "path":
            return reverse(f"desk:{self.page}", args=[meeting.code])
        query = f"?{urlencode({'meeting': meeting.code})}" if self.place == "query" else ""
        return reverse(f"desk:{self.page}") + query


ROOMS = [
    Room("queue", _("Queue"), permissions.may_review, "query"),
    Room("proposals", _("Second officer"), permissions.may_review, "none"),
    Room("enter-choose", _("Enter somebody"), permissions.may_enter),
    Room("speaking", _("Speakers"), permissions.may_review),
    Room("draws", _("Draws"), permissions.may_select),
    Room("pools", _("Pools"), permissions.may_review),
    Room("statistics", _("Figures"), permissions.may_read_figures, "query"),
    Room("exports", pgettext_lazy("room", "Exports"), permissions.may_export),
    Room("security", pgettext_lazy("room", "Security"), permissions.may_hand_over),
    Room("door", pgettext_lazy("room", "Door"), permissions.may_oversee_door),
    Room("conflicts", _("Conflicts of interest"), permissions.may_review, "none"),
]


def of(officer, meeting, path):
    """[(address, name, whether the page at ``path`` is in it)] of a meeting's rooms."""
    found = [(room.address(meeting), room) for room in ROOMS if room.may(officer, meeting)]
    pages = {address: address.partition("?")[0] for address, _room in found}
    nearest = max((page for page in pages.values() if path.startswith(page)), key=len, default="")
    return [(address, room.name, pages[address] == nearest) for address, room in found]
