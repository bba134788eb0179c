"""Categories to begin with: what the field usually asks of press, civil society, delegation media and observers.

Each function makes one category of a meeting with its papers; every number and word of it can be changed afterwards.
The words are kept in each language in which they are known.
"""

from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accreditation import announcing
from accreditation.models import Category, EvidenceRule
from accreditation.states import EvidenceKind, IdentityRule, Medium, Part, Route, Standing
from advisory.models.languages import digest

OUTSIDE_CAP = [str(Part.ASSISTANT), str(Part.INTERPRETER)]
RECENT = _("Published in the last six months, with your name. Where your work appears without it, say so and have your "
           "editor confirm it.")  # fmt: skip
LETTER = _("On letterhead, signed and dated by the editor: your name and function, what you cover, from when to when.")
PRESS_CARD = _("Of a national or international association, or of your media organization.")


@dataclass(frozen=True)
class Paper:
    """One EvidenceRule; ``of`` is a medium or kind of organization, or "" for everybody."""

    of: str
    kind: EvidenceKind
    hint: str
    least: int = 1
    most: int = 1


@dataclass(frozen=True)
class Preset:
    name: str
    slug: str
    route: Route
    words: dict
    fields: dict = field(default_factory=dict)
    papers: tuple = ()


def letters(*media):
    return tuple(Paper(medium, EvidenceKind.LETTER_OF_ASSIGNMENT, LETTER) for medium in media)


PRESS = Preset(
    _("Press"),
    "press",
    Route.PRESS,
    {
        "intro": _("For everybody who reports on the meeting for an information medium."),
        "need_not_apply": _("Holders of a valid annual press accreditation of the house."),
        "declaration": _("What I have written is true. I will follow the rules of the house for the media."),
    },
    {
        "media": [str(medium) for medium in Medium if medium != Medium.DELEGATION_MEDIA],
        "standing_confirms": True,
        "identity": IdentityRule.PARTICULARS,
        "asks_nationality": True,
        "asks_equipment": True,
        "asks_portrait": True,
        "badge_letter": "P",
        "badge_colour": "#1d4e89",
    },
    (
        *letters(Medium.PRINT, Medium.ONLINE, Medium.AGENCY, Medium.RADIO, Medium.TELEVISION, Medium.PHOTO),
        Paper(
            Medium.FREELANCE, EvidenceKind.LETTER_OF_ASSIGNMENT,
            _("From a named media organization, on letterhead, signed and dated, for this meeting."),
        ),
        Paper(
            Medium.FILM, EvidenceKind.COMMISSION,
            _("A letter of a broadcaster or distributor that has undertaken to show the film."),
        ),
        Paper(
            Medium.TECHNICAL_CREW, EvidenceKind.SERVICE_LETTER,
            _("A letter of the broadcaster that names you or your company, and the service."),
        ),
        Paper(Medium.PRINT, EvidenceKind.WORK_SAMPLE, RECENT, 2, 3),
        Paper(
            Medium.ONLINE, EvidenceKind.WORK_SAMPLE,
            _("By-lined, of the last six months, from a site that gives a street address and a telephone number."),
            2, 3,
        ),
        Paper(Medium.AGENCY, EvidenceKind.WORK_SAMPLE, RECENT, 2, 3),
        Paper(
            Medium.RADIO, EvidenceKind.WORK_SAMPLE, _("Scripts or links of two reports of the last six months."), 2, 3,
        ),
        Paper(
            Medium.TELEVISION, EvidenceKind.WORK_SAMPLE,
            _("Scripts or links of two reports of the last six months; a crew may hand in the reporter’s."), 2, 3,
        ),
        Paper(
            Medium.PHOTO, EvidenceKind.WORK_SAMPLE, _("Published pages on which the photographs are credited to you."),
            2, 3,
        ),
        Paper(Medium.FREELANCE, EvidenceKind.WORK_SAMPLE, RECENT, 2, 3),
        Paper("", EvidenceKind.PRESS_CARD, PRESS_CARD, 0),
    ),
)  # fmt: skip
CIVIL_SOCIETY = Preset(
    _("Civil society"),
    "civil-society",
    Route.CIVIL_SOCIETY,
    {
        "intro": _("For representatives of organizations in consultative status, and of those specially accredited."),
        "need_not_apply": _("Members of a delegation: their permanent mission registers them."),
        "declaration": _(
            "What I have written is true. My organization sends me. I will follow the rules of the house."
        ),
    },
    {
        "standings": [str(Standing.CONSULTATIVE), str(Standing.SPECIAL)],
        "needs_endorsement": True,
        "cap_per_organization": 4,
        "outside_cap": OUTSIDE_CAP,
        "minimum_age": 16,
        "chaperone_below": 18,
        "identity": IdentityRule.PARTICULARS,
        "asks_nationality": True,
        "asks_portrait": True,
        "allows_remote": True,
        "offers_speaking": True,
        "speaking_minutes": 3,
        "badge_letter": "C",
        "badge_colour": "#5b2c83",
    },
    (
        Paper(
            "", EvidenceKind.DESIGNATION_LETTER,
            _("On letterhead, dated and signed by the head or the focal point, with names and functions. One letter "
              "may serve all whom the organization sends."),
        ),
    ),
)  # fmt: skip
DELEGATION_MEDIA = Preset(
    _("Media travelling with a delegation"),
    "delegation-media",
    Route.PRESS,
    {
        "intro": _("For official photographers, camera crews and reporters who travel with a delegation."),
        "need_not_apply": _("Independent media: they apply as press."),
        "declaration": _("What I have written is true. I will follow the rules of the house for the media."),
    },
    {
        "media": [str(Medium.DELEGATION_MEDIA)],
        "identity": IdentityRule.PARTICULARS,
        "asks_nationality": True,
        "asks_equipment": True,
        "asks_vehicles": True,
        "asks_portrait": True,
        "badge_letter": "M",
        "badge_colour": "#7a4100",
    },
    (
        Paper(
            Medium.DELEGATION_MEDIA, EvidenceKind.MISSION_LETTER,
            _("A letter of the permanent mission with the names, functions and media organizations of all who travel."),
        ),
    ),
)  # fmt: skip
OBSERVERS = Preset(
    _("Observers"),
    "observers",
    Route.CIVIL_SOCIETY,
    {
        "intro": _("For universities, foundations and other organizations that are invited to follow the meeting."),
        "declaration": _("What I have written is true. I will follow the rules of the house."),
    },
    {
        "standings": [str(Standing.OTHER)],
        "cap_per_organization": 2,
        "outside_cap": OUTSIDE_CAP,
        "minimum_age": 18,
        "identity": IdentityRule.PARTICULARS,
        "allows_remote": True,
        "badge_letter": "O",
        "badge_colour": "#355e3b",
    },
    (Paper("", EvidenceKind.DESIGNATION_LETTER, _("On letterhead, dated and signed, with names and functions."), 0),),
)
EMPTY = Preset(_("An empty category"), "category", Route.PRESS, {})
PRESETS = {
    "press": PRESS,
    "civil_society": CIVIL_SOCIETY,
    "delegation_media": DELEGATION_MEDIA,
    "observers": OBSERVERS,
    "empty": EMPTY,
}


def press(meeting):
    return make(PRESS, meeting)


def civil_society(meeting):
    return make(CIVIL_SOCIETY, meeting)


def delegation_media(meeting):
    return make(DELEGATION_MEDIA, meeting)


def observers(meeting):
    return make(OBSERVERS, meeting)


@transaction.atomic
def make(preset, meeting):
    """Add the preset's category after the meeting's others; its slug gets a number where another has it.

    It opens and closes as the meeting's access notice of its kind says, where there is one.
    """
    others = list(meeting.categories.all())
    category = Category.objects.create(
        meeting=meeting,
        position=max((other.position for other in others), default=0) + 1,
        route=preset.route,
        **announcing.hours_announced(meeting, preset.slug, preset.route),
        slug=free_slug(preset.slug, {other.slug for other in others}),
        **told({"name": preset.name} | preset.words, meeting.original_language),
        **preset.fields,
    )
    EvidenceRule.objects.bulk_create(
        EvidenceRule(
            category=category, position=position, asked_of=str(paper.of), kind=paper.kind, least=paper.least,
            most=paper.most, **told({"hint": paper.hint}, meeting.original_language),
        )
        for position, paper in enumerate(preset.papers, start=1)
    )  # fmt: skip
    return category


def free_slug(slug, taken):
    return next(free for free in [slug, *(f"{slug}-{number}" for number in range(2, 1000))] if free not in taken)


def told(words, original):
    """The words in the original language (English where it has no pages), and {language: {name: words}} of the rest."""
    original = original if original in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    spoken = {language: said(words, language) for language, _name in settings.LANGUAGES}
    first = spoken.pop(original)
    others = {
        language: {name: text for name, text in texts.items() if text != first[name]}
        for language, texts in spoken.items()
    }
    translations = {language: texts for language, texts in others.items() if texts}
    made_from = {language: {name: digest(first[name]) for name in texts} for language, texts in translations.items()}
    return first | {"translations": translations, "made_from": made_from}


def said(words, language):
    with translation.override(language):
        return {name: str(text) for name, text in words.items()}
