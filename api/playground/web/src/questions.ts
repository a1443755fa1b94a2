/** The query library, as the server tells it. */

export interface Parameter {
  name: string;
  type: string;
  doc: string;
  required: boolean;
  default: unknown;
  minimum: number | null;
  choices: { value: string; doc: string }[];
}
export interface Question {
  name: string;
  title: string;
  text: string;
  source: string;
  rules: { citation: string; text: string; inForce: string; secondary: boolean }[];
  /** What the answer leaves out, and why. */
  omits: string;
  severity: "HIGH" | "MEDIUM" | "LOW";
  parameters: Parameter[];
  columns: { name: string; type: string; doc: string }[];
  document: string;
  /** The operation that counts what the answer leaves out because it is about people who have turned 18. */
  leftOut: string | null;
}
export interface Library {
  questions: Question[];
  maxPageSize: number;
  /** The name of whoever is signed in, as it stands beside what they review. */
  reviewer: string;
}

export const ROWS = 25;

let library: Promise<Library> | null = null;

/** Returns the library, which is asked for once unless that fails. */
export function loadLibrary(): Promise<Library> {
  library ??= fetchLibrary();
  library.catch(() => {
    library = null;
  });
  return library;
}

async function fetchLibrary(): Promise<Library> {
  const response = await fetch("/playground/questions.json", { credentials: "same-origin" });
  if (!response.ok) throw new Error("The questions cannot be loaded; load this page again.");
  return (await response.json()) as Library;
}

export function kindOf(parameter: Parameter): { name: string; many: boolean } {
  const name = parameter.type.replaceAll(/[[\]!]/g, "");
  return { name, many: parameter.type.startsWith("[") };
}

/** Returns the variables that a filled form gives; what is left empty is not sent, so that its default counts. */
export function variablesOf(question: Question, form: FormData): Record<string, unknown> {
  const variables: Record<string, unknown> = {};
  for (const parameter of question.parameters) {
    const { name, many } = kindOf(parameter);
    const text = String(form.get(parameter.name) ?? "").trim();
    if (!text) continue;
    const parts = many ? text.split(",").map((part) => part.trim()) : [text];
    const values = parts.filter(Boolean).map((part) => valueOf(name, part));
    variables[parameter.name] = many ? values : values[0];
  }
  variables.first = Number(form.get("first") || ROWS);
  return variables;
}

/** What is no number stays as it was written, so that the server says what it wants. */
function valueOf(type: string, text: string): unknown {
  if (type === "Int" || type === "Float") return Number.isNaN(Number(text)) ? text : Number(text);
  if (type === "Boolean") return text === "true";
  return text;
}
