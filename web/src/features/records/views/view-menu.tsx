import { DeleteOutlined, EditOutlined, MoreOutlined, PlusOutlined, PushpinOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import type { SavedView } from "@/api/saved-views";
import type { ViewActions } from "./use-view-actions";

type Props = {
  active: string;
  preset: string | null;
  saved: SavedView | null;
  onNew: () => void;
  onEdit: () => void;
  actions: ViewActions;
};

/** What one does with a view now and then. */
export function ViewMenu({ active, preset, saved, onNew, onEdit, actions }: Props) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const isPreset = preset === active;
  const remove = (view: SavedView) => {
    const { everyone, departments, roles } = view.shared;
    const isShared = everyone || departments.length > 0 || roles.length > 0;
    modal.confirm({
      title: t("views.removeTitle", { name: view.name }),
      content: isShared ? t("views.removeShared") : t("views.removeHint"),
      okText: t("views.remove"),
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      focusable: { autoFocusButton: "cancel" },
      onOk: () => actions.remove(view),
    });
  };
  const items = [
    { key: "new", icon: <PlusOutlined aria-hidden />, label: t("views.saveAs"), onClick: onNew },
    {
      key: "preset",
      icon: <PushpinOutlined aria-hidden />,
      label: isPreset ? t("views.dropDefault") : t("views.makeDefault"),
      onClick: () => actions.choose(isPreset ? null : active),
    },
    ...(saved?.editable
      ? [
          { key: "edit", icon: <EditOutlined aria-hidden />, label: t("views.edit"), onClick: onEdit },
          { type: "divider" as const },
          {
            key: "remove",
            icon: <DeleteOutlined aria-hidden />,
            label: t("views.remove"),
            danger: true,
            onClick: () => remove(saved),
          },
        ]
      : []),
  ];
  return (
    <Dropdown trigger={["click"]} placement="bottomRight" menu={{ items }}>
      <Button
        type="text"
        size="small"
        className="view-menu"
        icon={<MoreOutlined aria-hidden />}
        aria-label={t("views.menu")}
        title={t("views.menu")}
      />
    </Dropdown>
  );
}
