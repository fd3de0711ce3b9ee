// A stream of the server that goes on where it was, whatever cut it: a lost network, a hidden tab, fifteen minutes.
const staleAfter = 25000; // ms; the server says something every 10 s

export function follow(url, since, hear, state) {
  let [source, last, heard, wait, timer] = [null, since, Date.now(), 1000, 0];

  const open = () => {
    clearTimeout(timer);
    if (source || document.hidden) return;
    const address = new URL(url, location.href);
    if (last) address.searchParams.set("last", last);
    source = new EventSource(address);
    for (const name of ["ping", ...Object.keys(hear)]) {
      source.addEventListener(name, event => {
        if (event.lastEventId) last = event.lastEventId;
        [heard, wait] = [Date.now(), 1000];
        state(null);
        hear[name]?.(event.data);
      });
    }
    source.onerror = () => {
      close();
      timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
      wait = Math.min(wait * 2, 15000);
    };
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };

  // A browser keeps six connections to a server: a tab that nobody sees gives its one back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    heard = Math.max(heard, Date.now() - staleAfter + 5000); // it has a moment to come back before the page calls itself stale
    open();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  addEventListener("online", () => { close(); open(); });
  setInterval(() => {
    if (document.hidden || Date.now() - heard < staleAfter) return;
    state(new Date(heard));
    if (source && Date.now() - heard > 2 * staleAfter) { // open, but dead: nobody told us
      close();
      open();
    }
  }, 1000);
  open();
}
