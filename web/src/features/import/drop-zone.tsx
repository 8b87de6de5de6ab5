import { FileExcelOutlined } from "@ant-design/icons";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useIsPhone } from "@/ui/use-is-phone";
import { useDrop } from "./use-drop";

const ACCEPTED = ".xlsx,.xlsm,.xls,.xlsb,.ods,.csv,.txt,.tsv";

/** A place to drop a file on, as is the whole page around it; a click, Enter or Space opens the file chooser instead. */
export function DropZone({ onChoose }: { onChoose: (files: readonly File[]) => void }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const chooser = useRef<HTMLInputElement>(null);
  const isOver = useDrop(onChoose);
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept={ACCEPTED}
        className="sr-only"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          onChoose([...(event.target.files ?? [])]);
          // The same file may be chosen again once it was mended.
          event.target.value = "";
        }}
      />
      <button
        type="button"
        className={isOver ? "drop-zone over" : "drop-zone"}
        onClick={() => chooser.current?.click()}
      >
        <FileExcelOutlined aria-hidden />
        <b>{isPhone ? t("imports.choose") : isOver ? t("imports.letGo") : t("imports.drop")}</b>
        <span>{t("imports.accepted")}</span>
      </button>
    </>
  );
}
