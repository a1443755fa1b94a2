/** The drawn graph: Cytoscape with what the page does to it. */
import cytoscape, { type Core, type LayoutOptions, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";
import { type Theme, colourOf, styleOf } from "./looks";
import { type Network, titleOf } from "./network";

cytoscape.use(fcose);

const CROWDED = 60;

export class Drawing {
  private readonly core: Core;

  constructor(
    container: HTMLElement,
    theme: Theme,
    on: { select(id: string | null): void; expand(id: string): void },
  ) {
    this.core = cytoscape({ container, style: styleOf(theme), minZoom: 0.05, maxZoom: 4 });
    this.core.on("zoom", () => this.scaleNames());
    this.core.on("tap", (event) => {
      if (event.target === this.core) on.select(null);
    });
    this.core.on("tap", "node", (event) => on.select((event.target as NodeSingular).id()));
    this.core.on("dbltap", "node", (event) => on.expand((event.target as NodeSingular).id()));
  }

  /** Adds what the network has and the drawing lacks; new nodes start beside `beside`. */
  add(network: Network, beside?: string): void {
    const start = beside ? this.core.getElementById(beside).position() : undefined;
    let turn = 0;
    this.core.batch(() => {
      for (const vertex of network.vertices.values()) {
        const data = { id: vertex.id, type: vertex.type, title: titleOf(vertex), colour: colourOf(vertex.type) };
        const known = this.core.getElementById(vertex.id);
        if (known.nonempty()) known.data("title", data.title);
        else {
          const angle = turn++ * 2.4;
          const position = start && {
            x: start.x + (50 + 2 * turn) * Math.cos(angle),
            y: start.y + (50 + 2 * turn) * Math.sin(angle),
          };
          this.core.add({ data, ...(position && { position }) });
        }
      }
      for (const [id, line] of network.lines) {
        if (this.core.getElementById(id).empty()) {
          this.core.add({ data: { id, source: line.from, target: line.to, name: line.name } });
        }
      }
      this.core.nodes().forEach((node) => void node.data("central", node.degree(false) > 2));
    });
  }

  /** Keeps the names of central nodes legible at every zoom. */
  private scaleNames(): void {
    const size = Math.min(Math.max(10 / this.core.zoom(), 8), 36);
    this.core.nodes("[?central]").style({ "font-size": size, "text-max-width": `${size * 9}px` });
  }

  /** Places all nodes; keeps what is there as the start unless `anew`. Pinned nodes stay. */
  arrange(anew: boolean): void {
    const shown = this.core.elements().not(".hidden");
    const fixed = shown.nodes(".pinned").map((node) => ({ nodeId: node.id(), position: { ...node.position() } }));
    const crowded = shown.nodes().length > CROWDED;
    shown
      .layout({
        name: "fcose",
        quality: anew && !crowded ? "proof" : "default",
        randomize: anew && !fixed.length,
        animate: false,
        padding: 30,
        nodeDimensionsIncludeLabels: !crowded,
        nodeSeparation: 75,
        idealEdgeLength: () => (crowded ? 48 : 90),
        nodeRepulsion: () => (crowded ? 5000 : 9000),
        gravity: crowded ? 0.45 : 0.3,
        tilingPaddingVertical: 18,
        tilingPaddingHorizontal: 18,
        ...(fixed.length && { fixedNodeConstraint: fixed }),
      } as unknown as LayoutOptions)
      .run();
    this.scaleNames();
  }

  select(id: string | null): void {
    this.core.batch(() => {
      this.core.elements().unselect().removeClass("near");
      if (id === null) return;
      const node = this.core.getElementById(id);
      node.select();
      node.connectedEdges().addClass("near");
    });
  }

  reveal(id: string): void {
    const node = this.core.getElementById(id);
    if (node.nonempty()) this.core.animate({ center: { eles: node }, duration: 150 });
  }

  hide(isHidden: (id: string, type: string) => boolean): void {
    this.core.batch(() => {
      this.core.nodes().forEach((node) => void node.toggleClass("hidden", isHidden(node.id(), node.data("type"))));
    });
  }

  pin(id: string, pinned: boolean): void {
    const node = this.core.getElementById(id);
    node.toggleClass("pinned", pinned);
    if (pinned) node.lock();
    else node.unlock();
  }

  fit(): void {
    this.core.fit(this.core.elements().not(".hidden"), 30);
  }

  dress(theme: Theme): void {
    this.core.style(styleOf(theme));
  }

  destroy(): void {
    this.core.destroy();
  }
}
