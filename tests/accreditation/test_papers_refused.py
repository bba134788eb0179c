"""Papers that cannot be taken: each is refused in words, and nothing else is lost."""

import pikepdf
import pytest
from django.core.cache import cache

from accreditation import journey, visits
from accreditation.models import Evidence
from accreditation.states import Status
from accreditation.views import papers as views
from advisory import publishing
from tests.accreditation.sent_files import (
    LETTER,
    PORTRAIT,
    SAMPLE,
    archive,
    empty_png,
    file,
    make_draft,
    open_link,
    page_address,
    pdf,
    picture,
)
from tests.accreditation.test_papers import names, sent, summary, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
HEIC = b"\0\0\0\x18ftypheic" + bytes(200)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.fixture
def draft(client):
    """Asked for a letter, two samples and a portrait that is welcome."""
    draft = make_draft((LETTER, {"hint": "Dated 2016."}), (SAMPLE, {"least": 2, "most": 3}), (PORTRAIT, {"least": 0}))
    open_link(client, draft)
    return draft


@pytest.mark.parametrize(
    ("data", "name", "status", "sentence"),
    [
        (b"", "letter.pdf", 200, "This file is empty. Choose another copy of it."),
        (HEIC, "IMG_1.HEIC", 200, "This photo is in the HEIC format; send it as JPEG."),
        (b"<html><script>alert(1)</script></html>", "card.jpg", 200, "The document must be a PDF, JPEG or PNG file."),
        (SVG, "card.png", 200, "The document must be a PDF, JPEG or PNG file."),
        (archive(), "letter.pdf", 200, "The document must be a PDF, JPEG or PNG file."),
        (picture("GIF", save_all=True), "moving.gif", 200, "The document must be a PDF, JPEG or PNG file."),
        (pdf()[:400], "letter.pdf", 200, "This file is damaged or incomplete."),
        (picture()[:500], "card.jpg", 200, "This file is damaged or incomplete."),
        (pdf(pages=11), "letter.pdf", 200, "The document must have no more than 10 pages; yours has 11."),
        (empty_png(20_000, 20_000), "card.png", 200, "The photo must have no more than 25 megapixels; yours has 400"),
        (bytes(10_000_001), "letter.pdf", 413, "The file must be no larger than 10 MB; yours is 10.1 MB."),
        (bytes(14_000_000), "letter.pdf", 413, "The file must be no larger than 10 MB; yours is 14 MB."),
    ],
    ids=["empty", "heic", "html", "svg", "zip", "gif", "cut pdf", "cut jpeg", "pages", "pixels", "a byte", "14 MB"],
)
def test_file_that_cannot_be_taken_is_answered_in_words_and_nothing_else_is_lost(
    client, draft, data, name, status, sentence
):
    answer = sent(
        client, draft, **{LETTER: file(data, name), SAMPLE: file(picture(), "good.jpg"), "samples": "a.org/1"}
    )

    draft.refresh_from_db()
    assert answer.status_code == status
    assert [found.startswith(f"{name}: {sentence}") for found in summary(answer)] == [True]
    assert (names(draft), draft.answers["samples"]) == (["good.jpg"], ["https://a.org/1"])


def test_locked_pdf_is_refused_in_words(client, draft):
    locked = pdf(encryption=pikepdf.Encryption(user="secret", owner="secret"))

    answer = sent(client, draft, **{LETTER: file(locked)})

    assert [found.startswith("letter.pdf: This PDF is locked") for found in summary(answer)] == [True]


def test_pdf_is_no_portrait(client, draft):
    answer = sent(client, draft, **{PORTRAIT: file()})

    assert [one.startswith("letter.pdf: The photo must be a JPEG or PNG file.") for one in summary(answer)] == [True]


def test_more_files_than_asked_are_refused_and_the_first_ones_kept(client, draft):
    samples = [file(picture(colour=colour), f"{colour}.jpg") for colour in ("red", "blue", "green", "gold")]

    answer = sent(client, draft, **{SAMPLE: samples})

    assert answer.status_code == 400
    assert summary(answer) == [
        "gold.jpg: Files of this kind that are kept: 3 at most. Remove one of them, then choose this one again."
    ]
    assert len(names(draft)) == 3


def test_bytes_of_an_application_have_an_exact_end(client, draft):
    data = picture(size=(900, 900))
    sent(client, draft, **{LETTER: file(data, "letter.jpg")})
    kept = Evidence.objects.get()
    rule = draft.category

    rule.most_bytes = kept.size * 2 - 1
    rule.save()
    refused = sent(client, draft, **{SAMPLE: file(data, "sample.jpg")})
    rule.most_bytes += 1
    rule.save()
    taken = sent(client, draft, **{SAMPLE: file(data, "sample.jpg")})

    assert refused.status_code == 413
    assert [
        one.startswith("sample.jpg: All files of an application together may have") for one in summary(refused)
    ] == [True]
    assert taken.status_code == 302


def test_body_beyond_all_measure_is_answered_without_being_read(client, draft):
    answer = client.generic("POST", page_address(draft), b"x", CONTENT_LENGTH=str(5 * 10**9))

    assert answer.status_code == 413
    assert "These files are too many to be sent at once." in words(answer)


def test_files_that_are_too_much_together_are_refused_one_by_one(client, draft, monkeypatch):
    monkeypatch.setattr(views, "MOST_TOGETHER", 3_000)
    letter = pdf()
    assert len(letter) < 3_000

    answer = sent(client, draft, **{LETTER: file(letter), SAMPLE: file(picture(size=(900, 900)), "big.jpg")})

    assert answer.status_code == 413
    assert [one.startswith("big.jpg: These files are too many to be sent at once.") for one in summary(answer)] == [
        True
    ]
    assert names(draft) == ["letter.pdf"]


def test_network_that_sends_too_often_is_told_so(client, draft, monkeypatch):
    monkeypatch.setattr(views, "PER_NETWORK", 1)

    answer = sent(client, draft, **{LETTER: file(), SAMPLE: file(picture(), "one.jpg"), "samples": "example.org/1"})

    draft.refresh_from_db()
    assert answer.status_code == 429
    assert "Too many files came from your network in a short time." in words(answer)
    assert (names(draft), draft.answers["samples"]) == (["letter.pdf"], ["https://example.org/1"])
    cache.clear()
    assert sent(client, draft, **{SAMPLE: file(picture(), "one.jpg")}).status_code == 302


def test_disk_without_room_is_answered_in_words(client, draft, monkeypatch):
    monkeypatch.setattr("office.uploads.files.ROOM_BYTES", 10**18)

    answer = sent(client, draft, **{LETTER: file(), "samples": "example.org/1"})

    draft.refresh_from_db()
    assert answer.status_code == 503
    assert "We cannot keep files at this moment. Your answers are safe" in words(answer)
    assert draft.answers["samples"] == ["https://example.org/1"]


def test_limited_process_that_cannot_start_is_answered_in_words(client, draft, monkeypatch):
    monkeypatch.setattr("office.uploads.process.PROGRAM", "/nowhere")

    answer = sent(client, draft, **{LETTER: file()})

    assert answer.status_code == 503
    assert "We cannot keep files at this moment." in words(answer)


def test_page_whose_cookie_is_gone_still_keeps_its_files(client, draft):
    publishing.publish(draft.meeting, by=None)
    token = visits.page_of(draft, journey.PAPERS)
    client.cookies.clear()

    answer = sent(client, draft, **{LETTER: file(), "samples": "example.org/1", "page": token})

    draft.refresh_from_db()
    assert answer.status_code == 200
    assert (names(draft), draft.answers["samples"]) == (["letter.pdf"], ["https://example.org/1"])
    assert "letter.pdf" not in answer.content.decode()


def test_browser_that_opened_nothing_sees_nothing_and_keeps_nothing(client, draft):
    publishing.publish(draft.meeting, by=None)
    client.cookies.clear()

    seen, posted = client.get(page_address(draft)), sent(client, draft, **{LETTER: file()})

    assert (seen.status_code, posted.status_code) == (200, 403)
    assert "Letter of assignment" not in words(seen)
    assert names(draft) == []


def test_post_of_another_site_is_refused(client, draft):
    answer = client.post(page_address(draft), {LETTER: file()}, headers={"sec-fetch-site": "cross-site"})

    assert answer.status_code == 403
    assert names(draft) == []


def test_sent_application_takes_no_more_files(client, draft):
    draft.status = Status.SUBMITTED
    draft.save()

    answer = sent(client, draft, **{LETTER: file()})

    assert answer.url == "/status/"
    assert names(draft) == []


def test_broken_multipart_is_a_bad_request(client, draft):
    answer = client.generic("POST", page_address(draft), b"--x\r\nnonsense", content_type="multipart/form-data")

    assert answer.status_code == 400


def test_category_that_asks_nothing_has_no_such_page(client):
    draft = make_draft()
    open_link(client, draft)

    assert client.get(page_address(draft)).url.endswith("/medium/")
