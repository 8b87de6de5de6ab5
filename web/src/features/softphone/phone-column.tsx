import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useHosting } from "./host";
import { IdlePanel } from "./idle-panel";
import { MissedActs } from "./missed-acts";
import { PhonePanel } from "./phone-panel";
import { useLine } from "./use-line";
import { WrapUpForm } from "./wrap-up/wrap-up-form";

type Props = {
  /** Whom a press of one key calls while the line is free. */
  table: Table;
  record: Rec;
  /** Goes on to the next in the queue. */
  onNext?: () => void;
  /** Put the focus on the call button: Enter calls. */
  focus?: boolean;
};

/** The telephone with a place of its own beside a record. */
export function PhoneColumn({ table, record, onNext, focus = false }: Props) {
  useHosting();
  return <Phone {...(onNext ? { onNext } : {})} idle={<IdlePanel table={table} record={record} focus={focus} />} />;
}

/** The panel, and below it what must be written down. */
export function Phone({ idle, onNext }: { idle?: React.ReactNode; onNext?: () => void }) {
  const meta = useMeta();
  const inHand = useLine();
  const { line, rules, draft } = inHand;
  const journal = meta.table.get(rules?.table ?? "");
  const isWritten = line.phase === "owed" || (line.phase === "live" && line.call.state === "talking");
  return (
    <>
      <PhonePanel inHand={inHand} idle={idle}>
        {line.phase === "missed" && (
          <MissedActs call={line.call} onDone={inHand.dismiss} {...(onNext ? { onNext } : {})} />
        )}
      </PhonePanel>
      {isWritten && rules && journal && (
        <WrapUpForm
          key={line.call.id}
          call={line.call}
          table={journal}
          rules={rules}
          draft={draft}
          hasNext={onNext !== undefined}
          onSaved={onNext ?? (() => {})}
        />
      )}
    </>
  );
}
