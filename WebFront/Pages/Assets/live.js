// The list of incidents as they change: in place, without moving what somebody points at, has selected or reads.
import { refreshCounts } from "./counts.js";
import { refreshSelection } from "./select.js";
import { follow } from "./stream.js";
import { freshen } from "./times.js";
import { say } from "./words.js";

const rows = document.querySelector("#incidents[data-live]");
const mostRows = 200;
const reloadPause = 60000; // ms between two reloads of our own
const reloadSpread = 5000; // ms: what makes one page read anew makes all of them
const stopped = 15000; // ms: whoever wanted to leave and is still here has thought better of it
const waiting = new Map(); // new rows by id, the latest last

// As the server sorts: the latest first.
const placeOf = row => rows.dataset.order === "opened" ? row.id : row.dataset.seen + row.id;
const pageEnd = rows?.hasAttribute("data-more") ? placeOf(rows.lastElementChild) : ""; // where the next page goes on
const isOnALaterPage = row => placeOf(row) < pageEnd;
const changeOf = row => Number(row.dataset.change);
const isHeld = () => rows.contains(document.activeElement) || rows.querySelector("input:checked") !== null
  || (matchMedia("(hover: hover)").matches && rows.matches(":hover"));
// A finger is not seen before it touches: what it aims at must not move.
const isTouched = () => matchMedia("(pointer: coarse)").matches && rows.children.length > 0;
const isBusy = () => isHeld() || isTouched() || scrollY > rows.getBoundingClientRect().top + scrollY;

function rowOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const row = template.content.querySelector("tr");
  freshen(row);
  return row;
}

function replace(old, row) {
  const box = row.querySelector("input[type=checkbox]");
  if (box) box.checked = old.querySelector("input[type=checkbox]")?.checked ?? false;
  const kinds = "a, button, input";
  const at = [...old.querySelectorAll(kinds)].indexOf(document.activeElement);
  const same = at < 0 ? null : [...row.querySelectorAll(kinds)].find(one =>
    one.tagName === document.activeElement.tagName && one.name === document.activeElement.name);
  if (old.dataset.revision !== row.dataset.revision) row.classList.add("fresh");
  old.replaceWith(row);
  if (at >= 0) (same ?? row.querySelector("a")).focus({ preventScroll: true });
}

function show(html) {
  const row = rowOf(html);
  const known = waiting.get(row.id) ?? document.getElementById(row.id);
  if (known && changeOf(known) >= changeOf(row)) return;
  if (known?.isConnected) replace(known, row);
  else if (!isOnALaterPage(row)) {
    waiting.delete(row.id);
    waiting.set(row.id, row);
    if (waiting.size > mostRows) waiting.delete(waiting.keys().next().value); // there is the next page for it
  }
  settle();
}

function hide(data) {
  const { incident_id: id, change } = JSON.parse(data);
  waiting.delete(id);
  const row = document.getElementById(id);
  if (!row || changeOf(row) > change) return;
  row.dataset.change = change;
  row.classList.add("gone");
  settle();
}

/** What may move now does. */
function settle() {
  soon(refreshCounts);
  if (!isBusy()) {
    rows.querySelectorAll("tr.gone").forEach(row => row.remove());
    putIn();
  }
  pill.hidden = waiting.size === 0;
  pill.textContent = say("newRows", waiting.size);
  refreshSelection();
  if (pageEnd && rows.children.length === 0) reload(); // there are more
}

function putIn() {
  if (waiting.size === 0) return;
  document.querySelector(".empty")?.remove();
  rows.closest("table").hidden = false;
  for (const row of waiting.values()) {
    row.classList.add("fresh");
    rows.insertBefore(row, [...rows.children].find(one => placeOf(one) < placeOf(row)) ?? null);
  }
  waiting.clear();
  const unselected = [...rows.children].filter(row => !row.querySelector("input:checked")).reverse();
  unselected.slice(0, Math.max(0, rows.children.length - mostRows)).forEach(row => row.remove());
}

let counted = 0;
function soon(refresh) {
  counted ||= setTimeout(() => { counted = 0; refresh().catch(() => {}); }, 2000);
}

function tell(text, link, word = "reload") {
  const place = document.querySelector("[data-live-state]");
  if (!place || place.dataset.said === text) return;
  place.dataset.said = text;
  place.replaceChildren(text);
  if (link) {
    const again = Object.assign(document.createElement("a"), { href: location.href, textContent: say(word) });
    place.append(" ", again);
  }
  place.hidden = text === "";
}

let missed = 0;
let left = false; // for another page
const reloadSoon = () => setTimeout(reload, Math.random() * reloadSpread);
function reload() {
  const last = Number(sessionStorage.getItem("reloaded"));
  const typed = [...document.querySelectorAll("input:not([type=checkbox], [type=hidden]), textarea")].some(one => one.value !== one.defaultValue);
  if (left || isHeld() || typed || Date.now() - last < reloadPause) {
    missed ||= setInterval(reload, reloadPause); // until it may
    tell(say("muchChanged"), true);
    return;
  }
  sessionStorage.setItem("reloaded", Date.now());
  location.reload();
}

const pill = Object.assign(document.createElement("button"), { type: "button", className: "pill primary", hidden: true });
if (rows) {
  rows.closest("table").before(pill);
  pill.addEventListener("click", () => {
    const isNew = new Set(waiting.keys());
    rows.querySelectorAll("tr.gone").forEach(row => row.remove());
    putIn();
    settle();
    const first = [...rows.children].find(row => isNew.has(row.id));
    if (first === rows.firstElementChild) scrollTo({ top: 0 });
    else first?.scrollIntoView({ block: "center" });
  });
  addEventListener("beforeunload", () => {
    left = true;
    setTimeout(() => { left = false; }, stopped);
  });
  rows.addEventListener("pointerleave", settle);
  follow(rows.dataset.live, rows.dataset.since, { row: show, gone: hide, reload: reloadSoon }, (since, isOver) => {
    if (isOver) tell(say("signedOut"), true, "signIn");
    else if (since) tell(say("notLive", since.toLocaleTimeString(document.body.dataset.culture || undefined)));
    else if (missed) tell(say("muchChanged"), true);
    else tell("");
  });
}
