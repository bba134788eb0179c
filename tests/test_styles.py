"""What our own sheets may not say: a side of the page by its physical name, a slant, a face fetched for Chinese."""

import re

import pytest
from django.conf import settings

SHEETS = sorted((settings.BASE_DIR / "static").glob("*/*.css"))
COMMENT = re.compile(r"(?s)/\*.*?\*/")
PHYSICAL = re.compile(
    r"""(?x)
      (?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b
    | border-(?:top|bottom)-(?:left|right)-radius
    | (?<![\w-])(?:left|right)\s*:
    | (?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)
    | (?<![\w-])(?:margin|padding|inset|border-width)\s*:\s*[^\s;}]+\s+([^\s;}]+)\s+[^\s;}]+\s+(?!\1[;\s}])[^\s;}]+
    """
)


def physical(css):
    css = COMMENT.sub("", css)
    while (without := re.sub(r"\([^()]*\)", "", css)) != css:
        css = without
    return [found[0] for found in PHYSICAL.finditer(css)]


def test_no_sheet_names_a_physical_side():
    assert {sheet.name: physical(sheet.read_text()) for sheet in SHEETS} == {sheet.name: [] for sheet in SHEETS}


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-left: 1px }",
        "a { left: 0 }",
        "a{right:0}",
        "a { text-align: right }",
        "a { float:left }",
        "a { padding: 1px 2px 3px 4px }",
        "a { border-top-left-radius: 1px }",
    ],
)
def test_physical_side_is_seen(css):
    assert physical(css) != []


@pytest.mark.parametrize(
    "css",
    ["a { margin-inline-start: 1px }", "a { padding: 1px 2px 3px 2px; }", "a { text-align: start; float: none }"],
)
def test_logical_side_is_not_taken_for_a_physical_one(css):
    assert physical(css) == []


def test_nothing_is_slanted():
    assert [sheet.name for sheet in SHEETS if re.search(r"font-style:\s*(?:italic|oblique)", sheet.read_text())] == []
