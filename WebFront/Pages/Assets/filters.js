// An address without what says nothing: empty fields are not sent, and what came of a press is said once.
const form = document.querySelector("[data-filters]");
form?.addEventListener("submit", () => {
  const empty = [...form.elements].filter(field => field.name && field.value === "");
  empty.forEach(field => { field.disabled = true; });
  setTimeout(() => empty.forEach(field => { field.disabled = false; })); // for when one comes back
});

if (document.querySelector("[data-flash]")) {
  const address = new URL(location);
  ["did", "outcome", "of"].forEach(name => address.searchParams.delete(name));
  history.replaceState(null, "", address);
}
