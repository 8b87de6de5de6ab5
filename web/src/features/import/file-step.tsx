import { useState } from "react";
import { useTranslation } from "react-i18next";
import { faultOf } from "@/api/jobs";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { Notice } from "@/ui/notice";
import { DropZone } from "./drop-zone";
import { FileHints } from "./file-hints";
import { Sending } from "./sending";
import type { StepProps } from "./use-import";
import { LARGEST, useSend } from "./use-send";

/** The first step: which file. A file that cannot be used says why, and what to do about it. */
export function FileStep({ table, wizard }: StepProps) {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  const sending = useSend(table, wizard.options, wizard.opened);
  const [refusal, setRefusal] = useState("");

  const choose = (files: readonly File[]) => {
    const [file] = files;
    if (!file) return;
    const why = files.length > 1 ? t("imports.oneFile") : refusalOf(file);
    setRefusal(why);
    if (why) return;
    wizard.forget();
    sending.send(file);
  };
  const refusalOf = (file: File) => {
    if (file.size === 0) return t("imports.emptyFile");
    return file.size > LARGEST ? t("imports.tooLarge", { most: bytes(LARGEST) }) : "";
  };
  const cancel = () => {
    sending.cancel();
    wizard.restart();
  };

  const { check } = wizard;
  const failed = faultOf(check) ?? "";
  const error = sending.error ?? wizard.fault;
  const why = refusal || (error && !isBrokenOff(error) ? sentenceOf(error) : failed);
  const isBusy = sending.isSending || wizard.isChecking;
  return (
    <div className="import-file">
      <section className="card import-card">
        {isBusy ? (
          <Sending
            file={sending.file}
            sent={sending.isSending ? sending.share : null}
            checked={check?.progress ?? 0}
            onCancel={cancel}
          />
        ) : (
          <>
            {why && (
              <Notice tone="cinnabar">
                <b>{t("imports.refused")}</b> {why}
                <p className="muted">{t("imports.nothingChanged")}</p>
              </Notice>
            )}
            <DropZone onChoose={choose} />
          </>
        )}
      </section>
      <FileHints table={table} />
    </div>
  );
}

const isBrokenOff = (error: unknown) => error instanceof DOMException && error.name === "AbortError";
