// Generated from the modules in script/ by "npm run bundle". Do not edit.
"use strict";
(() => {
  // dom.js
  var domLastId = 0;
  function element(tag, attributes, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
      if (value === null || value === void 0 || value === false) continue;
      if (typeof value === "function") made.addEventListener(name.replace(/^on/, "").toLowerCase(), value);
      else made.setAttribute(name, value === true ? "" : String(value));
    }
    return appendChildren(made, children);
  }
  function appendChildren(parent, children) {
    if (Array.isArray(children)) for (const child of children) appendChildren(parent, child);
    else if (children instanceof Node) parent.append(children);
    else if (children !== null && children !== void 0 && children !== false) parent.append(String(children));
    return parent;
  }
  function replaceChildren(parent, ...children) {
    parent.replaceChildren();
    return appendChildren(parent, children);
  }
  function peoplesWords(text, how = {}) {
    return element(how.tag ?? "bdi", { dir: "auto", lang: how.language ?? null, class: how.class ?? null }, text ?? "");
  }
  function withCode(text) {
    const parts = text.split("`");
    return element(
      "span",
      { dir: "auto" },
      parts.map(
        (part, at) => at % 2 && at < parts.length - 1 ? element("code", null, part) : at % 2 ? `\`${part}` : part
      )
    );
  }
  function button(label, press, attributes = {}) {
    return (
      /** @type {HTMLButtonElement} */
      element("button", { type: "button", onclick: press, ...attributes }, label)
    );
  }
  function choice(label, options, chosen, change) {
    const list = (
      /** @type {HTMLSelectElement} */
      element(
        "select",
        { dir: "auto" },
        options.map(([value, words]) => element("option", { value, selected: value === chosen }, words))
      )
    );
    list.addEventListener("change", () => change(list.value));
    return element("label", { class: "choice" }, element("span", { class: "choice-label" }, label), list);
  }
  function newId(subject = "id") {
    domLastId += 1;
    return `${subject}-${domLastId}`;
  }
  function announce(message) {
    const region = document.getElementById("announcements");
    if (region) region.textContent = message;
  }
  function dataTable(caption, head, rows, how = {}) {
    const numbers = new Set(how.numbers ?? []);
    const kind = (at) => numbers.has(at) ? "number" : null;
    const table = element(
      "table",
      { class: how.class ?? null },
      element("caption", { class: how.showCaption ? null : "unseen" }, caption),
      element(
        "thead",
        null,
        element(
          "tr",
          null,
          head.map((cell, at) => element("th", { scope: "col", class: kind(at) }, cell))
        )
      ),
      element(
        "tbody",
        null,
        rows.map(
          (row) => element(
            "tr",
            null,
            row.map(
              (cell, at) => at === 0 ? element("th", { scope: "row", class: kind(at) }, cell) : element("td", { class: kind(at) }, cell)
            )
          )
        )
      )
    );
    return element("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": caption }, table);
  }

  // appearance.js
  var appearanceKey = "emic-appearance";
  function isDark() {
    const chosen = document.documentElement.dataset.theme;
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function keptAppearance() {
    try {
      const kept = localStorage.getItem(appearanceKey);
      if (kept === "dark" || kept === "light") document.documentElement.dataset.theme = kept;
    } catch {
    }
  }
  function appearanceButton() {
    const name = () => isDark() ? "Light" : "Dark";
    const made = button(
      name(),
      () => {
        const next = isDark() ? "light" : "dark";
        document.documentElement.dataset.theme = next;
        made.textContent = name();
        try {
          localStorage.setItem(appearanceKey, next);
        } catch {
        }
      },
      { title: "Light or dark page" }
    );
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
      made.textContent = name();
    });
    return made;
  }

  // guard.js
  function pictureOr(make, what = "This picture") {
    try {
      return make();
    } catch (error) {
      console.warn(error);
      return element(
        "p",
        { class: "note bad" },
        `${what} could not be drawn. The numbers are in the tables folder beside this file.`
      );
    }
  }
  function isLoading() {
    return document.readyState === "loading";
  }
  function whenLoaded(work) {
    if (isLoading()) document.addEventListener("DOMContentLoaded", work, { once: true });
    else work();
  }
  function whenIdle(work) {
    whenLoaded(() => {
      if ("requestIdleCallback" in window) requestIdleCallback(work, { timeout: 1e3 });
      else setTimeout(work, 50);
    });
  }

  // format.js
  var formatMissing = "–";
  var formatSpace = " ";
  function isNumber(value) {
    return typeof value === "number" && Number.isFinite(value);
  }
  function formatCount(value) {
    if (!isNumber(value)) return formatMissing;
    const digits = String(Math.round(Math.abs(value))).replace(/\B(?=(\d{3})+$)/g, ",");
    return value < 0 && Math.round(value) !== 0 ? `−${digits}` : digits;
  }
  function formatCounted(value, noun, plural) {
    return `${formatCount(value)}${formatSpace}${value === 1 ? noun : plural ?? `${noun}s`}`;
  }
  function formatNumber(value, digits = 2) {
    if (!isNumber(value)) return formatMissing;
    const text = Math.abs(value).toFixed(digits);
    const [whole, part] = text.split(".");
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return `${value < 0 && Number(text) !== 0 ? "−" : ""}${grouped}${part ? `.${part}` : ""}`;
  }
  function formatPercentPlaces(share) {
    return Math.abs(share) < 0.0995 ? 1 : 0;
  }
  function formatPercentDigits(share, places) {
    return share === 0 ? "0" : Math.abs(share * 100).toFixed(places);
  }
  function formatSignedPercent(share, places) {
    const digits = formatPercentDigits(share, places);
    return `${share < 0 && Number(digits) !== 0 ? "−" : ""}${digits}`;
  }
  function formatPercent(share) {
    if (!isNumber(share)) return formatMissing;
    if (share > 0 && share < 5e-4) return `under${formatSpace}0.1${formatSpace}%`;
    const round = Math.abs(share * 100 - Math.round(share * 100)) < 1e-9;
    return `${formatSignedPercent(share, round ? 0 : formatPercentPlaces(share))}${formatSpace}%`;
  }
  function formatInterval(low, high, places) {
    if (!isNumber(low) || !isNumber(high)) return "";
    const digits = places ?? formatPercentPlaces(Math.max(Math.abs(low), Math.abs(high)));
    return `${formatSignedPercent(low, digits)}${formatSpace}to${formatSpace}${formatSignedPercent(high, digits)}`;
  }
  function formatShare(share, low, high) {
    if (!isNumber(share)) return formatMissing;
    const interval = formatInterval(low, high, formatPercentPlaces(share));
    return interval ? `${formatPercent(share)} (${interval})` : formatPercent(share);
  }
  function formatDifference(difference, low, high) {
    if (!isNumber(difference)) return formatMissing;
    const places = formatPercentPlaces(difference);
    const digits = formatPercentDigits(difference, places);
    const sign = Number(digits) === 0 ? "" : difference < 0 ? "−" : "+";
    const interval = formatInterval(low, high, places);
    return `${sign}${digits}${formatSpace}points${interval ? ` (${interval})` : ""}`;
  }
  var formatPLimits = [0.01, 0.05, 0.1];
  function formatPValue(value) {
    if (!isNumber(value)) return formatMissing;
    if (value < 1e-3) return `under${formatSpace}0.001`;
    for (let places = value < 0.1 ? 3 : 2; places < 7; places += 1) {
      const text = value.toFixed(places);
      if (!formatPLimits.some((limit) => value < limit && Number(text) >= limit)) return text;
    }
    return `under${formatSpace}${formatPLimits.find((limit) => value < limit)}`;
  }
  function formatCoefficient(value, low, high) {
    const ends = isNumber(low) && isNumber(high) ? ` (${formatNumber(low)}${formatSpace}to${formatSpace}${formatNumber(high)})` : "";
    return isNumber(value) ? formatNumber(value) + ends : formatMissing;
  }
  function formatClock(milliseconds) {
    if (!isNumber(milliseconds)) return "";
    const seconds = Math.max(0, Math.floor(milliseconds / 1e3));
    return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, "0")).join(":");
  }
  function formatDuration(milliseconds) {
    if (!isNumber(milliseconds) || milliseconds <= 0) return "";
    const minutes = Math.max(1, Math.round(milliseconds / 6e4));
    if (minutes < 90) return formatCounted(minutes, "minute");
    const hours = milliseconds / 36e5;
    return `${hours < 20 ? formatNumber(hours, 1) : formatCount(hours)}${formatSpace}hours`;
  }
  function formatLanguage(tag) {
    if (!tag) return "language not known";
    try {
      return new Intl.DisplayNames(["en"], { type: "language" }).of(tag) ?? tag;
    } catch {
      return tag;
    }
  }
  function formatList(words) {
    if (words.length < 2) return words.join("");
    return `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;
  }
  function splitWords(joined) {
    return (joined ?? "").split(";").map((word) => word.trim()).filter(Boolean);
  }
  function capitalised(text) {
    return text.charAt(0).toUpperCase() + text.slice(1);
  }

  // find.js
  function foldText(text) {
    return text.normalize("NFD").replace(/\p{M}+/gu, "").toLowerCase();
  }
  function searchTerms(typed) {
    const found = [...(typed ?? "").matchAll(/["“”„»«]([^"“”„»«]+)["“”„»«]|[^\s"“”„»«]+/gu)];
    return found.map(
      (match) => foldText(match[1] ?? match[0]).trim().replace(/\s+/g, " ")
    ).filter(Boolean);
  }
  function findTerms(text, terms) {
    if (!terms.length) return [];
    let folded = "";
    const positions = [];
    let position = 0;
    for (const letter of text) {
      const plain = /\s/.test(letter) ? " " : foldText(letter);
      for (let unit = 0; unit < plain.length; unit += 1) positions.push(position);
      folded += plain;
      position += letter.length;
    }
    positions.push(text.length);
    const hits = [];
    for (const term of terms) {
      for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
        let end = at + term.length;
        while (end < folded.length && positions[end] === positions[end - 1]) end += 1;
        hits.push([positions[at], positions[end]]);
      }
    }
    hits.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return hits.reduce((kept, hit) => {
      const last = kept[kept.length - 1];
      if (last && hit[0] < last[1]) last[1] = Math.max(last[1], hit[1]);
      else kept.push([...hit]);
      return kept;
    }, []);
  }
  function makeFinder(voices, study) {
    let byTheme = null;
    const folded = [];
    const segmentsOfTheme = (theme) => {
      if (!byTheme) {
        byTheme = /* @__PURE__ */ new Map();
        for (let segment = 0; segment < voices.count; segment += 1) {
          for (const [of] of voices.segments.labels[segment] ?? []) {
            const list = byTheme.get(of);
            if (list) list.push(segment);
            else byTheme.set(of, [segment]);
          }
        }
      }
      return byTheme.get(theme) ?? [];
    };
    const indexOf = (theme) => typeof theme === "number" ? theme : study.themeIndex(theme);
    const everything = () => Array.from({ length: voices.count }, (_, segment) => segment);
    return (filter) => {
      const themes = [
        ...filter.theme === void 0 || filter.theme === null ? [] : [filter.theme],
        ...filter.themes ?? []
      ].map(indexOf);
      let found;
      if (filter.segment) found = [voices.segmentIndex(filter.segment)].filter((segment) => segment >= 0);
      else if (filter.segments)
        found = filter.segments.map((id) => voices.segmentIndex(id)).filter((segment) => segment >= 0);
      else if (filter.kind && themes.length === 1) found = [...new Set(voices.quotesOf(themes[0], filter.kind))];
      else if (filter.kind)
        found = [
          ...new Set(study.themeNames.flatMap((_, theme) => voices.quotesOf(
            theme,
            /** @type {string} */
            filter.kind
          )))
        ].sort((a, b) => a - b);
      else if (filter.transcript) {
        const [from, to] = voices.segmentsOf(voices.transcriptIndex(filter.transcript));
        found = Array.from({ length: to - from }, (_, at) => from + at);
      } else if (themes.length) found = segmentsOfTheme(themes[0]);
      else found = everything();
      const tests = [];
      if (themes.length && !(filter.kind && themes.length === 1)) {
        tests.push(
          (segment) => themes.every(
            (theme) => (voices.segments.labels[segment] ?? []).some((label) => label[0] === theme)
          )
        );
      }
      if (filter.none) tests.push((segment) => !(voices.segments.labels[segment] ?? []).length);
      if (filter.transcript)
        tests.push((segment) => voices.transcript(segment).id === filter.transcript);
      if (filter.tenth)
        tests.push(
          (segment) => Math.min(10, Math.floor(voices.segments.middle[segment] * 10) + 1) === Number(filter.tenth)
        );
      if (filter.language) tests.push((segment) => voices.language(segment) === filter.language);
      if (filter.attribute && filter.group !== void 0) tests.push(groupTest(voices, filter));
      const terms = searchTerms(filter.words);
      if (terms.length) {
        tests.push((segment) => {
          folded[segment] ??= foldText(voices.text(segment)).replace(/\s+/g, " ");
          return terms.every((term) => folded[segment]?.includes(term));
        });
      }
      return tests.length ? found.filter((segment) => tests.every((test) => test(segment))) : [...found];
    };
  }
  function groupTest(voices, filter) {
    const column = voices.attributes.indexOf(filter.attribute ?? "");
    const others = filter.group === "(all others)" && filter.notGroup !== void 0;
    return (segment) => {
      const value = voices.transcript(segment).values[column] ?? null;
      return others ? value !== null && value !== filter.notGroup : value === filter.group;
    };
  }

  // voice.js
  function roleWords(role, speaker) {
    const words = ["", "interviewer", "other"][role] ?? "";
    return words === (speaker ?? "").toLowerCase() ? "" : words;
  }
  function quoteKinds() {
    return ["central", "borderline", "dissenting"];
  }
  function quoteKindName(kind) {
    return kind === "dissenting" ? "different" : kind;
  }
  function voiceNoSegments() {
    return {
      transcript: [],
      number: [],
      first: [],
      from: [],
      last: [],
      to: [],
      middle: [],
      share: [],
      words: [],
      language: null,
      labels: [],
      map: []
    };
  }
  function makeVoices(block, study) {
    const segments = { ...voiceNoSegments(), ...block.segments };
    const transcripts = block.transcripts ?? [];
    const attributes = block.attributes ?? [];
    const languages = block.languages ?? [];
    const coders = block.coders ?? [];
    const quotes = block.quotes ?? { theme: [], kind: [], rank: [], segment: [] };
    const transcriptIndices = new Map(transcripts.map((transcript2, index) => [transcript2.id, index]));
    const starts = new Array(transcripts.length + 1).fill(0);
    for (const index of segments.transcript) starts[index + 1] += 1;
    for (let index = 0; index < transcripts.length; index += 1) starts[index + 1] += starts[index];
    const transcript = (segment) => transcripts[segments.transcript[segment]];
    const id = (segment) => `${transcript(segment).id}:${segments.number[segment]}`;
    const firstTurn = (segment) => transcript(segment).talk[segments.first[segment]];
    const segmentsOf = (index) => (
      /** @type {[number, number]} */
      [starts[index] ?? 0, starts[index + 1] ?? 0]
    );
    const text = (segment) => {
      const { talk } = transcript(segment);
      const [first, last, from, to] = [
        segments.first[segment],
        segments.last[segment],
        segments.from[segment],
        segments.to[segment]
      ];
      if (first === last) return talk[first][5].slice(from, to);
      const middle = talk.slice(first + 1, last).map((turn2) => turn2[5]);
      return [talk[first][5].slice(from), ...middle, talk[last][5].slice(0, to)].join("\n");
    };
    const turn = (of, at) => {
      const [position, speaker, role, start, index, words, cut] = of.talk[at];
      const before = at > 0 ? of.talk[at - 1][0] : -1;
      return {
        at,
        position,
        speaker: speaker === null ? null : of.speakers[speaker] ?? null,
        role,
        start,
        index,
        text: words,
        cut,
        from: -1,
        to: -1,
        gap: position > before + 1
      };
    };
    const turnsAround = (segment, count = 2) => {
      const of = transcript(segment);
      const [first, last] = [segments.first[segment], segments.last[segment]];
      const turns = [];
      for (let at = Math.max(0, first - count); at <= Math.min(of.talk.length - 1, last + count); at += 1) {
        const one = turn(of, at);
        if (at >= first && at <= last) {
          one.from = at === first ? segments.from[segment] : 0;
          one.to = at === last ? segments.to[segment] : one.text.length;
        }
        turns.push(one);
      }
      return turns;
    };
    const locator = (segment) => {
      const { talk } = transcript(segment);
      const [from, to] = [talk[segments.first[segment]], talk[segments.last[segment]]];
      const where = from[4] === to[4] ? `turn ${from[4]}` : `turns ${from[4]}–${to[4]}`;
      return [transcript(segment).id, where, formatClock(from[3])].filter(Boolean).join(", ");
    };
    const quotesOf = (theme, kind) => {
      const index = typeof theme === "number" ? theme : study.themeIndex(theme);
      const wanted = kind ? quoteKinds().indexOf(kind) : -1;
      return quotes.theme.map(
        (of, at) => of === index && (wanted < 0 || quotes.kind[at] === wanted) ? at : -1
      ).filter((at) => at >= 0).sort(
        (a, b) => quotes.kind[a] - quotes.kind[b] || quotes.rank[a] - quotes.rank[b]
      ).map((at) => quotes.segment[at]);
    };
    const voices = (
      /** @type {Voices} */
      {
        complete: true,
        sample: null,
        ...block,
        of: block.of ?? { transcripts: transcripts.length, segments: segments.number.length },
        attributes,
        languages,
        coders,
        transcripts,
        segments,
        quotes,
        count: segments.number.length,
        id,
        text,
        transcript,
        turn,
        turnsAround,
        locator,
        segmentsOf,
        segmentIndex: (wanted) => {
          const colon = wanted.lastIndexOf(":");
          const of = transcriptIndices.get(wanted.slice(0, colon));
          if (of === void 0) return -1;
          const number = Number(wanted.slice(colon + 1));
          for (let segment = starts[of]; segment < starts[of + 1]; segment += 1)
            if (segments.number[segment] === number) return segment;
          return -1;
        },
        transcriptIndex: (wanted) => transcriptIndices.get(wanted) ?? -1,
        speaker: (segment) => {
          const speaker = firstTurn(segment)[1];
          return speaker === null ? null : transcript(segment).speakers[speaker] ?? null;
        },
        start: (segment) => firstTurn(segment)[3],
        language: (segment) => languages[segments.language?.[segment] ?? -1] ?? null,
        value: (segment, attribute) => transcript(segment).values[attributes.indexOf(attribute)] ?? null,
        labels: (segment) => (segments.labels[segment] ?? []).map(([theme, confidence, by]) => ({
          theme,
          name: study.themeNames[theme] ?? "",
          confidence,
          by,
          who: by === 0 ? "machine" : coders[by - 1] ?? "coder"
        })),
        quotesOf,
        find: () => []
      }
    );
    voices.find = makeFinder(voices, study);
    return voices;
  }

  // data.js
  var dataStudy = null;
  var dataVoices = null;
  function dataBlock(id) {
    const text = document.getElementById(id)?.textContent?.trim();
    return text ? JSON.parse(text) : null;
  }
  function numberIn(row, column) {
    return (
      /** @type {Record<string, number | null | undefined>} */
      row[column]
    );
  }
  function dataRows(table) {
    const rows = Array.from({ length: table?.rows ?? 0 }, () => (
      /** @type {any} */
      {}
    ));
    for (const [name, column] of Object.entries(table?.columns ?? {})) {
      if (Array.isArray(column))
        rows.forEach((row, at) => {
          row[name] = column[at] ?? null;
        });
      else
        rows.forEach((row, at) => {
          row[name] = column.at[at] === null ? null : column.words[column.at[at]];
        });
    }
    return rows;
  }
  function readStudy() {
    if (dataStudy) return dataStudy;
    const block = dataBlock("emic-study") ?? {};
    const tables = /* @__PURE__ */ new Map();
    const table = (name) => {
      if (!tables.has(name)) tables.set(name, dataRows(block.tables?.[name]));
      return (
        /** @type {any[]} */
        tables.get(name)
      );
    };
    const themes = table("themes");
    themes.forEach(
      (theme, index) => Object.assign(theme, { include: "", exclude: "", examples: [], ...block.themes?.[index], index })
    );
    const indices = new Map(themes.map((theme) => [theme.theme, theme.index]));
    dataStudy = {
      counts: {},
      attributes: [],
      languages: [],
      left_out: {},
      themes: [],
      title: "",
      run: "",
      program: "",
      model: "",
      unit: "turn",
      ...block,
      table,
      themeNames: themes.map((theme) => theme.theme),
      themeIndex: (name) => indices.get(name) ?? -1,
      theme: (name) => themes[indices.get(name) ?? -1] ?? null
    };
    return (
      /** @type {Study} */
      dataStudy
    );
  }
  function readVoices() {
    if (!dataVoices && isLoading())
      throw new Error("What people said stands at the end of the file, which is still being read.");
    if (!dataVoices) dataVoices = makeVoices(dataBlock("emic-voices") ?? {}, readStudy());
    return dataVoices;
  }

  // files.js
  function csvCell(value) {
    if (value === null || value === void 0) return "";
    if (typeof value === "number") return String(value);
    let text = String(value);
    if (/^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  function csvText(columns, rows) {
    const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
    return `\uFEFF${lines.map((line) => line.map(csvCell).join(",")).join("\r\n")}\r
`;
  }
  function safeFileName(name) {
    return name.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "").slice(0, 80) || "emic";
  }
  function saveFile(name, type, content) {
    const address = URL.createObjectURL(
      content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` })
    );
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1e4);
  }
  async function copyText(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = document.createElement("textarea");
      const focused = (
        /** @type {HTMLElement | null} */
        document.activeElement
      );
      field.value = text;
      field.setAttribute("readonly", "");
      field.className = "unseen";
      (focused?.closest("dialog") ?? document.body).append(field);
      field.select();
      let copied;
      try {
        copied = document.execCommand("copy");
      } catch {
        copied = false;
      }
      field.remove();
      focused?.focus();
      return copied;
    }
  }

  // pictures/choices.js
  function pictureMeasures() {
    return (
      /** @type {Array<[string, string, string]>} */
      [
        ["share_likely", "segments with a likely label", "Share of segments, likely labels"],
        ["share_segments", "segments with any label", "Share of segments, all labels"],
        ["mean_share", "segments with any label, each interview counted once", "Mean share of an interview's segments"]
      ]
    );
  }
  function pictureShareOf() {
    return {
      kind: "choice",
      name: "measure",
      label: "Share of",
      options: pictureMeasures().slice(0, 2).map(([name, words]) => [name, words]),
      value: "share_likely"
    };
  }
  function pictureThemes(study) {
    const themes = study.table("themes");
    const seeds = themes.filter((theme) => theme.kind === "seed");
    const emergent = themes.filter((theme) => theme.kind !== "seed").sort((a, b) => b.segments - a.segments || a.index - b.index);
    return [...seeds, ...emergent].map((theme) => (
      /** @type {string} */
      theme.theme
    ));
  }
  function pictureFirstThemes(study, max) {
    const heard = new Set(
      study.table("themes").filter((theme) => theme.segments > 0).map((theme) => theme.theme)
    );
    const themes = pictureThemes(study);
    return [...themes.filter((theme) => heard.has(theme)), ...themes.filter((theme) => !heard.has(theme))].slice(0, max).sort((a, b) => themes.indexOf(a) - themes.indexOf(b));
  }
  function pictureAttributeControl(study, there) {
    const names = study.attributes.map((attribute) => attribute.name).filter((name) => !there || there.has(name));
    return (
      /** @type {any} */
      {
        kind: "choice",
        name: "attribute",
        label: "Groups by",
        options: names.map((name) => [name, name]),
        value: names[0] ?? ""
      }
    );
  }
  function pictureThemesControl(control, change) {
    const chosen = new Set(control.value);
    const max = control.max ?? Infinity;
    const told = element("span", null);
    const boxes = control.all.map((theme) => [
      theme,
      /** @type {HTMLInputElement} */
      element("input", { type: "checkbox", id: newId("theme") })
    ]);
    const show = () => {
      told.textContent = `${chosen.size} of ${formatCounted(control.all.length, "theme")}`;
      for (const [theme, box] of boxes) {
        box.checked = chosen.has(theme);
        box.disabled = !box.checked && chosen.size >= max;
      }
    };
    const set = (themes) => {
      chosen.clear();
      for (const theme of themes.slice(0, max)) chosen.add(theme);
      show();
      change(control.all.filter((theme) => chosen.has(theme)));
    };
    for (const [theme, box] of boxes) {
      box.addEventListener("change", () => {
        if (box.checked) chosen.add(theme);
        else chosen.delete(theme);
        show();
        change(control.all.filter((name) => chosen.has(name)));
      });
    }
    show();
    return element(
      "details",
      { class: "picture-themes" },
      element("summary", null, element("span", { class: "choice-label" }, control.label), " ", told),
      element(
        "div",
        { class: "picture-themes-list", role: "group", "aria-label": control.label },
        element(
          "p",
          { class: "small" },
          max === Infinity ? button("All", () => set(control.all), { class: "plain" }) : `At most ${max}. `,
          button("None", () => set([]), { class: "plain" }),
          button("As at first", () => set(control.value), { class: "plain" })
        ),
        boxes.map(([theme, box]) => element("label", { for: box.id }, box, " ", peoplesWords(theme)))
      )
    );
  }

  // pictures/colours.js
  var pictureMaxColours = 8;
  var pictureSymbols = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "hexagon"];
  function pictureColour(index) {
    return index < pictureMaxColours ? `var(--series-${index + 1})` : "var(--picture-other)";
  }
  function pictureSeries(names) {
    return {
      color: { domain: names, range: names.map((_, index) => pictureColour(index)) },
      symbol: { domain: names, range: names.map((_, index) => pictureSymbols[index % pictureSymbols.length]) }
    };
  }
  function pictureTint(full, part) {
    return `color-mix(in oklab, ${full} ${Math.round(part * 100)}%, var(--picture-page))`;
  }
  function pictureShareClasses(highest) {
    for (const limits of [
      [5e-3, 0.01, 0.02, 0.03],
      [0.01, 0.02, 0.04, 0.06],
      [0.02, 0.05, 0.1, 0.15],
      [0.05, 0.1, 0.2, 0.3]
    ]) {
      if (highest <= limits[3] * 1.4) return limits;
    }
    return [0.1, 0.2, 0.4, 0.6];
  }
  function pictureHex(colour) {
    const known = pictureHexes.get(colour);
    if (known) return known;
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    let found = { hex: "#000000", opacity: 1 };
    if (context) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data;
      found = {
        hex: `#${[red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("")}`,
        opacity: alpha / 255
      };
    }
    pictureHexes.set(colour, found);
    return found;
  }
  var pictureHexes = /* @__PURE__ */ new Map();

  // pictures/download.js
  var downloadRoom = 8;
  var downloadSvgNames = "http://www.w3.org/2000/svg";
  var downloadInherited = {
    fill: "#000000",
    stroke: "none",
    "stroke-width": "1px",
    "stroke-dasharray": "none",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "font-size": "16px",
    "font-weight": "400",
    "font-style": "normal",
    "text-anchor": "start",
    "paint-order": "normal"
  };
  var downloadOwn = { opacity: "1" };
  function downloadStyled(shown, copy, before) {
    const style = getComputedStyle(shown);
    const now = { ...before };
    for (const name of Object.keys(downloadInherited)) {
      let value = style.getPropertyValue(name) || downloadInherited[
        /** @type {keyof typeof downloadInherited} */
        name
      ];
      if ((name === "fill" || name === "stroke") && value !== "none" && !value.startsWith("url")) {
        const { hex, opacity } = pictureHex(value);
        value = opacity === 0 ? "none" : hex;
      }
      copy.removeAttribute(name);
      if (value !== before[name]) copy.setAttribute(name, value.replace(/^([\d.]+)px$/, "$1"));
      now[name] = value;
    }
    for (const [name, usual] of Object.entries(downloadOwn)) {
      const value = style.getPropertyValue(name);
      copy.removeAttribute(name);
      if (value && value !== usual) copy.setAttribute(name, value);
    }
    for (const name of [
      "style",
      "class",
      "role",
      "tabindex",
      "aria-label",
      "aria-description",
      "aria-hidden",
      "aria-roledescription",
      "aria-describedby"
    ])
      copy.removeAttribute(name);
    if (copy.localName === "rect") {
      for (const side of ["width", "height"])
        if (copy.getAttribute(side)?.endsWith("%"))
          copy.setAttribute(side, String(
            /** @type {any} */
            shown.getBBox()[side]
          ));
    }
    const copies = [...copy.children];
    [...shown.children].forEach((child, at) => {
      if (downloadSkipped(child)) copies[at].remove();
      else downloadStyled(child, copies[at], now);
    });
  }
  function downloadSkipped(node) {
    return node.localName === "style" || node.classList.contains("picture-hit") || node.classList.contains("picture-tip") || node.getAttribute("visibility") === "hidden";
  }
  function downloadNode(name, attributes, text) {
    const node = document.createElementNS(downloadSvgNames, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
    if (text !== void 0) node.textContent = text;
    return node;
  }
  function pictureSvgText(drawn, title, description) {
    const root = document.documentElement;
    const theme = root.getAttribute("data-theme");
    root.setAttribute("data-theme", "light");
    root.classList.add("picture-paper");
    try {
      const frame = drawn.getBoundingClientRect();
      const right = Math.max(
        ...[...drawn.querySelectorAll("svg, span, div")].map(
          (part) => part.children.length && part.localName !== "svg" ? 0 : part.getBoundingClientRect().right
        )
      );
      const width = Math.ceil(Math.min(frame.width, Math.max(right - frame.x, 40)) + 2 * downloadRoom);
      const height = Math.ceil(frame.height + 2 * downloadRoom);
      const made = downloadNode("svg", {
        xmlns: downloadSvgNames,
        width,
        height,
        viewBox: `0 0 ${width} ${height}`,
        "font-family": "Helvetica, Arial, sans-serif"
      });
      made.append(
        downloadNode("title", {}, title),
        downloadNode("desc", {}, description),
        downloadNode("rect", { width, height, fill: "#ffffff" })
      );
      for (const shown of drawn.querySelectorAll("svg")) {
        const box = shown.getBoundingClientRect();
        if (!box.width) continue;
        const view = (shown.getAttribute("viewBox") ?? `0 0 ${box.width} ${box.height}`).split(/[ ,]+/).map(Number);
        const scale = Math.min(box.width / view[2], box.height / view[3]);
        const x = downloadRounded(box.x - frame.x + downloadRoom);
        const y = downloadRounded(box.y - frame.y + downloadRoom);
        const part = downloadNode("g", {
          transform: `translate(${x},${y}) scale(${downloadRounded(scale)}) translate(${-view[0]},${-view[1]})`
        });
        const copy = (
          /** @type {Element} */
          shown.cloneNode(true)
        );
        downloadStyled(shown, copy, { ...downloadInherited });
        for (const name of Object.keys(downloadInherited))
          if (copy.hasAttribute(name)) part.setAttribute(
            name,
            /** @type {string} */
            copy.getAttribute(name)
          );
        part.append(...copy.childNodes);
        made.append(part);
      }
      const words = document.createTreeWalker(drawn, NodeFilter.SHOW_TEXT);
      while (words.nextNode()) {
        const parent = words.currentNode.parentElement;
        if (!parent || parent.closest("svg, style") || !words.currentNode.textContent?.trim()) continue;
        const range = document.createRange();
        range.selectNodeContents(words.currentNode);
        const box = range.getBoundingClientRect();
        const style = getComputedStyle(parent);
        made.append(
          downloadNode(
            "text",
            {
              x: downloadRounded(box.x - frame.x + downloadRoom),
              y: downloadRounded(box.y - frame.y + downloadRoom + box.height * 0.78),
              "font-size": parseFloat(style.fontSize),
              "font-weight": style.fontWeight,
              fill: pictureHex(style.color).hex
            },
            words.currentNode.textContent
          )
        );
      }
      return `<?xml version="1.0" encoding="UTF-8"?>
${new XMLSerializer().serializeToString(made)}
`;
    } finally {
      root.classList.remove("picture-paper");
      if (theme === null) root.removeAttribute("data-theme");
      else root.setAttribute("data-theme", theme);
    }
  }
  function downloadRounded(value) {
    return Math.round(value * 1e3) / 1e3;
  }

  // pictures/names.js
  var pictureNarrow = 620;
  var pictureFontSize = 12;
  var namesCanvas = null;
  var namesFamily = "";
  function pictureTextWidth(text, weight = "400") {
    namesCanvas ??= document.createElement("canvas").getContext("2d");
    if (!namesCanvas) return text.length * 7;
    namesFamily ||= getComputedStyle(document.body).fontFamily || "sans-serif";
    namesCanvas.font = `${weight} ${pictureFontSize}px ${namesFamily}`;
    return namesCanvas.measureText(text).width;
  }
  function pictureIsolated(text) {
    return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u202a-\u202e\u2066-\u2069]/.test(text) ? `⁨${text}⁩` : text;
  }
  function fitLetters(text, width, weight) {
    const letters = Array.from(text);
    let low = 1;
    let high = letters.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (pictureTextWidth(letters.slice(0, middle).join(""), weight) <= width) low = middle;
      else high = middle - 1;
    }
    return letters.slice(0, low).join("");
  }
  function pictureLines(name, width, max = 1, weight = "400") {
    let rest = Array.from(
      String(name ?? "").replace(/\s+/g, " ").trim()
    ).slice(0, 240).join("");
    const lines = [];
    while (rest && lines.length < max) {
      if (pictureTextWidth(rest, weight) <= width) {
        lines.push(rest);
        rest = "";
      } else if (lines.length === max - 1) {
        lines.push(`${fitLetters(rest, width - pictureTextWidth("…", weight), weight).trimEnd()}…`);
        rest = "";
      } else {
        const letters = fitLetters(rest, width, weight);
        const space = rest[letters.length] === " " ? letters.length : letters.lastIndexOf(" ");
        const end = space > letters.length / 3 ? space : letters.length;
        lines.push(rest.slice(0, end).trim());
        rest = rest.slice(end).trim();
      }
    }
    return (lines.length ? lines : ["–"]).map(pictureIsolated);
  }
  function pictureCut(name, width, weight) {
    return pictureLines(name, width, 1, weight)[0];
  }
  function pictureParts([first, between, second, behind], width) {
    const left = Math.max(40, width - pictureTextWidth(between + behind) - 2);
    const [a, b] = [pictureTextWidth(first.slice(0, 120)), pictureTextWidth(second.slice(0, 120))];
    const forFirst = a + b <= left ? a + 1 : Math.max(left / 2, left - b);
    const cutSecond = second ? pictureCut(second, Math.max(left / 2, left - a)) : "";
    return `${pictureCut(first, forFirst)}${between}${cutSecond}${behind}`;
  }
  function pictureTipName(name) {
    const letters = Array.from(
      String(name ?? "–").replace(/\s+/g, " ").trim()
    );
    const broken = letters.slice(0, 120).join("").replace(/\S{34}(?=\S)/gu, "$& ");
    return pictureIsolated(letters.length > 120 ? `${broken}…` : broken);
  }
  function pictureRows(keys, nameOf, width, how = {}) {
    const { row = 24, max = 2, share = 0.36, second } = how;
    const above = width < pictureNarrow;
    const lineHeight = pictureFontSize * 1.2;
    const names = keys.map(
      (key) => (
        /** @type {[string, [string, string, string, string] | null]} */
        [nameOf(key), second?.(key) ?? null]
      )
    );
    const wanted = Math.max(
      40,
      ...names.flatMap(([name, below]) => [name, below?.join("") ?? ""]).map((name) => pictureTextWidth(name.slice(0, 100)))
    );
    const room = above ? width - 24 : Math.min(wanted + 2, width * share, 360);
    const lines = names.map(([name, below]) => [
      ...pictureLines(name, room, above ? 1 : max),
      ...below ? [pictureParts(below, room)] : []
    ]);
    const deepest = Math.max(1, ...lines.map((list) => list.length));
    const text = new Map(keys.map((key, at) => [key, lines[at].join("\n")]));
    const height = above ? row + deepest * lineHeight + 4 : Math.max(row, deepest * lineHeight + 8);
    const axis = {
      tickSize: 0,
      label: null,
      fontSize: pictureFontSize,
      lineHeight: 1.2,
      text: (key) => text.get(key) ?? ""
    };
    return {
      above,
      height,
      nameHeight: above ? deepest * lineHeight + 3 : 0,
      marginLeft: above ? 12 : Math.ceil(room) + 18,
      down: above ? deepest * lineHeight / 2 : 0,
      axis: Plot.axisY(
        keys,
        above ? { ...axis, textAnchor: "start", lineAnchor: "top", tickPadding: 0, dx: -6, dy: -height / 2 + 3 } : { ...axis, tickPadding: 10 }
      )
    };
  }
  function pictureFacets(keys, nameOf, width, how = {}) {
    const above = how.above ?? width < pictureNarrow;
    const room = above ? width - 24 : Math.min(
      Math.max(60, ...keys.map((key) => pictureTextWidth(nameOf(key).slice(0, 100), "600"))) + 2,
      width * 0.34,
      320
    );
    const text = new Map(keys.map((key) => [key, pictureLines(nameOf(key), room, above ? 1 : 2, "600").join("\n")]));
    const marginLeft = how.marginLeft ?? (above ? 12 : Math.ceil(room) + 18);
    const shared = {
      fy: (key) => key,
      text: (key) => text.get(key) ?? "",
      fontWeight: 600,
      fontSize: pictureFontSize
    };
    return {
      above,
      marginLeft,
      insetTop: above ? 24 : 4,
      insetBottom: above ? 2 : 4,
      names: above ? Plot.text(keys, {
        ...shared,
        frameAnchor: "top-left",
        textAnchor: "start",
        lineAnchor: "top",
        dx: 6 - marginLeft,
        dy: 5
      }) : Plot.text(keys, { ...shared, frameAnchor: "left", textAnchor: "end", dx: -10 })
    };
  }

  // route.js
  function viewNames() {
    return ["overview", "themes", "groups", "interviews", "together", "checks", "review"];
  }
  function routeDecoded(part) {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  }
  function filterToQuery(filter) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(filter)) {
      if (value === void 0 || value === null || value === "" || value === false) continue;
      if (Array.isArray(value)) for (const one of value) query.append(name, String(one));
      else query.set(name, String(value));
    }
    return query.toString();
  }
  function queryToFilter(query) {
    const filter = {};
    for (const [name, value] of new URLSearchParams(query)) {
      if (name === "themes" || name === "segments") (filter[name] ??= []).push(value);
      else if (name === "tenth") filter[name] = Number(value);
      else if (name === "none") filter[name] = true;
      else if (["theme", "attribute", "group", "notGroup", "transcript", "kind", "segment", "language", "words"].includes(name))
        filter[name] = value;
    }
    return filter;
  }
  function readRoute(hash) {
    const [path, query] = hash.replace(/^#/, "").split("?", 2);
    const [view, ...rest] = path.split("/");
    const filter = query === void 0 ? null : queryToFilter(query);
    if (!viewNames().includes(view)) return { view: "overview", argument: null, filter };
    return { view, argument: rest.length ? routeDecoded(rest.join("/")) || null : null, filter };
  }
  function routeTo(view, argument = null, filter = null) {
    const path = argument ? `${view}/${encodeURIComponent(argument)}` : view;
    return `#${path}${filter ? `?${filterToQuery(filter)}` : ""}`;
  }
  function routeHere() {
    const { view, argument } = readRoute(location.hash);
    return routeTo(view, argument);
  }

  // theme_figures.js
  function shareLikely(theme) {
    if (!theme.has_basis) return "no basis";
    return formatShare(theme.share_likely, theme.share_likely_low, theme.share_likely_high);
  }
  function possibleSegments(theme) {
    return theme.segments - theme.likely_segments;
  }
  function labelTier(study, label) {
    return label.by > 0 || label.confidence >= study.likely_confidence ? "likely" : "possible";
  }
  function correctedShare(study, theme, question) {
    const row = study.table("corrected_prevalence").find((one) => one.theme === theme && one.attribute === null);
    return row && isNumber(row.share_corrected) ? formatShare(row.share_corrected, row[`low_${question}`], row[`high_${question}`]) : null;
  }
  function correctedShareOfInterviews(study, theme, question) {
    const row = study.table("corrected_prevalence").find((one) => one.theme === theme && one.attribute === null);
    return row && isNumber(row.share_transcripts_corrected) ? formatShare(
      row.share_transcripts_corrected,
      row[`share_transcripts_low_${question}`],
      row[`share_transcripts_high_${question}`]
    ) : null;
  }
  function peopleCoded(study) {
    return study.table("agreement").length > 0 || study.table("corrected_prevalence").length > 0;
  }
  function stabilityWords(theme) {
    if (!isNumber(theme.stability)) return null;
    const halves = Math.round(theme.stability * 20);
    return { words: `found again in ${halves} of 20 random halves of the interviews`, doubtful: theme.stability < 0.5 };
  }
  function isFiner(study, theme) {
    return Boolean(theme.parent && study.theme(theme.parent));
  }
  function emergentByWeight(study) {
    const weight = (theme) => theme.share_likely * (isNumber(theme.stability) ? theme.stability : 0.5);
    return study.table("themes").filter((theme) => theme.kind === "emergent").sort((a, b) => weight(b) - weight(a) || a.index - b.index);
  }

  // quote.js
  var quoteLongFrom = 1200;
  function markedText(text, terms) {
    const parts = [];
    let done = 0;
    for (const [from, to] of findTerms(text, terms)) {
      parts.push(text.slice(done, from), element("mark", null, text.slice(from, to)));
      done = to;
    }
    parts.push(text.slice(done));
    return parts;
  }
  function quoteSpeaker(segment) {
    const voices = readVoices();
    const speaker = voices.speaker(segment);
    return speaker === voices.transcript(segment).id ? null : speaker;
  }
  function quoteLocation(segment) {
    const speaker = quoteSpeaker(segment);
    return [
      speaker ? [peoplesWords(speaker, { class: "who" }), ", "] : null,
      peoplesWords(readVoices().locator(segment))
    ];
  }
  function quoteSource(segment) {
    const voices = readVoices();
    const groups = voices.transcript(segment).values.filter((value) => value !== null && value !== "");
    const language = voices.languages.length > 1 ? voices.language(segment) : null;
    return [
      quoteLocation(segment),
      groups.length ? [" · ", groups.map((value, at) => [at ? ", " : null, peoplesWords(value)])] : null,
      language ? ` · ${formatLanguage(language)}` : null
    ];
  }
  function briefQuote(segment, longest = 320) {
    const voices = readVoices();
    const text = voices.text(segment);
    const cut = text.length > longest ? text.slice(0, longest).replace(/\s+\S*$/u, "") : text;
    return element(
      "blockquote",
      { class: "quote-brief" },
      // The marks stand inside, so that they take the direction of the words.
      peoplesWords(`“${cut}${cut.length < text.length ? "…" : ""}”`, { tag: "p", language: voices.language(segment) }),
      element("footer", null, quoteSource(segment))
    );
  }
  function quoteLabels(segment, asked = []) {
    const labels = readVoices().labels(segment);
    if (!labels.length) return element("p", { class: "quote-labels" }, "No theme given.");
    const who = [...new Set(labels.map((label) => label.by))].sort((a, b) => a - b);
    return who.map((by) => {
      const given = labels.filter((label) => label.by === by).sort((a, b) => Number(asked.includes(b.name)) - Number(asked.includes(a.name)));
      return element(
        "p",
        { class: "quote-labels" },
        by === 0 ? "Program: " : [peoplesWords(given[0].who), ": "],
        given.map((label, at) => [
          at ? ", " : null,
          element(
            "span",
            { class: asked.includes(label.name) ? "asked" : null },
            element("a", { href: routeTo("themes", label.name) }, peoplesWords(label.name)),
            by === 0 ? ` (${labelTier(readStudy(), label)}, ${formatPercent(label.confidence)} sure)` : label.confidence < 1 ? ` (${formatPercent(label.confidence)} of coders)` : null
          )
        ])
      );
    });
  }
  function quoteWithLocator(segment) {
    const voices = readVoices();
    const speaker = quoteSpeaker(segment);
    return `“${voices.text(segment)}” (${speaker ? `${speaker}, ` : ""}${voices.locator(segment)})`;
  }
  function talkTurn(turn, language, terms = []) {
    const role = ["", "interviewer", "other"][turn.role] ?? "";
    const inside = turn.from >= 0;
    const head = [
      turn.speaker ? [peoplesWords(turn.speaker), ", "] : null,
      roleWords(turn.role, turn.speaker) ? `${roleWords(turn.role, turn.speaker)}, ` : null,
      `turn ${turn.index}`,
      turn.start === null ? null : `, ${formatClock(turn.start)}`
    ];
    return element(
      "li",
      { class: [role, inside ? "here" : ""].join(" ").trim() || null },
      turn.gap ? element("span", { class: "gap" }, "Turns before this one are not in the page. ") : null,
      element("span", { class: "turn-head" }, head),
      element(
        "span",
        { class: "turn-text", dir: "auto", lang: language },
        turn.cut & 1 ? "… " : null,
        inside ? [
          markedText(turn.text.slice(0, turn.from), terms),
          element("span", { class: "span" }, markedText(turn.text.slice(turn.from, turn.to), terms)),
          markedText(turn.text.slice(turn.to), terms)
        ] : markedText(turn.text, terms),
        turn.cut & 2 ? " …" : null
      )
    );
  }
  function quoteSurroundings(segment, terms) {
    const voices = readVoices();
    const container = element("div", null);
    let count = 2;
    const draw = () => {
      const turns = voices.turnsAround(segment, count);
      const all = turns.length === voices.transcript(segment).talk.length;
      replaceChildren(
        container,
        element(
          "ol",
          { class: "talk" },
          turns.map((turn) => talkTurn(turn, voices.language(segment), terms))
        ),
        element(
          "p",
          { class: "quote-tools" },
          all ? null : button(
            "More turns",
            () => {
              count += 4;
              draw();
            },
            { class: "plain" }
          ),
          voices.transcript(segment).whole ? element("a", { href: `${routeTo("interviews", voices.id(segment))}` }, "Read the whole interview here") : null
        )
      );
    };
    draw();
    return container;
  }
  function quoteFigure(segment, how = {}) {
    const voices = readVoices();
    const text = voices.text(segment);
    const terms = how.terms ?? [];
    const words = element("blockquote", { dir: "auto", lang: voices.language(segment) }, markedText(text, terms));
    const around = element("div", null);
    const opener = button(
      "Turns around it",
      () => {
        const open = opener.getAttribute("aria-expanded") !== "true";
        opener.setAttribute("aria-expanded", String(open));
        replaceChildren(around, open ? quoteSurroundings(segment, terms) : null);
      },
      { class: "plain", "aria-expanded": "false", "data-tool": "around" }
    );
    const copier = button(
      "Copy",
      async () => {
        const copied = await copyText(quoteWithLocator(segment));
        copier.textContent = copied ? "Copied" : "Could not copy";
        announce(copier.textContent);
        setTimeout(() => {
          copier.textContent = "Copy";
        }, 2e3);
      },
      { class: "plain", "data-tool": "copy" }
    );
    const figure = element(
      "figure",
      { class: "quote" },
      words,
      element("figcaption", null, quoteSource(segment), quoteLabels(segment, how.asked)),
      element("div", { class: "quote-tools" }, opener, copier),
      around
    );
    if (text.length > quoteLongFrom) {
      words.classList.add("long");
      const whole = button(
        "Show all of it",
        () => {
          words.classList.remove("long");
          whole.remove();
        },
        { class: "plain" }
      );
      appendChildren(
        /** @type {Element} */
        figure.querySelector(".quote-tools"),
        whole
      );
    }
    return figure;
  }

  // totals.js
  function givenFilters(filter) {
    return Object.entries(filter).filter(
      ([, value]) => value !== void 0 && value !== "" && value !== false && !(Array.isArray(value) && !value.length)
    ).map(([name]) => name).sort().join(" ");
  }
  function segmentsWithBoth(study, themes) {
    if (themes.length !== 2) return null;
    const [first, second] = themes;
    const pair = study.table("cooccurrence").find(
      (row) => row.theme_a === first && row.theme_b === second || row.theme_a === second && row.theme_b === first
    );
    return pair?.segments ?? null;
  }
  var segmentCounts = {
    "": ({ voices }) => voices.of.segments,
    theme: ({ study, themes }) => study.theme(themes[0])?.segments,
    themes: ({ study, themes }) => themes.length === 1 ? study.theme(themes[0])?.segments : segmentsWithBoth(study, themes),
    "theme themes": ({ study, themes }) => segmentsWithBoth(study, themes),
    "attribute group theme": ({ study, filter: { theme, attribute, group } }) => study.table("prevalence").find((row) => row.theme === theme && row.attribute === attribute && row.group === group)?.segments,
    "attribute group": ({ study, filter: { attribute, group } }) => study.attributes.find((one) => one.name === attribute)?.groups.find((one) => one.name === group)?.segments,
    "tenth theme": ({ study, filter: { theme, tenth } }) => study.table("positions").find((row) => row.theme === theme && row.tenth === Number(tenth))?.segments,
    language: ({ study, filter: { language } }) => study.languages.find((one) => one.tag === language)?.segments,
    none: ({ study: { counts } }) => isNumber(counts.segments) && isNumber(counts.labelled) ? counts.segments - counts.labelled : null,
    transcript: ({ voices, filter: { transcript } }) => voices.transcripts[voices.transcriptIndex(transcript ?? "")]?.segments
  };
  function segmentsInStudy(study, voices, filter) {
    const themes = [...filter.theme ? [filter.theme] : [], ...filter.themes ?? []];
    return segmentCounts[givenFilters(filter)]?.({ study, voices, filter, themes }) ?? null;
  }
  function sentenceOfTotal(study, voices, filter, here, words) {
    const exhaustive = voices.complete || filter.transcript && voices.transcripts[voices.transcriptIndex(filter.transcript)]?.whole || filter.segment || filter.kind;
    if (exhaustive) return `${words(here)}.`;
    const total = segmentsInStudy(study, voices, filter);
    if (total !== null && total <= here) return `${words(here)}.`;
    if (total !== null)
      return `${words(here).replace(/\D*$/, "")} of ${words(total)} are in this page; the rest are in tables/labels.`;
    return `${words(here)} in this page, which holds ${words(voices.count).replace(/\D*$/, "")} of ${words(voices.of.segments)} of the study; the rest are in tables/labels.`;
  }

  // voice_filters.js
  var filterMaxGroups = 60;
  var filterMaxInterviews = 300;
  function filterTitle(study, filter) {
    const themes = [...filter.theme ? [filter.theme] : [], ...filter.themes ?? []];
    const parts = [];
    if (themes.length) parts.push(formatList(themes));
    else if (filter.none) parts.push("segments without a theme");
    if (filter.kind) parts.push(`${quoteKindName(filter.kind)} quotes`);
    if (filter.attribute && filter.group !== void 0) {
      parts.push(
        filter.group === null ? `${filter.attribute} not known` : filter.group === "(all others)" ? `${filter.attribute} other than ${filter.notGroup ?? ""}` : `${filter.attribute} ${filter.group}`
      );
    }
    if (filter.transcript) parts.push(`interview ${filter.transcript}`);
    if (filter.tenth) parts.push(`tenth ${filter.tenth} of the interview`);
    if (filter.language) parts.push(formatLanguage(filter.language));
    if (filter.segment) parts.push(`segment ${filter.segment}`);
    if (filter.segments) parts.push("chosen segments");
    if (filter.words) parts.push(`“${filter.words}”`);
    const words = parts.join(", ");
    return parts.length ? themes.length ? words : capitalised(words) : `All segments of “${study.title}”`;
  }
  function filterGroups(name) {
    const groups = readStudy().attributes.find((one) => one.name === name)?.groups;
    if (groups) return groups.map((group) => group.name);
    const voices = readVoices();
    const column = voices.attributes.indexOf(name);
    const values = new Set(
      voices.transcripts.map((transcript) => transcript.values[column]).filter((value) => value !== null)
    );
    return (
      /** @type {string[]} */
      [...values].sort()
    );
  }
  function voiceFilters(filter, change) {
    const [study, voices] = [readStudy(), readVoices()];
    let current = { ...filter };
    const set = (changes, quiet = false) => {
      current = { ...current, ...changes };
      for (const name of Object.keys(current))
        if (
          /** @type {any} */
          current[name] === "" || /** @type {any} */
          current[name] === void 0
        )
          delete /** @type {any} */
          current[name];
      change(current, quiet);
    };
    const named = (control, name) => {
      control.querySelector("select, input")?.setAttribute("data-filter", name);
      return control;
    };
    const any = (
      /** @type {[string, string]} */
      ["", "any"]
    );
    let waiting = 0;
    const words = (
      /** @type {HTMLInputElement} */
      element("input", {
        type: "search",
        value: filter.words ?? "",
        "data-filter": "words",
        dir: "auto",
        placeholder: "words, or “a phrase”",
        autocomplete: "off"
      })
    );
    words.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => set({ words: words.value }, true), voices.count > 5e3 ? 250 : 80);
    });
    const theme = filter.none ? "(none)" : filter.theme ?? (filter.themes?.length === 1 ? filter.themes[0] : filter.themes?.length ? "(several)" : "");
    const themes = [
      any,
      ["(none)", "no theme given"],
      ...filter.themes && filter.themes.length > 1 ? [
        /** @type {[string, string]} */
        ["(several)", filter.themes.join(" + ")]
      ] : [],
      ...study.themeNames.map((name) => (
        /** @type {[string, string]} */
        [name, name]
      ))
    ];
    const attributes = voices.attributes.filter(
      (name) => name === filter.attribute || filterGroups(name).length <= filterMaxGroups
    );
    const group = filter.attribute && filter.group !== void 0 ? JSON.stringify([filter.attribute, filter.group, filter.notGroup]) : "";
    const groups = attributes.flatMap(
      (name) => filterGroups(name).map(
        (value) => (
          /** @type {[string, string]} */
          [JSON.stringify([name, value, void 0]), `${name}: ${value}`]
        )
      )
    );
    if (group && !groups.some(([value]) => value === group))
      groups.unshift([group, `${filter.attribute}: ${filter.group ?? "not known"}`]);
    const interviews = voices.transcripts.length <= filterMaxInterviews ? named(
      choice(
        "Interview",
        [
          any,
          ...voices.transcripts.map(
            (transcript) => (
              /** @type {[string, string]} */
              [transcript.id, transcript.id]
            )
          )
        ],
        filter.transcript ?? "",
        (value) => set({ transcript: value, segment: "" })
      ),
      "transcript"
    ) : typedInterview(filter, (value) => set({ transcript: value, segment: "" }));
    const narrow = [
      named(
        choice(
          "Theme",
          themes,
          theme,
          (value) => value === "(several)" ? void 0 : set({
            theme: value === "(none)" ? "" : value,
            themes: void 0,
            none: value === "(none)" ? true : void 0,
            segment: "",
            segments: void 0
          })
        ),
        "theme"
      ),
      named(
        choice(
          "Kind of quote",
          [
            ["", "all segments"],
            ...quoteKinds().map((kind) => (
              /** @type {[string, string]} */
              [kind, quoteKindName(kind)]
            ))
          ],
          filter.kind ?? "",
          (value) => set({ kind: value, segment: "" })
        ),
        "kind"
      ),
      groups.length ? named(
        choice("Group", [any, ...groups], group, (value) => {
          const [attribute, name, notGroup] = value ? JSON.parse(value) : [void 0, void 0, void 0];
          set({ attribute, group: name, notGroup: notGroup ?? void 0 });
        }),
        "group"
      ) : null,
      interviews,
      voices.languages.length > 1 ? named(
        choice(
          "Language",
          [any, ...voices.languages.map((tag) => (
            /** @type {[string, string]} */
            [tag, formatLanguage(tag)]
          ))],
          filter.language ?? "",
          (value) => set({ language: value })
        ),
        "language"
      ) : null,
      filter.tenth ? named(
        choice(
          "Part of the interview",
          [
            any,
            ...Array.from(
              { length: 10 },
              (_, at) => (
                /** @type {[string, string]} */
                [String(at + 1), `tenth ${at + 1}`]
              )
            )
          ],
          String(filter.tenth),
          (value) => set({ tenth: value ? Number(value) : void 0 })
        ),
        "tenth"
      ) : null
    ];
    return element(
      "div",
      { role: "search", "aria-label": "Filter the quotes" },
      element(
        "label",
        { class: "choice", style: "width: 100%" },
        element("span", { class: "choice-label" }, "Words"),
        words
      ),
      element(
        "details",
        { open: filterOpen() },
        element("summary", null, "Filters"),
        element("div", { class: "filters" }, narrow)
      )
    );
  }
  function filterOpen() {
    return matchMedia("(min-height: 44rem) and (min-width: 46rem)").matches;
  }
  function typedInterview(filter, change) {
    const field = (
      /** @type {HTMLInputElement} */
      element("input", {
        type: "text",
        value: filter.transcript ?? "",
        "data-filter": "transcript",
        autocomplete: "off",
        placeholder: "its name"
      })
    );
    field.addEventListener("change", () => change(field.value.trim()));
    return element("label", { class: "choice" }, element("span", { class: "choice-label" }, "Interview"), field);
  }

  // voices.js
  var drawerPage = 30;
  var drawer = {
    /** @type {HTMLDialogElement | null} */
    dialog: null,
    /** @type {Filter} */
    filter: {},
    /** @type {string} */
    title: "",
    /** @type {number[]} */
    found: [],
    shown: 0,
    /** Whether opening it made an entry in the browser's history, which closing it takes back. */
    pushed: false,
    /** @type {Element | null} */
    opener: null
  };
  function openVoices(filter, title) {
    if (isLoading()) {
      whenLoaded(() => openVoices(filter, title));
      return;
    }
    const address = `${routeHere()}?${filterToQuery(filter)}`;
    const open = Boolean(drawer.dialog?.open);
    if (location.hash !== address) {
      history[open ? "replaceState" : "pushState"](null, "", address);
      if (!open) drawer.pushed = true;
    }
    showDrawer(filter, title);
  }
  function followVoicesRoute() {
    const { filter } = readRoute(location.hash);
    if (filter === null) {
      drawer.pushed = false;
      hideDrawer();
    } else if (!drawer.dialog?.open || filterToQuery(filter) !== filterToQuery(drawer.filter)) showDrawer(filter);
  }
  function closeVoices() {
    if (!drawer.dialog?.open) return;
    hideDrawer();
    if (drawer.pushed) {
      drawer.pushed = false;
      history.back();
    } else history.replaceState(null, "", routeHere());
  }
  function voicesAreOpen() {
    return Boolean(drawer.dialog?.open);
  }
  function hideDrawer() {
    const { dialog, opener } = drawer;
    if (!dialog?.open) return;
    dialog.close();
    if (opener instanceof HTMLElement || opener instanceof SVGElement) opener.focus({ preventScroll: true });
  }
  function showDrawer(filter, title) {
    if (!drawer.dialog) {
      drawer.dialog = /** @type {HTMLDialogElement} */
      element("dialog", { class: "drawer", "aria-labelledby": "drawer-title" });
      drawer.dialog.addEventListener("cancel", (event) => {
        event.preventDefault();
        closeVoices();
      });
      drawer.dialog.addEventListener("keydown", stepQuotes);
      document.body.append(drawer.dialog);
    }
    const { dialog } = drawer;
    if (!dialog.open) drawer.opener = document.activeElement;
    drawer.filter = { ...filter };
    drawer.title = title ?? filterTitle(readStudy(), filter);
    drawDrawer();
    if (!dialog.open) {
      if (matchMedia("(max-width: 46rem)").matches) dialog.showModal();
      else dialog.show();
    }
    document.getElementById("drawer-title")?.focus({ preventScroll: true });
  }
  function drawDrawer() {
    const dialog = (
      /** @type {HTMLDialogElement} */
      drawer.dialog
    );
    const count = element("p", { class: "told" });
    const list = element("ol", { "aria-label": "Quotes" });
    const more = element("p", null);
    const change = (filter, quiet = false) => {
      drawer.filter = filter;
      drawer.title = filterTitle(readStudy(), filter);
      history.replaceState(null, "", `${routeHere()}?${filterToQuery(filter)}`);
      if (quiet) {
        const title = document.getElementById("drawer-title");
        if (title) title.textContent = drawer.title;
      } else {
        const focused = document.activeElement?.getAttribute("data-filter");
        drawDrawer();
        if (focused) dialog.querySelector(`[data-filter="${focused}"]`)?.focus();
      }
      fill(true);
    };
    const copyLink = button(
      "Copy link",
      async () => {
        copyLink.textContent = await copyText(location.href) ? "Link copied" : "Could not copy";
        setTimeout(() => {
          copyLink.textContent = "Copy link";
        }, 2e3);
      },
      { title: "For somebody who has this file in the same place" }
    );
    const fill = (again) => fillDrawer(count, list, more, again);
    replaceChildren(
      dialog,
      element(
        "div",
        { class: "drawer-head" },
        element(
          "div",
          { class: "top" },
          element("h2", { id: "drawer-title", tabindex: "-1", dir: "auto" }, drawer.title),
          button("Close", closeVoices, { "aria-keyshortcuts": "Escape" })
        ),
        count,
        voiceFilters(drawer.filter, change),
        element("div", { class: "actions" }, button("Save list as CSV", saveList), copyLink)
      ),
      element("div", { class: "drawer-body", tabindex: "-1" }, list, more)
    );
    fill(true);
  }
  function fillDrawer(count, list, more, again) {
    const [study, voices] = [readStudy(), readVoices()];
    const { filter } = drawer;
    if (again) {
      drawer.found = orderFound(voices.find(filter), filter);
      drawer.shown = 0;
      list.replaceChildren();
      const told = sentenceOfTotal(
        study,
        voices,
        filter,
        drawer.found.length,
        (number) => formatCounted(number, "segment")
      );
      count.textContent = told;
      announce(told);
    }
    const terms = searchTerms(filter.words);
    const asked = [filter.theme, ...filter.themes ?? []].filter((name) => name !== void 0);
    const next = drawer.found.slice(drawer.shown, drawer.shown + drawerPage);
    list.append(
      ...next.map(
        (segment) => element(
          "li",
          { tabindex: "-1", "data-segment": segment },
          quoteFigure(segment, { terms, asked: (
            /** @type {string[]} */
            asked
          ) })
        )
      )
    );
    drawer.shown += next.length;
    if (filter.segment && again) list.querySelector('[data-tool="around"]')?.click();
    const left = drawer.found.length - drawer.shown;
    replaceChildren(
      more,
      !drawer.found.length ? "Nothing in this page fits these filters." : null,
      left > 0 ? button(
        `Show ${formatCounted(Math.min(left, drawerPage), "more", "more")} of ${formatCounted(drawer.found.length, "segment")}`,
        () => {
          const first = drawer.shown;
          fillDrawer(count, list, more, false);
          list.children[first]?.focus();
        }
      ) : null
    );
  }
  function orderFound(found, filter) {
    const voices = readVoices();
    const index = readStudy().themeIndex(filter.theme ?? filter.themes?.[0] ?? "");
    if (filter.kind || index < 0) return found;
    const sure = (segment) => voices.segments.labels[segment].find((label) => label[0] === index)?.[1] ?? 0;
    return found.map((segment) => (
      /** @type {[number, number]} */
      [sure(segment), segment]
    )).sort((a, b) => b[0] - a[0] || a[1] - b[1]).map(([, segment]) => segment);
  }
  function saveList() {
    const voices = readVoices();
    const columns = [
      "segment_id",
      "transcript_id",
      "speaker",
      "locator",
      "language",
      ...voices.attributes,
      "themes",
      "text"
    ];
    const rows = drawer.found.map((segment) => ({
      ...Object.fromEntries(voices.attributes.map((name) => [name, voices.value(segment, name)])),
      segment_id: voices.id(segment),
      transcript_id: voices.transcript(segment).id,
      speaker: voices.speaker(segment),
      locator: voices.locator(segment),
      language: voices.language(segment),
      text: voices.text(segment),
      themes: voices.labels(segment).map((label) => `${label.name} (${label.who}, ${label.confidence})`).join("; ")
    }));
    saveFile(`${safeFileName(drawer.title)}.csv`, "text/csv", csvText(columns, rows));
  }
  function stepQuotes(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      closeVoices();
      return;
    }
    const target = (
      /** @type {HTMLElement} */
      event.target
    );
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input, select, textarea")) return;
    const quotes = (
      /** @type {HTMLElement[]} */
      [
        .../** @type {HTMLElement} */
        drawer.dialog.querySelectorAll("li[data-segment]")
      ]
    );
    const current = quotes.indexOf(
      /** @type {HTMLElement} */
      target.closest("li[data-segment]")
    );
    const arrows = target.matches("li[data-segment]");
    const step = event.key === "j" || arrows && event.key === "ArrowDown" ? 1 : event.key === "k" || arrows && event.key === "ArrowUp" ? -1 : 0;
    if (step) {
      event.preventDefault();
      quotes[Math.max(0, Math.min(quotes.length - 1, current + step))]?.focus();
    } else if ((event.key === "o" || event.key === "c") && current >= 0) {
      event.preventDefault();
      quotes[current].querySelector(`[data-tool="${event.key === "o" ? "around" : "copy"}"]`)?.click();
    }
  }

  // pictures/reach.js
  var reachMany = 400;
  function reachMiddle(node) {
    const box = node.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  function reachNext(middles, from, key) {
    const here = middles[from];
    let best = -1;
    let least = Infinity;
    middles.forEach((middle, at) => {
      const [right, down] = [middle.x - here.x, middle.y - here.y];
      const [ahead, aside] = {
        ArrowRight: [right, down],
        ArrowLeft: [-right, down],
        ArrowDown: [down, right],
        ArrowUp: [-down, right]
      }[key] ?? [0, 0];
      if (at === from || ahead < 0.5) return;
      const distance = ahead + 2.5 * Math.abs(aside);
      if (distance < least) [best, least] = [at, distance];
    });
    return best;
  }
  function pictureReach(svg, reaches, how = {}) {
    const marks = [];
    const indices = /* @__PURE__ */ new Map();
    for (const reach of reaches) {
      for (const found of svg.querySelectorAll(`.${reach.className}`)) {
        for (const node of found.querySelectorAll("circle, rect, path, text, line")) {
          const row = reach.data[
            /** @type {any} */
            node.__data__
          ];
          if (row === void 0 || !(reach.opens ? reach.opens(row) : reach.open(row))) continue;
          indices.set(node, marks.length);
          marks.push({ node: (
            /** @type {SVGElement} */
            node
          ), row, reach });
          node.style.cursor = "pointer";
        }
      }
    }
    if (!marks.length) return { current: () => 0, count: 0 };
    const many = marks.length > reachMany;
    let middles = null;
    let current = Math.min(how.current ?? 0, marks.length - 1);
    const dress = (at) => {
      const { node, row, reach } = marks[at];
      node.setAttribute("role", "button");
      const seen = node.localName === "text" ? `${node.textContent}, ` : "";
      node.setAttribute("aria-label", (seen + reach.label(row)).replaceAll(":, ", ": "));
      node.setAttribute("tabindex", at === current ? "0" : "-1");
    };
    const undress = (at) => {
      if (many) for (const name of ["role", "aria-label", "tabindex"]) marks[at].node.removeAttribute(name);
      else marks[at].node.setAttribute("tabindex", "-1");
    };
    const go = (at) => {
      const before = current;
      current = at;
      dress(at);
      marks[at].node.focus();
      if (before !== at) undress(before);
    };
    const press = (at) => {
      const opened = marks[at].reach.open(marks[at].row);
      if (!opened) return;
      if (at !== current) go(at);
      openVoices(opened.filter, opened.title);
    };
    if (many) dress(current);
    else marks.forEach((_, at) => dress(at));
    svg.addEventListener("click", (event) => {
      let at = indices.get(
        /** @type {Node} */
        event.target
      );
      if (at === void 0 && how.pointed) {
        const pointed = (
          /** @type {any} */
          svg.value ?? /** @type {any} */
          svg.closest("figure")?.value
        );
        at = pointed ? marks.findIndex((mark) => mark.row === pointed) : -1;
      }
      if (at !== void 0 && at >= 0) press(at);
    });
    svg.addEventListener("keydown", (event) => {
      const at = indices.get(
        /** @type {Node} */
        event.target
      );
      if (at === void 0 || event.altKey || event.ctrlKey || event.metaKey) return;
      let next = -1;
      if (event.key === "Enter" || event.key === " ") press(at);
      else if (event.key === "Home") next = 0;
      else if (event.key === "End") next = marks.length - 1;
      else if (event.key.startsWith("Arrow"))
        next = reachNext(middles ??= marks.map((mark) => reachMiddle(mark.node)), at, event.key);
      else return;
      event.preventDefault();
      if (next >= 0) go(next);
    });
    svg.setAttribute("tabindex", "-1");
    const point = (type, position) => svg.dispatchEvent(new PointerEvent(type, { clientX: position.x, clientY: position.y, pointerType: "mouse" }));
    svg.addEventListener("focusin", (event) => {
      const at = indices.get(
        /** @type {Node} */
        event.target
      );
      if (at !== void 0 && marks[at].node.matches(":focus-visible")) point("pointermove", reachMiddle(marks[at].node));
    });
    svg.addEventListener("focusout", () => point("pointerleave", { x: 0, y: 0 }));
    svg.addEventListener("pointerdown", (event) => event.stopImmediatePropagation(), { capture: true });
    svg.addEventListener("focusin", () => {
      middles = null;
    });
    if (how.focus) go(current);
    return { current: () => current, count: marks.length };
  }

  // picture.js
  var pictureTableRows = 400;
  function pictureMissing(name, title, why) {
    const id = newId(`picture-${name}`);
    return element(
      "section",
      { class: "picture picture-missing", "aria-labelledby": id, "data-picture": name },
      element("h2", { id, class: "picture-title" }, title),
      element(
        "p",
        { class: "muted" },
        why.split("`").map((part, at) => at % 2 ? element("code", null, part) : part)
      )
    );
  }
  function pictureCell(value, kind) {
    if (value === null || value === void 0) return "–";
    if (kind === "count") return formatCount(value);
    if (kind === "share") return formatPercent(value);
    if (kind === "number") return formatNumber(value);
    if (kind === "difference") return formatDifference(value);
    if (kind === "p") return formatPValue(value);
    if (kind === "coefficient") return formatCoefficient(value);
    if (kind === "yes") return value ? "yes" : "no";
    return peoplesWords(String(value));
  }
  function pictureTable(picture, drawing) {
    const columns = drawing.columns ?? [];
    const rows = drawing.rows ?? [];
    const shown = rows.slice(0, pictureTableRows);
    const numbers = columns.map((column, at) => column[2] === "text" || column[2] === "yes" ? -1 : at).filter((at) => at >= 0);
    const table = dataTable(
      `Numbers of the picture: ${picture.title}`,
      columns.map((column) => column[1]),
      shown.map(
        (row) => columns.map(([name, , kind], at) => {
          const cell = pictureCell(row[name], kind);
          const opened = at === 0 ? drawing.rowOpen?.(row) : null;
          return opened ? button(cell, () => openVoices(opened.filter, opened.title), { class: "plain" }) : cell;
        })
      ),
      { numbers }
    );
    const rest = rows.length - shown.length;
    return rest > 0 ? [table, element("p", { class: "muted small" }, `${formatCount(rest)} further rows are in the CSV file.`)] : [table];
  }
  function pictureFrame(picture) {
    const titleId = newId(`picture-${picture.name}`);
    const readId = newId("picture-read");
    const state = Object.fromEntries((picture.controls ?? []).map((control) => [control.name, control.value]));
    let drawing = {};
    let reached = null;
    let width = 0;
    const drawn = element("div", { class: "picture-drawn" });
    const note = element("div", { class: "picture-note" });
    const spoken = element("figcaption", { class: "unseen", id: newId("picture-spoken") });
    const figure = element("figure", { class: "picture-figure" }, drawn, note, spoken);
    const numbers = (
      /** @type {HTMLDetailsElement} */
      element("details", { class: "picture-numbers" }, element("summary", null, "Numbers"))
    );
    const table = element("div", null);
    numbers.append(table);
    const fillTable = () => {
      if (numbers.open && drawing.columns) replaceChildren(table, pictureTable(picture, drawing));
    };
    numbers.addEventListener("toggle", fillTable);
    const saveSvg = button(
      "SVG",
      () => {
        saveFile(
          `emic-${picture.name}.svg`,
          "image/svg+xml",
          pictureSvgText(drawn, picture.title, `${picture.read} ${drawing.description ?? ""}`)
        );
        announce(`Saved emic-${picture.name}.svg`);
      },
      { "aria-label": `Save as SVG: ${picture.title}`, title: "Save the picture for a paper" }
    );
    const saveCsv = button(
      "CSV",
      () => {
        saveFile(
          `emic-${picture.name}.csv`,
          "text/csv",
          csvText(
            (drawing.columns ?? []).map((column) => column[0]),
            drawing.rows ?? []
          )
        );
        announce(`Saved emic-${picture.name}.csv`);
      },
      { "aria-label": `Save the numbers as CSV: ${picture.title}`, title: "Save the numbers behind the picture" }
    );
    const draw = () => {
      if (!width) return;
      const focused = drawn.contains(document.activeElement) && Boolean(drawn.querySelector("svg :focus"));
      drawing = picture.draw(state, width, change);
      reached = drawPicture(drawn, picture, drawing, width, {
        titleId,
        spokenId: spoken.id,
        current: reached?.current() ?? 0,
        focused
      });
      replaceChildren(note, drawing.note);
      const keys = reached?.count ? " Arrow keys move between the marks, Enter opens the quotes behind one." : "";
      spoken.textContent = `${drawing.description ?? ""}${keys} The same numbers are in the table below.`.trim();
      const empty = Boolean(drawing.instead);
      saveSvg.hidden = empty;
      saveCsv.hidden = numbers.hidden = !drawing.rows?.length;
      fillTable();
    };
    const change = (name, value) => {
      state[name] = value;
      draw();
    };
    const controls = (picture.controls ?? []).filter((control) => (control.kind === "themes" ? control.all : control.options).length > 1).map(
      (control) => control.kind === "themes" ? pictureThemesControl(control, (chosen) => change(control.name, chosen)) : choice(control.label, control.options, control.value, (value) => change(control.name, value))
    );
    pictureWhenSized(figure, (now) => {
      if (Math.abs(now - width) < 1) return;
      width = now;
      draw();
    });
    return element(
      "section",
      { class: "picture", "aria-labelledby": titleId, "data-picture": picture.name },
      element("h2", { id: titleId, class: "picture-title" }, picture.title),
      element("p", { id: readId, class: "picture-read" }, picture.read),
      element(
        "div",
        { class: "picture-controls" },
        controls,
        element("div", { class: "picture-files" }, saveSvg, saveCsv)
      ),
      figure,
      numbers
    );
  }
  function pictureWhenSized(node, tell) {
    let waiting = 0;
    new ResizeObserver((entries) => {
      const now = Math.floor(entries[entries.length - 1].contentRect.width);
      cancelAnimationFrame(waiting);
      if (now > 0) waiting = requestAnimationFrame(() => tell(now));
    }).observe(node);
  }
  function drawPicture(drawn, picture, drawing, width, how) {
    if (drawing.instead) {
      replaceChildren(drawn, element("p", { class: "muted" }, drawing.instead));
      return null;
    }
    const { style, ...options } = drawing.plot;
    const plotted = Plot.plot({
      width,
      className: "picture-plot",
      ...options,
      style: {
        fontSize: `${pictureFontSize}px`,
        fontFamily: "inherit",
        background: "none",
        overflow: "visible",
        ...style
      }
    });
    replaceChildren(drawn, plotted);
    if (plotted.localName === "figure") plotted.setAttribute("role", "presentation");
    const svg = (
      /** @type {SVGSVGElement} */
      plotted.localName === "svg" ? plotted : [...plotted.children].filter((child) => child.localName === "svg").pop()
    );
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-roledescription", "chart");
    svg.setAttribute("aria-labelledby", how.titleId);
    svg.setAttribute("aria-describedby", how.spokenId);
    for (const part of svg.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
    return pictureReach(svg, drawing.reach ?? [], { current: how.current, focus: how.focused, pointed: drawing.pointed });
  }

  // pictures/marks.js
  function pictureTip(data, options) {
    return Plot.tip(
      data,
      Plot.pointer({
        className: "picture-tip",
        maxRadius: 26,
        lineWidth: 24,
        lineHeight: 1.25,
        fontSize: 12,
        ...options
      })
    );
  }
  function pictureIntervals(data, how) {
    const { x, low, high, y, fx, fy, dy = 0, fill = "var(--series-1)", symbol = "circle", r = 4.5 } = how;
    const channels = { y, fx, fy, dy };
    const known = data.filter((row) => row[x] !== null && row[x] !== void 0);
    const between = known.filter((row) => row[low] !== null && row[low] !== void 0);
    return [
      Plot.ruleY(between, {
        ...channels,
        x1: low,
        x2: high,
        stroke: fill,
        strokeWidth: how.thin ? 1.25 : 2,
        strokeOpacity: 0.7
      }),
      Plot.dot(known, {
        ...channels,
        x,
        r,
        symbol,
        fill: how.hollow ? (row) => how.hollow?.(row) ? "var(--picture-page)" : fillOf(fill, row) : fill,
        stroke: how.hollow ? fill : "var(--picture-page)",
        strokeWidth: how.hollow ? 1.75 : 1
      }),
      Plot.dot(known, { ...channels, x, r: 10, fill: "transparent", className: how.className }),
      pictureTip(known, { ...channels, x, title: how.tip })
    ];
  }
  function fillOf(fill, row) {
    return typeof fill === "function" ? fill(row) : fill;
  }
  function pictureTicks(width) {
    return width < pictureNarrow ? 4 : 8;
  }
  function pictureShareAxis(width, label, grid = {}) {
    return [
      Plot.gridX({ stroke: "var(--line)", strokeOpacity: 1, ticks: pictureTicks(width), ...grid }),
      pictureNumberAxis(width, label)
    ];
  }
  function pictureNumberAxis(width, label, options = {}) {
    return Plot.axisX({
      label,
      labelAnchor: "center",
      labelArrow: "none",
      labelOffset: 38,
      tickSize: 0,
      tickFormat: (share) => formatPercent(share),
      ticks: pictureTicks(width),
      ...options
    });
  }
  function pictureShareEnd(shares) {
    return Math.min(1, Math.max(0.02, d3.max(shares.filter(Number.isFinite)) ?? 0) * 1.04);
  }
  function pictureRowsPlot(width, keys, nameOf, how) {
    const { x, label, axis, marginRight = 28, row, second, marks, ...more } = how;
    const rows = pictureRows(keys, nameOf, width, { row, second });
    const line = (values, options) => rows.above ? Plot.ruleX(d3.cross(keys, values), { x: "1", y1: "0", y2: "0", insetTop: rows.nameHeight, ...options }) : Plot.ruleX(values, options);
    return {
      height: keys.length * rows.height + 62,
      marginLeft: rows.marginLeft,
      marginRight,
      marginTop: 16,
      marginBottom: 46,
      y: { type: "band", domain: keys, axis: null, padding: 0 },
      x,
      ...more,
      marks: [
        line(d3.ticks(x.domain[0], x.domain[1], pictureTicks(width)), { stroke: "var(--line)" }),
        pictureNumberAxis(width, label, axis),
        rows.axis,
        ...marks({ ...rows, line })
      ]
    };
  }

  // pictures/agreement.js
  var agreementAll = "(all)";
  var agreementSegments = 150;
  function agreementMeasures() {
    return [
      [
        "cohen_kappa",
        "Cohen's kappa",
        "1 is full agreement, 0 what chance would give. Where a theme is rare, kappa is low even when raters nearly always agree; look at AC1 too."
      ],
      [
        "krippendorff_alpha",
        "Krippendorff's alpha",
        "1 is full agreement, 0 what chance would give. Krippendorff asks for 0.80, or 0.667 for tentative conclusions (the dotted lines)."
      ],
      [
        "gwet_ac1",
        "Gwet's AC1",
        "1 is full agreement, 0 what chance would give. AC1 is steadier than kappa where a theme is rare."
      ],
      [
        "percent",
        "share of same answers",
        "The share of decisions that are the same. For a rare theme it is high even when raters agree by chance alone."
      ]
    ];
  }
  function agreementRater(name) {
    return { "(machine)": "the program", "(all coders)": "all coders" }[name] ?? pictureIsolated(name);
  }
  function agreementPicture(study) {
    const title = "Agreement";
    const table = study.table("agreement");
    if (!table.length) {
      return pictureMissing(
        "agreement",
        title,
        'Nobody has coded a sample yet. Code one in the part Review of this page, or make sheets for two coders with `emic review sample OUT --coders "Ana, Ben"` (OUT is the output folder), and read them back with `emic review import OUT FILE`.'
      );
    }
    const pairs = [...new Map(table.map((row) => [`${row.rater_a}\0${row.rater_b}`, row])).values()];
    const pairOf = (row) => `${row.rater_a}\0${row.rater_b}`;
    const measures = agreementMeasures();
    return pictureFrame({
      name: "agreement",
      title,
      read: "A point is how far two who coded the same segments agree on a theme, with its 95 % interval. Press a point to read the segments on which they differ.",
      controls: [
        {
          kind: "choice",
          name: "measure",
          label: "Measure",
          options: measures.map(([name, words]) => [name, words]),
          value: "cohen_kappa"
        },
        {
          kind: "choice",
          name: "pair",
          label: "Between",
          options: pairs.map((row) => [
            pairOf(row),
            row.rater_a === row.rater_b ? agreementRater(row.rater_a) : `${agreementRater(row.rater_a)} and ${agreementRater(row.rater_b)}`
          ]),
          value: pairOf(pairs[0])
        }
      ],
      draw: (state, width) => {
        const [measure, words, about] = measures.find(([name2]) => name2 === state.measure) ?? measures[0];
        const share = measure === "percent";
        const told = share ? formatShare : formatCoefficient;
        const [low, high] = [`${measure}_low`, `${measure}_high`];
        const rows = table.filter((row) => pairOf(row) === state.pair).sort((a, b) => Number(b.theme === agreementAll) - Number(a.theme === agreementAll));
        const name = (theme) => theme === agreementAll ? "all themes together" : theme;
        const drawn = rows.filter((row) => numberIn(row, measure) !== null);
        const none = rows.length - drawn.length;
        const lines = (row) => [
          pictureTipName(name(row.theme)),
          `${words}: ${told(numberIn(row, measure), numberIn(row, low), numberIn(row, high))}`,
          `same answer in ${formatPercent(row.percent)} of ${formatCounted(row.decisions, "decision")}`,
          `${formatCounted(row.segments, "segment")} of ${formatCounted(row.transcripts, "interview")}`
        ];
        const open = (row) => {
          const ids = agreementDiffer(study, row);
          return ids.length ? {
            filter: { segments: ids.slice(0, agreementSegments) },
            title: `${pictureIsolated(name(row.theme))}: where they differ`
          } : { filter: row.theme === agreementAll ? {} : { theme: row.theme }, title: pictureIsolated(name(row.theme)) };
        };
        const withoutMeasure = none ? ` ${formatCounted(none, "theme has", "themes have")} none: one answer was given throughout, or the measure is not for so many coders.` : "";
        const note = `${about}${withoutMeasure}`;
        const columns = (
          /** @type {PictureColumn[]} */
          [
            ["theme", "Theme", "text"],
            ["rater_a", "First", "text"],
            ["rater_b", "Second", "text"],
            ["segments", "Segments", "count"],
            ["decisions", "Decisions", "count"],
            ...measures.flatMap(([column, label]) => [
              [column, label, column === "percent" ? "share" : "coefficient"],
              [`${column}_low`, "from", column === "percent" ? "share" : "coefficient"],
              [`${column}_high`, "to", column === "percent" ? "share" : "coefficient"]
            ])
          ]
        );
        if (!drawn.length) return { instead: `No theme has this measure. ${note}`, columns, rows };
        const least = Math.min(0, ...drawn.map((row) => numberIn(row, low) ?? numberIn(row, measure) ?? 0));
        return {
          plot: pictureRowsPlot(
            width,
            drawn.map((row) => row.theme),
            name,
            {
              x: { domain: [Math.max(-1, least), 1] },
              label: share ? "Share of decisions that are the same" : words,
              axis: share ? {} : { tickFormat: (value) => formatCoefficient(value).replace("-", "−") },
              marks: ({ down, line }) => [
                ...least < 0 ? [line([0], { stroke: "var(--line-strong)" })] : [],
                ...measure === "krippendorff_alpha" ? [line([0.667, 0.8], { stroke: "var(--line-strong)", strokeDasharray: "2,3" })] : [],
                ...pictureIntervals(drawn, {
                  x: measure,
                  low,
                  high,
                  y: "theme",
                  dy: down,
                  fill: (row) => row.theme === agreementAll ? "var(--ink)" : "var(--series-1)",
                  className: "picture-hit",
                  tip: (row) => lines(row).join("\n")
                })
              ],
              color: { type: "identity" }
            }
          ),
          reach: [{ className: "picture-hit", data: drawn, label: (row) => lines(row).join(", "), open }],
          description: `${words} of ${formatCounted(drawn.length, "row")}.`,
          note,
          columns,
          rows,
          rowOpen: open
        };
      }
    });
  }
  function agreementDiffer(study, row) {
    const raters = [row.rater_a, row.rater_b].filter((name) => name !== "(all coders)");
    const said = (list, name) => `; ${list ?? ""}; `.includes(`; ${name}; `);
    const ids = study.table("disagreements").filter(
      (one) => (row.theme === agreementAll || one.theme === row.theme) && raters.every((name) => said(one.yes, name) || said(one.no, name)) && (raters.length < 2 ? one.among_coders || raters.length === 1 : said(one.yes, raters[0]) !== said(one.yes, raters[1]))
    ).map((one) => one.segment_id);
    return [...new Set(ids)];
  }

  // pictures/calibration.js
  var calibrationSegments = 150;
  var calibrationAbove = 14;
  var calibrationLine = 15;
  function calibrationOpen(row) {
    const voices = readVoices();
    const ids = [];
    for (let segment = 0; segment < voices.count && ids.length < calibrationSegments; segment += 1) {
      if (voices.labels(segment).some(
        (label) => label.by === 0 && label.confidence >= row.confidence_low && (label.confidence < row.confidence_high || row.confidence_high === 1)
      ))
        ids.push(voices.id(segment));
    }
    return ids.length ? {
      filter: { segments: ids },
      title: `Labels with a confidence of ${formatPercent(row.confidence_low)} to ${formatPercent(row.confidence_high)}`
    } : null;
  }
  function calibrationPicture(study) {
    const title = "Is the program as sure as it should be?";
    const rows = study.table("calibration").filter((row) => row.decisions > 0);
    if (!rows.length)
      return pictureMissing(
        "calibration",
        title,
        'This needs a sample that people coded. Make one with `emic review sample OUT --coders "Ana, Ben"`, or code in the part Review of this page, read it back with `emic review import OUT FILE`, and run `emic run` again.'
      );
    const lines = (row) => [
      `Confidence ${formatPercent(row.confidence_low)} to ${formatPercent(row.confidence_high)}, mean ${formatPercent(row.confidence)}`,
      `People say yes: ${formatShare(row.share_yes, row.low, row.high)}`,
      formatCounted(row.decisions, "decision")
    ];
    return pictureFrame({
      name: "calibration",
      title,
      read: "Each point is a range of the program's confidence. On the diagonal, people say yes as often as the program expects. Above it the program is too modest, below it too sure. Lines are 95 % intervals; larger points rest on more decisions, counted above them.",
      draw: (_, width) => {
        const side = Math.min(width, 560);
        const [marginLeft, marginRight] = [72, 28];
        const counts = calibrationCounts(rows, side - marginLeft - marginRight);
        const second = counts.some((row) => row.line === 1);
        const above = (line) => ({
          frameAnchor: "top",
          lineAnchor: "bottom",
          dy: -calibrationAbove - line * calibrationLine
        });
        return {
          plot: {
            width: side,
            height: side * 0.8 + calibrationLine,
            marginLeft,
            marginRight,
            marginTop: calibrationAbove + calibrationLine * (second ? 2 : 1),
            marginBottom: 46,
            x: { domain: [0, 1] },
            y: { domain: [0, 1] },
            r: { range: [3, 11] },
            marks: [
              Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 5 }),
              Plot.axisY({
                ticks: 5,
                tickSize: 0,
                label: "People say yes",
                labelAnchor: "center",
                labelArrow: "none",
                tickFormat: (share) => formatPercent(share)
              }),
              ...pictureShareAxis(300, "The program's confidence"),
              Plot.link([0], { x1: 0, y1: 0, x2: 1, y2: 1, stroke: "var(--line-strong)", strokeDasharray: "4,4" }),
              Plot.ruleX(rows, {
                x: "confidence",
                y1: "low",
                y2: "high",
                stroke: "var(--series-1)",
                strokeWidth: 2,
                strokeOpacity: 0.7
              }),
              Plot.dot(rows, {
                x: "confidence",
                y: "share_yes",
                r: "decisions",
                fill: "var(--series-1)",
                stroke: "var(--picture-page)"
              }),
              Plot.text(["Decisions"], {
                ...above(0),
                frameAnchor: "top-left",
                textAnchor: "end",
                dx: -14,
                fill: "var(--muted)",
                text: (words) => words
              }),
              ...[0, 1].map(
                (line) => Plot.text(
                  counts.filter((row) => row.line === line),
                  {
                    ...above(line),
                    x: "confidence",
                    text: (row) => formatCount(row.decisions)
                  }
                )
              ),
              Plot.dot(rows, { x: "confidence", y: "share_yes", r: 12, fill: "transparent", className: "picture-hit" }),
              pictureTip(rows, {
                x: "confidence",
                y: "share_yes",
                title: (row) => lines(row).join("\n")
              })
            ]
          },
          reach: [
            {
              className: "picture-hit",
              data: rows,
              label: (row) => lines(row).join(", "),
              open: calibrationOpen,
              opens: () => true
            }
          ],
          description: `${formatCounted(
            d3.sum(rows, (row) => row.decisions),
            "decision"
          )} of people, in ${formatCounted(rows.length, "range")} of confidence.`,
          columns: [
            ["confidence_low", "Confidence from", "share"],
            ["confidence_high", "to", "share"],
            ["confidence", "mean", "share"],
            ["decisions", "Decisions", "count"],
            ["share_yes", "People say yes", "share"],
            ["low", "from", "share"],
            ["high", "to", "share"]
          ],
          rows,
          rowOpen: calibrationOpen
        };
      }
    });
  }
  function calibrationCounts(rows, length) {
    const ends = [-12, -Infinity];
    return rows.flatMap((row) => {
      const [middle, half] = [row.confidence * length, pictureTextWidth(formatCount(row.decisions)) / 2 + 3];
      const line = ends.findIndex((end) => middle - half >= end);
      if (line < 0) return [];
      ends[line] = middle + half;
      return [{ ...row, line }];
    });
  }

  // pictures/learned.js
  function learnedLines(row) {
    const better = row.loss_before === null || row.loss_after === null ? "" : `Distance to the codes: ${formatNumber(row.loss_before, 3)} before, ${formatNumber(row.loss_after, 3)} after`;
    return [
      pictureTipName(row.theme),
      `${formatCount(row.labels_before)} labels before, ${formatCount(row.labels_after)} now, ${formatCount(row.labels_kept)} of them the same`,
      row.learned ? "Learned from the codes" : "Not changed: learning did not bring it nearer to the codes",
      `${formatCounted(row.coded, "coded segment")}, ${formatCount(row.carrying)} carry it`,
      better
    ].filter(Boolean);
  }
  function learnedPicture(study) {
    const title = "What the program learned";
    const rows = study.table("learned");
    if (!rows.length)
      return pictureMissing(
        "learned",
        title,
        'The program has learned nothing from people yet. Code a sample (`emic review sample OUT --coders "Ana, Ben"`, or the part Review of this page), read it back with `emic review import OUT FILE`, and run `emic run` again.'
      );
    const open = (row) => ({ filter: { theme: row.theme }, title: pictureIsolated(row.theme) });
    const ends = rows.flatMap((row) => [
      { ...row, when: "before", labels: row.labels_before },
      { ...row, when: "now", labels: row.labels_after }
    ]);
    return pictureFrame({
      name: "learned",
      title,
      read: "Each line goes from the number of segments that the program labelled with a theme before it learned from people's codes (hollow) to the number that it labels now (filled). Less distance to the codes is better; a theme is changed only where that came nearer.",
      draw: (_, width) => ({
        plot: pictureRowsPlot(
          width,
          rows.map((row) => row.theme),
          (theme) => theme,
          {
            x: { domain: [0, Math.max(1, ...ends.map((end) => end.labels)) * 1.03] },
            label: "Segments that carry the theme",
            axis: { tickFormat: (value) => formatCount(value) },
            marginRight: 36,
            color: { type: "identity" },
            marks: ({ down }) => [
              Plot.ruleY(rows, {
                y: "theme",
                x1: "labels_before",
                x2: "labels_after",
                stroke: "var(--series-1)",
                strokeWidth: 2,
                strokeOpacity: 0.7,
                dy: down
              }),
              Plot.dot(ends, {
                y: "theme",
                x: "labels",
                r: 4.5,
                dy: down,
                stroke: "var(--series-1)",
                strokeWidth: 1.75,
                fill: (end) => end.when === "now" ? "var(--series-1)" : "var(--picture-page)"
              }),
              Plot.dot(ends, { y: "theme", x: "labels", r: 10, dy: down, fill: "transparent", className: "picture-hit" }),
              pictureTip(ends, {
                y: "theme",
                x: "labels",
                dy: down,
                title: (end) => learnedLines(end).join("\n")
              })
            ]
          }
        ),
        reach: [
          { className: "picture-hit", data: ends, label: (row) => `${row.when}: ${learnedLines(row).join(", ")}`, open }
        ],
        description: `${formatCounted(rows.filter((row) => row.learned).length, "theme")} of ${rows.length} changed.`,
        columns: [
          ["theme", "Theme", "text"],
          ["coded", "Coded segments", "count"],
          ["carrying", "that carry it", "count"],
          ["labels_before", "Labels before", "count"],
          ["labels_after", "Labels now", "count"],
          ["labels_kept", "kept", "count"],
          ["loss_before", "Distance before", "number"],
          ["loss_after", "Distance now", "number"],
          ["learned", "Changed", "yes"],
          ["own_direction", "Own direction", "number"]
        ],
        rows,
        rowOpen: open
      })
    });
  }

  // check_tables.js
  var checkPage = 20;
  function growingTable(name, head, rows, cells) {
    const body = element("tbody", null);
    const more = element("p", null);
    let shown = 0;
    const add = () => {
      const first = shown;
      body.append(
        ...rows.slice(shown, shown + checkPage).map(
          (row) => element(
            "tr",
            null,
            cells(row).map((cell, at) => at === 0 ? element("th", { scope: "row" }, cell) : element("td", null, cell))
          )
        )
      );
      shown = Math.min(rows.length, shown + checkPage);
      replaceChildren(
        more,
        shown < rows.length ? button(`Show ${Math.min(checkPage, rows.length - shown)} more of ${formatCount(rows.length)}`, add) : null
      );
      const next = (
        /** @type {HTMLElement | undefined} */
        body.children[first]
      );
      if (first && next) {
        next.tabIndex = -1;
        next.focus();
      }
    };
    add();
    return [
      element(
        "div",
        { class: "table-frame", tabindex: "0", role: "region", "aria-label": name },
        element(
          "table",
          null,
          element("caption", { class: "unseen" }, name),
          element(
            "thead",
            null,
            element(
              "tr",
              null,
              head.map((cell) => element("th", { scope: "col" }, cell))
            )
          ),
          body
        )
      ),
      more
    ];
  }
  function leftOutSentence(study, name) {
    const cut = study.left_out[name];
    return cut ? element(
      "p",
      { class: "muted small" },
      `${formatCounted(cut, "further row", "further rows")} are in tables/${name}.`
    ) : null;
  }
  function disagreementLocation(voices, row) {
    const segment = voices.segmentIndex(row.segment_id);
    if (segment >= 0)
      return button(quoteLocation(segment), () => openVoices({ segment: row.segment_id }), { class: "plain" });
    return [
      peoplesWords(row.transcript_id),
      element(
        "span",
        { class: "muted small" },
        `, segment ${row.segment_id.slice(row.segment_id.lastIndexOf(":") + 1)}, not in this page`
      )
    ];
  }
  function disagreementsPart(study, voices) {
    const rows = study.table("disagreements");
    if (!rows.length) return null;
    const among = rows.filter((row) => row.among_coders).length;
    return element(
      "section",
      null,
      element("h2", null, "Where answers differ"),
      element(
        "p",
        null,
        `${formatCounted(rows.length, "decision")} to talk about${among ? `, ${formatCount(among)} of them among coders` : ""}.`
      ),
      growingTable("Where answers differ", ["Segment", "Theme", "Yes", "No"], rows, (row) => [
        disagreementLocation(voices, row),
        element("a", { href: routeTo("themes", row.theme) }, peoplesWords(row.theme)),
        peoplesWords(row.yes?.replaceAll("(machine)", "the program")),
        peoplesWords(row.no?.replaceAll("(machine)", "the program"))
      ]),
      leftOutSentence(study, "disagreements")
    );
  }
  function problemsPart(study) {
    const problems = study.table("problems");
    const container = element("div", null);
    const severities = ["error", "warning", "note"].filter(
      (severity) => problems.some((row) => row.severity === severity)
    );
    const marks = (
      /** @type {Record<string, string>} */
      { error: "bad", warning: "doubt", note: "" }
    );
    const draw = (severity) => {
      const rows = problems.filter((row) => !severity || row.severity === severity);
      replaceChildren(
        container,
        growingTable("Problems", ["Where", "What happened", "What to do"], rows, (row) => [
          [
            peoplesWords(row.source),
            row.line ? `, line ${formatCount(row.line)}` : null,
            element("br", null),
            element("span", { class: `tag ${marks[row.severity] ?? ""}` }, row.severity)
          ],
          withCode(capitalised(row.message ?? "")),
          withCode(capitalised(row.hint ?? ""))
        ])
      );
    };
    if (problems.length) draw("");
    return element(
      "section",
      null,
      element("h2", null, "Skipped, guessed or doubtful"),
      problems.length ? [
        element(
          "p",
          null,
          "An error means that something was skipped, a warning that a person should look, a note that something was read differently than written and nothing was lost."
        ),
        severities.length > 1 ? element(
          "div",
          { class: "row" },
          choice(
            "Show",
            [["", "all"], ...severities.map((one) => (
              /** @type {[string, string]} */
              [one, `${one}s`]
            ))],
            "",
            draw
          )
        ) : null,
        container,
        leftOutSentence(study, "problems")
      ] : element("p", null, "Nothing was skipped, and nothing had to be guessed.")
    );
  }
  function parametersPart(study) {
    const parameters = study.table("parameters");
    const stages = [...new Set(parameters.map((row) => row.stage))];
    return element(
      "section",
      null,
      element("h2", null, "What was set to which value"),
      parameters.length ? element("p", null, "For a paper's appendix. “Built in” is what the program does when nobody says otherwise.") : element("p", null, "This run wrote no table of parameters."),
      stages.map(
        (stage) => element(
          "details",
          null,
          element("summary", null, capitalised(stage)),
          growingTable(
            `Parameters of the stage ${stage}`,
            ["Parameter", "Value", "Set by", "What it decides"],
            parameters.filter((row) => row.stage === stage),
            (row) => [
              element("span", { class: "code" }, row.parameter),
              element("span", { class: "code", dir: "auto" }, row.value),
              row.origin,
              row.about
            ]
          )
        )
      )
    );
  }

  // warnings.js
  var warningsListed = 8;
  function themeLink(theme) {
    return element("a", { href: routeTo("themes", theme) }, peoplesWords(theme));
  }
  function seedSentence(row, own = false) {
    const theme = own ? "This theme" : themeLink(row.theme);
    const read = [row.quote_a, row.quote_b].filter((id) => id !== null);
    const quotes = read.length ? [
      " ",
      button(read.length > 1 ? "Read two segments" : "Read one", () => openVoices({ segments: read }, row.theme), {
        class: "plain inline"
      }),
      "."
    ] : [];
    const counts = `${formatCounted(row.segments, "segment")} in ${formatCounted(row.transcripts, "interview")}`;
    const split = [
      ["(", splitWords(row.keywords_a).slice(0, 4).join(", "), ")"],
      " and ",
      ["(", splitWords(row.keywords_b).slice(0, 4).join(", "), ")"]
    ];
    const said = {
      supported: [theme, ` is supported: ${counts}, mean confidence ${formatPercent(row.share)}.`],
      thin: [theme, ` rests on little: ${counts}, mean confidence ${formatPercent(row.share)}.`],
      silent: [
        theme,
        " is in no segment. Either nobody spoke of it, or its definition does not sound like the way people speak of it."
      ],
      split: [theme, " may be two themes: ", split, `. The smaller has ${formatPercent(row.share)} of its segments.`],
      overlap: [
        theme,
        " overlaps with ",
        row.other_theme ? themeLink(row.other_theme) : "another theme",
        `: ${formatPercent(row.share)} of the rarer one carry both.`
      ]
    };
    return [
      ...said[row.finding] ?? [theme, `: ${row.finding}, ${counts}.`],
      ...quotes,
      row.advice ? [" ", withCode(row.advice.replace(/\.?$/, "."))] : ""
    ];
  }
  function seedWarnings(study) {
    return study.table("seeds").filter((row) => row.finding !== "supported").map((row) => ({
      mark: row.finding === "silent" ? "bad" : "doubt",
      name: { thin: "Thin theme", silent: "Silent theme", split: "Two in one", overlap: "Overlap" }[
        /** @type {string} */
        row.finding
      ] ?? row.finding,
      text: seedSentence(row)
    }));
  }
  function unstableWarnings(study) {
    const unstable = study.table("themes").map((theme) => ({ ...theme, stability: theme.stability ?? 1 })).filter((theme) => theme.stability < 0.5).sort((a, b) => a.stability - b.stability || a.index - b.index);
    if (!unstable.length) return [];
    const shown = unstable.slice(0, warningsListed);
    return [
      {
        mark: "doubt",
        name: "Unstable themes",
        text: [
          `${formatCounted(unstable.length, "emergent theme")} came up again in fewer than half of 20 random halves of the interviews, and may not come up in other interviews: `,
          shown.map((theme, at) => [
            at ? ", " : null,
            themeLink(theme.theme),
            ` (${Math.round(theme.stability * 20)} of 20)`
          ]),
          unstable.length > shown.length ? ` and ${unstable.length - shown.length} more` : "",
          "."
        ]
      }
    ];
  }
  function languageWarnings(study) {
    const confounded = study.table("contrasts").filter((row) => row.language_confounded);
    if (!confounded.length) return [];
    const pairs = [
      ...new Set(
        confounded.map((row) => `${row.group_a} and ${row.group_b === "(all others)" ? "all others" : row.group_b}`)
      )
    ];
    return [
      {
        mark: "doubt",
        name: "Language",
        text: [
          `${pairs.length === 1 ? "One pair of groups speaks" : `${formatCount(pairs.length)} pairs of groups speak`} different languages, so that a difference between them may be one of language and not of theme: `,
          peoplesWords(formatList(pairs.slice(0, warningsListed))),
          pairs.length > warningsListed ? " and others" : "",
          ". ",
          element("a", { href: "#groups" }, "See the contrasts"),
          "."
        ]
      }
    ];
  }
  function groupWarnings(study) {
    return study.attributes.filter((one) => one.groups.some((group) => group.transcripts < 5)).map((one) => ({
      mark: "doubt",
      name: "Small groups",
      text: [
        "Few interviews: ",
        one.groups.filter((group) => group.transcripts < 5).slice(0, warningsListed).map((group, at) => [at ? ", " : null, peoplesWords(group.name), ` (${group.transcripts})`]),
        ". Differences between groups this small are hardly ever found, and say little when they are."
      ]
    }));
  }
  function reviewWarnings(study) {
    if (!study.counts.segments)
      return [
        {
          mark: "bad",
          name: "Nothing read",
          text: [
            "No segment could be cut from these interviews. ",
            element("a", { href: "#checks" }, "What was skipped, and why"),
            ". ",
            element("code", null, "emic check"),
            " names every file and line."
          ]
        }
      ];
    if (!peopleCoded(study)) {
      return [
        {
          mark: "doubt",
          name: "No review yet",
          text: [
            "Nobody has compared the labels with their own reading. Code a blind sample ",
            element("a", { href: "#review" }, "in this page"),
            " or with ",
            element("code", null, "emic review sample"),
            ", and give it back with ",
            element("code", null, "emic review import"),
            ": then the page says how far the numbers can be trusted and corrects them."
          ]
        }
      ];
    }
    const weak = study.table("agreement").filter(
      (row) => row.rater_b === "(machine)" && row.theme !== "(all)" && isNumber(row.cohen_kappa) && row.cohen_kappa < 0.4
    );
    if (!weak.length) return [];
    return [
      {
        mark: "doubt",
        name: "Weak agreement",
        text: [
          "People and the program agree little beyond chance (kappa under 0.40) on ",
          weak.map((row, at) => [
            at ? ", " : null,
            themeLink(row.theme),
            ` (${formatNumber(row.cohen_kappa)}, ${row.rater_a})`
          ]),
          ". ",
          element("a", { href: "#checks" }, "All figures"),
          "."
        ]
      }
    ];
  }
  function problemWarnings(study) {
    const { errors, warnings, notes } = (
      /** @type {any} */
      study.counts
    );
    const parts = [
      errors ? formatCounted(errors, "error") : "",
      warnings ? formatCounted(warnings, "warning") : ""
    ].filter(Boolean);
    if (!parts.length) return [];
    const worst = study.table("problems").filter((row) => row.severity === (errors ? "error" : "warning"));
    const first = worst[0];
    return [
      {
        mark: errors ? "bad" : "doubt",
        name: errors ? "Skipped" : "Warnings",
        text: [
          `${formatList(parts)} while reading and comparing${notes ? `, beside ${formatCounted(notes, "note")}` : ""}. `,
          first ? [
            "For example ",
            peoplesWords(first.source),
            first.line ? `, line ${first.line}` : "",
            ": ",
            withCode(String(first.message).replace(/[.\s]*$/, "")),
            ". "
          ] : "",
          element("a", { href: "#checks" }, "All of them"),
          "."
        ]
      }
    ];
  }
  function leftOutDoubts(study) {
    const cut = Object.entries(study.left_out).filter(([, rows]) => rows > 0);
    if (!cut.length) return [];
    return [
      {
        mark: "",
        name: "Left out",
        text: `To stay small, the page leaves out rows that are in the tables folder: ${formatList(cut.map(([name, rows]) => `${formatCount(rows)} of ${name.replaceAll("_", " ")}`))}.`
      }
    ];
  }
  function warningsPart(study) {
    const warnings = [
      ...reviewWarnings(study),
      ...problemWarnings(study),
      ...seedWarnings(study),
      ...unstableWarnings(study),
      ...languageWarnings(study),
      ...groupWarnings(study),
      ...leftOutDoubts(study)
    ];
    return element(
      "section",
      { "aria-labelledby": "overview-doubtful" },
      element("h2", { id: "overview-doubtful" }, "What is doubtful"),
      element(
        "ul",
        { class: "findings" },
        warnings.map(
          (warning) => element(
            "li",
            null,
            element("div", { class: `tag ${warning.mark}` }, warning.name),
            element("p", null, warning.text)
          )
        )
      ),
      warnings.length ? null : element(
        "p",
        null,
        "Nothing stands out: the themes are supported, people checked the labels, and nothing was skipped."
      ),
      element(
        "p",
        { class: "muted small" },
        "Intervals say what other interviews of the same kind might have given. They know nothing of wrong labels."
      )
    );
  }

  // pictures/prevalence.js
  function prevalenceColumns() {
    return [
      ["theme", "Theme", "text"],
      ["attribute", "Attribute", "text"],
      ["group", "Group", "text"],
      ["segments", "Segments", "count"],
      ["likely_segments", "Likely", "count"],
      ["share_likely", "Share, likely labels", "share"],
      ["share_likely_low", "from", "share"],
      ["share_likely_high", "to", "share"],
      ["share_segments", "Share, all labels", "share"],
      ["share_segments_low", "from", "share"],
      ["share_segments_high", "to", "share"],
      ["mean_share", "Mean share of an interview", "share"],
      ["mean_share_low", "from", "share"],
      ["mean_share_high", "to", "share"]
    ];
  }
  function prevalenceLines(row, measure) {
    const words = pictureMeasures().find(([name]) => name === measure)?.[2] ?? "";
    const [share, low, high] = [measure, `${measure}_low`, `${measure}_high`].map((column) => numberIn(row, column));
    return [
      pictureTipName(row.theme),
      ...row.group ? [`${pictureTipName(row.group)}:`] : [],
      `${words}: ${formatShare(share, low, high)}`,
      measure === "share_likely" ? `${formatCounted(row.likely_segments, "likely segment")} from ${formatCounted(row.likely_transcripts, "interview")}` : `${formatCounted(row.segments, "segment")} from ${formatCounted(row.transcripts, "interview")}`
    ];
  }
  function withoutBasisNote(rows) {
    const without = rows.filter((row) => !row.has_basis).length;
    return without ? `${formatCounted(without, "share")} of the codebook's themes ${without === 1 ? "is" : "are"} left out: where they were counted, the codebook finds no more than chance. The part Checks says more.` : null;
  }
  function prevalenceOpen(row) {
    if (!row.attribute) return { filter: { theme: row.theme }, title: pictureIsolated(row.theme) };
    return {
      filter: { theme: row.theme, attribute: row.attribute, group: row.group },
      title: `${pictureIsolated(row.theme)}: ${pictureIsolated(row.group)}`
    };
  }
  function prevalencePicture(study) {
    const title = "Prevalence by group";
    const table = study.table("prevalence").filter((row) => row.attribute);
    if (!table.length) {
      return pictureMissing(
        "prevalence",
        title,
        "There are no groups to compare. Name attributes of the interviews, such as country, under `groups` in the section `[corpus]` of the study file, and run `emic run` again."
      );
    }
    const attributes = new Set(table.map((row) => row.attribute));
    const groupsOf = (name) => study.attributes.find((attribute2) => attribute2.name === name)?.groups.map((group) => group.name) ?? [
      ...new Set(table.filter((row) => row.attribute === name).map((row) => row.group))
    ];
    const measures = pictureMeasures();
    const attribute = pictureAttributeControl(study, attributes);
    return pictureFrame({
      name: "prevalence",
      title,
      read: "A point is the share of a group's segments with a likely label of a theme, or with any. The line through it is its 95 % interval: what other interviews of the same kind might have given. Press a point to read what was said.",
      controls: [
        {
          kind: "choice",
          name: "measure",
          label: "Share of",
          options: measures.map(([name, words]) => [name, words]),
          value: "share_likely"
        },
        attribute,
        {
          kind: "themes",
          name: "themes",
          label: "Themes shown:",
          all: pictureThemes(study),
          value: pictureFirstThemes(study, groupsOf(attribute.value).length > 8 ? 4 : 8)
        }
      ],
      draw: (state, width) => {
        const groups = groupsOf(state.attribute);
        const ofAttribute = table.filter((row) => row.attribute === state.attribute);
        const rows = ofAttribute.filter((row) => row.has_basis);
        const shown = new Set(state.themes);
        const drawn = rows.filter((row) => shown.has(row.theme));
        const [measure, , axis] = measures.find(([name]) => name === state.measure) ?? measures[0];
        const without = withoutBasisNote(ofAttribute.filter((row) => shown.has(row.theme)));
        if (!drawn.length) return { instead: without ?? "Choose a theme.", columns: prevalenceColumns(), rows };
        const [least, most] = d3.extent(drawn, (row) => numberIn(row, measure));
        const end = pictureShareEnd(drawn.map((row) => numberIn(row, `${measure}_high`) ?? numberIn(row, measure) ?? 0));
        const room = Math.min(
          Math.max(30, ...groups.map((name) => pictureTextWidth(name.slice(0, 80)))) + 4,
          width < pictureNarrow ? width * 0.3 : 240
        );
        const marginLeft = Math.ceil(room) + 18;
        const withRows = new Set(drawn.map((row) => row.theme));
        const drawnThemes = state.themes.filter((theme) => withRows.has(theme));
        const names = pictureFacets(drawnThemes, (theme) => theme, width, { above: true, marginLeft });
        const coloured = groups.length > 1 && groups.length <= pictureMaxColours;
        const facet = groups.length * 18 + names.insetTop + names.insetBottom + 6;
        const spoken = (row) => prevalenceLines(row, measure).join(", ");
        return {
          plot: {
            height: drawnThemes.length * facet + 46,
            marginLeft,
            marginRight: 24,
            marginTop: 4,
            marginBottom: 42,
            insetTop: names.insetTop,
            insetBottom: names.insetBottom,
            fy: { domain: drawnThemes, axis: null, padding: 0 },
            y: { type: "band", domain: groups, axis: null, padding: 0 },
            x: { domain: [0, end] },
            ...coloured ? pictureSeries(groups) : {},
            marks: [
              // The name of a theme stands above its groups, and no line runs through it.
              ...pictureShareAxis(width, axis, { insetTop: names.insetTop }),
              Plot.axisY({
                tickSize: 0,
                label: null,
                tickPadding: 10,
                fontSize: pictureFontSize,
                text: (group) => pictureCut(group, room)
              }),
              names.names,
              ...pictureIntervals(drawn, {
                x: measure,
                low: `${measure}_low`,
                high: `${measure}_high`,
                y: "group",
                fy: "theme",
                className: "picture-hit",
                ...coloured ? { fill: "group", symbol: "group" } : {},
                tip: (row) => prevalenceLines(row, measure).join("\n")
              })
            ]
          },
          reach: [{ className: "picture-hit", data: drawn, label: spoken, open: prevalenceOpen }],
          description: `Prevalence of ${formatCounted(drawnThemes.length, "theme")} in ${formatCounted(groups.length, "group")} of ${state.attribute}, from ${formatPercent(least)} to ${formatPercent(most)}.`,
          note: [missingNote(study, state.attribute), without].filter(Boolean).join(" ") || null,
          columns: prevalenceColumns(),
          rows,
          rowOpen: prevalenceOpen
        };
      }
    });
  }
  function missingNote(study, name) {
    const missing = study.attributes.find((attribute) => attribute.name === name)?.missing ?? 0;
    return missing ? `${formatCounted(missing, "interview")} without a value for ${name} ${missing === 1 ? "is" : "are"} in no group.` : null;
  }

  // pictures/overview.js
  var overviewEmergent = 8;
  var overviewRows = 100;
  function overviewTogether(study) {
    return study.table("themes").map((theme) => ({ ...theme, attribute: null, group: null }));
  }
  function overviewPicture(study) {
    const title = "How common each theme is";
    const kinds = new Map(study.table("themes").map((theme) => [theme.theme, theme.kind]));
    if (!kinds.size)
      return pictureMissing("overview", title, "This study has no themes: its codebook is empty and none emerged.");
    const emergent = pictureThemes(study).filter((theme) => kinds.get(theme) !== "seed");
    const themes = [
      ...pictureThemes(study).filter((theme) => kinds.get(theme) === "seed"),
      ...emergent.slice(0, overviewEmergent)
    ];
    const byGroup = study.table("prevalence").filter((row) => row.attribute);
    const together = overviewTogether(study);
    const attribute = pictureAttributeControl(study, new Set(byGroup.map((row) => row.attribute)));
    attribute.options.push(["", "no groups, all together"]);
    const first = study.attributes.find((one) => one.name === attribute.value)?.groups.length ?? 0;
    if (themes.length * Math.min(first, pictureMaxColours) > overviewRows) attribute.value = "";
    return pictureFrame({
      name: "overview",
      title,
      read: "A point is the share of segments with a likely label of a theme, the line its 95 % interval. Press a point to read what was said.",
      controls: [pictureShareOf(), attribute],
      draw: (state, width) => {
        const measure = state.measure;
        const all = study.attributes.find((one) => one.name === state.attribute)?.groups ?? [];
        const groups = all.length <= pictureMaxColours ? all : [...all].sort((a, b) => b.transcripts - a.transcripts).slice(0, pictureMaxColours);
        const names = groups.map((group) => group.name);
        const counted = state.attribute ? byGroup.filter((row) => row.attribute === state.attribute) : together;
        const rows = counted.filter((row) => row.has_basis);
        const shown = new Set(names);
        const drawn = rows.filter(
          (row) => themes.includes(row.theme) && (!state.attribute || shown.has(row.group ?? ""))
        );
        const without = withoutBasisNote(counted.filter((row) => themes.includes(row.theme)));
        if (!drawn.length) return { instead: without ?? "There are no numbers for this choice." };
        const withRows = new Set(drawn.map((row) => row.theme));
        const drawnThemes = themes.filter((theme) => withRows.has(theme));
        const facets = pictureFacets(drawnThemes, (theme) => theme, width);
        const series = pictureSeries(names);
        const end = pictureShareEnd(drawn.map((row) => numberIn(row, `${measure}_high`) ?? numberIn(row, measure) ?? 0));
        const facet = Math.max(24, names.length * (names.length > 4 ? 9 : 13) + 6) + facets.insetTop + facets.insetBottom;
        const divided = drawnThemes.filter((theme) => theme === emergent[0]);
        const left = [
          emergent.length > overviewEmergent ? `The ${overviewEmergent} commonest of ${formatCounted(emergent.length, "emergent theme")} are shown.` : "",
          all.length > groups.length ? `The ${groups.length} largest of ${all.length} groups are shown; the part Groups has all.` : "",
          without
        ].filter(Boolean).join(" ");
        return {
          plot: {
            height: drawnThemes.length * facet + 46,
            marginLeft: facets.marginLeft,
            marginRight: 24,
            marginTop: 4,
            marginBottom: 42,
            insetTop: facets.insetTop,
            insetBottom: facets.insetBottom,
            fy: { domain: drawnThemes, axis: null, padding: 0 },
            y: { type: "band", domain: names.length ? names : [""], axis: null, padding: 0 },
            x: { domain: [0, end] },
            ...names.length > 1 ? {
              color: series.color,
              symbol: {
                ...series.symbol,
                legend: true,
                tickFormat: (name) => pictureCut(name, Math.min(220, width - 60))
              }
            } : {},
            marks: [
              ...pictureShareAxis(
                width,
                measure === "share_likely" ? "Share of segments, likely labels" : "Share of segments, all labels",
                {
                  insetTop: facets.above ? facets.insetTop : 0
                }
              ),
              // A line between themes from the codebook and those from the data.
              Plot.ruleY(drawnThemes[0] === emergent[0] ? [] : divided, {
                fy: (theme) => theme,
                frameAnchor: "top",
                dy: -(facets.insetTop + 2),
                stroke: "var(--line-strong)",
                strokeDasharray: "2,3"
              }),
              facets.names,
              ...pictureIntervals(drawn, {
                x: measure,
                low: `${measure}_low`,
                high: `${measure}_high`,
                y: (row) => row.group ?? names[0] ?? "",
                fy: "theme",
                className: "picture-hit",
                thin: names.length > 3,
                ...names.length > 1 ? { fill: "group", symbol: "group" } : {},
                tip: (row) => prevalenceLines(row, measure).join("\n")
              })
            ]
          },
          reach: [
            {
              className: "picture-hit",
              data: drawn,
              label: (row) => prevalenceLines(row, measure).join(", "),
              open: prevalenceOpen
            }
          ],
          description: formatCounted(drawnThemes.length, "theme") + (names.length ? ` in ${formatCounted(names.length, "group")} of ${state.attribute}, ` : ", ") + `from ${formatPercent(d3.min(drawn, (row) => numberIn(row, measure)))} to ${formatPercent(d3.max(drawn, (row) => numberIn(row, measure)))}.`,
          note: left || null,
          columns: prevalenceColumns().filter(
            ([name]) => name in drawn[0] && (state.attribute || name !== "attribute" && name !== "group")
          ),
          rows,
          rowOpen: prevalenceOpen
        };
      }
    });
  }

  // overview_new.js
  var newShownFirst = 6;
  function newPart(study) {
    const section = element(
      "section",
      { "aria-labelledby": "overview-new" },
      element("h2", { id: "overview-new" }, "What is new")
    );
    const emergent = emergentByWeight(study);
    if (!study.counts.segments) {
      section.append(element("p", null, "Nothing, because nothing could be read."));
      return section;
    }
    if (!emergent.length) {
      section.append(
        element(
          "p",
          null,
          "No theme was found beside those of the codebook. Either its themes cover what people said, or looking for others was switched off (",
          element("code", null, "emergent"),
          " under ",
          element("code", null, "[themes]"),
          " in the study file)."
        )
      );
      return section;
    }
    const list = element("ul", { class: "emergent-list" });
    const add = (themes) => themes.forEach((theme) => list.append(newTheme(study, theme)));
    add(emergent.slice(0, newShownFirst));
    const more = emergent.length > newShownFirst ? button(`Show all ${emergent.length}`, () => {
      add(emergent.slice(newShownFirst));
      more?.remove();
      list.querySelectorAll("a")[newShownFirst]?.focus();
    }) : null;
    section.append(
      element(
        "p",
        null,
        "Themes that come from the interviews and not from the codebook, the commonest and most stable first. Their names are their strongest keywords, until somebody finds better ones."
      ),
      list
    );
    if (more) section.append(more);
    return section;
  }
  function newTheme(study, theme) {
    const stability = stabilityWords(theme);
    const quote = element("div", null);
    whenIdle(() => {
      const segment = readVoices().quotesOf(theme.theme, "central")[0];
      if (segment !== void 0) replaceChildren(quote, briefQuote(segment, 220));
    });
    return element(
      "li",
      null,
      element("h3", null, element("a", { href: routeTo("themes", theme.theme) }, peoplesWords(theme.theme))),
      element(
        "p",
        { class: "small muted" },
        button(
          `${formatCounted(theme.likely_segments, "likely segment")} from ` + formatCounted(theme.likely_transcripts, "interview"),
          () => openVoices({ theme: theme.theme }, theme.theme),
          { class: "plain inline" }
        ),
        stability ? `, ${stability.words}` : null
      ),
      element("p", { class: "keywords", dir: "auto" }, splitWords(theme.keywords).slice(0, 8).join(", ")),
      quote
    );
  }

  // theme_table.js
  var themeTableFirst = 12;
  function themeTable(study) {
    const themes = study.table("themes");
    const corrected = peopleCoded(study);
    const columns = [
      "Theme",
      "Kind",
      "Likely segments",
      "Possible",
      ...corrected ? ["Corrected, these interviews"] : [],
      "A quote"
    ];
    const body = (
      /** @type {HTMLTableSectionElement} */
      element("tbody", null)
    );
    const seeds = themes.filter((theme) => theme.kind === "seed").length;
    const first = Math.max(themeTableFirst, seeds);
    const add = (rows) => body.append(...rows.map((theme) => themeRow(study, theme, columns.length, corrected)));
    add(themes.slice(0, first));
    const table = element(
      "table",
      null,
      element(
        "caption",
        null,
        "Share of segments with a likely label of a theme, with its 95 % interval, and the number of segments with a possible one."
      ),
      element(
        "thead",
        null,
        element(
          "tr",
          null,
          columns.map(
            (name, at) => element("th", { scope: "col", class: at > 1 && at < columns.length - 1 ? "number" : null }, name)
          )
        )
      ),
      body
    );
    const more = themes.length > first ? button(`Show all ${themes.length} themes`, () => {
      add(themes.slice(first));
      more?.remove();
      body.rows[first]?.querySelector("a")?.focus();
    }) : null;
    return element(
      "div",
      { class: "theme-table" },
      element("div", { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table of themes" }, table),
      more
    );
  }
  function themeRow(study, theme, width, corrected) {
    const id = newId("theme-quote");
    const opener = button(
      [element("span", null, "Show"), element("span", { class: "unseen" }, " a quote for ", theme.theme)],
      () => {
        const open = opener.getAttribute("aria-expanded") !== "true";
        opener.setAttribute("aria-expanded", String(open));
        opener.firstElementChild.textContent = open ? "Hide" : "Show";
        row.classList.toggle("opened", open);
        if (!open) {
          document.getElementById(id)?.remove();
          return;
        }
        const cell = element("td", { colspan: width });
        whenLoaded(() => {
          const segment = readVoices().quotesOf(theme.theme, "central")[0];
          replaceChildren(
            cell,
            segment === void 0 ? "No quote of it is in this page." : briefQuote(segment, 900),
            element(
              "p",
              { class: "quote-tools" },
              button("All its quotes", () => openVoices({ theme: theme.theme }, theme.theme), { class: "plain" })
            )
          );
        });
        row.after(element("tr", { id }, cell));
      },
      { class: "plain", "aria-expanded": "false" }
    );
    const row = element(
      "tr",
      null,
      element("th", { scope: "row" }, element("a", { href: routeTo("themes", theme.theme) }, peoplesWords(theme.theme))),
      element("td", null, theme.kind === "seed" ? "codebook" : "emergent"),
      element(
        "td",
        { class: "number" },
        button(
          [shareLikely(theme), element("span", { class: "unseen" }, " of segments: read the quotes of ", theme.theme)],
          () => openVoices({ theme: theme.theme }, theme.theme),
          { class: "plain" }
        )
      ),
      element("td", { class: "number" }, formatCount(possibleSegments(theme))),
      corrected ? element("td", { class: "number" }, correctedShare(study, theme.theme, "these") ?? "–") : null,
      element("td", null, theme.segments ? opener : element("span", { class: "muted" }, "none"))
    );
    return row;
  }

  // overview.js
  function unitWords(unit) {
    return {
      turn: "what a participant says until somebody else speaks",
      sentence: "a sentence",
      window: "a window of sentences",
      topic: "a stretch on one topic"
    }[unit] ?? unit;
  }
  function studySentence(study) {
    const { counts } = study;
    const known = study.languages.filter((one) => one.tag);
    const languages = known.length && known.length <= 5 ? ` in ${formatList(known.map((one) => formatLanguage(one.tag)))}` : known.length ? ` in ${known.length} languages` : "";
    const compared = study.attributes.length ? `, compared by ${formatList(study.attributes.map((one) => one.name))}` : "";
    if (!counts.transcripts) return "This study holds no interviews that could be read.";
    const seeds = counts.seed_themes ? `${formatCounted(counts.seed_themes, "theme")} of the codebook` : "";
    const emergent = counts.emergent_themes ? `${formatCounted(counts.emergent_themes, "theme")} found in the interviews themselves` : "";
    const themes = [seeds, emergent].filter(Boolean).join(" and ");
    return `${formatCounted(counts.transcripts, "interview")}${languages}, read for ${themes || "themes"}${compared}.`;
  }
  function studyFigures(study) {
    const { counts } = study;
    const figures = [
      ["interviews", formatCount(counts.transcripts)],
      ["words", formatCount(counts.words)],
      ["recorded", formatDuration(counts.duration_ms)],
      ["segments", formatCount(counts.segments)],
      ["themes of the codebook", formatCount(counts.seed_themes)],
      ["emergent themes", formatCount(counts.emergent_themes)]
    ].filter(([, value]) => value);
    return element(
      "dl",
      { class: "figures" },
      figures.map(([name, value]) => element("div", null, element("dt", null, name), element("dd", null, value)))
    );
  }
  function studyGroups(study) {
    const lines = study.attributes.map((attribute) => [
      element("dt", { dir: "auto" }, attribute.name),
      element(
        "dd",
        null,
        attribute.groups.slice(0, 40).map((group, at) => [
          at ? " · " : null,
          button(peoplesWords(group.name), () => openVoices({ attribute: attribute.name, group: group.name }), {
            class: "plain inline"
          }),
          element("span", { class: "muted" }, ` ${formatCount(group.transcripts)}`)
        ]),
        attribute.groups.length > 40 ? ` and ${formatCounted(attribute.groups.length - 40, "more group")}` : null,
        attribute.missing ? element(
          "span",
          { class: "muted" },
          ` · not known for ${formatCounted(attribute.missing, "interview")}, which count in no group`
        ) : null
      )
    ]);
    if (study.languages.length > 1) {
      lines.push([
        element("dt", null, "language"),
        element(
          "dd",
          null,
          study.languages.map((one, at) => [
            at ? " · " : null,
            one.tag ? button(formatLanguage(one.tag), () => openVoices({ language: (
              /** @type {string} */
              one.tag
            ) }), {
              class: "plain inline"
            }) : "not known",
            element("span", { class: "muted" }, ` ${formatCount(one.transcripts)}`)
          ])
        )
      ]);
    }
    return lines.length ? element("dl", { class: "facts groups" }, lines) : null;
  }
  function studyTrust(study) {
    const all = study.table("agreement").find((row) => row.theme === "(all)" && row.rater_b === "(machine)");
    const labelled = isNumber(study.counts.labelled) && study.counts.segments ? `${formatCount(study.counts.labelled)} of ${formatCounted(study.counts.segments, "segment")} carry a theme. ` : "";
    const said = !study.counts.segments ? "" : `Interviews were cut into segments (${unitWords(study.unit)}). ${labelled}`;
    if (!study.counts.segments)
      return element("p", null, "There is nothing to read: ", element("a", { href: "#checks" }, "what went wrong"), ".");
    if (!peopleCoded(study)) {
      return element(
        "p",
        null,
        said,
        element("strong", null, "A program gave the labels, and nobody has checked them yet."),
        study.precision ? ` ${study.precision}` : null,
        " Read the quotes behind every number, and code a sample: ",
        element("a", { href: "#review" }, "how to review"),
        "."
      );
    }
    const kappa = all && isNumber(all.cohen_kappa) ? ` (kappa ${formatNumber(all.cohen_kappa)}, which leaves out what chance would give)` : "";
    const coded = all ? ` People coded ${formatCounted(all.segments, "segment")} of ${formatCounted(all.transcripts, "interview")}, and the program said the same in ${Math.round(all.percent * 100)} % of ${formatCounted(all.decisions, "decision")}${kappa}.` : "";
    return element(
      "p",
      null,
      said,
      "A program gave the labels.",
      coded,
      study.precision ? ` ${study.precision}` : null,
      " ",
      element("a", { href: "#checks" }, "How well it did, theme by theme"),
      "."
    );
  }
  function overviewView(study) {
    return element(
      "div",
      { class: "view" },
      element("h1", null, peoplesWords(study.title || "Untitled study")),
      element("p", { class: "lead" }, studySentence(study)),
      studyFigures(study),
      studyGroups(study),
      studyTrust(study),
      element(
        "section",
        { "aria-labelledby": "overview-themes" },
        element("h2", { id: "overview-themes" }, "Themes"),
        study.table("themes").length ? [pictureOr(() => overviewPicture(study)), themeTable(study)] : element("p", null, "There are no themes: the codebook is empty, and none were found in the interviews.")
      ),
      newPart(study),
      warningsPart(study)
    );
  }

  // checks.js
  function checksView(study, voices) {
    const coded = peopleCoded(study);
    return element(
      "div",
      { class: "view" },
      element("h1", null, "Checks"),
      element(
        "p",
        null,
        "What a reviewer of your paper would ask: who gave the labels and how right they are, what the codebook came to, what was skipped, and what was set to which value."
      ),
      element("h2", null, "People and the program"),
      coded ? null : element(
        "div",
        { class: "note doubt" },
        element(
          "p",
          null,
          "Nobody has coded a sample yet, so nothing here says how right the labels are. Two ways to do it:"
        ),
        element(
          "ol",
          null,
          element(
            "li",
            null,
            element("a", { href: "#review" }, "Review in this page"),
            ": a blind sample, some hundred segments, by keyboard. Save your answers as a file and give it to ",
            element("code", null, "emic review import"),
            "."
          ),
          element(
            "li",
            null,
            element("code", null, "emic review sample"),
            " writes the sample as a spreadsheet for coders who would rather work there."
          )
        ),
        element(
          "p",
          null,
          "The next run then shows agreement, how sure the program may be, and shares corrected for its errors."
        )
      ),
      coded ? [
        pictureOr(() => agreementPicture(study)),
        pictureOr(() => calibrationPicture(study)),
        pictureOr(() => learnedPicture(study)),
        disagreementsPart(study, voices)
      ] : null,
      seedsPart(study),
      problemsPart(study),
      didPart(study),
      parametersPart(study)
    );
  }
  function seedsPart(study) {
    const seeds = study.table("seeds");
    const marks = (
      /** @type {Record<string, string>} */
      {
        supported: "good",
        thin: "doubt",
        split: "doubt",
        overlap: "doubt",
        silent: "bad"
      }
    );
    return element(
      "section",
      null,
      element("h2", null, "What became of the codebook"),
      seeds.length ? element(
        "ul",
        { class: "findings" },
        seeds.map(
          (row) => element(
            "li",
            null,
            element("div", { class: `tag ${marks[row.finding] ?? ""}` }, row.finding),
            element("p", null, seedSentence(row))
          )
        )
      ) : element("p", null, "The study has no codebook, so there is nothing to hold against the interviews.")
    );
  }
  function didPart(study) {
    const { counts } = study;
    const languages = study.languages.filter((one) => one.tag).map((one) => formatLanguage(one.tag));
    const citation = `${formatCounted(counts.transcripts, "interview")} (${formatCounted(counts.words, "word")}) were cut into ${formatCounted(counts.segments, "segment")} and labelled by ${study.program} with the sentence encoder ${study.model} (seed ${study.seed}, run ${study.run}). Intervals are of 95 % with the interview as the unit.`.replaceAll(" ", " ");
    const copier = button("Copy", async () => {
      copier.textContent = await copyText(citation) ? "Copied" : "Could not copy";
      setTimeout(() => {
        copier.textContent = "Copy";
      }, 2e3);
    });
    return element(
      "section",
      null,
      element("h2", null, "What the program did"),
      element(
        "ol",
        null,
        element(
          "li",
          null,
          `It read ${formatCounted(counts.transcripts, "interview")} with ${formatCounted(counts.turns, "turn")}` + (languages.length && languages.length <= 6 ? ` in ${formatList(languages)}.` : ".")
        ),
        element(
          "li",
          null,
          `It cut them into ${formatCounted(counts.segments, "segment")} (${unitWords(study.unit)}). Interviewers' turns are context and get no label.`
        ),
        element(
          "li",
          null,
          "The sentence encoder ",
          element("span", { class: "code" }, study.model),
          " turned every segment into a vector, so that segments that mean something alike lie close together. Nothing left the machine."
        ),
        element(
          "li",
          null,
          `Each segment was held against the definitions of ${formatCounted(counts.seed_themes, "theme")} of the codebook. It may carry none, one or several.`
        ),
        element(
          "li",
          null,
          `What the codebook does not explain was sorted into ${formatCounted(counts.emergent_themes, "emergent theme")}. ${formatCount(counts.labelled)} of ${formatCounted(counts.segments, "segment")} carry a theme of one kind or the other.`
        ),
        element(
          "li",
          null,
          "Groups were compared with interviews as the unit, and p values were adjusted for their number."
        )
      ),
      element("h3", null, "For a methods section"),
      element("p", { class: "note" }, peoplesWords(citation)),
      element("p", { class: "row" }, copier),
      element(
        "p",
        { class: "muted small" },
        "The same run on the same files gives the same numbers, byte for byte. ",
        element("code", null, "run.json"),
        " beside this file lists versions, settings and the digest of every input."
      )
    );
  }

  // pictures/contrasts.js
  var contrastsFirst = 10;
  var contrastsPage = 40;
  var contrastsOthers = "(all others)";
  function contrastsAxis() {
    return {
      tickFormat: (value) => value === 0 ? "0" : `${value > 0 ? "+" : "−"}${formatPercent(Math.abs(value)).replace(/\s*%/, "")}`
    };
  }
  function contrastsDomain(rows, middle) {
    const values = rows.flatMap((row) => [row.low, row.high, numberIn(row, middle)]).filter(isNumber);
    const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
    return [Math.max(-1, low - 0.02), Math.min(1, high + 0.02)];
  }
  function contrastStands(row) {
    return row.p_adjusted !== null && row.p_adjusted < 0.05;
  }
  function contrastOther(row) {
    return row.group_b === contrastsOthers ? "all others" : row.group_b;
  }
  function contrastGroup(group) {
    return group === contrastsOthers ? "all others" : pictureTipName(group);
  }
  function contrastLines(row) {
    const lines = [
      pictureTipName(row.theme),
      `${contrastGroup(row.group_a)} less ${contrastGroup(row.group_b)}:`,
      formatDifference(row.difference, row.low, row.high),
      row.p_value === null ? "Too few interviews for a p value" : `p ${formatPValue(row.p_value)}, adjusted for all (Holm) ${formatPValue(row.p_adjusted)}`
    ];
    if (row.p_fdr !== null && row.p_fdr !== void 0 && row.p_fdr < 0.5)
      lines.push(`Of findings this sure, ${formatPercent(row.p_fdr)} are chance`);
    if (row.difference_within !== null && row.difference_within !== void 0)
      lines.push(`Within levels: ${formatDifference(row.difference_within, row.low_within, row.high_within)}`);
    if (row.leave_language_out_low !== null && row.leave_language_out_low !== void 0)
      lines.push(
        `Leaving out one language: ${formatInterval(row.leave_language_out_low, row.leave_language_out_high)} points`
      );
    if (row.language_confounded) lines.push("The groups speak different languages");
    lines.push(`${row.transcripts_a ?? "?"} and ${formatCounted(row.transcripts_b, "interview")}`);
    return lines;
  }
  function contrastOpen(row) {
    const [group, other] = row.difference >= 0 ? [row.group_a, row.group_b] : [row.group_b, row.group_a];
    const filter = {
      theme: row.theme,
      attribute: row.attribute,
      group,
      ...group === contrastsOthers ? { notGroup: row.group_a } : {}
    };
    const words = (name) => name === contrastsOthers ? "all others" : pictureIsolated(name);
    return {
      filter,
      title: `${pictureIsolated(row.theme)}: ${words(group)}, where it is commoner than in ${words(other)}`
    };
  }
  function contrastsPicture(study) {
    const title = "Differences between groups";
    const table = study.table("contrasts");
    if (!table.length) {
      return pictureMissing(
        "contrasts",
        title,
        "There are no two groups to compare. Name an attribute with two groups or more under `groups` in the section `[corpus]` of the study file, and run `emic run` again."
      );
    }
    const left = study.left_out?.contrasts ?? 0;
    const some = table.some((row) => row.group_b === contrastsOthers) && table.some((row) => row.group_b !== contrastsOthers);
    return pictureFrame({
      name: "contrasts",
      title,
      read: "A point is how much larger the share of segments with any label of a theme, likely or possible, is in the first group than in the second, in percentage points, with its 95 % interval. Right of zero it is commoner in the first. Filled points stand after adjusting for all differences looked at; hollow ones may be chance.",
      controls: [
        pictureAttributeControl(study, new Set(table.map((row) => row.attribute))),
        {
          kind: "choice",
          name: "against",
          label: "Compare",
          options: some ? [
            ["", "all"],
            ["pairs", "two groups with each other"],
            ["others", "a group with all others"]
          ] : [["", "all"]],
          value: ""
        }
      ],
      draw: (state, width, change) => {
        const rows = table.filter(
          (row) => row.attribute === state.attribute && row.measure === "share_segments" && (!state.against || row.group_b === contrastsOthers === (state.against === "others"))
        );
        const known = (p) => p ?? 2;
        rows.sort(
          (a, b) => known(a.p_adjusted) - known(b.p_adjusted) || known(a.p_value) - known(b.p_value) || Math.abs(b.difference) - Math.abs(a.difference)
        );
        if (!rows.length) return { instead: "There are no differences for this choice." };
        const most = state.most ?? contrastsFirst;
        const drawn = rows.slice(0, most).map((row, at) => ({ ...row, key: String(at) }));
        const of = (key) => drawn[Number(key)];
        const stand = rows.filter(contrastStands).length;
        const leads = rows.filter((row) => row.p_fdr !== null && row.p_fdr < 0.1).length;
        const confounded = rows.filter((row) => row.language_confounded).length;
        const told = [
          stand ? `${stand} of ${formatCounted(rows.length, "difference")} ${stand === 1 ? "stands" : "stand"} after adjusting (Holm, p under 0.05).` : `None of ${formatCounted(rows.length, "difference")} stands after adjusting (Holm, p under 0.05).`,
          leads ? `${formatCounted(leads, "difference")} may be worth a look: at most one in ten of ${leads === 1 ? "such" : "them"} is expected to be chance (false discovery rate).` : "",
          confounded ? `Diamonds: the two groups speak different languages (${formatCounted(confounded, "difference")}), so that the difference may be one of language.` : "",
          rows.length > most ? `The ${most} surest are drawn; the numbers have all.` : "",
          left ? `${formatCounted(left, "further row")} of all measures are in tables/contrasts only.` : ""
        ];
        const further = Math.min(contrastsPage, rows.length - drawn.length);
        const more = further > 0 ? button(`Show ${further} more of ${formatCount(rows.length)}`, (event) => {
          const figure = (
            /** @type {HTMLElement} */
            event.currentTarget.closest("figure")
          );
          const marks = () => (
            /** @type {NodeListOf<SVGElement>} */
            figure?.querySelectorAll(".picture-hit > *")
          );
          const before = marks().length;
          change("most", most + contrastsPage);
          marks()[before]?.focus();
        }) : null;
        return {
          plot: pictureRowsPlot(
            width,
            drawn.map((row) => row.key),
            (key) => of(key).theme,
            {
              x: { domain: contrastsDomain(drawn, "difference") },
              label: "Difference, percentage points",
              axis: contrastsAxis(),
              row: 22,
              marginRight: width < pictureNarrow ? 20 : 96,
              second: (key) => [
                of(key).group_a,
                " − ",
                contrastOther(of(key)),
                width < pictureNarrow && of(key).p_adjusted !== null ? `, adjusted p ${formatPValue(of(key).p_adjusted)}` : ""
              ],
              color: { type: "identity" },
              symbol: { domain: ["no", "yes"], range: ["circle", "diamond"] },
              marks: ({ down, above, line }) => [
                line([0], { stroke: "var(--line-strong)" }),
                ...pictureIntervals(drawn, {
                  x: "difference",
                  low: "low",
                  high: "high",
                  y: "key",
                  dy: down,
                  className: "picture-hit",
                  symbol: (row) => row.language_confounded ? "yes" : "no",
                  hollow: (row) => !contrastStands(row),
                  r: 5,
                  tip: (row) => contrastLines(row).join("\n")
                }),
                ...above ? [] : [
                  Plot.text(["adjusted p"], {
                    frameAnchor: "top-right",
                    textAnchor: "start",
                    lineAnchor: "bottom",
                    dx: 14,
                    dy: -2,
                    fill: "var(--muted)",
                    text: (words) => words
                  }),
                  ...[true, false].map(
                    (stands) => Plot.text(
                      drawn.filter((row) => contrastStands(row) === stands && row.p_adjusted !== null),
                      {
                        y: "key",
                        frameAnchor: "right",
                        textAnchor: "start",
                        dx: 14,
                        text: (row) => formatPValue(row.p_adjusted),
                        fontWeight: stands ? 600 : 400
                      }
                    )
                  )
                ]
              ]
            }
          ),
          reach: [
            { className: "picture-hit", data: drawn, label: (row) => contrastLines(row).join(", "), open: contrastOpen }
          ],
          description: told[0],
          note: [more && element("p", null, more), element("p", null, told.filter(Boolean).join(" "))],
          columns: [
            ["theme", "Theme", "text"],
            ["attribute", "Attribute", "text"],
            ["group_a", "First group", "text"],
            ["group_b", "Second group", "text"],
            ["measure", "Measure", "text"],
            ["difference", "Difference", "difference"],
            ["low", "from", "difference"],
            ["high", "to", "difference"],
            ["p_value", "p", "p"],
            ["p_adjusted", "p adjusted (Holm)", "p"],
            ["p_fdr", "False discovery rate", "p"],
            ["language_confounded", "Different languages", "yes"],
            ["smallest_detectable", "Smallest detectable", "difference"],
            ["transcripts_a", "Interviews of the first", "count"],
            ["transcripts_b", "of the second", "count"]
          ],
          rows,
          rowOpen: contrastOpen
        };
      }
    });
  }

  // pictures/corrected.js
  var correctedMaxRows = 60;
  var correctedQuestions = (
    /** @type {Array<[string, string]>} */
    [
      ["these", "in these interviews"],
      ["like_these", "in interviews like these"]
    ]
  );
  function correctedFor(row, question) {
    return {
      ...row,
      low: row[`low_${question}`],
      high: row[`high_${question}`],
      more_to_halve: row[`more_to_halve_${question}`]
    };
  }
  function correctedLines(row) {
    return [
      pictureTipName(row.theme),
      ...row.attribute ? [pictureTipName(row.group)] : [],
      `As people would say: ${row.share_corrected === null ? "not known" : formatShare(row.share_corrected, row.low, row.high)}`,
      `As the program labelled: ${formatShare(row.share_machine)}`,
      `${formatCounted(row.coded, "coded segment")} of ${formatCounted(row.transcripts_coded, "interview")}`,
      ...row.more_to_halve ? [`About ${formatCount(row.more_to_halve)} more for half the interval`] : []
    ];
  }
  function correctedContrastLines(row) {
    const corrected = row.difference_corrected === null ? "not known" : formatDifference(row.difference_corrected, row.low, row.high);
    return [
      pictureTipName(row.theme),
      `${pictureTipName(row.group_a)} less ${row.group_b === "(all others)" ? "all others" : pictureTipName(row.group_b)}:`,
      `As people would say: ${corrected}`,
      `As the program labelled: ${formatDifference(row.difference_machine)}`,
      ...row.p_value === null ? [] : [`p ${formatPValue(row.p_value)}, adjusted (Holm) ${formatPValue(row.p_adjusted)}`]
    ];
  }
  function correctedMachine(drawn, x, down) {
    return Plot.dot(drawn, {
      x,
      y: "key",
      dy: down,
      r: 5,
      symbol: "diamond",
      fill: "var(--picture-page)",
      stroke: "var(--series-2)",
      strokeWidth: 1.75
    });
  }
  function correctedPicture(study) {
    const title = "Corrected by people's codes";
    const prevalence = study.table("corrected_prevalence");
    const contrasts = study.table("corrected_contrasts");
    if (!prevalence.length)
      return pictureMissing(
        "corrected",
        title,
        'Nobody has coded a sample yet, so the shares are as the program labelled. Code one (`emic review sample OUT --coders "Ana, Ben"`, or the part Review of this page), read it back with `emic review import OUT FILE`, and run `emic run` again.'
      );
    const attributes = [...new Set(prevalence.map((row) => row.attribute).filter(Boolean))];
    return pictureFrame({
      name: "corrected",
      title,
      read: "The filled point is what people would find, judged from the segments that they coded, with its 95 % interval; the hollow diamond is what the program labelled. Where the diamond lies outside the interval, the program's own share misleads. In these interviews, only the coding is a sample; for interviews like these, the interviews are one too, so that the interval is wider.",
      controls: [
        {
          kind: "choice",
          name: "what",
          label: "Show",
          options: contrasts.length ? [
            ["shares", "shares of segments"],
            ["contrasts", "differences between groups"]
          ] : [["shares", "shares of segments"]],
          value: "shares"
        },
        { kind: "choice", name: "question", label: "Shares", options: correctedQuestions, value: "these" },
        {
          kind: "choice",
          name: "attribute",
          label: "Groups by",
          options: [
            ["", "no groups, all together"],
            ...attributes.map((name) => (
              /** @type {[string, string]} */
              [name, name]
            ))
          ],
          value: ""
        }
      ],
      draw: (state, width) => {
        if (state.what === "contrasts")
          return correctedContrasts(
            contrasts.filter((row) => !state.attribute || row.attribute === state.attribute),
            width
          );
        const rows = prevalence.filter((row) => (row.attribute ?? "") === state.attribute).map((row) => correctedFor(row, state.question));
        const drawn = rows.slice(0, correctedMaxRows * 2).map((row, at) => ({ ...row, key: String(at) }));
        const of = (key) => drawn[Number(key)];
        const open = (row) => row.attribute ? {
          filter: { theme: row.theme, attribute: row.attribute, group: row.group },
          title: `${pictureIsolated(row.theme)}: ${pictureIsolated(row.group)}`
        } : { filter: { theme: row.theme }, title: pictureIsolated(row.theme) };
        const outside = rows.filter(
          (row) => row.low !== null && row.high !== null && (row.share_machine < row.low || row.share_machine > row.high)
        ).length;
        return {
          plot: pictureRowsPlot(
            width,
            drawn.map((row) => row.key),
            (key) => of(key).theme,
            {
              x: { domain: [0, pictureShareEnd(drawn.flatMap((row) => [row.high ?? 0, row.share_machine]))] },
              label: "Share of segments",
              second: state.attribute ? (key) => [of(key).group, "", "", ""] : void 0,
              marks: ({ down }) => [
                correctedMachine(drawn, "share_machine", down),
                ...pictureIntervals(drawn, {
                  x: "share_corrected",
                  low: "low",
                  high: "high",
                  y: "key",
                  dy: down,
                  className: "picture-hit",
                  tip: (row) => correctedLines(row).join("\n")
                })
              ]
            }
          ),
          reach: [
            {
              className: "picture-hit",
              data: drawn.filter((row) => row.share_corrected !== null),
              label: (row) => correctedLines(row).join(", "),
              open
            }
          ],
          description: `${formatCounted(rows.length, "row")}.`,
          note: `The program's share lies outside the interval in ${outside} of ${rows.length}.` + (rows.length > drawn.length ? ` The first ${drawn.length} are drawn; the numbers have all.` : ""),
          columns: [
            ["theme", "Theme", "text"],
            ["attribute", "Attribute", "text"],
            ["group", "Group", "text"],
            ["coded", "Coded segments", "count"],
            ["transcripts_coded", "of interviews", "count"],
            ["share_machine", "As labelled", "share"],
            ["share_corrected", "Corrected", "share"],
            ["low", "from", "share"],
            ["high", "to", "share"],
            ["bias", "Bias", "difference"],
            ["lambda", "Trust in the labels", "number"],
            ["more_to_halve", "More for half the interval", "count"]
          ],
          rows,
          rowOpen: open
        };
      }
    });
  }
  function correctedContrasts(rows, width) {
    const sorted = [...rows].sort(
      (a, b) => (a.p_adjusted ?? 2) - (b.p_adjusted ?? 2) || (a.p_value ?? 2) - (b.p_value ?? 2)
    );
    const drawn = sorted.filter((row) => row.difference_corrected !== null).slice(0, 40).map((row, at) => ({ ...row, key: String(at) }));
    if (!drawn.length) return { instead: "No two groups have enough coded segments for a corrected difference." };
    const of = (key) => drawn[Number(key)];
    const open = (row) => {
      const group = (row.difference_corrected ?? 0) >= 0 || row.group_b === "(all others)" ? row.group_a : row.group_b;
      return {
        filter: { theme: row.theme, attribute: row.attribute, group },
        title: `${pictureIsolated(row.theme)}: ${pictureIsolated(group)}`
      };
    };
    const ends = contrastsDomain(
      drawn.flatMap((row) => [row, { low: row.difference_machine, high: row.difference_machine }]),
      "difference_corrected"
    );
    return {
      plot: pictureRowsPlot(
        width,
        drawn.map((row) => row.key),
        (key) => of(key).theme,
        {
          x: { domain: ends },
          label: "Difference, percentage points",
          axis: contrastsAxis(),
          second: (key) => [of(key).group_a, " − ", contrastOther(of(key)), ""],
          marks: ({ down, line }) => [
            line([0], { stroke: "var(--line-strong)" }),
            correctedMachine(drawn, "difference_machine", down),
            ...pictureIntervals(drawn, {
              x: "difference_corrected",
              low: "low",
              high: "high",
              y: "key",
              dy: down,
              className: "picture-hit",
              tip: (row) => correctedContrastLines(row).join("\n")
            })
          ]
        }
      ),
      reach: [{ className: "picture-hit", data: drawn, label: (row) => correctedContrastLines(row).join(", "), open }],
      description: `${formatCounted(drawn.length, "difference")}.`,
      note: `${drawn.filter((row) => row.p_adjusted !== null && row.p_adjusted < 0.05).length} of ${rows.length} stand after adjusting (Holm, p under 0.05).${rows.length > drawn.length ? ` ${drawn.length} are drawn; the numbers have all.` : ""}`,
      columns: [
        ["theme", "Theme", "text"],
        ["attribute", "Attribute", "text"],
        ["group_a", "First group", "text"],
        ["group_b", "Second group", "text"],
        ["difference_machine", "As labelled", "difference"],
        ["difference_corrected", "Corrected", "difference"],
        ["low", "from", "difference"],
        ["high", "to", "difference"],
        ["p_value", "p", "p"],
        ["p_adjusted", "p adjusted (Holm)", "p"],
        ["coded_a", "Coded segments of the first", "count"],
        ["coded_b", "of the second", "count"]
      ],
      rows: sorted,
      rowOpen: open
    };
  }

  // pictures/panels.js
  function panelsPlot(data, how) {
    const { width, panels, first = 0, last } = how;
    const columns = Math.max(1, Math.min(panels.length, Math.floor((width - 40) / (width < pictureNarrow ? 150 : 200))));
    const rows = Math.ceil(panels.length / columns);
    const order = new Map(panels.map((panel, at2) => [panel, at2]));
    const fx = (row) => (order.get(how.panel(row)) ?? 0) % columns;
    const fy = (row) => Math.floor((order.get(how.panel(row)) ?? 0) / columns);
    const shared = { x: how.x, fx, fy };
    const panelWidth = (width - 60) / columns - 16;
    const marginLeft = 48;
    const end = pictureShareEnd(data.map((row) => how.high(row) ?? how.y(row)));
    const heads = panels.map((panel) => ({ panel, text: pictureLines(panel, panelWidth, 1, "600")[0] }));
    const at = {
      fx: (head) => (order.get(head.panel) ?? 0) % columns,
      fy: (head) => Math.floor((order.get(head.panel) ?? 0) / columns)
    };
    const span = Math.max(1, last - first);
    return {
      height: rows * 128 + 40,
      marginLeft,
      marginRight: 20,
      marginTop: 4,
      marginBottom: 34,
      insetTop: 24,
      insetBottom: 4,
      x: { domain: [first - span * 0.04, last + span * 0.04], axis: null },
      y: { domain: [0, end], axis: null },
      fx: { axis: null, padding: 0.08, domain: d3.range(columns) },
      fy: { axis: null, padding: 0.08, domain: d3.range(rows) },
      marks: [
        Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 3 }),
        Plot.axisY({
          ticks: 3,
          tickSize: 0,
          label: null,
          tickFormat: (share) => formatPercent(share)
        }),
        ...how.ticks.map(
          (tick, side) => Plot.axisX([tick], {
            tickSize: 4,
            label: null,
            text: () => pictureCut(how.tick(tick), panelWidth / 2),
            textAnchor: side ? "end" : "start",
            dx: side ? 4 : -4
          })
        ),
        Plot.text(heads, { ...at, text: "text", frameAnchor: "top-left", lineAnchor: "top", fontWeight: 600, dy: 3 }),
        Plot.areaY(data, {
          ...shared,
          z: how.panel,
          y1: how.low,
          y2: how.high,
          fill: "var(--series-1)",
          fillOpacity: 0.18
        }),
        Plot.lineY(data, { ...shared, z: how.panel, y: how.y, stroke: "var(--series-1)", strokeWidth: 1.75 }),
        Plot.dot(data, { ...shared, y: how.y, r: 2.5, fill: "var(--series-1)" }),
        Plot.dot(data, { ...shared, y: how.y, r: 8, fill: "transparent", className: "picture-hit" }),
        pictureTip(data, { ...shared, y: how.y, title: how.tip })
      ]
    };
  }

  // pictures/trends.js
  function trendLines(row) {
    return [
      pictureTipName(row.theme),
      `From one wave to the next: ${formatDifference(row.change, row.low, row.high)}`,
      row.p_value === null ? "Too few interviews for a p value" : `p ${formatPValue(row.p_value)}, adjusted for all themes (Holm) ${formatPValue(row.p_adjusted)}`,
      formatCounted(row.transcripts, "interview")
    ];
  }
  function trendWaves(study, row) {
    const named = String(row.waves ?? "").split("; ");
    const known = new Set(
      study.table("prevalence").filter((one) => one.attribute === row.attribute).map((one) => one.group)
    );
    if (named.length === known.size) return named;
    return [...known].sort((a, b) => String(a).localeCompare(String(b), "en", { numeric: true }));
  }
  function trendsPicture(study) {
    const title = "Change over time";
    const table = study.table("trends");
    if (!table.length)
      return pictureMissing(
        "trends",
        title,
        'The study file names no attribute that says when an interview was held. Where one does, write its name as `time = "wave"` in the section `[compare]`, and run `emic run` again.'
      );
    const waves = trendWaves(study, table[0]);
    const open = (row) => ({ filter: { theme: row.theme }, title: pictureIsolated(row.theme) });
    const change = pictureFrame({
      name: "trends",
      title,
      read: `A point is the change of the share of segments with any label of a theme from one wave of ${table[0].attribute} to the next, in percentage points, with its 95 % interval. Filled points stand after adjusting for all themes; hollow ones may be chance.`,
      controls: [],
      draw: (state, width) => {
        const rows = table.filter((row) => row.measure === "share_segments");
        if (!rows.length) return { instead: "There are no numbers for this choice." };
        const stands = (row) => row.p_adjusted !== null && row.p_adjusted < 0.05;
        return {
          plot: pictureRowsPlot(
            width,
            rows.map((row) => row.theme),
            (theme) => theme,
            {
              x: { domain: contrastsDomain(rows, "change") },
              label: "Change from one wave to the next, percentage points",
              axis: contrastsAxis(),
              marks: ({ down, line }) => [
                line([0], { stroke: "var(--line-strong)" }),
                ...pictureIntervals(rows, {
                  x: "change",
                  low: "low",
                  high: "high",
                  y: "theme",
                  dy: down,
                  className: "picture-hit",
                  hollow: (row) => !stands(row),
                  r: 5,
                  tip: (row) => trendLines(row).join("\n")
                })
              ]
            }
          ),
          reach: [{ className: "picture-hit", data: rows, label: (row) => trendLines(row).join(", "), open }],
          description: `${rows.filter(stands).length} of ${formatCounted(rows.length, "theme")} change.`,
          note: `${rows.filter(stands).length} of ${formatCounted(rows.length, "theme")} change more than chance would (Holm, p under 0.05). ` + (waves.length > 8 ? `${waves.length} waves, from ${pictureIsolated(waves[0])} to ${pictureIsolated(waves[waves.length - 1])}.` : `Waves: ${waves.map(pictureIsolated).join(", ")}.`),
          columns: [
            ["theme", "Theme", "text"],
            ["attribute", "Attribute", "text"],
            ["waves", "Waves", "text"],
            ["measure", "Measure", "text"],
            ["change", "Change", "difference"],
            ["low", "from", "difference"],
            ["high", "to", "difference"],
            ["p_value", "p", "p"],
            ["p_adjusted", "p adjusted (Holm)", "p"],
            ["p_fdr", "False discovery rate", "p"],
            ["transcripts", "Interviews", "count"]
          ],
          rows,
          rowOpen: open
        };
      }
    });
    const prevalence = study.table("prevalence").filter((row) => row.attribute === table[0].attribute);
    if (!prevalence.length) return change;
    return element(
      "div",
      { class: "picture-pair" },
      change,
      pictureFrame({
        name: "waves",
        title: "Prevalence by wave",
        read: "A point is the share in a wave, its line the 95 % interval. The waves go from left to right.",
        controls: [
          pictureShareOf(),
          {
            kind: "themes",
            name: "themes",
            label: "Themes shown:",
            all: pictureThemes(study),
            value: pictureFirstThemes(study, 8)
          }
        ],
        draw: (state, width) => {
          const drawn = prevalence.filter((row) => state.themes.includes(row.theme) && waves.includes(row.group));
          if (!drawn.length) return { instead: "Choose a theme.", columns: prevalenceColumns(), rows: prevalence };
          const most = d3.max(drawn, (row) => numberIn(row, state.measure));
          return {
            plot: panelsPlot(drawn, {
              width,
              panels: state.themes,
              panel: (row) => row.theme,
              x: (row) => waves.indexOf(row.group),
              y: (row) => numberIn(row, state.measure) ?? 0,
              low: (row) => numberIn(row, `${state.measure}_low`) ?? 0,
              high: (row) => numberIn(row, `${state.measure}_high`) ?? 0,
              last: waves.length - 1,
              tick: (at) => waves[at] ?? "",
              ticks: [0, waves.length - 1],
              tip: (row) => prevalenceLines(row, state.measure).join("\n")
            }),
            reach: [
              {
                className: "picture-hit",
                data: drawn,
                label: (row) => prevalenceLines(row, state.measure).join(", "),
                open: prevalenceOpen
              }
            ],
            description: `Up to ${formatPercent(most)}.`,
            columns: prevalenceColumns(),
            rows: prevalence,
            rowOpen: prevalenceOpen
          };
        }
      })
    );
  }

  // groups.js
  function groupsView(study) {
    const pictures = [
      pictureOr(() => prevalencePicture(study)),
      pictureOr(() => contrastsPicture(study)),
      pictureOr(() => correctedPicture(study)),
      pictureOr(() => trendsPicture(study))
    ];
    return element(
      "div",
      { class: "view" },
      element("h1", null, "Groups"),
      study.attributes.length ? element(
        "p",
        null,
        "How common each theme is in each group, and which differences are more than chance. Interviews, not segments, are the unit of intervals and p values."
      ) : element("p", null, "This study compares no groups."),
      pictures
    );
  }

  // review/answers.js
  function reviewAnswerKey(way, segmentId) {
    return `${way} ${segmentId}`;
  }
  function reviewIsEmpty(answer) {
    return answer.themes.size === 0 && answer.other.length === 0 && answer.memo === "" && !answer.paper;
  }
  function reviewIsCoded(answer, seeds) {
    return seeds.length === 0 ? answer.other.length > 0 : seeds.every((seed) => answer.themes.has(seed));
  }
  function reviewIsNone(answer, seeds) {
    return seeds.length > 0 && seeds.every((seed) => answer.themes.get(seed) === false);
  }
  function reviewToggledSeed(answer, theme, seeds) {
    const themes = new Map(seeds.map((seed) => [seed, answer.themes.get(seed) === true]));
    themes.set(theme, !themes.get(theme));
    return reviewSettled({ ...answer, themes });
  }
  function reviewToggledNone(answer, seeds) {
    if (reviewIsNone(answer, seeds)) {
      return reviewSettled(answer);
    }
    return { ...answer, themes: new Map(seeds.map((seed) => [seed, false])) };
  }
  function reviewWithOther(answer, words, seeds) {
    const other = answer.other.includes(words) ? answer.other : [...answer.other, words];
    const isOpen = answer.way === "sample" && answer.themes.size === 0;
    return { ...answer, other, themes: isOpen ? new Map(seeds.map((seed) => [seed, false])) : answer.themes };
  }
  function reviewWithoutOther(answer, words) {
    const less = { ...answer, other: answer.other.filter((each) => each !== words) };
    return answer.way === "sample" ? reviewSettled(less) : less;
  }
  function reviewDecided(answer, theme, decision) {
    const themes = new Map(answer.themes);
    if (themes.get(theme) === decision) {
      themes.delete(theme);
    } else {
      themes.set(theme, decision);
    }
    return { ...answer, themes };
  }
  function reviewSettled(answer) {
    const says = answer.other.length > 0 || [...answer.themes.values()].includes(true);
    return says ? answer : { ...answer, themes: /* @__PURE__ */ new Map() };
  }
  function reviewLater(one, other) {
    if (one.order !== other.order) {
      return one.order > other.order ? one : other;
    }
    return JSON.stringify(reviewPlain(one)) >= JSON.stringify(reviewPlain(other)) ? one : other;
  }
  function reviewPlain(answer) {
    const { segmentId, transcriptId, digest, way, other, memo, paper, order, text } = answer;
    return {
      segmentId,
      transcriptId,
      digest,
      way,
      themes: reviewThemesObject(answer.themes),
      other,
      memo,
      paper,
      order,
      text
    };
  }
  function reviewThemesObject(themes) {
    const object = /* @__PURE__ */ Object.create(null);
    for (const [theme, applies] of themes) {
      object[theme] = applies;
    }
    return object;
  }
  function reviewSaid(value) {
    const MAX_ORDER = 1e12;
    const isThemes = (themes) => typeof themes === "object" && themes !== null && !Array.isArray(themes) && Object.values(themes).every((applies) => typeof applies === "boolean");
    const isRight = typeof value === "object" && value !== null && (value.way === "sample" || value.way === "theme") && isThemes(value.themes) && Array.isArray(value.other) && value.other.every((words) => typeof words === "string") && typeof value.memo === "string" && typeof value.paper === "boolean" && Number.isSafeInteger(value.order) && value.order > 0 && value.order < MAX_ORDER;
    if (!isRight) {
      return null;
    }
    const { way, other, memo, paper, order } = value;
    return { way, themes: new Map(Object.entries(value.themes)), other: [...other], memo, paper, order };
  }
  function reviewKeptAnswer(value) {
    const said = reviewSaid(value);
    const words = [value?.segmentId, value?.transcriptId, value?.digest];
    if (!said || words.some((word) => typeof word !== "string")) {
      return null;
    }
    const [segmentId, transcriptId, digest] = words;
    return { segmentId, transcriptId, digest, ...said, ...typeof value.text === "string" ? { text: value.text } : {} };
  }

  // review/coder.js
  var REVIEW_LONGEST_NAME = 60;
  function reviewCoderName(typed) {
    const name = typed.split(/\p{White_Space}+/u).filter((word) => word !== "").join(" ");
    const refused = (refusal) => ({ name: "", refusal });
    if (name === "") {
      return refused("Type a name first. It says later whose answers these are.");
    }
    if ([...name].length > REVIEW_LONGEST_NAME) {
      return refused(`The name is too long. It may have ${REVIEW_LONGEST_NAME} characters.`);
    }
    if (name.includes(";")) {
      return refused("A name cannot hold a semicolon.");
    }
    if (/\p{Cc}/u.test(name)) {
      return refused("A name cannot hold control characters.");
    }
    if (reviewFilePart(name) === "") {
      return refused("The name needs a letter or a digit, for the name of the file.");
    }
    return { name, refusal: "" };
  }
  function reviewFilePart(name) {
    return name.split(/[^\p{Alphabetic}\p{N}]+/u).filter((word) => word !== "").join("-");
  }
  function reviewFileName(coder) {
    return `emic-review-${reviewFilePart(coder)}.json`;
  }
  function reviewIsSameCoder(one, other) {
    const folded = (name) => reviewFilePart(name).replaceAll("-", "").toLowerCase();
    return folded(one) === folded(other);
  }

  // review/storage.js
  var REVIEW_PREFIX = "emic-review/";
  function reviewStorageRead(key) {
    let text;
    try {
      text = localStorage.getItem(key);
    } catch {
      return { value: null, allowed: false };
    }
    return { value: reviewParsed(text), allowed: true };
  }
  function reviewStorageWrite(key, value) {
    try {
      localStorage.setItem(key, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  }
  function reviewStorageForget(key) {
    try {
      localStorage.removeItem(key);
    } catch {
    }
  }
  function reviewParsed(text) {
    try {
      return text === null ? null : JSON.parse(text);
    } catch {
      return null;
    }
  }
  function reviewKnownName(run, name) {
    const names = reviewKept().filter((kept) => kept.run === run).map((kept) => kept.coder);
    return names.find((kept) => kept === name) ?? names.find((kept) => reviewIsSameCoder(kept, name)) ?? name;
  }
  function reviewEarlierAnswers(study, coder) {
    const earlier = reviewKept().filter((kept) => kept.run !== study.run && reviewIsSameCoder(kept.coder, coder));
    const answers = [];
    for (const kept of earlier) {
      const { value } = reviewStorageRead(kept.key);
      if (value?.title === study.title && Array.isArray(value.answers)) {
        answers.push(...value.answers.map(reviewKeptAnswer).filter((answer) => answer !== null));
      }
    }
    return answers;
  }
  function reviewKept() {
    const kept = [];
    try {
      for (let index = 0; index < localStorage.length; index += 1) {
        const key = localStorage.key(index) ?? "";
        const run = key.startsWith(REVIEW_PREFIX) ? key.slice(REVIEW_PREFIX.length).split("/", 1)[0] : "";
        if (run !== "") {
          kept.push({ key, run, coder: key.slice(REVIEW_PREFIX.length + run.length + 1) });
        }
      }
    } catch {
      return [];
    }
    return kept;
  }

  // review/keys.js
  function reviewKeyRows() {
    return [
      ["1 to 9, then b, c, d", "switch a theme on or off: each shows its key"],
      ["0", "none of these (blind sample)"],
      ["a", "accept (one theme's quotes)"],
      ["r", "reject (one theme's quotes)"],
      ["t", "another theme, in your own words"],
      ["m", "write a memo"],
      ["p", "mark for the paper, or take the mark off"],
      ["u", "undo"],
      ["Enter or →", "next segment"],
      ["←", "segment before"],
      ["Escape", "leave a field, so that keys work again"],
      ["Ctrl + S, ⌘ + S", "save your answers as a file"],
      ["?", "show these keys"]
    ];
  }
  function reviewThemeKey(at) {
    return "123456789bcdefghijklnoqsvwxyz"[at] ?? "";
  }
  function reviewKeyOf(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.getModifierState("AltGraph")) {
      return "";
    }
    const { key, code } = event;
    const named = (/* @__PURE__ */ new Map([
      ["Enter", "enter"],
      ["ArrowRight", "right"],
      ["ArrowLeft", "left"],
      ["?", "?"],
      ["؟", "?"]
    ])).get(key);
    if (named) return named;
    if (/^[0-9a-z]$/i.test(key)) return key.toLowerCase();
    if (key.length > 1) return "";
    const digit = /^Digit([0-9])$/.exec(code);
    if (digit && !event.shiftKey) return digit[1];
    const letter = /^Key([A-Z])$/.exec(code);
    return letter && /^\p{L}$/u.test(key) ? letter[1].toLowerCase() : "";
  }
  function reviewIsField(target) {
    return target instanceof HTMLElement && target.matches("input:not([type=checkbox]):not([type=file]), textarea, select");
  }
  function reviewTakesEnter(target) {
    return target instanceof HTMLElement && target.matches("button, summary, a, input, select, textarea");
  }
  function reviewKeysAreOn() {
    return reviewStorageRead("emic-review-keys").value !== "off";
  }
  function reviewKeyWords(keys) {
    return keys.split(/( or | to |, then |, )/).map((part, at) => at % 2 === 0 ? element("kbd", {}, part) : part);
  }
  function reviewKeysDialog() {
    const isOn = (
      /** @type {HTMLInputElement} */
      element("input", { type: "checkbox", id: "review-keys-on" })
    );
    isOn.addEventListener("change", () => reviewStorageWrite("emic-review-keys", isOn.checked ? "on" : "off"));
    const rows = reviewKeyRows().map(
      ([keys, meaning]) => element("tr", {}, element("th", { scope: "row" }, reviewKeyWords(keys)), element("td", {}, meaning))
    );
    const dialog = (
      /** @type {HTMLDialogElement} */
      element(
        "dialog",
        { class: "review-keys", "aria-labelledby": "review-keys-title" },
        element("h2", { id: "review-keys-title" }, "Keys of the review"),
        element("table", {}, element("tbody", {}, rows)),
        element("p", { class: "review-check" }, isOn, element("label", { for: "review-keys-on" }, "Single keys are on")),
        element(
          "p",
          {},
          button("Close", () => dialog.close(), { autofocus: true })
        )
      )
    );
    return {
      root: dialog,
      open: () => {
        isOn.checked = reviewKeysAreOn();
        dialog.showModal();
      }
    };
  }

  // help.js
  var helpDialog = null;
  function openHelp() {
    if (!helpDialog) {
      const keys = [
        ["/", "search in what people said"],
        ["Escape", "close the quotes or this help"],
        ["j, k or ↓, ↑", "next quote, quote before (while the quotes are open)"],
        ["o", "open the turns around the quote"],
        ["c", "copy the quote with its place"],
        ["Arrow keys, Enter", "move between the marks of a picture, and open the quotes behind one"],
        ["?", "this help"]
      ];
      const single = (
        /** @type {HTMLInputElement} */
        element("input", { type: "checkbox", id: "help-single-keys" })
      );
      single.addEventListener("change", () => reviewStorageWrite("emic-review-keys", single.checked ? "on" : "off"));
      helpDialog = /** @type {HTMLDialogElement} */
      element(
        "dialog",
        { class: "help", "aria-labelledby": "help-title" },
        element("h2", { id: "help-title" }, "Reading this page"),
        element(
          "p",
          null,
          "Every bar, cell and point opens the quotes behind it. Every picture can be saved as SVG and its numbers as CSV. The address of the page says what you see, so a copied address brings you back."
        ),
        element(
          "dl",
          { class: "facts" },
          keys.map(([key, what]) => [element("dt", null, element("kbd", null, key)), element("dd", null, what)])
        ),
        element("p", { class: "small" }, element("label", null, single, " Keys without Control or Alt are on")),
        element(
          "form",
          { method: "dialog" },
          button("Close", () => helpDialog?.close())
        )
      );
      helpDialog.addEventListener("toggle", () => {
        single.checked = reviewKeysAreOn();
      });
      document.body.append(helpDialog);
    }
    helpDialog.querySelector("input").checked = reviewKeysAreOn();
    if (!helpDialog.open) helpDialog.showModal();
  }
  function listenForKeys(searchField) {
    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || reviewIsField(event.target) || !reviewKeysAreOn())
        return;
      if (event.key === "/") {
        event.preventDefault();
        searchField()?.focus();
      } else if (event.key === "?" && readRoute(location.hash).view !== "review") {
        event.preventDefault();
        openHelp();
      }
    });
  }

  // pictures/whole.js
  function wholeInterviews(voices, attribute, groups) {
    const column = voices.attributes.indexOf(attribute);
    const order = new Map(groups.map((group, at) => [group, at]));
    const found = voices.transcripts.map((transcript, index) => ({ transcript, index, group: column < 0 ? null : transcript.values[column] ?? null })).filter(({ transcript, index }) => transcript.whole && voices.segmentsOf(index)[1] > voices.segmentsOf(index)[0]);
    return found.sort(
      (a, b) => (order.get(a.group ?? "") ?? 1e9) - (order.get(b.group ?? "") ?? 1e9) || a.index - b.index
    );
  }
  function wholeControls(study, voices, size) {
    const count = wholeInterviews(voices, "", []).length;
    const pages = Array.from(
      { length: Math.max(1, Math.ceil(count / size)) },
      (_, page) => (
        /** @type {[string, string]} */
        [
          String(page),
          `${formatCount(page * size + 1)} to ${formatCount(Math.min(count, (page + 1) * size))} of ${formatCount(count)}`
        ]
      )
    );
    return [
      {
        kind: "choice",
        name: "attribute",
        label: "Groups by",
        options: [
          ...study.attributes.map((attribute) => (
            /** @type {[string, string]} */
            [attribute.name, attribute.name]
          )),
          ["", "no groups"]
        ],
        value: study.attributes[0]?.name ?? ""
      },
      { kind: "choice", name: "page", label: "Interviews", options: pages, value: "0" }
    ];
  }
  function wholePage(study, voices, state, size) {
    const groups = study.attributes.find((attribute) => attribute.name === state.attribute)?.groups.map((group) => group.name) ?? [];
    const interviews = wholeInterviews(voices, state.attribute, groups);
    const page = interviews.slice(Number(state.page) * size, (Number(state.page) + 1) * size);
    const domain = [];
    const heads = [];
    for (const { index, group } of page) {
      const key = String(index);
      const last = heads[heads.length - 1];
      const name = group ?? "not known";
      if (state.attribute && last?.group !== name) {
        heads.push({ key: `head ${heads.length}`, group: name, first: key, last: key, count: 1 });
        domain.push(`head ${heads.length - 1}`);
      } else if (last) {
        last.last = key;
        last.count += 1;
      }
      domain.push(key);
    }
    return { interviews, page, domain, heads };
  }
  function wholeNote(voices, whole) {
    const coded = whole < voices.of.transcripts;
    return coded ? `From ${formatCount(whole)} of ${formatCounted(voices.of.transcripts, "interview")}: those that are in this page as a whole${voices.complete ? " and have a segment" : ", drawn evenly over the groups"}. The tables hold all.` : null;
  }

  // pictures/lines.js
  var linesPage = 40;
  var linesThemes = 6;
  function linesFirst(study) {
    const first = pictureFirstThemes(study, linesThemes);
    const seeds = first.filter((theme) => study.theme(theme)?.kind === "seed" && study.theme(theme)?.segments);
    return seeds.length > 1 ? seeds : first;
  }
  function linesPicture(study, voices) {
    const title = "Each interview from start to end";
    if (!study.table("themes").length || !wholeInterviews(voices, "", []).length)
      return pictureMissing("lines", title, "There is no interview with coded segments in this page.");
    const whole = wholeInterviews(voices, "", []);
    if (whole.filter(({ transcript }) => transcript.segments > 2).length < whole.length / 10)
      return pictureMissing(
        "lines",
        title,
        "Most of these interviews are of one segment or two, so that there is no way from start to end to draw."
      );
    return pictureFrame({
      name: "lines",
      title,
      read: "A row is an interview, from its start on the left to its end on the right. A coloured stretch is a segment with a label of a theme, likely or possible; where it carries several of those chosen, the surest. Thin grey is other coded talk, blank is what the interviewer says.",
      controls: [
        ...wholeControls(study, voices, linesPage),
        {
          kind: "themes",
          name: "themes",
          label: "Themes shown:",
          all: pictureThemes(study),
          value: linesFirst(study),
          max: linesThemes
        }
      ],
      draw: (state, width) => {
        const narrow = width < pictureNarrow;
        const { interviews, page, domain, heads } = wholePage(study, voices, state, linesPage);
        const chosen = new Map(state.themes.map((theme) => [study.themeIndex(theme), theme]));
        const stretches = page.flatMap(({ index, transcript }) => {
          const [from, to] = voices.segmentsOf(index);
          return Array.from({ length: to - from }, (_, at) => {
            const segment = from + at;
            const middle = voices.segments.middle[segment];
            const half = voices.segments.share[segment] / 2;
            const carried = voices.segments.labels[segment].filter(
              (label) => chosen.has(label[0])
            );
            return {
              key: String(index),
              segment,
              segment_id: voices.id(segment),
              transcript_id: transcript.id,
              from: Math.max(0, middle - half),
              to: Math.min(1, middle + half),
              theme: carried.length ? chosen.get(carried[0][0]) : null,
              themes: [...new Set(carried.map((label) => chosen.get(label[0])))].join("; ")
            };
          });
        });
        const named = stretches.filter((stretch) => stretch.theme);
        const other = stretches.filter((stretch) => !stretch.theme);
        const id = (key) => voices.transcripts[Number(key)]?.id ?? "";
        const room = Math.min(
          Math.max(24, ...page.map(({ transcript }) => pictureTextWidth(transcript.id.slice(0, 60)))) + 4,
          width * (narrow ? 0.26 : 0.2)
        );
        const marginLeft = Math.ceil(room) + 16;
        const lines = (stretch) => [
          stretch.themes.split("; ").map(pictureTipName).join(", "),
          voices.locator(stretch.segment),
          pictureTipName(voices.text(stretch.segment))
        ];
        const open = (stretch) => ({
          filter: { segment: stretch.segment_id },
          title: pictureIsolated(voices.locator(stretch.segment))
        });
        return {
          plot: {
            height: domain.length * 17 + 70,
            marginLeft,
            marginRight: 20,
            marginTop: 4,
            marginBottom: 46,
            x: { domain: [0, 1] },
            y: { type: "band", domain, axis: null, padding: 0.12 },
            color: {
              domain: state.themes,
              range: state.themes.map((_, at) => pictureColour(at)),
              legend: state.themes.length > 0,
              tickFormat: (theme) => pictureLines(theme, Math.min(240, width - 60), 1)[0]
            },
            marks: [
              Plot.axisX({
                ticks: narrow ? [0, 0.5, 1] : [0, 0.25, 0.5, 0.75, 1],
                tickSize: 4,
                label: "Part of the interview",
                labelAnchor: "center",
                labelArrow: "none",
                labelOffset: 38,
                tickFormat: (share) => formatPercent(share)
              }),
              Plot.axisY(
                domain.filter((key) => !key.startsWith("head")),
                { tickSize: 0, label: null, text: (key) => pictureCut(id(key), room) }
              ),
              Plot.text(heads, {
                y: "key",
                frameAnchor: "left",
                textAnchor: "start",
                dx: -marginLeft + 6,
                fontWeight: 600,
                text: (head) => pictureCut(head.group, width - 20, "600")
              }),
              Plot.ruleY(other, {
                y: "key",
                x1: "from",
                x2: "to",
                stroke: "var(--picture-other)",
                strokeWidth: 2,
                insetLeft: 0.5,
                insetRight: 0.5
              }),
              Plot.barX(named, {
                y: "key",
                x1: "from",
                x2: "to",
                fill: "theme",
                insetLeft: 0.25,
                insetRight: 0.25,
                className: "picture-cell"
              }),
              pictureTip(named, {
                y: "key",
                x1: "from",
                x2: "to",
                maxRadius: 12,
                title: (stretch) => lines(stretch).join("\n")
              })
            ]
          },
          reach: [{ className: "picture-cell", data: named, label: (stretch) => lines(stretch).join(", "), open }],
          description: `${formatCounted(page.length, "interview")}, ${formatCounted(named.length, "segment")} with a chosen theme.`,
          note: wholeNote(voices, interviews.length),
          columns: [
            ["segment_id", "Segment", "text"],
            ["transcript_id", "Interview", "text"],
            ["from", "from", "share"],
            ["to", "to", "share"],
            ["themes", "Themes shown", "text"]
          ],
          rows: stretches,
          rowOpen: open
        };
      }
    });
  }

  // pictures/matrix.js
  var matrixPage = 60;
  var matrixNarrowThemes = 10;
  var matrixLimits = [0.05, 0.1, 0.2, 0.4];
  function matrixCounts(voices, index) {
    const [from, to] = voices.segmentsOf(index);
    const counts = /* @__PURE__ */ new Map();
    for (let segment = from; segment < to; segment += 1) {
      for (const theme of new Set(voices.segments.labels[segment].map((label) => label[0])))
        counts.set(theme, (counts.get(theme) ?? 0) + 1);
    }
    return { counts, segments: to - from };
  }
  function matrixPicture(study, voices) {
    const title = "Which interview speaks of what";
    if (!study.table("themes").length || !wholeInterviews(voices, "", []).length)
      return pictureMissing("matrix", title, "There is no interview with coded segments in this page.");
    return pictureFrame({
      name: "matrix",
      title,
      read: "A cell is a theme in an interview. The stronger its colour, the larger the share of the interview's segments with a label of the theme, likely or possible; no cell means none. Press a cell to read them.",
      controls: [
        ...wholeControls(study, voices, matrixPage),
        {
          kind: "themes",
          name: "themes",
          label: "Themes shown:",
          all: pictureThemes(study),
          value: pictureFirstThemes(study, 20)
        }
      ],
      draw: (state, width) => {
        const { interviews, page, domain, heads } = wholePage(study, voices, state, matrixPage);
        const wideStep = Math.min(30, width * 0.7 / domain.length);
        const narrow = width < pictureNarrow || wideStep < 12 || heads.some((head) => pictureTextWidth(head.group.slice(0, 12), "600") > (head.count + 0.6) * wideStep);
        const themes = narrow ? state.themes.slice(0, Math.max(matrixNarrowThemes, Math.floor((width - 120) / 28))) : state.themes;
        const id = (key) => voices.transcripts[Number(key)]?.id ?? "";
        const rowsOf = (some, chosen) => some.flatMap(({ transcript, index, group }) => {
          const { counts, segments } = matrixCounts(voices, index);
          return chosen.map((theme) => ({
            key: String(index),
            transcript_id: transcript.id,
            group,
            theme,
            segments: counts.get(study.themeIndex(theme)) ?? 0,
            share_segments: (counts.get(study.themeIndex(theme)) ?? 0) / segments
          }));
        });
        const drawn = rowsOf(page, themes).filter((row) => row.segments);
        const columns = (
          /** @type {PictureColumn[]} */
          [
            ["transcript_id", "Interview", "text"],
            ["group", "Group", "text"],
            ["theme", "Theme", "text"],
            ["segments", "Segments", "count"],
            ["share_segments", "Share of its segments", "share"]
          ]
        );
        const open = (row) => row.segments ? {
          filter: { theme: row.theme, transcript: row.transcript_id },
          title: `${pictureIsolated(row.theme)} in ${pictureIsolated(row.transcript_id)}`
        } : null;
        if (!drawn.length)
          return { instead: "None of the chosen themes comes up in these interviews. Choose others.", columns, rows: [] };
        const lines = (row) => [
          pictureTipName(row.theme),
          `${pictureTipName(row.transcript_id)}${row.group ? `, ${pictureTipName(row.group)}` : ""}`,
          `${formatCounted(row.segments, "segment")}, ${formatPercent(row.share_segments)} of the interview's`
        ];
        const idWidth = Math.max(20, ...page.map(({ transcript }) => pictureTextWidth(transcript.id.slice(0, 40))));
        const color = {
          type: "threshold",
          domain: matrixLimits,
          range: [0.2, 0.38, 0.58, 0.8, 1].map((part) => pictureTint("var(--series-1)", part)),
          legend: true,
          width: Math.min(300, width - 20),
          label: "Share of the interview's segments",
          tickFormat: (share) => formatPercent(share)
        };
        const common = { color, padding: 0.08 };
        const tip = (channels) => pictureTip(drawn, { ...channels, maxRadius: 14, title: (row) => lines(row).join("\n") });
        const plot = narrow ? matrixNarrow() : matrixWide();
        function matrixWide() {
          const room = Math.min(
            Math.max(...themes.map((theme) => pictureTextWidth(theme.slice(0, 100)))) + 4,
            width * 0.3,
            280
          );
          const marginLeft = Math.ceil(room) + 16;
          const step = Math.min(30, (width - marginLeft - 8) / domain.length);
          const below = Math.min(110, idWidth + 14);
          const channels = { x: "key", y: "theme" };
          return {
            ...common,
            height: themes.length * 24 + below + 26,
            marginLeft,
            marginRight: width - marginLeft - step * domain.length,
            marginTop: 24,
            marginBottom: below,
            x: { type: "band", domain, axis: null, padding: 0.08 },
            y: { type: "band", domain: themes, axis: null, padding: 0.08 },
            marks: [
              Plot.axisY({ tickSize: 0, label: null, text: (theme) => pictureCut(theme, room) }),
              Plot.axisX(
                domain.filter((key) => !key.startsWith("head")),
                {
                  tickSize: 0,
                  label: null,
                  tickRotate: -90,
                  text: (key) => pictureCut(id(key), below - 14)
                }
              ),
              Plot.text(heads, {
                x: "first",
                frameAnchor: "top",
                textAnchor: "start",
                lineAnchor: "bottom",
                dx: -step / 2,
                dy: -6,
                fontWeight: 600,
                text: (head) => head.count * step > 14 ? pictureCut(head.group, (head.count + 0.6) * step, "600") : ""
              }),
              Plot.ruleY(themes, {
                y: (theme) => theme,
                stroke: "var(--line)",
                strokeOpacity: 0.8
              }),
              Plot.cell(drawn, { ...channels, fill: "share_segments", className: "picture-cell" }),
              tip(channels)
            ]
          };
        }
        function matrixNarrow() {
          const room = Math.min(idWidth + 4, width * 0.3);
          const marginLeft = Math.ceil(room) + 16;
          const above = Math.min(
            150,
            Math.max(...themes.map((theme) => pictureTextWidth(theme.slice(0, 80)))) + 14
          );
          const channels = { x: "theme", y: "key" };
          return {
            ...common,
            height: domain.length * 20 + above + 8,
            marginLeft,
            marginRight: Math.max(8, width - marginLeft - 44 * themes.length),
            marginTop: above,
            marginBottom: 8,
            x: { type: "band", domain: themes, axis: null, padding: 0.08 },
            y: { type: "band", domain, axis: null, padding: 0.08 },
            marks: [
              Plot.axisX({
                anchor: "top",
                tickSize: 0,
                label: null,
                tickRotate: -90,
                text: (theme) => pictureCut(theme, above - 14)
              }),
              Plot.axisY(
                domain.filter((key) => !key.startsWith("head")),
                { tickSize: 0, label: null, text: (key) => pictureCut(id(key), room) }
              ),
              Plot.text(heads, {
                y: "key",
                frameAnchor: "left",
                textAnchor: "start",
                dx: -marginLeft + 6,
                fontWeight: 600,
                text: (head) => pictureLines(head.group, width - 20, 1, "600")[0]
              }),
              Plot.cell(drawn, { ...channels, fill: "share_segments", className: "picture-cell" }),
              tip(channels)
            ]
          };
        }
        return {
          plot,
          reach: [{ className: "picture-cell", data: drawn, label: (row) => lines(row).join(", "), open }],
          description: `${formatCounted(themes.length, "theme")} in ${formatCounted(page.length, "interview")}.`,
          note: [
            wholeNote(voices, interviews.length),
            narrow && themes.length < state.themes.length ? `The first ${themes.length} of ${formatCount(state.themes.length)} chosen themes; a wider window shows all.` : null
          ].filter(Boolean).join(" ") || null,
          columns,
          rows: rowsOf(interviews, state.themes),
          rowOpen: open
        };
      }
    });
  }

  // pictures/saturation.js
  var saturationPoints = 80;
  function saturationReached(rows) {
    const first = (share) => rows.find((row) => row.share_saturated >= share)?.transcripts;
    const [median, low, high] = [first(0.5), first(0.025), first(0.975)];
    if (!median)
      return "Saturation (two further interviews that bring at most 5 % new themes of the codebook) is not reached in half of the orders.";
    return `Half of the orders reach saturation by ${median}+2: ${formatCounted(median, "interview")}, and the two behind them bring at most 5 % new themes of the codebook. 95 % of the orders reach it between ${low ?? 1}+2 and ${high ? `${high}+2` : "later than the last interview"}.`;
  }
  function saturationPicture(study, voices) {
    const title = "When nothing new comes";
    const table = study.table("saturation");
    if (!table.length)
      return pictureMissing(
        "saturation",
        title,
        "There are no interviews with themes yet, so it cannot be said when new ones stop coming."
      );
    const reached = saturationReached(table);
    return pictureFrame({
      name: "saturation",
      title,
      read: "The line is the mean over random orders of the interviews, the band holds 95 % of them. Points are the order in which the study lists its interviews. Themes of the codebook count alone: emergent ones were found in all interviews together, so that they cannot show saturation." + (peopleCoded(study) ? "" : " Nobody has checked the labels that this rests on."),
      controls: [
        {
          kind: "choice",
          name: "show",
          label: "Show",
          options: [
            ["themes", "themes heard so far"],
            ["new", "new themes in the next two interviews"]
          ],
          value: "themes"
        }
      ],
      draw: (state, width) => {
        const heard = state.show === "themes";
        const [y, low, high, listed] = heard ? ["themes", "themes_low", "themes_high", "themes_listed"] : ["share_new", "low", "high", "share_new_listed"];
        const known = table.filter((row) => numberIn(row, y) !== null);
        const columns = (
          /** @type {PictureColumn[]} */
          [
            ["transcripts", "Interviews", "count"],
            ["new_themes", "New themes", "number"],
            ["themes", "Themes heard", "number"],
            ["themes_low", "from", "number"],
            ["themes_high", "to", "number"],
            ["share_new", "New in the next two", "share"],
            ["low", "from", "share"],
            ["high", "to", "share"],
            ["share_saturated", "Orders saturated", "share"],
            ["share_without_new", "Orders without new", "share"],
            ["themes_listed", "Themes as listed", "count"],
            ["share_new_listed", "New as listed", "share"]
          ]
        );
        if (!known.length) return { instead: "There are too few interviews for this.", columns, rows: table };
        const every = Math.max(1, Math.ceil(known.length / 400));
        const line = known.filter((_, at) => at % every === 0 || at === known.length - 1);
        const step = Math.max(1, Math.ceil(known.length / saturationPoints));
        const points = known.filter(
          (row, at) => isNumber(numberIn(row, listed)) && (at % step === 0 || at === known.length - 1)
        );
        const words = (row) => [
          heard ? `After ${formatCounted(row.transcripts, "interview")}: ${formatNumber(row.themes, 1)} themes (95 % of orders ${formatNumber(row.themes_low, 0)} to ${formatNumber(row.themes_high, 0)})` : `After ${formatCounted(row.transcripts, "interview")}, the next two bring ${formatPercent(row.share_new)} new (95 % of orders ${formatPercent(row.low)} to ${formatPercent(row.high)})`,
          heard ? `In the order listed: ${formatCount(row.themes_listed)}` : `In the order listed: ${formatPercent(row.share_new_listed)}`
        ];
        const open = (row) => {
          const transcript = voices.transcripts.length === voices.of.transcripts ? voices.transcripts[row.transcripts - 1] : null;
          return transcript?.segments ? {
            filter: { transcript: transcript.id },
            title: `Interview ${row.transcripts}: ${pictureIsolated(transcript.id)}`
          } : null;
        };
        const median = table.find((row) => row.share_saturated >= 0.5)?.transcripts;
        const top = Math.max(
          0.01,
          d3.max(
            known,
            (row) => Math.max(...[high, y, listed].map((column) => numberIn(row, column) ?? 0))
          )
        );
        return {
          plot: {
            height: Math.min(360, width * 0.75),
            marginLeft: 56,
            marginRight: 24,
            marginTop: 24,
            marginBottom: 46,
            x: { domain: [1, Math.max(2, table.length)] },
            y: { domain: [0, top * 1.04] },
            marks: [
              Plot.gridY({ stroke: "var(--line)", strokeOpacity: 1, ticks: 6 }),
              Plot.axisY({
                ticks: 6,
                tickSize: 0,
                label: heard ? "Themes heard" : "New themes, share of the first four interviews' themes",
                labelAnchor: "top",
                labelArrow: "none",
                tickFormat: (value) => heard ? Number.isInteger(value) ? formatCount(value) : "" : formatPercent(value)
              }),
              Plot.axisX({
                ticks: width < pictureNarrow ? 4 : 8,
                tickSize: 4,
                label: "Interviews heard",
                labelAnchor: "center",
                labelArrow: "none",
                labelOffset: 38,
                tickFormat: (value) => Number.isInteger(value) ? formatCount(value) : ""
              }),
              Plot.areaY(line, { x: "transcripts", y1: low, y2: high, fill: "var(--series-1)", fillOpacity: 0.18 }),
              Plot.lineY(line, { x: "transcripts", y, stroke: "var(--series-1)", strokeWidth: 2 }),
              ...heard ? [] : [
                Plot.ruleY([0.05], { stroke: "var(--line-strong)", strokeDasharray: "2,3" }),
                Plot.text([0.05], {
                  y: [0.05],
                  frameAnchor: "right",
                  text: ["5 %"],
                  textAnchor: "end",
                  dy: -8,
                  fill: "var(--muted)"
                })
              ],
              ...median ? [
                Plot.ruleX([median], { stroke: "var(--line-strong)", strokeDasharray: "2,3" }),
                Plot.text([median], {
                  x: [median],
                  frameAnchor: "bottom",
                  textAnchor: "start",
                  lineAnchor: "bottom",
                  dx: 4,
                  dy: -6,
                  text: [`${median}+2`],
                  fill: "var(--ink)",
                  stroke: "var(--picture-page)",
                  strokeWidth: 4
                })
              ] : [],
              Plot.dot(points, {
                x: "transcripts",
                y: listed,
                r: 3,
                fill: "var(--picture-page)",
                stroke: "var(--series-2)",
                strokeWidth: 1.5
              }),
              Plot.dot(points, { x: "transcripts", y: listed, r: 9, fill: "transparent", className: "picture-hit" }),
              pictureTip(points, {
                x: "transcripts",
                y: listed,
                title: (row) => words(row).join("\n")
              })
            ]
          },
          reach: [{ className: "picture-hit", data: points, label: (row) => words(row).join(", "), open }],
          description: reached,
          note: reached,
          columns,
          rows: table,
          rowOpen: open
        };
      }
    });
  }

  // reader.js
  function readerView(study, voices, name) {
    let index = voices.transcriptIndex(name);
    const wanted = index < 0 ? voices.segmentIndex(name) : -1;
    if (wanted >= 0) index = voices.segments.transcript[wanted];
    const back = element("p", { class: "small" }, element("a", { href: "#interviews" }, "All interviews"));
    if (index < 0) {
      return element(
        "div",
        { class: "view" },
        back,
        element("h1", null, "Not in this page"),
        element(
          "p",
          null,
          "The interview “",
          peoplesWords(name),
          voices.complete ? "” is not in this study." : "” is not in this page, which holds only part of a large study. Its turns are in tables/turns."
        )
      );
    }
    const transcript = voices.transcripts[index];
    const talk = readerTalk(voices, index);
    const here = voices.segmentsOf(index);
    const view = element(
      "div",
      { class: "view reader" },
      element(
        "div",
        null,
        back,
        element("h1", null, peoplesWords(transcript.id)),
        readerFacts(voices, transcript),
        transcript.whole ? null : element(
          "p",
          { class: "note" },
          "Only parts of this interview are in the page; all of it is in tables/turns and tables/segments. Gaps are marked."
        ),
        element(
          "div",
          { class: "row" },
          readerThemes(study, voices, index, talk),
          button(
            `Its ${formatCounted(here[1] - here[0], "segment")} as a list`,
            () => openVoices({ transcript: transcript.id })
          )
        ),
        readerNeighbours(voices, index, "Other interviews, above")
      ),
      talk.list,
      readerNeighbours(voices, index, "Other interviews, below")
    );
    if (wanted >= 0) {
      requestAnimationFrame(() => {
        const span = view.querySelector(`[data-segment="${wanted}"]`);
        const turn = (
          /** @type {HTMLElement | null} */
          span?.closest("li")
        );
        turn?.classList.add("here");
        turn?.setAttribute("tabindex", "-1");
        turn?.scrollIntoView({ block: "center" });
        turn?.focus({ preventScroll: true });
      });
    }
    return view;
  }
  function readerFacts(voices, transcript) {
    const facts = [
      ...voices.attributes.map((name, at) => [name, transcript.values[at]]),
      ["language", transcript.language === null ? null : formatLanguage(voices.languages[transcript.language])],
      ["speakers", transcript.speakers.join(", ")],
      [
        "length",
        [
          formatCounted(transcript.turns, "turn"),
          formatCounted(transcript.words, "word"),
          formatDuration(transcript.duration_ms)
        ].filter(Boolean).join(", ")
      ],
      ["file", transcript.source]
    ].filter(([, value]) => value !== null && value !== "");
    return element(
      "dl",
      { class: "facts" },
      facts.map(([name, value]) => [
        element("dt", { dir: "auto" }, name),
        element("dd", null, peoplesWords(value ?? ""))
      ])
    );
  }
  function readerNeighbours(voices, index, name) {
    const before = voices.transcripts[index - 1];
    const after = voices.transcripts[index + 1];
    const link = (words, to) => to && element("li", null, element("a", { href: routeTo("interviews", to.id) }, words, ": ", peoplesWords(to.id)));
    return element(
      "nav",
      { "aria-label": name },
      element("ul", { class: "within" }, link("Before", before), link("Next", after))
    );
  }
  function readerThemes(study, voices, index, talk) {
    const [from, to] = voices.segmentsOf(index);
    const themes = /* @__PURE__ */ new Set();
    for (let segment = from; segment < to; segment += 1)
      for (const [theme] of voices.segments.labels[segment]) themes.add(theme);
    const options = [...themes].sort((a, b) => a - b).map((theme) => (
      /** @type {[string, string]} */
      [String(theme), study.themeNames[theme] ?? ""]
    ));
    return choice("Set off in the text", [["", "all segments with a theme"], ...options], "", (value) => {
      for (const span of talk.list.querySelectorAll("[data-segment]")) {
        const labels = voices.segments.labels[Number(span.getAttribute("data-segment"))];
        span.classList.toggle(
          "span",
          value === "" ? labels.length > 0 : labels.some((label) => label[0] === Number(value))
        );
      }
    });
  }
  function readerTalk(voices, index) {
    const transcript = voices.transcripts[index];
    const [from, to] = voices.segmentsOf(index);
    const pieces = /* @__PURE__ */ new Map();
    const columns = voices.segments;
    for (let segment = from; segment < to; segment += 1) {
      for (let at = columns.first[segment]; at <= columns.last[segment]; at += 1) {
        const length = transcript.talk[at][5].length;
        const piece = (
          /** @type {[number, number, number]} */
          [
            at === columns.first[segment] ? columns.from[segment] : 0,
            at === columns.last[segment] ? columns.to[segment] : length,
            segment
          ]
        );
        if (pieces.has(at)) pieces.get(at)?.push(piece);
        else pieces.set(at, [piece]);
      }
    }
    const list = element(
      "ol",
      { class: "talk" },
      transcript.talk.map((_, at) => readerTurn(voices, voices.turn(transcript, at), pieces.get(at) ?? []))
    );
    const end = transcript.talk[transcript.talk.length - 1];
    if (!end || end[0] < transcript.turns - 1)
      list.append(element("li", { class: "muted small" }, "Turns after this one are not in the page."));
    return { list };
  }
  function readerTurn(voices, turn, pieces) {
    const role = ["", "interviewer", "other"][turn.role] ?? "";
    const text = [];
    let done = 0;
    for (const [from, to, segment] of pieces) {
      const start = Math.max(from, done);
      if (start > done) text.push(turn.text.slice(done, start));
      if (to > start)
        text.push(
          element(
            "span",
            { class: voices.segments.labels[segment].length ? "span" : null, "data-segment": segment },
            turn.text.slice(start, to)
          )
        );
      else text.push(element("span", { "data-segment": segment }));
      done = Math.max(done, to);
    }
    text.push(turn.text.slice(done));
    const language = pieces.length ? voices.language(pieces[0][2]) : null;
    const beginning = pieces.filter(([, , segment]) => voices.segments.first[segment] === turn.at).map(([, , segment]) => segment);
    const head = [
      turn.speaker ? [peoplesWords(turn.speaker), ", "] : null,
      roleWords(turn.role, turn.speaker) ? `${roleWords(turn.role, turn.speaker)}, ` : null,
      `turn ${formatCount(turn.index)}`,
      turn.start === null ? null : `, ${formatClock(turn.start)}`
    ];
    return element(
      "li",
      { class: role || null },
      element(
        "div",
        null,
        turn.gap ? element("span", { class: "gap" }, "Turns before this one are not in the page. ") : null,
        element("span", { class: "turn-head" }, head),
        element(
          "span",
          { class: "turn-text", dir: "auto", lang: language },
          turn.cut & 1 ? "… " : null,
          text,
          turn.cut & 2 ? " …" : null
        )
      ),
      readerLabels(voices, beginning)
    );
  }
  function readerLabels(voices, segments) {
    const lines = segments.flatMap(
      (segment) => voices.labels(segment).map(
        (label) => element(
          "li",
          null,
          element("a", { href: routeTo("themes", label.name) }, peoplesWords(label.name)),
          label.by === 0 ? ` ${formatPercent(label.confidence)} sure` : [", by ", peoplesWords(label.who)]
        )
      )
    );
    return lines.length ? element("ul", { class: "margin-labels", "aria-label": "Themes of this turn" }, lines) : element("div", null);
  }

  // interviews.js
  var interviewsPage = 50;
  function interviewsView(study, voices, name) {
    if (name !== null) return readerView(study, voices, name);
    return element(
      "div",
      { class: "view" },
      element("h1", null, "Interviews"),
      element(
        "p",
        null,
        "Which themes come up in which interview, when, and how soon nothing new comes. ",
        element(
          "a",
          {
            href: "#interviews",
            onclick: (event) => {
              event.preventDefault();
              document.getElementById("interview-list")?.scrollIntoView();
              document.getElementById("interview-list")?.focus();
            }
          },
          "Go to the list"
        ),
        " to read one."
      ),
      pictureOr(() => matrixPicture(study, voices)),
      pictureOr(() => linesPicture(study, voices)),
      pictureOr(() => saturationPicture(study, voices)),
      pictureOr(() => interviewList(voices), "The list of interviews")
    );
  }
  function interviewList(voices) {
    const { transcripts, attributes } = voices;
    const timed = transcripts.some((transcript) => transcript.duration_ms);
    const spoken = voices.languages.length > 1;
    const body = element("tbody", null);
    const more = element("p", null);
    const told = element("p", { class: "muted small" });
    let found = transcripts;
    let shown = 0;
    const add = () => {
      body.append(
        ...found.slice(shown, shown + interviewsPage).map(
          (transcript) => element(
            "tr",
            null,
            element(
              "th",
              { scope: "row" },
              element("a", { href: routeTo("interviews", transcript.id) }, peoplesWords(transcript.id)),
              transcript.whole ? null : element("span", { class: "muted small" }, " in part")
            ),
            attributes.map(
              (_, at) => element(
                "td",
                null,
                transcript.values[at] === null ? element("span", { class: "muted" }, "–") : peoplesWords(transcript.values[at])
              )
            ),
            spoken ? element(
              "td",
              null,
              transcript.language === null ? "–" : formatLanguage(voices.languages[transcript.language])
            ) : null,
            element("td", { class: "number" }, formatCount(transcript.turns)),
            element("td", { class: "number" }, formatCount(transcript.segments)),
            element("td", { class: "number" }, formatCount(transcript.words)),
            timed ? element("td", { class: "number" }, formatDuration(transcript.duration_ms) || "–") : null
          )
        )
      );
      shown = Math.min(found.length, shown + interviewsPage);
      const first = shown;
      replaceChildren(
        more,
        shown < found.length ? button(`Show ${Math.min(interviewsPage, found.length - shown)} more of ${formatCount(found.length)}`, () => {
          add();
          body.children[first]?.querySelector("a")?.focus();
        }) : null
      );
    };
    const field = (
      /** @type {HTMLInputElement} */
      element("input", { type: "search", dir: "auto", autocomplete: "off", "data-search": true })
    );
    const draw = () => {
      const terms = searchTerms(field.value);
      found = terms.length ? transcripts.filter((transcript) => {
        const text = foldText(
          [transcript.id, transcript.source, ...transcript.values, ...transcript.speakers].filter(Boolean).join(" ")
        );
        return terms.every((term) => text.includes(term));
      }) : transcripts;
      shown = 0;
      body.replaceChildren();
      add();
      const here = voices.complete || transcripts.length === voices.of.transcripts ? "" : ` ${formatCount(transcripts.length)} of ${formatCounted(voices.of.transcripts, "interview")} are in this page, drawn evenly over the groups or because a quote comes from them.`;
      told.textContent = `${terms.length ? `${formatCounted(found.length, "interview")} found.` : ""}${here}`.trim();
      if (terms.length) announce(told.textContent);
    };
    field.addEventListener("input", draw);
    draw();
    return element(
      "section",
      { "aria-labelledby": "interview-list" },
      element("h2", { id: "interview-list", tabindex: "-1" }, "All interviews"),
      transcripts.length ? null : element("p", null, "No interview is in this page."),
      transcripts.length > 12 ? element(
        "div",
        { class: "row", role: "search" },
        element(
          "label",
          { class: "choice" },
          element("span", { class: "choice-label" }, "Search names, speakers and groups"),
          field
        )
      ) : null,
      told,
      transcripts.length ? element(
        "div",
        { class: "table-frame", tabindex: "0", role: "region", "aria-label": "Table of interviews" },
        element(
          "table",
          null,
          element("caption", { class: "unseen" }, "Interviews with their attributes and sizes"),
          element(
            "thead",
            null,
            element(
              "tr",
              null,
              element("th", { scope: "col" }, "Interview"),
              attributes.map((name) => element("th", { scope: "col", dir: "auto" }, name)),
              spoken ? element("th", { scope: "col" }, "Language") : null,
              ["Turns", "Segments", "Words", ...timed ? ["Length"] : []].map(
                (name) => element("th", { scope: "col", class: "number" }, name)
              )
            )
          ),
          body
        )
      ) : null,
      more
    );
  }

  // review/segments.js
  function reviewMaterial(study, voices) {
    const themes = study.table("themes");
    const seeds = themes.filter((theme) => theme.kind === "seed").map(reviewTheme);
    const sample = voices.sample;
    const asked = sample?.segments ?? [];
    const rows = new Map(asked.map((index, at) => [index, at + 1]));
    const digests = /* @__PURE__ */ new Map();
    const segment = (index) => {
      const id = voices.id(index);
      const digest = digests.get(id) ?? reviewTextDigest(voices.text(index));
      digests.set(id, digest);
      return { index, id, transcriptId: voices.transcript(index).id, digest };
    };
    return {
      study,
      voices,
      seeds,
      seedNames: seeds.map((seed) => seed.name),
      /** Whose quotes can be stepped through: every theme that the machine gave to a segment of this page. */
      themeNames: reviewLabelledThemes(study, voices),
      sample,
      asked,
      /** Place in the sample's order from 1; null for a segment that is not in it. */
      row: (index) => rows.get(index) ?? null,
      segment,
      /**
       * The segment with these words: where it was, or the only one of its transcript with them.
       * @returns {ReviewSegment | null}
       */
      sameWords: (id, transcriptId, digest) => {
        const index = voices.segmentIndex(id);
        if (index >= 0 && voices.transcript(index).id === transcriptId && segment(index).digest === digest) {
          return segment(index);
        }
        const transcript = voices.transcriptIndex(transcriptId);
        const [from, to] = transcript < 0 ? [0, 0] : voices.segmentsOf(transcript);
        const same = [];
        for (let other = from; other < to; other += 1) {
          if (segment(other).digest === digest) same.push(other);
        }
        return same.length === 1 ? segment(same[0]) : null;
      },
      /** Places of the segments to which the machine gave a theme, surest first. */
      labelled: (theme) => {
        const sure = /* @__PURE__ */ new Map();
        for (const index of voices.find({ theme })) {
          const label = reviewMachineLabels(voices, index).find(({ name }) => name === theme);
          if (label) sure.set(index, label.confidence);
        }
        return [...sure.keys()].sort((one, other) => sure.get(other) - sure.get(one) || one - other);
      },
      machineLabels: (index) => reviewMachineLabels(voices, index)
    };
  }
  function reviewTheme(row) {
    const { theme, definition, include, exclude, examples } = row;
    return {
      name: theme,
      definition: definition ?? "",
      include: include ?? "",
      exclude: exclude ?? "",
      examples: examples ?? []
    };
  }
  function reviewMachineLabels(voices, index) {
    return voices.labels(index).filter((label) => label.by === 0);
  }
  function reviewLabelledThemes(study, voices) {
    const labelled = /* @__PURE__ */ new Set();
    for (const labels of voices.segments.labels) {
      for (const [theme, , by] of labels ?? []) {
        if (by === 0) labelled.add(theme);
      }
    }
    return study.themeNames.filter((_, index) => labelled.has(index));
  }
  function reviewTextDigest(text) {
    let [high, low] = [3735928559, 1103547991];
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      high = Math.imul(high ^ unit, 2654435761);
      low = Math.imul(low ^ unit, 1597334677);
    }
    high = Math.imul(high ^ high >>> 16, 2246822507) ^ Math.imul(low ^ low >>> 13, 3266489909);
    low = Math.imul(low ^ low >>> 16, 2246822507) ^ Math.imul(high ^ high >>> 13, 3266489909);
    return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16).padStart(14, "0");
  }

  // review/file.js
  var REVIEW_LARGEST_FILE = 64 * 1024 * 1024;
  function reviewFileText(material, coder, answers) {
    const { study, voices, sample } = material;
    const rows = answers.filter((answer) => !reviewIsEmpty(answer)).map((answer) => {
      const index = answer.text === void 0 ? voices.segmentIndex(answer.segmentId) : -1;
      return { answer, index, row: answer.way === "sample" ? material.row(index) : null };
    });
    const last = Number.MAX_SAFE_INTEGER;
    rows.sort(
      (one, other) => (one.row ?? last) - (other.row ?? last) || one.index - other.index || one.answer.order - other.answer.order
    );
    const head = {
      emic_review: 1,
      program: study.program,
      run: study.run,
      study: study.title,
      coder,
      sample: sample ? { key: sample.key, segments: sample.segments.length, of: sample.of } : null
    };
    const lines = rows.map(
      ({ answer, index, row }) => JSON.stringify({
        segment_id: answer.segmentId,
        transcript_id: answer.transcriptId,
        text: answer.text ?? voices.text(index),
        way: answer.way,
        row,
        themes: reviewThemesObject(answer.themes),
        other: answer.other,
        memo: answer.memo,
        paper: answer.paper,
        order: answer.order
      })
    );
    const body = lines.length === 0 ? "" : `
  ${lines.join(",\n  ")}
`;
    return `${JSON.stringify(head).slice(0, -1)},"answers":[${body}]}
`;
  }
  function reviewFileRead(material, coder, text) {
    const refused = (refusal) => ({ answers: [], lost: 0, refusal });
    const file = reviewParsed(text);
    if (file === null || typeof file !== "object" || file.emic_review === void 0 || !Array.isArray(file.answers)) {
      return refused("This is not a file that this page saved. Choose the file emic-review-….json.");
    }
    if (file.emic_review !== 1) {
      return refused("A newer Emic saved this file. Open it in the page of that version.");
    }
    if (typeof file.coder !== "string" || !reviewIsSameCoder(file.coder, coder)) {
      return refused("This file is of another coder. To go on with it, change the coder first.");
    }
    const rows = file.answers.map(reviewFileAnswer);
    if (rows.includes(null)) {
      return refused(
        `Answer ${rows.indexOf(null) + 1} of the file is damaged. Nothing was taken. Load an earlier copy of the file.`
      );
    }
    const { answers, lost } = reviewTransferred(material, rows, file.run === material.study.run);
    if (answers.length === 0 && lost > 0) {
      return refused("No answer of this file is about a segment of this page. Is it of another study?");
    }
    return { answers, lost, refusal: "" };
  }
  function reviewFileAnswer(value) {
    if (typeof value?.text !== "string") {
      return null;
    }
    const digest = reviewTextDigest(value.text);
    return reviewKeptAnswer({ ...value, segmentId: value.segment_id, transcriptId: value.transcript_id, digest });
  }
  function reviewTransferred(material, answers, isThisRun) {
    const taken = [];
    let lost = 0;
    for (const answer of answers) {
      const segment = material.sameWords(answer.segmentId, answer.transcriptId, answer.digest);
      if (segment && (answer.way === "theme" || material.row(segment.index) !== null)) {
        const kept = {
          ...answer,
          segmentId: segment.id,
          themes: isThisRun ? answer.themes : reviewThemesHere(material, answer)
        };
        delete kept.text;
        taken.push(kept);
      } else if (isThisRun) {
        taken.push(answer);
      } else {
        lost += 1;
      }
    }
    return { answers: taken, lost };
  }
  function reviewThemesHere(material, answer) {
    const names = new Set(answer.way === "sample" ? material.seedNames : material.study.themeNames);
    return new Map([...answer.themes].filter(([theme]) => names.has(theme)));
  }
  async function reviewFileChosen(file) {
    if (file.size > REVIEW_LARGEST_FILE) {
      return { text: "", refusal: "This file is larger than any that this page saves." };
    }
    try {
      return { text: await file.text(), refusal: "" };
    } catch {
      return { text: "", refusal: "The browser cannot read this file." };
    }
  }

  // review/earlier.js
  function reviewEarlierOffer(material, ledger, { taken, declined }) {
    const { fresh, lost } = reviewEarlierHere(material, ledger);
    if (fresh.length === 0) {
      return null;
    }
    const count = `${formatCount(fresh.length)} ${fresh.length === 1 ? "answer" : "answers"}`;
    const rest = lost === 0 ? "" : ` ${formatCount(lost)} more cannot be taken over: their segments changed, or this sample does not ask for them.`;
    const offer = element(
      "div",
      { class: "note review-earlier" },
      element(
        "p",
        {},
        `On this computer you reviewed an earlier run of this study. ${count} can be taken over: the segments have the same words.${rest}`
      ),
      element(
        "div",
        { class: "review-line" },
        button(
          "Take over",
          () => {
            offer.remove();
            ledger.adopt(fresh);
            taken(`${count} taken over.`);
          },
          { class: "primary" }
        ),
        button("Begin anew", () => {
          offer.remove();
          declined();
        })
      )
    );
    return offer;
  }
  function reviewEarlierHere(material, ledger) {
    const earlier = reviewEarlierAnswers(material.study, ledger.coder).filter((answer) => !reviewIsEmpty(answer));
    if (earlier.length === 0) {
      return { fresh: [], lost: 0 };
    }
    const { answers, lost } = reviewTransferred(
      material,
      earlier.sort((one, other) => one.order - other.order),
      false
    );
    const latest = new Map(answers.map((answer) => [reviewAnswerKey(answer.way, answer.segmentId), answer]));
    return { fresh: [...latest].filter(([key]) => !ledger.answers.has(key)).map(([, answer]) => answer), lost };
  }

  // review/theme_list.js
  function reviewThemeList(themes, toggled, except) {
    const rows = themes.map((theme, at) => reviewThemeRow(theme, reviewThemeKey(at), toggled)).filter((row) => row.name !== except);
    return {
      root: element(
        "ul",
        { class: "review-themes" },
        rows.map((row) => row.root)
      ),
      /** Shows what an answer says of each theme. */
      show: (decided, tellsRejected) => {
        for (const row of rows) row.show(decided.get(row.name), tellsRejected);
      }
    };
  }
  function reviewThemeRow(theme, key, toggled) {
    const state = element("span", { class: "review-state", "aria-hidden": "true" });
    const label = [reviewKeyHint(key), peoplesWords(theme.name, { class: "review-name" }), state];
    const toggle = button(label, (event) => toggled(theme.name, event), {
      class: "review-switch",
      "aria-pressed": "false",
      "aria-keyshortcuts": key || null
    });
    return {
      name: theme.name,
      root: element("li", {}, toggle, reviewMeaning(theme)),
      show: (applies, tellsRejected) => {
        toggle.setAttribute("aria-pressed", String(applies === true));
        state.textContent = applies === true ? "✓" : applies === false && tellsRejected ? "✕" : "";
      }
    };
  }
  function reviewKeyHint(key) {
    return key === "" ? null : element("kbd", { "aria-hidden": "true" }, key);
  }
  function reviewMeaning(theme) {
    const words = element("div", { class: "review-meaning", id: newId("review-meaning"), hidden: true });
    const parts = reviewCodebookWords(theme);
    if (parts.length === 0) {
      return [];
    }
    replaceChildren(words, parts);
    const open = button(
      "Meaning",
      (event) => {
        if (event instanceof MouseEvent && event.detail > 0) open.blur();
        words.hidden = !words.hidden;
        open.setAttribute("aria-expanded", String(!words.hidden));
      },
      {
        class: "plain review-more",
        "aria-expanded": "false",
        "aria-controls": words.id,
        "aria-label": `Meaning of ${theme.name}`
      }
    );
    return [open, words];
  }
  function reviewCodebookWords(theme) {
    const part = (title, text) => text === "" ? [] : [element("p", {}, title === "" ? null : element("strong", {}, `${title} `), peoplesWords(text))];
    const examples = theme.examples.length === 0 ? [] : [
      element("p", {}, element("strong", {}, "Examples")),
      element(
        "ul",
        {},
        theme.examples.map((example) => element("li", { dir: "auto" }, example))
      )
    ];
    return [
      ...part("", theme.definition),
      ...part("Use it:", theme.include),
      ...part("Do not use it:", theme.exclude),
      ...examples
    ];
  }

  // review/notes.js
  var REVIEW_LONGEST_OTHER = 200;
  var REVIEW_LONGEST_MEMO = 1e4;
  function reviewNotes({ suggested, added, removed, wrote, marked }) {
    const list = element(
      "datalist",
      { id: newId("review-suggested") },
      suggested.map((theme) => element("option", { value: theme }))
    );
    const other = (
      /** @type {HTMLInputElement} */
      element("input", {
        type: "text",
        id: newId("review-other"),
        dir: "auto",
        autocomplete: "off",
        maxlength: REVIEW_LONGEST_OTHER,
        list: suggested.length > 0 ? list.id : null
      })
    );
    const memo = (
      /** @type {HTMLTextAreaElement} */
      element("textarea", {
        id: newId("review-memo"),
        dir: "auto",
        rows: "3",
        maxlength: REVIEW_LONGEST_MEMO
      })
    );
    const paper = button(
      [
        reviewKeyHint("p"),
        element("span", { class: "review-name" }, "Mark for the paper"),
        element("span", { class: "review-state", "aria-hidden": "true" })
      ],
      marked,
      { class: "review-switch review-paper", "aria-pressed": "false", "aria-keyshortcuts": "p" }
    );
    const words = element("ul", { class: "review-own" });
    const form = element(
      "form",
      { class: "review-other" },
      element("label", { for: other.id }, reviewKeyHint("t"), " Another theme, in your own words"),
      element("div", { class: "review-line" }, other, element("button", { type: "submit" }, "Add")),
      list,
      words
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const theme = other.value.trim().split(/\s+/u).join(" ");
      other.value = "";
      if (theme !== "") added(theme);
    });
    memo.addEventListener("input", () => wrote(memo.value));
    const remove = (theme) => button(
      "Remove",
      () => {
        other.focus();
        removed(theme);
      },
      { class: "plain", "aria-label": `Remove ${theme}` }
    );
    return {
      root: element(
        "div",
        { class: "review-notes" },
        form,
        paper,
        element("div", { class: "review-memo" }, element("label", { for: memo.id }, reviewKeyHint("m"), " Memo"), memo)
      ),
      other,
      memo,
      /**
       * @param {ReviewAnswer} answer
       * @param {boolean} isOtherSegment
       */
      show: (answer, isOtherSegment) => {
        if (isOtherSegment) other.value = "";
        if (isOtherSegment || document.activeElement !== memo) memo.value = answer.memo;
        paper.setAttribute("aria-pressed", String(answer.paper));
        const state = paper.querySelector(".review-state");
        if (state) state.textContent = answer.paper ? "★" : "";
        replaceChildren(
          words,
          answer.other.map((theme) => element("li", {}, peoplesWords(theme), " ", remove(theme)))
        );
      }
    };
  }

  // review/talk.js
  var REVIEW_WORDS_BEFORE = 12;
  var REVIEW_TURNS_BEFORE = 3;
  var REVIEW_LETTERS_AROUND = 600;
  function reviewTalk(voices, index) {
    const language = voices.language(index);
    const turns = voices.turnsAround(index, REVIEW_TURNS_BEFORE);
    const inside = turns.filter((turn) => turn.from >= 0);
    const first = turns.indexOf(inside[0]);
    const last = first + inside.length - 1;
    return [
      ...reviewBefore(turns, first).map((words) => reviewAround(words, language)),
      element(
        "blockquote",
        { class: "review-segment" },
        inside.map((turn) => reviewTurn(turn.speaker, turn.text.slice(turn.from, turn.to), language))
      ),
      ...reviewAfter(turns, last).map((words) => reviewAround(words, language))
    ];
  }
  function reviewBefore(turns, first) {
    const begun = turns[first].text.slice(0, turns[first].from);
    const shown = [{ speaker: turns[first].speaker, text: begun }];
    let words = reviewWordCount(begun);
    for (let at = first - 1; at >= 0 && words < REVIEW_WORDS_BEFORE && !turns[at + 1].gap; at -= 1) {
      words += reviewWordCount(turns[at].text);
      shown.unshift({ speaker: turns[at].speaker, text: turns[at].text });
    }
    let room = REVIEW_LETTERS_AROUND;
    const kept = [];
    for (const { speaker, text } of shown.reverse()) {
      const letters = [...text.trim()];
      if (letters.length > 0 && room > 0) {
        kept.unshift({ speaker, text: letters.length > room ? reviewEnding(letters, room) : letters.join("") });
      }
      room -= letters.length;
    }
    return kept;
  }
  function reviewAfter(turns, last) {
    const next = turns[last + 1];
    const shown = [{ speaker: turns[last].speaker, text: turns[last].text.slice(turns[last].to) }];
    if (next && !next.gap) shown.push({ speaker: next.speaker, text: next.text });
    let room = REVIEW_LETTERS_AROUND;
    const kept = [];
    for (const { speaker, text } of shown) {
      const letters = [...text.trim()];
      if (letters.length > 0 && room > 0) {
        kept.push({ speaker, text: letters.length > room ? `${letters.slice(0, room).join("")}…` : letters.join("") });
      }
      room -= letters.length;
    }
    return kept;
  }
  function reviewAround(words, language) {
    return element("div", { class: "review-around" }, reviewTurn(words.speaker, words.text, language));
  }
  function reviewTurn(speaker, text, language) {
    return element(
      "p",
      { class: "review-turn", dir: "auto", lang: language },
      speaker ? [peoplesWords(speaker, { class: "review-speaker" }), " "] : null,
      peoplesWords(text, { tag: "span", language })
    );
  }
  function reviewEnding(letters, room) {
    const LONGEST_WORD = 30;
    const ending = letters.slice(-room).join("");
    const space = ending.search(/\s/u);
    return `…${space >= 0 && space < LONGEST_WORD ? ending.slice(space + 1) : ending}`;
  }
  function reviewWordCount(text) {
    return text.split(/\s+/u).filter((word) => word !== "").length;
  }

  // review/panel.js
  var REVIEW_MANY_THEMES = 12;
  function reviewPanel(material, theme, progress, steps) {
    const { voices, seeds, seedNames } = material;
    const isBlind = theme === null;
    const title = element("h2", { id: newId("review-title"), class: "review-title" });
    const where = element("p", { class: "review-where" });
    const words = element("div", { class: "review-words" });
    const talk = element(
      "article",
      { class: "review-talk", tabindex: "-1", "aria-labelledby": title.id },
      title,
      where,
      words
    );
    const sure = element("p", { class: "muted review-sure" });
    const list = reviewThemeList(seeds, steps.theme, theme);
    const notes = reviewNotes({
      suggested: isBlind ? [] : material.study.themeNames,
      added: steps.other,
      removed: steps.withoutOther,
      wrote: steps.memo,
      marked: steps.paper
    });
    const none = button(
      [
        reviewKeyHint("0"),
        element("span", { class: "review-name" }, "None of these"),
        element("span", { class: "review-state", "aria-hidden": "true" })
      ],
      steps.none,
      { class: "review-switch", "aria-pressed": "false", "aria-keyshortcuts": "0" }
    );
    const verdict = isBlind ? null : reviewVerdict(material, theme, steps);
    const back = button([element("span", { "aria-hidden": "true" }, "← "), "Back"], steps.back, {
      "aria-keyshortcuts": "ArrowLeft"
    });
    const next = button(["Next", element("span", { "aria-hidden": "true" }, " →")], steps.next, {
      class: "primary",
      "aria-keyshortcuts": "Enter ArrowRight"
    });
    const question = isBlind ? "Which themes apply?" : seeds.length > 1 || seedNames[0] !== theme ? "Other themes that apply" : "";
    return {
      root: element(
        "div",
        { class: seeds.length > REVIEW_MANY_THEMES ? "review-work review-many" : "review-work" },
        element(
          "div",
          { class: "review-reading" },
          progress,
          talk,
          element("div", { class: "review-moves" }, back, next, button("Undo", steps.undo, { "aria-keyshortcuts": "u" }))
        ),
        element(
          "section",
          { class: "review-coding", "aria-label": "Your answer" },
          verdict?.root,
          question === "" ? null : element("h3", {}, question),
          seeds.length === 0 ? element(
            "p",
            { class: "muted" },
            "The codebook of this study has no themes. Name what you see in your own words."
          ) : list.root,
          isBlind && seeds.length > 0 ? none : null,
          notes.root
        )
      ),
      other: notes.other,
      memo: notes.memo,
      focus: () => {
        talk.focus({ preventScroll: true });
        const top = talk.getBoundingClientRect().top;
        if (top < 0 || top > window.innerHeight / 2) talk.scrollIntoView({ block: "start" });
      },
      /**
       * @param {{
       *   index: number, at: number, of: number, answer: ReviewAnswer, isOtherSegment: boolean,
       * }} shown
       */
      show: ({ index, at, of, answer, isOtherSegment }) => {
        if (isOtherSegment) {
          title.textContent = `Segment ${formatCount(at + 1)} of ${formatCount(of)}`;
          replaceChildren(where, peoplesWords(voices.locator(index)));
          replaceChildren(words, reviewTalk(voices, index));
          replaceChildren(
            sure,
            isBlind ? "" : [
              "How sure the machine is: ",
              material.machineLabels(index).map(({ name, confidence }, each) => [
                each === 0 ? "" : " · ",
                peoplesWords(name),
                ` ${formatPercent(confidence)}`
              ])
            ]
          );
        }
        list.show(answer.themes, !isBlind);
        const saysNone = reviewIsNone(answer, seedNames);
        none.setAttribute("aria-pressed", String(saysNone));
        const state = none.querySelector(".review-state");
        if (state) state.textContent = saysNone ? "✓" : "";
        verdict?.show(answer.themes.get(
          /** @type {string} */
          theme
        ), sure);
        notes.show(answer, isOtherSegment);
        back.disabled = at === 0;
      }
    };
  }
  function reviewVerdict(material, theme, steps) {
    const choice2 = (key, label, decision) => button([reviewKeyHint(key), ` ${label}`], (event) => steps.decide(decision, event), {
      "aria-pressed": "false",
      "aria-keyshortcuts": key
    });
    const accept = choice2("a", "Accept", true);
    const reject = choice2("r", "Reject", false);
    const told = element("div", { class: "review-told-by-machine" });
    const { definition, include, exclude, examples } = material.study.theme(theme) ?? {
      definition: "",
      include: "",
      exclude: "",
      examples: []
    };
    const meaning = reviewMeaning({
      name: theme,
      definition: definition ?? "",
      include: include ?? "",
      exclude: exclude ?? "",
      examples: examples ?? []
    });
    return {
      root: element(
        "div",
        { class: "review-verdict" },
        element("h3", {}, "Is this about ", peoplesWords(theme), "?"),
        told,
        element("div", { class: "review-line" }, accept, reject, meaning[0]),
        meaning[1]
      ),
      show: (decision, sure) => {
        if (sure.parentElement !== told) told.append(sure);
        accept.setAttribute("aria-pressed", String(decision === true));
        reject.setAttribute("aria-pressed", String(decision === false));
      }
    };
  }

  // review/position.js
  function reviewPosition(run, coder) {
    const key = `emic-review-place/${run}/${coder}`;
    const kept = reviewStorageRead(key).value;
    const record = {
      way: kept?.way === "theme" ? "theme" : kept?.way === "sample" ? "sample" : null,
      theme: typeof kept?.theme === "string" ? kept.theme : null,
      begun: kept?.begun === true,
      declined: kept?.declined === true
    };
    const segments = new Map(
      Array.isArray(kept?.segments) ? kept.segments.filter((pair) => Array.isArray(pair)) : []
    );
    const name = () => record.way === "theme" ? `theme ${record.theme}` : "sample";
    const write = () => reviewStorageWrite(key, { ...record, segments: [...segments] });
    return {
      record,
      /** The segment where this way and theme was left. */
      segment: () => segments.get(name()) ?? null,
      leftAt: (segmentId) => {
        segments.set(name(), segmentId);
        write();
      },
      set: (change) => {
        Object.assign(record, change);
        write();
      }
    };
  }

  // review/progress.js
  var REVIEW_LETTERS_IN_LIST = 140;
  function reviewProgress(voices, { doneWord, state, jumped, nextOpen }) {
    let queue = [];
    let rows = [];
    const sentence = element("p", { class: "review-done" });
    const filled = element("span", { class: "review-bar-filled" });
    const onlyOpen = (
      /** @type {HTMLInputElement} */
      element("input", { type: "checkbox", id: newId("review-open") })
    );
    const list = element("ol", { class: "review-list" });
    const none = element("p", { class: "muted", hidden: true }, `Every segment is ${doneWord}.`);
    const details = (
      /** @type {HTMLDetailsElement} */
      element(
        "details",
        { class: "review-all" },
        element("summary", {}, "All segments"),
        element(
          "p",
          { class: "review-check" },
          onlyOpen,
          element("label", { for: onlyOpen.id }, `Only those that are not ${doneWord}`)
        ),
        none,
        list
      )
    );
    const shownAt = { at: 0 };
    const row = (index, at) => {
      const told = element("span", { class: "review-told" });
      const letters = [...voices.text(index).slice(0, 2 * REVIEW_LETTERS_IN_LIST)];
      const text = letters.length <= REVIEW_LETTERS_IN_LIST ? letters.join("") : `${letters.slice(0, REVIEW_LETTERS_IN_LIST).join("")}…`;
      const go = button(
        [
          element("span", { class: "review-number" }, formatCount(at + 1)),
          peoplesWords(text, { class: "review-beginning", language: voices.language(index) }),
          told
        ],
        () => jumped(at),
        { class: "review-jump" }
      );
      return { item: element("li", {}, go), told, go };
    };
    const tell = (at) => {
      const { done, memo, paper } = state(at);
      const words = [done ? `✓ ${doneWord}` : "", paper ? "★ for the paper" : "", memo ? "memo" : ""].filter(
        (word) => word !== ""
      );
      rows[at].told.textContent = words.join(" · ");
      rows[at].item.hidden = onlyOpen.checked && done && at !== shownAt.at;
      rows[at].go.setAttribute("aria-current", String(at === shownAt.at));
    };
    const tellAll = () => {
      if (!details.open) return;
      if (rows.length === 0) {
        rows = queue.map(row);
        replaceChildren(
          list,
          rows.map(({ item }) => item)
        );
      }
      rows.forEach((_, at) => tell(at));
      none.hidden = rows.some(({ item }) => !item.hidden);
    };
    details.addEventListener("toggle", tellAll);
    onlyOpen.addEventListener("change", tellAll);
    return {
      root: element(
        "div",
        { class: "review-progress" },
        element("div", { class: "review-line" }, sentence, button(`Next not ${doneWord}`, nextOpen, { class: "plain" })),
        element("div", { class: "review-bar", "aria-hidden": "true" }, filled)
      ),
      list: details,
      /** Shows a list of segments, and which one is read. */
      show: (segments, at) => {
        if (segments !== queue) {
          queue = segments;
          rows = [];
        }
        shownAt.at = at;
        const done = queue.filter((_, each) => state(each).done).length;
        sentence.textContent = `${formatCount(done)} of ${formatCount(queue.length)} ${doneWord}`;
        filled.style.inlineSize = `${queue.length === 0 ? 0 : 100 * done / queue.length}%`;
        tellAll();
      }
    };
  }

  // review/saving.js
  function reviewSaving(material, ledger, { tell, loaded }) {
    const alarm = element("p", { class: "note bad", role: "alert", hidden: true });
    const sentence = element("p", { class: "review-unsaved" });
    const answer = element("p", { class: "review-refusal", role: "alert" });
    const next = element("div", { class: "note good review-next", hidden: true });
    const chosen = (
      /** @type {HTMLInputElement} */
      element("input", {
        type: "file",
        accept: ".json,application/json",
        class: "unseen",
        tabindex: "-1",
        "aria-hidden": "true"
      })
    );
    const save = button("Save file", () => saveNow(), { "aria-keyshortcuts": "Control+S Meta+S" });
    const show = () => {
      const open = ledger.unsaved();
      save.classList.toggle("primary", open > 0);
      sentence.textContent = open > 0 ? `${formatCount(open)} ${open === 1 ? "answer is" : "answers are"} not in a saved file yet.` : ledger.given().length > 0 ? "All answers are in a saved file." : "No answers yet.";
      const told = ledger.isKept ? "" : "The browser does not keep your answers: its storage is full or not allowed. Save a file now, and again before you close the page.";
      if (alarm.textContent !== told) alarm.textContent = told;
      alarm.hidden = told === "";
      next.hidden = ledger.saved === 0;
    };
    const saveNow = () => {
      ledger.readAgain();
      const name = reviewFileName(ledger.coder);
      saveFile(name, "application/json", reviewFileText(material, ledger.coder, [...ledger.answers.values()]));
      ledger.markSaved();
      answer.textContent = "";
      show();
      tell(`Saved as ${name}.`);
    };
    const load = async (file) => {
      const { text, refusal } = await reviewFileChosen(file);
      const read = refusal === "" ? reviewFileRead(material, ledger.coder, text) : { answers: [], lost: 0, refusal };
      answer.textContent = read.refusal;
      if (read.refusal !== "") return;
      ledger.readAgain();
      const taken = ledger.merge(read.answers);
      ledger.keepWithFile(read.answers);
      const lost = read.lost === 0 ? "" : ` ${formatCount(read.lost)} could not be taken: the page has no such segment any more, or the sample does not ask for it.`;
      loaded();
      tell(
        taken === 0 ? `The file holds nothing newer.${lost}` : `${formatCount(taken)} ${taken === 1 ? "answer" : "answers"} taken from the file.${lost}`
      );
    };
    chosen.addEventListener("change", () => {
      const file = chosen.files?.[0];
      if (file)
        load(file).finally(() => {
          chosen.value = "";
        });
    });
    replaceChildren(
      next,
      element(
        "p",
        {},
        "Next: give the file ",
        element("code", {}, reviewFileName(ledger.coder)),
        " to whoever runs the study. It is most likely in your folder of downloads. They type:"
      ),
      element("pre", { class: "code" }, `emic review import OUT ${reviewFileName(ledger.coder)}
emic run STUDY.toml`),
      element(
        "p",
        { class: "muted" },
        "OUT is the folder of this page, STUDY.toml the study file. The next page then shows agreement and corrected numbers."
      )
    );
    return {
      root: element(
        "section",
        { class: "review-saving", "aria-label": "Your answers as a file" },
        alarm,
        element(
          "div",
          { class: "review-line" },
          save,
          button("Load file", () => chosen.click()),
          sentence,
          chosen
        ),
        answer,
        next
      ),
      save: saveNow,
      show
    };
  }

  // review/ways.js
  function reviewWays(material, chosen, pressed) {
    const now = { theme: (
      /** @type {string | null} */
      null
    ) };
    const way = (label, name) => button(
      label,
      () => {
        chosen(name, now.theme);
        pressed();
      },
      { "aria-pressed": "false" }
    );
    const sample = way("Blind sample", "sample");
    const quotes = way("One theme's quotes", "theme");
    const themes = element("div", { class: "review-choice" });
    const root = element(
      "div",
      { class: "review-line review-ways", role: "group", "aria-label": "Way to review" },
      sample,
      quotes,
      themes
    );
    return {
      root,
      show: (chosenWay, theme) => {
        now.theme = theme;
        sample.setAttribute("aria-pressed", String(chosenWay === "sample"));
        quotes.setAttribute("aria-pressed", String(chosenWay === "theme"));
        const list = themes.querySelector("select");
        if (chosenWay === "sample" || theme === null) {
          replaceChildren(themes);
        } else if (list) {
          list.value = theme;
        } else {
          const names = (
            /** @type {[string, string][]} */
            material.themeNames.map((name) => [name, name])
          );
          replaceChildren(
            themes,
            choice("Theme", names, theme, (name) => chosen("theme", name))
          );
        }
      }
    };
  }
  function reviewSampleIntroduction(material, begin) {
    const { sample, seeds } = material;
    const themes = seeds.length === 0 ? "" : ` For each, say which of the ${formatCount(seeds.length)} ${seeds.length === 1 ? "theme" : "themes"} of the codebook apply, or none.`;
    return element(
      "div",
      { class: "review-introduction" },
      element("h2", {}, "The blind sample"),
      element(
        "p",
        {},
        `${formatCount(sample?.segments.length)} of ${formatCounted(sample?.of, "segment")} were drawn, and stand in random order. Go from the first to the last; you may stop anywhere.${themes}`
      ),
      element(
        "p",
        { class: "note doubt" },
        "You do not see here what the machine said. The other parts of this page and “One theme's quotes” show it. Look at them only after coding: who has seen the machine's answers agrees with them too easily."
      ),
      element("p", {}, "You can do it all by keyboard: press ", element("kbd", {}, "?"), " for the keys."),
      element("p", {}, button("Begin", begin, { class: "primary" }))
    );
  }

  // review/desk.js
  function reviewDesk(material, ledger, head) {
    const { voices, seedNames, themeNames, study } = material;
    const position = reviewPosition(study.run, ledger.coder);
    const now = { queue: [], at: 0, theme: null, panel: null, progress: null };
    const work = element("div", {});
    const saving = reviewSaving(material, ledger, { tell: announce, loaded: () => goOn() });
    const ways = reviewWays(
      material,
      (chosen, theme) => {
        if (chosen === position.record.way && (chosen === "sample" || theme === now.theme)) return;
        choose(chosen, theme);
      },
      () => now.panel?.focus()
    );
    const offer = position.record.declined ? null : reviewEarlierOffer(material, ledger, {
      taken: (sentence) => {
        goOn();
        announce(sentence);
      },
      declined: () => position.set({ declined: true })
    });
    const way = () => (
      /** @type {ReviewWay} */
      now.theme === null ? "sample" : "theme"
    );
    const answerAt = (at) => ledger.answers.get(reviewAnswerKey(way(), voices.id(now.queue[at])));
    const isDone = (answer) => answer !== void 0 && (now.theme === null ? reviewIsCoded(answer, seedNames) : answer.themes.has(now.theme));
    const current = () => ledger.answer(way(), material.segment(now.queue[now.at]));
    const show = (isOtherSegment = false) => {
      saving.show();
      if (!now.panel || !now.progress) return;
      now.panel.show({ index: now.queue[now.at], at: now.at, of: now.queue.length, answer: current(), isOtherSegment });
      now.progress.show(now.queue, now.at);
    };
    const change = (answer, told, group = null) => {
      ledger.put(answer, group);
      show();
      if (told !== "") announce(`${told} ${ledger.isKept ? "Kept." : "Not kept by the browser."}`);
    };
    const go = (at) => {
      if (at < 0 || at >= now.queue.length) {
        const open2 = now.queue.filter((_, each) => !isDone(answerAt(each))).length;
        const last = open2 === 0 ? "All are done. Save your file." : `${formatCount(open2)} not done yet.`;
        announce(at < 0 ? "This is the first segment." : `This is the last segment. ${last}`);
        return;
      }
      now.at = at;
      position.leftAt(voices.id(now.queue[at]));
      show(true);
      now.panel?.focus();
      announce(
        `Segment ${formatCount(at + 1)} of ${formatCount(now.queue.length)}. ${isDone(answerAt(at)) ? "Done." : ""}`
      );
    };
    const firstOpen = (from) => {
      const order = now.queue.map((_, each) => (from + each) % now.queue.length);
      return order.find((each) => !isDone(answerAt(each)));
    };
    const clicked = (event) => {
      if (event instanceof MouseEvent && event.detail > 0) now.panel?.focus();
    };
    const steps = {
      theme: (theme, event) => {
        const changed = now.theme === null ? reviewToggledSeed(current(), theme, seedNames) : reviewDecided(current(), theme, true);
        change(changed, `${theme} ${changed.themes.get(theme) === true ? "on" : "off"}.`);
        clicked(event);
      },
      none: (event) => {
        if (now.theme !== null || seedNames.length === 0) return;
        const changed = reviewToggledNone(current(), seedNames);
        change(changed, `None of these ${reviewIsNone(changed, seedNames) ? "on" : "off"}.`);
        clicked(event);
      },
      decide: (decision, event) => {
        if (now.theme === null) return;
        const changed = reviewDecided(current(), now.theme, decision);
        const said = changed.themes.get(now.theme);
        change(changed, said === void 0 ? "Undecided." : said ? "Accepted." : "Rejected.");
        clicked(event);
      },
      other: (words) => {
        const names = now.theme === null ? seedNames : study.themeNames;
        const named = names.find((name) => name.toLowerCase() === words.toLowerCase());
        const answer = current();
        if (named === void 0) {
          change(reviewWithOther(answer, words, seedNames), `${words} added.`);
        } else if (answer.themes.get(named) !== true) {
          change(
            now.theme === null ? reviewToggledSeed(answer, named, seedNames) : reviewDecided(answer, named, true),
            `${named} on.`
          );
        }
        now.panel?.focus();
      },
      withoutOther: (words) => change(reviewWithoutOther(current(), words), `${words} removed.`),
      memo: (memo) => change({ ...current(), memo }, "", `memo ${way()} ${current().segmentId}`),
      paper: (event) => {
        const answer = current();
        change({ ...answer, paper: !answer.paper }, answer.paper ? "Mark taken off." : "Marked for the paper.");
        clicked(event);
      },
      back: () => go(now.at - 1),
      next: () => go(now.at + 1),
      undo: () => {
        const answer = ledger.undo();
        const at = answer && answer.way === way() ? now.queue.findIndex((segment) => voices.id(segment) === answer.segmentId) : -1;
        if (at >= 0 && at !== now.at) go(at);
        else show(at >= 0);
        announce(answer ? `Taken back. ${answer.segmentId}.` : "There is nothing to take back.");
      }
    };
    const choose = (chosen, theme) => {
      const named = theme !== null && themeNames.includes(theme) ? theme : themeNames[0] ?? null;
      now.theme = chosen === "theme" ? named : null;
      now.queue = chosen === "sample" ? material.asked : named === null ? [] : material.labelled(named);
      now.panel = null;
      now.progress = null;
      position.set({ way: chosen, theme: named });
      ways.show(chosen, named);
      if (now.queue.length === 0) {
        replaceChildren(
          work,
          element(
            "p",
            { class: "note" },
            chosen === "sample" ? "There is no blind sample, because this study has no segments to draw it from." : "There are no quotes to step through, because the machine gave no theme to any segment of this page."
          )
        );
      } else if (chosen === "sample" && !position.record.begun && ledger.given().length === 0) {
        replaceChildren(
          work,
          reviewSampleIntroduction(material, () => {
            position.set({ begun: true });
            choose("sample", null);
            now.panel?.focus();
          })
        );
      } else {
        open(position.segment());
      }
      saving.show();
    };
    const goOn = () => {
      choose(position.record.way ?? "sample", now.theme);
      const at = now.panel && isDone(answerAt(now.at)) ? firstOpen(now.at) : void 0;
      if (at !== void 0) go(at);
    };
    const open = (segmentId) => {
      const left = now.queue.findIndex((segment) => voices.id(segment) === segmentId);
      now.at = left >= 0 ? left : firstOpen(0) ?? 0;
      position.leftAt(voices.id(now.queue[now.at]));
      now.progress = reviewProgress(voices, {
        doneWord: now.theme === null ? "answered" : "decided",
        state: (at) => {
          const answer = answerAt(at);
          return { done: isDone(answer), memo: (answer?.memo ?? "") !== "", paper: answer?.paper === true };
        },
        jumped: go,
        nextOpen: () => {
          const at = firstOpen(now.at + 1);
          if (at === void 0) announce("All are done.");
          else go(at);
        }
      });
      now.panel = reviewPanel(material, now.theme, now.progress.root, steps);
      replaceChildren(work, now.panel.root, now.progress.list);
      show(true);
    };
    choose(position.record.way ?? (material.asked.length > 0 ? "sample" : "theme"), position.record.theme);
    return {
      root: element(
        "div",
        { class: "review-desk" },
        element("div", { class: "review-top" }, ways.root, head),
        offer,
        work,
        saving.root
      ),
      steps,
      seedNames,
      save: saving.save,
      /** Whether there is a segment to answer. */
      isOpen: () => now.panel !== null,
      isBlind: () => now.theme === null,
      focus: () => now.panel?.focus(),
      field: (name) => now.panel?.[name].focus(),
      /** Another tab wrote, or a file was read. */
      refresh: () => show()
    };
  }

  // review/ledger.js
  var REVIEW_MOST_STEPS = 500;
  var ReviewLedger = class {
    /**
     * @param {{ run: string, title: string }} study
     * @param {string} coder
     */
    constructor(study, coder) {
      this.coder = coder;
      this.title = study.title;
      this.key = `emic-review/${study.run}/${coder}`;
      this.isKept = true;
      this.saved = 0;
      this.answers = /* @__PURE__ */ new Map();
      this.steps = [];
      const kept = reviewStorageRead(this.key);
      this.isKept = kept.allowed;
      this.hear(kept.value);
    }
    /**
     * The answer to a segment, or an empty one.
     * @param {ReviewWay} way
     * @param {{ id: string, transcriptId: string, digest: string }} segment
     * @returns {ReviewAnswer}
     */
    answer(way, segment) {
      const { id: segmentId, transcriptId, digest } = segment;
      const empty = {
        segmentId,
        transcriptId,
        digest,
        way,
        themes: /* @__PURE__ */ new Map(),
        other: [],
        memo: "",
        paper: false,
        order: 0
      };
      return this.answers.get(reviewAnswerKey(way, segmentId)) ?? empty;
    }
    /**
     * Takes a changed answer in and writes it down. Steps of one group, such as the letters of a memo, are undone
     * together.
     * @param {ReviewAnswer} answer
     * @param {string | null} [group]
     */
    put(answer, group = null) {
      this.readAgain();
      const key = reviewAnswerKey(answer.way, answer.segmentId);
      const before = this.answers.get(key) ?? { ...answer, themes: /* @__PURE__ */ new Map(), other: [], memo: "", paper: false };
      if (group === null || this.steps.at(-1)?.group !== group) {
        this.steps.push({ before, group });
        this.steps.splice(0, this.steps.length - REVIEW_MOST_STEPS);
      }
      this.answers.set(key, { ...answer, order: this.highest() + 1 });
      this.write();
    }
    /**
     * Takes the last step back; gives the answer that stands now, or null when there is no step.
     * @returns {ReviewAnswer | null}
     */
    undo() {
      const step = this.steps.pop();
      if (!step) {
        return null;
      }
      this.readAgain();
      const answer = { ...step.before, order: this.highest() + 1 };
      this.answers.set(reviewAnswerKey(answer.way, answer.segmentId), answer);
      this.write();
      return answer;
    }
    /**
     * Takes answers from elsewhere in, the later one of each segment; gives how many were new. Not written yet.
     * @param {ReviewAnswer[]} answers
     */
    merge(answers) {
      let taken = 0;
      for (const answer of answers) {
        const key = reviewAnswerKey(answer.way, answer.segmentId);
        const mine = this.answers.get(key);
        if (!mine || mine.order !== answer.order && reviewLater(mine, answer) === answer) {
          this.answers.set(key, answer);
          taken += 1;
        } else {
          this.answers.set(key, reviewLater(mine, answer));
        }
      }
      return taken;
    }
    /** The number of the last change. */
    highest() {
      let highest = this.saved;
      for (const answer of this.answers.values()) {
        highest = Math.max(highest, answer.order);
      }
      return highest;
    }
    /** Answers that say something. */
    given() {
      return [...this.answers.values()].filter((answer) => !reviewIsEmpty(answer));
    }
    /** How many answers changed since the last saved file. */
    unsaved() {
      return [...this.answers.values()].filter((answer) => answer.order > this.saved).length;
    }
    /** All answers as they stand are in a file now. */
    markSaved() {
      this.saved = this.highest();
      this.write();
    }
    /** Takes answers of an earlier run over, in their order, as changes of this one. */
    adopt(answers) {
      this.readAgain();
      for (const answer of answers) {
        this.answers.set(reviewAnswerKey(answer.way, answer.segmentId), { ...answer, order: this.highest() + 1 });
      }
      this.write();
    }
    /** Writes down after a file was read. Where the answers are those of the file, they count as saved. */
    keepWithFile(answers) {
      const orders = new Map(answers.map((answer) => [reviewAnswerKey(answer.way, answer.segmentId), answer.order]));
      if ([...this.answers].every(([key, answer]) => answer.order <= this.saved || orders.get(key) === answer.order)) {
        this.saved = this.highest();
      }
      this.write();
    }
    /** Takes in what another tab wrote since, before it is written over. */
    readAgain() {
      this.hear(reviewStorageRead(this.key).value);
    }
    /** Takes in what is kept. Anything of a wrong form is passed over. */
    hear(value) {
      const rows = Array.isArray(value?.answers) ? value.answers : [];
      this.merge(rows.map(reviewKeptAnswer).filter((answer) => answer !== null));
      if (Number.isSafeInteger(value?.saved)) {
        this.saved = Math.max(this.saved, value.saved);
      }
    }
    /**
     * Takes in what another tab has just written. Where both wrote in the same moment, what is missing there is written
     * again.
     */
    hearOther(value) {
      this.hear(value);
      const rows = Array.isArray(value?.answers) ? value.answers : [];
      const orders = new Map(
        rows.map((row) => [reviewAnswerKey(row?.way, row?.segmentId), row?.order])
      );
      if ([...this.answers].some(([key, answer]) => !(orders.get(key) >= answer.order))) {
        this.write();
      }
    }
    /** Writes all down in the browser. */
    write() {
      const answers = [...this.answers.values()].map(reviewPlain);
      this.isKept = reviewStorageWrite(this.key, { title: this.title, saved: this.saved, answers });
    }
  };

  // review/sign_in.js
  function reviewSignIn(signedIn) {
    const refusal = element("p", { id: "review-name-refusal", class: "review-refusal", role: "alert" });
    const field = (
      /** @type {HTMLInputElement} */
      element("input", {
        id: "review-name",
        type: "text",
        dir: "auto",
        autocomplete: "off",
        autocapitalize: "words",
        spellcheck: "false",
        "aria-describedby": "review-name-refusal review-name-hint"
      })
    );
    const form = element(
      "form",
      { class: "review-sign-in" },
      element(
        "p",
        {},
        "Read what people said and say what you see in it. Your answers tell how far the machine can be trusted, and correct its numbers."
      ),
      element("label", { for: "review-name" }, "Your name, as it should stand in the tables"),
      element("div", { class: "review-line" }, field, element("button", { type: "submit", class: "primary" }, "Start")),
      refusal,
      element(
        "p",
        { id: "review-name-hint", class: "review-hint" },
        "Answers stay in this browser, under your name. Nothing is sent anywhere. Another coder who types another name does not see them."
      )
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const { name, refusal: sentence } = reviewCoderName(field.value);
      refusal.textContent = sentence;
      field.setAttribute("aria-invalid", String(sentence !== ""));
      if (sentence === "") {
        signedIn(name);
      } else {
        field.focus();
      }
    });
    return form;
  }

  // review/screen.js
  var REVIEW_CODER_KEY = "emic-review-coder";
  function reviewView(study, voices) {
    const material = reviewMaterial(study, voices);
    const body = element("div", {});
    const keys = reviewKeysDialog();
    const title = element("h1", { tabindex: "-1" }, "Review");
    const root = element("div", { class: "view review" }, title, body, keys.root);
    const ledgers = /* @__PURE__ */ new Map();
    const now = { ledger: null, desk: null };
    const signIn = (typed) => {
      const coder = [...ledgers.keys()].find((name) => name === typed) ?? reviewKnownName(study.run, typed);
      const ledger = ledgers.get(coder) ?? new ReviewLedger(study, coder);
      ledgers.set(coder, ledger);
      reviewStorageWrite(REVIEW_CODER_KEY, coder);
      const desk = reviewDesk(material, ledger, reviewHead(coder, signOut, keys.open));
      Object.assign(now, { ledger, desk });
      replaceChildren(body, desk.root);
    };
    const signOut = () => {
      reviewStorageForget(REVIEW_CODER_KEY);
      Object.assign(now, { ledger: null, desk: null });
      const form = reviewSignIn((name) => {
        signIn(name);
        title.focus();
      });
      replaceChildren(body, form);
      form.querySelector("input")?.focus();
    };
    document.addEventListener(
      "keydown",
      (event) => {
        if (now.desk && root.getClientRects().length > 0 && !document.querySelector("dialog:modal"))
          reviewPressed(event, root, now.desk, keys.open);
      },
      { capture: true }
    );
    window.addEventListener("storage", (event) => {
      if (!now.ledger || !now.desk || event.key !== now.ledger.key || event.newValue === null) return;
      now.ledger.hearOther(reviewParsed(event.newValue));
      now.desk.refresh();
    });
    window.addEventListener("beforeunload", (event) => {
      const others = [...ledgers.values()].filter((ledger) => ledger === now.ledger || !ledger.isKept);
      if (others.some((ledger) => ledger.unsaved() > 0)) event.preventDefault();
    });
    const last = reviewStorageRead(REVIEW_CODER_KEY).value;
    const kept = reviewCoderName(typeof last === "string" ? last : "");
    if (kept.refusal === "") {
      signIn(kept.name);
    } else {
      replaceChildren(
        body,
        reviewSignIn((name) => {
          signIn(name);
          title.focus();
          announce("Your answers are kept in this browser.");
        })
      );
    }
    return root;
  }
  function reviewHead(coder, signOut, showKeys) {
    return element(
      "div",
      { class: "review-line review-head" },
      element("p", {}, "Coder: ", peoplesWords(coder, { class: "review-coder" })),
      button("Change coder", signOut, { class: "plain" }),
      button("Keys", showKeys, { class: "plain", "aria-keyshortcuts": "?" })
    );
  }
  function reviewPressed(event, root, desk, showKeys) {
    const target = (
      /** @type {Node | null} */
      event.target
    );
    const isHere = target === document.body || target === document.documentElement || target !== null && (root.contains(target) || target.contains(root));
    const done = (step2) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      step2();
    };
    if (!isHere) return;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "s")
      return done(desk.save);
    if (reviewIsField(target)) return event.key === "Escape" ? done(desk.focus) : void 0;
    const key = reviewKeyOf(event);
    if (key === "" || !reviewKeysAreOn() || key === "enter" && reviewTakesEnter(target)) return;
    if (key === "?") return done(showKeys);
    const step = desk.isOpen() ? reviewStepOf(key, desk, event) : null;
    if (step && (!event.repeat || key === "left" || key === "right")) done(step);
  }
  function reviewStepOf(key, desk, event) {
    const { steps } = desk;
    const commands = /* @__PURE__ */ new Map([
      ["enter", steps.next],
      ["right", steps.next],
      ["left", steps.back],
      ["u", steps.undo],
      ["0", () => steps.none(event)],
      ["p", () => steps.paper(event)],
      ["m", () => desk.field("memo")],
      ["t", () => desk.field("other")],
      ["a", () => steps.decide(true, event)],
      ["r", () => steps.decide(false, event)]
    ]);
    const theme = desk.seedNames.find((_, at) => reviewThemeKey(at) === key);
    return commands.get(key) ?? (theme === void 0 ? null : () => steps.theme(theme, event));
  }

  // pictures/positions.js
  function positionName(tenth) {
    if (tenth === 1) return "first";
    if (tenth === 10) return "last";
    return `${tenth}${tenth === 2 ? "nd" : tenth === 3 ? "rd" : "th"}`;
  }
  function positionLines(row) {
    return [
      pictureTipName(row.theme),
      `${positionName(row.tenth)} tenth: ${formatShare(row.share, row.low, row.high)} of its segments`,
      `${formatCounted(row.segments, "segment")} in ${formatCounted(row.transcripts, "interview")}`
    ];
  }
  function positionsPicture(study) {
    const title = "Where in the interview it comes up";
    const table = study.table("positions");
    if (!table.length)
      return pictureMissing(
        "positions",
        title,
        "This run has no numbers on where in the interview themes come up. Run `emic run` again with this version of Emic."
      );
    const open = (row) => ({
      filter: { theme: row.theme, tenth: row.tenth },
      title: `${pictureIsolated(row.theme)}: ${positionName(row.tenth)} tenth of the interview`
    });
    return pictureFrame({
      name: "positions",
      title,
      read: "Each interview is cut into ten parts of equal length. A point is the share of the segments of that part that have a label of the theme, likely or possible; the band is its 95 % interval.",
      controls: [
        {
          kind: "themes",
          name: "themes",
          label: "Themes shown:",
          all: pictureThemes(study),
          value: pictureFirstThemes(study, 12)
        }
      ],
      draw: (state, width) => {
        const columns = (
          /** @type {PictureColumn[]} */
          [
            ["theme", "Theme", "text"],
            ["tenth", "Tenth", "count"],
            ["segments", "Segments", "count"],
            ["transcripts", "Interviews", "count"],
            ["share", "Share", "share"],
            ["low", "from", "share"],
            ["high", "to", "share"]
          ]
        );
        const drawn = table.filter((row) => state.themes.includes(row.theme));
        if (!drawn.length) return { instead: "Choose a theme.", columns, rows: table };
        return {
          plot: panelsPlot(drawn, {
            width,
            panels: state.themes,
            panel: (row) => row.theme,
            x: (row) => row.tenth,
            y: (row) => row.share,
            low: (row) => row.low,
            high: (row) => row.high,
            first: 1,
            last: 10,
            ticks: [1, 10],
            tick: (at) => at === 1 ? "start" : "end",
            tip: (row) => positionLines(row).join("\n")
          }),
          reach: [{ className: "picture-hit", data: drawn, label: (row) => positionLines(row).join(", "), open }],
          description: `${formatCounted(state.themes.length, "theme")}, up to ${formatPercent(d3.max(drawn, (row) => row.share))} of a tenth.`,
          columns,
          rows: table,
          rowOpen: open
        };
      }
    });
  }

  // pictures/raised.js
  function raisedLines(row) {
    return [
      pictureTipName(row.theme),
      `Raised by the interviewer: ${formatShare(row.share_interviewer, row.low, row.high)}`,
      `${formatCounted(row.by_interviewer, "interview")}; by the participant in ${row.by_participant}`,
      ...row.not_known ? [`Not known in ${formatCounted(row.not_known, "interview")}`] : []
    ];
  }
  function raisedPicture(study) {
    const title = "Who raises each theme";
    const table = study.table("raised");
    const rows = table.filter((row) => row.share_interviewer !== null);
    if (!rows.length) {
      return pictureMissing(
        "raised",
        title,
        table.length ? 'It is not known who the interviewer is, so it cannot be told who raises a theme. Name interviewers in the study file: `interviewers = ["INT"]` in the section `[corpus]`, and run `emic run` again.' : "This run has no numbers on who raises a theme. Run `emic run` again with this version of Emic."
      );
    }
    const open = (row) => ({ filter: { theme: row.theme }, title: pictureIsolated(row.theme) });
    return pictureFrame({
      name: "raised",
      title,
      read: "A point is the share of interviews in which the interviewer spoke of the theme before the participant did, with its 95 % interval. On the left, participants bring the theme up themselves.",
      draw: (_, width) => ({
        plot: pictureRowsPlot(
          width,
          rows.map((row) => row.theme),
          (theme) => theme,
          {
            x: { domain: [0, 1] },
            label: "Raised by the interviewer, share of interviews",
            marginRight: width < pictureNarrow ? 20 : 80,
            marks: ({ down, above, line }) => [
              line([0.5], { stroke: "var(--line-strong)", strokeDasharray: "2,3" }),
              ...pictureIntervals(rows, {
                x: "share_interviewer",
                low: "low",
                high: "high",
                y: "theme",
                dy: down,
                className: "picture-hit",
                tip: (row) => raisedLines(row).join("\n")
              }),
              ...above ? [] : [
                Plot.text(rows, {
                  y: "theme",
                  frameAnchor: "right",
                  textAnchor: "start",
                  dx: 18,
                  fill: "var(--muted)",
                  text: (row) => `${row.by_interviewer} of ${row.by_interviewer + row.by_participant}`
                })
              ]
            ]
          }
        ),
        reach: [{ className: "picture-hit", data: rows, label: (row) => raisedLines(row).join(", "), open }],
        description: `${formatCounted(rows.length, "theme")}.`,
        note: table.length > rows.length ? `${formatCounted(table.length - rows.length, "theme is", "themes are")} not shown: nobody speaks of them, or it cannot be told who did first.` : null,
        columns: [
          ["theme", "Theme", "text"],
          ["transcripts", "Interviews", "count"],
          ["by_participant", "by the participant", "count"],
          ["by_interviewer", "by the interviewer", "count"],
          ["share_interviewer", "Share by the interviewer", "share"],
          ["low", "from", "share"],
          ["high", "to", "share"],
          ["not_known", "not known", "count"]
        ],
        rows: table,
        rowOpen: open
      })
    });
  }

  // theme_quotes.js
  var languageColumns = 6;
  var languageQuotes = 2;
  function quoteKindWords() {
    return (
      /** @type {Array<[string, string, string, number]>} */
      [
        ["central", "Central", "Typical of the theme.", 4],
        ["borderline", "Borderline", "Only just of it. Here you see where the program draws the line.", 3],
        ["dissenting", "Different", "On the theme, and judging it otherwise than most, as far as a program can tell.", 3]
      ]
    );
  }
  function themeQuotes(study, voices, theme) {
    const languages = voices.languages.length > 1 ? quotesByLanguage(study, voices, theme.theme) : null;
    const sections = [];
    for (const [kind, title, what, shown] of quoteKindWords()) {
      const segments = voices.quotesOf(theme.theme, kind);
      if (!segments.length || kind === "central" && voices.languages.length > 1) continue;
      sections.push(
        element(
          "section",
          null,
          element("h3", null, title),
          element("p", { class: "muted small" }, what),
          segments.slice(0, shown).map((segment) => quoteFigure(segment, { asked: [theme.theme] })),
          segments.length > shown ? button(
            `All ${segments.length} ${title.toLowerCase()} quotes`,
            () => openVoices({ theme: theme.theme, kind }),
            {
              class: "plain"
            }
          ) : null
        )
      );
    }
    return element(
      "section",
      null,
      element("h2", null, "Quotes"),
      languages,
      // Typical ones at one side, those that make one doubt at the other.
      sections.length ? element(
        "div",
        { class: "columns two" },
        element("div", null, sections[0]),
        sections.length > 1 ? element("div", null, sections.slice(1)) : null
      ) : null,
      languages || sections.length ? null : element(
        "p",
        null,
        theme.segments ? "No quote of it is in this page; they are in tables/quotes." : "Nobody spoke of it, so there is nothing to quote."
      )
    );
  }
  function quotesByLanguage(study, voices, theme) {
    const central = voices.quotesOf(theme, "central");
    const index = study.themeIndex(theme);
    const sure = (segment) => voices.segments.labels[segment].find((label) => label[0] === index)?.[1] ?? 0;
    const columns = voices.languages.map((language) => {
      const chosen = central.filter((segment) => voices.language(segment) === language);
      const others2 = chosen.length < languageQuotes ? voices.find({ theme, language }).filter((segment) => !chosen.includes(segment)).sort((a, b) => sure(b) - sure(a)) : [];
      return {
        language,
        quotes: [...chosen, ...others2].slice(0, languageQuotes),
        all: voices.find({ theme, language }).length
      };
    }).filter((column) => column.quotes.length).sort((a, b) => b.all - a.all).slice(0, languageColumns);
    const without = voices.languages.filter((language) => !columns.some((column) => column.language === language));
    const others = without.length > 8 ? " and other languages" : "";
    return element(
      "section",
      null,
      element("h3", null, "Central, by language"),
      element(
        "div",
        { class: "columns" },
        columns.map(
          (column) => element(
            "div",
            null,
            element("h4", null, formatLanguage(column.language)),
            column.quotes.map((segment) => quoteFigure(segment, { asked: [theme] })),
            button(`All in ${formatLanguage(column.language)}`, () => openVoices({ theme, language: column.language }), {
              class: "plain"
            })
          )
        )
      ),
      without.length ? element(
        "p",
        { class: "muted small" },
        `No segment of this page carries it in ${without.slice(0, 8).map(formatLanguage).join(", ")}${others}.`
      ) : null
    );
  }

  // theme_page.js
  var themeCompanions = 10;
  function studyOfTheme(study, name) {
    const table = (wanted) => study.table(wanted).filter((row) => !("theme" in row) || row.theme === name);
    return { ...study, table };
  }
  function themePage(study, voices, name) {
    const theme = study.theme(name);
    const back = element("p", { class: "small" }, element("a", { href: "#themes" }, "All themes"));
    if (!theme)
      return element(
        "div",
        { class: "view" },
        back,
        element("h1", null, "No such theme"),
        element("p", null, "This study has no theme called “", peoplesWords(name), "”.")
      );
    const one = studyOfTheme(study, name);
    const finer = study.table("themes").filter((other) => other.parent === name);
    return element(
      "div",
      { class: "view theme-page" },
      back,
      element("h1", null, peoplesWords(name)),
      element(
        "p",
        { class: "muted" },
        theme.kind === "seed" ? "A theme of the codebook" : "A theme from the interviews",
        theme.parent ? [
          ", part of ",
          study.theme(theme.parent) ? element("a", { href: routeTo("themes", theme.parent) }, peoplesWords(theme.parent)) : peoplesWords(theme.parent)
        ] : null,
        finer.length ? [
          ". Finer themes in it: ",
          finer.map((other, at) => [
            at ? ", " : null,
            element("a", { href: routeTo("themes", other.theme) }, peoplesWords(other.theme))
          ])
        ] : null,
        "."
      ),
      themeMeaning(theme),
      themeFigures(study, theme),
      element(
        "p",
        { class: "row" },
        button(`Read its ${formatCounted(theme.segments, "segment")}`, () => openVoices({ theme: name }, name), {
          class: "primary",
          disabled: !theme.segments
        })
      ),
      study.table("seeds").filter((row) => row.theme === name).map(
        (row) => element("p", { class: `note ${row.finding === "supported" ? "good" : "doubt"}` }, seedSentence(row, true))
      ),
      themeRaised(study, name),
      themeQuotes(study, voices, theme),
      study.attributes.length && theme.segments ? pictureOr(() => prevalencePicture(
        /** @type {any} */
        one
      )) : null,
      study.table("positions").length && theme.segments ? pictureOr(() => positionsPicture(
        /** @type {any} */
        one
      )) : null,
      themeTogether(study, name)
    );
  }
  function themeMeaning(theme) {
    const said = (text) => element("dd", { dir: "auto" }, text);
    const lines = [];
    if (theme.definition && theme.kind !== "seed")
      lines.push(element("dt", null, "In people's own words"), said(theme.definition));
    if (theme.include) lines.push(element("dt", null, "When to use"), said(theme.include));
    if (theme.exclude) lines.push(element("dt", null, "When not to use"), said(theme.exclude));
    if (theme.examples?.length)
      lines.push(
        element("dt", null, "Examples"),
        element(
          "dd",
          null,
          theme.examples.map((example) => element("p", { dir: "auto" }, example))
        )
      );
    const keywords = splitWords(theme.keywords);
    if (keywords.length) lines.push(element("dt", null, "Keywords"), said(keywords.join(", ")));
    return [
      theme.definition && theme.kind === "seed" ? element("p", { class: "lead", dir: "auto" }, theme.definition) : null,
      lines.length ? element("dl", { class: "facts" }, lines) : null
    ];
  }
  function themeFigures(study, theme) {
    const corrected = correctedShare(study, theme.theme, "these");
    const ofInterviews = correctedShareOfInterviews(study, theme.theme, "these");
    const agreement = study.table("agreement").find((row) => row.theme === theme.theme && row.rater_b === "(machine)");
    const stability = stabilityWords(theme);
    const figures = [
      corrected ? ["of segments in these interviews, corrected by what people coded", corrected] : null,
      corrected ? ["of segments in interviews like these", correctedShare(study, theme.theme, "like_these")] : null,
      ofInterviews ? ["of these interviews, corrected by those read whole", ofInterviews] : null,
      ofInterviews ? ["of interviews like these", correctedShareOfInterviews(study, theme.theme, "like_these")] : null,
      ["of segments have a likely label", shareLikely(theme)],
      ["further segments have a possible label", formatCount(possibleSegments(theme))],
      agreement && isNumber(agreement.cohen_kappa) ? [
        "kappa of program and people",
        formatCoefficient(agreement.cohen_kappa, agreement.cohen_kappa_low, agreement.cohen_kappa_high)
      ] : null,
      stability ? ["random halves of the interviews found it again", `${Math.round((theme.stability ?? 0) * 20)} of 20`] : null
    ];
    return element(
      "dl",
      { class: "figures" },
      figures.map(
        (figure) => figure && element("div", null, element("dt", null, figure[0]), element("dd", null, figure[1]))
      )
    );
  }
  function themeRaised(study, name) {
    const row = study.table("raised").find((one) => one.theme === name);
    if (!row) return null;
    const told = row.by_participant + row.by_interviewer;
    if (!told)
      return row.transcripts ? element(
        "p",
        null,
        "Who raises it cannot be told, because nobody in these interviews is known to be the interviewer."
      ) : null;
    return element(
      "p",
      null,
      `In ${row.by_interviewer} of ${formatCounted(told, "interview")} the interviewer's questions touched on it before a participant spoke of it, ${formatShare(row.share_interviewer, row.low, row.high)}; in ${row.by_participant} the participant came first.${row.not_known ? ` For ${formatCounted(row.not_known, "interview")} it cannot be told.` : ""}`
    );
  }
  function themeTogether(study, name) {
    const pairs = study.table("cooccurrence").filter((row) => (row.theme_a === name || row.theme_b === name) && row.segments > 0).map((row) => ({ ...row, other: row.theme_a === name ? row.theme_b : row.theme_a })).sort((a, b) => b.segments - a.segments).slice(0, themeCompanions);
    if (!pairs.length) return null;
    const liftInterval = (row) => isNumber(row.lift_low) ? ` (${formatNumber(row.lift_low, 1)} to ${formatNumber(row.lift_high, 1)})` : "";
    const rows = pairs.map((row) => [
      element("a", { href: routeTo("themes", row.other) }, peoplesWords(row.other)),
      button(
        [String(row.segments), element("span", { class: "unseen" }, ` segments with ${row.other}: read them`)],
        () => openVoices({ themes: [name, row.other] }),
        { class: "plain" }
      ),
      `${row.transcripts}`,
      isNumber(row.lift) ? `${formatNumber(row.lift, 1)}${liftInterval(row)}` : "–"
    ]);
    return element(
      "section",
      null,
      element("h2", null, "What comes with it"),
      element(
        "p",
        null,
        "Themes in the same segments. A lift of 1 is what chance would give, 2 twice as much; behind it its 95 % interval."
      ),
      dataTable(
        `Themes in the same segments as ${name}`,
        ["Theme", "Segments with both", "Interviews with both", "Lift"],
        rows,
        { numbers: [1, 2, 3] }
      )
    );
  }

  // themes.js
  function themesView(study, voices, name) {
    if (name !== null) return themePage(study, voices, name);
    const themes = study.table("themes");
    const results = element("div", null);
    const field = (
      /** @type {HTMLInputElement} */
      element("input", { type: "search", dir: "auto", autocomplete: "off", "data-search": true })
    );
    const draw = () => {
      const terms = searchTerms(field.value);
      const found = themes.filter((theme) => {
        const text = foldText(
          [theme.theme, theme.definition, theme.keywords, theme.include, theme.exclude].filter(Boolean).join(" ")
        );
        return terms.every((term) => text.includes(term));
      });
      if (terms.length) announce(formatCounted(found.length, "theme"));
      replaceChildren(
        results,
        themeGroup(
          study,
          "From the codebook",
          found.filter((theme) => theme.kind === "seed")
        ),
        themeGroup(
          study,
          "From the interviews",
          found.filter((theme) => theme.kind !== "seed")
        ),
        found.length ? null : element(
          "p",
          null,
          themes.length ? "No theme has these words." : "There are no themes: the codebook is empty, and none were found in the interviews."
        )
      );
    };
    field.addEventListener("input", draw);
    draw();
    return element(
      "div",
      { class: "view" },
      element("h1", null, "Themes"),
      element(
        "p",
        null,
        "Each theme has a page: what it means, how common it is and where, what comes with it, and the quotes."
      ),
      themes.length > 8 ? element(
        "div",
        { class: "row", role: "search" },
        element(
          "label",
          { class: "choice" },
          element("span", { class: "choice-label" }, "Search in names, definitions and keywords"),
          field
        )
      ) : null,
      results,
      themes.length ? [pictureOr(() => positionsPicture(study)), pictureOr(() => raisedPicture(study))] : null
    );
  }
  function themeGroup(study, title, themes) {
    if (!themes.length) return null;
    return element(
      "section",
      null,
      element("h2", null, title),
      element(
        "ul",
        { class: "theme-list" },
        themes.map((theme) => {
          const keywords = splitWords(theme.keywords).slice(0, 8).join(", ");
          return element(
            "li",
            { class: isFiner(study, theme) ? "finer" : null },
            element(
              "div",
              null,
              element("a", { href: routeTo("themes", theme.theme) }, peoplesWords(theme.theme)),
              theme.kind === "seed" && theme.definition ? element("p", { class: "small", dir: "auto" }, theme.definition) : null,
              keywords ? element("p", { class: "keywords", dir: "auto" }, keywords) : null
            ),
            element(
              "p",
              { class: "share" },
              theme.segments ? [
                shareLikely(theme),
                " of segments likely",
                element("br", null),
                element("span", { class: "muted" }, `${formatCounted(possibleSegments(theme), "possible segment")}`)
              ] : element("span", { class: "muted" }, "in no segment")
            )
          );
        })
      )
    );
  }

  // pictures/cooccurrence.js
  var cooccurrenceNarrow = 9;
  var cooccurrenceLifts = [0.5, 0.8, 1.25, 2, 4];
  function cooccurrencePicture(study) {
    const title = "Themes that come together";
    const table = study.table("cooccurrence");
    if (!table.length)
      return pictureMissing("cooccurrence", title, "There are no two themes to hold against each other.");
    const all = pictureThemes(study);
    const order = new Map(all.map((theme, at) => [theme, at]));
    return pictureFrame({
      name: "cooccurrence",
      title,
      read: "Each cell is a pair of themes. Blue pairs come together more often than chance would bring them, orange ones less often. Small, faint cells may be chance: their 95 % interval holds a lift of 1. No cell: one theme is part of the other, or one is never heard.",
      controls: [
        {
          kind: "choice",
          name: "measure",
          label: "Shade by",
          options: [
            ["lift", "lift (1 is chance)"],
            ["jaccard", "Jaccard (share in common)"]
          ],
          value: "lift"
        },
        {
          kind: "choice",
          name: "unit",
          label: "Together in",
          options: [
            ["", "the same segment"],
            ["_transcripts", "the same interview"]
          ],
          value: ""
        },
        { kind: "themes", name: "themes", label: "Themes shown:", all, value: pictureFirstThemes(study, 14) }
      ],
      draw: (state, width) => {
        const lift = state.measure === "lift";
        const column = `${state.measure}${state.unit}`;
        const [low, high] = [`lift${state.unit}_low`, `lift${state.unit}_high`];
        const narrow = width < pictureNarrow;
        const themes = narrow ? state.themes.slice(0, cooccurrenceNarrow) : state.themes;
        const shown = new Set(themes);
        const columns = (
          /** @type {PictureColumn[]} */
          [
            ["theme_a", "First theme", "text"],
            ["theme_b", "Second theme", "text"],
            ["segments", "Segments with both", "count"],
            ["transcripts", "Interviews with both", "count"],
            ["jaccard", "Jaccard", "number"],
            ["lift", "Lift", "number"],
            ["lift_low", "from", "number"],
            ["lift_high", "to", "number"],
            ["jaccard_transcripts", "Jaccard, interviews", "number"],
            ["lift_transcripts", "Lift, interviews", "number"],
            ["lift_transcripts_low", "from", "number"],
            ["lift_transcripts_high", "to", "number"]
          ]
        );
        const mayBeChance = (row) => {
          const [from, to] = [numberIn(row, low), numberIn(row, high)];
          return !isNumber(from) || !isNumber(to) || from <= 1 && to >= 1;
        };
        const drawn = table.filter((row) => shown.has(row.theme_a) && shown.has(row.theme_b) && isNumber(numberIn(row, column))).map((row) => {
          const [first, second] = (order.get(row.theme_a) ?? 0) < (order.get(row.theme_b) ?? 0) ? [row.theme_a, row.theme_b] : [row.theme_b, row.theme_a];
          return { ...row, first, second, chance: lift && mayBeChance(row) };
        });
        if (!drawn.length) return { instead: "Choose two themes or more that somebody speaks of.", columns, rows: table };
        const room = Math.min(
          Math.max(...themes.map((theme) => pictureTextWidth(theme.slice(0, 100)))) + 4,
          narrow ? width * 0.34 : 240
        );
        const marginLeft = Math.ceil(room) + 16;
        const size = Math.min(44, (width - marginLeft - 16) / Math.max(1, themes.length - 1));
        const marginBottom = narrow ? 110 : Math.min(170, room + 14);
        const interval = (row) => {
          const [from, to] = [numberIn(row, low), numberIn(row, high)];
          return from === null ? "" : ` (${formatNumber(from)} to ${formatNumber(to)})`;
        };
        const lines = (row) => [
          pictureTipName(row.theme_a),
          pictureTipName(row.theme_b),
          `Lift ${formatNumber(numberIn(row, `lift${state.unit}`))}${interval(row)}, Jaccard ${formatPercent(numberIn(row, `jaccard${state.unit}`))}`,
          `${formatCounted(row.segments, "segment")} with both; both come up in ${formatCounted(row.transcripts, "interview")}`,
          ...row.chance ? ["May be chance: the interval holds 1"] : []
        ];
        const limits = lift ? cooccurrenceLifts : pictureShareClasses(d3.max(drawn, (row) => numberIn(row, column)));
        const range = lift ? [
          pictureTint("var(--series-2)", 1),
          pictureTint("var(--series-2)", 0.55),
          pictureTint("var(--ink)", 0.2),
          pictureTint("var(--series-1)", 0.4),
          pictureTint("var(--series-1)", 0.7),
          pictureTint("var(--series-1)", 1)
        ] : [0.12, 0.3, 0.5, 0.75, 1].map((part) => pictureTint("var(--series-1)", part));
        const open = (row) => row.segments ? {
          filter: { themes: [row.theme_a, row.theme_b] },
          title: `${pictureIsolated(row.theme_a)} and ${pictureIsolated(row.theme_b)}`
        } : null;
        const inset = Math.max(3, size * 0.28);
        const cell = { x: "first", y: "second", fill: column };
        const faint = drawn.filter((row) => row.chance);
        const sure = drawn.filter((row) => !row.chance);
        const nameCut = (theme) => pictureCut(theme, marginBottom - 14);
        return {
          plot: {
            width: Math.min(width, marginLeft + 16 + size * Math.max(1, themes.length - 1) + 60),
            height: size * Math.max(1, themes.length - 1) + marginBottom + 6,
            marginLeft,
            marginRight: Math.min(76, width - marginLeft - size * Math.max(1, themes.length - 1)),
            marginTop: 6,
            marginBottom,
            padding: 0.06,
            x: { type: "band", domain: themes.slice(0, -1), axis: null },
            y: { type: "band", domain: themes.slice(1), axis: null },
            color: {
              type: "threshold",
              domain: limits,
              range,
              legend: true,
              width: Math.min(320, width - 20),
              label: lift ? "Lift: times as often as chance would give" : "Segments with both, of those with either",
              tickFormat: (value) => lift ? formatNumber(value).replace(/\.?0+$/, "") : formatPercent(value)
            },
            marks: [
              Plot.axisY({
                tickSize: 0,
                label: null,
                text: (theme) => size >= 30 ? pictureLines(theme, room, 2).join("\n") : pictureCut(theme, room)
              }),
              Plot.axisX({ tickSize: 0, label: null, tickRotate: -90, text: nameCut }),
              Plot.cell(sure, { ...cell, className: "picture-cell" }),
              Plot.cell(faint, { ...cell, inset, fillOpacity: 0.5, className: "picture-faint" }),
              pictureTip(drawn, {
                x: "first",
                y: "second",
                title: (row) => lines(row).join("\n")
              })
            ]
          },
          reach: [
            { className: "picture-cell", data: sure, label: (row) => lines(row).join(", "), open },
            { className: "picture-faint", data: faint, label: (row) => lines(row).join(", "), open }
          ],
          description: `${formatCounted(drawn.length, "pair")} of ${formatCounted(themes.length, "theme")}.`,
          note: [
            lift ? `${formatCounted(sure.length, "pair")} of ${drawn.length} ${sure.length === 1 ? "differs" : "differ"} from chance, one by one; among so many pairs some do by chance.` : "",
            themes.length < state.themes.length ? `The first ${themes.length} of ${formatCounted(state.themes.length, "chosen theme")}; a wider window shows all.` : ""
          ].filter(Boolean).join(" ") || null,
          columns,
          rows: table,
          rowOpen: open
        };
      }
    });
  }

  // pictures/hierarchy.js
  function hierarchyRows(themes) {
    const named = new Set(themes.map((theme) => theme.theme));
    const rows = [{ path: "/0", name: "All themes", depth: 0, theme: null }];
    for (const [branch, kind, name] of [
      [0, "seed", "From the codebook"],
      [1, "emergent", "From the interviews"]
    ]) {
      const own = themes.filter((theme) => theme.kind === "seed" === (kind === "seed"));
      if (!own.length) continue;
      rows.push({ path: `/0/${branch}`, name, depth: 1, theme: null });
      const seen = /* @__PURE__ */ new Set();
      const add = (theme, above, depth) => {
        if (seen.has(theme.theme)) return;
        seen.add(theme.theme);
        const path = `${above}/t${theme.index}`;
        rows.push({ path, name: theme.theme, depth, theme: theme.theme, row: theme });
        for (const below of own) if (below.parent === theme.theme) add(below, path, depth + 1);
      };
      const words = [...new Set(own.map((theme) => theme.parent).filter((parent) => parent && !named.has(parent)))];
      for (const theme of own) if (!theme.parent) add(theme, `/0/${branch}`, 2);
      words.forEach((word, at) => {
        rows.push({ path: `/0/${branch}/w${at}`, name: word, depth: 2, theme: null });
        for (const theme of own) if (theme.parent === word) add(theme, `/0/${branch}/w${at}`, 3);
      });
      for (const theme of own) add(theme, `/0/${branch}`, 2);
    }
    return rows.map((row, at) => ({ ...row, at }));
  }
  function hierarchyIndented() {
    return (root) => {
      let at = 0;
      root.eachBefore((node) => {
        node.x = at;
        node.y = node.depth;
        at += 1;
      });
    };
  }
  function hierarchyPicture(study) {
    const title = "Themes within themes";
    const themes = study.table("themes");
    if (!themes.some((theme) => theme.parent))
      return pictureMissing(
        "hierarchy",
        title,
        "No theme lies within another. Give themes of the codebook a parent to see them here."
      );
    const rows = hierarchyRows(themes);
    const open = (row) => row.theme && (row.row ?? row).segments ? { filter: { theme: row.theme }, title: pictureIsolated(row.theme) } : null;
    const size = (row) => row.row ? `${formatCounted(row.row.segments, "segment")} in ${formatCounted(row.row.transcripts, "interview")}` : "";
    const lines = (row) => [
      pictureTipName(row.name),
      size(row),
      row.row?.stability !== null && row.row?.stability !== void 0 ? `Found again in ${Math.round(row.row.stability * 20)} of 20 random halves` : ""
    ].filter(Boolean);
    return pictureFrame({
      name: "hierarchy",
      title,
      read: "What stands further right is part of what it hangs from; the circle grows with the number of segments. Press a theme to read what was said.",
      draw: (_, width) => {
        const deepest = d3.max(rows, (row) => row.depth);
        const indent = width < pictureNarrow ? 18 : 30;
        const marked = rows.filter((row) => row.row);
        const most = d3.max(marked, (row) => row.row.segments) ?? 1;
        const label = (row) => {
          const count = row.row ? `  ${width < pictureNarrow ? formatCount(row.row.segments) : formatCounted(row.row.segments, "segment")}` : "";
          return `${pictureCut(row.name, width - 40 - row.depth * indent - pictureTextWidth(count))}${count}`;
        };
        const channels = { x: "depth", y: (row) => -row.at };
        return {
          plot: {
            height: rows.length * 23 + 12,
            marginLeft: 14,
            marginRight: 0,
            marginTop: 12,
            marginBottom: 8,
            axis: null,
            x: { domain: [0, deepest], range: [14, 14 + deepest * indent] },
            y: { domain: [-(rows.length - 1), 0] },
            r: { domain: [0, most], range: [0, 8] },
            marks: [
              Plot.tree(rows, {
                path: "path",
                treeLayout: hierarchyIndented,
                curve: "step-before",
                stroke: "var(--line-strong)",
                strokeOpacity: 1,
                strokeWidth: 1,
                text: null,
                dot: false,
                title: null
              }),
              Plot.dot(rows, {
                ...channels,
                r: (row) => row.row ? Math.max(row.row.segments, most / 10) : most / 30,
                fill: (row) => row.row?.kind === "seed" ? "var(--series-2)" : row.row ? "var(--series-1)" : "var(--line-strong)",
                stroke: "var(--picture-page)"
              }),
              Plot.text(rows, {
                ...channels,
                filter: (row) => !row.row,
                text: label,
                textAnchor: "start",
                dx: 13,
                fontWeight: 600,
                fill: "var(--ink)"
              }),
              Plot.text(rows, {
                ...channels,
                filter: (row) => row.row,
                text: label,
                textAnchor: "start",
                dx: 13,
                fill: "var(--ink)",
                className: "picture-words"
              }),
              pictureTip(rows, {
                ...channels,
                title: (row) => lines(row).join("\n"),
                anchor: "top-left",
                maxRadius: 12
              })
            ],
            color: { type: "identity" }
          },
          reach: [{ className: "picture-words", data: rows, label: (row) => lines(row).join(", "), open }],
          description: `${formatCounted(marked.length, "theme")} in ${deepest} levels: ${marked.filter((row) => row.row.parent).length} lie within another.`,
          columns: [
            ["theme", "Theme", "text"],
            ["kind", "Kind", "text"],
            ["parent", "Within", "text"],
            ["segments", "Segments", "count"],
            ["transcripts", "Interviews", "count"],
            ["likely_segments", "Likely", "count"],
            ["share_likely", "Share, likely labels", "share"],
            ["share_segments", "Share, all labels", "share"],
            ["stability", "Stability", "number"]
          ],
          rows: marked.map((row) => row.row),
          rowOpen: open
        };
      }
    });
  }

  // pictures/map.js
  var mapMaxKinds = 7;
  var mapSymbols = ["circle", "square", "triangle", "diamond", "star", "cross", "wye", "hexagon", "circle"];
  function mapColoured(by, theme) {
    if (by === "seed") return "theme of the codebook";
    if (theme) return "strongest theme";
    return by === "language" ? "language" : by.slice("attribute ".length);
  }
  function mapPicture(study, voices) {
    const title = "A map of what was said";
    const placed = Array.from({ length: voices.count }, (_, segment) => segment).filter(
      (segment) => voices.segments.map?.[segment]
    );
    if (placed.length < 3) return pictureMissing("map", title, "There are too few segments for a map.");
    const seeds = study.table("themes").map((theme) => theme.kind === "seed");
    const byTheme = [
      ...seeds.includes(true) ? [
        /** @type {[string, string]} */
        ["seed", "theme of the codebook"]
      ] : [],
      ["theme", "strongest theme"]
    ];
    return pictureFrame({
      name: "map",
      title,
      read: "Each mark is a segment. Near means alike: segments that say something similar lie close together. The directions and the distances between far ones mean nothing. Press a mark to read it.",
      controls: [
        {
          kind: "choice",
          name: "by",
          label: "Colour by",
          options: [
            ...byTheme,
            ...voices.attributes.map((name) => (
              /** @type {[string, string]} */
              [`attribute ${name}`, name]
            )),
            ...voices.languages.length > 1 ? [
              /** @type {[string, string]} */
              ["language", "language"]
            ] : []
          ],
          value: byTheme[0][0]
        },
        {
          kind: "choice",
          name: "highlight",
          label: "Bring out a theme",
          options: [["", "none"], ...pictureThemes(study).map((name) => (
            /** @type {[string, string]} */
            [name, name]
          ))],
          value: ""
        }
      ],
      draw: (state, width) => {
        const theme = state.by === "theme" || state.by === "seed";
        const none = state.by === "seed" ? "no theme of the codebook" : theme ? "no theme" : "not known";
        const rest = theme ? "other themes" : "others";
        const kindOf = (segment) => {
          const labels = voices.segments.labels[segment];
          if (state.by === "seed") return study.themeNames[labels.find(([index]) => seeds[index])?.[0] ?? -1] ?? null;
          if (theme) return study.themeNames[labels[0]?.[0]] ?? null;
          if (state.by === "language") return voices.language(segment) ? formatLanguage(voices.language(segment)) : null;
          return voices.value(segment, state.by.slice("attribute ".length));
        };
        const coloured = mapColoured(state.by, theme);
        const wanted = state.highlight ? study.themeIndex(state.highlight) : -1;
        const dots = placed.map((segment) => {
          const [x, y] = (
            /** @type {[number, number]} */
            voices.segments.map[segment]
          );
          return {
            segment,
            segment_id: voices.id(segment),
            x,
            y,
            kind: kindOf(segment),
            carries: wanted >= 0 && voices.segments.labels[segment].some((label2) => label2[0] === wanted)
          };
        });
        const counts = d3.rollup(
          dots.filter((dot) => dot.kind !== null),
          (some) => some.length,
          (dot) => dot.kind
        );
        const names = [...counts].sort((a, b) => b[1] - a[1] || String(a[0]).localeCompare(String(b[0]))).map(([name]) => name);
        const shown = names.slice(0, mapMaxKinds);
        const order = new Map(shown.map((name, at) => [name, at]));
        const kinds = wanted >= 0 ? [0, 8] : [
          ...shown.map((_, at) => at),
          ...names.length > shown.length ? [7] : [],
          ...dots.some((dot) => dot.kind === null) ? [8] : []
        ];
        const kind = (dot) => wanted >= 0 ? dot.carries ? 0 : 8 : dot.kind === null ? 8 : order.get(dot.kind) ?? 7;
        const words = (at) => wanted >= 0 ? at === 0 ? state.highlight : "all others" : at === 8 ? none : at === 7 ? `${rest} (${formatCount(names.length - shown.length)})` : shown[at];
        const colour = (at) => at === 8 ? "var(--picture-other)" : at === 7 ? "var(--line-strong)" : pictureColour(wanted >= 0 ? 1 : at);
        const drawn = dots.map((dot) => ({ ...dot, at: kind(dot) })).sort(
          (a, b) => Number(b.at === 8) - Number(a.at === 8) || Number(b.at === 7) - Number(a.at === 7) || a.segment - b.segment
        );
        const [back, front] = [drawn.filter((dot) => dot.at === 8), drawn.filter((dot) => dot.at !== 8)];
        const height = Math.round(Math.min(width * (width < pictureNarrow ? 1.05 : 0.62), 700));
        const label = (dot) => voices.labels(dot.segment).map((one) => one.name).filter((name, at, list) => list.indexOf(name) === at).slice(0, 4).map(pictureTipName).join(", ") || "no theme";
        const lines = (dot) => [
          voices.locator(dot.segment),
          label(dot),
          `“${pictureTipName(voices.text(dot.segment))}”`
        ];
        const r = drawn.length > 1500 ? 2.3 : drawn.length > 500 ? 3 : 3.8;
        const open = (dot) => ({
          filter: { segment: dot.segment_id },
          title: pictureIsolated(voices.locator(dot.segment))
        });
        return {
          plot: {
            height,
            margin: 8,
            axis: null,
            inset: 16,
            x: { domain: d3.extent(drawn, (dot) => dot.x) },
            y: { domain: d3.extent(drawn, (dot) => dot.y) },
            color: { type: "categorical", domain: kinds, range: kinds.map(colour) },
            symbol: {
              domain: kinds,
              range: kinds.map((at) => mapSymbols[at]),
              legend: true,
              tickFormat: (at) => pictureCut(words(at), Math.min(220, width - 60))
            },
            marks: [
              Plot.frame({ stroke: "var(--line)" }),
              Plot.dot(back, {
                x: "x",
                y: "y",
                r: r * 0.75,
                fill: "at",
                symbol: "at",
                fillOpacity: 0.85,
                className: "picture-back"
              }),
              Plot.dot(front, {
                x: "x",
                y: "y",
                r: wanted >= 0 ? r * 1.4 : r,
                fill: "at",
                symbol: "at",
                fillOpacity: 0.9,
                className: "picture-dots"
              }),
              pictureTip(drawn, {
                x: "x",
                y: "y",
                maxRadius: 24,
                title: (dot) => lines(dot).join("\n")
              })
            ]
          },
          reach: [
            { className: "picture-dots", data: front, label: (dot) => lines(dot).join(", "), open },
            { className: "picture-back", data: back, label: (dot) => lines(dot).join(", "), open }
          ],
          pointed: true,
          description: `${formatCounted(drawn.length, "segment")} by ${coloured}.`,
          note: drawn.length < voices.of.segments ? `${formatCount(drawn.length)} of ${formatCounted(voices.of.segments, "segment")} are on the map.` : null,
          columns: [
            ["segment_id", "Segment", "text"],
            ["x", "x", "number"],
            ["y", "y", "number"],
            ["kind", theme ? "Theme" : "Group", "text"]
          ],
          rows: drawn,
          rowOpen: open
        };
      }
    });
  }

  // together.js
  function togetherView(study, voices) {
    return element(
      "div",
      { class: "view" },
      element("h1", null, "Together"),
      element(
        "p",
        null,
        "Which segments sound alike, which themes come in the same segments, and which themes of the codebook lie within others."
      ),
      pictureOr(() => mapPicture(study, voices)),
      pictureOr(() => cooccurrencePicture(study)),
      pictureOr(() => hierarchyPicture(study))
    );
  }

  // main.js
  var viewTitles = {
    overview: "Overview",
    themes: "Themes",
    groups: "Groups",
    interviews: "Interviews",
    together: "Together",
    checks: "Checks",
    review: "Review"
  };
  function lazyVoices() {
    return (
      /** @type {Voices} */
      new Proxy(
        {},
        {
          get: (_, name) => (
            /** @type {any} */
            readVoices()[name]
          ),
          has: (_, name) => name in readVoices()
        }
      )
    );
  }
  function buildView(view, argument) {
    const [study, voices] = [readStudy(), lazyVoices()];
    const builders = (
      /** @type {Record<string, () => HTMLElement>} */
      {
        overview: () => overviewView(study),
        themes: () => themesView(study, voices, argument),
        groups: () => groupsView(study),
        interviews: () => interviewsView(study, voices, argument),
        together: () => togetherView(study, voices),
        checks: () => checksView(study, voices),
        review: () => reviewView(study, readVoices())
      }
    );
    try {
      return builders[view]();
    } catch (error) {
      console.warn(error);
      return element(
        "div",
        { class: "view" },
        element(
          "h1",
          null,
          /** @type {any} */
          viewTitles[view]
        ),
        element(
          "p",
          { class: "note bad" },
          "This part of the page could not be drawn. Its numbers are in the tables folder beside this file; the other parts work."
        )
      );
    }
  }
  function buildFrame(study) {
    const main = (
      /** @type {HTMLElement} */
      document.getElementById("page")
    );
    const search = (
      /** @type {HTMLInputElement} */
      element("input", {
        type: "search",
        dir: "auto",
        placeholder: "Search what people said",
        "aria-label": "Search what people said",
        "aria-keyshortcuts": "/",
        autocomplete: "off"
      })
    );
    const form = element("form", { role: "search", "aria-label": "All interviews" }, search);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (search.value.trim()) openVoices({ words: search.value.trim() });
    });
    const links = viewNames().map(
      (view) => element("li", null, element(
        "a",
        { href: `#${view}`, "data-view": view },
        /** @type {any} */
        viewTitles[view]
      ))
    );
    main.before(
      element(
        "a",
        {
          href: "#page",
          class: "skip",
          onclick: (event) => {
            event.preventDefault();
            main.focus();
            main.scrollIntoView();
          }
        },
        "Skip to the content"
      ),
      element(
        "header",
        { class: "masthead" },
        element(
          "div",
          { class: "masthead-title" },
          element("a", { href: "#overview" }, peoplesWords(study.title || "Untitled study"))
        ),
        element(
          "div",
          { class: "masthead-tools" },
          form,
          appearanceButton(),
          button("Help", openHelp, { "aria-keyshortcuts": "?" })
        )
      ),
      element("nav", { class: "parts", "aria-label": "Parts of the report" }, element("ul", null, links))
    );
    main.after(
      element(
        "footer",
        { class: "colophon" },
        element(
          "p",
          null,
          `Made by ${study.program} from ${formatCounted(study.counts.transcripts, "interview")}, encoder ${study.model}, seed ${study.seed}, run ${study.run}. This file holds what people said: keep it as you keep the interviews. It sends nothing anywhere.`
        )
      ),
      element("div", { id: "announcements", class: "unseen", role: "status", "aria-live": "polite" })
    );
    listenForKeys(() => voicesAreOpen() ? document.querySelector(".drawer [data-filter='words']") : search);
    return main;
  }
  function followRoutes(main) {
    const study = readStudy();
    const built = /* @__PURE__ */ new Map();
    const scrolled = /* @__PURE__ */ new Map();
    let shown = "";
    let clicked = false;
    document.addEventListener(
      "click",
      (event) => {
        clicked = Boolean(
          /** @type {Element} */
          event.target.closest?.("a[href^='#']")
        );
      },
      true
    );
    const show = () => {
      const { view, argument, filter } = readRoute(location.hash);
      if (isLoading() && (view !== "overview" || filter)) {
        main.replaceChildren(element("p", { class: "muted" }, "Reading what people said …"));
        shown = "";
        return;
      }
      const path = argument === null ? view : `${view}/${argument}`;
      if (path !== shown) {
        if (shown) scrolled.set(shown, scrollY);
        let node = built.get(path);
        if (!node) {
          node = buildView(view, argument);
          built.set(path, node);
          const single = [...built.keys()].filter((key) => key.includes("/") && key !== path);
          if (single.length > 8) built.delete(single[0]);
        }
        const first = !shown;
        const restored = clicked ? 0 : scrolled.get(path) ?? 0;
        shown = path;
        main.replaceChildren(node);
        document.title = view === "overview" ? study.title : `${argument ?? /** @type {any} */
        viewTitles[view]} · ${study.title}`;
        for (const link of document.querySelectorAll(".parts a")) {
          if (link.getAttribute("data-view") === view) link.setAttribute("aria-current", "page");
          else link.removeAttribute("aria-current");
        }
        if (!first) {
          main.focus({ preventScroll: true });
          scrollTo(0, restored);
        }
      }
      clicked = false;
      pictureOr(() => {
        followVoicesRoute();
        return main;
      });
    };
    if (isLoading()) whenLoaded(show);
    addEventListener("hashchange", show);
    addEventListener("popstate", show);
    show();
  }
  function startPage() {
    keptAppearance();
    try {
      followRoutes(buildFrame(readStudy()));
      whenIdle(() => readVoices());
    } catch (error) {
      console.warn(error);
      document.getElementById("page")?.append(
        element(
          "p",
          { class: "note bad" },
          "The data in this file could not be read. Was it cut off while copying? The tables folder beside it holds the same numbers."
        )
      );
    }
  }
  startPage();
})();
