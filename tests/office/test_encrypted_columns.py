"""Sealed fields as columns: what migrations make of them, and what the checks of a model refuse."""

from uuid import uuid4

import pytest
from django.db import connection, models
from django.test.utils import isolate_apps

from office.encryption import EncryptedTextField, SealedFileName
from tests.office.sealed_models import Guest, guest_table  # noqa: F401
from tests.office.test_encrypted_fields import stored

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guest_table")]


@pytest.mark.parametrize("name", ["notes", "address", "needs", "letter"])
def test_migrations_make_the_same_field(name):
    field = Guest._meta.get_field(name)
    _, path, args, kwargs = field.deconstruct()

    again = type(field)(*args, **kwargs)

    assert path == f"office.encryption.fields.{type(field).__name__}"
    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    assert [again.db_type(connection), again.max_length] == [field.db_type(connection), field.max_length]


@pytest.mark.django_db(transaction=True)  # as a migration runs
def test_column_is_added_to_a_table_with_rows():
    guest = Guest.objects.create(notes="first")
    field = EncryptedTextField(blank=True)
    field.set_attributes_from_name("phone")
    field.model = Guest

    with connection.schema_editor() as editor:
        editor.add_field(Guest, field)

    assert stored(guest, "phone") == b""
    with connection.schema_editor() as editor:
        editor.remove_field(Guest, field)
    guest.delete()


@pytest.mark.django_db(transaction=True)
@isolate_apps("office")
def test_row_in_two_tables_and_row_named_by_another_seal_under_their_own_names():
    class Person(models.Model):
        id = models.UUIDField(primary_key=True, default=uuid4)
        notes = EncryptedTextField()

        class Meta:
            app_label = "office"

    class Journalist(Person):
        card = EncryptedTextField()

        class Meta:
            app_label = "office"

    class Clearance(models.Model):
        person = models.OneToOneField(Person, models.CASCADE, primary_key=True)
        verdict = EncryptedTextField()

        class Meta:
            app_label = "office"

    made = [Person, Journalist, Clearance]
    with connection.schema_editor() as editor:
        for model in made:
            editor.create_model(model)
    try:
        journalist = Journalist.objects.create(notes="first", card="second")
        Clearance.objects.create(person=journalist, verdict="third")

        found = Journalist.objects.get()
        read = [found.notes, found.card, Person.objects.get().notes, Clearance.objects.get().verdict]
        assert read == ["first", "second", "first", "third"]
        places = [
            field.place(found) for field in (Journalist._meta.get_field("notes"), Journalist._meta.get_field("card"))
        ]
        assert places == [f"office.person.notes:{found.pk}", f"office.journalist.card:{found.pk}"]
        assert [error for model in made for error in model.check() if error.id.startswith("rostrum")] == []
    finally:
        with connection.schema_editor() as editor:
            for model in reversed(made):
                editor.delete_model(model)


def faults_of(**fields):
    with isolate_apps("office"):
        model = type(
            "Visitor",
            (models.Model,),
            {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "office"})} | fields,
        )
        return [(error.id, error.msg) for error in model.check() if error.id.startswith("rostrum")]


def uuid_key():
    return models.UUIDField(primary_key=True, default=uuid4)


def test_model_without_a_key_made_in_python_fails():
    sentence = "office.Visitor.notes is bound to its row before the row is saved."

    assert faults_of(notes=EncryptedTextField()) == [("rostrum.E010", sentence)]
    assert faults_of(id=models.UUIDField(primary_key=True), notes=EncryptedTextField()) == [("rostrum.E010", sentence)]
    assert faults_of(id=models.IntegerField(primary_key=True, default=int), notes=EncryptedTextField()) == [
        ("rostrum.E010", sentence)
    ]
    assert [number for number, _ in faults_of(notes=SealedFileName())] == ["rostrum.E010"]
    assert faults_of(id=uuid_key(), notes=EncryptedTextField(), file=SealedFileName()) == []


def test_sealed_field_that_may_be_null_fails():
    assert faults_of(id=uuid_key(), notes=EncryptedTextField(null=True)) == [
        ("rostrum.E011", "office.Visitor.notes is sealed: its empty value is no bytes, never NULL.")
    ]


def test_sealed_field_with_an_index_or_a_default_of_the_database_fails():
    assert faults_of(id=uuid_key(), notes=EncryptedTextField(unique=True, db_index=True, db_default="a")) == [
        ("rostrum.E012", "office.Visitor.notes is sealed and cannot have unique, db_index, db_default.")
    ]
