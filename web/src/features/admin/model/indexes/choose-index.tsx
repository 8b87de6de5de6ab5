import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormat } from "@/api/use-format";
import { Labelled } from "@/ui/labelled";
import type { DesignTable } from "../api";

const MOST = 4;

type Props = { table: DesignTable; isBusy: boolean; onCreate: (columns: string[]) => void };

/** For those who know better than the proposals which fields they filter and sort by. */
export function ChooseIndex({ table, isBusy, onCreate }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const [columns, setColumns] = useState<string[]>([]);
  const options = table.fields
    .filter(({ widget, refers }) => widget !== "long-text" && widget !== "attachment" && !refers?.many)
    .map(({ key, label: name }) => ({ value: key, label: label(name) }));
  return (
    <form
      className="index-choose"
      onSubmit={(event) => {
        event.preventDefault();
        if (columns.length > 0) onCreate(columns);
        setColumns([]);
      }}
    >
      <Labelled label={t("indexes.choose")} help={t("indexes.chooseHint")}>
        {(aria) => (
          <Select
            {...aria}
            mode="multiple"
            maxCount={MOST}
            style={{ width: "100%" }}
            value={columns}
            options={options}
            showSearch={{ optionFilterProp: "label" }}
            onChange={setColumns}
          />
        )}
      </Labelled>
      <Button htmlType="submit" disabled={isBusy || columns.length === 0}>
        {t("indexes.create")}
      </Button>
    </form>
  );
}
