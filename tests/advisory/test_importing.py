"""From pasted text to rows an officer corrects, and with --publish to every public form."""

import io
import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from advisory import importing
from advisory.models import Edition, Meeting
from advisory.renditions import markdown

pytestmark = pytest.mark.django_db

EXAMPLES = Path(__file__).parent / "examples"
SEED = EXAMPLES / "seed-twin.txt"
PLAIN = """MEDIA ADVISORY

Launch of the Yearly Water Report

WHEN: Tuesday 6 September 2016, 10:00 to 11:30
WHERE: Press Room, Example Tower, Geneva
WHO: Ms Grace Sample, Director, Water Office
the Minister for Rivers
representatives of Member States
CONTACT: Ada Example, Press Office, tel. 022 555 01 42, press@example.int
"""


def import_file(path, *options):
    out = io.StringIO()
    call_command("import_advisory", str(path), *options, stdout=out)
    return out.getvalue().splitlines()


def test_text_becomes_a_draft_with_its_parts():
    meeting = importing.import_text(PLAIN).meeting

    sitting = meeting.sittings.get()
    assert (meeting.title, meeting.status, meeting.kind) == ("Launch of the Yearly Water Report", "draft", "launch")
    assert (meeting.room, meeting.building, meeting.city) == ("Press Room", "Example Tower", "Geneva")
    assert (sitting.date, sitting.start_time, sitting.end_time) == (date(2016, 9, 6), time(10), time(11, 30))
    assert meeting.time_zone == "Europe/Zurich"
    assert [(s.kind, s.honorific, s.name, s.office) for s in meeting.speakers.all()] == [
        ("person", "Ms", "Grace Sample", "Director, Water Office"),
        ("office", "", "", "the Minister for Rivers"),
        ("group", "", "", "representatives of Member States"),
    ]
    assert [(c.name, c.phones, c.emails) for c in meeting.contacts.all()] == [
        ("Ada Example", ["+41225550142"], ["press@example.int"])
    ]


def test_doubts_stay_with_the_meeting_beside_their_fields():
    imported = importing.import_text(PLAIN.replace("Geneva", "Nowhereville"))

    fields = {doubt["field"] for doubt in imported.meeting.import_doubts}
    assert "time_zone" in fields
    assert all(set(doubt) == {"code", "field", "message", "values"} for doubt in imported.meeting.import_doubts)


def test_doubt_is_kept_in_english_and_said_in_the_officers_language():
    meeting = importing.import_text(PLAIN.replace("Tuesday", "Wednesday")).meeting
    [doubt] = [doubt for doubt in meeting.import_doubts if doubt["code"] == "contradictory_date"]
    with translation.override("fr"):
        [said] = Meeting(import_doubts=[doubt | {"message": "%(weekday)s"}]).doubts

    assert doubt["values"] == {"day": "2016-09-06", "weekday": "Tuesday", "weekday_said": "Wednesday"}
    assert said == {"code": "contradictory_date", "field": "start_date", "message": "mardi"}


def test_doubt_that_was_kept_as_a_whole_sentence_is_said_as_it_is():
    [said] = Meeting(import_doubts=[{"code": "x", "field": "who", "message": "A 100 % sure name is %(name)s."}]).doubts

    assert said == {"code": "x", "field": "who", "message": "A 100 % sure name is %(name)s."}


def test_same_text_again_says_so_and_makes_no_second_meeting():
    first = importing.import_text(PLAIN)

    again = importing.import_text(PLAIN.replace("\n", "\r\n") + "\n\n")

    assert (again.meeting, again.was_there, first.was_there) == (first.meeting, True, False)
    assert Meeting.objects.count() == 1


def test_command_run_twice_says_so():
    import_file(SEED)

    lines = import_file(SEED)

    assert lines[0].startswith("This text was imported before, as “")
    assert Meeting.objects.count() == 1


def test_command_prints_the_panel_address_and_every_doubt():
    lines = import_file(SEED)

    meeting = Meeting.objects.get()
    assert lines[0] == f"http://localhost:8000/admin/advisory/meeting/{meeting.pk}/change/"
    assert lines[1:] == [f"{doubt['field']}: {doubt['message']}" for doubt in meeting.doubts]
    assert Edition.objects.count() == 0


def test_published_seed_states_every_fact_in_every_form(client):
    expected = json.loads((EXAMPLES / "seed-twin.json").read_text())

    address = import_file(SEED, "--publish")[-1]

    path = address.removeprefix("http://localhost:8000")
    data = client.get(path.removesuffix("/") + ".json").json()
    assert (data["title"], data["theme"]) == (expected["title"], expected["theme"])
    assert data["starts_at"] == f"{expected['start_date']}T{expected['start_time']}:00-04:00"
    assert data["ends_at"] == f"{expected['end_date']}T{expected['end_time']}:00-04:00"
    assert data["time_zone"] == expected["time_zone"] == "America/New_York"
    assert [(d["symbol"], d["role"]) for d in data["documents"]] == [
        (s["symbol"], s["role"]) for s in expected["symbols"]
    ]
    assert [w["text"] for w in data["who"]] == expected["who"]
    assert data["background"] == expected["background"]
    assert [link["url"] for link in data["links"]] == expected["links"]
    assert [webcast["url"] for webcast in data["webcast"]] == expected["webcast"]
    assert data["accounts"] == expected["accounts"]
    assert [(c["name"], c["office"], c["emails"]) for c in data["contacts"]] == [
        (c["name"], c["office"], c["emails"]) for c in expected["contacts"]
    ]
    page, text = client.get(path).content.decode(), client.get(path.removesuffix("/") + ".txt").content.decode()
    assert [w for w in ["googletagmanager", "gtag"] if w in page + text] == []


@pytest.mark.parametrize("line", ["EMBARGOED until 6 September 2016", "Embargo: 5 September 2016"])
def test_embargo_whose_instant_is_unknown_is_not_published(line, tmp_path):
    path = tmp_path / "advisory.txt"
    path.write_text(f"{line}\n\n{PLAIN}")

    with pytest.raises(CommandError, match="Confirm the moment and its zone before publishing. No embargo is set."):
        import_file(path, "--publish")

    assert not Edition.objects.exists()
    Meeting.objects.update(import_doubts=[])  # somebody has looked at it
    import_file(path, "--publish")
    assert Edition.objects.count() == 1


def test_published_import_that_lacks_a_fact_is_kept_as_a_draft(tmp_path):
    path = tmp_path / "advisory.txt"
    path.write_text("A few words about nothing much.")

    with pytest.raises(CommandError) as refusal:
        import_file(path, "--publish")

    assert refusal.value.returncode == 2
    assert str(refusal.value).startswith("The draft is kept, but not public.")
    assert (Meeting.objects.count(), Edition.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    "data", [b"a " * 102_500, b"\x89PNG\r\n\x1a\n" + bytes(200), b"PK\x03\x04" + bytes(200), b"%PDF-1.7\n\xff\xfe\x00"]
)
def test_too_large_or_binary_file_is_one_sentence_and_nothing_is_made(tmp_path, data):
    path = tmp_path / "advisory.txt"
    path.write_bytes(data)

    with pytest.raises(CommandError) as refusal:
        import_file(path)

    assert refusal.value.returncode == 2
    assert "\n" not in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert Meeting.objects.count() == 0


def test_missing_file_is_one_sentence():
    with pytest.raises(CommandError) as refusal:
        import_file("/nowhere/advisory.txt")

    assert (str(refusal.value), refusal.value.returncode) == (
        "/nowhere/advisory.txt cannot be read: No such file or directory.",
        2,
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "One paragraph about a meeting.",
        "<script>alert(1)</script><p>When: soon</p>",
        "When: 31 February 2016\nWhen: 5 May 2016",
        "\x00\x01\x02 control \ud800 lone surrogate",
        "â€œMojibakeâ€\x9d about cafÃ©s",
        "word " * 39_000,
        "Where: " + "x" * 5000 + "\nWho: " + "y" * 5000 + "\nContact: " + "z" * 5000,
        "When: 30 December 0001 10:00",
        "Tel: 99999999999999999999999\nEmail: a@b\nhttp://[broken",
    ],
    ids=["empty", "paragraph", "script", "contradiction", "control", "mojibake", "large", "long", "year-one", "broken"],
)
def test_poor_text_is_a_draft_with_doubts_never_an_error(text):
    imported = importing.import_text(text)

    imported.meeting.full_clean(exclude=["import_doubts"])
    assert imported.warnings != []
    assert imported.meeting.sittings.count() == 1


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_every_example_can_be_imported_and_its_rows_pass_their_forms(path):
    from advisory import reading

    text, doubts = reading.decode(path.read_bytes())

    meeting = importing.import_text(text, doubts=doubts).meeting

    meeting.full_clean()
    for relation in ["sittings", "programme", "speakers", "contacts", "documents", "webcasts", "links"]:
        for row in getattr(meeting, relation).all():
            row.full_clean()


def test_pasted_signs_of_markdown_stay_words():
    words = ["# 1 in 3 *starred* and _under_ [link](javascript:x) <b>", "- a dash", "3. a number", "plain-text 3.5"]

    source = "\n\n".join(importing.escape_markdown(line) for line in words)

    assert markdown.plain(source) == words


def test_two_meetings_of_one_title_get_two_addresses_and_codes():
    first = importing.import_text(PLAIN).meeting
    second = importing.import_text(PLAIN + "\nAnother line.").meeting

    assert (first.slug, second.slug) == ("launch-of-the-yearly-water-report", "launch-of-the-yearly-water-report-2")
    assert first.code != second.code


def test_title_in_another_script_still_gets_an_address():
    meeting = importing.import_text("Уведомление для СМИ\n\nОткрытие семинара\n\nДата: 6 сентября 2016 года").meeting

    assert meeting.slug != ""
    meeting.full_clean()


def test_embargo_with_a_settled_offset_is_kept_as_an_instant():
    text = PLAIN + "\nEmbargoed until 6 September 2016, 12:00 (Geneva time)"

    assert importing.import_text(text).meeting.embargo_until == datetime(2016, 9, 6, 10, tzinfo=UTC)
