"""Kinds of paper and their marks ('Media advisory', 'Update'), told from what the paper announces."""

import re

GENRE = (
    r"(?:(?:joint|revised|updated|important|virtual|final|urgent|new)\s)?(?:(?:un|oas|who|ilo|nato|osce|eu|imf|wto)\s)?"
    r"(?:(?:media|press|news|photo|news conference|press conference|press briefing|media briefing|event"
    r"|media logistics|logistics|logistical|operational|travel|webcast|broadcast|virtual event"
    r"|embargoed|accreditation|visual|tv|interview|editors['’]?)[\s/&-]*(?:and\s(?:media|press"
    r"|photo)\s)?)*"
    r"(?:advisory|advisories|alert|invitation|invite|notice|notification|release|note|information note"
    r"|call for accreditation|accreditation|programme|day|statement)(?:\s(?:to|for)\s(?:the\s"
    r"|all\s)?(?:media|press|editors|correspondents|journalists|members of the (?:media|press)))?"
    r"|note to (?:the\s)?(?:correspondents|editors|media|press)|information for (?:the\s)?(?:media"
    r"|journalists|correspondents|press)|invitation to (?:the\s)?(?:media|press|journalists)"
    r"|call to (?:the\s)?media|attention:? (?:editors|media|assignment (?:editors|desks?))|what's on"
    r"|(?:operational\s)?(?:note|notice) (?:to|for) (?:the\s)?(?:broadcasters|picture desks|news\s?desks|photographers)"
    r"(?:\sand\s(?:broadcasters|picture desks|news\s?desks|photographers|editors))?"
    r"|diary date|save the date|for planning purposes only"
    r"|avis aux médias|avis aux rédactions|invitation(?:s)? (?:aux médias|à la presse|presse|médias)"
    r"|invitation de presse|note aux (?:médias|rédactions|correspondants)|note à la presse"
    r"|communiqué(?: de presse)?|convocation(?: de (?:la )?presse| aux médias)?|alerte (?:média|médias"
    r"|presse)|avis de convocation|avis média"
    r"|c?convocatoria(?: de prensa| a (?:los )?medios| a la prensa| para medios| a rueda de prensa)?"
    r"|aviso (?:a|para|de) (?:los |la )?(?:medios|prensa)(?: de comunicación)?"
    r"|nota (?:a (?:los )?medios|de prensa|a la prensa|informativa|a los corresponsales)"
    r"|invitación a (?:los )?(?:medios|la prensa)(?: de comunicación)?|invitación (?:de )?prensa"
    r"|aviso de (?:reprogramación|cancelación|suspensión|cambio)"
    r"|boletín|comunicado(?: de prensa)?|agenda de prensa|alerta de prensa|alerta a los medios"
    r"|presseeinladung|medieneinladung|einladung (?:zum pressetermin|zum medientermin|an die medien|für (?:die )?medien"
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
    r"|تنويه(?: (?:للزملاء|إلى الزملاء))?(?: (?:الصحفيين|للصحفيين|الإعلاميين|لوسائل الإعلام))?"
    r"|بيان صحفي|مذكرة إعلامية|إعلان لوسائل الإعلام|媒体(?:通知|邀请函|邀请|预告|公告|通告|提示|采访通知"
    r"|采访邀请)|新闻(?:通知|稿|预告|公告)|采访(?:通知|邀请|邀请函|公告)|记者须知|致媒体"
)
NOTICE_WORDS = {
    "cancelled": r"cancel+ed|cancel+ation|annulée?|annulation|cancelad[oa]|abgesagt|absage|отмен[аы]\w*"
    r"|отмен[её]н\w*|إلغاء|ألغي|取消|annullat\w+",
    "postponed": r"postponed|postponement|rescheduled|reportée?|report de|aplazad[oa]|pospuest[oa]"
    r"|reprogramad[oa]|reprogramaci[oó]n|suspendid[oa]|verschoben|verlegt|перенос|перенес[её]н\w*|отложен\w*"
    r"|تأجيل|أجل|تأجل|推迟|延期|改期|rinviat\w+|adiad\w+",
    "correction": r"correction|corrected|corrigendum|erratum|rectificatif|correctif|rectificación"
    r"|corrección|fe de erratas|korrektur|berichtigung|исправлени\w+|уточнени\w+"
    r"|поправк\w+|تصحيح|تصويب|更正|errata",
    "update": r"update\s?\d*|updated|revised|revision|rev\.\s?\d|new time|new venue|new date"
    r"|change of (?:time|venue|date)|time change|venue change|mise à jour|actualis\w+"
    r"|modifié\w*|changement d['’](?:heure|horaire)|actualización|actualizad[oa]"
    r"|cambio de (?:hora|lugar|fecha)|aktualisier\w+|aktualisierung|neuer termin|обновлени\w+"
    r"|уточн[её]нн\w+ (?:редакци|программ|верси)\w+|обновлено|изменени\w+|تحديث|محدّث|更新|aggiorna\w+|atualiza\w+",
    "reminder": r"reminder|second reminder|last call|final call|rappel|recordatorio|erinnerung"
    r"|напоминани\w+|напоминаем|تذكير|提醒|再次提醒|promemoria|lembrete",
}
_SEPARATOR = r"\s*(?:[:：–—|/•]|-(?=\s|$)|\s-|\*{2,}|//|>|·)+\s*"
_ANY_NOTICE = "|".join(NOTICE_WORDS.values())
_PREFIX = re.compile(
    rf"^\W*(?:(?:{_ANY_NOTICE}|{GENRE}|important|urgent|attention|live|today|tomorrow"
    rf"|embargoed(?: until [^:–—]{{3,40}})?|for immediate release|para publicación inmediata"
    rf"|para difusión inmediata|pour (?:diffusion|publication) immédiate|zur sofortigen veröffentlichung"
    rf"|rpt|no\.?\s?\d+(?:/\d+)?|m?\s?\d+/\d+"
    rf"|français|english|for information media|not an official (?:record|document)|invitation|einladung"
    rf"|advisory|приглашение|فعالية)(?:\s*\(?(?:n[o°º]\.?\s?)?\d{{0,4}}\)?)?(?:\s*[()（）【】\[\]]\s*)*(?:"
    rf"{_SEPARATOR}|\s+(?={GENRE}|{_ANY_NOTICE})|\s*$))+",
    re.I,
)
_BRACKET_PREFIX = re.compile(rf"^\s*[\[(【（](?:{_ANY_NOTICE}|{GENRE})[^\])】）]{{0,24}}[\])】）]\s*[:：–—-]?\s*", re.I)
GENRE_ONLY = re.compile(
    rf"^\W*(?:para publicación inmediata|pour diffusion immédiate|media alert for|{GENRE}|{_ANY_NOTICE}"
    rf"|invitation|news|media|press|for immediate release|français|english"
    rf"|important|\W|\d|of the|n[o°º]|de|du|la|the|des?|zur|für|от|из)+\W*$",
    re.I,
)
_SUFFIX = re.compile(
    rf"(?:{_SEPARATOR}|\s+\(?\s*|\s)(?:{GENRE}|{_ANY_NOTICE}|français|english version|español"
    rf"|disponible en français|version française)\s*\)?\W*$",
    re.I,
)
_TAIL_LANGUAGE = re.compile(
    r"(?<=[^\W\d_])\s+(?:Français|English|Español|Deutsch|Version française)\s*$"
    r"|(?<=[A-Za-z])\s+(?:Русский|العربية|中文)\s*$"
)


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
