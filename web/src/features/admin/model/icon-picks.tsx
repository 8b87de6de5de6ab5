import { useTranslation } from "react-i18next";
import { ICON_NAMES, TableIcon } from "@/ui/icon";
import { Picks } from "@/ui/picks";

type Props = { value: string; onChange: (icon: string) => void };

/** The signs a table can have. */
export function IconPicks({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Picks
      className="icon-picks"
      label={t("model.icon")}
      value={value}
      onChange={(icon) => onChange(icon ?? value)}
      picks={ICON_NAMES.map((name) => ({
        key: name,
        label: (
          <>
            <TableIcon name={name} />
            <span className="sr-only">{name}</span>
          </>
        ),
      }))}
    />
  );
}
