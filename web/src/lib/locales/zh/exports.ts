export const exports = {
  title: "导出",
  waiting: "正在排队",
  running: "正在导出",
  rows: "{{n}} 条",
  ready: "{{n}} 条，{{size}}，保留到{{until}}",
  fetched: "已下载",
  download: "下载",
  stop: "停止导出",
  remove: "移除",
  mayLeave: "可以离开这个页面，导出好会自动下载。",
  fold: "收起导出",
  unfold: "展开导出",
};
