// Writing a message: its type, its text, whom it mentions and what it quotes.

import { append, h, icon, iconButton } from "./dom.js";
import { PICTURE_MARK, summary } from "./bubble.js";
import { t } from "./language.js";
import { Preview } from "./preview.js";
import { weekdayTime } from "./times.js";

const PRIVATE = ["text", "richText", "picture", "audio", "file", "video"];
const GROUP = ["text", "richText", "picture"];
const WORDLESS = new Set(["picture", "video"]);

/**
 * The box at the foot of a pane.
 *
 * @param {object} pane the pane whose draft, type and quote are edited.
 * @param {object} context `store`, `conversation`, and `onSay(said)` and `onPreview(said)` which return promises.
 */
export function composer(pane, { store, conversation, onSay, onPreview }) {
  const group = conversation.kind === "group";
  const types = group ? GROUP : PRIVATE;
  if (!types.includes(pane.type)) pane.type = "text";
  const problem = h("p", { class: "problem", role: "alert" });
  const box = h("textarea", {
    class: "words-box",
    rows: "1",
    "aria-label": t("compose.label"),
    enterkeyhint: "send",
    on: { input: () => changed(), keydown: (event) => key(event) },
  });
  const tools = h("div", { class: "tools", role: "radiogroup", "aria-label": t("compose.type") });
  const inserts = h("div", { class: "inserts" });
  const quote = h("div", { class: "quote-slot" });
  const call = h("button", { type: "button", class: "call", "aria-pressed": String(pane.called), title: t("compose.call"), on: { click: () => toggleCall() } }, `@${store.robot.name}`);
  const foot = h("p", { class: "compose-hint" });
  const nameOf = (key) => store.people.get(key)?.nick ?? key;
  const preview = new Preview({ ask: onPreview, write: () => (isEmpty(box.value) ? null : written(box.value, pane.type)), context: () => ({ sender: nameOf(pane.person), nameOf }), onClose: () => togglePreview(false) });
  const look = h("button", { type: "button", class: "icon-button look", "aria-pressed": "false", "aria-label": t("preview.open"), title: `${t("preview.open")} (Ctrl+Enter)`, on: { click: () => togglePreview(!pane.preview) } }, icon("preview"));
  const element = h(
    "form",
    { class: "composer", on: { submit: (event) => (event.preventDefault(), send()) } },
    preview.element,
    quote,
    h("div", { class: "toolbar" }, tools, inserts),
    problem,
    h("div", { class: "write" }, group && call, box, look, h("button", { type: "submit", class: "send", "aria-label": t("compose.send") }, icon("send"))),
    foot,
  );

  function toggleCall() {
    pane.called = !pane.called;
    call.setAttribute("aria-pressed", String(pane.called));
    draw();
    box.focus();
  }

  function togglePreview(shown) {
    pane.preview = shown;
    drawPreview();
    box.focus();
  }

  function drawPreview() {
    look.hidden = !store.rules.explains;
    look.setAttribute("aria-pressed", String(pane.preview));
    preview.show(pane.preview && store.rules.explains);
  }

  function changed() {
    pane.draft = box.value;
    problem.textContent = "";
    grow();
    preview.later();
  }

  function grow() {
    box.style.height = "auto";
    // Nothing has a height while the list is shown in the place of the pane.
    if (box.scrollHeight) box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
  }

  function key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (store.rules.explains) togglePreview(true);
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape" && pane.quote) {
      event.preventDefault();
      quoteLine(null);
    } else if (event.key === "ArrowUp" && !box.value && pane.last) {
      event.preventDefault();
      write(pane.last);
    }
  }

  function write(text) {
    box.value = text;
    changed();
    box.setSelectionRange(text.length, text.length);
  }

  function insert(text) {
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    changed();
    box.focus();
  }

  let underway = false;

  function isEmpty(text, type = pane.type) {
    return !WORDLESS.has(type) && type !== "audio" && !text.trim();
  }

  /** What is asked of the sandbox for a message. */
  function written(text, type) {
    const said = { type, text: text.trim() };
    if (type === "file") Object.assign(said, { file_name: said.text, text: "" });
    if (WORDLESS.has(type)) said.text = "";
    said.mentions = mentioned(text, conversation, store);
    if (type === "richText") said.text = rich(text, said.mentions, store);
    said.at_robot = pane.called;
    if (pane.quote) said.quote = pane.quote.msg_id;
    const at = store.clock.now;
    if (at !== null) said.at = Math.round(at);
    return said;
  }

  async function send(text = box.value, type = pane.type) {
    if (underway) return;
    if (isEmpty(text, type)) {
      problem.textContent = t("compose.nothing");
      return;
    }
    const said = written(text, type);
    const count = [...(said.file_name || said.text)].length;
    if (count > store.longest) {
      problem.textContent = t("compose.long", { count, limit: store.longest });
      return;
    }
    underway = true;
    try {
      await onSay(said);
      problem.textContent = "";
      pane.last = text;
      pane.type = "text";
      quoteLine(null);
      if (box.value === text || WORDLESS.has(type)) write("");
      draw();
    } catch (error) {
      problem.textContent = t("compose.refused", { why: error.message === "closed" ? t("compose.offline") : error.message });
    } finally {
      underway = false;
    }
  }

  function quoteLine(line) {
    pane.quote = line;
    quote.replaceChildren();
    preview.later();
    if (!line) return;
    append(quote, h("div", { class: "quoted" }, h("b", {}, t("line.quoting", { name: line.author === "robot" ? store.robot.name : line.name })), h("span", { class: "quoted-text" }, summary(line, store)), iconButton("close", t("line.unquote"), () => (quoteLine(null), box.focus()))));
    box.focus();
  }

  function choose(type) {
    pane.type = type;
    draw();
    (WORDLESS.has(type) ? element.querySelector(".send") : box).focus();
  }

  function draw() {
    tools.replaceChildren(
      ...types.map((type) =>
        h("button", { type: "button", role: "radio", class: "tool", "aria-checked": String(pane.type === type), tabindex: pane.type === type ? "0" : "-1", title: t(`compose.${type}`), on: { click: () => choose(type), keydown: (event) => step(event, type) } }, icon(type), h("span", { class: "tool-name" }, t(`compose.${type}`))),
      ),
    );
    box.placeholder = t(`compose.placeholder.${pane.type}`, { robot: store.robot.name });
    box.disabled = WORDLESS.has(pane.type);
    drawHint();
    preview.later();
    inserts.replaceChildren();
    if (pane.type === "richText") append(inserts, [h("button", { type: "button", class: "insert", on: { click: () => insert(t("compose.picture.mark")) } }, t("compose.insert.picture"))]);
    if (group && pane.type !== "picture") append(inserts, [people()]);
  }

  function drawHint() {
    const at = store.clock.now;
    foot.classList.toggle("compose-hint-pretended", at !== null);
    foot.textContent = group && !pane.called ? t("compose.hint.uncalled") : at !== null ? t("compose.hint.pretended", { time: weekdayTime(at) }) : t("compose.hint");
  }

  function step(event, type) {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    pane.type = types[(types.indexOf(type) + by + types.length) % types.length];
    draw();
    tools.querySelector("[aria-checked=true]").focus();
  }

  function people() {
    const others = conversation.members.filter((key) => key !== pane.person && store.people.has(key)).map((key) => store.people.get(key));
    const select = h("select", { class: "insert", "aria-label": t("compose.insert.mention") }, h("option", { value: "" }, t("compose.insert.mention")), others.map((person) => h("option", { value: person.nick }, person.nick)));
    select.addEventListener("change", () => {
      if (select.value) insert(`@${select.value} `);
      select.value = "";
    });
    return select;
  }

  draw();
  box.value = pane.draft;
  drawPreview();
  requestAnimationFrame(grow);
  if (pane.quote) quoteLine(pane.quote);
  return { element, focus: () => box.focus(), grow, quote: quoteLine, say: (text) => send(text, "text"), box, drawHint, drawPreview };
}

/** The people of the conversation whose `@name` the text holds, by key. */
function mentioned(text, conversation, store) {
  return conversation.members.filter((key) => store.people.has(key) && text.includes(`@${store.people.get(key).nick}`));
}

/** A richText message holds its mentions beside the text, and `![]` where a picture stands. */
function rich(text, mentions, store) {
  const names = mentions.map((key) => `@${store.people.get(key).nick}`);
  const without = names.reduce((rest, name) => rest.replaceAll(`${name} `, "").replaceAll(name, ""), text);
  return without.replace(/\[(?:图片|picture)\]/g, PICTURE_MARK).trim();
}
