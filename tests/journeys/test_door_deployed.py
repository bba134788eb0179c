"""The door's app as a deployed site serves it: under hashed names, before and after the next deployment."""

import pytest

from tests.deployed import Deployment
from tests.gates import code_of, filmed, make_door, make_pass, opened, scan, until

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


DECODER = "[document.querySelector('#door').dataset.reader, document.querySelector('#door').dataset.decoder]"


def kept(context, gate, live_server):
    """A page that opens without network from now on."""
    page = opened(context, gate, live_server)
    page.wait_for_selector("#door[data-kept]")
    return page


def updated(page):
    """Let the browser look for the app's next version, and wait until that one serves the page."""
    page.evaluate(
        """async () => {
          const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done));
          await (await navigator.serviceWorker.getRegistration("/door/")).update();
          await taken;
        }"""
    )


def test_app_opens_without_network_after_the_next_deployment(browser_context, live_server, deployment, gate):
    codes = [code_of(make_pass(gate)) for _ in range(2)]
    page = kept(browser_context, gate, live_server)
    deployment.anew(app="\ndocument.documentElement.dataset.version = 'second';\n")
    updated(page)
    browser_context.set_offline(True)
    assert scan(page, codes[0]) == ["admit", ""]  # the first version runs on

    page.reload()
    page.wait_for_selector("#door[data-ready]")

    assert page.locator("html").get_attribute("data-version") == "second"
    assert scan(page, codes[0]) == ["already_in", "inside"]
    assert scan(page, codes[1]) == ["admit", ""]


@pytest.mark.full
def test_camera_starts_on_a_page_older_than_the_deployment(chromium, live_server, deployment, gate, tmp_path):
    with filmed(chromium, live_server, code_of(make_pass(gate)), tmp_path) as context:
        page = kept(context, gate, live_server)
        page.wait_for_selector("[data-verdict=admit]")
        page.wait_for_selector("#door:not([data-verdict])")
        page.get_by_role("button", name="Stop the camera").click()
        deployment.anew(decode="\n// second\n")
        updated(page)
        context.set_offline(True)
        page.get_by_role("button", name="Start the camera").click()
        page.wait_for_selector("[data-verdict=already_in]")


def test_camera_starts_without_network_on_a_page_that_is_two_deployments_old(
    chromium, live_server, deployment, gate, tmp_path
):
    with filmed(chromium, live_server, code_of(make_pass(gate)), tmp_path) as context:
        context.add_init_script("Permissions.prototype.query = () => Promise.reject(new Error('asked too early'));")
        page = kept(context, gate, live_server)
        names = page.evaluate(DECODER)
        for number in (2, 3):
            deployment.anew(decode=f"\n// {number}\n", jsqr=f"\n// {number}\n")
            updated(page)
        context.set_offline(True)
        found = "names => Promise.all(names.map(async (name) => Boolean(await caches.match(name))))"
        assert page.evaluate(found, names) == [False, False]

        page.get_by_role("button", name="Start the camera").click()
        page.wait_for_selector("[data-verdict=admit]")


@pytest.mark.full
def test_files_of_deployments_long_ago_are_forgotten(browser_context, live_server, deployment, gate):
    page = kept(browser_context, gate, live_server)
    for number in range(3):
        deployment.anew(app=f"\n// {number}\n")
        updated(page)

    until(page, lambda: page.evaluate("caches.keys().then((names) => names.length)") == 2)
