/* The last seconds of a microphone, at the rate asked for. */

import { microphone } from "./audio.mjs";
import { resample } from "./dsp.mjs";

const EVERY = 0.25; // seconds between two looks

/** Listens until the promised function is called; onSignal(y) gets the last `seconds` at the rate sr, four times a second. */
export async function recent(seconds, sr, onSignal) {
  let ring = new Float64Array(0), filled = 0, due = 0;
  const source = await microphone((block) => {
    const size = Math.round(seconds * source.sr);
    if (ring.length !== size) ring = new Float64Array(size);
    ring.copyWithin(0, block.length);
    ring.set(block, size - block.length);
    filled = Math.min(filled + block.length, size);
    due += block.length;
    if (due < EVERY * source.sr) return;
    due = 0;
    onSignal(resample(ring.subarray(size - filled), source.sr, sr));
  });
  return source.stop;
}
