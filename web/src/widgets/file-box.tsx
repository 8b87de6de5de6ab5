import "./fields.css";
import { CloseOutlined, PaperClipOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button } from "antd";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { filesOf, uploadFile } from "@/api/files";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import type { InputProps } from "./field";

/** Files are stored as soon as they are picked; saving the record ties them to it. */
export function FileBox({ aria: { status: _, ...aria }, value, onChange }: InputProps) {
  const { t } = useTranslation();
  const { bytes } = useFormat();
  const box = useRef<HTMLInputElement>(null);
  const files = filesOf(value);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (picked: File[]) => Promise.all(picked.map(uploadFile)),
    onSuccess: (stored) => onChange([...files, ...stored]),
  });
  return (
    <div className="file-box">
      <input
        {...aria}
        ref={box}
        type="file"
        multiple
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => mutate([...(event.target.files ?? [])])}
      />
      <ul className="files">
        {files.map((file) => (
          <li key={file.id} className="file">
            <PaperClipOutlined aria-hidden /> <span>{file.name}</span> <small>{bytes(file.size)}</small>
            <button
              type="button"
              aria-label={`${t("common.remove")} ${file.name}`}
              onClick={() => onChange(files.filter(({ id }) => id !== file.id))}
            >
              <CloseOutlined aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <Button icon={<PlusOutlined aria-hidden />} loading={isPending} onClick={() => box.current?.click()}>
        {t("records.addFile")}
      </Button>
      {error && (
        <p className="labelled-fault" role="alert">
          {sentenceOf(error)}
        </p>
      )}
    </div>
  );
}
