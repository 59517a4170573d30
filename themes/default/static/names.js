// Finds owners or agencies by their name and the words beside it, which the first `data-cells` cells hold. What is
// typed is in the address, so that it can be sent; Enter opens the only one left.
(() => {
  "use strict";

  const { plansitePlain: plain, plansiteWords: wordsOf, plansiteHolds: holds } = window;

  const prepareNames = (form) => {
    const rows = [...document.getElementById(form.dataset.names).rows];
    const status = form.querySelector("[role=status]");
    const field = form.elements.q;
    const { noun, cells } = form.dataset;
    const texts = rows.map((row) => {
      const words = plain([...row.cells].slice(0, cells).map((cell) => cell.textContent).join(" "));
      return { ...wordsOf(words), spaced: " " + words.replace(/[^\p{L}\p{M}\p{N}]+/gu, " ") };
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

  const prepare = () => document.querySelectorAll("[data-names]").forEach(prepareNames);
  prepare();
  addEventListener("plansite:page", prepare); // an encrypted site shows the next page in this one
})();
