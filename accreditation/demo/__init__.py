"""Applications in every state, on top of the demonstration meetings. People and organizations are invented; each
decision is made as an officer would make it, so that chains verify and places equal rows."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accreditation import identifying, intake, journey, references, workflow
from accreditation.demo import door, people, policy, selection
from accreditation.desk import notice
from accreditation.models import Delegation, FocalPoint, Organization, Registration
from accreditation.models.desk import SECONDED
from accreditation.states import Actor, Route
from advisory import demo
from office.models import Grant, Message, User
from office.permissions import Role

PREFIX = "demo-"


@transaction.atomic
def load():
    """Load everything and return the meetings; where any meeting exists, change nothing."""
    meetings = demo.load(prepare=policy.prepare)
    if not meetings:
        return []
    officers = {role: officer(role, name) for role, name in people.OFFICERS.items()}
    organizations = {row["name"]: organization(number, row) for number, row in enumerate(people.ORGANIZATIONS, 1)}
    by_slug = {(row.meeting.slug, row.slug): row for meeting in meetings for row in meeting.categories.all()}
    told = []
    for number, person in enumerate(people.PEOPLE):
        category = by_slug[person["category"]]
        registration = apply_for(category, number, person, organizations)
        told += acts(registration, person["story"], number)
    for hours, registration, action, actor, words in sorted(told, key=lambda act: -act[0]):
        act(registration, action, actor, words, hours=hours, officers=officers)
    workflow.release_held()
    selection.load(by_slug, officers)
    door.rehearse(next(meeting for meeting in meetings if meeting.slug == door.MEETING), officers)
    Message.objects.filter(kind__startswith="registration_").delete()  # nobody is written to
    return meetings


def officer(role, name):
    """Somebody to be shown: without a usable password nobody signs in as them."""
    username = f"{PREFIX}{role.replace('_', '-')}"
    user = User.objects.create_user(username, f"{username}@example.int", password=None, name=name)
    Grant.objects.create(user=user, role=role)
    return user


def organization(number, row):
    kept = Organization.objects.create(
        number=f"DEMO-{number:02d}",
        **{name: value for name, value in row.items() if name != "focal_points"},
    )
    for name, email in row.get("focal_points", []):
        FocalPoint.objects.create(organization=kept, name=name, email=email)
    return kept


def apply_for(category, number, person, organizations):
    """The person's draft, with the steps answered that the story takes for answered."""
    sender = organizations.get(person["organization"])
    email, begun = (
        f"applicant-{number}@example.org",
        timezone.now() - timedelta(hours=people.BEGAN_HOURS_AGO, minutes=-number),
    )
    in_delegation = {}
    if person.get("in_delegation"):  # whose form does not ask for the organization
        in_delegation = {
            "delegation": delegation(category, sender), "organization": sender, "organization_name": sender.name,
        }  # fmt: skip
    registration = Registration.objects.create(
        **in_delegation,
        reference=references.new(category.meeting.code),
        meeting=category.meeting,
        category=category,
        email=email,
        email_key=identifying.email_key(category.meeting_id, email),
        email_proved_at=begun,
        language=person.get("language", "en"),
        created_at=begun,
        saved_at=begun,
    )
    answered = {
        "given_names": person["given"],
        "family_name": person["family"],
        "badge_name": f"{person['given']} {person['family']}".strip(),
        "organization": sender,
        "organization_name": "" if sender else person["organization"],
        "medium" if category.route == Route.PRESS else "standing": person["comes_as"],
        "attending": person.get("attending", "in_person"),
        "asks_protection": person.get("asks_protection", False),
        "job_title": person["job"],
        "country": person.get("country", "") or (sender.country if sender else ""),
    }
    steps = [step.slug for step in journey.STEPS[Route(category.route)][:-1]]
    intake.save_answers(registration, "name", answered, at=begun)
    if category.offers_speaking and person["story"] != "draft":
        selection.wish_to_speak(registration, at=begun)
    registration.done = ["name"] if person["story"] == "draft" else steps
    registration.saved_at = timezone.now() if person["story"] == "draft" else begun
    registration.save()
    return registration


def delegation(category, sender):
    lead = sender.focal_points.first()
    found, _made = Delegation.objects.get_or_create(
        category=category, organization=sender, defaults={"lead_name": lead.name, "lead_email": lead.email}
    )
    return found


def acts(registration, story, number):
    """[(hours ago, registration, action, actor, words)] of a story; where it is asked, the organization endorses."""
    rows = people.STORIES[story]
    asks = workflow.first_desk(registration) == workflow.Status.AWAITING_ENDORSEMENT
    if asks and story not in people.WITHOUT_ENDORSEMENT and rows:
        rows = [rows[0], (rows[0][0] - 1, "endorse", Actor.FOCAL_POINT, {}), *rows[1:]]
    return [(hours - number / 60, registration, action, actor, words) for hours, action, actor, words in rows]


def act(registration, action, actor, words, *, hours, officers):
    by = {Actor.DESK: reviewer(registration, officers), Actor.SUPERVISOR: officers[Role.SUPERVISOR]}.get(actor)
    at = timezone.now() - timedelta(hours=hours)
    sets = {"declared_at": at} if action == "submit" else {}
    if action in SECONDED:
        second = Role.SUPERVISOR if actor == Actor.DESK else Role.LIAISON_OFFICER
        sets["seconded_by"] = officers[second]
    if action == "give_notice":
        notice.give(registration, by=by, ground=words["ground"], words=words["reason"], at=at)
        return
    workflow.apply(registration, action, actor=actor, by=by, at=at, **words, **sets)


def reviewer(registration, officers):
    is_press = registration.category.route == Route.PRESS
    return officers[Role.MEDIA_REVIEWER if is_press else Role.LIAISON_OFFICER]
