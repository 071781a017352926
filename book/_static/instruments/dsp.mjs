// Signal processing for the instruments: pure functions, the same numbers as the course's reference implementation.
// Signals are Float64Array in [-1, 1]; sr and frequencies are in Hz, phases in radians, levels in dB, times in seconds.

export const FLOOR_DB = -100;
export const MEL = { nFft: 2048, hop: 512 };
export const CHROMA = { nFft: 4096, hop: 512 };
const LETTERS = ["C", "C sharp", "D", "D sharp", "E", "F", "F sharp", "G", "G sharp", "A", "A sharp", "B"];

/** amp * sin(2 pi f n / sr + phase), n samples. */
export function sine(freq, n, sr, amp = 1, phase = 0) {
  return Float64Array.from({ length: n }, (_, i) => amp * Math.sin(2 * Math.PI * freq * i / sr + phase));
}

/** Amplitudes and phases of a waveform's harmonics: pairs [k, amplitude], of its Fourier series. */
export function harmonicsOf(shape, count) {
  const odd = [...Array(count).keys()].map((i) => i + 1).filter((k) => k % 2);
  if (shape === "square") return odd.map((k) => [k, 4 / (Math.PI * k)]);
  if (shape === "triangle") return odd.map((k) => [k, 8 / (Math.PI ** 2 * k * k) * (k % 4 === 1 ? 1 : -1)]);
  if (shape === "sawtooth") return [...Array(count).keys()].map((i) => [i + 1, 2 / (Math.PI * (i + 1)) * (i % 2 ? -1 : 1)]);
  return [[1, 1]];
}

/** A waveform of whose harmonics only those below sr / 2 are played, so that nothing is aliased. */
export function waveform(shape, freq, n, sr, amp = 1, phase = 0) {
  const y = new Float64Array(n);
  for (const [k, a] of harmonicsOf(shape, Math.ceil(sr / 2 / freq))) {
    if (k * freq >= sr / 2) break;
    for (let i = 0; i < n; i++) y[i] += amp * a * Math.sin(k * (2 * Math.PI * freq * i / sr + phase));
  }
  return y;
}

/** A tone of harmonics with the given amplitudes, the first belonging to f0; those at sr / 2 and above are left out. */
export function harmonicTone(f0, n, sr, amplitudes) {
  const y = new Float64Array(n);
  let total = 0;
  amplitudes.forEach((a, i) => {
    if (!a || (i + 1) * f0 >= sr / 2) return;
    total += Math.abs(a);
    for (let j = 0; j < n; j++) y[j] += a * Math.sin(2 * Math.PI * (i + 1) * f0 * j / sr);
  });
  return total ? y.map((v) => v / total) : y;
}

/** Envelope of straight lines: attack, decay, sustain, release; stages longer than the sound shrink in proportion. */
export function adsr(n, sr, attack, decay, sustain, release) {
  if (n <= 1) return new Float64Array(n);
  const last = (n - 1) / sr;
  const shrink = Math.min(1, last / Math.max(attack + decay + release, last));
  const [a, d, r] = [shrink * attack, shrink * decay, shrink * release];
  return Float64Array.from({ length: n }, (_, i) => {
    const t = i / sr;
    if (t < a) return t / a;
    if (t < a + d) return 1 + (sustain - 1) * (t - a) / d;
    if (r > 0 && t > last - r) return Math.max(0, sustain * (last - t) / r);
    return sustain;
  });
}

/** Raised-cosine fades of fadeMs at both ends, as a copy. */
export function addFades(y, sr, fadeMs = 10) {
  const m = Math.min(Math.round(fadeMs * sr / 1000), Math.floor(y.length / 2));
  const out = Float64Array.from(y);
  for (let i = 0; i < m; i++) {
    const gain = 0.5 - 0.5 * Math.cos(Math.PI * i / m);
    out[i] *= gain;
    out[out.length - 1 - i] *= gain;
  }
  return out;
}

/** The frequency from 0 to sr / 2 that samples of a sine of f Hz show. */
export function aliasFrequency(f, sr) {
  const folded = Math.abs(f) % sr;
  return Math.min(folded, sr - folded);
}

/** Rounds to the levels of samples with so many bits, -1 to 1; what lies outside is clipped. */
export function quantise(y, bits) {
  const q = 2 ** (bits - 1) - 1;
  return y.map((v) => roundHalfEven(q * Math.max(-1, Math.min(1, v))) / q + 0);
}

function roundHalfEven(v) {
  const low = Math.floor(v);
  return v - low === 0.5 ? low + (low & 1) : Math.round(v);
}

/** 10 log10 of the power of clean over the power of what was added to it; Infinity where nothing was. */
export function snrDb(clean, noisy) {
  let signal = 0;
  let noise = 0;
  clean.forEach((v, i) => { signal += v * v; noise += (noisy[i] - v) ** 2; });
  return noise ? 10 * Math.log10(signal / noise) : Infinity;
}

/** Discrete Fourier transform in place; the length is a power of two. */
export function fft(re, im) {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j], re[i]];
      [im[i], im[j]] = [im[j], im[i]];
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const c = Math.cos(2 * Math.PI * k / size);
      const s = -Math.sin(2 * Math.PI * k / size);
      for (let a = k; a < n; a += size) {
        const b = a + half;
        const x = re[b] * c - im[b] * s;
        const y = re[b] * s + im[b] * c;
        re[b] = re[a] - x;
        im[b] = im[a] - y;
        re[a] += x;
        im[a] += y;
      }
    }
  }
}

/** Periodic Hann window. */
export function hann(n) {
  return Float64Array.from({ length: n }, (_, i) => 0.5 - 0.5 * Math.cos(2 * Math.PI * i / n));
}

/** Power |X|² of the one-sided spectrum of one windowed frame. */
function framePower(y, start, window) {
  const n = window.length;
  const re = new Float64Array(n);
  for (let i = 0; i < n; i++) re[i] = (y[start + i] ?? 0) * window[i];
  const im = new Float64Array(n);
  fft(re, im);
  return Float64Array.from({ length: n / 2 + 1 }, (_, k) => re[k] ** 2 + im[k] ** 2);
}

/** Amplitudes of the one-sided spectrum under a Hann window: a sine of amplitude A at a bin reads A; DC and Nyquist are not doubled. */
export function amplitudeSpectrum(y, sr) {
  const n = y.length;
  const power = framePower(y, 0, hann(n));
  return { freqs: power.map((_, k) => k * sr / n), magnitudes: power.map((p, k) => Math.sqrt(p) * (k === 0 || k === n / 2 ? 2 : 4) / n) };
}

/** Frames of power |X|², without padding: frame t covers the samples from t * hop. */
export function stftPower(y, nFft, hop, window = hann(nFft)) {
  const count = y.length < nFft ? 0 : 1 + Math.floor((y.length - nFft) / hop);
  return Array.from({ length: count }, (_, t) => framePower(y, t * hop, window));
}

/** Power to dB, at least floorDb. */
export function toDb(power, ref = 1, floorDb = FLOOR_DB) {
  return Math.max(10 * Math.log10(Math.max(power / ref, 10 ** (floorDb / 10))), floorDb);
}

export const hzToMel = (hz) => hz <= 1000 ? 15 * hz / 1000 : 15 + 27 * Math.log(hz / 1000) / Math.log(6.4);
export const melToHz = (mel) => 1000 * (mel <= 15 ? mel / 15 : 6.4 ** ((mel - 15) / 27));

/** Triangles of area 1 on Slaney's mel scale from 0 to sr / 2: nMels rows of nFft / 2 + 1 weights. */
export function melFilters(sr, nFft, nMels) {
  const top = hzToMel(sr / 2);
  const corners = Array.from({ length: nMels + 2 }, (_, i) => melToHz(top * i / (nMels + 1)));
  return Array.from({ length: nMels }, (_, m) => {
    const [left, centre, right] = corners.slice(m, m + 3);
    return Float64Array.from({ length: nFft / 2 + 1 }, (_, k) => {
      const f = k * sr / nFft;
      return Math.max(0, Math.min((f - left) / (centre - left), (right - f) / (right - centre))) * 2 / (right - left);
    });
  });
}

const dot = (weights, power) => weights.reduce((sum, w, k) => w ? sum + w * power[k] : sum, 0);

/** Frames in dB re a full-scale sine, nFft / 2 + 1 rows of frequency each. */
export function spectrogramDb(y, nFft, hop) {
  return stftPower(y, nFft, hop).map((power) => power.map((p) => toDb(p, (nFft / 4) ** 2)));
}

/** Frames of mel bands in dB re a full-scale sine. */
export function melSpectrogramDb(y, sr, nMels, nFft = MEL.nFft, hop = MEL.hop) {
  const filters = melFilters(sr, nFft, nMels);
  return stftPower(y, nFft, hop).map((power) => Float64Array.from(filters, (weights) => toDb(dot(weights, power), (nFft / 4) ** 2)));
}

/** Weights of the frequencies in the twelve pitch classes, C first. */
export function chromaFilters(sr, nFft) {
  const semitones = Array.from({ length: nFft / 2 + 2 }, (_, k) => 12 * Math.log2(Math.max(k, 1) * sr / nFft / 27.5));
  semitones[0] -= 18;
  const rows = Array.from({ length: 12 }, () => new Float64Array(nFft / 2 + 1));
  for (let k = 0; k <= nFft / 2; k++) {
    const width = Math.max(semitones[k + 1] - semitones[k], 1);
    const bumps = rows.map((_, c) => {
      const away = ((((semitones[k] - (c + 3) + 6) % 12) + 12) % 12) - 6;
      return Math.exp(-0.5 * (2 * away / width) ** 2);
    });
    const norm = Math.hypot(...bumps);
    const octave = Math.exp(-0.5 * ((semitones[k] / 12 - 5) / 2) ** 2);
    bumps.forEach((bump, c) => { rows[c][k] = bump / norm * octave; });
  }
  return rows;
}

const kept = new Map();

/** Mean chroma of a clip, twelve numbers from 0 to 1, C first. */
export function featuresChroma(y, sr) {
  if (!kept.has(sr)) kept.set(sr, chromaFilters(sr, CHROMA.nFft));
  const filters = kept.get(sr);
  const half = CHROMA.nFft / 2;
  const padded = new Float64Array(y.length + CHROMA.nFft);
  padded.set(y, half);
  const mean = new Float64Array(12);
  const frames = stftPower(padded, CHROMA.nFft, CHROMA.hop);
  for (const power of frames) {
    const chroma = filters.map((weights) => dot(weights, power));
    const loudest = Math.max(...chroma) || 1;
    chroma.forEach((value, c) => { mean[c] += value / loudest / frames.length; });
  }
  return mean;
}

export const peak = (y) => y.reduce((top, v) => Math.max(top, Math.abs(v)), 0);

export const midiToHz = (m) => 440 * 2 ** ((m - 69) / 12);

/** Nearest note of a frequency: its name with the octave, and how many cents it is off. */
export function nearestNote(hz) {
  const exact = 69 + 12 * Math.log2(hz / 440);
  const midi = Math.round(exact);
  return { name: `${LETTERS[((midi % 12) + 12) % 12]}${Math.floor(midi / 12) - 1}`, cents: Math.round(100 * (exact - midi)) };
}

/** The signal at another rate, through a sinc under a Hann window 64 zero crossings wide: no image of a tone on the way up, no alias on the way down. */
export function resample(y, from, to) {
  if (from === to) return Float64Array.from(y);
  const gcd = (a, b) => (b ? gcd(b, a % b) : a), common = gcd(Math.round(from), Math.round(to));
  const up = Math.round(to) / common, down = Math.round(from) / common, cut = Math.min(1, to / from), half = Math.ceil(32 / cut), kernels = [];
  const kernel = (phase) => Float64Array.from({ length: 2 * half }, (_, i) => {
    const x = i - half + 1 - phase / up, z = Math.PI * cut * x;
    return Math.abs(x) < half ? cut * (Math.abs(z) < 1e-9 ? 1 : Math.sin(z) / z) * (0.5 + 0.5 * Math.cos(Math.PI * x / half)) : 0;
  });
  return Float64Array.from({ length: Math.floor(y.length * up / down) }, (_, j) => {
    const phase = (j * down) % up, first = Math.floor(j * down / up) - half + 1, h = (kernels[phase] ??= kernel(phase));
    let sum = 0;
    for (let i = Math.max(0, -first), end = Math.min(2 * half, y.length - first); i < end; i++) sum += h[i] * y[first + i];
    return sum;
  });
}

/** Root mean square of each whole block, and of what is left at the end. */
export function frameRms(y, block) {
  return Array.from({ length: Math.ceil(y.length / block) }, (_, k) => {
    let sum = 0;
    for (let i = k * block; i < Math.min(y.length, (k + 1) * block); i++) sum += y[i] ** 2;
    return Math.sqrt(sum / block);
  });
}

/** The q-th percentile of numbers, linearly interpolated. */
export function percentile(values, q) {
  const sorted = Array.from(values).sort((a, b) => a - b), at = (sorted.length - 1) * q / 100, low = Math.floor(at);
  return sorted.length ? sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]) : 0;
}
