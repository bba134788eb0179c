"""The door's pages as people use them: without script, in six languages, by whoever stands there."""

import json
import re

import pytest
from django.test import Client

from accreditation import badges, devices
from accreditation.models import Scan
from accreditation.states import ScanReason, Status, Verdict
from accreditation.views.door import entrance
from accreditation.views.door.guards import COOKIE, LANGUAGE
from office.permissions import Role
from tests.builders import make_gate, make_meeting, make_officer, make_registration
from tests.door.world import code_of, make_door, make_valid_badge

pytestmark = pytest.mark.django_db
INLINE = re.compile(r"<script(?![^>]* src=)|<style|\son\w+=|\sstyle=")


@pytest.fixture
def door():
    return make_door()


@pytest.fixture
def guard(client):
    officer = make_officer("guard", roles=[Role.DOOR])
    client.force_login(officer)
    return officer


def posted(client, door, page, **words):
    response = client.post(f"/door/{door.address}/{page}/", words)
    return response, response.content.decode()


def scan_id(page):
    return re.search(r'data-scan-id="([\w-]+)"', page)[1]


def test_device_is_enrolled_by_its_code_and_led_to_its_gate(client):
    door = make_door()
    _device, code = devices.invite(door.gate, name="Telephone 2", by=door.supervisor)

    page = client.post("/door/", {"code": f"{code[:4]} {code[4:]}"}, follow=True)

    assert page.redirect_chain == [(f"/door/{door.address}/", 302)]
    assert "Main entrance" in page.content.decode()
    assert client.get("/door/")["Location"] == f"/door/{door.address}/"


def test_device_that_is_no_browser_gets_its_token_in_the_answer():
    door = make_door()
    _device, code = devices.invite(door.gate, name="Telephone 2", by=door.supervisor)

    answer = Client().post("/door/", {"code": code}, headers={"accept": "application/json"})

    assert answer.json()["gate"] == door.address
    assert devices.known_by(answer.json()["token"]).name == "Telephone 2"
    assert COOKIE not in answer.cookies


@pytest.mark.parametrize("code", ["ABCDEFGH", "\0", "é" * 30, "x" * 500])
def test_wrong_code_is_told_and_kept_in_the_form(client, code):
    page = client.post("/door/", {"code": code})
    assert page.status_code == 422
    assert 'aria-invalid="true"' in page.content.decode()


def test_forty_telephones_of_one_building_are_enrolled_within_ten_minutes():
    door = make_door()
    for number in range(40):
        _device, code = devices.invite(door.gate, name=f"Telephone {number}", by=door.supervisor)
        assert Client().post("/door/", {"code": code}).status_code == 302


def test_codes_are_not_to_be_guessed(client):
    door = make_door()
    _device, code = devices.invite(door.gate, name="Telephone 2", by=door.supervisor)
    for _time in range(entrance.TRIES):
        assert client.post("/door/", {"code": "WRONG"}).status_code == 422

    answer = client.post("/door/", {"code": code})
    assert (answer.status_code, "Too many codes were tried from here." in answer.content.decode()) == (429, True)
    assert client.post("/door/", {"code": code}, REMOTE_ADDR="192.0.2.9").status_code == 302


def test_officer_chooses_among_the_gates_of_their_meetings(client, django_assert_num_queries):
    mine, other = make_meeting(), make_meeting()
    gates = [make_gate(mine, "Main entrance"), make_gate(mine, "Gallery"), make_gate(other, "Elsewhere")]
    client.force_login(make_officer(roles=[Role.DOOR], meeting=mine))
    client.get("/door/")

    with django_assert_num_queries(4):
        page = client.get("/door/").content.decode()

    assert [gate.name in page for gate in gates] == [True, True, False]


def test_stranger_finds_a_way_to_sign_in(client):
    assert 'href="/accounts/login/?next=/door/"' in client.get("/door/").content.decode()


def test_page_holds_what_its_script_needs_and_no_line_of_script(door):
    page = door.client.get(f"/door/{door.address}/").content.decode()
    held = json.loads(re.search(r'data-words="([^"]*)"', page)[1].replace("&quot;", '"').replace("&#x27;", "'"))

    assert INLINE.findall(page) == []
    assert held["verdicts"]["admit"] == "Admit"
    assert set(held["verdicts"]) == {str(verdict) for verdict in Verdict}
    assert set(held["reasons"]) == {str(reason) for reason in ScanReason}
    attributes = dict(re.findall(r' data-(\w+)="([^"]*)"', re.search(r"<main[^>]*>", page)[0]))
    del attributes["words"]
    root = f"/door/{door.address}/"
    assert attributes == {
        "gate": door.address, "name": "Main entrance", "pack": f"{root}pack", "scans": f"{root}scans",
        "scan": f"{root}scan/", "act": f"{root}act/", "language": "en", "direction": "ltr", "capacity": "",
        "exits": "", "who": "device", "supervisor": "", "decoder": "/static/door/decode.js",
        "reader": "/static/door/vendor/jsqr.js",
    }  # fmt: skip


def test_verdict_is_word_shape_and_colour_and_is_announced(door):
    badge = make_valid_badge(door.category)
    _answer, page = posted(door.client, door, "scan", code=code_of(badge))

    assert "<title>Admit: Main entrance" in page
    assert '<section class="verdict verdict-admit" role="status" aria-atomic="true"' in page
    assert re.search(r'<h2 class="verdict-word"><svg .*</svg><span>Admit</span></h2>', page)
    assert f"{badge.letter} {badge.number}" in page
    assert badge.registration.family_name in page


def test_reload_of_a_verdict_is_no_second_scan(door):
    form = door.client.get(f"/door/{door.address}/").content.decode()
    hidden = re.search(r'name="id" value="([\w-]+)"', form)[1]
    code = code_of(make_valid_badge(door.category))
    told = [posted(door.client, door, "scan", code=code, id=hidden) for _ in "ab"]

    assert ["verdict-admit" in page for _answer, page in told] == [True, True]
    assert Scan.objects.count() == 1


def test_guard_lets_in_after_check(door, client, guard):
    person = make_registration(Status.APPROVED, category=door.category, granted={"escort": True})
    _answer, page = posted(client, door, "scan", code=code_of(make_valid_badge(door.category, person)))
    assert "verdict-check" in page

    _answer, page = posted(client, door, "act", act="let_in", of=scan_id(page))

    assert "verdict-admit" in page
    assert Scan.objects.get(verdict="admit").by == guard


def test_guard_takes_back(door, client, guard):
    _answer, page = posted(client, door, "scan", code=code_of(make_valid_badge(door.category)))
    answer, page = posted(client, door, "act", act="take_back", of=scan_id(page))

    assert (answer.status_code, "<span>Taken back</span>" in page) == (200, True)
    assert Scan.objects.get(verdict="undone").of.verdict == "admit"


def stopped(client, door):
    badge = make_valid_badge(door.category)
    badges.void(badge.registration, at=badge.issued_at, reason="lost")
    return posted(client, door, "scan", code=code_of(badge))[1]


def test_guard_cannot_overrule_a_stop(door, client, guard):
    page = stopped(client, door)
    assert 'value="let_in"' not in page

    answer, page = posted(client, door, "act", act="let_in", of=scan_id(page), note="I know them")

    assert (answer.status_code, Scan.objects.count()) == (409, 1)
    assert "A supervisor has to decide this, and say why." in page


def test_supervisor_overrules_at_the_gate_and_says_why(door, client):
    client.force_login(door.supervisor)
    page = stopped(client, door)
    answer, _page = posted(client, door, "act", act="let_in", of=scan_id(page), note=" ")
    assert answer.status_code == 409

    answer, page = posted(client, door, "act", act="let_in", of=scan_id(page), note="Seen with the desk")

    assert (answer.status_code, "verdict-admit" in page) == (200, True)
    assert Scan.objects.get(verdict="admit").note == "Seen with the desk"


@pytest.mark.parametrize("words", [{}, {"act": "let_in", "of": "x"}, {"act": "dance", "of": "0" * 32}])
def test_act_on_nothing_is_not_there(door, words):
    assert posted(door.client, door, "act", **words)[0].status_code == 404


def test_act_on_another_guard_s_scan_is_not_there(door, client, guard):
    _answer, page = posted(door.client, door, "scan", code=code_of(make_valid_badge(door.category)))
    assert posted(client, door, "act", act="take_back", of=scan_id(page))[0].status_code == 404


def test_capacity_stands_on_the_page(client, guard):
    door = make_door(capacity=50)
    _answer, page = posted(client, door, "scan", code=code_of(make_valid_badge(door.category)))
    assert re.findall(r'<dd class="num">(\w+)</dd>', page) == ["1", "50"]


@pytest.mark.parametrize("language", ["ar", "zh", "en", "fr", "ru", "es"])
def test_language_of_a_device_is_chosen_once(door, language):
    chosen = door.client.get(f"/door/?language={language}")
    assert (chosen.cookies[LANGUAGE].value, chosen.cookies[LANGUAGE]["path"]) == (language, "/door/")

    page = door.client.get(f"/door/{door.address}/").content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}">' in page


@pytest.mark.parametrize("language", ["", "xx", "../fr", "zh-hans"])
def test_language_that_is_none_changes_nothing(client, language):
    client.cookies[LANGUAGE] = language
    page = client.get(f"/door/?language={language}")
    assert (page.status_code, '<html lang="en"' in page.content.decode()) == (200, True)


def test_manifest_names_the_door_as_its_scope(client, settings):
    told = client.get("/door/manifest.webmanifest")
    manifest = told.json()
    assert told["Content-Type"] == "application/manifest+json"
    assert [manifest[name] for name in ["id", "start_url", "scope", "display"]] == ["/door/"] * 3 + ["standalone"]
    assert all(icon["src"].startswith("/static/") for icon in manifest["icons"])


def test_worker_rules_the_door_alone_and_names_what_it_keeps(client, settings, tmp_path):
    folder = tmp_path / "static" / "door"
    folder.mkdir(parents=True)
    (folder / "sw.js").write_text("self.addEventListener('fetch', () => {});")
    (folder / "app.js").write_text("export {};")
    settings.BASE_DIR, settings.STATICFILES_DIRS = tmp_path, [tmp_path / "static"]
    reset_finders()
    try:
        told = client.get("/door/sw.js")
    finally:
        settings.STATICFILES_DIRS = []
        reset_finders()

    first, _line, rest = told.content.decode().partition("\n")
    kept = json.loads(first.removeprefix("self.DOOR=").removesuffix(";"))
    assert told["Service-Worker-Allowed"] == "/door/"
    assert told["Content-Type"].startswith("text/javascript")
    assert rest == "self.addEventListener('fetch', () => {});"
    assert kept["files"][-1] == "/static/door/app.js"
    assert kept["files"][0].startswith("/static/css/tokens")


def reset_finders():
    from django.contrib.staticfiles import finders

    finders.get_finder.cache_clear()
