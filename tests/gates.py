"""A gate with badges, and browsers that stand at it as enrolled devices."""

import shutil
import time
from contextlib import contextmanager
from datetime import timedelta

import segno
from django.utils import timezone
from PIL import Image

from accreditation import badge_code, devices
from accreditation.models import Device, Zone
from accreditation.states import Status
from accreditation.views.door import guards
from office import keys
from tests.browser import FLAGS
from tests.builders import make_badge, make_category, make_gate, make_meeting, make_officer, make_registration

CANARY = "Wilhelmina Canary"
DAY = timedelta(days=1)


def make_door(**fields):
    """A gate of a meeting of its own that has two zones; ``zones`` names the one that it opens."""
    meeting = make_meeting("Dialogue on early warning", code=fields.pop("code", "DEW"))
    zones = [
        Zone.objects.create(meeting=meeting, number=number, name=name)
        for number, name in enumerate(["Hall", "Gallery"])
    ]
    zone = fields.pop("zone", None)
    gate = make_gate(meeting, zone=zones[zone] if zone is not None else None, **fields)
    gate.category = make_category(meeting, zones=["Hall"])
    return gate


def make_pass(gate, *, name=CANARY, escort=False, **fields):
    """A badge of the gate's meeting, valid yesterday to tomorrow."""
    given, family = name.split()
    registration = make_registration(
        Status.APPROVED, category=gate.category, given_names=given, family_name=family,
        granted={"zones": ["Hall"], "escort": escort},
    )  # fmt: skip
    now = timezone.now()
    return make_badge(registration, **{"valid_from": now - DAY, "valid_to": now + DAY} | fields)


def code_of(badge, key=None):
    return badge_code.code_of(badge, key=key or keys.current(keys.BADGE, badge.meeting))


def enrolled(gate, name="Telephone 1"):
    """(Device, the cookie by which its browser is known)"""
    device, code = devices.invite(gate, name=name, by=make_officer(f"supervisor-{Device.objects.count()}"))
    device, token = devices.enrol(code)
    return device, {"name": guards.COOKIE, "value": token}


def address_of(gate):
    return f"/door/{guards.address_of(gate)}/"


def opened(context, gate, live_server, name="Telephone 1"):
    """A page of the context that stands at the gate, and has its pack."""
    device, cookie = enrolled(gate, name)
    context.add_cookies([cookie | {"url": f"{live_server.url}/door/"}])
    page = context.new_page()
    page.device = device
    page.goto(address_of(gate))
    page.wait_for_selector("#door[data-ready]")
    page.wait_for_selector("#door[data-list]")
    return page


@contextmanager
def answering(live_server, status, body="", **headers):
    """Every request of the site is answered so: by a network that wants to be signed in to, or a server that fails."""
    server = live_server.thread.httpd
    site = server.get_app()

    def answer(environ, start_response):
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response(status, [(name.replace("_", "-"), value) for name, value in headers.items()])
        return [body.encode()]

    server.set_app(answer)
    try:
        yield
    finally:
        server.set_app(site)


@contextmanager
def delaying(live_server, *, seconds):
    """Every answer of the site takes so long to come."""
    server = live_server.thread.httpd
    site = server.get_app()

    def answer(environ, start_response):
        time.sleep(seconds)
        return site(environ, start_response)

    server.set_app(answer)
    try:
        yield
    finally:
        server.set_app(site)


def cut_off(page):
    page.context.set_offline(True)
    page.wait_for_selector(".net.is-offline")


def sent(page):
    """With network again: wait until everything is sent."""
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#door[data-waiting='0']")


def scan(page, code):
    """Let the scanner type a code; (verdict, reason) that the page shows."""
    page.evaluate(TYPED, code)
    page.wait_for_selector("#door[data-verdict]")
    return page.evaluate(
        "[document.querySelector('#door').dataset.verdict, document.querySelector('#door').dataset.reason]"
    )


def until(page, is_so):
    """Wait for what only an asynchronous question tells: the browser's own wait takes a promise for an answer."""
    for _ in range(50):
        if is_so():
            return
        page.wait_for_timeout(200)
    raise AssertionError("It did not come to that in ten seconds.")


def go_on(page):
    page.keyboard.press("Escape")
    page.wait_for_selector("#door:not([data-verdict])")


TYPED = """code => {
  for (const key of [...code, "Enter"]) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
  }
}"""


def kept_by(page):
    """Everything that the device keeps for the site, as one text: storage, databases, caches, cookies."""
    return page.evaluate(KEPT)


KEPT = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie];
  for (const {name} of await indexedDB.databases()) {
    const opening = indexedDB.open(name);
    const database = await new Promise((done) => (opening.onsuccess = () => done(opening.result)));
    for (const store of database.objectStoreNames) {
      const rows = database.transaction(store).objectStore(store).getAll();
      found.push(JSON.stringify(await new Promise((done) => (rows.onsuccess = () => done(rows.result)))));
    }
    database.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push(request.url, await (await cache.match(request)).text());
    }
  }
  return found.join("\\n");
}"""


def drawn(code):
    """A picture of the code's QR."""
    qr = segno.make(code, error="m", micro=False)
    side = qr.symbol_size(border=4)[0]
    matrix = Image.new("L", (side, side), 255)
    for row, line in enumerate(qr.matrix):
        for column, dark in enumerate(line):
            matrix.putpixel((column + 4, row + 4), 20 if dark else 255)
    return matrix.resize((side * 6, side * 6), Image.NEAREST)


def film(picture, path):
    """A short film (YUV4MPEG2) of a picture that is held to the camera, a little askew."""
    image = Image.new("L", (640, 480), 235)
    image.paste(picture.convert("L").rotate(4, fillcolor=235), (130, 60))
    luma, chroma = image.tobytes(), bytes([128]) * (640 * 480 // 2)
    path.write_bytes(b"YUV4MPEG2 W640 H480 F15:1 Ip C420\n" + (b"FRAME\n" + luma + chroma) * 3)


@contextmanager
def seeing(chromium, path):
    """A browser of its own, whose camera sees the film at ``path``."""
    camera = ["--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"]
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium"),
        headless=True,
        args=[*FLAGS, *camera, f"--use-file-for-fake-video-capture={path}"],
    )
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def filmed(chromium, live_server, code, folder):
    """A context of a browser of its own, to whose camera this code is held."""
    film(drawn(code), folder / "badge.y4m")
    with seeing(chromium, folder / "badge.y4m") as browser:
        context = browser.new_context(base_url=live_server.url, permissions=["camera"])
        context.set_default_timeout(10_000)
        yield context
