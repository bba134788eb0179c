"""The database between tests: emptied of what one committed, or filled again with what one of them made.

Django truncates every table and then makes all content types and permissions anew, a quarter of a second each time on
PostgreSQL. Here only tables that hold rows are touched, and those two stay as the migrations left them.
"""

from copy import deepcopy
from datetime import time

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import TransactionTestCase

OF_MIGRATIONS = {"django_content_type", "auth_permission"}
_empty_in_djangos_way = TransactionTestCase._fixture_teardown
_fill_in_djangos_way = TransactionTestCase._fixture_setup.__func__
_known = {}  # what the tables of migrations held before the first test that commits


def pytest_configure():
    TransactionTestCase._fixture_setup = classmethod(look)
    TransactionTestCase._fixture_teardown = empty


def look(case):
    if not _known:
        _known["rows"] = rows_of_migrations()
    _fill_in_djangos_way(case)


def empty(case):
    if rows_of_migrations() != _known["rows"]:
        _empty_in_djangos_way(case)
        _known["rows"] = rows_of_migrations()
        return
    with transaction.atomic():  # foreign keys are looked at when it ends
        names = sorted(set(connection.introspection.django_table_names(only_existing=True)) - OF_MIGRATIONS)
        if connection.vendor == "postgresql":  # a request that still writes is waited for
            run(f"LOCK TABLE {', '.join(map(quoted, names))} IN SHARE ROW EXCLUSIVE MODE")
        for name in filled(names):
            run(f"DELETE FROM {quoted(name)}")


def rows_of_migrations():
    """{table: its number of rows and its last key}"""
    return {name: run(f"SELECT count(*), max(id) FROM {quoted(name)}") for name in OF_MIGRATIONS}


def filled(names):
    questions = [f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {quoted(name)})" for name in names]
    return [name for (name,) in run(" UNION ALL ".join(questions))]


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def quoted(name):
    return connection.ops.quote_name(name)


@pytest.fixture(scope="session")
def _copies():
    return {}


@pytest.fixture
def kept(transactional_db, _copies):
    """``kept(make)`` gives what ``make()`` returned, and its rows, which are copied once a session and then brought
    back. The database has to be empty before."""

    def keep(make):
        if make in _copies:
            returned, columns = _copies[make]
            bring_back(make.__name__, columns)
            return returned
        returned = make()
        _copies[make] = returned, copy(make.__name__)
        return returned

    return keep


def copy(label):
    """Copy every table that holds rows; return {table: columns}, without those that the database itself fills."""
    columns = columns_of_models()
    names = filled(sorted(columns.keys() - OF_MIGRATIONS))
    for name in names:
        run(f"CREATE TABLE {quoted(f'{label}_{name}')} AS SELECT {columns[name]} FROM {quoted(name)}")
    return {name: columns[name] for name in names}


def columns_of_models():
    return {
        model._meta.db_table: ", ".join(quoted(field.column) for field in model._meta.concrete_fields)
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


def bring_back(label, columns):
    with transaction.atomic():
        for name, names in columns.items():
            run(f"INSERT INTO {quoted(name)} ({names}) SELECT {names} FROM {quoted(f'{label}_{name}')}")


@pytest.fixture(scope="session")
def _made():
    return {}


@pytest.fixture
def once(db, _made):
    """``once(make)`` gives what ``make()`` returned, and the rows it added, which are made for the first test that asks
    and written again for the others. No row that was there before may change: its key would be there twice."""

    def give(make):
        if make not in _made:
            before = rows_of_models()
            returned = make()
            added = {name: rows - before.get(name, set()) for name, rows in rows_of_models().items()}
            statements = [insertion(name, sorted(rows, key=repr)) for name, rows in added.items() if rows]
            _made[make] = deepcopy(returned), statements
            return returned
        returned, statements = _made[make]
        with transaction.atomic(), connection.cursor() as cursor:  # foreign keys are looked at when it ends
            for statement, values in statements:
                cursor.execute(statement, values)
        return deepcopy(returned)

    return give


def rows_of_models():
    """{table: its rows}, of tables that hold some."""
    columns = columns_of_models()
    return {name: set(run(f"SELECT {columns[name]} FROM {quoted(name)}")) for name in filled(sorted(columns))}


def insertion(name, rows):
    """One statement that writes all rows, and its values."""
    places = ", ".join(["%s"] * len(rows[0]))
    values = ", ".join([f"({places})"] * len(rows))
    statement = f"INSERT INTO {quoted(name)} ({columns_of_models()[name]}) VALUES {values}"
    return statement, [str(value) if isinstance(value, time) else value for row in rows for value in row]
