"""What a browser would send from a form on a page: every control with the value it shows."""

from html.parser import HTMLParser


class _Controls(HTMLParser):
    def __init__(self, form_id):
        super().__init__()
        self.form_id, self.inside, self.data = form_id, False, {}
        self.select = self.textarea = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id") == self.form_id
        if not self.inside:
            return
        name, kind = attrs.get("name"), attrs.get("type", "text")
        if tag == "input" and name and kind not in {"submit", "file"}:
            if kind not in {"checkbox", "radio"} or "checked" in attrs:
                self.add(name, attrs.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in attrs:
            self.add(self.select, attrs.get("value", ""))
        elif tag == "textarea":
            self.textarea = name
            self.data[name] = [""]

    def handle_data(self, text):
        if self.textarea:
            self.data[self.textarea][0] += text

    def handle_endtag(self, tag):
        if tag == "textarea" and self.textarea:
            self.data[self.textarea][0] = self.data[self.textarea][0].removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = False

    def add(self, name, value):
        self.data.setdefault(name, []).append(value)


def filled(response, form_id):
    """{name: [values]} ready for ``client.post``; rows that only a script would add are left out."""
    controls = _Controls(form_id)
    controls.feed(response.content.decode())
    return {name: values for name, values in controls.data.items() if "__prefix__" not in name}
