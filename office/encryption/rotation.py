"""Seals anew, with the newest key, what older keys sealed; ``manage.py rotate_keys`` calls it while the site runs."""

from collections import Counter
from contextlib import nullcontext, suppress

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import BinaryField, Count, ExpressionWrapper, F
from django.db.models.functions import Substr

from office.encryption import files, streams
from office.encryption.fields import Checked, SealedField, SealedFileName
from office.encryption.sealing import HEADER_BYTES, LAYOUT, CannotOpen, newest_header, open_sealed, seal
from office.second_factor.sealed import Secrets

BATCH = 500
NO_KEY = 0


def holders():
    """A Column or Files for every sealed field of the installed models, and the secrets of second factors."""
    yield Secrets()
    for model in apps.get_models():
        for field in [] if model._meta.proxy else model._meta.local_fields:
            if isinstance(field, SealedField):
                yield Column(field)
            elif isinstance(field, SealedFileName):
                yield Files(field)


def tally():
    """{number of a key: how many rows and files it seals}; NO_KEY for bytes that were not sealed here."""
    found = Counter()
    for holder in holders():
        for header, count in holder.headers():
            is_ours = len(header) == HEADER_BYTES and header[0] in {LAYOUT, streams.LAYOUT}
            found[header[1] if is_ours else NO_KEY] += count
    return found


def missing_keys():
    """{number: how many rows and files} of keys that are not in FIELD_KEYS."""
    return {number: count for number, count in sorted(tally().items()) if number not in settings.FIELD_KEYS.keys}


def reseal(holder):
    """Return how much was sealed anew, and a sentence for each row that could not be opened and stays as it is."""
    anew, faults = 0, []
    rows, last = holder.rows_behind(), {}
    while batch := list(rows.filter(**last).values_list("pk", holder.field.name)[:BATCH]):
        last = {"pk__gt": batch[-1][0]}
        with holder.steps():
            for key, held in batch:
                try:
                    anew += holder.reseal(key, held)
                except CannotOpen as fault:
                    faults.append(str(fault))
                except FileNotFoundError:
                    faults.append(f"{holder.field.place_in(key)} names a file that is missing.")
    return anew, faults


def anything_sealed():
    """Whether the database, whichever migrations it has seen, holds anything that needs a key."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        for holder in holders():
            table = holder.field.model._meta.db_table
            if table not in tables:
                continue
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            if holder.field.column in columns and holder.filled().exists():
                return True
    return False


class Column:
    steps = staticmethod(transaction.atomic)  # one commit a batch

    def __init__(self, field):
        self.field = field

    def filled(self):
        """Rows that hold something; ``held`` is the column as bytes that can be compared."""
        held = ExpressionWrapper(F(self.field.name), output_field=BinaryField())
        header = Substr(self.field.name, 1, HEADER_BYTES, output_field=BinaryField())
        rows = self.field.model._base_manager.annotate(held=held, header=header)
        return rows.exclude(held=b"").order_by("pk")

    def headers(self):
        counts = self.filled().order_by().values_list("header").annotate(Count("pk"))
        return ((bytes(header), count) for header, count in counts)

    def rows_behind(self):
        return self.filled().exclude(header=newest_header())

    def reseal(self, key, held):
        """Replace the bytes, unless somebody else did so since they were read."""
        place = self.field.place_in(key)
        anew = Checked(seal(open_sealed(held, bound_to=place), bound_to=place))
        return self.filled().filter(pk=key, held=bytes(held)).update(**{self.field.name: anew})


class Files:
    steps = nullcontext  # no transaction is open while files are written

    def __init__(self, field):
        self.field = field

    def filled(self):
        return self.field.model._base_manager.exclude(**{self.field.name: ""}).order_by("pk")

    def names(self):
        return self.filled().values_list(self.field.name, flat=True).iterator()

    def headers(self):
        for name in self.names():
            with suppress(FileNotFoundError):  # told when it is sealed anew
                yield files.read(name, HEADER_BYTES), 1

    def rows_behind(self):
        return self.filled()

    def reseal(self, key, name):
        header, place = files.read(name, HEADER_BYTES), self.field.place_in(key)
        if header in {newest_header(), streams.newest_header()}:
            return 0
        if streams.is_segmented(header):
            streams.reseal(name, bound_to=place)
        else:
            files.write(name, seal(files.read_sealed(name, bound_to=place), bound_to=place))
        if self.filled().filter(pk=key, **{self.field.name: name}).exists():
            return 1
        files.remove_sealed(name)  # its row went meanwhile: the file must not come back
        return 0
