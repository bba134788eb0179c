"""A browser that opened an application by its link, as applicants do."""

from django.urls import reverse

from accreditation import writing
from office import links


def token(registration, purpose=writing.STATUS, *, version=None):
    return links.token(registration.pk, purpose, version or registration.link_version)


def link(registration, purpose=writing.STATUS):
    return reverse(f"accreditation:{purpose}", args=[token(registration, purpose)])


def open_link(client, registration, purpose=writing.STATUS):
    """The client, with the cookie of the registration."""
    response = client.post(link(registration, purpose))
    assert response.status_code == 302
    return client


def post(client, name, registration, *args, **typed):
    return client.post(reverse(f"accreditation:{name}", args=args), {"of": registration.reference} | typed)


def see(client, name="standing", *args):
    return client.get(reverse(f"accreditation:{name}", args=args))
