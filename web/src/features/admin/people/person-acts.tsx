import { MoreOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useWrite } from "../use-write";
import { type Account, archiveAccount, changeAccount, resetPassword } from "./api";
import type { OncePassword } from "./once-dialog";

type Props = {
  person: Account;
  isMe: boolean;
  onEdit: (account: Account) => void;
  onOnce: (once: OncePassword) => void;
};

/** What can be done with a person; before each, what it means. */
export function PersonActs({ person, isMe, onEdit, onOnce }: Props) {
  const { t } = useTranslation();
  const acts = usePersonActs(person, onOnce);
  const others = [
    { key: "reset", label: t("people.reset"), onClick: acts.reset },
    person.active
      ? { key: "off", label: t("people.deactivate"), onClick: acts.deactivate }
      : { key: "on", label: t("people.activate"), onClick: acts.activate },
    { key: "line", type: "divider" as const },
    { key: "remove", label: t("people.remove"), danger: true, onClick: acts.remove },
  ];
  const items = [{ key: "edit", label: t("common.edit"), onClick: () => onEdit(person) }, ...(isMe ? [] : others)];
  return (
    <Dropdown menu={{ items }} trigger={["click"]} placement="bottomRight">
      <Button
        type="text"
        size="small"
        icon={<MoreOutlined aria-hidden />}
        aria-label={t("people.acts", { name: person.name })}
      />
    </Dropdown>
  );
}

function usePersonActs(person: Account, onOnce: (once: OncePassword) => void) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const { id, name, email } = person;
  const reset = useWrite(resetPassword, {
    loud: true,
    onDone: (password) => onOnce({ title: t("people.resetDone"), name, email, password }),
  });
  const off = useWrite(changeAccount, { loud: true, said: t("people.deactivated") });
  const on = useWrite(changeAccount, { loud: true, said: t("people.activated") });
  const archive = useWrite(archiveAccount, { loud: true, said: t("people.removed") });

  const ask = (title: string, hints: readonly string[], okText: string, go: () => Promise<unknown>) =>
    modal.confirm({
      title,
      icon: null,
      width: 440,
      content:
        hints.length === 1 ? (
          hints[0]
        ) : (
          <ul className="admin-hints">
            {hints.map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
        ),
      okText,
      okButtonProps: { danger: true },
      cancelText: t("common.cancel"),
      // What went wrong is said as a message; the question is answered either way.
      onOk: () => go().catch(() => {}),
    });
  const hints = (key: "deactivateHints" | "removeHints") =>
    t(`people.${key}`, { returnObjects: true }) as unknown as string[];
  return {
    reset: () =>
      ask(t("people.resetTitle", { name }), [t("people.resetHint")], t("people.reset"), () => reset.mutateAsync(id)),
    deactivate: () =>
      ask(t("people.deactivateTitle", { name }), hints("deactivateHints"), t("people.deactivate"), () =>
        off.mutateAsync({ id, active: false }),
      ),
    activate: () => on.mutate({ id, active: true }),
    remove: () =>
      ask(t("people.removeTitle", { name }), hints("removeHints"), t("people.remove"), () => archive.mutateAsync(id)),
  };
}
