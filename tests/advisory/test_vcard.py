"""The contacts as vCard 4.0, against RFC 6350 and read by a second library."""

import re
from datetime import timedelta

import pytest
import vobject

from advisory import publishing, redaction
from advisory.models import PublishedPerson
from advisory.renditions import vcard
from advisory.renditions.telling import Telling
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db


def made(edition, *, at=None):
    people = {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}
    return vcard.render(Telling.of(edition, people, "en", at=at or edition.published_at))


def cards(data):
    """Unfolded lines of each card."""
    text = data.decode().replace("\r\n ", "")
    return [card.split("\r\n") for card in re.findall(r"(?s)BEGIN:VCARD\r\n(.*?)\r\nEND:VCARD\r\n", text)]


@pytest.fixture
def meeting(settings):
    settings.PRESS_DESK_PHONE, settings.PRESS_DESK_EMAIL = "+12125550100", "desk@example.int"
    return make_full_meeting(slug="dialogue", code="DEW16")


def test_each_contact_is_a_card(meeting, settings):
    edition = publishing.publish(meeting, by=None)
    ada, office = meeting.contacts.order_by("position")

    assert cards(made(edition)) == [
        [
            "VERSION:4.0",
            "PRODID:-//Rostrum//Advisories//EN",
            f"UID:contacts.{ada.pk}.DEW16@{settings.SITE_HOST}",
            f"REV:{edition.published_at:%Y%m%dT%H%M%SZ}",
            "KIND:individual",
            "FN:Ada Example",
            f"ORG:{settings.ORGANIZATION_NAME}",
            r"TITLE:Press officer\, Department of Information",
            'TEL;VALUE=uri;TYPE="work,voice":tel:+12125550142',
            "EMAIL;TYPE=work:press@example.int",
            "LANG;TYPE=work;PREF=1:en",
            "LANG;TYPE=work;PREF=2:pt",
            "TZ:America/New_York",
            "NOTE:Monday to Friday 9:00–18:00 New York",
            f"URL:{settings.SITE_URL}/meetings/2016/dialogue/",
        ],
        [
            "VERSION:4.0",
            "PRODID:-//Rostrum//Advisories//EN",
            f"UID:contacts.{office.pk}.DEW16@{settings.SITE_HOST}",
            f"REV:{edition.published_at:%Y%m%dT%H%M%SZ}",
            "KIND:org",
            "FN:Office on Prevention",
            f"ORG:{settings.ORGANIZATION_NAME}",
            "ROLE:On the subject",
            "EMAIL;TYPE=work:office@example.int",
            "TZ:America/New_York",
            f"URL:{settings.SITE_URL}/meetings/2016/dialogue/",
        ],
    ]


def test_another_reader_finds_the_same(meeting):
    meeting.contacts.filter(name="Ada Example").update(name="Ада; Ejemplo, 例", office="One\\two\nthree")
    data = made(publishing.publish(meeting, by=None))

    first, second = vobject.readComponents(data.decode())

    assert first.fn.value == "Ада; Ejemplo, 例"
    assert first.title.value == "One\\two\nthree"
    assert first.email.value == "press@example.int"
    assert first.tel.value == "tel:+12125550142"
    assert second.fn.value == "Office on Prevention"


def test_lines_fold_at_75_octets_between_characters(meeting):
    name = "非正式互动对话" * 12
    meeting.contacts.filter(name="Ada Example").update(name=name)
    data = made(publishing.publish(meeting, by=None))

    lines = data.split(b"\r\n")

    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert [line.decode() for line in lines if b"\n" in line or b"\r" in line] == []
    assert f"FN:{name}" in cards(data)[0]


def test_speakers_are_never_in_it(meeting):
    text = made(publishing.publish(meeting, by=None)).decode()

    assert "Ada Example" in text
    assert "Grace Sample" not in text
    assert "Special Adviser" not in text


def test_desk_stands_in_for_a_blanked_contact(meeting):
    edition = publishing.publish(meeting, by=None)
    redaction.blank(PublishedPerson.objects.get(content__name="Ada Example"))

    first = cards(made(edition))[0]

    assert first[4:] == [
        "KIND:org",
        "FN:Press desk",
        f"ORG:{first[6].removeprefix('ORG:')}",
        'TEL;VALUE=uri;TYPE="work,voice":tel:+12125550100',
        "EMAIL;TYPE=work:desk@example.int",
        "TZ:America/New_York",
        first[-1],
    ]


def test_desk_stands_in_after_the_last_day(client, meeting):
    edition = publishing.publish(meeting, by=None)
    data = made(edition, at=edition.published_at + timedelta(days=40_000))

    assert b"Ada Example" not in data


def test_hostile_text_adds_no_line(meeting):
    text = "x\r\nEND:VCARD\r\nBEGIN:VCARD\x07\nFN:Eve;TYPE=a,b:\\n"
    meeting.contacts.update(name=text, office=text, hours=text, phones=[text], emails=[text])
    data = made(publishing.publish(meeting, by=None))

    assert len(cards(data)) == data.count(b"BEGIN:VCARD\r\n") == 2
    assert [line for card in cards(data) for line in card if line.startswith("FN:Eve")] == []
    assert {line.partition(":")[0].partition(";")[0] for card in cards(data) for line in card} == {
        *[
            "VERSION",
            "PRODID",
            "UID",
            "REV",
            "KIND",
            "FN",
            "ORG",
            "TITLE",
            "ROLE",
            "TEL",
            "EMAIL",
            "LANG",
            "TZ",
            "NOTE",
        ],
        "URL",
    }
    assert b"\x07" not in data


def test_meeting_without_contacts_gives_no_card():
    edition = publishing.publish(make_meeting(), by=None)
    edition.facts["contacts"] = []

    assert made(edition) == b""
