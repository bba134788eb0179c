"""The language of a page is the prefix of its address: /fr/meetings/…; English has none, and so have staff pages.

Neither the browser's languages nor a cookie are asked: an address shows everybody the same page.
"""

from django.conf import settings
from django.http import HttpResponsePermanentRedirect
from django.utils import translation


class PathLanguage:
    """Activates the language of the path for the request and what answers it, error pages included."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.prefixed = {code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE}

    def __call__(self, request):
        code, after = request.path_info[1:3], request.path_info[3:4]
        default = settings.LANGUAGE_CODE
        language = code if code in self.prefixed and after in {"/", ""} else default
        request.LANGUAGE_CODE = language
        translation.activate(language)
        try:
            return self.get_response(request)
        finally:
            if language != default:
                translation.activate(default)


def address(path, language):
    """A public page's path in a language; ``path`` is the one without prefix."""
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def without_prefix(path):
    """The path of the same page in the default language."""
    code = path[1:3]
    is_prefixed = path[3:4] == "/" and code != settings.LANGUAGE_CODE and code in dict(settings.LANGUAGES)
    return path[3:] if is_prefixed else path


def unprefixed(request, rest=""):
    """/en/… is the page without prefix, for ever. Slashes at the start would name another host (RFC 3986, 4.2)."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect("/" + rest.lstrip("/") + (f"?{query}" if query else ""))
