// Runs once for the result (gradio's `js_on_load`); `element` holds whatever is shown now.
// Cards show on hover and focus by CSS alone. Here: pin by click, tie both sides, copy.

const marks = (pair) => element.querySelectorAll(`.wb-mark[data-pair="${pair}"]`);

function unpin(except) {
  for (const term of element.querySelectorAll(".wb-term.wb-pinned")) {
    if (term === except) continue;
    term.classList.remove("wb-pinned");
    term.querySelector(".wb-mark").setAttribute("aria-expanded", "false");
  }
}

function pin(mark) {
  const term = mark.parentElement;
  unpin(term);
  const pinned = term.classList.toggle("wb-pinned");
  term.classList.toggle("wb-dismissed", !pinned); // pressed away, though the pointer is still there
  mark.setAttribute("aria-expanded", String(pinned));
  place(term);
}

// Keeps a card inside the window; on a narrow one CSS makes it a sheet at the bottom.
function place(term) {
  const card = term.querySelector(".wb-card");
  if (!card) return;
  card.style.removeProperty("--shift");
  card.classList.remove("wb-above");
  const box = card.getBoundingClientRect();
  const room = document.documentElement.clientWidth - 12;
  const shift = box.right > room ? room - box.right : box.left < 12 ? 12 - box.left : 0;
  if (shift) card.style.setProperty("--shift", `${shift}px`);
  if (box.bottom > window.innerHeight && box.height < box.top - 40) card.classList.add("wb-above");
}

function light(target, on) {
  const mark = target.closest?.(".wb-mark[data-pair]");
  if (!mark) return;
  for (const twin of marks(mark.dataset.pair)) twin.classList.toggle("wb-lit", on);
  if (on) place(mark.parentElement);
  else if (document.activeElement !== mark) mark.parentElement.classList.remove("wb-dismissed");
}

async function copy(button) {
  const whole = element.querySelector(".wb-whole").textContent;
  if (navigator.clipboard) await navigator.clipboard.writeText(whole);
  else {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = whole;
    area.select();
    document.execCommand("copy"); // the only way on a plain http address
    area.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => (button.textContent = "Copy translation"), 1600);
}

element.addEventListener("mouseover", (event) => light(event.target, true));
element.addEventListener("mouseout", (event) => light(event.target, false));
element.addEventListener("focusin", (event) => light(event.target, true));
element.addEventListener("focusout", (event) => light(event.target, false));

document.addEventListener("click", (event) => {
  const mark = element.contains(event.target) && event.target.closest(".wb-mark[data-pair]");
  const button = element.contains(event.target) && event.target.closest(".wb-copy");
  if (mark) pin(mark);
  else if (button) copy(button);
  else if (!event.target.closest?.(".wb-card")) unpin();
});

element.addEventListener("keydown", (event) => {
  const mark = event.target.closest?.(".wb-mark[data-pair]");
  if (mark && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    pin(mark);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  unpin();
  for (const term of element.querySelectorAll(".wb-term:hover, .wb-term:focus-within")) term.classList.add("wb-dismissed");
});
