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

  // " get radiator in room 12 warm": no accents, no case, one space before each word, so that " rad" finds beginnings.
  const plain = (text) =>
    " " + text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();

  // `name` is what a thing is called, `all` everything it can be found by.
  const item = (title, href, note, name, ...further) => {
    const own = plain(name);
    return { title, href, note, own, all: own + plain(further.join(" ")) };
  };

  // Every item, with its words made plain once.
  const items = () => {
    const all = [];
    for (const plan of index.plans) {
      all.push(item(plan.title, plan.folder + "index.html", plan.kind, plan.title, plan.kind));
    }
    for (const [title, kind, role, href] of index.people) {
      all.push(item(title, href, [kind, role].filter(Boolean).join(": "), title, kind, role));
    }
    for (const plan of index.plans) {
      for (const [title, ref, owner, status, page] of plan.actions) {
        const said = [plan.words[owner], plan.words[status]].filter(Boolean);
        const note = [(ref ? `Action ${ref} of ` : "") + plan.title, ...said].join(". ") + ".";
        all.push(item(title, plan.folder + page, note, `${ref} ${title}`, plan.title, ...said));
      }
    }
    return all;
  };

  // Items that hold every word; those whose own name holds them all stand first.
  const found = (all, words) => {
    const has = (text) => words.every((word) => text.includes(" " + word));
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

  const inWords = (number) => {
    if (!number) return "Nothing found. Try fewer words, or only the beginning of a word.";
    const words = number === 1 ? "1 result" : `${number.toLocaleString("en-GB")} results`;
    return number > AT_ONCE ? `${words}. The first ${AT_ONCE} are shown.` : words;
  };

  const show = () => {
    const words = plain(field.value).split(" ").filter(Boolean);
    all = all || items();
    results = words.length ? found(all, words) : [];
    list.replaceChildren();
    grow();
    count.textContent = words.length ? inWords(results.length) : "";
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

  byId("without-script").hidden = true;
  form.hidden = false;
  field.value = new URLSearchParams(location.search).get("q") || field.value;
  show();
})();
