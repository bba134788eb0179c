"""What a cleared reader sees before the instant, and what everybody else learns from a link: nothing."""

import logging
import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.utils import timezone
from lxml import html
from PIL import Image

from accreditation.models import Registration
from advisory import jobs, previewing, publishing
from advisory.models import DocumentFile, Edition, Meeting, Photo, PreviewLink, PreviewOpening
from config.request_log import JsonLines
from office import uploads
from tests.advisory.pages import Page
from tests.builders import make_category, make_full_meeting, make_meeting, make_officer, make_sitting

pytestmark = pytest.mark.django_db

TERMS = {"terms": "on"}
NOTHING = "This link opens nothing"
INSTANT = datetime(2036, 9, 6, 14, tzinfo=UTC)


@pytest.fixture
def officer():
    return make_officer()


def make_meeting_under_embargo():
    return make_full_meeting(slug="dialogue", embargo_until=INSTANT, embargo_zone="America/New_York")


@pytest.fixture
def meeting(officer):
    return make_meeting_under_embargo()


def make_waiting():
    return publishing.publish(make_meeting_under_embargo(), by=None)


@pytest.fixture
def waiting(once):
    return once(make_waiting)


@pytest.fixture
def made(waiting, officer):
    return make(waiting.meeting, officer)


def make(meeting, officer, *, hours=1):
    expires_at = timezone.now() + timedelta(hours=hours)
    return previewing.make(meeting, reader="Ada Example, Example News", expires_at=expires_at, by=officer)


def lines(response):
    return Page(response.content.decode()).lines


def body(response):
    """Without the mask that Django draws anew for each form."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


def accept(client, token, data=TERMS, **extra):
    return client.post(f"/preview/{token}/", data, **extra)


def lift():
    Edition.objects.update(visible_from=timezone.now())


def test_token_is_long_and_only_its_hash_is_kept(made):
    link, token = made

    assert len(token) == 43  # 256 bits in base 64
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM advisory_previewlink")
        assert [value for row in cursor.fetchall() for value in row if token in str(value)] == []
    assert previewing.open(token) == link
    assert previewing.open(link.token_hash) is None


@pytest.mark.parametrize(
    ("reader", "hours", "sentence"),
    [("  ", 1, "Say who is cleared"), ("Ada Example", -1, "The link must expire later than now.")],
)
def test_link_for_nobody_or_for_the_past_is_refused(meeting, officer, reader, hours, sentence):
    with pytest.raises(ValidationError, match=sentence):
        previewing.make(meeting, reader=reader, expires_at=timezone.now() + timedelta(hours=hours), by=officer)

    assert PreviewLink.objects.count() == 0


def test_page_of_a_link_is_the_same_for_every_token_and_asks_nothing(client, made, django_assert_num_queries):
    link, token = made
    expired, _ = previewing.make(
        link.meeting, reader="Other", expires_at=timezone.now() + timedelta(hours=1), by=link.made_by
    )
    previewing.withdraw(expired)

    with django_assert_num_queries(0):
        pages = [client.get(f"/preview/{word}/") for word in [token, "unknown", "A" * 43, "é", "x" * 2000]]

    assert {(page.status_code, body(page)) for page in pages} == {(200, body(pages[0]))}
    assert PreviewOpening.objects.count() == 0
    assert "preview" not in client.cookies
    assert b"dialogue" not in pages[0].content


@pytest.mark.parametrize("token", ["good", "unknown"])
def test_terms_not_ticked_open_nothing_and_say_so(client, made, token):
    response = accept(client, made[1] if token == "good" else token, {})

    assert "Tick the box to accept the embargo, or close this page." in lines(response)
    assert PreviewOpening.objects.count() == 0
    assert "preview" not in client.cookies


def test_form_sent_after_an_error_link_was_followed_leaves_that_place_behind(client, made):
    response = client.post(f"/preview/{made[1]}/?language=fr", {})

    page = html.fromstring(response.content)
    form = page.xpath("//form[.//input[@name='terms']]")[0]
    assert form.get("action") == "?language=fr"  # without one a browser keeps the #id, and with it gives no autofocus
    assert page.xpath("//div[@class='error-summary'][@autofocus]//a/@href") == ["#id_terms"]
    assert form.xpath(".//input[@id='id_terms']/@name") == ["terms"]


def test_ticked_terms_are_written_down_and_lead_to_the_advisory(client, made, waiting):
    link, token = made

    response = accept(client, token)

    assert (response.status_code, response.headers["Location"]) == (302, "/preview/?language=en")
    cookie = response.cookies["preview"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/preview/", True, "Lax")
    assert [(row.link, row.edition) for row in PreviewOpening.objects.all()] == [(link, waiting)]
    page = client.get("/preview/")
    assert "EMBARGOED until 6 September 2036, 10:00 New York (14:00 UTC)" in lines(page)
    assert "Informal interactive dialogue on early warning" in lines(page)
    assert PreviewOpening.objects.count() == 1


def test_instant_on_another_day_of_utc_names_that_day(client, made):
    Meeting.objects.update(embargo_zone="Asia/Tokyo")
    Edition.objects.update(visible_from=datetime(2036, 9, 5, 23, tzinfo=UTC))
    accept(client, made[1])

    expected = "EMBARGOED until 6 September 2036, 08:00 Tokyo (5 September 2036, 23:00 UTC)"
    assert expected in lines(client.get("/preview/"))


def test_new_waiting_edition_is_written_down_when_it_is_read(client, made, waiting):
    accept(client, made[1])
    second = publishing.publish(waiting.meeting, by=None)

    for _ in range(2):
        client.get("/preview/advisory.txt")

    assert [row.edition for row in PreviewOpening.objects.order_by("pk")] == [waiting, second]


def test_text_form_begins_and_ends_with_the_embargo(client, made):
    accept(client, made[1])

    response = client.get("/preview/advisory.txt")

    told = response.content.decode().split("\r\n")
    assert (told[0], told[-2]) == ("EMBARGOED until 6 September 2036, 10:00 New York (14:00 UTC)",) * 2
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_files_and_photographs_open_under_preview_alone(client, meeting, officer):
    kept = BytesIO()
    Image.new("RGB", (4, 3)).save(kept, "JPEG")
    photo = uploads.store(kept.getvalue(), suffix=".jpg")
    note = uploads.store(b"%PDF-1.7\nsealed note", suffix=".pdf")
    DocumentFile.objects.create(
        document=meeting.documents.first(), name="note.pdf", digest=note.digest, media_type="application/pdf",
        size_bytes=note.size,
    )  # fmt: skip
    image = {"digest": photo.digest, "media_type": "image/jpeg", "width": 4, "height": 3}
    Photo.objects.update(image=image)
    edition = publishing.publish(meeting, by=None)
    accept(client, make(meeting, officer)[1])
    name = edition.facts["photos"][0]["image"]["name"]

    addresses = [f"files/{note.digest}/note.pdf", f"files/{photo.digest}/{name}"]
    opened = [client.get(f"/preview/{address}") for address in addresses]

    assert [b"".join(response.streaming_content) for response in opened] == [b"%PDF-1.7\nsealed note", kept.getvalue()]
    assert {response.headers["Cache-Control"] for response in opened} == {"no-store"}
    assert [client.get(f"/meetings/2016/dialogue/{address}").status_code for address in addresses] == [404, 404]
    assert client.get(f"/preview/files/{note.digest}/other.pdf").status_code == 404
    links = [link["href"] for link in Page(client.get("/preview/").content.decode()).all("a")]
    assert f"/preview/{addresses[0]}" in links
    assert [link for link in links if link.startswith("/meetings/2016")] == ["/meetings/2016/"]


def test_expired_withdrawn_and_unknown_links_get_one_sentence(client, waiting, officer):
    meeting = waiting.meeting
    (expired, first), (withdrawn, second) = make(meeting, officer), make(meeting, officer)
    PreviewLink.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    previewing.withdraw(withdrawn)

    answers = [accept(client, token) for token in [first, second, "unknown"]] + [client.get("/preview/")]

    assert {(answer.status_code, body(answer)) for answer in answers} == {(404, body(answers[0]))}
    assert NOTHING in lines(answers[0])
    assert "preview" not in client.cookies


@pytest.mark.parametrize("address", ["", "advisory.txt", f"files/{'0' * 64}/note.pdf"])
def test_link_withdrawn_while_it_stands_open_opens_nothing_more(client, made, address):
    accept(client, made[1])
    previewing.withdraw(made[0])

    response = client.get(f"/preview/{address}")

    assert (response.status_code, NOTHING in response.content.decode()) == (404, True)


def test_forged_cookie_opens_nothing(client, made):
    client.cookies["preview"] = str(made[0].pk)

    assert client.get("/preview/").status_code == 404


def test_after_the_instant_the_link_leads_to_the_public_page(client, made):
    accept(client, made[1])
    lift()

    response = client.get("/preview/")

    links = [link["href"] for link in Page(response.content.decode()).all("a")]
    assert "/meetings/2016/dialogue/" in links
    assert client.get("/meetings/2016/dialogue/").status_code == 200
    assert "EMBARGOED" not in response.content.decode()


def test_link_to_an_unfinished_advisory_says_so(client, meeting, officer):
    accept(client, make(meeting, officer)[1])

    assert "Nothing to read yet" in lines(client.get("/preview/"))


@pytest.mark.parametrize(
    ("address", "policy"), [("", "no-referrer"), ("advisory.txt", "no-referrer"), ("{token}/", "same-origin")]
)
def test_no_cache_index_or_other_site_learns_of_it(client, made, address, policy):
    accept(client, made[1])

    headers = client.get(f"/preview/{address.format(token=made[1])}").headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert headers["Referrer-Policy"] == policy


def test_form_is_taken_from_our_own_page_alone(made):
    client = Client(enforce_csrf_checks=True)
    mask = re.search(r'csrfmiddlewaretoken" value="(\w+)"', client.get(f"/preview/{made[1]}/").content.decode())[1]
    data = TERMS | {"csrfmiddlewaretoken": mask}

    refused = [accept(client, made[1]), accept(client, made[1], data, headers={"origin": "https://evil.example.com"})]
    taken = accept(client, made[1], data, headers={"origin": "http://testserver"})

    assert [answer.status_code for answer in refused] == [403, 403]
    assert taken.status_code == 302


def test_no_line_of_the_log_holds_a_token(made, caplog):
    client = Client(enforce_csrf_checks=True)
    with caplog.at_level(logging.INFO):
        client.get(f"/preview/{made[1]}/")
        accept(client, made[1])  # refused, and logged with its address
        accept(Client(), made[1] + "x")

    told = [JsonLines().format(record) for record in caplog.records]

    assert [line for line in told if made[1] in line] == []
    assert len([line for line in told if "/preview/…/" in line]) >= 4


def test_public_pages_set_no_cookie_for_a_reader_who_was_cleared(client, made):
    accept(client, made[1])

    assert client.get("/meetings/").cookies == {}


def test_preview_leads_to_no_form_of_ours_before_there_is_one(client, meeting, officer):
    meeting.access_notices.all().delete()
    meeting.access_notices.create(category="press")
    make_category(meeting, slug="press")
    meeting.sittings.update(date=INSTANT.date())
    _link, token = make(publishing.publish(meeting, by=None).meeting, officer)
    accept(client, token)
    form = "/meetings/2036/dialogue/apply/press/"

    page, answers = client.get("/preview/"), [client.get(form), client.post(form, {"email": "ada@example.org"})]
    lift()

    assert ("The form opens when this page is public." in lines(page), "apply/press/" in page.text) == (True, False)
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Registration.objects.count() == 0
    opened = client.get(form)
    assert (opened.status_code, 'name="email"' in opened.text) == (200, True)  # without hours, from publication on


def test_language_is_chosen_by_the_query(client, made):
    accept(client, made[1])

    markup = client.get("/preview/?language=ar").content.decode()

    assert '<html lang="ar" dir="rtl">' in markup
    assert client.get("/preview/?language=xx").content.decode().startswith('<!doctype html>\n<html lang="en"')
    assert [address["href"] for address in Page(markup).all("a") if "language=" in address["href"]][0] == "?language=ar"


def test_queries_of_a_preview_do_not_grow(client, made, django_assert_num_queries):
    accept(client, made[1])

    for _ in range(2):
        with django_assert_num_queries(5):
            client.get("/preview/")
        publishing.publish(made[0].meeting, by=None)
        client.get("/preview/")


# What is kept of a reading, and until when

YEAR, DAY = previewing.KEPT, timedelta(days=1)


def read(officer, *, sitting, read=DAY, expired=-DAY):
    """A link that was opened that long ago; ``sitting`` is how long ago its meeting's last day was, or None."""
    now = timezone.now()
    meeting = make_meeting(sitting=False)
    last = None if sitting is None else (now - sitting).date()
    make_sitting(meeting, date=last and last - DAY, end_date=last, start_time=None, end_time=None)
    link, _ = make(meeting, officer)
    opening = PreviewOpening.objects.create(link=link, edition=publishing.publish(meeting, by=None))
    PreviewOpening.objects.filter(pk=opening.pk).update(at=now - read)
    PreviewLink.objects.filter(pk=link.pk).update(expires_at=now - expired)
    return link


@pytest.mark.parametrize(
    ("ages", "kept"),
    [
        ({"sitting": YEAR - DAY, "read": 2 * YEAR, "expired": 2 * YEAR}, (1, 1)),
        ({"sitting": YEAR + DAY, "expired": YEAR + DAY}, (0, 0)),
        ({"sitting": YEAR + DAY, "expired": YEAR - DAY}, (0, 1)),
        ({"sitting": YEAR + DAY}, (0, 1)),
        ({"sitting": None, "read": YEAR - DAY}, (1, 1)),
        ({"sitting": None, "read": YEAR + DAY}, (0, 1)),
        ({"sitting": None, "read": YEAR + DAY, "expired": YEAR + DAY}, (0, 0)),
    ],
    ids=[
        "within a year",
        "over",
        "expired later",
        "open still",
        "undated",
        "undated and read long ago",
        "undated, over",
    ],
)
def test_reading_and_link_are_kept_for_a_year_after_the_last_day(officer, ages, kept):
    other = read(officer, sitting=-DAY)
    read(officer, **ages)

    previewing.forget_old()

    others = PreviewOpening.objects.exclude(link=other).count(), PreviewLink.objects.exclude(pk=other.pk).count()
    assert others == kept
    assert other.openings.count() == 1


def test_worker_forgets_readings():
    assert previewing.forget_old in [job.run for job in jobs.PERIODIC]
