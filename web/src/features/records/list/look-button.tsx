import { ProjectOutlined, UnorderedListOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import type { ListState } from "@/lib/list-url";
import { useIsPhone } from "@/ui/use-is-phone";

type Props = { look: ListState["look"]; onChange: (look: ListState["look"]) => void };

/** From the list to the board by stage, and back. */
export function LookButton({ look, onChange }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const isBoard = look === "board";
  const name = t(isBoard ? "records.board.list" : "records.board.label");
  return (
    <Button
      type="text"
      icon={isBoard ? <UnorderedListOutlined aria-hidden /> : <ProjectOutlined aria-hidden />}
      aria-label={name}
      onClick={() => onChange(isBoard ? undefined : "board")}
    >
      {isPhone ? null : name}
    </Button>
  );
}
