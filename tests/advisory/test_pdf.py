"""The PDF: what it says and in which order, its tags, its pages, its code; in six languages, and whatever is typed."""

import io
import json
import re
from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.utils import translation

from advisory import demo, publishing
from advisory.demo.dialogue import dialogue_of_2016
from advisory.models import Edition, LanguageVersion
from advisory.models.languages import digest
from advisory.renditions import paper, pdf
from advisory.renditions.telling import Telling
from advisory.words import EditionKind, LanguageState
from tests.advisory import hostile
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db
OFFICIAL = ["ar", "zh", "en", "fr", "ru", "es"]
SIZES = {"a4": (595, 842), "us-letter": (612, 792)}


def sampled(sample, *axes):
    """Every value, or every pair of two; those outside the sample in ``--full`` alone."""
    values = list(product(*axes)) if len(axes) > 1 else list(axes[0])
    return [value if value in sample else full(value) for value in values]


def full(value):
    values = value if isinstance(value, tuple) else (value,)
    return pytest.param(*values, marks=pytest.mark.full)


@pytest.fixture
def dialogue(settings, once):
    """The demonstration's first meeting, which is told in six languages."""
    settings.LANGUAGES = [(code, code) for code in OFFICIAL]
    return once(make_dialogue)


def make_dialogue():
    demo.publish(dialogue_of_2016(), None, into=["ar", "zh", "fr", "ru", "es"])
    return Edition.objects.get()


def tell(edition, language="en"):
    people = {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}
    return Telling.of(edition, people, language, at=edition.published_at)


def made(edition, language="en", size="a4"):
    with translation.override(language):
        return pdf.set_on_paper(tell(edition, language), size)


def pages(data):
    """Words of each page, in reading order, spaces and breaks as one space."""
    with pypdfium2.PdfDocument(data) as document:
        texts = []
        for page in document:
            text = page.get_textpage()
            texts.append(" ".join(text.get_text_bounded().replace("\u200b", "").split()))
            text.close()
            page.close()
    return texts


def picture(data, number=0, *, dpi=150):
    with pypdfium2.PdfDocument(data) as document:
        page = document[number]
        image = page.render(scale=dpi / 72).to_pil()
        page.close()
    return image


def tags(data):
    """Names of the structure elements, parents before children."""

    def walk(node):
        if isinstance(node, pikepdf.Array):
            for child in node:
                yield from walk(child)
        elif isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node.S)
            if "/K" in node:
                yield from walk(node.K)

    with pikepdf.open(io.BytesIO(data)) as document:
        return list(walk(document.Root.StructTreeRoot.K))


def positions(text, words):
    found = [text.find(word) for word in words]
    assert -1 not in found, [word for word, place in zip(words, found, strict=True) if place < 0]
    return found


def test_facts_stand_on_the_first_page_in_order():
    edition = publishing.publish(make_full_meeting(), by=None)

    first = pages(made(edition))[0]

    order = [
        "Media advisory",
        edition.texts["en"]["title"],
        "Hearing the first bell",
        "When",
        "Tuesday 6 September 2016",
    ]
    order += [
        "10:00–13:00, Morning",
        "New York time (UTC−4)",
        "Where",
        "Trusteeship Council Chamber",
        "What",
        "The Assembly discusses",
        "Who",
    ]
    order += [
        "President of the General Assembly",
        "Grace Sample",
        "Watch",
        "tv.example.int",
        "Accreditation",
        "Press Who must apply",
    ]
    order += ["Closes: Thursday 1 September 2016, 18:00 New York", "Civil society", "Media contacts", "Ada Example"]
    order += ["+1 212 555 0142", "press@example.int", "Background"]
    places = positions(first, order)
    assert places == sorted(places)


@pytest.mark.parametrize(("language", "size"), sampled([("ru", "us-letter"), ("ar", "a4")], OFFICIAL, SIZES))
def test_advisory_of_usual_length_takes_two_pages_at_most(dialogue, language, size):
    """2,000 characters of background, eight speakers, two contacts, two documents."""
    texts = dialogue.texts[language]
    texts["background"] = (texts["background"] * 3)[: 700 if language == "zh" else 2000]
    speakers = dialogue.facts["speakers"]
    dialogue.facts["speakers"] = (speakers * 2)[:8]

    data = made(dialogue, language, size)

    assert len(dialogue.facts["speakers"]) == 8
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) in {1, 2}
        assert tuple(round(side) for side in document.get_page_size(0)) == SIZES[size]


@pytest.mark.parametrize("language", sampled(["ar"], OFFICIAL))
def test_code_leads_to_the_page(dialogue, language):
    data = made(dialogue, language)

    codes = [code.text for number in range(len(pages(data))) for code in zxingcpp.read_barcodes(picture(data, number))]

    assert codes == [tell(dialogue, language).address]


@pytest.mark.parametrize("language", sampled(["zh"], OFFICIAL))
def test_document_is_tagged_and_names_title_language_and_day(dialogue, language):
    data = made(dialogue, language)

    with pikepdf.open(io.BytesIO(data)) as document:
        root = document.Root
        assert str(root.Lang) == ("zh-CN" if language == "zh" else language)
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo["/Title"]) == dialogue.texts[language]["title"]
        assert str(document.docinfo["/CreationDate"])[:16] == f"D:{dialogue.published_at:%Y%m%d%H%M%S}"
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    found = tags(data)
    assert found[0] == "/Document"
    assert [name for name in found if re.fullmatch("/H[1-6]", name)] == ["/H1", *["/H2"] * 9]
    assert {"/L", "/LI", "/LBody", "/Link", "/Figure", "/P"} <= set(found)


def test_programme_is_a_table_with_headers():
    edition = publishing.publish(make_full_meeting(), by=None)

    found = tags(made(edition))

    assert found.count("/Table") == 2
    assert found.count("/TH") == 4
    assert found.count("/TR") == 6  # a header and two items; a header, a day and an item


def test_code_says_in_words_what_it_is(dialogue):
    data = made(dialogue)

    with pikepdf.open(io.BytesIO(data)) as document:
        told = [
            str(thing.Alt) for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]

    assert told == ["QR code of the address of this advisory"]


def test_links_can_be_followed(dialogue):
    with pikepdf.open(io.BytesIO(made(dialogue))) as document:
        links = [str(note.A.URI) for page in document.pages for note in page.get("/Annots", []) if "/URI" in note.A]

    assert list(dict.fromkeys(links)) == [
        "https://docs.un.org/en/A/70/999",
        "https://docs.un.org/en/S/2016/620",
        "https://webcast.example.int/r2p-dialogue",
        "mailto:accreditation@example.int",
        "tel:+12125550142",
        "mailto:reyes.almeida@example.int",
        "tel:+12125550188",
        "https://docs.un.org/en/A/63/677",
        tell(dialogue).address,
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        # without lam-alef, a ligature that the reader used here tells in the order it is drawn
        ("ar", ["حوار تفاعلي غير رسمي بشأن", "المسؤولية عن الحماية", "قاعة مجلس الوصاية", "رئيس الجمعية العامة"]),
        ("zh", ["保护责任问题非正式互动对话", "托管理事会会议厅", "大会主席"]),
        ("ru", ["Генеральная Ассамблея"]),
    ],
)
def test_words_of_other_scripts_are_read_back_in_order(dialogue, language, words):
    text = pages(made(dialogue, language))[0]

    places = [text.find(word) for word in words]

    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize("language", sampled(["ar"], OFFICIAL))
def test_every_letter_has_a_face(dialogue, language):
    drawn = pdf.drawable(paper.content(tell(dialogue, language)))

    assert pdf.REPLACEMENT not in str(drawn)


def test_names_without_translation_stand_in_the_original_and_prose_gives_way_to_one_line():
    meeting = make_full_meeting()
    LanguageVersion.objects.create(meeting=meeting, language="ar", state=LanguageState.REVIEWED)
    translations = {"title": "حوار", "room": "قاعة مجلس الوصاية"}
    for path, words in translations.items():
        source = digest(getattr(meeting, path))
        meeting.translations.create(language="ar", path=path, text=words, source_digest=source)
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    meeting.room = "Lakeside Hall"
    meeting.save()
    edition = publishing.publish(meeting, by=None)

    data = made(edition, "ar")

    with translation.override("ar"):
        told = paper.content(tell(edition, "ar"))
    (room,) = told["facts"][1]["lines"][0]["runs"]
    assert (room["spoken"], room["direction"], room["runs"][0]["text"]) == ("en", "ltr", "Lakeside Hall")
    words = " ".join(pages(data))
    assert "Lakeside" in words  # the reader used here turns the order of the words
    assert [prose for prose in ["States asked for this report", "Camera crews gather"] if prose in words] == []
    links = [piece["link"] for piece in told["full_text"]["runs"] if piece["link"]]
    assert links == [f"http://localhost:8000/meetings/2016/{edition.slug}/"]


def test_signs_that_keep_words_apart_are_never_drawn(dialogue):
    data = made(dialogue, "ar")

    with pikepdf.open(io.BytesIO(data)) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"  # which a character without a face forfeits
    assert (
        re.findall("[\u2066-\u2069\ue000-\ue002]", json.dumps(paper.content(tell(dialogue, "ar")), ensure_ascii=False))
        == []
    )


def test_arabic_sheet_runs_from_the_right(dialogue):
    arabic, english = picture(made(dialogue, "ar")), picture(made(dialogue))

    def first_ink(image):
        line = image.convert("L").crop((0, 0, image.width, 95))  # the masthead's one word, above its rule
        return line.point(lambda shade: 255 if shade < 128 else 0).getbbox()

    assert first_ink(english)[0] < english.width * 0.1
    assert first_ink(arabic)[2] > arabic.width * 0.9


def test_same_edition_gives_the_same_bytes(dialogue):
    first = made(dialogue)
    pdf._compiler.cache_clear()

    assert made(dialogue) == first


def test_eight_readers_at_once_get_the_same_sheet(dialogue):
    telling = tell(dialogue)

    with ThreadPoolExecutor(8) as pool:
        sheets = list(pool.map(lambda _: pdf.render(telling), range(8)))

    assert set(sheets) == {made(dialogue)}


def test_no_face_but_ours_is_used(dialogue):
    with pikepdf.open(io.BytesIO(made(dialogue, "zh"))) as document:
        faces = {
            str(thing.FontName).partition("+")[2]
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing
        }

    assert faces <= {path.stem for path in pdf.FONTS.iterdir()}


def test_correction_is_told_above_the_facts_and_at_the_foot():
    meeting = make_full_meeting()
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    meeting.room = "Conference Room 4"
    meeting.save()
    edition = publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION, words="The room is another.")

    first = pages(made(edition))[0]

    was, rest = "Trusteeship Council Chamber", "Headquarters, 1 Example Plaza, New York, United States of America"
    order = ["Edition 2 · Corr.1", "Correction, ", "The room is another.",
             f"Where: was “{was}, {rest}”, is “Conference Room 4, {rest}”", "When",
             "Rostrum. Edition 2 · Corr.1, issued ", "Page 1 of 2"]  # fmt: skip
    places = []
    for words in order:
        places.append(first.find(words, places[-1] + 1 if places else 0))
    assert -1 not in places


@pytest.mark.parametrize(
    "text",
    [
        '#import "@preview/cetz:0.3.0": * #panic("set")',
        "$ sum $ @label <label> *bold* _em_ `raw` = Heading",
        "[[[ ]] {{ }} (( \\ /* // \\u{41}",
        "]#panic()[",
        "<b>&amp;</b> \" ' %",
        "bell \x07 and \x1b escape",
        "W" * 2_000,
        "https://example.int/" + "a/b-c" * 2_000,
        "flag 🇺🇳 face 😀 family 👨\u200d👩\u200d👧",
        "\u202eoverride\u202c and \u2067isolate",
        "e\u0301\u0301\u0301 \u0651\u0651 x\u0651 责\u0301",
        "ᠮᠣᠩᠭᠣᠯ देवनागरी ไทย 한국어",
        "\ufffe\uffff\ufdd0",
        pytest.param("W" * 10_000, marks=pytest.mark.full),
    ],
    ids=range(14),
)
def test_whatever_is_typed_is_set_as_it_stands(monkeypatch, text):
    monkeypatch.setattr(hostile, "HOSTILE", text)
    edition = publishing.publish(hostile.make_hostile_meeting(), by=None)

    data = made(edition)

    shown = "".join(pdf.drawable(" ".join(edition.texts["en"]["title"].split())).replace("\u200b", "").split())
    if "\u0301" not in text and "\u2067" not in text:  # marks drawn as one, and order turned, are not read back alike
        assert shown[:100] in "".join("".join(pages(data)).split())
    assert pypdfium2.PdfDocument(data).get_page_size(0) == pytest.approx(SIZES["a4"], abs=1)


def test_title_of_nothing_to_be_seen_still_gives_a_sheet():
    edition = publishing.publish(make_meeting("\u202a\u202c"), by=None)

    assert "Tuesday 6 September 2016" in pages(made(edition))[0]


@pytest.mark.parametrize(
    "text", ["> " * 100 + "deep", "".join("  " * depth + "- x\n" for depth in range(100)), "> - " * 50]
)
def test_nesting_without_end_is_set_flat(text):
    edition = publishing.publish(make_full_meeting(background=text), by=None)

    assert pages(made(edition))[0].startswith("Rostrum Media advisory")


def test_endless_word_stays_on_the_sheet(monkeypatch):
    monkeypatch.setattr(hostile, "HOSTILE", "W" * 2_000)
    data = made(publishing.publish(hostile.make_hostile_meeting(), by=None))

    image = picture(data, dpi=40).convert("L")
    margin = round(image.width * 0.06)

    assert image.crop((image.width - margin, 0, image.width, image.height)).getextrema()[0] > 250


def test_character_that_no_face_has_is_seen_to_be_missing():
    assert pdf.drawable("a😀b 👨\u200d👩\u200d👧") == "a�b �"


def test_long_address_and_long_sentence_are_not_cut():
    address, sentence = "https://example.int/meetings/2016/a-rather-long-name-of-a-meeting/", "保护责任" * 30

    assert pdf.drawable([address, sentence]) == [address, sentence]


def test_without_a_place_to_break_an_endless_word_leaves_the_sheet(monkeypatch):
    monkeypatch.setattr(hostile, "HOSTILE", "W" * 2_000)
    monkeypatch.setattr(pdf, "LONG_WORD", re.compile(r"\A(?!)"))
    data = made(publishing.publish(hostile.make_hostile_meeting(), by=None))

    image = picture(data, dpi=40).convert("L")
    margin = round(image.width * 0.06)

    assert image.crop((image.width - margin, 0, image.width, image.height)).getextrema()[0] < 128
