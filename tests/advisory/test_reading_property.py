"""Whatever is pasted, the reader answers with a well-formed draft and never raises."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisory.reading import decode, read
from advisory.reading.decode import NotText, TooLarge
from tests.advisory.scoring import EXAMPLES

pytestmark = pytest.mark.property

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))]
PIECES = st.sampled_from(
    [
        "When: ",
        "\n\n",
        "\t",
        "|",
        "10:00",
        "31 February 2021",
        "99:99",
        "<p>",
        "</td>",
        "<script>",
        "\ud800",
        "\x00",
        "A/70/1",
        "https://pixel.example.com/open.gif",
        "http://",
        "@",
        "Who:",
        "：",
        "٣٠",
        "2021年13月40日",
        "24:00",
        "+1 202 555 0101",
        "#",
        "(((",
        "\u202e",
    ]
)


def check_form(draft):
    """The promises every draft keeps."""
    printed = draft.as_json()
    json.dumps(printed, ensure_ascii=True)
    for key in ("start_date", "end_date"):
        assert printed[key] is None or re.fullmatch(r"\d{4}-\d\d-\d\d", printed[key])
    for key in ("start_time", "end_time"):
        assert printed[key] is None or re.fullmatch(r"[0-2]\d:[0-5]\d", printed[key])
    for session in printed["sessions"]:
        assert session["title"]
        assert session["start_time"] is None or re.fullmatch(r"[0-2]\d:[0-5]\d", session["start_time"])
    for address in [*printed["links"], *printed["webcast"]]:
        assert "googletagmanager" not in address
        assert "//pixel." not in address
    assert len(printed["warnings"]) == len(set(printed["warnings"]))
    assert all(warning.message.endswith((".", "”")) and warning.field for warning in draft.warnings)
    if printed["start_date"] and printed["end_date"]:
        assert printed["start_date"] <= printed["end_date"]


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_mutated_examples_give_well_formed_drafts(data):
    text = data.draw(st.sampled_from(TEXTS))
    for _change in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(text)))
        length = data.draw(st.integers(0, 80))
        text = text[:start] + data.draw(PIECES) + text[start + length :]
    check_form(read(text))


@settings(max_examples=700, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.text(max_size=400),
        st.lists(PIECES, max_size=40).map("".join),
        st.text(st.characters(codec=None), max_size=200),
    )
)
def test_any_text_gives_a_well_formed_draft(text):
    check_form(read(text))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_decode_or_are_refused_in_a_sentence(data):
    try:
        text, _warnings = decode(data)
    except (NotText, TooLarge) as refused:
        text = str(refused)
    check_form(read(text))
