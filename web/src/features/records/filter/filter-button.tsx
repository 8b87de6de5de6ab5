import { FilterOutlined } from "@ant-design/icons";
import { Button, Drawer, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { draftOf, leavesOf, type Tree, treeOf } from "@/lib/filter-tree";
import { useIsPhone } from "@/ui/use-is-phone";
import { FilterBuilder } from "./filter-builder";

type Props = { table: Table; filter: Tree | null; onChange: (filter: Tree | null) => void };

/** Opens the conditions of the list; every finished one acts at once. */
export function FilterButton({ table, filter, onChange }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  const [draft, setDraft] = useState(() => draftOf(filter));
  const count = leavesOf(filter);

  const toggle = (open: boolean) => {
    // Opened anew, it shows what the address says, not what was left unfinished last time.
    if (open) setDraft(draftOf(filter));
    setOpen(open);
  };
  const change = (next: typeof draft) => {
    setDraft(next);
    const tree = treeOf(next);
    if (JSON.stringify(tree) !== JSON.stringify(filter)) onChange(tree);
  };
  const builder = <FilterBuilder table={table} draft={draft} onChange={change} />;
  const text = count ? t("records.filtered", { count }) : t("records.filter");
  const button = (
    <Button
      type="text"
      icon={<FilterOutlined aria-hidden />}
      className={count ? "tool-on" : ""}
      aria-label={text}
      {...(isPhone ? { onClick: () => toggle(true) } : {})}
    >
      {isPhone ? (count ? count : null) : text}
    </Button>
  );
  if (isPhone) {
    return (
      <>
        {button}
        <Drawer open={isOpen} onClose={() => toggle(false)} placement="bottom" title={t("records.filter")} size="70%">
          {builder}
        </Drawer>
      </>
    );
  }
  return (
    <Popover trigger="click" placement="bottomLeft" arrow={false} open={isOpen} onOpenChange={toggle} content={builder}>
      {button}
    </Popover>
  );
}
