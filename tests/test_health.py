"""/healthz/live says the process answers, /healthz/ready that it can work; and the durable profile is read back."""

import sqlite3

import pytest
from django.db import connection
from django.db.utils import OperationalError

from config import health

pytestmark = pytest.mark.django_db


def test_live_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz/live")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_ready_when_database_migrations_and_folders_work(client):
    response = client.get("/healthz/ready")

    assert (response.status_code, response.json()) == (200, {"status": "ok", "failing": []})
    assert "no-store" in response.headers["Cache-Control"]


def test_not_ready_names_the_part_and_live_stays(client, monkeypatch):
    def no_database():
        raise OperationalError("server closed the connection")

    monkeypatch.setitem(health.PARTS, "database", no_database)
    monkeypatch.setitem(health.PARTS, "migrations", lambda: False)

    response = client.get("/healthz/ready")

    assert (response.status_code, response.json()["failing"]) == (503, ["database", "migrations"])
    assert client.get("/healthz/live").status_code == 200


def test_ready_does_not_say_more_than_the_part(client, monkeypatch):
    def secret():
        raise OperationalError("password of user rostrum at db.example.int")

    monkeypatch.setitem(health.PARTS, "database", secret)

    assert "rostrum" not in client.get("/healthz/ready").content.decode()


def test_health_is_not_redirected_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz/live").status_code == 200


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a profile of SQLite")
def test_sqlite_runs_in_the_durable_profile():
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name, _, _ in health.DURABLE}

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a profile of SQLite")
def test_lost_pragma_is_an_error_in_words(tmp_path, monkeypatch):
    plain = sqlite3.connect(tmp_path / "plain.sqlite3")

    class Stand:
        vendor = "sqlite"

        def is_in_memory_db(self):
            return False

        def cursor(self):
            return self

        def __enter__(self):
            return plain.cursor()

        def __exit__(self, *error):
            return False

    monkeypatch.setattr(health, "connection", Stand())

    sentences = [error.msg for error in health.check_durability(None, ["default"])]

    assert sentences[0] == (
        "SQLite's journal_mode reads back as delete instead of wal: "
        "without it it is not sure that readers do not wait for a writer."
    )
