"""The limited process: one job from standard input, its answer on standard output.

Run by office.uploads.process as ``python -I -B <this folder> <settings>``; imports nothing of Rostrum or Django.
"""

import importlib
import json
import os
import sys
import warnings

import fence
import protocol

JOBS = {"photo": "images", "pdf": "pdfs", "page": "pages", "text": "texts", "word": "word"}
CANNOT_START, CANNOT_ANSWER = 3, 4


def main():
    settings = json.loads(sys.argv[1])
    question = sys.stdin.buffer
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what a library prints is no answer
    warnings.simplefilter("ignore")
    try:
        job = importlib.import_module(JOBS[settings["job"]])  # each job imports the one heavy library it needs
        fence.close(**settings["limits"])
    except Exception as error:
        protocol.write(answer, {"cannot_start": f"{type(error).__name__}: {error}"})
        os._exit(CANNOT_START)
    header, body = _done(job, question)
    try:
        protocol.write(answer, header, body)
    except (OSError, MemoryError):  # past RLIMIT_FSIZE
        os._exit(CANNOT_ANSWER)
    os._exit(0)  # nothing to tidy, and libraries that open files when they close cannot


def _done(job, question):
    try:
        return job.work(*protocol.read(question))
    except protocol.Refusal as refusal:
        return {"refused": refusal.reason, "values": refusal.values}, b""
    except MemoryError:
        return {"refused": "too_heavy"}, b""
    except (
        Exception
    ) as error:  # parsers raise all sorts on hostile bytes; its message may quote the file, its place not
        return {"refused": "broken", "cause": f"{type(error).__name__} at {_place(error)}"}, b""


def _place(error):
    """Return "module:line" of the last step within this folder."""
    here, place = os.path.dirname(__file__), "?"
    step = error.__traceback__
    while step:
        code = step.tb_frame.f_code
        if os.path.dirname(code.co_filename) == here:
            place = f"{os.path.basename(code.co_filename)}:{step.tb_lineno}"
        step = step.tb_next
    return place


main()
