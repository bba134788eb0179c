"""Six languages on every public page: its frame, its twins, and never a sentence of prose in another language."""

import json
import re

import pytest
from django.test import Client
from django.urls import get_resolver

from advisory import publishing, renditions
from advisory.models import Edition
from advisory.renditions.telling import Foreign, Telling
from tests.advisory.pages import Page, event, facts, part, section
from tests.builders import make_full_meeting, make_meeting

pytestmark = pytest.mark.django_db

BAR = ["ar", "zh", "en", "fr", "ru", "es"]
NAMES = ["عربي", "中文", "English", "Français", "Русский", "Español"]
PREFIX = {language: "" if language == "en" else f"/{language}" for language in BAR}
MEETING = "/meetings/2016/dialogue/"
PATHS = ["/", "/meetings/", "/meetings/2016/", MEETING, "/privacy/", "/accessibility/", "/help/"]
# Sentences of prose that make_full_meeting plants, and what stands in for a name
PROSE = [
    "The Assembly discusses the yearly report",
    "States asked for this report in 2009",
    "Camera crews gather",
    "Not an official record",
    "Visitors’ entrance",
    "Ramp at the north gate",
    "All who hold no pass",
    "Holders of a valid headquarters pass",
    "Letter of assignment",
    "North gate, from 2 September",
    "Write to ngo@example.int",
    "accredited correspondents",
    "Monday to Friday",
]
SITE = "http://localhost:8000"


def make_public():
    return publishing.publish(make_full_meeting(slug="dialogue"), by=None)


@pytest.fixture
def public(once):
    return once(make_public)


def told(edition, language, format="page"):
    people = {str(row.id): row.content for row in edition.people.all()}
    return renditions.render(edition, people, language, format, at=edition.published_at).decode()


def translated(edition, language, **texts):
    edition.texts = edition.texts | {language: texts}
    return edition


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", BAR)
def test_page_names_its_language_its_twins_and_itself(client, public, language, path):
    markup = client.get(PREFIX[language] + path).content.decode()
    page = Page(markup)

    direction = "rtl" if language == "ar" else "ltr"
    assert page.all("html") == [{"lang": language, "dir": direction}]
    links = [link for link in page.all("link") if link.get("hreflang")]
    assert [(link["hreflang"], link["href"]) for link in links] == [
        *((twin, f"{SITE}{PREFIX[twin]}{path}") for twin in BAR),
        ("x-default", SITE + path),
    ]
    assert [link["href"] for link in page.all("link") if link["rel"] == "canonical"] == [
        f"{SITE}{PREFIX[language]}{path}"
    ]
    locales = [meta["content"][:2] for meta in page.all("meta") if meta.get("property", "").startswith("og:locale")]
    assert locales == [language, *(twin for twin in BAR if twin != language)]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", BAR)
def test_bar_names_each_language_in_itself_in_the_order_of_the_house(client, public, language, path):
    bar = re.search(r'(?s)<nav class="langs".*?</nav>', client.get(PREFIX[language] + path).content.decode())[0]

    links = Page(bar).all("a")
    assert [(link["href"], link["lang"], link["hreflang"]) for link in links] == [
        (PREFIX[twin] + path, twin, twin) for twin in BAR
    ]
    assert [link["lang"] for link in links if link.get("aria-current") == "true"] == [language]
    assert re.findall(r"<a [^>]*>([^<]+)</a>", bar) == NAMES
    assert NAMES[BAR.index(language)] in re.search(r"<summary>(.*?)</summary>", bar)[1]


def test_bar_keeps_what_was_asked_of_a_list(client):
    bar = re.search(r'(?s)<nav class="langs".*?</nav>', client.get("/meetings/?page=1&q=a%22b").content.decode())[0]

    assert Page(bar).all("a")[3]["href"] == "/fr/meetings/?page=1&q=a%22b"


def test_site_in_one_language_has_no_bar_and_no_twins(client, settings):
    settings.LANGUAGES = [("en", "English")]

    page = Page(client.get("/help/").content.decode())

    assert [nav for nav in page.all("nav") if nav.get("class") == "langs"] == []
    assert [link for link in page.all("link") if "hreflang" in link] == []


@pytest.mark.parametrize("language", BAR)
def test_links_of_a_page_stay_in_its_language(client, public, language):
    ours = re.compile(r"/(?!static/|ar/|zh/|fr/|ru/|es/)") if language != "en" else re.compile(r"/(?:ar|zh|fr|ru|es)/")
    strays = set()
    for path in [MEETING, "/help/", "/privacy/", "/nowhere/"]:
        markup = client.get(PREFIX[language] + path).content.decode()
        markup = re.sub(r'(?s)<nav class="langs".*?</nav>', "", markup)
        hrefs = [a["href"] for a in Page(markup).all("a") if a["href"].startswith("/")]
        assert len(hrefs) > 5
        strays |= {href for href in hrefs if ours.match(href)}

    assert strays == set()


@pytest.mark.parametrize("language", BAR)
def test_error_pages_follow_the_prefix_and_lead_home(client, language, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("broken")

    missing = client.get(f"{PREFIX[language]}/nowhere/")
    unknown_host = client.get(f"{PREFIX[language]}/", headers={"host": "elsewhere.example.com"})
    monkeypatch.setattr("advisory.views.find", fail)
    broken = Client(raise_request_exception=False).get(PREFIX[language] + MEETING)

    for response, status in [(missing, 404), (unknown_host, 400), (broken, 500)]:
        page = Page(response.content.decode())
        assert response.status_code == status
        assert [html["lang"] for html in page.all("html")] == [language]
        assert [a["href"] for a in page.all("a") if "hreflang" in a] == [f"{PREFIX[code]}/" for code in BAR]
        assert [link for link in page.all("link") if link.get("rel") in {"canonical", "alternate"}] == []


@pytest.mark.parametrize("language", [code for code in BAR if code != "en"])
def test_page_without_translation_leaves_prose_out_and_links_it_once(public, language):
    markup = told(public, language)

    assert [sentence for sentence in PROSE if sentence in markup] == []
    links = [a for a in Page(markup).all("a") if a["href"] == f"{SITE}{MEETING}"]
    assert links == [{"href": f"{SITE}{MEETING}", "hreflang": "en"}]


@pytest.mark.parametrize("format", ["txt", "ics", "json"])
@pytest.mark.parametrize("language", [code for code in BAR if code != "en"])
def test_other_forms_leave_prose_out_and_link_it_once(public, language, format):
    text = told(public, language, format).replace("\r\n ", "")

    assert [sentence for sentence in PROSE if sentence in text] == []
    assert len(re.findall(rf"{SITE}{MEETING}(?![\w.])", text)) == (2 if format == "ics" else 1)  # an entry each


def test_original_has_every_sentence_and_no_such_link(public):
    markup = told(public, "en")
    text = told(public, "en", "txt")

    assert [sentence for sentence in PROSE if sentence not in markup.replace("&#x27;", "’")] == [
        "Write to ngo@example.int"  # the address in it is a link
    ]
    assert [sentence for sentence in PROSE if sentence not in text] == []
    assert "full-text" not in markup
    assert "Full text" not in text


def test_names_keep_the_original_and_say_so(public):
    markup = told(public, "ru")

    marked = re.findall(r'<bdi lang="en" dir="ltr">([^<]+)</bdi>', markup)
    assert marked == [
        "General Assembly",
        "Informal interactive dialogue on early warning",
        "Hearing the first bell",
        "Morning",
        "Afternoon",
        "Conference Room 1",
        "Trusteeship Council Chamber",
        "Headquarters, 1 Example Plaza, New York, United States of America",
        "Conference Room 4",
        "President of the General Assembly",
        "Special Adviser",
        "Member States",
        "Live webcast",
        "Press officer, Department of Information",
        "Office on Prevention",
        "Opening",
        "Debate",
        "The President meets the press",
        "Second-floor corridor",
        "Report on early warning",
        "Programme",
    ]


def test_facts_are_told_in_the_language_of_the_page(public):
    when = facts(told(public, "ru"))["Когда"]

    assert when[0] == "Вторник, 6 сентября 2016 года"
    assert when[2:4] == [
        "10:00–13:00 Morning",
        "15:00–18:00 Afternoon, Conference Room 1 Закрыто для СМИ",
    ]
    assert when[4:6] == ["время: Нью-Йорк (UTC−4)", "Другие города"]
    assert [line.split()[0] for line in when[8:]] == [
        "Нью-Йорк", "Сантьяго", "Женева", "Вена", "Найроби", "Бейрут", "Бангкок", "Токио",
    ]  # fmt: skip


def test_part_that_is_translated_is_told_and_the_rest_is_linked(public):
    edition = translated(public, "fr", title="Dialogue interactif", summary="L’Assemblée examine le rapport.")

    markup = told(edition, "fr")

    assert part(markup, "<h1.*?</h1>") == ["Dialogue interactif"]
    assert facts(markup)["Quoi"] == ["L’Assemblée examine le rapport."]
    assert "States asked for this report" not in markup
    assert [a for a in Page(markup).all("a") if a.get("hreflang") == "en" and a["href"].startswith(SITE)] == [
        {"href": SITE + MEETING, "hreflang": "en"}
    ]
    assert event(markup)["inLanguage"] == "fr"


def test_page_that_is_wholly_translated_has_no_link_to_the_original(public):
    edition = translated(public, "fr", **{path: f"{path} en français" for path in public.texts["en"]})

    markup = told(edition, "fr")

    assert "full-text" not in markup
    assert '<bdi lang="en"' not in markup


def test_name_of_a_body_is_the_houses_own_in_each_language(public):
    public.facts["body_names"] = {"fr": "Assemblée générale"}

    assert part(told(public, "fr"), '<p class="kicker.*?</p>') == ["Avis aux médias Assemblée générale"]


def test_original_in_a_language_without_pages_is_told_in_full_in_english():
    edition = publishing.publish(make_full_meeting(slug="dialogue", original_language="de"), by=None)

    english, french = told(edition, "en"), told(edition, "fr")

    assert "States asked for this report" in english
    assert '<div class="paras" lang="de" dir="ltr">' in english
    assert '<bdi lang="de" dir="ltr">Visitors’ entrance' in english
    assert [a for a in Page(french).all("a") if a["href"] == SITE + MEETING] == [
        {"href": SITE + MEETING, "hreflang": "en"}
    ]


@pytest.mark.parametrize(
    ("zone", "city", "original", "language", "clock"),
    [
        ("America/New_York", "New York", "en", "ru", "Нью-Йорк"),
        ("Europe/Zurich", "Geneva", "en", "fr", "Genève"),
        ("Europe/Zurich", "Genève", "fr", "en", "Geneva"),
        ("Europe/Zurich", "Montreux", "fr", "es", "Zúrich"),
        ("Europe/Vienna", "", "en", "zh", "维也纳"),
    ],
)
def test_clock_goes_by_a_city_in_the_language_of_the_page(zone, city, original, language, clock):
    meeting = make_meeting(time_zone=zone, city=city, original_language=original)

    markup = told(publishing.publish(meeting, by=None), language)

    assert re.findall(r"</bdi></b> (\S+) <span", markup) == [clock]


def test_what_reads_from_left_to_right_stays_so_in_arabic_text(public):
    text = told(public, "ar", "txt")

    assert "\u2066+1 212 555 0142\u2069" in text
    assert "\u206610:00–13:00\u2069" in text
    assert "\u2068Informal interactive dialogue on early warning\u2069" in text
    assert "\u2068" not in told(public, "fr", "txt")


def test_json_is_null_where_prose_is_left_out(public):
    data = json.loads(told(public, "es", "json"))

    assert (data["title"], data["language"]) == ("Informal interactive dialogue on early warning", "en")
    assert (data["summary"], data["background"], data["arrangements"]) == (None, [], [])
    assert data["full_text"] == {"language": "en", "url": SITE + MEETING}
    assert json.loads(told(public, "en", "json"))["full_text"] is None


def test_files_have_one_address_for_all_languages(client):
    meeting = make_full_meeting(slug="dialogue")
    meeting.documents.first().files.create(
        name="n.pdf", digest="ab" * 32, media_type="application/pdf", size_bytes=1000, language="fr"
    )
    edition = publishing.publish(meeting, by=None)

    addresses = {
        a["href"] for language in BAR for a in Page(told(edition, language)).all("a") if a["href"].endswith("n.pdf")
    }

    assert addresses == {f"{MEETING}files/{'ab' * 32}/n.pdf"}


def test_foreign_name_is_a_text_that_knows_its_language(public):
    telling = Telling.of(public, {}, "fr", at=public.published_at)

    assert isinstance(telling.words.title, Foreign)
    assert (telling.words.title, telling.words.title.language) == (public.texts["en"]["title"], "en")
    assert telling.words.background == ""
    assert (telling.path, telling.root, telling.full_text) == (f"/fr{MEETING}", MEETING, "en")


def test_every_language_is_rendered_at_publication(public):
    eager = [form.name for form in renditions.FORMATS.values() if form.eager]
    made = {(row.language, row.format) for row in public.renditions.all()}

    assert made == {(language, format) for language in BAR for format in eager}


def test_change_of_a_catalogue_makes_renditions_anew(settings, tmp_path):
    renditions.renderer.cache_clear()
    before = {format: renditions.renderer(format) for format in renditions.FORMATS}
    renditions.renderer.cache_clear()
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "django.po").write_text('msgid "When"\nmsgstr "À quel moment"\n')
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path]

    after = {format: renditions.renderer(format) for format in renditions.FORMATS}

    renditions.renderer.cache_clear()
    assert [format for format in before if before[format] == after[format]] == []


def test_embargoed_page_is_the_same_404_in_every_language(client):
    make_meeting(slug="draft")
    for language in BAR:
        draft, never = (client.get(f"{PREFIX[language]}/meetings/2016/{slug}/") for slug in ["draft", "never"])

        assert (draft.status_code, draft.content) == (404, never.content)
    assert Edition.objects.count() == 0


def test_every_public_address_is_there_in_every_language(client, public):
    """Walks the addresses without arguments, so that a new page is covered the day it appears."""
    prefixed = next(pattern for pattern in get_resolver().url_patterns if "Locale" in type(pattern.pattern).__name__)
    plain = [str(url.pattern) for url in prefixed.url_patterns if "<" not in str(url.pattern)]
    assert {"", "meetings/", "help/"} <= set(plain)

    without_proof = {"subscribe/manage/": 403}
    answers = {f"{PREFIX[language]}/{path}": without_proof.get(path, 200) for language in BAR for path in plain}

    assert {address: client.get(address).status_code for address in answers} == answers
    assert section(client.get("/ar/privacy/").content.decode(), "readers") != []
