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
  if (state === "open" && closes) show(line.querySelector("[data-left]"), left(closes - now));
  line.hidden = false;
}

function left(milliseconds) {
  const minutes = Math.max(1, Math.floor(milliseconds / minute));
  const [amount, unit] =
    minutes >= 2880 ? [Math.floor(minutes / 1440), "day"] : minutes >= 120 ? [Math.floor(minutes / 60), "hour"] : [minutes, "minute"];
  const length = new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
  return document.body.dataset.left.replace("%s", length);
}

// The start on the reader's own clock, where that differs from the clock of the meeting's city.
function tellOwnTime(line) {
  const start = new Date(line.dataset.start);
  const end = line.dataset.end ? new Date(line.dataset.end) : start;
  const offset = /([+-])(\d\d):(\d\d)$/.exec(line.dataset.start);
  const theirs = offset ? (offset[1] === "-" ? 1 : -1) * (offset[2] * 60 + +offset[3]) : 0;
  if (start.getTimezoneOffset() === theirs) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const format = new Intl.DateTimeFormat(language, { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const city = zone.split("/").pop().replaceAll("_", " ");
  show(line, line.dataset.words.replace("%s", format.formatRange(start, end)).replace("%z", city));
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
