"""The catalogues: every sentence of the public pages is in them, and a wrong entry is seen."""

import re

import pytest
from babel.messages import Catalog
from babel.messages.pofile import PoFileError
from django.utils import translation

from script.translation import catalogues, templates

LANGUAGES = catalogues.TRANSLATED


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_has_the_sentences_of_the_sources_and_no_others(language):
    assert list(catalogues.differences(language, catalogues.extracted())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_translated(language):
    assert list(catalogues.missing(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_translated_is_a_guess_or_loses_a_placeholder(language):
    assert list(catalogues.faults(language)) == []


@pytest.mark.parametrize(("language", "forms"), [("ar", 6), ("zh", 1), ("fr", 2), ("ru", 3), ("es", 2)])
def test_catalogue_has_as_many_plural_forms_as_its_language(language, forms):
    assert catalogues.read(language).num_plurals == forms


@pytest.fixture
def arabic(tmp_path, monkeypatch):
    """An Arabic catalogue of the test's own: ``arabic(id, string, **message)`` adds an entry and names the faults."""
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)

    def faults(id, string, **message):
        catalog = Catalog(locale="ar")
        catalog.add(id, string, **message)
        catalogues.write("ar", catalog)
        return [fault.removeprefix("ar: ") for fault in catalogues.faults("ar")]

    return faults


PLURAL = ("%(number)s minute", "%(number)s minutes")


@pytest.mark.parametrize(
    ("id", "string", "message", "fault"),
    [
        ("Until %(time)s", "حتى %(time)s", {}, None),
        ("Until %(time)s", "حتى", {}, "other placeholders: “Until %(time)s”"),
        ("Until %(time)s", "حتى %(hour)s", {}, "other placeholders: “Until %(time)s”"),
        ("{time} left", "بقي", {}, "other placeholders: “{time} left”"),
        ("A <b>word</b>", "كلمة", {}, "other tags: “A <b>word</b>”"),
        ("Word ", "كلمة", {}, "other spaces at the ends: “Word ”"),
        ("Word", "كلمة", {"flags": ["fuzzy"]}, "a guess: “Word”"),
        (PLURAL, ["", "دقيقة", "دقيقتان", "%(number)s دقائق", "%(number)s دقيقة", "%(number)s دقيقة"], {}, None),
        (PLURAL, ["", "", "", "", "", "دقيقة"], {}, "other placeholders: “%(number)s minute”"),
        (PLURAL, ["%(n)s", "", "", "", "", ""], {}, "unknown %(n)s: “%(number)s minute”"),
    ],
)
def test_fault_of_an_entry_is_named(arabic, id, string, message, fault):
    found = arabic(id, string, **message)

    assert found[-1:] == ([fault] if fault else [])


def test_plural_that_lacks_a_form_is_not_translated(arabic):
    arabic(PLURAL, ["", "دقيقة", "دقيقتان", "%(number)s دقائق", "%(number)s دقيقة", "%(number)s دقيقة"])

    assert list(catalogues.missing("ar")) == ["ar: not translated: “%(number)s minute”"]


def test_plural_with_a_form_too_many_is_not_read(arabic):
    arabic(PLURAL, ["%(number)s"] * 6)
    file = catalogues.po_file("ar")
    file.write_text(file.read_text() + 'msgstr[6] "%(number)s"\n')

    with pytest.raises(PoFileError):
        catalogues.read("ar")


def test_catalogue_that_cannot_be_read_leaves_nothing_half_made(arabic):
    arabic(PLURAL, ["%(number)s"] * 6)
    catalogues.compile_stale()
    file = catalogues.po_file("ar")
    compiled = file.with_suffix(".mo").read_bytes()
    file.write_text(file.read_text() + 'msgstr[6] "%(number)s"\n')

    with pytest.raises(PoFileError):
        catalogues.compile_stale()

    assert {path.name: path.suffix == ".mo" and path.read_bytes() == compiled for path in file.parent.iterdir()} == {
        "django.po": False,
        "django.mo": True,
    }


def test_entry_that_the_sources_gained_or_lost_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    catalog, template = Catalog(locale="fr"), Catalog()
    catalog.add("Kept", "Gardé")
    catalog.add("Old", "Ancien")
    catalogues.write("fr", catalog)
    template.add("Kept")
    template.add("New")

    assert list(catalogues.differences("fr", template)) == [
        "fr: not in the catalogue: “New”",
        "fr: not in the sources: “Old”",
    ]
    catalogues.update("fr", template)
    assert {m.id: m.string for m in catalogues.read("fr") if m.id} == {"Kept": "Gardé", "New": ""}
    assert list(catalogues.missing("fr")) == ["fr: not translated: “New”"]


def test_update_keeps_the_translators_remarks(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    catalog, template = Catalog(locale="fr"), Catalog()
    catalog.add("Kept", "Gardé", user_comments=["needs-native-review"])
    catalogues.write("fr", catalog)
    template.add("Kept")

    catalogues.update("fr", template)

    assert "# needs-native-review\n" in catalogues.po_file("fr").read_text()


def test_update_of_what_has_not_changed_changes_nothing(tmp_path, monkeypatch):
    before = {language: catalogues.po_file(language).read_bytes() for language in LANGUAGES}
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    for language, content in before.items():
        catalogues.po_file(language).parent.mkdir(parents=True)
        catalogues.po_file(language).write_bytes(content)
        catalogues.update(language, catalogues.extracted())

    assert {language: catalogues.po_file(language).read_bytes() for language in LANGUAGES} == before


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "A word" %}', [(1, None, "A word", None)]),
        ("\n{% translate 'In \"quotes\"' as it %}", [(2, None, 'In "quotes"', None)]),
        ('{% translate "May" context "month" %}', [(1, "month", "May", None)]),
        ('{% translate "5 %" %}', [(1, None, "5 %%", None)]),
        ("{% translate variable %}", []),
        ('{% include "x.html" with a=_("Given") %}', [(1, None, "Given", None)]),
        ('{{ _("Shown") }}', [(1, None, "Shown", None)]),
        ("{% blocktranslate %}At {{ time }}, 5 %{% endblocktranslate %}", [(1, None, "At %(time)s, 5 %%", None)]),
        (
            "{% blocktranslate count n=days %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            [(1, None, "%(n)s day", "%(n)s days")],
        ),
        ('{% blocktranslate trimmed context "c" %}\n One\n two\n{% endblocktranslate %}', [(1, "c", "One two", None)]),
        ('{# {% translate "Not" %} #}{% comment %}x{% endcomment %}', []),
    ],
)  # fmt: skip
def test_template_gives_what_it_marks(source, found):
    assert list(templates.messages(source)) == found


def test_block_that_does_not_end_is_named():
    with pytest.raises(ValueError, match="The block of line 2 does not end"):
        list(templates.messages("\n{% blocktranslate %}Never"))


def test_chinese_is_accepted_under_its_short_code():
    with translation.override("zh"):
        assert translation.get_language() == "zh"
        assert translation.check_for_language("zh")


# Words of the page's frame that no template may say unmarked
UNMARKED = re.compile(r">\s*[A-Z][a-z]+[^<>{}%]*<")


def test_no_public_template_says_an_unmarked_word():
    pages = [catalogues.ROOT / "templates" / folder for folder in ["advisory", "partials", "bootstrap5"]]
    files = [file for folder in pages for file in folder.rglob("*.html")]
    files += [catalogues.ROOT / "templates" / name for name in ["base.html", "error.html", "400.html", "404.html"]]
    blocks = re.compile(r"(?s){% blocktranslate.*?{% endblocktranslate %}|{%.*?%}|{{.*?}}")

    said = {file.name: UNMARKED.findall(blocks.sub("", file.read_text())) for file in files}

    assert {name: words for name, words in said.items() if words} == {}
