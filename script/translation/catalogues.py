"""The catalogues in ``locale/``: what the sources say, what each language says for it, and what is amiss between."""

import io
import os
import re
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from script.translation import templates

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "locale"
TRANSLATED = ["ar", "zh", "fr", "ru", "es"]  # English is what the sources are written in
CODE = ["accreditation", "advisory", "config", "office"]
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3), "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip
# Lines of a header that change with every run and say nothing
RESTLESS = re.compile(
    rb'^"(?:POT-Creation-Date|PO-Revision-Date|Last-Translator|Language-Team|Generated-By|Report-Msgid-Bugs-To)'
    rb":.*\n|^# (?:Copyright|This file is|FIRST AUTHOR|#).*\n",
    re.M,
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%s|\{\w+\}")
TAG = re.compile(r"</?\w+")


def extracted(root=ROOT):
    """A Catalog of every sentence that code and templates mark, with the files that say it."""
    catalog = Catalog(project="Rostrum", charset="utf-8")
    for path, _line, context, singular, plural in sorted(_marked(root), key=lambda found: found[:2]):
        words = (singular, plural) if plural else singular
        catalog.add(words, locations=[(path, 1)], context=context)
    return catalog


def _marked(root):
    for path in sorted(file for folder in CODE for file in (root / folder).rglob("*.py")):
        if "migrations" in path.parts:
            continue
        with path.open("rb") as file:
            for line, words, _comments, context in extract("python", file, KEYWORDS):
                singular, plural = words if isinstance(words, tuple) else (words, None)
                yield path.relative_to(root).as_posix(), line, context, singular, plural
    for path in sorted(file for file in (root / "templates").rglob("*") if file.suffix in {".html", ".txt"}):
        for line, context, singular, plural in templates.messages(path.read_text(encoding="utf-8")):
            yield path.relative_to(root).as_posix(), line, context, singular, plural


def po_file(language):
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language):
    """Raises PoFileError for an entry that cannot be read, such as one with more forms than the language has."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def update(language, template):
    """Bring one catalogue to the sources' sentences; translations stay, guesses are never made."""
    catalog = read(language) if po_file(language).exists() else Catalog(locale=language, project="Rostrum")
    catalog.update(template, no_fuzzy_matching=True, keep_user_comments=True)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    write(language, catalog)


def write(language, catalog):
    kept = io.BytesIO()
    write_po(kept, catalog, width=120, sort_by_file=True, include_lineno=False)
    po_file(language).parent.mkdir(parents=True, exist_ok=True)
    po_file(language).write_bytes(RESTLESS.sub(b"", kept.getvalue()))


def compile_stale():
    """Write the .mo beside each .po that is newer; what Django reads is then what is committed."""
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        compiled = source.with_suffix(".mo")
        if compiled.exists() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        unfinished = compiled.with_suffix(f".{os.getpid()}")
        try:
            with unfinished.open("wb") as file:
                write_mo(file, read(source.parent.parent.name))
            unfinished.replace(compiled)
        finally:
            unfinished.unlink(missing_ok=True)


def differences(language, template):
    """Sentences on entries that the sources have and the catalogue has not, or the other way round."""
    catalog = read(language)
    ours, theirs = ({(m.context, m.id) for m in c if m.id} for c in (template, catalog))
    yield from (f"{language}: not in the catalogue: {_shown(id)}" for _context, id in sorted(ours - theirs, key=str))
    yield from (f"{language}: not in the sources: {_shown(id)}" for _context, id in sorted(theirs - ours, key=str))


def missing(language):
    for message in read(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not all(forms):
            yield f"{language}: not translated: {_shown(message.id)}"


def faults(language):
    """Sentences on what is translated, but wrongly: guesses, placeholders, tags, spaces at the ends."""
    catalog = read(language)
    if catalog.plural_forms != Catalog(locale=language).plural_forms:
        yield f"{language}: the header says {catalog.plural_forms}"
    for message in catalog:
        if not message.id:
            continue
        if message.fuzzy:
            yield f"{language}: a guess: {_shown(message.id)}"
        for fault in _faults_of(message):
            yield f"{language}: {fault}: {_shown(message.id)}"


def _faults_of(message):
    if not message.pluralizable:
        if message.string:
            yield from _differences(message.id, message.string)
        return
    singular, plural = message.id
    *others, last = message.string
    if last:
        yield from _differences(plural, last)
    for form in filter(None, others):  # "one day" and "two days" may be said without a figure
        if unknown := set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(singular + plural)):
            yield f"unknown {', '.join(sorted(unknown))}"


def _differences(source, translation):
    for what, pattern in [("placeholders", PLACEHOLDER), ("tags", TAG)]:
        if sorted(pattern.findall(source)) != sorted(pattern.findall(translation)):
            yield f"other {what}"
    if (source[:1].isspace(), source[-1:].isspace()) != (translation[:1].isspace(), translation[-1:].isspace()):
        yield "other spaces at the ends"


def _shown(id):
    return f"“{id[0] if isinstance(id, tuple) else id}”"
