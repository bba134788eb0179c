"""Print what the reader takes from an advisory's text as one JSON object."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from advisory.reading import MAX_BYTES, NotText, TooLarge, decode, read


class Command(BaseCommand):
    help = "Read an advisory from FILE (or '-' for standard input) and print its fields as JSON."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="a text file in any usual encoding, or - for standard input")

    def handle(self, *args, file, **options):
        try:
            text, warnings = decode(_bytes(file))
        except (NotText, TooLarge) as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        draft = read(text)
        draft.warnings = [*warnings, *draft.warnings]
        self.stdout.write(json.dumps(draft.as_json(), indent=1, ensure_ascii=False))


def _bytes(file):
    """The bytes of a file or of standard input, one more than the limit at most."""
    if file == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as failure:
        raise CommandError(f"Cannot read {file}: {failure.strerror or failure}.", returncode=2) from failure
