export const files = {
  photo: "拍照",
  sending: "正在上传 {{name}}",
  again: "重新上传",
  wait: "还有文件没传完，传完再保存；断网了会在恢复后自动续传。",
};
