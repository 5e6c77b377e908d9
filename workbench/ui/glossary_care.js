// What the checks of the glossary find, two entries side by side, and files in and out.

async function findings() {
  const { count, findings: found } = await ask("desk/lint");
  if (view !== "findings") return;
  const rows = found.map((one) => make("tr", {}, make("td", {}, unsaid(one.rule)),
    make("th", { scope: "row" }, make("button", { type: "button", class: "wb-link", onclick: () => openEntry(one.entry) }, bdi(one.entry))),
    make("td", {}, bdi(one.text, one.language), ` ${unsaid(one.what)}`), make("td", { class: "wb-why" }, bdi(unsaid(one.mend))), make("td", {}, ...mends(one)))); // prettier-ignore
  const all = button("Mend all that is safe", () => deed("mend", [...new Set(found.filter(({ safe }) => safe).map(({ entry }) => entry))].slice(0, 200)));
  all.disabled = !may("change") || !found.some(({ safe }) => safe);
  list.replaceChildren(make("p", {}, say("Findings: {count}", { count })), all,
    rows.length ? table(["Rule", "Entry", "Finding", "Way out", "Act"].map((head) => say(head)), rows, say("Findings")) : null); // prettier-ignore
}

function mends({ safe, entry, others }) {
  if (safe) {
    const mend = button("Mend", () => deed("mend", [entry]), { "aria-label": `${say("Mend")}: ${entry}` });
    mend.disabled = !may("change");
    return [mend];
  }
  return others.slice(0, 3).map((other) => button("Compare", () => compare(other, entry), { "aria-label": `${say("Compare")}: ${other}, ${entry}` }));
}

// --- one entry made two ---------------------------------------------------------------------

const WAYS = ["stays", "goes", "stands in both"];

/** Which terms the new entry gets; definition, notes and history stay with the old one. */
function askSplit(entry, base) {
  const id = make("input", { type: "text", maxlength: "200", required: true, spellcheck: "false" });
  const ways = entry.terms.map((term) => select(WAYS, "stays", { "aria-label": `${named(term.language)}: ${term.text}` }));
  const rows = entry.terms.map((term, i) => make("tr", {}, make("th", { scope: "row" }, bdi(term.text, term.language)),
    make("td", {}, named(term.language)), make("td", {}, say(status(term))), make("td", {}, ways[i]))); // prettier-ignore
  const which = (way) => ways.flatMap(({ value }, i) => (value === way ? [i] : []));
  const split = make("button", { type: "submit", class: "wb-small wb-main" }, say("Split them"));
  beside(make("form", { class: "wb-entry", onsubmit: (event) => {
    event.preventDefault();
    onlyOnce(split, () => trying(async () => {
      const fresh = id.value.trim();
      const still = sides();
      const said = await ask("desk/split", { id: entry.id, new: fresh, moved: which("goes"), copied: which("stands in both"), base });
      wrote(say("Split: {entry}, {new}", { entry: entry.id, new: fresh }), said);
      await refresh();
      if (still()) await openEntry(fresh);
    }));
  } }, make("h2", {}, say("Split into two")), make("p", {}, bdi(entry.id)), labelled("Id of the new entry", id),
    table(["Form", "Language", "Status", "Place"].map((head) => say(head)), rows, say("Forms")),
    make("p", { class: "wb-deeds" }, split, button("Close", () => openEntry(entry.id))))); // prettier-ignore
  id.focus();
}

// --- two entries side by side ------------------------------------------------------------------

function askMerge(id) {
  const other = make("input", { type: "text", maxlength: "200", required: true });
  beside(make("form", { class: "wb-entry", onsubmit: (event) => (event.preventDefault(), compare(id, other.value.trim())) },
    make("h2", {}, say("Merge with another")), labelled("Id of the other entry", other),
    make("p", { class: "wb-deeds" }, make("button", { type: "submit", class: "wb-small wb-main" }, say("Compare")), button("Close", () => openEntry(id))))); // prettier-ignore
  other.focus();
}

async function compare(keep, away) {
  const still = sides();
  await trying(async () => {
    const found = await ask(about("desk/merged", { keep, away }));
    if (!still()) return;
    const column = (entry, title) => make("div", {}, make("h3", {}, title), make("p", {}, bdi(entry.id), ` · ${say(entry.kind)}`), facts(entry));
    const join = button("Merge them", () => trying(async () => {
      const open = sides();
      const said = await ask("desk/merge", { keep: found.keep.id, away: found.away.id });
      wrote(say("Merged into {entry}", { entry: found.keep.id }), said);
      await refresh();
      if (open()) await openEntry(found.keep.id);
    }), { class: "wb-small wb-main" }); // prettier-ignore
    join.disabled = !may("merge");
    beside(make("h2", {}, say("Side by side")),
      make("div", { class: "wb-pair" }, column(found.keep, say("Kept")), column(found.away, say("Merged into it"))),
      make("h3", {}, say("What the kept one gains")), differences(found.changes),
      make("p", { class: "wb-deeds" }, join, button("The other way round", () => compare(away, keep)), button("Close", () => beside()))); // prettier-ignore
    side.focus();
  });
}

function facts(entry) {
  const said = entry.terms.map((term) => make("li", {}, `${named(term.language)}: `, bdi(term.text, term.language), ` · ${say(status(term))}`));
  return make("div", {}, make("ul", {}, ...said), entry.note ? make("p", { class: "wb-why" }, bdi(entry.note)) : null);
}

// --- files ---------------------------------------------------------------------------------------

const FORMATS = ["yaml", "tbx", "csv", "xlsx", "jsonl", "tmx"];

function files() {
  const file = make("input", { type: "file", class: "wb-file", disabled: !may("propose") });
  file.addEventListener("change", async () => {
    const [given] = file.files;
    if (given) await preview({ file: { name: given.name, content: await base64(given) } });
    file.value = "";
  });
  const bundled = select(me.bundled, me.bundled[0], {}, (name) => name);
  const format = select(FORMATS, "yaml", {}, (name) => name);
  const leave = make("a", { class: "wb-small", download: "" }, say("Export"));
  const aim = () => leave.setAttribute("href", `${root.dataset.root}/desk/export?format=${format.value}`);
  format.addEventListener("change", aim);
  aim();
  list.replaceChildren(make("div", { class: "wb-line-up" }, labelled("Import a file", file), labelled("A bundled glossary", bundled),
    button("Look at it", () => preview({ bundled: bundled.value }))), make("div", { class: "wb-line-up" }, labelled("Format", format), leave)); // prettier-ignore
}

const VERDICTS = ["new", "changed", "same", "conflicting", "refused"];

/** What an import would do, entry by entry; then it is written, with the conflicting ones that were chosen. */
async function preview(sent) {
  const still = sides();
  tell(say("Reading…"));
  await trying(async () => {
    const seen = await ask("desk/import", sent);
    if (!still()) return;
    tell("");
    const rows = seen.rows.map((row) => previewed(row));
    const counts = VERDICTS.map((verdict) => `${say(verdict)}: ${seen.counts[verdict]}`).join(" · ");
    const write = button(may("import") ? "Import" : "Propose all", () => trying(async () => {
      const take = [...side.querySelectorAll("input:checked")].map((tick) => tick.entry);
      const said = await ask("desk/import", { ...sent, write: true, base: seen.base, take });
      beside();
      wrote(say("Imported: {counts}", { counts }), said);
      await go("entries");
    }), { class: "wb-small wb-main" }); // prettier-ignore
    write.disabled = !may("propose") || !(seen.counts.new + seen.counts.changed + seen.counts.conflicting);
    beside(make("h2", {}, say("What the import would do")), make("p", {}, counts), ...seen.remarks.map((text) => make("p", { class: "wb-why" }, text)),
      make("p", { class: "wb-deeds" }, write, button("Close", () => beside())),
      table(["Take", "Verdict", "Entry", "What"].map((head) => say(head)), rows, say("What the import would do"))); // prettier-ignore
    side.focus();
  });
}

function previewed(row) {
  const tick = make("input", { type: "checkbox", "aria-label": `${say("Take")}: ${row.id}` });
  tick.entry = row.id;
  const where = row.line ? `${say("line")} ${row.line}` : "";
  return make("tr", {}, make("td", {}, row.verdict === "conflicting" ? tick : ""), make("td", {}, make("span", { class: `wb-tag wb-${row.verdict}` }, say(row.verdict))),
    make("th", { scope: "row" }, bdi(row.id || where)), make("td", {}, row.reason ? make("p", { class: "wb-why" }, row.reason) : null,
      row.differences.length ? differences(row.differences) : row.terms.join(", "))); // prettier-ignore
}
