// What the device keeps (IndexedDB): the gate's pack, scans not sent yet, and who moved by serial. Never a name.
// A disk that is full, refused or emptied stops no scan: what it does not take is held here and sent from here.

const NAME = "rostrum-door", VERSION = 1, PATIENCE_MS = 3000;
const MOVES_LAST = 36 * 3600 * 1000;

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function all(gate) {
  return IDBKeyRange.bound([gate, -Infinity], [gate, Infinity]);
}

function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

async function opened() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("packs");
    request.result.createObjectStore("clocks");
    request.result.createObjectStore("queue", { keyPath: "id" }).createIndex("order", ["gate", "order"]);
    request.result.createObjectStore("refused", { keyPath: "id" });
    request.result.createObjectStore("moves", { keyPath: ["gate", "serial"] });
  };
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MS, new Error("The disk does not answer.")));
  return Promise.race([answer(request), late]);
}

// ``emptied()`` is called when somebody deleted what was kept.
export class Store {
  static NAME = NAME;

  constructor(emptied) {
    this.emptied = emptied;
    this.last = 0;
    this.rows = new Map(); // of this page and not sent: {row, isKept}
    this.gone = new Set(); // sent, and not yet deleted
    this.isSafe = true;
  }

  async database() {
    this.opening ??= opened();
    try {
      const database = await this.opening;
      database.onclose = database.onversionchange = () => {
        database.close();
        this.lose(database);
      };
      return database;
    } catch (error) {
      this.opening = null;
      throw error;
    }
  }

  lose(database) {
    if (this.closed === database) return;
    this.closed = database;
    this.opening = null;
    for (const held of this.rows.values()) held.isKept = false;
    this.emptied();
  }

  // What ``act`` makes of a transaction, when that is on the disk; null where the disk refuses.
  async on(stores, mode, act, options) {
    try {
      const transaction = (await this.database()).transaction(stores, mode, options);
      const end = done(transaction), made = await Promise.race([act(transaction), end]);
      await end;
      if (mode === "readwrite") this.isSafe = true;
      return made ?? true; // nothing found is no refusal
    } catch (error) {
      console.warn(error);
      this.isSafe = false;
      return null;
    }
  }

  async read(store, key) {
    const found = await this.on(store, "readonly", (transaction) => answer(transaction.objectStore(store).get(key)));
    return found === true ? undefined : found;
  }

  // ``store`` is "packs" or "clocks", by gate.
  write(store, key, value) {
    return this.on(store, "readwrite", (transaction) => void transaction.objectStore(store).put(value, key));
  }

  // Whether both are with the system that writes the disk: no page or browser that ends can lose them then. To wait for
  // the disk itself would hold up verdicts. A row has id, gate, code, direction, at, told, reason, of, act, note.
  async keep(row, move) {
    this.last = Math.max(this.last + 1, Date.now()); // the order of scans, also where the clock is set back
    this.rows.set(row.id, { row: { order: this.last, ...row }, isKept: false });
    return this.keepHeld(move);
  }

  async keepHeld(move) {
    const held = [...this.rows.values()].filter(({ isKept }) => !isKept);
    const isKept = await this.on(["queue", "moves"], "readwrite", (transaction) => {
      for (const each of held) transaction.objectStore("queue").put(each.row);
      if (move) transaction.objectStore("moves").put(move);
    }, { durability: "relaxed" });
    if (isKept) for (const each of held) each.isKept = true;
    return Boolean(isKept);
  }

  keepMove(move) {
    return this.on("moves", "readwrite", (transaction) => void transaction.objectStore("moves").put(move));
  }

  // The oldest rows of a gate, all of them or so many.
  async waiting(gate, most) {
    const wanted = most && most + this.gone.size;
    const kept = await this.on("queue", "readonly", (transaction) => answer(transaction.objectStore("queue").index("order").getAll(all(gate), wanted)));
    const rows = Array.isArray(kept) ? kept.filter(({ id }) => !this.gone.has(id)) : [], ids = new Set(rows.map(({ id }) => id));
    for (const { row, isKept } of this.rows.values()) {
      if (row.gate === gate && !ids.has(row.id) && !(kept && isKept)) rows.push(row);
    }
    return rows.sort((one, other) => one.order - other.order).slice(0, most);
  }

  async countWaiting(gate) {
    const kept = await this.on("queue", "readonly", (transaction) => answer(transaction.objectStore("queue").index("order").count(all(gate))));
    const held = [...this.rows.values()].filter(({ row, isKept }) => row.gate === gate && !(kept !== null && isKept));
    return Math.max((kept ?? 0) - this.gone.size, 0) + held.length;
  }

  // What the server took is gone from here; what it refused is put aside with its word, and not sent again.
  async settle(answers) {
    for (const { id } of answers) {
      if (this.rows.get(id)?.isKept !== false) this.gone.add(id);
      this.rows.delete(id);
    }
    const isSettled = await this.on(["queue", "refused"], "readwrite", (transaction) => {
      const queue = transaction.objectStore("queue"), refused = transaction.objectStore("refused");
      for (const { id, error } of answers) {
        if (error) queue.get(id).onsuccess = ({ target: { result } }) => result && refused.put({ ...result, error });
        queue.delete(id);
      }
    });
    if (isSettled) answers.forEach(({ id }) => this.gone.delete(id));
  }

  // The gates of which anything is kept.
  async gates() {
    const kept = await this.on(["packs", "queue"], "readonly", async (transaction) => {
      const packs = answer(transaction.objectStore("packs").getAllKeys());
      return [...(await packs), ...(await answer(transaction.objectStore("queue").getAll())).map(({ gate }) => gate)];
    });
    return [...new Set(kept ?? [])];
  }

  // Deletes what is kept of a gate. Scans that wait stay, with the clock by which they were made, and ``over`` in the
  // place of the pack says why there is none.
  forget(gate, over) {
    return this.on(["packs", "clocks", "moves", "refused", "queue"], "readwrite", async (transaction) => {
      const [packs, clocks, moves, refused, queue] = ["packs", "clocks", "moves", "refused", "queue"].map((name) => transaction.objectStore(name));
      moves.delete(IDBKeyRange.bound([gate], [gate, []]));
      for (const row of await answer(refused.getAll())) if (row.gate === gate) refused.delete(row.id);
      const waiting = await answer(queue.index("order").count(all(gate)));
      packs.delete(gate);
      if (waiting) packs.put({ over }, gate);
      else clocks.delete(gate);
    });
  }

  // Map of serial to {verdict, at}; what is older than a day and a half is forgotten.
  async moves(gate, now) {
    const rows = await this.on("moves", "readwrite", async (transaction) => {
      const store = transaction.objectStore("moves"), found = await answer(store.getAll());
      for (const row of found) if (row.at < now - MOVES_LAST) store.delete([row.gate, row.serial]);
      return found;
    });
    const fresh = (rows ?? []).filter((row) => row.gate === gate && row.at >= now - MOVES_LAST);
    return new Map(fresh.map(({ serial, verdict, at }) => [serial, { verdict, at }]));
  }
}
