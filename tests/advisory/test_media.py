"""The media kit: a page and an archive of the photographs that the visible edition names, and of no others."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from advisory import publishing, redaction
from advisory.models import Edition, PublishedPerson
from office import uploads
from tests.advisory.pages import Page
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db
PAGE, ARCHIVE = "/meetings/2016/dialogue/media/", "/meetings/2016/dialogue/media.zip"


def picture(colour):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(buffer, "JPEG")
    digest = uploads.store(buffer.getvalue(), suffix=".jpg").digest
    return buffer.getvalue(), {"digest": digest, "media_type": "image/jpeg", "width": 40, "height": 30}


@pytest.fixture
def meeting():
    meeting = make_full_meeting(slug="dialogue")
    portrait = {"photo": picture("teal")[1], "photo_caption": "Grace Sample at her desk", "photo_credit": "A. Example"}
    meeting.speakers.filter(name="Grace Sample").update(**portrait)
    words = {"caption": "The chamber", "credit": "Example/B. Sample", "rights": "Free for editorial use"}
    meeting.photos.create(image=picture("navy")[1], **words)
    return meeting


@pytest.fixture
def public(meeting):
    return publishing.publish(meeting, by=None)


def unpacked(response):
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        assert archive.testzip() is None
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_page_lists_each_photograph_with_caption_credit_and_size(client, public):
    place = public.facts["photos"][-1]["image"]["name"]

    page = Page(client.get(PAGE).content.decode())

    start = page.lines.index("Download 2 photographs and their captions (zip)")
    assert page.lines[start + 1 : start + 8] == [
        "Grace Sample at her desk",
        "Photo: A. Example",
        "Download grace-sample.jpg, 40 × 30",
        "The chamber",
        "Photo: Example/B. Sample",
        "Free for editorial use",
        f"Download {place}, 40 × 30",
    ]
    for image in page.all("img"):
        assert client.get(image["src"]).status_code == 200


def test_archive_holds_the_photographs_and_their_captions(client, public, settings):
    place = public.facts["photos"][-1]["image"]["name"]

    response = client.get(ARCHIVE)
    files = unpacked(response)

    assert list(files) == ["captions.txt", "grace-sample.jpg", place]
    assert files["grace-sample.jpg"] == picture("teal")[0]
    assert files[place] == picture("navy")[0]
    assert files["captions.txt"].decode().split("\r\n") == [
        "Informal interactive dialogue on early warning",
        *["", "grace-sample.jpg", "Grace Sample at her desk", "Photo: A. Example"],
        *["", place, "The chamber", "Photo: Example/B. Sample", "Free for editorial use"],
        *["", settings.ORGANIZATION_NAME, f"{settings.SITE_URL}/meetings/2016/dialogue/", ""],
    ]
    assert response.headers["Content-Type"] == "application/zip"
    assert response.headers["Content-Disposition"] == 'attachment; filename="dialogue-media.zip"'


def test_two_people_of_one_name_get_two_files(client, meeting):
    meeting.speakers.create(kind="person", name="Grace Sample", office="Another", photo=picture("red")[1], position=9)
    publishing.publish(meeting, by=None)

    files = unpacked(client.get(ARCHIVE))

    assert list(files)[1:3] == ["grace-sample.jpg", "grace-sample-2.jpg"]
    assert files["grace-sample-2.jpg"] == picture("red")[0]


@pytest.mark.parametrize("address", [PAGE, ARCHIVE])
def test_reader_who_has_it_gets_304_and_nobody_a_cookie(client, public, address):
    first = client.get(address)

    again = client.get(address, headers={"if-none-match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "public, no-cache"
    assert first.cookies == again.cookies == {}


def test_archive_is_the_same_bytes_until_a_caption_changes(client, public, meeting):
    first = client.get(ARCHIVE)
    assert b"".join(first.streaming_content) == b"".join(client.get(ARCHIVE).streaming_content)
    meeting.refresh_from_db()
    meeting.photos.update(caption="The chamber, empty")

    publishing.publish(meeting, by=None)

    assert client.get(ARCHIVE).headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("address", [PAGE, ARCHIVE])
def test_number_of_queries_does_not_grow_with_the_photographs(client, meeting, django_assert_num_queries, address):
    meeting.photos.all().delete()
    publishing.publish(meeting, by=None)
    with django_assert_num_queries(2):
        assert client.get(address).status_code == 200
    meeting.refresh_from_db()
    for number in range(3):
        meeting.speakers.create(kind="person", name=f"Person {number}", photo=picture("red")[1])

    publishing.publish(meeting, by=None)

    with django_assert_num_queries(2):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [PAGE, ARCHIVE])
def test_draft_embargoed_unknown_and_empty_are_the_same_404(client, meeting, address):
    draft = client.get(address)
    meeting.embargo_until = timezone.now() + timedelta(days=1)
    meeting.save()
    publishing.publish(meeting, by=None)
    waiting = client.get(address)
    bare = make_meeting(slug="bare")
    publishing.publish(bare, by=None)
    empty = client.get(address.replace("dialogue", "bare"))
    unknown = client.get(address.replace("dialogue", "never"))

    assert [answer.status_code for answer in (draft, waiting, empty, unknown)] == [404] * 4
    Edition.objects.update(visible_from=timezone.now() - timedelta(seconds=1))
    assert client.get(address).status_code == 200


def test_blanked_person_is_not_in_the_kit(client, public):
    portrait = "/meetings/2016/dialogue/files/{digest}/grace-sample.jpg".format(**picture("teal")[1])
    assert client.get(portrait).status_code == 200

    redaction.blank(PublishedPerson.objects.get(content__name="Grace Sample"))

    assert "Grace" not in client.get(PAGE).content.decode()
    assert list(unpacked(client.get(ARCHIVE)))[1:] == [public.facts["photos"][-1]["image"]["name"]]
    assert client.get(portrait).status_code == 404


def test_photograph_that_is_lost_is_a_404_before_the_first_byte(client, meeting):
    meeting.photos.update(image={"digest": "0" * 64, "media_type": "image/jpeg", "width": 1, "height": 1})
    publishing.publish(meeting, by=None)

    assert client.get(ARCHIVE).status_code == 404


def test_advisory_leads_to_the_kit_only_where_there_is_one(client, public):
    publishing.publish(make_meeting(slug="bare"), by=None)

    assert 'href="/meetings/2016/dialogue/media/"' in client.get("/meetings/2016/dialogue/").content.decode()
    assert "/media/" not in client.get("/meetings/2016/bare/").content.decode()
