"""What an officer may decide on an application, in the constant order of the desk's buttons, and the deed itself."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation import conditions, workflow
from accreditation.states import Actor, Status
from office import permissions

ACTORS = {Actor.DESK: permissions.may_decide, Actor.SUPERVISOR: permissions.may_overrule}


@dataclass(frozen=True)
class Button:
    """``is_direct``: pressed without another question; ``key`` is its command in ``keys``."""

    action: str
    words: str
    tone: str
    key: str = ""
    is_direct: bool = False


BUTTONS = [
    Button("approve", pgettext_lazy("button", "Approve"), "primary", "approve", is_direct=True),
    Button("ask", pgettext_lazy("button", "Ask"), "warning", "ask"),
    Button("decline", pgettext_lazy("button", "Decline"), "danger", "decline"),
    Button("waitlist", _("Waiting list"), "secondary"),
    Button("offer", _("Offer a place"), "secondary"),
    Button("reply", _("Enter their answer"), "secondary"),
    Button("overturn", _("Approve after a review"), "primary", "approve"),
    Button("revoke", _("Revoke"), "danger"),
]


def actors_of(officer, meeting):
    """As whom the officer may act in a meeting."""
    return [actor for actor, may in ACTORS.items() if may(officer, meeting)]


def buttons(officer, registration):
    """Those that the table gives the officer now."""
    status = Status(registration.status)
    actors = actors_of(officer, registration.meeting)
    allowed = {action for actor in actors for action in workflow.actions_open_to(actor, status)}
    return [button for button in BUTTONS if button.action in allowed]


def actor_for(officer, registration, action):
    """As whom the officer would do it, or None: the table of ``workflow`` then says whether it may be done at all."""
    held = actors_of(officer, registration.meeting)
    rule = workflow.RULES.get(action)
    fitting = [actor for actor in held if rule is None or actor in rule.actors]
    return next(iter([*fitting, *held]), None)


def last_seen(decisions):
    """The sequence of the last Decision, of those that changed a status: what a form posts as ``seen``."""
    return max((row.sequence for row in decisions if row.action not in conditions.BESIDE), default=0)
