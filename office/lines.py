"""A list of short texts, one a line in forms: telephones, addresses, symbols. Stock admin inlines can edit it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


class LinesFormField(forms.CharField):
    widget = forms.Textarea

    def __init__(self, *, each=None, **kwargs):
        self.each = each
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2, "cols": 30}))
        super().__init__(**kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value):
        lines = [line.strip() for line in super().to_python(value).splitlines()]
        lines = list(dict.fromkeys(line for line in lines if line))
        if self.each is None:
            return lines
        errors, tidy = [], []
        for line in lines:
            try:
                tidy.append(self.each(line))
            except ValidationError as error:
                errors.extend(error.messages)
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(tidy))

    def has_changed(self, initial, data):
        try:
            return not self.disabled and self.to_python(data) != list(initial or [])
        except ValidationError:
            return True


class LinesField(models.JSONField):
    """Holds a list of str. ``each`` turns one typed line into the kept form, or raises ValidationError in words."""

    def __init__(self, *args, each=None, **kwargs):
        self.each = each
        kwargs.setdefault("default", list)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        kwargs.pop("form_class", None)
        return models.Field.formfield(self, form_class=LinesFormField, each=self.each, **kwargs)

    def clean(self, value, model_instance):
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise ValidationError(_("Write one entry a line."))
        if not value and not self.blank:
            raise ValidationError(_("Write at least one line."))
        return value
