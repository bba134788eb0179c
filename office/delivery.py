"""From the outbox to the mail server. At least once, under one Message-ID; what cannot be sent is given to a person."""

import logging
import random
import re
import smtplib
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from email.utils import format_datetime

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Case, F, TextField, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_noop

from office import outbox
from office.discovery import declared
from office.models.message import Message, MessageState

log = logging.getLogger("rostrum.mail")

LEASE = timedelta(minutes=5)  # far more than one message can take: six replies of 15 s
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=4)
GIVE_UP_AFTER = timedelta(hours=72)
# Kept in English; the staff panel translates them on showing
UNKNOWN = gettext_noop(
    "It may have arrived: the server did not answer after the text. It goes again under the same Message-ID."
)
ABANDONED = gettext_noop(
    "It may have arrived: a worker stopped while sending it. It goes again under the same Message-ID."
)


@dataclass
class Delivered:
    sent: int = 0
    waiting: int = 0
    handed: int = 0
    unreachable: str = ""  # the network's or the server's words when no connection could be had, or the last one broke


@dataclass(frozen=True)
class Failure:
    words: str
    permanent: bool = False
    recipient_refused: bool = False
    server_gone: bool = False


def deliver(*, limit=500, stop=lambda: False):
    """Send what is due, at most ``limit`` messages over one connection; return a Delivered. What is bulk goes last.

    Each outcome is committed before the next message begins, so call it outside any transaction. ``stop`` is asked
    before each message. An unreachable server costs no message an attempt; it starts their 72 hours.
    """
    result, connection = Delivered(), None
    due = Message.objects.due(timezone.now()).order_by("is_bulk", "next_attempt_at", "pk")
    for pk in list(due.values_list("pk", flat=True)[:limit]):
        if stop():
            break
        connection = connection or get_connection()
        try:
            connection.open()
        except OSError as error:  # smtplib's own are among them
            result.unreachable = _words(error)
            result.handed += _note_unreachable(result.unreachable)
            break
        if message := claim(pk):
            _send(connection, message, result)
        if result.unreachable:
            break
    if connection:
        _close(connection)
    return result


def claim(pk):
    """The message, now ours to send for LEASE; None when another worker was faster."""
    now, abandoned = timezone.now(), Value(ABANDONED, output_field=TextField())
    with transaction.atomic(durable=True):
        claimed = Message.objects.due(now).filter(pk=pk).update(
            state=MessageState.SENDING,
            lease_until=now + LEASE,
            attempts=F("attempts") + 1,
            first_attempt_at=Coalesce("first_attempt_at", Value(now)),
            last_error=Case(When(state=MessageState.SENDING, then=abandoned), default="last_error"),
        )  # fmt: skip
        return Message.objects.get(pk=pk) if claimed else None


def _send(connection, message, result):
    failure = _without_address(_try(connection, message), message)
    if failure is None:
        words = outbox.FORGOTTEN if is_hidden(message) else {"last_error": ""}
        _record(message, state=MessageState.SENT, sent_at=timezone.now(), **words)
        result.sent += 1
        return
    if failure.server_gone:
        result.unreachable = failure.words
    if failure.permanent or timezone.now() - message.first_attempt_at >= GIVE_UP_AFTER:
        _hand(message, failure)
        result.handed += 1
    else:
        due = timezone.now() + pause(message.attempts)
        _record(message, state=MessageState.QUEUED, next_attempt_at=due, last_error=failure.words)
        _tell("retried", message, failure)
        result.waiting += 1


def address_behind(alias):
    """Where a letter really goes when its addressee is hidden behind an alias, even from the outbox; else None.

    An app says so with ``address_behind`` in its ``jobs``.
    """
    return next((address for hook in declared("address_behind") if (address := hook(alias))), None)


def is_hidden(message):
    """Whether its addressee stands behind an alias: once it is sent nothing of it is kept."""
    return getattr(message, "goes_to", message.to) != message.to


def _without_address(failure, message):
    """A server's words may repeat the address."""
    if failure is None or not is_hidden(message):
        return failure
    words = re.sub(re.escape(message.goes_to), message.to, failure.words, flags=re.IGNORECASE)
    return replace(failure, words=words)


def _try(connection, message):
    """None when the server took the message, else the Failure. A connection that broke is left closed."""
    try:
        message.goes_to = address_behind(message.to) or message.to
        email = compose(message, to=message.goes_to)
        email.message().as_bytes()  # header fields are written here, and refused when they hold a line break
    except Exception as error:  # a message that cannot be written down must not stop the others
        return Failure(f"It could not be composed: {error}", permanent=True)
    used = getattr(connection, "has_sent", False)
    failure = _exchange(connection, email)
    if failure and failure.server_gone and used and failure.words != UNKNOWN:
        # Servers close a connection after so many messages: the next begins a new one, and nothing has failed
        try:
            connection.open()
        except OSError as error:
            return Failure(_words(error), server_gone=True)
        failure = _exchange(connection, email)
    connection.has_sent = failure is None
    return failure


def _exchange(connection, email):
    try:
        connection.send_messages([email])
    except OSError as error:
        failure = classify(error, text_begun=getattr(connection, "text_begun", False))
        if failure.server_gone and hasattr(connection, "abandon"):
            connection.abandon()
        return failure
    return None


def classify(error, *, text_begun):
    """What an error of smtplib or of the network says about the message, as a Failure."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, reply = next(iter(error.recipients.values()))
        return Failure(_reply(code, reply), permanent=code >= 500, recipient_refused=True, server_gone=code == 421)
    if isinstance(error, smtplib.SMTPDataError):
        permanent = error.smtp_code >= 500
        return Failure(_words(error), permanent=permanent, server_gone=error.smtp_code == 421)
    if isinstance(error, smtplib.SMTPResponseException):  # the sender refused: ours to mend, not the message's fault
        return Failure(_words(error), server_gone=error.smtp_code == 421)
    return Failure(UNKNOWN if text_begun else _words(error), server_gone=True)


def compose(message, *, to=""):
    """The same bytes at every attempt, the date included."""
    headers = {name: value for name, value in message.headers.items() if name.lower() != "reply-to"}
    email = EmailMultiAlternatives(
        message.subject,
        message.text,
        to=[to or message.to],
        reply_to=[value for name, value in message.headers.items() if name.lower() == "reply-to"],
        headers={
            "Message-ID": message.message_id,
            "Date": format_datetime((message.not_before or message.queued_at).astimezone(UTC)),
            "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office answers
            "Content-Language": message.language,
        }
        | headers,
    )
    if message.html:
        email.attach_alternative(message.html, "text/html")
    return email


def pause(attempts):
    """Time until the next attempt: a minute, doubling, four hours at most, spread so that not all come at once."""
    longest = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return longest * random.SystemRandom().uniform(0.75, 1)


def _record(message, **outcome):
    """Guarded by the attempt: a worker whose lease ran out no longer speaks for the message."""
    with transaction.atomic(durable=True):
        ours = Message.objects.filter(pk=message.pk, state=MessageState.SENDING, attempts=message.attempts)
        return ours.update(lease_until=None, **outcome)


def _hand(message, failure):
    if not _record(message, state=MessageState.HANDED, handed_at=timezone.now(), last_error=failure.words):
        return
    _tell("handed", message, failure)
    if failure.recipient_refused and not _is_policy(failure.words):
        _bounce(message, permanent=failure.permanent)


def _is_policy(words):
    """RFC 3463: x.7.x is the server refusing us, by policy; it says nothing about the address."""
    return words[4:8] in {"5.7.", "4.7."}


def _bounce(message, *, permanent):
    for hook in declared("on_bounce"):
        try:
            with transaction.atomic():
                hook(message.to, permanent)
        except Exception:
            fields = {"message": str(message.pk), "hook": hook.__module__}
            log.exception("A refused address could not be told.", extra={"fields": fields})


def _note_unreachable(words):
    now = timezone.now()
    due = Message.objects.due(now)
    with transaction.atomic(durable=True):
        due.filter(first_attempt_at=None).update(first_attempt_at=now)
        due.exclude(last_error=words).update(last_error=words)
        given_up = due.filter(first_attempt_at__lte=now - GIVE_UP_AFTER)
        handed = given_up.update(state=MessageState.HANDED, handed_at=now, lease_until=None)
    fields = {"error": words, "handed": handed}
    log.warning("The mail server cannot be reached.", extra={"fields": fields})
    return handed


def _tell(outcome, message, failure):
    """To the log, without the address or the server's words, which may repeat it."""
    fields = {"message": str(message.pk), "kind": message.kind, "attempts": message.attempts}
    log.warning("An e-mail was %s.", outcome, extra={"fields": fields})


def _words(error):
    if isinstance(error, smtplib.SMTPResponseException):
        return _reply(error.smtp_code, error.smtp_error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _reply(code, words):
    words = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return f"{code} {words}".replace("\0", "")[:2000]


def _close(connection):
    try:
        connection.close()
    except OSError as error:
        log.info("The mail server did not say goodbye.", extra={"fields": {"error": _words(error)}})
