/** Rows of an answer as columns and cells, in what order, and as CSV. */
import { ID, TYPE, plain } from "./annotate";
import { type Json, type JsonObject, isObject, listOf } from "./json";

export type Cell = Json | { list: Json[]; total: number | null };
export type Row = Map<string, Cell>;

export function isFolded(cell: Cell | undefined): cell is { list: Json[]; total: number | null } {
  return typeof cell === "object" && cell !== null && "list" in cell;
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
    if (name === ID || name === TYPE || name === "pageInfo" || name === "__typename") continue;
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

/** Writes CSV (RFC 4180); a text that a spreadsheet would take for a formula gets an apostrophe in front. */
export function csvOf(columns: string[], rows: Row[]): string {
  const lines = [columns.map(field), ...rows.map((row) => columns.map((column) => field(row.get(column))))];
  return lines.map((line) => line.join(",") + "\r\n").join("");
}

function field(cell: Cell | undefined): string {
  if (typeof cell === "number") return String(cell);
  let text = isFolded(cell) ? JSON.stringify(plain(cell.list)) : textOf(cell);
  if (/^[\s]*[=+\-@\t\r]/.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
