"""The site as ``script/server`` serves it, with the demo's data, on a PostgreSQL and in a folder of its own."""

import contextlib
import os
import re
import secrets
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

from config import field_keys
from config.environment import VARIABLES
from tests.postgres import Server


class Site(contextlib.ExitStack):
    """``url`` is the site's address, ``page`` that of the demo's first advisory; both end with the ``with`` block.

    ``embedded`` keeps its data in SQLite.
    """

    def __init__(self, *, embedded=False):
        super().__init__()
        self.is_embedded = embedded

    def __enter__(self):
        with contextlib.ExitStack() as undo_on_error:
            undo_on_error.callback(self.close)
            self.folder = Path(self.enter_context(tempfile.TemporaryDirectory(prefix="rostrum-bench-")))
            database = "" if self.is_embedded else self.enter_context(Server(durable=True)).url
            port = free_port()
            self.environment = {
                "DATABASE_URL": database,
                "VAR_DIR": str(self.folder),
                "SECRET_KEY": secrets.token_urlsafe(60),
                "FIELD_KEYS": field_keys.fresh(),
                "PORT": str(port),
                "DJANGO_SETTINGS_MODULE": "config.settings",
            }
            for command in ["collectstatic", "migrate", "demo_data"]:
                self.manage(command)
            self.url = self.serve("config.wsgi:application", port, self.environment)
            self.page = self.url + first_advisory(self.url)
            undo_on_error.pop_all()
        return self

    def manage(self, command):
        words = ["--noinput"] if command != "demo_data" else []
        with open(self.folder / "manage.log", "w+") as log:
            done = subprocess.run(
                [sys.executable, "manage.py", command, *words],
                env=clean_environment() | self.environment,
                stdout=log,
                stderr=log,
            )
            if done.returncode:
                log.seek(0)
                sys.exit(f"manage.py {command} failed:\n{log.read()}")

    def serve(self, application, port, environment, until=None):
        """Serve ``application`` until the block of ``until`` ends, or this one; return its address once it listens."""
        until = until or self
        log = self.folder / f"{port}.log"
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "script/gunicorn.conf.py", application],
            env=clean_environment() | environment | {"PORT": str(port)},
            stdout=subprocess.PIPE,
            stderr=until.enter_context(log.open("w")),
            text=True,
        )
        until.callback(process.communicate)
        until.callback(process.terminate)
        address = process.stdout.readline().strip()
        if not address:
            sys.exit(f"{application} did not start:\n{log.read_text()}")
        return address


def clean_environment():
    """This process's environment without what Rostrum's settings read."""
    ours = {variable.name for variable in VARIABLES}
    return {name: value for name, value in os.environ.items() if name not in ours}


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def first_advisory(url):
    with urlopen(f"{url}/meetings/", timeout=30) as answer:
        links = re.findall(r'href="(/meetings/\d{4}/[^"/.]+/)"', answer.read().decode())
    if not links:
        sys.exit("The demo's page /meetings/ names no advisory.")
    return links[0]
