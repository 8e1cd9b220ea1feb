// What the page was given, and the few words of DOM that all parts use. Text is only ever set as text.
"use strict";

const data = JSON.parse(document.getElementById("data").textContent);
const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const numberText = new Intl.NumberFormat(data.lang, { maximumFractionDigits: 1, useGrouping: false });

/** A text in the page's language, with what belongs into it. */
function say(key, values = {}) {
  return data.texts[key].replace(/\{(\w+)\}/g, (_whole, name) => String(values[name]));
}

/** An element with properties, `data-…` and `aria-…` attributes, and children. */
function make(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "slot" || name === "for") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

const panelName = (panel) => say(`panel_${panel}`);
const within = (value) => Math.min(1, Math.max(0, value));

/** Bytes of a base64 text. */
function bytesOf(text) {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let index = 0; index < bytes.length; index += 1) bytes[index] = letters.charCodeAt(index);
  return bytes;
}

const urlOf = (bytes, type) => URL.createObjectURL(new Blob([bytes], { type }));
