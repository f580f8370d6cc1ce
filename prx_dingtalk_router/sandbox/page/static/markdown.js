// DingTalk's subset of Markdown as DOM nodes (protocol/dingtalk-stream.md section 7): headings 1-6, quote, bold, italic,
// link, image, ordered and unordered list. Everything else, HTML above all, stays the text that it is.

import { h } from "./dom.js";
import { t } from "./language.js";

const BLOCK = /^\s{0,3}(?:(#{1,6})\s+(.*)|(>)\s?(.*)|([-*+])\s+(.*)|(\d{1,9})[.)]\s+(.*))$/;
const DEEPEST = 8;

/**
 * The nodes that a text in Markdown is shown as.
 *
 * @param {string} source what the robot sent.
 * @param {(id: string) => Node | null} mention makes the node of `@id`, or null when nobody of that id is called.
 */
export function markdown(source, mention = () => null) {
  return blocks(String(source).replace(/\r\n?/g, "\n").split("\n"), mention, 0);
}

/** A text as it is, with line breaks, links and mentions: how DingTalk shows a `text` message. */
export function plain(source, mention = () => null) {
  return String(source)
    .split("\n")
    .flatMap((line, index) => [...(index ? [h("br")] : []), ...inline(line, mention, DEEPEST)]);
}

/** What of this text DingTalk does not draw: `code` for fences, `table` for tables. */
export function undrawn(source) {
  const found = [];
  if (/^\s{0,3}```/m.test(source)) found.push("code");
  if (/^\s*\|.*\|\s*\n\s*\|?[\s:|-]*-[\s:|-]*$/m.test(source)) found.push("table");
  return found;
}

function blocks(lines, mention, depth) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at];
    const match = BLOCK.exec(line);
    if (!line.trim()) {
      at += 1;
    } else if (match?.[1]) {
      nodes.push(h(`h${match[1].length}`, {}, inline(match[2].trim(), mention, 0)));
      at += 1;
    } else if (match?.[3]) {
      const [inner, next] = take(lines, at, 4, (each) => each?.[3]);
      nodes.push(h("blockquote", {}, depth < DEEPEST ? blocks(inner, mention, depth + 1) : inner.join(" ")));
      at = next;
    } else if (match?.[5]) {
      const [items, next] = take(lines, at, 6, (each) => each?.[5]);
      nodes.push(h("ul", {}, items.map((item) => h("li", {}, inline(item.trim(), mention, 0)))));
      at = next;
    } else if (match?.[7]) {
      const [items, next] = take(lines, at, 8, (each) => each?.[7]);
      nodes.push(h("ol", { start: match[7] }, items.map((item) => h("li", {}, inline(item.trim(), mention, 0)))));
      at = next;
    } else {
      const start = at;
      while (at < lines.length && lines[at].trim() && !BLOCK.test(lines[at])) at += 1;
      nodes.push(h("p", {}, paragraph(lines.slice(start, at), mention)));
    }
  }
  return nodes;
}

/** The texts of the consecutive lines that `wanted` accepts, and the number of the first line after them. */
function take(lines, start, group, wanted) {
  const texts = [];
  let at = start;
  for (; at < lines.length; at += 1) {
    const match = BLOCK.exec(lines[at]);
    if (!wanted(match)) break;
    texts.push(match[group]);
  }
  return [texts, at];
}

/** A line break is one only after two blanks; otherwise the lines run on, as they do in DingTalk. */
function paragraph(lines, mention) {
  return lines.flatMap((line, index) => {
    const last = index === lines.length - 1;
    const broken = / {2}$/.test(line) ? h("br") : " ";
    return [...inline(line.trim(), mention, 0), ...(last ? [] : [broken])];
  });
}

const INLINE = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-\x60{-~])`,
    String.raw`!\[(?<alt>[^\]\n]{0,300})\]\((?<source>(?:[^()\s]|\([^()\s]*\)){0,2000})\)`,
    String.raw`\[(?<label>[^\]\n]{1,1000})\]\((?<target>(?:[^()\s]|\([^()\s]*\)){1,2000})\)`,
    String.raw`\*\*(?<bold>[^\n]{1,4000}?)\*\*`,
    String.raw`\*(?<italic>[^*\s](?:[^*\n]{0,2000}[^*\s])?)\*`,
    String.raw`(?<bare>https?://[^\s<>"'，。；、）)】]{1,2000})`,
    String.raw`@(?<mention>[^\s@，。；：、（）()!！?？]{1,80})`,
  ].join("|"),
  "gu",
);

/** At `DEEPEST` only links and mentions are recognised: that is how plain texts are shown. */
function inline(source, mention, depth) {
  const nodes = [];
  let written = "";
  const flush = () => {
    if (written) nodes.push(document.createTextNode(written));
    written = "";
  };
  let from = 0;
  for (const match of source.matchAll(INLINE)) {
    written += source.slice(from, match.index);
    from = match.index + match[0].length;
    const made = token(match, mention, depth);
    if (made === null) {
      written += match[0];
    } else if (typeof made === "string") {
      written += made;
    } else {
      flush();
      nodes.push(...[made].flat());
    }
  }
  written += source.slice(from);
  flush();
  return nodes;
}

function token(match, mention, depth) {
  const { escaped, alt, source, label, target, bold, italic, bare, mention: who } = match.groups;
  if (who !== undefined) return called(who, mention);
  if (bare !== undefined) return link(bare, [bare]);
  if (depth >= DEEPEST) return null;
  if (escaped !== undefined) return escaped;
  if (source !== undefined) return image(alt, source);
  if (target !== undefined) return link(target, inline(label, mention, depth + 1));
  if (bold !== undefined) return h("strong", {}, inline(bold, mention, depth + 1));
  return h("em", {}, inline(italic, mention, depth + 1));
}

/** A mention may be followed by text without a blank: the longest id that somebody has wins. */
function called(text, mention) {
  const letters = [...text];
  for (let length = letters.length; length > 0; length -= 1) {
    const node = mention(letters.slice(0, length).join(""));
    if (node) return [node, ...(length < letters.length ? [document.createTextNode(letters.slice(length).join(""))] : [])];
  }
  return null;
}

/** Only http, https and DingTalk's own scheme can be followed; any other target is shown, not linked. */
function link(target, label) {
  if (!/^(?:https?|dingtalk):\/\//i.test(target)) return h("span", { class: "dead-link", title: target }, label);
  return h("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, label);
}

/** Pictures are placeholders: the page loads nothing from anywhere. */
function image(alt, source) {
  return h("span", { class: "picture", role: "img", "aria-label": alt || t("line.picture"), title: source }, alt || t("line.picture"));
}
