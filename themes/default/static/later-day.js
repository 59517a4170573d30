// Tells the truth on a day after the page's own: `data-today` of the body says which, and script.js loads this.
// What is worked out again for that day is marked in the page:
//   data-due, data-overdue, data-risk   on a tag: when it was due, and the first days of "Overdue" and "At risk"
//   data-check     when a check is due that is said to be late from then on
//   data-asked     when an update was asked for that has no answer
//   data-since     the day from which a sentence counts: "the oldest by 20 days"
//   data-joins, data-leaves   the first days on which something is to be seen, and no longer to be seen;
//                  `data-turns` has further days on which it is to be seen again, is not, and so on
//   data-later     words for later days: `2025-01-22=6 actions|2025-01-25=…`; with `data-alone`, all words around them
// What is not is said to be of another day:
//   data-of        from this day on (if empty, from the next) the words are those of the page's own day
//   data-reach     after this day the rows or words are those of this day
(() => {
  "use strict";

  const DAY = 86400000;
  const AHEAD = 31; // how many days ahead a page carries what will join its lists
  const number = (iso) => Date.parse(iso + "T00:00:00Z") / DAY;
  const between = (first, last) => number(last) - number(first);
  const days = (count) => `${count.toLocaleString("en-GB")} ${count === 1 ? "day" : "days"}`;
  const longDate = (iso) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(number(iso) * DAY));

  const dueInWords = (due, today) => {
    const ahead = between(today, due);
    if (ahead < 0) return `Overdue by ${days(-ahead)}`;
    return ["Due today", "Due tomorrow"][ahead] || `Due in ${days(ahead)}`;
  };

  // Changes words only where they differ, so that nothing is read aloud twice.
  const say = (node, words) => {
    if (node.textContent !== words) node.textContent = words;
  };

  // "(On 20 January 2025.)" behind what is of that day; nothing where `iso` is empty.
  const marks = new WeakMap();
  const mark = (it, iso) => {
    let note = marks.get(it);
    if (!iso && !note) return;
    if (!note) {
      note = document.createElement(it.localName === "ul" ? "li" : "span");
      note.className = "of-day";
      const day = document.createElement("time");
      const words = it.localName === "ul" ? note.appendChild(document.createElement("span")) : note;
      words.append(" (On ", day, ".)");
      marks.set(it, note);
    }
    if (!iso) {
      note.remove();
      return;
    }
    const day = note.querySelector("time");
    day.dateTime = iso;
    say(day, longDate(iso));
    if (note.parentElement !== it) it.append(note);
  };

  const isPast = (it, asAt, today) => {
    const { of } = it.dataset;
    return of !== undefined && (today >= (of || today) || today.slice(0, 4) !== asAt.slice(0, 4));
  };

  // The day for which something is known, within what is known up to a day only.
  const known = (it, today) => {
    const reach = it.closest("[data-reach]")?.dataset.reach;
    return reach && reach < today ? reach : today;
  };

  const turn = (it, role, words) => {
    it.className = `tag tag--${role}`;
    it.querySelector("use").setAttribute("href", `#m-${role}`);
    say(it.lastChild, words);
  };

  const tag = (it, today) => {
    const { due, overdue, risk } = it.dataset;
    if (due < today) turn(it, "late", dueInWords(due, today));
    else if (overdue <= today) turn(it, "late", "Overdue");
    else if (risk <= today) turn(it, "risk", "At risk");
  };

  // "Due tomorrow with 2 of 5 steps left." beside a tag. Where time brings another reason, it is left and marked.
  const sentences = new WeakMap();
  const sentence = (it, due, asAt, today) => {
    if (!sentences.has(it)) sentences.set(it, it.textContent);
    const own = sentences.get(it);
    const { of } = it.dataset;
    const said = /^Due (?:today|tomorrow|in [\d,]+ days?)(?: with (.+))?\.$/.exec(own);
    const isOther = of && of <= today && of <= due;
    if (!said || isOther) {
      mark(it, "");
      say(it, own);
      mark(it, isPast(it, asAt, today) ? asAt : "");
      return;
    }
    const left = said[1];
    if (due < today) say(it, left ? `${left}.` : "");
    else say(it, dueInWords(due, today) + (left ? ` with ${left}.` : "."));
  };

  // "2 of 5 open actions are late, the oldest by 20 days."
  const count = (it, asAt, today) => {
    if (!sentences.has(it)) sentences.set(it, it.firstChild.data);
    const own = sentences.get(it);
    const isOther = isPast(it, asAt, today);
    const late = days(between(it.dataset.since, today));
    say(it.firstChild, isOther ? own : own.replace(/\bby [\d,]+ days?\b/, `by ${late}`));
    mark(it, isOther ? asAt : "");
  };

  // "Due 28 January 2025", and "Due tomorrow, 21 January 2025" when it is near.
  const lead = (it, due, today) => {
    const words = it.firstChild;
    const ahead = between(today, due);
    if (words && words.data?.startsWith("Due")) {
      say(words, ahead === 0 || ahead === 1 ? `${dueInWords(due, today)}, ` : "Due ");
    }
  };

  // "Due in 3 days" above the date of a row; rows of closed actions say something else there.
  const when = (it, today) => {
    const words = it.querySelector("b");
    const due = it.querySelector("time")?.dateTime;
    if (!due || !/^(?:Due|Overdue) /.test(words?.textContent)) return;
    const day = known(it, today);
    say(words, dueInWords(due, day));
    words.classList.toggle("late-text", due < day);
  };

  const check = (it, today) => {
    const { check: due } = it.dataset;
    it.hidden = due >= today;
    say(it, it.hidden ? "" : `Check late by ${days(between(due, today))}`);
  };

  const silence = (it, today) => {
    const { asked } = it.dataset;
    say(it, asked < today ? `No answer for ${days(between(asked, today))}` : "No answer yet");
  };

  const shown = (it, today) => {
    const { joins, leaves, turns } = it.dataset;
    const day = known(it, today);
    const again = (turns?.split(" ") ?? []).filter((turn) => turn <= day).length % 2 === 1;
    it.hidden = (joins !== undefined && day < joins) || (leaves !== undefined && day >= leaves && !again);
  };

  // The last change whose day has come, if any.
  const words = (it, today) => {
    const { later, reach, alone } = it.dataset;
    const day = known(it, today);
    const changes = later.split("|").map((change) => [change.slice(0, 10), change.slice(11)]);
    const come = changes.filter(([first]) => first && first <= day).pop();
    mark(it, "");
    const text = come ? come[1] : it.textContent;
    say(it, text);
    if (alone !== undefined) it.closest("p").hidden = !text;
    if (text && reach && reach < today) mark(it, reach);
  };

  // Days of the calendar: which is today, and what is late.
  const cell = (it, today) => {
    const date = it.querySelector(".day__date");
    const day = date?.querySelector("time").dateTime;
    if (!day) return;
    it.classList.toggle("is-past", day < today);
    if (day === today && !date.querySelector(".day__today")) {
      const here = document.createElement("span");
      here.className = "day__today";
      here.textContent = "Today";
      here.dataset.leaves = new Date((number(day) + 1) * DAY).toISOString().slice(0, 10);
      date.append(here);
    }
    if (day >= today) return;
    for (const words of it.querySelectorAll(".day__items > li:not(.is-expiry) > p:first-child")) {
      if (words.querySelector("strong")) continue;
      const late = document.createElement("strong");
      late.className = "late-text";
      late.textContent = "Late: ";
      words.prepend(late);
    }
  };

  const tell = (asAt, today) => {
    const all = (selector, change) => document.querySelectorAll(selector).forEach((it) => change(it, today));
    all(".tag[data-due], .tag[data-overdue], .tag[data-risk]", tag);
    all(".tag[data-due]", (it) => {
      const { due } = it.dataset;
      const beside = it.closest(".verdict")?.lastElementChild;
      const above = it.closest(".card")?.querySelector("p.soft");
      if (beside && beside !== it) sentence(beside, due, asAt, today);
      if (above) lead(above, due, today);
    });
    all("[data-since]", (it) => count(it, asAt, today));
    all("[data-of]", (it) => {
      if (!sentences.has(it)) mark(it, isPast(it, asAt, today) ? asAt : "");
    });
    all(".rows__when", when);
    all(".month td, .agenda > li", cell);
    all("[data-check]", check);
    all("[data-asked]", silence);
    all("[data-joins], [data-leaves]", shown);
    all("[data-later]", words);
    all(".section[data-reach], table[data-reach], .glance [data-reach]", (it) => {
      const { reach } = it.dataset;
      mark(it.querySelector("h2, .lede, caption, a > .note"), reach < today ? reach : "");
    });
  };

  // What to say of the copy itself: a few words beside its date, and past a week a note above the page.
  const note = document.createElement("span");
  const banner = document.createElement("p");
  banner.className = "banner";

  // Whether no date on the whole site has passed since the copy was made.
  const unchanged = (today) => {
    const change = window.plansiteNextChange;
    return change !== undefined && (change === "" || today < change);
  };

  const speak = (asAt, today) => {
    const age = between(asAt, today);
    const same = unchanged(today);
    const own = longDate(asAt);
    const isOfItsDay = document.querySelector('main h1[data-of=""]') !== null; // as a review pack is
    const again = isOfItsDay ? "" : longDate(today);
    document.documentElement.dataset.day = `As at ${own}${same || !again ? "" : `, lateness as at ${again}`}`;
    if (!again) note.textContent = `. This page is about ${own}`;
    else note.textContent = same ? ". Still right today, unless somebody has changed a plan" : `. What is late is worked out for ${again}`;
    if (age <= 7) return;
    const short = age > AHEAD ? ` Lists look only ${AHEAD} days ahead, so some may be too short.` : "";
    let about = `What is late has been worked out again for today.${short}`;
    if (same) about = "No dates have passed since, so it is still right, unless somebody has changed a plan.";
    else if (!again) about = `This page is about ${own}. Nothing on it has been worked out for today.`;
    banner.textContent = `This copy is ${days(age)} old. ${about}`;
    document.getElementById("main")?.prepend(banner);
  };

  const update = () => {
    const { asAt, today } = document.body.dataset;
    const place = document.querySelector(".as-at");
    if (note.parentElement !== place) place?.append(note);
    tell(asAt, today);
    speak(asAt, today);
    dispatchEvent(new Event("plansite:told"));
  };
  update();
  addEventListener("plansite:day", update);
})();
