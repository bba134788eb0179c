"""One edition in one language, put together for the renderers: facts, texts and people in one plain structure."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

LISTS = [
    "sittings", "programme", "stakeouts", "access_notices", "speakers", "contacts", "documents", "links", "webcasts",
    "photos", "notices",
]  # fmt: skip


class Part(dict):
    """A dictionary whose missing words read as empty: a text that was never written is not an error."""

    def __missing__(self, name):
        return ""

    __getattr__ = dict.__getitem__


@dataclass
class Telling:
    """What a renderer reads. Lists hold Parts in the edition's order; dates and times are parsed, zones are names."""

    language: str  # of the page: dates, labels
    spoken: str  # of the texts: the original's where there is no translation
    number: int
    kind: str
    languages: list
    published_at: datetime
    facts: Part
    words: Part
    good_until: datetime | None = None
    lists: dict = field(default_factory=dict)

    @classmethod
    def of(cls, edition, people, language, *, at):
        """Reads schemas 1 and 2. ``at`` decides which contacts' last day has passed; later ones set ``good_until``."""
        texts = edition.texts.get(language) or edition.texts[edition.facts["original_language"]]
        facts = edition.facts
        telling = cls(
            language=language,
            spoken=language if language in edition.texts else facts["original_language"],
            number=edition.number,
            kind=edition.kind,
            languages=sorted(edition.texts),
            published_at=edition.published_at.astimezone(ZoneInfo(facts["time_zone"] or "UTC")),
            facts=Part({name: value for name, value in facts.items() if name not in LISTS}),
            words=Part({path: text for path, text in texts.items() if "." not in path}),
        )
        if name := facts.get("body_names", {}).get(language):
            telling.words["body"] = name
        telling.lists = {name: [_part(fact, texts, people) for fact in facts.get(name, [])] for name in LISTS}
        for notice in telling.notices:
            notice["lines"] = [dict(zip(("label", "was", "is"), line, strict=True)) for line in notice.lines[language]]
        telling._let_contacts_rest(at)
        return telling

    def __getattr__(self, name):
        if name in LISTS:
            return self.__dict__["lists"][name]
        raise AttributeError(name)

    @property
    def path(self):
        return f"/meetings/{self.facts.year}/{self.facts.slug}/"

    @property
    def address(self):
        return settings.SITE_URL + self.path

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
