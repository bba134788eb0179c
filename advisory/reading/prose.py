"""Sentences of running text, and what the words around a date or an address say about it."""

import re
from functools import lru_cache

_END = re.compile(
    r"(?<=[.!?…])[”\"»’)]?\s+(?=[\"“«‘(¿¡]?[A-ZÀ-ÞА-ЯЁ0-9\u0600-\u06ff])|(?<=[。！？])|(?<=[؟.])\s+(?=[\u0600-\u06ff])|\n+"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|Ste|No|Nos|Art|Sr|Sra|Srta|Dra|Jr|Gen|Col|Lt|Amb|Hon|Rev|Ave|Av|Blvd"
    r"|Rd|vs|approx|tel|Tel|ext|Ext|M|Mme|Mlle|MM|Mag|Ing|Lic|etc|e\.g|i\.e|ul|ул|г|д|им|т|тел|Dec|Nov"
    r"|Oct|Sept|Sep|Aug|Jul|Jun|Apr|Mar|Feb|Jan|Inc|Ltd|Co|Corp|U\.S|U\.N|U\.K|D\.C|a\.m|p\.m)"
    r"|(?<!\w)[A-ZА-Я])\.\s*$"
)
DEADLINE = re.compile(
    r"\b(?:deadline|rsvp|r\.s\.v\.p|register(?:ed|ing)?|registration|accredit(?:ation|ations|ed)?|apply"
    r"|applications?|confirm|sign up|submit(?:ted)?|requests?\s(?:for|should|must)|inscri\w+|s'inscrire"
    r"|accrédit\w*|acredit\w+|confirmar|registr\w+|anmeld\w*|akkredit\w*|аккредитац\w*|регистрац\w*"
    r"|заявк\w+|подтверд\w+)\b|التسجيل|اعتماد|الاعتماد|تسجيل|注册|报名|截止|登记",
    re.I,
)
_BY = re.compile(
    r"(?:\bby|\bbefore|not? later than|\buntil|\btill|deadline(?:\sis|:)?|closes?(?:\son)?"
    r"|avant(?:\sle)?|au plus tard(?:\sle)?|jusqu['’]au|d['’]ici(?:\sle|\sau)?|antes del?|hasta el"
    r"|a más tardar el|\bbis(?:\szum|\sspätestens)?|\bдо|не позднее|قبل|حتى|截止[到至]?"
    r"|\bam?\s)\s*(?:(?:noon|close of business|cob|\d{1,2}[:.h]?\d{0,2}\s?(?:[ap]\.?m\.?|hours|h"
    r"|hrs)?(?:\s[A-Z]{3,4})?)\s(?:on\s|le\s)?)?(?:the\s|le\s|el\s)?(?:[^\W\d_]{3,12},?\s)?(?:the\s"
    r"|le\s|el\s|dem\s|den\s)?$",
    re.I,
)
STAMP = re.compile(
    r"last\s(?:up\s?dated?|modified|reviewed)|updated?\s?(?:on|:|at)|posted|published|modified"
    r"|page generated|printed|dernière mise à jour|mis(?:e)? à jour|communiqué envoyé|diffusé|publié"
    r"|última (?:actualización|modificación)|actualizado|publicado|zuletzt (?:geändert|aktualisiert)"
    r"|stand:|обновлено|опубликовано|последнее обновление|更新|发布日期|发布时间|تاريخ النشر|آخر تحديث|copyright"
    r"|©|all rights reserved",
    re.I,
)
HELD = re.compile(
    r"\b(?:will (?:be held|unveil|outline|adopt|sign|discuss|join|report|take place|hold|host|meet"
    r"|brief|convene|open|launch|present|speak|address|announce|gather|begin|start|give|be|visit|chair"
    r"|release|deliver|attend)|takes? place|is (?:scheduled|to be held|holding|hosting|convening)"
    r"|are (?:invited|scheduled|holding)|is invited|invites?|invited|convenes?|to be held|meets? on"
    r"|opens? on|begins? on"
    r"|se tiendra|se tiendront|aura lieu|auront lieu|tiendra|tiendront|organise\w*|convient?|conviés?"
    r"|invités?|donnera|présentera|se déroulera|se réunira"
    r"|tendrá lugar|tendrán lugar|se celebrará|celebrará|se realizará|realizará|se llevará a cabo"
    r"|ofrecerá|convoca\w*|invita\w*|presentará|comparecerá|inaugurará|se reunirá|será"
    r"|findet|finden|statt(?:finden)?|lädt|laden|einladen|eröffnet|состо\w+|пройд[её]т|пройдут"
    r"|провед[её]т|проводит|приглаша\w+|открыва\w+|начн[её]тся|terá lugar|realiza(?:rá)?|si terrà"
    r"|si svolgerà|avrà luogo)\b"
    r"|将于|将在|举行|召开|举办|定于|邀请|سيعقد|ستعقد|يعقد|تعقد|تنظم|ينظم|تدعو|يدعو|ستنظم|سينظم|يتشرف|تتشرف|سيقام|ستقام",
    re.I,
)


def sentences(text):
    """[(offset, sentence)] in order."""
    return list(_sentences(text))


@lru_cache(maxsize=512)
def _sentences(text):
    kept, start = [], 0
    for match in _END.finditer(text):
        piece = text[start : match.start()]
        if _ABBREVIATION.search(piece[-8:]):
            continue
        kept.append((start, text[start : match.end()].rstrip()))
        start = match.end()
    kept.append((start, text[start:]))
    return [(at, piece) for at, piece in kept if piece.strip()]


def sentence_at(text, position):
    """The sentence of the text that holds a position."""
    low = max(0, position - 600)
    window = text[low : position + 600]
    for at, piece in sentences(window):
        if at <= position - low < at + len(piece) + 1:
            return piece
    return window


def is_deadline(sentence, before):
    """Whether a date with these words before it is one to be met, not the meeting's."""
    return bool(_BY.search(before[-60:])) and not re.search(r"\b(?:from|du|del|vom|с)\s[^.]{0,30}$", before[-40:])
