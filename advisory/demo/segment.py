"""A high-level segment to come, with everything an advisory can hold."""

from datetime import time, timedelta

from advisory.demo.parts import OFFICIAL_LANGUAGES, body, day_of, drawn_portrait, topic
from advisory.models import Meeting


def session_in_geneva(first):
    """Everything at once: four sittings over two days, a programme, press moments, notices, a speaker by video."""
    while first.weekday() != 1:  # a Tuesday
        first += timedelta(days=1)
    second, closes = first + timedelta(days=1), first - timedelta(days=6)
    meeting = Meeting.objects.create(
        is_demonstration=True,
        kind="high_level",
        body=body("Council on Early Warning", "council-on-early-warning"),
        title="High-level segment on early warning for floods and storms",
        theme="Seventy-two hours ahead",
        summary="Ministers and weather services agree on who warns whom, and how fast, before a river rises. "
        "A declaration is expected on the second day.",
        slug="early-warning-segment",
        code="EWS1",
        attendance="hybrid",
        room="Room XVII",
        building="Building E, Lakeside Offices",
        address="8 Quai des Exemples",
        city="Geneva",
        country="Switzerland",
        time_zone="Europe/Zurich",
        map_url="https://maps.example.int/building-e",
        entrance="North gate, from 8:00 on both days",
        step_free="Lift at door 40; hearing loop in the room",
        overflow_room="Room XXII",
        interpretation=OFFICIAL_LANGUAGES,
        background=SEGMENT_BACKGROUND,
        arrangements=SEGMENT_ARRANGEMENTS,
        boilerplate="For information media. Not an official record.",
        hashtags=["#SeventyTwoHours"],
        accounts=["@example_press"],
    )
    meeting.topics.add(topic("Early warning", "early-warning"))
    sittings = [
        ("Opening and ministerial statements", first, (10, 0), (13, 0), "open"),
        ("Expert panel", first, (15, 0), (18, 0), "open"),
        ("Negotiation of the declaration", second, (10, 0), (13, 0), "closed"),
        ("Adoption and closing", second, (15, 0), (17, 30), "open"),
    ]
    for position, (title, day, start, end, press) in enumerate(sittings):
        meeting.sittings.create(position=position, title=title, press=press, **day_of(day, start, end))
    for position, (day, start, title, detail, press) in enumerate(SEGMENT_PROGRAMME):
        meeting.programme.create(
            position=position,
            date=(first, second)[day],
            start_time=start and time(*start),
            precision="exact" if start else "following",
            title=title,
            detail=detail,
            press=press,
        )
    _people_of_segment(meeting, shown_until=second + timedelta(days=30))
    _papers_of_segment(meeting)
    meeting.stakeouts.create(
        position=1, kind="photo_opportunity", title="Arrival of the ministers", date=first, start_time=time(9, 40),
        minutes=15, room="Door 40",
    )  # fmt: skip
    meeting.stakeouts.create(
        position=2, kind="press_conference", title="President of the Council and the host of the segment", date=second,
        start_time=time(17, 45), precision="about", minutes=40, room="Press Room 1",
        who_may_ask="accredited correspondents, in the room and by video",
    )  # fmt: skip
    meeting.access_notices.create(
        position=1, category="press", closes_on=closes, closes_time=time(18), opens_on=first - timedelta(days=30),
        opens_time=time(9), address="https://accreditation.example.int/early-warning",
        who_must="Everybody who reports from the building without an annual press card of the house.",
        who_need_not="Holders of the annual press card of the house",
        prepare="A letter of assignment signed by the editor, a press card, a passport or identity card.",
        pick_up="North gate, the day before from 14:00 and on both days from 7:30.",
    )  # fmt: skip
    meeting.access_notices.create(
        position=2, category="civil_society", closes_on=closes - timedelta(days=2), closes_time=time(18),
        instruction="The focal point of each organization sends one list of at most four names to "
        "civil-society@example.int.",
        who_must="Representatives of organizations in consultative status.",
        prepare="The organization’s designation letter and each representative’s passport number.",
    )  # fmt: skip
    return meeting


SEGMENT_PROGRAMME = [
    (0, (10, 0), "Opening by the President of the Council", "", "open"),
    (0, (10, 20), "Statements by ministers", "In the order of the list of speakers", "open"),
    (0, (15, 0), "Panel: the first hour after a warning", "With weather services from four regions", "open"),
    (1, (10, 0), "Reading of the draft declaration", "", "closed"),
    (1, (15, 0), "Adoption of the declaration", "", "open"),
    (1, None, "Closing statements", "", "open"),
]

SEGMENT_BACKGROUND = """\
Half of the States have no service that can warn every household of a flood within a day. Where there is one, a
warning three days ahead has been shown to cut the damage by about a third.

The segment follows the Council’s decision of last year to treat warnings as a public service, like a fire brigade.
Three questions are open:

- who pays for gauges on rivers that several States share;
- how a warning is spoken in languages without a written form;
- which data a private network must hand over, and when.

A draft of the declaration is [on the table](https://papers.example.int/early-warning/draft).
"""

SEGMENT_ARRANGEMENTS = """\
Cameras stand on the riser at the back of Room XVII; one tripod a crew. Live units park at door 41 after **security
sweep at 7:00**.

Clean sound and pictures are offered by the host broadcaster to accredited media without charge. Requests for
interviews go to the [booking desk](mailto:interviews@example.int).
"""


def _people_of_segment(meeting, *, shown_until):
    meeting.speakers.create(position=1, kind="office", office="President of the Council", role="chair")
    meeting.speakers.create(
        position=2, kind="person", honorific="Ms", name="Adaeze Lindqvist", role="moderator",
        office="Head of the Early Warning Unit", photo=drawn_portrait(),
        photo_caption="Adaeze Lindqvist, drawn for this demonstration.", photo_credit="Rostrum, free to use",
    )  # fmt: skip
    meeting.speakers.create(
        position=3, kind="person", honorific="Mr", name="Tomasi Vaka", attending="by_video",
        office="Director, Island Weather Service",
    )  # fmt: skip
    meeting.speakers.create(
        position=4, kind="office", office="Minister for Water of the host country", attending="to_be_confirmed"
    )
    meeting.speakers.create(position=5, kind="group", office="Weather services of four regions")
    meeting.contacts.create(
        position=1, name="Mireille Okonjo", office="Information Service, Geneva", languages=["en", "fr"],
        hours="Monday to Friday 8:30 to 18:00 Geneva", phones=["+12125550134"], emails=["okonjo@example.int"],
        shown_until=shown_until,
    )  # fmt: skip
    meeting.contacts.create(
        position=2, office="Broadcast operations", role="technical", phones=["+12125550177"],
        emails=["broadcast@example.int"],
    )  # fmt: skip


def _papers_of_segment(meeting):
    meeting.documents.create(
        position=1,
        title="Draft ministerial declaration",
        url="https://papers.example.int/early-warning/draft",
        languages=["en", "fr"],
        is_advance=True,
    )
    meeting.webcasts.create(
        position=1, url="https://webcast.example.int/early-warning", languages=["floor", *OFFICIAL_LANGUAGES],
        has_captions=True, has_signing=True,
    )  # fmt: skip
    meeting.links.create(
        position=1, label="Media kit with maps and figures", url="https://kit.example.int/early-warning"
    )
