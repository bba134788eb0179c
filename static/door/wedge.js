// A scanner that types: quick keys and Enter, wherever the page's focus is.

const QUICK_MS = 100, SHORTEST = 4;

export function listen(scanned) {
  let typed = "", last = 0;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.matches("input[type=text], input:not([type])")) return;
    const isQuick = performance.now() - last < QUICK_MS;
    last = performance.now();
    if (event.key.length === 1) {
      typed = (isQuick ? typed : "") + event.key;
      if (isQuick) event.preventDefault(); // a space within a code presses no button
    } else if (event.key === "Enter") {
      if (isQuick && typed.length >= SHORTEST) {
        event.preventDefault();
        scanned(typed);
      }
      typed = "";
    }
  }, true);
}
