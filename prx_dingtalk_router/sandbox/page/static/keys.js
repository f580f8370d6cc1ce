// The keys of the page: what they do, and the card that lists them.

import { h, iconButton } from "./dom.js";
import { dismissable } from "./switcher.js";
import { t } from "./language.js";

const KEYS = [
  ["keys.send", ["Enter"]],
  ["keys.break", ["Shift", "Enter"]],
  ["keys.preview", ["Ctrl / ⌘", "Enter"]],
  ["keys.switch", ["Ctrl / ⌘", "K"]],
  ["keys.list", ["↑", "↓"]],
  ["keys.recall", ["↑"]],
  ["keys.focus", ["/"]],
  ["keys.quote", ["R"]],
  ["keys.why", ["W"]],
  ["keys.test", ["T"]],
  ["keys.panes", ["F6"]],
  ["keys.drawer", ["Ctrl / ⌘", "J"]],
  ["keys.escape", ["Esc"]],
  ["keys.help", ["?"]],
];

/** Listens for the keys that work anywhere on the page. */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    const command = event.ctrlKey || event.metaKey;
    const typing = event.target.matches?.("input, textarea, select");
    const wanted = {
      k: command && actions.switch,
      j: command && actions.drawer,
      F6: document.querySelector(".pane + .pane") && actions.nextPane,
      "?": !typing && actions.keys,
      "/": !typing && actions.focus,
    }[event.key];
    if (!wanted) return;
    event.preventDefault();
    wanted();
  });
}

/** Shows the card with the keys. */
export function openKeys() {
  const dialog = h("dialog", { class: "keys", "aria-label": t("keys.title") });
  dialog.append(
    h("header", { class: "dialog-head" }, h("h2", {}, t("keys.title")), iconButton("close", t("drawer.close"), () => dialog.close())),
    h("dl", {}, KEYS.map(([what, keys]) => h("div", {}, h("dt", {}, t(what)), h("dd", {}, keys.map((key) => h("kbd", {}, key)))))),
  );
  dismissable(dialog);
}
