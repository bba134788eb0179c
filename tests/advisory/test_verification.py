"""Blanked people and tampered rows, as ``verify_chains`` tells them apart."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from advisory import publishing, redaction, search
from advisory.models import Edition, Meeting, PublishedPerson, Rendition
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(once):
    return once(make_public)


def make_public():
    meeting = make_full_meeting(code="DEW16")
    for _ in range(3):
        publishing.publish(meeting, by=None)
    return Meeting.objects.get()


def verified(capsys):
    """(exit sentence or '', lines)."""
    try:
        call_command("verify_chains")
        ending = ""
    except CommandError as error:
        ending = str(error)
    return ending, capsys.readouterr().out.splitlines()


def test_untouched_chain_is_intact(meeting, capsys):
    assert verified(capsys) == ("", ["intact  Editions of DEW16: 3 rows"])


def test_blanked_person_is_redacted_not_broken(meeting, capsys):
    redaction.blank(PublishedPerson.objects.get(content__name="Ada Example"))

    names = ", ".join(f"edition {number} (row {number})" for number in (1, 2, 3))
    assert verified(capsys) == ("", [f"redacted  Editions of DEW16: 3 rows, people blanked in {names}"])


@pytest.mark.parametrize(
    ("table", "change", "sentence"),
    [
        (
            "advisory_edition",
            "published_at = '2016-01-01 00:00:00+00:00' WHERE sequence = 2",
            "edition 2 (row 2) is not what was written, or does not follow the row before it",
        ),
        (
            "advisory_edition",
            "slug = 'elsewhere' WHERE sequence = 2",
            "edition 2 (row 2): its address is not the one that was published",
        ),
        (
            "advisory_publishedperson",
            "salt = 'other'",
            "edition 1 (row 1): a person it names is not the one that was published",
        ),
    ],
)
def test_tampered_row_is_named(meeting, capsys, table, change, sentence):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")

    assert verified(capsys) == ("1 of the chains is broken.", [f"broken  Editions of DEW16: {sentence}"])


def test_edition_changed_while_it_waits_is_named_before_it_is_public(capsys):
    waiting = publishing.publish(
        make_full_meeting(code="DEW16", embargo_until=timezone.now() + timedelta(hours=1)), by=None
    )
    waiting.facts["sittings"][0]["start_time"] = "11:00"
    Edition.objects.update(facts=waiting.facts)

    sentence = "edition 1 (row 1) is not what was written, or does not follow the row before it"
    assert verified(capsys) == ("1 of the chains is broken.", [f"broken  Editions of DEW16: {sentence}"])


def test_instant_brought_forward_in_the_row_is_named(capsys):
    publishing.publish(make_full_meeting(code="DEW16", embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    Edition.objects.update(visible_from=timezone.now())

    sentence = "edition 1 (row 1) is not what was written, or does not follow the row before it"
    assert verified(capsys) == ("1 of the chains is broken.", [f"broken  Editions of DEW16: {sentence}"])


def test_row_taken_out_is_named(meeting, capsys):
    row = Edition.objects.get(sequence=2)
    row.people.clear()
    row.renditions.all().delete()
    row.delete()

    sentence = "edition 3 (row 3) is not what was written, or does not follow the row before it"
    assert verified(capsys) == ("1 of the chains is broken.", [f"broken  Editions of DEW16: {sentence}"])


def test_blanking_drops_every_form_of_every_edition_naming_the_person(meeting):
    other = publishing.publish(make_meeting(), by=None)
    person = PublishedPerson.objects.get(content__name="Grace Sample")

    redaction.blank(person)

    person.refresh_from_db()
    assert (person.content, person.salt) == ({}, "")
    assert set(Rendition.objects.values_list("edition", flat=True)) == {other.pk}


def test_contact_is_blanked_once_the_last_day_is_over_everywhere():
    publishing.publish(make_meeting(), by=None)
    person = PublishedPerson.objects.get()
    last = timezone.now() + timedelta(days=30)

    assert redaction.blank_rested(last + timedelta(days=1)) == 0
    assert redaction.blank_rested(last + timedelta(days=2)) == 1
    person.refresh_from_db()
    assert person.content == {}


def test_speaker_is_not_blanked_with_the_contacts(meeting):
    redaction.blank_rested(timezone.now() + timedelta(days=60))

    assert PublishedPerson.objects.filter(content__name="Grace Sample").count() == 1


def test_blanked_speaker_is_no_longer_found(meeting):
    def found(words):
        return [edition.number for edition in Edition.objects.current().filter(pk__in=search.matching(words))]

    assert (found("Grace Sample"), found("early warning")) == ([3], [3])

    redaction.blank(PublishedPerson.objects.get(content__name="Grace Sample"))

    assert (found("Grace Sample"), found("early warning")) == ([], [3])
