// One conversation as one person sees it: head, messages with their decisions, composer.

import { h, iconButton } from "./dom.js";
import { avatar, bubble, chips } from "./bubble.js";
import { composer } from "./composer.js";
import { note, spoken } from "./decision.js";
import { t } from "./language.js";
import { lasting } from "./times.js";

/** Makes the pane at `index` of the store's panes and keeps it up to date. */
export class Pane {
  constructor(index, { store, actions }) {
    this.store = store;
    this.actions = actions;
    this.index = index;
    this.view = store.panes[index];
    this.conversation = store.conversations.get(this.view.conversation);
    this.exchanges = new Map();
    this.last = null;
    this.question = null;
    this.told = new Map();
    this.ended = true;
    this.element = this.#build();
    this.log.addEventListener("scroll", () => (this.ended = this.log.clientHeight ? this.#near() : this.ended));
    new ResizeObserver(() => this.#resized()).observe(this.log);
    this.#fill();
  }

  #build() {
    const { store, actions, conversation, view } = this;
    const title = store.title(conversation);
    this.log = h("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": t("pane.log", { title }), tabindex: "-1", on: { keydown: (event) => this.#key(event) } });
    this.said = h("p", { class: "unseen", "aria-live": "polite" });
    this.composer = composer(view, { store, conversation, onSay: (said) => actions.say(view, said), onPreview: (said) => actions.explain(view, said) });
    return h(
      "section",
      { class: "pane", "aria-label": title, on: { focusin: () => store.activate(this.index), pointerdown: () => store.activate(this.index) } },
      this.#head(title),
      this.log,
      this.said,
      this.composer.element,
    );
  }

  #head(title) {
    const { store, actions, conversation, view } = this;
    const group = conversation.kind === "group";
    const person = store.people.get(view.person);
    const subtitle = group ? t("pane.group", { count: conversation.members.length }) : t("pane.private");
    return h(
      "header",
      { class: "pane-head" },
      iconButton("back", t("pane.back"), actions.back, { class: "icon-button back" }),
      avatar(title, group ? { group } : { robot: true }),
      h("div", { class: "pane-title" }, h("h2", {}, title), h("p", {}, subtitle)),
      group ? this.#speaker() : h("span", { class: "speaker", title: person.key }, person.nick),
      iconButton("split", t("pane.split"), () => actions.beside(this.index), { class: "icon-button split" }),
      iconButton("close", t("pane.close"), () => store.close(this.index), { class: "icon-button close-pane" }),
    );
  }

  /** In a group anybody in it can be the one who speaks here. */
  #speaker() {
    const { store, conversation, view } = this;
    const members = conversation.members.map((key) => store.people.get(key)).filter(Boolean);
    const select = h("select", { class: "speaker", "aria-label": t("me.as.label") }, members.map((person) => h("option", { value: person.key, selected: person.key === view.person }, person.external ? `${person.nick} · ${t("me.external")}` : person.nick)));
    select.addEventListener("change", () => {
      const chosen = store.pane(select.value, conversation.id);
      if (store.panes.includes(chosen)) {
        select.value = view.person;
        return void this.actions.open(chosen.person, chosen.conversation);
      }
      store.panes[this.index] = chosen;
      this.actions.redraw(this.index);
    });
    return select;
  }

  #fill() {
    const lines = this.store.lines.get(this.view.conversation) ?? [];
    if (!lines.length) this.log.append(this.#empty());
    for (const line of lines) this.#append(line);
    for (const msgId of this.exchanges.keys()) this.told.set(msgId, this.#spoken(msgId));
    if (this.newest) this.newest.tabIndex = 0;
  }

  /** The same pane at another place among the panes. */
  at(index) {
    this.index = index;
    return this;
  }

  /** Where one reads: how far down, or null at the end. */
  place() {
    return this.#near() ? null : this.log.scrollTop;
  }

  restore(place) {
    if (place === null) this.bottom();
    else {
      this.ended = false;
      this.log.scrollTop = place;
    }
  }

  #near() {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 120;
  }

  #empty() {
    const { store, conversation } = this;
    const kind = conversation.kind;
    const chips = store.suggestions.map((text) => h("button", { type: "button", class: "suggestion", on: { click: () => this.composer.say(text).then(() => this.composer.focus()) } }, text));
    return h(
      "div",
      { class: "empty" },
      avatar(store.robot.name, { robot: true }),
      h("h3", {}, t(`empty.${kind}.title`, { robot: store.robot.name })),
      h("p", {}, t(`empty.${kind}.text`)),
      chips.length ? [h("p", { class: "try" }, t("empty.try")), h("div", { class: "suggestions" }, chips)] : null,
    );
  }

  /** Shows a new line, and the end of the conversation if that was in sight. */
  add(line) {
    const near = this.#near();
    this.log.querySelector(".empty")?.remove();
    for (const each of this.log.querySelectorAll(".row[tabindex='0']")) each.tabIndex = -1;
    this.#append(line);
    this.newest.tabIndex = 0;
    if (near || line.person === this.view.person) this.bottom();
  }

  /** Draws the reactions on a message again. */
  react(msgId) {
    const row = this.#row(msgId);
    if (!row) return;
    const near = this.#near();
    row.querySelector(".chips").replaceWith(chips(msgId, this.store));
    if (near) this.bottom();
  }

  /** Takes out a line that was recalled. */
  remove(msgId) {
    const row = this.#row(msgId);
    if (!row) return;
    if (row.contains(document.activeElement)) this.composer.focus();
    row.remove();
    if (this.newest !== row) return;
    this.newest = [...this.log.querySelectorAll(".row")].at(-1) ?? null;
    if (this.newest) this.newest.tabIndex = 0;
  }

  #row(msgId) {
    return this.log.querySelector(`.row[data-message="${CSS.escape(msgId)}"]`);
  }

  /** Draws the decision of a message again. */
  refresh(msgId) {
    const old = this.exchanges.get(msgId)?.querySelector(".note");
    if (!old) return;
    const near = this.#near();
    const focused = old.contains(document.activeElement) && document.activeElement.matches("summary");
    const fresh = this.#note(this.store.byMessage.get(msgId));
    old.replaceWith(fresh);
    if (focused) fresh.querySelector("summary")?.focus();
    if (near) this.bottom();
    this.#tell(msgId);
  }

  /** Says a decision and the end of a turn once to those who do not see the note. */
  #tell(msgId) {
    const words = this.#spoken(msgId);
    if (!words || words === this.told.get(msgId)) return;
    this.told.set(msgId, words);
    this.said.textContent = words;
  }

  /** Draws every decision that is still awaited: whether a router is there has changed. */
  refreshWaiting() {
    for (const [msgId, exchange] of this.exchanges) if (exchange.querySelector(".note-waiting")) this.refresh(msgId);
  }

  #append(line) {
    const own = line.author === "person" && line.person === this.view.person;
    if (line.author === "person") this.question = line.msg_id;
    const row = h("article", { class: "row", tabindex: "-1", data: { message: line.msg_id ?? "" } }, bubble(line, { own, store: this.store, onQuote: this.composer.quote, after: this.question }));
    if (line.author === "person" || !this.last) {
      this.last = h("div", { class: "lines" });
      const exchange = h("div", { class: "exchange" }, this.last, line.author === "person" && this.#note(line));
      this.exchanges.set(line.msg_id, exchange);
      this.log.append(exchange);
    }
    this.last.append(row);
    this.newest = row;
  }

  #spoken(msgId) {
    return spoken(this.store.decisions.get(msgId), this.store.turnsOf(msgId), this.store.outcomesOf(msgId));
  }

  #note(line) {
    const { store } = this;
    const own = line.person === this.view.person;
    if (line.addressed === false) return h("div", { class: `note note-waiting ${own ? "note-own" : ""}`, role: "note", "aria-live": "off", "aria-label": t("decision.label") }, t("decision.unaddressed"));
    const made = note(store.decisions.get(line.msg_id), store.turnsOf(line.msg_id), {
      text: line.text.trim(),
      open: store.opened.has(line.msg_id),
      receipt: store.receipts.get(line.msg_id),
      outcomes: store.outcomesOf(line.msg_id),
      connected: store.connections > 0,
      sender: line.name,
      nameOf: (key) => store.people.get(key)?.nick ?? key,
      onTest: store.rules.explains && (() => this.actions.test(line.msg_id)),
      onToggle: (open) => {
        const first = open && !store.opened.has(line.msg_id);
        store.opened[open ? "add" : "delete"](line.msg_id);
        const why = this.exchanges.get(line.msg_id)?.querySelector(".why");
        if (first && why) why.scrollIntoView({ block: why.offsetHeight > this.log.clientHeight ? "start" : "nearest" });
      },
    });
    made.classList.toggle("note-own", own);
    return made;
  }

  bottom() {
    this.ended = true;
    this.log.scrollTop = this.log.scrollHeight;
  }

  /** Who reads at the end stays there when the pane is shown, the box grows or a keyboard takes its place. */
  #resized() {
    if (!this.log.clientHeight) return;
    if (this.ended) this.bottom();
    requestAnimationFrame(this.composer.grow);
  }

  /** Arrow keys walk through the messages; on one, `r` quotes it, `w` or Enter tells why. */
  #key(event) {
    const row = event.target.closest(".row");
    if (!row || event.target !== row || event.ctrlKey || event.metaKey || event.altKey) return;
    const rows = [...this.log.querySelectorAll(".row")];
    const at = rows.indexOf(row);
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[event.key];
    const line = this.store.byMessage.get(row.dataset.message);
    if (to !== undefined) {
      event.preventDefault();
      if (to >= rows.length) return void this.composer.focus();
      const next = rows[Math.max(0, to)];
      for (const each of rows) each.tabIndex = each === next ? 0 : -1;
      next.focus();
    } else if (event.key === "r" && line) {
      event.preventDefault();
      this.composer.quote(line);
    } else if (event.key === "w" || event.key === "Enter") {
      event.preventDefault();
      const why = row.closest(".exchange").querySelector("details.why");
      if (why) why.open = !why.open;
    } else if (event.key === "t") {
      event.preventDefault();
      row.closest(".exchange").querySelector(".copy-test")?.click();
    }
  }

  /** Advances the seconds of agents at work. */
  tick() {
    for (const chip of this.log.querySelectorAll("[data-since]")) {
      chip.querySelector(".turn-span").textContent = lasting(performance.now() - Number(chip.dataset.since));
    }
  }
}
