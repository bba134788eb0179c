"""The demonstration: what a fresh site shows, said to be invented on every page."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from advisory import demo
from advisory.models import Edition, MediaContact, Meeting
from tests.builders import make_meeting

pytestmark = pytest.mark.django_db


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
    ]
    assert {int(found) for found in re.findall(r"/(20\d\d)/", first.getvalue())} <= {2016, year, year + 1}
    assert second.getvalue() == "There are meetings already: nothing was loaded.\n"
    assert list(Edition.objects.order_by("pk").values_list("pk", "hash")) == before


def test_site_with_a_meeting_of_its_own_gets_no_demonstration():
    make_meeting()

    assert demo.load() == []
    assert Meeting.objects.count() == 1


def test_every_demonstration_page_says_so_at_top_and_foot(client):
    addresses = [meeting.get_absolute_url() for meeting in demo.load()]

    for address in [*addresses, "/", "/meetings/", "/meetings/2016/"]:
        main, foot = client.get(address).content.decode().split("<footer")
        assert "Demonstration data." in main.split("<h1")[0], address
        assert "Demonstration data." in foot, address


def test_two_meetings_are_still_to_come():
    demo.load()

    days = sorted(Edition.objects.current().values_list("first_day", flat=True))

    today = timezone.localdate()
    assert [day > today for day in days] == [False, True, True]
    assert days[2] - today < timedelta(days=32)


def test_portrait_can_be_fetched(client):
    segment = demo.load()[1]
    page = client.get(segment.get_absolute_url()).content.decode()

    response = client.get(re.search(r'<img src="([^"]+)"', page)[1])

    assert response.headers["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")


def test_nobody_can_be_called_or_written_to():
    demo.load()

    contacts = list(MediaContact.objects.all())
    phones = [number for contact in contacts for number in contact.phones]
    emails = [email for contact in contacts for email in contact.emails]
    assert [number for number in phones if not re.fullmatch(r"\+121255501\d\d", number)] == []
    assert [email for email in emails if not email.endswith("@example.int")] == []
    assert (len(phones), len(emails)) == (5, 4)
