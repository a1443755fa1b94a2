/** Uploads: a file is sent to the server, which tells what importing it changes, or imports it. */

export interface Records {
  label: string;
  created: number;
  changed: number;
  contradicted: number;
  joined: number;
  unchanged: number;
  removed: number;
  kept: number;
}
export interface Told {
  file: string;
  /** Whether the records were written; otherwise they would be. */
  written: boolean;
  rows: number;
  imported: number;
  repeated: number;
  rejected: number;
  /** How many lines the rejects file has. */
  notes: number;
  passedOver: { reason: string; rows: number }[];
  seen: { what: string; times: number }[];
  records: Records[];
  /** How many findings of an indicator would open and close. */
  findings: { indicator: string; opening: number; closing: number }[];
  /** The indicators of whose findings that cannot be told. */
  untold: string[];
  remarks: string[];
  /** Why the import ended early; `null` when it did not. */
  stopped: string | null;
  /** The first lines of the rejects file. */
  rejects: string;
}
/** A first mapping for a spreadsheet, with what each column seems to be, and its first rows. */
export interface Suggestion {
  mapping: string;
  columns: { name: string; target: string | null; sure: number; why: string }[];
  rows: string[][];
}
/** A kind of files, by the name of its importer. */
export interface Kind {
  name: string;
  title: string;
  hint: string;
  endings: string;
}

export const SPREADSHEET = "spreadsheet";
export const KINDS: Kind[] = [
  {
    name: SPREADSHEET,
    title: "An office's spreadsheet or e-mail",
    hint: "A workbook, a CSV file, or an e-mail with one. A mapping says what its columns mean; a first one is suggested.",
    endings: ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.eml,.msg,.mbox",
  },
  {
    name: "hhs-releases",
    title: "Releases of children to sponsors",
    hint: "The file that HHS gave under FOIA: a CSV file, or its zip archive.",
    endings: ".csv,.zip,.gz",
  },
  {
    name: "whd",
    title: "Employers cited for child labor",
    hint: "The Labor Department's compliance actions: a CSV file, or its zip archive.",
    endings: ".csv,.zip,.gz",
  },
  {
    name: "eoir",
    title: "The immigration courts' cases",
    hint: "The courts' public dump, as a zip archive. A whole dump is too large for a browser: use the command line.",
    endings: ".zip",
  },
];

/** Sends a file; with `write`, what it says is written to the graph. Throws an `Error` whose text is for people. */
export async function upload(
  kind: Kind,
  file: File,
  mapping: string | null,
  write: boolean,
  signal: AbortSignal,
): Promise<Told> {
  const form = new FormData();
  form.set("file", file);
  form.set("write", String(write));
  if (mapping !== null) form.set("mapping", mapping);
  return (await send(kind, form, signal)) as Told;
}

/** Asks for a first mapping of a spreadsheet. */
export async function suggest(kind: Kind, file: File, signal: AbortSignal): Promise<Suggestion> {
  const form = new FormData();
  form.set("file", file);
  return ((await send(kind, form, signal)) as { suggestion: Suggestion }).suggestion;
}

async function send(kind: Kind, form: FormData, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(`/import/${kind.name}`, { method: "POST", body: form, signal }).catch((error: unknown) => {
    if (signal.aborted) throw error;
    throw new Error("The server was not reached, or the file changed. Choose the file again.");
  });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw new Error(messageOf(answer));
  return answer;
}

function messageOf(answer: unknown): string {
  const errors = (answer as { errors?: { message?: string }[] } | null)?.errors;
  return errors?.[0]?.message ?? "The server gave no answer that can be read. Try again.";
}
