"""Fill an empty site with the demonstration; on any other site change nothing."""

from django.core.management.base import BaseCommand

from accreditation import demo


class Command(BaseCommand):
    help = "Load demonstration meetings, applications and officers into an empty site. A second run changes nothing."

    def handle(self, *args, **options):
        meetings = demo.load()
        for meeting in meetings:
            if meeting.editions.visible().exists():
                self.stdout.write(f"Published {meeting.title}: {meeting.get_absolute_url()}")
            else:
                self.stdout.write(f"Under embargo: {meeting.title}.")
        if not meetings:
            self.stdout.write("There are meetings already: nothing was loaded.")
