"""Editions are signed beside their rows, and another house can tell."""

import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.core.management import CommandError, call_command
from django.test import Client

from advisory import publishing, signatures
from advisory.models import Edition, EditionSignature
from office import keys
from tests.builders import make_meeting

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return publishing.publish(make_meeting(), by=None)


def address(edition):
    return f"/meetings/{edition.year}/{edition.slug}/history/{edition.number}/signature.json"


def test_published_edition_is_verified_with_what_is_public_alone(edition, client):
    told = client.get(address(edition)).json()
    [key] = client.get("/.well-known/edition-keys.json").json()["keys"]

    assert told["kid"] == key["kid"]
    text = f"rostrum edition 1\n{told['meeting']}\n{told['sequence']}\n{told['hash']}\n"
    Ed25519PublicKey.from_public_bytes(bytes.fromhex(key["hex"])).verify(
        bytes.fromhex(told["signature"]), text.encode()
    )
    assert told["hash"] == edition.hash


def test_editions_from_before_there_were_keys_are_signed_by_the_worker(edition):
    EditionSignature.objects.all().delete()
    publishing.publish(edition.meeting, by=None)
    assert signatures.holds(edition) is None

    assert (signatures.sign_unsigned(), signatures.sign_unsigned()) == (1, 0)
    assert [signatures.holds(row) for row in Edition.objects.all()] == [True, True]


def test_what_a_withdrawn_key_signed_does_not_hold_and_is_signed_anew(edition):
    keys.withdraw(keys.current(keys.EDITION))
    assert signatures.holds(edition) is False

    signatures.sign_unsigned()
    assert signatures.holds(edition) is True


def test_signature_of_another_edition_does_not_hold(edition):
    other = publishing.publish(make_meeting(), by=None)
    stolen = EditionSignature.objects.get(edition=other).signature
    EditionSignature.objects.filter(edition=edition).update(signature=stolen)

    assert signatures.holds(edition) is False
    with pytest.raises(CommandError):
        call_command("verify_chains")


def test_edition_that_is_not_public_has_no_signature_to_be_read(edition):
    EditionSignature.objects.all().delete()
    assert Client().get(address(edition)).status_code == 404
    assert Client().get(address(edition).replace("/1/", "/2/")).status_code == 404


def test_private_halves_are_not_published(edition, client):
    told = json.dumps(client.get("/.well-known/edition-keys.json").json())
    assert keys.current(keys.EDITION).seed not in told
    assert list(json.loads(told)["keys"][0]) == ["kid", "hex"]
