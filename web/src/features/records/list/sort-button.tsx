import { CloseOutlined, PlusOutlined, SortAscendingOutlined } from "@ant-design/icons";
import { Button, Drawer, Popover, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { type Order, ordersOf, sortText } from "@/lib/sort";
import { useIsPhone } from "@/ui/use-is-phone";
import { isSortable } from "./grid-head";

type Props = { table: Table; sort: string; onChange: (sort: string) => void };

/** By what, and in which direction; the first counts most. */
export function SortButton({ table, sort, onChange }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const orders = ordersOf(sort);
  const [isOpen, setOpen] = useState(false);
  const content = <Orders table={table} orders={orders} onChange={(next) => onChange(sortText(next))} />;
  const button = (
    <Button
      type="text"
      icon={<SortAscendingOutlined aria-hidden />}
      aria-label={t("records.sort")}
      {...(isPhone ? { onClick: () => setOpen(true) } : {})}
    >
      {isPhone ? null : t("records.sort")}
    </Button>
  );
  if (isPhone) {
    return (
      <>
        {button}
        <Drawer open={isOpen} onClose={() => setOpen(false)} placement="bottom" title={t("records.sort")} size="50%">
          {content}
        </Drawer>
      </>
    );
  }
  return (
    <Popover trigger="click" placement="bottomLeft" arrow={false} content={content}>
      {button}
    </Popover>
  );
}

const MOST = 5;

type OrdersProps = { table: Table; orders: Order[]; onChange: (orders: Order[]) => void };

function Orders({ table, orders, onChange }: OrdersProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const fields = table.fields.filter((field) => field.readable && isSortable(field));
  const options = fields.map((field) => ({ value: field.key, label: label(field.label) }));
  const free = options.find(({ value }) => !orders.some(({ field }) => field === value));
  const put = (place: number, order: Order | null) =>
    onChange(orders.flatMap((old, at) => (at !== place ? [old] : order ? [order] : [])));
  return (
    <div className="orders">
      {orders.length === 0 && <p className="muted">{t("records.noSort")}</p>}
      {orders.map((order, place) => (
        <div className="orders-row" key={order.field}>
          <Select
            aria-label={t("records.sort")}
            value={order.field}
            options={options}
            showSearch={{ optionFilterProp: "label" }}
            onChange={(field) => put(place, { ...order, field })}
          />
          <Segmented
            value={order.descending ? "down" : "up"}
            options={[
              { value: "up", label: t("records.up") },
              { value: "down", label: t("records.down") },
            ]}
            onChange={(way) => put(place, { ...order, descending: way === "down" })}
          />
          <Button
            type="text"
            icon={<CloseOutlined aria-hidden />}
            aria-label={t("common.remove")}
            onClick={() => put(place, null)}
          />
        </div>
      ))}
      {free && orders.length < MOST && (
        <Button
          type="text"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange([...orders, { field: free.value, descending: false }])}
        >
          {t("records.addSort")}
        </Button>
      )}
    </div>
  );
}
