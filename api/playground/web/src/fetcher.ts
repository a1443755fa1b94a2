/** Sends operations to the API of this origin, and can be stopped. */
import type { Fetcher, FetcherParams, FetcherOpts } from "@graphiql/toolkit";
import type { GraphQLSchema } from "graphql";
import { annotate, plain } from "./annotate";
import type { Json, JsonObject } from "./json";
import { report } from "./outcome";

export interface Answer {
  data?: JsonObject | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Sends one operation; what goes wrong on the way becomes an answer with an error. */
export async function send(
  body: { query: string; variables?: unknown; operationName?: string | null },
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

/** Returns GraphiQL's fetcher; `schema` gives the schema once it is known. */
export function makeFetcher(schema: () => GraphQLSchema | null | undefined): Fetcher {
  return (params: FetcherParams, options?: FetcherOpts) => {
    const stop = new AbortController();
    if (params.operationName === "IntrospectionQuery") return send(params, stop.signal) as never;
    return {
      subscribe(observer: { next(value: unknown): void; error(error: unknown): void; complete(): void }) {
        const started = performance.now();
        const elapsed = () => performance.now() - started;
        report({ state: "running", data: null, errors: [], milliseconds: 0 });
        ask(params, schema(), stop.signal, options?.headers).then(
          (answer) => {
            const errors = (answer.errors ?? []).map((error) => error.message);
            report({
              state: answer.data ? "done" : "failed",
              data: answer.data ?? null,
              errors,
              milliseconds: elapsed(),
            });
            observer.next(plain(answer as unknown as Json));
            observer.complete();
          },
          (error: unknown) => {
            if (stop.signal.aborted) return;
            const message = "The server did not answer; is it still running?";
            report({ state: "failed", errors: [message], milliseconds: elapsed() });
            observer.error(error instanceof TypeError ? { message } : error);
          },
        );
        return {
          unsubscribe() {
            if (stop.signal.aborted) return;
            stop.abort();
            report({ state: "cancelled", milliseconds: elapsed() });
          },
        };
      },
    } as never;
  };
}

/** Asks with types and ids; as it was written when that is more than the server's limits allow. */
async function ask(
  params: FetcherParams,
  schema: GraphQLSchema | null | undefined,
  signal: AbortSignal,
  headers?: Record<string, string>,
): Promise<Answer> {
  const annotated = annotate(params.query, schema);
  const answer = await send({ ...params, query: annotated }, signal, headers);
  const tooLarge = answer.errors?.some((error) => error.extensions?.code === "COST_LIMIT_EXCEEDED");
  return tooLarge && annotated !== params.query ? send(params, signal, headers) : answer;
}
