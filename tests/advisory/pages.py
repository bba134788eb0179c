"""Reading a rendered advisory page in tests: its lines, its elements, its facts, its data for search engines."""

import json
import re
from html.parser import HTMLParser

from advisory import publishing, renditions

BREAKS = set("p dt dd li tr h1 h2 h3 br div section summary caption figcaption time table details nav".split())
SILENT = {"script", "svg", "title"}
VOID = {"meta", "link", "br", "img"}


class Page(HTMLParser):
    """A page as a reader meets it: lines of words, and every element with its attributes."""

    def __init__(self, markup):
        super().__init__()
        self.lines, self.elements, self._silent = [""], [], 0
        self.feed(markup)
        self.lines = [" ".join(line.split()) for line in self.lines if line.strip()]

    def handle_starttag(self, name, attributes):
        attributes = dict(attributes)
        self.elements.append((name, attributes))
        if name in BREAKS or {"small"} & set(attributes.get("class", "").split()):
            self.lines.append("")
        if name in {"td", "th"}:
            self.lines[-1] += " "
        if name not in VOID and (self._silent or name in SILENT or "hidden" in attributes):
            self._silent += 1

    def handle_startendtag(self, name, attributes):
        self.elements.append((name, dict(attributes)))

    def handle_endtag(self, name):
        self._silent = max(0, self._silent - 1)
        if name in BREAKS:
            self.lines.append("")

    def handle_data(self, data):
        if not self._silent:
            self.lines[-1] += data

    def all(self, name):
        return [attributes for found, attributes in self.elements if found == name]


def source(meeting, *, kind=None, at=None):
    """The page's markup of the meeting as it stands, published now."""
    edition = publishing.publish(meeting, by=None, kind=kind)
    return render(edition, at=at)


def render(edition, *, at=None, language="en"):
    people = {str(row.id): row.content for row in edition.people.all() if row.blanked_at is None}
    return renditions.render(edition, people, language, "page", at=at or edition.published_at).decode()


def part(markup, pattern):
    """Lines of the first stretch of the page that matches."""
    return Page(re.search(rf"(?s){pattern}", markup)[0]).lines


def section(markup, name):
    return part(markup, rf'<section[^>]*aria-labelledby="{name}".*?</section>')


def facts(markup):
    """Lines by label: When, Where, What, Who, Watch."""
    sheet = re.search(r'(?s)<dl class="facts.*?</dl>', markup)[0]
    return {label: Page(text).lines for label, text in re.findall(r"(?s)<dt>(.*?)</dt><dd.*?>(.*?)</dd>", sheet)}


def event(markup):
    return json.loads(re.search(r'(?s)<script type="application/ld\+json">(.*?)</script>', markup)[1])
