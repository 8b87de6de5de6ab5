import { subjectOf } from "@/api/call-subject";
import { type Table, useMeta } from "@/api/meta";
import type { Rec } from "@/api/records";
import { useIsPhone } from "@/ui/use-is-phone";
import { CallBar } from "./call-bar";
import { useHosting, useOnward } from "./host";
import { IdlePanel } from "./idle-panel";
import { MissedActs } from "./missed-acts";
import { PhonePanel } from "./phone-panel";
import { ScriptCard } from "./script/script-card";
import { useHangUpKey } from "./use-hang-up-key";
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

/** The telephone of a record: with a place of its own beside it, or on a phone a button under the thumb. */
export function PhoneColumn(props: Props) {
  return useIsPhone() ? <Thumb {...props} /> : <Column {...props} />;
}

/** What is on the line floats above the screen; here is the button that calls. */
function Thumb({ table, record, onNext }: Props) {
  useOnward(onNext);
  const { line } = useLine();
  return line.phase === "free" ? <CallBar table={table} record={record} /> : null;
}

function Column({ table, record, onNext, focus = false }: Props) {
  useHosting();
  // Not left to the dock, which is loaded when the first call is on already.
  useHangUpKey(useLine(), true);
  return (
    <Phone
      {...(onNext ? { onNext } : {})}
      idle={<IdlePanel table={table} record={record} focus={focus} />}
      facing={{ table, id: record.id }}
    />
  );
}

type PhoneProps = {
  idle?: React.ReactNode;
  onNext?: () => void;
  /** Whom one would call, while the line is free. */
  facing?: { table: Table; id: number };
};

/** The panel, and below it what to say, and what must be written down. */
export function Phone({ idle, onNext, facing }: PhoneProps) {
  const meta = useMeta();
  const inHand = useLine();
  const { line, rules, draft } = inHand;
  const journal = meta.table.get(rules?.table ?? "");
  const callee = line.phase === "live" ? subjectOf(meta, line.call) : line.phase === "free" ? facing : null;
  const isWritten = line.phase === "owed" || (line.phase === "live" && line.call.state === "talking");
  return (
    <>
      <PhonePanel inHand={inHand} idle={idle}>
        {line.phase === "missed" && (
          <MissedActs call={line.call} onDone={inHand.dismiss} {...(onNext ? { onNext } : {})} />
        )}
      </PhonePanel>
      {callee && <ScriptCard table={callee.table} id={callee.id} turn={line.phase === "live" ? 1 : 0} />}
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
