import "./fields.css";
import { CameraOutlined, CloseOutlined, PaperClipOutlined, PlusOutlined, ReloadOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { fileAddress, filesOf, type Stored } from "@/api/files";
import { useFormat } from "@/api/use-format";
import { ProgressBar } from "@/ui/progress-bar";
import { useIsPhone } from "@/ui/use-is-phone";
import type { InputProps } from "./field";
import { type Upload, useUploads } from "./use-uploads";

/** Files are stored as soon as they are picked; saving the record ties them to it. On a phone the camera is offered. */
export function FileBox({ aria: { status: _, ...aria }, value, onChange }: InputProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const box = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const files = filesOf(value);
  // Several arrive between two drawings: each is added to what was there by then.
  const latest = useRef(files);
  latest.current = files;
  const { uploads, add, send, drop } = useUploads((stored) => {
    latest.current = [...latest.current, stored];
    onChange(latest.current);
  });
  const pick = (event: React.ChangeEvent<HTMLInputElement>) => {
    void add([...(event.target.files ?? [])]);
    // The same photo can be picked again.
    event.target.value = "";
  };
  const hidden = { type: "file", className: "sr-only", tabIndex: -1, onChange: pick } as const;
  return (
    <div className="file-box">
      <input {...aria} {...hidden} ref={box} multiple />
      {isPhone && (
        <input {...hidden} ref={camera} accept="image/*" capture="environment" aria-label={t("files.photo")} />
      )}
      <ul className="files">
        {files.map((file) => (
          <Kept key={file.id} file={file} onDrop={() => onChange(files.filter(({ id }) => id !== file.id))} />
        ))}
        {uploads.map((one) => (
          <Sending key={one.id} upload={one} onAgain={() => void send(one)} onDrop={() => drop(one.id)} />
        ))}
      </ul>
      {isPhone && (
        <Button icon={<CameraOutlined aria-hidden />} onClick={() => camera.current?.click()}>
          {t("files.photo")}
        </Button>
      )}
      <Button icon={<PlusOutlined aria-hidden />} onClick={() => box.current?.click()}>
        {t("records.addFile")}
      </Button>
      {uploads.length > 0 && <p className="muted">{t("files.wait")}</p>}
    </div>
  );
}

function Kept({ file, onDrop }: { file: Stored; onDrop: () => void }) {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  const isPicture = file.type?.startsWith("image/");
  return (
    <li className={isPicture ? "file picture" : "file"}>
      {isPicture ? <img src={fileAddress(file)} alt={file.name} /> : <PaperClipOutlined aria-hidden />}
      {!isPicture && <span>{file.name}</span>} {!isPicture && <small>{bytes(file.size)}</small>}
      <button type="button" aria-label={`${t("common.remove")} ${file.name}`} onClick={onDrop}>
        <CloseOutlined aria-hidden />
      </button>
    </li>
  );
}

type SendingProps = { upload: Upload; onAgain: () => void; onDrop: () => void };

function Sending({ upload: { file, share, fault }, onAgain, onDrop }: SendingProps) {
  const { t } = useTranslation();
  return (
    <li className="file sending">
      <span>{file.name}</span>
      {fault === null ? (
        <ProgressBar share={share} label={t("files.sending", { name: file.name })} />
      ) : (
        <>
          <small role="alert">{fault}</small>
          <button type="button" aria-label={`${t("files.again")} ${file.name}`} onClick={onAgain}>
            <ReloadOutlined aria-hidden />
          </button>
          <button type="button" aria-label={`${t("common.remove")} ${file.name}`} onClick={onDrop}>
            <CloseOutlined aria-hidden />
          </button>
        </>
      )}
    </li>
  );
}
