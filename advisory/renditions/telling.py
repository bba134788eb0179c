"""One edition in one language, put together for the renderers: facts, texts and people in one plain structure.

A page never mixes languages in running prose. A text that the language does not have yet is either a name, which
stands in the original's language and says so (``Foreign``), or prose, which is left out in favour of one link to the
page that has it (``full_text``). An officer's sentence in a notice may not be missing, and stands like a name.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from advisory.words import WebcastKind
from config import languages

LISTS = [
    "sittings", "programme", "stakeouts", "access_notices", "speakers", "contacts", "documents", "links", "webcasts",
    "photos", "notices",
]  # fmt: skip


# Last words of the paths that name something; every other path is prose
NAMES = {
    "title", "theme", "room", "overflow_room", "building", "address", "city", "country", "body", "office", "label",
    "credit",
}  # fmt: skip


class Foreign(str):
    """A name in another language than the page's; ``language`` is its code."""

    def __new__(cls, text, language):
        name = super().__new__(cls, text)
        name.language = language
        return name


class Part(dict):
    """A dictionary whose missing words read as empty: a text that was never written is not an error."""

    def __missing__(self, name):
        return ""

    __getattr__ = dict.__getitem__


@dataclass
class Telling:
    """What a renderer reads. Lists hold Parts in the edition's order; dates and times are parsed, zones are names."""

    language: str  # of the page: dates, labels
    spoken: str  # of the title: the original's where there is no translation
    number: int
    kind: str
    languages: list
    published_at: datetime
    facts: Part
    words: Part
    full_text: str = ""  # language of the page with the prose that this one leaves out
    good_until: datetime | None = None
    lists: dict = field(default_factory=dict)

    @classmethod
    def of(cls, edition, people, language, *, at):
        """Reads schemas 1 and 2. ``at`` decides which contacts' last day has passed; later ones set ``good_until``."""
        facts = edition.facts
        texts, full_text = _told(edition, language)
        telling = cls(
            language=language,
            spoken=getattr(texts.get("title"), "language", language),
            number=edition.number,
            kind=edition.kind,
            languages=sorted(edition.texts),
            published_at=edition.visible_from.astimezone(ZoneInfo(facts["time_zone"] or "UTC")),
            facts=Part({name: value for name, value in facts.items() if name not in LISTS}),
            words=Part({path: text for path, text in texts.items() if "." not in path}),
            full_text=full_text,
        )
        telling.lists = {name: [_part(fact, texts, people) for fact in facts.get(name, [])] for name in LISTS}
        for notice in telling.notices:
            lines = notice.lines.get(language) or notice.lines.get(settings.LANGUAGE_CODE, [])
            notice["lines"] = [dict(zip(("label", "was", "is"), line, strict=True)) for line in lines]
        for notice in telling.access_notices:
            if notice.route:  # our own form, in the page's language
                notice["address"] = telling.address + notice.route
        telling.webcasts.sort(key=lambda webcast: webcast.kind != WebcastKind.RECORDING)
        telling._let_contacts_rest(at)
        return telling

    def __getattr__(self, name):
        if name in LISTS:
            return self.__dict__["lists"][name]
        raise AttributeError(name)

    @property
    def root(self):
        """Path of the page in the default language, under which files stand for all."""
        return f"/meetings/{self.facts.year}/{self.facts.slug}/"

    @property
    def path(self):
        return languages.address(self.root, self.language)

    @property
    def full_text_address(self):
        return settings.SITE_URL + languages.address(self.root, self.full_text)

    @property
    def address(self):
        return settings.SITE_URL + self.path

    @property
    def is_original(self):
        return self.language == self.facts.original_language

    def in_original(self, name):
        """A name that stands beside the texts, such as a photograph's credit, in the original's language alone."""
        return name if self.is_original or not name else Foreign(name, self.facts.original_language)

    @property
    def zone(self):
        return ZoneInfo(self.facts.time_zone or "UTC")

    def _let_contacts_rest(self, at):
        """After a contact's last day, or once blanked, the press desk stands in and the name is gone."""
        for contact in self.contacts:
            ends = contact.shown_until and datetime.combine(
                contact.shown_until + timedelta(days=1), time.min, self.zone
            )
            if ends and at < ends:
                self.good_until = min(ends, self.good_until or ends)
            contact["is_desk"] = contact.person is None or bool(ends and at >= ends)
            if contact.is_desk:
                contact["person"] = Part(
                    name="",
                    phones=[settings.PRESS_DESK_PHONE] if settings.PRESS_DESK_PHONE else [],
                    emails=[settings.PRESS_DESK_EMAIL] if settings.PRESS_DESK_EMAIL else [],
                )


PARSED = {
    "date": date.fromisoformat,
    "end_date": date.fromisoformat,
    "opens_on": date.fromisoformat,
    "closes_on": date.fromisoformat,
    "shown_until": date.fromisoformat,
    "start_time": time.fromisoformat,
    "end_time": time.fromisoformat,
    "opens_time": time.fromisoformat,
    "closes_time": time.fromisoformat,
    "starts_at": datetime.fromisoformat,
    "ends_at": datetime.fromisoformat,
    "at": datetime.fromisoformat,
    "opens_at": datetime.fromisoformat,
    "closes_at": datetime.fromisoformat,
}


def title_in(edition, language):
    """What ``Telling`` says in ``words.title``, without reading the rest."""
    return _told(edition, language)[0].get("title", "")


def _told(edition, language):
    """The texts of a page by path, and the language of the page that has the prose left out here, or "".

    An original in a language without pages of its own is told in full, and marked, on the default language's page.
    """
    original = edition.facts["original_language"]
    own, body = edition.texts.get(language, {}), _body(edition.facts, language)
    if language == original:
        return own | body, ""
    own = body | own
    has_page = original in dict(settings.LANGUAGES)
    tells_all = language == settings.LANGUAGE_CODE and not has_page
    texts, left_out = dict(own), False
    for path, text in edition.texts.get(original, {}).items():
        if path in own:
            continue
        if tells_all or path.rpartition(".")[2] in NAMES or path.startswith("notices."):
            texts[path] = Foreign(text, original)
        else:
            left_out = True
    return texts, (original if has_page else settings.LANGUAGE_CODE) if left_out else ""


def _body(facts, language):
    """The body's name by its path: its own in this language, or that in the default one; nothing before schema 2."""
    names = facts.get("body_names", {})
    if language in names:
        return {"body": names[language]}
    default = settings.LANGUAGE_CODE
    return {"body": Foreign(names[default], default)} if default in names else {}


def _part(fact, texts, people):
    prefix = fact["key"] + "."
    part = Part({name: PARSED[name](value) if value and name in PARSED else value for name, value in fact.items()})
    part.update({path.removeprefix(prefix): text for path, text in texts.items() if path.startswith(prefix)})
    if "person" in fact:
        content = fact["person"] and people.get(fact["person"]["id"])
        part["person"] = Part(content) if content else None
        part["was_named"] = fact["person"] is not None
        part["digest"] = fact["person"]["digest"] if fact["person"] else ""
    return part
