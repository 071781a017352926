// Harmonics lab: eight harmonics and an envelope, mixed by hand; one period, the spectrum as you set it, and the sound.

import { adsr, harmonicTone } from "./dsp.mjs";
import { play, stop } from "./audio.mjs";
import { plot } from "./canvas.mjs";
import { button, choice, group, slider, words } from "./controls.mjs";

const SR = 44100;
const SECONDS = 1.5;
const COUNT = 8;
const PRESETS = {
  flute: { amps: [1, 0.25, 0.08, 0.02, 0, 0, 0, 0], attack: 0.12, decay: 0.1, sustain: 0.9, release: 0.2 },
  clarinet: { amps: [1, 0, 0.6, 0, 0.35, 0, 0.2, 0], attack: 0.04, decay: 0.05, sustain: 0.9, release: 0.1 },
  string: { amps: [1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2], attack: 0.005, decay: 0.6, sustain: 0.15, release: 0.4 },
  organ: { amps: [1, 0.7, 0.1, 0.5, 0, 0, 0, 0.3], attack: 0.02, decay: 0, sustain: 1, release: 0.05 },
};

/** The sound of a mix: the sum of its harmonics below half the rate, at most 1, under its envelope. */
export function compute({ f0, amps, attack, decay, sustain, release }) {
  const n = SECONDS * SR;
  const envelope = adsr(n, SR, attack, decay, sustain, release);
  return harmonicTone(f0, n, SR, amps).map((v, i) => v * envelope[i]);
}

export function mount(section) {
  const state = { f0: 220, ...structuredClone(PRESETS.string) };
  const wave = plot(section, 150, (p) => {
    p.axes({ x: [0, 2], y: [-1.1, 1.1], xTicks: [0, 0.5, 1, 1.5, 2], yTicks: [-1, 0, 1], xLabel: "periods", yLabel: "sample" });
    const fine = harmonicTone(1, 401, 200, state.amps);
    p.line(Array.from(fine, (v, i) => [i / 200, v]));
  });
  const envelope = plot(section, 130, (p) => {
    p.axes({ x: [0, SECONDS], y: [0, 1.1], xTicks: [0, 0.5, 1, 1.5], yTicks: [0, 0.5, 1], xLabel: "time in s", yLabel: "envelope" });
    p.line(Array.from(adsr(301, 200, state.attack, state.decay, state.sustain, state.release), (v, i) => [i / 200, v]), "second");
  });
  const changed = (name) => (value) => { state[name] = value; update(); };
  const top = group(section);
  choice(top, { label: "Start from", options: [["string", "a bright string"], ["flute", "a flute"], ["clarinet", "a clarinet"], ["organ", "an organ"]], value: "string", changed: preset });
  slider(top, { label: "Fundamental", low: 55, high: 880, value: state.f0, unit: "Hz", logarithmic: true, changed: changed("f0") });
  const mix = group(section);
  const harmonics = Array.from({ length: COUNT }, (_, i) => slider(mix, {
    label: `Harmonic ${i + 1}`, low: 0, high: 1, step: 0.05, value: state.amps[i], show: (v) => v.toFixed(2), changed: (v) => { state.amps[i] = v; update(); } }));
  const shape = group(section);
  const stages = {
    attack: slider(shape, { label: "Attack", low: 0, high: 0.5, step: 0.005, value: state.attack, unit: "s", show: (v) => v.toFixed(3), changed: changed("attack") }),
    decay: slider(shape, { label: "Decay", low: 0, high: 1, step: 0.01, value: state.decay, unit: "s", show: (v) => v.toFixed(2), changed: changed("decay") }),
    sustain: slider(shape, { label: "Sustain level", low: 0, high: 1, step: 0.05, value: state.sustain, show: (v) => v.toFixed(2), changed: changed("sustain") }),
    release: slider(shape, { label: "Release", low: 0, high: 1, step: 0.01, value: state.release, unit: "s", show: (v) => v.toFixed(2), changed: changed("release") }),
  };
  const buttons = group(section);
  button(buttons, "Play", () => play(compute(state).map((v) => 0.25 * v), SR));
  button(buttons, "Stop", stop);
  const say = words(section);

  function preset(name) {
    Object.assign(state, structuredClone(PRESETS[name]));
    harmonics.forEach((control, i) => control.set(state.amps[i]));
    for (const [stage, control] of Object.entries(stages)) control.set(state[stage]);
    update();
  }

  function update() {
    wave.redraw();
    envelope.redraw();
    const used = state.amps.map((a, i) => [i + 1, a]).filter(([k, a]) => a > 0 && k * state.f0 < SR / 2);
    const strongest = used.reduce((best, one) => one[1] > best[1] ? one : best, [0, 0])[0];
    const odd = used.length > 1 && used.every(([k]) => k % 2);
    wave.describe(`Two periods of the mix of harmonics ${used.map(([k, a]) => `${k} at ${a.toFixed(2)}`).join(", ") || "none"}.`);
    envelope.describe(`Envelope over 1.5 seconds: attack ${state.attack.toFixed(3)} s, decay ${state.decay.toFixed(2)} s to a level of ${state.sustain.toFixed(2)}, release ${state.release.toFixed(2)} s.`);
    say(used.length ? `${used.length} harmonic${used.length > 1 ? "s" : ""} of ${state.f0} Hz, the strongest is number ${strongest}${odd ? "; only odd ones, as in a clarinet" : ""}. ` +
      `The sound begins within ${Math.round(1000 * state.attack)} ms and is held at ${Math.round(100 * state.sustain)} % of its top.` : "No harmonic is left: this is silence.");
  }
  update();
}
