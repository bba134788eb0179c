"""Filters of the lists: what passes them, what is said of values that mean nothing, and where each state leads."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from advisory import finding, publishing
from advisory.finding import Filters
from advisory.models import Body, Edition
from advisory.words import EditionKind
from tests.builders import make_meeting, make_sitting

pytestmark = pytest.mark.django_db
COMING = timezone.localdate() + timedelta(days=3)


def announce(slug, *, day=COMING, press="open", kind=None, body=None, **fields):
    if body:
        fields["body"], _ = Body.objects.get_or_create(name=body.title(), slug=body)
    meeting = make_meeting(slug.title(), sitting=False, slug=slug, url_year=day.year, **fields)
    make_sitting(meeting, date=day, press=press)
    publishing.publish(meeting, by=None)
    if kind:
        publishing.publish(meeting, by=None, kind=kind)
    return meeting


@pytest.fixture
def four(once):
    once(announce_four)


def announce_four():
    announce("council", body="council", city="Genève", original_language="fr", press="closed")
    announce("assembly", body="assembly", city="New York", attendance="hybrid")
    announce("board", body="council", city="Vienna", attendance="online", day=COMING + timedelta(days=1))
    announce("last-year", body="council", city="Vienna", day=COMING - timedelta(days=400))


def listed(**query):
    filters = Filters(query)
    return [edition.slug for edition in filters.listed(timezone.localdate())], list(filters.problems)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({}, ["council", "assembly", "board"]),
        ({"body": "council"}, ["council", "board"]),
        ({"body": "council", "open": "press"}, ["board"]),
        ({"place": "geneve"}, ["council"]),
        ({"format": "hybrid"}, ["assembly"]),
        ({"language": "fr"}, ["council"]),
        ({"from": (COMING + timedelta(days=1)).isoformat()}, ["board"]),
        ({"to": COMING.isoformat()}, ["last-year", "council", "assembly"]),
        ({"q": "vienna"}, ["board", "last-year"]),
        ({"q": "vienna", "from": COMING.isoformat()}, ["board"]),
        ({"body": "assembly", "place": "vienna"}, []),
    ],
)
def test_list_holds_what_passes_every_filter(four, settings, query, slugs):
    settings.LANGUAGES = [("en", "English"), ("fr", "Français")]

    assert listed(**query) == (slugs, [])


@pytest.mark.parametrize(
    "query",
    [
        {"body": "nowhere"}, {"body": "a'b\0"}, {"topic": "x"}, {"place": "<script>"}, {"format": "telepathy"},
        {"open": "all"}, {"language": "tlh"}, {"from": "tomorrow"}, {"from": "2026-02-30"}, {"to": "20260101"},
        {"q": "…–!"}, {"page": "0"}, {"page": "²"}, {"page": "-1"}, {"from": "٢٠١٦-٠٩-٠٦"},
    ],
)  # fmt: skip
def test_value_that_means_nothing_is_left_out_said_and_kept_in_the_form(client, four, query):
    [(name, value)] = query.items()

    assert listed(**query) == (["council", "assembly", "board"], [name])
    page = client.get("/meetings/", query)
    assert page.status_code == 200
    assert [field.typed for field in page.context["fields"].values()].count(value.replace("\0", "")) == (name != "page")
    assert "<script>" not in page.content.decode()


def test_last_day_before_the_first_is_left_out(four):
    later = (COMING + timedelta(days=1)).isoformat()

    assert listed(**{"from": later, "to": COMING.isoformat()}) == (["board"], ["to"])


def test_page_behind_the_last_is_the_first_and_said(client, four):
    page = client.get("/meetings/?page=7")

    assert list(page.context["filters"].problems.values()) == ["There is no page “7”; this is the first."]
    assert page.context["page"].number == 1


def choices(page):
    return {
        name: {choice.value: choice.count for choice in field.choices} for name, field in page.context["fields"].items()
    }


def test_choices_are_counted_among_what_the_other_filters_let_through(client, four):
    whole, narrowed = (choices(client.get(f"/meetings/{query}")) for query in ["", "?body=council&open=press"])

    assert whole["body"] == {"assembly": 1, "council": 2}
    assert whole["format"] == {"in_person": 1, "online": 1, "hybrid": 1}
    assert whole["open"] == {"press": 2}
    assert narrowed["body"] == {"assembly": 1, "council": 1}
    assert narrowed["open"] == {"press": 1}
    assert narrowed["place"] == {"vienna": 1}


def test_longer_lists_say_that_they_are_not_counted(client, four, monkeypatch):
    monkeypatch.setattr(finding, "MOST", 2)

    page = client.get("/meetings/?open=press&from=2000-01-01")

    assert page.context["page"].total is None
    assert "More than 2 meetings" in page.content.decode()
    assert set(choices(page)["body"].values()) == {None}


def test_cancelled_meeting_is_not_open_to_the_press(four):
    announce("off", kind=EditionKind.CANCELLED)

    assert listed(open="press") == (["assembly", "board"], [])


def test_value_of_a_waiting_advisory_is_as_unknown_as_none(client, four):
    announce("secret", body="secret", city="Atlantis", embargo_until=timezone.now() + timedelta(hours=1))

    assert [listed(body="secret")[1], listed(place="atlantis")[1]] == [["body"], ["place"]]
    said = [client.get(f"/meetings/?body={name}").content.decode().replace(name, "?") for name in ["secret", "nothing"]]
    assert said[0] == said[1]
    pages = [client.get(path).content.decode() for path in ["/", "/meetings/", "/sitemap.xml", "/alert/"]]
    assert [bool(re.search("(?i)secret|atlantis", page)) for page in pages] == [False] * 4

    Edition.objects.update(visible_from=timezone.now() - timedelta(seconds=1))

    assert listed(body="secret") == (["secret"], [])


def test_filters_are_taken_away_one_by_one(four):
    filters = Filters({"body": "council", "open": "press", "q": "vienna", "page": "1"})

    assert [(words, parse_qs(query)) for words, query in filters.removals()] == [
        ("Title, speaker or symbol: vienna", {"body": ["council"], "open": ["press"]}),
        ("Body: Council", {"open": ["press"], "q": ["vienna"]}),
        ("Open to the press", {"body": ["council"], "q": ["vienna"]}),
    ]


def test_every_form_of_the_list_takes_the_same_query(client, four):
    page = client.get("/meetings/?body=council&from=x&open=press").content.decode()
    links = re.findall(r'<link rel="alternate" type="([^"]+)" href="([^"]+)"', page)

    assert [(kind, urlsplit(link).path) for kind, link in links] == [
        ("application/atom+xml", "/feed/"),
        ("application/feed+json", "/feed.json"),
        ("text/calendar", "/meetings.ics"),
        ("application/json", "/meetings.json"),
    ]
    assert {urlsplit(link).query for _, link in links} == {"body=council&amp;open=press"}
    assert 'href="webcal://localhost:8000/meetings.ics?body=council&amp;open=press"' in page
    answers = [client.get(link.replace("&amp;", "&")).content.decode() for _, link in links]
    assert [("Board" in answer, "Assembly" in answer) for answer in answers] == [(True, False)] * 4


def test_list_by_machine_names_what_follows(client, four, monkeypatch):
    monkeypatch.setattr("advisory.listings.PER_PAGE", 2)

    first = client.get("/meetings.json").json()
    rest = client.get(first["next"]).json()

    assert [entry["title"] for entry in first["meetings"] + rest["meetings"]] == ["Council", "Assembly", "Board"]
    assert (first["total"], first["next"], rest["next"]) == (3, "http://localhost:8000/meetings.json?page=2", None)


@pytest.mark.parametrize("code", ["R2P16", "r2p16"])
def test_short_link_leads_to_the_advisory(client, code):
    meeting = announce("dialogue", code="R2P16")

    response = client.get(f"/m/{code}/")

    assert (response.status_code, response.headers["Location"]) == (301, meeting.get_absolute_url())


def test_short_link_to_what_waits_is_the_same_404_as_none(client):
    announce("dialogue", code="R2P16", embargo_until=timezone.now() + timedelta(hours=1))
    make_meeting(code="DRAFT")

    answers = [client.get(f"/m/{code}/") for code in ["R2P16", "DRAFT", "NEVER"]]

    assert [answer.status_code for answer in answers] == [404] * 3
    assert len({answer.content for answer in answers}) == 1


def test_sitemap_names_each_visible_advisory_once_and_its_index_above_the_limit(client, four, monkeypatch):
    announce("waiting", embargo_until=timezone.now() + timedelta(hours=1))
    publishing.publish(Edition.objects.get(slug="board").meeting, by=None)

    found = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())

    assert sorted(found) == sorted(
        f"http://localhost:8000{'' if language == 'en' else f'/{language}'}{edition.meeting.get_absolute_url()}"
        for edition in Edition.objects.current()
        for language in edition.texts
    )
    monkeypatch.setattr("advisory.sitemaps.Advisories.limit", 3)
    parts = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(parts) == 2
    assert sorted(loc for part in parts for loc in re.findall("<loc>(.*?)</loc>", follow(client, part))) == sorted(
        found
    )


def follow(client, address):
    path = urlsplit(address)
    return client.get(f"{path.path}?{path.query}").content.decode()
