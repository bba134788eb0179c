"""How a letter is written: the office's own words or ours, what is filled in, and a subject that can be read whole."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from advisory import email_texts
from advisory.email_texts import FOOT, PLACEHOLDER, Words, filled, one_line
from advisory.renditions import wording

LONGEST_SUBJECT = 60
SHORTENED = ("organization", "meeting")  # in a subject, where there is no room for the whole name
RESUME, STATUS, DELEGATION = "resume", "status", "delegation"  # what a link opens


@dataclass(frozen=True)
class Letter:
    """``opens`` says which of the registration's links the button carries; without words it has none.

    ``lists`` is True where several links stand beneath the paragraphs.
    """

    subject: str
    paragraphs: tuple
    button: str = ""
    opens: str = STATUS
    foot: str = ""
    lists: bool = False


class Named(dict):
    """%(meeting)s of our own sentences becomes {meeting}, as officers write it."""

    def __missing__(self, name):
        return f"{{{name}}}"


def ours(letter):
    """(subject, text) of a Letter with placeholders, in the active language."""
    parts = [str(paragraph) % Named() for paragraph in letter.paragraphs]
    parts += ["{links}"] if letter.lists else []
    parts += ["{link}"] if letter.button else []
    return str(letter.subject) % Named(), "\n\n".join(parts) + "\n"


def written(
    letter, *, kind, to, language, values, url="", rows=(), meeting=None, not_before=None, key="", foot=None,
    about=None, own=None,
):  # fmt: skip
    """The arguments of ``outbox.queue``; ``rows`` are (words, address) of the links that a letter lists.

    ``values`` is {placeholder: str, Words or what gives one when it is needed}. ``own`` (subject, text) are the
    office's words, in place of ours.
    """
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with translation.override(language):
        subject, text = own or ours(letter)
        asked = set(PLACEHOLDER.findall(subject + text))
        words = {name: _words(name, value) for name, value in values.items() if name in asked}
        words |= {"link": _button(letter.button, url), "links": _links(rows)}
        words["foot"] = _foot(foot or letter.foot, meeting, has_link=bool(url or rows))
        text = text.replace("\r\n", "\n").rstrip()
        text += "\n{foot}" if FOOT in text else f"\n{FOOT}{{foot}}"
        line = fitted(subject, words) or fitted(ours(letter)[0], words)
        composed = email_texts.assembled(line, text, language, words)
    return {
        "to": to, "subject": composed.subject, "text": composed.text, "html": composed.html,
        "kind": f"registration_{kind}", "language": language, "key": key, "not_before": not_before, "meeting": meeting,
        "about": about,
    }  # fmt: skip


def fitted(subject, words):
    """One line of at most 60 characters: its names are shortened, the reference never is."""
    subject, words = one_line(subject), {name: Words(one_line(value.text)) for name, value in words.items()}
    line = one_line(filled(subject, words))
    if len(line) <= LONGEST_SUBJECT:
        return line
    names = [name for name in SHORTENED if f"{{{name}}}" in subject and name in words]
    room = LONGEST_SUBJECT - len(filled(subject, words | dict.fromkeys(names, Words(""))))
    for left, name in enumerate(sorted(names, key=lambda name: len(words[name].text)), 1 - len(names)):
        words[name] = Words(shortened(words[name].text, room // (1 - left)))
        room -= len(words[name].text)
    return shortened(one_line(filled(subject, words)), LONGEST_SUBJECT)


def shortened(text, most):
    """At most so many characters, cut behind a word where that leaves half of them."""
    if len(text) <= most:
        return text
    cut = text[: max(most - 1, 0)]
    if " " in cut and text[len(cut)] != " " and len(cut.rpartition(" ")[0]) * 2 >= most:
        cut = cut.rpartition(" ")[0]
    return f"{cut.rstrip(' ,;:–-')}…" if most > 1 else ""


def _words(name, value):
    """A reference stays on one line and reads from left to right in every language."""
    value = value() if callable(value) else value
    if isinstance(value, Words):
        return value
    if name == "reference" and value:
        return Words(value, inline=format_html('<bdi dir="ltr" style="white-space:nowrap">{}</bdi>', value))
    return Words(str(value))


def _button(words, url):
    if not url:
        return Words("")
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    drawn = render_to_string("advisory/email/_button.html", {"url": url, "words": words, "direction": direction})
    return Words(_told(words, url), mark_safe(drawn))  # noqa: S308 our template


def _links(rows):
    block = format_html_join("\n", '<p><a href="{1}">{0}</a></p>', rows)
    return Words("\n\n".join(_told(words, address) for words, address in rows), block)


def _told(words, address):
    return f"{words}{wording.colon().rstrip()}\n{address}"


def _foot(own, meeting, *, has_link):
    lines = [str(own) if own else _("This e-mail is about an application to attend a meeting.")]
    if has_link and not own:
        lines.append(_("A link in it opens an application: do not pass it on."))
    if contact := wording.joined(filter(None, [settings.PRESS_DESK_EMAIL, wording.phone(settings.PRESS_DESK_PHONE)])):
        lines.append(_("Questions? The desk answers: %(contact)s") % {"contact": wording.isolated(contact)})
    if meeting and meeting.is_demonstration:
        lines.append(_("Demonstration data. People, addresses and numbers are invented."))
    return Words("\n".join(lines), format_html_join("\n", "<p>{}</p>", [(line,) for line in lines]))
