"""Document symbols in running text."""

import pytest

from advisory.symbols import find, link, normalise


def symbols(text):
    return [item.symbol for item in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the report (A/70/999 –S/2016/620)", ["A/70/999", "S/2016/620"]),
        ("(A/70/998 – A/AC.259/30)", ["A/70/998", "A/AC.259/30"]),
        ("resolution S/RES/1440 (2002)", ["S/RES/1440 (2002)"]),
        ("see A/HRC/47/L.5/Rev.1*", ["A/HRC/47/L.5/Rev.1*"]),
        ("A / 75 / 1 and A/70/L.5/add. 1", ["A/75/1", "A/70/L.5/Add.1"]),
        ("GOV/2011/59-INF, LHE/21/16.COM/8.b", ["GOV/2011/59-INF", "LHE/21/16.COM/8.b"]),
        ("CM/2021(3), WHA74.7 and COM(2021) 3 final", ["CM/2021(3)", "WHA74.7", "COM(2021) 3 final"]),
        ("报告A/70/999和S/2016/620号，第S/RES/1440 (2002)号", ["A/70/999", "S/2016/620", "S/RES/1440 (2002)"]),
        ("文件WHA74.7号", ["WHA74.7"]),
        ("والوثيقتان A/70/999وA/63/677", ["A/70/999", "A/63/677"]),
        ("12/09/2011 and/or TV/radio 1/2 24/7 he/she /CNW Telbec/ A/4 TCP/IP SARS/COVID/19", []),
        ("https://example.org/A/70/1", []),
    ],
)
def test_symbols_are_found_as_the_library_writes_them(text, expected):
    assert symbols(text) == expected


def test_each_find_says_where_it_stands():
    text = "Report A/70/999–S/2016/620 of May"
    assert [text[item.start : item.end] for item in find(text)] == ["A/70/999", "S/2016/620"]


def test_patterns_of_the_organization_are_found_too():
    assert [item.symbol for item in find("Document QX-12 is out", [(r"QX-\d+", "https://example.org/{symbol}")])] == [
        "QX-12"
    ]


def test_normalise_and_link_are_stable():
    assert normalise("A/70/999 \u2013 Add.1") == "A/70/999-Add.1"
    assert link("S/RES/1440 (2002)", "fr") == "https://docs.un.org/fr/S/RES/1440%20%282002%29"
    assert link("A/70/1*") == "https://docs.un.org/en/A/70/1"
