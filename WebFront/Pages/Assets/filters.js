// An address without what says nothing: empty fields are not sent, and what came of a press is said once.
import { localOf } from "./times.js";

const form = document.querySelector("[data-filters]");
const times = [...form?.querySelectorAll("input[type=datetime-local]") ?? []];

// Such a field has no zone: it is UTC as it comes and goes, and the viewer's own while somebody looks at it.
for (const field of times) {
  if (field.defaultValue) field.defaultValue = localOf(new Date(`${field.defaultValue}Z`));
}
form?.querySelectorAll("[data-utc]").forEach(zone => zone.remove());

form?.addEventListener("formdata", ({ formData }) => {
  for (const { name, value } of times) {
    if (value) formData.set(name, new Date(value).toISOString());
  }
  const empty = [...new Set(formData.keys())].filter(name => formData.getAll(name).every(value => value === ""));
  empty.forEach(name => formData.delete(name));
});

if (document.querySelector("[data-flash]")) {
  const address = new URL(location);
  ["did", "outcome", "of"].forEach(name => address.searchParams.delete(name));
  history.replaceState(null, "", address);
}
