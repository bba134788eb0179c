"""What the reader says of a text, in the language of whoever asks: it is kept as an English sentence and its values."""

from django.utils.translation import gettext

WORDS = {"weekday", "weekday_said"}  # values that are words themselves


def sentence(message, values):
    """``message`` as the reader marked it for translation, with ``values`` in their places; {} where it has none."""
    if not values:
        return gettext(message)
    return gettext(message) % {name: gettext(value) if name in WORDS else value for name, value in values.items()}


def told(kept):
    """[{code, field, message}] of the doubts a meeting keeps."""
    return [
        {"code": doubt["code"], "field": doubt["field"], "message": sentence(doubt["message"], doubt.get("values"))}
        for doubt in kept
    ]
