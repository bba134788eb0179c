"""Model fields whose column holds sealed bytes: they stay sealed on the instance and open when they are read.

Their model needs a UUID key made in Python, because what is sealed is bound to its model, field and row.
"""

import json

from django import forms
from django.core.checks import Error
from django.core.exceptions import FieldError, ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.fields import NOT_PROVIDED
from django.db.models.query_utils import DeferredAttribute

from office.encryption.sealing import open_sealed, seal


class Sealed(bytes):
    """Bytes as the column holds them: sealed, or none for an empty value."""

    __slots__ = ()


class Checked(Sealed):
    """Sealed bytes that ``pre_save`` found to belong to the row being written; no others reach the database."""

    __slots__ = ()


class _Waiting:
    """A value of a row that was never saved: its key may still change, so it is sealed when it is saved."""

    __slots__ = ("packed",)

    def __init__(self, packed):
        self.packed = packed

    def __repr__(self):
        return "<waits to be sealed>"

    def __deepcopy__(self, memo):
        return self

    def __reduce__(self):
        raise TypeError("Save the row first: what waits to be sealed is not pickled, as caches keep it in clear.")


class _Opening(DeferredAttribute):
    """Opens at each access, so that no plaintext stays on the instance; to change JSON, assign it again."""

    def __get__(self, instance, cls=None):
        held = super().__get__(instance, cls)
        return held if instance is None else self.field.opened(instance, held)

    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = self.field.held(instance, value)


class BoundToRow:
    """A field whose sealed bytes open in one field of one row alone."""

    def place(self, instance):
        """``office.guest.notes:<uuid>``; of an inherited field the model that has the column, and its key."""
        return self.place_in(getattr(instance, self.model._meta.pk.attname))

    def place_in(self, key):
        return f"{self.model._meta.label_lower}.{self.name}:{self.model._meta.pk.to_python(key)}"

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self.faults()]

    def faults(self):
        if not has_key_made_in_python(self.model):
            sentence = f"{self.model._meta.label}.{self.name} is bound to its row before the row is saved."
            hint = "Give the model id = UUIDField(primary_key=True, default=uuid4)."
            yield Error(sentence, hint, self, "rostrum.E010")


def has_key_made_in_python(model):
    key = model._meta.pk
    while key.remote_field:
        key = key.target_field
    return isinstance(key, models.UUIDField) and key.has_default() and callable(key.default)


class SealedField(BoundToRow, models.Field):
    """The column: never NULL; an empty value is stored as no bytes, so that only emptiness (and length) can be seen.

    ``values()`` gives sealed bytes. Look-ups but ``isnull``, ``update()`` but to empty, ``bulk_update()`` and
    ``dumpdata`` are refused.
    """

    descriptor_class = _Opening

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def get_internal_type(self):
        return "BinaryField"

    def faults(self):
        yield from super().faults()
        name = f"{self.model._meta.label}.{self.name}"
        if self.null:
            yield Error(f"{name} is sealed: its empty value is no bytes, never NULL.", None, self, "rostrum.E011")
        given = {"unique": self.unique, "db_index": self.db_index, "db_default": self.db_default is not NOT_PROVIDED}
        if refused := [option for option, value in given.items() if value]:
            yield Error(f"{name} is sealed and cannot have {', '.join(refused)}.", None, self, "rostrum.E012")

    # Between the instance and the person who reads it

    def held(self, instance, value):
        if isinstance(value, Sealed):
            return value
        packed = self.packed(value)
        if packed and instance._state.adding:
            return _Waiting(packed)
        return self._sealed(instance, packed)

    def opened(self, instance, held):
        if isinstance(held, _Waiting):
            return self.unpacked(held.packed)
        return self.unpacked(open_sealed(held, bound_to=self.place(instance)) if held else b"")

    def is_filled(self, instance):
        """Whether a loaded row holds anything, without opening it."""
        return bool(instance.__dict__[self.attname])

    def _sealed(self, instance, packed):
        return Sealed(seal(packed, bound_to=self.place(instance)) if packed else b"")

    def _wrong(self, value):
        return TypeError(f"{self.model._meta.label}.{self.name} takes {self.takes}, not {type(value).__name__}.")

    # Between the instance and the database

    def pre_save(self, instance, add):
        self.value_from_object(instance)  # nothing is saved that cannot be opened; loads the field when deferred
        held = instance.__dict__[self.attname]
        if isinstance(held, _Waiting):
            held = instance.__dict__[self.attname] = self._sealed(instance, held.packed)
        return Checked(held)

    def from_db_value(self, value, expression, connection):
        return None if value is None else Sealed(value)

    def get_prep_value(self, value):
        if value is None or value == b"" or isinstance(value, Checked):
            return value
        if isinstance(value, Sealed) or self.packed(value):
            raise FieldError(f"{self.name} is sealed for one row: save the row, update() can only empty it.")
        return b""

    def get_db_prep_value(self, value, connection, prepared=False):
        value = super().get_db_prep_value(value, connection, prepared)
        return None if value is None else connection.Database.Binary(bytes(value))

    def get_placeholder(self, value, compiler, connection):
        if hasattr(value, "as_sql"):  # update(notes=F("other")), bulk_update(): would store plaintext
            raise FieldError(f"{self.name} is sealed for one row: save the row, an expression cannot seal.")
        return connection.ops.binary_placeholder_sql(value)

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        raise FieldError(f"{self.name} is sealed and cannot be looked up by {lookup_name}; keep a blind() beside it.")

    def get_transform(self, lookup_name):
        raise FieldError(f"{self.name} is sealed and has no {lookup_name}.")

    def value_to_string(self, instance):
        raise FieldError(f"{self.name} is sealed and is not serialized; a backup of the database keeps it.")


class EncryptedTextField(SealedField):
    """Text; ``max_length`` counts characters and is checked by forms and ``full_clean()``."""

    takes = "text"

    def packed(self, value):
        if value is None:
            return b""
        if not isinstance(value, str):
            raise self._wrong(value)
        return value.encode()

    def unpacked(self, packed):
        return packed.decode()

    def formfield(self, **kwargs):
        if self.choices is None:
            kwargs = ({"max_length": self.max_length} if self.max_length else {"widget": forms.Textarea}) | kwargs
        return super().formfield(**kwargs)


class EncryptedJSONField(SealedField):
    """A dictionary or a list; the empty dictionary is the empty value."""

    takes = "a dictionary or a list"
    empty_strings_allowed = False

    def packed(self, value):
        if value is None or value == {}:
            return b""
        if not isinstance(value, dict | list):
            raise self._wrong(value)
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()

    def unpacked(self, packed):
        return json.loads(packed) if packed else {}

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.JSONField, "validators": [is_dictionary_or_list], **kwargs})


def is_dictionary_or_list(value):
    if not isinstance(value, dict | list):
        raise ValidationError("Enter a dictionary or a list.", code="not_a_container")


class SealedFileName(BoundToRow, models.CharField):
    """Name of a file of ``store_sealed``, sealed for ``place(instance)`` of this field; empty when there is none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **({"max_length": 32, "blank": True, "default": "", "editable": False} | kwargs))

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"editable": self.editable}
