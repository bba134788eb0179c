"""Text as data: links, marks and directions of its runs, and Markdown as blocks."""

import pytest

from advisory.renditions import runs, text
from advisory.renditions.telling import Part


def told(pieces):
    """(text, link or marks) of each run."""
    return [
        (piece["text"], piece["link"], " ".join(mark for mark in ("ltr", "strong", "em") if piece[mark]))
        for piece in pieces
    ]


def outline(blocks):
    """Kinds and words, nested as the blocks are."""
    found = []
    for block in blocks:
        if block["kind"] == "list":
            found.append([block["start"], *[outline(item) for item in block["items"]]])
        elif block["kind"] == "quote":
            found.append(("quote", outline(block["blocks"])))
        else:
            words = "".join(piece["text"] for piece in block["runs"])
            found.append(words if block["kind"] == "paragraph" else (block["kind"], words))
    return found


def test_symbols_addresses_hours_and_numbers_stand_apart():
    text = "تقرير A/70/999، الساعة 10:00–13:00 (UTC−4)، +1 212 555 0142 أو press@example.int"

    assert told(runs.of(text, "ar")) == [
        ("تقرير ", "", ""),
        ("A/70/999", "https://docs.un.org/ar/A/70/999", "ltr"),
        ("، الساعة ", "", ""),
        ("10:00–13:00", "", "ltr"),
        (" (", "", ""),
        ("UTC−4", "", "ltr"),
        (")، ", "", ""),
        ("+1 212 555 0142", "", "ltr"),
        (" أو ", "", ""),
        ("press@example.int", "mailto:press@example.int", "ltr"),
    ]


def test_name_keeps_its_language_through_a_sentence_of_the_text_form():
    part = Part(person=None, office=runs.Named("Chair of A/70", "en"), role="chair", attending="confirmed")

    name, rest = runs.of(text.speaker(part), "ar")

    assert (name["spoken"], name["direction"], told(name["runs"])) == ("en", "ltr", [("Chair of A/70", "", "")])
    assert told([rest]) == [(" (chair)", "", "")]


@pytest.mark.parametrize(("words", "direction"), [("Room 4, 10:00", "ltr"), ("القاعة 4", "")])
def test_quoted_words_run_as_their_first_letter_does(words, direction):
    assert [piece.get("direction", "") for piece in runs.of(f"\u2068{words}\u2069", "ar")] == [direction]


def test_marks_and_links_of_markdown_are_kept():
    block = runs.blocks("One **two *three*** [four *five*](https://example.int/) `six`<b>", "en")[0]

    assert told(block["runs"]) == [
        ("One ", "", ""),
        ("two ", "", "strong"),
        ("three", "", "strong em"),
        (" ", "", ""),
        ("four ", "https://example.int/", ""),
        ("five", "https://example.int/", "em"),
        (" six<b>", "", ""),
    ]


def test_lists_quotations_and_headings_nest():
    text = "# Head\n\nOne\n\n- a\n  1. b\n  2. c\n- d\n\n> e\n>\n> f\n\n    code\n"

    assert outline(runs.blocks(text, "en")) == [
        ("heading", "Head"),
        "One",
        [None, ["a", [1, ["b"], ["c"]]], ["d"]],
        ("quote", ["e", "f"]),
        "code",
    ]


def test_list_keeps_the_number_it_begins_with():
    assert outline(runs.blocks("4. a\n5. b", "en")) == [[4, ["a"], ["b"]]]


@pytest.mark.parametrize("text", ["> " * 15 + "x", "- " * 9 + "x", "> 1. " * 5 + "x"])
def test_nesting_ends_and_keeps_the_words(text):
    def depth(blocks):
        inner = [item for block in blocks for item in [*block.get("items", []), block.get("blocks", [])] if item]
        return 1 + max(map(depth, inner), default=0)

    blocks = runs.blocks(text, "en")

    assert depth(blocks) == runs.DEEPEST + 1
    assert "x" in str(outline(blocks))


@pytest.mark.parametrize("text", ["**" * 2000 + "x" + "**" * 2000, "*a " * 3000, "[" * 3000 + "x"])
def test_marks_without_end_are_read(text):
    assert "".join(piece["text"] for piece in runs.blocks(text, "en")[0]["runs"]).strip("*[a ") in {"x", ""}


def test_address_too_long_for_a_link_is_text():
    address = "https://example.int/" + "a" * runs.LONGEST_LINK

    assert told(runs.of(address, "en")) == [(address, "", "ltr")]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//example.int"])
def test_only_web_and_mail_addresses_are_links(address):
    pieces = runs.blocks(f"[words]({address}) {address}", "en")[0]["runs"]

    assert {piece["link"] for piece in pieces} == {""}
