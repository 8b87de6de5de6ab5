import { MoreOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import type { Acted } from "@/api/records";
import { MoveDialog } from "./move-dialog";
import { type Move, useMove } from "./use-actions";

const ORDER: Move[] = ["claim", "assign", "transfer", "return", "delete"];

type Props = {
  table: Table;
  ids: number[];
  /** Whether the records lie in the pool: then they can be claimed, but not given back. */
  inPool: boolean | null;
  onDone: (acted: Acted) => void;
  /** How many are drawn as buttons; the others are behind "more". */
  shown?: number;
  ghost?: boolean;
};

/** What may be done with one or many records, by the rights of whoever looks. */
export function RecordActions({ table, ids, inPool, onDone, shown = 3, ghost = false }: Props) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Move | null>(null);
  const { move, isPending } = useMove(table, (acted) => {
    setAsking(null);
    onDone(acted);
  });
  const verbs = ORDER.filter((verb) => table.rights[verb] && fits(verb, inPool));
  const start = (verb: Move) => (verb === "claim" ? move("claim", { ids }) : setAsking(verb));
  const more = verbs.slice(shown);
  return (
    <>
      {verbs.slice(0, shown).map((verb) => (
        <Button
          key={verb}
          onClick={() => start(verb)}
          loading={isPending && verb === "claim"}
          danger={verb === "delete"}
          {...(verb === "claim" ? { type: "primary" as const } : {})}
          ghost={ghost && verb !== "claim"}
        >
          {t(`records.${verb}`)}
        </Button>
      ))}
      {more.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: more.map((verb) => ({ key: verb, label: t(`records.${verb}`), danger: verb === "delete" })),
            onClick: ({ key }) => start(key as Move),
          }}
        >
          <Button icon={<MoreOutlined aria-hidden />} aria-label={t("common.more")} ghost={ghost} />
        </Dropdown>
      )}
      {asking && (
        <MoveDialog
          table={table}
          verb={asking}
          ids={ids}
          isPending={isPending}
          onGo={(act) => move(asking, { ids, ...act })}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
}

function fits(verb: Move, inPool: boolean | null): boolean {
  if (inPool === null || verb === "delete") return true;
  if (verb === "claim" || verb === "assign") return verb === "assign" || inPool;
  return !inPool;
}
