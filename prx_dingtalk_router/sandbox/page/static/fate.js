// What really became of a decision: told from what the router said happened, step by step.

import { currentLanguage, t } from "./language.js";
import { lasting } from "./times.js";

const SPEAKS = new Set(["reply", "agent", "drop"]);

/**
 * The fate of each step, and of the message.
 *
 * @param {object} decision with `rule` and `position` of every step.
 * @param {object[]} outcomes what happened, in its order; see `outcomes.py`.
 * @returns {{of: (step: object) => object, head: object | null}} `of(step)` has `state` ("", "running", "done", "failed",
 *   "limited", "skipped") and `why`; `head` has `state`, `words` and whether
 *   they say how long it took (`timed`), null while nothing is known.
 */
export function fate(decision, outcomes) {
  const known = new Map();
  const over = outcomes.find((each) => each.kind === "done");
  const dead = outcomes.find((each) => each.kind === "dead");
  for (const { kind, rule, step, reason, after_ms: after } of outcomes) {
    if (!step) continue;
    const key = `${rule} ${step}`;
    const before = known.get(key) ?? { state: "running" };
    const state = { started: "running", sent: "done", failed: "failed", limited: "limited" }[kind] ?? before.state;
    known.set(key, { state, answered: before.answered || kind === "answered", why: reason?.[currentLanguage()] || before.why || "", after: kind === "sent" || before.after === undefined ? after : before.after });
  }
  const chains = (decision.steps ?? []).map((step) => [step, ...(step.else ?? [])]);
  const found = (step) => known.get(`${step.rule} ${step.position}`);
  chains.forEach((chain, index) => {
    const at = chain.findIndex((step) => ["running", "done"].includes(found(step)?.state));
    if (at < 0) return;
    const later = chains.slice(index + 1).flat().some(found);
    const used = found(chain[at]);
    // Forgetting and cancelling are told only when they begin; what comes after them says that they are done.
    if (used.state === "running" && (over || later || chain[at].step === "drop")) used.state = "done";
    for (const step of chain.slice(at + 1)) if (!found(step)) known.set(`${step.rule} ${step.position}`, { state: "skipped" });
  });
  return { of: (step) => found(step) ?? { state: "" }, head: headline(chains, found, outcomes, dead) };
}

/** The last step that people notice, as one phrase. */
function headline(chains, found, outcomes, dead) {
  if (dead) return { state: "bad", words: t("fate.dead") };
  const spoken = chains.filter(([step]) => SPEAKS.has(step.step));
  const reached = spoken.filter((chain) => chain.some((step) => found(step)?.state && found(step).state !== "skipped"));
  const chain = reached.at(-1);
  if (!chain) return null;
  const used = chain.find((step) => ["running", "done"].includes(found(step)?.state));
  if (!used) {
    const limited = chain.some((step) => found(step)?.state === "limited") && !chain.some((step) => found(step)?.state === "failed");
    return { state: limited ? "warn" : "bad", words: t(limited ? "fate.limited" : "fate.failed") };
  }
  const { state, after } = found(used);
  const instead = used !== chain[0];
  const span = state === "done" && used.step !== "drop" && after !== null && after !== undefined ? ` · ${lasting(after)}` : "";
  if (used.step === "agent") {
    if (state === "running") return { state: "busy", words: t("fate.agent.running", { agent: used.agent }) };
    return { state: instead ? "warn" : "good", words: t(instead ? "fate.agent.else" : "fate.agent", { agent: used.agent }) + span, timed: Boolean(span) };
  }
  if (used.step === "drop") return { state: "none", words: t("fate.drop") };
  if (state === "running") return { state: "busy", words: t("fate.reply.running") };
  if (!instead) return { state: "good", words: t("fate.reply") + span, timed: Boolean(span) };
  return { state: "warn", words: t(found(chain[0])?.state === "limited" ? "fate.reply.full" : "fate.reply.else") + span, timed: Boolean(span) };
}

/** What is to be said besides: an agent's answer that came too late, and why a message is dead where no step says why. */
export function besides(decision, outcomes) {
  const language = currentLanguage();
  const said = new Set(outcomes.filter((each) => each.step).map((each) => each.reason?.[language]));
  const shown = new Set((decision.steps ?? []).flatMap((step) => [step, ...(step.else ?? [])]).map((step) => `${step.rule} ${step.position}`));
  return outcomes.flatMap(({ kind, rule, step, reason }) => {
    const why = reason?.[language] ?? "";
    if (kind === "late") return [{ kind, words: t("outcome.late", { rule, step }) }];
    if (kind === "dead" && why && !said.has(why)) return [{ kind, words: t("outcome.dead", { why }) }];
    if (["failed", "limited"].includes(kind) && !shown.has(`${rule} ${step}`)) return [{ kind, words: t(`outcome.${kind}`, { rule, step, why }) }];
    return [];
  });
}
