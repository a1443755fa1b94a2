/** What went wrong with an operation, above every view of its answer: errors, and changes that were refused. */
import type { Outcome } from "./outcome";

const MOST = 5;

export function Problems({ outcome: { errors, refused } }: { outcome: Outcome }) {
  return (
    <>
      <Sentences sentences={errors} />
      <Sentences sentences={refused.reasons} title={refused.count < refused.of ? "Partly refused." : "Refused."} />
    </>
  );
}

function Sentences({ sentences, title }: { sentences: string[]; title?: string }) {
  return (
    <>
      {sentences.slice(0, MOST).map((sentence, index) => (
        <p key={index} role="alert" className="sl-error">
          {title && <strong>{title} </strong>}
          {sentence}
        </p>
      ))}
      {sentences.length > MOST && <p className="sl-error">And {sentences.length - MOST} more; the JSON view has all.</p>}
    </>
  );
}
