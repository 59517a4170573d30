// Adds to pages that are already complete: a filter, sorting, open details in print, and the reader's own day.
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
  const holds = (text, word) =>
    text.plain.includes(word) || (joined(word).length > 3 && text.joined.includes(joined(word)));

  // Filter: rows stay in the page; hidden ones leave print and reading order as well.
  // A cell's words stand in its last element, behind the label that narrow screens show.
  const textOf = (row) => {
    const words = plain([...row.cells].map((cell) => (cell.lastElementChild || cell).textContent).join(" "));
    return { plain: words, joined: joined(words) };
  };

  const prepareFilter = (form) => {
    const rows = [...document.getElementById(form.dataset.filter).rows];
    const status = form.querySelector("[role=status]");
    const everything = status.textContent;
    let texts = null;

    const fits = {
      "": () => true,
      open: (row) => !row.classList.contains("is-closed"),
      late: (row) => row.querySelector(".tag--late") !== null,
    };
    const show = () => {
      texts = texts || rows.map(textOf);
      const words = plain(form.elements.q.value).split(/\s+/).filter(Boolean);
      const only = fits[form.elements.only.value];
      rows.forEach((row, at) => {
        row.hidden = !(only(row) && words.every((word) => holds(texts[at], word)));
      });
      const shown = rows.filter((row) => !row.hidden).length;
      if (shown === rows.length) status.textContent = everything;
      else if (shown) status.textContent = `${shown} of ${rows.length} actions`;
      else status.textContent = "No action matches. Try fewer words.";
    };
    form.addEventListener("input", show);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    if (form.elements.q.value || form.elements.only.value) show(); // what a browser kept from the last visit
  };

  // Names: finds owners or agencies by their name and the words beside it, which the first `data-cells` cells hold. What is
  // typed is in the address, so that it can be sent; Enter opens the only one left.
  const prepareNames = (form) => {
    const rows = [...document.getElementById(form.dataset.names).rows];
    const status = form.querySelector("[role=status]");
    const field = form.elements.q;
    const { noun, cells } = form.dataset;
    const texts = rows.map((row) => {
      const words = plain([...row.cells].slice(0, cells).map((cell) => cell.textContent).join(" "));
      return { plain: words, joined: joined(words), spaced: " " + words.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ") };
    });
    // A few letters are the beginning of a word; more of them, and letters of scripts without spaces, are found anywhere.
    const fits = (text, word) => (/^[\0-~]{1,3}$/.test(word) ? text.spaced.includes(" " + word) : holds(text, word));
    const isShown = (row) => !row.hidden;
    const show = () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, at) => {
        row.hidden = !words.every((word) => fits(texts[at], word));
      });
      const shown = rows.filter(isShown).length;
      if (!words.length) status.textContent = "";
      else status.textContent = shown ? `${shown.toLocaleString("en-GB")} of ${rows.length.toLocaleString("en-GB")} ${noun}` : `No ${noun} match. Try fewer letters.`;
    };
    const remember = () => {
      const query = field.value.trim();
      try {
        history.replaceState(history.state, "", location.pathname + (query ? "?q=" + encodeURIComponent(query) : "") + location.hash);
      } catch {
        // Some browsers refuse for pages from disk, or after many changes: the table is filtered all the same.
      }
    };
    form.addEventListener("input", () => {
      show();
      remember();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const shown = rows.filter(isShown);
      if (shown.length === 1) shown[0].querySelector("a").click();
    });
    form.hidden = false;
    field.value = new URLSearchParams(location.search).get("q") || field.value;
    show();
  };

  // Sorting: the head of a column with `data-sort="due"` sorts rows by their `data-due`. What is empty stays last.
  const { compare } = new Intl.Collator("en-GB");

  const sort = (head, rows, body) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = (row) => row.dataset[head.dataset.sort] || "";
    const order = (a, b) => (down ? compare(b, a) : compare(a, b));
    const given = rows.filter(key).sort((a, b) => order(key(a), key(b)));
    body.append(...given, ...rows.filter((row) => !key(row)));
  };

  const prepareSort = (head) => {
    const body = head.closest("table").tBodies[0];
    const rows = [...body.rows];
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    button.addEventListener("click", () => sort(head, rows, body));
    head.append(button);
  };

  const prepare = () => {
    document.querySelectorAll("[data-filter]").forEach(prepareFilter);
    document.querySelectorAll("[data-names]").forEach(prepareNames);
    document.querySelectorAll("th[data-sort]").forEach(prepareSort);
  };
  prepare();

  // Print shows what is folded away, and folds it again afterwards.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

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
  let isLoaded = false;
  const look = () => {
    const { asAt, timezone, pinned, today: told } = document.body.dataset;
    const day = today(timezone);
    if (pinned || day <= (told || asAt)) return;
    document.body.dataset.today = day;
    dispatchEvent(new Event("plansite:day"));
    if (!isLoaded) for (const name of ["../next-change.js", "later-day.js"]) (window.plansiteLoad || load)(new URL(name, own).href);
    isLoaded = true;
  };
  look();
  document.addEventListener("visibilitychange", look); // a page left open overnight
  // An encrypted site shows the next page in this one.
  addEventListener("plansite:page", () => {
    prepare();
    look();
  });
})();
