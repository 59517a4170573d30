// Finds plans, owners, agencies and actions in search-index.js while somebody types. Works from disk as well.
(() => {
  "use strict";

  const AT_ONCE = 50;
  const byId = (id) => document.getElementById(id);
  const form = byId("search");
  const index = window.plansiteIndex;
  if (!form || !index) return; // the page itself says where to look instead

  const field = form.elements.q;
  const [count, list, more, elsewhere] = ["search-count", "results", "search-more", "elsewhere"].map(byId);

  // " get radiator in room 12 warm": letters made plain, and a space before each word, so that " rad" finds beginnings.
  // Numbers are words of their own, as is every letter of a script that sets no spaces.
  const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/gu;
  const inWords = (text) =>
    (" " + window.plansitePlain(text))
      .replace(UNSPACED, " $&")
      .replace(/\p{N}(?=[\p{L}\p{M}])|[\p{L}\p{M}](?=\p{N})/gu, "$& ")
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ")
      .trimEnd();

  // What finds the beginning of a word, or of several: "oneill" finds "O'Neill" and "O Neill", "room12" finds "Room 12".
  // Spaces are left open, but not between numbers: "1.2" does not find 12.
  const isNumber = (word) => /^\p{N}/u.test(word);
  const pattern = (text) => {
    const words = text.trim().split(" ");
    const parts = words.map((word, at) => {
      const isOpen = at > 0 && !(isNumber(word) && isNumber(words[at - 1]));
      return (isOpen ? " ?" : " ") + (isNumber(word) ? word : [...word].join(" ?"));
    });
    return new RegExp(parts.join(""), "u");
  };

  // Each word that is asked for, alone or with the one before or after it: "e mail" finds "email".
  const patterns = (text) => {
    const words = text.split(/\s+/).map(inWords).filter(Boolean);
    const pairs = words.slice(1).map((word, at) => words[at] + word);
    return words.map((word, at) => [word, pairs[at - 1], pairs[at]].filter(Boolean).map(pattern));
  };

  // `name` is what a thing is called, `all` everything it can be found by.
  const item = (title, href, note, name, ...further) => {
    const own = inWords(name);
    return { title, href, note, own, all: own + inWords(further.join(" ")) };
  };

  // How many days after its own the copy is read.
  const age = () => {
    const { asAt, today } = document.body.dataset;
    return today ? (Date.parse(today) - Date.parse(asAt)) / 86400000 : 0;
  };

  // How an open action stands today. `due` and `risk` count days from the day of the copy: when it is due, and the first
  // on which it is at risk; null if there is none.
  const courses = (due, risk, day) => {
    if (due !== null && due < day) return ["Overdue"];
    const isSoon = due !== null && due - day <= index.soon;
    return [risk !== null && risk <= day ? "At risk" : "On track", ...(isSoon ? ["Due soon"] : [])];
  };

  // Every item, with its words made plain once.
  const items = () => {
    const all = [];
    const day = age();
    for (const plan of index.plans) {
      all.push(item(plan.title, plan.folder + "index.html", plan.kind, plan.title, plan.kind));
    }
    for (const [title, kind, role, href] of index.people) {
      all.push(item(title, href, [kind, role].filter(Boolean).join(": "), title, kind, role));
    }
    for (const plan of index.plans) {
      for (const [title, ref, owner, status, page, ...course] of plan.actions) {
        const stands = course.length === 2 ? courses(...course, day) : course.map((word) => plan.words[word]);
        const said = [plan.words[owner], plan.words[status], ...stands].filter(Boolean);
        const note = [(ref ? `Action ${ref} of ` : "") + plan.title, ...said].join(". ") + ".";
        if (stands[0] === "Overdue") said.push("Late");
        all.push(item(title, plan.folder + page, note, `${ref} ${title}`, plan.title, ...said));
      }
    }
    return all;
  };

  // Items that hold every word; those whose own name holds them all stand first.
  const found = (all, words) => {
    const has = (text) => words.every((alternatives) => alternatives.some((each) => each.test(text)));
    const matching = all.filter((each) => has(each.all));
    return [...matching.filter((each) => has(each.own)), ...matching.filter((each) => !has(each.own))];
  };

  const element = (name, text, attributes = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...attributes });

  const line = (each) => {
    const row = document.createElement("li");
    row.append(element("a", each.title, { className: "quiet", href: form.dataset.up + each.href }));
    row.append(element("p", each.note, { className: "note" }));
    return row;
  };

  let all = null;
  let results = [];

  const grow = () => {
    const next = results.slice(list.children.length, list.children.length + AT_ONCE);
    list.append(...next.map(line));
    more.hidden = list.children.length === results.length;
  };

  const counted = (number) => {
    if (!number) return "Nothing found. Try fewer words, or only the beginning of a word.";
    const words = number === 1 ? "1 result" : `${number.toLocaleString("en-GB")} results`;
    return number > AT_ONCE ? `${words}. The first ${AT_ONCE} are shown.` : words;
  };

  const show = () => {
    const words = patterns(field.value);
    all = all || items();
    results = words.length ? found(all, words) : [];
    list.replaceChildren();
    grow();
    count.textContent = words.length ? counted(results.length) : "";
    elsewhere.hidden = words.length > 0;
  };

  const remember = () => {
    const query = field.value.trim();
    try {
      history.replaceState(null, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : ""));
    } catch {
      // Some browsers refuse for pages from disk, or after many changes: the results stand all the same.
    }
  };

  // Arrow keys walk from the field through the results and back; Escape leads back to the field.
  const walk = (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape" && at >= 0) field.focus();
    else if (step && (at >= 0 || step > 0)) (links[at + step] || (at + step < 0 ? field : links[at])).focus();
    else return;
    event.preventDefault();
  };

  form.addEventListener("input", () => {
    show();
    remember();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const part of [field, list]) part.addEventListener("keydown", walk);
  more.firstElementChild.addEventListener("click", () => {
    const first = list.children.length;
    grow();
    list.children[first].firstElementChild.focus();
  });

  // A page left open overnight.
  addEventListener("plansite:day", () => {
    all = null;
    show();
  });

  byId("without-script").hidden = true;
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") || field.value;
  show();
})();
