"""What the words of letters tell: from when they are and whom they name. A scan has no words, and then it says so."""

import re
import unicodedata
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import aliases, announced, conditions, evidence, spellings
from accreditation.checks.hints import INFO, LOOK, OK, Hint
from accreditation.states import EvidenceKind
from advisory.reading.dates import find_dates
from advisory.renditions import wording
from office import uploads
from office.encryption import CannotOpen

LETTERS = frozenset(
    {
        EvidenceKind.LETTER_OF_ASSIGNMENT, EvidenceKind.COMMISSION, EvidenceKind.MISSION_LETTER,
        EvidenceKind.SERVICE_LETTER, EvidenceKind.DESIGNATION_LETTER,
    }
)  # fmt: skip
READ = LETTERS | {EvidenceKind.IDENTITY_DOCUMENT}
BETWEEN_PAGES = "\f"
# The name line of a passport, ICAO Doc 9303-4: P, a sign, the issuer, FAMILY<NAME<<GIVEN<NAMES
NAME_LINE = re.compile(r"(?m)^P[A-Z<][A-Z<]{3}(?P<family>[A-Z<]+?)<<(?P<given>[A-Z<]*)\s*$")


def read_words(registration, *, at=None):
    """Keep the words of papers that nobody has read yet; a paper that cannot be read has none."""
    for row in _papers(registration, READ):
        if row.read_at is None:
            row.words = BETWEEN_PAGES.join(_words_of(row))
            row.read_at = at or timezone.now()
            row.save(update_fields=["words", "read_at"])


def _words_of(row):
    if row.media_type != uploads.PDF:
        return []
    try:
        return uploads.page_texts(evidence.read(row))
    except (FileNotFoundError, CannotOpen, uploads.Refused):
        return []


def hints(registration):
    """Statements: its papers, those of its delegation, and where a letter has words the days and the desk's rules."""
    for row in _papers(registration, {EvidenceKind.IDENTITY_DOCUMENT}):
        yield from _name_line(registration, row.words)
    letters = _papers(registration, LETTERS)
    with_words = [row for row in letters if row.words.strip()]
    if with_words:
        yield from _of_letters(registration, [row.words for row in with_words])
    elif letters and all(row.read_at for row in letters):
        yield Hint(
            "letter_is_picture", INFO, _("The letter is a picture: look for its date and the name yourself."),
            _("No page of it holds text."),
        )  # fmt: skip


def _papers(registration, kinds):
    owners = [registration, *([registration.delegation] if registration.delegation_id else [])]
    rows = [row for owner in owners for row in evidence.kept(owner)]
    return [row for row in rows if row.kind in kinds]


def _of_letters(registration, texts):
    first, last = announced.days(registration.meeting)
    sent = timezone.localdate(registration.declared_at or registration.created_at)
    oldest = sent - timedelta(days=conditions.policy_of(registration.meeting_id).letter_days)
    found = [date_of(text, sent=sent, oldest=oldest, meeting=(first, last)) for text in texts]
    yield _dated(*min(found, key=lambda each: VERDICTS.index(each[0])))
    given, family = aliases.take(registration, "given_names"), aliases.take(registration, "family_name")
    if any(names(text, given, family) for text in texts):
        yield Hint("letter_names", OK, _("The letter names the applicant"), _("Found among the words of its pages."))
    else:
        yield Hint(
            "letter_without_name", LOOK, _("The letter does not name the applicant"),
            _("Neither in this spelling nor in another script, on the pages that hold text."),
        )  # fmt: skip


def _dated(verdict, day, written, page):
    known = _("Found “%(words)s” on page %(page)s.") % {"words": written, "page": page}
    told = {"day": wording.short_day(day) if day else ""}
    if verdict == "recent":
        return Hint("letter_recent", OK, _("The letter is dated %(day)s") % told, known)
    if verdict == "old":
        return Hint("letter_old", LOOK, _("The letter is old: %(day)s") % told, known)
    if verdict == "future":
        return Hint("letter_future", LOOK, _("The letter is dated after the application: %(day)s") % told, known)
    return Hint("letter_undated", INFO, _("No date of the letter was found"), _("Days of the meeting do not count."))


VERDICTS = ["recent", "old", "future", "none"]


def date_of(text, *, sent, oldest, meeting):
    """(verdict, day, as it is written, page) of a letter. Days of the meeting are what it speaks of, not its own."""
    first, last = meeting
    found = []
    for number, page in enumerate(text.split(BETWEEN_PAGES), start=1):
        page = _plain_digits(page)
        for month_first in (False, True):  # 3/4/2026: whichever makes sense
            for mention in find_dates(page, month_first):
                day = mention.first() if mention.year else None
                if day and not first <= day <= last:
                    found.append((day, " ".join(page[mention.start : mention.end].split()), number))
    if recent := [each for each in found if oldest <= each[0] <= sent]:
        return "recent", *max(recent, key=lambda each: each[0])
    if past := [each for each in found if each[0] < oldest]:
        return "old", *max(past, key=lambda each: each[0])
    return ("future", *found[0]) if found else ("none", None, "", 0)


def _plain_digits(text):
    return "".join(str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text)


def names(text, given, family):
    """Whether a text holds the family name and the first given name, in whichever script and order."""
    spaceless = "".join(text.split())
    if (given or family) and any("".join(name.split()) in spaceless for name in (family + given, given + family)):
        return True
    words = spellings.latin(text)
    words += ["".join(pair) for pair in zip(words, words[1:], strict=False)]  # Jing Yi is Jingyi
    asked = [*spellings.latin(family), *spellings.latin(given)[:1]]
    asked = [word for word in asked if word not in spellings.ARTICLES] or asked
    if not asked:
        return False
    if {spellings.plain(word) for word in asked} <= {spellings.plain(word) for word in words}:
        return True
    if not (spellings.is_abjad(text) or spellings.is_abjad(given + family)):
        return False
    return {spellings.bare(word) for word in asked} <= {spellings.bare(word) for word in words}


def _name_line(registration, text):
    if read := name_line(text):
        told = _("%(family)s, %(given)s") % {"family": read[1], "given": read[0]}
        typed = [aliases.take(registration, name) for name in ("given_names", "family_name")]
        agrees = [_forms(one) for one in typed] == [_forms(one) for one in read]
        sentence = _("Name order agrees with the passport") if agrees else _("The passport has the name otherwise")
        yield Hint("name_order" if agrees else "name_order_differs", OK if agrees else LOOK, sentence, told, True)


def _forms(name):
    return {spellings.plain(word) for word in spellings.latin(name)}


def name_line(text):
    """(given names, family name) of the machine-readable line of a passport in a text, or None."""
    match = NAME_LINE.search(text.replace(" ", ""))
    return tuple(match[part].replace("<", " ").strip() for part in ("given", "family")) if match else None
