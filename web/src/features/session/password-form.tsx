import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { sessionKey } from "@/api/keys";
import { sentenceOf } from "@/api/sentence";
import { changePassword } from "@/api/session";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { forgetFirstPassword } from "./first-password";
import { LEAST, passwordFaults, type Typed } from "./password-rules";

type Props = { known: string | null; size?: "large"; onDone?: () => void };

/** Old, new and new again. `known` is the old password when it was typed a moment ago. */
export function PasswordForm({ known, size, onDone }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Typed>({ old: known ?? "", next: "", repeat: "" });
  const [tried, setTried] = useState(false);
  const { change, error, isPending } = useChange(onDone);
  const faults = tried ? passwordFaults(typed) : {};
  const refused = error instanceof ApiError ? error.fields : {};
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(passwordFaults(typed)).length === 0) change(typed);
  };
  const box = (name: keyof Typed, label: string, fault?: string, help?: string) => (
    <Labelled label={label} fault={fault} help={help}>
      {(aria) => (
        <Input.Password
          {...aria}
          {...(size ? { size } : {})}
          autoComplete={name === "old" ? "current-password" : "new-password"}
          value={typed[name]}
          onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
        />
      )}
    </Labelled>
  );
  return (
    <form onSubmit={submit} noValidate>
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {known === null && box("old", t("session.old"), refused.old)}
      {box(
        "next",
        t("session.new"),
        faults.next ? t(`session.${faults.next}`, { least: LEAST }) : refused.new,
        t("session.newHint", { least: LEAST }),
      )}
      {box("repeat", t("session.repeat"), faults.repeat && t(`session.${faults.repeat}`, { least: LEAST }))}
      <Button
        type="primary"
        htmlType="submit"
        block
        loading={isPending}
        className="gateway-go"
        {...(size ? { size } : {})}
      >
        {t("session.change")}
      </Button>
    </form>
  );
}

function useChange(onDone?: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    mutationFn: ({ old, next }: Typed) => changePassword(old, next),
    onSuccess: async () => {
      forgetFirstPassword();
      message.success(t("session.changed"));
      onDone?.();
      await client.invalidateQueries({ queryKey: sessionKey });
    },
  });
  return { change: mutate, error, isPending };
}
