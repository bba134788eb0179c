"""The outbox: whoever causes an e-mail queues it here, in its own transaction; ``office.delivery`` sends it later."""

import re
import unicodedata
import uuid
from datetime import timedelta
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail.message import sanitize_address
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone

from office.models.message import Message, MessageState
from office.prepared import Prepared, PreparedInsert, Slot

BY_KEY = Prepared(lambda: Message.objects.filter(key=Slot(0, Message._meta.get_field("key"))).order_by())
ADDED = PreparedInsert(Message)

# Set by us on every message, or by the message's own fields
OUR_HEADERS = {
    "auto-submitted", "bcc", "cc", "content-language", "content-transfer-encoding", "content-type", "date", "from",
    "message-id", "mime-version", "return-path", "sender", "subject", "to",
}  # fmt: skip
HEADER_NAME = re.compile(r"[!-9;-~]+")  # RFC 5322, section 2.2


class MessageRefused(ValueError):
    """Nothing was queued; the message says why."""


def queue(
    *,
    to, subject, text, kind, language="en", html="", headers=None, key="", not_before=None, meeting=None, bulk=False,
    is_first=False, about=None,
):  # fmt: skip
    """Queue one e-mail in the caller's transaction and return its Message. No network is touched.

    ``key`` names the cause, such as ``"alert:12:7"`` (ids, never an address): the same key again returns the message
    that is there. ``not_before`` (aware) holds it until then. ``headers`` adds header fields, such as List-Unsubscribe.
    ``bulk`` goes after what somebody waits for. ``is_first`` saves the asking where the cause was made in this very
    transaction, so that no e-mail can have its key. ``about`` is the key of the application in whose
    history it stands. Raises MessageRefused.
    """
    message = _message(
        to=to, subject=subject, text=text, kind=kind, language=language, html=html, headers=headers, key=key,
        not_before=not_before, meeting=meeting, bulk=bulk, about=about,
    )  # fmt: skip
    if not key or is_first:
        ADDED(message)
        return message
    Message.objects.bulk_create([message], ignore_conflicts=True)
    return BY_KEY.one(key)


def queue_many(messages, *, batch=500, bulk=True):
    """Queue dicts with the arguments of ``queue``; return how many were new. Raises MessageRefused.

    As many statements for one as for a whole batch.
    """
    messages, queued = iter(messages), 0
    while rows := [_message(**words, bulk=bulk) for words in islice(messages, batch)]:
        Message.objects.bulk_create(rows, ignore_conflicts=True)
        queued += Message.objects.filter(pk__in=[row.pk for row in rows]).count()
    return queued


def _message(
    *, to, subject, text, kind, language="en", html="", headers=None, key="", not_before=None, meeting=None, bulk=False,
    about=None,
):  # fmt: skip
    subject, text, html, headers = str(subject), str(text), str(html), dict(headers or {})
    refuse_bad_address(to)
    _refuse_bad_line("subject", subject, 400)
    for name, value in headers.items():
        _refuse_bad_header(name, value)
    for name, value, length in [("kind", kind, 40), ("key", key, 200), ("language", language, 7)]:
        if len(value) > length:
            raise MessageRefused(f"The {name} of an e-mail has at most {length} characters.")
    if not text.strip():
        raise MessageRefused("An e-mail needs a text.")
    if "\0" in text or "\0" in html:
        raise MessageRefused("The text of an e-mail holds a NUL character.")
    now, pk = timezone.now(), uuid.uuid4()
    return Message(
        id=pk,
        message_id=f"<{pk}@{settings.SITE_HOST}>",
        kind=kind,
        key=key,
        meeting=meeting,
        about=about,
        language=language,
        to=to,
        subject=subject,
        text=text,
        html=html,
        headers=headers,
        is_bulk=bulk,
        state=MessageState.HELD if not_before and not_before > now else MessageState.QUEUED,
        queued_at=now,
        not_before=not_before,
        next_attempt_at=not_before or now,
    )


def refuse_bad_address(address):
    """Raise MessageRefused for what no server could be asked to write to. Forms ask it before they ask for mail."""
    try:
        validate_email(address)
        sanitize_address(address, "utf-8")  # a domain that IDNA cannot write
    except (ValidationError, ValueError):
        raise MessageRefused(f"“{address}” is not an e-mail address.") from None
    if any(unicodedata.category(character) == "Cc" for character in address):  # lawful in quotes; ends a header field
        raise MessageRefused("An e-mail address has no control characters.")
    if len(address) > 254:  # RFC 5321, section 4.5.3.1.3
        raise MessageRefused("An e-mail address has at most 254 characters.")


def _refuse_bad_line(name, line, length):
    """A line break in a header field would begin another field (header injection)."""
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"} for character in line):
        raise MessageRefused(f"The {name} of an e-mail is one line without control characters.")
    if not line.strip():
        raise MessageRefused(f"The {name} of an e-mail is empty.")
    if len(line) > length:
        raise MessageRefused(f"The {name} of an e-mail has at most {length} characters.")


def _refuse_bad_header(name, value):
    if not HEADER_NAME.fullmatch(name) or name.lower() in OUR_HEADERS:
        raise MessageRefused(f"“{name}” is not a header field that may be added to an e-mail.")
    _refuse_bad_line(f"header field {name}", value, 2000)


KEPT_AFTER_END = timedelta(days=7)
FORGOTTEN = {"to": "", "subject": "", "text": "", "html": "", "headers": {}, "last_error": ""}


def forget_old():
    """Empty address and words of what was sent or cancelled a week ago; return how many.

    That it was sent, when and for which cause stays. What waits, or waits for a person, is never touched.
    """
    return forget(Message.objects.all(), before=timezone.now() - KEPT_AFTER_END)


def forget(messages, *, before=None):
    """The same for those of ``messages`` that were sent or cancelled before an instant; None means now."""
    before = before or timezone.now()
    ended = Q(state=MessageState.SENT, sent_at__lte=before) | Q(state=MessageState.CANCELLED, cancelled_at__lte=before)
    return messages.filter(ended).exclude(to="").update(**FORGOTTEN)


# What a person decides in the staff panel, and in which states of a message
STATES = {
    "release": {MessageState.HELD},
    "send_again": {MessageState.HANDED},
    "cancel": {MessageState.HELD, MessageState.QUEUED, MessageState.HANDED},
    "repeat": {MessageState.SENT},
}


def release(message, *, by):
    """Send a held message now. Like the two below it returns whether that still could be done."""
    return _change(message, "release", state=MessageState.QUEUED, next_attempt_at=timezone.now())


def send_again(message, *, by):
    """From a person back to the worker, for another 72 hours; the attempts made so far stay counted."""
    return _change(
        message,
        "send_again",
        state=MessageState.QUEUED,
        next_attempt_at=timezone.now(),
        first_attempt_at=None,
        handed_at=None,
    )


def cancel(message, *, by):
    """What is being sent at this moment can no longer be cancelled."""
    return _change(message, "cancel", state=MessageState.CANCELLED, cancelled_at=timezone.now(), cancelled_by=by)


def repeat(message, *, by):
    """Queue what was sent once more, while its words are still kept. Whoever presses twice at once sends it once."""
    message.refresh_from_db()
    if message.state not in STATES["repeat"] or not message.to:
        return False
    before = Message.objects.filter(key__startswith=f"again:{message.pk}:").count()
    queue(
        to=message.to, subject=message.subject, text=message.text, html=message.html, headers=message.headers,
        kind=message.kind, language=message.language, meeting=message.meeting, about=message.about,
        key=f"again:{message.pk}:{before + 1}",
    )  # fmt: skip
    return True


def _change(message, action, **changes):
    """Guarded by the state: a worker or a colleague may have been faster."""
    return Message.objects.filter(pk=message.pk, state__in=STATES[action]).update(**changes) == 1
