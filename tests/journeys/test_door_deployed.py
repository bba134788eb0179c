"""The door's app as a deployed site serves it: under hashed names, before and after the next deployment."""

import pytest

from tests.deployed import Deployment
from tests.gates import code_of, filmed, make_door, make_pass, opened

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def deployment(tmp_path, settings, monkeypatch):
    return Deployment(tmp_path / "static", settings, monkeypatch)


@pytest.fixture
def gate():
    return make_door(counts_exits=True)


def test_camera_reads_badges_by_the_deployed_decoder(chromium, live_server, deployment, gate, tmp_path):
    with filmed(chromium, live_server, code_of(make_pass(gate)), tmp_path) as context:
        page = opened(context, gate, live_server)
        page.wait_for_selector("[data-verdict=admit]")
