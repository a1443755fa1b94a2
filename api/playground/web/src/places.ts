/** Places in a document, as GraphQL counts them: lines and columns from 1. */

export interface Place {
  line: number;
  column: number;
}
/** A text without line breaks, and the offset before which it was put. */
export interface Insertion {
  at: number;
  text: string;
}

/** Returns the document with the texts in it; their places are those before any was put in, in order. */
export function insert(document: string, insertions: Insertion[]): string {
  let done = 0;
  const parts = insertions.map(({ at, text }) => {
    const part = document.slice(done, at) + text;
    done = at;
    return part;
  });
  return parts.join("") + document.slice(done);
}

/** Returns where a place of the document with the insertions was before; the place of an insertion is where it begins. */
export function placeBefore(document: string, insertions: Insertion[], { line, column }: Place): Place {
  const start = startOf(document, line);
  const end = startOf(document, line + 1);
  let before = column;
  for (const { at, text } of insertions) {
    const first = at - start + 1;
    if (at < start || at >= end || before < first) continue;
    before = Math.max(before - text.length, first);
  }
  return { line, column: before };
}

function startOf(document: string, line: number): number {
  const breaks = document.matchAll(/\r\n|\n|\r/g);
  for (let at = 1; at < line; at += 1) {
    const next = breaks.next().value;
    if (!next) return document.length + 1;
    if (at === line - 1) return next.index + next[0].length;
  }
  return 0;
}
