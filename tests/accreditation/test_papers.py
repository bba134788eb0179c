"""The page of the papers, as a browser without script uses it."""

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accreditation import evidence, journey
from accreditation.models import Evidence, EvidenceRule
from office import uploads
from tests.accreditation.sent_files import (
    IDENTITY,
    LETTER,
    PORTRAIT,
    SAMPLE,
    file,
    make_draft,
    open_link,
    page_address,
    pdf,
    picture,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]


@pytest.fixture
def draft(client):
    """Asked for a letter, two samples and a portrait that is welcome."""
    draft = make_draft((LETTER, {"hint": "Dated 2016."}), (SAMPLE, {"least": 2, "most": 3}), (PORTRAIT, {"least": 0}))
    open_link(client, draft)
    return draft


def sent(client, draft, **fields):
    return client.post(page_address(draft), fields)


def words(answer):
    """What the page says, in one line."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return " ".join(html.unescape(text).split())


def summary(answer):
    """The sentences of the error summary."""
    found = re.search(r'<div class="error-summary".*?</div>', answer.content.decode(), re.DOTALL)
    return [html.unescape(one) for one in re.findall(r'<a href="#[\w-]+">(.*?)</a>', found[0])] if found else []


def names(draft):
    return [row.name for row in Evidence.objects.filter(registration=draft)]


def test_letter_is_kept_as_it_arrives_and_shown(client, draft):
    answer = sent(client, draft, **{LETTER: file(pdf(pages=2), "assignment.pdf"), "upload": LETTER})

    row = Evidence.objects.get()
    assert (row.registration, row.kind, row.name, row.media_type, row.pages) == (
        draft, LETTER, "assignment.pdf", "application/pdf", 2,
    )  # fmt: skip
    assert answer.url == f"{page_address(draft)}?saved={LETTER}#paper-{LETTER}"
    page = words(client.get(answer.url))
    assert "assignment.pdf PDF, 2 pages" in page
    assert "Saved. It is kept even if you close this page." in page


def test_page_says_what_is_asked_and_what_may_be_sent(client, draft):
    page = client.get(page_address(draft))

    assert "A letter of your media organization that says it sends you to this meeting. Dated 2016." in words(page)
    assert "PDF, JPEG or PNG, up to 10 MB and 10 pages." in words(page)
    assert "Portrait for the badge (optional)" in words(page)
    assert 'accept=".pdf,image/jpeg,image/png"' in page.content.decode()
    assert "0 kB of 30 MB used by this application" in words(page)
    assert page.content.decode().count("<h1") == 1
    assert page.headers["Cache-Control"] == "private, no-store"


def test_what_a_paper_must_show_stands_in_the_language_of_the_page(client, draft):
    draft.category.evidence_rules.filter(kind=LETTER).update(hint="Signed", translations={"fr": {"hint": "Signée"}})
    open_link(client, draft)

    assert "<bdi>Signée</bdi></p>" in client.get("/fr" + page_address(draft)).content.decode()
    assert "<bdi>Signed</bdi></p>" in client.get("/es" + page_address(draft)).content.decode()


def test_several_samples_and_the_letter_arrive_in_one_post(client, draft):
    samples = [file(picture(colour=colour), f"{colour}.jpg") for colour in ("red", "blue")]

    answer = sent(client, draft, **{LETTER: file(), SAMPLE: samples, "continue": ""})

    assert sorted(names(draft)) == ["blue.jpg", "letter.pdf", "red.jpg"]
    assert answer.url.endswith("/needs/")
    draft.refresh_from_db()
    assert journey.PAPERS in draft.done


def test_links_count_as_samples_and_are_kept_without_being_fetched(client, draft):
    links = "https://example.org/one\r\nexample.org/two\n\n"

    answer = sent(client, draft, **{LETTER: file(), "samples": links, "continue": ""})

    draft.refresh_from_db()
    assert draft.answers["samples"] == ["https://example.org/one", "https://example.org/two"]
    assert answer.status_code == 302
    assert evidence.missing(draft) == []


def test_link_that_is_none_is_refused_in_words_and_the_file_beside_it_kept(client, draft):
    answer = sent(client, draft, **{LETTER: file(), "samples": "javascript:alert(1)", "upload": LETTER})

    assert summary(answer) == [
        "Write each address like https://example.org/article, one a line. This one is not: javascript:alert(1)"
    ]
    assert "javascript:alert(1)</textarea>" in answer.content.decode()
    assert names(draft) == ["letter.pdf"]


def test_more_links_than_samples_are_refused_and_an_upload_erases_none(client, draft):
    sent(client, draft, samples="example.org/1\nexample.org/2")

    too_many = sent(client, draft, samples="\n".join(f"example.org/{n}" for n in range(4)))
    sent(client, draft, **{LETTER: file()})

    draft.refresh_from_db()
    assert summary(too_many) == ["Give 3 links at most: files and links together may be 3."]
    assert draft.answers["samples"] == ["https://example.org/1", "https://example.org/2"]


def test_continue_names_what_lacks_and_leads_to_it(client, draft):
    answer = sent(client, draft, **{SAMPLE: file(picture(), "one.jpg"), "continue": ""})

    assert summary(answer) == [
        "Choose a file for “Letter of assignment”.",
        "Choose 1 more file, or give a link, for “Sample of your work”.",
    ]
    assert f'<a href="#id_{LETTER}">' in answer.content.decode()
    assert f'id="id_{LETTER}"' in answer.content.decode()
    assert "<title>Error:" in answer.content.decode()
    assert names(draft) == ["one.jpg"]


def test_later_keeps_what_was_chosen(client, draft):
    answer = sent(client, draft, **{LETTER: file(), "samples": "example.org/1", "later": ""})

    draft.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, page_address(draft).replace("/papers/", "/saved/"))
    assert (names(draft), draft.answers["samples"]) == (["letter.pdf"], ["https://example.org/1"])


def test_another_letter_takes_the_place_of_the_first(client, draft, private_files, django_capture_on_commit_callbacks):
    sent(client, draft, **{LETTER: file(pdf("first"), "first.pdf")})
    with django_capture_on_commit_callbacks(execute=True):
        sent(client, draft, **{LETTER: file(pdf("second"), "second.pdf")})

    assert names(draft) == ["second.pdf"]
    assert len([path for path in private_files.rglob("*") if path.is_file()]) == 1


def test_paper_is_removed_by_its_button_and_so_is_its_file(
    client, draft, private_files, django_capture_on_commit_callbacks
):
    sent(client, draft, **{LETTER: file()})

    with django_capture_on_commit_callbacks(execute=True):
        answer = sent(client, draft, remove=str(Evidence.objects.get().pk))

    assert answer.status_code == 302
    assert names(draft) == []
    assert [path for path in private_files.rglob("*") if path.is_file()] == []


def test_paper_of_somebody_else_is_not_removed(client, draft):
    other = make_draft((LETTER, {}))
    row = evidence.add(other, LETTER, file())

    answer = sent(client, draft, remove=str(row.pk))

    assert answer.status_code == 302
    assert Evidence.objects.get() == row


def test_same_file_sent_twice_is_one_row(client, draft):
    data = pdf()
    for _attempt in range(2):
        answer = sent(client, draft, **{LETTER: file(data), SAMPLE: [file(data), file(data)]})

    assert answer.status_code == 302
    assert Evidence.objects.filter(kind=LETTER).count() == 1
    assert Evidence.objects.filter(kind=SAMPLE).count() == 1


def test_step_is_done_when_nothing_lacks_and_open_again_when_a_paper_goes(draft):
    step = journey.step(draft, journey.PAPERS)
    before = journey.is_done(draft, step)
    letter = evidence.add(draft, LETTER, file())
    evidence.add(draft, SAMPLE, file(picture(), "1.jpg"))
    evidence.add(draft, SAMPLE, file(picture(colour="red"), "2.jpg"))
    complete = journey.is_done(draft, step)
    evidence.remove(letter)

    assert (before, complete, journey.is_done(type(draft).objects.get(), step)) == (False, True, False)


def test_papers_that_are_only_welcome_are_done_once_the_page_was_left(client):
    draft = make_draft((PORTRAIT, {"least": 0}))
    open_link(client, draft)
    step = journey.step(draft, journey.PAPERS)
    before = journey.is_done(draft, step)

    sent(client, draft, **{"continue": ""})

    draft.refresh_from_db()
    assert (before, journey.is_done(draft, step)) == (False, True)


def test_page_takes_the_same_few_statements_for_one_file_and_for_three(client):
    draft = make_draft((LETTER, {}), (SAMPLE, {"most": 5}))
    open_link(client, draft)
    taken = {}

    for number in range(3):
        evidence.add(draft, SAMPLE, file(picture(size=(10, 10 + number)), f"{number}.jpg"))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(page_address(draft)).content.decode()
        taken[page.count('class="file"')] = len(queries)

    assert list(taken) == [1, 2, 3]
    assert taken[1] == taken[3] <= 7


def test_upload_takes_few_statements(client, draft, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        sent(client, draft, **{LETTER: file()})


def test_page_has_no_inline_style_or_script_and_keeps_to_its_language(client, draft):
    sent(client, draft, **{LETTER: file()})

    page = client.get("/ar" + page_address(draft)).content.decode()

    assert 'dir="rtl"' in page
    assert re.findall(r"<script|\sstyle=", page) == []
    assert f"/ar{page_address(draft)}" in page.replace("http://localhost:8000", "")


def test_files_of_a_form_never_touch_a_temporary_file(client, draft, monkeypatch):
    def refused(*args, **kwargs):
        raise AssertionError("A file was written to a temporary file.")

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refused)
    big = picture("PNG", size=(1800, 1800), colour="white") + bytes(3_000_000)

    assert sent(client, draft, **{LETTER: file(big, "big.png")}).status_code == 302


@pytest.mark.parametrize("kind", [IDENTITY, "portrait", "no_such_kind"])
def test_kind_that_is_not_asked_is_left_alone(client, draft, kind):
    EvidenceRule.objects.filter(kind=PORTRAIT).delete()

    answer = sent(client, draft, **{str(kind): file(picture(), "card.jpg")})

    assert answer.status_code == 302
    assert names(draft) == []


def test_sentences_of_refusals_say_what_to_do():
    for sentence in evidence.NotTaken.sentences.values():
        assert sentence.endswith(".")
        assert re.search(r"\b(invalid|required|please|oops|error|sorry)\b", sentence, re.IGNORECASE) is None
    assert issubclass(evidence.NotTaken, uploads.Refused)
