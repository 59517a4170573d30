// Finds plans, their actions and other documents, owners, agencies and standards in search-index.js while somebody types. Works from disk as well.
(() => {
  "use strict";

  const AT_ONCE = 50;
  const byId = (id) => document.getElementById(id);
  const form = byId("search");
  const index = window.plansiteIndex;
  if (!form || !index) return; // the page itself says where to look instead

  const field = form.elements.q;
  const [count, near, list, more, elsewhere] = ["search-count", "search-near", "results", "search-more", "elsewhere"].map(byId);

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

  // `name` is what a thing is called, `further` what else it can be found by.
  const item = ({ name, further, ...shown }) => {
    const own = inWords(name);
    return { ...shown, own, all: own + inWords(further.join(" ")) };
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

  const longDate = (day) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(
      new Date(Date.parse(document.body.dataset.asAt) + day * 86400000),
    );

  // What is open has a tag, and the day when it is due.
  const ROLES = { Overdue: "late", "At risk": "risk", "On track": "track" };
  const tagOf = (course, due, day) => {
    const late = day - due;
    const words = course === "Overdue" ? `Overdue by ${late.toLocaleString("en-GB")} ${late === 1 ? "day" : "days"}` : course;
    return { role: ROLES[course], words, due: due === null ? "No due date" : `Due ${longDate(due)}` };
  };

  const actionItem = (plan, [title, ref, owner, status, page, ...course], day) => {
    const isOpen = course.length === 2;
    const stands = isOpen ? courses(...course, day) : course.map((word) => plan.words[word]);
    const said = [plan.words[owner], plan.words[status], ...stands].filter(Boolean);
    const note = [(ref ? `Action ${ref} of ` : "") + plan.title, ...said].join(". ") + ".";
    if (stands[0] === "Overdue") said.push("Late");
    const tag = isOpen ? tagOf(stands[0], course[0], day) : null;
    return item({ title, href: plan.folder + page, note, tag, ref, name: `${ref} ${title}`, further: ["Action", plan.title, ...said] });
  };

  // Every item, with its words made plain once.
  const items = () => {
    const day = age();
    const ofPlan = ({ title, folder, kind }) =>
      item({ title, href: folder + "index.html", note: kind, name: title, further: [kind] });
    const ofPerson = ([title, kind, role, href]) =>
      item({ title, href, note: [kind, role].filter(Boolean).join(": "), name: title, further: [kind, role] });
    const ofDocument = (plan, [title, kind, page]) =>
      item({ title, href: plan.folder + page, note: `${kind}, ${plan.title}`, name: title, further: [kind, plan.title] });
    return [
      ...index.plans.map(ofPlan),
      ...index.people.map(ofPerson),
      ...index.plans.flatMap((plan) => plan.actions.map((action) => actionItem(plan, action, day))),
      ...index.plans.flatMap((plan) => (plan.documents ?? []).map((each) => ofDocument(plan, each))),
    ];
  };

  // Items that hold every word. First the actions of that number, where a number is all that is asked for, then those
  // whose own name holds all words.
  const found = (all, words, text) => {
    const has = (it) => words.every((alternatives) => alternatives.some((each) => each.test(it)));
    const number = /^(?:action\s+)?#?(\S+)$/i.exec(text.trim())?.[1].toLowerCase();
    const rank = (each) => (each.ref && each.ref.toLowerCase() === number ? 0 : has(each.own) ? 1 : 2);
    const matching = all.filter((each) => has(each.all)).map((each) => [rank(each), each]);
    return [0, 1, 2].flatMap((wanted) => matching.filter(([is]) => is === wanted).map(([, each]) => each));
  };

  // How many letters have to be changed, added, left out or swapped to make one word of another; `most` + 1 if more.
  const distance = (one, other, most) => {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let [before, last] = [[], [...Array(other.length + 1).keys()]];
    for (let i = 1; i <= one.length; i += 1) {
      const next = [i];
      for (let j = 1; j <= other.length; j += 1) {
        const isSame = one[i - 1] === other[j - 1];
        next[j] = Math.min(last[j] + 1, next[j - 1] + 1, last[j - 1] + (isSame ? 0 : 1));
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      if (Math.min(...next) > most) return most + 1;
      [before, last] = [last, next];
    }
    return last[other.length];
  };

  // What was asked with each unknown word replaced by the nearest known one; empty where none is near.
  const suggest = (all, text) => {
    const known = new Set(all.flatMap((each) => each.all.trim().split(" ")));
    const words = inWords(text).trim().split(" ");
    const nearest = (word) => {
      if (known.has(word) || word.length < 4) return word;
      const most = word.length < 7 ? 1 : 2;
      const ranked = [...known].map((each) => [distance(word, each, most), each]).filter(([far]) => far <= most);
      return ranked.sort(([a], [b]) => a - b)[0]?.[1] ?? word;
    };
    const better = words.map(nearest).join(" ");
    return better !== words.join(" ") && found(all, patterns(better), better).length ? better : "";
  };

  const element = (name, text, attributes = {}) =>
    Object.assign(document.createElement(name), { textContent: text, ...attributes });

  const SVG = "http://www.w3.org/2000/svg";
  const tagElement = ({ role, words }) => {
    const tag = element("span", "", { className: `tag tag--${role}` });
    const mark = document.createElementNS(SVG, "svg");
    mark.setAttribute("aria-hidden", "true");
    mark.append(document.createElementNS(SVG, "use"));
    mark.firstChild.setAttribute("href", `#m-${role}`);
    tag.append(mark, words);
    return tag;
  };

  const line = (each) => {
    const row = document.createElement("li");
    const main = document.createElement("div");
    main.append(element("a", each.title, { className: "quiet", href: form.dataset.up + each.href, dir: "auto" }));
    main.append(element("p", each.note, { className: "note" }));
    row.append(main);
    if (each.tag) {
      const how = element("p", "", { className: "found__how" });
      how.append(tagElement(each.tag), element("span", each.tag.due));
      row.append(how);
    }
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
    results = words.length ? found(all, words, field.value) : [];
    list.replaceChildren();
    grow();
    count.textContent = words.length ? counted(results.length) : "";
    elsewhere.hidden = results.length > 0;
    const better = words.length && !results.length ? suggest(all, field.value) : "";
    near.hidden = !better;
    if (better) near.replaceChildren("Did you mean ", element("a", better, { href: `?q=${encodeURIComponent(better)}` }), "?");
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
    list.children[first].querySelector("a").focus();
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
