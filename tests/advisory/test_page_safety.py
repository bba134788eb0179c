"""What no text on an advisory page can do, and what rendering it may not ask for."""

import html
import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from advisory import publishing
from advisory.renditions import page
from advisory.renditions.telling import Telling
from tests.advisory.hostile import HOSTILE, make_hostile_meeting
from tests.advisory.pages import VOID, Page, event, source
from tests.builders import make_full_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    return source(make_full_meeting(slug="dialogue"))


def test_every_address_on_our_own_site_answers(client, full):
    own = {html.unescape(address).partition("#")[0] for address in re.findall(r'(?:href|src)="(/[^"]*)"', full)}
    pages = sorted(address for address in own if not address.startswith("/static/"))

    assert {address: client.get(address).status_code for address in pages} == dict.fromkeys(pages, 200)
    assert "/meetings/2016/dialogue.ics" in pages


def test_rendering_asks_neither_the_database_nor_the_clock(django_assert_num_queries):
    edition = publishing.publish(make_full_meeting(), by=None)
    people = {str(row.id): row.content for row in edition.people.all()}
    earlier = Telling.of(edition, people, "en", at=datetime(2016, 1, 1, tzinfo=UTC))
    later = Telling.of(edition, people, "en", at=datetime(2026, 1, 1, tzinfo=UTC))

    with django_assert_num_queries(0):
        bodies = {page.render(earlier), page.render(later)}

    assert len(bodies) == 1


@pytest.fixture
def hostile():
    return source(make_hostile_meeting())


def test_hostile_words_in_every_field_stay_words(hostile):
    found = Page(hostile)

    assert [attributes.get("type", "src") for attributes in found.all("script")] == ["application/ld+json", "src"]
    assert found.all("img") == []
    assert [a for _, attributes in found.elements for a in attributes if a.startswith("on")] == []
    assert hostile.count(html.escape(HOSTILE)) > 20
    assert event(hostile)["name"] == HOSTILE


def test_hostile_addresses_become_no_link(hostile):
    addresses = [address for _, a in Page(hostile).elements for name in ("href", "src") if (address := a.get(name))]

    assert {re.match(r"[a-z]+:|[/#]", address)[0] for address in addresses} == {
        "http:",
        "tel:",
        "mailto:",
        "/",
        "#",
    }


def test_markup_stands_on_its_own_feet(full):
    """Every element that opens closes, in order, and no id comes twice."""
    open_elements, ids = [], []

    class Strict(HTMLParser):
        def handle_starttag(self, name, attributes):
            ids.extend(value for key, value in attributes if key == "id")
            if name not in VOID:
                open_elements.append(name)

        def handle_endtag(self, name):
            assert open_elements.pop() == name

        def handle_startendtag(self, name, attributes):
            assert name == "path"

    Strict().feed(full)

    assert open_elements == []
    assert len(ids) == len(set(ids))
