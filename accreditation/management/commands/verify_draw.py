"""Runs a published draw of seats again; see ``docs/draw.md``."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accreditation.desk import lot


class Command(BaseCommand):
    help = "Run the draw in FILE.json again, as a meeting publishes it, and say whether it comes out the same."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.json", type=Path)

    def handle(self, *args, file, **options):
        try:
            record = json.loads(file.read_bytes())
            count = lot.verify(record)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except lot.NotAsPublished as differs:
            raise CommandError(str(differs)) from differs
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{file} is no record of a draw.") from error
        self.stdout.write(f"It comes out the same: {count} entries, {record['seats']} seats.")
