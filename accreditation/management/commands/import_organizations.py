"""The registry of organizations from a file; see ``accreditation.registry_file``."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accreditation import registry_file


class Command(BaseCommand):
    help = (
        "Reads organizations from a CSV file in UTF-8 with the columns " + ", ".join(registry_file.COLUMNS) + ". "
        "“name” is needed; several things in one cell are parted by |. A focal point is written Ada Example "
        "<ada@example.org>. An organization is known by its number, or else by its name. With one wrong line nothing "
        "is taken."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.csv", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would change and change nothing.")

    def handle(self, *args, file, dry_run, **options):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        try:
            counts = registry_file.load(registry_file.read(data), dry_run=dry_run)
        except registry_file.Refused as refused:
            raise CommandError(f"Nothing was taken from {file}.\n{refused}") from refused
        would = "Would be: " if dry_run else ""
        self.stdout.write(f"{would}{counts.new} new, {counts.changed} changed, {counts.same} as they were.")
