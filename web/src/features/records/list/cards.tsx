import { useEffect } from "react";
import type { Table } from "@/api/meta";
import { phonesOf } from "@/api/phones";
import type { Rec } from "@/api/records";
import { titleOf } from "@/api/title";
import { scrollHeight } from "@/lib/visible-rows";
import { Avatar } from "@/ui/avatar";
import { DialButton } from "@/widgets/dial/dial-button";
import { isEmpty } from "@/widgets/field";
import { FieldCell } from "@/widgets/field-cell";
import { InsideButtonContext } from "@/widgets/inside-button";
import { placeOf, RecordPlaceContext } from "@/widgets/record-place";
import type { ListSource } from "./use-list-source";
import { useVisible } from "./use-visible";
import "./cards.css";

const CARD_HEIGHT = 92;
const MORE_FIELDS = 2;

type Props = {
  table: Table;
  columns: readonly string[];
  source: ListSource;
  place: string;
  onOpen: (record: Rec, index: number) => void;
};

/** The same list on a phone: one card a record, under the thumb. */
export function Cards({ table, columns, source, place, onOpen }: Props) {
  const count = source.length ?? 0;
  const { box, visible, onScroll } = useVisible({ count, rowHeight: CARD_HEIGHT, place });
  const { look, rowAt } = source;
  useEffect(() => look(visible), [look, visible]);
  return (
    <div className="cards" ref={box} onScroll={onScroll}>
      <ul style={{ height: scrollHeight({ count, rowHeight: CARD_HEIGHT, viewport: 0 }) }}>
        {Array.from({ length: visible.end - visible.first }, (_, step) => {
          const index = visible.first + step;
          const record = rowAt(index);
          return (
            <li key={index} style={{ top: visible.top + step * CARD_HEIGHT, height: CARD_HEIGHT }}>
              {record ? (
                <>
                  <button type="button" className="card-open" onClick={() => onOpen(record, index)}>
                    <InsideButtonContext value={true}>
                      <CardBody table={table} columns={columns} record={record} />
                    </InsideButtonContext>
                  </button>
                  <CardDial table={table} record={record} />
                </>
              ) : (
                <span className="bone" style={{ width: "60%", margin: 24 }} />
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** A card is a button itself: calling stands beside it. */
function CardDial({ table, record }: { table: Table; record: Rec }) {
  const [main] = phonesOf(table, record);
  if (!main) return null;
  return (
    <RecordPlaceContext value={placeOf(table, record)}>
      <DialButton field={main.field} value={main.number} />
    </RecordPlaceContext>
  );
}

function CardBody({ table, columns, record }: { table: Table; columns: readonly string[]; record: Rec }) {
  const { title, subtitle, stage } = table.settings;
  const name = titleOf(table, record);
  const stageField = stage ? table.byKey.get(stage) : undefined;
  const subtitleField = subtitle ? table.byKey.get(subtitle) : undefined;
  const more = columns
    .filter((key) => key !== title && key !== subtitle && key !== stage && !isEmpty(record[key]))
    .slice(0, MORE_FIELDS);
  return (
    <>
      <Avatar name={name} size={44} />
      <span className="card-text">
        <span className="card-line">
          <b className="ellipsis">{name}</b>
          {stageField && !isEmpty(record[stageField.key]) && (
            <FieldCell value={record[stageField.key]} field={stageField} />
          )}
        </span>
        <span className="card-sub ellipsis">
          {subtitleField && !isEmpty(record[subtitleField.key]) && (
            <FieldCell value={record[subtitleField.key]} field={subtitleField} />
          )}
        </span>
        <span className="card-more">
          {more.map((key) => {
            const field = table.byKey.get(key);
            return field && <FieldCell key={key} value={record[key]} field={field} />;
          })}
        </span>
      </span>
    </>
  );
}
