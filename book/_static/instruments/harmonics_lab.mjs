/* Harmonics lab: ten harmonics and an envelope, mixed by hand; two periods, the envelope, and the sound. */

import { playRow } from "./audio.mjs";
import { Plot } from "./canvas.mjs";
import { button, controls, group, select, slider, spokenText } from "./controls.mjs";
import { adsr, harmonicTone } from "./dsp.mjs";

export const SR = 44100, SECONDS = 1.5, COUNT = 10;
const PRESETS = {
  string: [[1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.15, 0.1], [0.005, 0.6, 0.15, 0.4]],
  flute: [[1, 0.25, 0.1, 0.05, 0, 0, 0, 0, 0, 0], [0.12, 0.1, 0.9, 0.2]],
  clarinet: [[1, 0, 0.6, 0, 0.35, 0, 0.2, 0, 0.1, 0], [0.04, 0.05, 0.9, 0.1]],
  sine: [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0.02, 0, 1, 0.05]],
};

/** The sound of a mix: its harmonics below half the rate, their amplitudes adding up to 1, under the envelope. */
export function compute({ f0, amps, attack, decay, sustain, release }) {
  const n = SECONDS * SR, envelope = adsr(n, SR, attack, decay, sustain, release);
  return harmonicTone(f0, n, SR, amps).map((v, i) => v * envelope[i]);
}

export function mount(section) {
  const wave = new Plot({ title: "Two periods", height: 160, x: { label: "periods" }, y: { label: "sample" } });
  const shape = new Plot({ title: "Envelope", height: 150, x: { label: "time in s" }, y: { label: "amplitude" } });
  const spectrum = new Plot({ title: "Spectrum", height: 150, x: { label: "frequency in Hz" }, y: { label: "amplitude" } });
  const preset = select({ label: "Start from", options: [["string", "a bright string"], ["flute", "a flute"], ["clarinet", "a clarinet"], ["sine", "a sine"]], onInput: start });
  const f0 = slider({ label: "Fundamental", min: 55, max: 880, step: 1, value: 220, unit: "Hz", log: true, onInput: update });
  const mix = Array.from({ length: COUNT }, (_, i) => slider({ label: `Harmonic ${i + 1}`, min: 0, max: 1, step: 0.05, value: 0, compact: true, format: (v) => v.toFixed(2), onInput: update }));
  const seconds = (label, max, step) => slider({ label, min: 0, max, step, value: 0, unit: "s", compact: true, format: (v) => `${v.toFixed(3)} s`, onInput: update });
  const stages = [seconds("Attack", 0.5, 0.005), seconds("Decay", 1, 0.01),
    slider({ label: "Sustain level", min: 0, max: 1, step: 0.05, value: 1, compact: true, format: (v) => v.toFixed(2), onInput: update }), seconds("Release", 1, 0.01)];
  const state = () => { const [attack, decay, sustain, release] = stages.map((stage) => stage.value); return { f0: f0.value, amps: mix.map((one) => one.value), attack, decay, sustain, release }; };
  const sounds = playRow([["Play", () => ({ y: compute(state()), sr: SR })]]), words = spokenText();
  sounds.element.append(button("Set all knobs anew", start));
  section.append(wave.element, spectrum.element, shape.element, controls(preset, f0), group("Harmonics", controls(...mix)), group("Envelope", controls(...stages)), sounds.element, words.element);

  function start() {
    const [amps, times] = PRESETS[preset.value];
    mix.forEach((one, i) => { one.value = amps[i]; });
    stages.forEach((stage, i) => { stage.value = times[i]; });
    update();
  }

  function update() {
    const now = state(), used = now.amps.map((a, i) => [i + 1, a]).filter(([k, a]) => a > 0 && k * now.f0 < SR / 2);
    const fine = harmonicTone(1, 601, 300, now.amps), envelope = adsr(601, 400, now.attack, now.decay, now.sustain, now.release);
    const odd = used.length > 1 && used.every(([k]) => k % 2 === 1), missing = used.length && used[0][0] > 1;
    wave.show({ x: [0, 2], y: [-1.1, 1.1], layers: [{ kind: "line", xs: Array.from(fine, (_, i) => i / 300), ys: fine }],
      says: `Two periods of a mix: ${used.map(([k, a]) => `harmonic ${k} at ${a.toFixed(2)}`).join(", ") || "silence, no harmonic is left"}.` });
    const total = used.reduce((sum, [, a]) => sum + a, 0) || 1;
    spectrum.show({ x: [0, 9000], y: [0, 1.05], layers: [{ kind: "stems", xs: used.map(([k]) => k * now.f0), ys: used.map(([, a]) => a / total), colour: "third", width: 2.5 }],
      says: `Spectrum: ${used.length} lines, multiples of ${now.f0} Hz${used.length ? `, up to ${used.at(-1)[0] * now.f0} Hz` : ""}; the tallest is ${Math.max(0, ...used.map(([, a]) => a / total)).toFixed(2)} of full scale.` });
    shape.show({ x: [0, SECONDS], y: [0, 1.1], layers: [{ kind: "line", xs: Array.from(envelope, (_, i) => i / 400), ys: envelope, colour: "second" }],
      says: `Envelope over ${SECONDS} seconds: up in ${now.attack.toFixed(3)} s, down in ${now.decay.toFixed(2)} s to ${now.sustain.toFixed(2)}, away in ${now.release.toFixed(2)} s.` });
    words.say(used.length ? `${used.length} harmonic${used.length > 1 ? "s" : ""} of ${now.f0} Hz${odd ? ", only odd ones, as in a clarinet's low register" : ""}${missing ? "; the first is missing, and the pitch stays" : ""}. It rises within ${Math.round(1000 * now.attack)} ms and holds ${Math.round(100 * now.sustain)} % of its top.` : "No harmonic is left: silence.");
    sounds.again();
  }
  start();
}
