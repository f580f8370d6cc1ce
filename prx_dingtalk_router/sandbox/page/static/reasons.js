// Why a message went where it went: one line a rule that was asked.

import { h } from "./dom.js";
import { t } from "./language.js";

/** One line a rule: the first part that failed, or that all of it holds. The taking rule shows every part. */
export function reasons(decision, text) {
  if (!Array.isArray(decision.trace) || !decision.trace.length) return null;
  return h(
    "ol",
    { class: "trace" },
    decision.trace.map((entry) => {
      const parts = Array.isArray(entry.conditions) ? entry.conditions : [];
      const held = Boolean(entry.held);
      const shown = held ? parts : [failing(entry, parts)].filter(Boolean);
      const place = entry.file ? `${entry.file}:${entry.line}` : null;
      return h(
        "li",
        { class: `${held ? "held" : "not-held"} ${entry.rule === decision.by ? "taker" : ""}` },
        h("span", { class: "mark", role: "img", "aria-label": held ? t("decision.held") : t("decision.failed") }, held ? "✓" : "✗"),
        h("div", { class: "trace-rule" }, h("code", { title: place }, entry.rule ?? ""), entry.shadow && h("span", { class: "tag" }, t("decision.shadow")), entry.description && h("p", { class: "trace-about" }, entry.description)),
        h("ul", { class: "parts" }, shown.map((each) => part(each, text))),
      );
    }),
  );
}

/** The part that kept a rule from holding: the one that is named so, else the first that is false. */
function failing(entry, parts) {
  if (!entry.failed) return parts.find((each) => each.value === false) ?? parts.at(-1);
  return parts.find((each) => each.text === entry.failed) ?? { text: entry.failed, value: false };
}

/** Whether two texts differ in more than case, width and blanks: rules see the folded text. */
function differs(seen, text) {
  const plain = (each) => String(each).normalize("NFKC").toLowerCase().replace(/\s+/gu, "");
  return plain(seen) !== plain(text);
}

function part(condition, text) {
  const seen = condition.seen;
  const value = Array.isArray(seen) ? seen.join("、") : seen;
  return h(
    "li",
    { class: condition.value ? "part-true" : "part-false" },
    h("code", {}, condition.text ?? ""),
    seen === undefined || seen === null || (value !== "" && !differs(value, text)) ? null : h("span", { class: "seen" }, t("decision.seen", { value: value === "" ? t("decision.empty") : t("quoted", { text: value }) })),
  );
}
