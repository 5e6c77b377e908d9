// The Glossary tab: search, the table of entries, what waits for review, the trash. After pieces.js; the entry
// form and the other views stand in glossary_entry.js and glossary_care.js.

let me = { may: [], bundled: [] };
let view = "entries";
const may = (deed) => me.may.includes(deed);
const COLUMNS = ["en", "hy", "ru", "es", "az", "ka", "fr"]; // shown first, where entries have them
const search = make("input", { type: "search", maxlength: "200", spellcheck: "false" });
const any = (values, text) => select(["", ...values], "", {}, (value) => (value ? say(value) : say(text)));
const language = select(["", ...Object.keys(languages)], "", {}, (code) => (code ? named(code) : say("any")));
const kinds = any(KINDS, "any");
const STATUSES = ["preferred", "admitted", "deprecated", "superseded", "forbidden"];
const statuses = any(STATUSES, "any");
const list = make("div", { class: "wb-list" });
const side = make("section", { class: "wb-side", "aria-label": say("Entry"), tabindex: "-1" });
const current = latest();

const sides = latest(); // what was last asked to stand at the side

/** What stands at the side from now on; whatever was asked for before comes too late. */
function beside(...content) {
  sides();
  side.replaceChildren(...content);
}

const plain = (entry) => JSON.stringify(entry);

/** A change was written; whoever may can take it back at once. Where all stood there already there is nothing to take
    back: the last revision is another's. */
function wrote(text, { revision, written }) {
  tell(written ? text : say("Nothing was changed."));
  if (written && may("undo")) told.append(" ", button("Undo", () => undo(revision)));
}

async function undo(number) {
  const still = sides();
  await trying(async () => {
    const { written } = await ask("desk/undo", { revision: number });
    if (still()) beside();
    await refresh();
    tell(say(written ? "Taken back." : "Nothing was changed."));
  });
}

async function deed(deed, ids, base) {
  return trying(async () => {
    const said = await ask("desk/do", { ids, deed, base });
    await refresh();
    wrote(say(DONE[deed], { entry: ids.join(", ") }), said);
    return said;
  });
}

const DONE = { remove: "In the trash: {entry}", restore: "Restored: {entry}", approve: "Approved: {entry}", reject: "Rejected: {entry}",
  mend: "Mended: {entry}" }; // prettier-ignore

// --- the table -------------------------------------------------------------------------------

async function refresh() {
  const still = current();
  await trying(async () => {
    if (view === "findings") return still() && findings();
    if (view === "files") return files();
    const asked = { q: search.value, lang: language.value, kind: kinds.value, status: statuses.value, limit: 50,
      review: view === "review" ? "proposed" : "", trash: view === "trash" ? "true" : "" }; // prettier-ignore
    const said = await ask(about("desk/entries", asked));
    const writing = list.querySelector("td input[type='text']:enabled"); // nothing is taken from under one's hands
    if (!still() || writing) return;
    if (view === "review") list.replaceChildren(...reviewed(said.rows));
    else list.replaceChildren(entriesTable(said));
  });
}

function entriesTable({ rows, languages: spoken }) {
  if (!rows.length) return nothing();
  const first = language.value ? [language.value, ...COLUMNS.filter((code) => code !== language.value)] : COLUMNS;
  const columns = [...first, ...spoken].filter((code, i, all) => spoken.includes(code) && all.indexOf(code) === i).slice(0, 4);
  const made = rows.map((hit) => entryRow(hit, columns));
  const heads = [say("Remove"), say("Entry"), say("Kind"), ...columns.map(named)];
  const act = view === "trash" ? button("Restore the chosen", () => marked("restore")) : button("Remove the chosen", () => marked("remove"));
  act.disabled = !may("remove");
  return make("div", {}, table(view === "trash" ? [say("Restore"), ...heads.slice(1)] : heads, made, say("Entries")), act);
}

function marked(what) {
  const ids = [...list.querySelectorAll("input:checked")].map((tick) => tick.entry);
  if (ids.length) deed(what, ids);
}

function entryRow({ entry, proposal, matched, revision: base }, columns) {
  const tick = make("input", { type: "checkbox", "aria-label": `${say("Choose")}: ${entry.id}` });
  tick.entry = entry.id;
  tick.disabled = !may("remove");
  const open = make("button", { type: "button", class: "wb-link", onclick: () => openEntry(entry.id) }, bdi(entry.id));
  const note = matched && matched !== headword(entry) ? make("div", { class: "wb-why" }, bdi(matched)) : null;
  const state = (entry.review ?? "approved") !== "approved" ? entry.review : proposal ? "proposed" : "";
  return make("tr", {}, make("td", {}, tick), make("th", { scope: "row" }, open, state ? make("span", { class: "wb-tag" }, say(state)) : null, note),
    make("td", {}, say(entry.kind)), ...columns.map((code) => make("td", { class: "wb-cell" }, cell(entry, code, base)))); // prettier-ignore
}

/** A cell of the table: the form to write, changed in its place. */
function cell(entry, code, base) {
  const term = best(entry, code);
  const shown = make("button", { type: "button", class: "wb-link", "aria-label": `${entry.id}, ${named(code)}: ${term?.text ?? say("none")}` },
    bdi(term?.text ?? "·", code)); // prettier-ignore
  if (!may("propose") || view === "trash") return bdi(term?.text ?? "", code);
  shown.addEventListener("click", () => {
    const field = make("input", { type: "text", "aria-label": `${entry.id}, ${named(code)}`, ...spoken(code) });
    field.value = term?.text ?? "";
    field.addEventListener("keydown", (event) => {
      if (event.key === "Escape") field.replaceWith(shown);
      if (event.key !== "Enter") return;
      const text = field.value.trim();
      const others = entry.terms.filter((one) => one !== term);
      const changed = term ? entry.terms.map((one) => (one === term ? { ...one, text } : one)) : [...entry.terms, { language: code, text }];
      field.disabled = true;
      save({ ...entry, terms: text ? changed : others }, base).finally(() => (field.disabled = false));
    });
    shown.replaceWith(field);
    field.focus();
  });
  return shown;
}

function nothing() {
  if (view === "trash" || search.value || language.value || kinds.value || statuses.value) return make("p", {}, say("Nothing was found."));
  const offers = me.bundled.map((name) => button("Look at {name}", () => preview({ bundled: name }), {}));
  offers.forEach((offer, i) => (offer.textContent = say("Look at {name}", { name: me.bundled[i] })));
  return make("div", { class: "wb-empty" }, make("p", {}, say("The glossary is empty: add an entry, or bring in a file or a bundled glossary.")), ...offers);
}

// --- review ----------------------------------------------------------------------------------

function reviewed(rows) {
  if (!rows.length) return [make("p", {}, say("Nothing waits for review."))];
  return rows.map(({ entry, changes, revision: base }) => {
    const acts = ["approve", "reject"].map((what) => {
      const made = button(what === "approve" ? "Approve" : "Reject", () => deed(what, [entry.id], base), {
        "aria-label": `${say(what === "approve" ? "Approve" : "Reject")}: ${entry.id}` }); // prettier-ignore
      made.disabled = !may("approve");
      return made;
    });
    return make("section", { class: "wb-found" },
      make("h3", {}, make("button", { type: "button", class: "wb-link", onclick: () => openEntry(entry.id) }, bdi(entry.id)), ` · ${say(entry.kind)} `, ...acts),
      differences(changes)); // prettier-ignore
  });
}

/** What was, struck through and red; what is, underlined and green; each also said in words. */
function differences(found) {
  if (!found.length) return make("p", { class: "wb-why" }, say("No field was changed."));
  return make("ul", { class: "wb-changes" }, ...found.map(({ place, before, after }) => make("li", {},
    make("span", { class: "wb-place" }, bdi(place), ": "),
    before ? make("del", { "aria-label": `${say("before")}: ${before}` }, bdi(before)) : null, before && after ? " → " : null,
    after ? make("ins", { "aria-label": `${say("after")}: ${after}` }, bdi(after)) : null))); // prettier-ignore
}

// --- beginning -------------------------------------------------------------------------------

const VIEWS = { entries: "Entries", review: "To review", findings: "Findings", files: "Import and export", trash: "Trash" };

function go(name) {
  view = name;
  for (const [one, tab] of Object.entries(tabs)) tab.setAttribute("aria-pressed", String(one === name));
  list.replaceChildren();
  beside();
  filters.hidden = ["findings", "files"].includes(name);
  return refresh();
}

const tabs = Object.fromEntries(Object.entries(VIEWS).map(([name, text]) => [name, button(text, () => go(name), { "aria-pressed": "false" })]));
const fresh = () => form({ id: "", kind: "person", terms: [{ language: "en", text: "" }] }, null, null);
const adding = button("Add an entry", fresh, { class: "wb-small wb-main" });
const filters = make("div", { class: "wb-line-up" }, labelled("Search in any script", search, "wb-grow"), labelled("Language", language),
  labelled("Kind", kinds), labelled("Status", statuses)); // prettier-ignore
const searching = afterTyping(refresh);
for (const field of [search, language, kinds, statuses]) field.addEventListener("input", searching.soon);
const who = make("span", { class: "wb-why" });
root.replaceChildren(told);
trying(async () => {
  me = await ask("desk/me"); // nothing can be pressed before it is known what may be done
  adding.disabled = !may("propose");
  who.replaceChildren(bdi(me.name), ` · ${say(me.role)}`);
  root.replaceChildren(
    make("div", { class: "wb-line-up", role: "group", "aria-label": say("Views of the glossary") }, ...Object.values(tabs), adding, who),
    filters, told, make("div", { class: "wb-two" }, list, side)); // prettier-ignore
  await go(view);
});
