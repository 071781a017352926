/* Note recogniser: the course's own trained model names the notes of a melody, a file, or the microphone, as they come. */

import { decodeFile, playRow } from "./audio.mjs";
import { Plot } from "./canvas.mjs";
import { button, controls, filePicker, make, spokenText } from "./controls.mjs";
import { adsr, frameRms, harmonicTone, midiToHz } from "./dsp.mjs";
import { load, nameNotes } from "./note_model.mjs";
import { listenButton } from "./recent.mjs";

export const SR = 22050;
const HEARD = 5; // seconds kept of the microphone
const LONGEST = 30; // seconds of a file
const SCALE = [60, 62, 64, 65, 67, 69, 71]; // C4 to B4
const LOUD = { range: [-70, 0], label: "level in dB" };

/** A fresh melody: eight notes of C major, 0.35 s each, with a rest after each. */
export function melody(random = Math.random) {
  const note = Math.round(0.35 * SR), step = Math.round(0.5 * SR), y = new Float64Array(8 * step), labels = [];
  for (let k = 0; k < 8; k++) {
    const label = Math.floor(random() * 7), envelope = adsr(note, SR, 0.01, 0.05, 0.7, 0.08);
    labels.push("CDEFGAB"[label]);
    harmonicTone(midiToHz(SCALE[label]), note, SR, [1, 0.5, 0.3, 0.15]).forEach((v, i) => { y[k * step + i] = 0.7 * v * envelope[i]; });
  }
  return { y, labels };
}

export async function mount(section) {
  const model = await load();
  let { y } = melody();
  const plot = new Plot({ title: "What is heard", height: 180, x: { label: "time in s" }, y: { label: LOUD.label } });
  const note = make("p", { class: "instrument-note", role: "status" }), words = spokenText(), names = make("p", { class: "instrument-names" });
  const sounds = playRow([["Play what is drawn", () => ({ y, sr: SR, gain: 0.25 })]]);
  const listen = listenButton(HEARD, SR, {
    onSignal: (heard) => { y = heard; update(`the last ${HEARD} seconds of the microphone`); },
    onTrouble: (text) => { note.textContent = text; },
  });
  const fresh = button("Another melody", () => { listen.silence(); ({ y } = melody()); update("a melody made on the spot"); });
  const file = filePicker({ label: "A sound file of yours", dropOn: section, onFile: async (chosen) => {
    listen.silence();
    try { ({ y } = await decodeFile(chosen, SR, LONGEST)); note.textContent = ""; update(chosen.name); } catch (error) { note.textContent = error.message; }
  } });
  section.append(plot.element, names, make("div", { class: "instrument-actions" }, listen.element, fresh), controls(file), sounds.element, note, words.element);

  function update(source) {
    const block = Math.round(0.02 * SR), levels = frameRms(y, block).map((v) => 20 * Math.log10(Math.max(v, 1e-5))), notes = nameNotes(model, y, SR);
    const named = notes.filter((one) => one.name), list = named.map((one) => one.name).join(", ") || "no note";
    const says = `Level of ${source} over ${(y.length / SR).toFixed(1)} seconds. Heard: ${list}${notes.length > named.length ? `; ${notes.length - named.length} sounds without a pitch` : ""}.`;
    plot.show({ x: [0, Math.max(y.length / SR, 0.1)], y: LOUD.range, says, layers: [
      { kind: "line", xs: levels.map((_, k) => (k + 0.5) * block / SR), ys: levels, colour: "first" },
      ...notes.map((one) => ({ kind: "text", x: (one.start + one.end) / 2, y: -6, text: one.name ?? "?", align: "center", colour: "ink" })),
    ] });
    names.textContent = notes.length ? `Heard: ${notes.map((one) => `${one.name ?? "?"} at ${one.start.toFixed(1)} s`).join(", ")}` : "Heard: no note";
    words.say(says);
  }
  update("a melody made on the spot");
}
