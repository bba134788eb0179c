"""What the tests of e-mail share."""

import pytest

from tests.office.smtp_server import SmtpServer, point_at


@pytest.fixture
def mail_server(settings):
    """Start a server in the named mode and point the settings at it."""
    servers = []

    def start(mode="accept", *, seconds=0.3):
        servers.append(SmtpServer(mode))
        point_at(settings, servers[-1].port, seconds)
        return servers[-1]

    yield start
    for server in servers:
        server.close()
