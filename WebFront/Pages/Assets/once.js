// A form whose answer is shown once, such as a made token: pressed twice, the answer to the second press would take its place.
const forgotten = 10000; // ms: the answer did not come, or somebody stopped it

for (const form of document.querySelectorAll("form[data-once]")) {
  let sentAt = -Infinity;
  form.addEventListener("submit", event => {
    if (performance.now() - sentAt < forgotten) event.preventDefault();
    else sentAt = performance.now();
  });
  addEventListener("pageshow", () => { sentAt = -Infinity; });
}
