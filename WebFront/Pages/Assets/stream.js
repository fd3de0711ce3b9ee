// A stream of the server that goes on where it was, whatever cut it: a lost network, a hidden tab, fifteen minutes.
const staleAfter = 25000; // ms; the server says something every 10 s
const comesBackWithin = 5000; // ms after the tab is seen again, before the page calls itself stale

/** state(null): live. state(since): what is shown may be older than that; state(since, true): for good, nobody is signed in. */
export function follow(url, since, hear, state) {
  let [source, last, heard, alive, seen, wait, timer, over] = [null, since, Date.now(), Date.now(), 0, 1000, 0, false];

  const open = () => {
    clearTimeout(timer);
    if (source || over || document.hidden) return;
    const address = new URL(url, location.href);
    if (last) address.searchParams.set("last", last);
    alive = Date.now();
    source = new EventSource(address);
    for (const name of ["ping", "waiting", ...Object.keys(hear)]) {
      source.addEventListener(name, event => {
        alive = Date.now();
        if (name === "waiting") return; // the server is there, but does not know whether all is well
        if (event.lastEventId) last = event.lastEventId;
        [heard, wait] = [alive, 1000];
        state(null);
        hear[name]?.(event.data);
      });
    }
    source.onerror = () => {
      const refused = source?.readyState === EventSource.CLOSED;
      later();
      if (refused) askWhy();
    };
  };
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const later = () => {
    close();
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, 15000);
  };
  const askWhy = async () => {
    const answer = await fetch("/counts", { redirect: "manual" }).catch(() => null);
    if (answer?.status !== 401) return;
    over = true;
    close();
    state(new Date(heard), true);
  };

  // A browser keeps six connections to a server: a tab that nobody sees gives its one back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return close();
    seen = Date.now();
    open();
  });
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  addEventListener("online", () => { close(); open(); });
  setInterval(() => {
    const now = Date.now();
    if (document.hidden || over) return;
    if (now - heard >= staleAfter && now - seen >= comesBackWithin) state(new Date(heard));
    if (source && now - alive >= staleAfter) later(); // open, but dead: nobody told us
  }, 1000);
  open();
}
