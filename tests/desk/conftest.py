"""What the tests of the desk share."""

import pytest


@pytest.fixture
def private_files(settings, tmp_path):
    """The folder of sealed files, the test's own."""
    private = settings.STORAGES["private"]
    private = private | {"OPTIONS": private["OPTIONS"] | {"location": str(tmp_path / "files")}}
    settings.STORAGES = settings.STORAGES | {"private": private}
    return tmp_path / "files"
