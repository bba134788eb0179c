"""What the meeting is called, its theme, and whether the paper is an update, a correction or a reminder."""

import re

from . import prose
from .dates import find_dates, find_weekdays
from .sections import is_prose
from .times import find_times
from .venues import PLACE

_EVENT = (
    r"(?:(?:joint\s|virtual\s|online\s|special\s|hybrid\s|regular\s|daily\s|weekly\s)?(?:press|news"
    r"|media|photo)\s(?:conference|briefing|call|opportunity|availability|point|encounter|event"
    r"|breakfast)|briefing|stakeout|"
    r"conférence de presse|point (?:de )?presse|rencontre avec la presse|rueda de prensa"
    r"|conferencia de prensa|encuentro con la prensa|comparecencia|pressekonferenz|pressegespräch"
    r"|пресс-конференция|брифинг|مؤتمر صحفي|إحاطة صحفية|新闻发布会|记者会|新闻简报会|吹风会)"
)
_GENRE = (
    r"(?:(?:joint|revised|updated|important|virtual|final|urgent|new)\s)?(?:(?:un|oas|who|ilo|nato|osce|eu|imf|wto)\s)?"
    r"(?:(?:media|press|news|photo|news conference|press conference|press briefing|media briefing|event"
    r"|media logistics|logistics|logistical|operational|travel|webcast|broadcast|virtual event"
    r"|embargoed|accreditation|visual|tv|interview|editors['’]?)[\s/&-]*(?:and\s(?:media|press"
    r"|photo)\s)?)*"
    r"(?:advisory|advisories|alert|invitation|notice|notification|release|note|information note"
    r"|call for accreditation|accreditation|programme|day|statement)(?:\s(?:to|for)\s(?:the\s"
    r"|all\s)?(?:media|press|editors|correspondents|journalists|members of the (?:media|press)))?"
    r"|note to (?:the\s)?(?:correspondents|editors|media|press)|information for (?:the\s)?(?:media"
    r"|journalists|correspondents|press)|invitation to (?:the\s)?(?:media|press|journalists)"
    r"|call to (?:the\s)?media|attention:? (?:editors|media|assignment (?:editors|desks?))|what's on"
    r"|diary date|save the date|for planning purposes only"
    r"|avis aux médias|avis aux rédactions|invitation(?:s)? (?:aux médias|à la presse|presse|médias)"
    r"|invitation de presse|note aux (?:médias|rédactions|correspondants)|note à la presse"
    r"|communiqué(?: de presse)?|convocation(?: de (?:la )?presse| aux médias)?|alerte (?:média|médias"
    r"|presse)|avis de convocation|avis média"
    r"|c?convocatoria(?: de prensa| a (?:los )?medios| a la prensa| para medios| a rueda de prensa)?"
    r"|aviso (?:a|para|de) (?:los |la )?(?:medios|prensa)(?: de comunicación)?"
    r"|nota (?:a (?:los )?medios|de prensa|a la prensa|informativa|a los corresponsales)"
    r"|invitación a (?:los )?(?:medios|la prensa)(?: de comunicación)?|invitación (?:de )?prensa"
    r"|boletín|comunicado(?: de prensa)?|agenda de prensa|alerta de prensa|alerta a los medios"
    r"|presseeinladung|medieneinladung|einladung (?:an die medien|für (?:die )?medien"
    r"|zur (?:pressekonferenz|presse\w*)|an die presse)|medienmitteilung|pressemitteilung|terminhinweis"
    r"|presse-?termin|medienhinweis|hinweis für die (?:medien|presse)|pressehinweis|presseinformation"
    r"|akkreditierungshinweis|aviso de pauta|aviso à imprensa|convite à imprensa|invito stampa"
    r"|invito alla stampa|nota stampa|avviso ai media|persuitnodiging"
    r"|анонс(?: для сми)?|пресс-релиз|пресс-анонс|вниманию (?:сми|представителей сми|журналистов)"
    r"|приглашение (?:для )?(?:сми|прессы|журналистов)|объявление для сми|уведомление для сми"
    r"|информация для сми|аккредитация(?: (?:сми|журналистов|представителей сми))?|к сведению (?:сми"
    r"|журналистов|прессы)|о аккредитации"
    r"|دعوة (?:إعلامية|صحفية|لوسائل الإعلام|للصحفيين|لوسائل الاعلام|إلى وسائل الإعلام|للإعلاميين"
    r"|لحضور مؤتمر صحفي)|إشعار (?:لوسائل الإعلام|إعلامي|صحفي|للإعلام)|تنبيه (?:إعلامي|صحفي"
    r"|لوسائل الإعلام)"
    r"|بيان صحفي|مذكرة إعلامية|إعلان لوسائل الإعلام|媒体(?:通知|邀请函|邀请|预告|公告|通告|提示|采访通知"
    r"|采访邀请)|新闻(?:通知|稿|预告|公告)|采访(?:通知|邀请|邀请函|公告)|记者须知|致媒体"
)
_NOTICE_WORDS = {
    "cancelled": r"cancel+ed|cancel+ation|annulée?|annulation|cancelad[oa]|abgesagt|absage|отмен[аы]\w*"
    r"|отмен[её]н\w*|إلغاء|ألغي|取消|annullat\w+",
    "postponed": r"postponed|postponement|rescheduled|reportée?|report de|aplazad[oa]|pospuest[oa]"
    r"|reprogramad[oa]|suspendid[oa]|verschoben|verlegt|перенос|перенес[её]н\w*|отложен\w*"
    r"|تأجيل|أجل|تأجل|推迟|延期|改期|rinviat\w+|adiad\w+",
    "correction": r"correction|corrected|corrigendum|erratum|rectificatif|correctif|rectificación"
    r"|corrección|fe de erratas|korrektur|berichtigung|исправлени\w+|уточнени\w+"
    r"|поправк\w+|تصحيح|تصويب|更正|errata",
    "update": r"update\s?\d*|updated|revised|revision|rev\.\s?\d|new time|new venue|new date"
    r"|change of (?:time|venue|date)|time change|venue change|mise à jour|actualis\w+"
    r"|modifié\w*|changement d['’](?:heure|horaire)|actualización|actualizad[oa]"
    r"|cambio de (?:hora|lugar|fecha)|aktualisier\w+|aktualisierung|neuer termin|обновлени\w+"
    r"|обновлено|изменени\w+|تحديث|محدّث|更新|aggiorna\w+|atualiza\w+",
    "reminder": r"reminder|second reminder|last call|final call|rappel|recordatorio|erinnerung"
    r"|напоминани\w+|напоминаем|تذكير|提醒|再次提醒|promemoria|lembrete",
}
_NOTICE = {name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for name, words in _NOTICE_WORDS.items()}
_SEPARATOR = r"\s*(?:[:：–—|/•]|-(?=\s|$)|\s-|\*{2,}|//|>|·)+\s*"
_ANY_NOTICE = "|".join(_NOTICE_WORDS.values())
_PREFIX = re.compile(
    rf"^\W*(?:(?:{_ANY_NOTICE}|{_GENRE}|important|urgent|attention|live|today|tomorrow"
    rf"|embargoed(?: until [^:–—]{{3,40}})?|for immediate release|para publicación inmediata"
    rf"|para difusión inmediata|pour (?:diffusion|publication) immédiate|zur sofortigen veröffentlichung"
    rf"|rpt|no\.?\s?\d+(?:/\d+)?|m?\s?\d+/\d+"
    rf"|français|english|for information media|not an official (?:record|document)|invitation|einladung"
    rf"|advisory|приглашение|فعالية)(?:\s*\(?(?:n[o°º]\.?\s?)?\d{{0,4}}\)?)?(?:\s*[()（）【】\[\]]\s*)*(?:"
    rf"{_SEPARATOR}|\s+(?={_GENRE}|{_ANY_NOTICE})|\s*$))+",
    re.I,
)
_BRACKET_PREFIX = re.compile(
    rf"^\s*[\[(【（](?:{_ANY_NOTICE}|{_GENRE})[^\])】）]{{0,24}}[\])】）]\s*[:：–—-]?\s*", re.I
)
_GENRE_ONLY = re.compile(
    rf"^\W*(?:para publicación inmediata|pour diffusion immédiate|media alert for|{_GENRE}|{_ANY_NOTICE}"
    rf"|invitation|news|media|press|for immediate release|français|english"
    rf"|important|\W|\d|of the|n[o°º]|de|du|la|the|des?|zur|für|от|из)+\W*$",
    re.I,
)
_SUFFIX = re.compile(
    rf"(?:{_SEPARATOR}|\s+\(?\s*|\s)(?:{_GENRE}|{_ANY_NOTICE}|français|english version|español"
    rf"|disponible en français|version française)\s*\)?\W*$",
    re.I,
)
_TAIL_LANGUAGE = re.compile(
    r"(?<=[^\W\d_])\s+(?:Français|English|Español|Deutsch|Version française)\s*$"
    r"|(?<=[A-Za-z])\s+(?:Русский|العربية|中文)\s*$"
)
_JUNK = re.compile(
    r"^(?:see\s|view|share|print|download|click|home|skip to|menu|search|back to|top$|no images|dear "
    r"|hello|hi |bonjour|estimad|sehr geehrte|уважаем|السادة|السيدات|尊敬的|for immediate release|contact"
    r"|logo|image|photo by|page \d|from the desk|begin forwarded|---|posted|published|originating"
    r"|sent from|news provided by|share this|https?:|www\.|tel|fax|ref\b|reference|distr|original:|no\.)",
    re.I,
)
_QUOTED = re.compile(r"[“\"«„‘](?P<inside>[^“”\"«»„]{6,160})[”\"»“’]")
_THEME_CUE = re.compile(
    r"(?:(?:under|on|with|around)\s(?:the\s)?(?:theme|motto|slogan|title|banner)(?:\sof)?|theme(?:\sis"
    r"|d|\s?:)?|motto|thème\s?:|tema\s?:|lema\s?:|entitled|titled|sur le thème|sous le thème"
    r"|autour du thème|ayant pour thème|intitulé\w*|bajo el (?:lema|tema|título)|con el lema"
    r"|titulad[oa]|unter dem (?:motto|titel|thema)|zum thema|под девизом|на тему|по теме|под названием"
    r"|تحت شعار|تحت عنوان|بعنوان|主题[为是]|题为|以)\s*[,:：]?\s*[“\"«„‘”]?(?P<theme>[^“”\"«»„\n.]{4,160})",
    re.I,
)


def notice_of(heads, body_first):
    """The notice of an advisory by its headings, or by an opening sentence that is about the advisory itself."""
    for head in heads:
        for name in ("cancelled", "postponed", "correction", "update", "reminder"):
            match = _NOTICE[name].search(head)
            if match and _as_mark(head, match, name):
                return name
    for name in ("cancelled", "postponed"):
        if body_first and re.search(
            rf"\b(?:has been|have been|is|was|a été|est|ha sido|queda|wurde|wird)\s(?:now\s)?(?:{_NOTICE_WORDS[name]})",
            body_first,
            re.I,
        ):
            return name
    if body_first and re.search(
        r"^(?:please note (?:the|that)|this (?:updates|replaces|supersedes|corrects)"
        r"|the following updated|updated (?:times|programme|schedule)|changes? to)"
        r"|released the following updated|(?:replaces|supersedes|updates) (?:the|our) (?:previous"
        r"|earlier|advisory)",
        body_first,
        re.I,
    ):
        return "correction" if "correct" in body_first.lower() else "update"
    return None


def _as_mark(head, match, name):
    """Whether the word marks the paper ('UPDATE – …', '… (Reminder)') instead of naming the subject."""
    before, after = head[: match.start()], head[match.end() :]
    opening = not before.strip(" \t*([【（#!") and bool(
        re.match(
            r"^\W*(?:\d\W*)?(?:[:：–—\])】）*|!/]|-\s|$|\s(?:to|de|du|à|al|a|zu|zur|der|о|об|по|к)\s"
            r"|\s*\b(?:media|press|news|note|advisory)\b|" + rf"\s*(?:{_GENRE}))",
            after,
            re.I,
        )
    )
    closing = not after.strip(" \t*)]】）!.0123456789") and bool(
        re.search(r"[:–—\-(\[（【|*]\s*$|\b(?:has been|is|was|est|a été|ha sido)\s$", before)
    )
    middle = bool(re.search(rf"(?:{_GENRE})\W*$", before, re.I)) and bool(
        re.match(r"^\s*(?:\d{1,2}\s*)?(?:\W|$)", after)
    )
    worded = bool(
        re.search(r"\b(?:is|has been|have been|est|a été|ha sido|wird|wurde|se|queda)\s+$", before)
    ) and name in ("cancelled", "postponed")
    chinese = (
        bool(re.search(r"[\u4e00-\u9fff\u0600-\u06ff]", match[0]))
        and len(head) < 60
        and name in ("cancelled", "postponed", "correction", "reminder")
    )
    compound = (
        bool(re.match(r"^\s*(?:media|press|news|advisory|alert|programme|agenda|schedule|time|venue)\b", after, re.I))
        and not before.strip()
    )
    return opening or closing or middle or worded or chinese or compound


def strip_genre(text):
    """A heading without 'Media advisory:', 'Update –' and trailing language links."""
    text = _TAIL_LANGUAGE.sub("", text.strip())
    for _round in range(3):
        shorter = _BRACKET_PREFIX.sub("", text)
        prefix = _PREFIX.match(shorter)
        if prefix and prefix.end() and prefix.end() <= len(shorter):
            shorter = shorter[prefix.end() :]
        if shorter == text:
            break
        text = shorter
    ending = _SUFFIX.search(text)
    if ending and ending.start() > 8 and re.search(r"[:–—|(\-]\s*", text[ending.start() : ending.start() + 3]):
        text = text[: ending.start()]
    return text.strip(" \t:：–—-|*•>")


def find_title(heads, labelled, whats, subject):
    """(title, the head line it came from): the best heading, else a label's content, else the kind of event."""
    best, best_line, best_score = None, None, 0
    for number, line in enumerate(heads[:14]):
        candidate = _candidate(line.text)
        score = _quality(candidate, line, number) if candidate else 0
        if score > best_score:
            best, best_line, best_score = candidate, line, score
    for text in labelled:
        candidate = _candidate(text) or text.strip()
        if candidate and best_score < 6:
            return tidy_title(first_title(candidate)), None
    if subject:
        candidate = _candidate(subject)
        if candidate and not _GENRE_ONLY.match(candidate):
            return tidy_title(candidate), None
    if best and best_score >= 3:
        return tidy_title(best), best_line
    for text in whats:
        candidate = first_title(text)
        if candidate:
            return tidy_title(candidate), None
    return (tidy_title(best), best_line) if best and not is_prose(best) else (None, None)


_NAMED = re.compile(
    r"\b(?:the|The|la|La|le|Le|el|El)\s((?:(?:\d{1,3}(?:st|nd|rd|th)|[A-ZÀ-Þ][\w’'-]+|of|the|on|for|and"
    r"|de|la|des|du)\s){1,9}(?:Summit|Conference|Meeting|Forum|Assembly|Session|Congress|Dialogue"
    r"|Symposium|Workshop|Conférence|Sommet|Cumbre|Conferencia|Foro)(?:\s(?:on|for"
    r"|of)\s(?:the\s)?[A-Z]\w+(?:\s(?:and\s|of\s|the\s)*[A-Z]\w+){0,5})?(?:\s(?:19|20)\d\d)?)"
)


def named_meeting(text):
    """A meeting the running text calls by name: 'the Pittsburgh Summit 2009'."""
    match = _NAMED.search(text)
    return match[1].strip() if match else None


_EVENT_PHRASE = re.compile(
    rf"({_EVENT}(?:\s(?:of|on|by|with|about|for|sur|de|du|des|sobre|del|zu|zum|zur|по|о"
    rf"|об)\s[^,.;:()–—\n]{{3,110}}?))(?=[,.;:()–—\n]|\s(?:will|on\s\w+day|at\s\d|to be|planned"
    rf"|scheduled|announced|has|is|se|aura|en|in the|le\s\w+|el\s\w+)\b|$)",
    re.I,
)


def event_phrase(text):
    """The kind of event with its subject: 'press conference of the Special Envoy for the Highlands'."""
    match = _EVENT_PHRASE.search(text) or re.search(_EVENT, text, re.I)
    return " ".join(match[0].split()) if match else None


def any_head(heads):
    """The first head line as it stands, where nothing better was found."""
    lines = [line.text for line in heads if line.text and not find_dates(line.text) and len(line.text) < 200]
    return next(
        (strip_genre(text) for text in lines if not _GENRE_ONLY.match(text) and strip_genre(text)),
        lines[0] if lines else None,
    )


def _candidate(text):
    text = text.replace("\t", " ")
    bare = strip_genre(text)
    event = re.match(rf"^\W*({_EVENT})\s*[:：–—-]\s*(?:important|urgent)?\W*", text, re.I)
    rest = without_dates(bare).strip(" ,:–—-|()")
    rest = re.sub(r"^(?:for|of|on|du|pour le|del|para el|für|от|на)$", "", rest)
    if event and len(re.sub(r"(?i)important|urgent|\W", "", without_dates(text[event.end() :]))) < 4:
        return event[1]
    if not rest or _GENRE_ONLY.match(rest) and not re.fullmatch(_EVENT, rest, re.I):
        return None
    return bare


def without_dates(text):
    """The text less its dates, weekdays and clocks, for judging what else it says."""
    cuts = (
        [(m.start, m.end) for m in find_dates(text)]
        + [(s, e) for s, e, _ in find_weekdays(text)]
        + [(t.start, t.end) for t in find_times(text)]
    )
    for start, end in sorted(cuts, reverse=True):
        text = text[:start] + " " + text[end:]
    return re.sub(
        r"\b(?:January|February|March|April|May|June|July|August|September|October|November"
        r"|December)\s20\d\d\b|\b(?:19|20)\d\d\b",
        " ",
        text,
    )


def _quality(candidate, line, number):
    """How much a head line looks like the title."""
    words = candidate.split()
    bare = without_dates(candidate).strip(" ,–—-|()")
    cjk = bool(re.search(r"[\u4e00-\u9fff]", candidate))
    if len(bare) < (4 if cjk else 6) or _JUNK.match(candidate) or len(candidate) > 330:
        return 0
    if re.match(r"^\W*(?:[Aa]pprox\.?\s)?\d{1,2}[:.h]\d\d", candidate):
        return 0
    score = 5.0 - 0.25 * number
    score += 3 * (strip_genre(line.text) != line.text.strip()) + 1.5 * line.heading
    score += 2 * (4 <= len(words) <= 30 or (cjk and 8 <= len(candidate) <= 60)) + 1.0 * (
        line.text.isupper() and len(words) > 2
    )
    score -= 4 * (len(words) == 1 and not cjk) + 3 * (len(words) == 2)
    whole = number == 0 and len(candidate) < 200 and not re.search(r"[a-zà-ÿ]{3}\.(?:\s|$)", candidate)
    if is_prose(candidate) and not line.heading and not whole:
        score -= 5
    if re.match(r"^\W*(?:\d{1,2}[\s.]|\w+day\b)", candidate) and (
        find_dates(candidate[:40]) or find_weekdays(candidate[:14])
    ):
        score -= 4
    if find_dates(candidate) and PLACE.search(candidate) and len(bare.split()) < 8:
        score -= 3
    if find_times(candidate) and len(words) < 12:
        score -= 3
    if re.search(r"@|https?:", candidate) or line.bullet:
        score -= 4
    if prose.STAMP.search(candidate):
        score -= 4
    return score


def first_title(text):
    """A label's first sentence or, in flattened text, what stands before the first sentence."""
    line = text.split("\n")[0].strip()
    if len(line.split()) > 12:
        sentences = prose.sentences(line)
        head = sentences[0][1] if sentences else line
        words = head.split()
        for index in range(4, min(len(words) - 3, 16)):
            word, before, after = words[index], words[index - 1], words[index + 1]
            if (
                re.fullmatch(r"[A-ZÀ-Þ][a-zà-ÿ]+", word)
                and after[:1].islower()
                and before.lower() not in _BRIDGE
                and before[-1:] not in ",;"
                and after.lower() not in ("of", "de", "du", "for", "del", "and the")
                and len(words) > 16
            ):
                return " ".join(words[:index])
        return head if len(words) <= 40 else " ".join(words[:24])
    return line


_BRIDGE = frozenset(
    "the a an of and in on for to with de la le les du des el los las y et en del at by from & his her "
    "its their für der die das und zum zur".split()
)


def tidy_title(text):
    """One line; a heading in capitals in sentence case; no dates or place left hanging at the end."""
    text = " ".join(text.split()).strip(" \t:：–—-|*•")
    text = _cut_date_tail(text)
    if len(text) > 2 and text[0] in '“"«„' and text[-1] in '”"»“' and not re.search(r"[“\"«„”»]", text[1:-1]):
        text = text[1:-1]
    return text.rstrip(" ,;:–—-").removesuffix(".") if not text.endswith(("etc.", "Inc.", "U.S.", "D.C.")) else text


def _cut_date_tail(text):
    """'…, 12-16 September 2011' at the end may go."""
    for mention in find_dates(text):
        tail = text[mention.end :]
        head = re.sub(
            r"(?:\s*[,(–—|-]\s*|\s+(?:on|le|el|am|from|du|вт|\d{0}))*(?:\w+day,?\s*)?$",
            "",
            text[: mention.start],
            flags=re.I,
        )
        head = re.sub(
            r"[\s,(–—|-]+(?:on|le|el|am|den|from|du|del|с|on the)?\s*(?:(?:lundi|mardi|mercredi|jeudi"
            r"|vendredi|lunes|martes|miércoles|jueves|viernes|Montag|Dienstag|Mittwoch|Donnerstag"
            r"|Freitag)\s*,?)?$",
            "",
            head,
        )
        if (
            len(re.sub(r"\W", "", without_dates(tail))) < 3
            and len(head.split()) >= 2
            and re.search(r"[,(–—|-]\s*(?:\w+day,?\s*)?(?:the\s)?$", text[: mention.start])
        ):
            return head
    return text


def find_theme(labelled, heads, title_line, texts, title):
    """The theme: its label, the quoted line under the title, or 'under the theme …' in the text."""
    for text in labelled:
        return text.split("\n")[0].strip(" “”\"«»„‘’'.") or None
    for text in texts[:12]:
        match = _THEME_CUE.search(text[:2500])
        if match and _themelike(match["theme"], match[0]):
            return match["theme"].strip(" ,“”\"«»„‘’'")
    if title_line is not None:
        candidate = _line_under(heads, title_line, texts)
        if candidate:
            return candidate
    return None


def _themelike(theme, whole):
    return bool(re.search(r"[“\"«„‘”]", whole)) or theme[:1].isupper() and len(theme.split()) <= 16


def _line_under(heads, title_line, texts):
    """A quoted line in the heading, or one the text later quotes, is the theme."""
    body = " ".join(texts)[:20_000]
    for line in heads[:8]:
        text = line.text.strip()
        if line is title_line or is_prose(text) or not 2 <= len(text.split()) <= 25:
            continue
        bare = text.strip('“”"«»„‘’ ')
        if text[0] in '“"«„' and text[-1] in '”"»“':
            return bare
        if re.search(r"[“\"«„]\s?" + re.escape(bare) + r"[,.]?\s?[”\"»“]", body):
            return bare
    return None
