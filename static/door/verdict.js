// The verdict over the whole screen: word, shape and colour for two metres away, the reason, and what can be done.
import { bdi, clockTime, el, shape, word } from "./parts.js";

const RETURNS_MS = 2000;
const GREEN = new Set(["admit", "out", "undone"]);
const HAS_NOBODY = new Set(["unknown", "device", "new_key"]);

// Why, in one line, and under it the zones or since when.
function lines(said) {
  const zones = said.verdict === "admit" ? said.zones : [];
  const earlier = said.earlier;
  const why = said.words || (said.reason ? word(said.reason) : "");
  const since = earlier ? word("since", { time: clockTime(new Date(earlier.at)), gate: earlier.gate }) : "";
  const first = since || why || zones.join(" · "), second = since ? why : why ? zones.join(" · ") : "";
  return [first, second];
}

export function spoken(said) {
  return [word(said.verdict), ...lines(said), said.name].filter(Boolean).join(". ");
}

function holder({ name, organization, portrait, number, letter }) {
  if (!name && !number) return null;
  const photo = portrait
    ? el("img", { class: "photo", src: portrait, alt: "" })
    : el("div", { class: "photo" }, shape("person"));
  const about = el("p", {}, name ? el("b", {}, bdi(name)) : null, organization ? bdi(organization) : null);
  const badge = [letter, number].filter((part) => part != null && part !== "").join(" ");
  if (badge) about.append(el("span", { class: "num" }, el("bdi", { dir: "ltr" }, badge)));
  return el("div", { class: "verdict-who" }, photo, about);
}

// The longest part of the word has to stand on one line of a telephone.
function size(text) {
  const longest = Math.max(...text.split(/\s+/).map((part) => part.length));
  return longest > 8 ? "is-longer" : longest > 5 ? "is-long" : "";
}

function button(key, act, attributes = {}) {
  return el("button", { type: "button", class: "btn", click: act, ...attributes }, word(key));
}

// Shows what was said and returns by itself after green; ``acts``: {undo, letIn, overrule} or null for each.
export class VerdictScreen {
  constructor(place, { onReturn }) {
    this.place = place;
    this.onReturn = onReturn;
  }

  get isShown() {
    return !this.place.hidden && !this.coming;
  }

  // Lays out what is going to be shown, unseen: while the scan is written nothing else is done.
  prepare(said, acts) {
    clearTimeout(this.timer);
    this.isPinned = false;
    this.coming = said;
    const [first, second] = lines(said);
    const text = word(said.verdict);
    const heading = el("h2", { class: `verdict-word ${size(text)}` }, shape(said.verdict), el("span", {}, text));
    const section = el("section", { class: `verdict verdict-${said.verdict.replace("_", "-")}`, tabindex: "-1" }, heading,
      el("p", { class: "verdict-reason" }, first, second ? el("span", { class: "more" }, second) : null),
      holder(said) || el("div", { class: "verdict-who" }), this.buttons(said, acts));
    section.addEventListener("pointerdown", (event) => event.target.closest(".acts") || this.hold(true));
    section.addEventListener("keydown", (event) => event.key === "Escape" && this.leave());
    this.place.classList.add("is-coming");
    this.place.replaceChildren(section);
    this.place.hidden = false;
    section.getBoundingClientRect();
  }

  show(said, acts) {
    if (this.coming !== said) this.prepare(said, acts);
    this.coming = null;
    this.place.classList.remove("is-coming");
    this.place.firstChild.focus({ preventScroll: true }); // it has no name: the page's announcement says it once
    if (GREEN.has(said.verdict)) this.timer = setTimeout(() => this.leave(), RETURNS_MS);
  }

  buttons(said, { undo, letIn, overrule }) {
    const acts = el("div", { class: "acts" });
    const isOpen = said.verdict === "check" && letIn && !HAS_NOBODY.has(said.reason);
    const next = button(isOpen ? "refuse" : "scan_next", () => this.leave());
    if (GREEN.has(said.verdict)) {
      this.holding = button("hold", () => (this.isPinned ? this.leave() : this.hold(true)), { class: "btn btn-solid" });
      acts.append(this.holding);
      if (undo) acts.append(button("undo", undo));
    } else if (isOpen) {
      acts.append(button("let_in", letIn, { class: "btn btn-solid" }), next);
    } else {
      next.classList.add("btn-solid");
      acts.append(next);
      if (overrule && !HAS_NOBODY.has(said.reason)) acts.append(button("overrule", () => this.askWhy(acts, overrule)));
    }
    return acts;
  }

  // A pinned verdict stays until somebody sends it away.
  hold(is) {
    this.isPinned = is;
    clearTimeout(this.timer);
    if (is && this.holding?.isConnected) this.holding.textContent = word("scan_next");
  }

  askWhy(acts, overrule) {
    const why = el("input", { class: "form-control", id: "door-why", required: true, maxlength: 200, autocomplete: "off" });
    const form = el("form", { class: "overrule" }, el("label", { for: "door-why" }, word("why")), why,
      el("button", { class: "btn btn-solid" }, word("let_in")), button("refuse", () => this.leave()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (why.value.trim()) overrule(why.value.trim());
    });
    acts.replaceWith(form);
    why.focus();
  }

  leave() {
    clearTimeout(this.timer);
    this.place.hidden = true;
    this.place.replaceChildren();
    this.onReturn();
  }
}
