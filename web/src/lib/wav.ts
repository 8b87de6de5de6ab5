const HEADER_BYTES = 44;

/** Two voices as one sound in two channels, so that they can never drift apart: 16-bit PCM in a WAV file. */
export function stereoWav(left: Float32Array, right: Float32Array, rate: number): ArrayBuffer {
  const frames = Math.max(left.length, right.length);
  const file = new ArrayBuffer(HEADER_BYTES + frames * 4);
  const view = new DataView(file);
  const words = (at: number, text: string) => {
    for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  };
  words(0, "RIFF");
  view.setUint32(4, file.byteLength - 8, true);
  words(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 2, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 4, true);
  view.setUint16(32, 4, true);
  view.setUint16(34, 16, true);
  words(36, "data");
  view.setUint32(40, frames * 4, true);
  const samples = new Int16Array(file, HEADER_BYTES);
  for (let i = 0; i < frames; i++) {
    samples[2 * i] = toSample(left[i]);
    samples[2 * i + 1] = toSample(right[i]);
  }
  return file;
}

const toSample = (value = 0) => Math.round(Math.max(-1, Math.min(1, value)) * 32767);

/** How loud each of `bars` equal parts is, 0 … 1 of the loudest. */
export function loudness(samples: Float32Array, bars: number): number[] {
  const span = samples.length / bars;
  const peaks = Array.from({ length: bars }, (_, bar) => {
    let most = 0;
    for (let i = Math.floor(bar * span); i < Math.min(samples.length, (bar + 1) * span); i++) {
      most = Math.max(most, Math.abs(samples[i] ?? 0));
    }
    return most;
  });
  const most = Math.max(...peaks);
  return most > 0 ? peaks.map((peak) => peak / most) : peaks;
}
