// What one must not forget while chatting: faults that are on, a clock that pretends, an edit that is not in force, a backlog.

import { h } from "./dom.js";
import { inLanguage, t } from "./language.js";
import { weekdayTime } from "./times.js";

/** The strip; `draw()` brings it up to date. It is empty while all is as usual. */
export class Alerts {
  constructor({ store, actions }) {
    this.store = store;
    this.actions = actions;
    this.unfolded = false;
    this.element = h("div", { class: "alerts", "aria-live": "polite" });
    this.draw();
  }

  draw() {
    const { faultsOn: faults, clock, rules, backlog } = this.store;
    const state = JSON.stringify([faults, clock.shift, rules.refused, backlog]);
    // What stays as it is is not said again; only the minutes of the clock pass.
    if (state === this.state) return this.#tick();
    this.state = state;
    this.time = h("span", { "aria-live": "off" });
    this.#tick();
    this.element.replaceChildren(...[rules.refused && this.#refused(rules.refused), ...backlog.map((wait) => this.#backlog(wait)), faults > 0 && this.#faults(faults), clock.now !== null && this.#clock()].filter(Boolean));
  }

  #tick() {
    const now = this.store.clock.now;
    if (now !== null) this.time.textContent = t("alert.clock", { time: weekdayTime(now) });
  }

  #refused(why) {
    const details = h("details", { class: "alert alert-bad", open: this.unfolded }, h("summary", {}, t("router.refused")), h("p", {}, inLanguage(why)));
    details.addEventListener("toggle", () => (this.unfolded = details.open));
    return details;
  }

  #backlog({ what, count }) {
    return h("p", { class: "alert alert-warn" }, t("alert.backlog", { what: inLanguage(what), count }));
  }

  #faults(count) {
    const { actions } = this;
    return h("p", { class: "alert alert-warn" }, h("button", { type: "button", class: "alert-what", title: t("alert.faults.open"), on: { click: actions.drawer } }, t("alert.faults", { count })), h("button", { type: "button", class: "link-button", on: { click: () => actions.mend() } }, t("alert.faults.end")));
  }

  #clock() {
    const { actions } = this;
    return h("p", { class: "alert alert-clock" }, h("button", { type: "button", class: "alert-what", title: t("clock.open"), on: { click: actions.clock } }, this.time), h("button", { type: "button", class: "link-button", "aria-label": t("alert.clock.end"), title: t("alert.clock.end"), on: { click: () => actions.pretend(null) } }, t("alert.clock.stop")));
  }
}
