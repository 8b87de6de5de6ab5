import { CopyOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Segmented, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { call, ROOT } from "@/api/client";
import { type Table, useMeta } from "@/api/meta";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { copyText } from "@/lib/copy-text";
import { Notice } from "@/ui/notice";
import { CodeBlock } from "./code-block";
import { DEEDS, type Deed, exampleOf, TONGUES, type Tongue, writtenIn } from "./examples";

/** Calls that work here and now, on the tables as they are; reading ones can be tried at once. */
export function ExamplesCard() {
  const { t } = useTranslation();
  const { label } = useFormat();
  const { message } = App.useApp();
  const { tables } = useMeta();
  const [key, setKey] = useState(() => firstOf(tables)?.key ?? "");
  const [deed, setDeed] = useState<Deed>("list");
  const [tongue, setTongue] = useState<Tongue>("curl");
  const table = tables.find((one) => one.key === key);
  const example = table && exampleOf(table, deed, new Date());
  const tried = useMutation({
    mutationFn: (path: string) => call<unknown>("GET", path.slice(ROOT.length)),
  });
  if (!example) return null;
  const text = writtenIn(tongue, example, window.location.origin);
  const forget = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      tried.reset();
    };
  };
  return (
    <section className="card developer-card" aria-labelledby="developer-examples">
      <h2 id="developer-examples">{t("developer.examples")}</h2>
      <p className="muted">
        {t("developer.examplesHint")} <Link to="/account">{t("developer.toKeys")}</Link>
        {" · "}
        <a href="/api/openapi.json" target="_blank" rel="noreferrer">
          {t("developer.openapi")}
        </a>
      </p>
      <div className="developer-choose">
        <Select
          aria-label={t("developer.table")}
          value={key}
          options={tables.map((one) => ({ value: one.key, label: label(one.label) }))}
          showSearch={{ optionFilterProp: "label" }}
          onChange={forget(setKey)}
        />
        <Segmented<Deed>
          aria-label={t("developer.deed")}
          value={deed}
          options={DEEDS.map((one) => ({ value: one, label: t(`developer.deeds.${one}`) }))}
          onChange={forget(setDeed)}
        />
        <Segmented<Tongue>
          aria-label={t("developer.tongue")}
          value={tongue}
          options={TONGUES.map((one) => ({ value: one, label: one === "curl" ? "curl" : "Python" }))}
          onChange={setTongue}
        />
      </div>
      <CodeBlock label={t("developer.examples")} text={text} />
      <div className="developer-acts">
        <Button
          icon={<CopyOutlined aria-hidden />}
          onClick={async () => {
            if (await copyText(text)) message.success(t("common.copied"));
          }}
        >
          {t("common.copy")}
        </Button>
        {example.method === "GET" && (
          <Button
            type="primary"
            icon={<PlayCircleOutlined aria-hidden />}
            loading={tried.isPending}
            onClick={() => tried.mutate(example.path)}
          >
            {t("developer.try")}
          </Button>
        )}
      </div>
      {tried.error && <Notice tone="cinnabar">{sentenceOf(tried.error)}</Notice>}
      {tried.data !== undefined && (
        <CodeBlock label={t("developer.answer")} text={JSON.stringify(tried.data, null, 2)} tall />
      )}
    </section>
  );
}

/** The one people look at first. */
const firstOf = (tables: readonly Table[]) =>
  [...tables].sort((a, b) => (a.settings.menu ?? Infinity) - (b.settings.menu ?? Infinity))[0];
