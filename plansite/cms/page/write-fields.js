// Writes the fields that were changed in the form into the text of a file, line by line; see read-fields.js.
"use strict";
(() => {
  const yaml = globalThis.jsyaml;
  const { UNFIT, OPTIONS, UnreadableError, ...fields } = globalThis.plansiteText;
  const { parseNodes, toValue, fitValue, foldName, isEmpty, toWritten, isSame, toComparable } = fields;
  const BLANK = /^\s*(#.*)?$/;

  /** A change that cannot be made line by line; the whole value is written again. It is raised before any other change. */
  class NotByLineError extends Error {}

  const dump = (value, isFlow) => yaml.dump(value, isFlow ? { ...OPTIONS, flowLevel: 1 } : OPTIONS);
  const indent = (text, width) => text.replace(/^(?=.)/gm, " ".repeat(width));
  const toLines = (text) => text.replace(/\n$/, "").split("\n");

  /** The lines of a field: a short list on its line, as plansite writes it, and groups below each other. */
  function formatField(name, value, shape, isFlow) {
    const written = toWritten(value, shape);
    const isShort = shape.type === "list" && shape.of.type !== "group";
    return dump({ [name]: written }, isFlow ?? isShort);
  }

  // ---- Changes of lines

  class Lines {
    constructor(text) {
      this.text = text;
      this.lines = toLines(text);
      this.starts = [0];
      for (const line of this.lines) this.starts.push(this.starts.at(-1) + line.length + 1);
      this.edits = [];
    }

    /** The line of an offset. */
    lineOf(offset) {
      let [low, high] = [0, this.lines.length - 1];
      while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (this.starts[middle] <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    }

    columnOf(offset) {
      return offset - this.starts[this.lineOf(offset)];
    }

    /** The line behind the last one of a value: blank lines and comments before the next value are left out. */
    endOf(start, end, next) {
      const last = end < 0 ? start : this.lineOf(Math.max(end - 1, 0));
      let line = next;
      while (line > last + 1 && BLANK.test(this.lines[line - 1])) line -= 1;
      return line;
    }

    replace(from, to, text) {
      this.edits.push({ from, to, lines: text === null ? [] : toLines(text) });
    }

    /** The text with all changes. Where two are at the same line, lines are put in before others are replaced. */
    apply() {
      const order = this.edits.map((edit, at) => ({ ...edit, at }));
      order.sort((a, b) => a.from - b.from || (a.to > a.from) - (b.to > b.from) || a.at - b.at);
      const result = [];
      let line = 0;
      for (const edit of order) {
        result.push(...this.lines.slice(line, edit.from), ...edit.lines);
        line = Math.max(line, edit.to);
      }
      const text = [...result, ...this.lines.slice(line)].join("\n");
      return text && !text.endsWith("\n") ? `${text}\n` : text;
    }
  }

  // ---- Groups of fields

  /** Change the fields of a group whose lines end before the line `end`. `find` is the field that a name stands for. */
  function changeGroup(lines, node, shapes, wanted, end, find) {
    if (!node.isBlock) throw new NotByLineError();
    const starts = node.entries.map((entry) => lines.lineOf(entry.start));
    const column = lines.columnOf(node.entries[0].start);
    const ends = node.entries.map((entry, at) => lines.endOf(starts[at], entry.end, starts[at + 1] ?? end));
    const isItem = lines.lines[starts[0]].slice(0, column).trim() !== "";
    const present = new Map();
    node.entries.forEach((entry, at) => {
      const name = find(entry.name);
      if (name === undefined) return;
      present.set(name, at);
      const place = { from: starts[at], to: ends[at], column, isFixed: isItem && at === 0 };
      changeEntry(lines, entry, name, shapes[name], wanted[name], place);
    });
    addFields(lines, shapes, wanted, present, { starts, ends, column, isItem });
  }

  function changeEntry(lines, entry, name, shape, value, place) {
    const before = toValue(entry.value);
    const shown = fitValue(before, shape);
    if (isSame(shown, value, shape)) return;
    if (isEmpty(value)) {
      if (place.isFixed) throw new NotByLineError();
      lines.replace(place.from, place.to, null);
      return;
    }
    if (shown === UNFIT && typeof before !== "string") {
      throw new UnreadableError(`“${entry.name}” holds more than this form can show`);
    }
    const { kind, isBlock } = entry.value;
    const isInner = isBlock && lines.lineOf(entry.value.start) > place.from;
    try {
      if (isInner && kind === "list" && shape.type === "list") return changeList(lines, entry.value, shape, value, place);
      if (isInner && kind === "group" && shape.type === "group") {
        return changeGroup(lines, entry.value, shape.fields, value, place.to, (inner) => findExact(shape.fields, inner));
      }
    } catch (error) {
      if (!(error instanceof NotByLineError)) throw error;
    }
    replaceEntry(lines, entry, shape, value, place);
  }

  const findExact = (shapes, name) => (Object.hasOwn(shapes, name) ? name : undefined);

  /** Write the value of a field again. A list or group in brackets stays so, and so does a comment behind a value. */
  function replaceEntry(lines, entry, shape, value, place) {
    const { kind, isBlock, end } = entry.value;
    const isFlow = kind === "text" ? undefined : !isBlock;
    const line = lines.lines[place.from];
    const behind = end < 0 || kind !== "text" ? -1 : end - lines.starts[place.from];
    const comment = behind >= 0 && place.to === place.from + 1 ? /^\s+#.*$/.exec(line.slice(behind))?.[0] ?? "" : "";
    const text = formatField(entry.name, value, shape, isFlow).replace(/\n$/, "");
    const written = indent(text.includes("\n") ? text : text + comment, place.column);
    lines.replace(place.from, place.to, line.slice(0, place.column) + written.slice(place.column));
  }

  /** Put in the fields that were not there, each behind the one that comes before it in the form. */
  function addFields(lines, shapes, wanted, present, group) {
    const names = Object.keys(shapes);
    for (const name of names) {
      if (present.has(name) || isEmpty(wanted[name])) continue;
      const earlier = names.slice(0, names.indexOf(name)).filter((other) => present.has(other)).at(-1);
      const first = group.isItem ? group.ends[0] : group.starts[0];
      const line = earlier === undefined ? first : group.ends[present.get(earlier)];
      lines.replace(line, line, indent(formatField(name, wanted[name], shapes[name]), group.column));
    }
  }

  // ---- Lists

  /** Change the items of a list that were changed, and keep the lines of all others. */
  function changeList(lines, node, shape, value, place) {
    const starts = node.items.map((item) => lines.lineOf(Math.max(item.start, 0)));
    const column = lines.lines[starts[0]].indexOf("-");
    if (starts.some((line, at) => !isItemLine(lines.lines[line], column) || line === starts[at - 1])) {
      throw new NotByLineError();
    }
    const ends = node.items.map((item, at) => lines.endOf(starts[at], item.end, starts[at + 1] ?? place.to));
    const shown = node.items.map((item) => fitValue(toValue(item), shape.of));
    const wanted = value.filter((item) => !isEmpty(item));
    const list = { node, starts, ends, column, shape: shape.of };
    let [at, done] = [0, 0];
    for (const [old, fresh] of [...matchItems(shown, wanted, shape.of), [shown.length, wanted.length]]) {
      changeItems(lines, list, [at, old], wanted.slice(done, fresh));
      [at, done] = [old + 1, fresh + 1];
    }
  }

  const isItemLine = (line, column) => column >= 0 && line.slice(0, column).trim() === "" && /^-(\s|$)/.test(line.slice(column));

  /** The pairs of items that say the same, as many as there can be in order: their places in both lists. */
  function matchItems(shown, wanted, shape) {
    const [old, fresh] = [shown, wanted].map((items) => items.map((item) => toComparable(item, shape)));
    const best = shown.map(() => []).concat([[]]);
    const length = (i, j) => best[i]?.[j] ?? 0;
    const same = (i, j) => old[i] === fresh[j];
    for (let i = shown.length - 1; i >= 0; i -= 1) {
      for (let j = wanted.length - 1; j >= 0; j -= 1) {
        best[i][j] = same(i, j) ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
      }
    }
    const pairs = [];
    for (let i = 0, j = 0; i < shown.length && j < wanted.length; ) {
      if (same(i, j)) pairs.push([i++, j++]);
      else if (length(i + 1, j) >= length(i, j + 1)) i += 1;
      else j += 1;
    }
    return pairs;
  }

  /** Put new items in place of old ones: the first in place of the first, and so on; the rest is taken out or added. */
  function changeItems(lines, list, [from, to], items) {
    const { node, starts, ends, column, shape } = list;
    const write = (item) => indent(dump([toWritten(item, shape)]), column);
    const kept = Math.min(to - from, items.length);
    for (let at = 0; at < kept; at += 1) {
      const old = node.items[from + at];
      try {
        if (old.kind !== "group" || shape.type !== "group") throw new NotByLineError();
        changeGroup(lines, old, shape.fields, items[at], ends[from + at], (name) => findExact(shape.fields, name));
      } catch (error) {
        if (!(error instanceof NotByLineError)) throw error;
        lines.replace(starts[from + at], ends[from + at], write(items[at]));
      }
    }
    for (let at = from + kept; at < to; at += 1) lines.replace(starts[at], ends[at], null);
    const line = from + kept > 0 ? ends[from + kept - 1] : starts[0];
    for (const item of items.slice(kept)) lines.replace(line, line, write(item));
  }

  // ---- The whole front matter

  /** The front matter with what the form holds. Raises UnreadableError where not all of it can be written. */
  function changeHead(head, kind, wanted) {
    const root = parseNodes(head);
    const find = (name) => findField(kind, root, name);
    const lines = new Lines(head);
    if (root) changeGroup(lines, root, kind.fields, wanted, lines.lines.length, find);
    const changed = root ? lines.apply() : head + formatFields(kind, wanted);
    checkHead(changed, kind, root, wanted);
    return changed;
  }

  function formatFields(kind, wanted) {
    const names = Object.keys(kind.fields).filter((name) => !isEmpty(wanted[name]));
    return names.map((name) => formatField(name, wanted[name], kind.fields[name])).join("");
  }

  /** The field that a name in a file stands for: its own, or another name for it where the field is not there itself. */
  function findField(kind, root, name) {
    if (Object.hasOwn(kind.fields, name)) return name;
    const meant = kind.otherNames[foldName(name)];
    const names = root.entries.map((entry) => entry.name);
    if (meant === undefined || names.includes(meant)) return undefined;
    return names.find((other) => kind.otherNames[foldName(other)] === meant) === name ? meant : undefined;
  }

  /** Raise an error unless the changed text reads as it was meant to. */
  function checkHead(changed, kind, before, wanted) {
    const after = parseNodes(changed);
    const rest = (root) => (root?.entries ?? []).filter((entry) => findField(kind, root, entry.name) === undefined);
    const untouched = (root) => JSON.stringify(rest(root).map((entry) => [entry.name, toValue(entry.value)]));
    const shown = readFields(after, kind);
    const isRight = Object.entries(kind.fields).every(([name, shape]) => isSame(shown[name], wanted[name], shape));
    if (!isRight || untouched(before) !== untouched(after)) throw new UnreadableError("its fields could not be written");
  }

  /** The fields of a file as the form shows them. */
  function readFields(root, kind) {
    const shown = {};
    for (const entry of root?.entries ?? []) {
      const name = findField(kind, root, entry.name);
      const value = name === undefined ? undefined : fitValue(toValue(entry.value), kind.fields[name]);
      if (value !== undefined && value !== UNFIT) shown[name] = value;
    }
    return shown;
  }

  Object.assign(globalThis.plansiteText, { changeHead, formatFields, readFields });
})();
