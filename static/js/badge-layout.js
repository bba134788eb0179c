// The picture of a badge follows its form; arrow keys move a part by a millimetre. Without it there is a Preview button.
"use strict";

const form = document.querySelector("form.layout");
const seen = form.querySelector(".layout-seen img");
const told = form.querySelector("[data-told]");
const UNSEEN = /^(csrfmiddlewaretoken|note.*)$/;
let waiting;

// Of two answers the later question's counts.
let asked = 0;

async function show() {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value !== "" && !UNSEEN.test(name)) values.append(name, value);
  if (form.dataset.meeting) values.append("meeting", form.dataset.meeting);
  const address = `${form.dataset.preview}?${values}`;
  const mine = ++asked;
  const answer = await fetch(address);
  const words = answer.ok ? "" : await answer.text();
  if (mine !== asked) return;
  told.textContent = answer.status === 422 || answer.status === 503 ? words : "";
  if (answer.ok && seen) seen.src = address;
}

function showSoon() {
  clearTimeout(waiting);
  waiting = setTimeout(() => show().catch(() => {}), 250);
}

const STEPS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", -1], ArrowDown: ["y", 1] };

form.querySelectorAll("[data-move]").forEach((handle) => {
  handle.hidden = false;
  handle.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const box = handle.closest("tr").querySelector(`[data-measure=${step[0]}]`);
    box.value = Math.max(0, Math.round((Number(box.value) + step[1]) * 10) / 10);
    showSoon();
  });
});
form.addEventListener("input", showSoon);
