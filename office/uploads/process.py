"""Starts the limited process for one job and turns whatever comes of it into an answer or a refusal."""

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from .limited import protocol
from .refusals import MEGABYTE, Refused

log = logging.getLogger(__name__)
PROGRAM = Path(__file__).parent / "limited"
CANNOT_ANSWER = 4
# SIGABRT: pdfium ends so when it is given no more memory; SIGKILL: the time was over, or the machine's own memory was
TOO_HEAVY = {-signal.SIGXCPU, -signal.SIGABRT, -signal.SIGKILL, CANNOT_ANSWER}


@dataclass(frozen=True)
class Limits:
    """Measured: a photo of 25 megapixels takes 200 to 360 MB and 0.6 to 1.8 s; the libraries alone 40 MB and 0.1 s."""

    memory_bytes: int = 512 * MEGABYTE
    cpu_seconds: int = 5
    output_bytes: int = 64 * MEGABYTE
    seconds: float = 5


class LimitedProcessFailed(Exception):
    """The limited process could not be started: a fault of the installation, not of the file."""


def run(job, data, *, limits=None, **options):
    """Do one job of limited/__main__.py and return its header and bytes, or raise Refused.

    The answer is read as coming from an enemy: a hostile file may have taken the process over.
    """
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="rostrum-") as empty, _memory() as question, _memory() as answer:
        protocol.write(question, options, data)
        question.seek(0)
        code = _wait(_start(job, limits, empty, question, answer), limits.seconds)
        answer.seek(0)
        try:
            header, body = protocol.read(answer)
        except ValueError:
            header, body = {"refused": "broken", "cause": "no answer"}, b""
    if code == 0 and "refused" not in header:
        return header, body
    raise _refusal(job, code, header)


def _start(job, limits, directory, question, answer):
    settings = {"job": job, "limits": asdict(limits)}
    del settings["limits"]["seconds"]
    return subprocess.Popen(
        [sys.executable, "-I", "-B", str(PROGRAM), json.dumps(settings)],
        stdin=question,
        stdout=answer,
        stderr=subprocess.DEVNULL,
        cwd=directory,
        env={},  # no secret key, no database address
        start_new_session=True,
    )


def _wait(process, seconds):
    """Return the exit code; the whole session is killed when the time is over or we are stopped ourselves."""
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        return -signal.SIGKILL
    finally:
        if process.returncode is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _memory():
    """A file in memory where the system has such: passports never touch the disk, and neither side waits on a pipe."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("upload"), "w+b")
    return tempfile.TemporaryFile()


def _refusal(job, code, header):
    if code > 0 and code != CANNOT_ANSWER:
        return LimitedProcessFailed(f"exit code {code}: {header.get('cannot_start', 'no word')}")
    reason = "too_heavy" if code in TOO_HEAVY else header.get("refused", "broken")
    log.info("upload refused: job %s, reason %s, exit code %s, %.200s", job, reason, code, header.get("cause", ""))
    try:
        values = {name: int(value) for name, value in header.get("values", {}).items()}
        return Refused(reason, **values)
    except (AttributeError, KeyError, TypeError, ValueError):
        return Refused("broken")
