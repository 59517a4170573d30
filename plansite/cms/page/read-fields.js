// How a content editor reads and writes the files of plansite. Saving changes the lines of the fields that were
// changed, and no others: comments, the order of the fields, and what the form does not show stay as they are.
"use strict";
(() => {
  const yaml = globalThis.jsyaml;
  // Names that no field has: the text of the file as it was read, and what a group of fields holds besides.
  const SOURCE = "plansite:file";
  const MORE = "plansite:more";
  const NULLS = ["~", "null", "Null", "NULL"];
  // What a field holds that its form cannot show: it stays in the file.
  const UNFIT = Symbol("unfit");
  // Texts that other readers of YAML take for something else: they are quoted, but for plain numbers and dates.
  const TYPED = /^(~|<<|=|null|true|false|yes|no|on|off|y|n|[-+.\d][\w.:+-]*)$/i;
  const PLAIN = /^(-?(0|[1-9]\d*)(\.\d+)?|\d{4}-\d\d-\d\d)$/;
  const OPTIONS = {
    schema: yaml.FAILSAFE_SCHEMA,
    lineWidth: -1,
    noRefs: true,
    quoteStyle: "double",
    scalarStyleRules: [...Object.values(yaml.DEFAULT_SCALAR_STYLE_RULES), quoteTyped],
  };

  class UnreadableError extends Error {}

  function quoteTyped(layout) {
    const text = layout.node.value;
    if (!layout.isKey && layout.style === yaml.SCALAR_STYLE.PLAIN && TYPED.test(text) && !PLAIN.test(text)) {
      layout.style = yaml.SCALAR_STYLE.DOUBLE_QUOTED;
    }
  }

  // ---- The text of a file, and the positions of its values

  /** The fields and the text of a file: `head` with the lines around it, and `body`. Null without front matter. */
  function splitFile(text) {
    const opening = /^\ufeff?---[ \t]*\n/.exec(text);
    if (!opening) return null;
    const closing = /^---[^\S\n]*$/m;
    const rest = text.slice(opening[0].length);
    const found = closing.exec(rest);
    if (!found) return null;
    const bodyAt = rest.indexOf("\n", found.index + 3);
    return {
      opening: opening[0],
      head: rest.slice(0, found.index),
      closing: bodyAt < 0 ? "---\n" : rest.slice(found.index, bodyAt + 1),
      body: bodyAt < 0 ? "" : rest.slice(bodyAt + 1),
    };
  }

  /** The node of the fields in a text of YAML: for each value its text, and the offsets where it begins and ends. */
  function parseNodes(text) {
    const events = yaml.parseEvents(text, { schema: yaml.FAILSAFE_SCHEMA });
    let at = 0;
    const next = () => {
      const event = events[at++];
      if (event.type === yaml.EVENT_ALIAS || event.anchorStart >= 0 || event.tagStart >= 0) {
        throw new UnreadableError("it has an anchor, an alias or a tag");
      }
      if (event.type === yaml.EVENT_SCALAR) return readScalar(text, event);
      if (event.type === yaml.EVENT_SEQUENCE) return readItems(event);
      return readEntries(event);
    };
    const readItems = (event) => {
      const node = { kind: "list", start: event.start, isBlock: event.style === 1, items: [] };
      while (events[at].type !== yaml.EVENT_POP) node.items.push(next());
      at += 1;
      return { ...node, end: Math.max(node.start, ...node.items.map((item) => item.end)) };
    };
    const readEntries = (event) => {
      const node = { kind: "group", start: event.start, isBlock: event.style === 1, entries: [] };
      while (events[at].type !== yaml.EVENT_POP) {
        const key = next();
        if (node.entries.some((entry) => entry.name === key.text)) throw new UnreadableError(`it has “${key.text}” twice`);
        const value = next();
        node.entries.push({ name: key.text, start: key.start, value, end: Math.max(key.end, value.end) });
      }
      at += 1;
      return { ...node, end: Math.max(node.start, ...node.entries.map((entry) => entry.end)) };
    };
    const documents = events.filter((event) => event.type === yaml.EVENT_DOCUMENT).length;
    if (documents > 1) throw new UnreadableError("it has more than one part");
    while (at < events.length && events[at].type === yaml.EVENT_DOCUMENT) at += 1;
    const isEmpty = at >= events.length || events[at].type === yaml.EVENT_POP;
    const root = isEmpty ? null : next();
    if (root && root.kind === "text" && !root.text) return null;
    if (root && root.kind !== "group") throw new UnreadableError("it is not written as fields");
    return root;
  }

  function readScalar(text, event) {
    const isQuoted = event.style === 2 || event.style === 3;
    const written = yaml.getScalarValue(text, event);
    const isNull = event.style === 1 && NULLS.includes(written);
    const start = event.valueStart - (isQuoted ? 1 : 0);
    return {
      kind: "text",
      text: isNull ? "" : written,
      start: event.valueStart < 0 ? -1 : start,
      end: event.valueEnd < 0 ? -1 : event.valueEnd + (isQuoted ? 1 : 0),
      isBlock: event.style > 3,
    };
  }

  /** A node as a plain value: texts, arrays and objects. */
  function toValue(node) {
    if (node.kind === "text") return node.text;
    if (node.kind === "list") return node.items.map(toValue);
    return Object.fromEntries(node.entries.map((entry) => [entry.name, toValue(entry.value)]));
  }

  // ---- What the form shows of a value, by the field's shape

  /** The value as the form shows it; undefined for none, and UNFIT for one that it cannot show. */
  function fitValue(value, shape) {
    if (isEmpty(value)) return undefined;
    if (shape.type === "list") return fitList(value, shape.of);
    if (shape.type === "group") return fitGroup(value, shape);
    if (typeof value !== "string") return UNFIT;
    const word = value.trim();
    if (shape.type === "date") return /^\d{4}-\d\d-\d\d$/.test(word) ? word : UNFIT;
    if (shape.type === "number") return /^[+-]?\d+(\.\d+)?$/.test(word) ? Number(word) : UNFIT;
    if (shape.type === "choice") return shape.words[foldWord(word)] ?? UNFIT;
    return value;
  }

  function fitList(value, shape) {
    const items = (Array.isArray(value) ? value : [value]).map((item) => fitValue(item, shape));
    return items.includes(UNFIT) ? UNFIT : items.filter((item) => item !== undefined);
  }

  function fitGroup(value, shape) {
    if (typeof value === "string") return shape.plain ? { [shape.plain]: value } : UNFIT;
    if (Array.isArray(value)) return UNFIT;
    const fitted = {};
    const more = {};
    for (const [name, inner] of Object.entries(value)) {
      const fit = Object.hasOwn(shape.fields, name) ? fitValue(inner, shape.fields[name]) : UNFIT;
      if (fit === UNFIT) more[name] = inner;
      else if (fit !== undefined) fitted[name] = fit;
    }
    return Object.keys(more).length ? { ...fitted, [MORE]: JSON.stringify(more) } : fitted;
  }

  const foldWord = (word) => word.toLowerCase().replace(/[_-]/g, " ").replace(/’/g, "'").replace(/\s+/g, " ").trim();
  const foldName = (name) =>
    name.toLowerCase().trim().replace(/(\(s\)|[.:*?])+$/, "").replace(/ *[&/+] */g, " and ").replace(/[\s_-]+/g, " ").trim();

  function isEmpty(value) {
    if (value === undefined || value === null || value === UNFIT) return true;
    if (typeof value === "string") return !value.trim();
    if (Array.isArray(value)) return value.every(isEmpty);
    return typeof value === "object" && Object.values(value).every(isEmpty);
  }

  /** A value of the form as it is written: numbers as text, in the order of the fields, without what is empty. */
  function toWritten(value, shape) {
    if (shape.type === "list") {
      const items = Array.isArray(value) ? value : [value];
      return items.filter((item) => !isEmpty(item)).map((item) => toWritten(item, shape.of));
    }
    if (shape.type !== "group") return String(value);
    const more = value[MORE] ? JSON.parse(value[MORE]) : {};
    const written = {};
    for (const [name, inner] of Object.entries(shape.fields)) {
      if (!isEmpty(value[name])) written[name] = toWritten(value[name], inner);
      else if (Object.hasOwn(more, name)) written[name] = more[name];
    }
    const others = Object.entries(more).filter(([name]) => !Object.hasOwn(shape.fields, name));
    return { ...written, ...Object.fromEntries(others) };
  }

  /** Whether two values of the form say the same. */
  const isSame = (one, other, shape) => toComparable(one, shape) === toComparable(other, shape);

  /** A text that is the same for all values of the form that say the same. */
  function toComparable(value, shape) {
    return isEmpty(value) ? "" : JSON.stringify(sortNames(toWritten(value, shape)));
  }

  function sortNames(value) {
    if (Array.isArray(value)) return value.map(sortNames);
    if (value === null || typeof value !== "object") return value;
    return Object.keys(value).sort().map((name) => [name, sortNames(value[name])]);
  }

  globalThis.plansiteText = {
    SOURCE, MORE, UNFIT, OPTIONS, UnreadableError,
    splitFile, parseNodes, toValue, fitValue, foldName, isEmpty, toWritten, isSame, toComparable,
  };
})();
