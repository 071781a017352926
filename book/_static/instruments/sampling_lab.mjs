// Sampling lab: a tone is sampled at a low rate, with few bits, and too loud; the wave, its samples, the alias, and what is lost.

import { aliasFrequency, quantise, sine, snrDb } from "./dsp.mjs";
import { play, stop } from "./audio.mjs";
import { plot } from "./canvas.mjs";
import { button, group, slider, words } from "./controls.mjs";

const SR = 8000;
const SHOWN_MS = 4;
const SECONDS = 1.5;

/** The samples of a tone at 8000 Hz as a converter of so many bits gives them, the frequency they show, and their SNR in dB. */
export function compute({ freq, bits, gain }, n = SR) {
  const clean = sine(freq, n, SR, gain, 0.4);
  const samples = quantise(clean, bits);
  return { samples, alias: aliasFrequency(freq, SR), snr: snrDb(clean, samples), clipped: clean.filter((v) => Math.abs(v) > 1).length / n };
}

export function mount(section) {
  const state = { freq: 1000, bits: 16, gain: 0.8 };
  let shown = compute(state);
  const scope = plot(section, 210, (p) => {
    p.axes({ x: [0, SHOWN_MS], y: [-1.6, 1.6], xTicks: [0, 1, 2, 3, 4], yTicks: [-1, 0, 1], xLabel: "time in ms", yLabel: "sample" });
    const fine = Array.from({ length: 1601 }, (_, i) => SHOWN_MS * i / 1600);
    p.line(fine.map((ms) => [ms, state.gain * Math.sin(2 * Math.PI * state.freq * ms / 1000 + 0.4)]), "faint", 1.2);
    if (state.freq > SR / 2) p.line(fine.map((ms) => [ms, state.gain * folded(ms / 1000)]), "second", 1.6, [5, 3]);
    p.dots(Array.from(shown.samples.slice(0, SHOWN_MS * SR / 1000 + 1), (v, i) => [1000 * i / SR, v]), "first");
  });
  // The tone below half the rate that has the same samples.
  const folded = (t) => {
    const turns = Math.round(state.freq / SR);
    return Math.sin(2 * Math.PI * (state.freq - turns * SR) * t + 0.4);
  };
  const controls = group(section);
  const changed = (name) => (value) => { state[name] = value; update(); };
  slider(controls, { label: "Frequency", low: 100, high: 16000, step: 50, value: state.freq, unit: "Hz", changed: changed("freq") });
  slider(controls, { label: "Bits", low: 2, high: 16, value: state.bits, changed: changed("bits") });
  slider(controls, { label: "Gain before the converter", low: 0.1, high: 2, step: 0.05, value: state.gain, show: (v) => v.toFixed(2), changed: changed("gain") });
  const buttons = group(section);
  button(buttons, "Play the samples", () => play(compute(state, SECONDS * SR).samples.map((v) => 0.2 * v), SR));
  button(buttons, "Stop", stop);
  const say = words(section);

  function update() {
    shown = compute(state);
    scope.redraw();
    const { alias, snr, clipped } = shown;
    const fate = state.freq === SR / 2 ? "exactly half the rate: what is left depends on the phase" : state.freq > SR / 2 ? `above half the rate, so the samples show, and you hear, ${alias} Hz` : "below half the rate, so the samples show it as it is";
    const loss = clipped ? `${Math.round(100 * clipped)} % of the samples are clipped, SNR ${snr.toFixed(1)} dB` : `${state.bits} bits keep an SNR of ${snr === Infinity ? "more than 100" : snr.toFixed(1)} dB`;
    scope.describe(`A wave of ${state.freq} Hz as a thin line over 4 milliseconds, and its ${SHOWN_MS * SR / 1000 + 1} samples at 8000 Hz as dots${state.freq > SR / 2 ? `; a dashed wave of ${alias} Hz goes through the same dots` : ""}. ${loss}.`);
    say(`${state.freq} Hz at a rate of 8000 Hz is ${fate}. ${loss}.`);
  }
  update();
}
