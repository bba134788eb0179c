"""What the advisory page says, from everything filled to almost nothing known."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from advisory import publishing
from advisory.models import Document, DocumentFile, MediaContact, Meeting, Speaker
from advisory.words import EditionKind
from tests.advisory.pages import Page, facts, part, render, section, source
from tests.builders import make_full_meeting, make_meeting, make_sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def full():
    return source(make_full_meeting(slug="dialogue"))


def test_facts_of_a_full_advisory_are_whole(full):
    assert facts(full) == {
        "When": [
            "Tuesday 6 September 2016",
            "Sittings, New York time",
            "10:00–13:00 Morning",
            "15:00–18:00 Afternoon, Conference Room 1 Closed to the press",
            "New York time (UTC−4)",
            "Other cities",
            "The same time in other cities",
            "City 6 Sep, 10:00–13:00 New York 6 Sep, 15:00–18:00 New York",
            "New York 10:00–13:00 15:00–18:00",
            "Santiago 11:00–14:00 16:00–19:00",
            "Geneva 16:00–19:00 21:00–00:00",
            "Vienna 16:00–19:00 21:00–00:00",
            "Nairobi 17:00–20:00 22:00–01:00",
            "Beirut 17:00–20:00 22:00–01:00",
            "Bangkok 21:00–00:00 02:00–05:00 +1 day",
            "Tokyo 23:00–02:00 04:00–07:00 +1 day",
        ],
        "Where": [
            "Trusteeship Council Chamber",
            "Headquarters, 1 Example Plaza, New York, United States of America",
            "In person and online",
            "Press entrance: Visitors’ entrance, from 08:30",
            "Step-free way in: Ramp at the north gate",
            "Overflow room: Conference Room 4",
            "Interpretation: six languages",
            "Map of the place",
        ],
        "What": ["The Assembly discusses the yearly report on early warning."],
        "Who": [
            "President of the General Assembly",
            "Ms Grace Sample, Special Adviser (moderator, by video link)",
            "Member States",
        ],
        "Watch": ["Live webcast: floor sound and English, captions"],
    }


def test_access_says_who_by_when_and_how(full):
    assert section(full, "access") == [
        "Access",
        "Open to the press in part",
        "Press",
        "Apply as press",
        "Closes Thursday 1 September 2016, 18:00 New York",
        "Opens Monday 1 August 2016, 09:00 New York",
        "On apply.example.int",
        "Need not apply: Holders of a valid headquarters pass",
        "Civil society",
        "Write to ngo@example.int",
        "Closes Tuesday 30 August 2016, 18:00 New York",
        "What to prepare",
    ]
    assert section(full, "prepare") == [
        "What to prepare",
        "Press",
        "Who must apply",
        "All who hold no pass",
        "Prepare",
        "Letter of assignment and press card",
        "Badge pick-up",
        "North gate, from 2 September, 09:00–16:00",
    ]


def test_sections_follow_in_the_order_of_use(full):
    headings = re.findall(r'<h2 id="(\w+)"', full)

    assert headings == [
        "access", "contacts", "keep", "background", "programme", "stakeouts", "documents", "arrangements", "prepare",
        "links",
    ]  # fmt: skip
    assert section(full, "contacts") == [
        "Media contacts",
        "Ada Example",
        "Press officer, Department of Information",
        "Speaks English and Portuguese",
        "+1 212 555 0142",
        "press@example.int",
        "Monday to Friday 9:00–18:00 New York",
        "On the subject",
        "Office on Prevention",
        "office@example.int",
    ]
    assert section(full, "programme") == [
        "Programme",
        "Programme, New York time",
        "10:00 Opening",
        "President",
        "following the item above Debate",
    ]
    assert section(full, "stakeouts") == [
        "For the press",
        "Media stakeout: The President meets the press",
        "Tuesday 6 September 2016, about 13:10, 20 minutes, Second-floor corridor",
        "Questions: accredited correspondents",
    ]
    assert section(full, "documents") == [
        "Documents",
        "A/70/999 · S/2016/620",
        "Report on early warning",
        "A/63/677",
        "Background",
    ]


def test_sparse_advisory_says_what_is_known_and_asks_for_nothing_else():
    meeting = make_meeting("Briefing", sitting=False, contact=False, city="Vienna", time_zone="Europe/Vienna")
    make_sitting(meeting, date=None, start_time=None, end_time=None, precision="to_be_confirmed", press="pool")
    MediaContact.objects.create(meeting=meeting, office="Press desk", phones=["+43155501000"])

    lines = part(source(meeting), r'<h1.*(?=<p class="print-only)')

    assert lines[:1] + lines[7:] == [
        "Briefing",
        "When",
        "Date to be announced",
        "time to be confirmed",
        "Where",
        "Vienna",
        "Access",
        "Press pool only",
        "No application is announced. For a seat, an interview or a pass, ask the contact below.",
        "Media contacts",
        "Press desk",
        "+43 1 55501000",
        "Keep this advisory",
        "Add to calendar",
        "Tell me of changes",
        "PDF",
        "A4 · Letter",
        "Plain text",
        "Word (DOCX)",
        "Contacts (vCard)",
        "Data (JSON)",
    ]
    assert lines[1:7:2] == ["Edition", "Issued", "Original"]


def test_place_that_is_not_known_is_announced_as_such():
    assert facts(source(make_meeting()))["Where"] == ["Place to be announced"]


def test_online_meeting_is_online_first():
    assert facts(source(make_meeting(attendance="online", city="Geneva")))["Where"] == ["Online", "Geneva"]


def test_other_cities_mark_the_day_before_and_after():
    meeting = make_meeting(sitting=False, city="Tokyo", time_zone="Asia/Tokyo")
    make_sitting(meeting, date=date(2026, 3, 9), start_time=time(8, 30), end_time=None)

    assert facts(source(meeting))["When"][4:] == [
        "City 9 Mar, 08:30 Tokyo",
        "New York 19:30 −1 day",
        "Santiago 20:30 −1 day",
        "Geneva 00:30",
        "Vienna 00:30",
        "Nairobi 02:30",
        "Beirut 01:30",
        "Bangkok 06:30",
        "Tokyo 08:30",
    ]


def test_sitting_past_midnight_says_so():
    meeting = make_meeting(sitting=False, city="New York")
    make_sitting(meeting, start_time=time(22), end_time=time(1))

    assert facts(source(meeting))["When"][1] == "22:00–01:00 (+1 day) New York (UTC−4)"


def test_sitting_whose_hour_is_unsure_has_no_other_cities():
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, end_time=None, precision="to_be_confirmed")

    assert facts(source(meeting))["When"] == [
        "Tuesday 6 September 2016",
        "time to be confirmed",
    ]


@pytest.mark.parametrize(
    ("kind", "tone", "words"),
    [
        (EditionKind.UPDATE, "info", ["Update, {at}.", "Edition 2 replaces every earlier one."]),
        (EditionKind.CORRECTION, "warning", ["Correction, {at}.", "Edition 2 replaces every earlier one."]),
        (EditionKind.REMINDER, "info", ["Reminder, {at}.", "Nothing has changed but what is marked as such."]),
        (
            EditionKind.POSTPONED,
            "warning",
            [
                "Postponed, {at}.",
                "Do not rely on a time announced earlier: what is known now stands below.",
                "State",
                "Was Going ahead",
                "Is Postponed",
            ],
        ),
        (
            EditionKind.CANCELLED,
            "danger",
            ["Cancelled, {at}.", "This meeting will not take place.", "State", "Was Going ahead", "Is Cancelled"],
        ),
    ],
)
def test_edition_announces_what_it_is_at_the_top(kind, tone, words):
    meeting = make_meeting(city="New York")
    publishing.publish(meeting, by=None)
    edition = publishing.publish(meeting, by=None, kind=kind)
    local = edition.published_at.astimezone(ZoneInfo("America/New_York"))

    notice = re.search(r'(?s)<div class="alert alert-(\w+)" role="note">(.*?)</div></div>', render(edition))

    at = f"{local.day} {local:%B %Y, %H:%M} New York"
    assert notice[1] == tone
    assert Page(notice[2]).lines == [*(line.format(at=at) for line in words), "See all changes"]


@pytest.mark.parametrize("kind", [EditionKind.TYPO])
def test_typing_error_mended_is_not_announced(kind):
    meeting = make_meeting()
    publishing.publish(meeting, by=None)

    assert 'class="alert' not in source(meeting, kind=kind)


def test_cancelled_meeting_takes_no_application():
    meeting = make_full_meeting()
    publishing.publish(meeting, by=None)

    assert section(source(meeting, kind=EditionKind.CANCELLED), "access") == [
        "Access",
        "Cancelled",
        "Nobody is let in and no application is taken. Questions go to the contact below.",
    ]


def test_cancelled_meeting_stays_cancelled_in_a_later_correction():
    meeting = make_meeting()
    publishing.publish(meeting, by=None)
    publishing.publish(meeting, by=None, kind=EditionKind.CANCELLED)

    markup = source(meeting, kind=EditionKind.CORRECTION)

    assert re.findall(r"<strong>(?:<time[^>]*>)?(\w+)", markup) == ["Cancelled", "Correction"]


def test_text_in_another_language_than_the_page_names_it():
    meeting = make_full_meeting(original_language="fr")

    elements = Page(source(meeting)).elements

    assert [attributes for name, attributes in elements if name == "html"] == [{"lang": "en", "dir": "ltr"}]
    titled = elements.index(("h1", {})) + 1
    assert elements[titled] == ("bdi", {"lang": "fr", "dir": "ltr"})


def test_page_in_arabic_runs_from_right_to_left():
    edition = publishing.publish(make_meeting(), by=None)

    assert Page(render(edition, language="ar")).all("html") == [{"lang": "ar", "dir": "rtl"}]


def test_numbers_symbols_and_times_keep_their_direction(full):
    isolated = re.findall(r'<bdi[^>]* dir="ltr">(?:<a [^>]*>)?([^<]+)', full)

    assert {"A/70/999", "S/2016/620", "A/63/677", "+1 212 555 0142", "UTC−4"} <= set(isolated)


def test_demonstration_is_named_at_top_and_foot():
    meeting = make_meeting()
    Meeting.objects.update(is_demonstration=True)

    lines = Page(source(meeting)).lines

    sentence = "Demonstration data. People, addresses and numbers are invented."
    at = [number for number, line in enumerate(lines) if line == sentence]
    assert len(at) == 3  # top, on paper, foot
    assert at[0] < lines.index("When") < at[-1] == len(lines) - 1


def test_contact_gives_way_to_the_press_desk_after_the_last_day(settings):
    settings.PRESS_DESK_PHONE, settings.PRESS_DESK_EMAIL = "+41225550100", "desk@example.int"
    meeting = make_meeting(contact=False)
    MediaContact.objects.create(
        meeting=meeting, name="Ada Example", office="Spokesperson", phones=["+12125550142"],
        shown_until=date(2016, 9, 30), hours="Mornings", languages=["fr"],
    )  # fmt: skip

    markup = source(meeting, at=datetime(2016, 10, 1, 12, tzinfo=UTC))

    assert section(markup, "contacts") == ["Media contacts", "Press desk", "+41 22 555 01 00", "desk@example.int"]


def test_photograph_has_words_size_and_credit():
    meeting = make_meeting()
    photo = {"digest": "ab" * 32, "media_type": "image/jpeg", "width": 640, "height": 800}
    Speaker.objects.create(
        meeting=meeting, kind="person", name="Grace Sample", office="Adviser", photo=photo,
        photo_caption="Grace Sample at a desk", photo_credit="Example Photo",
    )  # fmt: skip
    Speaker.objects.create(meeting=meeting, kind="person", name="Without Picture", position=2)

    markup = source(meeting)

    assert Page(markup).all("img") == [
        {
            "src": f"/meetings/2016/{meeting.slug}/files/{'ab' * 32}/grace-sample.jpg",
            "alt": "Grace Sample at a desk",
            "width": "640",
            "height": "800",
            "loading": "lazy",
        }
    ]
    assert section(markup, "portraits") == [
        "Speakers",
        "Grace Sample",
        "Adviser",
        "Grace Sample at a desk Photo: Example Photo",
        "Photograph, 640 × 800",
    ]


def test_document_lists_its_files_with_language_and_size():
    meeting = make_meeting()
    document = Document.objects.create(
        meeting=meeting, title="Note", languages=["en", "fr"], is_advance=True, role="background"
    )
    DocumentFile.objects.create(
        document=document, language="fr", name="note é.pdf", digest="cd" * 32, media_type="application/pdf",
        size_bytes=84_000,
    )  # fmt: skip

    markup = source(meeting)

    assert section(markup, "documents") == [
        "Documents",
        "Note",
        "Background, advance unedited version, in English and French",
        "French, PDF, 82.0\xa0KB".replace("\xa0", " "),
    ]
    assert f"/meetings/2016/{meeting.slug}/files/{'cd' * 32}/note%20%C3%A9.pdf" in markup
