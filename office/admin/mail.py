"""The outbox in the staff panel: what waits, what was sent, and what needs a person.

``office.view_message`` shows that a message exists and how it fares; whom it is for and what it says needs
``office.read_message`` besides. Personal links are shown to nobody: whoever holds one acts for the addressee.
"""

import re
from dataclasses import dataclass

from django.contrib import admin, messages
from django.db.models import BooleanField, Case, Value, When
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import dateformat, timezone
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from office import outbox, permissions
from office.admin.base import OfficeAdmin
from office.models import Message, MessageState

READ = "office.read_message"
HIDDEN = _("not shown to your role")
# word, tone and shape of each state, as admin/_state.html draws them
LOOKS = {
    MessageState.HELD: ("draft", "ring"),
    MessageState.QUEUED: ("draft", "ring"),
    MessageState.SENDING: ("draft", "ring"),
    MessageState.SENT: ("confirmed", "tick"),
    MessageState.HANDED: ("postponed", "diamond"),
    MessageState.CANCELLED: ("cancelled", "octagon"),
}


@dataclass(frozen=True)
class Action:
    """What an officer can do to messages: the button, what the history keeps (in English), and the two answers."""

    label: str
    kept: str
    done: str  # with their number
    left: str


ACTIONS = {
    outbox.send_again: Action(
        _("Send again now"),
        "Queued again.",
        ngettext_lazy("Queued again: %(number)s e-mail.", "Queued again: %(number)s e-mails.", "number"),
        _("Not queued again: %(number)s, whose state does not allow it or has changed."),
    ),
    outbox.release: Action(
        _("Release from hold"),
        "Released.",
        ngettext_lazy("Released: %(number)s e-mail.", "Released: %(number)s e-mails.", "number"),
        _("Not released: %(number)s, whose state does not allow it or has changed."),
    ),
    outbox.cancel: Action(
        _("Cancel this e-mail"),
        "Cancelled.",
        ngettext_lazy("Cancelled: %(number)s e-mail.", "Cancelled: %(number)s e-mails.", "number"),
        _("Not cancelled: %(number)s, whose state does not allow it or has changed."),
    ),
}
SECRET_PART = re.compile(r"(?<=[/=])(?=[\w.~:%-]*[0-9A-Z])[\w.~:%-]{16,}", re.ASCII)


def without_links(text):
    """Every long part of an address that could be a personal link's token is taken out."""
    return SECRET_PART.sub("…", text)


def for_readers(show):
    """The column is empty of words for an officer who may not read the message."""

    def shown(self, message):
        return show(self, message) if message.may_read else HIDDEN

    return shown


@admin.register(Message)
class MessageAdmin(OfficeAdmin):
    meeting_path = "meeting"
    list_display = ["__str__", "shown_state", "to_and_subject", "queued"]
    list_filter = ["state", "kind"]
    list_select_related = ["meeting"]  # each row is asked for rights when an action is done to it
    search_help_text = _("Address, subject or Message-ID")
    fieldsets = [
        (None, {"fields": ["kind", "shown_state", "meeting", "server_said"]}),
        (_("What it says"), {"fields": ["addressee", "words", "header_fields", "body", "has_html", "language"]}),
        (
            _("Its way"),
            {
                "fields": [
                    "message_id", "queued_at", "not_before", "attempts", "first_attempt_at", "next_attempt_at",
                    "sent_at", "handed_at", "cancelled_at", "cancelled_by",
                ],
            },
        ),
    ]  # fmt: skip
    readonly_fields = [name for _, section in fieldsets for name in section["fields"]]
    actions = ["send_again", "release", "cancel"]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        """Each row with ``may_read``: whether this officer may see its address and words."""
        meetings = permissions.meetings_with(request.user, READ)
        of_mine = Case(When(meeting__in=meetings or [], then=True), default=False, output_field=BooleanField())
        return super().get_queryset(request).annotate(may_read=Value(True) if meetings is None else of_mine)

    def get_search_fields(self, request):
        """Whoever cannot read an address may not find out by searching for it."""
        reads = permissions.meetings_with(request.user, READ)
        sees = permissions.meetings_with(request.user, self.right("view"))
        return ["to", "subject", "message_id"] if reads is None or reads == sees else []

    def to_do(self, request):
        """For the panel's first page: what the worker gave up on."""
        if not self.has_view_permission(request):
            return None
        count = self.get_queryset(request).filter(state=MessageState.HANDED).count()
        return {"template": "admin/office/message/_to_do.html", "count": count} if count else None

    @admin.display(description=pgettext_lazy("progress", "State"), ordering="state")
    def shown_state(self, message):
        tone, shape = LOOKS[message.state]
        word = message.get_state_display()
        return render_to_string("admin/_state.html", {"word": word, "tone": tone, "shape": shape})

    @admin.display(description=_("To, subject"))
    @for_readers
    def to_and_subject(self, message):
        return format_html("{}<br>{}", message.to, message.subject)

    @admin.display(description=_("Queued"), ordering="queued_at")
    def queued(self, message):
        return dateformat.format(timezone.localtime(message.queued_at), "j M H:i")

    @admin.display(description=pgettext_lazy("e-mail", "To"))
    @for_readers
    def addressee(self, message):
        return message.to

    @admin.display(description=_("Subject"))
    @for_readers
    def words(self, message):
        return message.subject

    @admin.display(description=_("Text"))
    @for_readers
    def body(self, message):
        return without_links(message.text)

    @admin.display(description=_("Added headers"))
    @for_readers
    def header_fields(self, message):
        return without_links("\n".join(f"{name}: {value}" for name, value in message.headers.items())) or gettext(
            "none"
        )

    @admin.display(description=_("Also as HTML"), boolean=True)
    def has_html(self, message):
        return bool(message.html)

    @admin.display(description=_("What the server said"))
    @for_readers
    def server_said(self, message):
        return gettext(message.last_error) if message.last_error else ""

    @admin.action(description=ACTIONS[outbox.send_again].label, permissions=["change"])
    def send_again(self, request, rows):
        self.act(outbox.send_again, request, rows)

    @admin.action(description=ACTIONS[outbox.release].label, permissions=["change"])
    def release(self, request, rows):
        self.act(outbox.release, request, rows)

    @admin.action(description=ACTIONS[outbox.cancel].label, permissions=["change"])
    def cancel(self, request, rows):
        self.act(outbox.cancel, request, rows)

    def act(self, action, request, rows):
        """Do it to each row that the officer may change and whose state still allows it, and say to how many."""
        words = ACTIONS[action]
        rows = [row for row in rows if self.has_change_permission(request, row)]
        done = [row for row in rows if action(row, by=request.user)]
        for row in done:
            super().log_change(request, row, words.kept)
        if done:
            messages.success(request, words.done % {"number": len(done)})
        if left := len(rows) - len(done):
            messages.warning(request, words.left % {"number": left})

    def render_change_form(self, request, context, **kwargs):
        message, context["title"] = kwargs["obj"], gettext("E-mail")
        context["doable"] = [
            (action.__name__, words.label)
            for action, words in ACTIONS.items()
            if message.state in outbox.STATES[action.__name__] and self.has_change_permission(request, message)
        ]
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request, obj, form, change):
        """Nothing here is edited: saving the row would overwrite what the worker has written since."""

    def log_change(self, request, obj, message):
        """Only what was done is recorded, by ``act``."""

    def response_change(self, request, obj):
        for action in ACTIONS:
            if f"_{action.__name__}" in request.POST:
                self.act(action, request, [obj])
        return redirect("admin:office_message_change", obj.pk)
