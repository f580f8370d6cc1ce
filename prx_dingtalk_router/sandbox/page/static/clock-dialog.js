// Setting the clock that pretends.

import { h, iconButton } from "./dom.js";
import { dismissable } from "./switcher.js";
import { t } from "./language.js";
import { next, timeOf, wall, zoneName } from "./times.js";

/** Opens the dialog; `onSet(at)` is called with a time, or with null for the real one. */
export function openClock({ now, ownZone, onSet }) {
  const input = h("input", { type: "datetime-local", class: "field", "aria-label": t("clock.when"), value: wall(now ?? Date.now()), min: "2000-01-01T00:00", max: "2099-12-31T23:59", required: true });
  const problem = h("p", { class: "problem", role: "alert" });
  const dialog = h("dialog", { class: "form-dialog", "aria-label": t("clock.title") });
  const choose = (at) => {
    dialog.close();
    onSet(at);
  };
  const presets = [["clock.sunday", next(0, 20, 0)], ["clock.morning", next(1, 9, 30)], ["clock.noon", next(3, 12, 30)], ["clock.night", next(null, 23, 0)]];
  const form = h(
    "form",
    { class: "form", on: { submit: (event) => (event.preventDefault(), set()) } },
    h("p", { class: "faint" }, t("clock.help")),
    h("div", { class: "presets" }, presets.map(([key, at]) => h("button", { type: "button", class: "chip-button", on: { click: () => choose(at) } }, t(key)))),
    h("label", { class: "form-row" }, h("span", {}, t("clock.when")), input),
    h("p", { class: "faint" }, t(ownZone ? "clock.zone.own" : "clock.zone", { zone: zoneName() })),
    problem,
    h("div", { class: "form-buttons" }, now !== null && h("button", { type: "button", class: "button quiet", on: { click: () => choose(null) } }, t("clock.clear")), h("button", { type: "submit", class: "button" }, t("clock.set"))),
  );
  function set() {
    const at = timeOf(input.value);
    if (Number.isNaN(at)) problem.textContent = t("clock.wrong");
    else choose(at);
  }
  dialog.append(h("header", { class: "dialog-head" }, h("h2", {}, t("clock.title")), iconButton("close", t("page.close"), () => dialog.close())), form);
  dismissable(dialog);
  input.focus();
}
