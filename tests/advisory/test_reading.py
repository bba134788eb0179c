"""The reader against labelled advisories, and against the ways a paste goes wrong."""

import json
import time

import pytest
from django.core.management import CommandError, call_command

from advisory.reading import MAX_BYTES, NotText, TooLarge, decode, read
from tests.advisory.scoring import COMPARED_WARNINGS, EXAMPLES, load, score_all

LABELLED = sorted(path for path in EXAMPLES.glob("[0-9]*.json"))
FIRST_TEN = [path for path in LABELLED if int(path.stem[:2]) <= 10]
FURTHER = [path for path in LABELLED if int(path.stem[:2]) > 10]


def score_of(paths):
    cases = [(slug, label, read(text).as_json()) for slug, label, text in map(load, paths)]
    _scores, mean, misses = score_all(cases)
    return mean, misses


def codes(text):
    return read(text).as_json()["warnings"]


def test_first_ten_examples_are_read_almost_without_a_miss():
    mean, misses = score_of(FIRST_TEN)
    assert mean >= 0.97, misses


def test_further_examples_in_other_layouts_keep_their_figure():
    mean, misses = score_of(FURTHER)
    assert len(FURTHER) >= 14
    assert mean >= 0.95, misses


def test_score_falls_when_a_field_is_lost():
    slug, label, text = load(FIRST_TEN[0])
    printed = read(text).as_json()
    printed["title"], printed["who"] = None, []
    assert score_all([(slug, label, printed)])[1] < score_of(FIRST_TEN[:1])[0]


def test_twin_of_the_first_advisory_is_read_exactly():
    _slug, label, text = load(EXAMPLES / "seed-twin.json")
    printed = read(text).as_json()
    expected = {key: value for key, value in label.items() if key in printed and key != "warnings"}
    assert {key: value for key, value in printed.items() if key != "warnings"} == expected
    assert "googletagmanager" not in json.dumps(printed)


def test_twin_gives_each_doubt_beside_its_field():
    _slug, _label, text = load(EXAMPLES / "seed-twin.json")
    assert {warning.code: warning.field for warning in read(text).warnings} == {
        "missing_accreditation": "accreditation",
        "missing_zone": "time_zone",
        "spelling_varies": "who",
        "unnamed_office_holder": "who",
        "phone_without_country": "contacts",
        "http_link": "links",
        "webcast_home_page": "webcast",
        "tracker_removed": "links",
    }


@pytest.mark.parametrize("path", LABELLED, ids=lambda path: path.stem)
def test_scored_warnings_are_those_the_label_names(path):
    _slug, label, text = load(path)
    assert set(codes(text)) & COMPARED_WARNINGS - {"missing_time"} == set(label["warnings"]) - {"missing_time"}


def test_weekday_that_disagrees_is_a_contradiction():
    text = "Press briefing on ports\n\nWhen: Monday, 14 June 2016, 10:00\nWhere: Room 1, Geneva\n"
    assert "contradictory_date" in codes(text)
    assert "contradictory_date" not in codes(text.replace("Monday", "Tuesday"))


def test_two_meeting_dates_are_a_contradiction():
    text = (
        "Press briefing on ports\n\nThe briefing will be held on Wednesday, 15 June 2016 at 10:00.\n\n"
        "When: 14 June 2016, 10:00\nWhere: Room 1, Geneva\n"
    )
    assert "contradictory_date" in codes(text)
    assert "contradictory_date" not in codes(text.replace("Wednesday, 15", "Tuesday, 14"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "",
            {
                "missing_title",
                "missing_date",
                "missing_time",
                "missing_place",
                "missing_contact",
                "missing_accreditation",
            },
        ),
        (
            "A single paragraph of words that says nothing of any use.",
            {"missing_date", "missing_time", "missing_contact"},
        ),
    ],
)
def test_poor_text_gives_warnings(text, expected):
    assert expected <= set(codes(text))


def test_scripts_and_hidden_text_leave_no_trace():
    hidden = "<script>steal('x')</script><p style='display: none'>hidden words</p>"
    text = f"<h1>Briefing on ports</h1>{hidden}<p>When: 3 May 2024</p>"
    printed = read(text).as_json()
    assert printed["title"] == "Briefing on ports"
    assert printed["start_date"] == "2024-05-03"
    assert "html_removed" in printed["warnings"]
    assert "steal" not in json.dumps(printed)
    assert "hidden words" not in json.dumps(printed)


def test_misdecoded_text_is_mended():
    draft = read("Press briefing on the world\u00e2\u20ac\u2122s ports\n\nWhen: 3 May 2024")
    assert draft.title == "Press briefing on the world\u2019s ports"
    assert "encoding_mended" in draft.as_json()["warnings"]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "Fête des ports – 3 mai"),
        ("utf-8-sig", "Fête des ports – 3 mai"),
        ("utf-16", "Fête des ports – 3 mai"),
        ("cp1252", "Fête des ports – “3 mai”, café, où, déjà"),
        ("cp1251", "Пресс-конференция состоится пятнадцатого марта в Женеве"),
        ("cp1256", "دعوة لوسائل الإعلام لحضور المؤتمر الصحفي في جنيف"),
        ("gb18030", "媒体通知：新闻发布会将于明年五月在日内瓦举行，请记者提前报名"),
    ],
)
def test_files_are_decoded_from_the_encoding_they_were_saved_in(encoding, text):
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize("data", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04zip", b"\x00\x01\x02\x03" * 50])
def test_binary_files_are_refused_in_one_sentence(data):
    with pytest.raises(NotText, match=r"^The file is .*\.$"):
        decode(data)


def test_a_file_over_the_limit_is_refused_and_one_at_it_is_not():
    with pytest.raises(TooLarge, match=r"^The file is over 200 kB\."):
        decode(b"a" * (MAX_BYTES + 1))
    assert len(decode(b"a" * MAX_BYTES)[0]) == MAX_BYTES


@pytest.mark.full
@pytest.mark.parametrize(
    "unit", ["1", "12 ", "a@", "(", "12 March 2021 ", "When: ", "<", "<!--", "https://a.example/b ", "A/70/1 ", "• a\n"]
)
def test_time_stays_within_bounds_at_full_size(unit):
    def seconds(size):
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.process_time()
        read(text)
        return time.process_time() - start

    seconds(1_000)
    half, whole = seconds(100_000), seconds(200_000)
    assert whole <= 0.6
    assert whole <= 2.6 * max(half, 0.05)


def test_command_prints_the_draft_as_json(tmp_path, capsys):
    path = tmp_path / "advisory.txt"
    path.write_text("Press briefing on ports\n\nWhen: 3 May 2024, 10:00\n", encoding="utf-8")
    call_command("parse_advisory", str(path))
    printed = json.loads(capsys.readouterr().out)
    assert (printed["title"], printed["start_date"], printed["start_time"]) == (
        "Press briefing on ports",
        "2024-05-03",
        "10:00",
    )


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"a" * (MAX_BYTES + 1)])
def test_command_refuses_what_is_no_advisory_with_exit_2(tmp_path, data):
    path = tmp_path / "advisory.bin"
    path.write_bytes(data)
    with pytest.raises(CommandError) as refusal:
        call_command("parse_advisory", str(path))
    assert refusal.value.returncode == 2


def test_command_refuses_a_missing_file_with_exit_2(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("parse_advisory", str(tmp_path / "nothing.txt"))
    assert refusal.value.returncode == 2
