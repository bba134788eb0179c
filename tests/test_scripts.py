"""The commands themselves, and what all other tests trust: their database, their closed network, their browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connection

from config.environment import ROOT, VARIABLES
from tests.postgres import Server


def environment(**variables):
    """This machine's environment, without what the tests' own settings read and wrote."""
    ours = {variable.name for variable in VARIABLES} | {"DJANGO_SETTINGS_MODULE"}
    return {name: value for name, value in os.environ.items() if name not in ours} | variables


@contextmanager
def served(var_dir, port, ended=0):
    """Run script/server; yield its process, what it printed up to its address, and the seconds until then.

    Afterwards it is told to end; ``ended`` is the status that it must end with, however it did.
    """
    started = time.monotonic()
    process = subprocess.Popen(
        [ROOT / "script/server"],
        env=environment(VAR_DIR=str(var_dir), PORT=str(port)),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if ended else subprocess.DEVNULL,
        text=True,
    )
    try:
        lines = []
        for line in process.stdout:
            lines.append(line.strip())
            if line.startswith("http://"):
                break
        yield process, lines, time.monotonic() - started
    finally:
        process.terminate()
        process.communicate(timeout=40)
    assert process.returncode == ended


@pytest.fixture
def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def test_second_start_keeps_the_data_and_the_site_ends_when_its_worker_does(tmp_path, free_port):
    """In one, because the first start takes longest."""
    address = f"http://localhost:{free_port}"
    with served(tmp_path, free_port) as (_, lines, at_first):
        sign_in, how, *rest = lines
        assert re.fullmatch(r"Sign-in: \S+ / \S+", sign_in)
        assert how.endswith(".venv/bin/python manage.py demo_code")
        assert rest == [address]
        first = urlopen(f"{address}/meetings/").read()

    with served(tmp_path, free_port, ended=1) as (process, lines, seconds):
        assert lines == [address]
        assert urlopen(f"{address}/meetings/").read() == first
        assert seconds < max(8, at_first / 2)  # a machine that does much else is slower at both

        while "The worker has begun." not in process.stderr.readline():
            assert process.poll() is None
        os.kill(worker_of(process), signal.SIGTERM)
        assert list(process.stderr)[-1] == "The site or its worker ended by itself (status 0).\n"

    private = ["field_keys", "first-sign-in", "rostrum.sqlite3", "secret_key"]
    assert {name: oct((tmp_path / name).stat().st_mode & 0o777) for name in private} == dict.fromkeys(private, "0o600")


def worker_of(process):
    """The process that runs beside the site."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_text().split("\0") for pid in children}
    [worker] = [pid for pid, words in commands.items() if "worker" in words]
    return worker


def test_taken_port_is_refused_in_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        done = subprocess.run(
            [ROOT / "script/server"],
            env=environment(VAR_DIR=str(tmp_path), PORT=str(port)),
            capture_output=True,
            text=True,
        )

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == (
        f"Port {port} cannot be used (Address already in use); choose another, as in: PORT=8001 script/server\n"
    )


def test_tests_run_on_the_database_the_command_named(pytestconfig):
    assert connection.vendor == ("postgresql" if pytestconfig.option.postgresql else "sqlite")


def test_postgresql_ends_with_a_starter_that_is_killed():
    starter = subprocess.Popen(
        [sys.executable, "-c", "from tests.postgres import Server; print(Server().folder, flush=True); input()"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    folder = Path(starter.stdout.readline().strip())
    server = int((folder / "data/postmaster.pid").read_text().split()[0])

    starter.kill()
    starter.communicate()

    deadline = time.monotonic() + 20
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not folder.exists()
    assert not is_running(server)


def is_running(pid):
    """Whether the process is there; one that has ended and waits to be reaped is not."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "\nState:\tZ" not in status.read_text()


def test_postgresql_that_cannot_start_says_why(monkeypatch):
    monkeypatch.setenv("POSTGRESQL_BIN", "/nowhere")

    with pytest.raises(RuntimeError, match=r"PostgreSQL did not start: .*/nowhere/initdb"):
        Server()


def test_tests_cannot_reach_another_machine():
    with pytest.raises(AssertionError, match=r"A test tried to reach example\.org\."):
        urlopen("http://example.org/")
    with pytest.raises(AssertionError, match=r"A test tried to reach 192\.0\.2\.1\."):
        socket.create_connection(("192.0.2.1", 80))


@pytest.mark.browser
def test_page_that_asks_elsewhere_is_caught(page, foreign_requests):
    page.set_content('<img src="http://example.org/pixel.png" alt="">')

    assert foreign_requests == ["http://example.org/pixel.png"]
    foreign_requests.clear()


@pytest.mark.browser
def test_page_with_a_fault_is_told_by_axe(page, axe):
    page.set_content('<!doctype html><html lang="en"><title>Card</title><main><h1>Card</h1><img src="data:,"></main>')

    assert [fault.split(":")[0] for fault in axe(page)] == ["image-alt"]
