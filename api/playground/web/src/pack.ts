/** Places the parts of a graph that no line joins side by side, so that none lies over another. */
import type { CollectionReturnValue } from "cytoscape";

export interface Size {
  width: number;
  height: number;
}
interface Part extends Size {
  group: CollectionReturnValue;
  left: number;
  top: number;
}

const GAP = 24;
/** How wide a name is on the screen. */
const NAME = 84;

/** Fills rows from the highest part to the lowest, in the shape of the place; each is as wide as its name will be. */
export function pack(groups: CollectionReturnValue[], place: Size): void {
  const parts = groups
    .map((group) => {
      const box = group.boundingBox();
      return { group, left: box.x1, top: box.y1, width: box.w, height: box.h };
    })
    .sort((a, b) => b.height - a.height || b.width - a.width);
  const first = rowsOf(parts, place, 0);
  const zoom = Math.min(place.width / first.size.width, place.height / first.size.height, 1);
  for (const { part, x, y } of rowsOf(parts, place, NAME / Math.max(zoom, 0.25)).spots) {
    part.group.nodes().shift({ x: x - part.left, y: y - part.top });
  }
}

function rowsOf(parts: Part[], place: Size, least: number): { spots: { part: Part; x: number; y: number }[]; size: Size } {
  const widthOf = (part: Part) => Math.max(part.width, least) + GAP;
  const area = parts.reduce((sum, part) => sum + widthOf(part) * (part.height + GAP), 0);
  const width = Math.max(Math.sqrt((area * place.width) / Math.max(place.height, 1)), ...parts.map(widthOf));
  const spots = [];
  let [x, y, height] = [0, 0, 0];
  for (const part of parts) {
    if (x > 0 && x + widthOf(part) > width) {
      y += height;
      [x, height] = [0, 0];
    }
    spots.push({ part, x: x + (widthOf(part) - part.width) / 2, y });
    x += widthOf(part);
    height = Math.max(height, part.height + GAP);
  }
  return { spots, size: { width, height: y + height } };
}
