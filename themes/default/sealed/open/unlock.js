// Turns a passphrase into the keys of the site and gives them to the worker, which then opens every page asked for.
// The keys cannot be read out of the browser, and lie in the memory of open pages alone.
(() => {
  "use strict";

  const FORM = "plansite 1";
  const FEWEST_ROUNDS = 600000;
  const MOST_ROUNDS = 10000000;
  const byId = (id) => document.getElementById(id);
  const top = new URL("../", document.currentScript.src);
  const form = byId("unlock");
  const field = byId("passphrase");
  const button = form.querySelector("button");

  // Where the reader wants to go: behind `#` on the unlock page itself, so that it is not sent to the host again.
  const here = new URL(location.href);
  const asked = new URLSearchParams(here.hash.slice(1));
  const isEntrance = [top.pathname, `${top.pathname}index.html`].includes(here.pathname);
  if (!isEntrance && here.pathname.startsWith(top.pathname)) {
    const to = here.href.slice(top.href.length);
    location.replace(`${top.href}#${new URLSearchParams(to.startsWith("404.html") ? {} : { to })}`);
    return;
  }
  const goal = () => {
    const to = new URL(asked.get("to") || "index.html", top);
    return to.href.startsWith(top.href) ? to.href : top.href;
  };
  // The goal may differ from this address in what stands behind `#` alone, so that going there would load nothing.
  const go = () => {
    field.value = "";
    history.replaceState(null, "", goal());
    location.reload();
  };

  const utf8 = (text) => new TextEncoder().encode(text);
  const base64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const hex = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
  // As plansite itself does: capitals, further blanks and hyphens make no difference.
  const plain = (words) =>
    words
      .normalize("NFKC")
      .replace(/[\s\-\u2010-\u2015]+/gu, " ")
      .trim()
      .toLowerCase();

  class Fault extends Error {}

  const fetched = async () => {
    const response = await fetch(new URL("sealed/lock.json", top), { cache: "no-store" }).catch(() => null);
    if (!response?.ok) throw new Fault("The lock could not be fetched. Are you online? Try again in a minute.");
    const lock = await response.json().catch(() => ({}));
    if (lock.form !== FORM || !(lock.rounds >= FEWEST_ROUNDS && lock.rounds <= MOST_ROUNDS)) {
      throw new Fault("This copy is damaged: its lock cannot be read. Tell the person who sent you here.");
    }
    return lock;
  };

  const contentKey = async (lock, words) => {
    const { subtle } = crypto;
    const typed = await subtle.importKey("raw", utf8(plain(words)), "PBKDF2", false, ["deriveKey"]);
    const stretch = { name: "PBKDF2", hash: "SHA-256", salt: base64(lock.salt), iterations: lock.rounds };
    const wrapping = await subtle.deriveKey(stretch, typed, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const bound = utf8(`${FORM} key\n${lock.build}\n${lock.rounds}\n${lock.salt}`);
    const how = { name: "AES-GCM", iv: base64(lock.nonce), additionalData: bound };
    const raw = new Uint8Array(await subtle.decrypt(how, wrapping, base64(lock.key)));
    const key = await subtle.importKey("raw", raw, "HKDF", false, ["deriveKey"]);
    raw.fill(0);
    return key;
  };

  const keysOf = async (lock, words) => {
    const content = await contentKey(lock, words).catch(() => {
      throw new Fault("These words do not open the plans. Check each word and their order. A new copy may have new words.");
    });
    const from = (use) => ({ name: "HKDF", hash: "SHA-256", salt: hex(lock.build), info: utf8(`${FORM} ${use}`) });
    const hmac = { name: "HMAC", hash: "SHA-256", length: 256 };
    return {
      build: lock.build,
      names: await crypto.subtle.deriveKey(from("names"), content, hmac, false, ["sign"]),
      files: await crypto.subtle.deriveKey(from("files"), content, { name: "AES-GCM", length: 256 }, false, ["decrypt"]),
    };
  };

  let [keys, taker] = [null, null];
  const told = (worker, message) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      worker.postMessage(message, [port2]);
    });
  const workerOf = async () => {
    const place = { scope: top.pathname, updateViaCache: "none" };
    await navigator.serviceWorker.register(new URL("unlock-worker.js", top), place).catch(() => {
      throw new Fault("This browser window cannot open the plans. A private window often cannot: use an ordinary one.");
    });
    return (await navigator.serviceWorker.ready).active;
  };

  const open = async () => {
    if (!plain(field.value)) throw new Fault("Type the passphrase first.");
    keys = await keysOf(await fetched(), field.value);
    taker = await workerOf();
    await told(taker, { type: "open", keys });
    go();
  };

  // What is said here is read aloud; the field keeps what was typed, for one word to be mended.
  const say = (fault, state) => {
    byId("fault").textContent = fault;
    byId("state").textContent = state;
    if (fault) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  };
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    button.setAttribute("aria-disabled", "true");
    say("", "Opening. This takes a moment.");
    try {
      await open();
    } catch (error) {
      say(error instanceof Fault ? error.message : "This browser could not open the plans. Try another browser.", "");
      field.focus();
    }
    isBusy = false;
    button.removeAttribute("aria-disabled");
  });
  byId("show").addEventListener("change", (event) => {
    field.type = event.target.checked ? "text" : "password";
  });

  const hindrance = () => {
    if (location.protocol === "file:") return "These plans cannot be opened from a folder. Use their address on the web.";
    if (!isSecureContext || !crypto.subtle) return "The plans open only at an address that begins with https.";
    if (!navigator.serviceWorker) return "This browser window cannot open the plans. A private window often cannot: use an ordinary one.";
    return "";
  };
  const stop = hindrance();
  if (stop) {
    byId("without").textContent = stop;
    return;
  }
  const REASONS = {
    renewed: "There is a new copy of the plans since you opened them. Type its passphrase.",
    idle: "The plans were locked because nobody used them for half an hour.",
    locked: "The plans are locked.",
  };
  byId("without").remove();
  form.hidden = false;
  byId("state").textContent = REASONS[asked.get("why")] || "";

  // The worker may start anew between unlocking and the first page, and then asks for the keys.
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data.type === "keys") event.ports[0].postMessage(event.source === taker ? keys : null);
  });
  navigator.serviceWorker.startMessages();
  // Another page of the site may be open already.
  navigator.serviceWorker.getRegistration(top.href).then(async (registration) => {
    const worker = registration?.active;
    if (worker && (await told(worker, { type: "waiting" }))) go();
  });
})();
