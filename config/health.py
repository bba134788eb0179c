"""``/healthz/live`` says the process answers; ``/healthz/ready`` says it can do its work."""

import tempfile

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import JsonResponse
from django.views.decorators.cache import never_cache

# Durable profile of the embedded database: pragma, value, reason
DURABLE = [
    ("journal_mode", "wal", "readers do not wait for a writer"),
    ("synchronous", 2, "a decision survives a power cut"),
    ("foreign_keys", 1, "rows never point nowhere"),
    ("busy_timeout", 30000, "two officers saving at once both succeed"),
]


@never_cache
def live(request):
    return JsonResponse({"status": "ok"})


@never_cache
def ready(request):
    """503 with the failing parts' names when the database, its migrations or the folders are not usable."""
    failing = [name for name, works in PARTS.items() if not _holds(works)]
    return JsonResponse(
        {"status": "not ready" if failing else "ok", "failing": failing},
        status=503 if failing else 200,
    )


def _holds(works):
    try:
        return works()
    except (DatabaseError, OSError):
        return False


def database_answers():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_applied():
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def files_writable():
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.VAR_DIR):
        return True


def database_is_durable():
    return not lost_durability()


def lost_durability():
    """Sentences on pragmas that read back otherwise than set; none on PostgreSQL or an in-memory database."""
    if connection.vendor != "sqlite" or connection.is_in_memory_db():
        return []
    with connection.cursor() as cursor:
        found = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name, _, _ in DURABLE}
    return [
        f"SQLite's {name} reads back as {found[name]} instead of {value}: without it it is not sure that {reason}."
        for name, value, reason in DURABLE
        if found[name] != value
    ]


PARTS = {
    "database": database_answers,
    "migrations": migrations_applied,
    "files": files_writable,
    "durability": database_is_durable,
}


@register(Tags.database)
def check_durability(app_configs, databases, **kwargs):
    """Runs with ``migrate`` and ``check --database default``, hence at every start of script/server."""
    return [Error(sentence, id="rostrum.E001") for sentence in lost_durability()] if databases else []
