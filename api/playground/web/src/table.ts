/** Rows of an answer as columns and cells, in what order, and as CSV. */
import { isOwn, plain } from "./annotate";
import { type Json, type JsonObject, isObject, listOf } from "./json";

export type Cell = Json | { list: Json[]; total: number | null };
export type Row = Map<string, Cell>;

export function isFolded(cell: Cell | undefined): cell is { list: Json[]; total: number | null } {
  return typeof cell === "object" && cell !== null && "list" in cell;
}

const FEW = 5;

/** Returns the text of a short list whose items have one value each, which needs no unfolding; else `null`. */
export function shortText({ list, total }: { list: Json[]; total: number | null }): string | null {
  if (!list.length || list.length > FEW || (total ?? 0) > list.length) return null;
  const rows = list.map(rowOf);
  const columns = shownColumns(columnsOf(rows));
  const [column] = columns;
  if (column === undefined || columns.length > 1 || rows.some((row) => isFolded(row.get(column)))) return null;
  return rows.map((row) => textOf(row.get(column)) || "unknown").join("; ");
}

/** Flattens objects into `sponsor.lastName`; lists and connections stay one cell, to be unfolded. */
export function rowOf(value: Json): Row {
  const row: Row = new Map();
  if (isObject(value)) flatten(value, "", row);
  else row.set("value", value);
  return row;
}

function flatten(object: JsonObject, prefix: string, row: Row): void {
  for (const [name, value] of Object.entries(object)) {
    if (isOwn(name)) continue;
    const list = listOf(value);
    if (list) {
      const total = isObject(value) && typeof value.totalCount === "number" ? value.totalCount : null;
      row.set(prefix + name, { list, total });
    } else if (isObject(value)) flatten(value, `${prefix}${name}.`, row);
    else row.set(prefix + name, value);
  }
}

/** The columns that people read; ids are for programs, and stay in the CSV file. */
export function shownColumns(columns: string[]): string[] {
  const read = columns.filter((column) => column !== "id" && !column.endsWith(".id"));
  return read.length ? read : columns;
}

/** Every column, in the order in which the rows bring them; a column that has values below it when known gives way. */
export function columnsOf(rows: Row[]): string[] {
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  return [...names].filter(
    (name) => ![...names].some((other) => other.startsWith(`${name}.`)) || rows.some((row) => row.get(name) != null),
  );
}

export function textOf(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return "";
  if (isFolded(cell)) return cell.list.map((item) => textOf(item)).join("; ");
  if (Array.isArray(cell)) return cell.map((item) => textOf(item)).join("; ");
  if (isObject(cell)) return [...rowOf(cell).values()].map(textOf).filter(Boolean).join(" ");
  return String(cell);
}

/** Sorts by one column; what is unknown comes last either way. */
export function sorted(rows: Row[], column: string, descending: boolean): Row[] {
  const key = (row: Row): number | string | null => {
    const cell = row.get(column);
    if (isFolded(cell)) return cell.total ?? cell.list.length;
    if (cell === undefined || cell === null) return null;
    return typeof cell === "number" ? cell : textOf(cell);
  };
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return Number(a.key === null) - Number(b.key === null);
      const order =
        typeof a.key === "number" && typeof b.key === "number"
          ? a.key - b.key
          : String(a.key).localeCompare(String(b.key), undefined, { numeric: true });
      return descending ? -order : order;
    })
    .map(({ row }) => row);
}

/** Writes CSV (RFC 4180) by the rule of the server's own files, which queries/export/cells.py has. */
export function csvOf(columns: string[], rows: Row[]): string {
  const lines = [columns.map(field), ...rows.map((row) => columns.map((column) => field(row.get(column))))];
  return lines.map((line) => line.join(",") + "\r\n").join("");
}

function field(cell: Cell | undefined): string {
  if (typeof cell === "number") return String(cell);
  let text = isFolded(cell) ? JSON.stringify(plain(cell.list)) : textOf(cell);
  if (startsFormula(text)) text = `'${text}`;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const QUOTED = /[",;|\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;
const BREAK = /^[\t\n\v\f\r\x85\u2028\u2029]/;
const UNSEEN = /^[\p{Z}\p{C}\p{M}\u115f\u1160\u3164\uffa0]+/u;

/** Whether a spreadsheet could take a text for a formula: a sign in any width comes first, but for what nobody sees. */
function startsFormula(text: string): boolean {
  if (BREAK.test(text)) return true;
  const [first] = text.replace(UNSEEN, "");
  return first !== undefined && /^[=+\-@]/.test(first.normalize("NFKC"));
}
