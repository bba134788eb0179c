"""Queries that Django compiles once a process: for what every request asks in the same words, with other values."""

from copy import copy

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Value
from django.db.models.sql import UpdateQuery
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

    Compiling takes longer than the database does. The rows are read afresh by each call; only the SQL is kept.
    """

    def __init__(self, build):
        self.build, self.compiled = build, None

    def __call__(self, *values):
        """[instance]."""
        connection = connections[DEFAULT_DB_ALIAS]
        if self.compiled is None:
            self.compiled = self._compiled(connection)
        queryset, compiler, sql, slots = self.compiled
        if queryset.query.select_for_update and not connection.in_atomic_block:  # Django asks as it compiles
            raise TransactionManagementError("A lock ends with its transaction, and there is none.")
        words = filled(slots, values, connection)
        compiler = copy(compiler)  # a connection is its thread's own
        compiler.connection, compiler.as_sql = connection, lambda **_how: (sql, words)
        rows = queryset.all()
        rows.query.get_compiler = lambda **_which: compiler
        return list(rows)

    def one(self, *values):
        """The instance, or None."""
        return next(iter(self(*values)), None)

    def _compiled(self, connection):
        queryset = self.build()
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        return queryset, compiler, *compiler.as_sql()


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


def filled(slots, values, connection):
    return tuple(slot.filled(values, connection) if isinstance(slot, Slot) else slot for slot in slots)
