"""``worker [--once]``: delivers the outbox and runs the periodic jobs until it is told to stop."""

import signal

from django.core.management.base import BaseCommand

from office.worker import Worker


class Command(BaseCommand):
    help = "Delivers e-mail and runs periodic jobs. Several may run at once. Ctrl-C or SIGTERM ends it in good order."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="Do all that is due now, then end.")

    def handle(self, *args, once, **options):
        worker = Worker()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, worker.stop)
        worker.run_once() if once else worker.run()
