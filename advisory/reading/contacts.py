"""Media contacts: who stands beside each telephone number and e-mail address."""

import re

from .contact_words import GENERIC, as_person, parse
from .sections import known_label

_SPLIT = re.compile(
    r"\s*(?:;|；|\||\t|(?<!\d)\s/\s|\s/\s(?!\d)"
    r"|(?:(?<=\d[ .-]\d\d)|(?<=\d[ .-]\d{3})|(?<=\d[ .-]\d{4})|(?<=\d{6}))\s/\s"
    r"|\n|\s(?:or|ou|oder|или)\s(?=[A-ZÀ-ÞА-Я]))\s*"
)


def read(sections, region):
    """Contacts in order of appearance; entries sharing a number or address are one."""
    found = []
    for section in sections:
        if section.name == "source" and not _has_address(section):
            continue
        found.extend(_section(section, region))
    return _merge(found)


def _has_address(section):
    return any("@" in line.text or re.search(r"\d{3}", line.text) for line in section.lines)


def _section(section, region):
    """Contacts of one section, paragraph by paragraph."""
    contact_section = section.name == "contact"
    if _DIAL_IN.search(section.label):
        return []
    office = _label_office(section)
    found, block = [], []
    for line in section.lines:
        if line.gap and block:
            found.extend(_block(block, region, contact_section))
            if (
                contact_section
                and found
                and not (found[-1].phones or found[-1].emails)
                and len(block) <= 3
                and not line.bullet
            ):
                tail = found.pop()
                block = [text for text in (tail.name, tail.office) if text]
            else:
                block = []
        block.append(line.text)
    found.extend(_block(block, region, contact_section))
    found = [contact for contact in found if contact.phones or contact.emails]
    if office and found and not found[0].office:
        found[0].office = office
    if office and len(found) > 1 and all(contact.name and contact.office in (None, office) for contact in found):
        for contact in found:
            contact.office = office
    elif (
        office
        and found
        and found[0].office != office
        and not found[0].name
        and contact_section
        and known_label(section.label) == "contact"
        and len(found) == 1
    ):
        found[0].office = f"{office}, {found[0].office}"
    return found


_DIAL_IN = re.compile(r"by phone|dial|webinar|meeting id|passcode|password|conference id|one tap|telephone audio", re.I)


def _label_office(section):
    """A heading that says whose number follows ('Logistics contact at airport', 'Press Office') is the office."""
    if section.name not in ("contact", "heading") or not section.label:
        return None
    label = section.label.strip(" :：")
    if label.casefold() in (
        "press office",
        "media office",
        "media relations",
        "pressestelle",
        "пресс-служба",
        "service de presse",
        "ufficio stampa",
        "spokesperson",
        "press officer",
        "relations médias",
        "relations avec les médias",
    ):
        return label if not re.search(r"spokes|officer", label, re.I) else None
    content = [word for word in re.findall(r"\w+", label.casefold()) if word not in GENERIC]
    telling = re.search(
        r"contact|desk|office|division|unit|department|section|service|secretariat|bureau|relations|mission",
        label,
        re.I,
    ) and not re.search(
        r"\b(?:please|informations?|información|veuillez|amples|weitere|information"
        r"|visit|call|interview|can|will)\b",
        label,
        re.I,
    )
    return label if len(content) >= 2 and telling and not as_person(label) else None


def _block(texts, region, contact_section):
    """Contacts of one paragraph or group of lines."""
    whole = "\n".join(texts)
    if "@" not in whole and not re.search(r"\d[\d\s().\-–]{4,}\d", whole) and not contact_section:
        return []
    contacts, current = [], None
    for text in texts:
        for piece in _pieces(text):
            parsed = parse(piece, region, contact_section)
            if not (parsed.phones or parsed.emails or ((parsed.name or parsed.office) and contact_section)):
                continue
            if current and not _starts_new(current, parsed):
                _extend(current, parsed)
            else:
                current = parsed
                contacts.append(current)
    return contacts


def _pieces(text):
    if len(text) > 4000:
        text = text[:4000]
    return [piece for piece in _SPLIT.split(text) if piece and piece.strip()]


def _starts_new(current, parsed):
    reached = current.phones or current.emails
    if parsed.name and (current.name or reached):
        return True
    return bool(
        parsed.office
        and reached
        and (parsed.phones or parsed.emails or not parsed.name)
        and not _same_office(current, parsed)
    )


def _same_office(current, parsed):
    return bool(current.office) and parsed.office == current.office


def _extend(current, parsed):
    current.name = current.name or parsed.name
    if parsed.office:
        current.office = f"{current.office}, {parsed.office}" if current.office else parsed.office
    current.phones += [phone for phone in parsed.phones if phone not in current.phones]
    current.emails += [email for email in parsed.emails if email not in current.emails]


def _merge(found):
    """One contact for entries that share a number or an address."""
    merged = []
    for contact in found:
        digits = {re.sub(r"\D", "", phone)[-7:] for phone in contact.phones}
        twin = next(
            (
                other
                for other in merged
                if (
                    set(map(str.lower, contact.emails)) & set(map(str.lower, other.emails))
                    or digits & {re.sub(r"\D", "", phone)[-7:] for phone in other.phones}
                )
                and (not contact.name or not other.name or contact.name == other.name)
            ),
            None,
        )
        if not twin:
            merged.append(contact)
            continue
        twin.name = twin.name or contact.name
        if len(contact.office or "") > len(twin.office or ""):
            twin.office = contact.office
        known = {re.sub(r"\D", "", phone) for phone in twin.phones}
        twin.phones += [phone for phone in contact.phones if re.sub(r"\D", "", phone) not in known]
        twin.emails += [email for email in contact.emails if email.lower() not in {e.lower() for e in twin.emails}]
    for contact in merged:
        contact.phones = list({re.sub(r"\D", "", phone): phone for phone in reversed(contact.phones)}.values())[::-1]
    return merged
