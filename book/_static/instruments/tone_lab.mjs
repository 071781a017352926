// Tone lab: one tone by frequency, amplitude, phase and waveform; its oscilloscope picture, its spectrum, its sound.

import { amplitudeSpectrum, nearestNote, waveform } from "./dsp.mjs";
import { play, stop } from "./audio.mjs";
import { plot } from "./canvas.mjs";
import { button, choice, group, slider, words } from "./controls.mjs";

const SR = 48000;
const N_FFT = 16384; // a third of a second
const SECONDS = 1.5;
const SHOWN_MS = 10;

/** What a setting looks like: 10 ms of samples, and the spectrum in dB re full scale up to 6 kHz. */
export function compute({ shape, freq, amp, phase }) {
  const y = waveform(shape, freq, N_FFT, SR, amp, phase);
  const { freqs, magnitudes } = amplitudeSpectrum(y, SR);
  return { y: y.slice(0, SHOWN_MS * SR / 1000), freqs, levels: magnitudes.map((m) => 20 * Math.log10(Math.max(m, 1e-5))) };
}

/** The local maxima of a spectrum above -60 dB: [frequency, level]. */
export function lines({ freqs, levels }) {
  const found = [];
  for (let k = 2; k < levels.length - 2; k++) if (levels[k] > -60 && levels[k] >= levels[k - 1] && levels[k] > levels[k + 1]) found.push([freqs[k], levels[k]]);
  return found;
}

export function mount(section) {
  const state = { shape: "sine", freq: 440, amp: 0.5, phase: 0 };
  let shown = compute(state);
  const scope = plot(section, 170, (p) => {
    p.axes({ x: [0, SHOWN_MS], y: [-1.4, 1.4], xTicks: [0, 2, 4, 6, 8, 10], yTicks: [-1, 0, 1], xLabel: "time in ms", yLabel: "sample" });
    p.line(Array.from(shown.y, (v, i) => [1000 * i / SR, v]));
  });
  const spectrum = plot(section, 170, (p) => {
    p.axes({ x: [0, 6000], y: [-60, 5], xTicks: [0, 1000, 2000, 3000, 4000, 5000, 6000], yTicks: [-60, -40, -20, 0], xLabel: "frequency in Hz", yLabel: "level in dB" });
    for (const [f, level] of lines(shown)) p.line([[f, -60], [f, level]], "second", 2);
  });
  const controls = group(section);
  const changed = (name) => (value) => { state[name] = value; update(); };
  choice(controls, { label: "Waveform", options: [["sine", "sine"], ["triangle", "triangle"], ["square", "square"], ["sawtooth", "sawtooth"]], value: state.shape, changed: changed("shape") });
  slider(controls, { label: "Frequency", low: 55, high: 3520, value: state.freq, unit: "Hz", logarithmic: true, changed: changed("freq") });
  slider(controls, { label: "Amplitude", low: 0, high: 1, step: 0.01, value: state.amp, show: (v) => v.toFixed(2), changed: changed("amp") });
  slider(controls, { label: "Phase", low: 0, high: 360, step: 5, value: 0, unit: "degrees", changed: (v) => { state.phase = v * Math.PI / 180; update(); } });
  const buttons = group(section);
  button(buttons, "Play", () => play(waveform(state.shape, state.freq, SECONDS * SR, SR, 0.25 * state.amp, state.phase), SR));
  button(buttons, "Stop", stop);
  const say = words(section);

  function update() {
    shown = compute(state);
    const found = lines(shown);
    const { name, cents } = nearestNote(state.freq);
    scope.redraw();
    spectrum.redraw();
    scope.describe(`Oscilloscope: a ${state.shape} of ${state.freq} Hz, ${(state.freq * SHOWN_MS / 1000).toFixed(1)} periods in 10 milliseconds, amplitude ${state.amp.toFixed(2)}, starting at ${shown.y[0].toFixed(2)}.`);
    spectrum.describe(found.length ? `Spectrum up to 6000 Hz: ${found.length} line${found.length > 1 ? "s" : ""} above -60 dB, the strongest at ${Math.round(found.reduce((a, b) => b[1] > a[1] ? b : a)[0])} Hz.` : "Spectrum: nothing above -60 dB.");
    say(`A ${state.shape} of ${state.freq} Hz (${name}${cents ? `, ${cents > 0 ? "+" : "\u2212"}${Math.abs(cents)} cents` : ""}), period ${(1000 / state.freq).toFixed(2)} ms, amplitude ${state.amp.toFixed(2)}: ` +
      `${found.length} line${found.length === 1 ? "" : "s"} in the whole spectrum. Played at a quarter of this amplitude.`);
  }
  update();
}
