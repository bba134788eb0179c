"""The texts of e-mails with named placeholders: ours stand with each kind, an officer's in the staff panel. One text
gives both parts, plain and HTML. ``advisory.emails`` brings the values.

Each app lists its kinds as ``KINDS`` in its ``email_texts``; ``kinds()`` is all of them.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from advisory.models import EmailText
from office.discovery import declared
from office.prepared import Prepared, Slot

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
FOOT = "\n-- \n"  # what stands below is set small
LONGEST_SUBJECT = 150
LARGEST_HTML = 100_000  # bytes; common mail programs cut what is longer

OWN = Prepared(
    lambda: EmailText.objects.filter(
        kind=Slot(0, EmailText._meta.get_field("kind")), language=Slot(1, EmailText._meta.get_field("language"))
    ).order_by()
)
EVERYWHERE = {"organization": _("the organization's name")}
LINKS = {
    "why": _("why the reader gets this e-mail, a sentence"),
    "manage": _("the reader's own link to change what they get"),
    "unsubscribe": _("the reader's own link to stop all e-mails"),
}


@dataclass(frozen=True)
class Kind:
    """``placeholders`` is {name: what it becomes}; without those in ``needed`` the e-mail would be of no use.

    ``ours()`` gives (subject, text) in the active language, where they stand in no template; ``fixed_length(subject)``
    the characters of a subject when everything in it that can be shortened has been. ``for_person(officer, reference,
    language, own)`` gives the Letter that somebody of the officer's meetings would get, or None.
    """

    label: str
    placeholders: dict
    needed: tuple
    needed_in_subject: tuple = ()
    ours: Callable | None = None
    fixed_length: Callable | None = None
    for_person: Callable | None = None
    longest_subject: int = LONGEST_SUBJECT


KINDS = {
    "confirm": Kind(
        _("Confirm your address"),
        {"choices": _("what was asked for, a line each"), "link": _("the link that confirms")} | EVERYWHERE,
        ("link",),
    ),
    "alert": Kind(
        _("Advisory, change or reminder"),
        {
            "kind": _("Media advisory, Correction, Cancelled …"),
            "title": _("the meeting's title"),
            "words": _("the officer's sentence about a change, if there is one"),
            "facts": _("when and where, a line each"),
            "changes": _("what was and what is now; nothing in a first issue"),
            "address": _("the link to the advisory"),
        }
        | LINKS
        | EVERYWHERE,
        ("title", "address", "manage", "unsubscribe"),
    ),
    "digest": Kind(
        _("Daily digest"),
        {"day": _("the date in words"), "advisories": _("each advisory in a few lines")} | LINKS | EVERYWHERE,
        ("advisories", "manage", "unsubscribe"),
    ),
    "daily_alert": Kind(
        _("Daily media alert"),
        {
            "day": _("the date in words"),
            "meetings": _("the day's meetings in order of time"),
            "address": _("the link to the day"),
        }
        | LINKS
        | EVERYWHERE,
        ("meetings", "manage", "unsubscribe"),
    ),
}

UNKNOWN = {
    "subject": _("The subject has %(placeholder)s, which nothing can fill."),
    "text": _("The text has %(placeholder)s, which nothing can fill."),
}
SINGLE_BRACKET = {
    "subject": _("The subject has a single curly bracket. Write placeholders as %(placeholder)s."),
    "text": _("The text has a single curly bracket. Write placeholders as %(placeholder)s."),
}


@dataclass(frozen=True)
class Words:
    """What a placeholder becomes: plain text, and the HTML that stands for it on a line of its own, or within one."""

    text: str
    block: SafeString = SafeString("")
    inline: SafeString = SafeString("")


@dataclass(frozen=True)
class Letter:
    subject: str
    text: str
    html: str

    def personal(self, words):
        """With each stand-in replaced by its words: {stand-in: text}. The HTML gets them escaped."""
        text, html = self.text, self.html
        for stand_in, own in words.items():
            text, html = text.replace(stand_in, own), html.replace(stand_in, escape(own))
        return Letter(self.subject, text, html)


def kinds():
    """{name: Kind} of all apps."""
    return {name: kind for known in declared("KINDS", within="email_texts") for name, kind in known.items()}


def problems(kind, subject, text):
    """What keeps these words from being used: [(“subject” or “text”, a sentence), …]."""
    kind = kinds()[kind]
    found = [*_misspelt(kind.placeholders, subject, text), *_missing(kind, subject, text)]
    if any(unicodedata.category(character) == "Cc" for character in subject):
        found.append(("subject", gettext("The subject is one line.")))
    if kind.fixed_length and kind.fixed_length(subject) > kind.longest_subject:
        sentence = gettext("The subject is too long: with the reference, at most %(most)s characters can be seen.")
        found.append(("subject", sentence % {"most": kind.longest_subject}))
    return found


def _misspelt(known, subject, text):
    """Placeholders that nothing fills, with the one that may be meant, and brackets that belong to none."""
    for where, words in [("subject", subject), ("text", text)]:
        for name in dict.fromkeys(PLACEHOLDER.findall(words)):
            if name not in known:
                close = get_close_matches(name.strip().lower(), known, n=1)
                sentence = UNKNOWN[where] % {"placeholder": f"{{{name}}}"}
                if close:
                    sentence += " " + gettext("Did you mean %(placeholder)s?") % {"placeholder": f"{{{close[0]}}}"}
                yield where, sentence
        if re.search(r"[{}]", PLACEHOLDER.sub("", words)):
            yield where, SINGLE_BRACKET[where] % {"placeholder": "{title}"}


def _missing(kind, subject, text):
    for name in [name for name in kind.needed if f"{{{name}}}" not in text]:
        needed = {"placeholder": f"{{{name}}}", "meaning": kind.placeholders[name]}
        yield "text", gettext("The text needs %(placeholder)s: %(meaning)s.") % needed
    for name in [name for name in kind.needed_in_subject if f"{{{name}}}" not in subject]:
        needed = {"placeholder": f"{{{name}}}", "meaning": kind.placeholders[name]}
        yield "subject", gettext("The subject needs %(placeholder)s: %(meaning)s.") % needed


def own_texts(kind, language):
    """(subject, text) that an officer wrote, or None. One statement."""
    own = OWN.one(kind, language)
    return (own.subject, own.text) if own else None


def texts(kind, language):
    """(subject, text) with placeholders: the officer's words if there are any, else ours."""
    return own_texts(kind, language) or default_texts(kind, language)


def default_texts(kind, language):
    with translation.override(language):
        if ours := kinds()[kind].ours:
            return ours()
        subject = render_to_string(f"advisory/email/{kind}_subject.txt")
        return subject.strip(), render_to_string(f"advisory/email/{kind}.txt").strip() + "\n"


def compose(kind, language, values, *, own=None, is_demonstration=False):
    """A Letter. ``values`` is {placeholder: Words}; ``own`` (subject, text) stands in for what is stored."""
    values = values | {"organization": Words(settings.ORGANIZATION_NAME)}
    subject, text = own or texts(kind, language)
    subject = one_line(filled(subject, values)) or one_line(filled(default_texts(kind, language)[0], values))
    return assembled(subject, text, language, values, is_demonstration=is_demonstration)


def assembled(subject, text, language, values, *, is_demonstration=False):
    """A Letter of a finished subject and a text with placeholders."""
    body, _line, foot = text.replace("\r\n", "\n").partition(FOOT)
    plain = _plain(body, values) + (f"\n\n-- \n{_plain(foot, values)}" if foot else "") + "\n"
    with translation.override(language):
        demonstration = gettext("Demonstration data. People, addresses and numbers are invented.")
        plain += f"{demonstration}\n" if is_demonstration else ""
        html = render_to_string(
            "advisory/email/frame.html",
            {
                "language": language,
                "direction": "rtl" if translation.get_language_bidi() else "ltr",
                "subject": subject,
                "organization": settings.ORGANIZATION_NAME,
                "body": _html(body, values),
                "foot": _html(foot, values),
                "demonstration": demonstration if is_demonstration else "",
            },
        )
    return Letter(subject, plain, html)


def one_line(text):
    """Fit for a subject: no line break, no control character, not endless."""
    line = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs"} else c for c in text)
    line = " ".join(line.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"


def filled(text, values):
    """One pass: a title that holds {link} stays as it is. An unknown placeholder cannot be saved; here it vanishes."""
    return PLACEHOLDER.sub(lambda match: values[match[1]].text if match[1] in values else "", text)


def _plain(text, values):
    """Filled; a line whose placeholders are all empty goes, and of several empty lines one stays."""
    lines = []
    for line in text.strip().split("\n"):
        told = filled(line, values)
        if told.strip() or not line.strip():
            lines.append(told)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _marked(line, values):
    """As ``filled``, for HTML: each piece escaped, or in its own markup."""
    words = {name: value.inline or escape(value.text) for name, value in values.items()}
    pieces = PLACEHOLDER.split(line)
    return "".join(words.get(piece, "") if place % 2 else escape(piece) for place, piece in enumerate(pieces))


def _html(text, values):
    """Paragraphs; a line that is one placeholder becomes that placeholder's block."""
    blocks, lines = [], []

    def paragraph():
        if lines:
            blocks.append(format_html("<p>{}</p>", format_html_join(mark_safe("<br>"), "{}", [(x,) for x in lines])))
            lines.clear()

    for line in [*text.strip().split("\n"), ""]:
        alone = PLACEHOLDER.fullmatch(line.strip())
        if alone and alone[1] in values and values[alone[1]].block:
            paragraph()
            blocks.append(values[alone[1]].block)
        elif line.strip():
            lines.extend(mark_safe(part) for part in _marked(line, values).split("\n") if part.strip())  # noqa: S308
        else:
            paragraph()
    return mark_safe("\n".join(blocks))  # noqa: S308 each piece is escaped above


def sample(kind, language, subject, text):
    """A Letter with these words and invented values, to see before saving."""
    values = {name: Words(f"[{means}]") for name, means in kinds()[kind].placeholders.items()}
    return compose(kind, language, values, own=(subject, text))
