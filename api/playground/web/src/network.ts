/** What a graph is drawn from: the nodes and links of an answer, and the query for what is around a node. */
import { type GraphQLObjectType, type GraphQLSchema, getNamedType, isLeafType, isObjectType } from "graphql";
import { ENDS, FROM, ID, KIND, TO, TYPE, isOwn } from "./annotate";
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

const NAMES = ["firstName", "lastName", "name", "street", "unit", "city", "number", "form", "event", "kind", "outcome"];
const MORE = ["scheduledOn", "releasedOn", "issuedOn", "openedOn", "attemptedOn", "reportedOn", "foundOn", "sentAt"];
const REST = ["postalCode", "status", "aNumber", "code", "relationship", "filedOn", "orderedOn", "key"];
const FACTS = [...NAMES, ...MORE, ...REST];
/** What a query of ours puts before the name of a fact. */
const ALIAS = /^[A-Z][A-Za-z]*__/;

export function emptyNetwork(): Network {
  return { vertices: new Map(), lines: new Map() };
}

/** Collects every object with a type and an id; a nested one is linked to the one around it, by the field's name. */
export function networkOf(data: JsonObject | null): Network {
  const network = emptyNetwork();
  const links: Line[] = [];
  for (const value of Object.values(data ?? {})) collect({ network, links }, value, null, "");
  for (const link of links) addLine(network, link);
  return network;
}

interface Collected {
  network: Network;
  /** Links that the answer lists, which may come before the nodes that they join. */
  links: Line[];
}

function collect(into: Collected, value: Json, around: string | null, name: string): void {
  const list = listOf(value);
  for (const item of list ?? []) collect(into, item, around, name);
  if (!isObject(value)) return;
  const link = linkOf(value);
  if (link) into.links.push(link);
  if (list) {
    // What stands beside the nodes of a list, such as the links between them.
    for (const beside of Object.values(value)) if (Array.isArray(beside) && beside !== list) collect(into, beside, null, "");
  } else {
    const { [ID]: id, [TYPE]: type } = value;
    if (typeof id !== "string" || typeof type !== "string") return collectRow(into, value, around);
    addVertex(into.network, { id, type, facts: factsOf(value) });
    if (around !== null) addLine(into.network, { from: around, to: id, name });
    for (const [field, inner] of Object.entries(value)) collect(into, inner, id, field);
  }
}

function linkOf(value: JsonObject): Line | null {
  const [from, to, kind] = [value[FROM] ?? value.from, value[TO] ?? value.to, value[KIND] ?? value.kind];
  return typeof from === "string" && typeof to === "string" ? { from, to, name: typeof kind === "string" ? kind : "" } : null;
}

/** A row is no node itself: its first node stands for it, and the others are linked to that one. */
function collectRow(into: Collected, row: JsonObject, around: string | null): void {
  let center = around;
  for (const [field, inner] of Object.entries(row)) {
    const single = isObject(inner) && typeof inner[ID] === "string" ? String(inner[ID]) : null;
    collect(into, inner, single === center ? null : center, field);
    center ??= single;
  }
}

export function addVertex(network: Network, vertex: Vertex): void {
  const before = network.vertices.get(vertex.id);
  network.vertices.set(vertex.id, before ? { ...before, facts: { ...before.facts, ...vertex.facts } } : vertex);
}

/** One line between two nodes is enough to see that they are linked; the first name that was met is shown. */
export function addLine(network: Network, line: Line): void {
  if (line.from === line.to || !network.vertices.has(line.from) || !network.vertices.has(line.to)) return;
  const key = [line.from, line.to].sort().join(" ");
  if (!network.lines.has(key)) network.lines.set(key, line);
}

function factsOf(object: JsonObject): Record<string, string> {
  const facts: Record<string, string> = {};
  for (const [name, value] of Object.entries(object)) {
    if (isOwn(name) || name === "id" || name === "__typename") continue;
    if (value !== null && typeof value !== "object") facts[name.replace(ALIAS, "")] = String(value);
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

/** Returns the query for what is one link away from a node of the type, and the links between all of these. */
export function neighborhoodQuery(schema: GraphQLSchema, type: string): string | null {
  const object = schema.getType(type);
  if (!isObjectType(object)) return null;
  const facts = [...typesAround(object)].map((near) => `... on ${near.name} { ${factsSelected(near)} }`);
  return `query Neighborhood($id: ID!, $first: Int!) {
    neighborhood(id: $id, depth: 1, first: $first, includeHubs: true) {
      truncated
      nodes { node { ${TYPE}: __typename ${ID}: id ${facts.join(" ")} } }
      links { ${ENDS} }
    }
  }`;
}

/** The type and those that its fields lead to; asking for the facts of every type would take the database long to plan. */
function typesAround(object: GraphQLObjectType): Set<GraphQLObjectType> {
  const types = new Set([object]);
  for (const field of Object.values(object.getFields())) {
    const type = getNamedType(field.type);
    const nodes = isObjectType(type) ? type.getFields().nodes : undefined;
    const near = nodes ? getNamedType(nodes.type) : type;
    if (isObjectType(near) && near.getInterfaces().some((face) => face.name === "Node")) types.add(near);
  }
  return types;
}

/** Fields of one name may differ between types, so each has its type in its name. */
function factsSelected(type: GraphQLObjectType): string {
  const fields = type.getFields();
  return FACTS.filter((name) => fields[name] && isLeafType(getNamedType(fields[name].type)))
    .map((name) => `${type.name}__${name}: ${name}`)
    .join(" ");
}
