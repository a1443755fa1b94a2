/** An answer as a graph: nodes by type, their neighbours on demand, each to be found, pinned and hidden. */
import { useGraphiQL } from "@graphiql/react";
import { useEffect, useMemo, useRef, useState } from "react";
import { Drawing } from "./drawing";
import { send } from "./fetcher";
import { type JsonObject, isObject } from "./json";
import { Legend, NodeChoice } from "./Legend";
import { lookOf, looksOf, swatchOf } from "./looks";
import { type Network, addLine, addVertex, neighborhoodQuery, networkOf, titleOf } from "./network";
import { useTheme } from "./theme";

const MOST = 1500;
const NEIGHBOURS = 51;

export function Graph({ data }: { data: JsonObject }) {
  const schema = useGraphiQL((state) => state.schema);
  const theme = useTheme();
  const looks = useMemo(() => looksOf(schema), [schema]);
  const place = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const network = useMemo(() => networkOf(data), [data]);
  const [version, setVersion] = useState(0);
  const [selected, setSelected] = useState<string | null>(null);
  const [pinned, setPinned] = useState<ReadonlySet<string>>(new Set());
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [hiddenTypes, setHiddenTypes] = useState<ReadonlySet<string>>(new Set());
  const [notice, setNotice] = useState("");
  const stop = useRef(new AbortController());

  const expand = async (id: string) => {
    const type = network.vertices.get(id)?.type;
    const query = schema && type ? neighborhoodQuery(schema, type) : null;
    if (!query) return;
    setNotice("Asking for neighbours…");
    try {
      const answer = await send({ query, variables: { id, first: NEIGHBOURS } }, stop.current.signal);
      if (!answer.data) return setNotice(answer.errors?.[0]?.message ?? "There is no answer.");
      const { neighborhood } = answer.data;
      const more = isObject(neighborhood) && neighborhood.truncated === true ? ", and there are more" : "";
      const added = grow(network, networkOf(answer.data));
      drawing.current?.add(network, id);
      if (added) drawing.current?.arrange(false);
      drawing.current?.focus(id);
      drawing.current?.select(id);
      setVersion((before) => before + 1);
      setNotice(`${added || "No"} ${added === 1 ? "node" : "nodes"} added${more}`);
    } catch {
      if (!stop.current.signal.aborted) setNotice("The server did not answer.");
    }
  };
  const expanding = useRef(expand);
  expanding.current = expand;

  useEffect(() => {
    if (!place.current || network.vertices.size > MOST) return;
    stop.current = new AbortController();
    const drawn = new Drawing(place.current, theme, looks, {
      select: setSelected,
      expand: (id) => void expanding.current(id),
    });
    drawing.current = drawn;
    drawn.add(network);
    drawn.arrange(true);
    return () => {
      stop.current.abort();
      drawn.destroy();
      drawing.current = null;
    };
  }, [network]);
  useEffect(() => drawing.current?.dress(theme, looks), [theme, looks]);
  useEffect(() => drawing.current?.select(selected), [selected]);
  useEffect(() => {
    drawing.current?.hide((id, type) => hidden.has(id) || hiddenTypes.has(type));
  }, [hidden, hiddenTypes, version]);

  if (!network.vertices.size) return <p className="sl-empty">Nothing in this answer has an id that a graph could show.</p>;
  if (network.vertices.size > MOST) {
    return <p className="sl-empty">The answer has more than {MOST} nodes; ask for fewer rows to draw it.</p>;
  }
  const vertex = selected === null ? undefined : network.vertices.get(selected);
  const togglePin = (id: string) => {
    drawing.current?.pin(id, !pinned.has(id));
    setPinned(toggled(pinned, id));
  };
  return (
    <div className="sl-graph">
      <div className="sl-tools" role="toolbar" aria-label="Graph">
        <NodeChoice
          network={network}
          selected={selected}
          onChoose={(id) => {
            setSelected(id);
            if (id) drawing.current?.reveal(id);
          }}
        />
        <button type="button" className="sl-button" disabled={!vertex} onClick={() => vertex && void expand(vertex.id)}>
          Expand
        </button>
        <button
          type="button"
          className="sl-button"
          disabled={!vertex}
          aria-pressed={vertex ? pinned.has(vertex.id) : false}
          onClick={() => vertex && togglePin(vertex.id)}
        >
          Pin
        </button>
        <button
          type="button"
          className="sl-button"
          disabled={!vertex}
          onClick={() => {
            if (vertex) setHidden(toggled(hidden, vertex.id));
            setSelected(null);
          }}
        >
          Hide
        </button>
        <button
          type="button"
          className="sl-button"
          disabled={!hidden.size && !hiddenTypes.size}
          onClick={() => {
            setHidden(new Set());
            setHiddenTypes(new Set());
          }}
        >
          Show all
        </button>
        <button type="button" className="sl-button" onClick={() => drawing.current?.arrange(true)}>
          Arrange
        </button>
        <button type="button" className="sl-button" onClick={() => drawing.current?.fit()}>
          Fit
        </button>
        <span className="sl-hint" role="status">
          {notice}
        </span>
      </div>
      <div className="sl-canvas">
        <div ref={place} className="sl-drawing" role="img" aria-label={`A graph of ${network.vertices.size} nodes`} />
        {vertex && (
          <section className="sl-card" aria-label="Selected node">
            <h3>
              <span className="sl-dot" style={swatchOf(lookOf(looks, vertex.type), theme)} />
              {vertex.type}
            </h3>
            <strong>{titleOf(vertex)}</strong>
            <dl>
              {Object.entries(vertex.facts).map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
      <Legend
        network={network}
        looks={looks}
        theme={theme}
        off={hiddenTypes}
        onToggle={(type) => setHiddenTypes(toggled(hiddenTypes, type))}
      />
    </div>
  );
}

function grow(network: Network, more: Network): number {
  const before = network.vertices.size;
  for (const vertex of more.vertices.values()) addVertex(network, vertex);
  for (const line of more.lines.values()) addLine(network, line);
  return network.vertices.size - before;
}

function toggled(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(item)) next.add(item);
  return next;
}
