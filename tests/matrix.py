"""What every staff address answers to everybody by every method; ``script/matrix`` writes it to ``tests/matrix.tsv``.

An address with a parameter that ``tests/staff_world.py`` does not fill stops both the script and the test.
"""

from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils.regex_helper import normalize

from config.staff_paths import STAFF_PATHS
from office.permissions import Role
from tests.addresses import ANCHORS
from tests.builders import make_meeting, make_officer
from tests.signing_in import sign_in_by_password_alone
from tests.staff_world import FILLINGS, make_world

FILE = Path(__file__).with_name("matrix.tsv")
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
STRANGERS = ["anonymous", "password alone", "no role", "every role elsewhere"]
PEOPLE = [*STRANGERS, *Role.values]
SIGN_IN, SECOND_FACTOR = "sign-in", "factor"  # where a redirect leads that refuses


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


def paths(world):
    """{address: it with its parameters filled}. Raises LookupError, a sentence for each parameter that is not."""
    found, missing = {}, []
    for address, parameters in sorted(addresses().items()):
        try:
            found[address] = "/" + address % {name: _value(address, name, world) for name in parameters}
        except LookupError as error:
            missing.append(error.args[0])
    if missing:
        raise LookupError("\n".join(missing))
    return found


def _value(address, parameter, world):
    for model, row in world.rows.items():
        if parameter in {"object_id", "id"} and address.startswith(f"admin/{model}/"):
            return row.pk
    for start, name, value in FILLINGS:
        if name == parameter and address.startswith(start):
            return value(world)
    raise LookupError(f"Say in tests/staff_world.py, under FILLINGS, how to fill “{parameter}” of /{address}.")


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


def answers(*, methods, people=PEOPLE, asks=lambda address, method, who: True):
    """{address: {method: {who: answer}}} of what ``asks``; needs a database that may be written."""
    found, keys = paths(make_world()), make_people()
    return {
        address: {
            method: {who: answer(path, method, keys[who]) for who in people if asks(address, method, who)}
            for method in methods
        }
        for address, path in found.items()
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
