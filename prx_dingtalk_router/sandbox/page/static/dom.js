// Building elements. Text only ever becomes a text node; nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element. `props` holds attributes; `class`, `on` (event listeners by name) and `data` (data attributes) are
 * special, and a value of null, undefined or false leaves the attribute out.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name === "value") {
      element.value = value;
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  append(element, children);
  return element;
}

/** Appends nodes and texts; null, undefined and false are left out, lists are flattened. */
export function append(parent, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return parent;
}

/** A button with an icon and a name for those who cannot see it. */
export function iconButton(name, label, listener, props = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, on: { click: listener }, ...props }, icon(name));
}

/** A line drawing from the table below, hidden from screen readers: the words beside it say the same. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of ICONS[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

const ICONS = {
  robot: ["M5 9h14v10H5z", "M12 9V5", "M9.5 13v2", "M14.5 13v2", "M12 4.5v.01"],
  group: ["M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z", "M3 19c0-3 2.5-5 6-5s6 2 6 5", "M16 5.5a3 3 0 0 1 0 5.5", "M17.5 14c2.2.6 3.5 2.3 3.5 5"],
  text: ["M5 7V5h14v2", "M12 5v14", "M9 19h6"],
  richText: ["M4 6h16", "M4 11h7", "M4 16h7", "M14 11h6v6h-6z"],
  picture: ["M4 5h16v14H4z", "M4 16l5-5 4 4 2-2 5 4", "M15.5 9v.01"],
  audio: ["M9 5a3 3 0 0 1 6 0v6a3 3 0 0 1-6 0z", "M6 11a6 6 0 0 0 12 0", "M12 17v3"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4", "M9 13h6", "M9 17h4"],
  video: ["M3 6h12v12H3z", "M15 10l6-3v10l-6-3z"],
  send: ["M4 12l16-8-6 16-3-7z", "M11 13l9-9"],
  split: ["M4 5h16v14H4z", "M12 5v14"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  back: ["M15 5l-7 7 7 7"],
  moon: ["M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z"],
  sun: ["M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z", "M12 2v3", "M12 19v3", "M2 12h3", "M19 12h3", "M5 5l2 2", "M17 17l2 2", "M5 19l2-2", "M17 7l2-2"],
  sliders: ["M4 7h9", "M17 7h3", "M15 5v4", "M4 17h3", "M11 17h9", "M9 15v4"],
  quote: ["M9 7H5v5h4v1a3 3 0 0 1-3 3", "M18 7h-4v5h4v1a3 3 0 0 1-3 3"],
  keyboard: ["M3 6h18v12H3z", "M7 10v.01", "M11 10v.01", "M15 10v.01", "M8 14h8"],
  search: ["M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", "M15.5 15.5L20 20"],
  clock: ["M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z", "M12 8v4.5l3 2"],
  preview: ["M3 12s3.5-6 9-6 9 6 9 6-3.5 6-9 6-9-6-9-6z", "M12 9.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z"],
  bolt: ["M13 3L5 14h6l-1 7 8-11h-6z"],
};
