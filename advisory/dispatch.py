"""Who is told of what: new editions at once, a digest and the media alert once a day. The worker asks, by ``jobs``.

Each telling keeps a cursor over the subscribers. A batch is one transaction: the row is locked, 500 subscribers are
passed, their mails queued and the cursor moved. A crash repeats nothing and skips nobody, and two workers take turns;
the key of each mail says the same once more.
"""

from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import cache

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone, translation

from advisory import alert, emails, subscriptions
from advisory.models import Edition, Subscription, Told
from advisory.models.subscription import Frequency
from advisory.words import EditionKind
from office import outbox

BATCH = 500
SILENT = [EditionKind.TYPO]
UNDER_WAY = timedelta(minutes=2)  # a publication names its instant, then takes seconds until others see it
DAILY_AT = time(7)  # on the clock of the organization's seat


def tell_of_editions():
    """Queue what every visible edition not yet told is owed. Embargoed ones are not visible."""
    editions = Edition.objects.visible().exclude(kind__in=SILENT).filter(told__finished_at=None)
    failures = []
    for edition in editions.order_by("visible_from", "pk"):
        try:
            _tell_of(edition)
        except DatabaseError:
            raise
        except Exception as failure:  # it is tried again, and keeps nobody from hearing of the others
            failures.append(failure)
    if failures:
        raise failures[0]


def _tell_of(edition):
    told, _ = Told.objects.get_or_create(edition=edition, defaults={"kind": Told.Kind.EDITION})
    letters = cache(lambda language: emails.alert(edition, language))
    audience = Subscription.objects.active().filter(
        frequency__in=[Frequency.AT_ONCE, Frequency.FOLLOWED], confirmed_at__lte=edition.visible_from
    )

    def due(subscription, choices):
        if wants(subscription, choices, edition):
            letter = letters(emails.known(subscription.language))
            return letter, f"alert:{edition.pk}:{subscription.pk}", edition.meeting_id in choices.meetings
        return None

    _tell_all(told, audience, due, kind="subscription_alert")


def send_digest(at=None):
    """From 07:00 at the seat: what became visible since the digest before, to those who asked for one mail a day.

    A digest of an earlier day that was left half told is finished first: the next one begins where that one ended.
    """
    _of_today(Told.Kind.DIGEST, at)
    for told in Told.objects.filter(kind=Told.Kind.DIGEST, finished_at=None).order_by("day"):
        _send_digest(told)


def _send_digest(told):
    editions = list(
        Edition.objects.visible()
        .exclude(kind__in=SILENT)
        .filter(visible_from__gt=told.since, visible_from__lte=told.until)
        .order_by("visible_from", "pk")
    )
    by_pk = {edition.pk: edition for edition in editions}
    letters = cache(lambda language, pks: emails.digest([by_pk[pk] for pk in pks], language, day=told.day))

    def due(subscription, choices):
        wanted = {
            edition.meeting_id: edition.pk  # the last one of each meeting
            for edition in editions
            if subscription.confirmed_at <= edition.visible_from and wants(subscription, choices, edition)
        }
        if not wanted:
            return None
        letter = letters(emails.known(subscription.language), tuple(wanted.values()))
        return letter, f"digest:{told.day}:{subscription.pk}", False

    audience = Subscription.objects.active().filter(frequency=Frequency.DAILY)
    _tell_all(told, audience if editions else audience.none(), due, kind="subscription_digest")


def send_daily_alert(at=None):
    """From 07:00 at the seat: the day's meetings, to those who asked for them. A day without meetings sends nothing."""

    told = _of_today(Told.Kind.ALERT, at)
    if told is None:
        return

    @cache
    def letter(language):
        with translation.override(language):
            of_day = alert.of_day(told.day)
        return emails.daily_alert(of_day, language) if of_day.rows else None

    def due(subscription, choices):
        words = letter(emails.known(subscription.language))
        return words and (words, f"daily-alert:{told.day}:{subscription.pk}", False)

    _tell_all(told, Subscription.objects.active().filter(wants_daily_alert=True), due, kind="subscription_daily_alert")


def _of_today(kind, at):
    """Today's telling if its hour has come and it is not finished, else None."""
    at = timezone.localtime(at)
    if at.time() < DAILY_AT:
        return None
    before = Told.objects.filter(kind=kind, day__lt=at.date()).order_by("-day").first()
    since = before.until if before else at - timedelta(days=1)
    try:
        with transaction.atomic():
            Told.objects.get_or_create(kind=kind, day=at.date(), defaults={"since": since, "until": Now() - UNDER_WAY})
    except IntegrityError:  # another worker was first
        pass
    return Told.objects.filter(kind=kind, day=at.date(), finished_at=None).first()


def _tell_all(told, audience, due, *, kind):
    while not _tell_batch(told.pk, audience, due, kind):
        pass


@transaction.atomic
def _tell_batch(pk, audience, due, kind):
    """Pass the next 500 subscribers; True when none is left. ``due`` gives (letter, key, follows) or None."""
    told = Told.objects.select_for_update().get(pk=pk)
    if told.finished_at:
        return True
    rows = list((audience.filter(pk__gt=told.cursor) if told.cursor else audience).order_by("pk")[:BATCH])
    choices = choices_of(rows)
    outbox.queue_many(
        emails.addressed(letter, reader_of(subscription, follows), kind=kind, key=key)
        for subscription in rows
        for letter, key, follows in [due(subscription, choices[subscription.pk]) or (None, "", False)]
        if letter
    )
    is_last = len(rows) < BATCH
    told.cursor = rows[-1].pk if rows else told.cursor
    told.finished_at = timezone.now() if is_last else None
    told.save(update_fields=["cursor", "finished_at"])
    return is_last


def reader_of(subscription, follows):
    return emails.Reader(
        subscription,
        manage=subscriptions.address_of(subscription, subscriptions.MANAGE),
        unsubscribe=subscriptions.address_of(subscription, subscriptions.UNSUBSCRIBE),
        follows=follows,
    )


@dataclass
class Choices:
    """Slugs of bodies and topics and ids of followed meetings."""

    bodies: set = field(default_factory=set)
    topics: set = field(default_factory=set)
    meetings: set = field(default_factory=set)


def choices_of(rows):
    """{subscription id: Choices} in three queries, whatever the number."""
    found = {row.pk: Choices() for row in rows}
    for name, column in [("bodies", "body__slug"), ("topics", "topic__slug"), ("meetings", "meeting_id")]:
        links = getattr(Subscription, name).through.objects.filter(subscription__in=list(found))
        for pk, value in links.values_list("subscription_id", column):
            getattr(found[pk], name).add(value)
    return found


def wants(subscription, choices, edition):
    """Whether this edition is to be told to this subscriber.

    A followed meeting is told whatever the other choices. Otherwise one of the bodies or topics chosen must fit, if
    any are, and one of the languages wanted, if any are. A translation is told to those whom only it can serve.
    """
    follows = edition.meeting_id in choices.meetings
    wanted, written = set(subscription.wanted_languages), set(edition.texts)
    if edition.kind == EditionKind.TRANSLATION:
        new = set(edition.languages)
        if not wanted & new or wanted & (written - new):
            return False
    elif wanted and not follows and not wanted & written:
        return False
    if follows or subscription.frequency == Frequency.FOLLOWED:
        return follows
    if not (choices.bodies or choices.topics):
        return True
    topics = {topic["slug"] for topic in edition.facts.get("topics", [])}
    return edition.facts.get("body") in choices.bodies or bool(topics & choices.topics)
