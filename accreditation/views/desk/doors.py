"""Who comes in to the desk, and which application a page is about."""

from functools import wraps

from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accreditation.models import Registration
from advisory.models import Meeting
from office import permissions


def desk_only(may=permissions.may_review):
    """A page for officers of whom ``may(user)`` holds; for everybody else who signed in it is not there."""

    def decorate(view):
        @never_cache
        @wraps(view)
        def answer(request, *args, **kwargs):
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path(), reverse("account_login"))
            if not may(request.user):
                raise Http404
            return view(request, *args, **kwargs)

        answer.may = may
        return answer

    return decorate


def typed(code):
    """A code or reference as it is kept; PostgreSQL takes no NUL, which nothing holds."""
    return code.replace("\0", " ").upper()


def registration_for(officer, reference, may=permissions.may_review):
    """The application by its reference; 404 unless ``may`` holds for its meeting too."""
    found = Registration.objects.at_desk().filter(reference=typed(reference)).first()
    if found is None or not may(officer, found.meeting):
        raise Http404
    return found


def ticked(officer, references):
    """[Registration] as ticked, each once; 404 where one is not the officer's to decide on, as if it did not exist."""
    asked = list(dict.fromkeys(map(typed, references)))
    found = {row.reference: row for row in Registration.objects.for_desk(officer).filter(reference__in=asked)}
    if not all(name in found and permissions.may_decide(officer, found[name].meeting) for name in asked):
        raise Http404
    categories = {}
    for row in found.values():  # one object for each category: what is asked of it is asked once
        row.category = categories.setdefault(row.category_id, row.category)
    return [found[name] for name in asked]


def meeting_for(officer, code, may=permissions.may_review):
    """The meeting by its code; 404 unless ``may`` holds for it."""
    found = Meeting.objects.filter(code=typed(code)).first()
    if found is None or not may(officer, found):
        raise Http404
    return found


def frame_of(officer, meeting):
    """Around pages that several rooms share: the desk's, or for whoever has no queue the print desk's."""
    is_at_print_desk = permissions.may_hand_out_badges(officer, meeting) and not permissions.may_review(
        officer, meeting
    )
    return "desk/badge_base.html" if is_at_print_desk else "desk/base.html"
