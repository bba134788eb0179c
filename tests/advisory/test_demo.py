"""The demonstration: what a fresh site shows, said to be invented on every page."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from advisory import demo
from advisory.models import Edition, MediaContact, Meeting
from advisory.publishing import PublishRefused, publish
from tests.builders import make_meeting, make_officer

pytestmark = pytest.mark.django_db


def test_site_with_a_meeting_of_its_own_gets_no_demonstration():
    make_meeting()

    assert demo.load() == []
    assert Meeting.objects.count() == 1


def test_first_load_publishes_and_second_changes_nothing():
    first, second = StringIO(), StringIO()
    call_command("demo_data", stdout=first)
    before = list(Edition.objects.order_by("pk").values_list("pk", "hash"))

    call_command("demo_data", stdout=second)

    year = timezone.localdate().year
    assert re.sub(r"/20\d\d/", "/YEAR/", first.getvalue()).splitlines() == [
        "Published Informal interactive dialogue on the responsibility to protect: /meetings/YEAR/r2p-dialogue/",
        "Published High-level segment on early warning for floods and storms: /meetings/YEAR/early-warning-segment/",
        "Published Press briefing after the Board’s closed session: /meetings/YEAR/board-briefing/",
        "Published Consultation with civil society on warnings in minority languages: "
        "/meetings/YEAR/minority-languages/",
        "Published Launch of the yearly report on river gauges: /meetings/YEAR/river-gauges/",
        "Under embargo: Press conference on the unpublished flood outlook.",
    ]
    assert {int(found) for found in re.findall(r"/(20\d\d)/", first.getvalue())} <= {2016, year - 1, year, year + 1}
    assert second.getvalue() == "There are meetings already: nothing was loaded.\n"
    assert list(Edition.objects.order_by("pk").values_list("pk", "hash")) == before


def test_first_start_publishes_also_where_a_second_officer_must_approve(settings):
    settings.APPROVAL = True

    call_command("demo_data", stdout=StringIO())

    assert Edition.objects.values_list("meeting").distinct().count() == 6


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demonstration, loaded once; each test is rolled back to it. What needs an empty site stands above."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo.load()
        transaction.set_rollback(True)


def test_officer_publishes_a_demonstration_meeting_no_more_alone_than_any_other(settings, loaded):
    settings.APPROVAL = True
    meeting = loaded[0]

    with pytest.raises(PublishRefused, match="second officer"):
        publish(meeting, by=make_officer())


def test_every_demonstration_page_says_so_at_top_and_foot(client, loaded):
    addresses = [f"/meetings/{edition.year}/{edition.slug}/" for edition in Edition.objects.current()]

    for address in [*addresses, "/", "/meetings/", "/meetings/2016/"]:
        main, foot = client.get(address).content.decode().split("<footer")
        assert "Demonstration data." in main.split("<h1")[0], address
        assert "Demonstration data." in foot, address


def test_one_is_long_past_one_over_two_to_come_one_put_off_and_one_under_embargo(loaded):
    today = timezone.localdate()

    days = dict(Edition.objects.current().values_list("slug", "first_day"))

    assert {slug: day and day > today for slug, day in days.items()} == {
        "r2p-dialogue": False,
        "river-gauges": False,
        "board-briefing": True,
        "early-warning-segment": True,
        "minority-languages": None,
    }
    assert days["early-warning-segment"] - today < timedelta(days=32)
    assert Edition.objects.filter(slug="flood-outlook").count() == 1


def test_dialogue_is_told_in_six_languages_without_a_gap(loaded):
    texts = Edition.objects.current().get(slug="r2p-dialogue").texts

    assert {language: set(texts["en"]) - set(told) - {"body"} for language, told in texts.items()} == {
        language: set() for language in ["ar", "zh", "en", "fr", "ru", "es"]
    }


def test_portrait_can_be_fetched(client, loaded):
    segment = loaded[1]
    page = client.get(segment.get_absolute_url()).content.decode()

    response = client.get(re.search(r'<img src="([^"]+)"', page)[1])

    assert response.headers["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")


def test_nobody_can_be_called_or_written_to(loaded):
    contacts = list(MediaContact.objects.all())
    phones = [number for contact in contacts for number in contact.phones]
    emails = [email for contact in contacts for email in contact.emails]
    assert [number for number in phones if not re.fullmatch(r"\+121255501\d\d", number)] == []
    assert [email for email in emails if not email.endswith("@example.int")] == []
    assert (len(phones), len(emails)) == (7, 5)
