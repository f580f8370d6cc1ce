// A message as a `test` block, to be pasted into a rules file.

import { h, iconButton } from "./dom.js";
import { dismissable } from "./switcher.js";
import { t } from "./language.js";

/** Shows the block that `asked` resolves to, and puts it on the clipboard where the browser lets it. */
export async function openTest(asked) {
  const status = h("p", { class: "faint", role: "status" });
  const dialog = h("dialog", { class: "form-dialog", "aria-label": t("test.title") });
  const body = h("div", { class: "form" });
  dialog.append(h("header", { class: "dialog-head" }, h("h2", {}, t("test.title")), iconButton("close", t("page.close"), () => dialog.close())), body);
  let block;
  try {
    block = (await asked).test;
  } catch (error) {
    body.append(h("p", { class: "problem", role: "alert" }, t("test.refused", { why: error.message === "closed" ? t("compose.offline") : error.message })));
    return dismissable(dialog);
  }
  const box = h("textarea", { class: "field block", readonly: true, spellcheck: "false", rows: String(Math.min(block.split("\n").length, 12)), "aria-label": t("test.block"), value: block });
  const copy = async () => {
    box.select();
    try {
      await navigator.clipboard.writeText(block);
      status.textContent = t("test.copied");
    } catch {
      // Not every browser lets a page write there; the text is selected, for Ctrl+C.
      status.textContent = "";
    }
  };
  body.append(h("p", { class: "faint" }, t("test.help")), box, status, h("div", { class: "form-buttons" }, h("button", { type: "button", class: "button", on: { click: copy } }, t("test.copy"))));
  dismissable(dialog);
  await copy();
}
