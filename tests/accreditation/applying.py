"""A person with a browser who applies, for the tests of the way from the start page to the status page."""

import re

from django.test import Client
from django.utils import timezone

from accreditation import journey
from accreditation.models import Registration
from advisory import publishing
from office.models.message import Message
from tests.builders import make_category, make_meeting, make_sitting

LINK = re.compile(r"http://localhost:8000(/(?:resume|status)/[\w-]{48}/)")
TOKEN = re.compile(r'name="page" value="([^"]+)"')
ANSWERS = {
    "medium": {"medium": "print"},
    "name": {"given_names": "Ada Chidinma", "family_name": "Okafor"},
    "work": {
        "organization_name": "The Daily Lantern", "job_title": "Reporter", "phone": "+1 212 555 0142", "country": "KEN",
    },
    "needs": {},
    "check": {"declaration": "on"},
}  # fmt: skip


def announced_category(*, days=9, **fields):
    """A category of a public meeting some days from now."""
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, date=timezone.localdate() + timezone.timedelta(days=days))
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    return make_category(meeting, **{"slug": "press"} | fields)


def root(category):
    return f"/meetings/{category.meeting.url_year}/{category.meeting.slug}/apply/{category.slug}/"


def main_of(response):
    return re.search(r"(?s)<main.*</main>", response.content.decode())[0]


class Applicant:
    """Walks as a browser does: reads the hidden field of a page, posts it, follows where it is sent."""

    def __init__(self, category, email="ada@example.org", client=None):
        self.category, self.email, self.client = category, email, client or Client()

    def address(self, slug):
        return f"{root(self.category)}{slug}/"

    def begin(self):
        """From the address to the first page; returns its address."""
        assert self.client.post(root(self.category), {"email": self.email}).status_code == 302
        return self.open(self.link())

    def link(self):
        return LINK.search(Message.objects.filter(to=self.email).order_by("-queued_at").first().text)[1]

    def open(self, link):
        opened = self.client.post(link)
        return self.client.get(opened.url).url if opened.url == "/resume/" else opened.url

    def token(self, slug):
        return TOKEN.search(self.client.get(self.address(slug)).content.decode())[1]

    def answer(self, slug, *, token=None, **answers):
        posted = {"page": token or self.token(slug)} | ANSWERS.get(slug, {}) | answers
        return self.client.post(self.address(slug), posted)

    def walk(self, *, until="check"):
        """Answer each page up to the one named; return how many were answered."""
        slugs = [step.slug for step in journey.steps(self.registration) if step in journey.missing(self.registration)]
        for slug in slugs:
            if slug == until:
                break
            assert self.answer(slug).status_code == 302, slug
        return len(slugs)

    @property
    def registration(self):
        return Registration.objects.get(email=self.email, category=self.category)
