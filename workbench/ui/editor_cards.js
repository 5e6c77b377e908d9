// Cards of the segment editor: what the glossary says about a place, candidates for a name, and the keys.

const card = make("div", { class: "wb-card", role: "dialog", "aria-label": say("Forms"), hidden: true, tabindex: "-1" });
document.body.append(card);
let pinned = null;
let pins = 0;

function close(back = false) {
  card.hidden = true;
  pins += 1;
  if (back && pinned) pinned.focus?.();
  pinned = null;
}

const fact = (name, ...value) => [make("span", { class: "wb-key" }, say(name)), make("span", { class: "wb-value" }, ...value)];
const bdi = (text, code) => make("bdi", { lang: code }, text);

/** Terms of an entry in the language of the translation, approved ones or the others. */
function terms(entry, approved) {
  const found = (entry?.terms ?? []).filter(
    (term) => term.language === draft.target && ["preferred", "admitted"].includes(term.status) === approved,
  );
  return found.flatMap((term, i) => [i ? ", " : "", bdi(term.text, draft.target), " ", make("i", {}, say(term.status))]);
}

function facts(mark) {
  const entry = entries[mark.entry];
  const rows = [];
  if (mark.entry) rows.push(fact("Entry", mark.entry, entry ? ` · ${say(entry.kind)}` : ""));
  if (mark.how) rows.push(fact("Match", say(mark.how)));
  if (mark.status) rows.push(fact("Status", say(mark.status)));
  const good = terms(entry, true);
  const bad = terms(entry, false);
  if (good.length) rows.push(fact("Write", ...good));
  else if (mark.wanted.length) rows.push(fact("Write", mark.wanted.slice(0, 6).join(", ")));
  if (bad.length) rows.push(fact("Avoid", ...bad));
  const about = mark.about;
  if (about) {
    rows.push(fact("In this text", say("times: {count}", { count: about.places.length })));
    if (about.spellings.length) rows.push(fact("Also spelled", bdi(about.spellings.join(", "), draft.source)));
    if (about.whole) rows.push(fact("Part of", bdi(about.whole, draft.source)));
    if (about.rivals.length) rows.push(fact("Reason", say("may be any of {names}", { names: about.rivals.join(", ") })));
  }
  if (mark.others.length) rows.push(fact("Reason", say("also claimed by {entries}", { entries: mark.others.join(", ") })));
  else if (mark.colour === "wrong" && mark.wanted.length) rows.push(fact("Reason", say("write '{form}'", { form: mark.wanted[0] })));
  if (entry?.note) rows.push(fact("Note", entry.note));
  return make("div", { class: "wb-facts" }, ...rows.flat());
}

function lay(near, ...content) {
  card.replaceChildren(...content.filter(Boolean));
  card.hidden = false;
  if (!near.isConnected) return; // its words are written over; the card stays where it is
  const box = near.getBoundingClientRect();
  const room = document.documentElement.clientWidth - 12;
  const width = card.offsetWidth;
  card.style.left = `${Math.max(12, Math.min(box.left, room - width)) + window.scrollX}px`;
  const below = box.bottom + card.offsetHeight + 8 < window.innerHeight || box.top < card.offsetHeight + 8;
  card.style.top = `${(below ? box.bottom + 6 : box.top - card.offsetHeight - 6) + window.scrollY}px`;
}

const headline = (mark) =>
  make("p", { class: `wb-headline wb-${mark.colour}` }, make("bdi", { lang: draft.source }, mark.text), ` · ${saysOf(mark)}`);

function hover(near, mark) {
  if (!pinned) lay(near, headline(mark), facts(mark));
}

/** The pinned card of a place: facts, forms to insert, candidates to use everywhere. */
async function pin(near, mark, i, name) {
  pinned = near;
  const mine = (pins += 1);
  const list = make("ul", { class: "wb-candidates" }, make("li", {}, say("Looking for forms…")));
  const own = make("input", { type: "text", "aria-label": say("Another form"), placeholder: say("Another form"), ...spoken(draft.target) });
  const kinds = ["person", "place", "organisation", "work", "term"];
  const kind = make("select", { "aria-label": say("Kind") }, ...kinds.map((one) => make("option", { value: one }, say(one))));
  const { variants, short } = { variants: mark.about?.spellings ?? [], short: mark.about?.short ?? [] };
  kind.value = entries[mark.entry]?.kind ?? mark.about?.kind ?? "person";
  const mayPropose = me.role !== "reader";
  const use = (form) => choose({ name, form, entry: mark.entry, kind: kind.value, variants, short }, i);
  const form = make("form", { class: "wb-own", onsubmit: (event) => {
    event.preventDefault();
    if (own.value.trim()) use(own.value.trim());
  } }, own, kind, make("button", { type: "submit", class: "wb-small" }, say("Use everywhere"))); // prettier-ignore
  const insert = mark.wanted.slice(0, 6).map((one) =>
    make("button", { type: "button", class: "wb-small", onclick: () => inserted(i, one) }, `${say("Insert")} `, bdi(one, draft.target)));
  const shut = make("button", { type: "button", class: "wb-shut", "aria-label": say("Close"), onclick: () => close(true) }, "×");
  lay(near, shut, headline(mark), facts(mark), make("div", { class: "wb-inserts" }, ...insert), list, mayPropose ? form : null);
  card.focus();
  const offered = await candidates(name, mark);
  if (pins !== mine) return;
  list.replaceChildren(...offered.map(({ form: one, reason }) => make("li", {},
    mayPropose
      ? make("button", { type: "button", class: "wb-small wb-use", onclick: () => use(one), title: say("Use everywhere") }, bdi(one, draft.target))
      : make("b", {}, bdi(one, draft.target)),
    make("span", { class: "wb-why" }, reason)))); // prettier-ignore
  if (!offered.length) list.replaceChildren(make("li", {}, say("No form was found; write one.")));
  lay(pinned, ...card.childNodes);
  (list.querySelector("button") ?? (mayPropose ? own : card)).focus();
}

async function candidates(name, mark) {
  const listed = (entries[mark.entry]?.terms ?? [])
    .filter((term) => term.language === draft.target && ["preferred", "admitted"].includes(term.status))
    .map((term) => ({ form: term.text, reason: say(term.status) }));
  try {
    const found = await ask("transliterate", { q: name, source: draft.source, target: draft.target, limit: 8 });
    const all = [...found, ...listed.filter(({ form }) => !found.some((other) => other.form === form))];
    return all.map((one) => ({ ...one, reason: [one.reason, standing(one.form)].filter(Boolean).join("; ") }));
  } catch (failed) {
    tell(failed.message);
    return listed;
  }
}

/** How often a form stands in the translation as it is. */
function standing(form) {
  const count = draft.lines.reduce((sum, { target }) => sum + target.split(form).length - 1, 0);
  return count ? say("stands in the translation, times: {count}", { count }) : "";
}

function inserted(i, form) {
  const area = rows[i].area;
  const wrong = rows[i].marks?.target.find((mark) => mark.colour === "wrong" && mark.wanted.includes(form));
  const units = (points) => letters(area.value).slice(0, points).join("").length;
  const [start, end] = wrong ? wrong.span.map(units) : [area.selectionStart, area.selectionEnd];
  const gap = start && !wrong && !/\s$/.test(area.value.slice(0, start)) ? " " : "";
  area.setRangeText(gap + form, start, end, "end");
  typed(i);
  close();
  area.focus();
}

/** One form for one name in the whole text, and before the editors of the glossary. A part that was chosen by
    itself follows its full name from then on. */
function choose(choice, i) {
  close();
  rows[i].area.focus();
  const id = draft.id;
  choosing = choosing.then(() => draft?.id === id && working(() => chosen(choice)));
}

let choosing = Promise.resolve(); // one choice after the other, as each changes the lines that the next one reads

async function chosen(choice) {
  const id = draft.id;
  const earlier = draft.choices.filter(({ name }) => name !== choice.name && !choice.short.includes(name));
  const lines = draft.lines.map(({ source, target, edited }) => ({ source, target, edited: Boolean(edited) }));
  let said;
  try {
    said = await ask("editor/choose", { ...pair(), lines, choices: choices(earlier), choice: choices([choice])[0] });
  } catch (failed) {
    tell(failed.message);
    return;
  }
  if (draft?.id !== id) return;
  remember("choice");
  let changed = 0;
  said.targets.forEach((target, i) => {
    if (target === null || draft.lines[i].target !== lines[i].target) return;
    draft.lines[i].target = target;
    draft.lines[i].doubts = draft.lines[i].doubts.filter((doubt) => doubt.text !== choice.name);
    write(i, target);
    changed += 1;
  });
  draft.choices = [...earlier, choice];
  keep();
  await markAll();
  await propose(choice, changed);
}

async function propose({ name, form, entry, kind, variants, short }, changed) {
  try {
    await ask("suggest", { q: name, s: form, source: draft.source, target: draft.target, kind, entry, variants, short });
    tell(say("Used everywhere (sentences changed: {count}) and proposed to the glossary.", { count: changed }));
  } catch (failed) {
    tell(say("Used everywhere (sentences changed: {count}); it could not be proposed: {error}", { count: changed, error: failed.message }));
  }
}

// --- what the reader does --------------------------------------------------------------------

/** The mark under the pointer; those of the translation lie beneath its text area. */
function under(event) {
  const found = event.target.closest?.(".wb-mark");
  if (found) return found;
  if (!event.target.classList?.contains("wb-area")) return null;
  return event.target.previousSibling.querySelectorAll(".wb-mark").values().find((mark) =>
    [...mark.getClientRects()].some((box) => box.left <= event.clientX && event.clientX <= box.right
      && box.top <= event.clientY && event.clientY <= box.bottom)) ?? null; // prettier-ignore
}

const lineOf = (node) => Number(node.closest(".wb-line").dataset.line);
const nameOf = (mark, i) => {
  const asked = rows[i].marks.source.find((other) => other.pair === mark.pair && mark.pair >= 0);
  return (asked ?? mark).about?.name ?? (asked ?? mark).text;
};

root.addEventListener("mousemove", (event) => {
  const found = under(event);
  if (found?.mark) hover(found, found.mark);
  else if (!pinned) close();
});
root.addEventListener("mouseleave", () => pinned || close());
root.addEventListener("focusin", (event) => {
  const found = event.target.closest(".wb-mark");
  if (found?.mark) hover(found, found.mark);
  else if (!pinned) close();
});
root.addEventListener("click", (event) => {
  const found = under(event);
  if (!found?.mark) return;
  event.stopPropagation();
  pin(found, found.mark, lineOf(found), nameOf(found.mark, lineOf(found)));
});
document.addEventListener("click", (event) => {
  if (pinned && !card.contains(event.target)) close();
});

function selected() {
  const said = String(getSelection()).trim();
  const node = getSelection().anchorNode?.parentElement;
  return said && said.length <= 200 && node?.closest(".wb-source") && root.contains(node) ? { said, node } : null;
}

function doubtfulMark(i) {
  const { source = [], target = [] } = rows[i]?.marks ?? {};
  const all = [...target, ...source];
  return all.find(({ colour }) => ["wrong", "waiting"].includes(colour)) ?? all.find(({ doubt }) => doubt) ?? source[0];
}

const KEYS = {
  "alt+j": () => go(1),
  "alt+k": () => go(-1),
  "alt+z": undo,
  "alt+p": () => {
    const mark = doubtfulMark(current());
    if (mark) pin(rows[current()].area, mark, current(), nameOf(mark, current()));
  },
  "alt+n": () => {
    const found = selected();
    const mark = { text: found?.said, colour: "unknown", wanted: [], others: [], entry: "" };
    if (found) pin(found.node, mark, lineOf(found.node), found.said);
  },
  "ctrl+enter": () => {
    if (current() < 0) return;
    accepted(current(), true);
    go(1);
  },
};

/** Up and down among the forms of a card. */
card.addEventListener("keydown", (event) => {
  const all = [...card.querySelectorAll(".wb-use")];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !all.length || event.target.tagName === "SELECT") return;
  event.preventDefault();
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !card.hidden) close(true);
  if (!draft || !root.isConnected || root.offsetParent === null) return;
  const found = document.activeElement?.closest?.(".wb-mark");
  if (found && root.contains(found) && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    pin(found, found.mark, lineOf(found), nameOf(found.mark, lineOf(found)));
    return;
  }
  const typing = root.contains(document.activeElement);
  const name = `${event.ctrlKey || event.metaKey ? "ctrl+" : ""}${event.altKey ? "alt+" : ""}`
    + (event.code?.startsWith("Key") ? event.code.slice(3) : event.key).toLowerCase(); // prettier-ignore
  const run = name === "ctrl+z" && typing ? undo : KEYS[name];
  if (!run) return;
  event.preventDefault();
  run();
});

// --- beginning ------------------------------------------------------------------------------

/** Whose drafts are kept here, before any is opened; a translation that came meanwhile is opened then. */
async function begin() {
  try {
    me = await (await fetch(`${root.dataset.root}/me`)).json();
  } catch (failed) {
    root.prepend(make("p", { class: "wb-problem", role: "alert" }, say("The page cannot reach the server: {error}", { error: failed.message })));
  }
  if (me.name) {
    KEY = `workbench:draft:${me.name}`;
    const leave = make("form", { method: "post", action: `${root.dataset.root}/logout`, class: "wb-me" },
      make("bdi", {}, me.name), make("button", { type: "submit" }, say("Sign out"))); // prettier-ignore
    document.querySelector(".wb-languages")?.append(leave);
  }
  new MutationObserver(handed).observe(document.querySelector("#wb-status"), { childList: true, subtree: true });
  handed();
  const kept = localStorage.getItem(KEY);
  if (!kept || draft) return;
  await open(JSON.parse(kept));
  tell(say("The draft of your last visit is back."));
}

working(begin);
