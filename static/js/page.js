// What depends on the reader's clock, zone or clipboard. Without it the page is whole: closing times stand in words.
"use strict";

const language = document.documentElement.lang || "en";
const minute = 60000;

function show(element, words) {
  if (words) element.textContent = words;
  element.hidden = false;
}

// Open, opens later or closed, and "3 days left", from the two instants of an access notice.
function tellWhetherOpen(line, now) {
  const opens = Date.parse(line.dataset.opens);
  const closes = Date.parse(line.dataset.closes);
  if (Number.isNaN(closes) && Number.isNaN(opens)) return;
  const state = now > closes ? "closed" : now < opens ? "soon" : "open";
  show(line.querySelector(`[data-state=${state}]`));
  const opening = line.parentElement.querySelector(".opens");
  if (opening) opening.hidden = state !== "soon";
  if (state === "open" && closes) show(line.querySelector("[data-left]"), left(closes - now, line.dataset.words));
  line.hidden = false;
}

function left(milliseconds, words) {
  const minutes = Math.max(1, Math.floor(milliseconds / minute));
  const [amount, unit] =
    minutes >= 2880 ? [Math.floor(minutes / 1440), "day"] : minutes >= 120 ? [Math.floor(minutes / 60), "hour"] : [minutes, "minute"];
  const length = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long", numberingSystem: "latn" }).format(amount);
  return words.replace("{time}", length);
}

// The same hours on the reader's own clock, where it differs from the clock of the meeting's city.
function tellOwnTime(line) {
  const start = new Date(line.dataset.start);
  const end = line.dataset.end && new Date(line.dataset.end);
  if (clock(start) === line.dataset.start.slice(11, 16) && day(start) === line.dataset.start.slice(0, 10)) return;
  const days = Math.round((Date.parse(day(start)) - Date.parse(line.dataset.start.slice(0, 10))) / (1440 * minute));
  const said = end ? `${clock(start)}–${clock(end)}` : clock(start);
  const hours = document.dir === "rtl" ? `\u2066${said}\u2069` : said;
  const words = line.dataset.words.replace("{time}", hours);
  const shifted = days > 0 ? line.dataset.after : line.dataset.before;
  show(line, days ? shifted.replace("{time}", words) : words);
}

function clock(date) {
  return date.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function day(date) {
  return date.toLocaleDateString("en-CA");
}

// Safari grants the clipboard only within the click, hence a promise inside the item.
function offerCopy(item) {
  if (!navigator.clipboard || !window.ClipboardItem) return;
  const said = item.querySelector("[role=status]");
  const text = () => fetch(item.dataset.copy).then((answer) => (answer.ok ? answer.blob() : Promise.reject()));
  item.querySelector("button").addEventListener("click", () => {
    navigator.clipboard.write([new ClipboardItem({ "text/plain": text() })]).then(
      () => show(said, said.dataset.done),
      () => show(said, said.dataset.failed),
    );
  });
  item.hidden = false;
}

document.querySelectorAll("[data-closes]").forEach((line) => tellWhetherOpen(line, Date.now()));
document.querySelectorAll("[data-start]").forEach(tellOwnTime);
document.querySelectorAll("[data-copy]").forEach(offerCopy);
