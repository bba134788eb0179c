"""What every staff address answers to everybody by every method; ``script/matrix`` writes it to ``tests/matrix.tsv``.

An address with a parameter that is filled nowhere below stops both the script and the test.
"""

from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import timezone
from django.utils.regex_helper import normalize

from accreditation import workflow
from accreditation.desk import second
from accreditation.models import Conflict, Delegation, Export, Ground, OrganizationPlaces, Pool, Zone
from accreditation.states import Actor
from advisory import previewing
from advisory.models import Body, Document, EmailText, Topic
from advisory.publishing import publish
from config.staff_paths import STAFF_PATHS
from office import outbox
from office.permissions import Role
from tests.addresses import ANCHORS
from tests.builders import (
    make_category,
    make_desk_policy,
    make_full_meeting,
    make_meeting,
    make_officer,
    make_organization,
    make_registration,
    make_subscription,
)
from tests.signing_in import sign_in_by_password_alone

FILE = Path(__file__).with_name("matrix.tsv")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
STRANGERS = ["anonymous", "password alone", "no role", "every role elsewhere"]
PEOPLE = [*STRANGERS, *Role.values]
SIGN_IN, SECOND_FACTOR = "sign-in", "factor"  # where a redirect leads that refuses

# (start of the address, parameter, its value in the world): the first line that fits. The rows of a model in the panel
# stand in the world under its name, so that their ids need no line here.
FILLINGS = [
    ("admin/", "app_label", lambda world: "advisory"),
    ("admin/", "digest", lambda world: "0" * 64),
    ("admin/", "name", lambda world: "x"),
    ("admin/", "language", lambda world: "fr"),
    ("admin/", "format", lambda world: "page"),
    ("admin/", "sequence", lambda world: 1),
    ("admin/", "link", lambda world: world.link.pk),
    ("admin/auth/user/", "id", lambda world: world.rows["office/user"].pk),
    ("admin/", "one", lambda world: world.rows["accreditation/organization"].pk),
    ("admin/", "other", lambda world: 0),
    ("admin/", "url", lambda world: "nowhere"),
    ("accounts/", "pk", lambda world: 1),
    ("accounts/", "uidb36", lambda world: "1"),
    ("accounts/", "key", lambda world: "x-y"),
    ("desk/", "reference", lambda world: world.registration.reference),
    ("desk/", "action", lambda world: "approve"),
    ("desk/", "code", lambda world: world.meeting.code),
    ("desk/", "meeting", lambda world: world.meeting.code),
    ("desk/", "paper", lambda world: "00000000-0000-0000-0000-000000000000"),
    ("desk/", "page", lambda world: 1),
    ("desk/", "message", lambda world: world.rows["office/message"].pk),
    ("desk/exports/", "number", lambda world: world.export.pk),
    ("desk/exports/", "answer", lambda world: "approve"),
    ("desk/security/", "number", lambda world: world.proposed.proposal_id),
    ("desk/pools/", "pool", lambda world: world.rows["accreditation/pool"].pk),
    ("desk/proposals/", "pk", lambda world: world.proposed.proposal_id),
    ("desk/conflicts/", "pk", lambda world: world.conflict.pk),
    ("desk/", "slug", lambda world: world.category.slug),
    ("desk/", "category", lambda world: world.category.slug),
]


def addresses():
    """{address with %(parameter)s: its parameters} of every page where staff sign in first."""
    found = {}
    for address, parameters in _walk(get_resolver(), ""):
        if f"/{address}".startswith(STAFF_PATHS):
            found.setdefault(address, parameters)
    return found


def _walk(resolver, before):
    for pattern in resolver.url_patterns:
        expression = before + ANCHORS.sub("", pattern.pattern.regex.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, expression)
        else:
            yield from ((address, tuple(parameters)) for address, parameters in normalize(expression))


def filled(address, parameters, world):
    """Raises LookupError with a sentence."""
    return "/" + address % {name: _value(address, name, world) for name in parameters}


def _value(address, parameter, world):
    for model, row in world.rows.items():
        if parameter in {"object_id", "id"} and address.startswith(f"admin/{model}/"):
            return row.pk
    for start, name, value in FILLINGS:
        if name == parameter and address.startswith(start):
            return value(world)
    raise LookupError(f"Say in tests/matrix.py, under FILLINGS, how to fill “{parameter}” of /{address}.")


def make_world():
    """A meeting with a row of everything that staff pages show."""
    meeting = make_full_meeting(slug="matrix", code="MTX16")
    publish(meeting, by=None)
    officer = make_officer("someone")
    category = make_category(meeting)
    make_desk_policy(meeting)
    organization = make_organization()
    draft = make_registration(category=category)
    decided = workflow.apply(draft, "submit", actor=Actor.APPLICANT)
    approved = workflow.apply(decided, "approve", actor=Actor.DESK, by=officer)
    waiting = workflow.apply(make_registration(category=category), "submit", actor=Actor.APPLICANT)
    rows = {
        "accreditation/badge": approved.badges.get(),
        "accreditation/category": category,
        "accreditation/decision": approved.decisions.first(),
        "accreditation/delegation": Delegation.objects.create(
            category=category, organization=organization, lead_email="focal@example.org"
        ),
        "accreditation/organization": organization,
        "accreditation/organizationplaces": OrganizationPlaces.objects.create(
            category=category, organization=organization
        ),
        "accreditation/registration": waiting,
        "accreditation/zone": Zone.objects.create(meeting=meeting, number=1, name="Hall"),
        "accreditation/pool": Pool.objects.create(meeting=meeting, name="Photographers"),
        "accreditation/ground": Ground.objects.create(
            code="late", criterion="You come in time.", told="You came late."
        ),
        "accreditation/deskpolicy": meeting.desk_policy,
        "advisory/body": Body.objects.first(),
        "advisory/document": Document.objects.first(),
        "advisory/meeting": meeting,
        "advisory/emailtext": EmailText.objects.create(kind="alert", language="en", subject="A", text="A"),
        "advisory/subscription": make_subscription(),
        "advisory/topic": Topic.objects.get_or_create(slug="matrix", defaults={"name": "Matrix"})[0],
        "office/grant": officer.grants.get(),
        "office/message": outbox.queue(to="a@example.org", subject="A", text="A", kind="alert", meeting=meeting),
        "office/user": officer,
    }
    link, _ = previewing.make(meeting, reader="R", expires_at=timezone.now() + timedelta(days=1), by=officer)
    proposed = second.propose(waiting, "waitlist", actor=Actor.DESK, by=officer)
    export = Export.objects.create(
        meeting=meeting, kind="csv", purpose="Seats", by=officer, asked_at=timezone.now(), count=1
    )
    conflict = Conflict.objects.create(officer=officer, declared_by=officer, registration=approved, at=timezone.now())
    return SimpleNamespace(
        meeting=meeting, category=category, registration=waiting, rows=rows, link=link, proposed=proposed,
        export=export, conflict=conflict,
    )  # fmt: skip


def make_people():
    """{who: the key of their session, or None}. Roles hold for every meeting, but for those elsewhere."""
    elsewhere = make_meeting("Elsewhere")
    officers = {role: make_officer(role, roles=[role]) for role in Role.values}
    officers["no role"] = make_officer("norole", roles=[])
    officers["every role elsewhere"] = make_officer("elsewhere", roles=Role.values, meeting=elsewhere)
    keys = {"anonymous": None}
    for who, officer in officers.items():
        client = Client()
        client.force_login(officer)
        keys[who] = client.session.session_key
    client = Client()
    sign_in_by_password_alone(client, make_officer("password", roles=Role.values))
    keys["password alone"] = client.session.session_key
    return {who: keys[who] for who in PEOPLE}


def answer(path, method, session_key):
    """The status, or the word for a redirect that refuses; nothing that was done stays done."""
    cache.clear()  # nobody has tried before
    client = Client(raise_request_exception=False)
    if session_key:
        client.cookies[settings.SESSION_COOKIE_NAME] = session_key
    with transaction.atomic():
        response = client.generic(method, path)
        transaction.set_rollback(True)
    where = response.get("Location", "")
    if where.startswith("/accounts/login/"):
        return SIGN_IN
    return SECOND_FACTOR if where == "/accounts/2fa/" else str(response.status_code)


def answers(*, methods, people=PEOPLE):
    """{address: {method: {who: answer}}}; needs a database that may be written."""
    world, keys = make_world(), make_people()
    return {
        address: {
            method: {who: answer(path, method, keys[who]) for who in people}
            for path in [filled(address, parameters, world)]
            for method in methods
        }
        for address, parameters in sorted(addresses().items())
    }


def written(found):
    """The file: a line for each address and the methods that answer alike."""
    lines = ["\t".join(["address", "methods", *PEOPLE])]
    for address, by_method in found.items():
        alike = {}
        for method, by_person in by_method.items():
            alike.setdefault(tuple(by_person[who] for who in PEOPLE), []).append(method)
        lines += ["\t".join([f"/{address}", " ".join(methods), *cells]) for cells, methods in alike.items()]
    return "\n".join(lines) + "\n"


def read():
    """What ``written`` wrote, as ``answers`` gave it."""
    found = {}
    for line in FILE.read_text().splitlines()[1:]:
        address, methods, *cells = line.split("\t")
        for method in methods.split():
            found.setdefault(address[1:], {})[method] = dict(zip(PEOPLE, cells, strict=True))
    return found
