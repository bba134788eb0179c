"""The demonstration's texts in other languages: {the English text: its translation}, a module a language.

Each was written without a native reader and wants one before it is shown as anything but a demonstration.
"""

from advisory import languages
from advisory.demo.tongues import ar, es, fr, ru, zh
from advisory.freezing import freeze
from advisory.models import LanguageVersion
from advisory.words import LanguageState

WORDS = {"ar": ar.WORDS, "zh": zh.WORDS, "fr": fr.WORDS, "ru": ru.WORDS, "es": es.WORDS}


def translate(meeting, *, into):
    """Write every text of the meeting that these modules know, as reviewed, in each language of ``into``."""
    source = freeze(meeting).texts[meeting.original_language]
    for language in into:
        for path, text in source.items():
            if told := WORDS[language].get(" ".join(text.split())):
                languages.write(meeting, language, path, told, source=text, by=None)
        LanguageVersion.objects.filter(meeting=meeting, language=language).update(state=LanguageState.REVIEWED)
