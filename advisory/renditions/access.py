"""Coming in: each access notice as the reader's decision (apply, by when) and the details beneath it."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisory.renditions import times, wording
from advisory.renditions.markdown import is_address, linked
from advisory.words import MeetingStatus, NoticeCategory, PressAccess

CANCELLED = {"label": gettext_lazy("Cancelled"), "tone": "err", "icon": "stop"}
IN_PART = {"label": gettext_lazy("Open to the press in part"), "tone": "info", "icon": "part"}
VERBS = {
    NoticeCategory.PRESS: gettext_lazy("Apply as press"),
    NoticeCategory.CIVIL_SOCIETY: gettext_lazy("Apply as civil society"),
    NoticeCategory.DELEGATION_MEDIA: gettext_lazy("Apply as delegation media"),
    NoticeCategory.PUBLIC: gettext_lazy("Apply for a seat"),
}


def access(telling):
    """The slip's content: how the meeting stands to the press, and a notice for each category; none once cancelled."""
    if telling.facts.status == MeetingStatus.CANCELLED:
        return {"press": CANCELLED, "is_mixed": False, "is_cancelled": True, "notices": [], "detailed": []}
    notices = [_notice(telling, notice) for notice in telling.access_notices]
    return {
        "press": press(telling),
        "is_mixed": press(telling) is IN_PART,
        "notices": notices,
        "detailed": [notice for notice in notices if notice["details"]],
    }


def press(telling):
    """How the meeting as a whole stands to the press: a word, a tone and a shape."""
    kinds = {sitting.press or PressAccess.OPEN for sitting in telling.sittings}
    return IN_PART if len(kinds) > 1 else times.press(*kinds)


def _notice(telling, notice):
    category = NoticeCategory(notice.category)
    place = times.place(telling)
    details = [
        (_("Who must apply"), notice.who_must),
        (_("Prepare"), notice.prepare),
        (_("Badge pick-up"), notice.pick_up),
    ]
    is_outside = is_address(notice.address) and not notice.route
    return {
        "category": category.value,
        "label": category.label,
        "verb": VERBS[category],
        "address": notice.address if is_outside else telling.path + notice.route if notice.route else "",
        "host": urlsplit(notice.address).hostname or "" if is_outside else "",
        "instruction": linked(notice.instruction, telling.language),
        "need_not": notice.who_need_not,
        "opens": wording.deadline(notice.opens_on, notice.opens_time, place) if notice.opens_on else "",
        "closes": wording.deadline(notice.closes_on, notice.closes_time, place) if notice.closes_on else "",
        "opens_at": notice.opens_at.isoformat(timespec="minutes") if notice.opens_at else "",
        "closes_at": notice.closes_at.isoformat(timespec="minutes") if notice.closes_at else "",
        "details": [(label, linked(text, telling.language)) for label, text in details if text],
    }
