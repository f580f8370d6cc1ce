// The left column: the router's state, who one is, and that person's conversations.

import { h, icon, iconButton } from "./dom.js";
import { Alerts } from "./alerts.js";
import { avatar, summary } from "./bubble.js";
import { inLanguage, t } from "./language.js";
import { clock } from "./times.js";

/** Makes the column; `draw()` brings it up to date. */
export class Sidebar {
  constructor({ store, actions }) {
    this.store = store;
    this.actions = actions;
    this.element = h("nav", { class: "sidebar", "aria-label": t("list.label") });
    this.state = h("p", { class: "router-state", role: "status" });
    this.list = h("div", { class: "list", on: { keydown: (event) => this.#key(event) } });
    this.person = h("div", { class: "me" });
    this.alerts = new Alerts({ store, actions });
    this.tools = h("div", { class: "me-tools" }, h("button", { type: "button", class: "foot-button", on: { click: actions.people } }, icon("group"), t("people.open")), h("button", { type: "button", class: "foot-button", on: { click: actions.clock } }, icon("clock"), t("clock.open")));
    this.element.append(this.#head(), this.state, this.alerts.element, this.person, this.tools, this.list, this.#foot());
    this.draw();
  }

  #head() {
    return h("header", { class: "brand" }, h("img", { src: "assets/icon.svg", alt: "", width: "28", height: "28" }), h("h1", {}, t("page.brand")), iconButton("search", `${t("switch.title")} (Ctrl+K)`, this.actions.switch));
  }

  #foot() {
    const { actions } = this;
    const dark = actions.isDark();
    this.badge = h("span", { class: "badge badge-fault", "aria-hidden": "true", hidden: true });
    return h(
      "footer",
      { class: "foot" },
      h("button", { type: "button", class: "foot-button language", "aria-label": t("page.language.label"), on: { click: actions.toggleLanguage } }, t("page.language")),
      iconButton(dark ? "sun" : "moon", t(dark ? "page.theme.light" : "page.theme.dark"), actions.toggleTheme, { class: "icon-button theme" }),
      iconButton("keyboard", t("keys.open"), actions.keys),
      h("button", { type: "button", class: "foot-button backstage", "aria-label": t("drawer.open"), on: { click: actions.drawer } }, icon("sliders"), t("drawer.title"), this.badge),
    );
  }

  draw() {
    this.drawState();
    this.drawAlerts();
    this.#drawPerson();
    this.#drawList();
  }

  drawState() {
    const { store } = this;
    const count = store.connections;
    this.state.className = `router-state ${!store.live ? "router-lost" : count ? "router-here" : "router-waiting"}`;
    this.state.replaceChildren(
      h("span", { class: "lamp", "aria-hidden": "true" }),
      !store.live ? t("page.lost") : count > 1 ? t("router.connected.many", { count }) : count ? t("router.connected") : t("router.waiting"),
    );
  }

  /** Faults that are on, the pretended time, a refused edit. */
  drawAlerts() {
    const count = this.store.faultsOn;
    this.alerts.draw();
    this.badge.hidden = count === 0;
    this.badge.textContent = String(count);
  }

  #drawPerson() {
    const { store, actions } = this;
    const person = store.people.get(store.me);
    if (!person) return;
    const select = h("select", { class: "me-select", "aria-label": t("me.label") }, [...store.people.values()].map((each) => h("option", { value: each.key, selected: each.key === store.me }, [each.nick, each.key, inLanguage(each.title), each.external && t("me.external")].filter(Boolean).join(" · "))));
    select.addEventListener("change", () => actions.become(select.value));
    const focused = this.person.contains(document.activeElement);
    this.person.replaceChildren(
      avatar(person.nick),
      h("div", { class: "me-words" }, h("span", { class: "me-name" }, `${t("me.label")} ${person.nick}`, person.external && h("span", { class: "tag tag-external" }, t("me.external")), person.admin && h("span", { class: "tag tag-admin" }, t("me.admin"))), h("span", { class: "me-id" }, [person.key, inLanguage(person.title)].filter(Boolean).join(" · "))),
      h("span", { class: "me-change", "aria-hidden": "true" }, "⌄"),
      select,
    );
    if (focused) select.focus();
  }

  #drawList() {
    const { store } = this;
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.conversation : null;
    const mine = store.mine(store.me);
    const parts = ["private", "group"].map((kind) => {
      const some = mine.filter((each) => each.kind === kind);
      return some.length ? h("section", {}, h("h2", { class: "list-kind" }, t(kind === "private" ? "list.private" : "list.groups")), h("ul", {}, some.map((each) => h("li", {}, this.#item(each))))) : null;
    });
    this.list.replaceChildren(...parts.filter(Boolean));
    if (focused) this.list.querySelector(`[data-conversation="${CSS.escape(focused)}"]`)?.focus();
  }

  #item(conversation) {
    const { store, actions } = this;
    const title = store.title(conversation);
    const last = store.lines.get(conversation.id)?.at(-1);
    const unread = store.unread.get(`${store.me} ${conversation.id}`) ?? 0;
    const active = store.panes[store.active];
    const current = active?.conversation === conversation.id && active?.person === store.me;
    const speaker = last && conversation.kind === "group" ? t("list.speaker", { name: last.author === "robot" ? store.robot.name : last.name }) : "";
    return h(
      "button",
      {
        type: "button",
        class: "item",
        title: t("list.beside"),
        "aria-current": current ? "true" : null,
        data: { conversation: conversation.id },
        on: { click: (event) => actions.open(store.me, conversation.id, { beside: event.ctrlKey || event.metaKey }) },
      },
      avatar(title, conversation.kind === "group" ? { group: true } : { robot: true }),
      h("span", { class: "item-words" }, h("span", { class: "item-title" }, title), h("span", { class: "item-last" }, last ? `${speaker}${summary(last, store)}` : t("list.nothing"))),
      h("span", { class: "item-side" }, last && h("time", {}, clock(last.at)), unread > 0 && h("span", { class: "badge", "aria-label": t("list.unread", { count: unread }) }, unread)),
    );
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...this.list.querySelectorAll(".item")];
    items[items.indexOf(document.activeElement) + step]?.focus();
  }

  /** Puts the focus on the conversation that is open, or the first. */
  focus() {
    (this.list.querySelector("[aria-current=true]") ?? this.list.querySelector(".item"))?.focus();
  }
}
