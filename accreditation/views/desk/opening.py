"""Opening who a person at risk is: an act of its own, kept with its hour, after which the pages show it for a while."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accreditation import aliases, protection
from accreditation.views.desk.doors import desk_only, registration_for

SESSION_KEY, SECONDS = "opened_cases", 10 * 60


@require_POST
@desk_only()
def open_person(request, reference):
    registration = registration_for(request.user, reference)
    if not registration.is_hidden or not protection.may_open(registration, request.user):
        raise Http404
    now = int(timezone.now().timestamp())
    opened = {key: until for key, until in request.session.get(SESSION_KEY, {}).items() if until > now}
    request.session[SESSION_KEY] = opened | {registration.reference: now + SECONDS}
    query = request.GET.urlencode()
    response = redirect("desk:registration", reference=registration.reference)
    response["Location"] += f"?{query}" if query else ""
    return response


def is_open(request, registration):
    """Whether this officer opened the person within the last minutes, and still may."""
    until = request.session.get(SESSION_KEY, {}).get(registration.reference, 0)
    return until > timezone.now().timestamp() and protection.may_open(registration, request.user)


def read(request, registration):
    """As ``is_open``; each page that shows the person is kept as a reading."""
    if not registration.is_hidden or not is_open(request, registration):
        return False
    return protection.names_for(registration, request.user) is not None


def name_of(registration):
    """The true name, for an officer who has opened it."""
    return f"{aliases.take(registration, 'given_names')} {aliases.take(registration, 'family_name')}".strip()
