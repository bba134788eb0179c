"""Rows that a form offers to choose from, and keys of rows as a browser sends them."""

from django import forms
from django.core.exceptions import ValidationError


def is_key(model, value):
    """Whether the database could look it up: “²” is a digit and no number, and a number may be too large."""
    try:
        model._meta.pk.clean(value, None)
    except ValidationError:
        return False
    return True


class KnownChoices(forms.ModelMultipleChoiceField):
    """Says of what can be no key that it is no choice; Django's asks the database first."""

    def clean(self, value):
        for key in value or []:
            if not is_key(self.queryset.model, key):
                raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": key})
        return super().clean(value)
