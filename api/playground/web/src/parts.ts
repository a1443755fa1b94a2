/** An answer's parts, each a list of rows with what is said beside it; and what was refused. */
import { ID, REFUSALS, isOwn } from "./annotate";
import { type Json, type JsonObject, isObject, listOf } from "./json";

export interface Part {
  name: string;
  /** The field of the answer that the part belongs to. */
  field: string;
  rows: Json[];
  /** How many rows there are on all pages; `null` when nobody asked. */
  total: number | null;
  /** The cursor after which the next page begins; `null` when no rows follow, or when nobody asked. */
  next: string | null;
  /** What the field says beside its lists. */
  facts: JsonObject;
}

/** Names of lists that stand for the whole field; every other list is called by its own name too. */
const MAIN = ["nodes", "edges", "rows"];

/** The root fields of an answer, each as its lists, or as one row; what is a single value comes last. */
export function partsOf(data: JsonObject | null): Part[] {
  const entries = Object.entries(data ?? {});
  const single = ([, value]: [string, Json]) => Number(value !== null && typeof value !== "object");
  return entries.sort((a, b) => single(a) - single(b)).flatMap(([field, value]) => partsOfField(field, value));
}

function partsOfField(field: string, value: Json): Part[] {
  const part = (rows: Json[]): Part => ({ name: field, field, rows, total: null, next: null, facts: {} });
  if (value === null) return [part([])];
  if (Array.isArray(value)) return [part(value)];
  if (!isObject(value)) return [part([{ [field]: value }])];
  const lists = isThing(value) ? [] : listsOf(value);
  if (!lists.length) return [part([value])];
  const paged = "nodes" in value || "edges" in value;
  const facts = Object.fromEntries(
    Object.entries(value).filter(
      ([name, inner]) => !Array.isArray(inner) && !isOwn(name) && name !== "pageInfo" && !(paged && name === "totalCount"),
    ),
  );
  return lists.map(({ name, rows }, at) => ({
    ...part(rows),
    name: MAIN.includes(name) ? field : `${field}.${name}`,
    ...(!at && paged && { total: typeof value.totalCount === "number" ? value.totalCount : null, next: nextOf(value) }),
    facts,
  }));
}

/** A record, or what became of a change, is one row whatever lists are in it. */
function isThing(value: JsonObject): boolean {
  return ID in value || refusals(value) !== null;
}

/** The lists of an object, those first that stand for it; edges beside nodes say the same. */
function listsOf(value: JsonObject): { name: string; rows: Json[] }[] {
  const rank = (name: string) => (MAIN.includes(name) ? MAIN.indexOf(name) : MAIN.length);
  const lists = Object.entries(value).flatMap(([name, list]) =>
    Array.isArray(list) && !isOwn(name) && !(name === "edges" && "nodes" in value) ? [{ name, list }] : [],
  );
  return lists
    .sort((a, b) => rank(a.name) - rank(b.name))
    .map(({ name, list }) => ({ name, rows: name === "edges" ? (listOf({ edges: list }) ?? []) : list }));
}

function nextOf({ pageInfo }: JsonObject): string | null {
  return isObject(pageInfo) && pageInfo.hasNextPage === true && typeof pageInfo.endCursor === "string"
    ? pageInfo.endCursor
    : null;
}

export interface Refused {
  /** A sentence for each reason. */
  reasons: string[];
  /** How many of the changes were refused, and how many there were. */
  count: number;
  of: number;
}

/** Returns which changes of a mutation's answer were refused. */
export function refusedOf(data: JsonObject | null): Refused {
  const changes = Object.entries(data ?? {}).flatMap(([field, value]) => {
    const errors = isObject(value) ? refusals(value) : null;
    return errors ? [errors.map((error) => `${field}: ${reasonOf(error)}`)] : [];
  });
  return { reasons: changes.flat(), count: changes.filter((reasons) => reasons.length).length, of: changes.length };
}

function refusals(value: JsonObject): JsonObject[] | null {
  const errors = value[REFUSALS] ?? value.errors;
  return Array.isArray(errors) ? errors.filter(isObject) : null;
}

function reasonOf({ message, code, path }: JsonObject): string {
  const place = Array.isArray(path) && path.length ? `at ${path.join(".")}` : "";
  const more = [code, place].filter(Boolean).join(", ");
  return typeof message === "string" ? `${message}${more ? ` (${more})` : ""}` : more || "No reason was asked for.";
}
