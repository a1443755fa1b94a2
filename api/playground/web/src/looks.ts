/** How the graph's nodes look: a colour and a shape for each type, so that colour is not the only sign. */
import type { StylesheetJson } from "cytoscape";

export type Theme = "light" | "dark";

const KNOWN: Record<string, [string, string]> = {
  Child: ["#2f7ebc", "ellipse"],
  Sponsor: ["#d07a1f", "round-diamond"],
  Placement: ["#8467b0", "round-hexagon"],
  Address: ["#3f8f56", "round-rectangle"],
  PostalArea: ["#7fa98a", "rectangle"],
  Phone: ["#b0558a", "round-tag"],
  Agency: ["#5b6b7d", "round-triangle"],
  NoticeToAppear: ["#b8922a", "cut-rectangle"],
  CourtCase: ["#a34a44", "round-octagon"],
  Hearing: ["#cb6a5c", "round-pentagon"],
  CourtOrder: ["#7d3a3a", "octagon"],
  ContactAttempt: ["#2f9c96", "barrel"],
  HomeStudy: ["#7b9f3a", "concave-hexagon"],
  ReliefApplication: ["#6586cc", "rhomboid"],
  Notification: ["#968673", "vee"],
  Employer: ["#8d6a45", "heptagon"],
  LaborViolation: ["#b0413e", "star"],
  ConcernReport: ["#cf4560", "triangle"],
};

export function colourOf(type: string): string {
  return KNOWN[type]?.[0] ?? "#8a8f98";
}

export function styleOf(theme: Theme): StylesheetJson {
  const ink = theme === "dark" ? "#d7dce4" : "#28313d";
  const paper = theme === "dark" ? "#1e242e" : "#ffffff";
  const line = theme === "dark" ? "#566071" : "#b4bcc8";
  const types = Object.entries(KNOWN).map(([type, [, shape]]) => ({
    selector: `node[type = "${type}"]`,
    style: { shape },
  }));
  return [
    {
      selector: "node",
      style: {
        "background-color": "data(colour)",
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
