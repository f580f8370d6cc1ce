// What the page knows, and who wants to hear of changes. No drawing here.

import { PretendedClock } from "./times.js";

const EVENTS = 60;
const HEARTBEATS = 20;

/** The kind of event that a beating heart makes. */
export const HEARTBEAT = "PingAnswered";

/** Lines, decisions and turns by their ids, and what this window has open. */
export class Store {
  /** `kept` is what the browser remembers, `tab` what this tab remembers over a reload. */
  constructor(kept, tab) {
    this.clock = new PretendedClock(tab);
    this.rules = { zone: null, explains: false, refused: null };
    this.kept = kept;
    this.tab = tab;
    this.listeners = new Map();
    this.robot = { name: "", code: "" };
    this.people = new Map();
    this.conversations = new Map();
    this.lines = new Map();
    this.byMessage = new Map();
    this.decisions = new Map();
    this.receipts = new Map();
    this.outcomes = new Map();
    this.reactions = new Map();
    this.turns = new Map();
    this.events = [];
    this.faults = [];
    this.suggestions = [];
    this.longest = Infinity;
    this.connections = 0;
    this.backlog = [];
    this.live = false;
    this.me = tab.get("me") ?? kept.get("me");
    this.panes = [];
    this.views = new Map();
    this.active = 0;
    this.unread = new Map();
    this.opened = new Set();
  }

  /** Calls `listener` with the detail of each `topic`. */
  on(topic, listener) {
    if (!this.listeners.has(topic)) this.listeners.set(topic, []);
    this.listeners.get(topic).push(listener);
  }

  emit(topic, detail) {
    for (const listener of this.listeners.get(topic) ?? []) listener(detail);
  }

  /** Takes one message of the server; see `view.py` for their shapes. */
  take(message) {
    const taken = {
      snapshot: () => this.#snapshot(message),
      people: () => this.#peopleChanged(message),
      rules: () => {
        this.rules = message.rules;
        this.emit("rules");
      },
      backlog: () => {
        this.backlog = message.backlog;
        this.emit("backlog");
      },
      line: () => this.#line(message.line),
      decision: () => {
        this.decisions.set(message.msg_id, message.decision);
        this.emit("message", message.msg_id);
      },
      receipt: () => {
        this.receipts.set(message.msg_id, message.receipt);
        this.emit("message", message.msg_id);
      },
      outcomes: () => {
        this.outcomes.set(message.msg_id, message.outcomes);
        this.emit("message", message.msg_id);
      },
      reactions: () => {
        this.reactions.set(message.msg_id, message.reactions);
        this.emit("reactions", message.msg_id);
      },
      vanished: () => this.#vanished(message),
      turn: () => this.#turn(message.turn),
      connections: () => {
        this.connections = message.count;
        this.emit("connections");
      },
      faults: () => {
        this.faults = message.faults;
        this.emit("faults");
      },
      event: () => {
        this.#keepEvent(message.event);
        this.emit("event", message.event);
      },
    }[message.type];
    taken?.();
  }

  #snapshot(message) {
    this.robot = message.robot;
    this.suggestions = message.suggestions;
    this.longest = message.longest;
    this.connections = message.connections;
    this.backlog = message.backlog;
    this.faults = message.faults;
    this.events = message.events;
    this.rules = message.rules;
    this.lines.clear();
    this.byMessage.clear();
    this.decisions = new Map(Object.entries(message.decisions));
    this.receipts = new Map(Object.entries(message.receipts));
    this.outcomes = new Map(Object.entries(message.outcomes));
    this.reactions = new Map(Object.entries(message.reactions));
    this.turns = new Map(message.turns.map((turn) => [turn.id, turn]));
    this.#people(message);
    for (const line of message.lines) this.#keep(line);
    if (!this.views.size) this.#recall();
    for (const view of this.views.values()) view.quote = this.byMessage.get(view.quote?.msg_id) ?? null;
    this.#settle();
    this.emit("everything");
  }

  /** Lets go of panes of people and conversations that are gone. */
  #settle() {
    if (!this.people.has(this.me)) this.me = [...this.people.keys()][0] ?? null;
    this.panes = this.panes.filter((pane) => this.people.has(pane.person) && this.conversations.get(pane.conversation)?.members.includes(pane.person));
    if (!this.panes.length && this.me) this.panes = [this.pane(this.me, this.mine(this.me)[0]?.id)];
    this.active = Math.max(0, Math.min(this.active, this.panes.length - 1));
  }

  /** How many faults are on, of all simulators. */
  get faultsOn() {
    return this.faults.reduce((sum, group) => sum + group.knobs.filter((knob) => knob.value !== knob.default).length, 0);
  }

  /** Keeps what this tab has open and half written for a reload. */
  remember() {
    if (!this.views.size) return;
    const views = [...this.views.values()];
    const open = this.panes.map((pane) => views.indexOf(pane));
    this.tab.set("me", this.me);
    this.tab.set("open", JSON.stringify({ open, active: this.active, views: views.map(({ quote, ...view }) => ({ ...view, quoted: quote?.msg_id ?? null })) }));
  }

  #recall() {
    try {
      const { open, active, views } = JSON.parse(this.tab.get("open"));
      for (const { quoted, ...view } of views) Object.assign(this.pane(view.person, view.conversation), view, { quote: this.byMessage.get(quoted) ?? null });
      this.panes = open.map((index) => this.pane(views[index].person, views[index].conversation));
      this.active = active;
    } catch {
      // Nothing kept, or by another version of the page.
    }
  }

  #people(message) {
    this.people = new Map(message.people.map((person) => [person.key, person]));
    this.conversations = new Map(message.conversations.map((each) => [each.id, each]));
  }

  #peopleChanged(message) {
    this.#people(message);
    this.#settle();
    this.emit("everything");
    this.emit("people");
  }

  /** Heartbeats are kept apart: soon they would push out everything else. */
  #keepEvent(event) {
    const beats = this.events.filter((each) => each.event === HEARTBEAT);
    const others = this.events.filter((each) => each.event !== HEARTBEAT);
    (event.event === HEARTBEAT ? beats : others).unshift(event);
    this.events = [...others.slice(0, EVENTS), ...beats.slice(0, HEARTBEATS)];
  }

  #keep(line) {
    if (!this.lines.has(line.conversation)) this.lines.set(line.conversation, []);
    this.lines.get(line.conversation).push(line);
    if (line.msg_id) this.byMessage.set(line.msg_id, line);
  }

  #line(line) {
    this.#keep(line);
    const seen = this.panes.some((pane) => pane.conversation === line.conversation);
    for (const person of (!seen && line.author === "robot" && this.conversations.get(line.conversation)?.members) || []) {
      const key = `${person} ${line.conversation}`;
      this.unread.set(key, (this.unread.get(key) ?? 0) + 1);
    }
    this.emit("line", line);
    this.emit("list");
  }

  /** A recalled line is gone from its conversation, as if nobody had ever seen it. */
  #vanished({ msg_id: msgId, conversation }) {
    this.byMessage.delete(msgId);
    const lines = this.lines.get(conversation) ?? [];
    this.lines.set(conversation, lines.filter((line) => line.msg_id !== msgId));
    for (const view of this.views.values()) if (view.quote?.msg_id === msgId) view.quote = null;
    this.emit("vanished", msgId);
    this.emit("list");
  }

  #turn(turn) {
    this.turns.set(turn.id, turn);
    this.emit("turn", turn);
    if (turn.msg_id) this.emit("message", turn.msg_id);
  }

  /** A pane that shows `conversation` as `person` sees it; what is being written stays with it. */
  pane(person, conversation) {
    const key = `${person} ${conversation}`;
    if (!this.views.has(key)) this.views.set(key, { person, conversation, draft: "", type: "text", quote: null, called: true, preview: false });
    return this.views.get(key);
  }

  /** The conversations of a person: the private chat first, then groups. */
  mine(person) {
    return [...this.conversations.values()]
      .filter((each) => each.members.includes(person))
      .sort((a, b) => (a.kind === b.kind ? 0 : a.kind === "private" ? -1 : 1));
  }

  /** What a conversation is called in lists: the group's title, or the robot's name. */
  title(conversation) {
    return conversation.kind === "private" ? this.robot.name : conversation.title;
  }

  /** What went otherwise than decided about a message, in its order. */
  outcomesOf(msgId) {
    return this.outcomes.get(msgId) ?? [];
  }

  /** The turns that agents ran for a message, in the order in which they began. */
  turnsOf(msgId) {
    return [...this.turns.values()].filter((turn) => turn.msg_id === msgId).sort((a, b) => a.started - b.started);
  }

  /** Opens a conversation in the active pane, or in a new one beside it. */
  open(person, conversation, { beside = false } = {}) {
    this.unread.delete(`${person} ${conversation}`);
    const there = this.panes.findIndex((pane) => pane.person === person && pane.conversation === conversation);
    if (there >= 0) {
      this.active = there;
    } else if (beside || !this.panes.length) {
      this.panes.splice(this.active + 1, 0, this.pane(person, conversation));
      this.active = Math.min(this.active + 1, this.panes.length - 1);
    } else {
      this.panes[this.active] = this.pane(person, conversation);
    }
    this.emit("panes");
    this.emit("list");
  }

  close(index) {
    this.panes.splice(index, 1);
    this.active = Math.max(0, Math.min(this.active, this.panes.length - 1));
    this.emit("panes");
    this.emit("list");
  }

  activate(index) {
    if (this.active === index) return;
    this.active = index;
    this.emit("active");
    this.become(this.panes[index].person);
  }

  /** Whose conversations are listed: the one who speaks in the active pane. */
  become(person) {
    this.me = person;
    this.kept.set("me", person);
    this.emit("list");
  }
}

/** What a window remembers between visits; a browser that forbids it only forgets. */
export function kept(storage) {
  return {
    get(name) {
      try {
        return storage().getItem(`prx-sandbox.${name}`);
      } catch {
        return null;
      }
    },
    set(name, value) {
      try {
        storage().setItem(`prx-sandbox.${name}`, value);
      } catch {
        // Private windows may refuse; nothing depends on it.
      }
    },
  };
}
