"""What every test stands on: nothing outside this machine, an empty cache, and Hypothesis at the size asked for."""

import ipaddress
import sys

import hypothesis
import pytest
from django.core.cache import cache

import tests.signing_in  # noqa: F401  force_login passes the second factor
from script.translation import catalogues

pytest_plugins = ["tests.browser", "tests.emptying"]

hypothesis.settings.register_profile("everyday", deadline=None, derandomize=True, database=None)
hypothesis.settings.register_profile("full", deadline=None, database=None, max_examples=5000, print_blob=True)


def pytest_configure(config):
    hypothesis.settings.load_profile("full" if config.option.full else "everyday")
    sys.addaudithook(refuse_the_network)
    if not hasattr(config, "workerinput"):  # once, before pytest-xdist's processes start
        catalogues.compile_stale()


def refuse_the_network(event, args):
    """An audit hook cannot be taken off again; it sees what Python itself connects to and looks up."""
    if event == "socket.connect" and isinstance(args[1], tuple):
        host = args[1][0]
    elif event == "socket.getaddrinfo":
        host = args[0]
    else:
        return
    if not is_this_machine(host):
        raise AssertionError(f"A test tried to reach {host}.")


def is_this_machine(host):
    host = host.decode() if isinstance(host, bytes) else host
    if host in {None, "", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


@pytest.fixture
def private_files(settings, tmp_path):
    """The folder of sealed files, the test's own."""
    private = settings.STORAGES["private"]
    private = private | {"OPTIONS": private["OPTIONS"] | {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path / "files"
