// Reloads an open page when its files change, and shows what is wrong. Only `plansite serve` adds this to pages.
(() => {
  "use strict";

  const dataset = document.currentScript.dataset;
  const page = { run: dataset.run, edition: Number(dataset.edition), turn: Number(dataset.turn) };
  const KEPT = "plansite-kept";
  const CLOSED = "plansite-closed";

  // A browser may refuse storage. The page is then reloaded without its state.
  const store = {
    take(name) {
      try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
    },
    put(name, value) {
      try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* as above */ }
    },
  };

  // ---- State that survives a reload: scroll position, changed fields, focus, open details.

  // A selector that finds an element again after a reload: by its id, its name, or its position in its parent.
  const selectorOf = (element) => {
    if (element.id) return "#" + CSS.escape(element.id);
    const name = element.getAttribute("name");
    const named = name && `${element.localName}[name="${CSS.escape(name)}"]`;
    if (named && document.querySelectorAll(named).length === 1) return named;
    if (!element.parentElement) return element.localName;
    const siblings = [...element.parentElement.children].filter((each) => each.localName === element.localName);
    return `${selectorOf(element.parentElement)} > ${element.localName}:nth-of-type(${siblings.indexOf(element) + 1})`;
  };
  const find = (selector) => {
    try { return document.querySelector(selector); } catch { return null; }
  };

  const isChanged = (field) => {
    if (field.localName === "select") return [...field.options].some((each) => each.selected !== each.defaultSelected);
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (["password", "file", "hidden", "button", "submit", "reset", "image"].includes(field.type)) return false;
    return field.value !== field.defaultValue;
  };
  const valueOf = (field) => {
    if (field.localName === "select") return [...field.options].filter((each) => each.selected).map((each) => each.value);
    return field.type === "checkbox" || field.type === "radio" ? field.checked : field.value;
  };
  const fill = (field, value) => {
    if (Array.isArray(value)) {
      for (const option of field.options ?? []) option.selected = value.includes(option.value);
    } else if (typeof value === "boolean") field.checked = value;
    else field.value = value;
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  };
  const selection = (field) => {
    try { return [field.selectionStart ?? null, field.selectionEnd ?? null]; } catch { return [null, null]; }
  };

  const save = () => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const active = document.activeElement;
    store.put(KEPT, {
      address: location.href,
      place: [scrollX, scrollY],
      fields: all("input, select, textarea").filter(isChanged).map((field) => [selectorOf(field), valueOf(field)]),
      details: all("details").map((each) => [selectorOf(each), each.open]),
      frames: all("[tabindex]").filter((each) => each.scrollLeft || each.scrollTop)
        .map((each) => [selectorOf(each), each.scrollLeft, each.scrollTop]),
      focus: active && active !== document.body && !active.closest(".plansite-faults, .plansite-again")
        ? [selectorOf(active), ...selection(active)] : null,
    });
  };

  const refocus = ([selector, start, end]) => {
    const element = find(selector);
    element?.focus({ preventScroll: true });
    if (start !== null) try { element?.setSelectionRange(start, end); } catch { /* no longer a text field */ }
  };

  const restore = () => {
    const saved = store.take(KEPT);
    store.put(KEPT, null);
    if (saved?.address !== location.href) {
      history.scrollRestoration = "auto";
      return;
    }
    for (const [selector, value] of saved.fields) {
      const field = find(selector);
      if (field?.matches("input, select, textarea")) fill(field, value);
    }
    for (const [selector, open] of saved.details) {
      const element = find(selector);
      if (element?.localName === "details") element.open = open;
    }
    if (saved.focus) refocus(saved.focus);
    const scroll = () => {
      scrollTo({ left: saved.place[0], top: saved.place[1], behavior: "instant" });
      for (const [selector, left, top] of saved.frames) find(selector)?.scrollTo({ left, top, behavior: "instant" });
    };
    scroll();
    // Again after loading, because images change the layout and the browser scrolls to the fragment of the address.
    addEventListener("load", () => { scroll(); setTimeout(() => { history.scrollRestoration = "auto"; }); }, { once: true });
  };

  let leaving = false;
  const reload = () => {
    if (leaving) return;
    leaving = true;
    save();
    history.scrollRestoration = "manual";
    location.reload();
  };

  // ---- Diagnostics

  const element = (name, text, kind) => {
    const node = document.createElement(name);
    if (text) node.textContent = text;
    if (kind) node.className = kind;
    return node;
  };
  const button = (text, act) => {
    const node = element("button", text);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  };
  const counted = (number) => (number === 1 ? "1 error" : `${number} errors`);

  let dialog = null;
  let reopenButton = null;
  const clear = () => {
    dialog?.remove();
    reopenButton?.remove();
    dialog = reopenButton = null;
  };

  const row = (fault) => {
    const node = element("li");
    if (fault.place) node.append(element("code", fault.place));
    node.append(element("p", fault.what));
    if (fault.remedy) node.append(element("p", fault.remedy, "plansite-remedy"));
    return node;
  };

  const accept = (turn) =>
    fetch(`/_plansite/accept?turn=${turn}`, { headers: { "X-Plansite": "accept" }, cache: "no-store" })
      .then((answer) => answer.json()).then(update).catch(() => {});

  // Identifies a list of diagnostics. Once closed, the same list is not opened again by the next build.
  const faultsKey = (status) => JSON.stringify([status.run, status.count, status.faults]);

  const draw = (status) => {
    clear();
    dialog = element("dialog", "", "plansite-faults");
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "plansite-faults-title");
    dialog.setAttribute("aria-describedby", "plansite-faults-text");
    const title = element("h2", status.held ? `Your last save has ${counted(status.count)}` : "The site cannot be built");
    title.id = "plansite-faults-title";
    const text = element("p", "You still see the site as it was before. It is updated once the files are corrected.");
    text.id = "plansite-faults-text";
    const choices = element("div", "", "plansite-choices");
    choices.append(button("Close", () => dialog.close()));
    if (status.held) choices.append(button("Preview anyway", () => accept(status.turn)));
    const list = element("ul");
    list.append(...status.faults.map(row));
    if (status.count > status.faults.length) list.append(element("li", `and ${status.count - status.faults.length} more`));
    dialog.append(title, text, choices, list);
    reopenButton = button(`Show ${counted(status.count)}`, show);
    reopenButton.className = "plansite-again";
    reopenButton.hidden = true;
    dialog.addEventListener("close", () => {
      store.put(CLOSED, faultsKey(status));
      if (reopenButton) reopenButton.hidden = false;
    });
    document.body.append(dialog, reopenButton);
  };
  const show = () => {
    reopenButton.hidden = true;
    dialog.showModal();
  };

  const showFaults = (status) => {
    clear();
    if (!status.count || "plain" in dataset) return;
    draw(status);
    if (store.take(CLOSED) === faultsKey(status)) reopenButton.hidden = false;
    else show();
  };

  // ---- Status: one event stream for all pages of a browser, which allows only six connections to a host.

  let turn = page.turn - 1;
  const update = (status) => {
    const sameRun = status.run === page.run;
    if (leaving || (sameRun && status.turn <= turn)) return;
    if (!sameRun || status.edition !== page.edition) reload();
    else {
      turn = status.turn;
      showFaults(status);
    }
  };
  const fetchStatus = () =>
    fetch("/_plansite/status", { cache: "no-store" }).then((answer) => answer.json()).then(update).catch(() => {});

  const poll = () => setInterval(() => document.hidden || fetchStatus(), 1000);

  const listen = (onStatus) => new Promise((resolve) => {
    const stream = new EventSource("/_plansite/events");
    stream.onmessage = (event) => onStatus(JSON.parse(event.data));
    // A browser reconnects by itself unless it was refused. Then another page may open the stream, and this one polls.
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      poll();
      resolve();
    };
  });

  const start = () => {
    addEventListener("visibilitychange", () => document.hidden || fetchStatus());
    addEventListener("pageshow", (event) => event.persisted && fetchStatus());
    fetchStatus();
    if (!navigator.locks || !("BroadcastChannel" in self)) {
      poll();
      return;
    }
    const channel = new BroadcastChannel("plansite");
    channel.onmessage = (event) => update(event.data);
    navigator.locks.request("plansite", () => listen((status) => {
      channel.postMessage(status);
      update(status);
    }));
  };

  restore();
  if (document.readyState === "complete") start();
  else addEventListener("load", start, { once: true });
})();
