/** The nodes of a graph by type: which there are, how they look, each to be chosen, each type to be hidden. */
import { type Looks, lookOf, swatchOf } from "./looks";
import { type Network, titleOf } from "./network";
import type { Theme } from "./palette";

export function NodeChoice(props: { network: Network; selected: string | null; onChoose(id: string | null): void }) {
  const groups = grouped(props.network);
  return (
    <select
      className="sl-input sl-choice"
      aria-label="Node"
      value={props.selected ?? ""}
      onChange={(event) => props.onChoose(event.target.value || null)}
    >
      <option value="">Choose a node</option>
      {groups.map(([type, vertices]) => (
        <optgroup key={type} label={type}>
          {vertices.map((vertex) => (
            <option key={vertex.id} value={vertex.id}>
              {titleOf(vertex)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

export function Legend(props: {
  network: Network;
  looks: Looks;
  theme: Theme;
  off: ReadonlySet<string>;
  onToggle(type: string): void;
}) {
  return (
    <ul className="sl-legend" aria-label="Legend: types of nodes, shown or hidden">
      {grouped(props.network).map(([type, vertices]) => (
        <li key={type}>
          <button type="button" aria-pressed={!props.off.has(type)} onClick={() => props.onToggle(type)}>
            <span className="sl-dot" style={swatchOf(lookOf(props.looks, type), props.theme)} />
            {type} <span className="sl-count">{vertices.length}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function grouped(network: Network) {
  const groups = Map.groupBy(network.vertices.values(), (vertex) => vertex.type);
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}
