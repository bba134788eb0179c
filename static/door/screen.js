// The screen of the gate between verdicts: bar, camera, typed code, ways, counts and the last scan.
import { age, clockTime, el, number, shape, word } from "./parts.js";

function count(key, value) {
  const dd = el("dd", { class: "num" }, value);
  return { dd, row: el("div", {}, el("dt", {}, word(key)), dd) };
}

function way(direction, key, isChosen, act) {
  const input = el("input", { type: "radio", name: "direction", value: direction, checked: isChosen, change: act });
  return el("label", {}, input, el("span", {}, word(key)));
}

// ``on``: {code(text), direction(way), camera(), torch(), undo()}.
export class Screen {
  constructor(root, { gate, meeting }, on) {
    this.net = el("p", { class: "net" });
    this.notice = el("p", { class: "notice", hidden: true });
    this.video = el("video", { muted: true, playsinline: true, hidden: true, "aria-hidden": "true" });
    this.hint = el("p", {});
    this.camera = el("button", { type: "button", class: "btn btn-secondary", click: on.camera }, word("camera_on"));
    this.torch = el("button", { type: "button", class: "btn btn-secondary", "aria-pressed": "false", hidden: true, click: on.torch }, word("torch"));
    this.code = el("input", {
      class: "form-control num", id: "door-code", autocomplete: "off", autocapitalize: "characters", spellcheck: "false", dir: "ltr",
    });
    this.last = el("p", { class: "last", hidden: true });
    this.undo = on.undo;
    this.inside = count("inside_now", "–");
    this.left = count("places_left", "–");
    this.toSend = count("to_send", "0");
    this.list = el("p", { class: "list-age" });
    this.root = el("div", { class: "door" }, this.bar(gate, meeting), this.notice, this.view(), this.foot(on));
    root.append(this.root);
  }

  bar(gate, meeting) {
    const name = el("div", {}, el("h1", {}, el("bdi", {}, gate)), meeting ? el("small", {}, el("bdi", {}, meeting)) : null);
    return el("header", { class: "door-bar" }, name, this.net);
  }

  view() {
    return el("div", { class: "view" }, this.video, el("div", { class: "frame", "aria-hidden": "true" }), this.hint);
  }

  foot(on) {
    const form = el("form", { class: "code" }, el("label", { for: "door-code" }, word("type_code")), this.code,
      el("button", { class: "btn btn-primary" }, word("check_code")));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const typed = this.code.value;
      this.code.value = "";
      if (typed.trim()) on.code(typed);
    });
    const ways = el("fieldset", { class: "directions" }, el("legend", { class: "visually-hidden" }, word("direction")),
      way("in", "way_in", true, () => on.direction("in")), way("out", "way_out", false, () => on.direction("out")));
    return el("div", { class: "door-foot" }, ways, form, el("div", { class: "acts" }, this.camera, this.torch),
      el("dl", { class: "counts" }, this.inside.row, this.left.row, this.toSend.row), this.list, this.last);
  }

  showNet(isOnline) {
    this.net.className = isOnline ? "net" : "net is-offline";
    this.net.replaceChildren(shape(isOnline ? "admit" : "offline"), word(isOnline ? "online" : "offline"));
  }

  showCounts({ inside, capacity, waiting }) {
    this.inside.dd.textContent = inside === null ? "–" : number(inside);
    this.left.row.hidden = capacity === null;
    if (capacity !== null) this.left.dd.textContent = number(Math.max(capacity - inside, 0));
    this.toSend.dd.textContent = number(waiting);
  }

  showList(list, over, now, isStale) {
    this.list.classList.toggle("is-stale", isStale);
    const text = list ? `${word("list_of")}: ${age(now - list.issued)}` : over ? "" : word("no_list");
    if (this.list.textContent !== text || Boolean(this.list.firstElementChild) !== isStale) {
      this.list.replaceChildren(...(isStale ? [shape("check")] : []), text);
    }
  }

  showNotice(text) {
    this.notice.hidden = !text;
    this.notice.textContent = text;
  }

  showCamera(state, hasTorch = false) {
    this.video.hidden = state !== "on";
    this.root.classList.toggle("has-camera", state === "on");
    this.hint.textContent = state === "on" ? word("in_frame") : state === "none" ? word("no_camera") : "";
    this.camera.textContent = word(state === "on" ? "camera_off" : "camera_on");
    this.torch.hidden = !hasTorch;
    this.showTorch(false);
  }

  showTorch(isLit) {
    this.torch.setAttribute("aria-pressed", String(isLit));
  }

  showLast(said, at, canUndo) {
    this.last.hidden = false;
    this.last.replaceChildren(`${word("last")}: `, el("span", { class: `tag tag-${said.verdict.replace("_", "-")}` }, shape(said.verdict), word(said.verdict)),
      " ", el("span", { class: "num" }, clockTime(at)), " ");
    if (canUndo) this.last.append(el("button", { type: "button", class: "btn-link", click: this.undo }, word("undo")));
  }
}
