"""A person who applies in a real browser, with a mouse or by keyboard alone; each page is looked over on the way."""

import re
from urllib.parse import urlsplit

from django.utils import timezone, translation
from django.utils.translation import gettext

from accreditation import presets
from advisory import publishing
from office.models import Message
from tests.accreditation.sent_files import pdf, picture
from tests.advisory.test_look import LINTER
from tests.builders import make_focal_point, make_meeting, make_organization, make_sitting

LETTER = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": pdf()}
PORTRAIT = {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(600, 800))}
SAMPLES = "https://example.org/bells\nhttps://example.org/drums"
TABS = 80  # more than any page has stops


class Mouse:
    """Answers by pointing. A number names the option at that place, counted from 0."""

    def __init__(self, page):
        self.page = page

    def control(self, name, value):
        found = self.page.locator(f"main [name='{name}']")
        if found.first.get_attribute("type") not in {"radio", "checkbox"} or value is True:
            return found.first
        return found.nth(value) if isinstance(value, int) else self.page.locator(f"[name='{name}'][value='{value}']")

    def give(self, name, value):
        control = self.control(name, value)
        kind = control.evaluate("e => e.type")
        ways = {"radio": self.choose, "checkbox": self.tick, "file": self.send, "select-one": self.select}
        ways.get(kind, self.write)(control, value)

    def choose(self, control, value):
        control.check()

    tick = choose

    def write(self, control, text):
        control.fill(text)

    def select(self, control, number):
        control.select_option(index=number)

    def send(self, control, file):
        control.set_input_files(file)

    def press(self, control):
        control.click()


class Keyboard(Mouse):
    """Answers by Tab, arrows, Space, Enter and letters; nothing is focused but by them."""

    def __init__(self, page):
        super().__init__(page)
        page.on("filechooser", lambda chooser: None)  # from now on the browser hands them over

    def reach(self, control):
        for _ in range(TABS):
            if control.evaluate("e => e === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {control}.")

    def choose(self, control, value):
        """Tab leads to a group once; arrows lead through it."""
        group = f"[name='{control.get_attribute('name')}']"
        for _ in range(TABS):
            if self.page.evaluate("group => document.activeElement.matches(group)", group):
                break
            self.page.keyboard.press("Tab")
        for _ in range(TABS):
            if control.evaluate("e => e === document.activeElement"):
                break
            self.page.keyboard.press("ArrowDown")
        if not control.is_checked():
            self.page.keyboard.press("Space")
        assert control.is_checked()

    def tick(self, control, value):
        self.reach(control)
        if not control.is_checked():
            self.page.keyboard.press("Space")

    def write(self, control, text):
        self.reach(control)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def select(self, control, number):
        self.reach(control)
        for _ in range(number - control.evaluate("e => e.selectedIndex")):
            self.page.keyboard.press("ArrowDown")
        assert control.evaluate("e => e.selectedIndex") == number

    def send(self, control, file):
        self.reach(control)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(file)

    def press(self, control):
        self.reach(control)
        self.page.keyboard.press("Enter")


class Walk:
    """From the start page of a category to the status page, in one language. ``looked_at`` names what was looked over.

    Without ``axe`` the pages are walked through alone.
    """

    def __init__(self, page, hand, category, *, language="en", axe=None):
        self.page, self.hand, self.category, self.language, self.axe = page, hand(page), category, language, axe
        self.prefix = "" if language == "en" else f"/{language}"
        self.looked_at = []

    @property
    def root(self):
        meeting = self.category.meeting
        return f"{self.prefix}/meetings/{meeting.url_year}/{meeting.slug}/apply/{self.category.slug}/"

    @property
    def slug(self):
        return urlsplit(self.page.url).path.rstrip("/").rpartition("/")[2]

    def look(self, name):
        """What holds of every page; of a page with errors, that its focus and its links lead to them."""
        page = self.page
        is_wrong = page.locator(".error-summary").count() == 1
        faults = self.axe(page) + page.evaluate(LINTER) if self.axe else []
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append("scrolls sideways")
        if page.evaluate("document.documentElement.lang") != self.language:
            faults.append("is in another language")
        with translation.override(self.language):
            if page.title().startswith(gettext("Error:")) != is_wrong:
                faults.append(f"is titled {page.title()}")
        if page.locator(".question").count():
            number = page.locator(".step").evaluate("e => e.firstChild.textContent.trim()")
            if f"{page.locator('h1').inner_text()} {number}" not in page.title():
                faults.append(f"is titled {page.title()}")
        if page.locator(".answers .form-text").count():
            faults.append("shows a question's hint as an answer")
        if page.locator("h1").count() != 1:
            faults.append("has not one h1")
        assert faults == [], f"{page.url} ({name}): {faults}"
        self.looked_at.append(name)

    def refused(self, name):
        """The errors have the focus, and the first of their links leads to its control."""
        self.page.locator("[role=alert]:focus").wait_for()  # the browser sets autofocus as it draws
        self.look(f"{name}, refused")
        link = self.page.locator(".error-summary a").first
        self.hand.press(link)
        control = link.get_attribute("href").partition("#")[2]
        assert self.page.evaluate("document.activeElement.id") == control

    def go_on(self):
        """Press the button that goes on, and wait for the page that follows."""
        button = self.page.locator("main .btn-primary").last
        with self.page.expect_navigation():
            self.hand.press(button)

    def begin(self, email="ada@example.org"):
        """The start page, a wrong address, the right one, and the link that the mail brings."""
        self.page.goto(self.root)
        self.look("start")
        self.go_on()
        self.refused("start")
        self.hand.give("email", email)
        self.go_on()
        self.look("sent")
        self.page.goto(path_in(Message.objects.latest("queued_at")))
        self.look("link")
        self.go_on()

    def step(self, slug, *posts, wrong=None):
        """Press Continue with what is wrong, or with nothing, then post each of the answers; the last one leads on."""
        assert self.slug == slug
        self.look(slug)
        for answers in [wrong or {}, *posts[:-1]]:
            self.answer(answers)
            self.refused(slug)
        self.answer(posts[-1])
        assert self.slug != slug, self.page.locator(".error-summary").all_inner_texts()

    def answer(self, answers):
        for name, value in answers.items():
            self.hand.give(name, value)
        self.go_on()

    def papers(self, files, *, links=""):
        """The first file goes by its own button, the others by Continue; without files the page lets on."""
        assert self.slug == "papers"
        self.look("papers")
        self.go_on()
        if not files:
            assert self.slug != "papers"
            return
        self.refused("papers")
        first, *others = files
        self.hand.give(first, files[first])
        with self.page.expect_navigation():
            self.hand.press(self.page.locator(f"button[name=upload][value={first}]"))
        self.look("papers, one kept")
        self.answer({name: files[name] for name in others} | ({"samples": links} if links else {}))
        assert self.slug != "papers", self.page.locator(".error-summary").all_inner_texts()

    def send(self):
        """The check of all answers, to the status page."""
        self.step("check", {"declaration": True})
        assert self.page.url.endswith(f"{self.prefix}/status/")
        self.look("status")


def path_in(message):
    """The path of the link that an e-mail carries."""
    return "/" + re.search(r"^https?://\S+", message.text, re.M)[0].split("/", 3)[3]


def announced_preset(name):
    """A category as the house suggests it, of a public meeting twenty days from now."""
    meeting = make_meeting(sitting=False)
    make_sitting(meeting, date=timezone.localdate() + timezone.timedelta(days=20))
    category = presets.make(presets.PRESETS[name], meeting)
    publishing.publish(meeting, by=None)
    meeting.refresh_from_db()
    category.meeting = meeting
    return category


NAME = {"given_names": "Ada Chidinma", "family_name": "Okafor"}
DOCUMENT = {
    "birth_date_0": "27", "birth_date_1": "3", "birth_date_2": "1984",
    "nationality": 3, "document_kind": 1, "document_number": "X1234567", "document_issuer": 2,
    "document_expires_on_0": "1", "document_expires_on_1": "12", "document_expires_on_2": "2090",
}  # fmt: skip
WITHOUT_NATIONALITY = {name: value for name, value in DOCUMENT.items() if name != "nationality"}
SPEECH = {
    "wants_to_speak": "yes", "speaking_topic": "Bells", "speaking_outline": "One. Two.", "speaking_language": 1,
    "speaking_how": "in_person",
}  # fmt: skip
JOB = {"job_title": "Reporter", "phone": "+1 212 555 0142"}
CAMERA = "camera, Example X1, 123456"
TOO_LONG = "x" * 201


class Press:
    """One medium: what it is asked of the work, the papers, and what is brought."""

    preset = "press"

    def __init__(self, medium, *, work=None, files=("letter_of_assignment",), links=SAMPLES, registered=False):
        self.medium, self.work, self.links, self.registered = medium, work or {}, links, registered
        self.files = dict.fromkeys(files, LETTER) | {"portrait": PORTRAIT}
        if medium == "delegation_media":
            self.preset = "delegation_media"

    def walk(self, walk):
        if self.registered:
            make_organization("The Daily Lantern", kind="media")
        walk.begin()
        walk.step("medium", {"medium": self.medium})
        walk.step("name", NAME)
        work = {"organization_name": "The Daily Lantern"} | self.work | JOB | {"country": 2}
        walk.step("work", work, *([{"organization": 0}] if self.registered else []))
        walk.step("identity", DOCUMENT)
        walk.papers(self.files, links=self.links)
        walk.step("equipment", {"equipment": CAMERA}, wrong={"equipment": TOO_LONG})
        walk.step("needs", {"needs_words": "A ramp"}, wrong={"needs": "other"})
        walk.send()


class CivilSociety:
    """One kind of organization; another one than those with a status is only a name."""

    def __init__(self, standing):
        self.standing = standing
        self.files = {} if standing == "other" else {"designation_letter": LETTER, "portrait": PORTRAIT}
        self.preset = "observers" if standing == "other" else "civil_society"

    def walk(self, walk):
        if self.standing == "other":
            named = [{"country": 2, "website": "www.example.org"}]
        else:
            status = {"consultative": "special", "special": "accredited"}[self.standing]
            organization = make_organization("Example Alliance", status=status)
            organization.accredited_to.set([walk.category.meeting])
            make_focal_point(organization)
            named = [{"organization": 0}]
        walk.begin()
        walk.step("standing", {"standing": self.standing, "organization_name": "Example Alliance"}, *named)
        walk.step("name", NAME)
        walk.step("part", {"part": "representative"} | JOB | {"attending": "in_person"})
        is_other = self.standing == "other"
        walk.step("identity", DOCUMENT if not is_other else WITHOUT_NATIONALITY)
        walk.papers(self.files)
        if not is_other:
            walk.step("speaking", SPEECH)
        walk.step("needs", {"needs_words": "A ramp"}, wrong={"needs": "other"})
        walk.send()


STORIES = {
    "print": Press("print", registered=True),
    "online": Press("online", work={"website": "www.example.org"}),
    "television": Press("television"),
    "photo": Press("photo"),
    "freelance": Press(
        "freelance", work={"website": "www.example.org", "editor_name": "Eddie", "editor_contact": "ed@example.org"}
    ),
    "delegation media": Press("delegation_media", work={"delegation_of": 3}, files=("mission_letter",), links=""),
    "consultative": CivilSociety("consultative"),
    "special": CivilSociety("special"),
    "other": CivilSociety("other"),
}
