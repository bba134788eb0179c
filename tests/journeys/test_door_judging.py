"""The door's script judges as ``accreditation.door`` does: the same badges, the same verdicts, in one table."""

import base64
import json
import random
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from accreditation import badge_code, badges, door, packs
from accreditation.states import Direction
from advisory.models import Meeting
from office import keys
from tests.builders import make_badge
from tests.gates import DAY, code_of, make_door, make_pass

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

JUDGED = """async ([pack, codes, direction, moved, clock]) => {
  const {judge} = await import("/static/door/judge.js");
  const {trusted, badgesOf} = await import("/static/door/list.js");
  const {cleaned} = await import("/static/door/verify.js");
  const list = await trusted(pack);
  const known = {
    pack, list, ...badgesOf(pack),
    moves: new Map(Object.entries(moved)), inside: pack.inside,
  };
  if (clock.over) Object.assign(known, {pack: undefined, over: clock.over});
  const time = {now: Date.parse(pack.now) + (clock.later || 0), isSure: clock.isSure ?? true};
  const said = [];
  for (const code of codes) said.push(await judge(cleaned(code), direction, known, time));
  return said.map(({verdict, reason}) => [verdict, reason]);
}"""


@pytest.fixture
def script(page, live_server):
    """``script(gate, codes, …)`` gives what the script says by the pack as it is now."""
    page.goto("/door/")

    def judged(gate, codes, *, direction="in", moved=None, at=None, **clock):
        pack = packs.of(gate, at=timezone.now())
        pack |= {"now": at.isoformat()} if at else {}
        return page.evaluate(JUDGED, [pack, codes, direction, moved or {}, clock])

    return judged


def server(gate, codes, direction="in", at=None):
    at = at or timezone.now()
    with transaction.atomic():
        told = [door.judge(code, gate=gate, direction=Direction(direction), at=at) for code in codes]
    return [[str(each.verdict), str(each.reason)] for each in told]


def with_days(gate, *days, **fields):
    """A badge that was granted these days alone, valid longer."""
    badge = make_pass(gate, **{"valid_from": timezone.now() - 9 * DAY, "valid_to": timezone.now() + 9 * DAY} | fields)
    badge.registration.granted |= {"days": [day.isoformat() for day in days]}
    badge.registration.save(update_fields=["granted"])
    return badge


def codes_of_all_kinds(gate):
    now = timezone.now()
    good, other = make_pass(gate), make_badge()
    lost, void = make_pass(gate), make_pass(gate)
    badges.void(lost.registration, at=now, reason="lost")
    make_badge(lost.registration)
    badges.void(void.registration, at=now, reason="revoked")
    key = keys.current(keys.BADGE, gate.meeting)
    today = now.astimezone(ZoneInfo(gate.meeting.time_zone)).date()
    granted = {
        "today": [today], "the days around": [today - 3 * DAY, today + 3 * DAY],
        "today among others": [today - 3 * DAY, today, today + DAY], "no day in particular": [],
    }  # fmt: skip
    times = {
        "not yet": (now + timedelta(hours=1), now + DAY),
        "in ten minutes": (now + timedelta(minutes=9), now + DAY),
        "over": (now - DAY, now - timedelta(hours=1)),
        "over a moment ago": (now - DAY, now - timedelta(minutes=9)),
    }
    timed = {name: make_pass(gate, valid_from=first, valid_to=last) for name, (first, last) in times.items()}
    device = badge_code.PACKED.pack(1, 1, key.number, gate.meeting_id, bytes(16), 0, 0, 2**32 - 1)
    nobody = badge_code.PACKED.pack(1, 3, key.number, gate.meeting_id, bytes(16), 1, 0, 2**32 - 1)
    unknown_key = badge_code.PACKED.pack(1, 3, 0, gate.meeting_id, bytes(16), 1, 0, 2**32 - 1)
    withdrawn = keys.make(keys.BADGE, gate.meeting)
    keys.withdraw(withdrawn)
    second = badge_code.PACKED.pack(2, 3, key.number, gate.meeting_id, bytes(16), 1, 0, 2**32 - 1)
    sign = keys.signer(key)
    code = code_of(good)
    return {
        "good": code,
        "lower case and spaces": f" {code[:80].lower()}\t{code[80:]}\r\n",
        "escort": code_of(make_pass(gate, escort=True)),
        "no zone": code_of(make_pass(gate, zones=0)),
        "other zone": code_of(make_pass(gate, zones=2)),
        "other meeting": code_of(other),
        "void": code_of(void),
        "replaced": code_of(lost),
        "device": badge_code.written(device + sign(device)),
        "nobody": badge_code.written(nobody + sign(nobody)),
        "unknown key": badge_code.written(unknown_key + sign(unknown_key)),
        "withdrawn key": code_of(good, key=withdrawn),
        "version 2": badge_code.written(second + sign(second)),
        "signed by another's key": code_of(good, key=keys.current(keys.BADGE, other.meeting)),
        "long s": code.replace("S", "ſ"),
        "dotless i": code.replace("I", "ı"),
        "spare bit": code[:-1] + chr(ord(code[-1]) + 1),
        "milk carton": "4006381333931",
        "address": "https://example.org/",
        "nothing": "",
        "long": code + "A",
        **{name: code_of(badge) for name, badge in timed.items()},
        **{name: code_of(with_days(gate, *days)) for name, days in granted.items()},
    }


@pytest.mark.parametrize("zone", [None, 0, 1])
@pytest.mark.parametrize("direction", ["in", "out"])
def test_script_says_of_every_kind_of_code_what_the_server_says(script, zone, direction):
    gate = make_door(zone=zone)
    codes = codes_of_all_kinds(gate)

    told = script(gate, list(codes.values()), direction=direction)

    assert dict(zip(codes, told, strict=True)) == dict(
        zip(codes, server(gate, list(codes.values()), direction), strict=True)
    )


# Where clocks change at two in the morning, at midnight, and three quarters of an hour off the hour
@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/New_York", date(2026, 11, 1)), ("Asia/Beirut", date(2026, 3, 29)), ("Asia/Beirut", date(2026, 10, 24)),
     ("Pacific/Chatham", date(2026, 4, 5))],
)  # fmt: skip
def test_script_knows_the_granted_days_to_the_second_where_clocks_change(script, zone, day):
    gate = make_door()
    Meeting.objects.update(time_zone=zone)
    gate.meeting.refresh_from_db()
    midnights = [datetime.combine(day + shift * DAY, time(0), ZoneInfo(zone)).astimezone(UTC) for shift in range(-1, 4)]
    wide = {"valid_from": midnights[0] - 9 * DAY, "valid_to": midnights[-1] + 9 * DAY}
    granted = [[day], [day - DAY, day + DAY], [day + DAY]]
    codes = [code_of(with_days(gate, *days, **wide)) for days in granted]
    near = [timedelta(minutes=sign * 10, seconds=second) for sign in (-1, 0, 1) for second in (-1, 0, 1)]
    moments = [midnight + shift for midnight in midnights for shift in near]

    told = [[reason == "day" for _verdict, reason in script(gate, codes, at=at)] for at in moments]

    assert told == [[reason == "day" for _verdict, reason in server(gate, codes, at=at)] for at in moments]
    assert {each for row in told for each in row} == {True, False}


def test_pack_that_was_kept_before_it_told_days_is_still_worked_with(script, page):
    gate = make_door()
    code, pack = code_of(make_pass(gate)), packs.of(gate, at=timezone.now())
    del pack["days"], pack["replaced"]
    assert page.evaluate(JUDGED, [pack, [code], "in", {}, {}]) == [["admit", ""]]


def test_key_made_after_the_pack_wants_a_look_and_one_withdrawn_before_it_is_stopped(script, page):
    gate = make_door()
    badge, old = make_pass(gate), keys.current(keys.BADGE, gate.meeting)
    withdrawn = keys.make(keys.BADGE, gate.meeting)
    keys.withdraw(withdrawn)
    pack = packs.of(gate, at=timezone.now())
    new = keys.make(keys.BADGE, gate.meeting)
    forged = badge_code.PACKED.pack(1, 3, new.number + 7, gate.meeting_id, bytes(16), 1, 0, 2**32 - 1)
    device = badge_code.PACKED.pack(1, 1, new.number, gate.meeting_id, bytes(16), 1, 0, 2**32 - 1)
    codes = [code_of(badge, key=key) for key in (old, withdrawn, new)]
    codes += [badge_code.written(data + keys.signer(old)(data)) for data in (forged, device)]
    look = ["check", "new_key"]
    expected = [["admit", ""], ["stop", "not_genuine"], look, look, ["stop", "other_type"]]

    assert page.evaluate(JUDGED, [pack, codes, "in", {}, {}]) == expected
    assert page.evaluate(JUDGED, [pack, codes, "out", {}, {}]) == [["out", ""], *expected[1:]]
    del pack["last_key"]  # as one that was kept before there was this: what was withdrawn since is not known
    assert page.evaluate(JUDGED, [pack, codes, "in", {}, {}]) == [expected[0], look, *expected[2:]]
    anew = script(gate, codes)
    assert anew[:3] == server(gate, codes)[:3] == [["admit", ""], ["stop", "not_genuine"], ["admit", ""]]


def test_every_changed_character_is_stopped_or_wants_a_look(script):
    gate = make_door()
    code, chance = code_of(make_pass(gate)), random.Random(4)
    changed = [
        code[:place]
        + chance.choice([digit for digit in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if digit != was])
        + code[place + 1 :]
        for place, was in enumerate(code)
    ]

    told, last = script(gate, changed), keys.last_number()
    looks = [each for each, said in zip(changed, told, strict=True) if said == ["check", "new_key"]]

    assert {verdict for verdict, reason in told if reason != "new_key"} == {"stop"}
    assert 0 < len(looks) <= 4  # of 160 characters four hold the key's number
    assert min(int.from_bytes(base64.b32decode(each[3:] + "===")[2:4]) for each in looks) > last
    assert script(gate, [code]) == [["admit", ""]]


def test_library_and_browser_agree_on_signatures(page, live_server):
    gate = make_door()
    key, code = keys.current(keys.BADGE, gate.meeting), code_of(make_pass(gate))
    last = "A" if code[-3] != "A" else "B"
    codes = [code, code[:30] + ("A" if code[30] != "A" else "B") + code[31:], code[:-3] + last + code[-2:]]
    page.goto("/door/")

    told = page.evaluate(
        """async ([codes, key]) => {
          const {read, isSigned} = await import("/static/door/verify.js");
          const said = [];
          for (const code of codes) for (const how of ["browser", "library"]) {
            const {signed, signature} = read(code);
            said.push(await isSigned(signed, signature, key, how));
          }
          return said;
        }""",
        [codes, key.public],
    )

    assert told == [True, True, False, False, False, False]


def test_what_the_device_knows_of_its_own_scans_counts(script):
    gate = make_door(counts_exits=True)
    badge = make_pass(gate)
    now = timezone.now().timestamp() * 1000

    def after(verdict, seconds=60):
        return script(gate, [code_of(badge)], moved={badge.serial: {"verdict": verdict, "at": now - seconds * 1000}})

    assert after("admit") == [["already_in", "inside"]]
    assert after("out") == after("undone") == [["admit", ""]]
    hours = 3600
    assert after("admit", seconds=11.9 * hours) == [["already_in", "inside"]]
    assert after("admit", seconds=12.1 * hours) == [["admit", ""]]

    gate.counts_exits = False
    assert after("admit", seconds=10) == [["already_in", "inside"]]
    assert after("admit", seconds=60) == [["admit", ""]]


def test_full_place_wants_a_look(script):
    gate = make_door(capacity=0)
    assert script(gate, [code_of(make_pass(gate))]) == [["check", "full"]]


def test_list_out_of_date_and_unsure_clock_are_never_green(script):
    gate = make_door()
    good, forged = code_of(make_pass(gate)), code_of(make_pass(gate))[:-5] + "AAAAA"
    week = 7 * 24 * 3600 * 1000
    lasting = code_of(make_pass(gate, valid_to=timezone.now() + 30 * DAY))

    assert script(gate, [good, forged], isSure=False) == [["check", "clock"], ["stop", "not_genuine"]]
    assert script(gate, [lasting, forged], later=week) == [["check", "stale"], ["stop", "not_genuine"]]


def test_device_that_was_ended_and_keeps_nothing_admits_nobody(script):
    gate = make_door()
    void = make_pass(gate)
    badges.void(void.registration, at=timezone.now(), reason="revoked")
    codes = [code_of(make_pass(gate)), code_of(void), "B1."]

    assert script(gate, codes, over="revoked") == [["check", "device"], ["check", "device"], ["stop", "no_code"]]


def test_list_that_is_forged_older_or_another_meetings_is_not_trusted(page, live_server):
    gate, other = make_door(), make_door(code="ELSE")
    make_pass(gate)
    pack, foreign = (packs.of(each, at=timezone.now()) for each in (gate, other))
    content = bytearray(base64.b64decode(pack["list"]))
    content[-1] ^= 1
    page.goto("/door/")

    def number(pack, last=0):
        read = """async ([pack, last]) => {
          const {trusted} = await import("/static/door/list.js");
          return (await trusted(pack, last))?.number ?? null;
        }"""
        return page.evaluate(read, [json.loads(json.dumps(pack)), last])

    assert number(pack) == 1
    assert number(pack, last=1) == 1
    assert number(pack, last=2) is None
    assert number(pack | {"list": base64.b64encode(content).decode()}) is None
    assert number(pack | {"list": foreign["list"]}) is None
    assert number(pack | {"keys": []}) is None


def test_clock_goes_on_from_the_servers_word_and_sees_its_own_jump(page, live_server):
    page.goto("/door/")
    told = page.evaluate(
        """async () => {
          const {Clock} = await import("/static/door/clock.js");
          const HOUR = 3600e3, time = {wall: 90e9, steady: 0};
          const pass = (ms, wall = ms) => { time.steady += ms; time.wall += wall; };
          const made = () => new Clock(() => time.wall, () => time.steady);
          const said = {};
          const wrong = made();
          wrong.set(100e9);
          pass(HOUR);
          said.goesOn = [wrong.watch(), wrong.now() - 100e9];
          said.deviceTime = wrong.device(100e9) - 90e9;
          for (const hours of [-24, 24]) {
            const jumped = made();
            jumped.set(100e9);
            pass(1000, hours * HOUR);
            said[`jump ${hours}`] = [jumped.watch(), jumped.now() - 100e9];
            jumped.set(100e9);
            said[`again ${hours}`] = jumped.watch();
          }
          const slept = made();
          slept.set(100e9);
          pass(0, 2 * HOUR);
          said.slept = [slept.watch(true), slept.now() - 100e9];
          const base = {server: 100e9, wall: time.wall, seen: time.wall + HOUR};
          const back = made();
          back.resume(base);
          said.setBack = back.isSure;
          pass(0, HOUR);
          const resumed = made();
          resumed.resume(base);
          said.resumed = [resumed.isSure, resumed.now() - 100e9];
          return said;
        }"""
    )

    hour = 3600e3
    assert told == {
        "goesOn": [True, hour],
        "deviceTime": 0,
        "jump -24": [False, 1000],
        "again -24": True,
        "jump 24": [False, 1000],
        "again 24": True,
        "slept": [True, 2 * hour],
        "setBack": False,
        "resumed": [True, hour],
    }
