// The form of an entry with all its languages, its history, and the dialogue of two who edit one entry.

const TYPES = ["full", "short", "abbreviation"];
const FIELDS = ["gender", "subject", "definition", "note"];

async function openEntry(id) {
  const still = sides();
  await trying(async () => {
    const [standing, steps] = await Promise.all([ask(about("desk/entry", { id })), ask(about("desk/history", { id }))]);
    if (!still()) return;
    form(standing.entry, standing, steps);
    side.focus();
  });
}

/** `standing` and `steps` null: a new entry. */
function form(entry, standing, steps) {
  const fresh = !standing;
  const id = make("input", { type: "text", maxlength: "200", required: true, spellcheck: "false", readonly: !fresh });
  id.value = entry.id;
  const kind = select(KINDS, entry.kind);
  const keep = make("input", { type: "checkbox" });
  keep.checked = Boolean(entry.keep);
  const texts = Object.fromEntries(FIELDS.map((name) => [name, make(name === "gender" ? "input" : "textarea", { rows: 1, maxlength: "2000" })]));
  for (const name of FIELDS) texts[name].value = entry[name] ?? "";
  const why = make("input", { type: "text", maxlength: "500" });
  const rows = make("tbody");
  const faults = make("ul", { class: "wb-notes", role: "status" });
  const latestFaults = latest();
  const collected = () => ({ ...entry, id: id.value.trim(), kind: kind.value, keep: keep.checked,
    ...Object.fromEntries(FIELDS.map((name) => [name, texts[name].value.trim()])),
    terms: [...rows.children].map((row) => row.collected()) }); // prettier-ignore
  const checked = afterTyping(async () => {
    const still = latestFaults();
    const said = await ask("desk/faults", { ...collected(), id: id.value.trim() || "new" });
    if (still()) showFaults(said);
  }).soon;
  const showFaults = ({ faults: found }) => {
    [...rows.children].forEach((row, i) => row.classList.toggle("wb-faulty", found.some(({ term }) => term === i)));
    faults.replaceChildren(...found.map(({ what, way_out }) => make("li", {}, `${unsaid(what)}; ${unsaid(way_out)}`)));
  };
  const add = (term) => rows.append(termRow(term, checked));
  entry.terms.forEach(add);
  const heads = ["Language", "Form", "Status", "Type", "Variants", "Note", "Remove"].map((head) => make("th", { scope: "col" }, say(head)));
  const submit = make("button", { type: "submit", class: "wb-small wb-main" }, say(may("change") ? "Save" : "Propose"));
  submit.disabled = !may("propose");
  const remove = fresh ? null : button(standing.retired ? "Restore" : "Remove the entry", async () => {
    const still = sides();
    if ((await deed(standing.retired ? "restore" : "remove", [entry.id], standing.revision)) && still()) beside();
  }); // prettier-ignore
  if (remove) remove.disabled = !may("remove");
  const join = fresh ? null : button("Merge with another", () => askMerge(entry.id));
  const part = fresh || entry.terms.length < 2 ? null : button("Split into two", () => askSplit(standing.entry, standing.revision));
  for (const one of [join, part]) if (one) one.disabled = !may("merge");
  const made = make("form", { class: "wb-entry", oninput: checked, onsubmit: (event) => {
    event.preventDefault();
    onlyOnce(submit, () => save(collected(), standing?.revision ?? null, why.value, plain(entry)));
  } }, make("h2", {}, fresh ? say("New entry") : bdi(headword(entry))),
    make("div", { class: "wb-line-up" }, labelled("Id", id), labelled("Kind", kind), labelled("Gender", texts.gender),
      make("label", { class: "wb-tick" }, keep, make("span", {}, say("Never translate")))),
    make("div", { class: "wb-scroll", tabindex: "0", role: "region", "aria-label": say("Forms") },
      make("table", { class: "wb-terms" }, make("thead", {}, make("tr", {}, ...heads)), rows)),
    button("Add a form", () => { add({ language: missing(rows), text: "" }); rows.lastChild.querySelector("input").focus(); }),
    faults, labelled("Subject", texts.subject), labelled("Definition", texts.definition), labelled("Note", texts.note),
    labelled("Reason of the change", why), make("p", { class: "wb-deeds" }, submit, remove, join, part,
      button("Close", () => beside()))); // prettier-ignore
  const waits = standing?.proposal?.review === "proposed";
  const proposal = waits ? make("div", { class: "wb-found" }, make("h3", {}, say("A proposal waits")), differences(standing.changes)) : "";
  beside(made, proposal, steps ? past(steps) : "");
  if (fresh) id.focus();
}

/** The first language of the table that the entry lacks. */
const missing = (rows) => {
  const there = [...rows.children].map((row) => row.collected().language);
  return [...COLUMNS, ...Object.keys(languages)].find((code) => !there.includes(code)) ?? "en";
};

function termRow(term, changed) {
  const field = (name, value, more = {}) => {
    const made = make("input", { type: "text", "aria-label": say(name), ...more });
    made.value = value ?? "";
    return made;
  };
  const code = select(Object.keys(languages), term.language, { "aria-label": say("Language") }, named);
  const text = field("Form", term.text, spoken(term.language));
  code.addEventListener("change", () => Object.entries(spoken(code.value)).forEach(([name, value]) => text.setAttribute(name, value)));
  const state = select(STATUSES, status(term), { "aria-label": say("Status") });
  const type = select(TYPES, term.type ?? "full", { "aria-label": say("Type") });
  const variants = field("Variants", (term.variants ?? []).join("; "));
  const note = field("Note", term.note);
  const row = make("tr", {});
  const drop = make("button", { type: "button", class: "wb-small", "aria-label": `${say("Remove")}: ${term.text || say("Form")}`, onclick: () => (row.remove(), changed()) }, "×");
  row.append(...[code, text, state, type, variants, note, drop].map((one) => make("td", {}, one)));
  row.collected = () => ({ ...term, language: code.value, text: text.value.trim(), status: state.value, type: type.value,
    tag: code.value === term.language ? (term.tag ?? "") : "", note: note.value.trim(),
    variants: variants.value.split(";").map((one) => one.trim()).filter(Boolean) }); // prettier-ignore
  return row;
}

async function save(entry, base, why = "", before = "", choice = null) {
  if (before && plain(entry) === before) return tell(say("Nothing was changed."));
  const still = sides();
  return trying(async () => {
    const said = await ask("desk/put", { entry, base, why, choice, new: base === null }).catch((failed) => {
      if (!failed.clashes?.length) throw failed;
      conflict(failed, entry, base, why);
    });
    if (!said) return;
    wrote(say(may("change") ? "Saved: {entry}" : "Proposed to the glossary: {entry}", { entry: entry.id }), said);
    await refresh();
    if (still()) await openEntry(entry.id);
  });
}

/** Somebody else changed the entry meanwhile: both changes, and what to do. */
function conflict(failed, entry, base, why) {
  const [clash] = failed.clashes;
  const box = make("dialog", { class: "wb-dialog", "aria-label": say("Somebody changed this entry meanwhile") });
  const shut = () => box.remove();
  const decide = (choice) => async () => {
    shut();
    if (choice === "theirs") await openEntry(entry.id);
    else await save(entry, base, why, "", choice);
  };
  const both = button("Join both", decide("merge"));
  both.disabled = clash.contests.length > 0;
  box.append(make("h2", {}, say("Somebody changed this entry meanwhile")), make("p", {}, bdi(clash.id)),
    make("div", { class: "wb-pair" }, make("div", {}, make("h3", {}, say("Their change")), differences(clash.theirs)),
      make("div", {}, make("h3", {}, say("Your change")), differences(clash.yours))),
    clash.contests.length ? make("p", { class: "wb-why" }, say("Both changed: {places}", { places: clash.contests.map(({ place }) => place).join(", ") })) : null,
    make("p", { class: "wb-deeds" }, button("Keep mine", decide("mine")), button("Take theirs", decide("theirs")), both, button("Cancel", shut))); // prettier-ignore
  box.addEventListener("close", shut);
  root.append(box);
  box.showModal();
}

function past(steps) {
  const items = steps.map((step) => {
    const back = button("Undo", () => undo(step.revision), { "aria-label": `${say("Undo")}: ${step.revision}` });
    back.disabled = !may("undo");
    return make("li", {}, make("p", {}, make("b", {}, `${step.revision} · `, bdi(step.author)), ` · ${new Date(step.at).toLocaleString(document.documentElement.lang)} · ${say(step.what)}`,
      step.why ? ` · ${step.why}` : "", " ", back), step.retired ? make("p", {}, say("into the trash")) : differences(step.differences)); // prettier-ignore
  });
  return make("details", { class: "wb-history", open: true }, make("summary", {}, say("History")), make("ol", {}, ...items));
}
