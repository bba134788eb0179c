"""Officers' sessions: sealed where they are kept, and ended when their officer leaves."""

from datetime import timedelta

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.contrib.sessions.serializers import JSONSerializer
from django.utils import timezone

from office.encryption import open_sealed, seal

PLACE = "sessions.session.session_data"
HELD_A_ROLE = "held_a_role"  # whether the officer had a grant in force when signing in
WAS = "was_signed_in"  # in a stranger's session: the key of the officer whose own ran out in this browser
KNOWN_FOR = timedelta(hours=12)  # after its end a session tells whose it was, and opens nothing


class Sealed(JSONSerializer):
    """A session holds the secret of an app while it is enrolled; one that no longer opens is an empty session."""

    def dumps(self, obj):
        return seal(super().dumps(obj), bound_to=PLACE)

    def loads(self, data):
        return super().loads(open_sealed(data, bound_to=PLACE))


def end_of(officer, *, but=None):
    """Delete the officer's sessions, except the one with the key ``but``; return how many."""
    return _end(lambda content: content.get(SESSION_KEY) == str(officer.pk), but=but)


def officer_before(key):
    """The key of the officer whose session this was until it ran out, or None: too long ago, signed out, or gone."""
    now = timezone.now()
    ended = Session.objects.filter(session_key=key, expire_date__lte=now, expire_date__gt=now - KNOWN_FOR).first()
    content = ended.get_decoded() if ended else {}
    officer = content.get(SESSION_KEY) or content.get(WAS)
    return get_user_model().objects.filter(pk=officer, is_active=True).values_list("pk", flat=True).first()


def forget_ended():
    """Delete sessions that ran out half a day ago, and those of officers who left or changed their password; a periodic
    job."""
    Session.objects.filter(expire_date__lte=timezone.now() - KNOWN_FOR).delete()
    officers = {str(officer.pk): officer for officer in get_user_model().objects.filter(is_active=True)}

    def is_nobodys(content):
        if SESSION_KEY not in content:
            return False
        officer = officers.get(content[SESSION_KEY])
        return officer is None or officer.get_session_auth_hash() != content.get(HASH_SESSION_KEY)

    return _end(is_nobodys)


def _end(ends, *, but=None):
    """Sessions do not say whose they are before they are opened; there are a few for each officer."""
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if session.session_key != but and ends(session.get_decoded())
    ]
    return Session.objects.filter(session_key__in=keys).delete()[0]
