"""Stored files: where they lie, what they are called, and what is said when one is handed out."""

import hashlib
import os
import re
import stat
import unicodedata
from email.message import Message
from urllib.parse import unquote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from office.uploads import open_stored, safe_filename, serving_headers, store

JPEG = b"\xff\xd8\xff\xe0 pixels"
PDF = b"%PDF-1.7 pages"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """The private storage, in a folder of this test."""
    options = {"location": tmp_path / "files", "base_url": None}
    options |= {"file_permissions_mode": 0o600, "directory_permissions_mode": 0o700}
    private = {"BACKEND": "office.uploads.files.PrivateFiles", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "private": private}
    return tmp_path / "files"


def files_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_file_is_stored_under_its_digest(folder):
    stored = store(JPEG, suffix=".jpg")

    assert stored.digest == hashlib.sha256(JPEG).hexdigest()
    assert re.fullmatch("[0-9a-f]{2}/[0-9a-f]{62}", stored.name)
    assert (stored.name.replace("/", ""), stored.size) == (stored.digest, len(JPEG))
    assert files_in(folder) == [stored.name]
    with open_stored(stored.digest) as file:
        assert file.read() == JPEG


def test_only_we_may_read_it_whatever_the_umask(folder):
    before = os.umask(0)
    try:
        stored = store(JPEG, suffix=".jpg")
    finally:
        os.umask(before)

    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / stored.digest[:2], folder / stored.name)]
    assert modes == [0o700, 0o700, 0o600]


def test_same_bytes_twice_are_one_file(folder):
    assert store(PDF, suffix=".pdf") == store(PDF, suffix=".pdf")
    assert len(files_in(folder)) == 1


def test_same_bytes_from_two_people_at_once_are_one_file(folder, monkeypatch):
    monkeypatch.setattr(storages["private"], "exists", lambda name: False)

    store(PDF, suffix=".pdf")
    stored = store(PDF, suffix=".pdf")

    assert files_in(folder) == [stored.name]


def test_half_a_file_left_behind_is_replaced(folder):
    stored = store(PDF, suffix=".pdf")
    (folder / stored.name).write_bytes(PDF[:5])

    store(PDF, suffix=".pdf")

    assert (folder / stored.name).read_bytes() == PDF


def test_disk_that_fails_leaves_nothing_behind(folder, monkeypatch):
    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(OSError, match="No space left"):
        store(PDF, suffix=".pdf")

    assert files_in(folder) == []


def test_rename_comes_after_the_bytes_are_on_the_disk(folder, monkeypatch):
    steps = []
    for name in ("fsync", "replace"):
        real = getattr(os, name)
        monkeypatch.setattr(f"os.{name}", lambda *a, real=real, name=name: (steps.append(name), real(*a))[1])

    store(PDF, suffix=".pdf")

    assert steps == ["fsync", "replace", "fsync"]


@pytest.mark.parametrize(("data", "suffix"), [(b"<html>", ".jpg"), (PDF, ".png"), (b"", ".pdf")])
def test_bytes_that_are_not_what_is_said_are_not_stored(folder, data, suffix):
    with pytest.raises(ValueError, match="only rebuilt files are stored"):
        store(data, suffix=suffix)

    assert not folder.exists()


@pytest.mark.parametrize("digest", ["", "ab", "../" * 20 + "etc/passwd", "A" * 64, "0" * 63 + "\n", "0" * 65, "0" * 64])
def test_name_that_is_no_digest_opens_nothing(digest):
    with pytest.raises(FileNotFoundError):
        open_stored(digest)


def test_private_file_has_no_address():
    stored = store(PDF, suffix=".pdf")

    with pytest.raises(ValueError, match="have no address"):
        storages["private"].url(stored.name)


def test_path_outside_the_folder_is_refused_by_the_storage(folder):
    with pytest.raises(Exception, match="path traversal"):
        storages["private"].save("../outside", ContentFile(b"x"))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("letter.pdf", "letter.pdf"),
        ("../../etc/passwd", "passwd"),
        (r"C:\Users\a\passport.jpg", "passport.jpg"),
        ("/", "file"),
        ("", "file"),
        ("...", "file"),
        (".htaccess", "htaccess"),
        ("a\0b.pdf", "ab.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ('a"; filename="b.exe', "a__ filename=_b.exe"),
        ("evil\u202efdp.exe", "evilfdp.exe"),
        ("\u2066isolated\u2069.pdf", "isolated.pdf"),
        ("\ufeffa\u200b\u200eb.pdf", "ab.pdf"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Aux .pdf", "_Aux .pdf"),
        ("LPT1.tar.gz", "_LPT1.tar.gz"),
        ("com¹.pdf", "_com¹.pdf"),
        ("CONIN$", "_CONIN$"),
        ("console.pdf", "console.pdf"),
        ("a:stream.pdf", "a_stream.pdf"),
        ("name. ", "name"),
        ("a%2e%2e%2fb.pdf", "a_2e_2e_2fb.pdf"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("e\u200d\u0301.pdf", "é.pdf"),
        ("lone\ud800.pdf", "lone.pdf"),
        ("رسالة.pdf", "رسالة.pdf"),
        ("信.pdf", "信.pdf"),
        ("two\u00a0 \u2028words.pdf", "two words.pdf"),
        ("n" * 4096 + ".pdf", "n" * 96 + ".pdf"),
        ("n" * 50 + "." + "x" * 90, "n" * 50 + "." + "x" * 49),
    ],
)
def test_name_is_safe_to_show_and_to_save(name, safe):
    assert safe_filename(name) == safe


awkward = st.text(
    st.one_of(st.characters(), st.sampled_from('./\\:*?"<>|%; \r\n\t\0\u202e\u2066\u200d\u0301\u037econCONLPTaux1¹$')),
    max_size=200,
)


@pytest.mark.property
@given(awkward)
def test_no_name_at_all_is_unsafe(name):
    safe = safe_filename(name)

    assert 1 <= len(safe) <= 100
    assert unicodedata.normalize("NFC", safe) == safe
    assert {unicodedata.category(char)[0] for char in safe} <= set("LMNPSZ")
    assert set(safe) & set('/\\<>:"|?*;%') == set()
    assert safe == safe.strip(" .")
    assert re.split(r"[ .]", safe, maxsplit=1)[0].upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1", "COM¹"}
    assert safe_filename(safe) == safe


@pytest.mark.property
@given(awkward)
def test_no_name_breaks_the_headers(name):
    headers = serving_headers("application/pdf", name=name)

    response = HttpResponse(b"", headers=headers)  # refuses line breaks
    message = Message()
    message["Content-Disposition"] = response["Content-Disposition"]
    told = message.get_filename()
    assert message.get_content_disposition() == "attachment"
    assert len(message.get_params(header="Content-Disposition")) == 2
    assert unquote(told).endswith(".pdf")
    assert headers["Content-Type"] == "application/pdf"


GUARDS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("media_type", "name", "headers"),
    [
        ("image/jpeg", "a.png", {"Content-Type": "image/jpeg", "Content-Disposition": 'inline; filename="a.jpg"'}),
        ("image/png", "a", {"Content-Type": "image/png", "Content-Disposition": 'inline; filename="a.png"'}),
        (
            "application/pdf",
            "évil.exe",
            {"Content-Type": "application/pdf", "Content-Disposition": "attachment; filename*=utf-8''%C3%A9vil.pdf"},
        ),
        (
            "text/html",
            "a.html",
            {"Content-Type": "application/octet-stream", "Content-Disposition": 'attachment; filename="a.html"'},
        ),
        (
            "image/svg+xml",
            "a.svg",
            {"Content-Type": "application/octet-stream", "Content-Disposition": 'attachment; filename="a.svg"'},
        ),
    ],
)
def test_headers_follow_our_table_alone(media_type, name, headers):
    assert serving_headers(media_type, name=name) == headers | GUARDS
