"""States' names: complete, in the script of their language, of their day, in order, and found again."""

import unicodedata
from collections import Counter
from datetime import date

import pytest
from babel import Locale
from babel.core import get_global
from django.utils import translation

from config.environment import Environment
from office import names
from office.names import collation, table

LANGUAGES = table.LANGUAGES
ENTRIES = table.entries()
CHANGES = sorted({day for entry in ENTRIES.values() for day in entry.since})
WRITTEN_IN = {"ar": "ARABIC", "zh": "CJK", "ru": "CYRILLIC", "en": "LATIN", "fr": "LATIN", "es": "LATIN"}
HEAD = "\t".join(table.COLUMNS)


def everything_shown():
    """(code, language, text) of every period."""
    return [
        (entry.code, language, text)
        for entry in ENTRIES.values()
        for period in entry.names
        for language, text in period.items()
    ]


@pytest.fixture
def own_names(tmp_path, settings):
    """``own_names(row, …)`` lets the site use a file of these rows, each a list of its first cells."""

    def use(*rows):
        file = tmp_path / "own.tsv"
        file.write_text("\n".join([HEAD, *("\t".join(row) for row in rows)]), "utf-8")
        settings.NAMES_FILE = str(file)
        return str(file)

    return use


def row(code, *, alpha2="", kind="", since="", **texts):
    return [code, alpha2, kind, since, *(texts.get(language, "") for language in LANGUAGES)]


# The table


def test_table_has_193_members_and_two_observers():
    assert Counter(entry.kind for entry in ENTRIES.values()) == {
        "member": 193, "observer": 2, "other": 2, "area": 42, "organization": 5, "status": 4,
    }  # fmt: skip
    assert [entry.code for entry in ENTRIES.values() if entry.kind == "observer"] == ["VAT", "PSE"]


def test_codes_are_those_of_iso():
    alpha2_of = get_global("territory_aliases")
    listed = [entry for entry in ENTRIES.values() if entry.kind in {"member", "observer", "other", "area"}]

    assert [(entry.code, entry.alpha2) for entry in listed if alpha2_of.get(entry.code) != [entry.alpha2]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_is_in_the_script_of_its_language(language):
    def scripts(text):
        letters = text.replace("INTERPOL", "") if language in {"en", "fr", "es"} else text
        return {unicodedata.name(letter).split()[0] for letter in letters if letter.isalpha()}

    odd = [text for _, of, text in everything_shown() if of == language and scripts(text) != {WRITTEN_IN[language]}]

    assert odd == []


def test_names_are_written_without_stray_spaces_and_straight_apostrophes():
    assert [text for *_, text in everything_shown() if text != " ".join(text.split()) or "'" in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("day", CHANGES)
def test_no_two_have_the_same_name_on_one_day(language, day):
    shown = Counter(text for _, text in names.choices(language, on=day, kinds=table.KINDS))

    assert [text for text, times in shown.items() if times > 1] == []


# Names of a day


@pytest.mark.parametrize(
    ("code", "language", "last_day", "before", "after"),
    [
        ("LBY", "en", "2011-09-15", "Libyan Arab Jamahiriya", "Libya"),
        ("PSE", "fr", "2012-12-16", "Palestine", "État de Palestine"),
        ("CPV", "en", "2013-10-24", "Cape Verde", "Cabo Verde"),
        ("CPV", "ar", "2013-10-24", "الرأس الأخضر", "كابو فيردي"),
        ("CZE", "en", "2016-05-16", "Czech Republic", "Czechia"),
        ("CZE", "ru", "2016-05-16", "Чешская Республика", "Чехия"),
        ("SWZ", "es", "2018-05-29", "Swazilandia", "Eswatini"),
        ("MKD", "en", "2019-02-11", "The former Yugoslav Republic of Macedonia", "North Macedonia"),
        ("TUR", "en", "2022-05-31", "Turkey", "Türkiye"),
        ("TUR", "fr", "2022-05-31", "Turquie", "Türkiye"),
        ("NLD", "zh", "2022-12-31", "荷兰", "荷兰王国"),
    ],
)
def test_name_changes_from_one_day_to_the_next(code, language, last_day, before, after):
    last = date.fromisoformat(last_day)
    first = date.fromordinal(last.toordinal() + 1)

    assert [names.name(code, language, on=day) for day in (date(1945, 10, 24), last, first)] == [before, before, after]
    assert names.name(code, language) == after
    assert dict(names.choices(language, on=last))[code] == before


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BOL", "Bolivia (Plurinational State of)"),
        ("CIV", "Côte d’Ivoire"),
        ("FSM", "Micronesia (Federated States of)"),
        ("GBR", "United Kingdom of Great Britain and Northern Ireland"),
        ("IRN", "Iran (Islamic Republic of)"),
        ("KOR", "Republic of Korea"),
        ("NLD", "Netherlands (Kingdom of the)"),
        ("PRK", "Democratic People’s Republic of Korea"),
        ("TZA", "United Republic of Tanzania"),
        ("VEN", "Venezuela (Bolivarian Republic of)"),
        ("VNM", "Viet Nam"),
    ],
)
def test_short_name_is_the_organizations(code, name):
    assert names.name(code, "en") == name


def test_unknown_code_is_its_own_name():
    assert (names.name("QQQ", "fr"), names.kind("QQQ"), names.alpha2("QQQ")) == ("QQQ", None, "")
    assert (names.kind("NIU"), names.alpha2("NIU")) == ("other", "NU")


# Lists


def test_delegations_are_the_states_alone():
    assert {names.kind(code) for code, _ in names.choices("en")} == {"member", "observer", "other"}
    assert len(names.choices("en", kinds=["member"])) == 193


def test_nationalities_end_with_what_is_no_state():
    assert names.nationalities("fr")[:-4] == names.choices("fr")
    assert names.nationalities("fr")[-4:] == [
        ("XXA", "Apatride"),
        ("XXB", "Réfugié (Convention de 1951)"),
        ("XXC", "Réfugié (autre)"),
        ("XXX", "Non indiquée"),
    ]


def test_issuers_end_with_organizations():
    assert [code for code, _ in names.issuers("en")[-5:]] == ["UNO", "UNA", "EUE", "XOM", "XPO"]
    assert names.issuers("ar")[:-5] == names.choices("ar")


def test_countries_have_areas_among_the_states():
    listed = names.countries("en")

    assert len(listed) == 193 + 2 + 2 + 42
    start = listed.index(("GRC", "Greece"))
    assert listed[start : start + 2] == [("GRC", "Greece"), ("GRL", "Greenland")]


def test_a_list_that_is_changed_does_not_change_the_next():
    names.choices("en").clear()

    assert len(names.choices("en")) == 197


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [
        ("en", ["Afghanistan", "Albania", "Algeria"], ["Yemen", "Zambia", "Zimbabwe"]),
        ("fr", ["Afghanistan", "Afrique du Sud", "Albanie"], ["Yémen", "Zambie", "Zimbabwe"]),
        ("es", ["Afganistán", "Albania", "Alemania"], ["Yemen", "Zambia", "Zimbabwe"]),
        ("ru", ["Австралия", "Австрия", "Азербайджан"], ["Южный Судан", "Ямайка", "Япония"]),
        ("zh", ["阿尔巴尼亚", "阿尔及利亚", "阿富汗"], ["智利", "中非共和国", "中国"]),
        ("ar", ["الاتحاد الروسي", "إثيوبيا", "أذربيجان"], ["اليابان", "اليمن", "اليونان"]),
    ],
)
def test_list_begins_and_ends_as_its_language_does(language, first, last):
    listed = [text for _, text in names.choices(language)]

    assert (listed[:3], listed[-3:]) == (first, last)


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("fr", ["Dominique", "Égypte", "El Salvador", "Équateur", "Espagne", "Estonie", "États-Unis", "Fidji"]),
        ("fr", ["Guinée", "Guinée-Bissau", "Guinée équatoriale", "Îles Cook", "Inde"]),
        ("es", ["Belarús", "Bélgica", "Belice", "Perú", "Polonia"]),
        ("es", ["Espanz", "España", "Espera"]),
        ("ru", ["Италия", "Йемен", "Кабо-Верде"]),
        ("zh", ["贝宁", "秘鲁", "冰岛", "菲律宾", "斐济", "芬兰", "南苏丹", "瑙鲁", "尼泊尔"]),
        ("ar", ["الأرجنتين", "الأردن", "أرمينيا", "الصين", "طاجيكستان", "العراق", "عمان"]),
    ],
)
def test_neighbours_stand_in_order(language, ordered):
    assert sorted(sorted(ordered), key=lambda text: collation.sort_key(text, language)) == ordered


def test_every_chinese_character_has_a_place_by_its_sound():
    """Lead bytes B0 to D7 are the characters that GB 2312 numbers by pinyin."""
    shown = "".join(text for _, language, text in everything_shown() if language == "zh")
    characters = {character for character in shown.translate(collation.SOUNDS) if character.isalpha()}

    assert [character for character in characters if not 0xB0 <= character.encode("gb18030")[0] <= 0xD7] == []


# Finding


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_every_period_is_found(language):
    shown = [(code, text) for code, of, text in everything_shown() if of == language]

    assert [(code, text) for code, text in shown if names.find(text) != code] == []


def test_every_other_name_is_found():
    assert [(code, text) for code, texts in table.aliases().items() for text in texts if names.find(text) != code] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_of_the_locale_data_is_found_as_another_state(language):
    called = Locale(language).territories
    found = {entry.code: names.find(called[entry.alpha2]) for entry in ENTRIES.values() if entry.alpha2 in called}

    assert {code: other for code, other in found.items() if other != code} == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("TURKEY", "TUR"),
        ("  turkiye ", "TUR"),
        ("Cote d'Ivoire", "CIV"),
        ("Ivory Coast", "CIV"),
        ("the Gambia", "GMB"),
        ("L’Égypte", "EGY"),
        ("los Países Bajos", "NLD"),
        ("Guinea Bissau", "GNB"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Холландия", None),
        ("Голландия", "NLD"),
        ("مصر", "EGY"),
        ("الامارات العربيه المتحده", "ARE"),
        ("韩国", "KOR"),
        ("朝鲜", "PRK"),
        ("UK", "GBR"),
        ("us", "USA"),
        ("FRA", "FRA"),
        ("FR", "FRA"),
        ("fra", None),
        ("Congo", "COG"),
        ("RDC", "COD"),
        ("Dominica", "DMA"),
        ("República Dominicana", "DOM"),
        ("Niger", "NER"),
        ("Korea", None),
        ("Atlantis", None),
        ("the", None),
        ("", None),
        ("—", None),
    ],
)
def test_what_people_write_is_found(text, code):
    assert names.find(text) == code


# An organization's own names


def test_own_row_takes_the_place_of_ours(own_names):
    own_names(row("NLD", en="Netherlands"))

    assert names.name("NLD", "en") == names.name("NLD", "en", on=date(2016, 9, 6)) == "Netherlands"
    assert names.name("NLD", "fr") == "Pays-Bas (Royaume des)"
    assert dict(names.choices("en"))["NLD"] == "Netherlands"
    assert names.find("Netherlands (Kingdom of the)") == "NLD"
    assert names.name("FRA", "en") == "France"


def test_own_dated_row_takes_the_empty_cells_of_its_day(own_names):
    own_names(row("TUR", en="Turkey"), row("TUR", since="2023-01-01", en="Republic of Türkiye"))
    days = date(2022, 6, 1), date(2023, 1, 1)

    assert [names.name("TUR", "en", on=day) for day in days] == ["Turkey", "Republic of Türkiye"]


def test_own_rows_add_and_take_away(own_names):
    whole = dict.fromkeys(LANGUAGES, "Atlantis")
    own_names(row("XAT", kind="organization", **whole), row("COK", kind="unlisted"))

    assert names.issuers("es")[-1] == ("XAT", "Atlantis")
    assert names.find("atlantis") == "XAT"
    assert "COK" not in dict(names.choices("en"))
    assert names.name("COK", "en") == "Cook Islands"


def test_own_name_of_another_state_is_found_as_the_own_one(own_names):
    own_names(
        row("COD", en="Congo"), row("COG", en="Congo (Republic of the)", fr="Congo (République du)", es="Congo (R)")
    )

    assert names.find("Congo") == "COD"


NLD = row("NLD")


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["NLD", "NL"]], ", line 2: 10 cells are needed; there are 2."),
        ([["# ours"], [], row("nld")], ", line 4: a code has three capital letters; this is “nld”."),
        ([NLD, row("NLD", since="1.1.2023")], ", line 3: a day is written 2022-06-01; this is “1.1.2023”."),
        (
            [row("NLD", kind="state")],
            ", line 2: the kind must be one of member, observer, other, area, organization, status, unlisted;"
            " it is “state”.",
        ),
        ([row("XAT", kind="area", en="Atlantis", ar="أ")], ", line 2: XAT has no name in fr, es, ru, zh."),
        ([NLD, NLD], ", line 3: the rows of NLD must follow each other in time."),
        ([NLD, row("NLD", since="2030-01-01", alpha2="XX")], ", line 3: the rows of NLD differ in kind or alpha2."),
    ],
)
def test_fault_of_the_own_file_stops_the_start_with_a_sentence(own_names, rows, sentence):
    file = own_names(*rows)
    env = Environment({"NAMES_FILE": file})

    env.names_file()

    assert env.problems == [f"NAMES_FILE: {file}{sentence}"]


@pytest.mark.parametrize("text", ["", "code,en\nNLD,Netherlands"])
def test_own_file_without_our_columns_stops_the_start(tmp_path, text):
    file = tmp_path / "own.tsv"
    file.write_text(text)
    env = Environment({"NAMES_FILE": str(file)})

    env.names_file()

    assert env.problems == [
        f"NAMES_FILE: {file}: the first line must name the columns code, alpha2, kind, since, en, fr, es, ru, zh, ar,"
        " with a tab between them."
    ]


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_own_file_that_cannot_be_read_stops_the_start(tmp_path, content):
    file = tmp_path / "own.tsv"
    if content:
        file.write_bytes(content)
    env = Environment({"NAMES_FILE": str(file)})

    env.names_file()

    assert env.problems == [f"NAMES_FILE: {file} cannot be read as a table in UTF-8, with tabs between its cells."]


def test_own_file_saved_by_a_spreadsheet_is_read(tmp_path, own_names):
    file = own_names(row("NLD", en="Netherlands"))
    text = (tmp_path / "own.tsv").read_text("utf-8").replace("Netherlands", '"Netherlands"').replace("\n", "\r\n")
    (tmp_path / "own.tsv").write_bytes(b"\xef\xbb\xbf" + text.encode())

    assert table.entries(file)["NLD"].names[-1]["en"] == "Netherlands"


# The disclaimer


def test_disclaimer_speaks_the_language_of_the_page():
    with translation.override("fr"):
        assert str(names.DISCLAIMER).startswith("Les noms employés ici")
