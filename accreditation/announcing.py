"""What ``advisory`` asks of applications, through ``office.discovery``: the way to our form, and where the two differ.

The public page tells what an edition froze; here the live category decides. What differs is said to the press officer.
"""

from django.urls import reverse
from django.utils.translation import gettext

from accreditation import announced
from accreditation.states import Route
from advisory.checklist import WARNING, Concern
from advisory.renditions.telling import Telling
from advisory.renditions.wording import moment, zone
from advisory.words import NoticeCategory
from office import permissions

BY_ROUTE = {Route.PRESS: NoticeCategory.PRESS, Route.CIVIL_SOCIETY: NoticeCategory.CIVIL_SOCIETY}


def access_routes(meeting):
    """{kind of access notice: path of our form beneath the meeting's page}; of two that fit, the exact name counts."""
    return {kind: f"apply/{category.slug}/" for kind, category in by_kind(meeting).items()}


def by_kind(meeting):
    found = {}
    for category in meeting.categories.all():
        kind, is_exact = kind_of(category.slug, category.route)
        if kind not in found or (is_exact and not kind_of(found[kind].slug, found[kind].route)[1]):
            found[kind] = category
    return found


def kind_of(slug, route):
    """(which access notice tells of such a category, whether its slug is that notice's own word)."""
    kind = slug.replace("-", "_")
    return (kind, True) if kind in NoticeCategory.values else (str(BY_ROUTE[Route(route)]), False)


def hours_announced(meeting, slug, route):
    """{opens_at, closes_at} as the draft's access notice of the kind has them."""
    kind, _exact = kind_of(slug, route)
    notice = next((row for row in meeting.access_notices.all() if row.category == kind), None)
    return {"opens_at": notice.opens_at, "closes_at": notice.closes_at} if notice else {}


def concerns(meeting):
    """For the checklist before publishing: where the draft's access notices say another thing than the categories."""
    notices = {notice.category: notice for notice in meeting.access_notices.all()}
    for kind, category in by_kind(meeting).items():
        name = {"category": category.name}
        if kind not in notices:
            said = gettext("Applications are taken here for “%(category)s”, but no access notice tells of them.")
            yield Concern(WARNING, "access_notices", said % name)
            continue
        notice = notices[kind]
        if notice.address:
            said = gettext(
                "“%(category)s” is applied for here, but the access notice leads elsewhere. Empty its address to lead "
                "here."
            )
            yield Concern(WARNING, "access_notices", said % name)
        for sentence in differing(meeting, category, notice):
            yield Concern(WARNING, "access_notices", sentence)


def differing(meeting, category, notice):
    """A sentence for each of opening and closing that the notice tells otherwise, or not at all."""
    spoken = {
        "opens": (
            gettext("“%(category)s” opens %(here)s; the access notice says %(there)s."),
            (category.opens_at, notice.opens_at, notice.opens_on),
        ),
        "closes": (
            gettext("“%(category)s” closes %(here)s; the access notice says %(there)s."),
            (category.closes_at, notice.closes_at, notice.closes_on),
        ),
    }
    for sentence, (here, there, day) in spoken.values():
        local = here.astimezone(zone(meeting.time_zone)) if here else None
        if here == there if there else (local.date() if local else None) == (day or None):
            continue
        yield sentence % {
            "category": category.name,
            "here": moment(local) if local else gettext("at no set time"),
            "there": moment(there) if there else f"{day:%Y-%m-%d}" if day else gettext("nothing"),
        }


def public_differences(category):
    """Sentences on what the meeting's public edition says otherwise than the live category: publish an update."""
    meeting = category.meeting
    edition = announced.edition_of(meeting) if meeting.is_published else None
    kind, _exact = kind_of(category.slug, category.route)
    if edition is None or by_kind(meeting).get(kind) != category:
        return []
    telling = Telling.of(edition, {}, meeting.original_language, at=edition.published_at)
    notice = next((part for part in telling.access_notices if part.category == kind), None)
    if notice is None:
        said = gettext("The public page has no access notice for “%(category)s”. Add one and publish an update.")
        return [said % {"category": category.name}]
    if not notice.route and not notice.address:
        said = gettext("The public page does not lead to the form of “%(category)s” yet. Publish an update.")
        return [said % {"category": category.name}]
    update = gettext("Publish an update, so that readers are told the same.")
    return [f"{sentence} {update}" for sentence in differing(meeting, category, notice)]


def meeting_tools(user, meeting):
    """(label, address) of the pages that a meeting's page in the staff panel leads to."""
    if permissions.may(user, "accreditation.view_category", meeting):
        query = f"?meeting__id__exact={meeting.pk}"
        yield gettext("Accreditation: categories"), reverse("admin:accreditation_category_changelist") + query
