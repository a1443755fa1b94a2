/** The drawn graph: Cytoscape with what the page does to it. */
import cytoscape, { type CollectionReturnValue, type Core, type LayoutOptions, type NodeSingular } from "cytoscape";
import fcose from "cytoscape-fcose";
import { type Looks, styleOf } from "./looks";
import { type Network, titleOf } from "./network";
import { pack } from "./pack";
import type { Theme } from "./palette";

cytoscape.use(fcose);

const CROWDED = 60;
const EDGE = 40;

export class Drawing {
  private readonly core: Core;
  /** Whether someone has moved or scaled the view since all was fitted into it. */
  private moved = false;

  constructor(
    container: HTMLElement,
    theme: Theme,
    looks: Looks,
    on: { select(id: string | null): void; expand(id: string): void },
  ) {
    this.core = cytoscape({ container, style: styleOf(theme, looks), minZoom: 0.05, maxZoom: 4 });
    this.core.on("zoom", () => this.scaleNames());
    this.core.on("dragpan scrollzoom pinchzoom", () => {
      this.moved = true;
    });
    this.core.on("resize", () => {
      if (!this.moved && this.core.width() > 0) this.fit();
    });
    this.core.on("tap", (event) => {
      if (event.target === this.core) on.select(null);
    });
    this.core.on("tap", "node", (event) => on.select((event.target as NodeSingular).id()));
    this.core.on("dbltap", "node", (event) => on.expand((event.target as NodeSingular).id()));
  }

  /** Adds what the network has and the drawing lacks; new nodes start beside `beside`, none on top of another. */
  add(network: Network, beside?: string): void {
    const start = beside ? this.core.getElementById(beside).position() : { x: 0, y: 0 };
    let turn = 0;
    this.core.batch(() => {
      for (const vertex of network.vertices.values()) {
        const data = { id: vertex.id, type: vertex.type, title: titleOf(vertex) };
        const known = this.core.getElementById(vertex.id);
        if (known.nonempty()) known.data("title", data.title);
        else {
          const angle = turn++ * 2.4;
          const distance = 50 + 2 * turn;
          const position = { x: start.x + distance * Math.cos(angle), y: start.y + distance * Math.sin(angle) };
          this.core.add({ data, position });
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
    if (anew && !fixed.length) {
      const groups = shown.components();
      for (const group of groups) if (group.nodes().length > 1) this.place(group, { randomize: true });
      pack(groups, { width: this.core.width(), height: this.core.height() });
    } else this.place(shown, { randomize: false, ...(fixed.length && { fixedNodeConstraint: fixed }) });
    this.fit();
    this.scaleNames();
  }

  private place(elements: CollectionReturnValue, options: object): void {
    const crowded = elements.nodes().length > CROWDED;
    elements
      .layout({
        name: "fcose",
        quality: crowded ? "default" : "proof",
        animate: false,
        fit: false,
        nodeDimensionsIncludeLabels: !crowded,
        nodeSeparation: 75,
        idealEdgeLength: () => (crowded ? 48 : 70),
        nodeRepulsion: () => (crowded ? 5000 : 9000),
        gravity: crowded ? 0.45 : 0.3,
        tilingPaddingVertical: 18,
        tilingPaddingHorizontal: 18,
        ...options,
      } as unknown as LayoutOptions)
      .run();
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

  /** Moves the view just as far as it takes to see a node, so that what was seen before stays in sight. */
  reveal(id: string): void {
    const node = this.core.getElementById(id);
    if (node.empty()) return;
    const at = node.renderedPosition();
    const by = { x: shift(at.x, this.core.width()), y: shift(at.y, this.core.height()) };
    if (by.x || by.y) this.core.animate({ panBy: by, duration: 150 });
  }

  /** Shows a node with its neighbours; all nodes when they are few. */
  focus(id: string): void {
    if (this.core.nodes().length <= CROWDED) return this.fit();
    this.core.fit(this.core.getElementById(id).closedNeighborhood().not(".hidden"), 90);
    this.moved = true;
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
    this.moved = false;
    this.core.fit(this.core.elements().not(".hidden"), 30);
  }

  dress(theme: Theme, looks: Looks): void {
    this.core.style(styleOf(theme, looks));
  }

  destroy(): void {
    this.core.destroy();
  }
}

/** How far to move a place so that it lies inside, some way from the edge. */
function shift(at: number, size: number): number {
  const edge = Math.min(EDGE, size / 2);
  return Math.min(Math.max(at, edge), size - edge) - at;
}
