// Keys of the list: see KeyList.razor. They press what is on the page, so they can do nothing that is not there.
const rows = document.getElementById("incidents");
const keys = document.querySelector("[data-keys]");
let current = null; // an id: the row itself is replaced when its incident changes
let next = null; // the one after it, for when it is no longer listed

const row = () => current && document.getElementById(current);

function standAt(to) {
  rows.querySelectorAll("tr[aria-current]").forEach(one => one.removeAttribute("aria-current"));
  [current, next] = [to.id, to.nextElementSibling?.id ?? null];
}

function go(to) {
  if (!to) return;
  standAt(to);
  to.setAttribute("aria-current", "true");
  to.querySelector(".what a").focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
}

function letGo() {
  row()?.removeAttribute("aria-current");
  [current, next] = [null, null];
  document.activeElement?.blur();
}

const beside = () => document.getElementById(next) ?? rows.firstElementChild;
const press = name => row()?.querySelector(`button[name=${name}], input[name=${name}]`)?.click();

const doing = {
  j: () => go(row() ? row().nextElementSibling : beside()),
  k: () => go(row() ? row().previousElementSibling : beside()),
  x: () => press("selected"),
  a: () => press("incident"),
  r: () => press("resolve"),
  Enter: () => row()?.querySelector(".what a").click(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => keys?.showModal(),
  Escape: letGo,
};

/** A press brings the page anew: whoever works down the list goes on from there, though the row may have left the list. */
function comeBack() {
  const [pressed, after] = sessionStorage.getItem("pressed")?.split(" ") ?? [];
  sessionStorage.removeItem("pressed");
  if (!pressed || document.querySelector("[data-flash]")?.dataset.flash !== pressed) return;
  [current, next] = [pressed, after];
  row()?.setAttribute("aria-current", "true");
  (row() ?? document.getElementById(next))?.scrollIntoView({ block: "nearest" });
}

if (rows) {
  comeBack();
  document.addEventListener("submit", event => {
    const at = event.submitter?.closest("#incidents > tr");
    if (at) sessionStorage.setItem("pressed", `${at.id} ${at.nextElementSibling?.id ?? ""}`);
    else sessionStorage.removeItem("pressed");
  });
  document.addEventListener("keydown", event => {
    const at = event.target;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat && !"jk".includes(event.key) || keys?.open) return;
    if (at.matches("textarea, select, [contenteditable], input:not([type=checkbox])")) {
      if (event.key === "Escape") at.blur();
      return;
    }
    if (event.key === "Enter" && at !== document.body) return; // what has the focus does it
    const does = Object.hasOwn(doing, event.key) ? doing[event.key] : null;
    if (!does) return;
    event.preventDefault();
    does();
  });
  // Whoever clicks or tabs into a row goes on from there.
  rows.addEventListener("focusin", event => {
    const to = event.target.closest("tr");
    if (to && to.id !== current) {
      standAt(to);
      if (event.target.matches(":focus-visible")) to.setAttribute("aria-current", "true");
    }
  });
  // A row that is replaced while it is the current one stays it.
  new MutationObserver(() => {
    const now = row();
    if (now && !rows.querySelector("tr[aria-current]")) now.setAttribute("aria-current", "true");
  }).observe(rows, { childList: true });
}
