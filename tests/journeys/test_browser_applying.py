"""Press and civil society apply in a real browser, from the start page to the status page."""

import pytest

from accreditation import intake
from accreditation.models import Evidence, Registration
from accreditation.states import Status
from tests.journeys.walking import NAME, STORIES, Keyboard, Mouse, Walk, announced_preset

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ux,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("private_files"),
]
NO_SCRIPT = {"java_script_enabled": False}  # nor does axe run there


@pytest.fixture
def complaints(page):
    """What the browser's console says of faults, the policy's refusals among them."""
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def apply(page, axe, story, *, hand, language, width):
    """Walk a story; return the registration that came of it and what was looked at."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme="dark" if language == "ar" else "light")
    walk = Walk(page, hand, announced_preset(STORIES[story].preset), language=language, axe=axe)
    STORIES[story].walk(walk)
    return Registration.objects.get(), walk.looked_at


def holds(registration, story):
    """The application is at the desk, or at the organization that confirms it, and nothing of it was lost."""
    needs_endorsement = story in {"consultative", "special"}
    assert registration.status == (Status.AWAITING_ENDORSEMENT if needs_endorsement else Status.SUBMITTED)
    assert (registration.given_names, registration.family_name) == ("Ada Chidinma", "Okafor")
    assert intake.kept(registration, "needs_words") == "A ramp"
    assert sorted(Evidence.objects.values_list("kind", flat=True)) == sorted(STORIES[story].files)


@pytest.mark.parametrize(("story", "language"), [("television", "en"), ("consultative", "ar")])
def test_application_goes_by_keyboard_alone_on_a_telephone(page, axe, complaints, story, language):
    registration, looked_at = apply(page, axe, story, hand=Keyboard, language=language, width=360)

    holds(registration, story)
    assert len(looked_at) > 18
    assert complaints == []


@pytest.mark.full
@pytest.mark.parametrize(
    ("browser_context", "hand"),
    [({}, Mouse), (NO_SCRIPT, Mouse), ({}, Keyboard)],
    ids=["script", "no script", "keyboard"],
    indirect=["browser_context"],
)
@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("en", 360), ("ar", 360)])
@pytest.mark.parametrize("story", STORIES)
def test_every_story_ends_at_the_desk(page, browser_context, axe, complaints, story, hand, language, width, request):
    axe = None if request.node.callspec.params["browser_context"] == NO_SCRIPT else axe
    registration, _looked_at = apply(page, axe, story, hand=hand, language=language, width=width)

    holds(registration, story)
    assert complaints == []


def test_back_leads_through_pages_that_were_refused_and_loses_nothing(chromium, live_server):
    context = chromium.new_context(base_url=live_server.url)  # where requests are watched, Back asks for no second post
    page = context.new_page()
    walk = Walk(page, Mouse, announced_preset("press"))
    walk.begin()
    walk.answer({"medium": "online"})
    walk.answer({"given_names": "Ada"})
    assert page.locator(".error-summary").count() == 1
    walk.answer(NAME)

    assert walk.slug == "work"
    page.go_back()
    assert (walk.slug, page.input_value("[name=family_name]")) == ("name", "Okafor")
    page.go_back()
    page.go_back()
    assert walk.slug == "medium"
    page.go_forward()
    walk.answer({"given_names": "Ada"})
    assert (walk.slug, Registration.objects.get().given_names) == ("work", "Ada")
    context.close()
