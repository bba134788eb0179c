"""Seats by the published rule: the same for everybody who runs it again, every country first, never more than seats."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accreditation import erasing, protection, workflow
from accreditation.desk import draws, lot
from accreditation.models import Category, Conflict, Decision, Draw, Organization, Registration
from accreditation.states import Actor, Medium, Status
from office.permissions import Role
from tests.builders import (
    make_category,
    make_officer,
    make_protected_registration,
    make_readers,
    make_registration,
)

MEDIA = ["television", "photo", "print"]
ENTRIES = st.lists(
    st.fixed_dictionaries(
        {
            "reference": st.text("0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=5, max_size=5),
            "country": st.sampled_from(["", "FRA", "KEN", "PER", "TUV"]),
            "medium": st.sampled_from(["", *map(str, Medium)]),
        }
    ),
    max_size=30,
    unique_by=lambda entry: entry["reference"],
)


@pytest.mark.property
@given(ENTRIES, st.text(max_size=20), st.permutations(list(map(str, Medium))), st.randoms())
def test_rule_seats_every_country_before_any_has_two_and_knows_no_order_of_arrival(entries, sentence, media, chance):
    references = [entry["reference"] for entry in entries]
    entries = [entry | {"mark": lot.mark_of(entry["reference"])} for entry in entries]
    seed = lot.seed_of(sentence, [entry["mark"] for entry in entries])
    first = lot.order(entries, seed=seed, media=media)
    shuffled = list(entries)
    chance.shuffle(shuffled)

    assert lot.order(shuffled, seed=seed, media=media) == first
    assert lot.seed_of(sentence, [entry["mark"] for entry in shuffled]) == seed
    assert sorted(first) == sorted(references)
    country = {entry["reference"]: entry["country"] for entry in entries}
    countries = len(set(country.values()))
    assert len({country[reference] for reference in first[:countries]}) == countries
    rank = {entry["reference"]: (media + [""]).index(entry["medium"]) for entry in entries}
    for part in [first[:countries], first[countries:]]:
        keys = [(rank[reference], lot.lot(seed, reference)) for reference in part]
        assert keys == sorted(keys)


def test_rule_gives_what_it_always_gave():
    entries = [
        {"reference": reference, "country": country, "medium": medium}
        for reference, country, medium in [
            ("A", "FRA", "print"), ("B", "FRA", "television"), ("C", "KEN", "print"), ("D", "KEN", "print"),
            ("E", "", "radio"),
        ]
    ]  # fmt: skip
    seed = lot.seed_of("The bell rings at dawn.", "ABCDE")

    assert seed == "b6e78c44833246cccfc5210b62e165cd1fd2d7e919b9d3a176cc3480d96f9d64"
    assert lot.order(entries, seed=seed, media=MEDIA) == ["B", "D", "E", "A", "C"]


# Announced, drawn, carried out


@pytest.fixture
def officer():
    return make_officer(roles=[Role.MEDIA_REVIEWER])


@pytest.fixture
def category():
    return make_category(capacity=3, closes_at=timezone.now() + timedelta(days=1))


def announced(category, officer, **fields):
    values = {"sentence": "The bell rings at dawn.", "media": MEDIA, "seats": 3, "is_published": True} | fields
    return draws.announce(category, by=officer, **values)


def applicant(category, country="FRA", medium="print", status=Status.SUBMITTED, **fields):
    return make_registration(status, category=category, medium=medium, answers={"country": country}, **fields)


def close(category):
    category.closes_at = timezone.now() - timedelta(minutes=1)
    category.save(update_fields=["closes_at"])


@pytest.fixture
def drawn(category, officer):
    """Three seats, six entries of three countries."""
    draw = announced(category, officer)
    for country in ["FRA", "FRA", "FRA", "FRA", "KEN", "PER"]:
        applicant(category, country)
    close(category)
    return draws.make(draw)


@pytest.mark.django_db
def test_sentence_stands_before_applications_close_and_for_good(category, officer):
    announced(category, officer)

    with pytest.raises(draws.DrawRefused, match="^The draw of this category is announced already, and stands.$"):
        announced(category, officer, sentence="Another")
    Draw.objects.all().delete()
    close(category)
    with pytest.raises(draws.DrawRefused, match="^Applications have closed: a sentence chosen now could choose who"):
        announced(category, officer)
    category.closes_at = None
    with pytest.raises(draws.DrawRefused, match="^Say first when applications close"):
        announced(category, officer)
    assert Draw.objects.count() == 0


@pytest.mark.django_db
def test_draw_waits_for_the_last_applicant_and_is_made_once(category, officer):
    draw = announced(category, officer)

    with pytest.raises(draws.DrawRefused, match="^Applications are still open"):
        draws.make(draw)
    close(category)
    with pytest.raises(draws.DrawRefused, match="^Nobody waits for a seat here.$"):
        draws.make(draw)
    held = applicant(category, held_until=timezone.now() + timedelta(seconds=9))
    with pytest.raises(draws.DrawRefused, match="^A decision in this category can still be undone"):
        draws.make(draw)
    Registration.objects.filter(pk=held.pk).update(held_until=None)
    first = draws.make(draw)
    applicant(category)
    with pytest.raises(draws.DrawRefused, match="^It has been drawn, and is not drawn twice.$"):
        draws.make(draw)
    assert Draw.objects.get().outcome == first.outcome == [held.reference]


@pytest.mark.django_db
def test_entries_name_those_who_wait_and_mark_everybody_else_who_applied(category, officer):
    organization = Organization.objects.create(name="Example Alliance", country="TUV")
    here = [
        applicant(category, medium="photo"),
        applicant(category, status=Status.WAITLISTED, country="", organization=organization),
    ]
    others = [applicant(category, status=status) for status in set(Status) - {Status.SUBMITTED, Status.WAITLISTED}]
    applicant(make_category(category.meeting))
    asks = applicant(category, asks_protection=True)
    sealed = make_protected_registration(category=category)
    draw = announced(category, officer)
    close(category)

    draws.make(draw)

    bare = [*(row for row in others if row.status not in {Status.DRAFT, Status.LAPSED}), asks, sealed]
    assert Draw.objects.get().entries == sorted(
        [
            {"mark": lot.mark_of(here[0].pk), "reference": here[0].reference, "country": "FRA", "medium": "photo"},
            {"mark": lot.mark_of(here[1].pk), "reference": here[1].reference, "country": "TUV", "medium": "print"},
            *[{"mark": lot.mark_of(row.pk)} for row in bare],
        ],
        key=lambda entry: entry["mark"],
    )
    assert set(draws.kept_apart(category)) == {asks, sealed}


def protect(person, officer):
    readers = make_readers()
    Registration.objects.filter(pk=person.pk).update(asks_protection=True)
    protection.grant(Registration.objects.get(pk=person.pk), readers=readers, by=readers[0])


def erase(person, officer):
    workflow.apply(person, "withdraw", actor=Actor.APPLICANT)
    erasing.erase(person)


AFTER_CLOSING = {
    "nothing": lambda person, officer: None,
    "declined": lambda person, officer: workflow.apply(
        person, "decline", actor=Actor.DESK, by=officer, ground="incomplete"
    ),
    "withdrawn": lambda person, officer: workflow.apply(person, "withdraw", actor=Actor.APPLICANT),
    "protection asked for": lambda person, officer: Registration.objects.filter(pk=person.pk).update(
        asks_protection=True
    ),
    "protection granted": protect,
    "erased": erase,
    "somebody entered": lambda person, officer: applicant(person.category, declared_at=timezone.now()),
}


@pytest.mark.django_db
@pytest.mark.usefixtures("private_files")
def test_nothing_after_closing_changes_the_seed_or_anybody_elses_lot(category, officer):
    draw = announced(category, officer)
    people = [applicant(category, "FRA", organization_name="Example Post") for _ in range(6)]
    close(category)
    drawn = {}
    for what, happens in AFTER_CLOSING.items():
        with transaction.atomic():
            happens(Registration.objects.get(pk=people[0].pk), officer)
            made = draws.make(draw)
            drawn[what] = made
            assert lot.verify(draws.record(made)) == len(made.outcome)
            transaction.set_rollback(True)

    whole, without = drawn["nothing"].outcome, {people[0].reference}
    assert {made.seed for made in drawn.values()} == {drawn["nothing"].seed}
    assert [entry["mark"] for entry in drawn["erased"].entries] == [entry["mark"] for entry in drawn["nothing"].entries]
    for what in set(drawn) - {"nothing", "somebody entered"}:
        assert drawn[what].entries == drawn["withdrawn"].entries, what
        assert set(whole) - set(drawn[what].outcome) == without, what


@pytest.mark.django_db
def test_first_of_the_order_are_approved_and_the_others_wait_in_it(drawn, officer):
    carried = draws.carry_out(drawn, by=officer)

    rows = {row.reference: row for row in Registration.objects.all()}
    assert [rows[reference].status for reference in drawn.outcome] == [Status.APPROVED] * 3 + [Status.WAITLISTED] * 3
    assert {rows[reference].answers["country"] for reference in drawn.outcome[:3]} == {"FRA", "KEN", "PER"}
    assert [rows[reference].waitlist_rank for reference in drawn.outcome] == [None] * 3 + [4, 5, 6]
    assert list(Registration.objects.on_waitlist()) == [rows[reference] for reference in drawn.outcome[3:]]
    assert [(row.reference, row.status, row.refusal) for row in carried] == [
        (reference, rows[reference].status, "") for reference in drawn.outcome
    ]
    assert (Decision.objects.count(), Category.objects.get().taken) == (6, 3)
    assert Draw.objects.get().done_at is not None
    assert draws.carry_out(drawn, by=officer) == []


@pytest.mark.django_db
def test_seat_of_who_withdrew_goes_to_the_next_of_the_order(drawn, officer):
    gone = Registration.objects.get(reference=drawn.outcome[1])
    workflow.apply(gone, "withdraw", actor=Actor.APPLICANT)

    draws.carry_out(drawn, by=officer)

    approved = set(Registration.objects.filter(status=Status.APPROVED).values_list("reference", flat=True))
    assert approved == {drawn.outcome[place] for place in (0, 2, 3)}


@pytest.mark.django_db
def test_who_is_asked_for_more_after_the_draw_keeps_their_seat(drawn, officer):
    asked = Registration.objects.get(reference=drawn.outcome[0])
    workflow.apply(asked, "ask", actor=Actor.DESK, by=officer, reason="Which passport?")

    first = draws.carry_out(drawn, by=officer)
    waits = Draw.objects.get().done_at is None
    workflow.apply(asked, "reply", actor=Actor.APPLICANT)
    draws.carry_out(drawn, by=officer)

    assert [row.reference for row in first if row.refusal] == [asked.reference]
    approved = Registration.objects.filter(status=Status.APPROVED).values_list("reference", flat=True)
    assert (waits, set(approved)) == (True, set(drawn.outcome[:3]))
    assert Draw.objects.get().done_at is not None


@pytest.mark.django_db
def test_officer_with_a_conflict_leaves_the_seat_for_another_officer(drawn, officer):
    kept = Registration.objects.get(reference=drawn.outcome[0])
    Conflict.objects.create(officer=officer, registration=kept, declared_by=officer, at=timezone.now())

    carried = draws.carry_out(drawn, by=officer)

    assert [row.reference for row in carried if row.refusal] == [kept.reference]
    assert (Draw.objects.get().done_at, Category.objects.get().taken) == (None, 2)
    draws.carry_out(drawn, by=make_officer("other"))
    assert Registration.objects.get(pk=kept.pk).status == Status.APPROVED
    assert (Draw.objects.get().done_at is not None, Category.objects.get().taken) == (True, 3)


@pytest.mark.django_db
def test_many_are_carried_out_a_part_at_a_time(drawn, officer):
    parts = [len(draws.carry_out(drawn, by=officer, most=4)) for _ in range(2)]

    assert parts == [4, 2]
    assert Draw.objects.get().done_at is not None


# The record that a meeting publishes


@pytest.fixture
def file(drawn, tmp_path):
    file = tmp_path / "record.json"
    file.write_text(json.dumps(draws.record(drawn)))
    return file


@pytest.mark.django_db
def test_record_comes_out_the_same_with_the_command_and_with_the_lines_of_the_page(file, drawn, capsys):
    call_command("verify_draw", str(file))
    assert capsys.readouterr().out == "It comes out the same: 6 entries, 3 seats.\n"

    page = Path(__file__).parents[2] / "docs" / "draw.md"
    [listing] = re.findall(r"```python\n(.*?)```", page.read_text(), re.DOTALL)
    run = subprocess.run([sys.executable, "-I", "-c", listing, str(file)], capture_output=True, text=True, check=True)
    assert run.stdout == "same\n"
    assert set(json.loads(file.read_text())["entries"][0]) == {"mark", "reference", "country", "medium"}


def swapped(record):
    record["outcome"][0], record["outcome"][1] = record["outcome"][1], record["outcome"][0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (swapped, "^Place 1 is "),
        (lambda record: record["outcome"].pop(), "^6 are in the draw; the record seats 5.$"),
        (lambda record: record.update(sentence="Another"), "^The seed is not that of the sentence and the entries.$"),
        (lambda record: record["entries"].pop(), "^The seed is not that of the sentence and the entries.$"),
        (lambda record: record["entries"].append(record["entries"][0]), "^An entry stands there twice.$"),
        (lambda record: record.update(rule="mine/9"), "^The rule is 'mine/9'; this checks countries-media-lot/2.$"),
        (lambda record: record.pop("media"), "is no record of a draw.$"),
    ],
)
def test_record_that_was_changed_is_known(file, change, told):
    record = json.loads(file.read_text())
    change(record)
    file.write_text(json.dumps(record))

    with pytest.raises(CommandError, match=told):
        call_command("verify_draw", str(file))


@pytest.mark.parametrize("content", ["", "[]", "3", '{"rule": "countries-media-lot/2"}', "\0", "null"])
def test_file_that_is_no_record_is_refused_in_words(tmp_path, content):
    file = tmp_path / "record.json"
    file.write_text(content)

    with pytest.raises(CommandError, match="is no record of a draw.$"):
        call_command("verify_draw", str(file))
    with pytest.raises(CommandError, match="cannot be read: No such file or directory.$"):
        call_command("verify_draw", str(tmp_path / "nowhere.json"))


@pytest.mark.django_db
def test_record_withholds_who_was_protected_after_the_draw(drawn, tmp_path):
    hidden = drawn.outcome[2]
    Registration.objects.filter(reference=hidden).update(asks_protection=True)

    record = draws.record(drawn)

    assert hidden not in json.dumps(record)
    assert sum("reference" in entry for entry in record["entries"]) == 5
    assert (len(record["entries"]), record["withheld"]) == (6, 1)
    with pytest.raises(lot.NotAsPublished, match="^The seed is right. Entries are withheld to protect people"):
        lot.verify(record)


def earlier_record(**changes):
    """Of the rule whose seed was made of references; E does not wait."""
    entries = [
        {"reference": reference, "country": country, "medium": medium}
        for reference, country, medium in [("A", "FRA", "print"), ("B", "FRA", "television"), ("C", "KEN", "print")]
    ] + [{"reference": "E", "country": "", "medium": "", "waits": False}]
    seed = lot.seed_of("The bell rings at dawn.", "ABCE")
    outcome = lot.order(entries, seed=seed, media=MEDIA)
    return {
        "rule": "countries-media-lot/1", "sentence": "The bell rings at dawn.", "media": MEDIA, "seats": 2,
        "seed": seed, "entries": entries, "outcome": outcome, "withheld": 0,
    } | changes  # fmt: skip


def test_record_of_the_earlier_rule_comes_out_as_before():
    assert lot.verify(earlier_record()) == 3
    assert earlier_record()["outcome"][0] == "B"
    with pytest.raises(lot.NotAsPublished, match="^Entries are withheld to protect people"):
        lot.verify(earlier_record(withheld=1))
    with pytest.raises(lot.NotAsPublished, match="^The seed is not that of"):
        lot.verify(earlier_record(sentence="Another"))


@pytest.mark.django_db
def test_earlier_draw_withholds_whole_entries(category, officer):
    draw = announced(category, officer)
    people = [applicant(category) for _ in range(3)]
    entries = [{"reference": row.reference, "country": "FRA", "medium": "print"} for row in people]
    draw.rule, draw.entries = lot.EARLIER, entries
    Registration.objects.filter(pk=people[0].pk).update(asks_protection=True)

    record = draws.record(draw)

    assert (record["entries"], record["withheld"]) == (entries[1:], 1)
