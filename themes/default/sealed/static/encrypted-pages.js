// Shows the next page of an encrypted site in the page that is open. Whoever has unlocked the site and follows a link gets
// no document of the host: this script fetches the encrypted file, opens it with the keys of the open page, and shows
// that or says why not. Pictures, scripts and style sheets of the next page are checked in the same way.
(() => {
  "use strict";

  const { NOTICES, kindOf, readerOf, typeOf } = self.plansiteFiles;
  const lock = window.plansiteLock;
  const top = new URL("../", document.currentScript.src);
  const reader = readerOf(top);
  const MOST_MOVES = 5;

  const isInside = (url) => url.href.startsWith(top.href);
  const placeOf = (url) => url.pathname + url.search;

  const read = async (path) => {
    const keys = await lock.keys();
    if (keys) return reader.read(path, keys);
    lock.leave("locked");
    return new Promise(() => {}); // the page is on its way to the lock
  };

  // What the browser fetches for a page, it compares with the checksum of the file that was opened here.
  const checksum = async (url) => {
    const { data, status } = await read(reader.pathOf(url));
    if (status !== 200) throw new Error("none");
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-384", data));
    return `sha384-${btoa(String.fromCharCode(...digest))}`;
  };
  const added = (element) =>
    new Promise((resolve, reject) => {
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  const loaded = new Set();
  const load = async (url, kind) => {
    if (loaded.has(url.href)) return;
    loaded.add(url.href);
    try {
      const element = document.createElement(kind);
      element.integrity = await checksum(url);
      if (kind === "script") element.src = url.href;
      else Object.assign(element, { rel: "stylesheet", href: url.href });
      await added(element);
    } catch {
      loaded.delete(url.href);
      lock.banner();
    }
  };
  for (const { src, href } of document.querySelectorAll("script[src], link[rel=stylesheet]")) loaded.add(src || href);
  // Its address stays the same when that of the page changes.
  for (const icon of document.querySelectorAll("link[rel~=icon]")) icon.href = String(icon.href);
  // One after the other, since a script may need the one before it.
  let queue = Promise.resolve();
  window.plansiteLoad = (address) => {
    queue = queue.then(() => load(new URL(address), "script"));
  };

  // The parts of a page that browsers would fetch unchecked. A picture is opened here; nothing else is let through.
  const ACTIVE = "script, style, link, meta, base, iframe, frame, object, embed, audio, video, template";
  let pictures = [];
  const holdPictures = (body, base) => {
    for (const it of body.querySelectorAll("[srcset]")) it.removeAttribute("srcset");
    for (const it of body.querySelectorAll("image, use, feImage, input[type=image]")) {
      for (const name of ["href", "xlink:href", "src"]) if (!it.getAttribute(name)?.startsWith("#")) it.removeAttribute(name);
    }
    return [...body.querySelectorAll("img[src]")].map((image) => {
      const url = new URL(image.getAttribute("src"), base);
      image.removeAttribute("src");
      return [image, url];
    });
  };
  const showPictures = async (held, isCurrent) => {
    for (const [image, url] of held) {
      try {
        if (!isInside(url)) throw new Error("elsewhere");
        const { path, data, status } = await read(reader.pathOf(url));
        if (!isCurrent()) return;
        if (status !== 200) throw new Error("none");
        image.src = URL.createObjectURL(new Blob([data], { type: typeOf(path) }));
        pictures.push(image.src);
      } catch (error) {
        if (!isCurrent()) return;
        if (kindOf(error) === "refused") lock.banner();
      }
    }
  };

  const parse = (data) => new DOMParser().parseFromString(new TextDecoder().decode(data), "text/html");
  const replaceBody = (next, base) => {
    document.title = next.title;
    const { dataset } = document.documentElement;
    document.documentElement.lang = next.documentElement.lang;
    for (const name of ["head", "day"]) delete dataset[name];
    Object.assign(dataset, next.documentElement.dataset);
    const { body } = document;
    for (const name of body.getAttributeNames()) body.removeAttribute(name);
    for (const { name, value } of next.body.attributes) body.setAttribute(name, value);
    for (const it of next.body.querySelectorAll(ACTIVE)) it.remove();
    for (const address of pictures) URL.revokeObjectURL(address);
    pictures = [];
    const held = holdPictures(next.body, base);
    body.replaceChildren(...next.body.childNodes);
    return held;
  };

  const paragraph = (...content) => {
    const it = document.createElement("p");
    it.append(...content);
    return it;
  };
  const wayOn = (kind, url) => {
    if (kind === "renewed") {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button";
      button.textContent = "Lock, and open the other copy";
      button.dataset.lock = "renewed";
      return button;
    }
    const link = document.createElement("a");
    [link.href, link.textContent] =
      kind === "unreachable" ? [placeOf(url), "Try again"] : [new URL("index.html", top).href, "Go to the front page"];
    return link;
  };
  const replaceMain = (kind, url) => {
    const { heading, lede, text } = NOTICES[kind];
    const head = document.createElement("div");
    const title = document.createElement("h1");
    head.className = "head";
    title.textContent = heading;
    head.append(title, paragraph(lede), paragraph(text), paragraph(wayOn(kind, url)));
    head.children[1].className = "lede";
    document.title = heading;
    document.querySelector(".where")?.replaceChildren();
    document.querySelectorAll("nav [aria-current]").forEach((it) => it.removeAttribute("aria-current"));
    document.getElementById("main").replaceChildren(head);
  };

  // Places in the history: each has a number, by which its page is found scrolled as it was.
  const scrolled = new Map();
  let entry = history.state?.plansite ?? performance.timeOrigin;
  let newest = entry;
  const number = () => history.replaceState({ plansite: entry }, "");
  history.scrollRestoration = "manual";
  number();
  addEventListener("scroll", () => scrolled.set(entry, scrollY), { passive: true });
  addEventListener("pageshow", () => (history.scrollRestoration = "manual"));
  addEventListener("pagehide", () => (history.scrollRestoration = "auto")); // for a reload

  const arrive = (url, y) => {
    const main = document.getElementById("main");
    main.focus({ preventScroll: true });
    if (url.hash && y === undefined) location.replace(url.href); // within this page, so that its `:target` is found
    else scrollTo(0, y || 0);
  };

  // A page says that it has moved as pages do everywhere.
  const movedTo = (next, base) => {
    const content = next.querySelector("meta[http-equiv=refresh i]")?.content.match(/^\s*0\s*;\s*url=(.+)$/i);
    const url = content && new URL(content[1], base);
    return url && isInside(url) ? url : null;
  };
  const found = async (url, moves = 0) => {
    const file = await read(reader.pathOf(url));
    if (!typeOf(file.path).startsWith("text/html")) return { url, file };
    const next = parse(file.data);
    const other = moves < MOST_MOVES && movedTo(next, url);
    if (other) return found(other, moves + 1);
    const base = file.status === 404 ? new URL(file.path, top) : url;
    const heads = [...next.head.querySelectorAll("script[src], link[rel=stylesheet]")];
    return { url, base, next, parts: heads.map((it) => [new URL(it.getAttribute("src") || it.getAttribute("href"), base), it.localName]) };
  };
  const save = ({ path, data }) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: typeOf(path) }));
    link.download = path.slice(path.lastIndexOf("/") + 1);
    link.click();
    setTimeout(URL.revokeObjectURL, 60 * 1000, link.href);
  };

  let [turn, shown] = [0, placeOf(location)];
  const show = async (asked, { isNew, isDownload = false, y }) => {
    const own = ++turn;
    const isCurrent = () => own === turn;
    const main = document.getElementById("main");
    main.setAttribute("aria-busy", "true");
    const result = await found(asked).catch((error) => ({ url: asked, kind: kindOf(error) }));
    main.removeAttribute("aria-busy");
    if (!isCurrent()) return;
    const { url, base, next, parts = [], file, kind } = result;
    if (file || (isDownload && next)) {
      save(file || (await read(reader.pathOf(url))));
      return;
    }
    await Promise.all(parts.filter(([, part]) => part === "link").map(([part]) => load(part, "link")));
    if (!isCurrent()) return;
    if (kind) for (const link of document.links) link.setAttribute("href", link.href); // they stay, at another address
    const target = new URL(url);
    if (!target.hash) target.hash = asked.hash;
    if (isNew) {
      entry = ++newest;
      history.pushState({ plansite: entry }, "", target.pathname + target.search);
    } else if (target.href !== location.href) history.replaceState({ plansite: entry }, "", target);
    shown = placeOf(target);
    const held = kind ? replaceMain(kind, target) : replaceBody(next, base);
    dispatchEvent(new Event("plansite:page"));
    arrive(target, y);
    for (const [part, what] of parts) if (what === "script") window.plansiteLoad(part.href);
    if (held) await showPictures(held, isCurrent);
  };

  // Before any other listener: a link inside the site never leads to a document of the host.
  const follow = (event) => {
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    const link = event.composedPath().find((it) => ["a", "area"].includes(it.localName) && it.hasAttribute("href"));
    if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || !link) return;
    const url = new URL(link.getAttribute("href"), document.baseURI);
    if (!isInside(url) || link.dataset.lock) return;
    const isDownload = link.hasAttribute("download");
    if (!isDownload && placeOf(url) === shown && url.hash) return; // a place in this very page
    event.preventDefault();
    show(url, { isNew: url.href !== location.href, isDownload });
  };
  addEventListener("click", follow, { capture: true });

  addEventListener("popstate", ({ state }) => {
    const known = state?.plansite;
    entry = known ?? ++newest;
    if (known === undefined) number(); // somebody went to a place in this page
    const y = scrolled.get(entry);
    if (placeOf(location) !== shown) show(new URL(location.href), { isNew: false, y });
    else if (known !== undefined && y !== undefined) scrollTo(0, y);
  });
})();
