import {
  ApartmentOutlined,
  ApiOutlined,
  BranchesOutlined,
  DownloadOutlined,
  InfoCircleOutlined,
  KeyOutlined,
  LoginOutlined,
  SafetyOutlined,
  SearchOutlined,
  SettingOutlined,
  SoundOutlined,
  TableOutlined,
  UserOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import { useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { deviceName } from "@/lib/device";
import { SimpleTable } from "@/ui/simple-table";
import type { Tone } from "@/ui/tokens";
import type { Entry } from "./api";
import { useAuditNames } from "./use-names";
import { type Deed, deedOf } from "./words";

const ICONS: Record<string, ComponentType<{ "aria-hidden"?: boolean }>> = {
  session: LoginOutlined,
  password: KeyOutlined,
  user: UserOutlined,
  department: ApartmentOutlined,
  role: SafetyOutlined,
  api_key: ApiOutlined,
  table: TableOutlined,
  field: TableOutlined,
  records: DownloadOutlined,
  duplicate: SearchOutlined,
  flow: BranchesOutlined,
  recording: SoundOutlined,
  webhook: ApiOutlined,
  workspace: SettingOutlined,
};

const TONES: Record<Deed["look"], Tone> = { made: "jade", gone: "cinnabar", warning: "amber", plain: "grey" };

/** The entries in words, newest first. */
export function AuditList({ entries }: { entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const heads = [
    { key: "at", label: t("audit.heads.at"), width: 150 },
    { key: "who", label: t("audit.heads.who"), width: 140 },
    { key: "what", label: t("audit.heads.what") },
    { key: "where", label: t("audit.heads.where"), width: 210 },
  ];
  return (
    <div className="audit">
      <SimpleTable label={t("audit.title")} heads={heads}>
        {entries.map((entry) => (
          <AuditRow key={entry.id} entry={entry} />
        ))}
      </SimpleTable>
    </div>
  );
}

function AuditRow({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const { dateTime, when } = useFormat();
  const { person } = useMeta();
  const { names } = useAuditNames();
  const deed = deedOf(entry, names);
  const Icon = ICONS[entry.action.split(".")[0] ?? ""] ?? InfoCircleOutlined;
  const agent = typeof entry.facts.agent === "string" ? deviceName(entry.facts.agent) : "";
  const nobody = entry.action === "session.refused" ? t("audit.stranger") : t("audit.machine");
  return (
    <tr>
      <td className="num" title={dateTime(entry.at)}>
        <time dateTime={entry.at}>{when(entry.at)}</time>
      </td>
      <td>
        {entry.user === null ? (
          <span className="faint">{nobody}</span>
        ) : (
          (person.get(entry.user)?.name ?? `#${entry.user}`)
        )}
      </td>
      <td>
        <span className="audit-deed">
          <span className="audit-sign" data-tone={TONES[deed.look]}>
            <Icon aria-hidden />
          </span>
          <span>
            {deed.did
              ? t(`audit.did.${deed.did}`, { subject: deed.subject, table: deed.table })
              : t("audit.other", { action: entry.action })}
            <Details entry={entry} deed={deed} />
          </span>
        </span>
      </td>
      <td className="faint">{[agent, entry.ip].filter(Boolean).join(" · ")}</td>
    </tr>
  );
}

function Details({ entry, deed }: { entry: Entry; deed: Deed }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { write, nameOf } = useAuditNames();
  const { records } = entry.facts;
  const lines = deed.changed.map(({ name, from, to }) =>
    t("audit.changed", { name: nameOf(name), from: write(name, from), to: write(name, to) }),
  );
  if (typeof records === "number") lines.push(t("audit.rows", { n: number(records) }));
  return lines.map((line) => <small key={line}>{line}</small>);
}
