"""Rows with plain defaults, for tests that care about one thing at a time."""

from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accreditation import badges, identifying, ledger, places, protection, references
from accreditation.models import Category, Delegation, DeskPolicy, FocalPoint, Gate, Organization, Registration
from accreditation.states import Status
from advisory.models import (
    AccessNotice,
    Body,
    Document,
    Link,
    MediaContact,
    Meeting,
    Photo,
    ProgrammeItem,
    Sitting,
    Speaker,
    Stakeout,
    Subscription,
    Topic,
    Webcast,
)
from advisory.words import Attending, MeetingKind, Precision, SpeakerKind, SpeakerRole, StakeoutKind
from office.models import Grant, User
from office.permissions import Role

PASSWORD = "correct horse battery staple"


def make_officer(username="officer", *, roles=(Role.PRESS_OFFICER,), meeting=None, ends_on=None, **fields):
    """An officer with the password PASSWORD and a grant for each role."""
    user = User.objects.create_user(username, f"{username}@example.int", PASSWORD, **fields)
    for role in roles:
        Grant.objects.create(user=user, role=role, meeting=meeting, ends_on=ends_on)
    return user


def make_meeting(title="Dialogue on early warning", *, sitting=True, contact=True, **fields):
    """A draft that may be published: a title, a zone, one sitting, one contact."""
    number = Meeting.objects.count() + 1
    meeting = Meeting.objects.create(
        title=title,
        **{"slug": f"dialogue-{number}", "code": f"DEW{number:02d}", "time_zone": "America/New_York"} | fields,
    )
    if sitting:
        make_sitting(meeting)
    if contact:
        MediaContact.objects.create(
            meeting=meeting,
            name="Ada Example",
            office="Press officer",
            phones=["+12125550142"],
            emails=["press@example.int"],
        )
    return meeting


def make_sitting(meeting, **fields):
    defaults = {"date": date(2016, 9, 6), "start_time": time(10), "end_time": time(18)}
    return Sitting.objects.create(meeting=meeting, **defaults | fields)


def make_full_meeting(**fields):
    """A meeting in which every field and every part is filled."""
    body, _ = Body.objects.get_or_create(
        name="General Assembly", slug="general-assembly", name_fr="Assemblée générale", name_ar="الجمعية العامة"
    )
    meeting = make_meeting(
        title="Informal interactive dialogue on early warning",
        sitting=False,
        contact=False,
        **{
            "kind": MeetingKind.DIALOGUE,
            "body": body,
            "theme": "Hearing the first bell",
            "summary": "The Assembly discusses the yearly report on early warning.",
            "room": "Trusteeship Council Chamber",
            "building": "Headquarters",
            "address": "1 Example Plaza",
            "city": "New York",
            "country": "United States of America",
            "map_url": "https://www.example.int/map",
            "entrance": "Visitors’ entrance, from 08:30",
            "step_free": "Ramp at the north gate",
            "overflow_room": "Conference Room 4",
            "capacity": 60,
            "interpretation": ["ar", "zh", "en", "fr", "ru", "es"],
            "attendance": "hybrid",
            "background": "States asked for this report in 2009 (A/63/677).\n\nIt names **three** obstacles.",
            "arrangements": "Camera crews gather at the north gate.",
            "boilerplate": "For information media. Not an official record.",
            "hashtags": ["#EarlyWarning"],
            "accounts": ["@ExampleAssembly"],
        }
        | fields,
    )
    make_sitting(meeting, title="Morning", end_time=time(13), position=1)
    make_sitting(meeting, title="Afternoon", start_time=time(15), room="Conference Room 1", press="closed", position=2)
    ProgrammeItem.objects.create(
        meeting=meeting, date=date(2016, 9, 6), start_time=time(10), title="Opening", detail="President", position=1
    )
    ProgrammeItem.objects.create(
        meeting=meeting, date=date(2016, 9, 6), precision=Precision.FOLLOWING, title="Debate", position=2
    )
    Stakeout.objects.create(
        meeting=meeting,
        kind=StakeoutKind.STAKEOUT,
        title="The President meets the press",
        date=date(2016, 9, 6),
        start_time=time(13, 10),
        precision=Precision.ABOUT,
        minutes=20,
        room="Second-floor corridor",
        who_may_ask="accredited correspondents",
    )
    Speaker.objects.create(meeting=meeting, office="President of the General Assembly", position=1)
    Speaker.objects.create(
        meeting=meeting,
        kind=SpeakerKind.PERSON,
        honorific="Ms",
        name="Grace Sample",
        office="Special Adviser",
        role=SpeakerRole.MODERATOR,
        attending=Attending.BY_VIDEO,
        position=2,
    )
    Speaker.objects.create(
        meeting=meeting, kind=SpeakerKind.GROUP, office="Member States", role=SpeakerRole.PARTICIPANT, position=3
    )
    AccessNotice.objects.create(
        meeting=meeting,
        category="press",
        who_must="All who hold no pass",
        who_need_not="Holders of a valid headquarters pass",
        opens_on=date(2016, 8, 1),
        opens_time=time(9),
        closes_on=date(2016, 9, 1),
        closes_time=time(18),
        address="https://apply.example.int/press",
        prepare="Letter of assignment and press card",
        pick_up="North gate, from 2 September, 09:00–16:00",
    )
    AccessNotice.objects.create(
        meeting=meeting,
        category="civil_society",
        closes_on=date(2016, 8, 30),
        closes_time=time(18),
        instruction="Write to ngo@example.int",
        position=2,
    )
    Document.objects.create(
        meeting=meeting, symbols=["A/70/999", "S/2016/620"], title="Report on early warning", position=1
    )
    Document.objects.create(meeting=meeting, symbols=["A/63/677"], role="background", position=2)
    Webcast.objects.create(
        meeting=meeting,
        title="Live webcast",
        url="https://tv.example.int/early-warning",
        languages=["floor", "en"],
        has_captions=True,
    )
    Photo.objects.create(
        meeting=meeting, caption="The chamber, empty", credit="Example Photo", rights="Free for editorial use"
    )
    topic, _ = Topic.objects.get_or_create(name="Early warning", slug="early-warning", name_fr="Alerte rapide")
    meeting.topics.add(topic)
    Link.objects.create(meeting=meeting, label="Programme", url="https://www.example.int/programme")
    MediaContact.objects.create(
        meeting=meeting,
        name="Ada Example",
        office="Press officer, Department of Information",
        languages=["en", "pt"],
        hours="Monday to Friday 9:00–18:00 New York",
        phones=["+12125550142"],
        emails=["press@example.int"],
        position=1,
    )
    MediaContact.objects.create(
        meeting=meeting, office="Office on Prevention", role="substance", emails=["office@example.int"], position=2
    )
    return meeting


def make_subscription(email=None, *, bodies=(), topics=(), meetings=(), **fields):
    """An active subscription, proved long ago, to every advisory at once."""
    defaults = {"state": "active", "confirmed_at": datetime(2016, 1, 1, tzinfo=UTC)}
    email = email or f"reader-{Subscription.objects.count() + 1}@example.org"
    subscription = Subscription.objects.create(email=email, **defaults | fields)
    subscription.bodies.set(bodies)
    subscription.topics.set(topics)
    subscription.meetings.set(meetings)
    return subscription


def make_category(meeting=None, **fields):
    """A press category of ``meeting``, open for ever; of a meeting of its own unless one is given."""
    meeting = meeting or make_meeting()
    defaults = {"slug": f"press-{meeting.categories.count() + 1}", "name": "Press", "hold_seconds": 0}
    return Category.objects.create(meeting=meeting, **defaults | fields)


def make_organization(name="Example Alliance", **fields):
    return Organization.objects.create(name=name, **fields)


def make_desk_policy(meeting, *, seconded=(), notice_hours=0, **fields):
    """One officer alone decides, and at once, unless told otherwise."""
    values = {"seconded": list(seconded), "notice_hours": notice_hours} | fields
    return DeskPolicy.objects.update_or_create(meeting=meeting, defaults=values)[0]


def make_registration(status=Status.DRAFT, *, category=None, **fields):
    """A registration with a proved address, moved to ``status`` as a row: no decision stands behind it."""
    category = category or make_category()
    number = Registration.objects.count() + 1
    email = fields.pop("email", f"applicant{number}@example.org")
    defaults = {
        "reference": references.new(category.meeting.code),
        "email": email,
        "email_key": identifying.email_key(category.meeting_id, email),
        "email_proved_at": timezone.now(),
        "given_names": "Ada",
        "family_name": f"Applicant {number}",
        "medium": "print" if category.route == "press" else "",
        "standing": "" if category.route == "press" else "consultative",
        "offer_until": timezone.now() + timedelta(hours=48) if status == Status.OFFERED else None,
    }
    registration = Registration(meeting=category.meeting, category=category, **defaults | fields)
    registration.name_key = identifying.name_key(registration)
    places.settle(registration, to=status)
    registration.status = status
    registration.save(force_insert=True)
    return registration


def make_focal_point(organization, **fields):
    number = FocalPoint.objects.count() + 1
    defaults = {"name": f"Focal Point {number}", "email": f"focal{number}@example.org"}
    return FocalPoint.objects.create(organization=organization, **defaults | fields)


def make_delegation(category, organization=None, **fields):
    """Led by an editor whom the registry does not know."""
    organization = organization or make_organization(f"Example Sender {Organization.objects.count() + 1}")
    defaults = {"lead_name": "Eddie Example", "lead_email": "editor@example.org"}
    return Delegation.objects.create(category=category, organization=organization, **defaults | fields)


def make_readers(meeting=None):
    """Two officers who may protect people at risk, and know who they are once named for it."""
    number = User.objects.count()
    return [make_officer(f"reader-{number + each}", roles=(Role.LIAISON_OFFICER,), meeting=meeting) for each in (1, 2)]


def make_protected_registration(status=Status.SUBMITTED, *, readers=None, **fields):
    """A registration whose person is at risk, with protection granted."""
    registration = make_registration(status, **{"asks_protection": True} | fields)
    readers = readers or make_readers()
    return protection.grant(registration, readers=readers, by=readers[0])


def make_badge(registration=None, **fields):
    """The badge of an approved registration, as ``badges.issue`` makes it."""
    registration = registration or make_registration(Status.APPROVED)
    with transaction.atomic():
        book = ledger.book_of(registration.meeting_id)
        badge = badges.issue(registration, book=book, at=fields.pop("at", timezone.now()))
        ledger.save(book)
    for name, value in fields.items():
        setattr(badge, name, value)
    badge.save()
    return badge


def make_gate(meeting, name="Main entrance", **fields):
    return Gate.objects.create(meeting=meeting, name=name, slug=fields.pop("slug", slugify(name)), **fields)
