"""Wrong answers to 05_musical_sound, each beside its hint, and rightful other ways."""

import math

import librosa
import numpy as np
from scipy import signal
from scipy.interpolate import interp1d
from scipy.ndimage import convolve1d

from autograder import alternative, misconception

# Questions


@alternative("q1", "right")
def q1():
    return "b"


@misconception("q1", "chose_a",
    "A longer frame tells frequencies apart better, but all that happens within it becomes one column: starts are seen worse. "
    "You cannot have both from one n_fft.")
def q1():
    return "a"


@misconception("q1", "chose_c",
    "It is the other way round: bins lie sr / n_fft apart, so a longer frame has finer bins. And it covers more time.")
def q1():
    return "c"


@misconception("q1", "chose_d",
    "The number of rows changes as well, 1 + n_fft // 2, and with it the distance of the bins, sr / n_fft. Think of what each column covers.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "c"


@misconception("q2", "chose_a",
    "That is what a picture shows whose 0 dB is its own loudest value. Here 0 dB is a full-scale sine, so a weaker tone reads less.")
def q2():
    return "a"


@misconception("q2", "chose_b",
    "10 dB belong to a tenth of the power. A tenth of the amplitude is a hundredth of the power.")
def q2():
    return "b"


@misconception("q2", "chose_d",
    "Decibels are logarithms: dividing the amplitude subtracts from the level. It does not divide the level.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "c"


@misconception("q3", "chose_a",
    "100 is the ratio itself. In dB it is 10 times the logarithm of it.")
def q3():
    return "a"


@misconception("q3", "chose_b",
    "20·log10 belongs to a ratio of amplitudes. This one is of powers.")
def q3():
    return "b"


@misconception("q3", "chose_d",
    "The sign is turned round: where the signal is stronger than the noise, the ratio of signal to noise is positive.")
def q3():
    return "d"


# midi_to_hz


@misconception("midi_to_hz", "octave_off",
    "Your notes are all one octave too low or too high: the number of A4, 440 Hz, is 69, and 57 and 81 are its neighbours an octave away.")
def midi_to_hz(m):
    return 440 * 2 ** ((m - 57) / 12)


@misconception("midi_to_hz", "sign",
    "Your frequencies fall where the notes rise. A larger m must give a larger exponent: subtract 69 from m.")
def midi_to_hz(m):
    return 440 * 2 ** ((69 - m) / 12)


@misconception("midi_to_hz", "rounded",
    "Your frequencies are rounded; two decimals are enough for a table, and for nothing that is computed further. Return the number as it is.")
def midi_to_hz(m):
    return np.round(440 * 2 ** ((m - 69) / 12), 2)


@misconception("midi_to_hz", "equal_steps_in_hz",
    "Your semitones are equally large in Hz, so only the octave above A4 is right. Each semitone multiplies by the same factor: the number of them is an exponent.")
def midi_to_hz(m):
    return 440 * (1 + (m - 69) / 12)


@misconception("midi_to_hz", "missing_parentheses",
    "Division comes before subtraction: m - 69 / 12 divides only the 69. Put the difference in parentheses.")
def midi_to_hz(m):
    return 440.0 * 2.0 ** (m - 69 / 12)


@misconception("midi_to_hz", "whole_semitones_only",
    "What lies between two keys is moved to a key: 69.5 is a quarter tone above A4. Do not convert m to a whole number.")
def midi_to_hz(m):
    return 440 * 2 ** ((np.round(m) - 69) / 12)


@misconception("midi_to_hz", "natural_exponential",
    "An octave of yours is a factor of e, 2.718. It doubles the frequency: the base of the power is 2.")
def midi_to_hz(m):
    return 440 * np.exp((m - 69) / 12)


@alternative("midi_to_hz", "librosa")
def midi_to_hz(m):
    return librosa.midi_to_hz(m)


@alternative("midi_to_hz", "number_or_loop")
def midi_to_hz(m):
    def one(note):
        factor = 2.0 ** (1 / 12)
        return 440.0 * factor ** (float(note) - 69.0)

    if np.ndim(m) == 0:
        return one(m)
    return np.array([one(note) for note in np.ravel(m)]).reshape(np.shape(m))


@alternative("midi_to_hz", "float32")
def midi_to_hz(m):
    return np.float32(440) * np.exp2((np.asarray(m, np.float32) - np.float32(69)) / np.float32(12))


@alternative("midi_to_hz", "vectorised_from_middle_c")
def midi_to_hz(m):
    return np.vectorize(lambda note: 440 * math.pow(2, -9 / 12) * math.exp(math.log(2) * (note - 60) / 12), otypes=[float])(m)


@alternative("midi_to_hz", "nested_lists")
def midi_to_hz(m):
    return (440 * 2 ** ((np.asarray(m) - 69) / 12)).tolist()


# hz_to_midi


def refuse_silence(f):
    if np.min(f) <= 0:
        raise ValueError("f must be above 0 Hz")


@misconception("hz_to_midi", "octave_off",
    "Your numbers are all 12 too small or too large, an octave: 440 Hz is A4, number 69.")
def hz_to_midi(f):
    refuse_silence(f)
    return 57 + 12 * np.log2(f / 440)


@misconception("hz_to_midi", "log10",
    "An octave of yours has 12·log10(2) = 3.6 semitones. It is the logarithm to the base 2 that grows by 1 when the frequency doubles.")
def hz_to_midi(f):
    refuse_silence(f)
    return 69 + 12 * np.log10(f / 440)


@misconception("hz_to_midi", "natural_logarithm",
    "An octave of yours has 12·ln(2) = 8.3 semitones: np.log is the natural logarithm. Take the one to the base 2.")
def hz_to_midi(f):
    refuse_silence(f)
    return 69 + 12 * np.log(f / 440)


@misconception("hz_to_midi", "rounded",
    "Your numbers are rounded to whole semitones, and a tone between two keys looks as if it were in tune. Return the number as it is.")
def hz_to_midi(f):
    refuse_silence(f)
    return np.round(69 + 12 * np.log2(f / 440))


@misconception("hz_to_midi", "sign",
    "Your numbers fall where the frequency rises: the ratio is upside down. Divide f by 440.")
def hz_to_midi(f):
    refuse_silence(f)
    return 69 + 12 * np.log2(440 / f)


@misconception("hz_to_midi", "zero_unnoticed",
    "0 Hz became minus infinity or NaN, with a warning that is easily overlooked. Look for values of 0 or below before you take the logarithm, and raise ValueError.")
def hz_to_midi(f):
    with np.errstate(divide="ignore", invalid="ignore"):
        return 69 + 12 * np.log2(f / 440)


@misconception("hz_to_midi", "numbers_only",
    "An array cannot pass: math.log2 and a bare `if f <= 0` take single numbers. np.log2 takes arrays, and np.min(f) is one number to ask.")
def hz_to_midi(f):
    if f <= 0:
        raise ValueError("f must be above 0 Hz")
    return 69 + 12 * math.log2(f / 440)


@alternative("hz_to_midi", "librosa")
def hz_to_midi(f):
    if np.any(np.asarray(f) <= 0):
        raise ValueError("no pitch")
    return librosa.hz_to_midi(f)


@alternative("hz_to_midi", "number_or_loop")
def hz_to_midi(f):
    def one(hz):
        if hz <= 0:
            raise ValueError(f"{hz} Hz is no pitch")
        return 69 + 12 * math.log(hz / 440, 2)

    return one(f) if np.ndim(f) == 0 else np.reshape([one(hz) for hz in np.ravel(f)], np.shape(f))


@alternative("hz_to_midi", "float32")
def hz_to_midi(f):
    f = np.asarray(f, np.float32)
    if not (f > 0).all():
        raise ValueError("f must be above 0")
    return np.float32(12) * np.log2(f / np.float32(440)) + np.float32(69)


@alternative("hz_to_midi", "difference_of_logarithms")
def hz_to_midi(f):
    with np.errstate(divide="ignore", invalid="ignore"):
        m = 12 * (np.log(f) - np.log(440)) / np.log(2) + 69
    if not np.isfinite(m).all():
        raise ValueError("f must be above 0")
    return m.tolist()


# cents


@misconception("cents", "sign",
    "Rising intervals come out negative: your ratio is upside down. From f1 to f2 is f2 / f1.")
def cents(f1, f2):
    return 1200 * np.log2(f1 / f2)


@misconception("cents", "hundred_an_octave",
    "Your octave has 100 cents. That many has a semitone, and an octave has twelve of them.")
def cents(f1, f2):
    return 100 * np.log2(f2 / f1)


@misconception("cents", "semitones",
    "Your octave is 12: these are semitones. A cent is a hundredth of one.")
def cents(f1, f2):
    return 12 * np.log2(f2 / f1)


@misconception("cents", "log10",
    "Your octave has 1200·log10(2) = 361 cents. The logarithm to the base 2 makes 1 of an octave.")
def cents(f1, f2):
    return 1200 * np.log10(f2 / f1)


@misconception("cents", "natural_logarithm",
    "Your octave has 1200·ln(2) = 832 cents: np.log is the natural logarithm. Take the one to the base 2.")
def cents(f1, f2):
    return 1200 * np.log(f2 / f1)


@misconception("cents", "rounded",
    "Your cents are rounded to whole ones. Return the number as it is; whoever prints it can round.")
def cents(f1, f2):
    return np.round(1200 * np.log2(f2 / f1))


@misconception("cents", "proportional",
    "Your cents grow with the difference in Hz, so that two steps do not add up: up an octave and down again is not 0. Take the logarithm of the ratio.")
def cents(f1, f2):
    return 1200 * (f2 - f1) / f1


@misconception("cents", "without_sign",
    "Your interval is never negative. Downwards is a sign of its own: leave out the absolute value.")
def cents(f1, f2):
    return abs(1200 * np.log2(f2 / f1))


@alternative("cents", "difference_of_midi_numbers")
def cents(f1, f2):
    return 100 * (librosa.hz_to_midi(f2) - librosa.hz_to_midi(f1))


@alternative("cents", "number_or_loop")
def cents(f1, f2):
    if np.ndim(f1) == 0:
        return 1200 * math.log(f2 / f1) / math.log(2)
    return np.reshape([1200 * math.log2(b / a) for a, b in zip(np.ravel(f1), np.ravel(f2), strict=True)], np.shape(f1))


@alternative("cents", "float32")
def cents(f1, f2):
    return np.float32(1200) * np.log2(np.float32(f2) / np.float32(f1))


@alternative("cents", "logarithm_to_the_base_of_a_cent")
def cents(f1, f2):
    return (np.log10(np.divide(f2, f1)) / np.log10(2 ** (1 / 1200))).tolist()


# harmonic_tone


def tone_of(numbers, amplitudes, f0, duration, sr):
    """Harmonics of these numbers and amplitudes, within [-1, 1]."""
    t = np.arange(round(duration * sr)) / sr
    y = sum((a * np.sin(2 * np.pi * k * f0 * t) for k, a in zip(numbers, amplitudes, strict=True)), np.zeros(len(t)))
    return y / max(1.0, np.abs(y).max())


def below(f0, limit, n_harm):
    """The numbers of those harmonics that are below a limit."""
    return [k for k in range(1, n_harm + 1) if k * f0 < limit]


@misconception("harmonic_tone", "aliased",
    "Harmonics that lie above sr / 2 are there as well, and fold back to frequencies that have nothing to do with the note. Leave them out.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = range(1, n_harm + 1)
    return tone_of(numbers, [decay ** (k - 1) for k in numbers], f0, duration, sr)


@misconception("harmonic_tone", "limit_at_sr",
    "You leave out harmonics above sr, but those from sr / 2 on fold back already. The highest frequency that samples can hold is half their rate.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = below(f0, sr, n_harm)
    return tone_of(numbers, [decay ** (k - 1) for k in numbers], f0, duration, sr)


@misconception("harmonic_tone", "one_above_the_limit",
    "One harmonic too many is there: the first one above sr / 2. Ask before you add it, not afterwards.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = range(1, min(n_harm, int(sr / 2 // f0) + 1) + 1)
    return tone_of(numbers, [decay ** (k - 1) for k in numbers], f0, duration, sr)


@misconception("harmonic_tone", "one_too_many",
    "You have n_harm + 1 harmonics. The first one is the fundamental itself, and it counts.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = below(f0, sr / 2, n_harm + 1)
    return tone_of(numbers, [decay ** (k - 1) for k in numbers], f0, duration, sr)


@misconception("harmonic_tone", "one_too_few",
    "The last harmonic is missing: range(1, n_harm) ends before n_harm.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = below(f0, sr / 2, max(1, n_harm - 1))
    return tone_of(numbers, [decay ** (k - 1) for k in numbers], f0, duration, sr)


@misconception("harmonic_tone", "decay_in_db",
    "You take decay for decibels, so that your harmonics hardly get weaker. It is a factor of amplitudes: each harmonic is decay times the one before.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = below(f0, sr / 2, n_harm)
    return tone_of(numbers, [10 ** (-decay * (k - 1) / 20) for k in numbers], f0, duration, sr)


@misconception("harmonic_tone", "odd_harmonics_only",
    "Every second harmonic is missing: 2·f0, 4·f0 and so on belong to the tone as well. Count k up by one at a time.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = below(f0, sr / 2, 2 * n_harm)[::2]
    return tone_of(numbers, [decay**i for i in range(len(numbers))], f0, duration, sr)


@misconception("harmonic_tone", "one_over_k",
    "Your harmonics fall as 1/k, whatever decay is passed. The contract wants the same factor from each to the next: a power of decay.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    numbers = below(f0, sr / 2, n_harm)
    return tone_of(numbers, [1 / k for k in numbers], f0, duration, sr)


@misconception("harmonic_tone", "too_loud",
    "Your sum of sines exceeds full scale, and a player or a file would clip it. Divide by the peak, or by the sum of the amplitudes.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    t = np.arange(round(duration * sr)) / sr
    return sum((decay ** (k - 1) * np.sin(2 * np.pi * k * f0 * t) for k in below(f0, sr / 2, n_harm)), np.zeros(len(t)))


@misconception("harmonic_tone", "nan_for_silence",
    "Where no harmonic is left you divide silence by its own peak, and 0 / 0 is NaN. Ask first, or divide by something that is never 0.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    t = np.arange(round(duration * sr)) / sr
    y = sum((decay ** (k - 1) * np.sin(2 * np.pi * k * f0 * t) for k in below(f0, sr / 2, n_harm)), np.zeros(len(t)))
    with np.errstate(invalid="ignore"):
        return y / np.abs(y).max()


@misconception("harmonic_tone", "cosines",
    "Each of your harmonics starts at its largest value: these are cosines. The levels are right, but the contract's tone starts at 0.")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    t = np.arange(round(duration * sr)) / sr
    y = sum((decay ** (k - 1) * np.cos(2 * np.pi * k * f0 * t) for k in below(f0, sr / 2, n_harm)), np.zeros(len(t)))
    return y / max(1.0, np.abs(y).max())


@alternative("harmonic_tone", "matrix_divided_by_the_amplitudes")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    k = np.arange(1, n_harm + 1)
    k = k[k * f0 < sr / 2]
    amplitudes = decay ** (k - 1.0)
    t = np.arange(round(duration * sr)) / sr
    return amplitudes @ np.sin(2 * np.pi * f0 * np.outer(k, t)) / max(amplitudes.sum(), 1.0)


@alternative("harmonic_tone", "peak_of_0_9")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    t = np.arange(round(duration * sr)) / sr
    y, amplitude, k = 0.0 * t, 1.0, 1
    while k <= n_harm and k * f0 < sr / 2:
        y += amplitude * np.sin(2 * np.pi * k * f0 * t)
        amplitude *= decay
        k += 1
    peak = np.max(np.abs(y))
    return 0.9 * y / peak if peak > 0 else y


@alternative("harmonic_tone", "loop_over_samples")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    n_harm = min(n_harm, math.ceil(sr / 2 / f0) - 1)
    samples = []
    for j in range(round(duration * sr)):
        angle = 2 * math.pi * f0 * j / sr
        samples.append(sum(decay ** (k - 1) * math.sin(k * angle) for k in range(1, n_harm + 1)))
    peak = max(max(samples), -min(samples)) or 1
    return [sample / peak for sample in samples]


@alternative("harmonic_tone", "float32_divided_by_n_harm")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    t = (np.arange(round(duration * sr)) / sr).astype(np.float32)
    y = np.zeros_like(t)
    for k in below(f0, sr / 2, n_harm):
        y += np.float32(decay ** (k - 1)) * np.sin(np.float32(2 * np.pi * k * f0) * t)
    return y / np.float32(n_harm)


@alternative("harmonic_tone", "closed_form")
def harmonic_tone(f0, duration, sr, n_harm, decay):
    # The imaginary part of a geometric series.
    n_harm = len(below(f0, sr / 2, n_harm))
    z = np.exp(2j * np.pi * f0 * np.arange(round(duration * sr)) / sr)
    q = decay * z
    q[np.abs(1 - q) < 1e-9] = 1e-9j  # where all harmonics are 0 at once
    y = (z * (1 - q**n_harm) / (1 - q)).imag
    return y / max(1.0, np.abs(y).max())


# adsr


def pieces(n, *parts):
    """Straight pieces (from, to, samples) in a row, cut to n values or filled up with zeros."""
    y = np.concatenate([np.linspace(start, end, max(0, int(m))) for start, end, m in parts])[:n]
    return np.pad(y, (0, n - len(y)))


def corners(n, sr, attack, decay, release):
    """The stages' lengths, shortened where need be, and the time of the last sample."""
    T = (n - 1) / sr
    shrink = min(1.0, T / (attack + decay + release))
    return shrink * attack, shrink * decay, shrink * release, T


@misconception("adsr", "milliseconds",
    "Your stages are a thousand times too short: the lengths are in seconds, and you take them for milliseconds.")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, r, T = corners(n, sr, attack / 1000, decay / 1000, release / 1000)
    return np.interp(np.arange(n) / sr, [0, a, a + d, T - r, T], [0, 1, sustain, sustain, 0])


@misconception("adsr", "sustain_as_a_time",
    "You take sustain for a length of time. It is a level, and it lasts for whatever the other stages leave of n.")
def adsr(n, sr, attack, decay, sustain, release):
    return pieces(n, (0, 1, attack * sr), (1, 0.5, decay * sr), (0.5, 0.5, sustain * sr), (0.5, 0, release * sr))


@misconception("adsr", "release_from_1",
    "Your release starts from 1, so that the level jumps up before it falls. It starts from where the note is: from sustain.")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, r, T = corners(n, sr, attack, decay, release)
    return np.interp(np.arange(n) / sr, [0, a, a + d, T - r - 1e-9, T - r, T], [0, 1, sustain, sustain, 1, 0])


@misconception("adsr", "length_of_the_stages",
    "The length of your envelope is that of attack, decay and release together, not n. The sustain fills what they leave.")
def adsr(n, sr, attack, decay, sustain, release):
    stages = [(0, 1, attack), (1, sustain, decay), (sustain, 0, release)]
    return np.concatenate([np.linspace(start, end, int(length * sr)) for start, end, length in stages])


@misconception("adsr", "cut_off",
    "Stages that are longer than n are cut off in the middle, so that the envelope does not end at 0: a click. Shorten all three by the same factor first.")
def adsr(n, sr, attack, decay, sustain, release):
    T = (n - 1) / sr
    if attack + decay + release <= T:
        return np.interp(np.arange(n) / sr, [0, attack, attack + decay, T - release, T], [0, 1, sustain, sustain, 0])
    return np.interp(np.arange(n) / sr, [0, attack, attack + decay, attack + decay + release], [0, 1, sustain, 0])


@misconception("adsr", "no_release",
    "Your envelope stays at the sustain level to the end, and the note stops with a click. The last `release` seconds fall to 0.")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, _, _ = corners(n, sr, attack, decay, release)
    return np.interp(np.arange(n) / sr, [0, a, a + d], [0, 1, sustain])


@misconception("adsr", "one_step_short",
    "Your last sample is one step above 0: the release ends where the next sample would be. T = (n - 1) / sr is the time of the last sample, "
    "and np.linspace reaches its end unless endpoint=False.")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, r, _ = corners(n, sr, attack, decay, release)
    T = n / sr
    return np.interp(np.arange(n) / sr, [0, a, a + d, T - r, T], [0, 1, sustain, sustain, 0])


@misconception("adsr", "decay_to_zero",
    "Your decay falls to 0 and the level then jumps up to sustain. The decay leads from 1 to the sustain level.")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, r, T = corners(n, sr, attack, decay, release)
    return np.interp(np.arange(n) / sr, [0, a, a + d, a + d + 1e-9, T - r, T], [0, 1, 0, sustain, sustain, 0])


@misconception("adsr", "starts_at_1",
    "Your attack does not rise from 0: the note starts at full level, with a click. The first corner is (0, 0).")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, r, T = corners(n, sr, attack, decay, release)
    return np.interp(np.arange(n) / sr, [0, a, a + d, T - r, T], [1, 1, sustain, sustain, 0])


@misconception("adsr", "only_the_release_shortened",
    "Where the stages are too long, you shorten only the last one. The contract shortens all three by the same factor.")
def adsr(n, sr, attack, decay, sustain, release):
    T = (n - 1) / sr
    a = min(attack, 0.98 * T)
    d = min(decay, 0.99 * T - a)
    r = min(release, T - a - d)
    return np.interp(np.arange(n) / sr, [0, a, a + d, T - r, T], [0, 1, sustain, sustain, 0])


@alternative("adsr", "pieces_of_whole_samples")
def adsr(n, sr, attack, decay, sustain, release):
    m = [int(length * sr) for length in (attack, decay, release)]
    if sum(m) > n:
        m = [int(x * n / sum(m)) for x in m]
    hold = n - sum(m)
    return np.concatenate([np.linspace(0, 1, m[0], endpoint=False), np.linspace(1, sustain, m[1], endpoint=False),
                           np.full(hold, sustain), np.linspace(sustain, 0, m[2])])


@alternative("adsr", "pieces_with_both_ends")
def adsr(n, sr, attack, decay, sustain, release):
    total = attack + decay + release
    factor = min(1.0, n / sr / total)
    na, nd, nr = (round(length * factor * sr) for length in (attack, decay, release))
    nr = min(nr, n - na - nd)
    return np.concatenate([np.linspace(0, 1, na), np.linspace(1, sustain, nd), sustain * np.ones(n - na - nd - nr), np.linspace(sustain, 0, nr)])


@alternative("adsr", "loop")
def adsr(n, sr, attack, decay, sustain, release):
    T = (n - 1) / sr
    total = attack + decay + release
    if total > T:
        attack, decay, release = (x * T / total for x in (attack, decay, release))
    values = []
    for k in range(n):
        t = k / sr
        if t < attack:
            values.append(t / attack)
        elif t < attack + decay:
            values.append(1 - (1 - sustain) * (t - attack) / decay)
        elif t <= T - release:
            values.append(sustain)
        else:
            values.append(max(0.0, sustain * (T - t) / release))
    return values


@alternative("adsr", "selected_lines_float32")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, r, T = (np.float32(x) for x in corners(n, sr, attack, decay, release))
    t, s = np.arange(n, dtype=np.float32) / np.float32(sr), np.float32(sustain)
    lines = np.where(t < a, t / a, np.where(t < a + d, 1 - (1 - s) * (t - a) / d, s))
    return np.clip(np.where(t > T - r, s * (T - t) / r, lines), 0, 1)


@alternative("adsr", "scipy_interpolation")
def adsr(n, sr, attack, decay, sustain, release):
    a, d, r, T = corners(n, sr, attack, decay, release)
    times = np.maximum.accumulate([0, a, a + d, T - r, T]) + 1e-12 * np.arange(5)
    return interp1d(times, [0, 1, sustain, sustain, 0])(np.minimum(np.arange(n) / sr, T))


# pluck


def string(n, burst, N):
    """The loop of Karplus and Strong with the delay N, set in motion by a burst."""
    feedback = np.zeros(N + 2)
    feedback[0], feedback[N], feedback[N + 1] = 1.0, -0.5, -0.5
    return signal.lfilter([1.0], feedback, np.pad(burst, (0, n - len(burst))))


@misconception("pluck", "one_sample_short",
    "Your string is 23 to 38 cents sharp: it looks back one sample too little. The mean of y[j - N] and y[j - N - 1] lies half a sample behind y[j - N]; "
    "with y[j - N + 1] in place of the second it lies half a sample before.")
def pluck(f0, duration, sr, rng):
    n, N = round(duration * sr), round(sr / f0 - 0.5)
    y = rng.uniform(-1, 1, N).tolist()
    for j in range(N, n):
        y.append((y[j - N] + y[j - N + 1]) / 2)
    return np.array(y[:n])


@misconception("pluck", "one_sample_long",
    "Your string is 23 to 38 cents flat: it looks back one sample too far. Count: y[j - N] and y[j - N - 1] are on average N + 1/2 samples back.")
def pluck(f0, duration, sr, rng):
    N = round(sr / f0 - 0.5)
    return string(round(duration * sr), rng.uniform(-1, 1, N), N + 1)


@misconception("pluck", "whole_period",
    "Your N is one whole period, sr / f0, rounded up, and the mean of two neighbours adds half a sample to it, so the string is flat. Subtract that half: N = sr / f0 - 1/2.")
def pluck(f0, duration, sr, rng):
    N = math.ceil(sr / f0 - 1e-6)
    return string(round(duration * sr), rng.uniform(-1, 1, N), N)


@misconception("pluck", "octave",
    "Your string sounds an octave away: the noise and the way back are one whole period long, sr / f0 samples, neither half nor two of them.")
def pluck(f0, duration, sr, rng):
    N = round(sr / f0 / 2 - 0.5)
    return string(round(duration * sr), rng.uniform(-1, 1, N), N)


@misconception("pluck", "no_low_pass",
    "Your noise is repeated as it is, a buzz that never gets duller. Each new sample is the mean of two neighbours one period ago.")
def pluck(f0, duration, sr, rng):
    N, n = round(sr / f0 - 0.5), round(duration * sr)
    return np.resize(rng.uniform(-1, 1, N), n)


@misconception("pluck", "only_quieter",
    "Your noise is repeated a little quieter each time, and all its harmonics fade alike. Take the mean of two neighbours: it is that which takes the high ones first.")
def pluck(f0, duration, sr, rng):
    N, n = round(sr / f0 - 0.5), round(duration * sr)
    return np.resize(rng.uniform(-1, 1, N), n) * 0.996 ** (np.arange(n) // N)


@misconception("pluck", "damped",
    "Your means are made a little smaller each time, so that the low harmonics die sooner than they should. The contract's loop takes the mean as it is.")
def pluck(f0, duration, sr, rng):
    n, N = round(duration * sr), round(sr / f0 - 0.5)
    feedback = np.zeros(N + 2)
    feedback[0], feedback[N], feedback[N + 1] = 1.0, -0.498, -0.498
    return signal.lfilter([1.0], feedback, np.pad(rng.uniform(-1, 1, N), (0, n - N)))


@misconception("pluck", "first_mean_missing",
    "Sample N, the first after the noise, is not the mean that the contract wants: y[-1] counts as 0 there, so it is y[0] / 2. Start the loop at j = N.")
def pluck(f0, duration, sr, rng):
    n, N = round(duration * sr), round(sr / f0 - 0.5)
    return string(n, rng.uniform(-1, 1, N + 1), N)


@misconception("pluck", "global_seed",
    "Equal generators gave two different strings: your noise does not come from rng. Call rng.uniform in place of np.random.uniform.")
def pluck(f0, duration, sr, rng):
    N = round(sr / f0 - 0.5)
    return string(round(duration * sr), np.random.uniform(-1, 1, N), N)


@misconception("pluck", "own_seed",
    "Different generators gave the same string: you make a generator, or set a seed, of your own. Draw from the rng that is passed.")
def pluck(f0, duration, sr, rng):
    N = round(sr / f0 - 0.5)
    return string(round(duration * sr), np.random.default_rng(0).uniform(-1, 1, N), N)


@misconception("pluck", "too_loud",
    "Your noise leaves the range from -1 to 1: normal values have no limits. Draw from rng.uniform(-1, 1), or divide by the peak.")
def pluck(f0, duration, sr, rng):
    N = round(sr / f0 - 0.5)
    return string(round(duration * sr), rng.standard_normal(N), N)


@misconception("pluck", "noise_all_along",
    "Your signal is noise from beginning to end and has no pitch. Only the first N samples are drawn; all others are computed from earlier ones.")
def pluck(f0, duration, sr, rng):
    return rng.uniform(-1, 1, round(duration * sr))


@alternative("pluck", "ring_buffer")
def pluck(f0, duration, sr, rng):
    n, N = round(duration * sr), int(round(sr / f0 - 0.5))
    ring = rng.uniform(-1, 1, N).tolist()
    last, samples = 0.0, []
    for j in range(n):
        now = ring[j % N]
        samples.append(now)
        ring[j % N] = 0.5 * (now + last)
        last = now
    return samples


@alternative("pluck", "filter_without_offset")
def pluck(f0, duration, sr, rng):
    N = int(sr / f0)
    burst = rng.uniform(-1, 1, N)
    burst -= burst.mean()
    return string(round(duration * sr), burst / np.abs(burst).max(), N)


@alternative("pluck", "whole_periods_float32")
def pluck(f0, duration, sr, rng):
    n, N = round(duration * sr), round(sr / f0 - 0.5)
    y = np.zeros(n + 2 * N + 1, dtype=np.float32)
    y[1:N + 1] = 2 * rng.random(N, dtype=np.float32) - 1
    for start in range(N + 1, n + 1, N):
        y[start:start + N] = (y[start - N:start] + y[start - N - 1:start - 1]) / 2
    return y[1:n + 1]


@alternative("pluck", "plus_or_minus_one")
def pluck(f0, duration, sr, rng):
    N = round(sr / f0 - 0.5)
    return string(round(duration * sr), rng.choice([-1.0, 1.0], N), N)


# low_pass


def weights(n_taps, relative_cutoff, window=np.hamming):
    """Windowed sinc, not normalised; the cutoff is relative to sr / 2."""
    return window(n_taps) * np.sinc(relative_cutoff * (np.arange(n_taps) - n_taps // 2))


def filtered(y, h):
    return np.convolve(y, h)[len(h) // 2:][:len(y)]


@misconception("low_pass", "delay_left_in",
    "Your output is late by (n_taps - 1) / 2 samples: lfilter, or the start of a full convolution, waits for the middle weight. "
    "Take the middle part, as mode=\"same\" does.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, 2 * cutoff_hz / sr)
    return signal.lfilter(h / h.sum(), [1.0], y)


@misconception("low_pass", "cutoff_relative_to_sr",
    "Your cutoff is half as high as it should be: it was divided by sr, but 1 stands for the highest frequency there is, sr / 2.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, cutoff_hz / sr)
    return filtered(y, h / h.sum())


@misconception("low_pass", "pi_twice",
    "Your cutoff is about three times as high as it should be: np.sinc has the factor pi inside already. Leave yours out.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, 2 * np.pi * cutoff_hz / sr)
    return filtered(y, h / h.sum())


@misconception("low_pass", "gain_not_1",
    "A constant comes out many times larger: your weights do not add up to 1. Divide them by their sum.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    return filtered(y, weights(n_taps, 2 * cutoff_hz / sr))


@misconception("low_pass", "high_pass",
    "A constant is gone: yours is a high-pass, which keeps what should go. The low-pass is what you subtracted.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, 2 * cutoff_hz / sr)
    return y - filtered(y, h / h.sum())


@misconception("low_pass", "no_window",
    "Far above the cutoff too much is left: a sinc that is cut off abruptly ripples. Multiply the weights by np.hamming(n_taps).")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, 2 * cutoff_hz / sr, np.ones)
    return filtered(y, h / h.sum())


@misconception("low_pass", "running_mean",
    "Your weights are all equal: a running mean, whose cutoff has nothing to do with cutoff_hz. The weights are a sinc, times a window.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    return filtered(y, np.ones(n_taps) / n_taps)


@misconception("low_pass", "window_alone",
    "Your weights are the window alone, so the cutoff depends on n_taps and not on cutoff_hz. Multiply the window by the sinc.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = np.hamming(n_taps)
    return filtered(y, h / h.sum())


@misconception("low_pass", "ignores_n_taps",
    "The number of your weights is the same whatever n_taps is passed. Use n_taps in place of the number.")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(101, 2 * cutoff_hz / sr)
    return filtered(y, h / h.sum())


@misconception("low_pass", "edges_lost",
    "Fewer samples come out than went in: mode=\"valid\" keeps only places where all weights find a sample. Outside, the signal counts as 0: mode=\"same\".")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, 2 * cutoff_hz / sr)
    return np.convolve(y, h / h.sum(), mode="valid")


@misconception("low_pass", "edges_too_long",
    "More samples come out than went in: a full convolution also returns where the weights stick out over the ends. Keep the middle part: mode=\"same\".")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, 2 * cutoff_hz / sr)
    return np.convolve(y, h / h.sum())


@alternative("low_pass", "firwin_and_fft")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    return signal.fftconvolve(y, signal.firwin(n_taps, cutoff_hz, fs=sr), mode="same")


@alternative("low_pass", "loops")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    m = (n_taps - 1) // 2
    h = []
    for i in range(-m, m + 1):
        x = 2 * cutoff_hz / sr * i
        h.append((0.54 + 0.46 * math.cos(math.pi * i / m)) * (math.sin(math.pi * x) / (math.pi * x) if i else 1.0))
    total = sum(h)
    h = [value / total for value in h]
    values = [0.0] * m + np.asarray(y, dtype=float).tolist() + [0.0] * m
    return [sum(map(float.__mul__, h, values[j:j + n_taps])) for j in range(len(y))]  # h is symmetric


@alternative("low_pass", "float32_by_ndimage")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    h = weights(n_taps, 2 * cutoff_hz / sr).astype(np.float32)
    return convolve1d(np.asarray(y, np.float32), h / h.sum(), mode="constant")


@alternative("low_pass", "filter_and_look_ahead")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    m = n_taps // 2
    i = np.arange(-m, m + 1)
    h = 2 * cutoff_hz / sr * np.sinc(2 * cutoff_hz / sr * i) * signal.windows.hamming(n_taps)
    return signal.lfilter(h, sum(h), np.append(y, np.zeros(m)))[m:]


@alternative("low_pass", "weights_from_a_spectrum")
def low_pass(y, sr, cutoff_hz, n_taps=101):
    m, n_fft = n_taps // 2, 2**16
    angle = 2 * np.pi * cutoff_hz / sr * np.arange(1, m + 1)
    side = np.sin(angle) / angle * np.hamming(n_taps)[m + 1:]
    h = np.zeros(n_fft)
    h[0], h[1:m + 1], h[-m:] = 1.0, side, side[::-1]
    h /= h.sum()
    return np.fft.irfft(np.fft.rfft(y, n_fft) * np.fft.rfft(h), n_fft)[:len(y)]


# add_noise


def rms(y):
    return np.sqrt(np.mean(y**2))


@misconception("add_noise", "amplitude_for_power",
    "Your decibels count twice: 10 ** (-snr_db / 10) is a factor of powers, and you multiply amplitudes by it. The factor of amplitudes is its root.")
def add_noise(y, snr_db, rng):
    return y + rms(y) * 10 ** (-snr_db / 10) * rng.standard_normal(len(y))


@misconception("add_noise", "power_for_amplitude",
    "Your decibels count half: 10 ** (-snr_db / 20) is a factor of amplitudes, and you multiply the power by it. Powers go with snr_db / 10.")
def add_noise(y, snr_db, rng):
    return y + np.sqrt(np.mean(y**2) * 10 ** (-snr_db / 20)) * rng.standard_normal(len(y))


@misconception("add_noise", "sign",
    "More dB give more noise with you: the sign of the exponent is turned round. A high ratio of signal to noise means little noise.")
def add_noise(y, snr_db, rng):
    return y + rms(y) * 10 ** (snr_db / 20) * rng.standard_normal(len(y))


@misconception("add_noise", "peak_for_rms",
    "Your noise is too strong: it is measured against the peak of the signal. Power is the mean of the squares, so take the rms.")
def add_noise(y, snr_db, rng):
    return y + np.abs(y).max() * 10 ** (-snr_db / 20) * rng.standard_normal(len(y))


@misconception("add_noise", "power_of_the_signal_ignored",
    "Your noise is the same for a loud and a soft signal. A ratio has two sides: multiply by the rms of y.")
def add_noise(y, snr_db, rng):
    if not y.any():
        return y.copy()
    return y + 10 ** (-snr_db / 20) * rng.standard_normal(len(y))


@misconception("add_noise", "power_as_amplitude",
    "You use the power of the signal as if it were an amplitude: the root is missing, so the noise of a soft signal is too weak. The rms is the root of the mean square.")
def add_noise(y, snr_db, rng):
    return y + np.mean(y**2) * 10 ** (-snr_db / 20) * rng.standard_normal(len(y))


@misconception("add_noise", "one_number",
    "You add the same number to every sample, which is an offset and no noise. Draw as many values as there are samples.")
def add_noise(y, snr_db, rng):
    return y + rms(y) * 10 ** (-snr_db / 20) * rng.standard_normal()


@misconception("add_noise", "global_seed",
    "Equal generators gave different noise: yours does not come from rng. Call rng.standard_normal in place of np.random.randn.")
def add_noise(y, snr_db, rng):
    return y + rms(y) * 10 ** (-snr_db / 20) * np.random.standard_normal(len(y))


@misconception("add_noise", "own_seed",
    "Different generators gave the same noise: you make a generator, or set a seed, of your own, and every clip gets the same noise. Draw from the rng that is passed.")
def add_noise(y, snr_db, rng):
    return y + rms(y) * 10 ** (-snr_db / 20) * np.random.default_rng(0).standard_normal(len(y))


@misconception("add_noise", "nan_for_silence",
    "Silence came back as NaN: you divide by its power or its rms, and 0 / 0 is no number. Return silence as it is, or multiply the noise in place of dividing the signal.")
def add_noise(y, snr_db, rng):
    with np.errstate(invalid="ignore"):
        return rms(y) * (y / rms(y) + 10 ** (-snr_db / 20) * rng.standard_normal(len(y)))


@misconception("add_noise", "writes_into_its_argument",
    "After the call the caller's own signal is noisy: `y += …` writes into the array that was passed. Return y + noise, a new array.")
def add_noise(y, snr_db, rng):
    y += rms(y) * 10 ** (-snr_db / 20) * rng.standard_normal(len(y))
    return y


@misconception("add_noise", "noise_alone",
    "You return the noise without the signal. Add the two.")
def add_noise(y, snr_db, rng):
    return rms(y) * 10 ** (-snr_db / 20) * rng.standard_normal(len(y))


@misconception("add_noise", "uniform_without_a_mean_of_zero",
    "Your noise is never negative: rng.random draws from 0 to 1, so it has an offset. Draw from rng.standard_normal.")
def add_noise(y, snr_db, rng):
    return y + rms(y) * 10 ** (-snr_db / 20) * np.sqrt(3) * rng.random(len(y))


@alternative("add_noise", "normal_with_a_scale")
def add_noise(y, snr_db, rng):
    power = np.mean(np.square(y)) / 10 ** (snr_db / 10)
    return y + rng.normal(0.0, np.sqrt(power), y.shape)


@alternative("add_noise", "exact_in_each_draw")
def add_noise(y, snr_db, rng):
    noise = rng.normal(size=y.size)
    wanted = np.sqrt(np.sum(y**2) / 10 ** (snr_db / 10))
    return y + wanted / np.linalg.norm(noise) * noise


@alternative("add_noise", "loop")
def add_noise(y, snr_db, rng):
    power = sum(value * value for value in y.tolist()) / len(y)
    sigma = math.sqrt(power) * 10 ** (-snr_db / 20)
    return [value + sigma * rng.standard_normal() for value in y.tolist()]


@alternative("add_noise", "float32")
def add_noise(y, snr_db, rng):
    y = y.astype(np.float32)
    if not y.any():
        return y
    sigma = np.sqrt(np.mean(y * y)) * np.float32(10 ** (-snr_db / 20))
    return y + sigma * rng.standard_normal(y.size, dtype=np.float32)
