// What a gate says to a code without network: the same verdicts in the same order as accreditation/door.py.
import { isStale } from "./list.js";
import { isSigned, read } from "./verify.js";

const BADGE = 3, AT_ONCE = 30_000, STAYS = 12 * 3600 * 1000;

// A move is {verdict, at}: the last that this device knows of a badge at its gate.
export function isInside(move, gate, now) {
  if (!move || move.verdict !== "admit") return false;
  return now - move.at <= (gate.counts_exits ? STAYS : AT_ONCE);
}

// Whether it is one of the days granted to a badge, or all are; ``margin`` in milliseconds before and after.
function opensNow(open, now, margin) {
  return !open || open.some(([from, to]) => from - margin <= now && now < to + margin);
}

// {verdict, reason, serial, zones, earlier}. ``known``: {pack, list, serials, escort, replaced, days, moves, inside,
// or of that nothing: {over} says whether the device may not stand here any more, or was never connected; ``clock``:
// {now, isSure}.
export async function judge(code, direction, known, clock) {
  const content = read(code);
  if (content === null) return { verdict: "stop", reason: "no_code", serial: "", zones: 0, earlier: null };
  const said = { serial: content.serial, zones: content.zones, earlier: null };
  if (!known.pack) return { ...said, verdict: "check", reason: known.over ? "device" : "stale" };
  const [verdict, reason] = (await ofForeign(content, known.pack)) || ofGenuine(content, direction, known, clock);
  if (reason === "inside") said.earlier = known.moves.get(content.serial);
  return { ...said, verdict, reason };
}

// The verdict on a code that is no genuine badge of the meeting, or of which nobody here knows; null for one that is.
async function ofForeign(content, pack) {
  if (content.meeting !== pack.meeting) return ["stop", "other_meeting"];
  const key = pack.keys.find((row) => row.kid === content.key);
  if (!key && isLater(content.key, pack)) return content.type === BADGE ? ["check", "new_key"] : ["stop", "other_type"];
  if (!key || !(await isSigned(content.signed, content.signature, key.hex))) return ["stop", "not_genuine"];
  return content.type === BADGE ? null : ["stop", "other_type"];
}

// Whether the key may have been made since: the badge is perhaps genuine, and never admitted unseen. A number up to
// the last that the pack knows of is one that was withdrawn, or never was.
function isLater(number, pack) {
  return number > (pack.last_key ?? Math.max(0, ...pack.keys.map(({ kid }) => kid)));
}

function ofGenuine(content, direction, known, { now, isSure }) {
  const { pack: { gate, margin }, list, serials, escort, replaced, days, moves, inside } = known;
  if (list.serials.has(content.serial)) return ["stop", replaced.has(content.serial) ? "replaced" : "void"];
  if (!serials.has(content.serial)) return ["check", "unknown"];
  if (direction === "out") return ["out", ""];
  if (isSure && now < content.from - margin * 1000) return ["stop", "not_yet"];
  if (isSure && now > content.to + margin * 1000) return ["stop", "over"];
  if (isSure && !opensNow(days.get(content.serial), now, margin * 1000)) return ["stop", "day"];
  if (gate.zone !== null && !((content.zones >> gate.zone) & 1)) return ["stop", "zone"];
  if (isInside(moves.get(content.serial), gate, now)) return ["already_in", "inside"];
  if (!isSure) return ["check", "clock"];
  if (isStale(list, now)) return ["check", "stale"];
  if (escort.has(content.serial)) return ["check", "escort"];
  if (gate.capacity !== null && inside >= gate.capacity) return ["check", "full"];
  return ["admit", ""];
}
