"""Sealed columns, on a model of the tests' own, in the database that the tests run on."""

import copy
import pickle
from uuid import uuid4

import pytest
from django import forms
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import connection, models, transaction
from django.db.models import Case, F, Value, When
from django.db.models.functions import Cast
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from office.encryption import CannotOpen, EncryptedTextField
from tests.office.sealed_models import Guest, guest_table  # noqa: F401

CANARY = "canary 7f3a"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("guest_table")]


def stored(guest, name="notes"):
    """What the column holds, past our field."""
    with connection.cursor() as cursor:
        key = Guest._meta.pk.get_db_prep_value(guest.pk, connection)
        cursor.execute(f"SELECT {name} FROM office_guest WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def put(guest, sealed, name="notes"):
    with connection.cursor() as cursor:
        key = Guest._meta.pk.get_db_prep_value(guest.pk, connection)
        cursor.execute(f"UPDATE office_guest SET {name} = %s WHERE id = %s", [connection.Database.Binary(sealed), key])


def test_text_is_sealed_in_the_column_and_read_on_the_instance():
    guest = Guest.objects.create(notes=CANARY)

    found = Guest.objects.get()

    assert found.notes == guest.notes == CANARY
    assert stored(guest)[:2] == b"\x01\x01"
    assert CANARY.encode() not in stored(guest)


@hypothesis_settings(max_examples=40)
@given(st.text(max_size=60))
@pytest.mark.parametrize("special", ["\x00", "𝕊🕊", "مرحبا بكم", " \n", "e\u0301"])
def test_any_text_comes_back_as_it_was(special, text):
    guest = Guest.objects.create(notes=text + special, address=text)

    found = Guest.objects.get(pk=guest.pk)

    assert [found.notes, found.address] == [text + special, text]


def test_emptiness_is_stored_as_no_bytes_and_never_as_null():
    guest = Guest.objects.create(notes=None, needs=None)

    assert [stored(guest), stored(guest, "address"), stored(guest, "needs")] == [b"", b"", b""]
    found = Guest.objects.get()
    assert [found.notes, found.address, found.needs] == ["", "", {}]


@pytest.mark.parametrize("needs", [{"wheelchair": True, "note": "é"}, [], ["a", 1, None, 1.5], {"a": {"b": [{}]}}])
def test_json_comes_back_as_it_was(needs):
    guest = Guest.objects.create(needs=needs)

    assert Guest.objects.get().needs == needs
    assert stored(guest, "needs")[:2] == b"\x01\x01"


def test_json_is_changed_by_assigning_it_again():
    guest = Guest.objects.create(needs={"a": 1})

    guest.needs["a"] = 2

    assert guest.needs == {"a": 1}


def test_loaded_instance_holds_no_text_even_after_it_was_read():
    Guest.objects.create(notes=CANARY)
    guest = Guest.objects.get()

    assert guest.notes == CANARY
    guest.address = CANARY
    guest.refresh_from_db(fields=["notes"])

    assert CANARY not in repr(vars(guest))
    assert CANARY.encode() not in pickle.dumps(guest)


@pytest.fixture
def _found_by_name(monkeypatch):
    """Copying and pickling ask the app registry for the class, from which the tests' model is kept away otherwise."""
    monkeypatch.setitem(apps.all_models["office"], "guest", Guest)


@pytest.mark.usefixtures("_found_by_name")
def test_unsaved_instance_shows_no_text_and_is_not_pickled():
    guest = Guest(notes=CANARY)

    assert CANARY not in repr(vars(guest))
    assert copy.deepcopy(guest).notes == copy.copy(guest).notes == CANARY
    with pytest.raises(TypeError, match="^Save the row first"):
        pickle.dumps(guest)


@pytest.mark.usefixtures("_found_by_name")
def test_saved_instance_is_copied_and_pickled_sealed():
    guest = Guest.objects.create(notes=CANARY, needs={"a": CANARY})

    kept = pickle.dumps(guest)

    assert CANARY.encode() not in kept
    twins = [pickle.loads(kept), copy.copy(guest), copy.deepcopy(guest)]
    assert [(twin, twin.notes, twin.needs) for twin in twins] == [(guest, CANARY, {"a": CANARY})] * 3


def test_sealed_text_of_another_row_is_not_opened():
    first, second = Guest.objects.create(notes="first"), Guest.objects.create(notes="second")
    put(second, stored(first))

    with pytest.raises(CannotOpen, match=f"^office.guest.notes:{second.pk} holds bytes that were changed"):
        Guest.objects.get(pk=second.pk).notes  # noqa: B018


def test_sealed_text_of_another_field_is_not_opened():
    guest = Guest.objects.create(notes="first", address="second")
    put(guest, stored(guest, "address"))

    with pytest.raises(CannotOpen):
        Guest.objects.get().notes  # noqa: B018
    assert Guest.objects.get().address == "second"


def test_row_whose_text_cannot_be_opened_still_loads_and_saves_its_other_fields():
    guest = Guest.objects.create(notes="first")
    put(guest, b"\x01\x01" + bytes(40))

    found = Guest.objects.get()
    found.name = "A"
    found.save(update_fields=["name"])

    assert Guest.objects.get().name == "A"


def test_nothing_is_saved_that_cannot_be_opened():
    guest = Guest.objects.create(notes="first")

    guest.pk = uuid4()
    with pytest.raises(CannotOpen), transaction.atomic():
        guest.save(force_insert=True)

    guest.notes = "first"
    guest.address = ""
    guest.save(force_insert=True)
    assert Guest.objects.get(pk=guest.pk).notes == "first"


@pytest.mark.parametrize("word", ["id", "pk"])
def test_key_given_by_the_caller_binds(word):
    key = uuid4()

    Guest.objects.create(notes=CANARY, **{word: str(key)})

    assert Guest.objects.get(pk=key).notes == CANARY


def test_one_field_is_saved_and_the_others_stay_as_they_are():
    guest = Guest.objects.create(notes="first", address="second")
    before = stored(guest, "address")

    guest.notes = "third"
    guest.save(update_fields=["notes"])

    assert Guest.objects.get().notes == "third"
    assert stored(guest, "address") == before


def test_saving_without_a_change_keeps_the_bytes():
    guest = Guest.objects.create(notes="first")
    before = stored(guest)

    found = Guest.objects.get()
    assert found.notes == "first"
    found.save()

    assert stored(guest) == before


def test_deferred_field_is_loaded_when_it_is_read(django_assert_num_queries):
    Guest.objects.create(notes=CANARY)

    for guests in (Guest.objects.defer("notes"), Guest.objects.only("name")):
        guest = guests.get()
        assert guest.get_deferred_fields() >= {"notes"}
        with django_assert_num_queries(1):
            assert guest.notes == CANARY
        with django_assert_num_queries(0):
            assert guest.notes == CANARY


def test_row_with_a_deferred_field_keeps_it_when_saved():
    Guest.objects.create(notes=CANARY)

    guest = Guest.objects.defer("notes").get()
    guest.name = "A"
    guest.save()

    assert Guest.objects.get().notes == CANARY


def test_values_give_sealed_bytes():
    guest = Guest.objects.create(notes=CANARY)
    sealed = stored(guest)

    assert list(Guest.objects.values_list("notes", flat=True)) == [sealed]
    assert Guest.objects.values("notes").get() == {"notes": sealed}
    assert Guest.objects.annotate(copy=F("notes")).get().copy == sealed


def test_many_rows_are_made_at_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        Guest.objects.bulk_create(Guest(notes=f"guest {number}") for number in range(3))

    assert sorted(guest.notes for guest in Guest.objects.all()) == ["guest 0", "guest 1", "guest 2"]


def test_update_or_create_saves_sealed():
    key = uuid4()

    for text in ("first", "second"):
        Guest.objects.update_or_create(pk=key, defaults={"notes": text})

    assert Guest.objects.get(pk=key).notes == "second"


@pytest.mark.parametrize(
    "value",
    [
        CANARY,
        Value(CANARY),
        Value(CANARY, output_field=EncryptedTextField()),
        F("name"),
        F("address"),
        Cast("name", models.BinaryField()),
    ]
    + [Case(When(name="", then=Value(CANARY)), default=Value("x"))],
    ids=repr,
)
def test_update_is_refused(value):
    Guest.objects.create(notes="first", name="A", address="second")

    with pytest.raises(FieldError, match="sealed for one row: save the row"), transaction.atomic():
        Guest.objects.update(notes=value)

    assert Guest.objects.get().notes == "first"


def test_update_with_the_sealed_bytes_of_another_row_is_refused():
    Guest.objects.create(notes="first")

    with pytest.raises(FieldError), transaction.atomic():
        Guest.objects.update(notes=Guest.objects.values_list("notes", flat=True).get())
    with pytest.raises(TypeError, match="^office.Guest.notes takes text, not bytes.$"), transaction.atomic():
        Guest.objects.update(notes=b"first")


def test_update_empties():
    guest = Guest.objects.create(notes="first", needs={"a": 1})

    Guest.objects.update(notes="", needs={})

    assert [stored(guest), stored(guest, "needs")] == [b"", b""]


def test_bulk_update_is_refused():
    guest = Guest.objects.create(notes="first")
    guest.notes = "second"

    with pytest.raises(FieldError), transaction.atomic():
        Guest.objects.bulk_update([guest], ["notes"])

    assert Guest.objects.get().notes == "first"


@pytest.mark.parametrize("lookup", ["", *(f"__{name}" for name in models.TextField.get_lookups()), "__year", "__a__b"])
@pytest.mark.parametrize("name", ["notes", "needs"])
def test_lookup_is_refused(name, lookup):
    if lookup == "__isnull":
        assert not Guest.objects.filter(**{name + lookup: True}).exists()
        return
    with pytest.raises(FieldError, match=f"{name} is sealed"):
        Guest.objects.filter(**{name + lookup: "a"}).exists()


def test_lookup_through_an_annotation_is_refused():
    with pytest.raises(FieldError), transaction.atomic():
        Guest.objects.annotate(copy=F("notes")).filter(copy=b"a").exists()


@pytest.mark.parametrize("value", [b"a", 1, ["a"], F("name")])
def test_text_field_takes_text(value):
    with pytest.raises(TypeError, match="^office.Guest.notes takes text, not "):
        Guest(notes=value)


@pytest.mark.parametrize("value", [b"a", 1, "a", True])
def test_json_field_takes_dictionaries_and_lists(value):
    with pytest.raises(TypeError, match="^office.Guest.needs takes a dictionary or a list, not "):
        Guest(needs=value)


def test_length_is_checked_by_validation():
    Guest(notes="é" * 200).full_clean()
    with pytest.raises(ValidationError, match="at most 200 characters"):
        Guest(notes="é" * 201).full_clean()


def form_of(*names):
    return forms.modelform_factory(Guest, fields=names)


def test_form_shows_and_saves_the_text():
    guest = Guest.objects.create(notes="first", needs={"a": 1})
    form_class = form_of("notes", "address", "needs")

    assert form_class(instance=guest).initial == {"notes": "first", "address": "", "needs": {"a": 1}}
    form = form_class({"notes": "second", "address": "", "needs": "[1]"}, instance=Guest.objects.get())
    form.save()

    found = Guest.objects.get()
    assert [form.changed_data, found.notes, found.needs] == [["notes", "needs"], "second", [1]]


def test_form_fields_are_those_of_plain_columns():
    fields = form_of("notes", "address", "needs").base_fields

    assert [(type(field), type(field.widget)) for field in fields.values()] == [
        (forms.CharField, forms.TextInput),
        (forms.CharField, forms.Textarea),
        (forms.JSONField, forms.Textarea),
    ]
    assert fields["notes"].max_length == 200


def test_form_refuses_in_sentences():
    form = form_of("notes", "needs")({"notes": "a" * 201, "needs": "5"})

    assert form.errors == {
        "notes": ["Ensure this value has at most 200 characters (it has 201)."],
        "needs": ["Enter a dictionary or a list."],
    }


@pytest.mark.parametrize("style", ["json", "xml", "python"])
def test_rows_are_not_serialized(style):
    guest = Guest.objects.create(notes=CANARY)

    with pytest.raises(FieldError, match="^notes is sealed and is not serialized"):
        serializers.serialize(style, [guest])
