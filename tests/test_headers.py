"""What every answer carries: the policy, no sniffing, no framing, a request id; and whose word on https counts."""

import json
import logging

import pytest
from django.test import RequestFactory

from config import csp
from config.proxies import TrustedProxies
from config.request_log import JsonLines

pytestmark = pytest.mark.django_db
PATHS = ["/", "/meetings/", "/help/", "/accounts/login/", "/admin/", "/healthz/live", "/nowhere/"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers(client, path):
    headers = client.get(path).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert len(headers["X-Request-ID"]) == 32
    assert "'unsafe" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/meetings/", "/help/", "/accounts/login/", "/nowhere/"])
def test_our_pages_allow_nothing_from_elsewhere(client, path):
    policy = client.get(path).headers["Content-Security-Policy"]

    sources = {part.split()[0]: part.split()[1:] for part in policy.split("; ")}
    assert sources["default-src"] == ["'none'"]
    assert {source for values in sources.values() for source in values} == {"'none'", "'self'"}


def test_insecure_requests_are_upgraded_on_https_sites_alone():
    endings = [csp.header({"default-src": "'none'"}, upgrade=secure) for secure in (True, False)]

    assert endings == ["default-src 'none'; upgrade-insecure-requests", "default-src 'none'"]


@pytest.mark.parametrize(
    ("trusted", "sender", "forwarded", "secure"),
    [
        ([], "192.0.2.1", "https", False),
        (["192.0.2.1"], "192.0.2.1", "https", True),
        (["192.0.2.1"], "192.0.2.2", "https", False),
        (["192.0.2.1"], "192.0.2.1", "gopher", False),
    ],
)
def test_forwarded_scheme_counts_from_trusted_proxies_alone(settings, trusted, sender, forwarded, secure):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=sender, HTTP_X_FORWARDED_PROTO=forwarded)

    TrustedProxies(lambda request: None)(request)

    assert request.is_secure() is secure


def test_log_line_is_one_line_whatever_stands_in_it():
    record = logging.LogRecord("rostrum", logging.INFO, "", 0, "GET /a\nb\x1b[31m %s", ("\r\n",), None)
    record.fields = {"path": "/\n{}"}

    line = JsonLines().format(record)

    assert "\n" not in line
    assert "\x1b" not in line
    assert json.loads(line)["path"] == "/\n{}"


def test_request_is_logged_without_query_or_address(client, caplog):
    with caplog.at_level(logging.INFO, logger="rostrum.request"):
        client.get("/meetings/?q=Ada+Example", REMOTE_ADDR="192.0.2.7")

    lines = [JsonLines().format(record) for record in caplog.records if record.name == "rostrum.request"]
    assert [json.loads(line)["path"] for line in lines] == ["/meetings/"]
    assert [word for word in ["Ada", "192.0.2.7"] if word in lines[0]] == []


@pytest.mark.parametrize("path", ["subscribe", "preview", "resume", "status", "delegation"])
def test_log_names_no_link_that_opens_something(path):
    record = logging.LogRecord("x", logging.INFO, "", 0, "Gone: /fr/%s/%s/manage/", (path, "s3cret_-" * 6), None)

    assert json.loads(JsonLines().format(record))["message"] == f"Gone: /fr/{path}/…/manage/"


@pytest.mark.parametrize(
    ("trusted", "sender", "path", "reader"),
    [
        ([], "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (["192.0.2.1"], "192.0.2.1", "198.51.100.7", "198.51.100.7"),
        (["192.0.2.1", "192.0.2.2"], "192.0.2.1", "203.0.113.9, 198.51.100.7, 192.0.2.2", "198.51.100.7"),
        (["192.0.2.1"], "192.0.2.2", "198.51.100.7", "192.0.2.2"),
        (["192.0.2.1"], "192.0.2.1", " , ", "192.0.2.1"),
    ],
)
def test_reader_s_address_is_what_the_nearest_trusted_proxy_saw(settings, trusted, sender, path, reader):
    settings.TRUSTED_PROXIES = trusted
    request = RequestFactory().get("/", REMOTE_ADDR=sender, HTTP_X_FORWARDED_FOR=path)

    TrustedProxies(lambda request: None)(request)

    assert request.META["REMOTE_ADDR"] == reader
