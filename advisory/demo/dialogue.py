"""A dialogue of 2016 in six languages: the shape of a classical advisory, long past."""

from datetime import date, time

from advisory.demo.parts import OFFICIAL_LANGUAGES, body, day_of, topic
from advisory.models import Meeting


def dialogue_of_2016():
    meeting = Meeting.objects.create(
        is_demonstration=True,
        kind="dialogue",
        body=body("General Assembly", "general-assembly"),
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
    meeting.topics.add(topic("Human rights", "human-rights"))
    meeting.sittings.create(position=1, title="Opening and panel", **day_of(date(2016, 9, 6), (10, 0), (13, 0)))
    meeting.sittings.create(position=2, title="Dialogue", **day_of(date(2016, 9, 6), (15, 0), (18, 0)))
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
