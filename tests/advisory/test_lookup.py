"""The one statement behind a public page, where the database server drops a connection or a proxy changes it."""

import psycopg2
import pytest
from django.db import OperationalError, connection, transaction

from advisory import lookup, publishing
from tests.builders import make_meeting

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="a server of its own that can go away"),
]


@pytest.fixture
def public():
    publishing.publish(make_meeting(slug="dialogue"), by=None)
    find()


@pytest.fixture(autouse=True)
def _may_prepare_again():
    yield
    lookup._can_prepare.add(True)


def find():
    return lookup.find(2016, "dialogue", "txt", language="en", gzipped=False)


def drop_the_connection():
    """As a restarted server does: our side learns of it with the next statement."""
    pid = connection.connection.info.backend_pid
    other = psycopg2.connect(**connection.get_connection_params())
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    other.close()


def test_dropped_connection_is_opened_anew_and_the_page_answers(public):
    drop_the_connection()

    assert b"Dialogue on early warning" in bytes(find().body)


def test_dropped_connection_within_a_transaction_is_not_hidden(public):
    with pytest.raises(OperationalError), transaction.atomic():
        drop_the_connection()
        find()


def test_statement_is_prepared_once_a_connection(public, django_assert_num_queries):
    with django_assert_num_queries(1) as captured:
        find()

    assert captured[0]["sql"].startswith("EXECUTE rostrum_find_")


def test_page_answers_behind_a_proxy_that_forgets_prepared_statements(public, django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")

    assert b"Dialogue on early warning" in bytes(find().body)
    with django_assert_num_queries(1) as captured:
        find()
    assert captured[0]["sql"].startswith("SELECT")


def test_page_answers_where_another_client_prepared_the_same_name(public):
    lookup._prepared.clear()

    assert b"Dialogue on early warning" in bytes(find().body)
