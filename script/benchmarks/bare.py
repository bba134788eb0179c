"""A bare Django view, without middleware, that answers every address with one constant: the floor of every ratio.

BARE_ANSWER names a JSON file of ``headers`` and ``body`` (base64).
"""

import base64
import json
import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

_answer = json.loads(Path(os.environ["BARE_ANSWER"]).read_text())
HEADERS = _answer["headers"]
BODY = base64.b64decode(_answer["body"])

settings.configure(DEBUG=False, ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, MIDDLEWARE=[], LOGGING_CONFIG=None)


def constant(request, address):
    return HttpResponse(BODY, headers=HEADERS)


urlpatterns = [path("<path:address>", constant)]
application = get_wsgi_application()
