// Filters the rows of a page, and sorts its table. What is chosen stands in the address, so that it can be sent and the
// way back works: `register.html?owner=cook&show=late&sort=-due`. script.js loads this where a page has a filter.
(() => {
  "use strict";

  const { plansitePlain: plain, plansiteWords: wordsOf, plansiteHolds: holds } = window;
  const NONE = "-"; // the choice of rows without a value
  const state = () => new URLSearchParams(location.search);

  // Where the browser allows no change of the address, the filter works without.
  const setAddress = (params, isNew) => {
    const query = params.toString();
    const address = location.pathname + (query && `?${query}`) + location.hash;
    if (query === state().toString()) return;
    try {
      history[isNew ? "pushState" : "replaceState"](history.state, "", address);
    } catch {
      // The page stays at its own address.
    }
  };

  const figure = (number) => number.toLocaleString("en-GB");
  const longDate = (iso) =>
    new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(`${iso}T00:00:00Z`));

  // The words of a row, without the labels that narrow screens show.
  const textOf = (row) => {
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    const words = [];
    while (walker.nextNode()) {
      if (!walker.currentNode.parentElement.matches(".label")) words.push(walker.currentNode.data);
    }
    return wordsOf(plain(words.join(" ").replace(/\s+/g, " ")));
  };

  const shows = {
    open: (row) => !row.classList.contains("is-closed"),
    late: (row) => row.querySelector(".tag--late") !== null,
  };

  // The values of a row in each field, in the order of the fields of the form: `data-f="blocked|high|cook||warm|fire,night"`.
  const valuesOf = (row) => row.dataset.f.split("|").map((keys) => keys.split(","));
  const pick = (values, at) => (values[at]?.[0] ? values[at] : [NONE]);

  const prepareFilter = (form) => {
    const main = form.closest("main");
    const rows = [...main.querySelectorAll("[data-f]")];
    const values = new Map(rows.map((row) => [row, valuesOf(row)]));
    const fields = [...form.querySelectorAll("[data-field]")];
    const { q, show } = form.elements;
    const [one, many] = form.dataset.filter.split(" ");
    const [status, on] = form.querySelectorAll("[role=status], .filter__on");
    const opener = form.querySelector("[aria-expanded]");
    const onlyWhenOn = form.querySelectorAll("[data-on]");
    const controls = [q, show, ...fields].filter(Boolean);
    let texts = null;

    const isOn = () => controls.some((control) => control.value);
    const find = () => {
      const words = plain(q.value).split(/\s+/).filter(Boolean);
      if (words.length) texts ??= new Map(rows.map((row) => [row, textOf(row)]));
      const chosen = fields.map((field, at) => [field.value, at]).filter(([value]) => value);
      return (row) =>
        (shows[show?.value]?.(row) ?? true) &&
        chosen.every(([value, at]) => pick(values.get(row), at).includes(value)) &&
        words.every((word) => holds(texts.get(row), word));
    };

    // Choices that no row has today are not offered, nor a field with one choice.
    const offer = (current) =>
      fields.forEach((field, at) => {
        const keys = new Set(current.flatMap((row) => pick(values.get(row), at)));
        const offered = [...field.options].filter((option) => option.value);
        for (const option of offered) option.hidden = option.disabled = !keys.has(option.value) && !option.selected;
        field.parentElement.hidden = !field.value && offered.filter((option) => !option.hidden).length < 2;
      });

    // How many rows of a group are left; a group of none goes.
    const countGroups = (current, shown) => {
      for (const section of new Set(rows.map((row) => row.closest("section")).filter(Boolean))) {
        const all = current.filter((row) => section.contains(row)).length;
        const left = shown.filter((row) => section.contains(row)).length;
        section.querySelector(".filter-count")?.remove();
        section.classList.toggle("is-out", left === 0 && all > 0 && section.matches(".section"));
        if (left === all) continue;
        const note = document.createElement("p");
        note.className = "note filter-count";
        note.textContent = `${figure(left)} of ${figure(all)} shown`;
        section.querySelector("h2").after(note);
      }
    };

    const describe = () =>
      controls
        .filter((control) => control.value)
        .map((control) => {
          if (control === q) return `“${q.value.trim()}”`;
          const label = control === show ? "" : `${control.parentElement.firstChild.data.trim()}: `;
          return label + control.selectedOptions[0].text;
        })
        .join(", ");

    // Rows are known up to a day. After it, the count says which day that is, as their headings do.
    const reach = rows.map((row) => row.closest("[data-reach]")?.dataset.reach).filter(Boolean).sort()[0];
    const markDay = () => {
      status.querySelector(".of-day")?.remove();
      if (!reach || !(document.body.dataset.today > reach)) return;
      const note = document.createElement("span");
      note.className = "of-day";
      note.textContent = ` (On ${longDate(reach)}.)`;
      status.append(note);
    };

    const say = (current, shown) => {
      const noun = current.length === 1 ? one : many;
      const place = form.dataset.part === undefined ? "" : " on this page";
      const fewer = q.value.trim() ? " Try fewer words." : "";
      const words = shown.length || !isOn() ? `${figure(shown.length)} of ${figure(current.length)} ${noun}${place}` : `No ${one} matches${place}.${fewer}`;
      if (status.firstChild?.data !== words) status.textContent = words;
      markDay();
      on.textContent = describe();
    };

    // A fold may be inside another.
    const open = (row) => {
      for (let fold; (fold = row.closest("details:not([open])")); ) fold.open = true;
    };

    const update = () => {
      const current = rows.filter((row) => !row.closest("[hidden]"));
      const fits = find();
      const shown = current.filter(fits);
      const kept = new Set(shown);
      for (const row of rows) row.classList.toggle("is-out", !kept.has(row) && !row.hidden);
      if (isOn()) for (const row of shown) open(row);
      offer(current);
      countGroups(current, shown);
      say(current, shown);
      form.classList.toggle("is-on", isOn());
      for (const it of onlyWhenOn) it.hidden = !isOn();
      form.hidden = current.length === 0 && !isOn();
    };

    // A value of an old address that no row has any more is a choice that finds nothing.
    const choose = (control, value) => {
      const isKnown = control === q || [...control.options].some((option) => option.value === value);
      if (!isKnown) control.add(new Option(value, value));
      control.value = value;
    };
    const read = () => {
      const params = state();
      for (const control of controls) choose(control, params.get(control.name) ?? "");
      update();
    };
    const write = (isNew) => {
      const params = state();
      for (const { name } of controls) params.delete(name);
      for (const { name, value } of controls) if (value.trim()) params.append(name, value.trim());
      setAddress(params, isNew);
      update();
    };

    form.addEventListener("change", ({ target }) => target !== q && write(true));
    q.addEventListener("input", () => write(!state().has("q") || !q.value));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", (event) => {
      event.preventDefault();
      for (const control of controls) control.value = "";
      write(true);
      (opener.offsetParent ? opener : q).focus(); // the button that was pressed goes
    });
    opener.addEventListener("click", () => {
      const isOpen = form.classList.toggle("is-open");
      opener.setAttribute("aria-expanded", String(isOpen));
    });
    return { read, update };
  };

  // Sorting. What a row has no value of stays last, in both directions.
  const { compare } = new Intl.Collator("en-GB", { numeric: true });
  const DATE = ["earliest first", "latest first"];
  const WORD = ["A to Z", "Z to A"];
  const PLACE = ["first to last", "last to first"];
  const ORDERS = { ref: PLACE, title: WORD, owner: WORD, created: DATE, due: DATE, progress: DATE, status: PLACE };

  const cellAt = (row, column) => {
    let at = 0;
    for (const cell of row.cells) {
      if (at === column) return cell.colSpan === 1 ? cell : null;
      at += cell.colSpan;
    }
    return null;
  };

  const prepareSort = (table) => {
    const heads = [...table.tHead.rows[0].cells].filter((head) => head.dataset.sort);
    const rows = [...table.tBodies[0].rows]; // in the order of their numbers
    const order = table.querySelector("[data-order]");
    const own = order?.textContent;
    const statuses = [...document.querySelectorAll("[data-filter] [name=status] option")].map((option) => option.value);

    const keyOf = (name, column) => {
      if (name === "status") return (row) => statuses.indexOf(row.dataset.f.split("|")[0] || null);
      if (name === "ref") return (row) => (cellAt(row, column)?.textContent.trim() ? rows.indexOf(row) : -1);
      if (ORDERS[name] === DATE) return (row) => cellAt(row, column)?.querySelector("time")?.dateTime ?? "";
      return (row) => {
        const cell = cellAt(row, column);
        return !cell || cell.querySelector(".soft") ? "" : plain(cell.textContent.trim());
      };
    };

    const describe = (head, isDown) =>
      `Sorted by ${head.textContent.trim().replace(/^./, (letter) => letter.toLowerCase())}, ${ORDERS[head.dataset.sort][Number(isDown)]}.`;

    const sort = (name, isDown) => {
      const head = heads.find((each) => each.dataset.sort === name);
      for (const each of heads) each.removeAttribute("aria-sort");
      head?.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      if (order) order.textContent = head && (isDown || name !== "ref") ? describe(head, isDown) : own;
      const sorted = [...rows];
      if (head) {
        const key = keyOf(name, head.cellIndex);
        const keys = new Map(rows.map((row) => [row, key(row)]));
        const isEmpty = (row) => keys.get(row) === "" || keys.get(row) === -1;
        const turn = isDown ? -1 : 1;
        const between = (a, b) => (typeof a === "number" ? a - b : compare(a, b));
        sorted.sort((a, b) => isEmpty(a) - isEmpty(b) || (isEmpty(a) ? 0 : turn * between(keys.get(a), keys.get(b))));
      }
      table.tBodies[0].append(...sorted);
    };

    for (const head of heads) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.append(...head.childNodes);
      button.addEventListener("click", () => {
        const { sort: name } = head.dataset;
        const isDown = head.getAttribute("aria-sort") === "ascending";
        const params = state();
        params.set("sort", (isDown ? "-" : "") + name);
        setAddress(params, true);
        sort(name, isDown);
      });
      head.append(button);
    }
    const read = () => {
      const asked = state().get("sort") ?? "";
      const name = asked.replace(/^-/, "");
      const isKnown = heads.some((head) => head.dataset.sort === name);
      const wasSorted = heads.some((head) => head.hasAttribute("aria-sort"));
      if (isKnown || wasSorted) sort(isKnown ? name : "", asked.startsWith("-"));
    };
    return { read, update() {} };
  };

  let prepared = [];
  const prepare = () => {
    prepared = [
      ...[...document.querySelectorAll("form[data-filter]")].map(prepareFilter),
      ...[...document.querySelectorAll("table:has(th[data-sort])")].map(prepareSort),
    ];
    for (const each of prepared) each.read();
  };
  prepare();
  addEventListener("popstate", () => prepared.forEach((each) => each.read()));
  addEventListener("plansite:told", () => prepared.forEach((each) => each.update()));
  addEventListener("plansite:page", prepare); // an encrypted site shows the next page in this one
})();
