// An address without what says nothing: empty fields are not sent, and what came of a press is said once.
import { localOf } from "./times.js";

const form = document.querySelector("[data-filters]");
const times = [...form?.querySelectorAll("input[type=datetime-local]") ?? []];

// Such a field has no zone: it is UTC as it comes and goes, and the viewer's own while somebody looks at it. What nobody
// touched goes as it came: in autumn an hour is there twice.
for (const field of times) {
  if (field.dataset.at) field.defaultValue = localOf(new Date(field.dataset.at));
}
form?.querySelectorAll("[data-utc]").forEach(zone => zone.remove());

form?.addEventListener("formdata", ({ formData }) => {
  for (const field of times) {
    const at = new Date(field.value);
    if (field.dataset.at && field.value === field.defaultValue) formData.set(field.name, field.dataset.at);
    else if (at.getFullYear() < 10000) formData.set(field.name, at.toISOString());
  }
  const empty = [...new Set(formData.keys())].filter(name => formData.getAll(name).every(value => value === ""));
  empty.forEach(name => formData.delete(name));
});

const flash = document.querySelector("[data-flash]");
if (flash) {
  setTimeout(() => flash.classList.add("seen"), 8000); // until then it stays in view
  const address = new URL(location);
  ["did", "outcome", "of"].forEach(name => address.searchParams.delete(name));
  history.replaceState(null, "", address);
}
