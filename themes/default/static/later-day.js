// Tells the truth on a day after the page's own: `data-today` of the body says which, and script.js loads this.
// Marks in the pages: `data-due` on a tag; `data-joins` and `data-leaves`, the first days on which something
// is to be seen and no longer to be seen; `data-later`, words for later days: `2025-01-22=6 actions|2025-01-25=…`.
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

  const tag = (it, today) => {
    if (it.dataset.due >= today) return;
    it.className = "tag tag--late";
    it.querySelector("use").setAttribute("href", "#m-late");
    say(it.lastChild, dueInWords(it.dataset.due, today));
  };

  // "Due tomorrow with 2 of 5 steps left." beside a tag.
  const sentence = (it, due, today) => {
    const said = /^Due (?:today|tomorrow|in [\d,]+ days?)(?: with (.+))?\.$/.exec(it.textContent);
    if (!said) return;
    const left = said[1];
    if (due < today) say(it, left ? `${left}.` : "");
    else say(it, dueInWords(due, today) + (left ? ` with ${left}.` : "."));
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
    say(words, dueInWords(due, today));
    words.classList.toggle("late-text", due < today);
  };

  const shown = (it, today) => {
    const { joins, leaves } = it.dataset;
    it.hidden = (joins !== undefined && today < joins) || (leaves !== undefined && today >= leaves);
  };

  // The last change whose day has come, if any.
  const words = (it, today) => {
    const changes = it.dataset.later.split("|").map((change) => [change.slice(0, 10), change.slice(11)]);
    const come = changes.filter(([day]) => day <= today).pop();
    if (come) say(it, come[1]);
  };

  const tell = (today) => {
    const all = (selector, change) => document.querySelectorAll(selector).forEach((it) => change(it, today));
    all(".tag[data-due]", (it) => {
      const { due } = it.dataset;
      const beside = it.closest(".verdict")?.lastElementChild;
      const above = it.closest(".card")?.querySelector("p.soft");
      tag(it, today);
      if (beside && beside !== it) sentence(beside, due, today);
      if (above) lead(above, due, today);
    });
    all(".rows__when", when);
    all("[data-joins], [data-leaves]", shown);
    all("[data-later]", words);
  };

  // A sentence about a whole plan is not worked out again: it says of which day it speaks.
  const markSentences = (asAt, today) => {
    if (unchanged(today)) return;
    for (const it of document.querySelectorAll(".verdict")) {
      if (it.querySelector("[data-due], [data-later]") || !/\b(late|due|days?)\b/.test(it.textContent)) continue;
      const day = document.createElement("time");
      day.dateTime = asAt;
      day.textContent = longDate(asAt);
      it.lastElementChild.append(" (On ", day, ".)");
    }
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

  const speak = (today) => {
    const age = between(document.body.dataset.asAt, today);
    const same = unchanged(today);
    note.textContent = same ? ". Still right today, unless somebody has changed a plan" : `. What is late is worked out for ${longDate(today)}`;
    if (age <= 7) return;
    const still = "No date has passed since, so it still holds, unless somebody has changed a plan.";
    const again = "What is late has been worked out again for today.";
    const short = age > AHEAD ? ` Lists look only ${AHEAD} days ahead, so some may be too short.` : "";
    banner.textContent = `This copy is ${days(age)} old. ${same ? still : again + short}`;
    document.getElementById("main")?.prepend(banner);
  };

  let told = null; // the page that has its note and its marks
  const update = () => {
    const { asAt, today } = document.body.dataset;
    const main = document.getElementById("main");
    if (main !== told) document.querySelector(".as-at")?.append(note);
    tell(today);
    speak(today);
    if (main !== told) markSentences(asAt, today);
    told = main;
  };
  update();
  addEventListener("plansite:day", update);
})();
