"""Layouts of badges: what is refused, whose counts, and the page on which an officer makes one."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from lxml import html

from accreditation import badge_layouts, badge_sheets
from accreditation.models import BadgeLayout
from advisory.cloning import clone
from office.permissions import Role
from tests.builders import make_category, make_meeting, make_officer
from tests.door.badge_pages import codes, make_printable, opened, pages, sheets, words

pytestmark = pytest.mark.django_db
PAGE = "/desk/badges/layout/"


def design(**front):
    """The front of an A6, with other measures for some parts; None leaves a part out."""
    parts = badge_layouts.A6.design["front"] | {
        part: badge_layouts.A6.design["front"].get(part, {}) | where if where is not None else None
        for part, where in front.items()
    }
    return {"front": {part: where for part, where in parts.items() if where is not None}}


def faults(found):
    with pytest.raises(ValidationError) as refused:
        badge_layouts.check(found, "a6")
    return refused.value.messages


@pytest.mark.parametrize("preset", badge_layouts.PRESETS)
def test_every_preset_may_be_printed(preset):
    badge_layouts.check(badge_layouts.PRESETS[preset].design, preset)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([], "A design has a front and perhaps a back."),
        ({"back": {}}, "A design has a front and perhaps a back."),
        ({"front": {}, "side": {}}, "A design has a front and perhaps a back."),
        ({"front": [], "back": {}}, "A design has a front and perhaps a back."),
        (design(qr=None), "Code must stand on the front."),
        (design(band=None), "Category must stand on the front."),
        (design(shoe={"x": 1}), "“shoe” is no part of a badge."),
        (design(name={"x": "7"}), "Front, Name: write its four measures in millimetres."),
        (design(name={"x": True}), "Front, Name: write its four measures in millimetres."),
        (design(name={"x": float("nan")}), "Front, Name: write its four measures in millimetres."),
        (design(photo={"size": 9}), "Front, Photo: write its four measures in millimetres."),
        (design(qr={"width": 21.9}), "Front, Code: at least 22 mm wide and high."),
        (design(name={"x": 20}), "Front, Name: it reaches beyond the card."),
        (design(name={"x": -1}), "Front, Name: it reaches beyond the card."),
        (design(name={"size": 4}), "Front, Name: letters have 5 to 60 points."),
        (design(number={"y": 70}), "Front, Number: it covers the code."),
        (design(name={"y": 60, "x": 60, "width": 30}, number=None), "Front, Name: it covers the code."),
        (design(photo={"y": 40}), "Front: “Photo” and “Name” stand on each other."),
        (design(organization={"height": 20}), "Front: “Organization and country” and “Category” stand on each other."),
        (design(name={"y": 104}, latin=None, organization=None), "Front: “Category” and “Name” stand on each other."),
    ],
)
def test_design_is_refused_with_the_sentence_of_its_fault(found, told):
    assert faults(found) == [told]


def test_measures_are_of_the_card():
    assert faults({"front": badge_layouts.A6.design["front"] | {"band": badge_layouts.place(0, 124, 105, 24.1)}}) == [
        "Front, Category: it reaches beyond the card."
    ]


@pytest.mark.parametrize("preset", badge_layouts.PRESETS)
def test_part_that_ends_at_the_edge_to_the_tenth_is_not_beyond_it(preset):
    card, refused = badge_layouts.PRESETS[preset], []
    for x in range(int(card.width * 10) - 29):
        where = badge_layouts.place(x / 10, 0, round(card.width - x / 10, 1), 3, 9)
        parts = {"event": where} | {part: card.design["front"][part] for part in badge_layouts.NEEDED}
        try:
            badge_layouts.check({"front": parts}, preset)
        except ValidationError as error:
            refused.append((x / 10, error.messages))

    assert refused == []


@pytest.mark.parametrize("preset", badge_layouts.PRESETS)
@pytest.mark.parametrize("size", [badge_layouts.LEAST_SIZE, badge_layouts.MOST_SIZE])
def test_parts_as_small_as_they_may_be_are_printed(preset, size):
    usual = badge_layouts.PRESETS[preset].design
    least = {
        side: {
            part: where | {edge: badge_layouts.LEAST_OF.get(part, badge_layouts.LEAST) for edge in ("width", "height")}
            | ({"size": size} if "size" in where else {})
            for part, where in parts.items()
        }
        for side, parts in usual.items()
    }  # fmt: skip
    badge_layouts.check(least, preset)

    assert badge_sheets.preview(BadgeLayout(preset=preset, design=least), language="ar")[:4] == b"\x89PNG"


def test_meeting_prints_as_its_own_row_says_else_as_the_house_else_as_the_first_preset():
    meeting = make_meeting()
    found = [badge_sheets.layout_of(meeting).preset]
    BadgeLayout.objects.create(preset="cr80")
    found.append(badge_sheets.layout_of(meeting).preset)
    BadgeLayout.objects.create(meeting=meeting, preset="4x3")
    found.append(badge_sheets.layout_of(meeting).preset)

    assert found == ["a6", "cr80", "4x3"]


def test_house_has_one_layout():
    BadgeLayout.objects.create()

    with pytest.raises(IntegrityError), transaction.atomic():
        BadgeLayout.objects.create()


def test_layout_goes_along_when_a_meeting_is_cloned():
    meeting = make_meeting()
    BadgeLayout.objects.create(preset="roll62")
    BadgeLayout.objects.create(meeting=meeting, preset="cr80", note="Call the desk.")

    copy = clone(meeting, year=2017)

    assert (copy.badge_layout.preset, copy.badge_layout.note) == ("cr80", "Call the desk.")
    assert BadgeLayout.objects.count() == 3


def test_without_a_back_only_fronts_are_printed():
    assert list(BadgeLayout(has_back=False).sides) == ["front"]
    assert list(BadgeLayout().sides) == ["front", "back"]


@pytest.mark.parametrize("paper", badge_layouts.PAPERS)
def test_test_sheet_has_a_page_for_each_side_with_codes_that_open_nothing(paper):
    found = pages(badge_sheets.test_sheet(BadgeLayout(preset="4x3", paper=paper), language="en"))
    sheet = badge_layouts.sheet("4x3", paper)

    assert len(found) == 2
    assert set(codes(found[0], 200)) == {"B1." + "SAMPLE" * 26 + "A"}
    assert len(codes(found[0], 200)) == sheet["columns"] * sheet["rows"]
    assert {"10", "20", "30"} <= set(" ".join(words(found[0])).split())


@pytest.fixture
def desk(client):
    """A browser at the badge desk of one meeting."""
    client.meeting = make_meeting()
    client.force_login(make_officer(roles=[Role.BADGE_DESK], meeting=client.meeting))
    client.layout = f"{PAGE}?meeting={client.meeting.code}"
    return client


def sent(page, **changes):
    form = html.fromstring(page.content).xpath("//form[@class='layout']")[0]
    return {name: value for name, value in (dict(form.form_values()) | changes).items() if value is not None}


def seen(page):
    return html.fromstring(page.content).xpath("//div[@class='layout-seen']/img/@src")


def test_page_shows_the_preset_and_a_picture_of_it(desk):
    page = desk.get(desk.layout)
    picture = desk.get(seen(page)[0])

    assert page.status_code == 200
    assert sent(page)["front_name_y"] == "80"
    assert len(seen(page)[0]) < 4000  # servers take a line of 4,094
    assert picture.content[:4] == b"\x89PNG"
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/png")
    assert opened(picture.content).size == (944, 658)


def test_saved_measures_are_kept_and_printed(desk):
    page = desk.get(desk.layout)

    answer = desk.post(desk.layout, sent(page, act="save", front_name_y="78.24", back_note=None, note="Call us."))

    layout = BadgeLayout.objects.get(meeting=desk.meeting)
    assert (answer.status_code, answer.url) == (302, desk.layout)
    assert layout.design["front"]["name"] == {"x": 7, "y": 78.2, "width": 91, "height": 21, "size": 32}
    assert "note" not in layout.sides["back"]
    assert layout.note == "Call us."
    layout.full_clean()


def test_words_of_the_house_are_printed_in_the_language_of_the_job_or_as_they_were_first_written(desk):
    page = desk.get(desk.layout)

    desk.post(desk.layout, sent(page, act="save", note="Call us.", note_fr="Appelez-nous.", note_zh=" "))

    layout = BadgeLayout.objects.get(meeting=desk.meeting)
    badge = make_printable(category=make_category(desk.meeting), portrait=False)
    said = {code: words(pages(sheets([badge], layout, language=code)[0])[1]) for code in ("fr", "zh", "en")}
    assert layout.translations == {"fr": "Appelez-nous."}
    assert [line for code in said for line in said[code] if line in {"Call us.", "Appelez-nous."}] == [
        "Appelez-nous.", "Call us.", "Call us.",
    ]  # fmt: skip
    assert sent(desk.get(desk.layout))["note_fr"].strip() == "Appelez-nous."


def test_saved_preset_without_changes_keeps_no_measures_of_its_own(desk):
    page = desk.get(desk.layout)

    desk.post(desk.layout, sent(page, act="save"))

    assert BadgeLayout.objects.get(meeting=desk.meeting).design == {}


def test_preview_button_shows_what_is_typed_and_saves_nothing(desk):
    before = desk.get(desk.layout)
    typed = desk.post(desk.layout, sent(before, act="preview", front_name_x="14", front_name_width="84"))

    pictures = [desk.get(seen(page)[0]).content for page in (before, typed)]

    assert typed.status_code == 200
    assert "front_name_x=14" in seen(typed)[0]
    assert [opened(picture).size for picture in pictures] == [(944, 658)] * 2
    assert pictures[0] != pictures[1]
    assert BadgeLayout.objects.count() == 0


def test_measures_off_the_card_are_refused_with_everything_kept(desk):
    page = desk.get(desk.layout)

    answer = desk.post(desk.layout, sent(page, act="save", front_name_x="99", note="Kept."))

    assert answer.status_code == 422
    assert "Front, Name: it reaches beyond the card." in answer.content.decode()
    assert (sent(answer)["front_name_x"], sent(answer)["note"].strip()) == ("99", "Kept.")
    assert seen(answer) == []
    assert BadgeLayout.objects.count() == 0


@pytest.mark.parametrize("typed", ["", "wide", "nan", "inf", "1e999"])
def test_what_is_no_measure_is_refused(desk, typed):
    page = desk.get(desk.layout)

    assert desk.post(desk.layout, sent(page, act="save", front_name_x=typed)).status_code == 422
    assert desk.get(seen(page)[0].replace("front_name_x=7&", f"front_name_x={typed}&")).status_code == 422


def test_another_card_puts_every_part_where_it_has_it(desk):
    page = desk.get(desk.layout)

    answer = desk.post(desk.layout, sent(page, act="reset", preset="cr80"))

    assert sent(answer)["front_name_y"] == "44"
    assert BadgeLayout.objects.count() == 0


def test_meeting_begins_with_the_layout_of_the_house_and_leaves_it_alone(desk):
    house = BadgeLayout.objects.create(preset="cr80")
    page = desk.get(desk.layout)

    desk.post(desk.layout, sent(page, act="save", paper="a4"))

    house.refresh_from_db()
    assert (house.preset, house.paper, house.meeting) == ("cr80", "alone", None)
    assert BadgeLayout.objects.get(meeting=desk.meeting).paper == "a4"


def test_layout_of_the_house_is_for_who_works_for_every_meeting(client, desk):
    assert desk.get(PAGE).status_code == 404
    client.force_login(make_officer("house", roles=[Role.BADGE_DESK]))
    page = client.get(PAGE)

    answer = client.post(PAGE, sent(page, act="save", preset="a6", paper="letter"))

    assert (answer.status_code, answer.url) == (302, PAGE)
    assert BadgeLayout.objects.get().meeting is None


def test_layout_of_another_meeting_is_not_there(desk):
    other = make_meeting("Another")

    for address in (PAGE, f"{PAGE}preview/", f"{PAGE}test/"):
        assert desk.get(f"{address}?meeting={other.code}").status_code == 404


def test_test_sheet_is_fetched_as_pdf(desk):
    answer = desk.get(f"{PAGE}test/?meeting={desk.meeting.code}")

    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_printing_that_fails_is_told(desk, monkeypatch, tmp_path):
    (tmp_path / "__main__.py").write_text("raise SystemExit(3)")
    monkeypatch.setattr(badge_sheets, "PROGRAM", tmp_path)

    answer = desk.get(f"{PAGE}test/?meeting={desk.meeting.code}")

    assert (answer.status_code, answer.content.decode()) == (
        503, "This cannot be printed at the moment. Try again in a minute.",
    )  # fmt: skip
