// Ctrl+K: jump to any conversation of any person.

import { h } from "./dom.js";
import { avatar } from "./bubble.js";
import { inLanguage, t } from "./language.js";

/** Opens the dialog; `onChoose(person, conversation, beside)` is called with what was picked. */
export function openSwitcher({ store, onChoose }) {
  const input = h("input", { type: "text", class: "switch-input", role: "combobox", "aria-expanded": "true", "aria-controls": "switch-list", "aria-autocomplete": "list", "aria-label": t("switch.title"), placeholder: t("switch.placeholder"), autocomplete: "off" });
  const list = h("ul", { id: "switch-list", class: "switch-list", role: "listbox", "aria-label": t("switch.title") });
  const dialog = h("dialog", { class: "switcher", "aria-label": t("switch.title") }, input, list);
  const all = [...store.people.values()]
    .sort((a, b) => Number(b.key === store.me) - Number(a.key === store.me))
    .flatMap((person) => store.mine(person.key).map((conversation) => ({ person, conversation, title: store.title(conversation) })));
  let found = [];
  let at = 0;

  function search() {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    found = all.filter(({ person, title }) => words.every((word) => `${person.nick} ${person.key} ${inLanguage(person.title)} ${title}`.toLowerCase().includes(word))).slice(0, 60);
    at = 0;
    draw();
  }

  function draw() {
    list.replaceChildren(
      ...found.map(({ person, conversation, title }, index) =>
        h(
          "li",
          { role: "option", id: `switch-${index}`, class: "switch-item", "aria-selected": String(index === at), on: { click: (event) => choose(index, event.ctrlKey || event.metaKey) } },
          avatar(title, conversation.kind === "group" ? { group: true } : { robot: true }),
          h("span", { class: "switch-title" }, title),
          h("span", { class: "switch-as" }, t("switch.as", { name: person.nick })),
        ),
      ),
    );
    if (!found.length) list.append(h("li", { class: "switch-none" }, t("switch.none")));
    input.setAttribute("aria-activedescendant", found.length ? `switch-${at}` : "");
    list.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }

  function choose(index, beside) {
    const chosen = found[index];
    if (!chosen) return;
    dialog.close();
    onChoose(chosen.person.key, chosen.conversation.id, beside);
  }

  input.addEventListener("input", search);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      at = found.length ? (at + step + found.length) % found.length : 0;
      draw();
    } else if (event.key === "Enter") {
      event.preventDefault();
      choose(at, event.ctrlKey || event.metaKey);
    }
  });
  dismissable(dialog);
  search();
}

/** Shows a dialog that a click beside it closes, and that leaves the page when closed. */
export function dismissable(dialog, onClose = () => {}) {
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    onClose();
  });
  dialog.showModal();
}
