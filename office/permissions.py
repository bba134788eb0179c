"""Who may do what: roles list rights, grants give roles, and ``may()`` answers."""

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    PRESS_OFFICER = "press_officer", _("Press officer")
    TRANSLATOR = "translator", _("Translator")
    LIAISON_OFFICER = "liaison_officer", _("Liaison officer")
    MEDIA_REVIEWER = "media_reviewer", _("Media reviewer")
    SUPERVISOR = "supervisor", _("Supervisor")
    SECURITY_LIAISON = "security_liaison", _("Security liaison")
    ACCESS_FOCAL_POINT = "access_focal_point", _("Access focal point")
    BADGE_DESK = "badge_desk", _("Badge desk")
    DOOR = "door", pgettext_lazy("role", "Door")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("Data-protection officer")
    ADMINISTRATOR = "administrator", _("Administrator")


ADVISORY_PARTS = [
    "sitting", "programmeitem", "speaker", "mediacontact", "document", "documentfile",
    "link", "webcast", "stakeout", "accessnotice", "photo",
]  # fmt: skip


def _rights(app, verbs, *names):
    return {f"{app}.{verb}_{name}" for name in names for verb in verbs}


CHANGE = ["view", "add", "change"]
ALL = [*CHANGE, "delete"]
TRANSLATING = _rights("advisory", CHANGE, "languageversion", "translation")
# To read a message is more than to see that there is one: it shows the address and the words
MAIL = _rights("office", ["view", "change"], "message")
EMAIL_TEXTS = _rights("advisory", ALL, "emailtext")
AUTHORING = (
    _rights("advisory", CHANGE, "meeting", "body", "topic")
    | _rights("advisory", ALL, *ADVISORY_PARTS)
    | _rights("advisory", ["view"], "edition")
    | _rights("advisory", CHANGE, "previewlink")
    | _rights("advisory", ["view"], "subscription")
    | EMAIL_TEXTS
    | TRANSLATING
    | {"advisory.publish_meeting", "advisory.delete_meeting", "office.read_message"}
    | MAIL
)
READING = _rights(
    "advisory", ["view"], "meeting", "body", "topic", "edition", "languageversion", "translation", *ADVISORY_PARTS
)

# To protect a person at risk, and to be one of the two who then still know the name
PROTECTING = {"accreditation.protect_registration"}

# Accreditation: what may be asked of whom, by which organizations people come, and who came by it
POLICY = ["category", "evidencerule", "question", "zone"]
ORGANIZATIONS = ["organization", "focalpoint"]
RECORDS = ["registration", "decision", "badge"]
POLICY_READING = _rights("accreditation", ["view"], *POLICY)
SETTING_UP = _rights("accreditation", ALL, *POLICY, "focalpoint") | _rights("accreditation", CHANGE, "organization")
REVIEWING = (
    SETTING_UP
    | _rights("accreditation", CHANGE, "delegation", "organizationplaces")
    | _rights("accreditation", ["view"], *RECORDS)
)
REVIEW_READING = POLICY_READING | _rights(
    "accreditation", ["view"], *ORGANIZATIONS, "delegation", "organizationplaces", *RECORDS
)

# The desk: to see applications, to decide on them, to overrule what was decided, to take lists of people out
DESK_READING = {"accreditation.review_registration"}
DECIDING = (
    DESK_READING
    | {
        "accreditation.decide_registration",
        "accreditation.enter_registration",
        "accreditation.score_registration",
        "accreditation.select_registration",
        "accreditation.export_registration",
        "accreditation.second_decision",
        "accreditation.read_figures",
    }
    | _rights("accreditation", CHANGE, "pool", "poolseats")
    | _rights("accreditation", ["view"], "deskpolicy", "ground", "export")
)
OVERRULING = (
    DESK_READING
    | {
        "accreditation.overrule_registration",
        "accreditation.second_decision",
        "accreditation.export_registration",
        "accreditation.select_registration",
        "accreditation.read_figures",
    }
    | _rights("accreditation", ["view"], "pool", "poolseats", "ground", "export")
    | _rights("accreditation", CHANGE, "deskpolicy")
)

# The door: to stand at a gate; to end devices, settle what they disagree on, and overrule a gate
GUARDING = {"accreditation.guard_door"}
OVERSEEING = GUARDING | {"accreditation.oversee_door"}

# What people sent about themselves, each kind for those who need it and for nobody above them
READING_PAPERS = {"accreditation.read_papers", "accreditation.read_portrait"}

RIGHTS = {
    Role.PRESS_OFFICER: AUTHORING | POLICY_READING,
    Role.TRANSLATOR: READING | TRANSLATING,
    Role.LIAISON_OFFICER: READING | REVIEWING | PROTECTING | DECIDING | READING_PAPERS | EMAIL_TEXTS,
    Role.MEDIA_REVIEWER: READING | REVIEWING | PROTECTING | DECIDING | READING_PAPERS,
    Role.SUPERVISOR: READING | REVIEW_READING | PROTECTING | OVERRULING | OVERSEEING | EMAIL_TEXTS,
    Role.SECURITY_LIAISON: POLICY_READING
    | _rights("accreditation", ["view"], "registration")
    | {"accreditation.hand_over_registration", "accreditation.read_identity"},
    Role.ACCESS_FOCAL_POINT: POLICY_READING | {"accreditation.read_access_needs"},
    Role.BADGE_DESK: POLICY_READING
    | _rights("accreditation", ["view"], "registration", "badge")
    | {"accreditation.read_portrait"},
    Role.DOOR: GUARDING | _rights("accreditation", ["view"], "zone"),
    Role.DATA_PROTECTION_OFFICER: READING | POLICY_READING | _rights("accreditation", ["view"], "export"),
    Role.ADMINISTRATOR: _rights("office", CHANGE, "user")
    | _rights("office", ALL, "grant")
    | MAIL
    | EMAIL_TEXTS
    | _rights("advisory", ALL, "body", "topic")
    | SETTING_UP
    | _rights("accreditation", CHANGE, "deskpolicy")
    | _rights("accreditation", ALL, "ground")
    | _rights("accreditation", ["delete"], "organization")
    | READING,
}


def may(user, right, meeting=None):
    """Answer whether ``user`` holds ``right`` (``"advisory.publish_meeting"``) today.

    With a meeting: a grant for it, or for all meetings. Without: a grant of any scope, so that lists and menus open;
    every list then shows only the officer's own meetings (``limit_to_meetings``).
    """
    return any(
        right in RIGHTS.get(role, ()) and (meeting is None or scope is None or scope == meeting.pk)
        for role, scope in grants_of(user)
    )


def may_review(user, meeting=None):
    """See the applications of a meeting at the desk."""
    return may(user, "accreditation.review_registration", meeting)


def may_decide(user, meeting=None):
    """Approve, ask, decline, and whatever else the desk does with an application."""
    return may(user, "accreditation.decide_registration", meeting)


def may_overrule(user, meeting=None):
    """Overturn a refusal, revoke a badge."""
    return may(user, "accreditation.overrule_registration", meeting)


def may_second(user, meeting=None):
    """Approve or refuse what a colleague proposes."""
    return may(user, "accreditation.second_decision", meeting)


def may_enter(user, meeting=None):
    """Enter an application for somebody who stands at the desk or calls."""
    return may(user, "accreditation.enter_registration", meeting)


def may_score(user, meeting=None):
    """Grade requests to speak."""
    return may(user, "accreditation.score_registration", meeting)


def may_select(user, meeting=None):
    """Choose who speaks, draw lots for seats, fill pools."""
    return may(user, "accreditation.select_registration", meeting)


def may_export(user, meeting=None):
    """Take a list of people out of the house."""
    return may(user, "accreditation.export_registration", meeting)


def may_hand_over(user, meeting=None):
    """Take identity data to security and bring its result back."""
    return may(user, "accreditation.hand_over_registration", meeting)


def may_protect(user, meeting=None):
    """Grant protection to a person at risk, and be one of the two who then still know the name."""
    return may(user, "accreditation.protect_registration", meeting)


def may_read_needs(user, meeting=None):
    """Read what people need to take part, and arrange it."""
    return may(user, "accreditation.read_access_needs", meeting)


def may_open_case(user, meeting=None):
    """Open the page of an application, of which each role reads its own part."""
    return may_review(user, meeting) or may_hand_over(user, meeting) or may_read_needs(user, meeting)


def may_read_identity(user, meeting=None):
    """Open passports and what was copied from them."""
    return may(user, "accreditation.read_identity", meeting)


def may_read_papers(user, meeting=None):
    """Open letters and press cards."""
    return may(user, "accreditation.read_papers", meeting)


def may_read_portrait(user, meeting=None):
    """See the photograph for the badge."""
    return may(user, "accreditation.read_portrait", meeting)


def may_read_figures(user, meeting=None):
    """See how many applied and what became of them."""
    return may(user, "accreditation.read_figures", meeting)


def may_guard(user, meeting=None):
    """Stand at a gate and scan."""
    return may(user, "accreditation.guard_door", meeting)


def may_oversee_door(user, meeting=None):
    """Let in whom a gate refused, settle what devices disagree on, and end a device."""
    return may(user, "accreditation.oversee_door", meeting)


def grants_of(user):
    """The officer's (role, meeting id or None) in force today, read once a request (kept on the user object)."""
    if not user.is_active or user.pk is None:
        return []
    if not hasattr(user, "_grants_in_force"):
        today = timezone.localdate()
        user._grants_in_force = list(user.grants.in_force(today).values_list("role", "meeting_id"))
    return user._grants_in_force


def rights_anywhere(user):
    return set().union(*(RIGHTS.get(role, ()) for role, _ in grants_of(user)))


def meetings_with(user, right):
    """``None`` when the officer holds the right for all meetings, else the set of meeting ids."""
    scopes = {scope for role, scope in grants_of(user) if right in RIGHTS.get(role, ())}
    return None if None in scopes else scopes


def holders(right, meeting=None):
    """Officers who hold the right today, by name: for the meeting, or where none is given for any."""
    roles = [role for role, rights in RIGHTS.items() if right in rights]
    grants = apps.get_model("office", "Grant").objects.in_force(timezone.localdate()).filter(role__in=roles)
    if meeting is not None:
        grants = grants.filter(models.Q(meeting__isnull=True) | models.Q(meeting=meeting))
    return apps.get_model("office", "User").objects.filter(pk__in=grants.values("user"))


def meeting_of(obj):
    """The meeting an object belongs to, or None: the meeting itself, or what its ``meeting`` points to."""
    if obj is None or isinstance(obj, apps.get_model("advisory", "Meeting")):
        return obj
    return getattr(obj, "meeting", None)
