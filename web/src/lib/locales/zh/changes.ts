export const changes = {
  title: "导入与批量修改",
  failed: "记录没有加载出来",
  none: "还没有导入或批量修改",
  noneHint: "每一次导入和批量修改都会记在这里，可以整批撤销。",
  kind: { import: "导入", bulk_edit: "批量修改", convert: "转化", other: "批量操作" },
  undoOf: "撤销{{what}}",
  undoing: "正在撤销",
  undone: "已撤销",
};
