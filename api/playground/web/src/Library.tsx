/** The query library beside the editor: what each question asks and why, a form for its parameters, one click to run. */
import type { GraphiQLPlugin } from "@graphiql/react";
import { type FormEvent, useEffect, useId, useState } from "react";
import { useAsking } from "./asking";
import { type Library, type Parameter, type Question, ROWS, kindOf, loadLibrary, variablesOf } from "./questions";
import { suggestWide } from "./width";

export const LIBRARY: GraphiQLPlugin = { title: "Questions", icon: LibraryIcon, content: LibraryPanel };

function LibraryIcon() {
  return (
    <svg viewBox="0 0 24 24" height="1em" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M5 4h14v16H5zM9 8h6M9 12h6M9 16h3" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}

function LibraryPanel() {
  const [library, setLibrary] = useState<Library | null>(null);
  const [problem, setProblem] = useState("");
  const [open, setOpen] = useState<string | null>(null);
  useEffect(() => {
    loadLibrary().then(setLibrary, (error: Error) => setProblem(error.message));
  }, []);
  return (
    <section className="sl-library" aria-label="Questions">
      <h2>Questions</h2>
      {problem && <p role="alert">{problem}</p>}
      <ul>
        {library?.questions.map((question) => (
          <li key={question.name} className="sl-question" data-open={open === question.name || undefined}>
            <h3>
              <button
                type="button"
                aria-expanded={open === question.name}
                onClick={() => setOpen(open === question.name ? null : question.name)}
              >
                <span className={`sl-severity sl-${question.severity.toLowerCase()}`}>{question.severity}</span>
                {question.title}
              </button>
            </h3>
            {open === question.name && <QuestionForm question={question} most={library.maxPageSize} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

function QuestionForm({ question, most }: { question: Question; most: number }) {
  const { ready, ask } = useAsking();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    suggestWide();
    ask({
      query: question.document,
      variables: variablesOf(question, new FormData(event.currentTarget)),
      operationName: question.name[0]?.toUpperCase() + question.name.slice(1),
    });
  };
  return (
    <form onSubmit={submit} autoComplete="off" aria-label={question.title}>
      <p>{question.text}</p>
      {question.parameters.map((parameter) => (
        <Field key={parameter.name} parameter={parameter} />
      ))}
      <Field
        parameter={{
          name: "first",
          type: "Int",
          doc: `Rows to show, at most ${most}.`,
          required: true,
          default: Math.min(ROWS, most),
          minimum: 1,
          choices: [],
        }}
        most={most}
      />
      <button type="submit" className="sl-button sl-run" disabled={!ready}>
        Run
      </button>
      <p className="sl-source">
        <strong>Source.</strong> {question.source}
      </p>
      {question.rules.map((rule) => (
        <p className="sl-source" key={rule.citation + rule.inForce}>
          <strong>{rule.citation}</strong> ({rule.inForce}
          {rule.secondary && "; as others report it"}): {rule.text}
        </p>
      ))}
      {question.omits && (
        <p className="sl-source">
          <strong>Leaves out.</strong> {question.omits}
        </p>
      )}
    </form>
  );
}

function Field({ parameter, most }: { parameter: Parameter; most?: number }) {
  const id = useId();
  const { name, many } = kindOf(parameter);
  const given = parameter.default == null ? "" : String(parameter.default);
  const common = {
    id,
    name: parameter.name,
    required: parameter.required,
    "aria-describedby": `${id}-doc`,
    className: "sl-input",
    autoComplete: "off",
  };
  const choices = name === "Boolean" ? ["true", "false"] : parameter.choices.map((choice) => choice.value);
  return (
    <div className="sl-field">
      <label htmlFor={id}>{parameter.name}</label>
      {choices.length && !many ? (
        <select {...common} defaultValue={given}>
          {!parameter.required && <option value="" />}
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : name === "Date" && !many ? (
        <input {...common} type="date" defaultValue={given} />
      ) : (name === "Int" || name === "Float") && !many ? (
        <input
          {...common}
          type="number"
          step={name === "Int" ? 1 : "any"}
          min={parameter.minimum ?? undefined}
          max={most}
          defaultValue={given}
        />
      ) : (
        <input {...common} type="text" defaultValue={given} placeholder={many ? "separated by commas" : undefined} />
      )}
      <span id={`${id}-doc`} className="sl-hint">
        {parameter.doc}
        {name === "Date" && !given && !parameter.required ? " Today unless given." : ""}
      </span>
    </div>
  );
}
