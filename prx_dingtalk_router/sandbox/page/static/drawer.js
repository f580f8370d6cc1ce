// Backstage: the stream connection, the faults of the simulators, what agents did, what happened on the wire.

import { h, iconButton } from "./dom.js";
import { dismissable } from "./switcher.js";
import { currentLanguage, has, t } from "./language.js";
import { HEARTBEAT } from "./store.js";
import { clock, lasting } from "./times.js";

const MOST = 60;

/** The drawer; `open()` shows it, the `draw…` methods keep it up to date while it is shown. */
export class Drawer {
  constructor({ store, actions }) {
    this.store = store;
    this.actions = actions;
    this.filter = "";
    this.unfolded = new Set([]);
    this.beats = false;
  }

  open() {
    this.count = h("p", { class: "drawer-count" });
    this.faults = h("div", { class: "faults" });
    this.turns = h("ul", { class: "turns" });
    this.events = h("ul", { class: "events" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.dialog = h("dialog", { class: "drawer", "aria-label": t("drawer.title") });
    const search = h("input", { type: "search", class: "fault-filter", "aria-label": t("drawer.faults.filter"), placeholder: t("drawer.faults.filter"), value: this.filter });
    search.addEventListener("input", () => {
      this.filter = search.value.toLowerCase().trim();
      this.drawFaults();
    });
    const beats = h("input", { type: "checkbox", class: "beats" });
    beats.checked = this.beats;
    beats.addEventListener("change", () => {
      this.beats = beats.checked;
      this.drawEvents();
    });
    this.mend = h("button", { type: "button", class: "link-button mend", on: { click: () => this.actions.mend().catch((error) => this.#refused(error)) } }, t("drawer.faults.mend"));
    this.dialog.append(
      h("header", { class: "dialog-head" }, h("h2", {}, t("drawer.title")), iconButton("close", t("drawer.close"), () => this.dialog.close())),
      this.problem,
      h(
        "div",
        { class: "drawer-body" },
        h("section", {}, h("h3", {}, t("drawer.connection")), this.count, h("button", { type: "button", class: "button disconnect", on: { click: () => this.actions.disconnect().catch((error) => this.#refused(error)) } }, t("drawer.disconnect")), h("p", { class: "faint" }, t("drawer.disconnect.help"))),
        h("section", {}, h("div", { class: "section-head" }, h("h3", {}, t("drawer.faults")), this.mend), h("p", { class: "faint" }, t("drawer.faults.help")), search, this.faults),
        h("section", {}, h("h3", {}, t("drawer.turns")), this.turns),
        h("section", {}, h("div", { class: "section-head" }, h("h3", {}, t("drawer.events")), h("label", { class: "check" }, beats, t("drawer.heartbeats"))), this.events),
      ),
    );
    this.draw();
    dismissable(this.dialog, () => (this.dialog = null));
  }

  draw() {
    this.drawCount();
    this.drawFaults();
    this.drawTurns();
    this.drawEvents();
  }

  drawCount() {
    if (!this.dialog) return;
    const count = this.store.connections;
    this.count.textContent = count ? t("drawer.connection.count", { count }) : t("router.waiting");
  }

  drawFaults() {
    if (!this.dialog) return;
    const focused = document.activeElement?.dataset?.fault;
    this.mend.hidden = this.store.faultsOn === 0;
    this.faults.replaceChildren(...this.store.faults.map((group) => this.#group(group)));
    if (focused) this.faults.querySelector(`[data-fault="${CSS.escape(focused)}"]`)?.focus();
  }

  #group(group) {
    const words = (knob) => `${knob.name} ${knob.zh} ${knob.en}`.toLowerCase();
    const knobs = group.knobs.filter((knob) => !this.filter || words(knob).includes(this.filter));
    const changed = group.knobs.filter((knob) => knob.value !== knob.default).length;
    const details = h(
      "details",
      { class: "fault-group", open: Boolean(this.filter && knobs.length) || this.unfolded.has(group.of) },
      h("summary", {}, group.of === "dingtalk" ? t("drawer.dingtalk") : t("drawer.agent", { name: group.name }), changed > 0 && h("span", { class: "tag tag-changed" }, `${t("drawer.fault.changed")} ${changed}`)),
      knobs.map((knob) => this.#knob(group.of, knob)),
    );
    details.addEventListener("toggle", () => {
      if (!this.filter) this.unfolded[details.open ? "add" : "delete"](group.of);
    });
    return details;
  }

  #knob(of, knob) {
    const id = `${of}/${knob.name}`;
    const changed = knob.value !== knob.default;
    const set = (value) =>
      this.actions.fault(of, knob.name, String(value)).then(
        () => (this.problem.textContent = ""),
        (error) => (this.#refused(error), this.drawFaults()),
      );
    return h(
      "div",
      { class: `knob ${changed ? "knob-changed" : ""}` },
      h("label", {}, h("span", { class: "knob-what" }, knob[currentLanguage()] ?? knob.en), h("code", {}, knob.name), this.#control(knob, id, set)),
      changed && h("button", { type: "button", class: "reset", title: t("drawer.fault.default", { value: String(knob.default) || "—" }), on: { click: () => set(knob.default) } }, t("drawer.fault.reset")),
    );
  }

  #control(knob, id, set) {
    const data = { fault: id };
    if (knob.kind === "bool") {
      const box = h("input", { type: "checkbox", data });
      box.checked = knob.value;
      box.addEventListener("change", () => set(box.checked));
      return box;
    }
    if (knob.kind === "choice") {
      const select = h("select", { data }, knob.choices.map((choice) => h("option", { value: choice, selected: choice === knob.value }, choice || "—")));
      select.addEventListener("change", () => set(select.value));
      return select;
    }
    const number = knob.kind === "int" || knob.kind === "float";
    const input = h("input", { type: number ? "number" : "text", step: knob.kind === "float" ? "any" : null, data, value: String(knob.value) });
    input.addEventListener("change", () => set(input.value));
    return input;
  }

  #refused(error) {
    this.problem.textContent = t("drawer.refused", { why: error.message === "closed" ? t("compose.offline") : error.message });
  }

  drawTurns() {
    if (!this.dialog) return;
    const turns = [...this.store.turns.values()].sort((a, b) => b.started - a.started).slice(0, 30);
    if (!turns.length) return this.turns.replaceChildren(h("li", { class: "faint" }, t("drawer.turns.none")));
    this.turns.replaceChildren(
      ...turns.map((turn) =>
        h(
          "li",
          {},
          h("time", {}, clock(turn.started, { seconds: true })),
          " ",
          h("b", {}, turn.agent),
          ` ${has(`turn.${turn.status}`) ? t(`turn.${turn.status}`) : turn.status}`,
          turn.ended ? ` · ${lasting(turn.ran_ms)}` : "",
          h("p", { class: "one-line" }, turn.message),
        ),
      ),
    );
  }

  drawEvents() {
    if (!this.dialog) return;
    this.events.replaceChildren(h("li", { class: "faint nothing" }, t("drawer.events.none")));
    for (const event of [...this.store.events].sort((one, other) => one.at - other.at)) this.addEvent(event);
  }

  /** Puts an event above the others; what is unfolded stays so. */
  addEvent(event) {
    if (!this.dialog || (event.event === HEARTBEAT && !this.beats)) return;
    this.events.querySelector(".nothing")?.remove();
    this.events.prepend(h("li", {}, h("details", {}, h("summary", {}, h("time", {}, clock(event.at, { seconds: true })), " ", h("b", {}, has(`event.${event.event}`) ? t(`event.${event.event}`) : event.event), " ", h("span", { class: "faint" }, brief(event))), h("pre", { tabindex: "0" }, JSON.stringify(event, null, 2)))));
    while (this.events.childElementCount > MOST) this.events.lastElementChild.remove();
  }
}

/** What tells events of one kind apart. */
function brief(event) {
  const shown = ["reason", "why", "what", "name", "added", "topic", "attempt", "code", "status", "errcode", "after_ms", "route"];
  return shown
    .filter((name) => event[name] !== undefined && event[name] !== null && event[name] !== "")
    .slice(0, 3)
    .map((name) => `${name}=${event[name]}`)
    .join(" ");
}
