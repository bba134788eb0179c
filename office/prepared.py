"""Queries that Django compiles once a process, and PostgreSQL plans once a connection: for what every request asks in
the same words, with other values."""

from copy import copy
from itertools import count
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import AutoField, Value
from django.db.models.constants import OnConflict
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import TransactionManagementError, mark_for_rollback_on_error

NUMBERS = count(1)  # of statements, for PostgreSQL keeps their plans by name


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

    def __init__(self, build):
        self.build, self.compiled, self.name = build, None, f"prepared_{next(NUMBERS)}"

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


class PreparedSave:
    """The same for ``row.save(update_fields=...)``, of a model that has one table and hears no signals.

    DatabaseError where the row is gone; FieldError for a sealed column, which is saved with its row.
    """

    def __init__(self, model):
        self.model, self.compiled = model, {}

    def __call__(self, row, names):
        if not self.unless_changed(row, names, {}):
            raise DatabaseError("Save with update_fields did not affect any rows.")

    def unless_changed(self, row, names, known):
        """Save where the row still has what is ``known`` of it, {column: value, none of them None}; return whether it
        was saved."""
        connection, names = connections[DEFAULT_DB_ALIAS], (tuple(sorted(names)), tuple(known))
        if names not in self.compiled:
            self.compiled[names] = self._compiled(*names)
        sql, fields, asked = self.compiled[names]
        words = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in fields]
        found = zip(asked, [row.pk, *known.values()], strict=True)
        words += [field.get_db_prep_value(value, connection) for field, value in found]
        with mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS), connection.cursor() as cursor:
            cursor.execute(sql, words)
            return bool(cursor.rowcount)

    def _compiled(self, names, known):
        fields = [self.model._meta.get_field(name) for name in names]
        asked = [self.model._meta.pk, *(self.model._meta.get_field(name) for name in known)]
        rows = self.model._base_manager.order_by()
        for place, field in enumerate(asked):
            rows = rows.filter(**{field.name: Slot(len(fields) + place, field)})
        query = rows.query.chain(UpdateQuery)
        query.add_update_fields([(field, None, Slot(place, field)) for place, field in enumerate(fields)])
        return query.get_compiler(using=DEFAULT_DB_ALIAS).as_sql()[0], fields, asked


class PreparedInsert:
    """The same for ``row.save(force_insert=True)``, of a model that has one table and hears no signals.

    Where a row with the same ``unique`` field is there, its ``replaces`` fields are replaced; it learns no key then.
    """

    def __init__(self, model, *, unique="", replaces=()):
        self.model, self.compiled, self.name = model, None, f"prepared_{next(NUMBERS)}"
        self.unique, self.replaces = (unique,) if unique else (), replaces

    def __call__(self, row):
        connection = connections[DEFAULT_DB_ALIAS]
        self.compiled = self.compiled or self._compiled()
        sql, fields, returned = self.compiled
        words = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
        if plans_once(connection):
            sql = planned(connection, self.name, sql, len(words))
        with mark_for_rollback_on_error(using=DEFAULT_DB_ALIAS), connection.cursor() as cursor:
            cursor.execute(sql, words)
            for field, value in zip(returned, cursor.fetchone() if returned else (), strict=True):
                setattr(row, field.attname, value)
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS

    def _compiled(self):
        fields = [field for field in self.model._meta.concrete_fields if not isinstance(field, AutoField)]
        field = self.model._meta.get_field
        query = InsertQuery(
            self.model,
            on_conflict=OnConflict.UPDATE if self.unique else None,
            unique_fields=[field(name) for name in self.unique],
            update_fields=[field(name) for name in self.replaces],
        )
        returned = () if self.unique else self.model._meta.db_returning_fields
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
