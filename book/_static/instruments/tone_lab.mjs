/* Tone lab: one tone by waveform, frequency, amplitude and phase; its oscilloscope picture, its spectrum, its sound. */

import { playRow } from "./audio.mjs";
import { Plot } from "./canvas.mjs";
import { controls, fixed, select, slider, spokenText } from "./controls.mjs";
import { amplitudeSpectrum, nearestNote, waveform } from "./dsp.mjs";

export const SR = 48000, N_FFT = 16384; // a third of a second
const SECONDS = 1.5, SHOWN_MS = 10;

/** 10 ms of a tone's samples, and the lines of its spectrum: local maxima of at least -60 dB re full scale, as [Hz, dB]. */
export function compute({ shape, freq, amp, phase }) {
  const y = waveform(shape, freq, N_FFT, SR, amp, phase), { freqs, magnitudes } = amplitudeSpectrum(y, SR), lines = [];
  for (let k = 2; k < magnitudes.length - 2; k++) {
    if (magnitudes[k] <= 1e-3 || magnitudes[k] < magnitudes[k - 1] || magnitudes[k] <= magnitudes[k + 1]) continue;
    const [a, b, c] = [k - 1, k, k + 1].map((i) => 20 * Math.log10(magnitudes[i] + 1e-12)), shift = 0.5 * (a - c) / (a - 2 * b + c); // a parabola through three levels
    lines.push([freqs[k] + shift * SR / N_FFT, b - 0.25 * (a - c) * shift]);
  }
  return { samples: y.slice(0, SHOWN_MS * SR / 1000), lines };
}

export function mount(section) {
  const scope = new Plot({ title: "Samples", height: 190, x: { label: "time in ms" }, y: { label: "sample" } });
  const spectrum = new Plot({ title: "Spectrum", height: 190, x: { label: "frequency in Hz" }, y: { label: "level in dB re full scale" } });
  const shape = select({ label: "Waveform", options: ["sine", "triangle", "square", "sawtooth"].map((name) => [name, name]), onInput: update });
  const freq = slider({ label: "Frequency", min: 55, max: 3520, step: 1, value: 440, unit: "Hz", log: true, onInput: update });
  const amp = slider({ label: "Amplitude", min: 0, max: 1, step: 0.01, value: 0.5, format: (v) => v.toFixed(2), onInput: update });
  const phase = slider({ label: "Phase", min: 0, max: 360, step: 5, value: 0, unit: "degrees", onInput: update });
  const state = () => ({ shape: shape.value, freq: freq.value, amp: amp.value, phase: phase.value * Math.PI / 180 });
  const sounds = playRow([["Play", () => { const { shape: form, freq: f, amp: a, phase: p } = state(); return { y: waveform(form, f, SECONDS * SR, SR, a, p), sr: SR }; }]]);
  const words = spokenText();
  section.append(scope.element, spectrum.element, controls(shape, freq, amp, phase), sounds.element, words.element);

  function update() {
    const now = state(), { samples, lines } = compute(now), { name, cents } = nearestNote(now.freq);
    const periods = (now.freq * SHOWN_MS / 1000).toFixed(1), low = lines.filter(([f]) => f <= 6000);
    scope.show({ x: [0, SHOWN_MS], y: [-1.4, 1.4], layers: [{ kind: "line", xs: Array.from(samples, (_, i) => 1000 * i / SR), ys: samples }],
      says: `A ${now.shape} of ${now.freq} Hz over ${SHOWN_MS} milliseconds: ${periods} periods of amplitude ${now.amp.toFixed(2)}, the first sample ${fixed(samples[0], 2)}.` });
    spectrum.show({ x: [0, 6000], y: [-60, 6], layers: [{ kind: "stems", xs: low.map(([f]) => f), ys: low.map(([, level]) => level), base: -60, colour: "second", width: 2.5 }],
      says: low.length ? `Spectrum up to 6000 Hz: ${low.length} line${low.length > 1 ? "s" : ""}, at ${low.slice(0, 5).map(([f, level]) => `${Math.round(f)} Hz with ${fixed(level)} dB`).join(", ")}${low.length > 5 ? " and so on" : ""}.` : "Spectrum: nothing above −60 dB." });
    words.say(`${now.freq} Hz is ${name}${cents ? `${cents > 0 ? " plus" : " minus"} ${Math.abs(cents)} cents` : ""}; a period lasts ${(1000 / now.freq).toFixed(2)} ms. The ${now.shape} has ${lines.length} line${lines.length === 1 ? "" : "s"} of −60 dB and more below ${SR / 2000} kHz.`);
    sounds.again();
  }
  update();
}
