// Shortcuts of the desk and the seconds in which a decision can be undone. Without it every command is a button.
"use strict";

// Never while somebody types, and never in place of the browser's own commands.
function isTyping(target) {
  return target.isContentEditable || target.matches("input:not([type=checkbox], [type=radio]), textarea, select");
}

function press(control) {
  if (control.matches("input, textarea")) control.focus();
  else control.click();
}

// In a list, the letters for down and up walk along its rows.
function walk(rows, step) {
  const here = rows.indexOf(document.activeElement.closest("[data-row]"));
  const next = rows[Math.min(Math.max(here + step, 0), rows.length - 1)];
  next.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  const control = [...document.querySelectorAll("[data-key]")].find((found) => found.dataset.key === key);
  const list = document.querySelector("[data-rows]");
  if (control) {
    event.preventDefault();
    press(control);
  } else if (list && (key === list.dataset.down || key === list.dataset.up)) {
    event.preventDefault();
    walk([...list.querySelectorAll("[data-row]")], key === list.dataset.down ? 1 : -1);
  }
});

// A second press would be a second decision on whatever page comes next.
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

document.querySelectorAll("[data-seconds]").forEach((told) => {
  const end = performance.now() + 1000 * told.dataset.seconds;
  const ticking = setInterval(() => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    told.textContent = left;
    if (left) return;
    clearInterval(ticking);
    told.closest("form").hidden = true;
  }, 1000);
});
