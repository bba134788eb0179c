// The door's page: a code comes by camera, scanner or hand, is judged here or by the server, kept, shown and sent.
import { Clock } from "./clock.js";
import { Eye } from "./eye.js";
import { Holding } from "./holding.js";
import { install } from "./install.js";
import { OVER, sweep } from "./leave.js";
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
    this.isBusy = false;
    this.refusal = this.failure = "";
    this.unread = { code: "", at: -Infinity };
  }

  async start() {
    learn(JSON.parse(this.data.words), this.data.language);
    this.store = new Store(() => this.held.keepAnew());
    this.held = new Holding({ gate: this.gate, store: this.store, clock: this.clock, changed: () => this.changed() });
    navigator.storage?.persist?.().catch(() => {});
    this.build();
    await this.held.remember().catch(console.warn); // what was kept is of no use: the server gives it anew
    this.held.listenToOthers();
    addEventListener("beforeunload", (event) => this.store.isSafe || event.preventDefault());
    this.courier = new Courier({
      addresses: { pack: this.data.pack, scans: this.data.scans, scan: this.data.scan, act: this.data.act },
      store: this.store, gate: this.gate, clock: this.clock, told: this,
    });
    this.screen.showNet(this.courier.isOnline);
    await this.held.count();
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
    const own = await this.held.judged(code, direction, at);
    if (own.reason === "no_code" && this.isSameUnread(code, at)) return this.shown({ ...this.held.told(own), id: this.unread.id, at }, code);
    const row = { id: crypto.randomUUID(), gate: this.gate, code, direction, at, told: "", reason: "", of: null, act: "scan", note: "" };
    this.unread.id = row.id;
    let answer = null;
    if (this.courier.isOnline) {
      await this.store.keep(row); // if the page ends before the answer comes, it is sent again
      answer = await this.courier.ask(row);
    }
    let said = { ...(answer ?? this.held.told(own)), id: row.id, serial: own.serial, at };
    let move = own.serial && MOVES.has(said.verdict) ? { gate: this.gate, serial: own.serial, verdict: said.verdict, at } : null;
    if (answer) {
      this.store.settle([{ id: row.id }]).then(() => move && this.store.keepMove(move)).then(() => this.held.count());
    } else if (!(await this.keepWhile(row, said, move)) && said.verdict === "admit") {
      said = { ...said, verdict: "check", reason: "not_kept" };
      move = null;
      await this.store.keep({ ...row, told: "check", reason: "" });
    }
    const before = this.held.lastMove(own.serial);
    this.held.moved(own.serial, move, answer?.inside);
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
    const { over, waiting, isStale } = this.held;
    const refusal = over === "revoked" ? "device" : over ? "not_known" : this.refusal;
    const key = failure || (!this.store.isSafe && "not_kept") || refusal || (!this.clock.isSure && "clock") || (isStale && "stale");
    const unsent = over && waiting ? ` ${word("not_sent", { count: number(waiting) })}` : "";
    this.screen.showNotice(key ? word(key) + unsent : "");
  }

  changed() {
    this.root.dataset.waiting = this.held.waiting;
    this.screen.showCounts(this.held);
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
    this.held.moved(serial, move);
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
    this.held.moved(serial, move, answer.inside);
    this.shown({ ...answer, serial, at }, code);
  }

  // What the courier tells.
  online(is) {
    this.screen.showNet(is);
  }

  async sent(inside, now) {
    this.clock.set(now);
    await this.held.count(inside);
  }

  async pack(pack) {
    this.clock.set(Date.parse(pack.now));
    const isTaken = await this.held.take(pack);
    this.refusal = "";
    this.showList();
    return isTaken;
  }

  async unchanged() {
    await this.held.keepClock();
    this.refusal = "";
    this.showList();
  }

  async refused(error) {
    this.courier.online(true);
    if (OVER.has(error.message)) await this.end(error.message);
    else this.refusal = "failed";
    this.showList();
  }

  // The device may not stand here any more. What it scans is CHECK, and is sent like what waits.
  async end(over) {
    this.courier.etag = "";
    await this.held.giveUp(over);
  }

  showList() {
    const { list, over, isStale } = this.held;
    if (list) this.root.dataset.list = list.number;
    else delete this.root.dataset.list;
    this.screen.showList(list, over, this.clock.now(), isStale || Boolean(list && !this.clock.isSure));
    this.tell();
  }

  watchClock() {
    let wasHidden = document.hidden, ticks = 0;
    const tick = () => {
      this.clock.watch(wasHidden);
      wasHidden = document.hidden;
      if (this.held.list && ticks++ % 60 === 0) this.held.keepClock(); // so that a clock set back while the device is off is seen
      this.showList();
    };
    document.addEventListener("visibilitychange", () => (wasHidden ||= document.hidden));
    setInterval(tick, 1000);
    tick();
  }
}

const root = document.querySelector("#door");
if (root) {
  new Door(root).start();
  install(() => (root.dataset.kept = "yes")).catch(() => {}); // a private window keeps nothing, and works with network
}
