"""What a public address answers: one query, conditional requests, and the same 404 for all that is not visible."""

import gzip
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from advisory import lookup, publishing, renditions
from advisory.models import Body, DocumentFile, Edition, Rendition
from office import uploads
from tests.builders import make_full_meeting, make_meeting, make_sitting

pytestmark = pytest.mark.django_db

PAGE = "/meetings/2016/dialogue/"
ENDINGS = ["txt", "ics", "json", "pdf", "letter.pdf", "docx", "vcf"]
FORMS = [PAGE, *[f"/meetings/2016/dialogue.{ending}" for ending in ENDINGS]]


def make_public():
    return publishing.publish(make_full_meeting(slug="dialogue"), by=None).meeting


@pytest.fixture
def public(once):
    return once(make_public)


@pytest.mark.parametrize("address", FORMS)
def test_one_query_answers(client, public, django_assert_num_queries, address):
    client.get(address)

    with django_assert_num_queries(1):
        response = client.get(address)

    assert response.status_code == 200


def test_one_query_answers_whatever_the_number_of_editions_and_meetings(client, public, django_assert_num_queries):
    for _ in range(4):
        publishing.publish(public, by=None)
    publishing.publish(make_meeting(), by=None)

    with django_assert_num_queries(1):
        response = client.get(FORMS[3])

    assert response.json()["edition"] == 5


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        (FORMS[0], "text/html; charset=utf-8"),
        (FORMS[1], "text/plain; charset=utf-8"),
        (FORMS[2], "text/calendar; charset=utf-8"),
        (FORMS[3], "application/json"),
        (FORMS[4], "application/pdf"),
        (FORMS[5], "application/pdf"),
        (FORMS[6], "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (FORMS[7], "text/vcard; charset=utf-8"),
    ],
)
def test_forms_name_their_type_and_set_no_cookie(client, public, address, media_type):
    response = client.get(address)

    assert response.headers["Content-Type"] == media_type
    assert response.cookies == {}
    assert response.headers["Vary"] == "Accept-Encoding"
    assert response.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("accepts", ["gzip", "gzip, deflate, br", ""])
def test_compressed_and_plain_bytes_are_the_same_page(client, public, accepts):
    plain = client.get(PAGE).content

    response = client.get(PAGE, headers={"accept-encoding": accepts})

    body = gzip.decompress(response.content) if accepts else response.content
    assert body == plain
    assert response.headers.get("Content-Encoding") == ("gzip" if accepts else None)


@pytest.mark.parametrize("refusal", ["gzip;q=0", "identity, gzip; q=0.0"])
def test_reader_who_refuses_gzip_gets_plain_bytes(client, public, refusal):
    response = client.get(PAGE, headers={"accept-encoding": refusal})

    assert "Content-Encoding" not in response.headers
    assert response.content == client.get(PAGE).content


@pytest.mark.parametrize("address", FORMS)
def test_reader_who_has_it_gets_304_without_a_body(client, public, address):
    etag = client.get(address).headers["ETag"]

    again = client.get(address, headers={"if-none-match": f'"other", W/{etag}'})
    other = client.get(address, headers={"if-none-match": '"other"'})

    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    assert other.status_code == 200


def test_new_edition_changes_the_etag(client, public):
    etag = client.get(PAGE).headers["ETag"]
    public.refresh_from_db()
    public.title = "A new title"
    public.save()

    publishing.publish(public, by=None)

    assert client.get(PAGE, headers={"if-none-match": etag}).status_code == 200


def test_only_get_and_head(client, public):
    answers = {method: client.generic(method, PAGE).status_code for method in ["GET", "HEAD", "POST", "PUT", "DELETE"]}

    assert answers == {"GET": 200, "HEAD": 200, "POST": 405, "PUT": 405, "DELETE": 405}
    assert client.head(PAGE).content == b""


def test_draft_embargoed_and_unknown_are_the_same_404(client):
    make_meeting(slug="draft")
    publishing.publish(make_meeting(slug="waiting", embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    endings = ["/", *[f".{ending}" for ending in ENDINGS]]

    answers = {
        slug: [client.get(f"/meetings/2016/{slug}{ending}") for ending in endings]
        for slug in ["draft", "waiting", "never"]
    }

    assert {r.status_code for responses in answers.values() for r in responses} == {404}
    bodies = {slug: [r.content for r in responses] for slug, responses in answers.items()}
    assert bodies["draft"] == bodies["never"]
    assert bodies["waiting"] == bodies["never"]


def test_embargoed_meeting_is_on_no_list(client):
    title = "Secret launch of the yearly report"
    publishing.publish(make_meeting(title, embargo_until=timezone.now() + timedelta(hours=1)), by=None)

    found = [path for path in ["/", "/meetings/", "/feed/"] if title in client.get(path).content.decode()]

    assert found == []
    assert client.get("/meetings/2016/").status_code == 404


def test_lifted_embargo_shows_without_anything_running(client):
    publishing.publish(make_meeting(slug="lifted", embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    Edition.objects.update(visible_from=timezone.now() - timedelta(seconds=1))

    assert client.get("/meetings/2016/lifted/").status_code == 200


def test_stale_rendition_is_made_anew_and_kept(client, public, django_assert_num_queries):
    Rendition.objects.filter(format="page").update(renderer="of an older release", body=b"old", compressed=b"old")

    first = client.get(PAGE)

    assert b"Informal interactive dialogue" in first.content
    with django_assert_num_queries(1):
        assert client.get(PAGE).content == first.content


def test_rendition_past_its_day_is_made_anew(client, public):
    Rendition.objects.filter(format="page").update(good_until=timezone.now() - timedelta(seconds=1), body=b"old")

    assert b"Informal interactive dialogue" in client.get(PAGE).content


def test_statement_is_compiled_once(client, public):
    lookup._statement.cache_clear()
    for _ in range(3):
        client.get(PAGE)

    assert lookup._statement.cache_info().misses == 1


@pytest.mark.parametrize("year", ["0000", "0001", "9999", "99999999999999999999", "-1", "２０１６"])
def test_years_that_are_none_are_404(client, public, year):
    assert client.get(f"/meetings/{year}/").status_code == 404
    assert client.get(f"/meetings/{year}/dialogue/").status_code == 404


@pytest.mark.parametrize("slug", ["dialogue%00", "dia'logue", "%F0%9F%98%80", "a" * 3000, "..%2f..%2fetc"])
def test_hostile_slugs_are_404(client, public, slug):
    assert client.get(f"/meetings/2016/{slug}/").status_code == 404


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=x", "?page=99999999999999999999", "?page=%00"])
def test_hostile_page_numbers_show_a_page(client, public, query):
    assert client.get(f"/meetings/{query}").status_code == 200


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/", 4),  # keys, rows, choices with their counts, names of the choices
        ("/meetings/", 5),  # and the years
        ("/meetings/?q=dialogue", 5),
        ("/meetings/?body=general-assembly&open=press", 10),  # and the body's name, and the choices without each filter
        ("/meetings/2016/", 3),
        ("/feed/", 3),
        ("/feed.json", 3),
        ("/meetings.ics", 3),
        ("/meetings.json", 3),
        ("/sitemap.xml", 1),
    ],
)
def test_lists_ask_the_same_for_one_meeting_and_for_three(client, django_assert_num_queries, path, queries):
    coming = timezone.localdate() + timedelta(days=3)
    body = Body.objects.create(name="General Assembly", slug="general-assembly")
    for count in (1, 2):
        for _ in range(count):
            meeting = make_meeting(sitting=False, url_year=2016, body=body)
            make_sitting(meeting, date=coming)
            publishing.publish(meeting, by=None)
        with django_assert_num_queries(queries):
            response = client.get(path)
        assert response.content.decode().count("/meetings/2016/dialogue-") >= count


def test_lists_set_no_cookie_and_follow_the_clock(client):
    publishing.publish(make_meeting("Past dialogue"), by=None)
    meeting = make_meeting("Coming dialogue", sitting=False)
    make_sitting(meeting, date=timezone.localdate() + timedelta(days=2))
    publishing.publish(meeting, by=None)

    home = client.get("/")

    assert home.cookies == {}
    assert ("Coming dialogue" in home.content.decode(), "Past dialogue" in home.content.decode()) == (True, False)
    assert "Past dialogue" in client.get("/meetings/2016/").content.decode()


def test_postponed_meeting_without_a_date_stays_on_the_list(client):
    meeting = make_meeting("Postponed dialogue", sitting=False)
    make_sitting(meeting, date=None, start_time=None, end_time=None)
    publishing.publish(meeting, by=None)

    assert "Postponed dialogue" in client.get("/meetings/").content.decode()


@pytest.mark.parametrize("path", ["/privacy/", "/accessibility/", "/help/", "/feed/", "/meetings/", "/"])
def test_standing_pages_answer_without_any_meeting(client, path):
    response = client.get(path)

    assert (response.status_code, response.cookies) == (200, {})


def test_crawlers_are_kept_off_the_staff_pages(client):
    response = client.get("/robots.txt")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /admin/",
        "",
        "Sitemap: http://localhost:8000/sitemap.xml",
    ]


def test_unknown_host_is_400_before_any_view(client):
    assert client.get("/", headers={"host": "evil.example.com"}).status_code == 400


def test_server_error_page_needs_neither_database_nor_context(monkeypatch, public):
    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr(lookup, "find", fail)
    monkeypatch.setattr("advisory.views.find", fail)

    response = Client(raise_request_exception=False).get(PAGE)

    assert response.status_code == 500
    assert "RuntimeError" not in response.content.decode()
    assert "<h1" in response.content.decode()


def test_forms_for_paper_are_made_when_first_asked_and_kept(client, public):
    for ending in ["pdf", "letter.pdf", "docx", "vcf"]:
        assert client.get(f"/meetings/2016/dialogue.{ending}").status_code == 200

    assert set(Rendition.objects.values_list("format", flat=True)) == set(renditions.FORMATS)


def test_list_of_a_year_keeps_order_by_day(client):
    for day, title in [(20, "Third"), (6, "First"), (13, "Second")]:
        meeting = make_meeting(title, sitting=False)
        make_sitting(meeting, date=date(2016, 9, day))
        publishing.publish(meeting, by=None)

    text = client.get("/meetings/2016/").content.decode()

    assert sorted(["First", "Second", "Third"], key=text.index) == ["First", "Second", "Third"]


@pytest.mark.parametrize("path", ["/", "/meetings/", "/feed/", "/help/"])
def test_drawn_pages_answer_conditional_requests_compressed_or_not(client, public, path):
    plain, packed = client.get(path), client.get(path, headers={"accept-encoding": "gzip"})

    again = [client.get(path, headers={"if-none-match": r.headers["ETag"]}).status_code for r in (plain, packed)]

    assert again == [304, 304]
    assert gzip.decompress(packed.content) == plain.content
    assert plain.headers["Cache-Control"] == "public, no-cache"


def test_file_is_served_while_a_visible_edition_names_it(client, public):
    stored = uploads.store(b"%PDF-1.7\nconcept note", suffix=".pdf")
    DocumentFile.objects.create(
        document=public.documents.first(),
        name="note.pdf",
        digest=stored.digest,
        media_type="application/pdf",
        size_bytes=stored.size,
    )
    address = f"/meetings/2016/dialogue/files/{stored.digest}/note.pdf"
    assert client.get(address).status_code == 404

    publishing.publish(public, by=None)
    response = client.get(address)

    assert b"".join(response.streaming_content) == b"%PDF-1.7\nconcept note"
    assert response.headers["Content-Disposition"] == 'attachment; filename="note.pdf"'
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    wrong = [
        f"/meetings/2016/dialogue/files/{stored.digest}/other.pdf",
        f"/meetings/2016/other/files/{stored.digest}/note.pdf",
    ]
    assert [client.get(path).status_code for path in wrong] == [404, 404]
    Edition.objects.update(visible_from=timezone.now() + timedelta(hours=1))
    assert client.get(address).status_code == 404


def test_file_named_but_lost_is_a_404(client, public):
    DocumentFile.objects.create(
        document=public.documents.first(), name="n.pdf", digest="0" * 64, media_type="application/pdf", size_bytes=1
    )
    publishing.publish(public, by=None)

    assert client.get(f"/meetings/2016/dialogue/files/{'0' * 64}/n.pdf").status_code == 404
