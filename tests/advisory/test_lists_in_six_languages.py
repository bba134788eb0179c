"""A line of a list, a month, a row of the daily alert and an entry of a feed, letter by letter in six languages."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from lxml import etree

from advisory import agenda, alert, emails, publishing
from advisory.finding import Filters
from advisory.models import Edition
from advisory.words import EditionKind
from tests.builders import make_full_meeting, make_meeting, make_sitting

pytestmark = pytest.mark.django_db
BEFORE = datetime(2016, 8, 20, 12, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
DAY = date(2016, 9, 6)
LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
ATOM = {"a": "http://www.w3.org/2005/Atom"}


@pytest.fixture(autouse=True)
def _seat_in_geneva(settings):
    settings.TIME_ZONE = "Europe/Zurich"


def announce(kind=None, **fields):
    """Two days in New York, told in English."""
    fields = {"city": "New York", "room": "Room A"} | fields
    meeting = make_meeting("Dialogue", sitting=False, slug="dialogue", **fields)
    make_sitting(meeting, end_time=time(13), precision="about")
    make_sitting(meeting, date=date(2016, 10, 1), position=1)
    edition = publishing.publish(meeting, by=None)
    if kind:
        meeting.refresh_from_db()
        edition = publishing.publish(meeting, by=None, kind=kind)
    return edition


def foreign(text, language="en", direction="ltr"):
    return f'<bdi lang="{language}" dir="{direction}">{text}</bdi>'


ROOM = foreign("Room A")
ENTRIES = {  # month, leaf, hours, place, last day, state, address
    "ar": (
        "أيلول/سبتمبر 2016", ("6", "الثلاثاء", "أيلول/سبتمبر"), "حوالي \u206610:00–13:00\u2069", f"نيويورك، {ROOM}",
        "السبت 1 تشرين الأول/أكتوبر", "ملغى", "/ar/meetings/2016/dialogue/",
    ),
    "zh": (
        "2016年9月", ("6", "星期二", "9月"), "约10:00–13:00", f"纽约，{ROOM}",
        "10月1日周六", "已取消", "/zh/meetings/2016/dialogue/",
    ),
    "en": (
        "September 2016", ("6", "Tuesday", "September"), "about 10:00–13:00", "New York, Room A",
        "Sat 1 Oct", "Cancelled", "/meetings/2016/dialogue/",
    ),
    "fr": (
        "Septembre 2016", ("6", "mardi", "septembre"), "vers 10:00–13:00", f"New York, {ROOM}",
        "sam. 1er oct.", "Annulé", "/fr/meetings/2016/dialogue/",
    ),
    "ru": (
        "Сентябрь 2016 года", ("6", "вторник", "сентября"), "около 10:00–13:00", f"Нью-Йорк, {ROOM}",
        "сб, 1 окт.", "Отменено", "/ru/meetings/2016/dialogue/",
    ),
    "es": (
        "Septiembre de 2016", ("6", "martes", "septiembre"), "hacia las 10:00–13:00", f"Nueva York, {ROOM}",
        "sáb 1 oct", "Cancelado", "/es/meetings/2016/dialogue/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_line_of_a_list_is_in_the_language_of_the_page(language):
    edition = announce(EditionKind.CANCELLED)

    with override(language):
        [entry] = agenda.entries([edition], at=BEFORE)
        [(month, _)] = agenda.by_month([entry])
        state, *others = entry.tags

        said = (month, entry.leaf, entry.hours, entry.place, entry.until, state.word, entry.path)
        assert (said, others) == (ENTRIES[language], [])


ROWS = {  # hours at the seat, place, state, the day after
    "ar": ("حوالي \u206616:00–19:00\u2069", f"{ROOM}، نيويورك", "ملغى", "الأربعاء 7 أيلول/سبتمبر"),
    "zh": ("约16:00–19:00", f"{ROOM}，纽约", "已取消", "9月7日星期三"),
    "en": ("about 16:00–19:00", "Room A, New York", "Cancelled", "Wednesday 7 September"),
    "fr": ("vers 16:00–19:00", f"{ROOM}, New York", "Annulé", "mercredi 7 septembre"),
    "ru": ("около 16:00–19:00", f"{ROOM}, Нью-Йорк", "Отменено", "среда, 7 сентября"),
    "es": ("hacia las 16:00–19:00", f"{ROOM}, Nueva York", "Cancelado", "miércoles 7 de septiembre"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_row_of_the_alert_is_in_the_language_of_the_page(language):
    announce(EditionKind.CANCELLED)

    with override(language):
        found = alert.of_day(DAY)
        [row] = found.rows

        assert (row.hours, row.place_marked, row.tags[0].word, found.after_words) == ROWS[language]
        assert row.what_marked == ("Dialogue" if language == "en" else foreign("Dialogue"))


def test_parts_of_a_row_in_another_language_are_escaped_and_marked():
    meeting = make_meeting("Réunion <b>", sitting=False, original_language="fr", room="Salle <i>")
    make_sitting(meeting, title="Matin & soir")
    meeting.stakeouts.create(kind="stakeout", title="La <u>Présidente</u>", date=DAY, start_time=time(13))
    publishing.publish(meeting, by=None)

    sitting, stakeout = alert.of_day(DAY).rows

    assert (sitting.what, sitting.what_marked) == (
        "Réunion <b>: Matin & soir",
        f"{foreign('Réunion &lt;b&gt;', 'fr')}: {foreign('Matin &amp; soir', 'fr')}",
    )
    assert sitting.place_marked == foreign("Salle &lt;i&gt;", "fr")
    assert (stakeout.what, stakeout.what_marked, stakeout.context_marked) == (
        "Media stakeout: La <u>Présidente</u>",
        f"Media stakeout: {foreign('La &lt;u&gt;Présidente&lt;/u&gt;', 'fr')}",
        foreign("Réunion &lt;b&gt;", "fr"),
    )


def test_letter_of_the_day_marks_what_is_in_another_language():
    announce()
    with override("fr"):
        found = alert.of_day(DAY)

    letter = emails.daily_alert(found, "fr")

    assert letter.html.count(foreign("Dialogue") + "</a>") == 1
    assert letter.html.count(f"{ROOM}, New York") == 1
    assert "<bdi" not in letter.text


def test_text_of_a_day_leads_to_the_page_in_its_own_language(client):
    announce()

    lines = client.get("/fr/alert/2016-09-06.txt").content.decode().split("\r\n")

    assert [line.strip() for line in lines if "http" in line] == [
        "http://localhost:8000/fr/meetings/2016/dialogue/",
        "http://localhost:8000/fr/alert/2016-09-06/",
    ]


def test_name_of_a_body_is_in_the_language_of_the_page_or_says_in_which_it_is(client):
    publishing.publish(make_full_meeting(), by=None)

    choices = {}
    for language in ["fr", "ru"]:
        page = client.get(f"/{language}/meetings/?body=general-assembly&from=2016-01-01")
        [choice] = page.context["fields"]["body"].choices
        choices[language] = (choice.label, choice.foreign)
        [(removal, _), _] = page.context["filters"].removals()
        assert ("<bdi" in removal) == (language == "ru")

    assert choices == {"fr": ("Assemblée générale", ""), "ru": ("General Assembly", ' lang="en" dir="ltr"')}


def test_languages_to_choose_are_named_in_the_language_of_the_page():
    with override("fr"):
        found = Filters({}).fields([], None)["language"].choices

    assert [choice.label for choice in found] == ["Arabe", "Chinois", "Anglais", "Français", "Russe", "Espagnol"]


def test_feed_names_its_language_the_kind_and_what_the_notice_says(client):
    first = announce()
    meeting = first.meeting
    meeting.room = "Room B"
    meeting.save()
    second = publishing.publish(meeting, by=None, kind=EditionKind.CORRECTION, words="The room has changed.")

    tree = etree.fromstring(client.get("/feed/").content)
    [item] = client.get("/feed.json").json()["items"]

    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert tree.xpath("string(//a:entry/a:title)", namespaces=ATOM) == item["title"] == "Correction: Dialogue"
    assert tree.xpath("string(//a:entry/a:updated)", namespaces=ATOM) == second.published_at.isoformat()
    assert item["content_text"].startswith(f"Correction, {second.published_at.astimezone(NEW_YORK).day} ")
    assert item["content_text"].endswith(
        "The room has changed. Where: was “Room A, New York”, is “Room B, New York”. "
        "6 September to 1 October 2016, Room B, New York"
    )
    assert tree.xpath("string(//a:entry/a:summary)", namespaces=ATOM) == item["content_text"]


def test_feed_in_another_language_marks_the_names_it_cannot_tell(client):
    announce()

    tree = etree.fromstring(client.get("/ru/feed/").content)
    [item] = client.get("/ru/feed.json").json()["items"]

    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "ru"
    assert tree.xpath("string(//a:entry/a:link/@href)", namespaces=ATOM) == item["url"]
    assert item["url"] == "http://localhost:8000/ru/meetings/2016/dialogue/"
    assert tree.xpath("string(//a:entry/a:summary)", namespaces=ATOM) == (
        f"6 сентября – 1 октября 2016 года, {ROOM}, Нью-Йорк"
    )
    assert Edition.objects.count() == 1
