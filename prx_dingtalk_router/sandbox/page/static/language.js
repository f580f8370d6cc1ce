// The language of the page, and its sentences with their fields filled in.

import { STRINGS } from "./strings.js";

let language = "zh";

/** The language in which the page speaks: `zh` or `en`. */
export function currentLanguage() {
  return language;
}

/** Sets the language of everything rendered from now on. */
export function useLanguage(chosen) {
  language = chosen in STRINGS ? chosen : "en";
}

/** The language that the browser asks for: Chinese for any `zh…`, English otherwise. */
export function languageOf(locale) {
  return String(locale ?? "").toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** The sentence of a key with its fields filled in. */
export function t(key, fields = {}) {
  const sentence = STRINGS[language][key];
  if (sentence === undefined) throw new Error(`no string for ${key}`);
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in fields ? String(fields[name]) : whole));
}

/** What is told in both languages, in that of the page. */
export function inLanguage(told) {
  return told?.[language] ?? told?.en ?? "";
}

/** Whether there is a sentence for a key. */
export function has(key) {
  return key in STRINGS[language];
}
