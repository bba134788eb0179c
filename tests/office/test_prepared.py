"""What Django compiles once still answers with today's rows."""

import contextlib
import threading
import uuid

import psycopg2
import pytest
from django.core.exceptions import FieldError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import F
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accreditation.models import Category, Decision, FindingText, MeetingBook, Registration
from accreditation.states import Actor, Status
from office import chain
from office.prepared import Prepared, PreparedInsert, PreparedSave, PreparedUpdate, Slot
from tests.builders import make_category, make_registration

KEY, REFERENCE = (Registration._meta.get_field(name) for name in ["id", "reference"])


def prepared():
    return Prepared(lambda: Registration.objects.select_related("category").filter(pk__in=[Slot(0, KEY), Slot(1, KEY)]))


@pytest.mark.django_db
def test_each_call_asks_for_its_own_values(django_assert_num_queries):
    category = make_category()
    one, two, three = (make_registration(category=category) for _ in range(3))
    query = prepared()
    assert {row.pk for row in query(one.pk, two.pk)} == {one.pk, two.pk}
    with django_assert_num_queries(1):
        rows = query(three.pk, three.pk)
        assert [(row.pk, row.category.name) for row in rows] == [(three.pk, category.name)]


@pytest.mark.django_db
def test_a_change_since_the_last_call_is_read():
    registration, query = make_registration(), prepared()
    query(registration.pk, registration.pk)
    Registration.objects.filter(pk=registration.pk).update(family_name="Changed")
    assert query.one(registration.pk, registration.pk).family_name == "Changed"


@pytest.mark.django_db
def test_quotes_in_a_value_stay_a_value():
    query = Prepared(lambda: Registration.objects.filter(reference=Slot(0, REFERENCE)))
    assert query("' OR '1'='1") == []


@pytest.mark.django_db
def test_nothing_found_is_none():
    registration = make_registration()
    query = prepared()
    assert query.one(registration.pk, registration.pk) == registration
    registration.delete()
    assert query.one(registration.pk, registration.pk) is None


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused_though_it_was_compiled_in_one():
    registration = make_registration()
    query = Prepared(lambda: Registration.objects.select_for_update().filter(pk=Slot(0, KEY)))
    with transaction.atomic():
        assert query.one(registration.pk) == registration
    with pytest.raises(TransactionManagementError):
        query.one(registration.pk)


@pytest.mark.django_db(transaction=True)
def test_each_thread_asks_over_its_own_connection():
    registration, query, found = make_registration(), prepared(), []
    query(registration.pk, registration.pk)

    def ask():
        found.extend(query(registration.pk, registration.pk))
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [registration]


def terminate(backend):
    with psycopg2.connect(connection.connection.dsn) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [backend])


@pytest.mark.django_db(transaction=True)
def test_a_connection_lost_between_two_requests_is_made_and_planned_anew():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection to lose")
    registration, query = make_registration(), prepared()
    query(registration.pk, registration.pk)
    first, connection.close_at = connection.connection.info.backend_pid, None  # kept open, as in the settings
    terminate(first)
    connection.health_check_enabled = True
    connection.close_if_unusable_or_obsolete()  # as Django does at the beginning of a request
    assert query(registration.pk, registration.pk) == [registration]
    assert connection.connection.info.backend_pid != first


@pytest.mark.django_db(transaction=True)
def test_what_was_planned_in_a_transaction_that_failed_stays_planned():
    registration, query = make_registration(), prepared()
    with contextlib.suppress(ZeroDivisionError), transaction.atomic():
        query(registration.pk, registration.pk)
        raise ZeroDivisionError
    assert query(registration.pk, registration.pk) == [registration]


@pytest.mark.django_db
@pytest.mark.parametrize("is_pooled", [False, True])
def test_a_pooler_that_changes_connections_gets_the_whole_statement_each_time(is_pooled, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", is_pooled)
    registration, query = make_registration(), prepared()
    query(registration.pk, registration.pk)
    with CaptureQueriesContext(connection) as asked:
        assert query(registration.pk, registration.pk) == [registration]
    is_planned = connection.vendor == "postgresql" and not is_pooled
    assert [row["sql"].split(" ", 1)[0] for row in asked] == ["EXECUTE" if is_planned else "SELECT"]


@pytest.mark.django_db
def test_an_update_changes_its_own_row_and_tells_how_many():
    one, two = make_registration(), make_registration()
    rename = PreparedUpdate(lambda: Registration.objects.filter(pk=Slot(0, KEY)).order_by(), family_name="Changed")
    assert [rename(one.pk), rename(two.pk), rename(uuid.uuid4())] == [1, 1, 0]
    assert {row.family_name for row in Registration.objects.all()} == {"Changed"}


@pytest.mark.django_db
def test_what_a_constraint_refuses_is_refused():
    category = make_category(capacity=0)
    take = PreparedUpdate(
        lambda: Category.objects.filter(pk=Slot(0, Category._meta.pk)).order_by(), taken=F("taken") + 1
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        take(category.pk)


def book_with_decisions(number):
    registration = make_registration()
    book = MeetingBook.objects.create(meeting=registration.meeting, hash=chain.BEGINNING)
    return book, [decision(registration, sequence) for sequence in range(1, number + 1)]


def decision(registration, sequence):
    return Decision(
        meeting=registration.meeting, sequence=sequence, registration=registration, pseudonym=registration.pk,
        action="submit", before=Status.DRAFT, after=Status.SUBMITTED, actor=Actor.APPLICANT, at=timezone.now(),
        restores={"info_items": ["work", "'\u00e9\""]}, previous_hash=chain.BEGINNING, hash=str(sequence) * 64,
    )  # fmt: skip


@pytest.mark.django_db
def test_an_inserted_row_is_as_a_saved_one_and_knows_its_key(django_assert_num_queries):
    (_book, [one, two, three]), insert = book_with_decisions(3), PreparedInsert(Decision)
    one.save(force_insert=True)
    insert(two)
    with django_assert_num_queries(1):
        insert(three)
    kept = {row.pk: row for row in Decision.objects.all()}
    assert list(kept) == [one.pk, two.pk, three.pk]
    for row in (one, two, three):
        told = {name: value for name, value in vars(kept[row.pk]).items() if name != "_state"}
        assert told == {name: vars(row)[name] for name in told}
        assert (row._state.adding, row._state.db) == (False, "default")


@pytest.mark.django_db
def test_an_inserted_row_that_is_there_already_is_refused_and_its_transaction_undone():
    (book, [one, again]), insert = book_with_decisions(2), PreparedInsert(Decision)
    again.sequence = one.sequence
    insert(one)
    with pytest.raises(IntegrityError), transaction.atomic():
        MeetingBook.objects.filter(pk=book.pk).update(sequence=9)
        insert(again)
    assert (list(Decision.objects.all()), MeetingBook.objects.get().sequence) == ([one], 0)


@pytest.mark.django_db
def test_a_row_that_is_there_is_replaced_where_that_was_asked_for(django_assert_num_queries):
    one, two = make_registration(), make_registration()
    write = PreparedInsert(FindingText, unique="registration", replaces=["words"])
    write(FindingText(registration=one, words="before"))
    write(FindingText(registration=two, words="other"))
    with django_assert_num_queries(1):
        write(FindingText(registration=one, words="after"))
    assert set(FindingText.objects.values_list("registration", "words")) == {(one.pk, "after"), (two.pk, "other")}


@pytest.mark.django_db
def test_a_save_changes_the_named_columns_of_its_row_alone(django_assert_num_queries):
    (one, two), save, at = (make_registration(), make_registration()), PreparedSave(Registration), timezone.now()
    save(two, ["due_at", "info_items", "category", "family_name"])
    one.due_at, one.info_items, one.category, one.family_name = at, ["work", "'\u00e9\""], two.category, "%s"
    one.given_names = "Not saved"
    with django_assert_num_queries(1):
        save(one, ["due_at", "info_items", "category", "family_name"])
    kept = Registration.objects.get(pk=one.pk)
    assert (kept.due_at, kept.info_items, kept.category, kept.family_name) == (
        at, ["work", "'\u00e9\""], two.category, "%s",
    )  # fmt: skip
    assert kept.given_names == two.given_names
    assert Registration.objects.get(pk=two.pk).family_name == two.family_name


@pytest.mark.django_db
def test_a_sealed_column_is_not_saved_by_it():
    with pytest.raises(FieldError):
        PreparedSave(Registration)(make_registration(), ["identity"])


@pytest.mark.django_db
def test_a_save_of_a_row_that_is_gone_is_refused():
    registration, save = make_registration(), PreparedSave(Registration)
    Registration.objects.filter(pk=registration.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        save(registration, ["family_name"])
