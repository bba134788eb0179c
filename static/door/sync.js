// Talks to the server: one code asked at once, what waits in batches, and the pack. Every row may be sent again.

const MOST = 200, ASK_MS = 1500, SEND_MS = 20_000;
const LATER = "unknown_of"; // the scan that it takes back has not come yet
const FIRST_PAUSE = 2000, LONGEST_PAUSE = 30_000, EVERY = 30_000;

export class Refused extends Error {
  constructor(status, word) {
    super(word);
    this.status = status;
  }
}

async function fetched(address, options = {}, ms = SEND_MS) {
  const response = await fetch(address, {
    credentials: "same-origin", cache: "no-store", redirect: "error", signal: AbortSignal.timeout(ms),
    ...options, headers: { Accept: "application/json", ...options.headers },
  });
  if (response.status === 429 || response.status >= 500) throw new Error(`The server answers ${response.status}.`);
  if (response.status >= 400) {
    const body = await response.json().catch(() => ({}));
    throw new Refused(response.status, body.error || "");
  }
  return response;
}

// ``addresses``: {pack, scans, scan, act}; ``told`` hears of what came: {online, refused, sent, unchanged, pack}.
export class Courier {
  constructor({ addresses, store, gate, clock, told }) {
    Object.assign(this, { addresses, store, gate, clock, told });
    this.isOnline = navigator.onLine;
    this.pause = FIRST_PAUSE;
    this.running = null;
    this.etag = "";
  }

  start() {
    addEventListener("online", () => this.soon());
    addEventListener("offline", () => this.online(false));
    document.addEventListener("visibilitychange", () => document.hidden || this.soon());
    return this.run();
  }

  online(is) {
    if (this.isOnline === is) return;
    this.isOnline = is;
    this.told.online(is);
  }

  soon() {
    this.pause = FIRST_PAUSE;
    return this.run();
  }

  // One run at a time. Another that is asked for meanwhile begins when it ends.
  run() {
    if (this.running) {
      this.again = true;
      return this.running;
    }
    clearTimeout(this.timer);
    this.running = this.once().finally(() => {
      this.running = null;
      const wait = this.again ? 0 : this.failed ? this.pause * (0.75 + Math.random() / 2) : EVERY;
      this.again = false;
      this.timer = setTimeout(() => this.run(), wait);
    });
    return this.running;
  }

  async once() {
    try {
      if (!navigator.onLine) throw new Error("There is no network.");
      await this.sendAll();
      await this.fetchPack();
      this.failed = !this.isQuick;
      this.pause = this.isQuick ? FIRST_PAUSE : Math.min(this.pause * 2, LONGEST_PAUSE);
      this.online(this.isQuick); // nobody waits at a gate for a network that takes seconds
    } catch (error) {
      this.failed = true;
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
      if (error instanceof Refused) await this.told.refused(error);
      else this.online(false);
    }
  }

  // An empty batch tells the server that the device is there, and how its clock stands.
  async sendAll() {
    for (;;) {
      const rows = await this.store.waiting(this.gate, MOST);
      const left = (await this.store.countWaiting(this.gate)) - rows.length;
      const body = JSON.stringify({
        now: new Date(this.clock.wall()).toISOString(), waiting: Math.max(left, 0),
        scans: rows.map((row) => this.written(row)),
      });
      const began = performance.now();
      const response = await this.post(this.addresses.scans, body, "application/json", SEND_MS);
      const { now, scans, inside } = await response.json();
      this.isQuick = performance.now() - began < ASK_MS;
      const settled = scans.filter((answer) => answer.error !== LATER);
      await this.store.settle(settled);
      await this.told.sent(inside, Date.parse(now));
      if (!settled.length || left <= 0) return;
    }
  }

  written({ id, code, direction, at, told, reason, of, act, note }) {
    const instant = new Date(this.clock.device(at)).toISOString();
    return { id, code, direction, at: instant, told: act === "take_back" ? "" : told, reason, of, act, note };
  }

  async fetchPack() {
    const headers = this.etag ? { "If-None-Match": this.etag } : {};
    const response = await fetched(this.addresses.pack, { headers });
    if (response.status === 304) return this.told.unchanged();
    const pack = await response.json();
    if (await this.told.pack(pack)) this.etag = response.headers.get("ETag") || "";
  }

  // The server's answer to one code, or null where there is none within a second and a half.
  async ask(row) {
    if (!this.isOnline) return null;
    const { id, code, direction } = row;
    try {
      const response = await this.post(this.addresses.scan, new URLSearchParams({ id, code, direction }), "", ASK_MS);
      const answer = await response.json();
      if (!answer.verdict) throw new Error("That is no verdict.");
      return answer;
    } catch (error) {
      if (error instanceof Refused) await this.told.refused(error);
      else this.online(false);
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.run(), this.pause);
      return null;
    }
  }

  // A supervisor's decision on a scan, with the reason: only with network. Null where it came to nothing.
  async overrule({ id, of, note }) {
    try {
      const body = new URLSearchParams({ act: "let_in", id, of, note });
      return await (await this.post(this.addresses.act, body, "", SEND_MS)).json();
    } catch {
      return null;
    }
  }

  post(address, body, type, ms) {
    return fetched(address, { method: "POST", body, headers: type ? { "Content-Type": type } : {} }, ms);
  }
}
