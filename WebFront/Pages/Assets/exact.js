// JSON that is fetched when it is unfolded, and buttons that copy a text of the page.
for (const details of document.querySelectorAll("details[data-load]")) {
  details.addEventListener("toggle", async () => {
    const pre = details.querySelector("pre");
    if (!details.open || pre.textContent) return;
    const answer = await fetch(details.dataset.load).catch(() => null);
    if (!answer?.ok) return; // the link beside it does the same
    pre.textContent = await answer.text();
    pre.hidden = false;
  });
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  if (!navigator.clipboard) continue; // browsers have it on https only
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    button.textContent = button.dataset.copied;
  });
}
