/**
 * Asks for the type and the id of every object that has them, under names of our own, so that any answer can be
 * drawn as a graph; and takes both out again of what is shown.
 */
import {
  type GraphQLSchema,
  TypeInfo,
  getNamedType,
  isInterfaceType,
  isObjectType,
  parse,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Json, JsonObject } from "./json";

export const TYPE = "sightlineType";
export const ID = "sightlineId";
const MOST = 60;

/** Returns the document with the two fields in every selection on a node; unchanged when that would be too many. */
export function annotate(document: string, schema: GraphQLSchema | null | undefined): string {
  if (!schema) return document;
  const places: number[] = [];
  const info = new TypeInfo(schema);
  try {
    visit(
      parse(document),
      visitWithTypeInfo(info, {
        SelectionSet(set) {
          const type = getNamedType(info.getParentType());
          const isNode =
            (isObjectType(type) && type.getInterfaces().some((face) => face.name === "Node")) ||
            (isInterfaceType(type) && type.name === "Node");
          if (isNode && set.loc) places.push(set.loc.end - 1);
        },
      }),
    );
  } catch {
    return document;
  }
  if (places.length > MOST) return document;
  // From the end, so that earlier places stay where they are; within the line, so that errors keep theirs.
  return places
    .sort((a, b) => b - a)
    .reduce((text, at) => `${text.slice(0, at)} ${TYPE}: __typename ${ID}: id ${text.slice(at)}`, document);
}

/** Returns a copy without the two fields. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => name !== TYPE && name !== ID)
      .map(([name, inner]) => [name, plain(inner)]),
  ) as JsonObject;
}
