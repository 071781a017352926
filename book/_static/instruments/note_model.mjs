/* A support vector machine behind a scaler, evaluated as scikit-learn does it, and the course's way to cut a recording into notes. */

import { featuresChroma, frameRms, percentile } from "./dsp.mjs";

const BLOCK = 0.02; // seconds over which a level is measured
const BELOW_DB = 15; // a note is where the level is at most this far below the loud blocks …
const FLOOR_DB = -50; // … and above this, re full scale: a quiet room is no note
const SHORTEST = 0.05; // seconds
const LONGEST = 0.5; // of a note are listened to: what the model was trained on
const FLAT = 0.65; // a sound in which half of the pitch classes are stronger than this share of the strongest has no pitch: noise 0.80 and more, notes in noise as loud as they at most 0.58

/** The model of this book, as numbers. */
export async function load() {
  const answer = await fetch(new URL("note_model.json", import.meta.url));
  if (!answer.ok) throw new Error("The trained model is missing; build the book anew.");
  return answer.json();
}

/** The label of one row of features: each pair of classes votes, the most votes win, the first of equals. */
export function predict(model, row) {
  const scaled = row.map((v, k) => (v - model.mean[k]) / model.scale[k]);
  const kernel = model.support_vectors.map((vector) => Math.exp(-model.gamma * vector.reduce((sum, v, k) => sum + (v - scaled[k]) ** 2, 0)));
  const starts = model.n_support.map((_, i) => model.n_support.slice(0, i).reduce((a, b) => a + b, 0));
  const votes = model.classes.map(() => 0);
  let pair = 0;
  for (let i = 0; i < votes.length; i++) for (let j = i + 1; j < votes.length; j++) {
    let decision = model.intercept[pair++];
    for (let s = starts[i]; s < starts[i] + model.n_support[i]; s++) decision += model.dual_coef[j - 1][s] * kernel[s];
    for (let s = starts[j]; s < starts[j] + model.n_support[j]; s++) decision += model.dual_coef[i][s] * kernel[s];
    votes[decision > 0 ? i : j]++;
  }
  return model.classes[votes.indexOf(Math.max(...votes))];
}

/** The label of a clip. */
export const predictClip = (model, y, sr) => predict(model, Array.from(featuresChroma(y, sr)));

/** The stretches of a signal in which something sounds: pairs [start, end] in samples. */
export function stretches(y, sr) {
  const block = Math.round(BLOCK * sr), levels = frameRms(y, block);
  const least = Math.max(percentile(levels, 90) * 10 ** (-BELOW_DB / 20), 10 ** (FLOOR_DB / 20)), found = [];
  let start = -1;
  for (let k = 0; k <= levels.length; k++) {
    const loud = k < levels.length && levels[k] > least;
    if (loud && start < 0) start = k;
    if (!loud && start >= 0) {
      if ((k - start) * BLOCK > SHORTEST) found.push([start * block, Math.min(k * block, y.length)]);
      start = -1;
    }
  }
  return found;
}

/** The notes of a recording: { name, start, end } in seconds; name is null where something without a pitch sounds. */
export function nameNotes(model, y, sr) {
  return stretches(y, sr).map(([from, to]) => {
    const middle = Math.max(from, Math.round((from + to - LONGEST * sr) / 2)); // the attack says least about the pitch
    const chroma = Array.from(featuresChroma(y.subarray(middle, Math.min(to, middle + Math.round(LONGEST * sr))), sr));
    const pitched = percentile(chroma, 50) < FLAT;
    return { name: pitched ? model.names[model.classes.indexOf(predict(model, chroma))] : null, start: from / sr, end: to / sr };
  });
}
