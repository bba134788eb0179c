"""The Atom feed: stable ids, dates with offsets, what is public and nothing else."""

from datetime import datetime

import pytest
from lxml import etree

from advisory import publishing
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def feed(client):
    return etree.fromstring(client.get("/feed/").content)


def test_entry_leads_to_the_page_and_keeps_its_id_over_editions(client):
    meeting = make_full_meeting(slug="dialogue", code="R2P16")
    publishing.publish(meeting, by=None)
    first = feed(client)

    publishing.publish(meeting, by=None)

    second = feed(client)
    assert second.xpath("//a:entry/a:link/@href", namespaces=ATOM) == ["http://localhost:8000/meetings/2016/dialogue/"]
    ids = [tree.xpath("//a:entry/a:id/text()", namespaces=ATOM) for tree in (first, second)]
    assert ids == [["http://localhost:8000/meetings/R2P16"]] * 2
    updated = [tree.xpath("string(//a:entry/a:updated)", namespaces=ATOM) for tree in (first, second)]
    assert datetime.fromisoformat(updated[0]).tzinfo is not None
    assert updated[0] <= updated[1]


def test_required_elements_of_rfc_4287_stand(client):
    publishing.publish(make_meeting(), by=None)
    tree = feed(client)

    counts = {
        name: len(tree.xpath(f"/a:feed/{name}", namespaces=ATOM))
        for name in [
            "a:id",
            "a:title",
            "a:updated",
            "a:author/a:name",
            "a:entry/a:id",
            "a:entry/a:title",
            "a:entry/a:updated",
        ]
    }

    assert set(counts.values()) == {1}


def test_self_link_names_the_public_site(client):
    links = feed(client).xpath("/a:feed/a:link[@rel='self']/@href", namespaces=ATOM)

    assert links == ["http://localhost:8000/feed/"]


def test_drafts_are_not_in_it(client):
    make_meeting("A draft")

    assert feed(client).xpath("//a:entry", namespaces=ATOM) == []
