"""``manage.py verify_chains``: every hash chain, row by row. Ends with 1 when one of them is broken."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError

from office import chain


class Command(BaseCommand):
    help = "Say of each chain whether it is intact, redacted, or which is its first bad row."

    def handle(self, **options):
        broken = 0
        for name, rows in every_chain():
            word, sentence = chain.verdict(rows)
            broken += word == "broken"
            self.stdout.write(f"{word}  {name}: {sentence}")
        if broken:
            raise CommandError(f"{broken} of the chains {'is' if broken == 1 else 'are'} broken.")


def every_chain():
    """(name, rows) from the ``verification`` module of each app that has one."""
    for app in apps.get_app_configs():
        name = f"{app.name}.verification"
        if find_spec(name):
            yield from import_module(name).chains()
