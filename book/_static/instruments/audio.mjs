/* Sound out and in: one sound at a time, never louder than a quarter of full scale, faded in and out; microphone; files. */

import { addFades, peak, resample } from "./dsp.mjs";
import { make } from "./controls.mjs";

export const PEAK = 0.25; // the largest sample that is ever played
export const LEVEL = 0.2; // what a signal's full scale is played at, so that a little more than full scale still is within PEAK
export const FADE_MS = 10;

let context = null, sounding = null, order = 0;

/** The page's one AudioContext, awake. Call it from a click or a key press, or browsers keep it asleep. */
export async function audioContext() {
  if (!globalThis.AudioContext) throw new Error("This browser cannot make sound.");
  context ??= new AudioContext();
  if (context.state !== "running") await context.resume();
  return context;
}

/** What is played for a signal: at the player's rate, times `gain` (less, where that would pass PEAK), faded. */
export function prepare(y, sr, rate, gain = LEVEL) {
  const samples = resample(y, sr, rate), most = peak(samples);
  const factor = most * gain > PEAK ? PEAK / most : gain;
  return addFades(samples.map((v) => factor * v), rate, FADE_MS);
}

/** Plays a signal once, instead of what sounds; `ended` is called when it is over or stopped. Whether it began: not if it was stopped before. */
export async function play(y, sr, { gain = LEVEL, ended } = {}) {
  const mine = ++order, player = await audioContext();
  if (mine !== order) return false; // stopped, or another sound was asked for, meanwhile
  const samples = prepare(y, sr, player.sampleRate, gain), buffer = player.createBuffer(1, Math.max(samples.length, 1), player.sampleRate);
  buffer.copyToChannel(Float32Array.from(samples), 0);
  silence();
  const source = new AudioBufferSourceNode(player, { buffer }), fader = new GainNode(player);
  source.connect(fader).connect(player.destination);
  const sound = { source, fader, ended };
  source.onended = () => finish(sound);
  sounding = sound;
  source.start();
  return true;
}

/** Fades out what sounds. */
export function stop() {
  order++;
  silence();
}

function silence() {
  if (!sounding) return;
  const { source, fader } = sounding, now = context.currentTime, seconds = FADE_MS / 1000;
  fader.gain.setValueCurveAtTime(Float32Array.from({ length: 33 }, (_, k) => (1 + Math.cos(Math.PI * k / 32)) / 2), now, seconds);
  source.stop(now + seconds + 0.005);
  finish(sounding);
}

function finish(sound) {
  sound.ended?.();
  sound.ended = null;
  if (sounding === sound) sounding = null;
}

/** A row of buttons: one for each of [text, signal], where signal() gives { y, sr, gain? } (or a promise of it), and one that stops. While a sound
    plays, its button has the class `sounds`. The row's `again()` plays the sounding button's signal anew, as after a knob was turned. */
export function playRow(sounds) {
  const row = make("div", { class: "instrument-actions" }), trouble = make("p", { class: "instrument-note", role: "status" });
  const buttons = sounds.map(([text, signal]) => {
    const button = make("button", { type: "button", class: "instrument-play" }, text);
    button.onclick = async () => {
      trouble.textContent = "";
      try {
        const { y, sr, gain } = await signal();
        const began = await play(y, sr, { gain, ended: () => button.classList.remove("sounds") });
        if (began) button.classList.add("sounds");
      } catch (error) {
        trouble.textContent = error.message;
      }
    };
    return button;
  });
  const stopper = make("button", { type: "button", class: "instrument-stop" }, "Stop");
  stopper.onclick = stop;
  row.append(...buttons, stopper, trouble);
  return { element: row, again: () => buttons.find((button) => button.classList.contains("sounds"))?.click() };
}

/** Listens to the microphone until `stop()` of the promised { sr, stop } is called: onBlock(Float32Array) gets 128 samples at a time, unprocessed, at sr.
    An Error says in words why it cannot. */
export async function microphone(onBlock) {
  if (!navigator.mediaDevices?.getUserMedia) throw new Error("The browser gives the microphone only to pages from https or from localhost.");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: false, noiseSuppression: false, autoGainControl: false } });
  } catch (error) {
    const said = {
      NotAllowedError: "The microphone was not allowed. Allow it beside the page's address, then try again.",
      NotFoundError: "No microphone was found. Connect one, then try again.",
      NotReadableError: "Another program holds the microphone. Close it, then try again.",
    };
    throw new Error(said[error.name] ?? `The microphone did not start (${error.name}).`);
  }
  try {
    const listener = await audioContext();
    await listener.audioWorklet.addModule(new URL("tap.mjs", import.meta.url));
    const source = listener.createMediaStreamSource(stream), tap = new AudioWorkletNode(listener, "tap", { numberOfInputs: 1, numberOfOutputs: 0 });
    tap.port.onmessage = ({ data }) => onBlock(data);
    source.connect(tap);
    return { sr: listener.sampleRate, stop() { source.disconnect(); tap.port.onmessage = null; stream.getTracks().forEach((track) => track.stop()); } };
  } catch (error) {
    stream.getTracks().forEach((track) => track.stop());
    throw new Error(`The microphone did not start (${error.name}).`);
  }
}

/** { y, sr } of a file of sound, at the rate asked for, its channels averaged, cut after `seconds`. An Error says in words why it cannot. */
export async function decodeFile(file, sr, seconds = 30) {
  if (file.size > 50e6) throw new Error(`${file.name} has ${Math.round(file.size / 1e6)} MB; 50 are the most. Cut a piece out first.`);
  let decoded;
  try {
    decoded = await new OfflineAudioContext(1, 1, sr).decodeAudioData(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} is no sound that this browser can read. A WAV file always is.`);
  }
  const y = new Float64Array(Math.min(decoded.length, Math.round(seconds * sr)));
  for (let channel = 0; channel < decoded.numberOfChannels; channel++) {
    const samples = decoded.getChannelData(channel);
    for (let k = 0; k < y.length; k++) y[k] += samples[k] / decoded.numberOfChannels;
  }
  return { y, sr };
}
