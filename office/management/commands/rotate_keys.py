"""``manage.py rotate_keys [--new]``: brings whatever is sealed to the newest key of FIELD_KEYS."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config import field_keys
from office.encryption import rotation


class Command(BaseCommand):
    help = (
        "Seals anew, with the newest key, what older keys sealed. The site may run; a run that was ended is taken up. "
        "With a new key: --new first, then restart every process, then this without --new."
    )

    def add_arguments(self, parser):
        parser.add_argument("--new", action="store_true", help="Put a new key in front of FIELD_KEYS_FILE, and end.")

    def handle(self, *, new, **options):
        if new:
            self.write_new_key(settings.FIELD_KEYS_FILE)
            return
        refuse_missing_keys()
        faults = []
        for holder in rotation.holders():
            anew, unopened = rotation.reseal(holder)
            faults += unopened
            self.stdout.write(f"{holder.field.model._meta.label}.{holder.field.name}: {anew} sealed anew.")
        self.tell_of_older_keys()
        if faults:
            raise CommandError("\n".join(["These cannot be opened and stay as they are:", *faults]))

    def write_new_key(self, path):
        if path is None:
            raise CommandError("FIELD_KEYS holds the keys: put a new one in front of it yourself.")
        try:
            text = field_keys.lengthened(path.read_text())
            field_keys.write(path, text, replace=True)
        except ValueError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.") from None
        number = field_keys.read(text)[0].newest
        self.stdout.write(f"Key {number} is in {path}. Keep a copy, restart every process, then run rotate_keys.")

    def tell_of_older_keys(self):
        used = rotation.tally()
        for number in list(settings.FIELD_KEYS.keys)[1:]:
            if used[number]:
                self.stdout.write(f"Key {number} still seals {used[number]}: run rotate_keys again.")
            else:
                self.stdout.write(f"Key {number} seals nothing any more; backups made before may need it.")


def refuse_missing_keys():
    sentences = [
        f"{count} hold bytes that were not sealed here."
        if number == rotation.NO_KEY
        else f"Key {number} seals {count} and is not in FIELD_KEYS: put it back."
        for number, count in rotation.missing_keys().items()
    ]
    if sentences:
        raise CommandError("\n".join(["Nothing was changed.", *sentences]))
