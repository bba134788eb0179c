"""The door's page in a real browser: what it says with and without network, and that nothing is lost."""

import pytest

from accreditation import badges
from accreditation.models import Scan
from tests.gates import address_of, code_of, go_on, make_door, make_pass, opened, scan

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def gate():
    return make_door(counts_exits=True, capacity=50)


def test_badge_is_admitted_with_network_and_named(browser_context, live_server, gate):
    badge = make_pass(gate)
    page = opened(browser_context, gate, live_server)

    assert scan(page, code_of(badge)) == ["admit", ""]
    assert page.locator(".verdict-word").inner_text() == "ADMIT"
    assert page.locator(".verdict-who b").inner_text() == "Wilhelmina Canary"
    assert Scan.objects.get().verdict == "admit"
