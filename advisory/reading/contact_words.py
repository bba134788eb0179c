"""One line of a contact: its numbers and addresses, and which of the words left are a name and which an office."""

import re
from functools import lru_cache

from .addresses import find_emails, find_phones, find_urls
from .draft import Contact
from .people import NAME, OFFICE, as_name
from .places import find_cities

_CUE = re.compile(
    r"(?:\b(?:office|desk|direct|[tmepcow])\b\.?\s?[:：]|\b(?:office|direct|cell|mobile)(?=\s?(?:\x00"
    r"|$))|\b(?:e-?mails?|mail|e-?mail address|courriels?|correo(?:s)?(?:\selectrónicos?)?"
    r"|tel(?:ephone)?s?|tél(?:éphone)?|phones?|mobiles?|mob|cel(?:l(?:ular)?)?|mobil|handy|portable|telefon"
    r"|teléfonos?|télécopie|téléc|telefax|signal|telegram|skype|viber|wechat|tfno|tlf|celular|móvil|mobil|whatsapp"
    r"|fax|landline|website|twitter|toll[- ]free|after hours"
    r"|weekends?|ext|тел|телефоны?|телефон|телефону|моб|мобильный|эл\. почта|электронная почта|e-mail|почта"
    r"|адрес)\b\.?\s?[:.：]?"
    r"|电话[:：]?|手机[:：]?|邮箱[:：]?|电子邮件[:：]?|邮件[:：]?|电邮[:：]?|传真[:：]?|هاتف\s?[:：]?|محمول\s?[:：]?|نقال\s?[:：]?"
    r"|فاكس\s?[:：]?|واتساب\s?[:：]?|جوال\s?[:：]?"
    r"|البريد الإلكتروني\s?[:：]?|بريد إلكتروني\s?[:：]?|الهاتف\s?[:：]?|✉|☎|📞|📧)",
    re.I,
)
_LEAD = re.compile(
    r"^.*?(?:\bplease (?:contact|call|e-?mail|write to|get in touch with|reach out to|confirm (?:with"
    r"|to)|refer to|address)|\bcontact(?:er|ez|ar|en|o)?\b(?:\s(?:is|person|persons|with))?:?"
    r"|\bconfirm (?:with|to)|\bwrite to|\bget in touch with|\breach|\bvia|\b(?:call"
    r"|email)\s(?=(?:the\s)?[A-Z][a-z])|écrire à|appeler|contacter|s['’]adresser à|joindre|dirigirse a|llamar a"
    r"|llame a"
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


GENERIC = frozenset(
    "media press contact contacts for the and of to information more further inquiries enquiries relati"
    "ons please queries interviews interview presse médias contacto prensa de para medios la los le les"
    " la kontakt person persons details additional questions visit any all journalists about event on t"
    "his local consultas entrevistas y interviews rückfragen anfragen für fragen demandes questions et kontakte"
    " вопросы справки запросы по вопросам".split()
)
_INSTITUTION = re.compile(
    r"\b(?:Préfecture|Prefectura|Mairie|Mission|Missions|Embassy|Ambassade|Embajada|Botschaft|Delegation|Délégation"
    r"|Administration|Authority|Autorité|Autoridad|Parliament|Parlement|Parlamento|Assembly|Court|Cour|Corte|Tribunal"
    r"|Gobierno|Government|Gouvernement|City|Ville|State|Province|Region|Forum|Network|Alliance|Campaign|Initiative"
    r"|Society|Club|College|School|Academy|Museum|Trust|Federation|Stiftung|Verband|Verein|Amt|Ministerium|Senat|Rat"
    r"|Комитет|Совет|Центр|Фонд|Академия|Broadcast|Out|After|Hours|Weekend|General|Interview|Interviews|Requests?"
    r"|Newsroom|Studio|Editorial|Photo|Video|Audio|Logistics|Events?|Protocol|Security|Website|Web|Online"
    r"|Twitter|Signal"
    r"|Telegram|Viber|Skype)\b|(?:amt|stelle|büro|referat|abteilung)$"
)
_AT_A_TOWN = re.compile(r"^(?:In|At|For|From|Outside|À|Au|En|Para|Pour|Für|Im|Bei|By|On|The|Les?|La|El|По|В|Для)\s")
_NO_OFFICE = re.compile(
    r"^(?:(?:Room|Rm\.?|Salle|Sala|Bureau|Büro|Zimmer|Raum|Office|Suite|Floor|каб\.?)\s?\S*\d\S*"
    r"|(?:signal|telegram|viber|skype|wechat|line|extension)(?:\s?/\s?\w+)*|.*\bfax\b.*)$",
    re.I,
)


@lru_cache(maxsize=4096)
def as_person(text):
    """A person's name, where the text is that and no institution, desk, acronym or town."""
    name = as_name(text)
    if not name or _INSTITUTION.search(name) or re.match(_AT_A_TOWN, name):
        return None
    towns = find_cities(name)
    rest = name[: towns[-1].start].strip() if towns and towns[-1].end == len(name) else name
    return name if rest and not (rest != name and rest.isupper()) else None


def parse(text, region, contact_section):
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
    """Put one part of the line where it belongs: the name, else the office, else nowhere."""
    part = re.sub(r"^(?:For|Pour|Para|Für|Для)\s(?:the\s|les?\s|la\s|los\s)?", "", part)
    if len(part) > 160 or _ORDER.search(part) or _NO_OFFICE.match(part) or _is_town(part):
        return
    if all(word in GENERIC and word != "relations" for word in re.findall(r"\w+", part.casefold())):
        return
    name = as_person(part)
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


def _is_town(part):
    """'In Nairobi', 'Genève': only where the contact sits."""
    bare = re.sub(r"^(?:in|at|à|en|au|a|im|в)\s", "", part, flags=re.I)
    towns = find_cities(bare)
    return bool(towns) and towns[0].start == 0 and towns[0].end == len(bare)


def _name_and_title(part):
    """'Press Officer Ana Diaz' or 'Ana Diaz (Spokesperson)': (name, the rest)."""
    bracket = re.fullmatch(r"(?P<name>[^()]{4,50})\s\((?P<title>[^()]{3,80})\)", part)
    if bracket and as_person(bracket["name"]):
        return as_person(bracket["name"]), bracket["title"]
    chinese = re.fullmatch(r"([\u4e00-\u9fff·]{2,4})(先生|女士|小姐)(.*)", part)
    if chinese:
        return chinese[1] + chinese[2], chinese[3].strip(" （）()")
    names = [match for match in NAME.finditer(part) if as_person(match[0])]
    if len(names) == 1 and names[0].end() == len(part) and OFFICE.search(part[: names[0].start()]):
        return names[0][0], part[: names[0].start()].strip(" ,:")
    if len(names) == 1 and names[0].start() == 0 and OFFICE.search(part[names[0].end() :]):
        return names[0][0], part[names[0].end() :].strip(" ,:–-")
    return None


def _near(rest):
    """In a sentence without 'please contact', only a name right before the address counts."""
    names = [match for match in NAME.finditer(rest) if as_person(match[0])]
    if names and len(rest) - names[-1].end() < 14 + rest.count("\x00"):
        return rest[names[-1].start() :]
    return ""
