// The note beside a message: which rule took it, what follows, and why.

import { h, icon } from "./dom.js";
import { currentLanguage, has, t } from "./language.js";
import { lasting, unmarked } from "./bubble.js";

const UNITS = [["d", 86400], ["h", 3600], ["m", 60], ["s", 1]];

/**
 * The note of a message.
 *
 * @param {object | undefined} decision interfaces.md section 2, with an optional `trace`; undefined = not decided yet.
 * @param {object[]} turns what agents did for this message.
 * @param {object} context `text` (what the message says; not said again in the note), `open` (is the reason shown?), `onToggle(open)`, `receipt` (how far the message came), `outcomes` (what went otherwise than decided), `connected` (is a router there?).
 */
export function note(decision, turns, { text, open, onToggle, receipt, outcomes, connected }) {
  if (!decision) {
    const lost = receipt?.undelivered;
    const state = lost ? t("receipt.undelivered", { why: lost }) : receipt?.code ? acknowledged(receipt) : receipt?.attempts ? t("receipt.pushed", { count: receipt.attempts }) : connected ? t("decision.wait") : t("router.waiting");
    return h("div", { class: `note note-waiting ${lost ? "note-lost" : ""}`, role: "note", "aria-live": "off", "aria-label": t("decision.label") }, !lost && h("span", { class: "dots", "aria-hidden": "true" }), state, refused(receipt));
  }
  const details = h(
    "details",
    { class: "why", open },
    h("summary", {}, t(!decision.trace?.length ? "decision.more" : decision.by && decision.by !== "otherwise" ? "decision.why" : "decision.why.none"), looked(decision)),
  );
  // Hundreds of messages have thousands of conditions: they are drawn when somebody wants to see them.
  const fill = () => details.querySelector(".why-body") ?? details.append(h("div", { class: "why-body" }, trace(decision, text), captures(decision), session(decision), delivery(receipt), raw(decision)));
  if (open) fill();
  details.addEventListener("toggle", () => {
    if (details.open) fill();
    onToggle(details.open);
  });
  return h(
    "div",
    { class: `note note-${known(decision.outcome)}`, role: "note", "aria-live": "off", "aria-label": t("decision.label") },
    head(decision),
    h("ol", { class: "steps" }, (decision.steps ?? []).map((step) => stepRow(step, turns, text))),
    happened(outcomes, decision),
    shadow(decision),
    refused(receipt),
    details,
  );
}

/** A decision, how its agents fare and what went wrong in one sentence, for those who do not see the note; empty before the decision. */
export function spoken(decision, turns, outcomes) {
  if (!decision) return "";
  return [...rule(decision), outcome(decision), ...turns.map((turn) => `${turn.agent} ${fared(turn)}`), ...outcomes.map((each) => came(each, decision, outcomes))].join(" · ");
}

/** Kind and name of what took a message. */
function rule(decision) {
  if (decision.by === null || decision.by === undefined) return [t("decision.by.none")];
  const special = decision.by === "otherwise" || decision.by === "denied";
  return [special ? t(`decision.by.${decision.by}`) : t("decision.rule"), decision.by];
}

function outcome(decision) {
  return has(`decision.outcome.${decision.outcome}`) ? t(`decision.outcome.${decision.outcome}`) : String(decision.outcome ?? "");
}

function fared(turn) {
  return has(`turn.${turn.status}`) ? t(`turn.${turn.status}`) : String(turn.status);
}

function acknowledged(receipt) {
  return t("receipt.acked", { code: receipt.code, ms: receipt.after_ms });
}

function refused(receipt) {
  if (!receipt?.refused.length) return null;
  return h("p", { class: "refused" }, t("receipt.refused", { codes: receipt.refused.join(" · ") }));
}

/** What went otherwise than decided, in its order. */
function happened(outcomes, decision) {
  if (!outcomes.length) return null;
  return h("ul", { class: "happened" }, outcomes.map((each) => h("li", { class: `came-${each.kind}` }, came(each, decision, outcomes))));
}

function came({ kind, rule: of, step, reason }, decision, outcomes) {
  const why = reason[currentLanguage()] ?? "";
  if (kind === "dead" && outcomes.some((each) => each.step && each.reason[currentLanguage()] === why)) return t("outcome.dead.same");
  const [first, other] = step.split(".");
  const where = step && `${of === decision.by && !decision.via?.length ? "" : `${of} `}${t(other ? "outcome.step.else" : "outcome.step", { step: first, other })}`;
  return t(`outcome.${kind}`, { where, why });
}

function delivery(receipt) {
  if (!receipt?.attempts) return null;
  const state = receipt.code ? acknowledged(receipt) : receipt.undelivered ? t("receipt.undelivered", { why: receipt.undelivered }) : t("receipt.pushed", { count: receipt.attempts });
  return h("dl", { class: "facts" }, h("dt", {}, t("receipt.label")), h("dd", {}, state, receipt.attempts > 1 && ` · ${t("receipt.attempts", { count: receipt.attempts })}`));
}

function known(outcome) {
  return ["agent", "reply", "drop"].includes(outcome) ? outcome : "other";
}

function head(decision) {
  const [kind, name] = rule(decision);
  const about = decision.trace?.find?.((entry) => entry.rule === decision.by)?.description;
  const said = decision.steps?.some((step) => step.step === "drop" && step.reason === decision.reason);
  return h(
    "div",
    { class: "note-head" },
    name === undefined ? h("span", { class: "rule-name rule-none" }, kind) : [h("span", { class: "rule-kind" }, kind), h("code", { class: "rule-name" }, name)],
    h("span", { class: `outcome outcome-${known(decision.outcome)}` }, outcome(decision)),
    decision.via?.length ? h("span", { class: "via" }, `${t("decision.via")} `, decision.via.map((rule, index) => [index ? " → " : "", h("code", {}, rule)])) : null,
    about && h("p", { class: "about" }, about),
    decision.reason && !said && !(decision.by === null && decision.reason === "no rule") ? h("p", { class: "reason" }, has(`decision.reason.${decision.reason}`) ? t(`decision.reason.${decision.reason}`) : `${t("decision.reason")}: ${decision.reason}`) : null,
  );
}

/** A step, its limits, how its agent fared, and what is tried when it cannot be done. */
function stepRow(step, turns, text) {
  const kind = step.step;
  const label = has(`decision.step.${kind}`) ? t(`decision.step.${kind}`) : String(kind);
  const mine = kind === "agent" ? turns.filter((turn) => turn.agent === step.agent) : [];
  return h(
    "li",
    { class: `step step-${kind}` },
    h("span", { class: "step-kind" }, label),
    " ",
    kind === "reply" && !step.failed && h("span", { class: "step-text" }, t("quoted", { text: brief(step.format === "markdown" ? unmarked(String(step.content ?? "")) : step.content) })),
    kind === "agent" && h("b", { class: "agent-name" }, step.agent),
    kind === "drop" && step.reason && h("span", { class: "step-text" }, step.reason),
    kind === "agent" && step.message && step.message !== text && h("span", { class: "step-text" }, " ", t("quoted", { text: brief(step.message) })),
    step.failed && h("span", { class: "step-failed" }, String(step.failed)),
    " ",
    step.at_most && h("span", { class: "limit" }, limit(step.at_most)),
    mine.map((turn) => [" ", turnChip(turn)]),
    step.else?.length ? h("ul", { class: "else" }, step.else.map((each) => elseRow(each, turns, text))) : null,
  );
}

function elseRow(step, turns, text) {
  const row = stepRow(step, turns, text);
  row.prepend(h("span", { class: "else-word" }, t("decision.else")), " ");
  return row;
}

function turnChip(turn) {
  const running = !turn.ended;
  return h(
    "span",
    { class: `turn turn-${turn.status}`, title: turn.why || null, data: running ? { since: String(turn.started) } : {} },
    running && h("span", { class: "dots", "aria-hidden": "true" }),
    `${fared(turn)} · `,
    h("span", { class: "turn-span" }, lasting((turn.ended ?? Date.now()) - turn.started)),
  );
}

function brief(text) {
  const one = String(text ?? "").replace(/\s+/gu, " ").trim();
  return [...one].length > 60 ? `${[...one].slice(0, 60).join("")}…` : one;
}

/** A guard as `{count, per, scope}` with seconds, or as written: `5 per 10m per sender`. */
function limit(guard) {
  const written = /^(?:at most )?(\d+) per (\S+?)(?: per (sender|conversation))?$/.exec(String(guard));
  const { count, per, scope } = typeof guard === "object" ? guard : written ? { count: written[1], per: written[2], scope: written[3] } : {};
  if (count === undefined) return String(guard);
  const [, number, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(String(per)) ?? [];
  const span = typeof per === "number" ? duration(per) : unit && unit !== "ms" ? t(`span.${unit}`, { count: number }) : String(per);
  return t(`decision.limit.${scope === "sender" || scope === "conversation" ? scope : "step"}`, { count, span });
}

/** Seconds in the largest unit that divides them. */
function duration(span) {
  const [unit, size] = UNITS.find(([, each]) => span >= each && span % each === 0) ?? ["s", 1];
  return t(`span.${unit}`, { count: span / size });
}

function shadow(decision) {
  const rules = decision.shadow ?? [];
  if (!rules.length) return null;
  return h("p", { class: "shadow", title: t("decision.shadow.help") }, `${t("decision.shadow")} `, rules.map((rule) => [h("code", {}, typeof rule === "string" ? rule : (rule.rule ?? "")), " "]));
}

function looked(decision) {
  const count = decision.trace?.length;
  return count ? h("span", { class: "looked" }, t("decision.earlier", { count })) : null;
}

/** One line a rule: the first part that failed, or that all of it holds. The taking rule shows every part. */
function trace(decision, text) {
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
        h("code", { class: "trace-rule", title: [entry.description, place].filter(Boolean).join("\n") || null }, entry.rule ?? ""),
        entry.shadow && h("span", { class: "tag" }, t("decision.shadow")),
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
    seen === undefined || seen === null || (value !== "" && !differs(value, text)) ? null : h("span", { class: "seen" }, t("decision.seen", { value: value === "" ? t("decision.empty") : t("quoted", { text: brief(value) }) })),
  );
}

function captures(decision) {
  const entries = Object.entries(decision.match ?? {});
  if (!entries.length) return null;
  return h("dl", { class: "facts" }, h("dt", {}, t("decision.match")), entries.map(([name, value]) => h("dd", {}, h("code", {}, name), ` = ${value === "" ? t("decision.empty") : value}`)));
}

function session(decision) {
  const step = (decision.steps ?? []).find((each) => each.session);
  if (!step) return null;
  return h("dl", { class: "facts" }, h("dt", {}, t("decision.session")), h("dd", {}, h("code", { class: "long" }, step.session), step.timeout ? ` · ${t("decision.timeout", { span: duration(step.timeout) })}` : null));
}

function raw(decision) {
  const { trace: _, explanation: __, ...rest } = decision;
  return h("details", { class: "raw" }, h("summary", {}, icon("text"), t("decision.json")), h("pre", { tabindex: "0" }, JSON.stringify(rest, null, 2)));
}
