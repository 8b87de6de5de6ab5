import { useTranslation } from "react-i18next";

/** How far one has come. */
export function Ring({ done, of }: { done: number; of: number }) {
  const { t } = useTranslation();
  return (
    <span
      className="first-ring"
      role="img"
      aria-label={t("checklist.progress", { done, of })}
      style={{ "--part": `${(100 * done) / of}%` } as React.CSSProperties}
    >
      <span className="num">
        {done}/{of}
      </span>
    </span>
  );
}
