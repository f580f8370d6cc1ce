// One line of a conversation: who said it, and the bubble as DingTalk would show it.

import { h, icon, iconButton } from "./dom.js";
import { markdown, plain, undrawn } from "./markdown.js";
import { t } from "./language.js";
import { clock, weekdayTime, wholeTime } from "./times.js";

const TINTS = 8;

/** Stands for a picture in the text of a richText message. */
export const PICTURE_MARK = "![]";

/** The square with the last characters of a name, as DingTalk draws people without a photo. */
export function avatar(name, { robot = false, group = false } = {}) {
  if (robot) return h("span", { class: "avatar avatar-robot", "aria-hidden": "true" }, icon("robot"));
  if (group) return h("span", { class: "avatar avatar-group", "aria-hidden": "true" }, icon("group"));
  const letters = [...name.replace(/[\s（(].*$/u, "")];
  const han = /\p{Script=Han}/u.test(name);
  const short = han ? letters.slice(-2).join("") : letters.slice(0, 2).join("");
  const tint = [...name].reduce((sum, letter) => (sum * 37 + letter.codePointAt(0)) % 9973, 7) % TINTS;
  return h("span", { class: `avatar tint-${tint}`, "aria-hidden": "true" }, short);
}

/** A text in Markdown without its marks, on one line. */
export function unmarked(text) {
  return text
    .replaceAll(PICTURE_MARK, `[${t("line.picture")}]`)
    .replace(/!?\[([^\]\n]*)\]\((?:[^()\n]|\([^()\n]*\))*\)/gu, "$1")
    .replace(/^\s{0,3}(?:#{1,6}\s+|>\s?|[-*+]\s+)/gmu, "")
    .replace(/\*\*|`/gu, "")
    .replace(/\*(\S(?:[^*\n]*\S)?)\*/gu, "$1")
    .replace(/\s+/gu, " ")
    .trim();
}

/** What of a line fits on one line of a list or a quote. */
export function summary(line, store) {
  const named = {
    picture: t("line.picture"),
    audio: t("line.audio"),
    video: t("line.video"),
    file: t("line.file"),
  }[line.type];
  const written = String(line.text || line.title || line.file_name || "");
  const words = line.author === "robot" && (line.markdown || !["text", "link"].includes(line.type)) ? unmarked(written) : written.replaceAll(PICTURE_MARK, `[${t("line.picture")}]`).replace(/\s+/gu, " ").trim();
  const called = (line.mentions ?? []).reduce((text, id) => text.replaceAll(`@${id}`, `@${store.people.get(id)?.nick ?? id}`), words);
  return [named ? `[${named}]` : "", called].filter(Boolean).join(" ");
}

/**
 * The row of a line without its decision.
 *
 * @param {object} line see `view.py`.
 * @param {object} context `own` (said by the pane's person), `store`, `onQuote(line)`, and `after`: the id of the
 *   person's message above it. A robot's line that answers another one says so.
 */
export function bubble(line, { own, store, onQuote, after }) {
  const robot = line.author === "robot";
  const who = robot ? store.robot.name : line.name;
  const person = store.people.get(line.person);
  const named = h(
    "div",
    { class: "who" },
    h("span", { class: "who-name" }, who),
    robot && h("span", { class: "tag tag-robot" }, t("line.robot")),
    person?.external && h("span", { class: "tag tag-external" }, t("me.external")),
    time(line, store),
  );
  const quote = line.msg_id && onQuote && iconButton("quote", t("line.quote"), () => onQuote(line), { class: "icon-button quote-button", tabindex: "-1" });
  return h(
    "div",
    { class: `line ${own ? "line-own" : ""} ${robot ? "line-robot" : ""}` },
    avatar(who, { robot }),
    h("div", { class: "said" }, named, robot && line.in_reply_to !== after && answers(line, store), h("div", { class: "bubble-row" }, h("div", { class: "bubble" }, quoted(line, store), body(line, store)), quote), chips(line.msg_id, store), hint(line)),
  );
}

/** When a line says that it was written; an answer to a message of a pretended time is of that time, too. */
function time(line, store) {
  const pretended = line.pretended || (line.in_reply_to && store.byMessage.get(line.in_reply_to)?.pretended) || 0;
  const at = line.pretended ? line.at : line.at + pretended;
  const title = pretended ? `${wholeTime(at)} (${t("line.pretended", { time: wholeTime(at - pretended) })})` : wholeTime(at);
  return h("time", { datetime: new Date(at).toISOString(), title, class: pretended ? "pretended" : null }, pretended ? weekdayTime(at) : clock(at));
}

/** The reactions that are seen below a message; nothing of it is drawn while there are none. */
export function chips(msgId, store) {
  const names = store.reactions.get(msgId) ?? [];
  return h("div", { class: "chips" }, names.map((name) => h("span", { class: "chip", title: t("line.reaction", { name: store.robot.name }) }, name)));
}

function answers(line, store) {
  const question = store.byMessage.get(line.in_reply_to);
  return question ? h("p", { class: "answers" }, t("line.answers", { name: question.name, text: summary(question, store) })) : null;
}

function quoted(line, store) {
  if (!line.quote) return null;
  const original = store.byMessage.get(line.quote);
  const name = original ? (original.author === "robot" ? store.robot.name : original.name) : "";
  return h("div", { class: "quoted" }, name && h("b", {}, `${name} `), original ? summary(original, store) : line.quote);
}

/** Makes the node of `@id` for the people that a line calls out, for the robot, and for `all`. */
export function mentions(line, store) {
  return (id) => {
    if (id === store.robot.name) return h("span", { class: "mention" }, `@${id}`);
    if (!line.mentions?.includes(id)) {
      const named = line.mentions?.find((key) => store.people.get(key)?.nick === id);
      return named ? h("span", { class: "mention", title: named }, `@${id}`) : null;
    }
    return h("span", { class: "mention", title: id }, `@${store.people.get(id)?.nick ?? id}`);
  };
}

function body(line, store) {
  const mention = mentions(line, store);
  const robotCalled = line.author === "person" && line.addressed && store.conversations.get(line.conversation)?.kind === "group" && ["text", "richText", "picture"].includes(line.type);
  const call = robotCalled ? [h("span", { class: "mention" }, `@${store.robot.name}`), " "] : [];
  switch (line.type) {
    case "text":
      return line.markdown ? prose(line.text, mention) : h("div", { class: "words" }, call, plain(line.text.trim(), mention));
    case "markdown":
      return prose(line.text, mention);
    case "richText":
      return h("div", { class: "words" }, call, pieces(line, mention));
    case "picture":
      return h("div", { class: "words" }, call, photo());
    case "audio":
      return h("div", { class: "media" }, h("span", { class: "media-head" }, icon("audio"), t("line.audio")), h("p", {}, line.text ? plain(line.text) : t("line.audio.silent")));
    case "video":
      return h("div", { class: "media" }, h("span", { class: "photo photo-video", role: "img", "aria-label": t("line.video") }, icon("video")));
    case "file":
      return h("div", { class: "media media-file" }, icon("file"), h("span", {}, line.file_name || line.text || t("line.file")));
    case "actionCard":
    case "feedCard":
    case "link":
      return card(line, mention);
    default:
      return line.text ? prose(line.text, mention) : h("div", { class: "words faint" }, t("line.unknown", { type: line.type }));
  }
}

function prose(text, mention) {
  return h("div", { class: "prose" }, markdown(text, mention));
}

/** A richText message: `![]` in its text stands for the next picture, the rest of the pictures follow. */
function pieces(line, mention) {
  const texts = line.text.split(PICTURE_MARK);
  const pictures = Math.max(texts.length - 1, line.pictures?.length ?? 0);
  return [...Array(Math.max(texts.length, pictures)).keys()].map((index) => [
    texts[index] ? plain(texts[index], mention) : null,
    index < pictures ? photo() : null,
  ]);
}

function photo() {
  return h("span", { class: "photo", role: "img", "aria-label": t("line.picture") }, icon("picture"));
}

function card(line, mention) {
  const buttons = (line.buttons ?? []).map((button) => {
    const label = button.title ?? button.label ?? "";
    const url = button.url ?? button.actionURL ?? button.messageURL ?? "";
    if (!/^https?:\/\//i.test(url)) return h("span", { class: "card-button", title: url }, label);
    return h("a", { class: "card-button", href: url, target: "_blank", rel: "noopener noreferrer" }, label);
  });
  return h("div", { class: "card" }, line.type === "link" && h("b", { class: "card-title" }, line.title), line.text && prose(line.text, mention), h("div", { class: "card-buttons" }, buttons));
}

function hint(line) {
  if (line.author !== "robot" || !(line.markdown || line.type === "markdown")) return null;
  const missing = undrawn(line.text ?? "");
  return missing.length ? h("p", { class: "hint" }, missing.map((what) => t(`line.hint.${what}`)).join(" · ")) : null;
}
