import { DownOutlined, UpOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Export } from "@/api/exports";
import { ExportLine } from "./export-line";
import { useArrivals } from "./use-arrivals";
import "./exports.css";

type Props = { exports: readonly Export[] };

/** The exports of every page: how far they are, and their files when they are ready. */
export function ExportsTray({ exports }: Props) {
  const { t } = useTranslation();
  const [isFolded, setFolded] = useState(false);
  const fetched = useArrivals(exports);
  const isRunning = exports.some(({ state }) => state === "queued" || state === "running");
  const Sign = isFolded ? UpOutlined : DownOutlined;
  const fold = t(isFolded ? "exports.unfold" : "exports.fold");
  return (
    <section className="exports" aria-label={t("exports.title")}>
      <header>
        <h2>{t("exports.title")}</h2>
        <Button
          type="text"
          size="small"
          icon={<Sign aria-hidden />}
          aria-label={fold}
          title={fold}
          aria-expanded={!isFolded}
          onClick={() => setFolded(!isFolded)}
        />
      </header>
      {!isFolded && (
        <>
          <ul>
            {exports.map((one) => (
              <ExportLine key={one.job} export={one} isFetched={fetched.has(one.job)} onFetch={fetched.fetch} />
            ))}
          </ul>
          {isRunning && <p className="muted">{t("exports.mayLeave")}</p>}
        </>
      )}
    </section>
  );
}
