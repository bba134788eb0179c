"""The letters about one application as its officers see them: what was sent when, how it fares, what can be done.
Those to its organization's focal point stand among them.

Whom a letter went to is not shown, nor its text: the address may be hidden, and links in it act for the person.
"""

from dataclasses import dataclass

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accreditation import workflow
from accreditation.email_texts import LABELS, PREFIX, TO_FOCAL_POINTS
from office import outbox
from office.models.message import Message, MessageState

ACTIONS = {
    "release": (outbox.release, _("Send now")),
    "send_again": (outbox.send_again, _("Try again")),
    "cancel": (outbox.cancel, pgettext_lazy("e-mail", "Do not send")),
    "repeat": (outbox.repeat, _("Send once more")),
}
LOOKS = {
    MessageState.SENT: ("confirmed", "tick"),
    MessageState.HANDED: ("postponed", "diamond"),
    MessageState.CANCELLED: ("cancelled", "octagon"),
}


@dataclass(frozen=True)
class Entry:
    """``doable`` is [(action, its words)]."""

    message: Message
    what: str
    subject: str
    when: object
    error: str
    doable: list

    @property
    def look(self):
        """(tone, shape) as admin/_state.html draws them."""
        return LOOKS.get(self.message.state, ("draft", "ring"))


def history(registration):
    """[Entry], newest first. One statement."""
    keys = {registration.pk} if registration.is_hidden else {registration.pk, registration.delegation_id} - {None}
    rows = Message.objects.filter(about__in=keys).defer("text", "html", "headers").select_related("cancelled_by")
    return [_entry(registration, row) for row in rows.order_by("-queued_at", "pk")]


def _entry(registration, message):
    name = message.kind.removeprefix(PREFIX)
    return Entry(
        message,
        what=str((LABELS | TO_FOCAL_POINTS).get(name, name)),
        subject="" if registration.is_hidden and name in TO_FOCAL_POINTS else message.subject,  # names the organization
        when=message.sent_at or message.cancelled_at or message.not_before or message.queued_at,
        error=_error(registration, message),
        doable=[(name, str(words)) for name, (_do, words) in ACTIONS.items() if allows(registration, message, name)],
    )


def _error(registration, message):
    """A server's words may repeat what stands hidden."""
    if not message.last_error:
        return ""
    return gettext("It could not be delivered.") if registration.is_hidden else gettext(message.last_error)


def allows(registration, message, action):
    """A decision that can still be undone is not told before; a code has long expired when somebody repeats it, and a
    letter about a whole delegation is not this page's."""
    if message.about != registration.pk:
        return False
    if action == "release" and message.key.startswith("decision:") and workflow.is_held(registration):
        return False
    if action == "repeat" and (not message.to or message.kind == f"{PREFIX}code"):
        return False
    return message.state in outbox.STATES[action]


def do(registration, message, action, *, by):
    """Whether it was done: a worker or a colleague may have been faster."""
    return allows(registration, message, action) and bool(ACTIONS[action][0](message, by=by))
