// The Names tab: a name in all languages, its kin as a picture, discovery in a document. After pieces.js.

const TARGETS = "workbench:names:targets";
let me = { may: [] };
const results = make("div", { class: "wb-results" });
const name = make("input", { type: "text", maxlength: "200", autocomplete: "off", spellcheck: "false" });
const from = select(Object.keys(languages), "hy", {}, named);
const kind = select(KINDS, "person");
const everywhere = make("input", { type: "checkbox" });
const file = make("input", { type: "file", class: "wb-file" });
const current = latest();

// --- a name in all languages -----------------------------------------------------------------

const scripts = [[/[\u0531-\u058a]/, "hy"], [/[\u10a0-\u10ff]/, "ka"], [/[əƏ]/, "az"], [/[іїєґ]/i, "uk"], [/[\u0400-\u04ff]/, "ru"],
  [/[\u0370-\u03ff]/, "el"], [/[\u0590-\u05ff]/, "he"], [/[\u0600-\u06ff]/, "ar"], [/[A-Za-z]/, "en"]]; // prettier-ignore
let chosen = false; // the reader named the language; else the letters tell it

function guessed() {
  const found = scripts.find(([letters]) => letters.test(name.value));
  if (!chosen && found) from.value = found[1];
}

async function look() {
  const asked = name.value.trim();
  if (!asked) return;
  const still = current();
  const targets = everywhere.checked ? [] : root.dataset.first.split(" ");
  await trying(async () => {
    const said = await ask("names/forms", { q: asked, source: from.value, targets: targets.filter((code) => code !== from.value) });
    if (!still()) return;
    tell("");
    show(asked, from.value, said);
  });
}

function show(asked, source, { forms, kin }) {
  const picks = [];
  const rows = forms.map(({ language, forms: found }) => row({ asked, source }, language, found, picks));
  const adopt = button("Adopt the chosen forms", () => adopted(asked, source, picks), { class: "wb-small wb-main" });
  adopt.disabled = !me.may.includes("propose");
  const heads = [say("Adopt"), say("Language"), say("Form"), say("How"), say("Reason"), say("Others")];
  results.replaceChildren(
    make("h2", {}, bdi(asked, source)),
    table(heads, rows, say("Forms")),
    make("p", { class: "wb-deeds" }, labelled("Kind", kind), adopt),
    picture(asked, kin),
  );
}

function row({ asked, source }, language, found, picks) {
  const first = found[0];
  const tick = make("input", { type: "checkbox", "aria-label": `${say("Adopt")}: ${named(language)}` });
  tick.checked = Boolean(first) && ["glossary", "official", "usage", "convention"].includes(first.how);
  tick.disabled = !first;
  const shown = bdi(first?.form ?? "—", language);
  const may = first && me.may.includes("propose");
  const one = may ? make("button", { type: "button", class: "wb-link", title: say("Adopt this form") }, shown) : shown;
  if (may) one.addEventListener("click", () => adopted(asked, source, [{ tick: { checked: true }, language, made: first }]));
  if (first) picks.push({ tick, language, made: first });
  const others = found.slice(1).flatMap((made, i) => [i ? ", " : "", make("span", { title: made.reason }, bdi(made.form, language))]);
  return make("tr", {}, make("td", {}, tick), make("th", { scope: "row" }, named(language)), make("td", { class: "wb-form" }, one),
    make("td", {}, first ? say(first.how) : ""), make("td", { class: "wb-why" }, first ? why(first) : ""), make("td", {}, ...others)); // prettier-ignore
}

const why = ({ reason, source }) => (!source || reason.includes(source) ? reason : `${reason} (${source})`);

async function adopted(asked, source, picks) {
  const forms = picks.filter(({ tick }) => tick.checked).map(({ language, made }) => ({ language, form: made.form, reason: made.reason }));
  await trying(async () => {
    const said = await ask("names/adopt", { q: asked, source, kind: kind.value, forms });
    tell(say("Proposed to the glossary: {entry}", { entry: said.entry }));
  });
}

// --- kin -------------------------------------------------------------------------------------

const WIDE = 860;
const STEP = 34; // from one label to the next

/** Spellings around a name: the same name at the right with solid lines, its parts and other names at the left, those
 * that are another name with dashed lines. */
function picture(asked, kin) {
  const title = say("Spellings of {name}", { name: asked });
  if (!kin.length) return make("p", {}, say("No other spelling is known."));
  const sides = [kin.filter(({ kind: one }) => one === "same"), kin.filter(({ kind: one }) => one !== "same")];
  const high = STEP * (Math.max(...sides.map((side) => side.length), 2) + 0.5);
  const svg = drawn("svg", { viewBox: `0 0 ${WIDE} ${high}`, class: "wb-kin", role: "img", "aria-label": title });
  const lines = drawn("g");
  const labels = drawn("g");
  sides.forEach((side, left) => side.forEach((one, i) => {
    const x = left ? 105 : WIDE - 105;
    const y = high / 2 + STEP * (i - (side.length - 1) / 2);
    const bend = (x + WIDE / 2) / 2;
    lines.append(drawn("path", { d: `M ${WIDE / 2} ${high / 2} C ${bend} ${high / 2} ${bend} ${y} ${x} ${y}`, class: `wb-${one.kind}` }));
    const text = `${one.text}${one.count ? ` ${one.count}` : ""}`;
    labels.append(drawn("g", { class: `wb-node wb-${one.kind}` }, drawn("title", {}, `${one.text}: ${one.reason}`), ...node(x, y, text)));
  })); // prettier-ignore
  labels.append(drawn("g", { class: "wb-node wb-centre" }, ...node(WIDE / 2, high / 2, asked)));
  svg.append(lines, labels);
  const list = kin.map((one) => make("li", { class: `wb-${one.kind}` }, bdi(one.text), ` · ${one.languages.map(named).join(", ")} · `,
    make("b", {}, say(VERDICTS[one.kind])), ` · ${one.reason}`, one.entry ? ` · ${say("Entry")}: ${one.entry}` : "")); // prettier-ignore
  return make("figure", { class: "wb-figure" }, make("figcaption", {}, title), svg,
    make("details", {}, make("summary", {}, say("The same as a list")), make("ul", {}, ...list))); // prettier-ignore
}

const VERDICTS = { same: "the same name", part: "a part of it", gender: "another name", different: "another name" };

function node(x, y, text) {
  const width = Math.min(190, 18 + 9.4 * Array.from(text).length);
  return [drawn("rect", { x: x - width / 2, y: y - 13, width, height: 26, rx: 7 }),
    drawn("text", { x, y: y + 4.5, "text-anchor": "middle", ...(9.4 * Array.from(text).length > 174 ? { textLength: 174, lengthAdjust: "spacingAndGlyphs" } : {}) }, text)]; // prettier-ignore
}

// --- discovery -------------------------------------------------------------------------------

async function discover() {
  const [given] = file.files;
  if (!given) return;
  tell(say("Looking for names…"));
  const still = current();
  await trying(async () => {
    const sent = { name: given.name, content: await base64(given), targets: root.dataset.first.split(" ") };
    const { names } = await ask("names/file", sent);
    if (!still()) return;
    tell(say("Names that the glossary does not know: {count}", { count: names.length }));
    results.replaceChildren(make("h2", {}, bdi(given.name)), ...names.map(cluster));
  });
  file.value = "";
}

function cluster(found) {
  const said = found.spellings.flatMap((one, i) => [i ? ", " : "", bdi(one.text, one.language), ` ${one.count}`]);
  const offered = found.entry.terms.filter((term) => term.source !== "texts" && status(term) === "preferred");
  const adopt = button("Adopt", async () => {
    await trying(async () => {
      await ask("desk/put", { entry: found.entry, new: true, why: "found in a document" });
      adopt.disabled = true;
      tell(say("Proposed to the glossary: {entry}", { entry: found.entry.id }));
    });
  }, { class: "wb-small wb-main", "aria-label": `${say("Adopt")}: ${found.name}` }); // prettier-ignore
  adopt.disabled = !me.may.includes("propose");
  const rows = offered.map((term) => make("tr", {}, make("th", { scope: "row" }, named(term.language)),
    make("td", { class: "wb-form" }, bdi(term.text, term.language)), make("td", {}, say(term.source ?? "")), make("td", { class: "wb-why" }, term.note ?? ""))); // prettier-ignore
  return make("section", { class: "wb-found" },
    make("h3", {}, bdi(found.name, found.language), make("span", { class: "wb-times" }, ` × ${found.count}`), " ", adopt),
    make("p", {}, ...said, found.doubt ? ` · ${found.doubt}` : ""),
    make("details", {}, make("summary", {}, say("Forms and spellings")),
      rows.length ? table([say("Language"), say("Form"), say("How"), say("Reason")], rows, `${say("Forms")}: ${found.name}`) : null,
      found.kin.length ? picture(found.name, found.kin) : null)); // prettier-ignore
}

// --- beginning -------------------------------------------------------------------------------

const looking = afterTyping(look, 2 * TYPING);
name.addEventListener("input", () => {
  guessed();
  looking.soon();
});
from.addEventListener("change", () => ((chosen = true), looking.now()));
everywhere.addEventListener("change", looking.now);
file.addEventListener("change", discover);
const form = make("form", { class: "wb-line-up", onsubmit: (event) => (event.preventDefault(), looking.now()) },
  labelled("A name", name, "wb-grow"), labelled("Language of the name", from),
  make("label", { class: "wb-tick" }, everywhere, make("span", {}, say("All languages"))),
  make("button", { type: "submit", class: "wb-small wb-main" }, say("Show forms")),
  labelled("Find names in a document", file)); // prettier-ignore
const empty = make("div", { class: "wb-empty" }, make("p", {}, say("Type a name in any script: its forms stand here, each with its reason.")),
  button("Try an example", () => { name.value = "Միրզոյան"; guessed(); looking.now(); })); // prettier-ignore
results.append(empty);
root.replaceChildren(told);
trying(async () => {
  me = await ask("desk/me"); // what may be adopted hangs on it
  root.replaceChildren(form, told, results);
});
