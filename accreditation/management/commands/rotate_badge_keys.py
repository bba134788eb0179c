"""A new key for a meeting's badges; ``office.keys`` says what becomes of those before it."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from advisory.models import Meeting
from office import keys


class Command(BaseCommand):
    help = (
        "Makes a new key, which signs the meeting's badges and revocation lists from now on. Badges signed before stay "
        "valid unless the earlier keys are withdrawn."
    )

    def add_arguments(self, parser):
        parser.add_argument("code", metavar="MEETING", help="The meeting's code.")
        parser.add_argument(
            "--withdraw-earlier",
            action="store_true",
            help="Refuse what earlier keys signed, as when somebody else may hold one. All badges are printed anew.",
        )

    @transaction.atomic
    def handle(self, *args, code, withdraw_earlier, **options):
        meeting = Meeting.objects.filter(code=code.upper()).first()
        if meeting is None:
            raise CommandError(f"There is no meeting with the code {code}.")
        earlier = list(keys.published(keys.BADGE, meeting))
        new = keys.make(keys.BADGE, meeting)
        for key in earlier if withdraw_earlier else []:
            keys.withdraw(key)
        numbers = ", ".join(str(key.number) for key in earlier) or "none"
        became = "withdrawn" if withdraw_earlier else "still trusted"
        self.stdout.write(f"Key {new.number} signs for {meeting.code}. Earlier keys, {became}: {numbers}.")
