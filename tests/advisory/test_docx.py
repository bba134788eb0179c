"""The Word file, read back by python-docx and as the XML it is."""

import io
import re
import zipfile

import docx
import pytest
from django.utils import translation
from lxml import etree

from advisory import demo, publishing
from advisory.demo.dialogue import dialogue_of_2016
from advisory.renditions import docx as form
from advisory.renditions import paper
from advisory.renditions.telling import Telling
from advisory.words import EditionKind
from tests.advisory import hostile
from tests.builders import make_full_meeting

pytestmark = pytest.mark.django_db
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def tell(edition, language="en"):
    people = {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}
    return Telling.of(edition, people, language, at=edition.published_at)


def made(edition, language="en"):
    with translation.override(language):
        return form.render(tell(edition, language))


def body(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def make_edition():
    return publishing.publish(make_full_meeting(), by=None)


@pytest.fixture
def edition(once):
    return once(make_edition)


@pytest.fixture
def dialogue(settings, once):
    settings.LANGUAGES = [(code, code) for code in ["ar", "zh", "en"]]
    return once(make_dialogue)


def make_dialogue():
    meeting = demo.publish(dialogue_of_2016(), None, into=["ar", "zh"])
    return meeting.editions.get()


def test_headings_follow_the_order_of_the_paper(edition):
    document = docx.Document(io.BytesIO(made(edition)))

    headings = [line.text for line in document.paragraphs if line.style.name in {"Title", "Heading 1"}]

    told = paper.content(tell(edition))
    assert headings == [
        "Informal interactive dialogue on early warning",
        *["When", "Where", "What", "Who", "Watch", "Accreditation", "Media contacts", "Background", "Programme"],
        *["For the press", "Documents", "Media arrangements", "More information"],
    ]
    assert headings[1:] == [
        *[fact["label"] for fact in told["facts"]],
        *[part["heading"] for part in [*told["columns"], *told["sections"]]],
    ]


def test_people_documents_and_lists_stand_in_styles_of_their_own(edition):
    document = docx.Document(io.BytesIO(made(edition)))

    by_style = {}
    for line in document.paragraphs:
        by_style.setdefault(line.style.name, []).append(line.text)

    assert by_style["Subtitle"] == ["Hearing the first bell"]
    assert by_style["Heading 2"] == ["Press", "Civil society", "Ada Example", "On the subject: Office on Prevention"]
    assert by_style["List Bullet"] == [
        *["President of the General Assembly", "Ms Grace Sample, Special Adviser (moderator, by video link)"],
        *["Member States", "Live webcast: https://tv.example.int/early-warning (floor sound and English, captions)"],
        *["A/70/999 · S/2016/620", "A/63/677", "Programme", "@ExampleAssembly #EarlyWarning"],
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [
        ["Time in New York", "Item"],
        ["10:00", "Opening. President"],
        ["following the item above", "Debate"],
    ]


def test_core_properties_name_title_language_house_and_day(edition, settings):
    core = docx.Document(io.BytesIO(made(edition))).core_properties

    at = edition.published_at.replace(microsecond=0)
    assert (core.title, core.language, core.author) == (edition.texts["en"]["title"], "en", settings.ORGANIZATION_NAME)
    assert (core.created.replace(tzinfo=at.tzinfo), core.revision) == (at, 1)
    assert core.identifier == tell(edition).address


def test_links_lead_where_they_say(edition):
    document = docx.Document(io.BytesIO(made(edition)))

    links = {link.text: link.address for line in document.paragraphs for link in line.hyperlinks}

    assert links["A/70/999"] == "https://docs.un.org/en/A/70/999"
    assert links["press@example.int"] == "mailto:press@example.int"
    assert links["+1 212 555 0142"] == "tel:+12125550142"
    assert links["Programme"] == "https://www.example.int/programme"


def test_arabic_paragraphs_and_words_run_from_the_right(dialogue):
    arabic, english = body(made(dialogue, "ar")), body(made(dialogue))

    paragraphs = arabic.findall(f".//{W}body/{W}p")
    title = next(line for line in paragraphs if line.find(f"{W}pPr/{W}pStyle[@{W}val='Title']") is not None)

    assert all(line.find(f"{W}pPr/{W}bidi") is not None for line in paragraphs)
    assert title.find(f".//{W}rPr/{W}rtl") is not None
    assert title.find(f".//{W}rPr/{W}lang").get(f"{W}bidi") == "ar-SA"
    assert english.findall(f".//{W}bidi") == english.findall(f".//{W}rtl") == []


def test_names_without_translation_have_their_own_language_and_direction(edition):
    runs = body(made(edition, "ar")).findall(f".//{W}r")

    room = next(run for run in runs if "".join(run.itertext()) == "Trusteeship Council Chamber")
    assert room.find(f"{W}rPr/{W}rtl") is None
    assert room.find(f"{W}rPr/{W}lang").get(f"{W}val") == "en-GB"


def test_symbols_and_telephones_keep_their_direction_in_arabic(dialogue):
    runs = body(made(dialogue, "ar")).findall(f".//{W}r")

    turned = {"".join(run.itertext()): run.find(f"{W}rPr/{W}rtl") is not None for run in runs}

    assert turned["A/63/677"] is False
    assert turned["+1 212 555 0142"] is False
    assert turned["رئيس الجمعية العامة"] is True


def test_chinese_has_a_han_face_and_its_language(dialogue):
    data = made(dialogue, "zh")

    title = next(run for run in body(data).findall(f".//{W}r") if "保护责任" in "".join(run.itertext()))
    normal = docx.Document(io.BytesIO(data)).styles["Normal"].element

    assert title.find(f"{W}rPr/{W}lang").get(f"{W}eastAsia") == "zh-CN"
    assert normal.find(f".//{W}rFonts").get(f"{W}eastAsia") == form.HAN


def test_same_edition_gives_the_same_bytes_at_any_hour(edition, monkeypatch):
    first = made(edition)
    later = zipfile.time.time() + 86_400
    monkeypatch.setattr(zipfile.time, "time", lambda: later)

    assert made(edition) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {form.OLDEST}


def test_correction_is_quoted_with_was_struck():
    meeting = make_full_meeting()
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    meeting.theme = "Hearing the second bell"
    meeting.save()
    edition = publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION)

    document = docx.Document(io.BytesIO(made(edition)))
    notice = [line for line in document.paragraphs if line.style.name == "Intense Quote"]

    assert [line.text for line in notice[1:]] == [
        "Edition 2 replaces every earlier one.",
        "Theme: was “Hearing the first bell”, is “Hearing the second bell”",
    ]
    assert [run.text for line in notice for run in line.runs if run.font.strike] == ["Hearing the first bell"]


@pytest.mark.parametrize(
    "text",
    [
        "<w:p/>&amp;]]>",
        "bell \x07 \x1b",
        "\ufffe\uffff",
        "😀 \u202eturned\u202c",
        pytest.param("W" * 10_000, marks=pytest.mark.full),
        "{{ title }} %s",
    ],
)
def test_whatever_is_typed_is_kept_as_it_stands(monkeypatch, text):
    monkeypatch.setattr(hostile, "HOSTILE", text)
    edition = publishing.publish(hostile.make_hostile_meeting(), by=None)

    document = docx.Document(io.BytesIO(made(edition)))

    title = next(line.text for line in document.paragraphs if line.style.name == "Title")
    assert title == re.sub("[\x07\x1b\ufffe\uffff]", "�", edition.texts["en"]["title"])
