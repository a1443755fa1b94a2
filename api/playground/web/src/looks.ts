/** How the graph's nodes look: each type of the schema has a colour of its own, and a shape, as colour is not for all. */
import type { StylesheetJson } from "cytoscape";
import { type GraphQLSchema, isInterfaceType } from "graphql";
import { type Colour, INK, PAPER, type Theme, paletteOf } from "./palette";

export interface Look {
  colour: Colour;
  /** Corners, from -1 to 1 each way; none make a circle. */
  corners: readonly number[];
}
export type Looks = ReadonlyMap<string, Look>;

const SHAPES: readonly (readonly number[])[] = [
  [],
  [0, -1, 1, 0, 0, 1, -1, 0],
  [-0.85, -0.85, 0.85, -0.85, 0.85, 0.85, -0.85, 0.85],
  [0, -1, 1, 0.85, -1, 0.85],
  [-0.5, -0.9, 0.5, -0.9, 1, 0, 0.5, 0.9, -0.5, 0.9, -1, 0],
  [0, -1, 0.3, -0.35, 1, -0.3, 0.45, 0.2, 0.65, 0.95, 0, 0.5, -0.65, 0.95, -0.45, 0.2, -1, -0.3, -0.3, -0.35],
  [-1, -0.85, 1, -0.85, 0, 1],
  [-0.35, -1, 0.35, -1, 0.35, -0.35, 1, -0.35, 1, 0.35, 0.35, 0.35, 0.35, 1, -0.35, 1, -0.35, 0.35, -1, 0.35, -1, -0.35, -0.35, -0.35],
  [0, -1, 1, -0.25, 0.65, 0.9, -0.65, 0.9, -1, -0.25],
];
const STRANGE: Look = { colour: { light: "#6b7078", dark: "#a3a9b3" }, corners: [] };

/** Gives every type of node that the schema has its look. */
export function looksOf(schema: GraphQLSchema | null | undefined): Looks {
  const node = schema?.getType("Node");
  const types = schema && isInterfaceType(node) ? schema.getPossibleTypes(node) : [];
  const picks = paletteOf(types.length, SHAPES.length);
  return new Map(
    picks.map(({ colour, shape }, at) => [types[at]?.name ?? "", { colour, corners: SHAPES[shape] ?? [] }]),
  );
}

export function lookOf(looks: Looks, type: string): Look {
  return looks.get(type) ?? STRANGE;
}

/** The look as CSS, for the legend. */
export function swatchOf({ colour, corners }: Look, theme: Theme): { background: string; clipPath: string } {
  const points = pairs(corners).map(([x, y]) => `${50 + 50 * x}% ${50 + 50 * y}%`);
  return { background: colour[theme], clipPath: points.length ? `polygon(${points.join(", ")})` : "circle()" };
}

function pairs(numbers: readonly number[]): [number, number][] {
  return numbers.flatMap((x, at) => (at % 2 ? [] : [[x, numbers[at + 1] ?? 0] as [number, number]]));
}

export function styleOf(theme: Theme, looks: Looks): StylesheetJson {
  const ink = INK[theme];
  const paper = PAPER[theme];
  const line = theme === "dark" ? "#566071" : "#b4bcc8";
  const types = [...looks].map(([type, { colour, corners }]) => ({
    selector: `node[type = "${type}"]`,
    style: {
      "background-color": colour[theme],
      ...(corners.length && { shape: "polygon", "shape-polygon-points": corners.join(" ") }),
    },
  }));
  return [
    {
      selector: "node",
      style: {
        "background-color": STRANGE.colour[theme],
        width: 20,
        height: 20,
        label: "data(title)",
        color: ink,
        "font-size": 10,
        "font-family": "system-ui, sans-serif",
        "text-valign": "bottom",
        "text-margin-y": 3,
        "text-wrap": "ellipsis",
        "text-max-width": "96px",
        "text-background-color": paper,
        "text-background-opacity": 0.8,
        "text-background-padding": "1px",
        "min-zoomed-font-size": 6,
        "border-width": 0,
      },
    },
    ...types,
    { selector: "node[?central]", style: { width: 32, height: 32, "z-index": 2, "font-weight": "bold", "min-zoomed-font-size": 0 } },
    { selector: "node.pinned", style: { "border-width": 2.5, "border-style": "double", "border-color": ink } },
    { selector: "node:selected", style: { "border-width": 3, "border-style": "solid", "border-color": ink } },
    {
      selector: "edge",
      style: {
        width: 1.2,
        "line-color": line,
        "curve-style": "straight",
        "font-size": 8,
        color: ink,
        "text-rotation": "autorotate",
        "text-background-color": paper,
        "text-background-opacity": 0.9,
        "min-zoomed-font-size": 8,
      },
    },
    { selector: "edge.near", style: { label: "data(name)", width: 2, "line-color": ink } },
    { selector: ".hidden", style: { display: "none" } },
  ] as unknown as StylesheetJson;
}
