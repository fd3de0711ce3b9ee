// The same button is pressed once a page: a second press would take away the answer to the first, such as a token that is
// shown this once. Another button is another thing to do.
let last = null;

document.addEventListener("submit", event => {
  if (event.target.method !== "post") return;
  if (event.submitter && event.submitter === last) event.preventDefault();
  last = event.submitter;
});
addEventListener("pageshow", () => { last = null; });
