// What the scripts of the Names and Glossary tabs share. `element` is the tab's place on the page. Every text
// becomes a text node: nothing that a person or a glossary wrote becomes HTML.

const root = element.querySelector(".wb-desk");
const words = JSON.parse(root.dataset.words);
const languages = JSON.parse(root.dataset.languages); // code → name in the language of the page
const rightToLeft = new Set(JSON.parse(root.dataset.rtl));
const KINDS = ["person", "place", "organisation", "work", "term"];
const TYPING = 200; // ms after the last key

const say = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const SAID = new Set(["status", "other", "type"]); // values that are words of the page themselves
const patterns = Object.keys(words).filter((text) => text.includes("{")).map((text) => {
  const names = [];
  const source = text.split(/(\{\w+\})/).map((part) => (/^\{\w+\}$/.test(part) ? (names.push(part.slice(1, -1)), "(.*?)") : escaped(part)));
  return { text, names, regex: new RegExp(`^${source.join("")}$`, "su") };
}).filter(({ regex }) => regex.source !== "^(.*?)$"); // prettier-ignore

/** What the server said in English, with its values, in the language of the page. */
function unsaid(text) {
  if (words[text]) return words[text];
  for (const { text: template, names, regex } of patterns) {
    const found = regex.exec(text)?.slice(1);
    if (found) return say(template, Object.fromEntries(names.map((name, i) => [name, SAID.has(name) ? say(found[i]) : found[i]])));
  }
  return text;
}

const spoken = (code) => ({ lang: code, dir: rightToLeft.has(code) ? "rtl" : "ltr" });
const bdi = (text, code) => make("bdi", code ? spoken(code) : {}, text);
const named = (code) => languages[code] ?? code;

function put(made, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== false));
  return made;
}

const make = (tag, attributes = {}, ...children) => put(document.createElement(tag), attributes, children);
const drawn = (tag, attributes = {}, ...children) =>
  put(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
const button = (text, run, more = {}) => {
  const made = make("button", { type: "button", class: "wb-small", onclick: () => onlyOnce(made, run), ...more }, say(text));
  return made;
};
let numbered = 0;
function labelled(text, field, more = "") {
  field.id = `${root.dataset.tab}-${(numbered += 1)}`;
  return make("div", { class: `wb-field ${more}` }, make("label", { for: field.id }, say(text)), field);
}
const options = (values, chosen, shown = say) =>
  values.map((value) => make("option", { value, selected: value === chosen }, shown(value)));
const select = (values, chosen, more = {}, shown = say) => make("select", more, ...options(values, chosen, shown));
const table = (heads, rows, name) =>
  make("div", { class: "wb-scroll", tabindex: "0", role: "region", "aria-label": name }, make("table", {},
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col" }, head)))), make("tbody", {}, ...rows))); // prettier-ignore

async function ask(path, body) {
  const sent = body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(`${root.dataset.root}/${path}`, sent);
  const said = await answer.json();
  if (!answer.ok) throw Object.assign(new Error(said.error ?? answer.statusText), { clashes: said.clashes });
  return said;
}

const about = (path, values) => `${path}?${new URLSearchParams(Object.entries(values).filter(([, value]) => value !== ""))}`;

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
}

const told = make("p", { class: "wb-told", role: "status", "aria-live": "polite" });
const tell = (text, wrong = false) => {
  told.classList.toggle("wb-bad", wrong);
  told.textContent = text;
};

// `data-busy` stands at the place from a key or a press until its answer is shown.
let underWay = 0;
function busy(more) {
  underWay += more;
  root.toggleAttribute("data-busy", underWay > 0);
}

/** Run what may fail; what went wrong is told in one line. */
async function trying(run) {
  busy(1);
  try {
    return await run();
  } catch (failed) {
    tell(failed.message, true);
    return undefined;
  } finally {
    busy(-1);
  }
}

/** `now` runs at once, `soon` a little after the last key; what waits is forgotten by `now`. */
function afterTyping(run, wait = TYPING) {
  let timer = 0;
  const forget = () => {
    if (timer) busy(-1);
    clearTimeout(timer);
    timer = 0;
  };
  const now = () => (forget(), run());
  const soon = () => {
    forget();
    busy(1);
    timer = setTimeout(() => trying(now), wait);
  };
  return { now, soon };
}

const atWork = new WeakSet();

/** What a button does when it is pressed; pressed twice, it does it once. It keeps the focus. */
async function onlyOnce(pressed, run) {
  if (atWork.has(pressed)) return;
  atWork.add(pressed);
  try {
    await run();
  } finally {
    atWork.delete(pressed);
  }
}

/** The latest of several questions: an answer that comes after a newer question was asked is too old to be shown. */
function latest() {
  let number = 0;
  return () => {
    const mine = (number += 1);
    return () => mine === number;
  };
}

const terms = (entry, code) => (entry?.terms ?? []).filter((term) => term.language === code);
const status = (term) => term.status ?? "preferred";
const best = (entry, code) => terms(entry, code).find((term) => status(term) === "preferred") ?? terms(entry, code)[0];
const headword = (entry) => (best(entry, "en") ?? entry.terms[0])?.text ?? entry.id;
