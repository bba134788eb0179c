"""The registry's file: taken as spreadsheets save it, wholly or not at all."""

import pytest
from django.core.management import CommandError, call_command

from accreditation import organizations
from accreditation.models import FocalPoint, Organization
from tests.builders import make_meeting, make_organization

pytestmark = pytest.mark.django_db

FILE = """name,number,status,aliases,domains,country,website,focal_points
Example Alliance,N-1,general,EA|Alliance d’exemple,example.org,Kenya,www.example.org,\
Ada Example <ada@example.org>|Ben Sample <ben@mail.example.org>
"League, Sample",N-2,roster,,,CHE,,
"""


@pytest.fixture
def run(tmp_path, capsys):
    def run(text, *options, encoding="utf-8"):
        path = tmp_path / "registry.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        call_command("import_organizations", str(path), *options)
        return capsys.readouterr().out.strip()

    return run


def problems(run, text):
    with pytest.raises(CommandError) as refused:
        run(text)
    return str(refused.value).splitlines()[1:]


def rows():
    return list(Organization.objects.order_by("pk").values_list("name", "number", "status", "country", "website"))


def test_file_becomes_organizations_with_their_focal_points(run):
    assert run(FILE) == "2 new, 0 changed, 0 as they were."

    assert rows() == [
        ("Example Alliance", "N-1", "general", "KEN", "https://www.example.org"),
        ("League, Sample", "N-2", "roster", "CHE", ""),
    ]
    first = Organization.objects.get(number="N-1")
    assert (first.aliases, first.domains) == (["EA", "Alliance d’exemple"], ["example.org"])
    assert list(first.focal_points.order_by("name").values_list("name", "email")) == [
        ("Ada Example", "ada@example.org"),
        ("Ben Sample", "ben@mail.example.org"),
    ]
    assert organizations.search("EA") == [first]


def test_same_file_twice_changes_nothing(run):
    run(FILE)
    before = list(Organization.objects.values()), list(FocalPoint.objects.values())

    assert run(FILE) == "0 new, 0 changed, 2 as they were."
    assert (list(Organization.objects.values()), list(FocalPoint.objects.values())) == before


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FILE, "utf-8-sig"),
        ("Name;Number;Status\r\nExample Alliance;N-1;General\r\n", "utf-8"),
        ("\ufeffNAME\tnumber\tstatus\nExample  Alliance \tN-1\tgeneral\n\n\t\t\n", "utf-8"),
    ],
)
def test_every_way_in_which_spreadsheets_save_is_read(run, text, encoding):
    run(text, encoding=encoding)

    assert rows()[0][:3] == ("Example Alliance", "N-1", "general")


def test_organization_is_known_by_its_number_when_its_name_changes(run):
    run("name,number\nExample Alliance,N-1\n")

    assert run("name,number\nExample Union,N-1\n") == "0 new, 1 changed, 0 as they were."
    assert [row[:2] for row in rows()] == [("Example Union", "N-1")]


def test_organization_without_number_is_known_by_its_name(run):
    organization = make_organization("Exámple Alliance", website="https://example.org")

    assert run("name,number\nexample alliance,N-1\n") == "0 new, 1 changed, 0 as they were."
    organization.refresh_from_db()
    assert (organization.name, organization.number) == ("example alliance", "N-1")
    assert organization.website == "https://example.org"


def test_focal_point_who_is_not_in_the_file_stays(run):
    run(FILE)

    run("name,number,focal_points\nExample Alliance,N-1,Ada Renamed <ADA@example.org>\n")

    assert sorted(FocalPoint.objects.values_list("name", flat=True)) == ["Ada Renamed", "Ben Sample"]


def test_meetings_that_accredited_it_are_kept_by_code(run):
    meeting = make_meeting()

    assert run(f"name,accredited_to\nExample Alliance,{meeting.code}\n") == "1 new, 0 changed, 0 as they were."
    assert list(Organization.objects.get().accredited_to.all()) == [meeting]
    assert run("name,accredited_to\nExample Alliance,\n") == "0 new, 1 changed, 0 as they were."
    assert list(Organization.objects.get().accredited_to.all()) == []


def test_dry_run_says_what_would_change_and_changes_nothing(run):
    assert run(FILE, "--dry-run") == "Would be: 2 new, 0 changed, 0 as they were."
    assert rows() == []


def test_every_wrong_line_is_named_and_no_line_is_taken(run):
    text = (
        "name,number,status,domains,country,website,focal_points,accredited_to\n"
        "Good One,N-1,general,,KEN,,,\n"
        ",N-2,,,,,,\n"
        "Bad Status,N-3,platinum,,,,,\n"
        "Bad Domain,N-4,,exa mple,,,,\n"
        "Bad Country,N-5,,,Atlantis,,,\n"
        "Bad Address,N-6,,,,http://,,\n"
        "Bad Person,N-7,,,,,Ada at example.org,\n"
        "Bad Mail,N-8,,example.org,,,Ada <ada@example.com>,\n"
        "Bad Meeting,N-9,,,,,,XX1\n"
        "Good One,N-10,,,,,,\n"
        "Too Many,N-11,,,,,,,more\n"
    )

    assert problems(run, text) == [
        "Line 3: the name is missing.",
        "Line 4: “platinum” is none of: general, special, roster, accredited, none.",
        "Line 5: write the domain “exa mple” like example.org.",
        "Line 6: “Atlantis” is no country that the list of names knows.",
        "Line 7: website: Enter a valid URL.",
        "Line 8: write the focal point “Ada at example.org” like Ada Example <ada@example.org>.",
        "Line 9: ada@example.com is not an address of example.org. Add its domain, or leave “domains” empty.",
        "Line 10: no meeting has the code XX1.",
        "Line 12: there are 9 cells for 8 columns.",
        "Line 11: the same name stands in line 2.",
    ]
    assert rows() == []


def test_name_of_another_number_is_refused(run):
    make_organization("Example Alliance", number="N-1")
    make_organization("Sample League", number="N-2")

    assert problems(run, "name,number\nNew One,N-9\nSample League,N-1\nSample League ,N-3\n") == [
        "Line 4: the same name stands in line 3."
    ]
    assert problems(run, "name,number\nNew One,N-9\nSample League,N-1\n") == [
        "Line 3: another organization has the name “Sample League” already."
    ]
    assert problems(run, "name,number\nNew One,N-9\nSample League,N-3\n") == [
        "Line 3: “Sample League” has the number N-2 already."
    ]
    assert Organization.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (b"name\n\xff\xfe\n", "The file is not in UTF-8. Save it from the spreadsheet as “CSV UTF-8”."),
        ("name,colour\nA,B\n", "Line 1: no column is called colour. Known:"),
        ("number\n1\n", "The first line must name the columns. Known:"),
        ("", "The first line must name the columns. Known:"),
        ("name,name\nA,B\n", "Line 1: a column stands there twice."),
        (f"name\n{'x' * 200_000}\n", "Line 2: this is not a table. Save the sheet as CSV."),
        (f"name\n{'x' * 201}\n", "Line 2: name: Ensure this value has at most 200 characters (it has 201)."),
    ],
)
def test_file_that_is_no_registry_is_refused_in_words(run, text, sentence):
    assert problems(run, text)[0].startswith(sentence)
    assert rows() == []


def test_missing_file_is_told():
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_organizations", "/nowhere/registry.csv")


def test_statements_do_not_grow_with_lines_that_are_as_they_were(run, django_assert_num_queries):
    three = "name,number,focal_points\n" + "".join(f"Example {n},N-{n},Ada <ada{n}@example.org>\n" for n in range(3))
    run(three)

    for text in [three, "".join(three.splitlines(keepends=True)[:2])]:
        with django_assert_num_queries(6):
            run(text)
