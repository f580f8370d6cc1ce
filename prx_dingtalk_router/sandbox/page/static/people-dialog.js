// Who there is to write as: adding, changing and removing people.

import { h, iconButton } from "./dom.js";
import { avatar } from "./bubble.js";
import { dismissable } from "./switcher.js";
import { inLanguage, t } from "./language.js";

/** The dialog; `open()` shows it, `draw()` keeps it up to date while it is shown. */
export class PeopleDialog {
  constructor({ store, actions }) {
    this.store = store;
    this.actions = actions;
  }

  open() {
    this.editing = null;
    this.list = h("ul", { class: "people" });
    this.problem = h("p", { class: "problem", role: "alert" });
    this.dialog = h("dialog", { class: "form-dialog", "aria-label": t("people.title") });
    this.dialog.append(
      h("header", { class: "dialog-head" }, h("h2", {}, t("people.title")), iconButton("close", t("page.close"), () => this.dialog.close())),
      h("div", { class: "form" }, h("p", { class: "faint" }, t("people.help")), this.problem, this.list),
    );
    this.draw();
    dismissable(this.dialog, () => (this.dialog = null));
  }

  /** Draws the list again; a form that is being filled in stays as it is. */
  draw() {
    if (!this.dialog) return;
    const form = this.list.querySelector("form");
    const people = [...this.store.people.values()];
    const rows = people.map((person) => (this.editing === person.key ? h("li", {}, form ?? this.#form(person)) : this.#row(person)));
    const adding = this.editing === "" ? (form ?? this.#form(null)) : h("button", { type: "button", class: "chip-button add-person", on: { click: () => this.#edit("") } }, t("people.add"));
    this.list.replaceChildren(...rows, h("li", {}, adding));
  }

  #row(person) {
    const remove = h("button", { type: "button", class: "link-button", "aria-label": t("people.remove", { name: person.nick }), on: { click: () => sure() } }, t("people.remove", { name: "" }).trim());
    // One click might be a slip; the same button asks once more.
    const sure = () => {
      if (remove.classList.contains("danger")) return this.#ask(this.actions.dismiss(person.key));
      remove.classList.add("danger");
      remove.textContent = t("people.sure");
    };
    remove.addEventListener("blur", () => {
      remove.classList.remove("danger");
      remove.textContent = t("people.remove", { name: "" }).trim();
    });
    return h(
      "li",
      { class: "person" },
      avatar(person.nick),
      h("div", { class: "person-words" }, h("span", { class: "person-name" }, h("span", {}, person.nick), person.external && h("span", { class: "tag tag-external" }, t("me.external")), person.admin && h("span", { class: "tag tag-admin" }, t("me.admin"))), h("span", { class: "faint" }, [person.key, inLanguage(person.title)].filter(Boolean).join(" · "))),
      h("button", { type: "button", class: "link-button", "aria-label": t("people.edit", { name: person.nick }), on: { click: () => this.#edit(person.key) } }, t("people.edit", { name: "" }).trim()),
      this.store.people.size > 1 && remove,
    );
  }

  #form(person) {
    const staff = h("input", { type: "text", class: "field", value: person?.key ?? "", maxlength: "64", required: true, autocomplete: "off", spellcheck: "false" });
    const nick = h("input", { type: "text", class: "field", value: person?.nick ?? "", maxlength: "64", required: true, autocomplete: "off" });
    const external = h("input", { type: "checkbox" });
    const admin = h("input", { type: "checkbox" });
    external.checked = person?.external ?? false;
    admin.checked = person?.admin ?? false;
    const save = (event) => {
      event.preventDefault();
      this.#ask(this.actions.putPerson({ key: person?.key ?? null, staff_id: staff.value, nick: nick.value, external: external.checked, admin: admin.checked }));
    };
    return h(
      "form",
      { class: "person-form", on: { submit: save } },
      h("label", { class: "form-row" }, h("span", {}, t("people.nick")), nick),
      h("label", { class: "form-row" }, h("span", {}, t("people.staff")), staff),
      h("label", { class: "check" }, external, t("people.external")),
      h("label", { class: "check" }, admin, t("people.admin")),
      h("div", { class: "form-buttons" }, h("button", { type: "button", class: "button quiet", on: { click: () => this.#edit(null) } }, t("people.cancel")), h("button", { type: "submit", class: "button" }, t("people.save"))),
    );
  }

  #edit(key) {
    this.editing = key;
    this.problem.textContent = "";
    this.list.querySelector("form")?.remove();
    this.draw();
    (this.list.querySelector("form input") ?? this.list.querySelector(".add-person"))?.focus();
  }

  #ask(asked) {
    asked.then(
      () => this.dialog && this.#edit(null),
      (error) => (this.problem.textContent = t("people.refused", { why: error.message === "closed" ? t("compose.offline") : error.message })),
    );
  }
}
