"""Published meetings for the tests that drive a browser."""

import pytest

from advisory import demo, publishing
from advisory.words import EditionKind
from tests.builders import make_full_meeting

LISTS = ["/meetings/", "/meetings/2016/", "/meetings/?q=dialogue&open=press&body=none&from=x", "/alert/2016-09-06/"]
WORDS = ["/help/", "/privacy/", "/accessibility/", "/accounts/login/", "/accounts/password/reset/", "/nowhere/"]


def demonstration():
    found = [meeting for meeting in demo.load() if meeting.editions.visible().exists()]
    for kind in [EditionKind.CORRECTION, EditionKind.CANCELLED]:
        meeting = make_full_meeting(slug=f"full-{kind}", code=f"FULL{len(found)}", original_language="fr")
        publishing.publish(meeting, by=None)
        publishing.publish(meeting, by=None, kind=kind)
        meeting.refresh_from_db()
        found.append(meeting)
    return [meeting.get_absolute_url() for meeting in found]


@pytest.fixture
def meetings(settings, kept):
    """Addresses of the demonstration's public meetings and, last, of a corrected and a cancelled one in French."""
    settings.PRESS_DESK_PHONE, settings.PRESS_DESK_EMAIL = "+41225550100", "desk@example.int"
    return kept(demonstration)


@pytest.fixture
def addresses(meetings):
    return [*meetings, "/", *LISTS, *WORDS]


@pytest.fixture
def open_page(chromium, live_server):
    """``open_page(address, **context options)`` opens one page in a browser of its own settings."""
    contexts = []

    def open_one(address, **options):
        contexts.append(chromium.new_context(base_url=live_server.url, locale="en-GB", **options))
        page = contexts[-1].new_page()
        page.goto(address)
        return page

    yield open_one
    for context in contexts:
        context.close()
