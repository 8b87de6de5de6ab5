import { Button, Drawer, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/errors";
import { useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { LANGUAGES } from "@/lib/i18n";
import { Labelled } from "@/ui/labelled";
import { Notice } from "@/ui/notice";
import { useIsPhone } from "@/ui/use-is-phone";
import { useWrite } from "../use-write";
import { type Account, type AccountValues, changeAccount, createAccount } from "./api";
import { DepartmentSelect } from "./department-select";
import type { OncePassword } from "./once-dialog";

type Props = {
  account: Account | null;
  /** Where a new person begins. */
  department: number | null;
  /** What he begins as. */
  roles?: readonly string[];
  onClose: () => void;
  onOnce: (once: OncePassword) => void;
};

/** Makes or edits one user in a drawer. */
export function PersonForm({ account, department, roles = [], onClose, onOnce }: Props) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [values, setValues] = useState<AccountValues>(
    account ?? { name: "", email: "", roles: [...roles], department, language: "zh" },
  );
  const [tried, setTried] = useState(false);
  const { mutate, error, isPending } = useSave(account, onClose, onOnce);
  const faults = { ...(error instanceof ApiError ? error.fields : {}) };
  if (tried && !values.name.trim()) faults.name = t("people.nameMissing");
  if (tried && !values.email.trim()) faults.email = t("people.emailMissing");
  const save = () => {
    setTried(true);
    if (values.name.trim() && values.email.trim()) mutate(values);
  };
  return (
    <Drawer
      open
      onClose={onClose}
      title={account ? t("people.editTitle") : t("people.createTitle")}
      size={isPhone ? "100%" : 440}
      footer={
        <div className="admin-foot">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          <Button type="primary" loading={isPending} onClick={save}>
            {t("common.save")}
          </Button>
        </div>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        noValidate
      >
        {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
        <PersonFields values={values} faults={faults} onChange={(next) => setValues({ ...values, ...next })} />
        {!account && <Notice tone="indigo">{t("people.passwordHint")}</Notice>}
        <button type="submit" className="sr-only" tabIndex={-1} aria-hidden="true" />
      </form>
    </Drawer>
  );
}

type FieldsProps = {
  values: AccountValues;
  faults: Record<string, string | undefined>;
  onChange: (values: Partial<AccountValues>) => void;
};

function PersonFields({ values, faults, onChange }: FieldsProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { roles } = useMeta();
  return (
    <>
      <Labelled label={t("people.name")} fault={faults.name} required>
        {(aria) => (
          <Input
            {...aria}
            autoFocus
            maxLength={80}
            value={values.name}
            onChange={(e) => onChange({ name: e.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t("people.email")} fault={faults.email} help={t("people.emailHint")} required>
        {(aria) => (
          <Input
            {...aria}
            type="email"
            autoComplete="off"
            value={values.email}
            onChange={(e) => onChange({ email: e.target.value })}
          />
        )}
      </Labelled>
      <Labelled label={t("people.department")} fault={faults.department} help={t("people.departmentHint")}>
        {(aria) => (
          <DepartmentSelect
            aria={aria}
            value={values.department}
            onChange={(department) => onChange({ department })}
            nothing={t("people.none")}
          />
        )}
      </Labelled>
      <Labelled label={t("people.roles")} fault={faults.roles} help={t("people.rolesHint")}>
        {(aria) => (
          <Select
            {...aria}
            mode="multiple"
            style={{ width: "100%" }}
            value={values.roles}
            options={roles.map((role) => ({ value: role.key, label: label(role.label) }))}
            optionFilterProp="label"
            onChange={(next: string[]) => onChange({ roles: next })}
          />
        )}
      </Labelled>
      <Labelled label={t("people.language")} fault={faults.language}>
        {(aria) => (
          <Select
            {...aria}
            style={{ width: "100%" }}
            value={values.language}
            options={LANGUAGES.map((key) => ({ value: key, label: t(`app.languages.${key}`) }))}
            onChange={(language: string) => onChange({ language })}
          />
        )}
      </Labelled>
    </>
  );
}

function useSave(account: Account | null, onClose: () => void, onOnce: (once: OncePassword) => void) {
  const { t } = useTranslation();
  const save = async ({ name, email, roles, department, language }: AccountValues) => {
    const values = { name: name.trim(), email: email.trim(), roles, department, language };
    if (!account) return createAccount(values);
    await changeAccount({ id: account.id, ...values });
    return null;
  };
  return useWrite(save, {
    ...(account ? { said: t("admin.saved") } : {}),
    onDone: (made) => {
      onClose();
      if (made?.password)
        onOnce({ title: t("people.made"), name: made.name, email: made.email, password: made.password });
    },
  });
}
