import django.db.models.deletion
from django.db import migrations, models

from advisory import search

SHOWN = ["superseded_at", "visible_from", "meeting", "number"]

POSTGRESQL = [
    "ALTER TABLE advisory_searchtext ADD COLUMN tokens tsvector"
    " GENERATED ALWAYS AS (strip(to_tsvector('simple', words))) STORED",
    # Kept in the row: were they beside it, the planner would think a walk over all rows cheap
    "ALTER TABLE advisory_searchtext ALTER COLUMN tokens SET STORAGE MAIN",
    "CREATE INDEX searchtext_tokens ON advisory_searchtext USING gin (tokens) WITH (fastupdate = off)",
    # SQLite would take it for every list, since all editions but a few are visible
    "CREATE INDEX edition_by_publication ON advisory_edition (visible_from DESC, id DESC) WHERE superseded_at IS NULL",
]
SQLITE = [
    "CREATE VIRTUAL TABLE advisory_searchindex USING fts5("
    "words, content='advisory_searchtext', content_rowid='edition_id', tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER searchtext_added AFTER INSERT ON advisory_searchtext BEGIN"
    " INSERT INTO advisory_searchindex (rowid, words) VALUES (new.edition_id, new.words); END",
    "CREATE TRIGGER searchtext_gone AFTER DELETE ON advisory_searchtext BEGIN"
    " INSERT INTO advisory_searchindex (advisory_searchindex, rowid, words)"
    " VALUES ('delete', old.edition_id, old.words); END",
    "CREATE TRIGGER searchtext_changed AFTER UPDATE ON advisory_searchtext BEGIN"
    " INSERT INTO advisory_searchindex (advisory_searchindex, rowid, words)"
    " VALUES ('delete', old.edition_id, old.words);"
    " INSERT INTO advisory_searchindex (rowid, words) VALUES (new.edition_id, new.words); END",
]


def add_index(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    schema_editor.execute("DROP TABLE advisory_searchindex" if is_sqlite else "DROP INDEX edition_by_publication")


def index_what_is_published(apps, schema_editor):
    Edition, SearchText, Facet = (apps.get_model("advisory", name) for name in ["Edition", "SearchText", "Facet"])
    for edition in Edition.objects.iterator():
        SearchText.objects.create(edition=edition, words=search.words_of(edition))
        Facet.objects.bulk_create(Facet(edition=edition, **row) for row in search.facets_of(edition))


def forget(apps, schema_editor):
    """Going back drops the tables."""


def list_index(name, *fields):
    return migrations.AddIndex(
        model_name="edition",
        index=models.Index(fields=fields, name=name),
    )


class Migration(migrations.Migration):

    dependencies = [("advisory", "0003_languages_and_previews")]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                ("edition", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="search_text", serialize=False, to="advisory.edition")),
                ("words", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Facet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=120)),
                ("names", models.JSONField(default=dict, help_text="{language: name}; empty where the words are the site's own.")),
                ("edition", models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="facets", to="advisory.edition")),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "value", "edition"], name="facet_by_value")],
                "constraints": [models.UniqueConstraint(fields=("edition", "kind", "value"), name="facet_once")],
            },
        ),
        migrations.RemoveIndex(model_name="edition", name="edition_by_day"),
        list_index("edition_by_day", "first_day", "starts_at", "last_day", *SHOWN),
        list_index("edition_by_last_day", "last_day", "first_day", "starts_at", *SHOWN),
        list_index("edition_by_year", "year", "first_day", "starts_at", *SHOWN),
        list_index("edition_current", "meeting", "number", "superseded_at", "visible_from"),
        migrations.RunPython(add_index, drop_index),
        migrations.RunPython(index_what_is_published, forget),
    ]
