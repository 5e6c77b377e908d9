// The segment editor: runs once (gradio's `js_on_load`), `element` is its place on the page. The draft lives
// here and in localStorage; what is a term and how it stands is asked of the API. Nothing typed becomes HTML.

const root = element.querySelector(".wb-editor");
const words = JSON.parse(root.dataset.words);
const rightToLeft = new Set(JSON.parse(root.dataset.rtl));
let KEY = "workbench:draft"; // with the name of whoever is signed in: each has drafts of their own
const TYPING = 150; // ms after the last key until the line is marked
const AT_ONCE = 50; // lines asked about in one request
let draft = null; // {id, source, target, glossaries, style, lines, after, choices, names}
let rows = [];
let places = []; // of names that no glossary lists: by line, the place of each with what is known of it
let me = { name: "", role: "" };
let filter = "all";
let past = [];

const say = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
const letters = (text) => Array.from(text); // spans count code points

function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== false && value != null) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child != null));
  return made;
}

const spoken = (code) => ({ lang: code, dir: rightToLeft.has(code) ? "rtl" : "ltr" });

async function ask(path, body) {
  const answer = await fetch(`${root.dataset.root}/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error ?? answer.statusText);
  return said;
}

// `data-busy` stands at the editor from a key or a new draft until its marks are painted.
let underWay = 0;
function busy(more) {
  underWay += more;
  root.toggleAttribute("data-busy", underWay > 0);
}

async function working(run) {
  busy(1);
  try {
    return await run();
  } finally {
    busy(-1);
  }
}

const pair = () => ({ source: draft.source, target: draft.target, glossaries: draft.glossaries, style: draft.style });
const choices = (made = draft.choices) =>
  made.map(({ name, form, entry, kind, variants, short }) => ({ name, form, entry, kind, variants, short }));

// --- keeping ---------------------------------------------------------------------------------

function keep() {
  try {
    localStorage.setItem(KEY, JSON.stringify(draft));
  } catch (full) {
    tell(String(full)); // the draft is larger than the browser keeps
  }
}

function remember(what, line = -1) {
  const now = Date.now();
  const last = past.at(-1);
  if (what === "typing" && last?.what === what && last.line === line && now - last.when < 1500) {
    last.when = now; // one step for what is typed in one go
    return;
  }
  const lines = draft.lines.map(({ target, edited, accepted, doubts }) => ({ target, edited, accepted, doubts }));
  past.push({ what, line, when: now, lines, choices: [...draft.choices] });
  if (past.length > 100) past.shift();
}

function undo() {
  const step = past.pop();
  if (!step) return;
  draft.lines.forEach((line, i) => Object.assign(line, step.lines[i]));
  draft.choices = step.choices;
  rows.forEach((row, i) => write(i, draft.lines[i].target));
  keep();
  markAll();
  if (step.line >= 0) rows[step.line].area.focus();
}

// --- lines -----------------------------------------------------------------------------------

function write(i, text) {
  const { area, back } = rows[i];
  if (area.value !== text) area.value = text;
  paint(back, text, [], "target");
}

function typed(i) {
  const [line, one] = [draft.lines[i], rows[i]];
  remember("typing", i);
  line.target = rows[i].area.value;
  line.edited = line.edited || line.target !== line.made;
  line.accepted = false;
  paint(rows[i].back, line.target, still(rows[i].marks?.target ?? [], line.target), "target");
  if (one.timer) busy(-1);
  clearTimeout(one.timer);
  busy(1);
  one.timer = setTimeout(async () => {
    one.timer = 0;
    if (rows[i] === one) await working(() => markLines([i]));
    busy(-1);
  }, TYPING);
  keep();
  show(i);
}

/** Marks whose words still stand where they stood, so that nothing flickers while one types. */
function still(marks, text) {
  const all = letters(text);
  return marks.filter((mark) => all.slice(...mark.span).join("") === mark.text);
}

function row(line, i) {
  const id = `wb-line-${i}`;
  const made = { marks: null, timer: 0 };
  made.state = make("span", { class: "wb-badge" });
  made.source = make("div", { class: "wb-source", id: `${id}-source`, ...spoken(draft.source) }, line.source);
  made.back = make("div", { class: "wb-back", "aria-hidden": "true" });
  made.area = make("textarea", {
    class: "wb-area", rows: 1, spellcheck: "true", "aria-label": say("Sentence {number}", { number: i + 1 }),
    "aria-describedby": `${id}-notes`, oninput: () => typed(i), ...spoken(draft.target),
  }); // prettier-ignore
  made.notes = make("ul", { class: "wb-notes", id: `${id}-notes` });
  const accept = make("button", { type: "button", class: "wb-small", "aria-pressed": "false", onclick: () => accepted(i) }, say("Accept"));
  made.accept = accept;
  made.item = make("li", { class: "wb-line", id, "data-line": i },
    make("div", { class: "wb-number" }, String(i + 1), made.state),
    made.source,
    make("div", { class: "wb-target" }, make("div", { class: "wb-stack", ...spoken(draft.target) }, made.back, made.area), made.notes, accept),
  ); // prettier-ignore
  if (/\n\s*\n/.test(line.before) && i) made.item.classList.add("wb-paragraph");
  return made;
}

function accepted(i, on = !draft.lines[i].accepted) {
  remember("accept", i);
  draft.lines[i].accepted = on;
  rows[i].accept.setAttribute("aria-pressed", String(on));
  keep();
  show(i);
  count();
}

function go(step) {
  const from = current();
  const total = rows.length;
  for (let n = 1; n <= total; n += 1) {
    const i = (((from + step * n) % total) + total) % total;
    if (isDoubtful(i)) {
      rows[i].item.hidden = false;
      rows[i].area.focus();
      rows[i].item.scrollIntoView({ block: "center" });
      return;
    }
  }
}

function current() {
  const line = document.activeElement?.closest?.(".wb-line");
  return line && root.contains(line) ? Number(line.dataset.line) : -1;
}

// --- the whole -------------------------------------------------------------------------------

const whole = () => draft.lines.map((line) => line.before + line.target).join("") + draft.after;

async function copy() {
  if (navigator.clipboard) await navigator.clipboard.writeText(whole());
  else {
    const area = document.body.appendChild(make("textarea"));
    area.value = whole();
    area.select();
    document.execCommand("copy"); // the only way on a plain http address
    area.remove();
  }
  bar.copy.textContent = say("Copied");
  setTimeout(() => (bar.copy.textContent = say("Copy")), 1600);
}

function save(blob, suffix) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: `translation.${draft.target}.${suffix}` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

const download = () => save(new Blob([whole()], { type: "text/plain;charset=utf-8" }), "txt");

async function exported(format) {
  const lines = draft.lines.map(({ before, source, target }) => ({ before, source, target }));
  const answer = await fetch(`${root.dataset.root}/editor/export`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ ...pair(), lines, format }),
  });
  if (!answer.ok) return tell((await answer.json()).error);
  save(await answer.blob(), format);
}

function discard() {
  if (!confirm(say("Discard this draft?"))) return;
  localStorage.removeItem(KEY);
  draft = null;
  rows = [];
  close();
  root.replaceChildren();
}

const FORMATS = { docx: "DOCX", html: "HTML", xlf: "XLIFF", tmx: "TMX" };
const bar = {};
function toolbar() {
  const button = (name, text, run, keys) =>
    (bar[name] = make("button", { type: "button", class: "wb-small", onclick: run, "aria-keyshortcuts": keys, title: keys }, say(text)));
  bar.counts = make("span", { class: "wb-counts", role: "status" });
  bar.told = make("p", { class: "wb-told", role: "status", "aria-live": "polite" });
  bar.filter = make("select", { "aria-label": say("Show"), onchange: (event) => {
    filter = event.target.value;
    rows.forEach((_, i) => show(i));
  } }, ...["All", "Doubtful", "Edited"].map((text) => make("option", { value: text.toLowerCase() }, say(text)))); // prettier-ignore
  bar.filter.value = filter;
  bar.export = make("select", { "aria-label": say("Download as…"), onchange: (event) => {
    exported(event.target.value);
    event.target.value = "";
  } }, make("option", { value: "" }, say("Download as…")), ...Object.entries(FORMATS).map(([value, name]) => make("option", { value }, name))); // prettier-ignore
  return make("div", { class: "wb-toolbar" }, bar.counts, make("span", { class: "wb-tools" },
    bar.filter, button("next", "Next doubtful", () => go(1), "Alt+J"), button("undo", "Undo", undo, "Alt+Z"),
    button("copy", "Copy", copy), button("download", "Download text", download), bar.export, button("discard", "Discard", discard),
  ), bar.told); // prettier-ignore
}

function keysHelp() {
  const keys = [["Alt+J", "next doubtful"], ["Alt+K", "previous doubtful"], ["Ctrl+Enter", "accept and go on"],
    ["Alt+P", "forms of the first doubtful name"], ["Alt+N", "forms for the selected name"], ["Alt+Z", "undo"]]; // prettier-ignore
  return make("details", { class: "wb-keys" }, make("summary", {}, say("Keys")),
    make("ul", {}, ...keys.map(([key, text]) => make("li", {}, make("kbd", {}, key), ` ${say(text)}`)))); // prettier-ignore
}

const tell = (text) => (bar.told.textContent = text);

function open(found) {
  draft = found;
  past = [];
  places = [];
  close();
  rows = draft.lines.map(row);
  const heads = make("div", { class: "wb-heads", "aria-hidden": "true" }, make("span"),
    make("span", {}, draft.sourceName), make("span", {}, draft.targetName)); // prettier-ignore
  root.dataset.draft = draft.id;
  root.replaceChildren(toolbar(), heads, make("ol", { class: "wb-lines" }, ...rows.map((one) => one.item)), keysHelp());
  rows.forEach((_, i) => (write(i, draft.lines[i].target), show(i)));
  count();
  return markAll();
}

function handed() {
  const found = document.querySelector("#wb-status .wb-handover");
  if (!found) return;
  const sent = JSON.parse(found.dataset.document);
  if (sent.id === draft?.id) return;
  for (const line of sent.lines) Object.assign(line, { made: line.target, edited: false, accepted: false });
  open({ ...sent, choices: [] });
  keep();
}
