"""A real SMTP server on 127.0.0.1 for tests, with the bad days that servers have."""

import socket
import socketserver
import threading
from email import message_from_bytes, policy

MODES = {
    "accept",
    "refuse_at_rcpt",  # 450
    "reject_at_rcpt",  # 550
    "reject_and_repeat",  # 550 with the address
    "reject_by_policy",  # 554 5.7.1
    "reject_sender",  # 553
    "reject_text",  # 554 after the text
    "silent",  # no banner
    "trickle",  # a banner, a byte a tenth of a second, without end
    "hang_after_text",
    "drop_after_text",
    "drop_second_text",
    "one_a_connection",  # hangs up when a second message is begun
}


class Conversation(socketserver.StreamRequestHandler):
    """One client. What was taken or seen is kept on the server."""

    def handle(self):
        self.mode = self.server.mode
        if self.mode in {"silent", "trickle"}:
            self.waste_time()
            return
        self.say("220 mail.example.int")
        self.taken = 0
        while line := self.rfile.readline().decode("ascii").strip():
            verb = line.split(":")[0].split()[0].upper()
            with self.server.lock:
                self.server.lines.append(line)
            if not getattr(self, f"on_{verb.lower()}", self.on_other)(line):
                return

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())
        return True

    def waste_time(self):
        while not self.server.closing.wait(0.1):
            if self.mode == "trickle":
                try:
                    self.wfile.write(b"2")
                except OSError:
                    return

    def on_ehlo(self, line):
        return self.say("250 mail.example.int")

    def on_mail(self, line):
        if self.mode == "one_a_connection" and self.taken:
            return False
        return self.say("553 5.1.8 Sender unknown" if self.mode == "reject_sender" else "250 OK")

    def on_rcpt(self, line):
        answers = {
            "refuse_at_rcpt": "450 4.2.1 Mailbox busy",
            "reject_at_rcpt": "550 5.1.1 No such mailbox",
            "reject_and_repeat": f"550 5.1.1 {line.upper()} is unknown",
            "reject_by_policy": "554 5.7.1 Relay access denied",
        }
        return self.say(answers.get(self.mode, "250 OK"))

    def on_data(self, line):
        self.say("354 Go ahead")
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            text += self.rfile.readline()
        text = text[:-3].replace(b"\r\n..", b"\r\n.")
        with self.server.lock:
            self.server.seen.append(text)
        if self.mode == "drop_after_text" or (self.mode == "drop_second_text" and self.taken):
            return False
        if self.mode == "hang_after_text":
            self.waste_time()
            return False
        if self.mode == "reject_text":
            return self.say("554 5.6.0 Text refused")
        with self.server.lock:
            self.server.taken.append(text)
        self.taken += 1
        return self.say("250 Taken")

    def on_rset(self, line):
        return self.say("250 OK")

    def on_quit(self, line):
        self.say("221 Bye")
        return False

    def on_other(self, line):
        return self.say("502 What?")


class SmtpServer(socketserver.ThreadingTCPServer):
    """``seen``: every text that came through; ``taken``: those answered with 250; ``lines``: every command."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 50

    def __init__(self, mode="accept"):
        super().__init__(("127.0.0.1", 0), Conversation)
        assert mode in MODES
        self.mode, self.lock, self.closing = mode, threading.Lock(), threading.Event()
        self.seen, self.taken, self.lines, self.connections = [], [], [], 0
        self.thread = threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True)
        self.thread.start()

    @property
    def port(self):
        return self.server_address[1]

    def process_request(self, request, client_address):
        self.connections += 1
        super().process_request(request, client_address)

    def handle_error(self, request, client_address):
        """A client that went away is what some tests are about."""

    def messages(self, texts=None):
        return [message_from_bytes(text, policy=policy.default) for text in (self.taken if texts is None else texts)]

    def close(self):
        self.closing.set()
        self.shutdown()
        self.thread.join()
        self.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def closed_port():
    """A port of this machine on which nobody listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def point_at(settings, port, seconds=0.3):
    settings.EMAIL_BACKEND = "office.mail_server.SmtpServer"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, seconds
