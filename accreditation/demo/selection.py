"""Requests to speak, an announced draw and two pools, in the demonstration's largest meeting."""

from datetime import timedelta

from accreditation import intake
from accreditation.demo.people import SEGMENT_CIVIL, SEGMENT_PRESS
from accreditation.desk import draws, pools, speaking
from accreditation.models import Registration
from accreditation.states import Medium, Status
from office.permissions import Role

# {family name: (topic, outline, language, who joins)}
STATEMENTS = {
    "Halvorsen": (
        "Warnings that reach the last house on the river",
        "Gauges are read upstream; downstream nobody is told. We show a chain of telephones that closes the gap.",
        "en", "Hill Farmers’ Council",
    ),
    "Quispe": (
        "A siren that cannot be heard",
        "Seven in ten alarms are sound alone. We ask for light, vibration and sign language from the first minute.",
        "es", "",
    ),
    "Alvarado": (
        "What the slope says before the storm",
        "Farmers see the signs a day early. We propose to write them into the bulletins of the weather service.",
        "es", "",
    ),
    "Ishikawa": (
        "Who pays for a gauge that works",
        "Instruments fail in their third year, when projects end. A small fund for repair costs less than one flood.",
        "fr", "",
    ),
    "Rossi": (
        "Reefs as the first line of warning",
        "Sensors on living reefs give forty minutes. We bring readings of two seasons.",
        "en", "River Peoples’ Forum",
    ),
}  # fmt: skip
GRADES = {
    "Halvorsen": [(5, 4, 5), (5, 5, 4)],
    "Quispe": [(4, 4, 5), (4, 3, 5)],
    "Alvarado": [(4, 3, 3), (3, 3, 4)],
    "Ishikawa": [(4, 4, 3)],
}
SENTENCE = "The noon temperature at the harbour on the day after applications close, as the weather service has it."
SERVED = [Medium.AGENCY, Medium.PHOTO, Medium.TELEVISION, Medium.RADIO]
OPENING = {"name": "Opening of the segment", "place": "North gate, inner court", "exclusive_group": "opening"}


def wish_to_speak(registration, *, at):
    """The answer to the step of speaking, while the application is a draft."""
    answers = {"wants_to_speak": "no"}
    if told := STATEMENTS.get(registration.family_name):
        topic, outline, language, joint = told
        answers = {
            "wants_to_speak": "yes", "speaking_topic": topic, "speaking_outline": outline,
            "speaking_language": language, "speaking_how": registration.attending, "speaking_joint": joint,
        }  # fmt: skip
    intake.save_answers(registration, "speaking", answers, at=at)


def load(by_slug, officers):
    """Grades and their outcome, the announced draw, and two moments of which nobody has both."""
    civil, press = by_slug[SEGMENT_CIVIL], by_slug[SEGMENT_PRESS]
    graders = [officers[Role.LIAISON_OFFICER], officers[Role.SUPERVISOR]]
    for family_name, grades in GRADES.items():
        asked = Registration.objects.get(category=civil, family_name=family_name)
        for officer, (relevance, experience, balance) in zip(graders, grades, strict=False):
            speaking.grade(asked, by=officer, relevance=relevance, experience=experience, balance=balance)
    speaking.choose(civil.meeting, speakers=1, reserves=1, by=officers[Role.SUPERVISOR])
    draws.announce(press, sentence=SENTENCE, media=SERVED, seats=12, is_published=True, by=officers[Role.SUPERVISOR])
    moments(press, by=officers[Role.MEDIA_REVIEWER])


def moments(press, *, by):
    meeting = press.meeting
    begins = meeting.sittings.first().starts_at
    opening = meeting.pools.create(
        **OPENING, form_up_at=begins - timedelta(minutes=45), starts_at=begins, ends_at=begins + timedelta(minutes=20)
    )
    for medium, seats in [(Medium.PHOTO, 2), (Medium.TELEVISION, 2), (Medium.AGENCY, 1), ("", 2)]:
        opening.seats.create(medium=medium, seats=seats)
    interview = meeting.pools.create(
        kind="interview", name="Interviews with the chair", place="Room 3, second floor", exclusive_group="opening",
        form_up_at=begins - timedelta(minutes=15), starts_at=begins, ends_at=begins + timedelta(minutes=40),
    )  # fmt: skip
    interview.seats.create(medium="", seats=3)
    approved = {row.family_name: row for row in press.registrations.filter(status=Status.APPROVED)}
    for name, pool in [("Oduya", opening), ("Marangoni", opening), ("Akande", interview)]:
        pools.put_in(approved[name], pool, by=by)
