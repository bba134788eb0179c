"""On a site's first start: writes the ring it was given in FIELD_KEYS into VAR_DIR/field_keys, for good."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import field_keys
from office.encryption import rotation


class Command(BaseCommand):
    help = "Writes FIELD_KEYS into VAR_DIR/field_keys, unless the database holds what other keys have sealed."
    requires_system_checks = []

    def handle(self, **options):
        path = Path(settings.VAR_DIR, "field_keys")
        if rotation.anything_sealed():
            raise CommandError(f"The database holds sealed data, but {path} is gone: restore it from its backup.")
        field_keys.write(path, os.environ["FIELD_KEYS"])
