import { queryOptions } from "@tanstack/react-query";
import { call } from "@/api/client";
import { z } from "@/lib/zod";
import { adminKey } from "../use-write";

const Workspace = z.object({ name: z.string(), time_zone: z.string(), currency: z.string() });
export type Workspace = z.infer<typeof Workspace>;

export const workspaceQuery = queryOptions({
  queryKey: [...adminKey, "workspace"],
  queryFn: async ({ signal }) => Workspace.parse(await call("GET", "/workspace", { signal })),
});

export const changeWorkspace = async (values: Workspace) =>
  Workspace.parse(await call("PATCH", "/workspace", { body: values }));
