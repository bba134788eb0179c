"""The one statement behind a public page: what is held between two readers, and a server that drops a connection."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import OperationalError, connection, transaction
from django.utils import timezone

from advisory import lookup, publishing
from advisory.models import Edition, Rendition
from tests.builders import make_meeting

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a server of its own that can go away")


@pytest.fixture
def public():
    meeting = make_meeting(slug="dialogue")
    publishing.publish(meeting, by=None)
    return meeting


@pytest.fixture
def holding(settings):
    settings.PAGES_HELD_SECONDS = 60
    yield
    lookup.forget()


def find(slug="dialogue"):
    return lookup.find(2016, slug, "txt", language="en", gzipped=False)


def test_readers_within_a_moment_share_one_query(public, holding, django_assert_num_queries):
    first = find()

    with django_assert_num_queries(0):
        assert find() == first


def test_held_answer_ends_with_its_moment(public, settings, django_assert_num_queries, monkeypatch):
    settings.PAGES_HELD_SECONDS = 0.1
    find()
    later = lookup.time.monotonic() + 0.11
    monkeypatch.setattr(lookup.time, "monotonic", lambda: later)

    with django_assert_num_queries(1):
        find()


def test_publishing_here_shows_at_once(public, holding):
    find()
    public.refresh_from_db()
    public.title = "Another title"
    public.save()

    publishing.publish(public, by=None)

    assert b"Another title" in find().body


def test_page_that_is_not_visible_is_never_held(holding):
    publishing.publish(make_meeting(slug="waiting", embargo_until=timezone.now() + timedelta(hours=1)), by=None)
    assert find("waiting") is None

    Edition.objects.update(visible_from=timezone.now() - timedelta(seconds=1))

    assert find("waiting") is not None


def test_nothing_is_held_across_the_instant_of_a_waiting_edition(public, holding, django_assert_num_queries):
    public.refresh_from_db()
    public.embargo_until = timezone.now() + timedelta(hours=1)
    public.save()
    waiting = publishing.publish(public, by=None)
    assert find().may_hold

    lookup.forget()
    Edition.objects.filter(pk=waiting.pk).update(visible_from=timezone.now() + timedelta(seconds=0.9))

    assert not find().may_hold
    with django_assert_num_queries(1):
        find()


def test_nothing_is_held_across_the_last_day_of_a_contact(public, holding):
    Rendition.objects.update(good_until=timezone.now() + timedelta(seconds=0.9))

    assert not find().may_hold


def test_held_answers_are_bounded(public, holding, monkeypatch):
    monkeypatch.setattr(lookup, "MOST_HELD", 2)
    for number in range(3):
        publishing.publish(make_meeting(slug=f"held-{number}"), by=None)
    for number in range(3):
        find(f"held-{number}")

    assert len(lookup._held) <= 2


def drop_the_connection():
    """As a restarted server does: our side learns of it with the next statement."""
    pid = connection.connection.info.backend_pid
    other = psycopg2.connect(**connection.get_connection_params())
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()


@on_postgresql
def test_dropped_connection_is_opened_anew_and_the_page_answers(public):
    find()
    drop_the_connection()

    assert b"Dialogue on early warning" in find().body


@on_postgresql
def test_dropped_connection_within_a_transaction_is_not_hidden(public):
    find()
    with pytest.raises(OperationalError), transaction.atomic():
        drop_the_connection()
        find()
