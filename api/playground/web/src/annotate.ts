/**
 * Asks beside what was written, under names of our own: for the type and the id of every object that has them and for
 * the ends of links, so that any answer can be drawn; and why a change was refused, so that it is always told.
 */
import {
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type SelectionSetNode,
  TypeInfo,
  getNamedType,
  isInterfaceType,
  isObjectType,
  parse,
  visit,
  visitWithTypeInfo,
} from "graphql";
import type { Json, JsonObject } from "./json";
import { type Insertion, type Place, insert, placeBefore } from "./places";

export const TYPE = "sightlineType";
export const ID = "sightlineId";
export const FROM = "sightlineFrom";
export const TO = "sightlineTo";
export const KIND = "sightlineKind";
export const LINKS = "sightlineLinks";
export const REFUSALS = "sightlineErrors";
const OWN = new Set([TYPE, ID, FROM, TO, KIND, LINKS, REFUSALS]);
const MOST = 60;
const NODE = `${TYPE}: __typename ${ID}: id`;
export const ENDS = `${FROM}: from ${TO}: to ${KIND}: kind`;

export interface Annotated {
  document: string;
  /** Returns where something stood before, by where it stands in this document. */
  placeOf(place: Place): Place;
}

/** Returns the document with our fields in every selection that has them; unchanged when that would be too many. */
export function annotate(document: string, schema: GraphQLSchema | null | undefined): Annotated {
  const unchanged = { document, placeOf: (place: Place) => place };
  if (!schema) return unchanged;
  const insertions: Insertion[] = [];
  const info = new TypeInfo(schema);
  try {
    visit(
      parse(document),
      visitWithTypeInfo(info, {
        SelectionSet(set) {
          const fields = fieldsFor(getNamedType(info.getParentType()), set);
          // At the end, so that what stands before keeps its place; within the line, so that what follows keeps its line.
          if (fields && set.loc) insertions.push({ at: set.loc.end - 1, text: ` ${fields} ` });
        },
      }),
    );
  } catch {
    return unchanged;
  }
  if (insertions.length > MOST) return unchanged;
  insertions.sort((a, b) => a.at - b.at);
  return { document: insert(document, insertions), placeOf: (place) => placeBefore(document, insertions, place) };
}

function fieldsFor(type: ReturnType<typeof getNamedType>, set: SelectionSetNode): string | null {
  if (isInterfaceType(type)) return type.name === "Node" ? NODE : null;
  if (!isObjectType(type)) return null;
  if (type.getInterfaces().some((face) => face.name === "Node")) return NODE;
  if (hasFields(type, ["from", "to", "kind"])) return ENDS;
  const { links, errors } = type.getFields();
  if (errors && hasFields(getNamedType(errors.type), ["message", "code", "path"])) {
    return `${REFUSALS}: errors { message code path }`;
  }
  const asked = set.selections.some((one): one is FieldNode => one.kind === Kind.FIELD && one.name.value === "links");
  return links && !asked && hasFields(getNamedType(links.type), ["from", "to", "kind"]) ? `${LINKS}: links { ${ENDS} }` : null;
}

function hasFields(type: ReturnType<typeof getNamedType>, names: string[]): boolean {
  return isObjectType(type) && names.every((name) => type.getFields()[name]);
}

/** Whether a field was asked for by us alone. */
export function isOwn(name: string): boolean {
  return OWN.has(name);
}

/** Returns a copy without our fields. */
export function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !isOwn(name))
      .map(([name, inner]) => [name, plain(inner)]),
  ) as JsonObject;
}
