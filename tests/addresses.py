"""Every public address, read from the URL configuration, so that a new one is tested the day it appears."""

import re
from itertools import product
from urllib.parse import quote

from django.conf import settings
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import translation
from django.utils.regex_helper import normalize

from config.staff_paths import STAFF_PATHS

ANCHORS = re.compile(r"\\A|\\Z|^\^|\$$")


def templates():
    """(address with %(parameter)s, parameters) in every language, but for those where staff sign in first."""
    found = {}
    for language, _ in settings.LANGUAGES:
        with translation.override(language):
            found |= dict(_walk(get_resolver(), ""))
    return {address: parameters for address, parameters in found.items() if not f"/{address}".startswith(STAFF_PATHS)}


def _walk(resolver, before):
    for pattern in resolver.url_patterns:
        expression = before + ANCHORS.sub("", pattern.pattern.regex.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, expression)
        else:
            yield from ((address, tuple(parameters)) for address, parameters in normalize(expression))


def filled(fillings):
    """Every address with every filling of its parameters, without the host.

    ``fillings`` is {(parameter, …): [(value, …), …]}; parameters stand together where only some combinations exist.
    Raises LookupError naming the addresses whose parameters are not among them.
    """
    known = {name for names in fillings for name in names}
    unknown = sorted(address for address, parameters in templates().items() if set(parameters) - known)
    if unknown:
        raise LookupError(f"Say in this test how to fill {unknown}.")
    return sorted({f"/{quote(address % values)}" for address, values in _filled(fillings)})


def _filled(fillings):
    for address, parameters in templates().items():
        groups = [
            [dict(zip(names, values, strict=True)) for values in choices]
            for names, choices in fillings.items()
            if set(names) & set(parameters)
        ]
        for combination in product(*groups):
            yield address, {name: value for values in combination for name, value in values.items()}
