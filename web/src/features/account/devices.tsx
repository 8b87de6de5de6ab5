import { DesktopOutlined, MobileOutlined } from "@ant-design/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "@/api/sentence";
import { useFormat } from "@/api/use-format";
import { deviceName, deviceOf } from "@/lib/device";
import { Chip } from "@/ui/chip";
import { Notice } from "@/ui/notice";
import { type Device, devicesQuery, logOutDevices } from "./api";

/** More are shown when asked for: the list must not hide what stands below it. */
const SHOWN = 5;

/** Where I am logged in; this device first. */
export function Devices() {
  const { t } = useTranslation();
  const { data = [], error, isPending } = useQuery(devicesQuery);
  const { number } = useFormat();
  const [isWhole, setWhole] = useState(false);
  const { logOut, isLoggingOut } = useLogOut();
  const others = data.filter(({ current }) => !current);
  const all = [...data.filter(({ current }) => current), ...others];
  const shown = isWhole ? all : all.slice(0, SHOWN);
  return (
    <section className="account-card card">
      <div className="account-title">
        <h2>{t("account.devices")}</h2>
        {others.length > 1 && (
          <Button size="small" onClick={() => logOut(others.map(({ id }) => id))} loading={isLoggingOut}>
            {t("account.logOutOthers")}
          </Button>
        )}
      </div>
      <p className="muted">{t("account.devicesHint")}</p>
      {error && <Notice tone="cinnabar">{sentenceOf(error)}</Notice>}
      {isPending && <Skeleton active paragraph={{ rows: 2 }} title={false} />}
      <ul className="devices">
        {shown.map((device) => (
          <DeviceRow key={device.id} device={device} onLogOut={() => logOut([device.id])} />
        ))}
      </ul>
      {shown.length < all.length && (
        <Button type="text" size="small" onClick={() => setWhole(true)}>
          {t("account.moreDevices", { n: number(all.length - shown.length) })}
        </Button>
      )}
    </section>
  );
}

function DeviceRow({ device, onLogOut }: { device: Device; onLogOut: () => void }) {
  const { t } = useTranslation();
  const { when } = useFormat();
  const name = deviceName(device.agent) || t("account.unknownDevice");
  return (
    <li className="device">
      <span className="device-sign" data-tone={device.current ? "jade" : "grey"}>
        {deviceOf(device.agent)?.isHandheld ? <MobileOutlined aria-hidden /> : <DesktopOutlined aria-hidden />}
      </span>
      <div>
        <b>{name}</b> {device.current && <Chip tone="jade">{t("account.thisDevice")}</Chip>}
        <small>
          {device.ip} · {t("account.seen", { when: when(device.last_seen_at) })} ·{" "}
          {t("account.since", { when: when(device.created_at) })}
        </small>
      </div>
      {!device.current && (
        <Button size="small" onClick={onLogOut} aria-label={t("account.logOutDeviceOf", { device: name })}>
          {t("account.logOutDevice")}
        </Button>
      )}
    </li>
  );
}

function useLogOut() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const { mutate, isPending } = useMutation({
    mutationFn: logOutDevices,
    onSuccess: () => void message.success(t("account.loggedOut")),
    onError: (error) => void message.error(sentenceOf(error)),
    onSettled: () => client.invalidateQueries({ queryKey: devicesQuery.queryKey }),
  });
  return { logOut: mutate, isLoggingOut: isPending };
}
