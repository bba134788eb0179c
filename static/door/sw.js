// Service worker of /door/. The server puts ``self.DOOR = {version, files};`` before it; a new version is a new cache.
const SHELL = self.DOOR;
const CACHE = `door-${SHELL.version}`, PATIENCE_MS = 1500;

self.addEventListener("install", (event) => {
  const files = SHELL.files.map((file) => new Request(file, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(files)).then(() => self.skipWaiting()));
});

// Pages that were opened before stay openable: they move to the new cache.
async function inherit() {
  const cache = await caches.open(CACHE);
  for (const name of (await caches.keys()).filter((name) => name.startsWith("door-") && name !== CACHE)) {
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      if (new URL(request.url).pathname.startsWith("/door/") && !(await cache.match(request))) {
        await cache.put(request, await old.match(request));
      }
    }
    await caches.delete(name);
  }
}

self.addEventListener("activate", (event) => {
  event.waitUntil(inherit().then(() => self.clients.claim()));
});

// The page and what it loaded before there was a worker, its typefaces among them.
self.addEventListener("message", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    for (const address of event.data.keep) {
      if (!(await cache.match(address))) await cache.add(new Request(address, { cache: "reload" })).catch(() => {});
    }
    event.source.postMessage("kept");
  };
  if (event.data?.keep) event.waitUntil(keep());
});

const STATIC = SHELL.files.length ? `/${new URL(SHELL.files[0], location).pathname.split("/")[1]}/` : "/static/";
const isGate = (path) => /^\/door\/[^/]+\/$/.test(path);

async function page(request) {
  const cache = await caches.open(CACHE), path = new URL(request.url).pathname;
  const old = await cache.match(path);
  const fetched = fetch(request).then(async (response) => {
    if (response.ok && isGate(path)) await cache.put(path, response.clone());
    return response;
  });
  try {
    const response = await (old ? Promise.race([fetched, patience()]) : fetched);
    // A device that was revoked still has scans to send, and a server that fails may fail for long
    return old && (response.status === 403 || response.status >= 500) ? old : response;
  } catch {
    return old || lastGate(cache);
  }
}

function patience() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}

// Without network the door's first page leads to the gate that was opened last.
async function lastGate(cache) {
  const gates = (await cache.keys()).map((request) => new URL(request.url).pathname).filter(isGate);
  return gates.length ? Response.redirect(gates.at(-1)) : Response.error();
}

async function file(request) {
  const cache = await caches.open(CACHE), kept = await cache.match(request);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await cache.put(request, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && (pathname === "/door/" || isGate(pathname))) event.respondWith(page(request));
  else if (pathname.startsWith(STATIC)) event.respondWith(file(request));
});
