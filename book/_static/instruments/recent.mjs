/* The last seconds of a microphone, at the rate asked for, and the button that starts and stops it. */

import { microphone, stop } from "./audio.mjs";
import { button } from "./controls.mjs";
import { resample } from "./dsp.mjs";

const EVERY = 250; // ms between two looks; more where a look takes long, so that nothing piles up

/** Listens until the promised function is called; onSignal(y) gets the last `seconds` at the rate sr, up to four times a second. */
export async function recent(seconds, sr, onSignal) {
  let ring = null, at = 0, filled = 0, next = performance.now() + EVERY;
  const source = await microphone((block) => {
    ring ??= new Float64Array(Math.round(seconds * source.sr));
    for (const v of block) { ring[at] = v; at = (at + 1) % ring.length; }
    filled = Math.min(filled + block.length, ring.length);
    const begun = performance.now();
    if (begun < next) return;
    const heard = Float64Array.from({ length: filled }, (_, k) => ring[(at - filled + k + ring.length) % ring.length]);
    onSignal(resample(heard, source.sr, sr));
    next = performance.now() + Math.max(EVERY, 2 * (performance.now() - begun));
  });
  return source.stop;
}

/** { element, silence }: a button that listens until it is pressed again or silence() is called, also while the reader is being asked for the microphone. */
export function listenButton(seconds, sr, { onSignal, onTrouble }) {
  let release = null, order = 0;
  const element = button("", () => (element.classList.contains("sounds") ? silence() : listen()));
  const show = (on) => { element.classList.toggle("sounds", on); element.textContent = on ? "Stop listening" : "Listen to the microphone"; };

  async function listen() {
    const mine = ++order;
    show(true);
    stop();
    onTrouble("");
    try {
      const opened = await recent(seconds, sr, (y) => { if (mine === order) onSignal(y); });
      if (mine === order) release = opened;
      else opened(); // no longer wanted
    } catch (error) {
      if (mine !== order) return;
      silence();
      onTrouble(error.message);
    }
  }

  function silence() {
    order++;
    release?.();
    release = null;
    show(false);
  }

  show(false);
  return { element, silence };
}
