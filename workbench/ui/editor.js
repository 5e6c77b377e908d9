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

// --- marks -----------------------------------------------------------------------------------

function paint(box, text, marks, side) {
  const all = letters(text);
  const pieces = [];
  let at = 0;
  for (const mark of marks) {
    pieces.push(all.slice(at, mark.span[0]).join(""), painted(mark, side));
    at = mark.span[1];
  }
  pieces.push(all.slice(at).join("") + (side === "target" ? "\u200b" : "")); // an empty last line has a height too
  box.replaceChildren(...pieces);
}

const SAYS = { used: "used", waiting: "missing", wrong: "wrong form", unknown: "not in the glossary" };
const saysOf = (mark) => say(mark.colour === "unknown" && mark.entry ? "no form in this language" : SAYS[mark.colour]);

function painted(mark, side) {
  const doubtful = mark.doubt ? " wb-doubt" : "";
  const made = make("span", { class: `wb-mark wb-${mark.colour}${doubtful}` }, mark.text);
  made.mark = mark;
  if (side === "source") {
    made.setAttribute("role", "button");
    made.setAttribute("tabindex", "0");
    made.setAttribute("aria-label", `${mark.text}: ${saysOf(mark)}`);
  }
  return made;
}

/** What discovery finds in the whole text; a draft asks once, as its source never changes. */
async function learnNames() {
  const id = draft.id;
  if (!draft.names) {
    try {
      const said = await ask("editor/names", { ...pair(), sentences: draft.lines.map((line) => line.source) });
      if (draft?.id !== id) return;
      draft.names = said.names;
      keep();
    } catch (failed) {
      tell(say("The page cannot reach the server: {error}", { error: failed.message }));
    }
  }
  places = draft.lines.map(() => []);
  for (const name of draft.names ?? []) for (const [line, start, end] of name.places) places[line]?.push({ start, end, name });
}

async function markLines(numbers) {
  const asked = numbers.map((i) => ({
    source: draft.lines[i].source,
    target: draft.lines[i].target,
    names: draft.names ? places[i].map(({ start, end }) => [start, end]) : null,
  }));
  const id = draft.id;
  let said;
  try {
    said = await ask("editor/mark", { ...pair(), lines: asked, choices: choices() });
  } catch (failed) {
    tell(say("The page cannot reach the server: {error}", { error: failed.message }));
    return;
  }
  if (draft?.id !== id) return;
  Object.assign(entries, said.entries);
  numbers.forEach((i, n) => {
    if (draft.lines[i].target !== asked[n].target) return; // typed on meanwhile; asked again then
    rows[i].marks = said.marks[n];
    for (const mark of said.marks[n].source) {
      if (mark.colour === "unknown" && !mark.entry) mark.about = places[i]?.find(({ start }) => start === mark.span[0])?.name;
    }
    paint(rows[i].source, draft.lines[i].source, said.marks[n].source, "source");
    paint(rows[i].back, draft.lines[i].target, said.marks[n].target, "target");
    show(i);
  });
  count();
}

async function markAll() {
  await learnNames();
  for (let first = 0; draft && first < draft.lines.length; first += AT_ONCE) {
    await markLines([...draft.lines.keys()].slice(first, first + AT_ONCE));
  }
}

const entries = {};
const isDoubtful = (i) => !draft.lines[i].accepted && (rows[i].marks?.doubtful || draft.lines[i].doubts.length > 0);

function warned(warning) {
  const share = warning.kind === "longer" ? warning.share.toFixed(1) : `${Math.round(warning.share * 100)} %`;
  const text = { longer: "{share} times as long as the source", shorter: "only {share} of the length of the source" };
  return say(text[warning.kind] ?? "'{text}' is missing", { share, text: warning.text });
}

/** The state of a line: its number, warnings, whether it is shown. */
function show(i) {
  const { item, state, notes, marks } = rows[i];
  const line = draft.lines[i];
  const doubtful = isDoubtful(i);
  item.classList.toggle("wb-doubtful", doubtful);
  item.classList.toggle("wb-accepted", Boolean(line.accepted));
  item.hidden = (filter === "doubtful" && !doubtful) || (filter === "edited" && !line.edited);
  state.textContent = line.accepted ? "✓" : doubtful ? "?" : "";
  state.title = line.accepted ? say("Accepted") : doubtful ? say("doubtful") : "";
  const said = [...(marks?.warnings ?? []).map(warned)];
  for (const doubt of line.accepted ? [] : line.doubts) said.push(doubt.note ? `${doubt.text}: ${doubt.note}` : doubt.text);
  notes.replaceChildren(...said.map((text) => make("li", {}, text)));
}

function count() {
  const lines = draft.lines;
  const numbers = {
    "sentences: {count}": lines.length,
    "doubtful: {count}": lines.filter((_, i) => isDoubtful(i)).length,
    "accepted: {count}": lines.filter((line) => line.accepted).length,
    "edited: {count}": lines.filter((line) => line.edited).length,
  };
  bar.counts.textContent = Object.entries(numbers).map(([text, count]) => say(text, { count })).join(" · ");
  bar.next.disabled = !numbers["doubtful: {count}"];
  bar.undo.disabled = !past.length;
}

// --- lines -----------------------------------------------------------------------------------

function write(i, text) {
  const { area, back } = rows[i];
  if (area.value !== text) area.value = text;
  paint(back, text, [], "target");
}

function typed(i) {
  const line = draft.lines[i];
  remember("typing", i);
  line.target = rows[i].area.value;
  line.edited = line.edited || line.target !== line.made;
  line.accepted = false;
  paint(rows[i].back, line.target, still(rows[i].marks?.target ?? [], line.target), "target");
  clearTimeout(rows[i].timer);
  rows[i].timer = setTimeout(() => markLines([i]), TYPING);
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
