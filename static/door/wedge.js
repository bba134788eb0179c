// A scanner that types: quick keys and Enter, Tab or nothing at the end, wherever the page's focus is.
import { cleaned, read } from "./verify.js";

const QUICK_MS = 100, SHORTEST = 4;
const SIGNS = { Period: ".", NumpadDecimal: ".", Space: " " };

// What the key types on the keyboard that scanners are delivered with, whatever layout the device is set to.
function usual(code) {
  return /^(?:Key|Digit|Numpad)(\w)$/.exec(code)?.[1] ?? SIGNS[code] ?? "";
}

export function listen(scanned) {
  let typed = "", keys = "", last = 0, timer = 0;

  const code = () => [typed, keys].find((text) => read(cleaned(text)));
  const end = (field) => {
    const text = code() ?? typed;
    typed = keys = "";
    clearTimeout(timer);
    if (field) field.value = ""; // a badge that is held up is no note on the one before
    scanned(text);
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const field = event.target.matches("input[type=text], input:not([type])") ? event.target : null;
    const isQuick = event.timeStamp - last < QUICK_MS; // when it was pressed: the page may have been busy since
    last = event.timeStamp;
    if (event.key === "Enter" || event.key === "Tab") {
      if (isQuick && (field ? code() : typed.length >= SHORTEST)) {
        event.preventDefault();
        end(field);
      }
      typed = keys = "";
    } else if (event.key.length === 1) {
      typed = (isQuick ? typed : "") + event.key;
      keys = (isQuick ? keys : "") + usual(event.code);
      if (isQuick && !field) event.preventDefault(); // a space within a code presses no button
      clearTimeout(timer);
      timer = setTimeout(() => code() && end(field), QUICK_MS);
    }
  }, true);
}
