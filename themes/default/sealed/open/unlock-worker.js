// Answers for every page of an encrypted site: fetches the hidden file, opens it, and refuses what is not genuine.
// The keys are in memory only. When this worker is stopped, it asks the open pages for them; with no page, no keys.
"use strict";

const FORM = "plansite 1";
const LIST = ".paths";
const LOCK = "sealed/lock.json";
const [NONCE, TAG, LENGTH] = [12, 16, 8];
const PATIENCE = 1000;
const TYPES = {
  css: "text/css; charset=utf-8",
  csv: "text/csv; charset=utf-8",
  gif: "image/gif",
  html: "text/html; charset=utf-8",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  webp: "image/webp",
};
// What a header alone can say; the rest of the policy stands in each page.
const HEADERS = {
  "Cache-Control": "no-store",
  "Content-Security-Policy": "frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
};

const scope = new URL(registration.scope);
const utf8 = (text) => new TextEncoder().encode(text);

class Refused extends Error {}
class Renewed extends Error {}

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

// The pages forget the keys as well; `locked` also clears what they show.
const forget = async (type, own = "") => {
  keys = null;
  for (const page of await pages()) if (page.id !== own) page.postMessage({ type });
};

const MESSAGES = {
  open: ({ data, source }) => {
    locked.delete(source.id);
    keys = data.keys;
    return true;
  },
  waiting: async ({ source }) => {
    locked.add(source.id);
    return (await held()) !== null;
  },
  keys: () => keys,
  lock: ({ source }) => forget("locked", source.id),
};
addEventListener("message", (event) => {
  const isOurs = event.source?.url.startsWith(scope.href);
  if (!isOurs || !Object.hasOwn(MESSAGES, event.data.type)) return;
  const answered = Promise.resolve(MESSAGES[event.data.type](event)).then((answer) => event.ports[0]?.postMessage(answer));
  event.waitUntil(answered);
});
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

// Files: hidden by name, and bound to their path and to this build.

const fetched = async (name) => {
  const response = await fetch(new URL(name, scope), { cache: "no-cache" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`the host answers ${response.status}`);
  return response;
};

const hidden = async (path, own) => {
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", own.names, utf8(path)));
  const name = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `sealed/${name}.bin`;
};

// The bytes of a file; null where there is none under its name.
const opened = async (path, own) => {
  const response = await fetched(await hidden(path, own));
  if (!response) return null;
  const box = new Uint8Array(await response.arrayBuffer());
  if (box.length < NONCE + LENGTH + TAG) throw new Refused(path);
  const bound = utf8(`${FORM} file\n${own.build}\n${path}`);
  const how = { name: "AES-GCM", iv: box.subarray(0, NONCE), additionalData: bound };
  const filled = await crypto.subtle.decrypt(how, own.files, box.subarray(NONCE)).catch(() => {
    throw new Refused(path);
  });
  const size = Number(new DataView(filled).getBigUint64(0));
  return new Uint8Array(filled, LENGTH, size);
};

// Why there is no file under a name: a new copy, a page taken away, or an address that never was.
const missing = async (path, own) => {
  const current = await fetched(LOCK);
  if (!current || (await current.json()).build !== own.build) throw new Renewed();
  const list = await opened(LIST, own);
  if (!list || JSON.parse(new TextDecoder().decode(list)).includes(path)) throw new Refused(path);
  const page = await opened("404.html", own);
  if (!page) throw new Refused("404.html");
  return new Response(page, { status: 404, headers: { ...HEADERS, "Content-Type": TYPES.html } });
};

// Every page needs the same styles and scripts; once opened, they are there without the host as well.
let [shared, sharedBy] = [new Map(), null];

const found = async (path, own) => {
  if (sharedBy !== own.build) [shared, sharedBy] = [new Map(), own.build];
  const data = shared.get(path) || (await opened(path, own));
  if (!data) return missing(path, own);
  if (path.startsWith("static/")) shared.set(path, data);
  const ending = path.slice(path.lastIndexOf(".") + 1).toLowerCase();
  return new Response(data, { headers: { ...HEADERS, "Content-Type": TYPES[ending] || "application/octet-stream" } });
};

// Answers

const pathOf = (url) => {
  const path = decodeURIComponent(url.pathname.slice(scope.pathname.length));
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
};

const entrance = async (request, why) => {
  // A site that is no longer encrypted has no lock, and no use for this worker.
  if (!(await fetched(LOCK))) {
    await registration.unregister();
    return fetch(request);
  }
  const to = request.url.slice(scope.href.length);
  const isThere = new URL(request.url).pathname === scope.pathname || to.startsWith("index.html");
  if (isThere && !why) return fetch(request);
  return Response.redirect(`${scope.href}#${new URLSearchParams(why ? { to, why } : { to })}`);
};

const STYLES = ["tokens", "site", "lock"].map((name) => `<link rel="stylesheet" href="${scope.pathname}static/${name}.css">`);
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const notice = (status, heading, lede, text, link) => {
  const page = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${heading}</title>${STYLES.join("")}
<script src="${scope.pathname}static/lock.js" defer></script></head>
<body><div class="wrap"><main id="main"><div class="head"><h1>${heading}</h1><p class="lede">${lede}</p><p>${text}</p>
<p>${link}</p><p class="lock"><button type="button" class="button" id="lock" hidden>Lock</button></p></div></main></div></body></html>`;
  return new Response(page, { status, headers: { ...HEADERS, "Content-Security-Policy": POLICY, "Content-Type": TYPES.html } });
};
const refusal = () =>
  notice(
    502,
    "This page was refused",
    "It is not the page that belongs here. Somebody may have changed it, exchanged it or taken it away, or it was damaged on its way.",
    "Nothing of it is shown. Tell the person who looks after these plans, and say which link you followed.",
    `<a href="${scope.pathname}index.html">Go to the front page</a>`,
  );
// A page of our own: with the browser's, no page of the site would be left, and it would be locked.
const unreachable = () =>
  notice(
    503,
    "The site cannot be reached",
    "Your device may be offline, or the host may be in trouble.",
    "Nothing is wrong with the plans. Wait a minute, and try again.",
    '<a href="">Try again</a>',
  );

// A picture may be missing from a page, and the page says so. Without its scripts and styles, the lock among them, it is
// not the page that it should be.
const REFUSAL_AT = new URL("refused", scope).href;
const told = async (clientId, destination) => {
  const page = await clients.get(clientId);
  if (!page || page.url === REFUSAL_AT) return;
  if (["script", "style"].includes(destination)) await page.navigate(REFUSAL_AT);
  else page.postMessage({ type: "refused" });
};

const answer = async ({ request, clientId }) => {
  if (request.url === REFUSAL_AT) return refusal();
  const isPage = request.mode === "navigate";
  const own = isPage || !keys ? await held() : keys;
  try {
    if (!own) return await (isPage ? entrance(request) : fetch(request));
    return await found(pathOf(new URL(request.url)), own);
  } catch (error) {
    if (error instanceof Renewed) {
      await forget("renewed");
      return isPage ? entrance(request, "renewed").catch(() => Response.error()) : Response.error();
    }
    if (!(error instanceof Refused)) return isPage && own ? unreachable() : Response.error();
    if (isPage) return refusal();
    await told(clientId, request.destination);
    return Response.error();
  }
};
addEventListener("fetch", (event) => {
  const isOurs = event.request.url.startsWith(scope.href) && event.request.method === "GET";
  if (isOurs) event.respondWith(answer(event));
});
