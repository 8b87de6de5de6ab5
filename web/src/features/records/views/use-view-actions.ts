import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import type { Table } from "@/api/meta";
import {
  changeView,
  chooseDefault,
  createView,
  deleteView,
  type Look,
  refreshViews,
  type SavedView,
} from "@/api/saved-views";
import { sentenceOf } from "@/api/sentence";

type Change = { view: SavedView; change: Partial<Look> };

/** Saves, changes and deletes views, and says what came of it. `onOpen` shows a view, null the first one. */
export function useViewActions(table: Table, onOpen: (key: string | null) => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const client = useQueryClient();
  const fresh = () => refreshViews(client, table.key);
  const onError = (error: unknown) => {
    message.error(sentenceOf(error));
    void fresh();
  };
  const create = useMutation({
    mutationFn: (look: Look) => createView(table.key, look),
    onSuccess: async ({ key, name }) => {
      await fresh();
      onOpen(key);
      message.success(t("views.created", { name }));
    },
    onError,
  });
  const change = useMutation({
    mutationFn: ({ view, change }: Change) => changeView(table.key, view, change),
    onSuccess: async ({ key, name }) => {
      await fresh();
      onOpen(key);
      message.success(t("views.updated", { name }));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) => deleteView(table.key, view.id),
    onSuccess: async (_, { name }) => {
      onOpen(null);
      await fresh();
      message.success(t("views.removed", { name }));
    },
    onError,
  });
  const preset = useMutation({
    mutationFn: (key: string | null) => chooseDefault(table.key, key),
    onSuccess: fresh,
    onError,
  });
  return {
    create: (look: Look, onSuccess?: () => void) => create.mutate(look, { ...(onSuccess ? { onSuccess } : {}) }),
    change: (asked: Change, onSuccess?: () => void) => change.mutate(asked, { ...(onSuccess ? { onSuccess } : {}) }),
    remove: remove.mutate,
    choose: preset.mutate,
    isPending: create.isPending || change.isPending,
  };
}

export type ViewActions = ReturnType<typeof useViewActions>;
