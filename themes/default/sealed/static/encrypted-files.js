// Finds, fetches and decrypts the files of an encrypted site, and says what is wrong with one that is refused. The worker
// and every open page use it, each with keys of its own. A build puts it in front of the worker's own script.
"use strict";
(() => {
  const FORM = "plansite 1";
  const LIST = ".paths";
  const LOCK = "sealed/lock.json";
  const NOT_FOUND = "404.html";
  const [NONCE, TAG, LENGTH] = [12, 16, 8];
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
  const typeOf = (path) => TYPES[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] || "application/octet-stream";
  const utf8 = (text) => new TextEncoder().encode(text);

  // A file of another build, of another path, altered or taken away; a site with another lock; a site with none.
  class Refused extends Error {}
  class Renewed extends Error {}
  class Replaced extends Error {}

  const ASK = "Tell the person who looks after these plans";
  const NOTICES = {
    refused: {
      status: 502,
      heading: "This page was refused",
      lede: "It is not the page that belongs here. Somebody may have changed, replaced or removed it, or it may have been damaged in transit.",
      text: `It is not shown. If a page asks for your passphrase now, do not type it. ${ASK}, and say which link you followed.`,
    },
    replaced: {
      status: 502,
      heading: "This page has been replaced",
      lede: "What is at this address now is not part of the encrypted site that you opened.",
      text: `It is not shown. Do not type your passphrase. ${ASK}, and say which link you followed. If they say that the plans are now open without a passphrase, press Lock to go there.`,
    },
    renewed: {
      status: 409,
      heading: "There is another copy of these plans",
      lede: "It has replaced the one that you opened. It may be a new copy, or a false one.",
      text: `It is not shown yet. If you expect a new copy, lock this one and type the passphrase again. If you do not, ask the person who looks after these plans first.`,
    },
    unreachable: {
      status: 503,
      heading: "The site cannot be reached",
      lede: "Your device may be offline, or the host may have a problem.",
      text: "Wait a minute, and try again.",
    },
  };
  const kindOf = (error) => {
    if (error instanceof Refused) return "refused";
    if (error instanceof Replaced) return "replaced";
    return error instanceof Renewed ? "renewed" : "unreachable";
  };

  // Readers of the files below an address.
  const readerOf = (top) => {
    // The response; null where the host has no such file.
    const fetched = async (name) => {
      const response = await fetch(new URL(name, top), { cache: "no-cache" });
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`the host answers ${response.status}`);
      return response;
    };

    const hidden = async (path, keys) => {
      const digest = new Uint8Array(await crypto.subtle.sign("HMAC", keys.names, utf8(path)));
      const name = Array.from(digest.subarray(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
      return `sealed/${name}.bin`;
    };

    // The bytes of a file; null where there is none under its name.
    const opened = async (path, keys) => {
      const response = await fetched(await hidden(path, keys));
      if (!response) return null;
      const box = new Uint8Array(await response.arrayBuffer());
      if (box.length < NONCE + LENGTH + TAG) throw new Refused(path);
      const bound = utf8(`${FORM} file\n${keys.build}\n${path}`);
      const how = { name: "AES-GCM", iv: box.subarray(0, NONCE), additionalData: bound };
      const filled = await crypto.subtle.decrypt(how, keys.files, box.subarray(NONCE)).catch(() => {
        throw new Refused(path);
      });
      const size = Number(new DataView(filled).getBigUint64(0));
      return new Uint8Array(filled, LENGTH, size);
    };

    // Throws where the lock at this address is not the one that the keys belong to.
    const checkLock = async (keys) => {
      const lock = await (await fetched(LOCK))?.json().catch(() => null);
      if (lock?.form !== FORM) throw new Replaced(LOCK);
      if (lock.build !== keys.build) throw new Renewed(LOCK);
    };

    // A file that is not there, as the page that says so; or why it is missing.
    const missing = async (path, keys) => {
      await checkLock(keys);
      const list = await opened(LIST, keys);
      if (!list || JSON.parse(new TextDecoder().decode(list)).includes(path)) throw new Refused(path);
      const data = await opened(NOT_FOUND, keys);
      if (!data) throw new Refused(NOT_FOUND);
      return { path: NOT_FOUND, data, status: 404 };
    };

    return {
      hasLock: async () => (await fetched(LOCK)) !== null,
      pathOf: (url) => {
        const path = decodeURIComponent(url.pathname.slice(top.pathname.length));
        return path === "" || path.endsWith("/") ? `${path}index.html` : path;
      },
      // The file for a path, with the path and the status under which it is to be shown.
      read: async (path, keys) => {
        const data = await opened(path, keys);
        return data ? { path, data, status: 200 } : missing(path, keys);
      },
    };
  };

  self.plansiteFiles = Object.freeze({ NOTICES, kindOf, readerOf, typeOf });
})();
