// On an incident's page: says that it changed since, and leaves the page as it is, since somebody may be writing.
import { follow } from "./stream.js";
import { say } from "./words.js";

const page = document.querySelector("[data-live-incident]");
let notice = null;

function changed(data) {
  if (notice || JSON.parse(data).change <= Number(page.dataset.change)) return;
  notice = Object.assign(document.createElement("p"), { className: "notice", textContent: say("incidentChanged") + " " });
  notice.setAttribute("role", "status");
  notice.append(Object.assign(document.createElement("a"), { href: location.pathname, textContent: say("show") }));
  page.prepend(notice);
}

if (page) {
  const stale = page.querySelector("[data-live-state]");
  // Each time it says what is so now.
  follow(`/live?incident=${encodeURIComponent(page.dataset.liveIncident)}`, "", { changed }, (since, isOver) => {
    stale.hidden = !since;
    stale.textContent = isOver ? say("signedOut") : since ? say("notLive", since.toLocaleTimeString(document.body.dataset.culture || undefined)) : "";
  });
}
