// The door's page: a code comes by camera, scanner or hand, is judged here or by the server, kept, shown and sent.
import { Clock } from "./clock.js";
import { Eye } from "./eye.js";
import { isInside, judge } from "./judge.js";
import { forget, OVER, sweep } from "./leave.js";
import { badgesOf, isStale, trusted } from "./list.js";
import { el, learn, number, word } from "./parts.js";
import { Screen } from "./screen.js";
import * as sound from "./sound.js";
import { Store } from "./store.js";
import { Courier } from "./sync.js";
import { VerdictScreen, spoken } from "./verdict.js";
import { cleaned } from "./verify.js";
import * as wedge from "./wedge.js";

const BEHIND_MS = 60;
const UNDO_MS = 5 * 60_000;
const UNREAD_MS = 5000;
const MOVES = new Set(["admit", "out", "undone"]);

class Door {
  constructor(root) {
    this.root = root;
    this.data = root.dataset;
    this.gate = this.data.gate;
    this.clock = new Clock();
    this.direction = "in";
    this.known = null;
    this.inside = null;
    this.isBusy = false;
    this.over = this.refusal = this.failure = "";
    this.unread = { code: "", at: -Infinity };
  }

  async start() {
    learn(JSON.parse(this.data.words), this.data.language);
    this.store = new Store(() => this.emptied());
    navigator.storage?.persist?.().catch(() => {});
    this.build();
    await this.remember().catch(console.warn); // what was kept is of no use: the server gives it anew
    this.listenToOthers();
    addEventListener("beforeunload", (event) => this.store.isSafe || event.preventDefault());
    this.courier = new Courier({
      addresses: { pack: this.data.pack, scans: this.data.scans, scan: this.data.scan, act: this.data.act },
      store: this.store, gate: this.gate, clock: this.clock, told: this,
    });
    this.screen.showNet(this.courier.isOnline);
    await this.count();
    wedge.listen((typed) => this.scanned(typed));
    document.addEventListener("pointerdown", sound.wake);
    document.addEventListener("keydown", sound.wake);
    this.watchClock();
    this.root.dataset.ready = "yes";
    performance.mark("door-ready");
    await this.courier.start();
    await sweep(this.store, this.gate);
  }

  build() {
    const place = el("div", { class: "over", hidden: true });
    this.live = el("p", { role: "status", "aria-live": "assertive", class: "visually-hidden" });
    const meeting = this.root.querySelector("header small")?.textContent;
    this.root.replaceChildren();
    this.root.removeAttribute("class");
    this.screen = new Screen(this.root, { gate: this.data.name, meeting }, {
      code: (text) => this.scanned(text),
      direction: (way) => (this.direction = way),
      camera: () => this.eye.turn(),
      torch: () => this.eye.light(),
      undo: () => this.takeBack(),
    });
    this.root.append(place, this.live);
    this.verdict = new VerdictScreen(place, { onReturn: () => this.returned() });
    this.eye = new Eye(this.screen, [this.data.reader, this.data.decoder], (text) => this.scanned(text));
  }

  // What the device kept from before: the pack, who moved, and what time it was.
  async remember() {
    const kept = await this.store.read("packs", this.gate), base = await this.store.read("clocks", this.gate);
    if (base) this.clock.resume(base);
    if (kept?.over) this.say(kept.over);
    else if (kept) await this.use(kept.pack, kept.number);
  }

  // What another page of this device saw at the gate is true here.
  listenToOthers() {
    if (!("BroadcastChannel" in window)) return;
    this.others = new BroadcastChannel(`door ${this.gate}`);
    this.others.onmessage = ({ data: { serial, move } }) => this.moved(serial, move, null, false);
  }

  async use(pack, last) {
    const list = await trusted(pack, last);
    if (!list) return false;
    const moves = this.known?.moves ?? (await this.store.moves(this.gate, this.clock.now()));
    this.known = { pack, list, ...badgesOf(pack), moves, inside: 0 };
    await this.countInside(pack.inside);
    return true;
  }

  // What the server counted, and what it has not heard of yet.
  async countInside(counted) {
    const waiting = await this.store.waiting(this.gate);
    const step = { admit: 1, out: -1 };
    const steps = (row) => (row.undoes ? -(step[row.undoes] ?? 0) : step[row.told] ?? 0);
    this.inside = Math.max(waiting.reduce((sum, row) => sum + steps(row), counted), 0);
    if (this.known) this.known.inside = this.inside;
    await this.count();
  }

  async count() {
    const waiting = await this.store.countWaiting(this.gate);
    const capacity = this.known?.pack.gate.capacity ?? null;
    this.root.dataset.waiting = this.waiting = waiting;
    this.screen.showCounts({ inside: this.inside, capacity, waiting });
  }

  // A code, however it came.
  async scanned(text) {
    if (this.isBusy) return;
    this.isBusy = true;
    this.eye.pause(true);
    const start = performance.now();
    try {
      await this.decide(cleaned(text));
      performance.measure("door-verdict", { start });
    } catch (error) {
      console.error(error);
      this.tell("failed");
      this.eye.pause(this.verdict.isShown);
    } finally {
      this.isBusy = false;
    }
  }

  async decide(code) {
    this.live.textContent = "";
    const at = this.clock.now(), direction = this.direction;
    const own = await judge(code, direction, this.known ?? { over: this.over }, { now: at, isSure: this.clock.isSure });
    if (own.reason === "no_code" && this.isSameUnread(code, at)) return this.shown({ ...this.alone(own), id: this.unread.id, at }, code);
    const row = { id: crypto.randomUUID(), gate: this.gate, code, direction, at, told: "", reason: "", of: null, act: "scan", note: "" };
    this.unread.id = row.id;
    let answer = null;
    if (this.courier.isOnline) {
      await this.store.keep(row); // if the page ends before the answer comes, it is sent again
      answer = await this.courier.ask(row);
    }
    let said = { ...(answer ?? this.alone(own)), id: row.id, serial: own.serial, at };
    let move = own.serial && MOVES.has(said.verdict) ? { gate: this.gate, serial: own.serial, verdict: said.verdict, at } : null;
    if (answer) {
      this.store.settle([{ id: row.id }]).then(() => move && this.store.keepMove(move)).then(() => this.count());
    } else if (!(await this.keepWhile(row, said, move)) && said.verdict === "admit") {
      said = { ...said, verdict: "check", reason: "not_kept" };
      move = null;
      await this.store.keep({ ...row, told: "check", reason: "" });
    }
    const before = this.known?.moves.get(own.serial);
    this.moved(own.serial, move, answer?.inside);
    this.shown({ ...said, before }, code);
  }

  // No verdict is seen before its scan is kept.
  keepWhile(row, said, move) {
    const kept = this.store.keep({ ...row, told: said.verdict, reason: said.reason }, move);
    this.verdict.prepare(said, this.acts(said));
    return kept;
  }

  // A scanner that lies before a carton reads it again and again: that is one scan.
  isSameUnread(code, at) {
    const isSame = code === this.unread.code && at - this.unread.at < UNREAD_MS;
    this.unread = { id: this.unread.id, code, at };
    return isSame;
  }

  // The device's own verdict in the form of the server's answer; no name, because it holds none.
  alone(own) {
    const zones = (this.known?.pack.zones ?? []).filter(({ number }) => (own.zones >> number) & 1);
    const earlier = own.earlier ? { at: own.earlier.at, gate: this.known.pack.gate.name } : null;
    return { ...own, zones: zones.map(({ name }) => name), earlier };
  }

  moved(serial, move, inside, isOwn = true) {
    if (move && isOwn) this.others?.postMessage({ serial, move });
    if (move && this.known) {
      const was = isInside(this.known.moves.get(serial), { counts_exits: true }, move.at), is = move.verdict === "admit";
      this.known.moves.set(serial, { verdict: move.verdict, at: move.at });
      this.inside = Math.max((this.inside ?? 0) + is - (was || move.verdict === "out"), 0);
    }
    if (Number.isInteger(inside)) this.inside = inside;
    if (this.known) this.known.inside = this.inside;
    this.count();
  }

  shown(said, code) {
    this.lastScan = { ...said, code };
    if (!this.verdict.isShown) this.focused = document.activeElement;
    this.screen.root.inert = true;
    this.eye.pause(true);
    this.live.textContent = spoken(said);
    const acts = this.acts(said);
    this.verdict.show(said, acts);
    sound.play(said.verdict);
    this.root.dataset.reason = said.reason;
    this.root.dataset.verdict = said.verdict;
    setTimeout(() => { // what lies behind the verdict can wait until it is drawn
      this.tell("");
      this.screen.showLast(said, said.at, acts.undo);
    }, BEHIND_MS);
  }

  // What the guard may do about it, null for what not.
  acts(said) {
    const isUndoable = MOVES.has(said.verdict) && said.verdict !== "undone" && Boolean(said.serial);
    const mayOverrule = this.data.supervisor === "yes" && this.courier.isOnline;
    return {
      undo: isUndoable ? () => this.takeBack() : null,
      letIn: said.verdict === "check" ? () => this.letIn() : null,
      overrule: mayOverrule ? (note) => this.overrule(note) : null,
    };
  }

  returned() {
    this.screen.root.inert = false;
    this.eye.pause(false);
    delete this.root.dataset.verdict;
    this.live.textContent = "";
    this.focused?.focus({ preventScroll: true });
  }

  // What stands over the camera: what went wrong a moment ago, else what is wrong with the device.
  tell(failure = this.failure) {
    this.failure = failure;
    const isOld = this.known && isStale(this.known.list, this.clock.now());
    const key = failure || (!this.store.isSafe && "not_kept") || this.refusal || (!this.clock.isSure && "clock") || (isOld && "stale");
    const unsent = this.over && this.waiting ? ` ${word("not_sent", { count: number(this.waiting) })}` : "";
    this.screen.showNotice(key ? word(key) + unsent : "");
  }

  // Somebody deleted what the device kept: what this page still knows is kept again.
  async emptied() {
    await this.store.keepHeld();
    await this.keepPack();
  }

  // Something that follows a scan: kept as a row of its own and sent as soon as can be.
  async follow(act, verdict, reason) {
    if (this.isBusy) return;
    this.isBusy = true;
    await this.followed(act, verdict, reason).finally(() => (this.isBusy = false));
  }

  async followed(act, verdict, reason) {
    const { id: of, code, serial, zones, before, verdict: undoes } = this.lastScan, at = this.clock.now();
    const row = { id: crypto.randomUUID(), gate: this.gate, code, direction: this.direction, at, told: verdict, reason: "", of, act, note: "" };
    if (act === "take_back") row.undoes = undoes;
    // What was taken back never was: whoever was inside before it still is
    const move = { gate: this.gate, serial, verdict, at, ...(act === "take_back" && before) };
    await this.store.keep(row, move);
    this.moved(serial, move);
    this.shown({ verdict, reason, zones, id: row.id, serial, at, before }, code);
    this.courier.soon();
  }

  async takeBack() {
    if (this.clock.now() - this.lastScan.at < UNDO_MS) await this.follow("take_back", "undone", "");
    else this.tell("failed");
  }

  letIn() {
    return this.follow("let_in", "admit", "");
  }

  async overrule(note) {
    const { id: of, code, serial } = this.lastScan, at = this.clock.now();
    const answer = await this.courier.overrule({ id: crypto.randomUUID(), of, note });
    if (!answer || answer.error) {
      this.verdict.leave();
      this.tell("failed");
      return;
    }
    const move = { gate: this.gate, serial, verdict: "admit", at };
    await this.store.keepMove(move);
    this.moved(serial, move, answer.inside);
    this.shown({ ...answer, serial, at }, code);
  }

  // What the courier tells.
  online(is) {
    this.screen.showNet(is);
  }

  async sent(inside, now) {
    this.clock.set(now);
    if (Number.isInteger(inside)) await this.countInside(inside);
    else await this.count();
  }

  async pack(pack) {
    this.clock.set(Date.parse(pack.now));
    const isTaken = await this.use(pack, this.known?.list.number ?? 0);
    if (isTaken) await this.keepPack();
    this.over = this.refusal = "";
    this.showList();
    return isTaken;
  }

  async unchanged() {
    await this.keepClock();
    this.refusal = "";
    this.showList();
  }

  async refused(error) {
    this.courier.online(true);
    if (OVER.has(error.message)) await this.end(error.message);
    else this.refusal = "failed";
    this.tell();
  }

  // The device may not stand here any more. What it scans is CHECK, and is sent like what waits.
  async end(over) {
    this.known = this.inside = null;
    this.courier.etag = "";
    delete this.root.dataset.list;
    this.say(over);
    await forget(this.store, this.gate, over);
    await this.count();
  }

  say(over) {
    this.over = over;
    this.refusal = over === "revoked" ? "device" : "not_known";
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

  showList() {
    const now = this.clock.now();
    if (this.known) this.root.dataset.list = this.known.list.number;
    this.screen.showList(this.known?.list, this.over, now, Boolean(this.known) && (isStale(this.known.list, now) || !this.clock.isSure));
    this.tell();
  }

  watchClock() {
    let wasHidden = document.hidden, ticks = 0;
    const tick = () => {
      this.clock.watch(wasHidden);
      wasHidden = document.hidden;
      if (this.known && ticks++ % 60 === 0) this.keepClock(); // so that a clock set back while the device is off is seen
      this.showList();
    };
    document.addEventListener("visibilitychange", () => (wasHidden ||= document.hidden));
    setInterval(tick, 1000);
    tick();
  }
}

// The page opens without network from then on, in the typefaces that it used.
async function installWorker() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register("/door/sw.js", { scope: "/door/" });
  const { active } = await navigator.serviceWorker.ready;
  navigator.serviceWorker.addEventListener("message", () => (root.dataset.kept = "yes"));
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const ours = loaded.filter((name) => new URL(name).origin === location.origin && /\.(js|css|woff2)$/.test(new URL(name).pathname));
  active.postMessage({ keep: [location.pathname, ...ours.filter((name) => !name.endsWith("/sw.js"))] });
}

const root = document.querySelector("#door");
if (root) {
  new Door(root).start();
  installWorker().catch(() => {}); // a private window keeps nothing, and works with network
}
