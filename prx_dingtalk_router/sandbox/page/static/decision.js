// The note beside a message: what became of it, which rule took it, what follows, and why.

import { h } from "./dom.js";
import { has, inLanguage, t } from "./language.js";
import { unmarked } from "./bubble.js";
import { besides, fate } from "./fate.js";
import { because, reasons } from "./reasons.js";
import { lasting } from "./times.js";

const UNITS = [["d", 86400], ["h", 3600], ["m", 60], ["s", 1]];
const MARKS = { done: "✓", running: "…", failed: "✗", limited: "–", skipped: "" };

/**
 * The note of a message.
 *
 * @param {object | undefined} decision interfaces.md section 2, with `trace`, and `rule` and `position` of each step; undefined = not decided yet.
 * @param {object[]} turns what agents did for this message.
 * @param {object} context `text` (what the message says; not said again in the note), `open` (is the reason shown?), `onToggle(open)`, `onTest()` if it can be copied as a test, `receipt` (how far the message came), `outcomes` (what happened), `connected` (is a router there?), `nameOf(staffId)`, `sender` (its name), `preview` (nothing happens: it was not sent).
 */
export function note(decision, turns, context) {
  const { open, onToggle, onTest, receipt, outcomes, preview } = context;
  if (!decision) return waiting(context);
  const became = fate(decision, outcomes);
  const details = h(
    "details",
    { class: "why", open },
    h("summary", {}, t(!decision.trace?.length ? "decision.more" : decision.by && decision.by !== "otherwise" ? "decision.why" : "decision.why.none"), looked(decision)),
  );
  // Hundreds of messages have thousands of conditions: they are drawn when somebody wants to see them.
  const fill = () => details.querySelector(".why-body") ?? details.append(h("div", { class: "why-body" }, reasons(decision), captures(decision), session(decision), delivery(receipt), raw(decision)));
  if (open) fill();
  details.addEventListener("toggle", () => {
    if (details.open) fill();
    onToggle?.(details.open);
  });
  return h(
    "div",
    { class: `note note-${preview ? "preview" : known(decision.outcome)} ${became.head ? `note-is-${became.head.state}` : ""}`, role: "note", "aria-live": "off", "aria-label": t(preview ? "preview.title" : "decision.label") },
    head(decision, became, preview),
    because(decision),
    h("ol", { class: "steps" }, (decision.steps ?? []).map((step) => stepRow(step, turns, { ...context, decision }, became))),
    more(decision, outcomes),
    shadow(decision),
    refused(receipt),
    h("div", { class: "note-foot" }, details, onTest && h("button", { type: "button", class: "copy-test", on: { click: onTest } }, t("decision.test"))),
  );
}

function waiting({ receipt, connected }) {
  const lost = receipt?.undelivered;
  const state = lost ? undelivered(lost) : receipt?.code ? acknowledged(receipt) : receipt?.attempts ? t("receipt.pushed", { count: receipt.attempts }) : connected ? t("decision.wait") : t("router.waiting");
  return h("div", { class: `note note-waiting ${lost ? "note-lost" : ""}`, role: "note", "aria-live": "off", "aria-label": t("decision.label") }, !lost && h("span", { class: "dots", "aria-hidden": "true" }), state, refused(receipt));
}

/** What became of a message in one sentence, for those who do not see the note; empty before the decision. */
export function spoken(decision, turns, outcomes) {
  if (!decision) return "";
  const { head: became } = fate(decision, outcomes);
  const working = became ? [] : turns.map((turn) => `${turn.agent} ${fared(turn)}`);
  return [...rule(decision), became?.words ?? outcome(decision), ...working, ...besides(decision, outcomes).map((each) => each.words)].join(" · ");
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

function undelivered(why) {
  return t("receipt.undelivered", { why: has(`undelivered.${why}`) ? t(`undelivered.${why}`) : why });
}

function acknowledged(receipt) {
  return t("receipt.acked", { code: receipt.code, ms: receipt.after_ms });
}

function refused(receipt) {
  if (!receipt?.refused.length) return null;
  const codes = [...new Set(receipt.refused)].map((code) => {
    const times = receipt.refused.filter((each) => each === code).length;
    return times > 1 ? `${code} (×${times})` : code;
  });
  return h("p", { class: "refused" }, t("receipt.refused", { codes: codes.join(" · ") }));
}

function more(decision, outcomes) {
  const found = besides(decision, outcomes);
  return found.length ? h("ul", { class: "happened" }, found.map(({ kind, words }) => h("li", { class: `came-${kind}` }, words))) : null;
}

function delivery(receipt) {
  if (!receipt?.attempts) return null;
  const state = receipt.code ? acknowledged(receipt) : receipt.undelivered ? undelivered(receipt.undelivered) : t("receipt.pushed", { count: receipt.attempts });
  return h("dl", { class: "facts" }, h("dt", {}, t("receipt.label")), h("dd", {}, state, receipt.attempts > 1 && ` · ${t("receipt.attempts", { count: receipt.attempts })}`));
}

function known(outcome) {
  return ["agent", "reply", "drop"].includes(outcome) ? outcome : "other";
}

function head(decision, became, preview) {
  const [kind, name] = rule(decision);
  const about = decision.description ?? decision.trace?.find?.((entry) => entry.rule === decision.by)?.description;
  const said = decision.steps?.some((step) => step.step === "drop" && step.reason === decision.reason);
  const really = preview ? null : became.head;
  return h(
    "div",
    { class: "note-head" },
    h("strong", { class: `headline ${really ? `headline-${really.state}` : `outcome-${known(decision.outcome)}`}`, title: really?.timed ? t("fate.span") : null }, really?.state === "busy" && h("span", { class: "dots", "aria-hidden": "true" }), really ? really.words : outcome(decision)),
    h("span", { class: "taken" }, name === undefined ? h("span", { class: "rule-name rule-none" }, kind) : [h("span", { class: "rule-kind" }, kind), " ", h("code", { class: "rule-name" }, name)]),
    decision.via?.length ? h("span", { class: "via" }, `${t("decision.via")} `, decision.via.map((each, index) => [index ? " → " : "", h("code", {}, each)])) : null,
    about && h("p", { class: "about" }, about),
    decision.reason && !said && !(decision.by === null && decision.reason === "no rule") ? h("p", { class: "reason" }, has(`decision.reason.${decision.reason}`) ? t(`decision.reason.${decision.reason}`) : `${t("decision.reason")}: ${decision.reason}`) : null,
  );
}

/** A step, what became of it, its limits, how its agent fared, and what is tried when it cannot be done. */
function stepRow(step, turns, context, became) {
  const { text, sender, nameOf } = context;
  const kind = step.step;
  const label = has(`decision.step.${kind}`) ? t(`decision.step.${kind}`) : String(kind);
  const mine = kind === "agent" ? turns.filter((turn) => turn.agent === step.agent) : [];
  const { state, why } = became.of(step);
  const mentioned = Array.isArray(step.mention) ? step.mention.map(nameOf) : step.mention ? [sender] : [];
  return h(
    "li",
    { class: `step step-${kind} ${state ? `step-${state}` : ""}` },
    MARKS[state] && h("span", { class: "step-mark", role: "img", "aria-label": t(`step.${state}`), title: t(`step.${state}`) }, MARKS[state]),
    h("span", { class: "step-kind" }, label),
    " ",
    mentioned.map((name) => [h("span", { class: "mention", title: t("decision.mention", { name }) }, `@${name}`), " "]),
    kind === "reply" && !step.failed && h("span", { class: "step-text" }, t("quoted", { text: brief(step.format === "markdown" ? unmarked(String(step.content ?? "")) : step.content) })),
    kind === "agent" && h("b", { class: "agent-name" }, step.agent),
    kind === "drop" && step.reason && h("span", { class: "step-text" }, step.reason),
    kind === "agent" && step.message && step.message !== text && h("span", { class: "step-text" }, " ", t("quoted", { text: brief(step.message) })),
    step.failed && h("span", { class: "step-wrong" }, ` ${inLanguage(problemOf(step, context.decision)) || step.failed}`),
    " ",
    step.at_most && h("span", { class: `limit ${state === "limited" ? "limit-reached" : ""}` }, limit(step.at_most)),
    state === "limited" && [" ", h("span", { class: "step-wrong" }, t("step.limited"))],
    mine.map((turn) => [" ", turnChip(turn)]),
    state === "failed" && why && h("span", { class: "step-wrong step-why" }, why),
    step.else?.length ? h("ul", { class: "else" }, step.else.map((each) => elseRow(each, turns, context, became))) : null,
  );
}

/** Why a step cannot be done, by language. */
function problemOf(step, decision) {
  const deeds = (decision.explanation?.steps ?? []).flatMap((deed) => [deed, ...deed.else]);
  return deeds.find((deed) => deed.rule === step.rule && deed.position === step.position)?.problem;
}

function elseRow(step, turns, context, became) {
  const row = stepRow(step, turns, context, became);
  row.querySelector(".step-kind").before(h("span", { class: "else-word" }, t("decision.else")), " ");
  return row;
}

function turnChip(turn) {
  const running = !turn.ended;
  return h(
    "span",
    { class: `turn turn-${turn.status}`, data: running ? { since: String(performance.now() - turn.ran_ms) } : {} },
    running && h("span", { class: "dots", "aria-hidden": "true" }),
    `${fared(turn)} · `,
    h("span", { class: "turn-span" }, lasting(turn.ran_ms)),
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
  return h("p", { class: "shadow", title: t("decision.shadow.help") }, `${t("decision.shadow")} `, rules.map((each) => [h("code", {}, typeof each === "string" ? each : (each.rule ?? "")), " "]));
}

function looked(decision) {
  const count = decision.explanation?.asked ?? decision.trace?.length;
  return count ? h("span", { class: "looked" }, t("decision.earlier", { count })) : null;
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
  return h("details", { class: "raw" }, h("summary", {}, t("decision.json")), h("pre", { tabindex: "0" }, JSON.stringify(rest, null, 2)));
}
