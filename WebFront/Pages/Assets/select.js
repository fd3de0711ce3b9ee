// Which incidents are selected: a bar while any is, all shown at once, a range with Shift. Rows come and go under it.
import { say } from "./words.js";

const bar = document.querySelector("[data-bulk]");
const rows = document.getElementById("incidents");
const all = document.querySelector("[data-select-all]");
let last = null;

const boxes = () => [...rows.querySelectorAll("input[name=selected]")];

export function refreshSelection() {
  if (!bar || !rows) return;
  const shown = boxes();
  const count = shown.filter(box => box.checked).length;
  bar.hidden = count === 0;
  bar.querySelector("[data-bulk-count]").textContent = say("selected", count);
  if (all) {
    all.checked = count > 0 && count === shown.length;
    all.indeterminate = count > 0 && count < shown.length;
  }
}

if (bar && rows) {
  const clear = bar.querySelector("[data-bulk-clear]");
  clear.hidden = false;
  clear.addEventListener("click", () => {
    boxes().forEach(box => { box.checked = false; });
    refreshSelection();
  });
  rows.addEventListener("click", event => {
    const box = event.target.closest("input[name=selected]");
    if (!box) return;
    const [shown, from] = [boxes(), last && document.getElementById(last)?.querySelector("input[name=selected]")];
    if (event.shiftKey && from) {
      const [a, b] = [shown.indexOf(from), shown.indexOf(box)].sort((x, y) => x - y);
      shown.slice(a, b + 1).forEach(one => { one.checked = box.checked; });
    }
    last = box.closest("tr").id;
  });
  rows.addEventListener("change", refreshSelection);
  if (all) {
    all.hidden = false;
    all.addEventListener("change", () => {
      boxes().forEach(box => { box.checked = all.checked; });
      refreshSelection();
    });
  }
  new MutationObserver(refreshSelection).observe(rows, { childList: true });
  addEventListener("pageshow", refreshSelection);
  refreshSelection();
}
