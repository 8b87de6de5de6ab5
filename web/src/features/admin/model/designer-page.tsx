import { LeftOutlined, PlusOutlined, SettingOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Segmented, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { Empty } from "@/ui/empty";
import { useIsPhone } from "@/ui/use-is-phone";
import { type DesignTable, designQuery } from "./api";
import { FieldList } from "./field-list";
import { FormPreview } from "./form-preview";
import { IndexesView } from "./indexes/indexes-view";
import { Palette } from "./palette";
import { SidePanel } from "./side-panel";
import { useDesigner } from "./use-designer";
import "./designer.css";

/** `/admin/tables/:table`: types on the left, the fields in the middle, what is chosen on the right. */
export function DesignerPage() {
  const { t } = useTranslation();
  const { table: key = "" } = useParams();
  const { data: table, error, isPending } = useQuery(designQuery(key));
  if (isPending) return <Skeleton className="admin-body" active paragraph={{ rows: 10 }} />;
  if (error) {
    return (
      <Empty tone="alarm" title={t("admin.failed")} hint={sentenceOf(error)}>
        <Link to="/admin/tables">{t("model.back")}</Link>
      </Empty>
    );
  }
  return <Designer key={key} table={table} />;
}

function Designer({ table }: { table: DesignTable }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [look, setLook] = useState<Look>("list");
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  const designer = useDesigner(table);
  const { chosen } = designer;
  const palette = (
    <Palette
      onPick={(type) => {
        setPaletteOpen(false);
        designer.begin(type);
      }}
    />
  );
  const panel = <SidePanel key={designer.panelKey} table={table} designer={designer} />;
  return (
    <div className="designer">
      <DesignerHead table={table} look={look} onLook={setLook} onSettings={designer.openSettings}>
        {isPhone && (
          <Button
            type="primary"
            icon={<PlusOutlined aria-hidden />}
            aria-label={t("model.add")}
            onClick={() => setPaletteOpen(true)}
          />
        )}
      </DesignerHead>
      <div className="designer-panes">
        {isPhone ? (
          <Drawer
            open={isPaletteOpen}
            onClose={() => setPaletteOpen(false)}
            placement="bottom"
            size="75%"
            title={t("model.palette")}
          >
            {palette}
          </Drawer>
        ) : (
          <aside className="designer-palette" aria-label={t("model.palette")}>
            {palette}
          </aside>
        )}
        <div className="designer-canvas">
          {look === "list" && <FieldList table={table} chosen={chosen} />}
          {look === "preview" && <FormPreview table={table} />}
          {look === "speed" && <IndexesView table={table} />}
        </div>
        {isPhone ? (
          chosen.kind !== "nothing" && (
            <Drawer
              open
              onClose={designer.close}
              size="100%"
              title={t(chosen.kind === "settings" ? "model.settings" : "model.heads.fields")}
            >
              {panel}
            </Drawer>
          )
        ) : (
          <aside className="designer-side" aria-label={t("model.tabs.look")}>
            {panel}
          </aside>
        )}
      </div>
    </div>
  );
}

/** What stands in the middle. */
type Look = "list" | "preview" | "speed";

type HeadProps = {
  table: DesignTable;
  look: Look;
  onLook: (look: Look) => void;
  onSettings: () => void;
  children: React.ReactNode;
};

function DesignerHead({ table, look, onLook, onSettings, children }: HeadProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  return (
    <header className="designer-head">
      <Link to="/admin/tables" className="designer-back">
        <LeftOutlined aria-hidden /> {t("model.back")}
      </Link>
      <h1>{label(table.label)}</h1>
      <Chip>{table.key}</Chip>
      <Segmented
        name="look"
        aria-label={t("model.views")}
        value={look}
        options={[
          { value: "list", label: t("model.list") },
          { value: "preview", label: t("model.preview") },
          { value: "speed", label: t("model.speed") },
        ]}
        onChange={onLook}
      />
      <span className="designer-acts">
        <Button icon={<SettingOutlined aria-hidden />} onClick={onSettings}>
          {t("model.settings")}
        </Button>
        {children}
      </span>
    </header>
  );
}
