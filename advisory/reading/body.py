"""Paragraphs that explain the meeting, apart from practical notes, headings, addresses and wire furniture."""

import re

from . import dateline, prose
from .addresses import find_emails, find_urls, is_junk
from .dates import find_dates
from .people import in_prose
from .sections import is_prose
from .times import find_times

_PRACTICAL = re.compile(
    r"\b(?:journalists?|media|press|reporters?|correspondents?|photographers?|camera|crews?"
    r"|broadcasters?)\b[^.]{0,80}\b(?:invited|asked|must|should|may|can|are required|need|wishing|wish"
    r"|will be able|have access|requested|welcome|bring|arrive|please|register)\b"
    r"|\b(?:please|kindly)\s(?:note|bring|arrive|send|contact|register|confirm|visit|e-?mail|call|be"
    r"|see|join|use|click)\b|\bno (?:press|media) access\b|\bclosed to (?:the )?(?:press|media)\b"
    r"|\bopen to (?:all )?(?:accredited )?(?:the )?(?:press|media|journalists)\b|\bpress (?:pass|card"
    r"|badge)|\baccredit(?:ed|ation)\b|\bRSVP\b|\bregist(?:er|ration)\b|\bpool (?:cameras?|coverage)"
    r"|\bdial[- ]in\b"
    r"|\blive[- ]?stream\w*|\bwebcast\b|\bwill be (?:available|posted|published|streamed|broadcast"
    r"|transmitted|online)\b|\binterpretation\b|\bembargo\w*|\bB-?roll\b|\bphotos? (?:and|will|are)\b"
    r"|\bfollow (?:us|the|it|live)\b|\bwatch (?:live|the|online)\b|\bdownload(?:ed|able)?\b"
    r"|\bfor (?:more|further|additional) information\b|\binterviews? (?:can|may|with|are|will"
    r"|requests?)\b|\bQ\s?&\s?A\b.{0,40}(?:journalist|media)|\bphoto (?:ID|opportunit)|\bpasscode\b"
    r"|\bdoors (?:open|will)|\bquestions (?:may|can|should|to|by)\b|\btimes (?:are|is) (?:local|subject"
    r"|indicative)|\bsubject to change\b|\bparking\b|\bfor planning only\b|\bplanning purposes\b"
    r"|\bgo online\b|\bjoin (?:via|by|using|at)\b"
    r"|\b(?:les )?(?:journalistes|médias|représentants des médias|photographes)\b[^.]{0,80}\b(?:sont"
    r"|invités|priés|peuvent|doivent|devront|pourront|souhait\w+|désireux)\b|\bprière de\b|\bveuillez\b"
    r"|\bmerci de\b|accrédit|\binscri(?:ption|re)|en direct|\bsous embargo|retransmis|diffusé en"
    r"|pour (?:participer|assister|plus d|de plus amples)|convie les|convient les|confirmer (?:votre"
    r"|leur)|interprétation"
    r"|\b(?:los|las)?\s?(?:periodistas|medios|fotógrafos|reporteros)\b[^.]{0,80}\b(?:deben|podrán"
    r"|deberán|interesad\w+|pueden|están|que (?:sigan|deseen|quieran)|invitad\w+)\b|se (?:ruega"
    r"|solicita|invita)|acredita|cobertura|inscripci|retransmi|transmitirá|en vivo|en directo|embargad"
    r"|confirmar (?:su|la)? ?asistencia|interpretación"
    r"|\b(?:medienvertreter|journalist(?:en|innen)|pressevertreter|fotograf\w+)\b[^.]{0,90}\b(?:gebeten"
    r"|können|müssen|eingeladen|herzlich)\b|\bbitte\b|akkredit|\banmeld|livestream|sperrfrist|dolmetsch"
    r"|журналист\w*[^.]{0,80}(?:могут|долж|просим|приглаш|необходимо)|аккредитац|представител\w+ СМИ"
    r"|просьба|трансляц|регистрац|при себе|синхронн|вход для|эмбарго"
    r"|الصحفيين|الصحفيون|للصحفيين|وسائل الإعلام|ممثلي الإعلام|التسجيل|اعتماد|يرجى|البث|ترجمة فورية"
    r"|بث مباشر|الراغبين|حظر|记者|媒体(?:代表|机构|人员|可|须|请)|请(?:于|在|携|提前|注意|通过)|报名"
    r"|注册|直播|采访证|同声传译|入场|截止|凭证",
    re.I,
)
_LOGISTICS = re.compile(
    r"\b(?:all (?:events?|activities|sessions|meetings|briefings|times)|(?:will|to) take place (?:in|at)"
    r"|takes? place at"
    r"|are (?:held|at) the|(?:shuttle|bus|minibus|vehicle|coach)(?:es|s)?\s(?:will|leaves?|departs?)"
    r"|working languages?"
    r"|toutes les (?:activités|séances|heures)|(?:sont|est) pri[ée]e?s? d|journalistes inscrits|envoyée?s aux"
    r"|sent to registered|(?:meetings|sessions|events|briefings) (?:are|will be) held (?:at|in)\b|times are\b"
    r"|navettes?|un véhicule|confrères|rendez-vous"
    r"|todas las (?:actividades|sesiones|horas)|otros horarios|se ruega|traslado|punto de encuentro|estacionamiento"
    r"|alle (?:Termine|Zeiten|Veranstaltungen)|Parkplätze|Shuttle|Treffpunkt|Einlass"
    r"|все мероприятия|сбор (?:журналистов|СМИ)|подход к прессе|время указано|автобус|جميع الفعاليات|集合|班车|停车)",
    re.I,
)
_FURNITURE = re.compile(
    r"^(?:top$|see\s(?:press|also|more)|send an email|back to|read more|click|home|print|download"
    r"|subscribe|follow us|copyright|©|all rights reserved|###|-\s?30|ends?$|source:?\s|photo:|image:"
    r"|caption|français|english|español|page \d|for immediate|news provided by|tags?:|related|or$|and$"
    r"|this message|disclaimer|sent from|unsubscribe|last update|dernière mise|\*\s?\*)",
    re.I,
)
_ALSO_SPEAKS = re.compile(r"^(?:He|She|They|Il|Elle)\s(?:will|sera)\b.{0,40}\b(?:accompanied|joined|accompagné)")
_NOTICE_SENTENCE = re.compile(r"^(?:updated|correction|new|was)\b.{0,60}\bwas\b|^UPDATED?:|^CORRECTION", re.I)


def read(draft, sections, calendar, used, folded):
    """Background paragraphs in reading order, the theme apart; else what follows a title inside its label."""
    found = _explaining(sections, calendar, used, draft.title, folded)
    for section in sections:
        if section.name in ("title", "what") and section.lines and not found:
            found += _after_title(section.lines[0].text, draft.title)
    return [paragraph for paragraph in found if paragraph != draft.theme]


def _explaining(sections, calendar, used, title, folded):
    """Paragraphs in reading order. ``used`` holds ids of lines that other fields took."""
    explicit = [section for section in sections if section.name == "background" and section.lines]
    paragraphs = []
    for section in sections:
        if section.name not in ("text", "background", "heading", "what", "title", "sessions"):
            continue
        lines = [line for line in section.lines if id(line) not in used and not line.rule and not line.cells]
        for paragraph, first in _paragraphs(lines):
            if section.name == "background":
                keep = _explains(paragraph, True)
            elif section.name in ("what", "title"):
                keep = (
                    is_prose(paragraph)
                    and len(prose.sentences(paragraph)) > 1
                    and not _is_lead(paragraph, calendar, folded, first)
                    and _explains(paragraph, False)
                )
            else:
                keep = _explains(paragraph, False) and not (
                    _is_lead(paragraph, calendar, folded, first) and (explicit or not _long(paragraph))
                )
            if keep and paragraph != title:
                paragraphs.append(without_dateline(paragraph))
    return list(dict.fromkeys(paragraphs))


def _after_title(text, title):
    """What follows the title inside a label of a flattened newsletter."""
    rest = text[len(title) :].strip() if title and text.lower().startswith(title.lower()) else ""
    return [rest] if is_prose(rest) and not _PRACTICAL.search(rest) else []


def _paragraphs(lines):
    """(text, first line): wrapped lines of a paragraph joined, a bulleted list as one paragraph."""
    group = []
    for line in lines:
        new = (
            line.gap
            or not group
            or (line.bullet != group[-1].bullet and not group[-1].text.endswith((":", "：")))
            or (not line.bullet and _complete(group[-1].text, line.text))
        )
        listed = group and line.bullet and group[-1].bullet
        if new and not listed:
            if group:
                yield " ".join(item.text for item in group), group[0]
            group = []
        group.append(line)
    if group:
        yield " ".join(item.text for item in group), group[0]


def _complete(before, after):
    """Whether one unwrapped line is a paragraph of its own: it is long, or ends a sentence."""
    return (
        len(before) > 110
        or before.rstrip().endswith((".", "!", "?", ":", "。", "؟", "”", ")"))
        or not after[:1].islower()
    )


def _explains(paragraph, labelled):
    if (
        is_junk(paragraph)
        and len(paragraph) < 200
        or _FURNITURE.match(paragraph)
        or _NOTICE_SENTENCE.match(paragraph)
        or (_ALSO_SPEAKS.match(paragraph) and len(paragraph) < 160)
        or prose.STAMP.search(paragraph[:60])
    ):
        return False
    if not labelled and not is_prose(paragraph):
        return False
    if (
        labelled
        and not is_prose(paragraph)
        and len(paragraph.split()) < 9
        and not re.search("[\u4e00-\u9fff]{8}", paragraph)
    ):
        return False
    if _is_logistics(paragraph):
        return False
    if find_emails(paragraph) or (find_urls(paragraph) and len(paragraph) < 160):
        return False
    parts = [piece for _at, piece in prose.sentences(paragraph)]
    practical = sum(bool(_PRACTICAL.search(part)) for part in parts)
    limit = 0.5 if labelled else 0.4
    return (
        practical <= limit * len(parts)
        if len(parts) > 1
        else not practical or (labelled and not re.search(r"\bplease\b", paragraph, re.I) and practical == 0)
    )


def _is_logistics(paragraph):
    """A short paragraph that only says at what hour, where or how to come."""
    if len(prose.sentences(paragraph)) > 2 or len(paragraph.split()) > 45:
        return False
    return (
        bool(_LOGISTICS.search(paragraph))
        or bool(find_times(paragraph))
        and not re.search(r"[\u4e00-\u9fff]", paragraph)
    )


def _is_lead(paragraph, calendar, folded, line):
    """A paragraph that announces the meeting: its date or hour with the words of holding it."""
    text = folded(line) if line.text == paragraph else paragraph
    body = without_dateline(text)
    first = " ".join(piece for _at, piece in prose.sentences(body)[:2])
    if not prose.HELD.search(first):
        return False
    for mention in find_dates(first, calendar.month_first):
        start, end = calendar.resolve(mention)
        if start and calendar.start and start <= (calendar.end or calendar.start) and end >= calendar.start:
            return True
    if len(find_times(first)) and calendar.start:
        return True
    return (
        body != text
        and bool(prose.HELD.search(first))
        and len(prose.sentences(body)) <= 3
        and bool(in_prose(first) or re.search(r"media|press|journal|convie|presse|prensa|medios|СМИ", first, re.I))
    )


def _long(paragraph):
    return len(prose.sentences(paragraph)) >= 3 and len(paragraph.split()) > 55


def without_dateline(paragraph):
    return paragraph[dateline.end_of(paragraph) :]
