import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import type { Flow } from "@/api/flow-runs";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { useSwitch } from "./use-switch";

/** Whether new records enter the flow: a switch for administrators, a word for everybody else. */
export function FlowSwitch({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { user } = useMeta();
  const { switchTo, isPending } = useSwitch(flow);
  return (
    <span className="flow-switch">
      <Chip tone={flow.active ? "jade" : "grey"}>{t(flow.active ? "flows.active" : "flows.inactive")}</Chip>
      {user.is_administrator && (
        <Switch
          size="small"
          checked={flow.active}
          loading={isPending}
          onChange={(active) => switchTo(active)}
          aria-label={t("flows.switch", { name: label(flow.label) })}
        />
      )}
    </span>
  );
}
