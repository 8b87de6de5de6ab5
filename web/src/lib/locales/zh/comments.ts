export const comments = {
  title: "评论",
  write: "写评论",
  hint: "写评论，输入 @ 提到同事",
  nobody: "没有能看到这条记录的同事",
  send: "发送",
  edit: "修改",
  edited: "改过",
  removeTitle: "删除这条评论？",
};
