"""Before its instant nothing of an advisory is anywhere, on any address there is; from then on it is, with no worker.

The addresses come from the URL configuration. What they answer before the instant is compared, byte for byte, with
what they answer where the meeting never was.
"""

import gzip
import re
import time
import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image

from accreditation import announced
from accreditation.models import Draw
from advisory import lookup, previewing, publishing
from advisory.models import DocumentFile, Edition, LanguageVersion, Meeting, Translation
from advisory.models.languages import digest
from advisory.querysets import EditionQuerySet
from advisory.words import EditionKind, LanguageState
from office import uploads
from office.prepared import Prepared
from tests import addresses
from tests.builders import make_category, make_desk_policy, make_full_meeting, make_meeting, make_officer, make_sitting

pytestmark = pytest.mark.django_db

PLANTED = "Qwyzzle"  # in every text of the meeting under embargo
YEAR, SLUG, CODE = 2041, "sealed-dialogue", "SEALED1"
DAY = timezone.localdate().replace(year=YEAR, month=5, day=4)
QUERIES = ["q=qwyzzle", "q=SEALED1", "body=qwyzzle-body", "topic=qwyzzle-topic", "language=fr", "page=2", "page=1",
           f"from={DAY}&to={DAY}", "open=press", "zone=Asia/Tokyo", "format=json"]  # fmt: skip
MASK = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')  # drawn anew for each form
EVERY_LANGUAGE, TWO_LANGUAGES = [language for language, _ in settings.LANGUAGES], ["en", "ar"]
SECOND, MILLISECOND = timedelta(seconds=1), timedelta(milliseconds=1)  # SQLite's clock tells no less


@pytest.fixture(autouse=True)
def _other_meeting(once):
    once(make_other_meetings)


def make_other_meetings():
    """Something public, so that lists, feeds and searches have an answer that could hold more; and the house's own
    bodies and topics, which are no meeting's secret."""
    make_full_meeting(slug="draft", code="DRAFT1")
    meeting = make_meeting("Open dialogue", slug="open", code="OPEN1", sitting=False, url_year=2016)
    make_sitting(meeting, date=timezone.localdate() + timedelta(days=2))
    publishing.publish(meeting, by=None)


def sealed(**fields):
    """The embargoed meeting, in which the planted word stands wherever a word may."""
    return plant(with_categories(make_full_meeting(slug=SLUG, code=CODE, url_year=YEAR, **fields), word=PLANTED))


def with_categories(meeting, *, word):
    """Both ways to apply, and their figures. Their words are no part of an edition: they show with the first that is
    public."""
    for route in ["press", "civil_society"]:
        category = make_category(meeting, slug=route.replace("_", "-"), route=route, name=f"{word} {route}", intro=word)
        Draw.objects.create(
            category=category, rule="countries-media-lot/1", sentence=word, seats=1, is_published=True,
            at=timezone.now(), by=make_officer(f"{route}-{meeting.code}"),
        )  # fmt: skip
    make_desk_policy(meeting, publishes_figures=True)
    return meeting


def plant(meeting):
    texts = ["title", "theme", "summary", "room", "building", "address", "city", "country", "entrance", "step_free",
             "overflow_room", "background", "arrangements", "boilerplate", "outcome"]  # fmt: skip
    for name in texts:
        setattr(meeting, name, f"{PLANTED} {name}")
    meeting.hashtags, meeting.accounts, meeting.map_url = (
        [f"#{PLANTED}"],
        [f"@{PLANTED}"],
        "https://qwyzzle.example.int",
    )
    meeting.save()
    for parts in [meeting.sittings, meeting.programme, meeting.stakeouts]:
        parts.update(title=f"{PLANTED} part", date=DAY)
    meeting.speakers.update(office=f"{PLANTED} office")
    meeting.speakers.filter(kind="person").update(name=f"Grace {PLANTED}", photo=picture("teal"))
    meeting.contacts.update(name=f"Ada {PLANTED}", emails=["qwyzzle@example.int"])
    meeting.documents.update(title=f"{PLANTED} report", symbols=["QWYZZLE/70/999"])
    meeting.links.update(url="https://qwyzzle.example.int/programme")
    meeting.webcasts.update(url="https://qwyzzle.example.int/tv")
    meeting.photos.update(image=picture("gold"), caption=f"{PLANTED} hall")
    note = uploads.store(b"%PDF-1.7\nQwyzzle note", suffix=".pdf")
    DocumentFile.objects.create(
        document=meeting.documents.first(), name="qwyzzle.pdf", digest=note.digest, media_type="application/pdf",
        size_bytes=note.size,
    )  # fmt: skip
    LanguageVersion.objects.create(meeting=meeting, language="fr", state=LanguageState.REVIEWED)
    Translation.objects.create(
        meeting=meeting, language="fr", path="title", text=f"Dialogue {PLANTED}", source=meeting.title,
        source_digest=digest(meeting.title),
    )  # fmt: skip
    return meeting


def picture(colour):
    kept = BytesIO()
    Image.new("RGB", (4, 3), colour).save(kept, "JPEG")
    stored = uploads.store(kept.getvalue(), suffix=".jpg")
    return {"digest": stored.digest, "media_type": "image/jpeg", "width": 4, "height": 3}


@pytest.fixture(params=[["en"], pytest.param(TWO_LANGUAGES, marks=pytest.mark.full)], ids=" and ".join)
def asked_in(request):
    """The languages in which lists are asked with queries."""
    return request.param


def every_address(edition, asked_in, *, languages=EVERY_LANGUAGE):
    """Each address that could show the edition, and each list and search with queries that could find it. Addresses
    where nothing is found before it are asked with queries in --full alone."""
    expires_at = timezone.now() + timedelta(hours=2)
    link, token = previewing.make(edition.meeting, reader="Ada Example", expires_at=expires_at, by=make_officer())
    files = {(file["digest"], file["name"]) for file in lookup.named_files(edition)}
    assert len(files) == 3
    found = addresses.filled(
        {
            ("year",): [(YEAR,)],
            ("slug",): [(SLUG,)],
            ("digest", "name"): sorted(files),
            ("number",): [(1,), (2,), (3,)],
            ("code",): [(CODE,), (CODE.lower(),)],
            ("date",): [(DAY.isoformat(),), (timezone.localdate().isoformat(),)],
            ("day",): [(DAY.isoformat(),), (timezone.localdate().isoformat(),)],
            ("section",): [("meetings",), ("pages",), (str(YEAR),)],
            ("token",): [(token,), (link.token_hash,), ("A" * 48,)],
            ("pk",): [(edition.pk,), (edition.meeting_id,)],
            ("rest",): [("",), ("meetings/",), (f"meetings/{YEAR}/{SLUG}/",)],
            ("category",): [("press",), ("civil-society",)],
            ("step",): [("name",)],
            ("paper", "page"): [("0" * 8 + "-0000-4000-8000-" + "0" * 12, 1)],
            ("person",): [(uuid.UUID(int=7),)],
        }
    )
    found = [address for address in found if language_of(address) in languages]
    lists = [address for address in found if SLUG not in address and language_of(address) in asked_in]
    if asked_in == ["en"]:
        lists = [address for address in lists if Client().get(address).status_code == 200]
    return found + [f"{address}?{query}" for address in lists for query in QUERIES]


def language_of(address):
    return next((language for language, _ in settings.LANGUAGES if address.startswith(f"/{language}/")), "en")


def sweep(client, found, *, before=lambda: None, method="get", **extra):
    """{address: (status, headers, body)}. ``before`` runs just before each, again where an answer took its time."""
    answers = {}
    for number, address in enumerate(found):
        if number % 40 == 0:  # or a history would say that it was asked too often
            cache.clear()
            lookup.forget()
            client.cookies.clear()
        for _ in range(3):
            before()
            began = time.monotonic()
            answers[address] = told(getattr(client, method)(address, **extra))
            if time.monotonic() - began < 0.9:
                break
    return answers


def told(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    if headers.get("Content-Encoding") == "gzip":
        body = gzip.decompress(body)
    if "Accept-Encoding" in headers.get("Vary", ""):  # by chance, against BREACH, it is longer or not compressed at all
        headers.pop("Content-Encoding", None)
        headers.pop("Content-Length", None)
        headers["ETag"] = headers.get("ETag", "").removeprefix("W/")
    if "no-store" in headers.get("Cache-Control", ""):
        headers.pop("Expires", None)  # the present moment, for caches of the last century
    return response.status_code, headers, MASK.sub(b"", body)


def move(edition, delay):
    """The edition's instant is that long from now."""
    Edition.objects.filter(pk=edition.pk).update(visible_from=timezone.now() + delay)


def differing(one, other):
    assert one.keys() == other.keys()
    return [address for address in one if one[address] != other[address]]


def leaks(answers, *words):
    """Addresses that do not hold one of the words themselves and answer with it, in the body or in a header."""
    return [
        address
        for address, (_status, headers, body) in answers.items()
        for word in [PLANTED, *words]
        if word.lower() not in address.lower() and word.lower() in (str(headers) + body.decode("latin-1")).lower()
    ]


def kept_beyond(answers):
    """Addresses that let somebody keep the answer without asking again."""
    return [
        address
        for address, (_status, headers, _body) in answers.items()
        if "Expires" in headers or re.search(r"max-age=[1-9]|s-maxage|stale-|immutable", str(headers))
    ]


def of_meeting(found, *, number=1):
    """The addresses that show the meeting's own page, forms, files and history once it is public; no paper of an
    application ever is."""
    own = [address for address in found if f"/{YEAR}/{SLUG}" in address and not address.startswith("/en/")]
    own = [address for address in own if "/papers/0" not in address]
    return [address for address in own if not re.search(r"/history/\d+/", address) or f"/history/{number}/" in address]


WAYS = {
    "get": ("get", {}),
    "head": ("head", {}),
    "gzip": ("get", {"headers": {"accept-encoding": "gzip"}}),
    "conditional": ("get", {"headers": {"if-none-match": "*", "if-modified-since": "Wed, 01 Jan 2020 00:00:00 GMT"}}),
}


@pytest.mark.parametrize(
    ("way", "asked_in", "languages"),
    [("get", ["en"], EVERY_LANGUAGE)]
    + [(way, [], TWO_LANGUAGES) for way in ["head", "gzip", "conditional"]]
    + [pytest.param(way, TWO_LANGUAGES, EVERY_LANGUAGE, marks=pytest.mark.full) for way in WAYS],
)
def test_second_before_its_instant_a_first_issue_is_a_meeting_that_never_was(client, way, asked_in, languages):
    method, extra = WAYS[way]
    point = transaction.savepoint()
    edition = publishing.publish(sealed(embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    found = every_address(edition, asked_in, languages=languages)

    waiting = sweep(client, found, before=lambda: move(edition, SECOND), method=method, **extra)
    transaction.savepoint_rollback(point)
    never = sweep(client, found, method=method, **extra)

    assert differing(waiting, never) == []
    assert leaks(waiting, SLUG, CODE) == []
    assert kept_beyond(waiting) == []
    assert {waiting[address][0] for address in of_meeting(found)} == {404}
    assert len({waiting[address][2] for address in of_meeting(found) if address.startswith("/meetings/")}) == 1


@pytest.mark.property
def test_from_its_instant_a_first_issue_is_everywhere_though_nothing_runs(client, asked_in):
    edition = publishing.publish(sealed(embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    found = every_address(edition, asked_in)
    waiting = sweep(client, found)

    move(edition, -MILLISECOND)
    lifted = sweep(client, found)

    assert {lifted[address][0] for address in of_meeting(found)} == {200}
    lists = ["/", "/meetings/", f"/meetings/{YEAR}/", "/feed/"]
    assert set(of_meeting(found) + lists) - set(differing(waiting, lifted)) == set()
    assert kept_beyond(lifted) == []


@pytest.mark.property
def test_second_before_its_instant_a_later_edition_changes_nothing_anywhere(client, asked_in):
    meeting = with_categories(make_full_meeting(slug=SLUG, code=CODE, url_year=YEAR), word="Open")
    publishing.publish(meeting, by=None)
    point = transaction.savepoint()
    meeting.refresh_from_db()
    edition = publishing.publish(
        plant(meeting), by=None, kind=EditionKind.CORRECTION, words=PLANTED, at=timezone.now() + timedelta(hours=1)
    )
    etags = {"if-none-match": ", ".join(f'"{row.etag}"' for row in edition.renditions.all())}
    languages = TWO_LANGUAGES if asked_in == ["en"] else EVERY_LANGUAGE
    found = every_address(edition, asked_in, languages=languages)

    waiting = sweep(client, found, before=lambda: move(edition, SECOND), headers=etags)
    move(edition, timedelta(hours=1))
    replaced = publishing.publish(Meeting.objects.get(pk=meeting.pk), by=None, at=timezone.now() + timedelta(hours=1))
    superseded = sweep(client, found, before=lambda: move(replaced, SECOND))
    transaction.savepoint_rollback(point)
    never, unconditional = sweep(client, found, headers=etags), sweep(client, found)

    assert differing(waiting, never) == []
    assert differing(superseded, unconditional) == []
    assert leaks(waiting) + leaks(superseded) == []
    assert kept_beyond(waiting) == []


def test_answer_kept_from_before_the_instant_does_not_survive_it(client):
    meeting = make_full_meeting(slug=SLUG, code=CODE, url_year=YEAR)
    publishing.publish(meeting, by=None)
    pages = [f"/meetings/{YEAR}/{SLUG}/", "/", "/feed/", f"/meetings/{YEAR}/{SLUG}/history/"]
    kept = {address: client.get(address).headers["ETag"] for address in pages}
    edition = publishing.publish(plant(meeting), by=None, at=timezone.now() + timedelta(hours=1))

    before = [client.get(address, headers={"if-none-match": etag}).status_code for address, etag in kept.items()]
    move(edition, -MILLISECOND)
    after = [client.get(address, headers={"if-none-match": etag}).status_code for address, etag in kept.items()]

    assert (before, after) == ([304] * 4, [200] * 4)


def test_page_asked_for_without_pause_changes_at_the_instant(client, settings):
    """With answers held between readers, as the site holds them."""
    settings.PAGES_HELD_SECONDS = 0.1
    meeting = make_full_meeting(slug=SLUG, code=CODE, url_year=YEAR)
    publishing.publish(meeting, by=None)
    edition = publishing.publish(plant(meeting), by=None, at=timezone.now() + timedelta(hours=1))
    address, answers = f"/meetings/{YEAR}/{SLUG}/", []
    client.get(address)
    move(edition, timedelta(seconds=0.7))
    instant = Edition.objects.get(pk=edition.pk).visible_from

    while not answers or answers[-1][0] < instant + timedelta(seconds=0.3):
        asked = timezone.now()
        shown = PLANTED in client.get(address).content.decode()
        answers.append((asked, timezone.now(), shown))
    lookup.forget()

    assert [shown for _asked, answered, shown in answers if answered < instant and shown] == []
    assert [shown for asked, _answered, shown in answers if asked > instant + MILLISECOND and not shown] == []
    assert {shown for _asked, _answered, shown in answers} == {True, False}


@pytest.fixture
def unguarded(monkeypatch):
    """The site as it would be if nobody asked for the instant."""
    monkeypatch.setattr(EditionQuerySet, "visible", lambda self, at=None: self.filter(superseded_at__isnull=True))
    for name in [
        "ANNOUNCED",
        "ANNOUNCED_CATEGORY",
        "OF_MEETING",
    ]:  # anew, since a connection keeps the plan of the guarded statement
        monkeypatch.setattr(announced, name, Prepared(getattr(announced, name).build))
    lookup._statement.cache_clear()
    yield
    lookup._statement.cache_clear()


@pytest.mark.property
def test_sweep_finds_every_leak_where_the_guard_is_missing(client, unguarded, asked_in):
    edition = publishing.publish(sealed(embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    found = every_address(edition, asked_in)

    answers = sweep(client, found)

    assert set(leaks(answers)) >= {"/", "/meetings/", f"/meetings/{YEAR}/", "/feed/", "/ar/feed/"}
    assert {answers[address][0] for address in of_meeting(found)} == {200}


def test_address_that_nobody_says_how_to_fill_is_named():
    with pytest.raises(LookupError, match=r"'meetings/%\(year\)s/'"):
        addresses.filled({("slug",): [("x",)]})
