import { useTranslation } from "react-i18next";
import { type Table, useMeta } from "@/api/meta";
import { useFormat } from "@/api/use-format";
import { Chip } from "@/ui/chip";
import { TableIcon } from "@/ui/icon";
import type { Role } from "./api";
import { ACTIONS, LIMITS, type Row, type Scope, scopeKey } from "./matrix";
import { useScopeWords } from "./use-words";

type Props = { role: Role; rows: readonly Row[]; onEdit: (row: Row, place: number) => void };

/** Tables down, actions across, and in each field the rows that are meant. */
export function RoleMatrix({ role, rows, onEdit }: Props) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const caption = t("roles.matrix", { role: label(role.label) });
  const hasLimits = rows.some(({ limits }) => LIMITS.some((limit) => limits[limit].length > 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="matrix" tabIndex={0} aria-label={caption}>
      <table aria-label={caption}>
        <thead>
          <tr>
            <th scope="col">{t("roles.table")}</th>
            {ACTIONS.map((action) => (
              <th key={action} scope="col" title={t(`roles.actionHints.${action}`)}>
                {t(`roles.actions.${action}`)}
              </th>
            ))}
            {hasLimits && <th scope="col">{t("roles.limits")}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a table may have two lines, told apart by their place only
            <Line key={place} role={role} row={row} hasLimits={hasLimits} onEdit={() => onEdit(row, place)} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

type LineProps = { role: Role; row: Row; hasLimits: boolean; onEdit: () => void };

function Line({ role, row, hasLimits, onEdit }: LineProps) {
  const { t } = useTranslation();
  const { label } = useFormat();
  const table = useMeta().table.get(row.table);
  const name = table ? label(table.label) : row.table === "*" ? t("roles.allTables") : row.table;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          className="matrix-name"
          aria-label={t("roles.editRow", { role: label(role.label), table: name })}
          onClick={onEdit}
        >
          <TableIcon name={table?.settings.icon ?? "table"} /> <span>{name}</span>
        </button>
      </th>
      {ACTIONS.map((action) => (
        <td key={action} data-label={t(`roles.actions.${action}`)}>
          <Scopes scopes={row.scopes[action] ?? []} table={table} />
        </td>
      ))}
      {hasLimits && (
        <td data-label={t("roles.limits")}>
          <Limits row={row} table={table} />
        </td>
      )}
    </tr>
  );
}

function Scopes({ scopes, table }: { scopes: readonly Scope[]; table: Table | undefined }) {
  const { t } = useTranslation();
  const { say } = useScopeWords();
  if (scopes.length === 0) {
    return (
      <span className="matrix-no">
        <span aria-hidden="true">–</span>
        <span className="sr-only">{t("roles.nothing")}</span>
      </span>
    );
  }
  return (
    <span className="matrix-scopes">
      {scopes.map((scope) => {
        const { short, long, tone } = say(scope, table);
        return (
          <Chip key={scopeKey(scope)} tone={tone} title={long}>
            {short}
          </Chip>
        );
      })}
    </span>
  );
}

function Limits({ row, table }: { row: Row; table: Table | undefined }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { nameOf } = useScopeWords();
  const names = (keys: readonly string[]) =>
    keys.map((key) => nameOf(table, key)).join(language === "zh" ? "、" : ", ");
  const words = { hide: "roles.hides", mask: "roles.masks", read_only: "roles.readOnly" } as const;
  return (
    <span className="matrix-limits">
      {LIMITS.filter((limit) => row.limits[limit].length > 0).map((limit) => (
        <span key={limit}>{t(words[limit], { names: names(row.limits[limit]) })}</span>
      ))}
    </span>
  );
}
