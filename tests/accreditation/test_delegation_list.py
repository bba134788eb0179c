"""Lists as people paste them: mail programmes, tables, typed by hand."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accreditation.forms.delegation import ListForm, invitee_of, split_name

MAIL = "ada@example.org"


@pytest.mark.parametrize(
    ("line", "names"),
    [
        (f"Ada EXAMPLE <{MAIL}>", ("Ada", "EXAMPLE")),
        (f"Ada Maria DE LA EXAMPLE <{MAIL}>,", ("Ada Maria", "DE LA EXAMPLE")),
        (f'"EXAMPLE, Ada" <{MAIL}>;', ("Ada", "EXAMPLE")),
        (f"Ada Example ({MAIL})", ("Ada", "Example")),
        (f"Ada EXAMPLE {MAIL}", ("Ada", "EXAMPLE")),
        (f"ADA EXAMPLE <{MAIL}>", ("ADA", "EXAMPLE")),
        (f"Ada,EXAMPLE,{MAIL}", ("Ada", "EXAMPLE")),
        (f"Ada;EXAMPLE;{MAIL};", ("Ada", "EXAMPLE")),
        (f"Ada\tEXAMPLE\t{MAIL}", ("Ada", "EXAMPLE")),
        (f"{MAIL}\tAda\tEXAMPLE", ("Ada", "EXAMPLE")),
        (f'"EXAMPLE, Ada",{MAIL}', ("Ada", "EXAMPLE")),
        (f'"Ada","EXAMPLE","{MAIL}"', ("Ada", "EXAMPLE")),
        (f"Ada EXAMPLE,{MAIL}", ("Ada", "EXAMPLE")),
        (f"Suharto <{MAIL}>", ("", "Suharto")),
        (f"王小明 <{MAIL}>", ("", "王小明")),
        (f"نور مثال <{MAIL}>", ("نور", "مثال")),
        (f"\ufeffAda EXAMPLE <{MAIL}>", ("Ada", "EXAMPLE")),
        (f"\u202eAda EXAMPLE\u202c <{MAIL}>", ("Ada", "EXAMPLE")),
    ],
)
def test_line_is_read(line, names):
    invitee = invitee_of(line)

    assert (invitee.given_names, invitee.family_name, invitee.email) == (*names, MAIL)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Ada EXAMPLE", "there is no e-mail address. Write one line like Ada EXAMPLE <ada@example.org>."),
        (f"<{MAIL}>", "there is no name. Write one line like Ada EXAMPLE <ada@example.org>."),
        (MAIL, "there is no name. Write one line like Ada EXAMPLE <ada@example.org>."),
        ("Ada EXAMPLE <ada@example>", "“ada@example” is no e-mail address."),
        (f"1,Ada,EXAMPLE,Daily,{MAIL}",
         "there are too many columns. Write given names, family name and e-mail alone."),
        (f"Ada,{'E' * 201},{MAIL}", "Ensure this value has at most 200 characters (it has 201)."),
    ],
)  # fmt: skip
def test_line_that_cannot_be_read_says_why(line, sentence):
    with pytest.raises(ValidationError) as refused:
        invitee_of(line)

    assert refused.value.messages == [sentence]


def test_heading_and_empty_lines_are_passed_over_and_lines_keep_their_numbers():
    form = ListForm({"people": f"\nFirst name;Last name;E-mail\n\n ;; \nAda;EXAMPLE;{MAIL}\n"})

    assert form.is_valid()
    assert [(row.family_name, row.line) for row in form.cleaned_data["people"]] == [("EXAMPLE", 5)]


def test_first_line_without_an_address_is_no_heading():
    assert ListForm({"people": "Ada,EXAMPLE"}).errors["people"] == [
        "Line 1: there is no e-mail address. Write one line like Ada EXAMPLE <ada@example.org>."
    ]


def test_more_than_a_hundred_lines_are_refused():
    text = "\n".join(f"Ada EXAMPLE{letter} <a@example.org>" for letter in ["A" * n for n in range(1, 102)])

    assert ListForm({"people": text}).errors["people"] == ["Paste 100 lines at most; these are 101."]


@pytest.mark.parametrize("text", ["", "  ", "\n,\n;", "Name,E-mail"])
def test_empty_list_says_what_to_write(text):
    assert ListForm({"people": text}).errors["people"] == ["Write or paste at least one person."]


@given(st.text(max_size=300))
def test_whatever_is_pasted_is_read_or_refused_in_words(text):
    form = ListForm({"people": text})

    assert form.is_valid() or all(form.errors["people"])


@given(st.text(alphabet=st.characters(categories=["L", "Zs"]), max_size=60))
def test_no_part_of_a_name_is_lost(name):
    assert " ".join(split_name(name)).split() == name.split()
