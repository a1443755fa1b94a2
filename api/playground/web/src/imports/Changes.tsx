/** What a file changes, or has changed: its rows, the records by kind, and what could not be used. */
import { useEffect, useRef } from "react";
import type { Records, Told } from "./upload";

const KINDS: { name: keyof Records; title: string; doc: string }[] = [
  { name: "created", title: "New", doc: "Nobody gave this record before." },
  { name: "changed", title: "Changed", doc: "The same system said something else before." },
  { name: "contradicted", title: "Contradicted", doc: "Another system says something else; both stay on record." },
  { name: "joined", title: "Joined", doc: "Known from other systems only, and the same there." },
  { name: "unchanged", title: "Unchanged", doc: "On record already." },
  { name: "removed", title: "Removed", doc: "The file has no row for it any more, and nothing depends on it." },
  { name: "kept", title: "Kept", doc: "The file has no row for it any more; other records or a review depend on it." },
];
const number = (count: number) => count.toLocaleString("en");

export function Changes({ told, onImport }: { told: Told; onImport: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [told]);
  if (told.stopped) {
    return (
      <section aria-labelledby="told">
        <h2 id="told" ref={heading} tabIndex={-1}>
          The file was not read to its end
        </h2>
        <p role="alert">{told.stopped}</p>
        <Rejects told={told} />
      </section>
    );
  }
  const used = KINDS.filter(({ name }) => told.records.some((one) => one[name]));
  return (
    <section aria-labelledby="told">
      <h2 id="told" ref={heading} tabIndex={-1}>
        {told.written ? `${told.file} is imported` : `What ${told.file} would change`}
      </h2>
      <p>
        {number(told.rows)} rows: {number(told.imported)} {told.written ? "imported" : "to import"},{" "}
        {number(told.rejected)} rejected, {number(told.repeated)} repeated
        {told.passedOver.map(({ reason, rows }) => `, ${number(rows)} left out (${reason})`)}.
      </p>
      {told.records.length > 0 && (
        <div className="im-scroll" tabIndex={0} role="region" aria-label="Records">
          <table>
            <thead>
              <tr>
                <th scope="col">Records</th>
                {used.map(({ name, title, doc }) => (
                  <th key={name} scope="col" title={doc}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {told.records.map((one) => (
                <tr key={one.label}>
                  <th scope="row">{inWords(one.label)}</th>
                  {used.map(({ name }) => (
                    <td key={name}>{number(one[name] as number)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <dl>
        {used.map(({ name, title, doc }) => (
          <div key={name}>
            <dt>{title}</dt>
            <dd>{doc}</dd>
          </div>
        ))}
      </dl>
      <Findings told={told} />
      {told.remarks.map((remark) => (
        <p key={remark}>{remark}</p>
      ))}
      {told.seen.map(({ what, times }) => (
        <p key={what}>
          {what}: {number(times)}
        </p>
      ))}
      <Rejects told={told} />
      {!told.written && told.imported > 0 && (
        <button type="button" className="im-main" onClick={onImport}>
          Import it
        </button>
      )}
    </section>
  );
}

/** Which findings would open and close, most first. */
function Findings({ told }: { told: Told }) {
  if (!told.findings.length && !told.untold.length) return null;
  return (
    <>
      <h3>Findings</h3>
      {told.findings.length > 0 && (
        <div className="im-scroll" tabIndex={0} role="region" aria-label="Findings">
          <table>
            <thead>
              <tr>
                <th scope="col">Question</th>
                <th scope="col">Would open</th>
                <th scope="col">Would close</th>
              </tr>
            </thead>
            <tbody>
              {told.findings.map(({ indicator, opening, closing }) => (
                <tr key={indicator}>
                  <th scope="row">{inWords(indicator)}</th>
                  <td>{number(opening)}</td>
                  <td>{number(closing)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {told.untold.length > 0 && <p>It cannot be told for: {told.untold.map(inWords).join(", ")}.</p>}
    </>
  );
}

/** What could not be used, as a file to download; it is made here, so that the server keeps none. */
function Rejects({ told }: { told: Told }) {
  if (!told.rejects) return null;
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", told.rejects], { type: "text/csv" }));
    link.download = "rejects.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <p>
      {told.stopped ? "The rejected rows" : `What cannot be used (${number(told.notes)})`}: a list with row, column and
      reason.{" "}
      <button type="button" onClick={save}>
        Download the list
      </button>
    </p>
  );
}

/** The name of a kind of records or of a question in plain words: `LaborViolation` is a labor violation. */
function inWords(label: string): string {
  const words = label.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
