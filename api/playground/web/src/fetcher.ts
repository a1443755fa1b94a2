/** Sends operations to the API of this origin, and can be stopped. */
import type { Fetcher, FetcherParams, FetcherOpts } from "@graphiql/toolkit";
import { type GraphQLSchema, type IntrospectionQuery, Kind, buildClientSchema, parse } from "graphql";
import { annotate, plain } from "./annotate";
import type { Json, JsonObject } from "./json";
import { type Asked, begin, report, shownTab, takePatience } from "./outcome";
import { refusedOf } from "./parts";
import type { Place } from "./places";

export interface Answer {
  data?: JsonObject | null;
  errors?: { message: string; locations?: Place[]; extensions?: { code?: string; expectedSeconds?: number } }[];
}

/** What is expected to take longer than this is only run when its asker says so again. */
const MOST_SECONDS = 10;

/** Sends one operation; what goes wrong on the way becomes an answer with an error. */
export async function send(
  body: { query: string; variables?: unknown; operationName?: string | null; extensions?: { mostSeconds: number } },
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch("/graphql", {
    method: "POST",
    headers: { ...headers, accept: "application/graphql-response+json", "content-type": "application/json" },
    body: JSON.stringify(body),
    credentials: "same-origin",
    cache: "no-store",
    signal,
  });
  if (response.status === 401) {
    return { errors: [{ message: "You are signed out. Load this page again to see how to sign in." }] };
  }
  return (await response.json()) as Answer;
}

/** Returns GraphiQL's fetcher. What is asked before the schema is known waits for it, as types and ids need it. */
export function makeFetcher(): Fetcher {
  let schema: Promise<GraphQLSchema | null> = Promise.resolve(null);
  return (params: FetcherParams, options?: FetcherOpts) => {
    const stop = new AbortController();
    if (params.operationName === "IntrospectionQuery") {
      const answer = send(params, stop.signal);
      schema = answer.then(
        ({ data }) => (data ? buildClientSchema(data as unknown as IntrospectionQuery) : null),
        () => null,
      );
      return answer as never;
    }
    const tab = shownTab();
    const asked = askedOf(params);
    const extensions = takePatience(tab) ? undefined : { mostSeconds: MOST_SECONDS };
    const started = performance.now();
    const elapsed = () => performance.now() - started;
    begin(tab, asked);
    return {
      subscribe(observer: { next(value: unknown): void; error(error: unknown): void; complete(): void }) {
        ask({ ...asked, extensions }, schema, stop.signal, options?.headers).then(
          (answer) => {
            if (stop.signal.aborted) return;
            const data = answer.data ?? null;
            const errors = (answer.errors ?? []).map(sentenceOf);
            const expected = answer.errors?.[0]?.extensions?.expectedSeconds ?? null;
            const state = expected !== null ? "waiting" : data ? "done" : "failed";
            report(tab, { state, data, errors, refused: refusedOf(data), milliseconds: elapsed(), expected });
            observer.next(plain(answer as unknown as Json));
            observer.complete();
          },
          (error: unknown) => {
            if (stop.signal.aborted) return;
            const message = "The server did not answer; is it still running?";
            report(tab, { state: "failed", errors: [message], milliseconds: elapsed() });
            observer.error(error instanceof TypeError ? { message } : error);
          },
        );
        return {
          unsubscribe() {
            if (stop.signal.aborted) return;
            stop.abort();
            report(tab, { state: "cancelled", milliseconds: elapsed() });
          },
        };
      },
    } as never;
  };
}

/** The operation's name is that of the document when it has one alone: GraphiQL's may still be that of the one before. */
function askedOf({ query, variables, operationName }: FetcherParams): Asked {
  const asked = { query, variables: (variables ?? {}) as Record<string, unknown>, operationName: operationName ?? null };
  try {
    const operations = parse(query).definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
    return operations.length === 1 ? { ...asked, operationName: operations[0]?.name?.value ?? null } : asked;
  } catch {
    return asked;
  }
}

/** What went wrong, and where in the document. */
function sentenceOf({ message, locations }: NonNullable<Answer["errors"]>[number]): string {
  const places = (locations ?? []).map(({ line, column }) => `line ${line}, column ${column}`);
  return places.length ? `${message} (${places.join("; ")})` : message;
}

/** Asks with types and ids; as it was written when that is more than the server's limits allow. */
async function ask(
  asked: Asked & { extensions: { mostSeconds: number } | undefined },
  schema: Promise<GraphQLSchema | null>,
  signal: AbortSignal,
  headers?: Record<string, string>,
): Promise<Answer> {
  const { document, placeOf } = annotate(asked.query, await schema);
  const answer = await send({ ...asked, query: document }, signal, headers);
  const tooLarge = answer.errors?.some((error) => error.extensions?.code === "COST_LIMIT_EXCEEDED");
  if (tooLarge && document !== asked.query) return send(asked, signal, headers);
  const errors = answer.errors?.map((error) => (error.locations ? { ...error, locations: error.locations.map(placeOf) } : error));
  return errors ? { ...answer, errors } : answer;
}
