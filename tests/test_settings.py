"""Settings from the environment: every problem at once, in sentences, and no secret that works by default."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import field_keys
from config.environment import VARIABLES, Environment

ROOT = Path(__file__).resolve().parent.parent
LONG = "x" * 50
KEYS = field_keys.fresh()


def start(*arguments, **variables):
    """Run manage.py in a fresh process with these variables and nothing of ours besides."""
    ours = {variable.name for variable in VARIABLES} | {"DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments],
        env=kept | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_missing_secret_stops_the_program_with_a_sentence_naming_the_variable(tmp_path):
    run = start("check", VAR_DIR=str(tmp_path))

    assert run.returncode == 1
    assert run.stderr == (
        "Rostrum cannot start:\n"
        f"- Set SECRET_KEY, or write a secret into {tmp_path}/secret_key (script/server does this for a local site).\n"
        f"- Set FIELD_KEYS, or restore {tmp_path}/field_keys from its backup (script/server writes a new site's).\n"
    )


def test_all_problems_are_reported_at_once(tmp_path):
    run = start(
        "check",
        VAR_DIR=str(tmp_path),
        SECRET_KEY="short",
        FIELD_KEYS="1:short",
        DEBUG="perhaps",
        DATABASE_URL="mysql://u@h/d",
        SITE_URL="press.example.int",
        TIME_ZONE="Mars/Olympus",
        LANGUAGES="en,xx",
        LOG_LEVEL="loud",
    )

    problems = [line.split()[1].strip() for line in run.stderr.splitlines()[1:]]
    assert problems == ("SECRET_KEY FIELD_KEYS DEBUG SITE_URL DATABASE_URL TIME_ZONE LANGUAGES LOG_LEVEL".split())


@pytest.mark.parametrize(
    ("url", "sentence"),
    [("https://press.example.int/desk", 1), ("ftp://press.example.int", 1), ("https://press.example.int/", 0)],
)
def test_site_url_is_a_scheme_and_a_host(url, sentence):
    env = Environment({"SITE_URL": url})

    env.site_url()

    assert len(env.problems) == sentence


def test_deployment_check_is_clean_over_https(tmp_path):
    run = start(
        "check", "--deploy", "--fail-level", "WARNING",
        VAR_DIR=str(tmp_path), SECRET_KEY="a1B2c3" * 20, FIELD_KEYS=KEYS, SITE_URL="https://press.example.int",
    )  # fmt: skip

    assert (run.returncode, run.stdout) == (0, "System check identified no issues (0 silenced).\n")


def test_secure_names_and_redirects_follow_the_scheme(tmp_path):
    words = "SESSION_COOKIE_NAME", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS"
    code = f"from django.conf import settings; print([getattr(settings, name) for name in {words}])"

    found = {
        scheme: start(
            "shell",
            "--no-imports",
            "-c",
            code,
            VAR_DIR=str(tmp_path),
            SECRET_KEY=LONG,
            FIELD_KEYS=KEYS,
            SITE_URL=f"{scheme}://a.example",
        ).stdout.strip()
        for scheme in ["http", "https"]
    }

    assert found == {
        "http": "['session', False, False, 0]",
        "https": "['__Host-session', True, True, 31536000]",
    }


def test_every_variable_read_is_in_the_table_and_the_reference_page():
    page = (ROOT / "docs" / "settings.md").read_text()

    assert [variable.name for variable in VARIABLES if f"`{variable.name}`" not in page] == []


def test_reference_page_is_what_the_code_generates():
    run = subprocess.run(
        [sys.executable, "-m", "config.environment"], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert (ROOT / "docs" / "settings.md").read_text() == run.stdout
