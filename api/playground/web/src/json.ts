export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The objects of a list or a connection, with what an edge adds; `null` for anything else. */
export function listOf(value: Json | undefined): Json[] | null {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return null;
  if (Array.isArray(value.nodes)) return value.nodes;
  if (Array.isArray(value.edges)) {
    return value.edges.map((edge) => {
      if (!isObject(edge)) return edge;
      const { node, cursor: _cursor, ...own } = edge;
      return isObject(node) ? { ...own, ...node } : own;
    });
  }
  return null;
}
