"""Files of a form on their way in: what fits is held, what does not is counted."""

import pytest
from django.test import RequestFactory

from office import uploads


def received(files, **limits):
    """{name: (size, content, whole)} of what a form with these files brings."""
    request = RequestFactory().post("/", files)
    request.upload_handlers = [uploads.InMemory(request, **limits)]
    return {name: (file.size, len(file.read()), file.is_whole) for name, file in request.FILES.items()}


class Named:
    """What the test client sends as a file."""

    def __init__(self, size, name="letter.pdf"):
        self.name, self.size = name, size

    def read(self):
        return bytes(self.size)


def test_file_of_exactly_the_limit_is_held_and_one_byte_more_is_counted():
    files = {"fits": Named(200_000), "over": Named(200_001)}

    assert received(files, most_bytes=200_000, most_together=10**9) == {
        "fits": (200_000, 200_000, True),
        "over": (200_001, 0, False),
    }


def test_file_that_no_longer_fits_beside_the_others_makes_room_for_the_next():
    files = {"first": Named(150_000), "second": Named(150_000), "third": Named(50_000)}

    assert received(files, most_bytes=10**9, most_together=200_000) == {
        "first": (150_000, 150_000, True),
        "second": (150_000, 0, False),
        "third": (50_000, 50_000, True),
    }


@pytest.mark.parametrize("name", ["../../etc/passwd", "a\\b.pdf", "письмо.pdf"])
def test_name_is_the_last_part_of_what_was_sent(name):
    request = RequestFactory().post("/", {"file": Named(5, name)})
    request.upload_handlers = [uploads.InMemory(request, most_bytes=10, most_together=10)]

    assert request.FILES["file"].name == name.replace("\\", "/").split("/")[-1]


def test_disk_has_room_until_the_database_would_lack_it(monkeypatch, settings, tmp_path):
    private = settings.STORAGES["private"]
    private = private | {"OPTIONS": private["OPTIONS"] | {"location": str(tmp_path / "not" / "yet" / "made")}}
    settings.STORAGES = settings.STORAGES | {"private": private}
    monkeypatch.setattr("shutil.disk_usage", lambda path: type("Usage", (), {"free": 512_000_100}))

    assert (uploads.has_room(100), uploads.has_room(101)) == (True, False)
