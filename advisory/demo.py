"""Meetings that show what an advisory can hold. People, addresses and telephones are invented; every page says so."""

import io
from datetime import date, time, timedelta

from django.db import transaction
from django.utils import timezone
from PIL import Image, ImageDraw

from advisory import publishing
from advisory.models import Body, Meeting
from office import uploads

OFFICIAL_LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]


@transaction.atomic
def load(by=None):
    """Publish the demonstration meetings and return them; where any meeting exists, change nothing."""
    if Meeting.objects.exists():
        return []
    today = timezone.localdate()
    meetings = [dialogue_of_2016(), session_in_geneva(today + timedelta(days=24)), briefing_in_vienna(today)]
    return [publishing.publish(meeting, by=by).meeting for meeting in meetings]


def dialogue_of_2016():
    meeting = Meeting.objects.create(
        is_demonstration=True,
        kind="dialogue",
        body=_body("General Assembly", "general-assembly"),
        title="Informal interactive dialogue on the responsibility to protect",
        theme="Mobilizing collective action: the next decade of the responsibility to protect",
        summary="States, regional organizations and civil society take up the Secretary-General’s report "
        "A/70/999–S/2016/620 and what the next ten years should bring.",
        slug="r2p-dialogue",
        code="R2P16",
        room="Trusteeship Council Chamber",
        building="Headquarters",
        city="New York",
        country="United States of America",
        time_zone="America/New_York",
        interpretation=OFFICIAL_LANGUAGES,
        background=DIALOGUE_BACKGROUND,
    )
    meeting.sittings.create(position=1, title="Opening and panel", **_day(date(2016, 9, 6), (10, 0), (13, 0)))
    meeting.sittings.create(position=2, title="Dialogue", **_day(date(2016, 9, 6), (15, 0), (18, 0)))
    for position, office in enumerate(DIALOGUE_OFFICES, 1):
        meeting.speakers.create(
            position=position, kind="group" if office.startswith("States") else "office", office=office
        )
    meeting.documents.create(
        position=1,
        symbols=["A/70/999", "S/2016/620"],
        title="Mobilizing collective action: the next decade of the responsibility to protect. "
        "Report of the Secretary-General",
        languages=OFFICIAL_LANGUAGES,
    )
    meeting.documents.create(
        position=2,
        symbols=["A/63/677"],
        role="background",
        title="Implementing the responsibility to protect. Report of the Secretary-General, 2009",
        languages=OFFICIAL_LANGUAGES,
    )
    meeting.webcasts.create(url="https://webcast.example.int/r2p-dialogue", languages=["floor", "en", "fr"])
    meeting.access_notices.create(
        category="press",
        who_must="Correspondents without a valid headquarters pass.",
        who_need_not="Holders of a valid headquarters press pass.",
        closes_on=date(2016, 9, 1),
        closes_time=time(18),
        instruction="Write to the media accreditation desk, accreditation@example.int.",
        prepare="A letter of assignment on headed paper, a press card and a passport.",
        pick_up="Visitors’ entrance, from Friday 2 September 2016, 9:00 to 17:00.",
    )
    meeting.contacts.create(
        position=1,
        name="Joana Reyes Almeida",
        office="Press officer, Office of the President of the General Assembly",
        languages=["en", "pt", "es"],
        hours="Monday to Friday 9:00 to 18:00 New York",
        phones=["+12125550142"],
        emails=["reyes.almeida@example.int"],
    )
    meeting.contacts.create(
        position=2,
        office="Media accreditation desk",
        role="accreditation",
        phones=["+12125550188"],
        emails=["accreditation@example.int"],
    )
    return meeting


DIALOGUE_OFFICES = [
    "President of the General Assembly",
    "Deputy Secretary-General",
    "Special Adviser on the Prevention of Genocide",
    "The two former Special Advisers on the Responsibility to Protect",
    "States Members of the United Nations, regional organizations and civil society",
]

DIALOGUE_BACKGROUND = """\
At the World Summit of 2005 the Heads of State and Government agreed that every State answers for the safety of the
people on its own soil: from genocide, war crimes, ethnic cleansing and crimes against humanity. They also agreed to
help one another to live up to this.

Every year since 2009 the Assembly has come back to the subject, beginning with the Secretary-General’s first report
on how to carry the promise out (A/63/677).

The report before this meeting is the eighth, and the last by the present Secretary-General. It looks back on ten
years and asks how States can act together sooner, and on rules they share.

It does not hide what stands in the way: little money for prevention, broken international law, outside parties who
make matters worse, and a Security Council that cannot agree. The dialogue lets States weigh these and say what comes
next.
"""


def session_in_geneva(first):
    """Everything at once: four sittings over two days, a programme, press moments, notices, a speaker by video."""
    while first.weekday() != 1:  # a Tuesday
        first += timedelta(days=1)
    second, closes = first + timedelta(days=1), first - timedelta(days=6)
    meeting = Meeting.objects.create(
        is_demonstration=True,
        kind="high_level",
        body=_body("Council on Early Warning", "council-on-early-warning"),
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
    sittings = [
        ("Opening and ministerial statements", first, (10, 0), (13, 0), "open"),
        ("Expert panel", first, (15, 0), (18, 0), "open"),
        ("Negotiation of the declaration", second, (10, 0), (13, 0), "closed"),
        ("Adoption and closing", second, (15, 0), (17, 30), "open"),
    ]
    for position, (title, day, start, end, press) in enumerate(sittings):
        meeting.sittings.create(position=position, title=title, press=press, **_day(day, start, end))
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
        office="Head of the Early Warning Unit", photo=_stored_portrait(),
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


def briefing_in_vienna(today):
    """As little as an advisory may hold: about when, where, and whom to call."""
    day = today + timedelta(days=3)
    while day.weekday() > 4:
        day += timedelta(days=1)
    meeting = Meeting.objects.create(
        is_demonstration=True,
        form="note_to_correspondents",
        kind="briefing",
        title="Press briefing after the Board’s closed session",
        slug="board-briefing",
        code="BRD1",
        city="Vienna",
        country="Austria",
        time_zone="Europe/Vienna",
    )
    meeting.sittings.create(date=day, start_time=time(11, 30), precision="about", press="pool")
    meeting.contacts.create(office="Press desk", phones=["+12125550101"])
    return meeting


def _body(name, slug):
    return Body.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def _day(day, start, end):
    return {"date": day, "start_time": time(*start), "end_time": time(*end)}


def _stored_portrait(width=640, height=800):
    """A drawn head and shoulders: nobody's face."""
    image = Image.new("RGB", (width, height), "#dfe5df")
    draw = ImageDraw.Draw(image)
    draw.ellipse((80, 520, 560, 1100), fill="#13312b")
    draw.rectangle((275, 430, 365, 580), fill="#c69a7b")
    draw.ellipse((200, 170, 440, 490), fill="#c69a7b")
    draw.pieslice((185, 140, 455, 450), 180, 360, fill="#3a2a20")
    kept = io.BytesIO()
    image.save(kept, "JPEG", quality=82, optimize=True)
    stored = uploads.store(kept.getvalue(), suffix=".jpg")
    return {"digest": stored.digest, "media_type": "image/jpeg", "width": width, "height": height}
