/** What a graph is drawn from: the nodes and links of an answer, and the query for a node's neighbours. */
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isLeafType,
  isObjectType,
} from "graphql";
import { ID, TYPE } from "./annotate";
import { type Json, type JsonObject, isObject, listOf } from "./json";

export interface Vertex {
  id: string;
  type: string;
  facts: Record<string, string>;
}
export interface Line {
  from: string;
  to: string;
  name: string;
}
export interface Network {
  vertices: Map<string, Vertex>;
  lines: Map<string, Line>;
}

export const NEIGHBOURS = 25;
const NAMES = ["firstName", "lastName", "name", "street", "unit", "city", "number", "form", "event", "kind", "outcome"];
const MORE = ["scheduledOn", "releasedOn", "issuedOn", "openedOn", "attemptedOn", "reportedOn", "foundOn", "sentAt"];
const REST = ["postalCode", "status", "aNumber", "code", "relationship", "filedOn", "orderedOn", "key"];
const FACTS = [...NAMES, ...MORE, ...REST];

export function emptyNetwork(): Network {
  return { vertices: new Map(), lines: new Map() };
}

/** Collects every object with a type and an id; a nested one is linked to the one around it, by the field's name. */
export function networkOf(data: JsonObject | null): Network {
  const network = emptyNetwork();
  for (const value of Object.values(data ?? {})) collect(network, value, null, "");
  return network;
}

function collect(network: Network, value: Json, around: string | null, name: string): void {
  const list = listOf(value);
  if (list) {
    for (const item of list) collect(network, item, around, name);
    return;
  }
  if (!isObject(value)) return;
  const id = value[ID];
  const type = value[TYPE];
  if (typeof id === "string" && typeof type === "string") {
    addVertex(network, { id, type, facts: factsOf(value) });
    if (around !== null) addLine(network, { from: around, to: id, name });
    for (const [field, inner] of Object.entries(value)) collect(network, inner, id, field);
    return;
  }
  collectRow(network, value, around);
}

/** A row is no node itself: its first node stands for it, and the others are linked to that one. */
function collectRow(network: Network, row: JsonObject, around: string | null): void {
  let center = around;
  for (const [field, inner] of Object.entries(row)) {
    const single = isObject(inner) && typeof inner[ID] === "string" ? String(inner[ID]) : null;
    collect(network, inner, single === center ? null : center, field);
    center ??= single;
  }
}

export function addVertex(network: Network, vertex: Vertex): void {
  const before = network.vertices.get(vertex.id);
  network.vertices.set(vertex.id, before ? { ...before, facts: { ...before.facts, ...vertex.facts } } : vertex);
}

/** One line between two nodes is enough to see that they are linked; the first name that was met is shown. */
export function addLine(network: Network, line: Line): void {
  if (line.from === line.to) return;
  const key = [line.from, line.to].sort().join(" ");
  if (!network.lines.has(key)) network.lines.set(key, line);
}

function factsOf(object: JsonObject): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [name, value] of Object.entries(object)) {
    if (name === ID || name === TYPE || name === "id" || name === "__typename") continue;
    if (value !== null && typeof value !== "object") facts[name] = String(value);
  }
  return facts;
}

/** What stands below a node: its name, else its first facts, else its type. */
export function titleOf({ type, facts }: Vertex): string {
  const named = NAMES.filter((name) => facts[name]).slice(0, 2);
  const used = named.length ? named : [...MORE, ...REST].filter((name) => facts[name]).slice(0, 1);
  const more = used.length < 2 && named.length ? MORE.filter((name) => facts[name]).slice(0, 1) : [];
  return [...used, ...more].map((name) => facts[name]).join(" ") || type;
}

/** Returns the query for everything that is one link away from a node of the type. */
export function neighboursQuery(schema: GraphQLSchema, type: string): string | null {
  const object = schema.getType(type);
  if (!isObjectType(object)) return null;
  const links = Object.values(object.getFields()).flatMap((field) => {
    const target = linkTarget(field);
    if (!target) return [];
    const inner = selection(target.node);
    return target.many ? [`${field.name}(first: ${NEIGHBOURS}) { totalCount nodes ${inner} }`] : [`${field.name} ${inner}`];
  });
  return `query Neighbours($id: ID!) { node(id: $id) { ... on ${type} ${selection(object, links)} } }`;
}

function selection(type: GraphQLObjectType, links: string[] = []): string {
  const fields = type.getFields();
  const facts = FACTS.filter((name) => fields[name] && isLeafType(getNamedType(fields[name].type)));
  return `{ ${TYPE}: __typename ${ID}: id ${[...facts, ...links].join(" ")} }`;
}

function linkTarget(field: GraphQLField<unknown, unknown>): { node: GraphQLObjectType; many: boolean } | null {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return null;
  if (isNode(type)) return { node: type, many: false };
  const nodes = type.getFields().nodes;
  const inner = nodes && getNamedType(nodes.type);
  return inner && isObjectType(inner) && isNode(inner) ? { node: inner, many: true } : null;
}

function isNode(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some((face) => face.name === "Node");
}
