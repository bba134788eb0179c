"""Where e-mail goes: to the SMTP server of EMAIL_URL, never waiting long for it, or as files into a folder."""

import contextlib
import os
import re
import smtplib
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

SAFE_NAME = re.compile(r"<([0-9A-Za-z-]{1,100})@[^>]*>")


class Replies:
    """What smtplib reads replies from. A reply is due whole by ``deadline``: a byte a second does not put it off."""

    def __init__(self, sock):
        self.sock, self.deadline, self.received = sock, 0.0, b""

    def readline(self, limit):
        while b"\n" not in self.received and len(self.received) < limit:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("timed out")
            self.sock.settimeout(left)
            if not (chunk := self.sock.recv(4096)):
                break
            self.received += chunk
        end = self.received.find(b"\n") + 1 or len(self.received)
        line, self.received = self.received[: min(end, limit)], self.received[min(end, limit) :]
        return line

    def close(self):
        self.received = b""


class Conversation(smtplib.SMTP):
    """``text_begun``: the server asked for the text and has not yet said whether it takes it (RFC 5321, 4.2.5)."""

    text_begun = False

    def getreply(self):
        if self.file is None:
            self.file = Replies(self.sock)
        self.file.deadline = time.monotonic() + self.timeout
        code, words = super().getreply()
        self.sock.settimeout(self.timeout)
        self.text_begun = code == 354
        return code, words


class SecureConversation(Conversation, smtplib.SMTP_SSL):
    pass


class SmtpServer(EmailBackend):
    """Django's own, with a limit on every reply and the knowledge of how far a failed delivery had come."""

    @property
    def connection_class(self):
        return SecureConversation if self.use_ssl else Conversation

    @property
    def text_begun(self):
        return self.connection is not None and self.connection.text_begun

    def abandon(self):
        """Close without the politeness of QUIT, for which a server that hangs would be waited for again."""
        for conversation in filter(None, [self.connection, self._partial_connection]):
            conversation.close()
        self.connection = self._partial_connection = None


class MailFolder(BaseEmailBackend):
    """One ``.eml`` file for each message in EMAIL_FILE_PATH, readable by us alone; a message sent again is one file."""

    def send_messages(self, email_messages):
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for email in email_messages:
            message = email.message()
            known = SAFE_NAME.fullmatch(message["Message-ID"] or "")
            path = folder / f"{known[1] if known else uuid.uuid4()}.eml"
            write_for_us_alone(path, message.as_bytes())
        return len(email_messages)


def write_for_us_alone(path, data):
    """All of it or nothing, at once."""
    unfinished = path.with_suffix(f".{uuid.uuid4().hex}.new")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            unfinished.unlink()
