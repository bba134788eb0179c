"""Media contacts: who stands beside each telephone number and e-mail address."""

import re

from .addresses import find_emails, find_phones, find_urls
from .draft import Contact
from .people import NAME, OFFICE, as_name
from .sections import known_label

_CUE = re.compile(
    r"(?:\b(?:office|desk|direct|[tmepcow])\b\.?\s?[:：]|\b(?:office|direct|cell|mobile)(?=\s?(?:\x00"
    r"|$))|\b(?:e-?mails?|mail|e-?mail address|courriels?|correo(?:s)?(?:\selectrónicos?)?"
    r"|tel(?:ephone)?s?|tél(?:éphone)?|phones?|mobiles?|mob|cell(?:ular)?|handy|portable|telefon"
    r"|teléfonos?|tfno|tlf|celular|móvil|whatsapp|fax|landline|website|twitter|toll[- ]free|after hours"
    r"|weekends?|ext|тел|телефоны?|моб|эл\. почта|электронная почта|e-mail|почта|адрес)\b\.?\s?[:.：]?"
    r"|电话[:：]?|手机[:：]?|邮箱[:：]?|电子邮件[:：]?|邮件[:：]?|电邮[:：]?|传真[:：]?|هاتف\s?[:：]?|جوال\s?[:：]?"
    r"|البريد الإلكتروني\s?[:：]?|بريد إلكتروني\s?[:：]?|الهاتف\s?[:：]?|✉|☎|📞|📧)",
    re.I,
)
_LEAD = re.compile(
    r"^.*?(?:\bplease (?:contact|call|e-?mail|write to|get in touch with|reach out to|confirm (?:with"
    r"|to)|refer to|address)|\bcontact(?:er|ez|ar|en|o)?\b(?:\s(?:is|person|persons|with))?:?"
    r"|\bconfirm (?:with|to)|\bwrite to|\bget in touch with|\breach|\bvia|\b(?:call"
    r"|email)\s(?=(?:the\s)?[A-Z][a-z])|écrire à|contacter|s['’]adresser à|joindre|dirigirse a"
    r"|comunicarse con|contactarse con|contactar (?:con|a)|escribir a|escribiendo a|wenden sie sich (?:bitte )?an"
    r"|kontaktieren sie|обращаться (?:к|по|в)|请联系|联系|联系人|الاتصال ب|التواصل مع"
    r"|interviews? with)\s*[:：]?\s*",
    re.I,
)
_FILLER = re.compile(
    r"^(?:for (?:more|further|additional|media|press|any|interviews?|general|all)\b.*|media|press|or"
    r"|and|at|by|on|to|the|a|please|contacts?|media contacts?|press contacts?|via|call|ou|et|o|y|oder"
    r"|und|или|или по|и|au|à|al|par|por|unter|toll[- ]free|sans frais|cell|mobile|[A-Za-zА-я]+ mobile"
    r"|office|home|work|whatsapp|sms|texts?|only|tel|email|send an email|top|bureau|direct"
    r"|или по телефону|по|тел|contact|number|numbers|tel\.?|phone|see|also|english|french|spanish"
    r"|français|anglais|english/french|en|fr|es|whatsapp only|name|nom|nombre|tbc|24/7|或|转|和|أو|و"
    r"|information|journalists|questions?.*|us|them|address|line|hotline)$",
    re.I,
)
_GENERIC = frozenset(
    "media press contact contacts for the and of to information more further inquiries enquiries relati"
    "ons please queries interviews interview presse médias contacto prensa de para medios la los le les"
    " la kontakt person persons details additional questions visit any all journalists about event on t"
    "his local".split()
)
_SPLIT = re.compile(r"\s*(?:;|；|\||\t|\s/\s|\n|\s(?:or|ou|oder|или)\s(?=[A-ZÀ-ÞА-Я]))\s*")


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
    content = [word for word in re.findall(r"\w+", label.casefold()) if word not in _GENERIC]
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
    return label if len(content) >= 2 and telling and not as_name(label) else None


def _block(texts, region, contact_section):
    """Contacts of one paragraph or group of lines."""
    whole = "\n".join(texts)
    if "@" not in whole and not re.search(r"\d[\d\s().\-–]{4,}\d", whole) and not contact_section:
        return []
    contacts, current = [], None
    for text in texts:
        for piece in _pieces(text):
            parsed = _piece(piece, region, contact_section)
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


def _piece(text, region, contact_section):
    """One contact's name, office, phones and addresses out of a line or a part of it."""
    emails, urls = find_emails(text), find_urls(text)
    cleared = _blank(text, [*emails, *urls])
    phones = find_phones(cleared, region, in_contact=contact_section or bool(emails))
    contact = Contact(
        phones=[phone.text for phone in phones], emails=list(dict.fromkeys(email.text for email in emails))
    )
    reached = [item.start for item in (*emails, *phones)]
    rest = _blank(cleared, phones)
    prose = len(re.findall(r"\w+", rest)) > 14
    if prose and reached:
        rest = rest[: max(reached)] if contact_section else rest[: min(reached)]
    _words(contact, rest, prose, contact_section)
    return contact


def _blank(text, items):
    for item in items:
        text = text[: item.start] + "\x00" * (item.end - item.start) + text[item.end :]
    return text


def _words(contact, rest, prose, contact_section):
    """Fill name and office from what is left of a line."""
    lead = _LEAD.match(rest)
    if lead and lead.end() < len(rest):
        rest = rest[lead.end() :]
    elif prose and not contact_section:
        rest = rest if (NAME.match(rest) and "," in rest[:60]) else _near(rest)
    rest = re.sub(
        r"\([^()]*\x00?[^()]*\)",
        lambda m: " , " if _FILLER.match(m[0].strip("() \x00")) or "\x00" in m[0] or _CUE.search(m[0]) else m[0],
        rest,
    )
    parts = []
    for chunk in re.split(r"\x00+|\s[–—-]\s|[,，、:：؛،]|\s(?:at|on|unter|au|al)\s(?=\W*(?:\x00|tel|phone))", rest):
        chunk = _CUE.sub(" ", chunk)
        chunk = re.sub(
            r"^\W*(?:or|and|at|by|on|via|ou|et|o|y|и|или)\s|\s(?:or|and|at|by|on|via|ou|et|по|ou au|au"
            r"|al|un|is|are)\W*$|^\W*(?:a la|al|à la|the|le|la|el)\s(?=[A-ZÀ-Þ])",
            " ",
            f" {chunk.strip()} ",
        ).strip(" .;•*-–—/|()[]<>\"'“”✆")
        if chunk and any(char.isalpha() for char in chunk) and not _FILLER.match(chunk):
            parts.append(" ".join(chunk.split()))
    if prose and len(parts) > 6:
        parts = parts[:6]
    for part in parts:
        _place(contact, part, prose)
    if contact.office and prose and not contact_section and not contact.name and len(contact.office.split()) > 9:
        contact.office = None


_ORDER = re.compile(
    r"\b(?:must|should|please|deben|deberán|doivent|veuillez|müssen|bitte|могут|просим)\b|يرجى|请", re.I
)


def _place(contact, part, prose):
    if len(part) > 160 or _ORDER.search(part):
        return
    name = as_name(part)
    if name and not contact.name:
        contact.name = name
        return
    if not contact.name:
        inside = _name_and_title(part)
        if inside:
            contact.name, part = inside
            if not part:
                return
    words = part.split()
    worth = OFFICE.search(part) or any(word[:1].isupper() for word in words) or not part.isascii()
    if (
        worth
        and len(words) <= 14
        and not (prose and not contact.name and not re.match(r"[A-ZÀ-ÞА-Я\u0600-\u9fff]", part))
    ):
        contact.office = f"{contact.office}, {part}" if contact.office else part


def _name_and_title(part):
    """'Press Officer Ana Diaz' or 'Ana Diaz (Spokesperson)': (name, the rest)."""
    bracket = re.fullmatch(r"(?P<name>[^()]{4,50})\s\((?P<title>[^()]{3,80})\)", part)
    if bracket and as_name(bracket["name"]):
        return as_name(bracket["name"]), bracket["title"]
    chinese = re.fullmatch(r"([\u4e00-\u9fff·]{2,4})(先生|女士|小姐)(.*)", part)
    if chinese:
        return chinese[1] + chinese[2], chinese[3].strip(" （）()")
    names = [match for match in NAME.finditer(part) if as_name(match[0])]
    if len(names) == 1 and names[0].end() == len(part) and OFFICE.search(part[: names[0].start()]):
        return names[0][0], part[: names[0].start()].strip(" ,:")
    if len(names) == 1 and names[0].start() == 0 and OFFICE.search(part[names[0].end() :]):
        return names[0][0], part[names[0].end() :].strip(" ,:–-")
    return None


def _near(rest):
    """In a sentence without 'please contact', only a name right before the address counts."""
    names = [match for match in NAME.finditer(rest) if as_name(match[0])]
    if names and len(rest) - names[-1].end() < 14 + rest.count("\x00"):
        return rest[names[-1].start() :]
    return ""


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
