// Leaves the page at once, by the link or by Shift three times: it is covered before the other one is
// there, and the back button doesn't lead to it. After GOV.UK's component "Exit this page".
const link = document.querySelector(".quick-exit-link");
const said = document.querySelector(".quick-exit-said");
const PRESSES = 3;
const PATIENCE = 5000; // milliseconds until the next press

const leave = () => {
  dispatchEvent(new Event("pagehide")); // nothing reads aloud any longer
  document.title = link.hostname;
  said.className = "visually-hidden";
  said.textContent = "Loading.";
  document.body.replaceChildren(said);
  const silence = document.createElement("meta");
  silence.name = "referrer";
  silence.content = "no-referrer";
  document.head.append(silence);
  try {
    sessionStorage.clear(); // a comment that was being written
  } catch {
    // A browser that keeps nothing.
  }
  history.replaceState(null, "", "/"); // the address, too, while the other page loads
  location.replace(link.href);
};

let pressed = 0;
let isAlone = false; // Shift, without another key or a click
let waiting;

const forget = (words) => {
  clearTimeout(waiting);
  pressed = 0;
  said.textContent = words;
};

const count = () => {
  clearTimeout(waiting);
  pressed += 1;
  const left = PRESSES - pressed;
  if (!left) return leave();
  said.textContent = `Press Shift ${left} more time${left > 1 ? "s" : ""} to leave.`;
  waiting = setTimeout(forget, PATIENCE, "Still on this page.");
};

addEventListener("keydown", ({ key, repeat }) => {
  if (key !== "Shift") {
    isAlone = false;
    if (pressed) forget("");
  } else if (!repeat) isAlone = true;
}, true);
addEventListener("keyup", ({ key }) => {
  if (key === "Shift" && isAlone) count();
}, true);
addEventListener("pointerdown", () => {
  isAlone = false;
}, true);
link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
