"""Names that nobody can set as they are written: what the badge says of them, and that an officer is told."""

import pytest

from accreditation import badge_faces, badge_layouts, protection
from accreditation.models import BadgeLayout
from tests.builders import make_badge, make_category, make_full_meeting, make_organization, make_readers
from tests.door.badge_pages import boxes, codes, make_person, pages, sheets, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_files")]
EDGE = 0.15  # millimetres: what a reader's box is larger than the ink
NAME = "The name has letters that cannot be printed: it is printed in Latin letters."
SIGNS = "Signs in the name that cannot be printed were left out."
READING = "The Latin letters of the name are our own reading: compare them with the passport."
NONE = "There is no name that can be printed: the reference stands in its place."
CUT = "Some words have no room at the least size and were shortened."


def make_one(given="", family="", badge_name="", **fields):
    return make_badge(
        make_person(given_names=given, family_name=family, badge_name=badge_name, portrait=False, **fields)
    )


def told(badge):
    """(names from the top, Latin line, [what an officer is told])."""
    face = badge_faces.face(badge)
    return [words for words, _bold in face.names], face.latin, [warning.words for warning in face.warnings]


@pytest.mark.parametrize(
    ("name", "names", "latin", "warnings"),
    [
        (("Abebe", "Bikila", "አበበ ቢቂላ"), ["Abebe Bikila"], "", [NAME]),
        (("አበበ", "ቢቂላ", ""), ["'Abebe Bik'ila"], "", [NAME, READING]),
        (("გიორგი", "", ""), ["Giorgi"], "", [NAME, READING]),
        (("静怡", "林", ""), ["林静怡"], "Lin Jingyi", [READING]),
        (("Екатерина", "Воронцова", ""), ["Екатерина", "Воронцова"], "Ekaterina Vorontsova", [READING]),
        (("Maryam", "Benhaddou", "مريم بن حدو"), ["مريم بن حدو"], "Maryam Benhaddou", []),
        (("Ada😀", "Okafor 👩\u200d👧", ""), ["Ada", "Okafor"], "", [SIGNS]),
        (("مريم😀", "Benhaddou", ""), ["مريم", "Benhaddou"], "Mrym Benhaddou", [SIGNS, READING]),
        (("Ada\u202egnirts", "\u2067Okafor", ""), ["Adagnirts", "Okafor"], "", []),
        (("A" + "\u0301" * 150, "Okafor", ""), ["Á" + "\u0301" * 4, "Okafor"], "", [CUT]),
        (("مُحَمَّدٌ", "", "مُحَمَّدٌ"), ["مُحَمَّدٌ"], "Muhamad", [READING]),
        (("\ue000\ue001", "\ue002", ""), ["R-1"], "", [NONE]),
        (("\u200b", "\u200d", ""), ["R-1"], "", [NONE]),
        (("", "", ""), ["R-1"], "", [NONE]),
        (("", "", "😀"), ["R-1"], "", [NONE]),
    ],
)
def test_name_is_printed_as_well_as_it_can_be_and_the_rest_is_told(name, names, latin, warnings):
    badge = make_one(*name)
    badge.registration.reference = "R-1"

    assert told(badge) == (names, latin, warnings)


HOSTILE = {
    "200 letters": ("W" * 200, "M" * 200),
    "six scripts": ("Ada مريم 静怡 " * 15, "Екатерина प्रिया สมหญิง " * 8),
    "marks": ("A" + "\u0301" * 150, "e\u0302\u0301\u0323" * 20),
    "markup": ("#let x = 1 *bold*", "$x$ `a` \\ @ref <a>"),
    "nothing": ("\ue000", "\u200d"),
}


@pytest.mark.parametrize("preset", badge_layouts.PRESETS)
def test_no_name_leaves_its_card_or_keeps_the_others_from_being_printed(preset):
    category = make_category(make_full_meeting())
    badges = [
        make_one(given, family, category=category, organization_name=(given + family)[:200])
        for given, family in HOSTILE.values()
    ]
    card = badge_layouts.PRESETS[preset]

    document, _warnings = sheets(badges, BadgeLayout(preset=preset, has_back=False), language="en")

    found = pages(document)
    assert [len(codes(page)) for page in found] == [1] * len(HOSTILE)
    beyond = [
        (kind, box) for kind, page in zip(HOSTILE, found, strict=True) for box in boxes(page)
        if not (-EDGE <= box[0] <= box[2] <= card.width + EDGE and -EDGE <= box[1] <= box[3] <= card.height + EDGE)
    ]  # fmt: skip
    assert beyond == []
    assert badges[-1].registration.reference in words(found[-1])


def test_organization_that_cannot_be_set_is_told():
    badge = make_one("Ada", "Okafor", organization=make_organization("አዲስ 😀", country="KEN"))

    assert badge_faces.face(badge).organization == ["'adis", "Kenya"]
    assert told(badge)[2] == ["The organization has letters that cannot be printed as they were written."]


def test_warning_repeats_no_name_of_a_protected_person_whose_badge_shows_it():
    person = make_person(given_names="Zebedee", family_name="ካናሪ", asks_protection=True, portrait=False)
    readers = make_readers()
    person = protection.grant(person, readers=readers, by=readers[0])
    protection.show_on_badge(person, protection.NAME)
    badge = make_badge(person)
    badge.refresh_from_db()

    assert told(badge) == (["Zebedee Kanari"], "", [NAME, READING])
    assert badge_faces.doubts(badge) == []
