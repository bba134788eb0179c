"""One JSON line a request, and the formatter all log lines share."""

import json
import logging
import re
import secrets
import time
from functools import lru_cache

log = logging.getLogger("rostrum.request")
# No line names a thread, a process or a place in the code, so none is looked up (Python's logging HOWTO, Optimization)
logging.logThreads = logging.logProcesses = logging.logMultiprocessing = logging.logAsyncioTasks = False
logging._srcfile = None

# What opens something for whoever holds it stands in the address; a log is read by more people than that
SECRET = re.compile(r"/(subscribe|preview|resume|status|delegation)/[\w-]{20,}")


encode = json.JSONEncoder(ensure_ascii=False, default=str).encode  # json.dumps would build one for every line


@lru_cache(maxsize=2)
def second(moment):
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(moment))


class JsonLines(logging.Formatter):
    """One line a record; control characters in values cannot break or forge a line (json escapes them). No link that
    opens something by itself is written down."""

    def format(self, record):
        line = {
            "at": f"{second(int(record.created))}.{int(record.msecs):03d}Z",
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        } | getattr(record, "fields", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return SECRET.sub(r"/\1/…", encode(line))


class RequestLog:
    """Names each request, answers its id in ``X-Request-ID``, and logs method, path, status and milliseconds.

    Neither the query (it may hold a search for a person) nor the address of the reader is logged.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        request.id = secrets.token_hex(16)
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request.id
        if log.isEnabledFor(logging.INFO):
            fields = {
                "request": request.id,
                "method": request.method,
                "path": request.path_info,
                "status": response.status_code,
                "ms": round((time.perf_counter() - started) * 1000, 1),
            }
            log.info("%s %s", request.method, request.path_info, extra={"fields": fields})
        return response
