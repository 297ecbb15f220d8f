// @ts-check
// Addresses inside the page. What is shown stands in the hash, so that the back button works and a place can be sent
// to somebody who has the same file: `#themes/workload`, `#groups?theme=workload&attribute=country&group=Castria`.
// What follows the question mark is the filter of the drawer of quotes.

/** @import { Filter } from "./types.js" */

/** @typedef {{view: string, argument: string | null, filter: Filter | null}} Route */

/** The views, in the order of the navigation. */
export function viewNames() {
  return ["overview", "themes", "groups", "interviews", "together", "checks", "review"];
}

/**
 * Part of an address, decoded; as it stands where it is no valid code.
 * @param {string} part
 */
function routeDecoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * A filter as the part behind the question mark.
 * @param {Filter} filter
 */
export function filterToQuery(filter) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) {
    if (value === undefined || value === null || value === "" || value === false) continue;
    if (Array.isArray(value)) for (const one of value) query.append(name, String(one));
    else query.set(name, String(value));
  }
  return query.toString();
}

/**
 * @param {string} query
 * @returns {Filter}
 */
export function queryToFilter(query) {
  /** @type {any} */
  const filter = {};
  for (const [name, value] of new URLSearchParams(query)) {
    if (name === "themes" || name === "segments") (filter[name] ??= []).push(value);
    else if (name === "tenth") filter[name] = Number(value);
    else if (name === "none") filter[name] = true;
    else if (
      ["theme", "attribute", "group", "notGroup", "transcript", "kind", "segment", "language", "words"].includes(name)
    )
      filter[name] = value;
  }
  return filter;
}

/**
 * Where the hash points. An address that does not exist is the overview.
 * @param {string} hash
 * @returns {Route}
 */
export function readRoute(hash) {
  const [path, query] = hash.replace(/^#/, "").split("?", 2);
  const [view, ...rest] = path.split("/");
  const filter = query === undefined ? null : queryToFilter(query);
  if (!viewNames().includes(view)) return { view: "overview", argument: null, filter };
  return { view, argument: rest.length ? routeDecoded(rest.join("/")) || null : null, filter };
}

/**
 * A hash.
 * @param {string} view
 * @param {string | null} [argument]
 * @param {Filter | null} [filter]
 */
export function routeTo(view, argument = null, filter = null) {
  const path = argument ? `${view}/${encodeURIComponent(argument)}` : view;
  return `#${path}${filter ? `?${filterToQuery(filter)}` : ""}`;
}

/** The hash of the page as it is, without the drawer. */
export function routeHere() {
  const { view, argument } = readRoute(location.hash);
  return routeTo(view, argument);
}
