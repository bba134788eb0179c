"""The last answer where a page needs what is sealed and cannot be opened: a page of words, and no detail."""

from django.shortcuts import render

from office.encryption import CannotOpen, unreadable

# RFC 9110, section 15.5.10: the request is sound, and the state of what it asks for forbids the answer
STATUS = 409


class Unreadable:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, CannotOpen):
            return None
        unreadable.note(exception)
        response = render(request, "unreadable.html", status=STATUS)
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response
