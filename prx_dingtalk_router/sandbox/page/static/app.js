// Wires the page: state, socket, columns, keys.

import { h } from "./dom.js";
import { Drawer } from "./drawer.js";
import { listen, openKeys } from "./keys.js";
import { Pane } from "./pane.js";
import { Sidebar } from "./sidebar.js";
import { Socket } from "./socket.js";
import { Store, kept } from "./store.js";
import { openClock } from "./clock-dialog.js";
import { currentLanguage, languageOf, t, useLanguage } from "./language.js";
import { PeopleDialog } from "./people-dialog.js";
import { openTest } from "./test-dialog.js";
import { useZone } from "./times.js";
import { openSwitcher } from "./switcher.js";

const NARROW = window.matchMedia("(max-width: 719px)");
const TOUCH = window.matchMedia("(hover: none)");
const DARK = window.matchMedia("(prefers-color-scheme: dark)");

const memory = kept(() => window.localStorage);
const store = new Store(memory, kept(() => window.sessionStorage));
const root = document.getElementById("app");
let sidebar = null;
let panes = [];
let stage = null;

const ask = (request) => socket.ask({ ...request, language: currentLanguage() });

const actions = {
  say: (view, said) => ask({ ask: "say", person: view.person, conversation: view.conversation, ...said }),
  explain: (view, said) => ask({ ask: "explain", person: view.person, conversation: view.conversation, ...said }),
  test: (msgId) => openTest(ask({ ask: "test", msg_id: msgId })),
  putPerson: (person) =>
    ask({ ask: "person", ...person }).then(({ key }) => {
      if (person.key !== null && person.key === store.me) store.me = key;
    }),
  dismiss: (key) => ask({ ask: "dismiss", key }),
  fault: (of, name, value) => ask({ ask: "fault", of, name, value }),
  mend: () => ask({ ask: "mend" }),
  disconnect: () => ask({ ask: "disconnect" }),
  people: () => people.open(),
  clock: () => openClock({ now: store.clock.now, ownZone: store.rules.zone === null, onSet: actions.pretend }),
  pretend(at) {
    if (at === null) store.clock.clear();
    else store.clock.set(at);
    drawClock();
    focus();
  },
  open(person, conversation, { beside = false } = {}) {
    if (person !== store.me) store.become(person);
    store.open(person, conversation, { beside: beside && !NARROW.matches });
    if (NARROW.matches && root.dataset.show !== "pane") window.history.pushState({ show: "pane" }, "");
    show("pane");
    focus();
  },
  become(person) {
    store.become(person);
    if (!NARROW.matches) {
      const active = store.panes[store.active];
      const same = store.mine(person).find((each) => each.id === active?.conversation);
      store.open(person, (same ?? store.mine(person)[0]).id);
    }
  },
  beside(index) {
    const { person, conversation } = store.panes[index];
    const shown = new Set(store.panes.filter((pane) => pane.conversation === conversation).map((pane) => pane.person));
    const others = store.conversations.get(conversation).members.filter((key) => !shown.has(key));
    const next = others.length ? { person: others[0], conversation } : { person, conversation: store.mine(person).find((each) => each.id !== conversation)?.id };
    if (!next.conversation) return;
    store.active = index;
    store.open(next.person, next.conversation, { beside: true });
    store.become(next.person);
    focus();
  },
  redraw(index) {
    redrawPanes();
    store.active = index;
    store.become(store.panes[index].person);
    focus();
  },
  back() {
    if (window.history.state?.show === "pane") window.history.back();
    else leave();
  },
  switch: () => openSwitcher({ store, onChoose: (person, conversation, beside) => actions.open(person, conversation, { beside }) }),
  drawer: () => drawer.open(),
  keys: openKeys,
  focus,
  nextPane() {
    if (!panes.length) return;
    store.activate((store.active + 1) % panes.length);
    focus();
  },
  isDark: () => (document.documentElement.dataset.theme ?? (DARK.matches ? "dark" : "light")) === "dark",
  toggleTheme() {
    const theme = actions.isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    memory.set("theme", theme);
    drawEverything();
    root.querySelector(".theme")?.focus();
  },
  toggleLanguage() {
    speak(currentLanguage() === "zh" ? "en" : "zh");
    memory.set("language", currentLanguage());
    drawEverything();
    root.querySelector(".language")?.focus();
  },
};

const drawer = new Drawer({ store, actions });
const people = new PeopleDialog({ store, actions });

function drawClock() {
  sidebar?.drawAlerts();
  for (const pane of panes) pane.composer.drawHint();
  for (const pane of panes) pane.composer.drawPreview();
}

function speak(language) {
  useLanguage(language);
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = t("page.title");
}

/** On narrow windows one of the two is seen: the list of conversations, or the pane. */
function show(part) {
  root.dataset.show = part;
}

function leave() {
  show("list");
  sidebar?.focus();
}

function focus() {
  const typing = !NARROW.matches || (root.dataset.show === "pane" && !TOUCH.matches);
  if (typing) panes[store.active]?.composer.focus();
}

/** Draws the whole page anew; where one was reading and writing stays. */
function drawEverything() {
  const places = new Map(panes.map((pane) => [pane.view, pane.place()]));
  const typing = panes.find((pane) => pane.composer.box === document.activeElement);
  sidebar = new Sidebar({ store, actions });
  stage = h("main", { class: "stage" });
  root.replaceChildren(h("a", { class: "skip", href: "#", on: { click: (event) => (event.preventDefault(), show("pane"), focus()) } }, t("page.skip")), sidebar.element, stage);
  panes = [];
  redrawPanes();
  for (const pane of panes) if (places.has(pane.view)) pane.restore(places.get(pane.view));
  const same = typing && panes.find((pane) => pane.view === typing.view);
  same?.composer.box.focus({ preventScroll: true });
  same?.composer.box.setSelectionRange(typing.composer.box.selectionStart, typing.composer.box.selectionEnd);
}

/** Adds and removes panes; those that stay are not touched, so that nobody loses the place where they read. */
function redrawPanes() {
  const before = panes;
  panes = store.panes.map((view, index) => before.find((pane) => pane.view === view)?.at(index) ?? new Pane(index, { store, actions }));
  for (const pane of before) if (!panes.includes(pane)) pane.element.remove();
  panes.forEach((pane, index) => {
    if (stage.children[index] !== pane.element) stage.insertBefore(pane.element, stage.children[index] ?? null);
    if (!before.includes(pane)) pane.bottom();
  });
  stage.dataset.panes = String(panes.length);
  mark();
}

function mark() {
  panes.forEach((pane, index) => pane.element.classList.toggle("pane-active", index === store.active));
}

store.on("everything", () => {
  useZone(store.rules.zone);
  drawEverything();
  drawer.draw();
  if (!NARROW.matches && document.activeElement === document.body) focus();
});
store.on("list", () => sidebar?.draw());
store.on("panes", redrawPanes);
store.on("active", mark);
store.on("line", (line) => panes.filter((pane) => pane.view.conversation === line.conversation).forEach((pane) => pane.add(line)));
store.on("message", (msgId) => panes.forEach((pane) => pane.refresh(msgId)));
store.on("reactions", (msgId) => panes.forEach((pane) => pane.react(msgId)));
store.on("vanished", (msgId) => panes.forEach((pane) => pane.remove(msgId)));
store.on("turn", () => drawer.drawTurns());
store.on("event", (event) => drawer.addEvent(event));
store.on("people", () => people.draw());
store.on("faults", () => {
  drawer.drawFaults();
  sidebar?.drawAlerts();
});
store.on("backlog", () => sidebar?.drawAlerts());
store.on("rules", () => {
  useZone(store.rules.zone);
  drawClock();
});
store.on("connections", () => {
  sidebar?.drawState();
  drawer.drawCount();
  panes.forEach((pane) => pane.refreshWaiting());
});

speak(memory.get("language") ?? languageOf(navigator.language));
const theme = memory.get("theme");
if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
show(window.history.state?.show === "pane" ? "pane" : "list");
window.addEventListener("popstate", (event) => (event.state?.show === "pane" ? (show("pane"), focus()) : leave()));
window.addEventListener("pagehide", () => store.remember());
listen(actions);
setInterval(() => panes.forEach((pane) => pane.tick()), 500);
setInterval(() => {
  if (store.clock.now === null) return;
  sidebar?.drawAlerts();
  for (const pane of panes) pane.composer.drawHint();
}, 10_000);

const socket = new Socket(new URL("socket", window.location.href.replace(/^http/, "ws")), {
  onMessage: (message) => store.take(message),
  onState(live) {
    store.live = live;
    sidebar?.drawState();
  },
});
