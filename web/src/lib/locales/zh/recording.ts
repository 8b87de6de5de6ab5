export const recording = {
  play: "播放录音",
  pause: "暂停",
  audited: "播放录音（每次收听都有记录）",
  place: "播放位置",
  speed: "播放速度",
};
