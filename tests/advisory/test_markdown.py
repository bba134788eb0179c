"""Markdown as officers type it: what becomes HTML, what stays text, and how it reads without marks."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisory.renditions.markdown import Block, blocks, linked, plain
from advisory.renditions.wording import symbol_address

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](java\tscript:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "[click](vbscript:msgbox)",
    "[click](//elsewhere.example.com/)",
    "[click](/accounts/logout/)",
    "<javascript:alert(1)>",
    "[a]\n\n[a]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "`<script>alert(1)</script>`",
    "```\n</code><script>alert(1)</script>\n```",
    '[x](https://example.org/"onmouseover="alert(1))',
    "<a href='javascript:alert(1)'>x</a>",
    '<svg/onload=alert("1")>',
    "A/70/999<script>alert(1)</script>",
]
ALLOWED = {
    "p": set(), "h3": set(), "ul": set(), "ol": {"start"}, "li": set(), "blockquote": set(), "strong": set(),
    "em": set(), "code": set(), "pre": set(), "br": set(), "hr": set(), "a": {"href", "rel"}, "bdi": {"class", "dir"},
}  # fmt: skip
SYMBOL = '<bdi class="sym" dir="ltr"><a href="https://docs.un.org/en/A/63/677" rel="noopener">A/63/677</a></bdi>'


class Tags(HTMLParser):
    """Collects (name, attributes) of every start tag a browser would see."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, name, attributes):
        self.found.append((name, dict(attributes)))


def tags(markdown):
    return [tag for block in blocks(markdown) for tag in Tags(block.html).found]


def faults(markdown):
    """Every element, attribute or address that may not come out."""
    return [
        (name, attributes)
        for name, attributes in tags(markdown)
        if name not in ALLOWED
        or not set(attributes) <= ALLOWED[name]
        or not attributes.get("href", "https://").startswith(("https://", "http://", "mailto:"))
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_attack_stays_text(attack):
    assert faults(attack) == []


@pytest.mark.property
@given(st.text(alphabet="<>[]()!`*_#-\\\n\"'&:/= abjscript:AS/70", max_size=80))
def test_no_text_yields_more_than_the_allowed_elements(text):
    assert faults(text) == []


def test_paragraphs_alone_are_numbered():
    found = blocks("One.\n\n## Two\n\n- a\n- b\n\nThree.")

    assert found == [
        Block("<p>One.</p>", 1),
        Block("<h3>Two</h3>", None),
        Block("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", None),
        Block("<p>Three.</p>", 2),
    ]


@pytest.mark.parametrize("level", range(1, 7))
def test_every_heading_is_of_the_third_rank(level):
    assert blocks("#" * level + " Title") == [Block("<h3>Title</h3>", None)]


def test_link_says_nothing_of_this_window_to_the_other_site():
    assert blocks("[Kit](https://kit.example.org/)")[0].html == (
        '<p><a href="https://kit.example.org/" rel="noopener">Kit</a></p>'
    )


def test_symbol_in_text_is_linked_and_keeps_its_direction():
    assert blocks("See A/63/677.")[0].html == (f"<p>See {SYMBOL}.</p>")


def test_split_pair_of_symbols_becomes_two_links():
    assert [attributes["href"] for name, attributes in tags("A/70/999–S/2016/620") if name == "a"] == [
        "https://docs.un.org/en/A/70/999",
        "https://docs.un.org/en/S/2016/620",
    ]


def test_symbol_within_a_link_leads_where_the_officer_said():
    found = tags("[report A/63/677](https://www.example.int/report)")

    assert found == [("p", {}), ("a", {"href": "https://www.example.int/report", "rel": "noopener"})]


def test_symbol_of_another_house_follows_its_own_pattern(settings):
    settings.DOCUMENT_PATTERNS = [(r"EXB/\d+", "https://papers.example.org/{lang}/{symbol}")]

    assert symbol_address("EXB/12", "fr") == "https://papers.example.org/fr/EXB/12"
    assert symbol_address("A/70/999", "fr") == "https://docs.un.org/fr/A/70/999"


def test_symbol_of_a_house_nobody_named_is_set_apart_but_no_link():
    assert linked("GOV/2016/38") == '<bdi class="sym" dir="ltr">GOV/2016/38</bdi>'


def test_plain_text_is_escaped_around_its_symbols():
    assert linked("<b> A/63/677 & more") == (f"&lt;b&gt; {SYMBOL} &amp; more")


def test_plain_form_keeps_words_and_writes_out_addresses():
    text = """\
# The *second* day

Read the [kit](https://kit.example.org/), write to <press@example.int>
or [call](mailto:desk@example.int).

- rivers
- storms

3. third
4. fourth
"""

    assert plain(text) == [
        "The second day",
        "Read the kit (https://kit.example.org/), write to press@example.int or call (desk@example.int).",
        "- rivers",
        "- storms",
        "3. third",
        "4. fourth",
    ]


def test_nothing_written_is_nothing_shown():
    assert (blocks(""), plain(""), linked("")) == ([], [], "")


def test_addresses_in_running_text_become_links_without_the_stop_after_them():
    assert linked("Write to desk@example.int, or see https://www.example.int/a?b=1&c=2.") == (
        'Write to <a href="mailto:desk@example.int" rel="noopener"><bdi dir="ltr">desk@example.int</bdi></a>, or see '
        '<a href="https://www.example.int/a?b=1&amp;c=2" rel="noopener">'
        '<bdi dir="ltr">https://www.example.int/a?b=1&amp;c=2</bdi></a>.'
    )


def test_raw_html_is_shown_as_typed():
    assert blocks("<b>bold</b> & <!-- note -->\n\n<div>block</div>") == [
        Block("<p>&lt;b&gt;bold&lt;/b&gt; &amp; &lt;!-- note --&gt;</p>", 1),
        Block("<p>&lt;div&gt;block&lt;/div&gt;</p>", 2),
    ]
