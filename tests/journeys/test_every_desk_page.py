"""Every page of the desk in a real browser: accessible, whole on each screen, and nothing that a policy stops.

The addresses come from the desk's own list, so that a new one fails here until ``tests/desk_world.py`` fills it.
"""

import itertools

import pytest
from django.conf import settings
from django.urls import reverse

from accreditation.desk_urls import urlpatterns
from office.models import User
from office.permissions import Role
from tests.advisory.test_look import LINTER
from tests.builders import make_officer
from tests.desk_world import FILLINGS, make_desk_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ux,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("private_files"),
]
ROLES = [
    Role.LIAISON_OFFICER, Role.MEDIA_REVIEWER, Role.SUPERVISOR, Role.SECURITY_LIAISON, Role.ACCESS_FOCAL_POINT,
    Role.BADGE_DESK,
]  # fmt: skip
ALWAYS = {("ar", "dark", 360)}  # the other looks in --full
LOOKS = list(itertools.product(["en", "ar"], ["light", "dark"], [360, 1280]))
PICTURES = {"badge-portrait"}  # 404 for whoever sent none
# Further faces of a page: (its name, query)
FACES = [
    ("queue", "view=decided"), ("queue", "view=mine"), ("queue", "group=organization"), ("queue", "q=lindholm"),
    ("queue", "q=nobody-at-all"), ("registration", "do=ask"), ("registration", "do=decline"),
    ("registration", "do=waitlist"), ("registration", "zoom=200&turn=90&leaf=2"), ("speaking", "joint=first"),
    ("pool", "q=akande"),
]  # fmt: skip
OTHERS = [  # the same pages in another state
    ("registration", {"reference": "hidden"}), ("registration", {"reference": "noticed"}),
    ("registration", {"reference": "speaker"}), ("draw", {"category": "civil-society"}),
    ("draw", {"category": "delegation-media"}), ("enter", {"category": "civil-society"}),
]  # fmt: skip
# What a finger misses on a telephone. A box counts with its label; links in a sentence are as high as its line.
TOO_SMALL = """() => [...document.querySelectorAll("main :is(a[href], button, summary, select, textarea, input)")]
  .filter(e => e.type !== "hidden" && e.getClientRects().length && e.checkVisibility({checkVisibilityCSS: true}))
  .filter(e => getComputedStyle(e).display !== "inline")
  .filter(e => [e, ...(e.labels || [])].every(one => one.getBoundingClientRect().height < 43.5))
  .map(e => "under 44 px: " + e.outerHTML.slice(0, 100))"""


@pytest.fixture
def officer():
    return make_officer("everyone", roles=ROLES, name="Marta Example")


@pytest.fixture
def world(officer):
    return make_desk_world(officer)


def address(pattern, world, **others):
    """Of one entry of the desk's list. Raises LookupError with what to do about a parameter that nothing fills."""
    values = {}
    for name in pattern.pattern.converters or pattern.pattern.regex.groupindex:
        filling = FILLINGS.get((pattern.name, name)) or FILLINGS.get(("", name))
        if filling is None:
            raise LookupError(f"Say in tests/desk_world.py how to fill “{name}” of desk:{pattern.name}.")
        values[name] = filling(world)
    for name, value in others.items():
        values[name] = getattr(world, value).reference if name == "reference" else value
    return reverse(f"desk:{pattern.name}", kwargs=values)


def pages(client, world):
    """{address of every page: its name}; without what is only posted to, led on from, or fetched as a file."""
    found = {}
    for pattern in urlpatterns:
        if pattern.name in PICTURES:
            continue
        where = address(pattern, world)
        answer = client.get(where)
        is_page = answer.headers["Content-Type"].startswith("text/html") and answer.status_code != 405
        if is_page and not answer.get("Location"):
            assert answer.status_code == 200, f"{where} answers {answer.status_code}"
            found[where] = pattern.name
    return found


def all_faces(client, world):
    by_name = {pattern.name: pattern for pattern in urlpatterns}
    faces = [f"{address(by_name[name], world)}?{query}" for name, query in FACES]
    return [
        *pages(client, world), *faces, *(address(by_name[name], world, **others) for name, others in OTHERS)
    ]  # fmt: skip


@pytest.fixture
def desk(browser_context, client, live_server, officer):
    client.force_login(officer)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    return browser_context.new_page()


def faults(page, axe, where, complaints):
    """What is wrong on one page, each a sentence."""
    complaints.clear()
    answer = page.goto(where)
    found = [] if answer.status == 200 else [f"answers {answer.status}"]
    return found + faults_of(page, axe, complaints)


def faults_of(page, axe, complaints):
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('main details').forEach(details => details.open = true)")
    found = []
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    if wide > screen:
        found.append(f"{wide} pixels wide on a screen of {screen}")
    missed = page.evaluate(TOO_SMALL) if screen < 768 else []
    return [*found, *complaints, *page.evaluate(LINTER), *missed, *axe(page)]


@pytest.mark.parametrize(
    ("language", "scheme", "width"),
    [look if look in ALWAYS else pytest.param(*look, marks=pytest.mark.full) for look in LOOKS],
)
def test_no_page_of_the_desk_has_a_fault(desk, axe, client, world, language, scheme, width):
    User.objects.filter(pk=world.officer.pk).update(language=language)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    complaints = []
    desk.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    addresses = all_faces(client, world)

    found = {where: faults(desk, axe, where, complaints) for where in addresses}

    told = [f"{where}: {sentence}" for where, sentences in found.items() for sentence in sentences]
    assert told == [], "\n".join(told)
    assert desk.locator("html").get_attribute("lang") == language


def test_every_page_is_found(client, world, officer):
    client.force_login(officer)

    names = set(pages(client, world).values())

    assert names == {
        "queue", "keys", "enter-choose", "enter", "enter-list", "registration", "protection", "letters", "proposals",
        "proposal", "conflicts", "conflict", "notice", "refer", "statistics", "exports", "export", "security",
        "security-confirm", "speaking", "speaking-request", "draws", "draw", "pools", "pool", "pool-list",
        "badges", "badge", "badge-layout", "print", "print-job", "pick-up-times", "devices", "attendance", "doors",
        "door",
    }  # fmt: skip
