/** What a spreadsheet's columns mean: what is suggested beside the first rows, and the mapping to correct. */
import { useEffect, useId, useRef } from "react";
import type { Suggestion } from "./upload";

interface Props {
  suggestion: Suggestion;
  text: string;
  disabled: boolean;
  onChange: (text: string) => void;
}

export function Mapping({ suggestion, text, disabled, onChange }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => heading.current?.focus(), [suggestion]);
  const keep = async (file: File | undefined) => {
    if (file) onChange(await file.text());
  };
  const save = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
    link.download = "mapping.yaml";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <section aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`} ref={heading} tabIndex={-1}>
        What the columns mean
      </h2>
      <p>These are guesses from the names and the values. Correct them below: an import never guesses.</p>
      <div className="im-scroll" tabIndex={0} role="region" aria-label="Columns and first rows">
        <table className="im-columns">
          <thead>
            <tr>
              <th scope="col">Column</th>
              {suggestion.columns.map(({ name }, at) => (
                <th key={at} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">Seems to be</th>
              {suggestion.columns.map(({ target, why }, at) => (
                <td key={at} title={why}>
                  {target ?? "not known"}
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">How sure</th>
              {suggestion.columns.map(({ target, sure }, at) => (
                <td key={at}>{target ? `${Math.round(sure * 100)} %` : ""}</td>
              ))}
            </tr>
            {suggestion.rows.map((row, number) => (
              <tr key={number}>
                <th scope="row">Row {number + 1}</th>
                {row.map((cell, at) => (
                  <td key={at}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <label htmlFor={id} className="im-file">
        Mapping
      </label>
      <textarea
        id={id}
        value={text}
        disabled={disabled}
        required
        rows={Math.min(30, text.split("\n").length + 2)}
        spellCheck={false}
        autoComplete="off"
        aria-describedby={`${id}-hint`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className="im-hint">
        Write after “system” whose records these are, such as HHS ORR. docs/mappings.md explains every part.
      </p>
      <p>
        <button type="button" onClick={save}>
          Save the mapping
        </button>{" "}
        <label className="im-open">
          Open a saved mapping
          <input type="file" accept=".yaml,.yml" disabled={disabled} onChange={(event) => void keep(event.target.files?.[0])} />
        </label>
      </p>
    </section>
  );
}
