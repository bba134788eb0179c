"""The public history: what each edition changed, each edition as it was, and nothing that is not public."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from advisory import languages, pace, publishing, redaction, word_changes
from advisory.models import Edition, LanguageVersion, Meeting, PublishedPerson
from advisory.words import EditionKind, LanguageState
from tests.advisory.pages import Page
from tests.builders import make_full_meeting

pytestmark = pytest.mark.django_db

HISTORY = "/meetings/2016/dialogue/history/"


@pytest.fixture
def meeting(once):
    return once(make_public)


def make_public():
    meeting = make_full_meeting(slug="dialogue")
    publishing.publish(meeting, by=None)
    return Meeting.objects.get()


def change(meeting, *, kind=EditionKind.UPDATE, words="", **fields):
    Meeting.objects.update(**fields)
    return publishing.publish(meeting, by=None, kind=kind, words=words)


def lines(response):
    page = Page(response.content.decode()).lines
    start = next(number for number, line in enumerate(page) if line.startswith("The latest edition first"))
    end = next((number for number, line in enumerate(page) if line.startswith("Meetings") and number > start), None)
    return page[start + 1 : end]


def issued(edition):
    at = edition.published_at.astimezone(ZoneInfo("America/New_York"))
    return f"{at.day} {at:%B} {at.year}, {at:%H:%M} New York"


def test_each_edition_says_what_it_was_and_is_latest_first(client, meeting):
    first = meeting.editions.get()
    corrected = change(
        meeting, kind=EditionKind.CORRECTION, words="The motto is another.", theme="Hearing the last bell"
    )
    mended = change(meeting, kind=EditionKind.TYPO, title="Informal interactive dialogue on early warnings")

    assert lines(client.get(HISTORY)) == [
        "Edition 3",
        "Typing error mended",
        issued(mended),
        "Title",
        "Was Informal interactive dialogue on early warning",
        "Is Informal interactive dialogue on early warnings",
        "Edition 2",
        "Correction",
        issued(corrected),
        "The motto is another.",
        "Theme",
        "Was Hearing the first bell",
        "Is Hearing the last bell",
        "Edition 1",
        "First issue",
        issued(first),
    ]


def test_prose_is_compared_word_by_word_and_says_so_without_colour(client, meeting):
    change(meeting, background="States asked for this report in 2009 (A/63/677).\n\nIt names **four** obstacles.")

    response = client.get(HISTORY)

    assert "It names [Removed: three][Added: four] obstacles." in lines(response)
    assert '<del><span class="visually-hidden">[Removed: </span>three' in response.content.decode()


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("one two three", "one three", [("same", "one "), ("removed", "two "), ("same", "three")]),
        ("", "new", [("added", "new")]),
        ("会议在纽约举行", "会议在维也纳举行", [
            ("same", "会议在"), ("removed", "纽约"), ("added", "维也纳"), ("same", "举行"),
        ]),
        ("يعقد الاجتماع صباحا", "يعقد الاجتماع مساء", [
            ("same", "يعقد الاجتماع "), ("removed", "صباحا"), ("added", "مساء"),
        ]),
    ],
)  # fmt: skip
def test_words_of_every_script_are_compared(before, after, found):
    assert word_changes.pieces(before, after) == found


def test_pieces_put_together_give_both_texts_whatever_their_length():
    before, after = "alpha beta " * 4000, "beta gamma " * 4000

    found = word_changes.pieces(before, after)

    assert "".join(text for kind, text in found if kind != "added") == before
    assert "".join(text for kind, text in found if kind != "removed") == after


def test_translation_is_named_and_changes_nothing_that_was_said(client, meeting, settings):
    LanguageVersion.objects.create(meeting=meeting, language="fr", state=LanguageState.DRAFT)
    languages.write(meeting, "fr", "title", "Dialogue informel", source=meeting.title, by=None)
    LanguageVersion.objects.update(state=LanguageState.REVIEWED)
    edition = publishing.publish_translation(meeting, "fr", by=None)

    assert lines(client.get(HISTORY))[:4] == ["Edition 2", "Translation", issued(edition), "Now also in French"]


def test_waiting_and_superseded_editions_are_not_there(client, meeting):
    instant = timezone.now() + timedelta(hours=1)
    Meeting.objects.update(theme="Sealed thought")
    publishing.publish(meeting, by=None, at=instant)
    Meeting.objects.update(theme="Sealed second thought")
    publishing.publish(meeting, by=None)
    now_public = client.get(HISTORY).content

    answers = [client.get(f"{HISTORY}{number}/").status_code for number in (1, 2, 3)]

    assert answers == [200, 404, 404]
    assert b"Sealed" not in now_public
    Edition.objects.filter(visible_from__gt=timezone.now()).update(visible_from=timezone.now())
    assert "Is Sealed second thought" in lines(client.get(HISTORY))
    assert b"Sealed thought" not in client.get(f"{HISTORY}2/").content


@pytest.mark.parametrize("address", ["", "1/", "0/", "99999999999999999999/", "x/"])
def test_history_of_no_meeting_is_404(client, address):
    assert client.get(f"/meetings/2016/nowhere/history/{address}").status_code == 404


def test_old_edition_shows_as_it_was_under_a_banner(client, meeting):
    change(meeting, theme="Hearing the last bell")
    later = change(meeting, theme="Hearing the middle bell")

    response = client.get(f"{HISTORY}2/")

    page = Page(response.content.decode())
    banner = f"This is edition 2 of 3, replaced on {issued(later)}. Go to the current edition · See all changes"
    assert banner in page.lines
    assert "Hearing the last bell" in page.lines
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert {"name": "robots", "content": "noindex"} in page.all("meta")
    assert "/meetings/2016/dialogue/" in [link["href"] for link in page.all("a")]


def test_current_edition_by_its_number_may_be_indexed(client, meeting):
    response = client.get(f"{HISTORY}1/")

    assert "X-Robots-Tag" not in response.headers
    assert "This is edition 1, the current one." in response.content.decode()


def test_blanked_person_is_gone_from_old_editions_and_from_the_history(client, meeting):
    meeting.speakers.filter(name="Grace Sample").update(name="Maria Sample")
    change(meeting)
    assert b"Grace Sample" in client.get(f"{HISTORY}1/").content

    for person in PublishedPerson.objects.all():
        redaction.blank(person)

    for address in ["", "1/", "2/"]:
        body = client.get(HISTORY + address).content
        assert [name for name in [b"Grace Sample", b"Maria Sample", b"Ada Example", b"555 0142"] if name in body] == []


def test_history_names_nobody(client, meeting):
    meeting.speakers.filter(name="Grace Sample").update(name="Maria Sample")
    meeting.contacts.filter(name="Ada Example").update(name="Eve Example")
    change(meeting)

    body = client.get(HISTORY).content.decode()

    assert [name for name in ["Sample", "Ada Example", "Eve Example"] if name in body] == []
    assert [line for line in ["People taking part", "Media contacts"] if line in body] == [
        "People taking part",
        "Media contacts",
    ]


@pytest.mark.parametrize(("address", "queries"), [("", 2), ("1/", 3)])
def test_queries_do_not_grow_with_editions(client, meeting, django_assert_num_queries, address, queries):
    for theme in ["one", "two", "three"]:
        with django_assert_num_queries(queries):
            assert client.get(HISTORY + address).status_code == 200
        change(meeting, theme=theme)


def test_long_history_goes_over_pages_without_a_gap(client, meeting):
    for number in range(24):
        change(meeting, theme=f"Theme {number}")

    shown = [line for number in (1, 2) for line in lines(client.get(f"{HISTORY}?page={number}"))]

    assert [line for line in shown if line.startswith("Edition")] == [
        f"Edition {number}" for number in range(25, 0, -1)
    ]
    assert "Is Theme 3" in shown


def test_network_that_asks_too_often_is_told_when_to_come_back(client, meeting, monkeypatch):
    monkeypatch.setattr("advisory.pace.time.time", lambda: 1_000_000_030)
    answers = [client.get(HISTORY, REMOTE_ADDR=f"192.0.2.{number}") for number in range(61)]

    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert answers[-1].headers["Retry-After"] == "50"
    assert "Ask again in 50 seconds." in answers[-1].content.decode()
    assert client.get(HISTORY, REMOTE_ADDR="198.51.100.1").status_code == 200
    monkeypatch.setattr("advisory.pace.time.time", lambda: 1_000_000_080)
    assert client.get(HISTORY, REMOTE_ADDR="192.0.2.1").status_code == 200


@pytest.mark.parametrize(
    ("address", "forwarded", "network"),
    [
        ("192.0.2.7", "", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "", "2001:db8:1::/48"),
        ("192.0.2.7", "198.51.100.9", "192.0.2.0/24"),
        ("203.0.113.1", "198.51.100.9", "198.51.100.0/24"),
        ("203.0.113.1", "10.0.0.1, 198.51.100.9, 203.0.113.1", "198.51.100.0/24"),
        ("203.0.113.1", "", "203.0.113.0/24"),
        ("203.0.113.1", "nonsense", "unknown"),
        ("", "", "unknown"),
    ],
)
def test_network_of_a_reader_is_told_by_trusted_proxies_alone(settings, address, forwarded, network):
    settings.TRUSTED_PROXIES = ["203.0.113.1"]

    assert pace.network({"REMOTE_ADDR": address, "HTTP_X_FORWARDED_FOR": forwarded}) == network


def test_history_is_in_the_readers_language(client, meeting):
    change(meeting, theme="Hearing the last bell")

    response = client.get(f"/fr{HISTORY}")

    assert response.status_code == 200
    assert '<html lang="fr"' in response.content.decode()
