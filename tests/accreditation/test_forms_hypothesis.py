"""Whatever is posted to a step, the answer is a page in words or the next step, and what was taken stands there again.

A thousand posts on every change and ten thousand in ``--full``, shared by twelve forms.
"""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accreditation import journey
from accreditation.models import Registration
from accreditation.states import Medium
from tests.accreditation.steps import address_of, errors, open_registration
from tests.builders import make_category, make_organization
from tests.filled_form import filled

pytestmark = [pytest.mark.property, pytest.mark.django_db]

EXOTIC = [
    "\x00", "\u202e", "\ud800", "\u0300" * 50, "x" * 100_000, "9" * 5000, "-1", "1e999", "NaN", "\u0669", "\u00b2",
    "<script>mark()</script>", "{{ title }}", "'; DROP TABLE x; --", "%s%n", "\r\nBcc: a@example.org", "[]", "null",
    "\U000e0001", "\ufffe", "\U0010ffff", "www.example.org", "http://[", "//", "31", "29", "2", "12", "2000", "1900",
    "0000", "UNO", "none", "yes", "on", "张伟", " ", "\u2028", "\x1f", "\x7f", "\x85", "+" + "1" * 400, "xn--",
    "ǆ" * 150, "ﷺ" * 150, "İ" * 200, "a\u0301", "\n\n&amp;\n", "\u200d",
]  # fmt: skip
TEXT = st.one_of(st.sampled_from(EXOTIC), st.text(max_size=300), st.text(alphabet="0123456789+-. \n", max_size=20))
VALUES = st.one_of(TEXT, TEXT, TEXT, st.lists(TEXT, max_size=4))
# What lets a post be taken now and then, by the end of the control's name
GOOD = {
    "phone": ["+1 212 555 0142"], "editor_contact": ["eve@example.org"], "website": ["www.example.org"],
    "organization_name": ["Example", "Nobody", "张伟"], "reference": [""], "number": ["X123", "7"],
    "_0": ["1", "28", "30"], "_1": ["2", "9"], "_2": ["1984", "2004", "2030"], "one_name": ["on"],
}  # fmt: skip
QUESTIONS = ["line", "text", "choice", "choices", "yes_no", "number", "day"]
STEPS = [
    ("press", "medium", ""),
    ("press", "name", ""),
    ("press", "work", Medium.PRINT),
    ("press", "work", Medium.FREELANCE),
    ("press", "work", Medium.DELEGATION_MEDIA),
    ("press", "identity", ""),
    ("press", "equipment", ""),
    ("press", "needs", ""),
    ("press", "questions", ""),
    ("civil_society", "standing", ""),
    ("civil_society", "part", ""),
    ("civil_society", "speaking", ""),
]


def prepared(client, route, medium):
    """A draft of a category that asks everything, and an organization that can be picked."""
    category = make_category(
        route=route, identity="copy", asks_nationality=True, asks_equipment=True, asks_vehicles=True, minimum_age=10,
        chaperone_below=18, offers_speaking=True, allows_remote=True,
    )  # fmt: skip
    for kind in QUESTIONS:
        category.questions.create(
            key=f"own-{kind}",
            label=f"{kind}?",
            kind=kind,
            options=["Red", "Blue"],
            is_sensitive=kind in {"line", "day"},
        )
    make_organization("Example Alliance", kind="other", status="special", aliases=["张伟"])
    return open_registration(client, category=category, medium=medium)


def controls(form):
    """{name of a control: the values that make sense in it}"""
    found = {"organization": [str(pk) for pk in range(1, 3)] + ["none"], "chaperone_name": ["Ben"], "surplus": [""]}
    for bound in form:
        widget = bound.field.widget
        names = [f"{bound.name}_{n}" for n in range(3)] if hasattr(widget, "widgets") else [bound.name]
        offered = [str(value) for value, _label in getattr(bound.field, "choices", [])]
        for name in names:
            good = next((values for end, values in GOOD.items() if name.endswith(end)), ["Ada"])
            found[name] = offered or good
    return found


def posts(form):
    """Half of them make sense but for one control at most; in the others anything stands anywhere, or nothing."""
    sensible = {
        name: st.sampled_from([value for value in offered if value] or [""]) for name, offered in controls(form).items()
    }
    wild = {name: st.one_of(values, VALUES) for name, values in sensible.items()}
    spoilt = st.builds(
        lambda good, name, value: good | {name: value},
        st.fixed_dictionaries(sensible),
        st.sampled_from([*wild]),
        VALUES,
    )
    return st.one_of(st.fixed_dictionaries(sensible), spoilt, st.fixed_dictionaries({}, optional=wild))


def encoded(data):
    """A lone surrogate cannot be sent; a browser sends a question mark in its place."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    return {name: [text.encode("utf-8", "replace").decode() for text in values] for name, values in lists.items()}


def kept(registration):
    row = Registration.objects.get(pk=registration.pk)
    columns = [field.attname for field in Registration._meta.concrete_fields if field.attname != "saved_at"]
    return {name: getattr(row, name) for name in columns}


@pytest.mark.parametrize(("route", "slug", "medium"), STEPS)
def test_no_post_fails_and_what_was_taken_stands_there_again(client, route, slug, medium):
    registration = prepared(client, route, medium)
    address = address_of(registration, slug)
    form = journey.step(registration, slug).form(registration=registration)
    outcomes = []

    @settings(
        max_examples=840 if settings.default.max_examples > 840 else 84,
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(data=posts(form))
    def check(data):
        response = client.post(address, encoded(data) | {"page": ""})
        outcomes.append(response.status_code)
        if response.status_code == 302:
            taken = kept(registration)
            again = client.post(address, filled(client.get(address), None))
            assert (again.status_code, errors(again)) == (302, {})
            assert kept(registration) == taken
        else:
            assert response.status_code == 200
            said = [str(sentence) for sentences in errors(response).values() for sentence in sentences]
            assert said
            assert [sentence for sentence in said if not sentence.strip() or "This field is" in sentence] == []
            assert "This field is required" not in response.content.decode()

    check()
    assert 302 in outcomes
