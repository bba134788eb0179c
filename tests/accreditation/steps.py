"""The way to a step's page as an applicant takes it: by the link of an e-mail, then by posts."""

from django.urls import reverse

from accreditation import journey
from accreditation.views.apply import address
from accreditation.writing import RESUME
from advisory import publishing
from office import links
from tests.builders import make_category, make_registration


def open_registration(client, *, category=None, **fields):
    """A draft of a published meeting, opened in this browser; nothing of it is answered yet."""
    category = category or make_category()
    if not category.meeting.is_published:
        publishing.publish(category.meeting, by=None)
        category.meeting.refresh_from_db()
    blank = {"given_names": "", "family_name": "", "medium": "", "standing": ""}
    registration = make_registration(category=category, **blank | fields)
    token = links.token(registration.pk, RESUME, registration.link_version)
    client.post(reverse("accreditation:resume", args=[token]))
    return registration


def address_of(registration, slug):
    return address(registration, journey.step(registration, slug))


def post(client, registration, slug, **data):
    """The answer to a step's post, its hidden field included; the registration is as it stands then."""
    response = client.post(address_of(registration, slug), data | {"page": ""})
    registration.refresh_from_db()
    return response


def errors(response):
    """{field: [sentence]} of the page that came back; {} where the step was taken."""
    form = response.context["form"] if response.status_code == 200 else None
    return {name: list(sentences) for name, sentences in form.errors.items()} if form else {}
