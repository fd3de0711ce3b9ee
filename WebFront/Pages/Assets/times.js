// Times in the viewer's own zone, and ages that go on. Call freshen() for what was put into the page later.
import { say } from "./words.js";

const culture = document.body.dataset.culture || undefined;
const exact = new Intl.DateTimeFormat(culture, { dateStyle: "medium", timeStyle: "medium" });

export function ageOf(seconds) {
  if (seconds < 5) return say("justNow");
  const [d, h, m] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  const text = d ? say("days", d, h) : seconds >= 3600 ? say("hours", h, m) : m ? say("minutes", m) : say("seconds", Math.floor(seconds));
  return say("ago", text);
}

/** For a field of date and time. */
export const localOf = time => new Date(time - time.getTimezoneOffset() * 60000).toISOString().slice(0, 16);

export function freshen(root = document) {
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const text = exact.format(at);
    if (time.title !== text) time.title = text;
    const shown = time.dataset.show === "age" ? ageOf((Date.now() - at) / 1000) : text;
    if (time.textContent !== shown) time.textContent = shown;
  }
}

freshen();
setInterval(freshen, 5000);
