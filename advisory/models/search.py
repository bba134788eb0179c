"""What finds an edition: its words, and the values by which lists are narrowed. Derived, so made anew at will."""

from django.db import models

from advisory import personal
from advisory.models.edition import Edition
from office.privacy import declare


class SearchText(models.Model):
    """One row of tokens an edition (``search.search_tokens``), beside the chain so that blanking may rewrite it.

    Migration 0004 adds the index: a tsvector column with GIN on PostgreSQL, an FTS5 table kept by triggers on SQLite.
    """

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, primary_key=True, related_name="search_text")
    words = models.TextField()

    def __str__(self):
        return self.words[:60]

    privacy = declare(plain="edition", words=personal.PARTICIPANT)


class Facet(models.Model):
    """One value by which an edition is found: kind "body", value "general-assembly", its name by language."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="facets", db_index=False)
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=120)
    names = models.JSONField(default=dict, help_text="{language: name}; empty where the words are the site's own.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "kind", "value"], name="facet_once")]
        indexes = [models.Index(fields=["kind", "value", "edition"], name="facet_by_value")]

    def __str__(self):
        return f"{self.kind}: {self.value}"

    privacy = declare(plain="edition kind value names")
