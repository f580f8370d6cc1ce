// Above the message box: where what is being written would go, and why, without sending it.

import { h, iconButton } from "./dom.js";
import { note, spoken } from "./decision.js";
import { t } from "./language.js";

const PAUSE = 250;

/** The region; `ask(said)` resolves with the decision, `write()` gives what would be sent, or null while there is nothing. */
export class Preview {
  constructor({ ask, write, context, onClose }) {
    this.ask = ask;
    this.write = write;
    this.context = context;
    this.shown = false;
    this.open = true;
    this.turn = 0;
    this.body = h("div", { class: "preview-body" });
    this.said = h("p", { class: "unseen", "aria-live": "polite" });
    this.element = h("section", { class: "preview", "aria-label": t("preview.title"), hidden: true }, h("header", { class: "preview-head" }, h("h3", {}, t("preview.title")), iconButton("close", t("preview.close"), onClose)), this.body, this.said);
  }

  show(shown) {
    this.shown = shown;
    this.element.hidden = !shown;
    if (shown) this.refresh();
  }

  /** Asks again once nobody has typed for a moment. */
  later() {
    if (!this.shown) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refresh(), PAUSE);
  }

  async refresh() {
    if (!this.shown) return;
    clearTimeout(this.timer);
    const mine = (this.turn += 1);
    const said = this.write();
    if (said === null) return this.body.replaceChildren(h("p", { class: "faint" }, t("preview.empty")));
    let shown;
    let words = t("preview.unaddressed");
    try {
      const { decision } = await this.ask(said);
      if (decision) words = spoken(decision, [], []);
      shown = decision ? note(decision, [], { ...this.context(), text: said.text, open: this.open, onToggle: (open) => (this.open = open), outcomes: [], preview: true }) : h("p", { class: "faint" }, t("preview.unaddressed"));
    } catch (error) {
      words = t("preview.refused", { why: error.message === "closed" ? t("compose.offline") : error.message });
      shown = h("p", { class: "problem" }, words);
    }
    // An answer that was overtaken by a later question is old.
    if (mine !== this.turn) return;
    this.body.replaceChildren(shown);
    this.said.textContent = words;
  }
}
