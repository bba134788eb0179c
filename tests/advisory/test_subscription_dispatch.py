"""Who is told of what, once: at once or once a day, never before its instant, whatever crashes or runs twice."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Value
from django.utils import timezone

from advisory import dispatch, emails, publishing, subscriptions
from advisory.models import Body, Told, Topic
from advisory.words import EditionKind
from office import delivery, outbox
from office.models.message import Message
from tests.builders import make_full_meeting, make_meeting, make_sitting, make_subscription

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 3, 2, 7, tzinfo=UTC)


def told():
    return sorted(Message.objects.values_list("to", flat=True))


def publish(meeting=None, **words):
    return publishing.publish(meeting or make_meeting(), by=None, **words)


def become_visible(edition, at):
    type(edition).objects.filter(pk=edition.pk).update(visible_from=at)


def test_active_subscribers_are_told_once():
    make_subscription("active@example.org")
    make_subscription("waiting@example.org", state="waiting", confirmed_at=None)
    make_subscription("daily@example.org", frequency="daily")
    subscriptions.end(make_subscription("ended@example.org"))
    publish()

    dispatch.tell_of_editions()
    dispatch.tell_of_editions()

    assert told() == ["active@example.org"]


def test_nobody_is_told_before_the_instant():
    make_subscription()
    edition = publish(make_meeting(embargo_until=timezone.now() + timedelta(hours=1)))

    dispatch.tell_of_editions()
    dispatch.send_digest(at=timezone.now() + timedelta(days=1))
    assert told() == []
    type(edition).objects.filter(pk=edition.pk).update(visible_from=timezone.now() - timedelta(seconds=1))
    dispatch.tell_of_editions()

    assert told() == ["reader-1@example.org"]


def test_whoever_comes_later_is_not_told_of_earlier_editions():
    publish()
    make_subscription(confirmed_at=timezone.now() + timedelta(seconds=1))

    dispatch.tell_of_editions()

    assert told() == []


@pytest.mark.parametrize("kind", [kind for kind in EditionKind if kind not in ("first", "translation")])
def test_every_change_but_a_typing_error_is_told(kind):
    meeting = make_meeting()
    publish(meeting)
    dispatch.tell_of_editions()
    make_subscription()

    publish(meeting, kind=kind)
    dispatch.tell_of_editions()

    assert len(told()) == (kind != EditionKind.TYPO)


def test_choices_decide():
    assembly, council = (Body.objects.create(name=name, slug=name.lower()) for name in ("Assembly", "Council"))
    peace = Topic.objects.create(name="Peace", slug="peace")
    meeting = make_meeting(body=assembly, original_language="fr")
    meeting.topics.add(peace)
    make_subscription("all@example.org")
    make_subscription("body@example.org", bodies=[assembly])
    make_subscription("other-body@example.org", bodies=[council])
    make_subscription("other-body-same-topic@example.org", bodies=[council], topics=[peace])
    make_subscription("french@example.org", wanted_languages=["fr", "es"])
    make_subscription("english@example.org", wanted_languages=["en"])
    make_subscription("english-follows@example.org", wanted_languages=["en"], meetings=[meeting])
    make_subscription("follows@example.org", frequency="followed", meetings=[meeting])
    make_subscription("follows-another@example.org", frequency="followed", meetings=[make_meeting()])
    publish(meeting)

    dispatch.tell_of_editions()

    assert told() == [
        "all@example.org",
        "body@example.org",
        "english-follows@example.org",
        "follows@example.org",
        "french@example.org",
        "other-body-same-topic@example.org",
    ]


@pytest.mark.parametrize(
    ("wanted", "is_told"), [([], False), (["fr"], True), (["en", "fr"], False), (["fr", "es"], True), (["es"], False)]
)
def test_translation_is_told_to_those_whom_only_it_serves(wanted, is_told):
    edition = publish()
    edition.kind, edition.languages = EditionKind.TRANSLATION, ["fr"]
    edition.texts = edition.texts | {"fr": {"title": "Dialogue"}}

    assert dispatch.wants(make_subscription(wanted_languages=wanted), dispatch.Choices(), edition) is is_told


def test_crash_between_batches_repeats_nothing_and_skips_nobody(monkeypatch):
    monkeypatch.setattr(dispatch, "BATCH", 2)
    for _ in range(5):
        make_subscription()
    publish()
    queue_many, calls = outbox.queue_many, []

    def crash(messages):
        queue_many(messages)
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(outbox, "queue_many", crash)
    with pytest.raises(KeyboardInterrupt):
        dispatch.tell_of_editions()
    assert len(told()) == 2
    assert Told.objects.get().finished_at is None

    monkeypatch.setattr(outbox, "queue_many", queue_many)
    dispatch.tell_of_editions()

    assert told() == [f"reader-{n}@example.org" for n in range(1, 6)]
    assert Told.objects.get().finished_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_subscriber_once(monkeypatch):
    monkeypatch.setattr(dispatch, "BATCH", 3)
    for _ in range(20):
        make_subscription()
    publish()
    start, failures = threading.Barrier(2), []

    def work():
        try:
            start.wait()
            dispatch.tell_of_editions()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]

    assert failures == []
    assert told() == sorted(f"reader-{n}@example.org" for n in range(1, 21))
    assert Told.objects.get().finished_at is not None


def test_queries_do_not_grow_with_the_subscribers(django_assert_num_queries):
    publish()
    dispatch.tell_of_editions()  # templates are read
    counts = []
    for readers in (1, 3):
        for _ in range(readers):
            make_subscription()
        publish()
        with django_assert_num_queries(16):
            dispatch.tell_of_editions()
        counts.append(Message.objects.count())

    assert counts == [1, 5]


def test_digest_goes_out_once_from_seven_at_the_seat(settings):
    make_subscription("daily@example.org", frequency="daily")
    make_subscription("at-once@example.org")
    first, second = make_meeting("First dialogue"), make_meeting("Second dialogue")
    for meeting in (first, second):
        edition = publish(meeting)
        type(edition).objects.filter(pk=edition.pk).update(visible_from=MORNING - timedelta(hours=3))

    dispatch.send_digest(at=MORNING - timedelta(seconds=1))
    assert told() == []
    dispatch.send_digest(at=MORNING)
    dispatch.send_digest(at=MORNING + timedelta(hours=2))

    mail = Message.objects.get()
    assert (mail.to, mail.subject) == ("daily@example.org", "Media advisories, Monday 2 March 2026")
    assert mail.text.index("First dialogue") < mail.text.index("Second dialogue")


def test_digest_of_the_next_day_begins_where_the_last_one_ended(monkeypatch):
    make_subscription(frequency="daily")
    today, earlier = timezone.now().replace(hour=7, minute=0), timezone.now() - timedelta(hours=1)
    become_visible(publish(make_meeting("Told the day before")), earlier - timedelta(minutes=5))
    with monkeypatch.context() as clock:
        clock.setattr(dispatch, "Now", lambda: Value(earlier))
        dispatch.send_digest(at=today)
    become_visible(publish(make_meeting("Told today")), earlier + timedelta(minutes=5))

    dispatch.send_digest(at=today + timedelta(days=1))

    before, now = Message.objects.order_by("queued_at")
    assert ["Told the day before" in mail.text for mail in (before, now)] == [True, False]
    assert ["Told today" in mail.text for mail in (before, now)] == [False, True]


def test_digest_tells_a_meeting_once_as_it_stands_last():
    make_subscription(frequency="daily")
    meeting = make_meeting("Dialogue")
    for minutes, kind in [(9, None), (6, EditionKind.CANCELLED)]:
        become_visible(publish(meeting, kind=kind), timezone.now() - timedelta(minutes=minutes))

    dispatch.send_digest(at=timezone.now().replace(hour=7))

    assert Message.objects.get().text.count("Dialogue") == 1
    assert "Cancelled: Dialogue" in Message.objects.get().text


def test_day_without_news_sends_no_digest():
    make_subscription(frequency="daily")

    dispatch.send_digest(at=MORNING)

    assert told() == []
    assert Told.objects.get().finished_at is not None


def test_daily_media_alert_goes_to_those_who_asked_once_a_day():
    make_subscription("alert@example.org", wants_daily_alert=True, frequency="followed")
    make_subscription("other@example.org")
    meeting = make_meeting("Dialogue of the day", sitting=False)
    make_sitting(meeting, date=MORNING.date())
    publish(meeting)

    for hour in (6, 7, 8):
        dispatch.send_daily_alert(at=MORNING.replace(hour=hour))

    mail = Message.objects.get()
    assert (mail.to, mail.subject) == ("alert@example.org", "Daily media alert, Monday 2 March 2026")
    assert "Dialogue of the day" in mail.text
    assert "/alert/2026-03-02/" in mail.text


def test_day_without_meetings_sends_no_alert():
    make_subscription(wants_daily_alert=True)

    dispatch.send_daily_alert(at=MORNING)

    assert told() == []


def test_full_meeting_can_be_told():
    make_subscription()
    publish(make_full_meeting())

    dispatch.tell_of_editions()

    assert Message.objects.get().subject == "Media advisory: Informal interactive dialogue on early warning"


def test_edition_that_cannot_be_told_keeps_nobody_from_hearing_of_the_next(monkeypatch):
    make_subscription()
    publish(make_meeting("Broken"))
    publish(make_meeting("Sound"))
    alert = emails.alert

    def break_one(edition, language):
        if edition.texts["en"]["title"] == "Broken":
            raise ValueError("It cannot be written.")
        return alert(edition, language)

    monkeypatch.setattr(emails, "alert", break_one)
    with pytest.raises(ValueError, match="It cannot be written"):
        dispatch.tell_of_editions()
    assert [mail.subject for mail in Message.objects.all()] == ["Media advisory: Sound"]

    monkeypatch.setattr(emails, "alert", alert)
    dispatch.tell_of_editions()

    assert told() == ["reader-1@example.org"] * 2


def test_digest_left_half_told_is_finished_on_a_later_day(monkeypatch):
    monkeypatch.setattr(dispatch, "BATCH", 1)
    for _ in range(2):
        make_subscription(frequency="daily")
    become_visible(publish(), MORNING - timedelta(hours=3))
    tell_batch = dispatch._tell_batch

    def crash(*args):
        tell_batch(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(dispatch, "_tell_batch", crash)
    with pytest.raises(KeyboardInterrupt):
        dispatch.send_digest(at=MORNING)
    assert len(told()) == 1

    monkeypatch.setattr(dispatch, "_tell_batch", tell_batch)
    dispatch.send_digest(at=MORNING + timedelta(days=3))
    dispatch.send_digest(at=MORNING + timedelta(days=3))

    assert told() == ["reader-1@example.org", "reader-2@example.org"]


def test_publication_under_way_while_a_digest_is_made_is_in_the_next(monkeypatch):
    """Its instant lies before the digest's, its commit after it."""
    make_subscription(frequency="daily")
    at = timezone.now().replace(hour=7)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    with monkeypatch.context() as clock:
        clock.setattr(dispatch, "Now", lambda: Value(an_hour_ago))
        dispatch.send_digest(at=at)

    become_visible(publish(), an_hour_ago - timedelta(seconds=20))
    dispatch.send_digest(at=at + timedelta(days=1))

    assert told() == ["reader-1@example.org"]


@pytest.mark.django_db(transaction=True)
def test_mail_being_sent_when_its_reader_leaves_is_not_tried_again():
    """The server refuses for now; in that very moment the reader unsubscribes."""
    subscription = make_subscription()
    publish()
    dispatch.tell_of_editions()
    message = delivery.claim(Message.objects.get().pk)

    subscriptions.end(subscription)
    delivery._record(message, state="queued", next_attempt_at=timezone.now())

    assert told() == []
