// The lock on every page of an encrypted site. An open page holds the keys in memory, and gives them to the worker when
// that was stopped and has started anew. They are gone when the last page is closed, when somebody locks, or after a
// while without use.
(() => {
  "use strict";

  const IDLE = 30 * 60 * 1000;
  const EVERY = 15 * 1000;
  const PATIENCE = 1000;
  const top = new URL("../", document.currentScript.src);
  const { serviceWorker } = navigator;
  // Times that pages of this site share; they are no secret.
  const [LOCKED, USED] = ["locked", "used"].map((what) => `plansite ${what} ${top.pathname}`);
  const noted = (what) => Number(localStorage.getItem(what));
  const note = (what) => localStorage.setItem(what, String(Date.now()));

  // The keys, and the worker that they came from. The host may put another worker in its place: that one gets no keys,
  // and nobody does what it says.
  let [keys, giver] = [null, null];
  const lockedBefore = noted(LOCKED);
  let isLeaving = false;
  const leave = (why) => {
    if (isLeaving) return;
    [keys, isLeaving] = [null, true];
    const to = location.href.slice(top.href.length);
    document.body.replaceChildren(); // nothing stays in sight while the next page is on its way
    history.replaceState(null, "", `${top.href}#${new URLSearchParams({ to, why })}`);
    location.reload();
  };
  const lock = (why) => {
    keys = null;
    note(LOCKED);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => leave(why);
    setTimeout(leave, PATIENCE, why);
    serviceWorker.controller?.postMessage({ type: "lock" }, [port2]);
    if (!serviceWorker.controller) leave(why);
  };
  document.addEventListener("click", (event) => {
    const own = event.target.closest?.("#lock, [data-lock]");
    if (!own) return;
    event.preventDefault();
    lock(own.dataset.lock || "locked");
  });

  const say = (text) => {
    if ([...document.querySelectorAll(".lock-refused")].some((it) => it.textContent === text)) return;
    const words = document.createElement("p");
    words.className = "banner lock-refused";
    words.setAttribute("role", "alert");
    words.textContent = text;
    document.getElementById("main")?.prepend(words);
  };
  const banner = () =>
    say("A part of this page was refused: it is not what belongs here. Tell the person who looks after these plans.");
  // Others may lock: another page, the worker, or somebody while this page waited in the browser's history.
  serviceWorker.addEventListener("message", ({ data, ports, source }) => {
    const isGiver = source === giver;
    if (data.type === "keys") ports[0].postMessage(isGiver ? keys : null);
    if (data.type === "locked" && isGiver) leave("locked");
    if (data.type === "refused" && isGiver) banner();
  });
  const warn = () =>
    say(
      "The script of this site was replaced on the host. It may be a new version, or a false one. If a page asks for your " +
        "passphrase now, do not type it until the person who looks after these plans has confirmed it.",
    );
  // Another worker could lead this page away to one of the host's, so the browser asks before it leaves.
  const stay = (event) => {
    if (!isLeaving) event.preventDefault();
  };
  serviceWorker.addEventListener("controllerchange", () => {
    if (!giver || serviceWorker.controller === giver) return;
    addEventListener("beforeunload", stay);
    addEventListener("plansite:page", warn);
    warn();
  });
  serviceWorker.startMessages();
  const asked = (worker) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        if (data) [keys, giver] = [data, worker];
        resolve(keys);
      };
      worker.postMessage({ type: "keys" }, [port2]);
    });
  const first = serviceWorker.controller ? asked(serviceWorker.controller) : Promise.resolve(null);
  // For the script that shows the next page in this one.
  window.plansiteLock = Object.freeze({ banner, keys: async () => keys || (await first) && keys, leave: lock });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    if (noted(LOCKED) !== lockedBefore) leave("locked");
  });

  // A reload past the worker leads over the lock, which then finds the site open: on to the page that was meant.
  const meant = new URLSearchParams(location.hash.slice(1)).get("to");
  const goal = meant && new URL(meant, top).href;
  if (goal?.startsWith(top.href)) location.replace(goal);

  // Another site gets a tab of its own: leaving the last page of this one would lock it.
  const prepare = () => {
    const button = document.getElementById("lock");
    if (button) button.hidden = false;
    for (const link of document.links) {
      if (link.target === "_blank" || !link.protocol.startsWith("http") || link.href.startsWith(top.href)) continue;
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      const words = document.createElement("span");
      words.className = "visually-hidden";
      words.textContent = " (opens in a new tab)";
      link.append(words);
    }
  };
  prepare();
  addEventListener("plansite:page", prepare);

  // Use of any page of the site counts for all of them.
  let last = 0;
  const use = () => {
    if (Date.now() - last < EVERY) return;
    last = Date.now();
    note(USED);
  };
  const look = () => {
    // A host can empty the browser's storage; that alone locks nothing, for the lock is a page of the host.
    if (Date.now() - Math.max(noted(USED), last) > IDLE) lock("idle");
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) addEventListener(kind, use, { capture: true, passive: true });
  document.addEventListener("visibilitychange", look);
  setInterval(look, EVERY);
  use();
})();
