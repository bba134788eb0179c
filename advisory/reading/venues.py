"""Where a meeting is held: a 'Where' line taken apart, or the place phrase of a sentence."""

import re

from .places import find_cities, is_country, is_region

_PLACE_NOUN = (
    r"(?:Rooms?|Halls?|Chambers?|Cent(?:re|er)s?|Buildings?|Headquarters|HQ|Hotels?|Palais|Palaces?"
    r"|Club|Auditorium|Auditoire|Theat(?:re|er)|Museum|University|Ministry|Embassy|Residence|"
    r"Library|Lounge|Ballroom|Pavilion|House|Institute|Parliament|Assembly Hall|Plaza|Square|Campus"
    r"|Gallery|Airport|Terminal|Office|Tower|Complex|Arena|Stadium|Church|Cathedral|Studio|Suite|Floor"
    r"|Level|Boardroom|Street|Avenue|Castle|Lobby|Foyer|Amphitheat(?:re|er)|"
    r"Salle|Salon|Hôtel|Bâtiment|Siège|Maison|Ministère|Université|Musée|Centre de|Édifice|Amphithéâtre"
    r"|Espace|Sala|Salón|Sede|Edificio|Palacio|Ministerio|Universidad|Museo|Auditorio|Centro|Casa"
    r"|Teatro|Hotel|Consulado|"
    r"Saal|Haus|Gebäude|Zentrum|Raum|Palazzo|Aula|Salle de presse|Bundespressekonferenz|Rathaus|Schloss"
    r"|Universität|Botschaft|Press Room|Zoom)"
)
PLACE = re.compile(
    rf"(?<![\w-]){_PLACE_NOUN}(?![\w-])|[Зз]ал\w*|[Пп]ресс-центр\w*|[Дд]ворец|[Дд]ворц\w+|[Гг]остиниц\w+"
    rf"|[Уу]лиц\w+|ул\.|厅|会议室|会议中心|大厦|大楼|中心|酒店|总部|万国宫|宾馆|قاعة|مقر|فندق|قصر|مبنى|مركز"
)
_WORDS = r"[A-ZÀ-ÞА-Я0-9№“\"«][\w.'’&/№”\"»-]*(?:\((?:[A-ZÀ-Þ]\w*|[A-Z]{2,6})\))?"
PLACE_ANY_CASE = re.compile(rf"(?<![\w-]){_PLACE_NOUN}(?![\w-])", re.I)
_LINK = (
    r"(?:\s(?:of|the|and|&|de|la|le|les|du|des|del|los|las|d’|d'|l'|l’|y|et|a|à|für|der|des|im|in the"
    r"|in|at the|on the|at|N°|no\.|\d+(?:st|nd|rd|th)?|ground|first|second|third|main|large|press|room"
    r"|hall|conference|floor|building|headquarters|st\.|св\.|имени))*"
)
_PHRASE = re.compile(
    rf"(?:\b(?:in|at|to|inside|from|outside|within|à|au|aux|dans|en|im|am|in der|à la|au sein)\s(?:the\s"
    rf"|le\s|la\s|l['’]|el\s|los\s|der\s|dem\s)*)(?P<place>(?:\d{{1,2}}(?:st|nd|rd|th)?\s"
    rf"|[a-z]+\s(?=[Rr]oom|[Hh]all)|(?:sala|salle|salón|auditorio|sede|edificio|palacio|siège|ministère"
    rf"|hôtel|centre|maison|ministerio|hotel|press room|main hall)\s)?{_WORDS}(?:{_LINK}[\s]{_WORDS}){{0,"
    rf"12}}(?:\s(?:room|hall|building|headquarters|chamber|floor|centre|center))?(?:,\s(?:the\s|in the\s|"
    rf"at the\s)?(?:{_WORDS}|\d+\w*)(?:{_LINK}\s{_WORDS}){{0,8}}){{0,5}})",
)
_RUSSIAN = re.compile(
    r"(?:\bв|\bпо адресу:?|\bна)\s(?P<place>(?:[Зз]але|[Пп]ресс-центре|[Дд]оме|[Дд]ворце|[Гг]остинице"
    r"|[Оо]теле|здании|штаб-квартире|Министерстве|ул\.|улиц\w+)[^.;\n]{0,120}?)(?=[.;\n]|,?\s(?:состо"
    r"|пройд|начал|\d{1,2}[:.]\d\d|в \d)|$)"
)
_CHINESE = re.compile(r"(?:在|于|地点[是为]?)(?P<place>[^，。；,\n]{2,50}?)(?=举行|召开|举办|开幕|，|。|；|$)")
_ARABIC = re.compile(r"(?:في|ب)\s?(?P<place>(?:القاعة|قاعة|مقر|فندق|قصر|مبنى|مركز)[^.،؛\n]{2,80})")
_ONLINE = re.compile(
    r"(?:[,;.(]|\s[–—-]|\s(?:and|et|y|und|и|or|&|\+|as well as))?\s*\(?(?:also\s|and\s|et\s|y\s"
    r"|und\s)?(?:(?:live\s|also\s|available\s|broadcast\s)*(?:webcast|web-cast|live[- ]?stream\w*"
    r"|streamed|online|virtual(?:ly)?|hybrid|zoom|webex|ms teams|microsoft teams|teams|via\s(?:zoom"
    r"|webex|teams)|youtube|by video|videoconferenc\w+|video conference|watch live|remote\w*|en ligne"
    r"|en direct|visioconférence|en línea|virtual|en vivo|transmisión|онлайн|трансляц\w+|线上|直播"
    r"|عبر الإنترنت|فيديو))\b.*$",
    re.I | re.S,
)
_ONLINE_ONLY = re.compile(
    r"^\W*(?:this\s(?:is|will be)\sa\s|held\s|a\s)?(?:fully\s|entirely\s|only\s"
    r"|exclusively\s)?(?:virtual|online|on-line|zoom|webex|teams|via|by video|video|en ligne|en línea"
    r"|virtuel\w*|por zoom|webinar|visioconf|онлайн|видеоконференц|线上|网络|视频|عبر|افتراضي|conference call"
    r"|teleconference|telebriefing)",
    re.I,
)
_POSTCODE = re.compile(
    r"\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b[A-Z]{1,2}\d{1,2}[A-Z]?\s\d[A-Z]{2}\b|(?:(?<=,\s)"
    r"|^)(?:[A-Z]{1,2}-?)?\d{4,6}(?:[ -]\d{3,4})?(?=\s|,|$)|(?<=\s)\d{5}(?:-\d{4})?(?=,|$)"
    r"|(?<=\b[A-Z]{2}\s)\d{5}|〒?\d{3}-\d{4}|邮编[:：]?\s?\d{6}"
)
_URLISH = re.compile(r"\(?\s?(?:https?://|www\.)\S+\)?")
_NOTE = re.compile(r"\s*\((?:in[- ]person|hybrid|map|tbc|to be confirmed|см\. карту|carte|plan)[^()]*\)", re.I)


def is_online_only(text):
    """Whether a place is only a screen: 'Virtual', 'via Zoom'."""
    return bool(_ONLINE_ONLY.match(text)) and not PLACE.search(re.sub(r"[Zz]oom", "", text))


def take_apart(text):
    """(venue, city) of a 'Where' entry; lines are joined with commas; either may be None."""
    text = re.sub(r"\s*\n\s*", ", ", text).strip(" .,;:")
    if is_online_only(text):
        places = find_cities(text)
        return None, places[0].text if places and not PLACE.search(text) else None
    text = _NOTE.sub("", _URLISH.sub("", text))
    cut = _ONLINE.search(text)
    if cut and cut.start() > 2:
        text = text[: cut.start()]
    return _without_city(re.sub(r",(?:\s*,)+", ",", text).strip(" .,;:–—-("))


def _without_city(text):
    """Take city, postcode, region and country out of a place; the last city named is the place's."""
    bracketed = re.sub(r"\(([^()]{2,30})\)", lambda m: "" if is_country(m[1]) or is_region(m[1]) else m[0], text)
    pieces = [piece.strip() for piece in re.split(r",\s*|\s[-–—]\s(?=[A-ZÀ-ÞА-Я][\w\s]{2,24}$)|،\s*|，|\n", bracketed)]
    kept, city, is_closed = [], None, False
    for number in range(len(pieces) - 1, -1, -1):
        piece = pieces[number]
        bare = _POSTCODE.sub("", piece).strip(" .-–;")
        is_closed = is_closed or bool(not kept and number and bare != piece.strip(" .-–;"))
        if not bare or (number and (is_country(bare) or (is_region(bare) and not _is_city(bare)))):
            if (
                bare
                and number
                and is_region(bare)
                and re.fullmatch(r"D\.? ?C\.?", bare)
                and pieces[number - 1].endswith("Washington")
            ):
                city = "Washington, " + bare
                pieces[number - 1] = pieces[number - 1].removesuffix("Washington")
            is_closed = is_closed or bool(bare and not kept)
            continue
        if city is None:
            places = find_cities(bare)
            inside = places[-1] if places else None
            if (
                inside
                and inside.start == 0
                and (
                    inside.end == len(bare)
                    or is_region(bare[inside.end :].strip(" ,."))
                    or is_country(bare[inside.end :].strip())
                )
            ):
                city = inside.text
                continue
            if inside and inside.end == len(bare):
                city = inside.text
                bare = re.sub(
                    r"(?:\s(?:in|at|à|en|de|in der|à la|в|г\.)|,|\s[-–—]|\sв г\.|\sг\.)$",
                    "",
                    bare[: inside.start].rstrip(),
                ).rstrip(" ,–-في")
                if _named_after(bare):
                    bare = piece
            elif inside and inside.start == 0 and _cjk(bare):
                city, bare = inside.text, bare[inside.end :].lstrip("市 ")
        if bare:
            kept.append(bare)
    if city is None and is_closed and len(kept) > 1 and _TOWN.fullmatch(kept[0]) and not PLACE.search(kept[0]):
        city = kept.pop(0)  # a town our table lacks, told by the postcode, region or country that closes the line
    comma = "، " if "،" in text else ", "
    venue = comma.join(_room_first(list(reversed(kept)))).strip(" ,;:")
    return venue or None, city


_TOWN = re.compile(r"[A-ZÀ-Þ][\w’'-]+(?:[\s-](?:[A-ZÀ-Þ][\w’'-]+|de|del|la|le|am|an der|upon|sur)){0,3}")


_ROOM = re.compile(
    r"^(?:(?:Conference|Press|Meeting|Committee|Briefing)?\s?Room|Salle|Sala|Salón|Hall|Saal|Raum"
    r"|Boardroom|Zoom|[Зз]ал|Auditorium)\b(?!.*\d{4})"
)


def _room_first(pieces):
    """The schema's order is room, then building."""
    if (
        len(pieces) > 1
        and not _ROOM.match(pieces[0])
        and not re.search(r"\b(?:Room|Hall|Chamber|Salle|Sala|Auditorium)\b", pieces[0])
    ):
        for number, piece in enumerate(pieces[1:], 1):
            if _ROOM.match(piece):
                return [piece, *pieces[:number], *pieces[number + 1 :]]
    return pieces


def _is_city(text):
    places = find_cities(text)
    return bool(places) and places[0].start == 0 and places[0].end == len(text)


def _named_after(text):
    """'University of' or 'Club de' was left: the city is part of the name."""
    return bool(re.search(r"\b(?:of|de|du|della|von|der|d['’]|di|do)$", text)) or not text


def _cjk(text):
    return bool(re.search(r"[\u4e00-\u9fff]", text))


def in_sentence(text):
    """The place phrase of a sentence ('in Boardroom A of the M-Building'), as written, or None."""
    best, phrases = None, []
    for pattern in (_PHRASE, _RUSSIAN, _CHINESE, _ARABIC):
        for match in pattern.finditer(text[:1500]):
            phrase = _end_at_clock(match["place"])
            if (
                phrase
                and PLACE.search(phrase)
                and not re.match(r"(?:The\s)?(?:Secretary|President|Minister|Director|General Assembly will)", phrase)
            ):
                phrases.append(phrase)
                quality = len(PLACE.findall(phrase)) * 10 + len(phrase) / 50 + (0 if re.search(r"\d", phrase) else -0.5)
                if (
                    best is None
                    or match.start() - best[2] < 60
                    and match.start() <= best[2] + 4
                    or quality > best[0] + 15
                ):
                    best = (quality, phrase, match.end())
        if best:
            return _with_room(_chain(text, best[1], best[2]), phrases)
    return None


def _with_room(phrase, phrases):
    """'at Headquarters …, in the Council Chamber': the room of a later phrase comes before the building."""
    if _ROOMLY.search(phrase):
        return phrase
    room = next((other for other in phrases if _ROOMLY.search(other) and other not in phrase and len(other) < 70), None)
    return f"{room}, {phrase}" if room else phrase


_ROOMLY = re.compile(
    r"\b(?:Room|Chamber|Hall|Salle|Sala|Salón|Auditorium|Boardroom|Saal|Ballroom|Lounge|Theat(?:re|er))\b", re.I
)


def _chain(text, phrase, end):
    """'…, in the Vienna International Centre (VIC)' continues the phrase before it."""
    follow = re.match(
        rf",?\s(?:in|at|of)\sthe\s({_WORDS}(?:{_LINK}\s{_WORDS}){{0,6}}(?:\s\([A-Z]{{2,6}}\))?)", text[end:]
    )
    acronym = re.match(r"\s\([A-Z]{2,6}\)", text[end:])
    bracket = re.match(r"\s\(([^()]{4,100})\)", text[end:])
    if bracket and not acronym and PLACE.search(bracket[1]):
        return f"{phrase}, {bracket[1]}"
    if acronym and not follow:
        return phrase + acronym[0]
    if follow and PLACE.search(follow[1]):
        return f"{phrase}, {follow[1]}"
    return phrase


def _end_at_clock(phrase):
    """Drop what is no place at the end: a date, a clock, a weekday."""
    pieces = re.split(r",\s", phrase)
    kept = []
    for piece in pieces:
        if kept and re.search(
            r"\b\d{1,2}[:.]\d\d\b|(?:19|20)\d\d|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
            r"|\b(?:January|February|March|April|May|June|July|August|September|October|November"
            r"|December)\b",
            piece,
        ):
            break
        kept.append(piece)
    ending = "." if re.search(r"\b(?:St|Ave|Av|Blvd|Rd)\.$", kept[-1] if kept else "") else ""
    return ", ".join(kept).strip(' ,.-–“"') + ending


def tidy(phrase):
    """'Boardroom A of the M-Building' as room, building: the parts of a place in one style."""
    parts = re.split(
        rf"\s(?:of|in|at|on)\sthe\s(?=(?:[A-Z][\w.'’-]*\s){{0,4}}(?:\w-)?{_PLACE_NOUN})|,\s(?:in|at|of)\s(?:the\s)?",
        phrase,
    )
    return ", ".join(part.strip(" ,") for part in parts if part.strip(" ,"))
