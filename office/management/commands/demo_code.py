"""``manage.py demo_code``: the code that signs in the officer whom ``first_sign_in`` made, and nobody else."""

from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand, CommandError

from office.management.commands.first_sign_in import NAME
from office.second_factor import codes


class Command(BaseCommand):
    help = f"Prints a current code of the second factor that “{NAME}” was given on the site's first start."

    def handle(self, **options):
        app = Authenticator.objects.filter(
            user__username=NAME, user__is_active=True, type=Authenticator.Type.TOTP
        ).first()
        if app is None or not app.data.get("given"):
            raise CommandError(f"“{NAME}” has no second factor that was given here; an officer's own is nobody else's.")
        code = codes.current(app)
        if code is None:
            raise CommandError("The codes of this half minute are used up: try again in 30 seconds.")
        self.stdout.write(code)
