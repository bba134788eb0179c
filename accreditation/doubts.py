"""What an officer should look at in a category: nothing of it stops anybody, and each is a sentence."""

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accreditation import announcing
from accreditation.models import Organization
from accreditation.states import Route


def doubts(category):
    """Sentences, in reading order of the category's page."""
    return [sentence for ask in QUESTIONS for sentence in ask(category)]


def hours(category):
    if category.opens_at is None and category.closes_at is None:
        yield gettext("It has neither opening nor closing: applications are taken from the meeting's publication on.")
    elif category.closes_at is None:
        yield gettext("It never closes.")
    yield from announcing.public_differences(category)


def seats(category):
    if category.is_first_come and category.capacity is None:
        yield gettext("“First come, first served” says nothing without a number of seats.")


def papers(category):
    """Of the press route: media of which no paper is needed at all."""
    rules = [rule for rule in category.evidence_rules.all() if rule.least]
    if category.route != Route.PRESS or any(not rule.asked_of for rule in rules):
        return
    without = [medium for medium in category.media if medium not in {rule.asked_of for rule in rules}]
    if without:
        yield ngettext(
            "For one of the media no paper is needed: nothing shows who works for it. Add one below.",
            "For %(count)s of the media no paper is needed: nothing shows who works for them. Add one below.",
            len(without),
        ) % {"count": len(without)}


def endorsement(category):
    """Organizations of the meeting that nobody can speak for."""
    if not category.needs_endorsement:
        return
    today = timezone.localdate()
    in_force = Q(focal_points__ends_on__isnull=True) | Q(focal_points__ends_on__gte=today)
    speaking = Organization.objects.filter(in_force, focal_points__isnull=False).values("pk")
    concerned = Q(accredited_to=category.meeting_id) | Q(registrations__category=category)
    concerned |= Q(status__in=["general", "special", "roster"])
    mute = Organization.objects.filter(concerned, is_active=True, kind="civil_society").exclude(pk__in=speaking)
    if count := mute.distinct().count():
        yield ngettext(
            "Endorsement is asked, but %(count)s organization has no focal point in force who could give it.",
            "Endorsement is asked, but %(count)s organizations have no focal point in force who could give it.",
            count,
        ) % {"count": count}


def badge(category):
    others = category.meeting.categories.exclude(pk=category.pk).filter(badge_letter=category.badge_letter)
    if other := others.first():
        said = gettext("“%(other)s” has the letter %(letter)s on its badge too: the door cannot tell them apart.")
        yield said % {"other": other.name, "letter": category.badge_letter}
    known = set(category.meeting.zones.values_list("name", flat=True))
    if unknown := [zone for zone in category.zones if zone not in known]:
        said = gettext("No zone of the meeting is called: %(names)s. These badges do not open it.")
        yield said % {"names": ", ".join(unknown)}


QUESTIONS = [hours, seats, papers, endorsement, badge]
