/* Sampling lab: a tone is sampled at a low rate, with few bits, or too loud: the wave, its samples, the alias, and what is lost. */

import { playRow } from "./audio.mjs";
import { Plot } from "./canvas.mjs";
import { controls, fixed, slider, spokenText } from "./controls.mjs";
import { aliasFrequency, quantise, sine, snrDb } from "./dsp.mjs";

export const SR = 8000, PHASE = 0.4;
const SHOWN_MS = 4, SECONDS = 1.5;

/** The samples of a tone as a converter of so many bits gives them, the frequency they show, their SNR in dB, the share of them that is clipped. */
export function compute({ freq, bits, gain }, n = SR) {
  const clean = sine(freq, n, SR, gain, PHASE), samples = quantise(clean, bits);
  return { samples, alias: aliasFrequency(freq, SR), snr: snrDb(clean, samples), clipped: clean.filter((v) => Math.abs(v) > 1).length / n };
}

export function mount(section) {
  const scope = new Plot({ title: `A tone, and its samples ${SR} times a second`, height: 230, x: { label: "time in ms" }, y: { label: "sample" } });
  const freq = slider({ label: "Frequency", min: 100, max: 16000, step: 50, value: 1000, unit: "Hz", onInput: update });
  const bits = slider({ label: "Bits a sample", min: 2, max: 16, step: 1, value: 16, unit: "bits", onInput: update });
  const gain = slider({ label: "Amplitude before the converter", min: 0.1, max: 2, step: 0.05, value: 0.8, format: (v) => v.toFixed(2), onInput: update });
  const state = () => ({ freq: freq.value, bits: bits.value, gain: gain.value });
  const sounds = playRow([["Play the samples", () => ({ y: compute(state(), SECONDS * SR).samples, sr: SR })]]);
  const words = spokenText();
  section.append(scope.element, controls(freq, bits, gain), sounds.element, words.element);

  function update() {
    const now = state(), { samples, alias, snr, clipped } = compute(now), shown = SHOWN_MS * SR / 1000 + 1, above = now.freq > SR / 2;
    const fine = Array.from({ length: 2001 }, (_, i) => SHOWN_MS * i / 2000), wave = (f) => fine.map((ms) => now.gain * Math.sin(2 * Math.PI * f * ms / 1000 + PHASE));
    const loss = `${clipped ? `${Math.round(100 * clipped)} % of the samples are clipped, and ` : ""}${now.bits} bits keep a signal-to-noise ratio of ${snr === Infinity ? "more than 100" : fixed(snr, 1)} dB.`;
    const layers = [
      { kind: "line", xs: fine, ys: wave(now.freq), colour: "faint", width: 1.2, name: "the tone" },
      // The one tone below half the rate that goes through the same samples.
      ...(above ? [{ kind: "line", xs: fine, ys: wave(now.freq - Math.round(now.freq / SR) * SR), colour: "second", dash: [6, 4], name: "its alias" }] : []),
      { kind: "dots", xs: Array.from({ length: shown }, (_, i) => 1000 * i / SR), ys: samples.slice(0, shown), radius: 4, name: "samples" },
    ];
    const fate = now.freq === SR / 2 ? "is exactly half the rate: what is left of it depends on the phase" : above ? `is above half the rate: the samples are those of ${alias} Hz, and that is what you hear` : "is below half the rate: the samples keep it as it is";
    scope.show({ x: [0, SHOWN_MS], y: [-2.1, 2.1], layers, says: `A tone of ${now.freq} Hz over ${SHOWN_MS} milliseconds and its ${shown} samples as dots${above ? `; a dashed tone of ${alias} Hz goes through the same dots` : ""}. ${loss}` });
    words.say(`${now.freq} Hz ${fate}. ${loss}`);
    sounds.again();
  }
  update();
}
