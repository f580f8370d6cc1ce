// Times and spans in words, by the time zone of the rules; and the clock that pretends.

import { currentLanguage, t } from "./language.js";

const WHOLE = { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", second: "2-digit" };
const WEEKDAY = { weekday: "short", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" };

let zone;

/** Sets the time zone of everything rendered from now on; without one it is that of this computer. */
export function useZone(name) {
  zone = name ?? undefined;
}

/** The time zone in which times are shown. */
export function zoneName() {
  return zone ?? new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function formatted(at, how) {
  return new Intl.DateTimeFormat(currentLanguage() === "zh" ? "zh-CN" : "en-GB", { hourCycle: "h23", timeZone: zone, ...how }).format(at);
}

/** Hours and minutes of a time in Unix milliseconds, before them the day unless it is today. */
export function clock(at, { seconds = false } = {}) {
  const today = wall(at).slice(0, 10) === wall(Date.now()).slice(0, 10);
  return formatted(at, { ...(today ? {} : { month: "short", day: "numeric" }), hour: "2-digit", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}) });
}

/** Day, month, year and seconds, too. */
export function wholeTime(at) {
  return formatted(at, WHOLE);
}

/** With the day of the week, which is what rules go by. */
export function weekdayTime(at) {
  return formatted(at, WEEKDAY);
}

/** A span in milliseconds, in words: milliseconds below a second, seconds with one decimal from there, then minutes. */
export function lasting(span) {
  const ms = Math.max(0, Math.round(span));
  if (ms < 1000) return t("turn.milliseconds", { ms });
  if (ms < 60_000) return t("turn.seconds", { seconds: (ms / 1000).toFixed(1) });
  return t("turn.minutes", { minutes: Math.floor(ms / 60_000), seconds: Math.floor((ms % 60_000) / 1000) });
}

/** What a clock on the wall shows at a time, as `2026-11-29T20:00`. */
export function wall(at) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", { timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" }).formatToParts(at).map(({ type, value }) => [type, value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
}

/** The time at which a clock on the wall shows `2026-11-29T20:00`; NaN for what is no time. */
export function timeOf(shown) {
  const utc = Date.parse(`${shown}Z`);
  // A zone's distance from UTC is that of the very time; near a change of the clocks the second guess is the right one.
  const distance = (at) => Date.parse(`${wall(at)}Z`) - at;
  if (Number.isNaN(utc)) return utc;
  const guess = utc - distance(utc);
  return utc - distance(guess);
}

/** The next time, from now on, at which a weekday (0 = Sunday) has this hour and minute. */
export function next(weekday, hour, minute) {
  const today = wall(Date.now()).slice(0, 10);
  for (let days = 0; days < 8; days += 1) {
    const day = new Date(Date.parse(`${today}T00:00Z`) + days * 86_400_000);
    const at = timeOf(`${day.toISOString().slice(0, 10)}T${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
    if ((weekday === null || day.getUTCDay() === weekday) && at > Date.now()) return at;
  }
  return NaN;
}

/** A clock that may be set to another time and goes on from there; this tab remembers it over a reload. */
export class PretendedClock {
  constructor(tab) {
    this.tab = tab;
    const shift = Number(tab.get("clock") || NaN);
    this.shift = Number.isFinite(shift) ? shift : null;
  }

  /** What it shows, or null while it does not pretend. */
  get now() {
    return this.shift === null ? null : Date.now() + this.shift;
  }

  set(at) {
    this.shift = at - Date.now();
    this.tab.set("clock", String(this.shift));
  }

  clear() {
    this.shift = null;
    this.tab.set("clock", "");
  }
}
