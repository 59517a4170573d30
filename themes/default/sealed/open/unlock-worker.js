// Answers for every page of an encrypted site: fetches the hidden file, opens it, and refuses what is not genuine.
// The keys are in memory only. When this worker is stopped, it asks the open pages for them; with no page, no keys.
// A build joins it to encrypted-files.js.
const { NOTICES, kindOf, readerOf, typeOf } = self.plansiteFiles;

const PATIENCE = 1000;
// What a header alone can say; the rest of the policy stands in each page.
const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

const scope = new URL(registration.scope);
const reader = readerOf(scope);

// Keys: held here while anything runs, and by every open page.

let keys = null;
const locked = new Set(); // pages that show the lock

const pages = async () => {
  const all = await clients.matchAll({ type: "window", includeUncontrolled: true });
  return all.filter((page) => page.url.startsWith(scope.href) && !locked.has(page.id));
};

const asked = (page) =>
  new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => (data ? resolve(data) : reject(new Error("none")));
    setTimeout(reject, PATIENCE, new Error("late"));
    page.postMessage({ type: "keys" }, [port2]);
  });

const held = async () => {
  const open = await pages();
  if (!open.length) keys = null; // every page was closed
  if (!keys) keys = await Promise.any(open.map(asked)).catch(() => null);
  return keys;
};

// The pages forget the keys as well, and clear what they show.
const forget = async (own = "") => {
  keys = null;
  for (const page of await pages()) if (page.id !== own) page.postMessage({ type: "locked" });
};

// A page that this worker did not answer for, such as one reloaded past it, is the host's and gets no keys.
const isOwn = async ({ id }) => (await clients.matchAll({ type: "window" })).some((page) => page.id === id);

const MESSAGES = {
  // An open site is not opened again: its keys are the ones that were checked.
  open: async ({ data, source }) => {
    locked.add(source.id);
    const open = await held();
    locked.delete(source.id);
    keys = open || data.keys;
    return true;
  },
  waiting: async ({ source }) => {
    locked.add(source.id);
    return (await held()) !== null;
  },
  keys: async ({ source }) => ((await isOwn(source)) ? keys : null),
  lock: ({ source }) => forget(source.id),
};
addEventListener("message", (event) => {
  const isOurs = event.source?.url.startsWith(scope.href);
  if (!isOurs || !Object.hasOwn(MESSAGES, event.data.type)) return;
  const answered = Promise.resolve(MESSAGES[event.data.type](event)).then((answer) => event.ports[0]?.postMessage(answer));
  event.waitUntil(answered);
});
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// Every page needs the same styles and scripts; once opened, they are there without the host as well.
let [shared, sharedBy] = [new Map(), null];

const found = async (wanted, own) => {
  if (sharedBy !== own.build) [shared, sharedBy] = [new Map(), own.build];
  const kept = shared.get(wanted);
  const { path, data, status } = kept ? { path: wanted, data: kept, status: 200 } : await reader.read(wanted, own);
  if (path.startsWith("static/")) shared.set(path, data);
  return new Response(data, { status, headers: { ...HEADERS, "Content-Type": typeOf(path) } });
};

// Answers

// The host's own page, for whoever has not opened the site.
const entrance = async (request) => {
  // A site that is no longer encrypted has no lock, and no use for this worker.
  if (!(await reader.hasLock())) {
    await registration.unregister();
    return fetch(request);
  }
  const to = request.url.slice(scope.href.length);
  const isThere = new URL(request.url).pathname === scope.pathname || to.startsWith("index.html");
  if (isThere) return fetch(request);
  return Response.redirect(`${scope.href}#${new URLSearchParams({ to })}`);
};

const address = (name) => `${scope.pathname}static/${name}`;
const STYLES = ["tokens.css", "site.css", "lock.css"].map((name) => `<link rel="stylesheet" href="${address(name)}">`);
const SCRIPTS = ["encrypted-files.js", "lock.js", "encrypted-pages.js"].map(
  (name) => `<script src="${address(name)}" defer></script>`,
);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const [REFUSAL_AT, LOCK_AT] = ["refused", "lock"].map((name) => new URL(name, scope).href);
// Links that lock do so without a script as well.
const LINKS = {
  refused: `<a href="${scope.pathname}index.html">Go to the front page</a>`,
  replaced: `<a href="${LOCK_AT}" data-lock="locked">Lock these plans</a>`,
  renewed: `<a href="${LOCK_AT}" data-lock="renewed">Lock, and open the other copy</a>`,
  unreachable: '<a href="">Try again</a>',
};
// A page of our own: with the host's or the browser's, no page of the site would be left.
const notice = (kind) => {
  const { status, heading, lede, text } = NOTICES[kind];
  const page = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${heading}</title>${STYLES.join("")}
${SCRIPTS.join("")}</head>
<body><div class="wrap"><main id="main"><div class="head"><h1>${heading}</h1><p class="lede">${lede}</p><p>${text}</p>
<p>${LINKS[kind]}</p><p class="lock"><button type="button" class="button" id="lock" hidden>Lock</button></p></div></main></div></body></html>`;
  return new Response(page, { status, headers: { ...HEADERS, "Content-Security-Policy": POLICY, "Content-Type": typeOf(".html") } });
};

// A picture may be missing from a page, and the page says so. Without its scripts and styles, the lock among them, it is
// not the page that it should be.
const told = async (clientId, destination) => {
  const page = await clients.get(clientId);
  if (!page || page.url === REFUSAL_AT) return;
  if (["script", "style"].includes(destination)) await page.navigate(REFUSAL_AT);
  else page.postMessage({ type: "refused" });
};

// While the site is open, no answer is the host's own.
const answer = async ({ request, clientId }) => {
  if (request.url === REFUSAL_AT) return notice("refused");
  if (request.url === LOCK_AT) {
    await forget();
    return Response.redirect(`${scope.href}#${new URLSearchParams({ why: "renewed" })}`);
  }
  const isPage = request.mode === "navigate";
  const own = isPage || !keys ? await held() : keys;
  if (!own) return isPage ? entrance(request).catch(() => Response.error()) : fetch(request);
  try {
    return await found(reader.pathOf(new URL(request.url)), own);
  } catch (error) {
    const kind = kindOf(error);
    if (isPage) return notice(kind);
    if (kind === "refused") await told(clientId, request.destination);
    return Response.error();
  }
};
addEventListener("fetch", (event) => {
  const { url, method, mode } = event.request;
  if (!url.startsWith(scope.href) || method !== "GET") return;
  // Open pages fetch encrypted files, and open them by themselves.
  if (mode !== "navigate" && url.startsWith(`${scope.href}sealed/`)) return;
  event.respondWith(answer(event));
});
