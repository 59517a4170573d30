// Adds to pages that are already complete: open details in print, the reader's own day, and a filter where there is one.
(() => {
  "use strict";

  // Letters as they are looked for: no case, no accents, no invisible marks, and ø as o. The vowel signs of Thai, Hindi and
  // others are letters to their readers, and stay; those of Arabic and Hebrew are mostly left out in writing.
  const LETTERS = {
    // ø ł ß æ œ đ ð þ ħ ŧ ŋ ı ς
    "\u00f8": "o", "\u0142": "l", "\u00df": "ss", "\u00e6": "ae", "\u0153": "oe", "\u0111": "d", "\u00f0": "d",
    "\u00fe": "th", "\u0127": "h", "\u0167": "t", "\u014b": "n", "\u0131": "i", "\u03c2": "\u03c3",
  };
  const plain = (text) =>
    text
      .toLowerCase()
      .normalize("NFKD")
      .replace(/[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\p{Cf}]/gu, "")
      .toLowerCase()
      .replace(/[^\0-~]/gu, (letter) => LETTERS[letter] ?? letter);
  window.plansitePlain = plain;

  // "oneill" is in "O'Neill", and "room12" in "Room 12"; words of a few letters would be found across others.
  const joined = (text) => text.replace(/[^\p{L}\p{M}\p{N}]+/gu, "");
  window.plansiteWords = (text) => ({ plain: text, joined: joined(text) });
  window.plansiteHolds = (text, word) =>
    text.plain.includes(word) || (joined(word).length > 3 && text.joined.includes(joined(word)));

  // Print shows what is folded away, and folds it again afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  // The head of each printed sheet, where the page does not bring its own.
  const nameSheets = () => {
    const { dataset } = document.documentElement;
    const day = document.querySelector(".as-at time");
    dataset.head ||= document.title.slice(0, 160);
    dataset.day ||= day ? `As at ${day.textContent}` : "";
  };
  nameSheets();

  // The reader's own day: today in the site's time zone. Only a copy from an earlier day needs anything done to it;
  // a clock that is behind the copy changes nothing, and a copy of a fixed day follows no clock.
  const own = document.currentScript.src;

  const dayIn = (timeZone) => {
    const figures = { timeZone, year: "numeric", month: "2-digit", day: "2-digit" };
    const parts = new Intl.DateTimeFormat("en-GB", figures).formatToParts();
    return ["year", "month", "day"].map((name) => parts.find((part) => part.type === name).value).join("-");
  };
  const today = (timezone) => {
    try {
      return dayIn(timezone);
    } catch {
      return dayIn(undefined); // a zone that this browser does not know
    }
  };
  const load = (address) => {
    const script = document.createElement("script");
    script.src = address;
    script.async = false; // in the order in which they are added
    document.head.append(script);
  };
  const fetchPart = (name) => (window.plansiteLoad || load)(new URL(name, own).href);
  let isLoaded = false;
  const look = () => {
    const { asAt, timezone, pinned, today: told } = document.body.dataset;
    const day = today(timezone);
    if (pinned || day <= (told || asAt)) return;
    document.body.dataset.today = day;
    dispatchEvent(new Event("plansite:day"));
    if (!isLoaded) ["../next-change.js", "later-day.js"].forEach(fetchPart);
    isLoaded = true;
  };

  // The field in the head of a page leads to the search page. No form is sent, as the policy of the site allows none.
  const prepareFind = (form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      location.href = `${form.action}?q=${encodeURIComponent(form.elements.q.value.trim())}`;
    });
  };

  const parts = { "filter.js": "[data-filter], [data-sort]", "names.js": "[data-names]" };
  const loaded = new Set();
  const prepare = () => {
    document.querySelectorAll(".find").forEach(prepareFind);
    for (const [name, selector] of Object.entries(parts)) {
      if (loaded.has(name) || !document.querySelector(selector)) continue;
      fetchPart(name);
      loaded.add(name);
    }
  };
  look();
  prepare();
  document.addEventListener("visibilitychange", look); // a page left open overnight
  // An encrypted site shows the next page in this one.
  addEventListener("plansite:page", () => {
    prepare();
    nameSheets();
    look();
  });
})();
