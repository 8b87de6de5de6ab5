import {
  BellFilled,
  BranchesOutlined,
  ClockCircleFilled,
  EditFilled,
  FormOutlined,
  NodeIndexOutlined,
  StopFilled,
  ThunderboltFilled,
  UserSwitchOutlined,
} from "@ant-design/icons";
import type { ComponentType } from "react";
import type { Tone } from "@/ui/tokens";

export type Look = { tone: Tone; Icon: ComponentType<{ "aria-hidden"?: boolean }> };

export const TRIGGER_LOOK: Look = { tone: "jade", Icon: ThunderboltFilled };

const LOOKS: Record<string, Look> = {
  branch: { tone: "amber", Icon: BranchesOutlined },
  wait: { tone: "amber", Icon: ClockCircleFilled },
  assign: { tone: "indigo", Icon: UserSwitchOutlined },
  update: { tone: "indigo", Icon: EditFilled },
  create: { tone: "jade", Icon: FormOutlined },
  notify: { tone: "violet", Icon: BellFilled },
  stop: { tone: "cinnabar", Icon: StopFilled },
};

/** How a kind of node is drawn; one a later version brings looks plain. */
export const lookOf = (type: string): Look => LOOKS[type] ?? { tone: "grey", Icon: NodeIndexOutlined };
