import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { Texts } from "@/lib/locales/zh";
import "./palette.css";

type Part = keyof Texts["palette"]["parts"];
type Does = keyof Texts["palette"]["does"];

const KEYS: [Part, [string[], Does][]][] = [
  [
    "everywhere",
    [
      [["Ctrl", "K"], "find"],
      [["?"], "help"],
    ],
  ],
  [
    "list",
    [
      [["/"], "search"],
      [["N"], "create"],
      [["J"], "enter"],
      [["↑", "↓"], "walk"],
      [["↵"], "open"],
    ],
  ],
  [
    "record",
    [
      [["C"], "call"],
      [["F"], "follow"],
      [["V"], "convert"],
      [["J", "K"], "neighbour"],
      [["Ctrl", "↵"], "save"],
    ],
  ],
  [
    "call",
    [
      [["Ctrl", "Shift", "H"], "hangUp"],
      [["S"], "script"],
    ],
  ],
];

/** Every key that does something, by where it does. */
export function KeyHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open onCancel={onClose} footer={null} width={640} title={t("palette.keys")}>
      <div className="key-help">
        {KEYS.map(([part, keys]) => (
          <section key={part}>
            <h3>{t(`palette.parts.${part}`)}</h3>
            <dl>
              {keys.map(([pressed, does]) => (
                <div key={does}>
                  <dt>
                    {pressed.map((one) => (
                      <kbd key={one}>{one}</kbd>
                    ))}
                  </dt>
                  <dd>{t(`palette.does.${does}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
