import type { ComponentType } from "react";
import type { ChartProps } from "./chart";
import { FigureChart } from "./figure";
import { FunnelChart } from "./funnel";
import { ListChart } from "./list";
import { RankingChart } from "./ranking";
import { ShareChart } from "./share";
import { TrendChart } from "./trend";

/** How each kind of tile is drawn. */
export const CHARTS: Readonly<Record<string, ComponentType<ChartProps>>> = {
  figure: FigureChart,
  trend: TrendChart,
  ranking: RankingChart,
  funnel: FunnelChart,
  share: ShareChart,
  list: ListChart,
};
