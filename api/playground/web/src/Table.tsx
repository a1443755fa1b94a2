/** An answer's rows as a table: sorted by a click on a column, filtered as one types, lists unfolded on demand. */
import { useMemo, useState } from "react";
import type { Json } from "./json";
import { type Cell, type Row, columnsOf, csvOf, isFolded, rowOf, shortText, shownColumns, sorted, textOf } from "./table";

export function Table({ name, values }: { name: string; values: Json[] }) {
  const [filter, setFilter] = useState("");
  const [order, setOrder] = useState<{ column: string; descending: boolean } | null>(null);
  const rows = useMemo(() => values.map(rowOf), [values]);
  const all = useMemo(() => columnsOf(rows), [rows]);
  const columns = shownColumns(all);
  const shown = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const fitting = rows.filter((row) => {
      const text = [...row.values()].map(textOf).join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    return order ? sorted(fitting, order.column, order.descending) : fitting;
  }, [rows, filter, order]);
  const sort = (column: string) =>
    setOrder((before) =>
      before?.column !== column ? { column, descending: false } : before.descending ? null : { column, descending: true },
    );
  return (
    <div className="sl-table">
      <div className="sl-tools">
        <input
          type="search"
          className="sl-input"
          aria-label="Filter rows"
          placeholder="Filter rows"
          autoComplete="off"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
        <span className="sl-hint">{filter ? `${shown.length} of ${rows.length}` : ""}</span>
        <button type="button" className="sl-button" onClick={() => download(`${name}.csv`, csvOf(all, shown))}>
          Download CSV
        </button>
      </div>
      <div className="sl-scroll" tabIndex={0} role="region" aria-label={`Rows of ${name}`}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column}
                  scope="col"
                  aria-sort={direction(order, column)}
                  className={rows.some((row) => typeof row.get(column) === "number") ? "sl-number" : undefined}
                >
                  <button type="button" title={column} onClick={() => sort(column)}>
                    {column}
                    <span aria-hidden="true" className="sl-arrow">
                      {order?.column === column ? (order.descending ? "▼" : "▲") : ""}
                    </span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row, index) => (
              <TableRow key={index} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function TableRow({ row, columns }: { row: Row; columns: string[] }) {
  return (
    <tr>
      {columns.map((column) => {
        const cell = row.get(column);
        return (
          <td key={column} className={typeof cell === "number" ? "sl-number" : undefined}>
            {isFolded(cell) ? <Folded name={column} list={cell.list} total={cell.total} /> : <Value cell={cell} />}
          </td>
        );
      })}
    </tr>
  );
}

export function Value({ cell }: { cell: Cell | undefined }) {
  if (cell === null || cell === undefined) return <span className="sl-unknown">unknown</span>;
  if (typeof cell === "boolean") return <>{cell ? "yes" : "no"}</>;
  return <>{textOf(cell)}</>;
}

function Folded({ name, list, total }: { name: string; list: Json[]; total: number | null }) {
  const [open, setOpen] = useState(false);
  const count = total !== null && total > list.length ? `${list.length} of ${total}` : `${list.length}`;
  if (!list.length) return <span className="sl-unknown">none</span>;
  const short = shortText({ list, total });
  if (short !== null) return <>{short}</>;
  const rows = open ? list.map(rowOf) : [];
  const columns = shownColumns(columnsOf(rows));
  return (
    <>
      <button
        type="button"
        className="sl-fold"
        aria-expanded={open}
        aria-label={`${name}: ${count}`}
        onClick={() => setOpen(!open)}
      >
        <span aria-hidden="true">{open ? "▾" : "▸"}</span> {count}
      </button>
      {open && (
        <table className="sl-inner">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <TableRow key={index} row={row} columns={columns} />
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

function direction(order: { column: string; descending: boolean } | null, column: string) {
  if (order?.column !== column) return "none" as const;
  return order.descending ? ("descending" as const) : ("ascending" as const);
}

function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
