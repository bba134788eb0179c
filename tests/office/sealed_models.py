"""A model of the tests' own with every kind of sealed field, and its table."""

from uuid import uuid4

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from office.encryption import EncryptedJSONField, EncryptedTextField, SealedFileName

with isolate_apps("office"):

    class Guest(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        name = models.CharField(max_length=40, blank=True)
        notes = EncryptedTextField(max_length=200, blank=True)
        address = EncryptedTextField(blank=True)
        needs = EncryptedJSONField(blank=True, default=dict)
        letter = SealedFileName()

        class Meta:
            app_label = "office"


@pytest.fixture(scope="module")
def guest_table(django_db_setup, django_db_blocker):
    """The table, made before the tests' transactions: SQLite makes none inside one."""
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(Guest)
        yield
        with connection.schema_editor() as editor:
            editor.delete_model(Guest)
