"""From the form to the door, once for the press and once for civil society; everybody has a browser of their own."""

import io
import json
import re
from datetime import timedelta

import pytest
import zxingcpp
from django.conf import settings
from django.test import Client
from django.utils import timezone
from PIL import Image

from accreditation import clock, presets
from accreditation.models import Badge, Registration, Scan, Zone
from accreditation.states import Status
from advisory import publishing
from office.models import Message
from office.permissions import Role
from office.worker import Worker
from tests.builders import make_badge, make_gate, make_meeting, make_officer, make_registration, make_sitting
from tests.door.badge_pages import codes, pages, words
from tests.gates import code_of, film, go_on, kept_by, scan, seeing
from tests.journeys.walking import STORIES, Mouse, Walk, path_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("private_files"),
]
TELEPHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
ZONES = ["Hall", "Gallery"]
OTHERS = 4  # with whom the badge is a batch, which the worker makes
REVIEWER = {"press": Role.MEDIA_REVIEWER, "civil_society": Role.LIAISON_OFFICER}


@pytest.fixture
def gate():
    """To one of two zones of a meeting that sits today and on the two days after it."""
    meeting = make_meeting("Dialogue on early warning", code="DEW", sitting=False)
    today = clock.local(meeting, timezone.now()).date()
    for day in range(3):
        make_sitting(meeting, date=today + timedelta(days=day))
    zones = [Zone.objects.create(meeting=meeting, number=number, name=name) for number, name in enumerate(ZONES)]
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    return make_gate(meeting, zone=zones[1], capacity=50)


@pytest.fixture
def browsers(chromium, live_server):
    """``browsers(viewport, officer)`` gives a page of a browser that nobody else has; ``officer`` is signed in."""
    opened = []

    def new(viewport, officer=None, program=chromium):
        context = program.new_context(base_url=live_server.url, viewport=viewport, timezone_id="UTC")
        context.set_default_timeout(10_000)
        opened.append(context)
        if officer is not None:
            client = Client()
            client.force_login(officer)
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
        return context.new_page()

    yield new
    for context in opened:
        context.close()


@pytest.fixture
def camera(chromium, tmp_path):
    """A browser whose camera sees what stands in the film when it is turned on."""
    path = tmp_path / "seen.y4m"
    with seeing(chromium, path) as browser:
        browser.sees = lambda picture: film(picture, path)
        yield browser


def apply(page, category, story):
    """On the real forms, with papers; the applicant's status page is open afterwards."""
    STORIES[story].walk(Walk(page, Mouse, category))
    return Registration.objects.get(category=category)


def endorse(page):
    """The focal point follows the letter and says that the organization sends this person."""
    page.goto(path_in(Message.objects.get(kind="registration_endorse")))
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="We send this person").click()
    page.get_by_text("Your answer is recorded").wait_for()


def approve(page, registration):
    """From the queue, for one of two zones and two of three days."""
    page.goto("/desk/")
    page.get_by_role("link", name=registration.listed_as).click()
    bar = page.get_by_role("region", name="Decide")
    bar.get_by_label("Gallery").check()
    bar.get_by_label("Hall").uncheck()
    bar.get_by_role("group", name="Days").get_by_role("checkbox").last.uncheck()
    bar.get_by_role("button", name="Approve").click()
    page.get_by_text("Nothing more waits in this list.").wait_for()


def print_batch(page):
    """Print all that waits; the worker makes the file, which is fetched once. Bytes of a PDF."""
    page.goto("/desk/badges/")
    page.get_by_role("button", name="Print all").click()
    page.get_by_role("button", name="Make the file").click()
    page.get_by_text("Being made").wait_for()
    Worker().run_once()
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("button", name="Fetch the PDF").click()
    return download.value.path().read_bytes()


def card_of(name, printed):
    """(words, code) of the page on which somebody's card stands."""
    [page] = [page for page in pages(printed) if name in words(page)]
    [code] = codes(page)
    return words(page), code


def pass_of(page):
    """What the applicant's telephone shows at the gate, and the code in it."""
    page.goto("/status/")
    shown = Image.open(io.BytesIO(page.locator(".pass img").screenshot()))
    return shown, zxingcpp.read_barcode(shown).text


def hand_over(page, registration):
    page.goto("/desk/badges/")
    page.get_by_role("searchbox").fill(registration.reference)
    page.get_by_role("searchbox").press("Enter")
    page.get_by_label("I saw an identity document").check()
    page.get_by_role("button", name="Hand over").click()
    page.get_by_text("Handed over").wait_for()


def enrol(supervisor, device, gate):
    """The supervisor reads a code out; whoever holds the device types it."""
    supervisor.goto("/desk/door/devices/DEW/")
    supervisor.get_by_label("Gate", exact=True).select_option(label=str(gate))
    supervisor.get_by_label("What it is called").fill("Telephone 1")
    supervisor.get_by_role("button", name="Show the code").click()
    device.goto("/door/")
    device.get_by_label("Code").fill(supervisor.locator(".secret").inner_text())
    device.get_by_role("button", name="Enrol").click()
    device.wait_for_selector("#door[data-ready][data-list]")


def replace(page, code):
    """The card is scanned into the print desk's search box, and another one issued."""
    page.goto("/desk/badges/")
    page.get_by_role("searchbox").fill(code)
    page.get_by_role("searchbox").press("Enter")
    page.get_by_label("Why?").select_option(label="Damaged")
    page.get_by_role("button", name="Replace").click()
    page.get_by_text("This is the new badge.").wait_for()


def attendance(page):
    """{what: number} of the report."""
    page.goto("/desk/door/reports/?meeting=DEW")
    numbers = page.locator(".numbers > div")
    return {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in numbers.all()}


def own_data(page):
    """What the applicant downloads, with a code from the mailbox."""
    page.get_by_role("link", name="Download my data").click()
    page.get_by_role("button", name="Send me a code").click()
    code = re.search(r"\b[0-9]{6}\b", Message.objects.get(kind="registration_code").text)[0]
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Show what is sealed").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download my data").click()
    return json.loads(download.value.path().read_text())


@pytest.mark.parametrize("story", ["television", pytest.param("consultative", marks=pytest.mark.full)])
def test_somebody_comes_from_the_form_to_the_door(browsers, camera, gate, story):
    category = presets.make(presets.PRESETS[STORIES[story].preset], gate.meeting)
    type(category).objects.update(hold_seconds=0, zones=ZONES)
    applicant = browsers(TELEPHONE)
    officer = browsers(DESK, make_officer("reviewer", roles=[REVIEWER[STORIES[story].preset]]))
    print_desk = browsers(DESK, make_officer("printer", roles=[Role.BADGE_DESK]))
    supervisor = browsers(DESK, make_officer("supervisor", roles=[Role.SUPERVISOR]))
    door = browsers(TELEPHONE, program=camera)

    registration = apply(applicant, category, story)
    if story == "consultative":
        endorse(browsers(TELEPHONE))
    approve(officer, registration)
    registration.refresh_from_db()
    assert (registration.status, registration.granted["zones"]) == (Status.APPROVED, ["Gallery"])
    applicant.goto(path_in(Message.objects.get(kind="registration_approved")))
    applicant.get_by_role("button", name="Continue").click()
    assert applicant.get_by_role("heading", level=1).inner_text() == "Approved"

    for _number in range(OTHERS):
        make_badge(make_registration(Status.APPROVED, category=category))
    said, code = card_of("Okafor", print_batch(print_desk))
    hand_over(print_desk, registration)
    shown, code_of_pass = pass_of(applicant)
    assert code_of_pass == code

    camera.sees(shown)
    enrol(supervisor, door, gate)
    door.wait_for_selector("#door[data-verdict=admit]")
    assert door.locator(".verdict-who b").inner_text() == "Ada Chidinma Okafor"
    go_on(door)
    door.get_by_role("button", name="Stop the camera").click()
    assert scan(door, code) == ["already_in", "inside"]
    go_on(door)

    replace(print_desk, code)
    assert scan(door, code) == ["stop", "replaced"]
    go_on(door)
    new = Badge.objects.get(replaces__isnull=False)
    assert pass_of(applicant)[1] == code_of(new) != code

    told = attendance(supervisor)
    assert told.pop("Busiest hour")
    assert told == {"Present": "1", "Not come": "4", "Collected": "0", "Badges": "5"}
    assert list(Scan.objects.order_by("at").values_list("verdict", "reason")) == [
        ("admit", ""), ("already_in", "inside"), ("stop", "replaced"),
    ]  # fmt: skip
    assert applicant.locator("xpath=//dt[.='Badge']/following-sibling::dd").inner_text() == str(new)
    told = own_data(applicant)
    assert (told["status"], told["granted"]["zones"]) == ("approved", ["Gallery"])
    assert [(row["number"], row["state"]) for row in told["badges"]] == [(1, "void"), (new.number, "issued")]

    kept = kept_by(door).casefold()
    assert gate.name.casefold() in kept  # so the search finds what is there
    assert [name for name in ["ada", "chidinma", "okafor"] if name in kept] == []
