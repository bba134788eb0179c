"""What a person sees, in a real browser: accessible, with a focus that shows, whole on every screen and paper."""

import gzip
import io

import pikepdf
import pytest
from PIL import Image, ImageChops

from office.second_factor import codes
from tests.builders import PASSWORD, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.ux, pytest.mark.django_db(transaction=True)]

OTHER_LOOKS = [(360, "light"), (1280, "dark")]
DIALOGUE = "/meetings/2016/r2p-dialogue/"
LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
TEXT_SPACING = (  # WCAG 2.2, 1.4.12
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
    "p { margin-block-end: 2em !important }"
)


@pytest.mark.parametrize(
    ("width", "theme"),
    [(360, "dark"), (1280, "light"), *(pytest.param(*look, marks=pytest.mark.full) for look in OTHER_LOOKS)],
)
def test_no_page_breaks_a_rule_of_accessibility(page, axe, addresses, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    faults = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        faults[address] = axe(page)

    assert faults == dict.fromkeys(addresses, [])


def test_refused_sign_in_breaks_no_rule_and_leads_to_the_field(page, axe, db):
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()

    summary = page.get_by_role("alert")
    assert summary.get_by_role("heading").inner_text() == "There is a problem"
    assert summary.get_by_role("link").all_inner_texts() == [
        "Fill in “User name or e-mail address”.",
        "Fill in “Password”.",
    ]
    assert axe(page) == []
    summary.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.id") == "id_login"
    described = page.locator("#id_login").get_attribute("aria-describedby").split()
    assert [page.locator(f"#{name}").count() for name in described] == [1] * len(described)


def test_account_pages_of_an_officer_break_no_rule(page, axe):
    app = codes.give(make_officer("amina"))
    page.goto("/accounts/login/?next=/accounts/password/change/")
    page.get_by_label("User name or e-mail address").fill("amina")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.fill("[name=code]", codes.current(app))
    page.locator("main .btn-primary").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Change your password"
    faults = {}
    for address in ["/accounts/password/change/", "/accounts/logout/", "/accounts/email/", "/accounts/signup/"]:
        page.goto(address)
        faults[address] = axe(page)

    assert faults == dict.fromkeys(faults, [])


LINTER = """() => {
  const faults = [];
  const say = (words, element) => faults.push(words + ": " + element.outerHTML.slice(0, 100));
  // Not what a closed menu holds
  const seen = element => element.getClientRects().length && element.checkVisibility({checkVisibilityCSS: true});
  if (document.querySelectorAll("h1").length !== 1) faults.push("not one h1");
  let rank = 0;
  for (const heading of document.querySelectorAll("h1,h2,h3,h4,h5,h6")) {
    const own = +heading.tagName[1];
    if (rank && own > rank + 1) say("heading skips a rank", heading);
    rank = own;
  }
  document.querySelectorAll("[tabindex]").forEach(e => e.tabIndex > 0 && say("positive tabindex", e));
  for (const e of document.querySelectorAll("a[href],button,summary,input:not([type=hidden]),select,textarea")) {
    if (!seen(e) || e.classList.contains("skip")) continue;
    const box = e.getBoundingClientRect();
    const inSentence = getComputedStyle(e).display === "inline" &&
      [...(e.closest("bdi") || e).parentElement.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!inSentence && (box.width < 24 || box.height < 24) && box.height > 0) {
      const gap = e.closest("li,p,td,dd,nav");
      if (!gap || gap.getBoundingClientRect().height < 24 || box.width < 24) say("target under 24 px", e);
    }
    const named = (e.getAttribute("aria-labelledby") || "").split(" ").map(id => document.getElementById(id));
    const name = e.innerText || e.getAttribute("aria-label") || named.map(n => n ? n.innerText : "").join("") ||
      (e.labels && e.labels.length && e.labels[0].innerText);
    if (!name || !name.trim()) say("no name", e);
    if (/^(click here|here|more|read more)$/i.test((name || "").trim())) say("says nothing", e);
    if (e.placeholder) say("placeholder", e);
  }
  document.querySelectorAll("img:not([alt])").forEach(e => say("picture without words", e));
  if (!document.documentElement.lang) faults.push("page without language");
  return faults;
}"""


@pytest.mark.parametrize("width", [360, pytest.param(1280, marks=pytest.mark.full)])
def test_no_page_breaks_a_rule_of_the_house(page, addresses, width):
    page.set_viewport_size({"width": width, "height": 900})
    faults = {}
    for address in addresses:
        page.goto(address)
        faults[address] = page.evaluate(LINTER)

    assert faults == dict.fromkeys(addresses, [])


def test_linter_sees_what_it_looks_for(page):
    page.set_content(
        "<h1>One</h1><h3>Skipped</h3><h1>Two</h1><p tabindex=2>x</p>"
        "<div><button style='width:9px;height:9px'></button></div>"
        "<img src='data:,'><input placeholder='Name'><a href='#'>here</a>"
    )

    faults = {fault.partition(":")[0] for fault in page.evaluate(LINTER)}

    assert faults == {
        "not one h1", "heading skips a rank", "positive tabindex", "target under 24 px", "no name", "placeholder",
        "picture without words", "says nothing", "page without language",
    }  # fmt: skip


def test_name_in_french_on_an_english_page_is_marked(page, meetings):
    page.goto(meetings[-2])

    language_of = "e => e.closest('[lang]').lang"
    assert page.locator("h1 bdi").evaluate(language_of) == "fr"
    assert page.locator(".para").count() == 0
    assert page.locator("dt").first.evaluate(language_of) == "en"


def contrast(one, other):
    """WCAG contrast ratio of two sRGB colours."""

    def luminance(colour):
        linear = [c / 3294.6 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def pixels_that_differ(before, after):
    """How many pixels changed with a contrast of at least 3:1 (WCAG 2.2, 2.4.13)."""
    pair = [Image.open(io.BytesIO(shot)).convert("RGB") for shot in (before, after)]
    changed = ImageChops.difference(*pair).convert("L").point(lambda value: 255 if value else 0)
    if changed.getbbox() is None:
        return 0
    old, new = (image.load() for image in pair)
    marks = changed.load()
    return sum(
        contrast(old[x, y], new[x, y]) >= 3 for x in range(changed.width) for y in range(changed.height) if marks[x, y]
    )


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.full)])
def test_focus_shows_on_every_control(page, meetings, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    page.set_viewport_size({"width": 1280, "height": 900})
    weak = []
    for address in [meetings[1], "/accounts/login/"]:
        page.goto(address)
        count = page.locator("a[href]:visible, button:visible, summary:visible, input:visible").count()
        for _ in range(count):
            page.keyboard.press("Tab")
            box = page.evaluate(
                "(({x, y, width, height}) => ({x, y, width, height}))(document.activeElement.getBoundingClientRect())"
            )
            clip = {
                "x": max(0, box["x"] - 8),
                "y": max(0, box["y"] - 8),
                "width": box["width"] + 16,
                "height": box["height"] + 16,
            }
            focused = page.screenshot(clip=clip)
            page.evaluate("window.last = document.activeElement; last.blur()")
            plain = page.screenshot(clip=clip)
            needed = 2 * (box["width"] + box["height"])
            if pixels_that_differ(plain, focused) < needed:
                weak.append(page.evaluate("last.outerHTML.slice(0, 80)"))
            page.evaluate("last.focus()")
        assert count > 3

    assert weak == []


def test_first_tab_leads_past_the_masthead(page, meetings):
    page.goto(meetings[0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "Skip to content"
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("spacing", [pytest.param("", marks=pytest.mark.full), TEXT_SPACING])
def test_nothing_scrolls_sideways_at_four_hundred_per_cent(page, addresses, spacing):
    """1280 px enlarged four times are 320 CSS px (WCAG 2.2, 1.4.10)."""
    page.set_viewport_size({"width": 320, "height": 256})
    widths = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }", spacing
        )
        widths[address] = page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(addresses, 320)


def test_page_from_right_to_left_keeps_to_its_width_and_mirrors(page, meetings):
    mirrored = {}
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(meetings[1])
        mark = "document.querySelector('.mark').getBoundingClientRect()"
        page.wait_for_function("document.fonts.status === 'loaded'")
        left = page.evaluate(f"{mark}.left")
        page.evaluate("document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar'")
        mirrored[width] = page.evaluate(f"document.documentElement.clientWidth - {mark}.right") == left
        assert page.evaluate("document.documentElement.scrollWidth") == width

    assert mirrored == {360: True, 1280: True}


@pytest.mark.parametrize(("paper", "height_mm"), [("A4", 297), ("Letter", 279)])
def test_dialogue_prints_on_two_sheets_with_the_facts_on_the_first(page, meetings, paper, height_mm):
    page.set_viewport_size({"width": 642, "height": 900})
    page.goto(DIALOGUE)
    printed = page.pdf(format=paper, margin={"top": "16mm", "bottom": "18mm", "left": "20mm", "right": "20mm"})
    page.emulate_media(media="print")
    lowest = page.evaluate("document.querySelector('.side').getBoundingClientRect().bottom")

    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert len(pdf.pages) <= 2
    assert lowest < (height_mm - 34) / 25.4 * 96


def in_language(address, language):
    return address if language == "en" else f"/{language}{address}"


def faults_of(page, axe, addresses, *, theme, width):
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    faults = {}
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        faults[address] = axe(page) + page.evaluate(LINTER)
        if page.evaluate("document.documentElement.scrollWidth") != width:
            faults[address].append("scrolls sideways")
    return {address: found for address, found in faults.items() if found}


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [
        ("ar", "dark", 360),
        pytest.param("zh", "light", 360, marks=pytest.mark.full),
        ("ru", "light", 768),
        pytest.param("fr", "dark", 1280, marks=pytest.mark.full),
    ],
)
def test_advisory_in_another_language_breaks_no_rule(page, axe, meetings, language, theme, width):
    addresses = [in_language(address, language) for address in [meetings[1], "/", "/nowhere/"]]

    assert faults_of(page, axe, addresses, theme=theme, width=width) == {}


@pytest.mark.full
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_in_any_language_breaks_a_rule(page, axe, meetings, language, theme, width):
    pages = [*meetings, "/", "/meetings/", "/meetings/2016/", "/help/", "/privacy/", "/accessibility/", "/nowhere/"]
    addresses = [in_language(address, language) for address in pages]

    assert faults_of(page, axe, addresses, theme=theme, width=width) == {}


@pytest.mark.parametrize(
    ("language", "most_bytes"),
    [("ar", 165_000), ("zh", 75_000), ("en", 100_000), ("fr", 100_000), ("ru", 130_000), ("es", 100_000)],
)
def test_first_view_stays_within_the_bytes_of_its_language(page, meetings, language, most_bytes):
    """Words count compressed, as the server sends them; faces are compressed by their makers."""
    received = {}

    def count(response):
        body = response.body()
        is_face = response.url.endswith(".woff2")
        received[response.url] = len(body) if is_face else len(gzip.compress(body, 9))

    page.on("response", count)
    page.goto(in_language(meetings[1], language), wait_until="networkidle")

    faces = [url.rpartition("/")[2] for url in received if url.endswith(".woff2")]
    assert sum(received.values()) <= most_bytes
    assert [face for face in faces if "arabic" in face] == [] or language == "ar"
    assert [face for face in faces if "cyrillic" in face] == [] or language == "ru"
    assert (faces == []) == (language == "zh")


def test_bar_of_languages_opens_without_a_script_on_a_telephone(open_page, meetings):
    page = open_page(meetings[1], viewport={"width": 360, "height": 800}, java_script_enabled=False)
    french = page.locator(".langs a[lang=fr]")
    assert not french.is_visible()

    page.locator(".langs summary").click()
    french.click()

    assert page.url.endswith(f"/fr{meetings[1]}")
    assert page.locator(".langs summary").inner_text().startswith("Français")
