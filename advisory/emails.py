"""What each e-mail to a subscriber says, in the subscriber's language, handed to ``office.outbox``.

A letter is made once for all who read the same; what is one reader's own (links, why) takes the place of stand-ins.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from advisory import email_texts
from advisory.email_texts import Words
from advisory.models import Edition
from advisory.models.subscription import Frequency
from advisory.renditions import marks, text, wording
from advisory.renditions.telling import Telling, title_in
from advisory.words import AdvisoryForm, EditionKind
from office import outbox
from office.models.message import Message, MessageState

# Characters of private use, which no text of ours holds, stand in for what is one reader's own
WHY, MANAGE_LINK, UNSUBSCRIBE_LINK = "\ue001", "\ue002", "\ue003"
KINDS = ["subscription_confirm", "subscription_alert", "subscription_digest", "subscription_daily_alert"]


def absolute(name, language, **parts):
    """The whole address of one of our pages in a language."""
    with translation.override(language):
        return settings.SITE_URL + reverse(name, kwargs=parts or None)


def known(language):
    """The language itself, or the default where the site has dropped it since."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def queue_confirmation(subscription, *, link):
    """The mail that proves an address. It is the same whether or not the address is known here."""
    language = known(subscription.language)
    with translation.override(language):
        values = {
            "choices": Words("\n".join(choices_in_words(subscription))),
            "link": Words(link, _button(link, _("Confirm"))),
        }
        letter = email_texts.compose("confirm", language, values)
    outbox.queue(
        to=subscription.email,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        kind=KINDS[0],
        language=language,
        key=f"confirm:{subscription.pk}",
    )


def choices_in_words(subscription):
    """What a subscription asks for, a line each, in the active language."""
    language = translation.get_language()
    lines = [_("How often: %(frequency)s") % {"frequency": subscription.get_frequency_display()}]
    if subscription.frequency != Frequency.FOLLOWED:
        names = [row.name_in(language) for rows in (subscription.bodies, subscription.topics) for row in rows.all()]
        about = ", ".join(names) or _("every advisory")
        lines.append(_("About: %(names)s") % {"names": about})
    followed = ", ".join(titles_of(subscription.meetings.all(), language).values())
    lines += [_("Followed: %(titles)s") % {"titles": followed}] if followed else []
    lines += [_("The daily media alert")] if subscription.wants_daily_alert else []
    return lines


def titles_of(meetings, language):
    """{meeting id: title of its current edition} for those that are public."""
    editions = Edition.objects.current().filter(meeting__in=list(meetings)).order_by("first_day", "pk")
    return {edition.meeting_id: title_of(edition, language) for edition in editions}


def title_of(edition, language):
    return title_in(edition, language)


def withdraw(subscription):
    """What is not sent yet for this address is not sent, or not tried again, and what was sent forgets it."""
    ours = Message.objects.filter(to=subscription.email, kind__in=KINDS)
    ours.filter(state__in=[MessageState.HELD, MessageState.QUEUED, MessageState.SENDING]).delete()
    handed = ours.filter(state=MessageState.HANDED)
    handed.update(state=MessageState.CANCELLED, cancelled_at=timezone.now())
    outbox.forget(ours)


@dataclass(frozen=True)
class Reader:
    """What is one subscriber's own in a letter. ``follows``: the meeting was chosen by itself."""

    subscription: object
    manage: str
    unsubscribe: str
    follows: bool = False


def addressed(letter, reader, *, kind, key):
    """The arguments of ``outbox.queue`` for one reader, with the headers of RFC 2369, RFC 2919 and RFC 8058."""
    language = known(reader.subscription.language)
    with translation.override(language):
        own = letter.personal({WHY: why(reader), MANAGE_LINK: reader.manage, UNSUBSCRIBE_LINK: reader.unsubscribe})
    return {
        "to": reader.subscription.email,
        "subject": own.subject,
        "text": own.text,
        "html": own.html,
        "kind": kind,
        "language": language,
        "key": key,
        "headers": {
            "List-Id": f"<advisories.{settings.SITE_HOST}>",
            "List-Unsubscribe": f"<{reader.unsubscribe}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    }


def why(reader):
    words = {"organization": settings.ORGANIZATION_NAME}
    if reader.follows:
        return _("You get this because you follow this meeting of %(organization)s.") % words
    return _("You get this because you subscribed to media advisories of %(organization)s.") % words


def alert(edition, language):
    """The letter about one edition: a first issue, a change, a reminder or a new language."""
    with translation.override(language):
        telling = Telling.of(edition, {}, language, at=edition.published_at)
        kind, changes = kind_of(edition, telling), changed(edition, telling)
        facts = [(label, lines) for label, lines in rows(telling) if label not in dict(changes)]  # told with the change
        address = settings.SITE_URL + telling.path
        values = {
            "kind": Words(kind, _piece("kind", kind=kind)),
            "title": Words(telling.words.title, _title(telling)),
            "words": Words(words_of(edition, language)),
            "facts": Words(_plain_rows(facts), _piece("rows", rows=facts) if facts else ""),
            "changes": Words(_plain_rows(changes), _piece("rows", rows=changes) if changes else ""),
            "address": Words(
                _("Read the advisory: %(url)s") % {"url": address}, _button(address, _("Read the advisory"))
            ),
        }
        return email_texts.compose(
            "alert", language, values | _own(), is_demonstration=bool(telling.facts.is_demonstration)
        )


def kind_of(edition, telling):
    """“Correction”, “Cancelled”, “Media advisory”: in the active language."""
    if edition.kind == EditionKind.FIRST:
        return str(AdvisoryForm(telling.facts.form).label)
    if edition.kind == EditionKind.TRANSLATION:
        return _("Now in %(languages)s") % {"languages": wording.languages(edition.languages)}
    return str(EditionKind(edition.kind).label)


def rows(telling):
    """(label, lines): when and where, as the advisory tells them."""
    when = [line for sitting in telling.sittings for line in text.sitting_lines(telling, sitting)]
    return [(label, lines) for label, lines in [(_("When"), when), (_("Where"), text.where(telling)[:1])] if lines]


def words_of(edition, language):
    """The officer's sentence on this edition's notice, or ""; in the original where it is not translated."""
    path, original = f"notices.{edition.number}.words", edition.facts["original_language"]
    return edition.texts.get(language, {}).get(path) or edition.texts[original].get(path, "")


def changed(edition, telling):
    """(label, [now, before]) for each line that this edition's own notice says was something else."""
    for notice in edition.facts.get("notices", []):
        if notice["number"] == edition.number:
            lines = notice["lines"]
            told = lines.get(telling.language) or lines.get(edition.facts["original_language"], [])
            return [(label, [is_now, _("before: %(was)s") % {"was": was}] if was else [is_now])
                    for label, was, is_now in told]  # fmt: skip
    return []


def digest(entries, language, *, day):
    """The letter of one day. ``entries``: editions, in the order they became public."""
    with translation.override(language):
        told = [_entry(edition, language) for edition in entries]
        values = {
            "day": Words(wording.day(day)),
            "advisories": Words("\n\n".join(entry.text for entry in told),
                                format_html_join("\n", "{}", ((entry.block,) for entry in told))),
        }  # fmt: skip
        is_demonstration = any(edition.facts.get("is_demonstration") for edition in entries)
        return email_texts.compose("digest", language, values | _own(), is_demonstration=is_demonstration)


def daily_alert(alert, language):
    """The letter of a day's meetings; ``alert`` is what ``advisory.alert.of_day`` gives in that language."""
    with translation.override(language):
        told = [_alert_row(row) for row in alert.rows]
        address = absolute("advisory:alert", language, day=alert.day)
        values = {
            "day": Words(wording.day(alert.day)),
            "meetings": Words("\n\n".join(row.text for row in told),
                              format_html_join("\n", "{}", ((row.block,) for row in told))),
            "address": Words(_("Read the media alert: %(url)s") % {"url": address},
                             _button(address, _("Read the media alert"))),
        }  # fmt: skip
        return email_texts.compose("daily_alert", language, values | _own(), is_demonstration=alert.is_demonstration)


def _alert_row(row):
    title, tags = _("%(hours)s: %(what)s"), wording.joined(str(tag.word) for tag in row.tags)
    lines = [title % {"hours": row.hours, "what": row.what}, row.context, row.place, row.also, tags, row.address]
    block = _piece(
        "entry",
        title=marks.within(title, hours=row.hours, what=row.what_marked),
        lines=filter(None, [row.context_marked, row.place_marked, row.also, tags]),
        url=row.address,
    )
    return Words("\n".join(filter(None, lines)), block)


def _entry(edition, language):
    telling = Telling.of(edition, {}, language, at=edition.published_at)
    title = _("%(kind)s: %(title)s") % {"kind": kind_of(edition, telling), "title": telling.words.title}
    url = settings.SITE_URL + telling.path
    lines = [line for _label, lines in rows(telling) for line in lines]
    lines += [": ".join([label, ", ".join(each)]) for label, each in changed(edition, telling)]
    return Words("\n".join([title, *lines, url]), _piece("entry", title=title, lines=lines, url=url))


def _own():
    """The stand-ins, in the words around them."""
    manage, unsubscribe = _("Change what you get"), _("Stop all e-mails")
    return {
        "why": Words(WHY),
        "manage": Words(f"{manage}: {MANAGE_LINK}", _piece("link", url=MANAGE_LINK, words=manage)),
        "unsubscribe": Words(
            f"{unsubscribe}: {UNSUBSCRIBE_LINK}", _piece("link", url=UNSUBSCRIBE_LINK, words=unsubscribe)
        ),
    }


def _title(telling):
    direction = "rtl" if telling.spoken in {"ar", "fa", "he", "ur"} else "ltr"
    lang = telling.spoken if telling.spoken != telling.language else ""
    return _piece("title", title=telling.words.title, lang=lang, dir=direction)


def _plain_rows(rows):
    return "\n".join(_("%(label)s: %(value)s") % {"label": label, "value": "\n  ".join(lines)} for label, lines in rows)


def _button(url, words):
    return _piece("button", url=url, words=words)


def _piece(name, **context):
    direction = "rtl" if translation.get_language_bidi() else "ltr"
    return render_to_string(f"advisory/email/_{name}.html", {"direction": direction, **context})
