"""An officer who decides on twenty applications in a real browser: by keyboard, by mouse, and without any script."""

from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accreditation import evidence
from accreditation.desk import notes
from accreditation.models import EvidenceRule, Registration, Zone
from accreditation.states import EvidenceKind, Status
from office.permissions import Role
from tests.accreditation.sent_files import pdf
from tests.advisory.test_look import LINTER
from tests.builders import make_category, make_officer, make_registration

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ux,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("private_files"),
]
ZONES = ["Gallery", "Media centre", "Delegates’ floor", "Interview rooms"]  # more than a telephone is wide
NUMBER, ASKED, DECLINED = 20, {4, 9, 14}, {12}
AT_MOST_KEYS, AT_MOST_CLICKS = 60, 70
# What the person does, counted where the browser hears it; a click that a key or a script makes has no detail
COUNTING = """
for (const kind of ["keydown", "click"]) addEventListener(kind, event => {
  if (event.isTrusted && (kind === "keydown" || event.detail))
    sessionStorage[kind] = Number(sessionStorage[kind] || 0) + 1;
}, true);
"""


@pytest.fixture
def officer():
    return make_officer("reviewer", roles=[Role.MEDIA_REVIEWER], name="Amara Reviewer")


@pytest.fixture
def desk(browser_context, client, live_server, officer):
    """A page of the browser in which the officer is signed in; it tells of whatever a policy stops."""
    client.force_login(officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page, complaints = browser_context.new_page(), []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": 1440, "height": 900})
    yield page
    assert [text for text in complaints if "422" not in text and "409" not in text] == []


def twenty():
    """Sent applications, due an hour apart, each with a letter's worth of answers."""
    category, now = make_category(hold_seconds=30, zones=ZONES), timezone.now()
    for number, name in enumerate(ZONES):
        Zone.objects.create(meeting=category.meeting, number=number, name=name)
    return [
        make_registration(Status.SUBMITTED, category=category, due_at=now + timedelta(hours=hour))
        for hour in range(1, NUMBER + 1)
    ]


def start(page, registration):
    page.goto(reverse("desk:registration", args=[registration.reference]) + "?view=decide")


def shows(page, registration):
    page.wait_for_url(f"**/registrations/{registration.reference}/?view=decide")


def outcomes():
    return Counter(Registration.objects.values_list("status", flat=True))


EXPECTED = Counter({"approved": NUMBER - len(ASKED) - len(DECLINED), "info_requested": 3, "declined": 1})


def counted(page, kind):
    return int(page.evaluate(f"sessionStorage.{kind} || 0"))


def tab_to(page, selector):
    for _ in range(80):
        if page.locator(selector).first.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is out of reach.")


def decide_by_keyboard(page, number):
    if number in ASKED:
        page.keyboard.press("i")
        page.wait_for_url("**do=ask**")
        tab_to(page, "[name=item_work]")
        page.keyboard.press("Space")
        tab_to(page, "[name=reason]")
        page.keyboard.type("a d i n ?")  # letters of shortcuts are letters here
        tab_to(page, "#decide .form-acts .btn")
        page.keyboard.press("Enter")
    elif number in DECLINED:
        page.keyboard.press("d")
        page.wait_for_url("**do=decline**")
        tab_to(page, "[name=ground]")
        page.keyboard.press("Space")
        tab_to(page, "#decide .form-acts .btn")
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("a")


@pytest.mark.full
def test_twenty_applications_by_keyboard(desk):
    rows, clean = twenty(), 0
    desk.add_init_script(COUNTING)
    start(desk, rows[0])
    for number, row in enumerate(rows):
        shows(desk, row)
        before = counted(desk, "keydown")
        decide_by_keyboard(desk, number)
        if number + 1 < NUMBER:
            shows(desk, rows[number + 1])
        else:
            desk.wait_for_url("**/desk/")
        if number not in ASKED | DECLINED:
            clean += counted(desk, "keydown") - before

    assert outcomes() == EXPECTED
    assert counted(desk, "click") == 0
    assert clean == EXPECTED["approved"] <= AT_MOST_KEYS


def decide_by_mouse(page, number):
    if number in ASKED:
        page.locator(".decide .btn-warning").click()
        page.locator("[name=item_work]").click()
        page.locator("#decide .form-acts .btn").click()
    elif number in DECLINED:
        page.locator(".decide .btn-danger").click()
        page.locator("[name=ground]").first.click()
        page.locator("#decide .form-acts .btn").click()
    else:
        page.locator(".decide .btn-primary").click()


def decide_all(page, rows):
    start(page, rows[0])
    for number, row in enumerate(rows):
        shows(page, row)
        decide_by_mouse(page, number)
    page.wait_for_url("**/desk/")
    assert outcomes() == EXPECTED


@pytest.mark.full
def test_twenty_applications_by_mouse(desk):
    desk.add_init_script(COUNTING)
    decide_all(desk, twenty())

    assert counted(desk, "click") == EXPECTED["approved"] + 3 * 4 <= AT_MOST_CLICKS


@pytest.mark.full
@pytest.mark.parametrize("browser_context", [{"java_script_enabled": False}], indirect=True)
def test_twenty_applications_without_script(desk):
    decide_all(desk, twenty())


@pytest.mark.parametrize(
    "browser_context",
    [{"java_script_enabled": False}, pytest.param({}, marks=pytest.mark.full)],
    indirect=True,
)
def test_decision_is_taken_back_from_the_next_page(desk):
    first, second, *_rest = twenty()
    start(desk, first)
    desk.locator(".decide .btn-primary").click()
    shows(desk, second)

    desk.locator(".undo button").click()

    shows(desk, first)
    assert Registration.objects.get(pk=first.pk).status == Status.SUBMITTED


def test_letters_are_no_commands_in_a_field_with_a_modifier_or_switched_off(desk, officer):
    first, *_rest = twenty()
    start(desk, first)

    desk.locator("[name=note]").focus()
    desk.keyboard.type("aid")
    desk.locator("h1").click()
    desk.keyboard.press("Control+i")
    assert desk.locator("[name=note]").input_value() == "aid"
    officer.desk_keys = {"is_off": True}
    officer.save()
    start(desk, first)
    desk.keyboard.press("a")
    desk.wait_for_timeout(300)

    assert outcomes() == Counter({"submitted": NUMBER})
    assert desk.locator("kbd").count() == 0


def test_letters_walk_to_the_neighbours_and_to_the_page_of_shortcuts(desk):
    first, second, *_rest = twenty()
    start(desk, first)

    desk.keyboard.press("j")
    shows(desk, second)
    desk.keyboard.press("k")
    shows(desk, first)
    desk.keyboard.press("n")
    shows(desk, second)
    desk.keyboard.press("?")
    desk.wait_for_url("**/desk/keys/")


def test_seconds_that_are_left_count_down(desk):
    first, second, *_rest = twenty()
    start(desk, first)
    desk.locator(".decide .btn-primary").click()
    shows(desk, second)
    left = int(desk.locator("[data-seconds]").inner_text())

    desk.wait_for_timeout(2100)

    assert int(desk.locator("[data-seconds]").inner_text()) in {left - 3, left - 2}


def with_everything(officer):
    """An application whose page shows each of its parts."""
    registration = twenty()[1]
    category = registration.category
    EvidenceRule.objects.create(category=category, kind=EvidenceKind.LETTER_OF_ASSIGNMENT)
    Registration.objects.filter(pk=registration.pk).update(status=Status.INFO_REQUESTED)
    registration.refresh_from_db()
    evidence.add(registration, EvidenceKind.LETTER_OF_ASSIGNMENT, SimpleUploadedFile("letter.pdf", pdf(pages=2)))
    Registration.objects.filter(pk=registration.pk).update(status=Status.SUBMITTED)
    notes.add(registration, "Seen last year.", by=officer)
    notes.write(registration, "Which desk?", by=officer)
    notes.answer(registration, "The foreign desk.")
    return registration


PAGES = {
    "application": "registrations/{reference}/",
    "question": "registrations/{reference}/?do=ask&item=work",
    "refusal": "registrations/{reference}/?do=decline",
    "turned paper": "registrations/{reference}/?zoom=150&turn=90&leaf=2",
    "protection": "registrations/{reference}/protection/",
    "shortcuts": "keys/",
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    [
        ("en", 1440, "light"),
        pytest.param("en", 360, "dark", marks=pytest.mark.full),
        pytest.param("ar", 1280, "dark", marks=pytest.mark.full),
        pytest.param("ar", 360, "light", marks=pytest.mark.full),
    ],
)
def test_page_is_accessible_fits_and_breaks_no_policy(desk, officer, axe, name, language, width, scheme):
    officer.language = language
    officer.save()
    desk.set_viewport_size({"width": width, "height": 800})
    desk.emulate_media(color_scheme=scheme)

    desk.goto("/desk/" + PAGES[name].format(reference=with_everything(officer).reference))

    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(desk) + desk.evaluate(LINTER) == []
