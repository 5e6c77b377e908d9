// Marks of the segment editor: asked of the server while one types, painted behind the words, counted.

/** Marks that stand as they stood keep their place on the page, and with it a press or the focus that is on them. */
function paint(box, text, marks, side) {
  const look = JSON.stringify([text, marks]);
  if (box.look === look) {
    box.querySelectorAll(".wb-mark").forEach((made, n) => (made.mark = marks[n]));
    return;
  }
  box.look = look;
  const all = letters(text);
  const pieces = [];
  let at = 0;
  for (const mark of marks) {
    pieces.push(all.slice(at, mark.span[0]).join(""), painted(mark, side));
    at = mark.span[1];
  }
  pieces.push(all.slice(at).join("") + (side === "target" ? "\u200b" : "")); // an empty last line has a height too
  const start = (node) => (box.contains(node) ? node.closest(".wb-mark")?.mark.span[0] : undefined);
  const [focused, fixed] = [start(document.activeElement), start(pinned)];
  box.replaceChildren(...pieces);
  const again = (place) => [...box.children].find(({ mark }) => mark?.span[0] === place);
  if (fixed !== undefined) pinned = again(fixed) ?? pinned;
  if (focused !== undefined) again(focused)?.focus();
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

let question = 0;
async function markLines(numbers) {
  const asked = numbers.map((i) => ({
    source: draft.lines[i].source,
    target: draft.lines[i].target,
    names: draft.names ? places[i].map(({ start, end }) => [start, end]) : null,
  }));
  const id = draft.id;
  const mine = (question += 1);
  for (const i of numbers) rows[i].question = mine;
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
    // typed on meanwhile, or asked anew after a choice: an answer that is too old
    if (rows[i].question !== mine || draft.lines[i].target !== asked[n].target) return;
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

const markAll = () => working(async () => {
  const id = draft.id;
  await learnNames();
  for (let first = 0; draft?.id === id && first < draft.lines.length; first += AT_ONCE) {
    await markLines([...draft.lines.keys()].slice(first, first + AT_ONCE));
  }
}); // prettier-ignore

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
