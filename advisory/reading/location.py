"""Where the meeting is: the Draft's venue, city and clock zone."""

import re

from . import calendar, genre, places, prose, sections, titles, venues


def read(draft, parts, dates, title_line, every):
    """Venue and city: the label, else the sentence that invites, else the head's date line, else the dateline."""
    labelled = [section for section in parts if section.name == "where" and section.lines]
    for section in labelled:
        venue, city = venues.take_apart("\n".join(line.text for line in section.lines[:7])[:600])
        draft.venue, draft.city = draft.venue or venue, draft.city or city
        if draft.venue:
            break
    for section in parts:
        if section.name == "city" and section.lines and not draft.city:
            found = places.find_cities(section.lines[0].text)
            draft.city = found[0].text if found else section.lines[0].text[:60]
    online = any(venues.is_online_only(section.lines[0].text) for section in labelled) and not draft.venue
    if not draft.venue and not online:
        _in_prose(draft, parts, dates, title_line)
    if not draft.venue and draft.sessions and not labelled:
        draft.venue = draft.sessions[0].venue
    if not draft.city and not online:
        draft.city = _city_of_text(parts, dates)
    if not draft.city and not online and not _is_virtual(every):
        named = {place.city: place.text for place in places.find_cities(every[:8000])}
        draft.city = next(iter(named.values())) if len(named) == 1 else None
    if not draft.city and draft.title and (found := places.find_cities(draft.title)):
        draft.city = found[-1].text


def _in_prose(draft, parts, dates, title_line):
    scopes = []
    for section in parts:
        if section.name not in ("text", "when", "what", "title", "heading"):
            continue
        for line in section.lines:
            if line.cells or line is title_line:
                continue
            for _at, sentence in prose.sentences(line.text[:3000]):
                dated = dates.start_line is not None and line is dates.start_line.line
                held = bool(prose.HELD.search(sentence))
                dated = dated or _is_on_first_day(sentence, dates)
                if _is_later_item(sentence, dates):
                    continue
                scopes.append(
                    (
                        2 * dated
                        + 2 * held
                        + bool(re.search(r"\d{1,2}[:.h]\d\d|[ap]\.?m\b|\d\s?(?:Uhr|h\b)", sentence)),
                        sentence,
                        section,
                    )
                )
    scopes = [scope for scope in scopes if scope[0] >= 2]
    for _score, sentence, _section in sorted(scopes, key=lambda scope: -scope[0]):
        phrase = venues.in_sentence(sentence) or _head_place(sentence)
        if phrase:
            venue, city = venues.take_apart(venues.tidy(phrase))
            if venue:
                draft.venue, draft.city = venue, draft.city or city
                return


def _is_on_first_day(sentence, dates):
    mentions = calendar.find_dates(sentence, dates.month_first)
    return bool(dates.start) and any(dates.resolve(mention)[0] == dates.start for mention in mentions)


def _is_later_item(sentence, dates):
    """Whether a sentence tells of days after the first alone: a later item's room is not the meeting's."""
    days = [dates.resolve(mention)[0] for mention in calendar.find_dates(sentence, dates.month_first)]
    return bool(dates.start and days) and all(day and day > dates.start for day in days)


def _head_place(text):
    """'Thursday, March 1 – National Press Club – 9:15 am' and '14 June 2016, UN Headquarters in New York'."""
    if len(text) > 160 or sections.is_prose(text):
        return None
    for piece in re.split(r"\s[–—|-]\s|\s?\|\s?|(?<=\d{4}),\s", titles.without_dates(text)):
        piece = piece.strip(" ,–—-|")
        if venues.PLACE.search(piece) and len(piece) > 4 and not genre.GENRE_ONLY.match(piece):
            return piece
    return None


def _city_of_text(parts, dates):
    """The city of the meeting's sentence, of the title, or of the dateline."""
    texts = []
    if dates.start_line is not None:
        texts.append(dates.start_line.line.text[:1500])
    texts += [section.text[:600] for section in parts if section.name in ("when", "title", "what")]
    virtual = False
    for section in parts:
        if section.name in ("text", "heading"):
            for line in section.lines[:30]:
                if prose.HELD.search(line.text) and re.search(
                    r"\b(?:in|at|à|en|in der)\s[A-Z]|в\s[А-Я]|في|在", line.text
                ):
                    texts.append(line.text[:800])
                virtual = virtual or bool(re.search(r"\b(?:via zoom|virtual|online|by video)\b", line.text[:600], re.I))
    for text in texts:
        found = [
            place
            for place in places.find_cities(text)
            if not re.search(r"\(\s*$|\btime\b", text[max(0, place.start - 2) : place.end + 6])
        ]
        located = [
            place
            for place in found
            if re.search(
                r"(?:\b(?:in|at|à|en|im|a|из|в|г\.)\s|في\s?|ب|在|,\s|–\s)$", text[max(0, place.start - 6) : place.start]
            )
        ]
        if located or found:
            return (located or found)[-1 if located else 0].text if not virtual or located else None
    return None if virtual else _dateline_city(parts)


def _dateline_city(parts):
    for section in parts:
        if section.name in ("text", "issued", "heading", "background"):
            for line in section.lines[:8]:
                found = places.find_cities(line.text[:60])
                if (
                    found
                    and found[0].start <= 1
                    and re.match(r"\s?[,(/،，–—-]", line.text[found[0].end : found[0].end + 2])
                ):
                    return found[0].text
    return None


def read_zone(draft, hours, parts, dates, every):
    """Set the zone: the one named by city, else the venue's city's; return whether the text said one."""
    labelled = "\n".join(section.text for section in parts if section.name in ("when", "time", "date"))
    named = places.named_zone(hours.text or labelled) or places.named_zone(labelled) or places.named_zone(every[:6000])
    around = f"{hours.text}\n{labelled}"
    short = places.abbreviation(around) or None
    local = bool(
        re.search(
            r"local time|heure locale|hora local|Ortszeit|местно\w+ врем|当地时间|التوقيت المحلي|بالتوقيت المحلي",
            around,
            re.I,
        )
    )
    city = places.find_cities(draft.city) if draft.city else []
    if named:
        draft.time_zone = named
        if city and not re.search(r"\b(?:virtual|online|zoom)\b", every, re.I) and places.agrees("", named) is None:
            draft.time_zone = city[0].city.zone
    elif city:
        draft.time_zone = city[0].city.zone
    elif draft.venue and (inside := places.find_cities(draft.venue)):
        draft.time_zone = inside[-1].city.zone
    elif short and re.match(r"UTC$|GMT$|Z$", short):
        draft.time_zone = "UTC"
    elif (home := _dateline_city(parts)) and (not short or places.agrees(short, places.find_cities(home)[0].city.zone)):
        draft.time_zone = places.find_cities(home)[0].city.zone if short or local or not _is_virtual(every) else None
    return bool(named or short or local)


def _is_virtual(text):
    return bool(re.search(r"\b(?:virtual|online|zoom|webinar)\b", text[:4000], re.I))
