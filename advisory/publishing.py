"""The only way from a draft to an Edition. A publication is whole or it has not happened."""

import secrets
import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext

from advisory import checklist, languages, lookup, notices, renditions, search, signatures
from advisory.freezing import SCHEMA, freeze
from advisory.models import Edition, Meeting, PublishedPerson
from advisory.words import EditionKind, MeetingStatus
from office import chain

SETTLING = timedelta(seconds=5)  # a waiting edition this near its instant is as good as public


class PublishRefused(ValidationError):
    """Nothing was published; the message says what to do first."""


@transaction.atomic
def publish(meeting, *, by, kind=None, words="", at=None, resumes=False, approved_by=None):
    """Freeze the meeting into an Edition with its renditions and return it.

    ``kind`` is an EditionKind; None means first issue, or update where something is public already. ``words`` is the
    officer's own sentence in the notice. ``at`` is the instant from which it is public: None means now, or the instant
    for which an edition waits already, which this one then replaces under its number. No instant comes before the
    embargo. ``resumes`` says that a postponed or cancelled meeting goes ahead. Raises PublishRefused when a fact is
    missing without which nobody could come, or a second officer's approval; then, as on any error, nothing changes.
    """
    meeting = _locked(meeting)
    refuse_unless_ready(meeting)
    refuse_unless_approved(meeting, by, approved_by)
    public, waiting, last = _before(meeting)
    kind, words = _kept(_kind(kind, public), words, waiting)
    _open_to_public(meeting, kind, resumes=resumes)
    frozen = freeze(meeting)
    people = _keep_people(meeting, frozen)
    original = frozen.texts[meeting.original_language]
    frozen.texts |= languages.texts(meeting, original, waiting or public)
    now = timezone.now()
    edition = _draft_edition(meeting, frozen, public, waiting, kind=kind, now=now)
    edition.visible_from = max(filter(None, [now, at or (waiting and waiting.visible_from), meeting.embargo_until]))
    edition.by, edition.approved_by = by, approved_by
    notices.stand(edition, public, words=words)
    languages.say_notices(edition)
    _add(edition, last, waiting, people)
    languages.mark_published(meeting, list(frozen.texts))
    return edition


@transaction.atomic
def publish_translation(meeting, language, *, by, approved_by=None):
    """Issue the latest edition once more with one language's reviewed texts; facts and other languages are copied.

    It carries no notice of its own. A waiting edition is replaced under its number and keeps its kind and its instant.
    ``by`` and ``approved_by`` answer for this language: whoever answers for the rest stands in the row before.
    """
    meeting = _locked(meeting)
    refuse_unless_approved(meeting, by, approved_by)
    public, waiting, last = _before(meeting)
    base = waiting or public
    if base is None:
        raise PublishRefused(gettext("Nothing is published yet. Publish the advisory; what is reviewed goes with it."))
    if language not in languages.ready(meeting):
        raise PublishRefused(gettext("This language is a draft. Mark it as reviewed first."))
    told = languages.fitting(meeting, language, base.texts[base.facts["original_language"]])
    if not told:
        raise PublishRefused(gettext("No text of this language fits the published words. Bring it up to date first."))
    now = timezone.now()
    edition = Edition(
        meeting=meeting,
        number=base.number if waiting else base.number + 1,
        kind=base.kind if waiting else EditionKind.TRANSLATION,
        schema=base.schema,
        languages=base.languages if waiting else [language],
        facts=base.facts,
        texts=base.texts | {language: base.texts.get(language, {}) | told},
        published_at=now,
        visible_from=max(now, base.visible_from),
        by=by,
        approved_by=approved_by or (base.approved_by if waiting and base.approved_by != by else None),
    )
    _add(edition, last, waiting, list(base.people.all()))
    languages.mark_published(meeting, [language])
    return edition


@transaction.atomic
def hold_back(meeting):
    """Withdraw the edition that waits for an instant before the embargo's and return it; None where there is none.

    Its row stays in the chain and never shows. Publishing again takes its number, and no instant before the embargo.
    One within SETTLING of its instant stays.
    """
    meeting = _locked(meeting)
    if not meeting.embargo_until:
        return None
    early = meeting.editions.filter(superseded_at__isnull=True, visible_from__gt=Now())
    waiting = early.filter(visible_from__lt=meeting.embargo_until).first()
    if waiting is None or waiting.visible_from <= timezone.now() + SETTLING:
        return None
    waiting.superseded_at = timezone.now()
    waiting.save(update_fields=["superseded_at"])
    transaction.on_commit(lookup.forget)
    return waiting


def refuse_unless_ready(meeting):
    """Raise PublishRefused, naming every fact without which nobody could come."""
    if missing := checklist.blockers(meeting):
        raise PublishRefused([concern.sentence for concern in missing])


def refuse_unless_approved(meeting, by, approved_by):
    """The demonstration of a site's first start stands before any officer does, and needs none."""
    is_first_start = meeting.is_demonstration and by is None
    if settings.APPROVAL and approved_by is None and not is_first_start:
        raise PublishRefused(
            gettext("A second officer must approve what is published. Propose it; nothing was published.")
        )
    if approved_by is not None and approved_by == by:
        raise PublishRefused(gettext("Whoever proposed it cannot approve it."))


def next_edition(meeting, *, kind=None, words="", resumes=False):
    """The unsaved edition that would be published now, and its people as {id: content}."""
    public, waiting, _ = _before(meeting)
    kind, words = _kept(_kind(kind, public), words, waiting)
    meeting = Meeting.objects.select_related("body").get(pk=meeting.pk)
    meeting.status = _status(meeting, kind, resumes=resumes)
    frozen = freeze(meeting)
    people = _keep_people(meeting, frozen, save=False)
    frozen.texts |= languages.texts(meeting, frozen.texts[meeting.original_language], waiting or public)
    frozen.facts["year"] = frozen.facts["year"] or first_year(frozen.facts)
    edition = _draft_edition(meeting, frozen, public, waiting, kind=kind, now=timezone.now())
    notices.stand(edition, public, words=words)
    languages.say_notices(edition)
    return edition, {str(person.id): person.content for person in people}


def preview(meeting, *, language=None, format="page", kind=None, words=""):
    """The bytes the next edition would have, from the draft rows. Nothing is stored."""
    edition, people = next_edition(meeting, kind=kind, words=words)
    language = language or meeting.original_language
    return renditions.render(edition, people, language, format, at=edition.published_at)


def content_digest(meeting):
    """Changes with every word and fact that would be published; what a second officer approves.

    Not with the calendar: a contact's last day that nobody chose moves on with each day.
    """
    frozen = freeze(Meeting.objects.select_related("body").get(pk=meeting.pk))
    chosen = dict(meeting.contacts.values_list("pk", "shown_until"))
    for contact in frozen.facts["contacts"]:
        if chosen[int(contact["key"].partition(".")[2])] is None:
            contact["shown_until"] = None
    return chain.link(chain.BEGINNING, {"facts": frozen.facts, "texts": frozen.texts, "people": frozen.people})


def first_year(facts):
    """Year of the first day; while that is to be announced, the present one."""
    return date.fromisoformat(facts["first_day"]).year if facts["first_day"] else timezone.now().year


def _locked(meeting):
    return Meeting.objects.select_for_update(of=("self",)).select_related("body").get(pk=meeting.pk)


def _before(meeting):
    """(the public edition, the one waiting for its instant, the last row of the chain), each or None."""
    last = meeting.editions.order_by("-sequence").first()
    public = meeting.editions.visible().order_by("-number").first()
    waiting = meeting.editions.filter(superseded_at__isnull=True, visible_from__gt=Now()).first()
    if waiting and waiting.visible_from <= timezone.now() + SETTLING:
        said = gettext("Edition %(number)s becomes public this moment. Try again when it has.")
        raise PublishRefused(said % {"number": waiting.number})
    return public, waiting, last


def _kind(kind, public):
    """The kind asked for, where it can be: until something is public, every issue is the first."""
    if public is None:
        if kind not in (None, EditionKind.FIRST):
            raise PublishRefused(gettext("Nothing is public yet: the first issue comes before any notice."))
        return EditionKind.FIRST
    kind = EditionKind(kind or EditionKind.UPDATE)
    if kind == EditionKind.FIRST:
        raise PublishRefused(gettext("The first issue comes once; choose update or correction after it."))
    if kind == EditionKind.TRANSLATION:
        raise PublishRefused(gettext("A translation is published from its own page."))
    return kind


def _kept(kind, words, waiting):
    """A typing error mended in what waits leaves its notice standing, or readers would never hear of the change."""
    if kind != EditionKind.TYPO or waiting is None or waiting.kind == EditionKind.TRANSLATION:
        return kind, words
    original = waiting.texts[waiting.facts["original_language"]]
    return EditionKind(waiting.kind), words or original.get(f"notices.{waiting.number}.words", "")


def _status(meeting, kind, *, resumes):
    if kind in (EditionKind.POSTPONED, EditionKind.CANCELLED):
        return MeetingStatus(kind.value)
    return MeetingStatus.CONFIRMED if resumes or meeting.status == MeetingStatus.DRAFT else meeting.status


def _open_to_public(meeting, kind, *, resumes):
    """Set the state that the edition announces, and on the first issue the year of the address, for ever."""
    meeting.status = _status(meeting, kind, resumes=resumes)
    if meeting.url_year is None:
        meeting.url_year = first_year(freeze(meeting).facts)
    try:
        with transaction.atomic():
            meeting.save(update_fields=["status", "url_year"])
    except IntegrityError:  # the one constraint that these fields can break
        raise PublishRefused(gettext("Another meeting of that year has this address. Change the slug.")) from None


def _draft_edition(meeting, frozen, public, waiting, *, kind, now):
    number = waiting.number if waiting else public.number + 1 if public else 1
    return Edition(
        meeting=meeting,
        number=number,
        kind=kind,
        schema=SCHEMA,
        languages=sorted(frozen.texts),
        facts=frozen.facts,
        texts=frozen.texts,
        published_at=now,
        visible_from=now,
    )


def _add(edition, last, waiting, people):
    """Chain the edition after ``last``, in place of ``waiting``, with its renditions."""
    facts = edition.facts
    edition.sequence = last.sequence + 1 if last else 1
    edition.previous_hash = last.hash if last else chain.BEGINNING
    edition.hash = chain.link(edition.previous_hash, chained_content(edition))
    edition.year, edition.slug = facts["year"], facts["slug"]
    edition.first_day, edition.last_day = facts["first_day"], facts["last_day"]
    edition.starts_at = facts["starts_at"] and datetime.fromisoformat(facts["starts_at"])
    if waiting:
        waiting.superseded_at = edition.published_at
        waiting.save(update_fields=["superseded_at"])
    edition.save(force_insert=True)
    signatures.sign([edition])
    edition.people.set(people)
    search.index(edition)
    renditions.make_all(edition)
    transaction.on_commit(lookup.forget)


def chained_content(edition):
    """What the edition's hash covers, rebuilt from its row."""
    names = ["number", "kind", "schema", "languages", "facts", "texts"]
    content = {name: getattr(edition, name) for name in names} | {
        "published_at": edition.published_at.isoformat(),
        "visible_from": edition.visible_from.isoformat(),
        "by": edition.by_id,
    }
    return content if edition.schema == 1 else content | {"approved_by": edition.approved_by_id}


def _keep_people(meeting, frozen, *, save=True):
    """Write each person's id and digest into the facts; reuse the row of somebody published with the same content."""
    known = {chain.canonical(row.content): row for row in meeting.published_people.filter(blanked_at__isnull=True)}
    kept = []
    for relation in ("contacts", "speakers"):
        for fact in frozen.facts[relation]:
            content = frozen.people.get(fact["key"])
            fact["person"] = None
            if content is None:
                continue
            person = known.get(chain.canonical(content))
            if person is None:
                person = PublishedPerson(id=uuid.uuid4(), meeting=meeting, salt=secrets.token_hex(16), content=content)
                if save:
                    person.save(force_insert=True)
                known[chain.canonical(content)] = person
            fact["person"] = {"id": str(person.id), "digest": chain.link(person.salt, content)}
            kept.append(person)
    return kept
