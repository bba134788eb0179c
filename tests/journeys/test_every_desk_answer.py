"""What the desk answers to a form, looked over like its pages: many at once, a list entered, and what is refused."""

import pytest
from django.db.models import Max

from accreditation.models import Registration
from accreditation.states import Status
from office.models import User
from tests.desk_world import make_desk_world
from tests.journeys.test_every_desk_page import (  # noqa: F401
    LOOKS,
    address,
    desk,
    faults_of,
    officer,
    urlpatterns,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.ux,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("private_files"),
]
LIST = (
    "given_names,family_name,organization,email,phone,medium\n"
    "Ada,Okafor,Example Times,ada.okafor@example.org,+1 212 555 0142,print\nNo,,,nowhere,,\n"
)
# Sent as the page would send it: with the token of a form that stands there
SEND = """([to, fields]) => {
  const form = document.createElement("form"), token = document.querySelector("[name=csrfmiddlewaretoken]")
  form.method = "post"; form.action = to
  for (const [name, value] of [...fields, ["csrfmiddlewaretoken", token.value]]) {
    const input = document.createElement("input")
    input.type = "hidden"; input.name = name; input.value = value; form.append(input)
  }
  document.body.append(form); form.submit() }"""
# Refused for what is left out: (name of the address, its own parameters, fields)
REFUSED = [
    ("act", {"action": "decline"}, []), ("act", {"action": "ask"}, []), ("act", {"action": "waitlist"}, []),
    ("enter", {}, []), ("enter-list", {}, []), ("exports", {}, []), ("security-file", {}, []),
    ("security-result", {}, []),
    ("refer", {}, []), ("notice", {}, []), ("speaking-choose", {}, []), ("speaking-grade", {}, []),
    ("draw-announce", {}, []), ("message", {}, []), ("note", {}, []), ("proposal-refuse", {}, []),
    ("export-decide", {"answer": "refuse"}, []), ("badge-lose", {}, []), ("badge-hand-over", {}, []),
    ("badge-layout", {}, []), ("devices", {}, []), ("keys", {}, [("approve", "d")]), ("many", {}, []),
    ("many-carry-out", {}, [("action", "decline")]),
]  # fmt: skip


@pytest.fixture
def world(officer):  # noqa: F811
    return make_desk_world(officer)


def send(page, base, start, to, fields):
    """Post from a page; return how it was answered, after redirects."""
    page.goto(base + start)
    with page.expect_navigation() as answered:
        page.evaluate(SEND, [to, fields])
    return answered.value.status


def of_many(world):
    rows = Registration.objects.nameable().filter(meeting=world.meeting, status=Status.SUBMITTED)
    return [("reference", row.reference) for row in rows.order_by("reference")[:3]]


def last_seen(row):
    return row.decisions.aggregate(last=Max("sequence"))["last"] or 0


def answers(page, base, world):
    """Bring the page to each answer in turn and yield what it is."""
    ticked = of_many(world)
    for action in ["", "approve", "ask", "decline", "waitlist"]:
        fields = [*ticked, *([("action", action)] if action else [])]
        yield f"many {action}", send(page, base, "/desk/", "/desk/many/", fields)
    yield "many refused", send(page, base, "/desk/", "/desk/many/carry-out/", [*ticked, ("action", "decline")])
    rows = Registration.objects.filter(reference__in=[reference for _name, reference in ticked[1:]])
    seen = [(f"seen-{row.reference}", str(last_seen(row))) for row in rows]  # the first was not on the screen
    fields = [*ticked, *seen, ("action", "waitlist")]
    yield "many done", send(page, base, "/desk/", "/desk/many/carry-out/", fields)
    many = [("reference", f"X{number}") for number in range(300)]
    yield "too many", send(page, base, "/desk/", "/desk/many/", [*many, ("action", "approve")])
    by_name = {pattern.name: pattern for pattern in urlpatterns}
    for name, parameters, fields in REFUSED:
        to = address(by_name[name], world, **parameters)
        fields = [*ticked, *fields] if name.startswith("many") else fields
        yield f"refused {name} {parameters}", send(page, base, "/desk/", to, fields)
    page.goto(base + address(by_name["enter-list"], world))
    page.locator("main [type=file]").set_input_files({"name": "l.csv", "mimeType": "text/csv", "buffer": LIST.encode()})
    page.locator("main [name=asked_by]").fill("The mission, by telephone")
    with page.expect_navigation() as answered:
        page.locator("main .btn-primary").first.click()
    yield "list read", answered.value.status
    with page.expect_navigation() as answered:
        page.locator("main .btn-primary").first.click()
    yield "list entered", answered.value.status


@pytest.mark.full
@pytest.mark.parametrize(("language", "scheme", "width"), LOOKS)
def test_no_answer_of_the_desk_has_a_fault(desk, axe, live_server, world, language, scheme, width):  # noqa: F811
    User.objects.filter(pk=world.officer.pk).update(language=language)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    complaints, told, walked = [], [], []
    desk.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)

    for what, status in answers(desk, live_server.url, world):
        found = [text for text in complaints if "status of 4" not in text]  # the browser's own line about a refusal
        found += [] if status in {200, 409, 422} else [f"answers {status}"]
        complaints.clear()
        told += [f"{what}: {sentence}" for sentence in [*found, *faults_of(desk, axe, complaints)]]
        walked.append(what)

    assert told == [], "\n".join(told)
    assert len(walked) == len(set(walked)) == len(REFUSED) + 10
