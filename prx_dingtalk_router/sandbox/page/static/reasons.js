// Why a message went where it went, in the words that `prx-router explain` uses, too.

import { h } from "./dom.js";
import { inLanguage, t } from "./language.js";

const MOST_MISSES = 6;

/** The one sentence that says why the rule took the message; null where no rule did. */
export function because(decision) {
  const clause = decision.explanation?.because;
  return clause ? h("p", { class: "because" }, t("because", { clause: inLanguage(clause) })) : null;
}

/** All that there is to say: what rules read, why each that holds does, what nearly took it, and why the others did not. */
export function reasons(decision) {
  const { trace = [], explanation } = decision;
  if (!explanation) return null;
  const near = new Set(explanation.near.map((each) => each.rule));
  const held = trace.filter((each) => each.held);
  const missed = trace.filter((each) => !each.held && !near.has(each.rule));
  return h(
    "div",
    { class: "reasons" },
    read(explanation),
    decision.by === "denied" && h("p", {}, inLanguage(explanation.baseline.sentence)),
    held.length > 0 && h("ul", { class: "rules" }, held.map((each) => ruleRow(each, holding(each)))),
    explanation.later.length > 0 && [h("h4", {}, t("reasons.later")), h("ul", { class: "rules" }, explanation.later.map((each) => ruleRow(each, [clauseOf(each)])))],
    explanation.near.length > 0 && [h("h4", {}, t("reasons.near")), h("ul", { class: "rules" }, explanation.near.map((each) => ruleRow(each, [clauseOf(each), each.advice.map((one) => h("p", { class: "advice" }, inLanguage(one)))], "near")))],
    misses(missed, explanation.asked - trace.length),
  );
}

/** The text as it was written, with the words marked that decided, and as rules read it where that is something else. */
function read({ message, hits }) {
  if (!message.text) return null;
  const marked = hits.filter((hit) => hit.field === "text").sort((one, other) => one.start - other.start);
  const signs = [...message.text];
  const pieces = [];
  let at = 0;
  for (const { start, end } of marked) {
    // Words may overlap: of those only the rest is marked.
    const begin = Math.max(start, at);
    if (end <= begin) continue;
    pieces.push(signs.slice(at, begin).join(""), h("mark", {}, signs.slice(begin, end).join("")));
    at = end;
  }
  pieces.push(signs.slice(at).join(""));
  const [before, after] = t("quoted").split("{text}");
  return h("div", { class: "read" }, h("p", { class: "read-text" }, before, pieces, after), message.read_as !== message.text && h("p", { class: "faint" }, t("reasons.read", { text: t("quoted", { text: message.read_as }) })));
}

/** Each part of the condition by which a rule holds, with how it is written. */
function holding(entry) {
  return entry.reasons.map((part) => h("p", { class: "clause" }, inLanguage(part.sentence), " ", h("code", { class: "written" }, part.wanted === false ? `not ${part.test}` : part.test)));
}

function clauseOf(entry) {
  return h("p", { class: "clause" }, inLanguage(entry.sentence));
}

function ruleRow(entry, said, kind = "") {
  const place = entry.file ? `${entry.file}:${entry.line}` : null;
  return h(
    "li",
    { class: `${entry.held ? "held" : "not-held"} ${kind} ${entry.verdict === "took" ? "taker" : ""}` },
    h("p", { class: "trace-rule" }, h("span", { class: "mark", role: "img", "aria-label": t(entry.held ? "decision.held" : "decision.failed") }, entry.held ? "✓" : "✗"), h("code", { title: place }, entry.rule), entry.shadow && h("span", { class: "tag" }, t("decision.shadow")), entry.verdict === "passed-on" && h("span", { class: "tag" }, t("reasons.passed")), entry.description && h("span", { class: "trace-about" }, entry.description)),
    said,
  );
}

/** In grey, and folded away where there are many. */
function misses(missed, unsent) {
  if (!missed.length) return null;
  const rows = h("ul", { class: "rules" }, missed.map((each) => ruleRow(each, [clauseOf(each)])), unsent > 0 && h("li", { class: "faint" }, t("reasons.unsent", { count: unsent })));
  const heading = t("reasons.missed", { count: missed.length + Math.max(0, unsent) });
  if (missed.length <= MOST_MISSES) return [h("h4", {}, heading), rows];
  return h("details", { class: "misses" }, h("summary", {}, heading), rows);
}
