import { PaperClipOutlined } from "@ant-design/icons";
import { fileAddress, filesOf } from "@/api/files";
import { useFormat } from "@/api/use-format";
import { type CellProps, defineWidget } from "../field";
import { FileBox } from "../file-box";

function Cell({ value, roomy }: CellProps) {
  const { bytes } = useFormat();
  const files = filesOf(value);
  if (!roomy) {
    return (
      <span className="num">
        <PaperClipOutlined aria-hidden /> {files.length}
      </span>
    );
  }
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.id}>
          {file.type?.startsWith("image/") ? (
            <a className="file-picture" href={fileAddress(file)} target="_blank" rel="noreferrer">
              <img src={fileAddress(file)} alt={file.name} loading="lazy" />
            </a>
          ) : (
            <a className="file" href={fileAddress(file)} download={file.name}>
              <PaperClipOutlined aria-hidden /> <span>{file.name}</span> <small>{bytes(file.size)}</small>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}

export default defineWidget({ widget: "attachment", width: 88, wide: true, Cell, Input: FileBox });
