// A device that may not stand at a gate any more keeps nothing of it: no list, no key, no serial, no page. Scans that
// were not sent yet stay until the server has them.
import { Clock } from "./clock.js";
import { Courier, Refused } from "./sync.js";

// The server's words for it: the device was ended; nobody is known by the cookie, or signed in; it is another gate's.
export const OVER = new Set(["revoked", "unknown", "elsewhere"]);
const CACHES = "door-";

// ``over`` is the server's word. While scans wait, the page stays too: they may have to be sent another day.
export async function forget(store, gate, over) {
  await store.forget(gate, over);
  if ((await store.gates()).includes(gate) || !("caches" in window)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(CACHES)) await (await caches.open(name)).delete(`/door/${gate}/`);
  }
}

// Of every gate of which something is kept, but the one where the page stands: what waits is sent, and what the
// device may not keep any more is deleted.
export async function sweep(store, here = "") {
  for (const gate of await store.gates()) {
    if (gate !== here) await visit(store, gate);
  }
}

async function visit(store, gate) {
  const clock = new Clock(), base = await store.read("clocks", gate), door = `/door/${gate}/`;
  if (base) clock.resume(base);
  const courier = new Courier({
    addresses: { pack: `${door}pack`, scans: `${door}scans` }, store, gate, clock,
    told: { sent() {}, pack() {}, unchanged() {} },
  });
  try {
    if (await store.countWaiting(gate)) await courier.sendAll();
    await courier.fetchPack();
  } catch (error) {
    if (error instanceof Refused && OVER.has(error.message)) await forget(store, gate, error.message);
  }
}
