// Keeps an open page in step with the files it is made of. Only `plansite serve` puts this into pages.
(() => {
  "use strict";

  const mine = document.currentScript.dataset;
  const page = { run: mine.run, edition: Number(mine.edition), turn: Number(mine.turn) };
  const KEPT = "plansite-kept";
  const CLOSED = "plansite-closed";

  // A browser may refuse storage; then the page still follows, but from its top.
  const store = {
    take(name) {
      try { return JSON.parse(sessionStorage.getItem(name)); } catch { return null; }
    },
    put(name, value) {
      try { sessionStorage.setItem(name, JSON.stringify(value)); } catch { /* as above */ }
    },
  };

  // ---- What a reload must not lose: place, typed text, focus, opened details.

  // The way to an element in the next edition of the page: its id, its name, or its place in its parent.
  const way = (element) => {
    if (element.id) return "#" + CSS.escape(element.id);
    const name = element.getAttribute("name");
    const named = name && `${element.localName}[name="${CSS.escape(name)}"]`;
    if (named && document.querySelectorAll(named).length === 1) return named;
    if (!element.parentElement) return element.localName;
    const twins = [...element.parentElement.children].filter((each) => each.localName === element.localName);
    return `${way(element.parentElement)} > ${element.localName}:nth-of-type(${twins.indexOf(element) + 1})`;
  };
  const find = (selector) => {
    try { return document.querySelector(selector); } catch { return null; }
  };

  const typed = (field) => {
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

  const keep = () => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const active = document.activeElement;
    store.put(KEPT, {
      address: location.href,
      place: [scrollX, scrollY],
      fields: all("input, select, textarea").filter(typed).map((field) => [way(field), valueOf(field)]),
      details: all("details").map((each) => [way(each), each.open]),
      frames: all("[tabindex]").filter((each) => each.scrollLeft || each.scrollTop)
        .map((each) => [way(each), each.scrollLeft, each.scrollTop]),
      focus: active && active !== document.body && !active.closest(".plansite-faults, .plansite-again")
        ? [way(active), ...selection(active)] : null,
    });
  };

  const refocus = ([selector, start, end]) => {
    const element = find(selector);
    element?.focus({ preventScroll: true });
    if (start !== null) try { element?.setSelectionRange(start, end); } catch { /* not a field of text any more */ }
  };

  const restore = () => {
    const kept = store.take(KEPT);
    store.put(KEPT, null);
    if (kept?.address !== location.href) {
      history.scrollRestoration = "auto";
      return;
    }
    for (const [selector, value] of kept.fields) {
      const field = find(selector);
      if (field?.matches("input, select, textarea")) fill(field, value);
    }
    for (const [selector, open] of kept.details) {
      const element = find(selector);
      if (element?.localName === "details") element.open = open;
    }
    if (kept.focus) refocus(kept.focus);
    const settle = () => {
      scrollTo({ left: kept.place[0], top: kept.place[1], behavior: "instant" });
      for (const [selector, left, top] of kept.frames) find(selector)?.scrollTo({ left, top, behavior: "instant" });
    };
    settle();
    // Until then pictures move things, and the browser goes to the part of the page that the address names.
    addEventListener("load", () => { settle(); setTimeout(() => { history.scrollRestoration = "auto"; }); }, { once: true });
  };

  let leaving = false;
  const reload = () => {
    if (leaving) return;
    leaving = true;
    keep();
    history.scrollRestoration = "manual";
    location.reload();
  };

  // ---- Faults

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  };
  const button = (text, act) => {
    const made = element("button", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };
  const counted = (number) => (number === 1 ? "1 fault" : `${number} faults`);

  let dialog = null;
  let again = null;
  const clear = () => {
    dialog?.remove();
    again?.remove();
    dialog = again = null;
  };

  const row = (fault) => {
    const made = element("li");
    if (fault.place) made.append(element("code", fault.place));
    made.append(element("p", fault.what));
    if (fault.remedy) made.append(element("p", fault.remedy, "plansite-remedy"));
    return made;
  };

  const accept = (turn) =>
    fetch(`/_plansite/accept?turn=${turn}`, { headers: { "X-Plansite": "accept" }, cache: "no-store" })
      .then((answer) => answer.json()).then(hear).catch(() => {});

  // Who has closed these faults has read them: another build with the very same ones is no news.
  const said = (news) => JSON.stringify([news.run, news.count, news.faults]);

  const draw = (news) => {
    clear();
    dialog = element("dialog", "", "plansite-faults");
    dialog.setAttribute("role", "alertdialog");
    dialog.setAttribute("aria-labelledby", "plansite-faults-title");
    dialog.setAttribute("aria-describedby", "plansite-faults-text");
    const title = element("h2", news.held ? `The last change brought ${counted(news.count)}` : "The site cannot be built");
    title.id = "plansite-faults-title";
    const text = element("p", "You still see the site as it was before. It follows when the files are mended.");
    text.id = "plansite-faults-text";
    const choices = element("div", "", "plansite-choices");
    choices.append(button("Close", () => dialog.close()));
    if (news.held) choices.append(button("Show the site with them", () => accept(news.turn)));
    const list = element("ul");
    list.append(...news.faults.map(row));
    if (news.count > news.faults.length) list.append(element("li", `and ${news.count - news.faults.length} more`));
    dialog.append(title, text, choices, list);
    again = button(`Show ${counted(news.count)}`, show);
    again.className = "plansite-again";
    again.hidden = true;
    dialog.addEventListener("close", () => {
      store.put(CLOSED, said(news));
      if (again) again.hidden = false;
    });
    document.body.append(dialog, again);
  };
  const show = () => {
    again.hidden = true;
    dialog.showModal();
  };

  const showFaults = (news) => {
    clear();
    if (!news.count || "plain" in mine) return;
    draw(news);
    if (store.take(CLOSED) === said(news)) again.hidden = false;
    else show();
  };

  // ---- News: one stream for all pages of a browser, as it allows only six connections to a host.

  let turn = page.turn - 1;
  const hear = (news) => {
    const sameRun = news.run === page.run;
    if (leaving || (sameRun && news.turn <= turn)) return;
    if (!sameRun || news.edition !== page.edition) reload();
    else {
      turn = news.turn;
      showFaults(news);
    }
  };
  const ask = () =>
    fetch("/_plansite/status", { cache: "no-store" }).then((answer) => answer.json()).then(hear).catch(() => {});

  const poll = () => setInterval(() => document.hidden || ask(), 1000);

  const listen = (tell) => new Promise((resolve) => {
    const stream = new EventSource("/_plansite/events");
    stream.onmessage = (event) => tell(JSON.parse(event.data));
    // A browser tries again by itself unless it was refused. Then the next page has its turn, and this one asks.
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) return;
      poll();
      resolve();
    };
  });

  const follow = () => {
    addEventListener("visibilitychange", () => document.hidden || ask());
    addEventListener("pageshow", (event) => event.persisted && ask());
    ask();
    if (!navigator.locks || !("BroadcastChannel" in self)) {
      poll();
      return;
    }
    const channel = new BroadcastChannel("plansite");
    channel.onmessage = (event) => hear(event.data);
    navigator.locks.request("plansite", () => listen((news) => {
      channel.postMessage(news);
      hear(news);
    }));
  };

  restore();
  if (document.readyState === "complete") follow();
  else addEventListener("load", follow, { once: true });
})();
