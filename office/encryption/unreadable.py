"""What is sealed and cannot be opened, as when a key is lost or a row was tampered with: words in its place, and a line
of the log that names model, field and row."""

import logging

from django.utils.translation import gettext as _

from office.encryption.sealing import CannotOpen

log = logging.getLogger("rostrum.sealed")


def note(fault):
    where, _colon, row = fault.bound_to.partition(":")
    model, _dot, field = where.rpartition(".")
    log.error("What is sealed cannot be opened.", extra={"fields": {"model": model, "field": field, "row": row}})


def words():
    return _("This cannot be read at the moment. The desk can tell you more.")


def or_words(read):
    """What ``read()`` returns, or ``words()`` in its place."""
    return otherwise(words, read)


def otherwise(instead, read):
    """What ``read()`` returns, or what ``instead()`` does where it cannot be opened."""
    try:
        return read()
    except CannotOpen as fault:
        note(fault)
        return instead()
