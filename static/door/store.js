// What the device keeps (IndexedDB): the gate's pack, scans not sent yet, and who moved by serial. Never a name.

const NAME = "rostrum-door", VERSION = 1;
const MOVES_LAST = 36 * 3600 * 1000;

function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
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
    request.result.createObjectStore("queue", { keyPath: "id" }).createIndex("order", "order");
    request.result.createObjectStore("moves", { keyPath: ["gate", "serial"] });
  };
  return new Store(await answer(request));
}

class Store {
  constructor(database) {
    this.database = database;
    this.last = 0;
  }

  pack(gate) {
    return answer(this.database.transaction("packs").objectStore("packs").get(gate));
  }

  async keepPack(gate, kept) {
    const transaction = this.database.transaction("packs", "readwrite");
    transaction.objectStore("packs").put(kept, gate);
    await done(transaction);
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

  // Rows of a gate that nobody has refused, the oldest first.
  async waiting(gate) {
    const rows = await answer(this.database.transaction("queue").objectStore("queue").index("order").getAll());
    return rows.filter((row) => row.gate === gate && !row.error);
  }

  // What the server took is gone from here; what it refused stays, with its sentence, and is not sent again.
  async settle(answers) {
    const transaction = this.database.transaction("queue", "readwrite"), queue = transaction.objectStore("queue");
    for (const { id, error } of answers) {
      if (!error) queue.delete(id);
      else queue.get(id).onsuccess = (event) => event.target.result && queue.put({ ...event.target.result, error });
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
