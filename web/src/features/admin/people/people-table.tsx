import { useTranslation } from "react-i18next";
import { departmentPath, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Avatar } from "@/ui/avatar";
import { Chip } from "@/ui/chip";
import { SimpleTable } from "@/ui/simple-table";
import type { Account } from "./api";
import type { OncePassword } from "./once-dialog";
import { PersonActs } from "./person-acts";

type Props = {
  people: readonly Account[];
  onEdit: (account: Account) => void;
  onOnce: (once: OncePassword) => void;
};

/** Who they are, what they may do, where they belong, whether they come. */
export function PeopleTable({ people, onEdit, onOnce }: Props) {
  const { t } = useTranslation();
  const heads = [
    { key: "person", label: t("people.heads.person") },
    { key: "roles", label: t("people.heads.roles") },
    { key: "department", label: t("people.heads.department") },
    { key: "state", label: t("people.heads.state") },
    { key: "seen", label: t("people.heads.seen") },
    { key: "acts", label: t("people.heads.acts"), width: 48, silent: true },
  ];
  return (
    <div className="people-table">
      <SimpleTable label={t("admin.people")} heads={heads}>
        {people.map((person) => (
          <PersonRow key={person.id} person={person} onEdit={onEdit} onOnce={onOnce} />
        ))}
      </SimpleTable>
    </div>
  );
}

type RowProps = Omit<Props, "people"> & { person: Account };

function PersonRow({ person, onEdit, onOnce }: RowProps) {
  const { t } = useTranslation();
  const { label, when } = useFormat();
  const meta = useMeta();
  const words = new Map(meta.roles.map((role) => [role.key, label(role.label)]));
  const isMe = person.id === meta.user.id;
  return (
    <tr className={person.active ? undefined : "people-off"}>
      <td>
        <span className="people-who">
          <Avatar name={person.name} />
          <span>
            <button type="button" className="people-name" onClick={() => onEdit(person)}>
              {person.name}
            </button>
            {isMe && <Chip tone="jade">{t("people.you")}</Chip>}
            <small>{person.email}</small>
          </span>
        </span>
      </td>
      <td>
        <span className="people-roles">
          {person.roles.map((key) => (
            <Chip key={key}>{words.get(key) ?? key}</Chip>
          ))}
          {person.roles.length === 0 && <Chip tone="amber">{t("people.noRole")}</Chip>}
        </span>
      </td>
      <td className={person.department === null ? "faint" : undefined}>
        {person.department === null ? t("people.none") : <Path of={departmentPath(meta, person.department)} />}
      </td>
      <td>
        <State person={person} />
      </td>
      <td className={person.last_login_at ? "num" : "faint"}>
        {person.last_login_at ? when(person.last_login_at) : t("people.never")}
      </td>
      <td className="right">
        <PersonActs person={person} isMe={isMe} onEdit={onEdit} onOnce={onOnce} />
      </td>
    </tr>
  );
}

/** The department first to the eye, those above it faint. */
function Path({ of }: { of: string }) {
  const at = of.lastIndexOf("/") + 1;
  return (
    <>
      <span className="faint">{of.slice(0, at)}</span>
      {of.slice(at)}
    </>
  );
}

function State({ person }: { person: Account }) {
  const { t } = useTranslation();
  if (!person.active) return <Chip>{t("people.off")}</Chip>;
  if (person.must_change_password) return <Chip tone="indigo">{t("people.waiting")}</Chip>;
  return <Chip tone="jade">{t("people.active")}</Chip>;
}
