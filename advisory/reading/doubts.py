"""Warnings a person can act on, each beside the field it belongs to."""

import re
from urllib.parse import urlsplit

from .addresses import is_noise
from .draft import Warning, gettext_noop
from .people import NAME, OFFICE, as_name

_ACCESS = re.compile(
    r"accredit|register|registration|rsvp|inscri|acredita|akkredit|anmeld|аккредит|регистр|اعتماد|تسجيل"
    r"|注册|报名|登记|采访证|press (?:card|pass|badge|id)|open to (?:the )?(?:press|media)",
    re.I,
)


def read(draft, *, text, zone_said, tracker_found, http_found):
    """Warnings about a filled draft, in the order of the form."""
    return [
        *_missing(draft, text),
        *_times(draft, zone_said),
        *_people(draft, text),
        *_contacts(draft),
        *_links(draft, tracker_found, http_found),
    ]


def _missing(draft, text):
    if not draft.title:
        yield Warning("missing_title", "title", gettext_noop("No title was found. Write what the meeting is called."))
    if not draft.start_date:
        yield Warning(
            "missing_date",
            "start_date",
            gettext_noop("No date of the meeting was found. Enter the day it takes place."),
        )
    if not draft.start_time:
        yield Warning(
            "missing_time",
            "start_time",
            gettext_noop("No starting time was found. Enter it, or mark it as to be confirmed."),
        )
    if not draft.venue and not draft.city and not draft.webcast:
        yield Warning(
            "missing_place",
            "venue",
            gettext_noop("No place was found. Enter the room, building and city, or the address to join online."),
        )
    if not draft.contacts:
        yield Warning(
            "missing_contact",
            "contacts",
            gettext_noop("No media contact was found. Add a name or desk with an e-mail address or telephone."),
        )
    if not _ACCESS.search(text):
        yield Warning(
            "missing_accreditation",
            "accreditation",
            gettext_noop("The text does not say how journalists get in. Say who must apply, where, and by when."),
        )
    if draft.embargo:
        yield Warning(
            "embargo_found",
            "embargo",
            gettext_noop(
                "The text names an embargo until %(instant)s. Confirm the moment and its zone before publishing."
            ),
            {"instant": draft.embargo},
        )


def _times(draft, zone_said):
    if draft.start_time and not zone_said:
        sentence = gettext_noop("The time has no zone: enter the zone of the place. Confirm it.")
        if draft.time_zone:
            sentence = gettext_noop("The time has no zone: %(zone)s is proposed from the text. Confirm it.")
        if draft.time_zone and draft.city:
            sentence = gettext_noop("The time has no zone: %(zone)s is proposed from %(city)s. Confirm it.")
        values = {"zone": draft.time_zone, "city": draft.city} if draft.time_zone else {}
        yield Warning("missing_zone", "time_zone", sentence, values)


def _people(draft, text):
    if re.search(r"\bSecretary General\b", text) and re.search(r"\bSecretary-General\b", text):
        yield Warning(
            "spelling_varies",
            "who",
            gettext_noop("“Secretary General” and “Secretary-General” both occur. Use one spelling."),
        )
    unnamed = [
        entry
        for entry in draft.who
        if OFFICE.search(entry)
        and not any(as_name(found[0]) and not OFFICE.search(found[0]) for found in NAME.finditer(entry))
    ]
    if unnamed:
        yield Warning(
            "unnamed_office_holder",
            "who",
            gettext_noop("“%(office)s” has no name. Add the name, or mark it as to be announced."),
            {"office": unnamed[0]},
        )


def _contacts(draft):
    for contact in draft.contacts:
        for phone in contact.phones:
            if not phone.lstrip("([ ").startswith(("+", "00")) and not re.match(r"\[\d{1,3}-", phone):
                yield Warning(
                    "phone_without_country",
                    "contacts",
                    gettext_noop("The telephone %(number)s has no country code. Add it, such as +41 or +1."),
                    {"number": phone},
                )
                return


def _links(draft, tracker_found, http_found):
    if http_found:
        yield Warning(
            "http_link", "links", gettext_noop("An address begins with http://. Check that https:// works and use it.")
        )
    for address in draft.webcast:
        try:
            parts = urlsplit(address if "//" in address else f"//{address}")
        except ValueError:
            continue
        if parts.path.strip("/") == "" and not parts.query and not is_noise(address):
            yield Warning(
                "webcast_home_page",
                "webcast",
                gettext_noop("%(address)s is a home page. Give the address of this meeting's webcast."),
                {"address": address},
            )
            break
    if tracker_found:
        yield Warning(
            "tracker_removed", "links", gettext_noop("A tracking, sharing or unsubscribe address was removed.")
        )
