// What the device keeps (IndexedDB): the gate's pack, scans not sent yet, and who moved by serial. Never a name.

const NAME = "rostrum-door", VERSION = 1;
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

export async function open() {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore("packs");
    request.result.createObjectStore("clocks");
    request.result.createObjectStore("queue", { keyPath: "id" }).createIndex("order", ["gate", "order"]);
    request.result.createObjectStore("refused", { keyPath: "id" });
    request.result.createObjectStore("moves", { keyPath: ["gate", "serial"] });
  };
  return new Store(await answer(request));
}

class Store {
  constructor(database) {
    this.database = database;
    this.last = 0;
  }

  read(store, key) {
    return answer(this.database.transaction(store).objectStore(store).get(key));
  }

  // ``store`` is "packs" or "clocks", by gate.
  async write(store, key, value) {
    const transaction = this.database.transaction(store, "readwrite");
    transaction.objectStore(store).put(value, key);
    await done(transaction);
  }

  get queue() {
    return this.database.transaction("queue").objectStore("queue").index("order");
  }

  // Resolved when both are on the disk. A row has id, gate, code, direction, at, told, reason, of, act, note.
  async keep(row, move) {
    const transaction = this.database.transaction(["queue", "moves"], "readwrite");
    this.last = Math.max(this.last + 1, Date.now()); // the order of scans, also where the clock is set back
    transaction.objectStore("queue").put({ order: this.last, ...row });
    if (move) transaction.objectStore("moves").put(move);
    await done(transaction);
  }

  async keepMove(move) {
    const transaction = this.database.transaction("moves", "readwrite");
    transaction.objectStore("moves").put(move);
    await done(transaction);
  }

  // The oldest rows of a gate, all of them or so many.
  waiting(gate, most) {
    return answer(this.queue.getAll(all(gate), most));
  }

  countWaiting(gate) {
    return answer(this.queue.count(all(gate)));
  }

  // What the server took is gone from here; what it refused is put aside with its word, and not sent again.
  async settle(answers) {
    const transaction = this.database.transaction(["queue", "refused"], "readwrite");
    const queue = transaction.objectStore("queue"), refused = transaction.objectStore("refused");
    for (const { id, error } of answers) {
      if (error) queue.get(id).onsuccess = ({ target: { result } }) => result && refused.put({ ...result, error });
      queue.delete(id);
    }
    await done(transaction);
  }

  // Map of serial to {verdict, at}; what is older than a day and a half is forgotten.
  async moves(gate, now) {
    const transaction = this.database.transaction("moves", "readwrite"), store = transaction.objectStore("moves");
    const rows = await answer(store.getAll());
    const old = rows.filter((row) => row.at < now - MOVES_LAST);
    old.forEach((row) => store.delete([row.gate, row.serial]));
    await done(transaction);
    const fresh = rows.filter((row) => row.gate === gate && row.at >= now - MOVES_LAST);
    return new Map(fresh.map(({ serial, verdict, at }) => [serial, { verdict, at }]));
  }
}
