"""What the meeting is called, its theme, and whether the paper is an update, a correction or a reminder."""

import re

from . import prose
from .clean import fold_digits
from .dates import find_dates, find_weekdays
from .genre import GENRE_ONLY, strip_genre
from .places import find_cities
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
_JUNK = re.compile(
    r"^(?:see\s|view|share|print|download|click|home|skip to|menu|search|back to|top$|no images|dear "
    r"|hello|hi |bonjour|estimad|sehr geehrte|уважаем|السادة|السيدات|尊敬的|各位|致各|編輯|编辑|採訪主任|采访主任"
    r"|for immediate release|contact"
    r"|logo|image|photo by|page \d|from the desk|begin forwarded|---|posted|published|originating"
    r"|sent from|news provided by|share this|https?:|www\.|tel|fax|ref\b|reference|distr|original:|no\."
    r"|for information only|for the information of|not an official|embargo|under embargo|sous embargo|bajo embargo"
    r"|sperrfrist|эмбарго|for use of|strictly|à paris\b|paris, le|versión|version)",
    re.I,
)
# A line that only names who issues the advisory: an institution's noun first, and no verb of meeting after it
_ISSUER = re.compile(
    r"^(?:the\s)?(?:minist(?:ry|ère|erio|ério|erium)|bundesministerium|department|département|departamento"
    r"|secretar(?:y|ía|ia)|secretariat|secrétariat|office of|oficina|cabinet|gabinete|division|section|directorate"
    r"|dirección|direction|delegation|bureau|press (?:office|service|centre|center|and information)"
    r"|media (?:office|relations|service|accreditation)|pressestelle|service de presse|prensa\b|gobierno"
    r"|government of|prefect|préfecture|presidencia"
    r"|министерство|пресс-служба|департамент|управление|секретариат|государственная дума"
    r"|وزارة|الأمانة العامة|مكتب|إدارة|المكتب الإعلامي|.{2,14}(?:部|办公室|委员会|秘书处|新闻司)$)",
    re.I,
)
_NUMBER = re.compile(r"(?:\b(?:no|nr|n[º°o]|núm|ref)\.?|№|第)\s*[\w/.-]*\d[\w/.-]*\s*(?:号|期)?", re.I)
_JOINING = re.compile(r"\b(?:vom|du|del|de|of|от|dated|le|el|den|am)\b|[\W\d_]+", re.I)
_HOUSE = re.compile(r"^[A-ZÀ-Þ]{2,8}\s*[–—:|-]\s*")
_MOTTO = re.compile(r"^\w+(?:\s*[–—·|*-]\s*\w+){1,3}$")
_ORGAN = re.compile(
    r"^(?:the\s)?(?:council|commission|court|organi[sz]ation|union|league|united nations|conseil|consejo|organización"
    r"|tribunal|совет|организация|союз)(?:\s(?:of|for|on|de|du|des|del|la|l['’]\w+|the|[A-ZÀ-ÞА-Я][\w-]+)){0,6}$",
    re.I,
)
_MEETS = re.compile(
    r"\bto\s[a-z]|will|visit|launch|meet|host|hold|présent|remet|inaugur|presenta|visita|reun|übergibt|besucht|lädt"
    r"|состо|пров[её]д|провод|посет|يعقد|تعقد|تنظم|افتتاح|召开|举行|发布",
    re.I,
)


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
        if candidate and not GENRE_ONLY.match(candidate):
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
        (strip_genre(text) for text in lines if not GENRE_ONLY.match(text) and strip_genre(text)),
        lines[0] if lines else None,
    )


def _candidate(text):
    text = text.replace("\t", " ")
    bare = strip_genre(text)
    if GENRE_ONLY.match(_HOUSE.sub("", bare)):  # "ABCD – media advisory" names a house and a genre
        return None
    event = re.match(rf"^\W*({_EVENT})\s*[:：–—-]\s*(?:important|urgent)?\W*", text, re.I)
    rest = without_dates(bare).strip(" ,:–—-|()")
    rest = re.sub(r"^(?:for|of|on|du|pour le|del|para el|für|от|на)$", "", rest)
    if event and len(re.sub(r"(?i)important|urgent|\W", "", without_dates(text[event.end() :]))) < 4:
        return event[1]
    if not rest or GENRE_ONLY.match(rest) and not re.fullmatch(_EVENT, rest, re.I):
        return None
    return bare


def says_only_when_and_where(bare):
    """Whether nothing but a city, a number or a motto is left of a line whose dates are gone."""
    if len(bare.split()) > 7:
        return False
    rest = _NUMBER.sub(" ", bare)
    cities = find_cities(rest)
    for city in sorted(cities, key=lambda found: -found.start):
        rest = rest[: city.start] + " " + rest[city.end :]
    return bool(_MOTTO.match(bare)) or len(_JOINING.sub("", rest)) < 3 or bool(cities) and bool(PLACE.search(rest))


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
    if re.fullmatch(r"\s*[(\[（【].*[)\]）】]\s*", line.text):
        score -= 5
    if says_only_when_and_where(without_dates(strip_genre(fold_digits(candidate))).strip(" ,:–—-|()")):
        score -= 6
    if (_ISSUER.match(candidate) or _ORGAN.match(candidate)) and not _MEETS.search(candidate):
        score -= 5
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
