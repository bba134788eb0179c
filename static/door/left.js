// Pages where no gate is open: the device is ended, not enrolled, or is being signed out. What it kept goes from here.
import { sweep } from "./leave.js";
import { Store } from "./store.js";

const EVERY_MS = 10_000;

async function tidy(store, told) {
  await sweep(store);
  let waiting = 0;
  for (const gate of await store.gates()) waiting += await store.countWaiting(gate);
  if (!told) return;
  told.hidden = waiting === 0;
  told.textContent = told.dataset.words.replace("{count}", new Intl.NumberFormat(document.documentElement.lang).format(waiting));
}

// Whoever signs out is signed out first, for only then may the server say that this device keeps nothing.
function sweepAfter(form, store) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const { url } = await fetch(form.action, { method: "POST", body: new FormData(form) });
      await sweep(store);
      location.assign(url);
    } catch {
      form.submit();
    }
  });
}

// A browser that never stood at a gate is not given a database.
async function hasStood() {
  const kept = await indexedDB.databases?.().catch(() => []);
  return !kept || kept.some(({ name }) => name === Store.NAME);
}

async function start() {
  if (!(await hasStood())) return;
  const store = new Store(() => {}), form = document.querySelector("form[data-leaves]");
  if (form) return sweepAfter(form, store);
  const told = document.querySelector("#not-sent");
  await tidy(store, told);
  addEventListener("online", () => tidy(store, told));
  setInterval(() => told && !told.hidden && tidy(store, told), EVERY_MS);
}

start().catch(console.warn);
