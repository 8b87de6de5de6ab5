export const exports = {
  title: "导出",
  waiting: "正在排队",
  running: "正在导出",
  rows: "{{n}} 条",
  ready: "{{n}} 条，{{size}}，{{until}}前可取",
  fetched: "已下载",
  download: "下载",
  stop: "停止导出",
  remove: "移除",
  mayLeave: "可以去忙别的，导出好会自动下载，一天内都能再取。",
  fold: "收起导出",
  unfold: "展开导出",
};
