"""Who takes part: entries of a 'Who' list, and office-holders named as the subject of a sentence."""

import re

from . import prose

OFFICE = re.compile(
    r"\b(?:president|vice-president|secretary|under-secretary|director|minister|ministry|commissioner"
    r"|ambassador|chair\w*|co-chair\w*|head|spokes\w+|representative|rapporteur|adviser|advisor"
    r"|governor|mayor|deputy|coordinator|manager|officer|professor|dean|founder|co-founder|chief"
    r"|executive|expert|economist|envoy|"
    r"analyst|editor|author|researcher|scientist|fellow|member|senator|chancellor|king|queen|prince"
    r"|princess|judge|prosecutor|registrar|administrator|delegate|moderator|specialist|counsel"
    r"|attach[eé]|correspondent|ceo|assistant|lead|leader|"
    r"président\w*|secrétaire|directeur|directrice|ministre|commissaire|ambassad\w+|chef\w*"
    r"|porte-parole|maire|mairesse|député\w*|représentant\w*|conseill\w+|responsable|attaché\w*|"
    r"president[ea]|vicepresident[ea]|secretari[oa]|director[a]?|ministr[oa]|comisari[oa]|embajador[a]?"
    r"|jef[ea]|portavoz|vocer[oa]|alcalde\w*|gobernador[a]?|canciller|subsecretari[oa]|titular"
    r"|coordinador[a]?|encargad[oa]|representante|"
    r"präsident\w*|generalsekretär\w*|minister\w*|direktor\w*|leiter\w*|sprecher\w*|vorsitzende\w*"
    r"|bundeskanzler\w*|geschäftsführ\w*|referent\w*|"
    r"президент\w*|министр\w*|директор\w*|председател\w+|секретар\w+|глав[аы]|руководител\w+|посол"
    r"|посла|представител\w+|начальник\w*|заместител\w+|уполномоченн\w+)\b|司长|部长|主任|主席|总干事|秘书长|发言人|局长"
    r"|院长|代表|教授|大使|السيد|وزير|رئيس|مدير|أمين|ممثل|سفير|الناطق",
    re.I,
)
_HONORIFIC = (
    r"(?:(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Dame|H\.?E|Hon|Rt|Amb|Sr|Sra|Srta|Dra|M|Mme|Mlle|MM|Sen|Rep|Gen"
    r"|Col|Lt|Lic|Ing|Herr|Frau|Rev|Professor|Ambassador|Excellency|His|Her|г-н|г-жа|д-р)\.?\s){1,4})"
)
_NAME_WORD = (
    r"(?:[A-ZÀ-ÞĀ-ŽА-ЯЁ][\w'’-]*[a-zà-ÿ\u0101-\u017eа-яё]\w*|[A-ZÀ-Þ]\.(?:[A-ZÀ-Þ]\.)?"
    r"|[A-ZÀ-ÞА-ЯЁ][A-ZÀ-ÞА-ЯЁ'’-]{2,}|(?:O|D|N|M)['’][A-Z]\w+)"
)
_PARTICLE = (
    r"(?:\s(?:de la|de los|de|del|da|dos|do|di|du|von|van|van der|der|den|el|al|bin|bint|ben|ibn|y|le|la|ter|ten|zu))?"
)
NAME = re.compile(rf"{_HONORIFIC}?{_NAME_WORD}(?:{_PARTICLE}\s{_NAME_WORD}){{1,4}}|{_HONORIFIC}{_NAME_WORD}")
_CHINESE_NAME = re.compile(r"^[\u4e00-\u9fff·]{2,6}(?:先生|女士|小姐|博士)?$")
_NOT_NAME = re.compile(
    r"\b(?:Office|Department|Division|Section|Unit|Ministry|Secretariat|Bureau|Branch|Service|Services"
    r"|Relations|Media|Press|Communications?|Information|Centre|Center|Council|Commission|Committee"
    r"|Union|United|Nations|International|University|Institute|Foundation|Association|Organi[sz]ation"
    r"|Agency|Bank|Fund|Programme|Program|Group|"
    r"Conference|Room|Hall|Building|Street|Avenue|House|Affairs|Development|Health|Public|National"
    r"|World|Global|Presse|Medios|Prensa|Comunicaci\w+|Ministerio|Ministère|Secretar[ií]a|Direcci\w+"
    r"|Direction|Oficina|Bureau|Cabinet|Departamento|Relaciones|Unidad|Unité|Service de|Отдел"
    r"|Департамент|Пресс\w*|Управление"
    r"|Министерств\w+|Pressestelle|Referat|Bundes\w+|Desk|Team|"
    r"Phone|Email|Mobile|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February"
    r"|March|April|June|July|August|September|October|November|December|Contact|Inquiries|Enquiries"
    r"|Spokes\w+|Officer|Director|Manager|Hotline|Helpdesk|Accreditation|Registration|Send|Call|Please"
    r"|For|Email)\b"
)
_SPEAKS = (
    r"(?:will\s(?:also\s|then\s|jointly\s)?(?:\w+)|opens?|holds?|hosts?|presents?|briefs?|launche?s"
    r"|meets?|is (?:scheduled|expected|due|to)|are (?:scheduled|expected|due|to)|invites?|visits?"
    r"|addresse?s"
    r"|convie|conviera|donnera|présentera|tiendra|participera|prononcera|animera|fera|annoncera|sera"
    r"|rencontrera|ouvrira|invite"
    r"|hablará|ofrecerá|presentará|comparecerá|participará|inaugurará|presidirá|dará|encabezará"
    r"|anunciará|se reunirá|intervendrá|clausurará|convoca"
    r"|wird|stellt|stellen|gibt|lädt|eröffnet|проведет|проведёт|выступит|представит|откроет"
    r"|примет участие|расскажет|ответит)"
)
# Words of a sentence; the full stop of "Mr." or an initial does not end it.
_RUN = (
    r"(?:[^.;:!?]|(?<=Mr)\.|(?<=Ms)\.|(?<=Dr)\.|(?<=Mrs)\.|(?<=Prof)\.|(?<=Sr)\.|(?<=Sra)\.|(?<=Hon)\.|(?<=St)\."
    r"|(?<=H)\.|(?<=H\.E)\.|(?<=\s[A-Z])\.)"
)
_SUBJECT = re.compile(rf"^(?P<who>[A-ZÀ-ÞА-ЯЁ]{_RUN}{{2,220}}?),?\s{_SPEAKS}\b")
_AGENT = re.compile(
    r"\b(?:accompagnée?s?\s(?:de|d['’]|du|par)|en présence de|with remarks by|featuring|by|with"
    r"|together with|alongside|joined by|accompanied by|acompañad[oa]s?\s(?:de|por)|junto (?:a|con)"
    r"|moderated by|chaired by|hosted by|avec|gemeinsam mit|совместно с|вместе с"
    r"|con la participación de|a cargo de)\s(?P<who>" + _RUN + r"{4,220})"
)
_LEAD_IN = re.compile(
    r"^(?:.{0,120}?(?:including|includes?|are|comprise|such as|notamment|incluyendo|entre ellos"
    r"|unter anderem|в том числе|包括|منهم))\s*[:：]$|^[^,]{0,80}[:：]$",
    re.I,
)
_VERBLESS = re.compile(r"^\s*(?:and|et|y|und|и|along with|as well as|plus|和)\s+", re.I)


def listed(section):
    """Entries of a labelled list: one per line or bullet, or per semicolon when it stands on one line."""
    lines = [line for line in section.lines if line.text.strip()]
    while len(lines) > 1 and _LEAD_IN.match(lines[0].text.strip()) and not lines[0].bullet:
        lines = lines[1:]
    if (
        any(line.bullet for line in lines)
        and not lines[0].bullet
        and len(lines[0].text.split()) > 4
        and lines[0].text.rstrip().endswith((":", "："))
    ):
        lines = lines[1:]
    entries = []
    for line in _unwrap(lines):
        entries.extend(_entries(line))
    return [entry for entry in entries if entry]


def _unwrap(lines):
    """Join a line that only continues the one before: it starts in lower case after an unfinished end."""
    joined = []
    for line in lines:
        text = line.text.replace("\t", ", ").strip()
        if (
            joined
            and not line.bullet
            and not line.gap
            and text[:1].islower()
            and joined[-1].rstrip().endswith((",", " of", " and", " for", " de", " the", " &"))
            and not joined[-1].rstrip().endswith(";")
        ):
            joined[-1] = f"{joined[-1]} {text}"
        else:
            joined.append(text)
    return joined


def _entries(text):
    """The entries of one line."""
    if is_sentence(text):
        return in_prose(text)
    pieces = re.split(r"\s*[;；]\s*", text) if re.search(r"[;；]", text) else [text]
    if len(pieces) == 1 and "、" in text:
        pieces = text.split("、")
    if len(pieces) == 1 and text.count(",") >= 1:
        pieces = _split_named(text)
    return [
        _VERBLESS.sub("", piece).strip(" .;,•")
        + ("." if re.search(r"\b(?:Jr|Sr|Inc|U\.S|Ltd)\.$", piece.strip()) else "")
        for piece in pieces
        if piece.strip(" .;,:")
    ]


def _split_named(text):
    """'A B, director, and C D, head' is two people only where each follows ', and' with a name and a title."""
    parts = re.split(
        r",?\s(?:and|et|y|und|и)\s(?="
        + _HONORIFIC
        + _NAME_WORD
        + r"|"
        + _NAME_WORD
        + r"(?:\s"
        + _NAME_WORD
        + r"){1,3},\s)",
        text,
    )
    return parts if len(parts) > 1 and all(NAME.match(part) or OFFICE.search(part) for part in parts) else [text]


def is_sentence(text):
    """Whether a Who entry is a sentence with a verb, such as 'The Minister will meet journalists.'"""
    return (
        bool(re.search(rf"\s{_SPEAKS}\b", text)) and len(text.split()) > 6 and text.rstrip().endswith((".", "!", "。"))
    )


def in_prose(text):
    """Named speakers and single office-holders who do something in a sentence."""
    found = []
    for _at, sentence in prose.sentences(text):
        subject = _SUBJECT.match(sentence)
        if subject and _is_person(subject["who"]) and not _GROUP.search(subject["who"].split(",")[0]):
            found.append(_trim(subject["who"]))
        for match in _AGENT.finditer(sentence):
            who = _trim(match["who"])
            if NAME.search(who) and OFFICE.search(who) and _starts_well(who):
                found.extend(_split_named(who))
    return list(dict.fromkeys(entry for entry in found if entry))


_GROUP = re.compile(
    r"\b(?:journalists|media|members of|delegates|participants|organizations|press conference|briefing"
    r"|mission|conference|meeting|committee will|council will|assembly will|board|ministers of|report"
    r"|session|summit|event|médias|medios|reunión|réunion)\b|,.*,.*,.*,.*,",
    re.I,
)


def _is_person(who):
    """An office-holder or a named person with an apposition, not an organ or a meeting."""
    head = re.sub(
        r"^(?:(?:On|At|From|In|During|After|Following|Ahead of)\s|(?:Le|Am|El)\s(?=[^,]*\d))[^,]{3,60},\s", "", who
    )
    offices = OFFICE.search(head)
    named = [m for m in NAME.finditer(head) if not _NOT_NAME.search(m[0])]
    if not offices:
        return False
    if not named:
        return len(head.split()) <= 9 and not re.search(
            r"\b(?:Assembly|Council|Committee|Board|Commission|Ministry|Secretariat|Office)$", head
        )
    return True


def _trim(who):
    who = re.sub(
        r"^(?:(?:On|At|From|In|During|After|Following|Ahead of)\s|(?:Le|Am|El)\s(?=[^,]*\d))[^,]{3,60},\s", "", who
    )
    who = re.split(
        r"\s(?:will|who|which|qui|que|on\s(?:Mon|Tues|Wednes|Thurs|Fri)|at\s\d"
        r"|in\s(?:the\s)?[A-Z]\w+\s(?:on|at)|à\s\d|el\s\d)\b",
        who,
    )[0]
    return who.strip(" ,–—-")


def _starts_well(who):
    return bool(
        re.match(rf"(?:the\s|la\s|le\s|el\s|l['’])?(?:{_HONORIFIC}|[A-ZÀ-ÞА-Я])|(?:the|la|le|el|l['’])\s?\w+", who)
    ) and not re.match(r"(?:the\s)?(?:press|media|support|interpretation)\b", who)


def as_name(text):
    """A person's name as the whole of a short text, or None."""
    text = text.strip(" ,.;:-–—()")
    if _CHINESE_NAME.match(text) and not OFFICE.search(text) and not re.search(r"[处部司局室办媒新联电邮箱址]", text):
        return text
    if (
        re.match(r"^(?:السيد|السيدة|الدكتور|الدكتورة|الأستاذ|الأستاذة|الآنسة)\s", text)
        or re.fullmatch(r"[\u0621-\u064a]{2,12}(?:\s[\u0621-\u064a]{2,14}){1,3}", text)
        and not OFFICE.search(text)
        and not _ARABIC_OFFICE.search(text)
    ):
        return text
    match = NAME.fullmatch(text)
    if match and not _NOT_NAME.search(text) and not OFFICE.search(text):
        return None if text.isupper() and len(text.split()) < 2 else text
    return None


_ARABIC_OFFICE = re.compile(
    r"مكتب|إدارة|قسم|وزارة|المركز|مركز|الإعلام|الصحافة|الاتصال|هاتف|بريد|البريد|الإعلامي|العلاقات|وحدة|للتواصل|دائرة"
)
