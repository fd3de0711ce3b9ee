// The counts at the top, fetched anew; live.js says when.
export async function refreshCounts() {
  const shown = document.getElementById("counts");
  if (!shown) return;
  const answer = await fetch(shown.dataset.counts, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("counts");
  if (!fresh || fresh.innerHTML === shown.innerHTML) return;
  const at = [...shown.querySelectorAll("a")].indexOf(document.activeElement);
  shown.innerHTML = fresh.innerHTML;
  if (at >= 0) shown.querySelectorAll("a")[at]?.focus({ preventScroll: true });
}
