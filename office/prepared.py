"""Queries that Django compiles once a process, and PostgreSQL plans once a connection: for what every request asks in
the same words, with other values."""

from copy import copy
from itertools import count
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import AutoField, Value
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import TransactionManagementError, mark_for_rollback_on_error


class Slot(Value):
    """Stands in a prepared query where each call puts a value of its own; knows the field that it is compared with."""

    def __init__(self, place, field):
        super().__init__(place, output_field=field)

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def filled(self, values, connection):
        return self.output_field.get_db_prep_value(values[self.value], connection)


class Prepared:
    """``build`` takes no argument and returns a QuerySet of whole instances with a ``Slot`` for each value.

    Compiling takes longer than the database does, and its planning longer than its reading. The rows are read afresh
    by each call; only the SQL and its plan are kept.
    """

    numbers = count(1)

    def __init__(self, build):
        self.build, self.compiled, self.name = build, None, f"prepared_{next(self.numbers)}"

    def __call__(self, *values):
        """[instance]."""
        connection = connections[DEFAULT_DB_ALIAS]
        if self.compiled is None:
            self.compiled = self._compiled(connection)
        queryset, compiler, sql, slots, converters = self.compiled
        if queryset.query.select_for_update and not connection.in_atomic_block:  # Django asks as it compiles
            raise TransactionManagementError("A lock ends with its transaction, and there is none.")
        words = filled(slots, values, connection)
        if plans_once(connection):
            sql = planned(connection, self.name, sql, len(words))
        compiler = copy(compiler)  # a connection is its thread's own
        compiler.connection, compiler.as_sql = connection, lambda **_how: (sql, words)
        compiler.get_converters = lambda _columns: converters
        rows = queryset.all()
        rows.query.get_compiler = lambda **_which: compiler
        return list(rows)

    def one(self, *values):
        """The instance, or None."""
        return next(iter(self(*values)), None)

    def _compiled(self, connection):
        queryset = self.build()
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, slots = compiler.as_sql()
        converters = compiler.get_converters([column for column, *_rest in compiler.select[: compiler.col_count]])
        return queryset, compiler, sql, slots, converters


class PreparedUpdate:
    """The same for ``QuerySet.update``: each call returns the number of rows changed."""

    def __init__(self, build, **changes):
        self.build, self.changes, self.compiled = build, changes, None

    def __call__(self, *values):
        connection = connections[DEFAULT_DB_ALIAS]
        if self.compiled is None:
            query = self.build().query.chain(UpdateQuery)
            query.add_update_values(self.changes)
            query.annotations = {}
            self.compiled = query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()
        sql, slots = self.compiled
        with mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS), connection.cursor() as cursor:
            cursor.execute(sql, filled(slots, values, connection))
            return cursor.rowcount


class PreparedInsert:
    """The same for ``row.save(force_insert=True)``, of a model that has one table and hears no signals."""

    def __init__(self, model):
        self.model, self.compiled = model, None

    def __call__(self, row):
        connection = connections[DEFAULT_DB_ALIAS]
        self.compiled = self.compiled or self._compiled()
        sql, fields, returned = self.compiled
        words = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        with mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS), connection.cursor() as cursor:
            cursor.execute(sql, words)
            for field, value in zip(returned, cursor.fetchone() if returned else (), strict=True):
                setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    def _compiled(self):
        fields = [field for field in self.model._meta.concrete_fields if not isinstance(field, AutoField)]
        query, returned = InsertQuery(self.model), self.model._meta.db_returning_fields
        query.insert_values(fields, [self.model()], raw=True)
        compiler = query.get_compiler(using=DEFAULT_DB_ALIAS)
        compiler.returning_fields = returned
        [(sql, _words)] = compiler.as_sql()
        return sql, fields, returned


def filled(slots, values, connection):
    return tuple(slot.filled(values, connection) if isinstance(slot, Slot) else slot for slot in slots)


PLANNED = WeakKeyDictionary()  # names of what a connection to PostgreSQL has planned; a new connection has nothing


def plans_once(connection):
    """A pooler that gives each transaction another connection needs DISABLE_SERVER_SIDE_CURSORS, as Django tells."""
    return connection.vendor == "postgresql" and not connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS")


def planned(connection, name, sql, number):
    """The statement that executes ``sql``, which has so many values, by its name. A rollback does not forget it."""
    connection.close_if_health_check_failed()  # as its cursor would, but before the names of a lost one are asked
    connection.ensure_connection()
    names = PLANNED.setdefault(connection.connection, set())
    if name not in names:
        with connection.wrap_database_errors, connection.connection.cursor() as cursor:
            cursor.execute(f"PREPARE {name} AS " + sql % tuple(f"${n}" for n in range(1, number + 1)))
        names.add(name)
    return f"EXECUTE {name} ({', '.join(['%s'] * number)})" if number else f"EXECUTE {name}"
