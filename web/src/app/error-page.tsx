import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useRouteError } from "react-router";
import { ApiError, Unreachable } from "@/api/errors";
import { isMissingPart } from "@/lib/missing-part";
import { Mark } from "@/ui/mark";
import { useIsOnline } from "@/ui/use-is-online";
import { OfflinePage } from "./offline/offline-page";
import "./splash.css";

type Props = { error: unknown; onRetry?: () => void };

/** A whole page that could not be shown: why, and what to do now. */
export function ProblemPage({ error, onRetry }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isOnline = useIsOnline();
  const isPartGone = isMissingPart(error);
  if (isPartGone && !isOnline) return <OfflinePage onRetry={() => window.location.reload()} />;
  const isMissing = error instanceof ApiError && error.status === 404;
  const sentence = isMissing
    ? t("common.notFound")
    : error instanceof ApiError
      ? error.detail
      : error instanceof Unreachable
        ? t("common.offline")
        : isPartGone
          ? t("offline.newBuild")
          : t("common.unexpected");
  return (
    <main className="problem" role="alert">
      <Mark size={40} />
      <h1>{isMissing ? t("common.notFoundTitle") : t("common.errorTitle")}</h1>
      <p>{sentence}</p>
      <div className="problem-acts">
        <Button type="primary" onClick={onRetry ?? (() => window.location.reload())}>
          {onRetry ? t("common.retry") : t("common.reload")}
        </Button>
        <Button onClick={() => navigate("/")}>{t("common.home")}</Button>
      </div>
    </main>
  );
}

/** Catches what a page throws while it is drawn. */
export function ErrorPage() {
  return <ProblemPage error={useRouteError()} />;
}

export function NotFoundPage() {
  return <ProblemPage error={new ApiError(404, "not-found", "", "")} />;
}
