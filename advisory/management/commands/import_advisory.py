"""``import_advisory FILE|- [--publish]``: an advisory's text becomes a draft meeting, or a public page."""

import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from advisory import importing, publishing, reading
from advisory.doubts import sentence


class Command(BaseCommand):
    help = "Reads an advisory's text into a draft meeting, prints its address in the staff panel and every doubt."

    def add_arguments(self, parser):
        parser.add_argument("file", help="A text file, or - for standard input.")
        parser.add_argument("--publish", action="store_true", help="Publish at once, for texts that were checked.")

    def handle(self, *args, file, publish, **options):
        text, doubts = read_file(file)
        imported = importing.import_text(text, doubts=doubts)
        meeting = imported.meeting
        if imported.was_there:
            self.stdout.write(f"This text was imported before, as “{meeting.title}”. Nothing was changed.")
        self.stdout.write(settings.SITE_URL + reverse("admin:advisory_meeting_change", args=[meeting.pk]))
        for warning in imported.warnings:
            self.stdout.write(f"{warning.field}: {sentence(warning.message, warning.values)}")
        if publish and not meeting.is_published:
            try:
                with transaction.atomic():
                    publishing.publish(meeting, by=None)
            except publishing.PublishRefused as refusal:
                raise CommandError(
                    "The draft is kept, but not public. " + " ".join(refusal.messages), returncode=2
                ) from None
            meeting.refresh_from_db()
        if meeting.is_published:
            self.stdout.write(settings.SITE_URL + meeting.get_absolute_url())


def read_file(name):
    """(text, warnings) of a file or standard input; CommandError with one sentence and exit code 2 otherwise."""
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return reading.decode(data)
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.", returncode=2) from None
    except (reading.TooLarge, reading.NotText) as refusal:
        raise CommandError(str(refusal), returncode=2) from None
