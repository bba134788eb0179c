"""Printed badges: the code is read from paper, names stand as they were written, nothing leaves the card."""

import io

import pytest
from PIL import Image

from accreditation import badge_code, badge_layouts, badge_sheets, protection
from accreditation.models import BadgeLayout, Zone
from accreditation.states import EvidenceKind
from advisory.publishing import publish
from office import keys
from tests.accreditation.sent_files import empty_png
from tests.accreditation.sent_files import picture as photo
from tests.builders import make_badge, make_category, make_full_meeting, make_organization, make_readers
from tests.door.badge_pages import (
    PEOPLE,
    add_portrait,
    boxes,
    codes,
    make_person,
    make_printable,
    pages,
    picture,
    sheets,
    words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
EVERYDAY = {("a6", "arabic"), ("cr80", "thai"), ("4x3", "chinese"), ("roll62", "latin")}
ALL = [
    pytest.param(preset, script, marks=[] if (preset, script) in EVERYDAY else pytest.mark.full)
    for preset in badge_layouts.PRESETS
    for script in PEOPLE
]
IMAGE = 3  # as PDFium calls it
EDGE = 0.15  # millimetres: what a reader's box is larger than the ink


def code_of(badge):
    return badge_code.code_of(badge, key=keys.current(keys.BADGE, badge.meeting))


def printed(badges, *, language="en", **layout):
    document, warnings = sheets(badges, BadgeLayout(**layout), language=language)
    return pages(document), [(warning.reason, warning.badge) for warning in warnings]


@pytest.mark.parametrize(("preset", "script"), ALL)
def test_code_is_read_from_paper_and_the_name_as_it_was_written(preset, script):
    badge = make_printable(script)

    (front, back), warnings = printed([badge], preset=preset)

    assert codes(front) == [code_of(badge)]
    said = words(front)
    assert [line for line in PEOPLE[script][3] if line not in said] == []
    assert said.index(PEOPLE[script][3][0]) < said.index(PEOPLE[script][3][-1])
    assert "P Press" in " ".join(said)
    assert str(badge) in words(back)
    assert warnings == ([("latin", badge)] if script in {"chinese", "cyrillic"} else [])


@pytest.mark.parametrize("paper", [badge_layouts.A4, badge_layouts.LETTER])
@pytest.mark.parametrize("preset", badge_layouts.PRESETS)
def test_sheet_holds_each_code_in_its_order_and_no_more_than_fit(preset, paper):
    sheet = badge_layouts.sheet(preset, paper)
    slots = sheet["columns"] * sheet["rows"]
    category = make_category(make_full_meeting())
    badges = [make_printable(category=category, portrait=False) for _ in range(slots + 1)]

    found, _warnings = printed(badges, preset=preset, paper=paper)

    assert slots >= 2
    assert len(found) == 4
    assert codes(found[0]) == [code_of(badge) for badge in badges[:slots]]
    assert codes(found[2]) == [code_of(badges[-1])]
    size = found[0].get_size()
    assert [round(edge / 72 * 25.4, 1) for edge in size] == [sheet["width"], sheet["height"]]


def test_backs_stand_behind_their_fronts_when_the_sheet_is_turned():
    category = make_category(make_full_meeting())
    badges = [make_printable(category=category, portrait=False) for _ in range(2)]
    sheet = badge_layouts.sheet("cr80", badge_layouts.A4)

    found, _warnings = printed(badges, preset="cr80", paper=badge_layouts.A4)

    front, back = [{line: page.get_textpage().search(line).get_next() for line in map(str, badges)} for page in found]
    lefts = [[page.get_textpage().get_charbox(at[str(badge)][0])[0] for badge in badges]
             for page, at in zip(found, (front, back), strict=True)]  # fmt: skip
    assert sheet["columns"] == 3
    assert lefts[0][0] < lefts[0][1]
    assert lefts[1][0] > lefts[1][1]


LONG = {
    "words": ("Maria Fernanda Guadalupe", "de los Ángeles Hernández-Villanueva y Castellanos"),
    "one word": ("Llanfairpwllgwyngyllgogerychwyrndrobwll", "Taumatawhakatangihangakoauauotamateapokai"),
    "arabic": ("عبد الرحمن محمد عبد العزيز بن إبراهيم", "آل الشيخ المنصوري الهاشمي القرشي"),
    "thai": ("กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยา", "มหาดิลกภพนพรัตนราชธานีบูรีรมย์"),
}


@pytest.mark.parametrize("preset", badge_layouts.PRESETS)
@pytest.mark.parametrize("kind", LONG)
def test_longest_names_stay_inside_the_card_and_are_whole(preset, kind):
    given, family = LONG[kind]
    organization = make_organization("Organization for the " + "Advancement of Everything " * 3, country="GBR")
    person = make_person(given_names=given, family_name=family, organization=organization)
    card = badge_layouts.PRESETS[preset]

    found, warnings = printed([make_badge(person)], preset=preset)

    for page in found:
        for left, top, right, bottom in boxes(page):
            assert -EDGE <= left <= right <= card.width + EDGE
            assert -EDGE <= top <= bottom <= card.height + EDGE
    if kind in {"words", "one word"}:
        said = "".join(words(found[0])).replace(" ", "")
        assert given.replace(" ", "") in said
        assert family.replace(" ", "") in said
    assert [reason for reason, _badge in warnings] == ([] if kind in {"words", "one word"} else ["latin"])


def test_names_shrink_to_nine_points_and_then_wrap():
    sizes = {}
    for letters in [8, 16, 24, 30, 36]:
        person = make_person(given_names="", family_name="Mo " * (letters // 3), portrait=False)
        (front, _back), _warnings = printed([make_badge(person)], preset="cr80")
        text = front.get_textpage()
        start, _count = text.search("Mo").get_next()
        tops = {round(text.get_charbox(place)[1]) for place in range(start, start + letters - 1)
                if text.get_text_range(place, 1) == "M"}  # fmt: skip
        height = text.get_charbox(start)[3] - text.get_charbox(start)[1]
        sizes[letters] = round(height / 0.714, 1), len(tops)  # Noto's capitals have 0.714 of the size

    assert [lines for _size, lines in sizes.values()] == [1, 1, 1, 2, 2]
    assert sizes[8][0] > sizes[16][0] > sizes[24][0] > 9
    assert [sizes[30][0], sizes[36][0]] == pytest.approx([9, 9], abs=0.15)


def test_name_too_long_for_its_place_is_shortened_and_told():
    person = make_person(given_names="", family_name="", badge_name="Immeasurable " * 15)
    badge = make_badge(person)
    design = {"front": {name: dict(where) for name, where in badge_layouts.CR80.design["front"].items()}}
    design["front"]["name"] |= {"width": 20, "height": 5}

    (front,), warnings = printed([badge], preset="cr80", design=design)

    assert warnings == [("cut", badge)]
    assert [line for line in words(front) if line.endswith("…")] != []


def test_letters_without_a_typeface_give_way_to_the_latin_line_and_are_told():
    badge = make_printable(given_names="Abebe", family_name="Bikila", badge_name="አበበ ቢቂላ")

    (front, _back), warnings = printed([badge])

    assert warnings == [("name", badge)]
    assert words(front).count("Abebe Bikila") == 1
    assert "አ" not in "".join(words(front))


def test_missing_photo_is_told_and_its_place_stays_empty():
    badge = make_printable(portrait=False)

    _pages, warnings = printed([badge])

    assert warnings == [("photo", badge)]


def noise():
    """A PNG of several parts."""
    out = io.BytesIO()
    Image.effect_noise((400, 400), 50).save(out, "PNG")
    return out.getvalue()


BROKEN = {
    "no picture": b"not a picture",
    "nothing": b"",
    "half a picture": photo(size=(300, 400))[:900],
    "a PNG of broken parts": noise().replace(b"IDAT", b"\xff\xffAT").replace(b"\xff\xffAT", b"IDAT", 1),
    "a heap of pixels": empty_png(9000, 9000),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_photo_that_cannot_be_read_is_told_and_the_others_are_printed(kind):
    category = make_category(make_full_meeting())
    broken, sound = (make_person(category=category, portrait=False) for _ in range(2))
    add_portrait(broken, BROKEN[kind])
    add_portrait(sound)
    badges = [make_badge(broken), make_badge(sound)]

    found, warnings = printed(badges)

    assert warnings == [("photo", badges[0])]
    assert codes(found[2]) == [code_of(badges[1])]


def test_head_is_not_cut_off_a_tall_photo():
    person = make_person(portrait=False)
    tall = Image.new("RGB", (300, 900), "white")
    tall.paste("teal", (0, 130, 300, 430))  # where a head is when somebody stands
    out = io.BytesIO()
    tall.save(out, "JPEG", quality=95)
    add_portrait(person, out.getvalue())
    place = badge_layouts.A6.design["front"]["photo"]

    (front, _back), _warnings = printed([make_badge(person)])

    shown, scale = picture(front, 150), 150 / 25.4
    column = round((place["x"] + place["width"] / 2) * scale)
    top, bottom = (round(edge * scale) for edge in (place["y"], place["y"] + place["height"]))
    teal = [y for y in range(top, bottom) if shown.getpixel((column, y))[0] < 128]
    assert len(teal) / scale == pytest.approx(300 / 300 * place["width"], abs=0.5)  # all of it


def test_photo_is_cropped_to_the_shape_of_its_place():
    person = make_person(portrait=False)
    add_portrait(person, photo(size=(900, 300), colour="teal"))
    place = badge_layouts.A6.design["front"]["photo"]

    (front, _back), _warnings = printed([make_badge(person)])

    shown, scale = picture(front, 150), 150 / 25.4
    for x, y in [(1, 1), (place["width"] - 1, 1), (1, place["height"] - 1)]:
        pixel = shown.getpixel((round((place["x"] + x) * scale), round((place["y"] + y) * scale)))
        assert [abs(one - other) < 12 for one, other in zip(pixel, (0, 128, 128), strict=True)] == [True] * 3


def test_badge_says_organization_country_zones_and_days_in_the_terms_of_the_house():
    meeting = make_full_meeting()
    publish(meeting, by=None)
    category = make_category(meeting, zones=["Gallery"], translations={"fr": {"name": "Presse"}})
    Zone.objects.create(meeting=meeting, number=3, name="Gallery")
    Zone.objects.create(meeting=meeting, number=4, name="Chamber")
    person = make_person(
        category=category, organization=make_organization("La Lanterne", country="CIV"), granted={"escort": True}
    )

    (front, back), _warnings = printed([make_badge(person)], language="fr")

    said, behind = words(front), words(back)
    assert {"La Lanterne", "Côte d’Ivoire", "6 septembre 2016 · New York"} <= set(said)
    assert "P Presse" in " ".join(said)
    assert "3 Gallery" in " ".join(behind)
    assert "Chamber" not in " ".join(behind)


@pytest.mark.parametrize("shows", [protection.ALIAS, protection.NAME])
def test_badge_of_a_protected_person_shows_the_name_they_chose_and_nothing_more(shows):
    category = make_category(make_full_meeting())
    organization = make_organization("Canary Chronicle", country="KEN")
    person = make_person(
        category=category, given_names="Zebedee", family_name="Canaryson", organization=organization,
        organization_name="Canary Typed", asks_protection=True,
    )  # fmt: skip
    readers = make_readers()
    person = protection.grant(person, readers=readers, by=readers[0])
    protection.show_on_badge(person, shows)
    badge = make_badge(person)
    badge.refresh_from_db()

    document, warnings = sheets([badge], BadgeLayout(), language="en")

    front, back = pages(document)
    said = " ".join(words(front) + words(back))
    told = {"Zebedee": "Zebedee" in said, "Canaryson": "Canaryson" in said, "alias": person.alias in said}
    by_choice = {"alias": (False, False, True), "name": (True, True, False)}
    assert tuple(told.values()) == by_choice[shows]
    assert "Canary " not in said
    assert "Kenya" not in said
    assert list(front.get_objects(filter=[IMAGE])) == []
    assert warnings == []


def test_who_asked_for_protection_shows_the_alias_already():
    badge = make_printable(asks_protection=True)

    (front, _back), _warnings = printed([badge])

    assert badge.registration.alias in words(front)
    assert "Okafor" not in " ".join(words(front))


def test_printing_asks_the_database_as_often_for_three_as_for_one(django_assert_num_queries):
    category = make_category(make_full_meeting())
    badges = [make_printable(category=category, portrait=False) for _ in range(3)]
    keys.current(keys.BADGE, category.meeting)
    asked = {}
    for number in (1, 3):
        fresh = list(type(badges[0]).objects.filter(pk__in=[badge.pk for badge in badges[:number]]))
        with django_assert_num_queries(QUERIES) as seen:
            sheets(fresh, BadgeLayout(), language="en")
        asked[number] = len(seen)

    assert asked == {1: QUERIES, 3: QUERIES}


QUERIES = 8


def test_chunks_join_to_one_document_in_order(monkeypatch):
    monkeypatch.setattr(badge_sheets, "CHUNK", 2)
    category = make_category(make_full_meeting())
    badges = [make_printable(category=category, portrait=False) for _ in range(5)]

    found, _warnings = printed(iter(badges), has_back=False)

    assert [codes(page) for page in found] == [[code_of(badge)] for badge in badges]


def test_photo_leaves_its_seal_for_a_temporary_folder_alone_which_is_gone_afterwards(
    private_files, tmp_path, monkeypatch
):
    person = make_person(portrait=False)
    secret = photo(size=(300, 400), comment=b"CANARY-IN-A-PORTRAIT")
    add_portrait(person, secret)
    monkeypatch.setattr(badge_sheets, "IN_MEMORY", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    document, _warnings = sheets([make_badge(person)], BadgeLayout(), language="en")

    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path for path in written if private_files not in path.parents] == []
    assert [path for path in written if b"CANARY" in path.read_bytes() or b"\xff\xd8\xff" in path.read_bytes()] == []
    assert b"CANARY-IN-A-PORTRAIT" not in document


def test_process_that_prints_gets_no_secret(monkeypatch):
    seen = {}
    run = badge_sheets.subprocess.run
    monkeypatch.setattr(badge_sheets.subprocess, "run", lambda *args, **how: seen.update(how) or run(*args, **how))

    printed([make_printable(portrait=False)])

    assert seen["env"] == {}


def test_fault_of_printing_is_told_without_a_name(monkeypatch, tmp_path):
    (tmp_path / "__main__.py").write_text("raise SystemExit(3)")
    monkeypatch.setattr(badge_sheets, "PROGRAM", tmp_path)

    with pytest.raises(badge_sheets.CannotPrint) as raised:
        printed([make_printable(portrait=False)])

    assert "Okafor" not in str(raised.value)


def test_latest_portrait_is_printed():
    person = make_person(portrait=False)
    old = add_portrait(person)
    old.replaced_at = old.added_at
    old.save()

    _pages, warnings = printed([make_badge(person)])

    assert person.evidence.filter(kind=EvidenceKind.PORTRAIT, replaced_at=None).count() == 0
    assert [reason for reason, _badge in warnings] == ["photo"]
