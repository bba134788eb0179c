"""The limited process with other jobs in place of its decoders: what they may do, and what stops them."""

import json
import os
import shutil
import time

import pytest

from office.uploads import LimitedProcessFailed, Limits, Refused, document, photo, process

MEGABYTE = 1024 * 1024


@pytest.fixture
def job(tmp_path, monkeypatch):
    """Returns a function that puts Python text in place of images.py, and runs it as the photo job."""
    program = tmp_path / "limited"
    shutil.copytree(process.PROGRAM, program)
    monkeypatch.setattr(process, "PROGRAM", program)

    def run(text, *, data=b"data", fenced=True, **limits):
        (program / "images.py").write_text(text)
        if not fenced:
            (program / "fence.py").write_text("def close(**limits): pass\n")
        return process.run("photo", data, limits=Limits(**{"seconds": 30, **limits}))  # a busy machine is no hang

    return run


@pytest.fixture
def started(monkeypatch):
    """The processes started in this test."""
    processes = []
    start = process._start
    monkeypatch.setattr(process, "_start", lambda *args: processes.append(start(*args)) or processes[-1])
    return processes


def refusal_of(call, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        call(*args, **kwargs)
    return refused.value.reason


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_job_gets_options_and_bytes_and_gives_both_back(job):
    answer = job("def work(options, data): return {'got': options}, data[::-1]", data=bytes(range(256)))

    assert answer == ({"got": {}}, bytes(reversed(range(256))))


def test_process_has_no_secret_no_name_of_ours_and_an_empty_folder(job, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "canary-in-the-environment")
    monkeypatch.setenv("DATABASE_URL", "postgres://canary")

    header, _ = job(
        "import os, sys\n"
        "seen = dict(os.environ), os.listdir('.'), sorted({name.split('.')[0] for name in sys.modules})\n"
        "def work(options, data): return {'environment': seen[0], 'folder': seen[1], 'modules': seen[2]}, b''"
    )

    assert header["environment"] in ({}, {"LC_CTYPE": "C.UTF-8"})  # PEP 538 sets the one
    assert header["folder"] == []
    assert {"office", "django", "config"} & set(header["modules"]) == set()


HANG = "import time\ndef work(options, data):\n    time.sleep(1.5)\n    return {'slept': True}, b''"


def test_hanging_job_is_killed_and_refused_in_words(job, started):
    before = time.monotonic()

    assert refusal_of(job, HANG, seconds=0.5) == "too_heavy"

    assert time.monotonic() - before < 1.2
    assert [is_running(child.pid) for child in started] == [False]


def test_job_that_takes_its_time_answers_when_it_may(job):
    assert job(HANG, seconds=5) == ({"slept": True}, b"")


def test_process_is_killed_when_the_wait_itself_is_stopped(job, started, monkeypatch):
    def interrupted(child, seconds):
        monkeypatch.undo()
        raise KeyboardInterrupt

    monkeypatch.setattr("subprocess.Popen.wait", interrupted)

    with pytest.raises(KeyboardInterrupt):
        job(HANG)

    assert [is_running(child.pid) for child in started] == [False]


SPIN = "import time\ndef work(options, data):\n    while time.process_time() < 1.6: pass\n    return {'spun': 1}, b''"


def test_processor_time_is_limited(job):
    assert refusal_of(job, SPIN, cpu_seconds=1) == "too_heavy"
    assert job(SPIN, cpu_seconds=4) == ({"spun": 1}, b"")


HOARD = "def work(options, data): return {'held': len(bytearray(300 * 1024 ** 2))}, b''"


def test_memory_is_limited(job):
    assert refusal_of(job, HOARD, memory_bytes=200 * MEGABYTE) == "too_heavy"
    assert job(HOARD, memory_bytes=400 * MEGABYTE) == ({"held": 300 * MEGABYTE}, b"")


FLOOD = "def work(options, data): return {}, bytes(8 * 1024 ** 2)"


def test_length_of_the_answer_is_limited(job):
    assert refusal_of(job, FLOOD, output_bytes=4 * MEGABYTE) == "too_heavy"
    assert len(job(FLOOD, output_bytes=16 * MEGABYTE)[1]) == 8 * MEGABYTE


ESCAPE = """
import os, socket, sys
def tried(call, *args):
    try:
        call(*args)
        return "done"
    except OSError as error:
        return "stopped"
def work(options, data):
    return {
        "file": tried(open, "/etc/passwd"),
        "listing": tried(os.listdir, "/usr"),
        "socket": tried(socket.socket),
        "pipe": tried(os.pipe),
        "program": tried(os.posix_spawn, sys.executable, [sys.executable, "-c", ""], {}),
    }, b""
"""


def test_job_opens_no_file_socket_or_program(job):
    assert job(ESCAPE)[0] == dict.fromkeys(("file", "listing", "socket", "pipe", "program"), "stopped")


def test_without_the_fence_it_would(job):
    assert job(ESCAPE, fenced=False)[0] == dict.fromkeys(("file", "listing", "socket", "pipe", "program"), "done")


def test_kernel_that_refuses_namespaces_still_gives_no_file_socket_or_program(job):
    fence = process.PROGRAM / "fence.py"
    text = fence.read_text()
    assert (text.count("libc.unshare("), text.count("os.chroot(")) == (1, 1)
    fence.write_text(text.replace("libc.unshare(", "int(").replace("os.chroot(", "os.listdir("))

    assert job(ESCAPE)[0] == dict.fromkeys(("file", "listing", "socket", "pipe", "program"), "stopped")


def test_printing_library_does_not_disturb_the_answer(job):
    text = "import os\ndef work(options, data):\n    print('x'); os.write(1, b'yyyy'); return {'a': 1}, b'b'"

    assert job(text) == ({"a": 1}, b"b")


def test_crash_of_a_decoder_is_a_damaged_file(job):
    assert refusal_of(job, "import os\ndef work(options, data): os.kill(os.getpid(), 11)") == "broken"


def test_unforeseen_exception_is_a_damaged_file_and_its_words_stay_unlogged(job, caplog):
    caplog.set_level("INFO", logger="office.uploads.process")

    assert refusal_of(job, "def work(options, data):\n    raise KeyError(data.decode())", data=b"passport") == "broken"

    assert [record.getMessage() for record in caplog.records] == [
        "upload refused: job photo, reason broken, exit code 0, KeyError at images.py:2"
    ]


def taken_over(raw):
    """A job that answers with bytes of its own choice, past the protocol."""
    return f"import os\ndef work(options, data):\n    os.lseek(0, 0, 0)\n    os.write(3, {raw!r})\n    os._exit(0)"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\0",
        b"\xff\xff\xff\xff{}",
        b"\0\0\0\2[]",
        b"\0\0\0\4\xff\xfe\xfd\xfc",
        b"\0\0\x40\0" + b"[" * 0x4000,
        b"\0\0\0\x1f" + b'{"refused": "no such sentence"} ',
        b"\0\0\0\x17" + b'{"refused": "too_big"}  ',
        b"\0\0\0\x11" + b'{"refused": [1]} ',
    ],
)
def test_answer_of_a_process_taken_over_is_a_damaged_file(job, raw):
    assert refusal_of(job, taken_over(raw)) == "broken"


@pytest.mark.parametrize(
    "header",
    [
        {"media_type": "text/html", "width": 1, "height": 1},
        {"media_type": "image/jpeg", "width": 1, "height": 1},
        {"media_type": "image/png", "width": "<b>", "height": 1},
        {"media_type": ["image/png"], "width": 1, "height": 10**9},
        {},
    ],
)
def test_photo_that_is_none_is_not_believed(job, header):
    program = process.PROGRAM / "images.py"
    program.write_text(f"def work(options, data): return {header!r}, b'<html>'")

    assert refusal_of(photo, b"data") == "broken"


def test_document_that_is_none_is_not_believed(job):
    (process.PROGRAM / "pdfs.py").write_text("def work(options, data): return {'pages': 1}, b'<html>'")

    assert refusal_of(document, b"%PDF-1.7") == "broken"


def test_missing_library_is_our_fault_and_not_the_files(job):
    with pytest.raises(LimitedProcessFailed) as failed:
        job("import no_such_library")

    assert str(failed.value) == "exit code 3: ModuleNotFoundError: No module named 'no_such_library'"


def test_header_travels_as_a_length_json_and_bytes(tmp_path):
    from office.uploads.limited import protocol

    with open(tmp_path / "frame", "w+b") as file:
        protocol.write(file, {"a": 1}, b"body")
        file.seek(0)
        assert file.read() == b"\0\0\0\x08" + json.dumps({"a": 1}).encode() + b"body"
        file.seek(0)
        assert protocol.read(file) == ({"a": 1}, b"body")
