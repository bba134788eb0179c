// Elements, the page's words and the shapes of verdicts.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  admit: "M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21zM10.3 17.3 5.6 12.6 7.4 10.8l2.9 2.9 6.3-6.4 1.8 1.8z",
  stop: "M7.6 1.5h8.8l6.1 6.1v8.8l-6.1 6.1H7.6l-6.1-6.1V7.6zM8.3 6.5 12 10.2l3.7-3.7 1.8 1.8L13.8 12l3.7 3.7-1.8 1.8L12 13.8l-3.7 3.7-1.8-1.8L10.2 12 6.5 8.3z",
  check: "M12 1.5 23.5 22H.5zM10.8 8.5h2.4v7h-2.4zM10.8 17h2.4v2.4h-2.4z",
  already_in: "M12 2.5a9.5 9.5 0 0 0-6.9 3L2.5 3v8h8L7.2 7.6A6.5 6.5 0 1 1 5.9 14.3l-2.8 1A9.5 9.5 0 1 0 12 2.5z",
  out: "M2 2h11v4h-2V4H4v16h7v-2h2v4H2zM15 6.5l6.5 5.5-6.5 5.5V14H7v-4h8z",
  undone: "M9 5V1L2 7.5 9 14v-4h5a4.5 4.5 0 0 1 0 9H6v3h8a8 8 0 0 0 0-17z",
  offline: "M12 1.5a10.5 10.5 0 1 1 0 21 10.5 10.5 0 0 1 0-21zM5 10.5v3h14v-3z",
  person: "M12 3.5c3 0 5 2.3 5 5.2 0 3.2-2.2 6-5 6s-5-2.8-5-6c0-2.9 2-5.2 5-5.2zM2.5 24c.3-4.6 3.600-7 6.300-7.800 1 .8 2 1.200 3.200 1.200s2.200-.4 3.200-1.200c2.700.8 6 3.200 6.300 7.800z",
};

// el("p", {class: "why", hidden: true, click: …}, "text", child): functions listen, false and null leave out.
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(key, value);
    else if (value === true) element.setAttribute(key, "");
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null && child !== false));
  return element;
}

export function shape(name) {
  const drawing = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", "i");
  path.setAttribute("fill-rule", "evenodd");
  path.setAttribute("d", SHAPES[name]);
  drawing.append(path);
  return drawing;
}

// A name or number of somebody else's script keeps its own direction.
export function bdi(text) {
  return el("bdi", {}, text);
}

const words = new Map();
let times, numbers, ages; // formats of the page's language: made once, for making one takes long

// ``said``: {verdicts, reasons, directions, app}, each of keys and words. "out" is a verdict and a direction.
export function learn({ verdicts, reasons, directions, app }, spoken) {
  for (const [key, text] of Object.entries({ ...app, ...reasons, ...verdicts })) words.set(key, text);
  for (const [key, text] of Object.entries(directions)) words.set(`way_${key}`, text);
  times = new Intl.DateTimeFormat(spoken, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  numbers = new Intl.NumberFormat(spoken);
  ages = new Intl.RelativeTimeFormat(spoken, { style: "short" });
}

// What is filled in keeps its own direction: FSI and PDI of Unicode's bidirectional algorithm.
export function word(key, values = {}) {
  const text = words.get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? `\u2068${values[name]}\u2069` : whole));
}

export function clockTime(instant) {
  return times.format(instant);
}

export function number(value) {
  return numbers.format(value);
}

// "12 min ago", in the page's language.
export function age(milliseconds) {
  const minutes = Math.max(0, Math.round(milliseconds / 60_000));
  const [amount, unit] = minutes < 90 ? [minutes, "minute"] : [Math.round(minutes / 60), "hour"];
  return ages.format(-amount, unit);
}
