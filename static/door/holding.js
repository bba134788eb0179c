// What the device holds of its gate, here and on its disk: the pack with its list, who moved, how many are inside, what
// time it is; or the reason for which it may hold nothing.
import { isInside, judge } from "./judge.js";
import { forget } from "./leave.js";
import { badgesOf, isStale, trusted } from "./list.js";

const STEP = { admit: 1, out: -1 };

// By how many a row that waits changes who is inside.
function step({ undoes, told }) {
  return undoes ? -(STEP[undoes] ?? 0) : STEP[told] ?? 0;
}

export class Holding {
  // ``changed()`` is called when ``inside`` or ``waiting`` may be other numbers.
  constructor({ gate, store, clock, changed }) {
    Object.assign(this, { gate, store, clock, changed, known: null, inside: null, waiting: 0, over: "" });
  }

  get list() {
    return this.known?.list;
  }

  get isStale() {
    return Boolean(this.list) && isStale(this.list, this.clock.now());
  }

  get capacity() {
    return this.known?.pack.gate.capacity ?? null;
  }

  // What was kept from before: the pack, who moved, and what time it was.
  async remember() {
    const kept = await this.store.read("packs", this.gate), base = await this.store.read("clocks", this.gate);
    if (base) this.clock.resume(base);
    if (kept?.over) this.over = kept.over;
    else if (kept) await this.use(kept.pack, kept.number);
  }

  // What another page of this device saw at the gate is true here.
  listenToOthers() {
    if (!("BroadcastChannel" in window)) return;
    this.others = new BroadcastChannel(`door ${this.gate}`);
    this.others.onmessage = ({ data: { serial, move } }) => this.moved(serial, move, null, false);
  }

  // Whether the server's pack is one to work with, which is kept then.
  async take(pack) {
    const isTaken = await this.use(pack, this.list?.number ?? 0);
    if (isTaken) await this.keepPack();
    this.over = "";
    return isTaken;
  }

  async use(pack, last) {
    const list = await trusted(pack, last);
    if (!list) return false;
    const moves = this.known?.moves ?? (await this.store.moves(this.gate, this.clock.now()));
    this.known = { pack, list, ...badgesOf(pack), moves, inside: 0 };
    await this.count(pack.inside);
    return true;
  }

  // How many wait; and where the server counted who is inside, that with what it has not heard of yet.
  async count(counted) {
    if (Number.isInteger(counted)) {
      const rows = await this.store.waiting(this.gate);
      this.inside = Math.max(rows.reduce((sum, row) => sum + step(row), counted), 0);
      if (this.known) this.known.inside = this.inside;
    }
    this.waiting = await this.store.countWaiting(this.gate);
    this.changed();
  }

  judged(code, direction, at) {
    return judge(code, direction, this.known ?? { over: this.over }, { now: at, isSure: this.clock.isSure });
  }

  // A verdict of ``judged`` in the form of the server's answer; no name, because the device holds none.
  told(own) {
    const zones = (this.known?.pack.zones ?? []).filter(({ number }) => (own.zones >> number) & 1);
    const earlier = own.earlier ? { at: own.earlier.at, gate: this.known.pack.gate.name } : null;
    return { ...own, zones: zones.map(({ name }) => name), earlier };
  }

  lastMove(serial) {
    return this.known?.moves.get(serial);
  }

  moved(serial, move, inside, isOwn = true) {
    if (move && isOwn) this.others?.postMessage({ serial, move });
    if (move && this.known) {
      const was = isInside(this.lastMove(serial), { counts_exits: true }, move.at), is = move.verdict === "admit";
      this.known.moves.set(serial, { verdict: move.verdict, at: move.at });
      this.inside = Math.max((this.inside ?? 0) + is - (was || move.verdict === "out"), 0);
    }
    if (Number.isInteger(inside)) this.inside = inside;
    if (this.known) this.known.inside = this.inside;
    this.count();
  }

  // Nothing of it may be held any more; ``over`` is the server's word for why.
  async giveUp(over) {
    this.known = this.inside = null;
    this.over = over;
    await forget(this.store, this.gate, over);
    await this.count();
  }

  // Somebody deleted what was kept: what is still known here is kept again.
  async keepAnew() {
    await this.store.keepHeld();
    await this.keepPack();
  }

  async keepPack() {
    if (!this.known) return;
    const { pack, list } = this.known;
    await this.store.write("packs", this.gate, { pack, number: list.number });
    await this.keepClock();
  }

  async keepClock() {
    const { server, wall } = this.clock.base;
    await this.store.write("clocks", this.gate, { server, wall, seen: this.clock.wall() });
  }
}
