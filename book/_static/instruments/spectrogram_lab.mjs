/* Spectrogram lab: window, hop and range of levels, on a melody, a file or the microphone; linear and mel. */

import { decodeFile, playRow } from "./audio.mjs";
import { Plot } from "./canvas.mjs";
import { button, controls, filePicker, fixed, make, select, slider, spokenText } from "./controls.mjs";
import { adsr, harmonicTone, hzToMel, melSpectrogramDb, midiToHz, spectrogramDb } from "./dsp.mjs";
import { listenButton } from "./recent.mjs";

export const SR = 22050, N_MELS = 64;
const HEARD = 4; // seconds kept of the microphone
const LONGEST = 10; // seconds of a file
const NOTES = [[60, 0.6], [64, 0.6], [67, 0.6], [72, 0.6], [69, 0.02]]; // MIDI number, amplitude: the last is 30 dB softer
const LENGTH = 0.5;

/** The melody: five notes of six harmonics, half a second each, the last one very soft. */
export function melody() {
  const n = LENGTH * SR, y = new Float64Array(NOTES.length * n), envelope = adsr(n, SR, 0.01, 0.1, 0.5, 0.1);
  NOTES.forEach(([midi, amp], k) => harmonicTone(midiToHz(midi), n, SR, [1, 0.5, 0.25, 0.125, 0.06, 0.03]).forEach((v, i) => { y[k * n + i] = amp * v * envelope[i]; }));
  return y;
}

/** The columns of a spectrogram in dB re a full-scale sine, lowest frequency first. */
export function compute(y, sr, { nFft, hop, scale }) {
  return scale === "mel" ? melSpectrogramDb(y, sr, N_MELS, nFft, hop) : spectrogramDb(y, nFft, hop);
}

/** Where a frequency lies on the picture's vertical axis. */
export function place(hz, sr, scale) {
  return scale === "mel" ? hzToMel(hz) / hzToMel(sr / 2) * (N_MELS + 1) - 0.5 : hz;
}

export function mount(section) {
  let y = melody(), source = "the melody";
  const plot = new Plot({ title: "Spectrogram", height: 300, x: { label: "time in s" }, y: { label: "frequency in Hz" } });
  const size = select({ label: "Window", options: [256, 512, 1024, 2048, 4096].map((n) => [String(n), `${n} samples, ${(1000 * n / SR).toFixed(0)} ms`]), value: "1024", onInput: update });
  const share = select({ label: "Hop", options: [["1", "a whole window"], ["2", "half a window"], ["4", "a quarter"], ["8", "an eighth"]], value: "4", onInput: update });
  const scale = select({ label: "Frequency axis", options: [["linear", "linear"], ["mel", `mel, ${N_MELS} bands`]], onInput: update });
  const low = slider({ label: "Black is", min: -100, max: -30, step: 5, value: -80, unit: "dB", compact: true, format: (v) => `${fixed(v)} dB`, onInput: update });
  const high = slider({ label: "Brightest is", min: -25, max: 0, step: 5, value: 0, unit: "dB", compact: true, format: (v) => `${fixed(v)} dB`, onInput: update });
  const note = make("p", { class: "instrument-note", role: "status" }), words = spokenText();
  const sounds = playRow([["Play what is drawn", () => ({ y, sr: SR, gain: 0.25 })]]);
  const listen = listenButton(HEARD, SR, {
    onSignal: (heard) => { y = heard; source = `the last ${HEARD} seconds of the microphone`; update(); },
    onTrouble: (text) => { note.textContent = text; },
  });
  const back = button("Draw the melody", () => { listen.silence(); [y, source] = [melody(), "the melody"]; update(); });
  const file = filePicker({ label: "A sound file of yours", dropOn: section, onFile: async (chosen) => {
    listen.silence();
    try { ({ y } = await decodeFile(chosen, SR, LONGEST)); source = chosen.name; note.textContent = ""; update(); } catch (error) { note.textContent = error.message; }
  } });
  section.append(plot.element, controls(size, share, scale, low, high, file), make("div", { class: "instrument-actions" }, listen.element, back), sounds.element, note, words.element);

  function update() {
    const nFft = Number(size.value), hop = nFft / Number(share.value), columns = compute(y, SR, { nFft, hop, scale: scale.value }), seconds = Math.max(y.length, nFft) / SR;
    const top = scale.value === "mel" ? N_MELS : SR / 2, marks = scale.value === "mel" ? [250, 500, 1000, 2000, 4000, 8000] : [0, 2000, 4000, 6000, 8000, 10000];
    let best = [-Infinity, 0, 0];
    columns.forEach((column, t) => column.forEach((level, k) => { if (level > best[0]) best = [level, t, k]; }));
    const [level, t] = best, hz = scale.value === "mel" ? null : best[2] * SR / nFft;
    const says = `Spectrogram of ${source}, ${(y.length / SR).toFixed(1)} seconds, ${scale.value}: ${columns.length} columns${columns.length ? `, the strongest ${fixed(level)} dB at ${((t * hop + nFft / 2) / SR).toFixed(2)} s${hz === null ? "" : ` and ${Math.round(hz)} Hz`}` : ": it is shorter than the window"}. Black is ${fixed(low.value)} dB.`;
    // A column stands for the middle of its frame and is drawn one hop wide; a row of the linear axis for its frequency, half a bin to either side.
    const from = (nFft - hop) / 2 / SR, to = from + columns.length * hop / SR, half = scale.value === "mel" ? 0 : SR / nFft / 2;
    plot.show({ x: [0, seconds], y: { range: [0, top], ticks: marks.map((f) => [place(f, SR, scale.value), String(f)]) }, says,
      layers: [{ kind: "image", columns, x: [from, to], y: [-half, top + half], lo: low.value, hi: high.value }] });
    words.say(`${says} A window of ${(1000 * nFft / SR).toFixed(0)} ms tells tones apart that lie ${(2 * SR / nFft).toFixed(0)} Hz from each other; a column every ${(1000 * hop / SR).toFixed(0)} ms.`);
  }
  update();
}
