// Service worker of /door/. The server puts ``self.DOOR = {version, files};`` before it; a new version is a new cache.
const SHELL = self.DOOR;
const CACHE = `door-${SHELL.version}`, PATIENCE_MS = 1500;
const STATIC = SHELL.files.length ? `/${new URL(SHELL.files[0], location).pathname.split("/")[1]}/` : "/static/";
const isGate = (path) => /^\/door\/[^/]+\/$/.test(path);

const olderOnes = async () => (await caches.keys()).filter((name) => name.startsWith("door-") && name !== CACHE);

self.addEventListener("install", (event) => {
  const files = SHELL.files.map((file) => new Request(file, { cache: "reload" }));
  const install = async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(files);
    await renew();
    await self.skipWaiting();
  };
  event.waitUntil(install());
});

// A page that was kept names the files of its own version: it comes anew with the new ones, where the server gives it.
async function renew() {
  for (const name of await olderOnes()) {
    const paths = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname);
    for (const path of paths.filter(isGate)) {
      await fetched(path).catch(() => {});
    }
  }
}

// The last version stays for pages that run on it, and older ones as long as a page of theirs could not be had anew.
async function tidy() {
  const cache = await caches.open(CACHE);
  for (const name of (await olderOnes()).slice(0, -1)) {
    const pages = (await (await caches.open(name)).keys()).filter((request) => isGate(new URL(request.url).pathname));
    const renewed = await Promise.all(pages.map((request) => cache.match(request)));
    if (renewed.every(Boolean)) await caches.delete(name);
  }
}

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy().then(() => self.clients.claim()));
});

// The page and what it loaded before there was a worker, its typefaces among them.
self.addEventListener("message", (event) => {
  const keep = async () => {
    const cache = await caches.open(CACHE);
    for (const address of event.data.keep) {
      if (await cache.match(address)) continue;
      await (isGate(address) ? fetched(address) : cache.add(new Request(address, { cache: "reload" }))).catch(() => {});
    }
    event.source.postMessage("kept");
  };
  if (event.data?.keep) event.waitUntil(keep());
});

async function kept(request) {
  return (await (await caches.open(CACHE)).match(request)) ?? caches.match(request);
}

// A page, {response, isOurs}; a gate's is kept. A network that wants to be signed in to answers everything with a page
// of its own, or leads to one elsewhere, which fails here.
async function fetched(path) {
  const response = await fetch(path, { cache: "no-store" });
  const isOurs = response.ok && !response.redirected && /<main id="(door|main)" class="door/.test(await response.clone().text());
  if (isOurs && isGate(path)) await (await caches.open(CACHE)).put(path, response.clone());
  return { response, isOurs };
}

function patience() {
  return new Promise((_, reject) => setTimeout(reject, PATIENCE_MS));
}

// What the server says of a page that can be done without, else ``old``: a device that was revoked still has scans to
// send, and a server that fails may fail for long.
async function soon(path, old) {
  try {
    const { response, isOurs } = await Promise.race([fetched(path), patience()]);
    if (response.redirected) return Response.redirect(response.url);
    return isOurs || response.status === 404 ? response : old();
  } catch {
    return old();
  }
}

async function gate(request, path) {
  const old = await kept(path);
  return old ? soon(path, () => old) : fetch(request);
}

// The door's first page. Without network it leads to the gate that was opened last.
async function entrance(request) {
  const last = await lastGate();
  return last && !new URL(request.url).search ? soon("/door/", () => Response.redirect(last)) : fetch(request);
}

async function lastGate() {
  for (const name of [CACHE, ...(await olderOnes()).reverse()]) {
    const paths = (await (await caches.open(name)).keys()).map((request) => new URL(request.url).pathname).filter(isGate);
    if (paths.length) return paths.at(-1);
  }
  return null;
}

async function file(request) {
  const old = await kept(request);
  if (old) return old;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const isPage = request.mode === "navigate";
  if (isPage && pathname === "/door/") event.respondWith(entrance(request));
  else if (isPage && isGate(pathname)) event.respondWith(gate(request, pathname));
  else if (pathname.startsWith(STATIC)) event.respondWith(file(request));
});
