"""On a site's first start: one officer with the roles of setting up and of the desk, a password, a second factor."""

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from office.models import Grant, User
from office.permissions import Role
from office.second_factor import codes, passing

NAME = "officer"
FILE = "first-sign-in"
DEMONSTRATION = "demo-"  # so begin the names of officers who are shown and cannot sign in
ROLES = [
    Role.PRESS_OFFICER,
    Role.ADMINISTRATOR,
    Role.SUPERVISOR,
    Role.LIAISON_OFFICER,
    Role.MEDIA_REVIEWER,
    Role.BADGE_DESK,
    Role.DOOR,
]


class Command(BaseCommand):
    help = "Makes the first officer, unless there is one; writes name and password into VAR_DIR/first-sign-in."

    def handle(self, **options):
        self.make_first_officer()
        self.give_second_factor()

    def make_first_officer(self):
        with transaction.atomic():
            if User.objects.exclude(username__startswith=DEMONSTRATION).exists():
                return
            password = secrets.token_urlsafe(12)
            officer = User.objects.create_user(NAME, password=password)
            Grant.objects.bulk_create(Grant(user=officer, role=role) for role in ROLES)
            write_for_us_alone(Path(settings.VAR_DIR, FILE), f"{NAME} / {password}\n")
        self.stdout.write(f"Sign-in: {NAME} / {password}")

    def give_second_factor(self):
        """To the officer this command made, on this start or one before; whoever enrols their own keeps that."""
        officer = User.objects.filter(username=NAME, is_active=True).first()
        if officer and Path(settings.VAR_DIR, FILE).exists() and not passing.has_second_factor(officer):
            codes.give(officer)
            self.stdout.write("Its second factor, a new code each half minute: .venv/bin/python manage.py demo_code")


def write_for_us_alone(path, text):
    path.unlink(missing_ok=True)  # a file left by another site may be open to others
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
