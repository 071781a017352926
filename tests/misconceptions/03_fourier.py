"""Wrong answers to 03_fourier, each beside its hint, and rightful other ways."""

import cmath
import math
from fractions import Fraction

import librosa
import numpy as np
import scipy.fft
import scipy.linalg
import scipy.optimize
import scipy.signal

from autograder import alternative, misconception


def waves_of(n):
    """The right matrix of the transform."""
    k = np.arange(n)
    return np.exp(-2j * np.pi / n * (np.outer(k, k) % n))


def hann(n):
    """The right window."""
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n)


def levels_of(y):
    """The right levels: of what is left without the mean, through the window."""
    return 20 * np.log10(np.abs(np.fft.rfft(hann(len(y)) * (y - np.mean(y)))) + 1e-12)


def top_of(levels, k):
    """The top of the parabola through three levels, in bins."""
    a, b, c = levels[k - 1], levels[k], levels[k + 1]
    return k + (a - c) / (2 * (a - 2 * b + c))


def halved_at_the_ends(magnitudes, n):
    magnitudes[0] /= 2
    if n % 2 == 0:
        magnitudes[-1] /= 2
    return magnitudes


# The three questions


@alternative("q1", "right")
def q1():
    return "a"


@misconception("q1", "upwards",
    "The other way round: the player believes the header and takes 22050 samples for a second, half as many as it should. So everything is slower, and lower.")
def q1():
    return "b"


@misconception("q1", "longer_only",
    "It does get longer, but each period gets longer too, and the pitch is the number of periods a second. Both change together.")
def q1():
    return "c"


@misconception("q1", "treble_only",
    "Treble is lost when a signal is resampled. Here nobody touches the samples: they are only played more slowly.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "c"


@misconception("q2", "a_decibel_a_bit",
    "That would be 1 dB a bit. Each bit more halves the step, and half the amplitude of the noise is 6.02 dB less.")
def q2():
    return "a"


@misconception("q2", "three_decibels_a_bit",
    "That would be 3 dB a bit, the factor 2 of a power. Each bit more halves the step, which is an amplitude: 6.02 dB.")
def q2():
    return "b"


@misconception("q2", "ratio_for_decibels",
    "256 is how many times finer the steps are. In decibels a ratio of amplitudes is 20·log10 of it.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "c"


@misconception("q3", "mean",
    "0 is the mean: the signs cancel. The rms squares first, and so the signs are gone before anything is added.")
def q3():
    return "a"


@misconception("q3", "root_forgotten",
    "0.36 is the mean of the squares, a power. The r of rms is the root that brings it back to the unit of the samples.")
def q3():
    return "b"


@misconception("q3", "from_top_to_bottom",
    "1.2 is how far it is from the lowest sample to the highest. All samples have the same size here: what is the mean of their squares, and its root?")
def q3():
    return "d"


# dft


@misconception("dft", "library_fft",
    "The rule of this exercise is to compute the transform by its formula, so an answer that leaves it to a library gets no points. Write the sum yourself; "
    "two loops are enough.")
def dft(x):
    return scipy.fft.fft(x)


@misconception("dft", "conjugate",
    "Your exponent has the other sign, so that every number is the complex conjugate of the right one: the phases run backwards. The formula has a minus.")
def dft(x):
    return waves_of(len(x)).conj() @ x


@misconception("dft", "scaled",
    "Your numbers are divided by n. Some books do so, but the formula of this exercise has no such factor: here it belongs to the way back.")
def dft(x):
    return waves_of(len(x)) @ x / len(x)


@misconception("dft", "real_part",
    "Your numbers have lost their imaginary part, that is, all that the signal has in common with sines. Keep them complex, from the array that you fill to the return.")
def dft(x):
    return (waves_of(len(x)) @ x).real


@misconception("dft", "magnitude",
    "You return the sizes |X|, and the phases are gone. Return the complex numbers; whoever wants the sizes can take np.abs of them.")
def dft(x):
    return np.abs(waves_of(len(x)) @ x)


@misconception("dft", "one_sided",
    "You return only the bins up to half the rate. For a real signal these say it all, but the contract asks for all n of them.")
def dft(x):
    return (waves_of(len(x)) @ x)[: 1 + len(x) // 2]


@alternative("dft", "two_loops_of_plain_python")
def dft(x):
    n, X = len(x), []
    for k in range(n):
        total = 0
        for m in range(n):
            total += float(x[m]) * cmath.exp(-2j * math.pi * k * m / n)
        X.append(total)
    return X


@alternative("dft", "cosines_and_sines_apart")
def dft(x):
    n, m = len(x), np.arange(len(x))
    real = [np.sum(x * np.cos(2 * np.pi * k * m / n)) for k in range(n)]
    imaginary = [-np.sum(x * np.sin(2 * np.pi * k * m / n)) for k in range(n)]
    return np.array(real) + 1j * np.array(imaginary)


@alternative("dft", "scipys_matrix")
def dft(x):
    return scipy.linalg.dft(len(x)) @ x


@alternative("dft", "float32")
def dft(x):
    return waves_of(len(x)).astype(np.complex64) @ x.astype(np.float32)


@alternative("dft", "float32_added_up_in_double")
def dft(x):
    X = np.zeros(len(x), dtype=complex)
    for k in range(len(x)):
        X[k] = np.sum(x.astype(np.float32) * waves_of(len(x))[k].astype(np.complex64))
    return X


@alternative("dft", "polynomial")
def dft(x):
    return np.polyval(x[::-1], np.exp(-2j * np.pi * np.arange(len(x)) / len(x)))


@alternative("dft", "halves_of_halves")
def dft(x):
    n = len(x)
    if n % 2:
        return waves_of(n) @ x
    even, odd = dft(x[::2]), dft(x[1::2])
    turned = np.exp(-2j * np.pi * np.arange(n // 2) / n) * odd
    return np.concatenate([even + turned, even - turned])


@alternative("dft", "signed_frequencies_from_fftfreq")
def dft(x):
    turns = np.fft.fftfreq(len(x))  # k / n and its negative side: no transform
    return np.array([np.vdot(np.exp(2j * np.pi * turn * np.arange(len(x))), x) for turn in turns])


# bin_to_hz


@misconception("bin_to_hz", "one_bin_off",
    "You are one bin too far: bins count from 0, and bin 0 is 0 Hz. Bin k is k steps away from it.")
def bin_to_hz(k, n_fft, sr):
    return (k + 1) * sr / n_fft


@misconception("bin_to_hz", "upside_down",
    "Your ratio is upside down: a longer transform has its bins closer together, so n_fft is what is divided by. Check the units: k is a number, sr is in Hz.")
def bin_to_hz(k, n_fft, sr):
    return k * n_fft / sr


@misconception("bin_to_hz", "nyquist_at_n_fft",
    "Your frequencies are half as high as they should be, as if half the rate were at bin n_fft. It is at bin n_fft / 2; bin n_fft would be the rate itself.")
def bin_to_hz(k, n_fft, sr):
    return k * (sr / 2) / n_fft


@misconception("bin_to_hz", "rounded",
    "Your frequencies are whole numbers, but bins lie between them, too. Divide by `/`, and leave round, int and `//` out.")
def bin_to_hz(k, n_fft, sr):
    return float(round(k * sr / n_fft))


@misconception("bin_to_hz", "fence",
    "Your steps are a little too wide: the rate divided by n_fft - 1. Bins are fields, not fence posts: n_fft of them fill the range from 0 to sr, and bin n_fft would be at sr.")
def bin_to_hz(k, n_fft, sr):
    return k * sr / (n_fft - 1)


@alternative("bin_to_hz", "numpys_table")
def bin_to_hz(k, n_fft, sr):
    return np.fft.rfftfreq(n_fft, 1 / sr)[k]


@alternative("bin_to_hz", "librosas_table")
def bin_to_hz(k, n_fft, sr):
    return librosa.fft_frequencies(sr=sr, n_fft=n_fft)[k]


@alternative("bin_to_hz", "periods_in_the_frame")
def bin_to_hz(k, n_fft, sr):
    seconds = n_fft / sr
    return k / seconds


@alternative("bin_to_hz", "step_by_step")
def bin_to_hz(k, n_fft, sr):
    f = 0.0
    for _ in range(k):
        f += sr / n_fft
    return f


@alternative("bin_to_hz", "float32")
def bin_to_hz(k, n_fft, sr):
    return np.float32(k) * np.float32(sr) / np.float32(n_fft)


@alternative("bin_to_hz", "fraction")
def bin_to_hz(k, n_fft, sr):
    return float(Fraction(k * sr, n_fft))


# hz_to_bin


@misconception("hz_to_bin", "one_bin_off",
    "You are one bin too far: bins count from 0, and 0 Hz is bin 0. Nothing is to be added.")
def hz_to_bin(f, n_fft, sr):
    return f * n_fft / sr + 1


@misconception("hz_to_bin", "nyquist_at_n_fft",
    "Your bins are twice as many as they should be, as if half the rate were at bin n_fft. It is at bin n_fft / 2.")
def hz_to_bin(f, n_fft, sr):
    return f * n_fft / (sr / 2)


@misconception("hz_to_bin", "rounded",
    "You return a whole number, and how far the frequency lies from the bin is lost. Leave round, int and `//` out.")
def hz_to_bin(f, n_fft, sr):
    return round(f * n_fft / sr)


@misconception("hz_to_bin", "fence",
    "Your steps are a little too wide: the rate divided by n_fft - 1. Bins are fields, not fence posts: n_fft of them fill the range from 0 to sr.")
def hz_to_bin(f, n_fft, sr):
    return f * (n_fft - 1) / sr


@alternative("hz_to_bin", "between_the_entries_of_a_table")
def hz_to_bin(f, n_fft, sr):
    return np.interp(f, np.arange(n_fft + 1) * sr / n_fft, np.arange(n_fft + 1))


@alternative("hz_to_bin", "division_by_the_step")
def hz_to_bin(f, n_fft, sr):
    step = sr / n_fft
    return f / step


@alternative("hz_to_bin", "whole_steps_then_the_rest")
def hz_to_bin(f, n_fft, sr):
    whole, rest = divmod(f, sr / n_fft)
    return whole + rest / (sr / n_fft)


@alternative("hz_to_bin", "float32")
def hz_to_bin(f, n_fft, sr):
    return np.float32(f) / np.float32(sr) * np.float32(n_fft)


# alias_frequency


@misconception("alias_frequency", "minus_half_the_rate",
    "You take half the rate away, but that is another tone: samples are the same only for frequencies that differ by whole multiples of sr. "
    "Between sr / 2 and sr, the distance to sr is what is heard.")
def alias_frequency(f, sr):
    return abs(f) - sr / 2 if abs(f) > sr / 2 else abs(f)


@misconception("alias_frequency", "modulo_half_the_rate",
    "You take away multiples of half the rate, but samples are the same only for frequencies that differ by multiples of sr itself. "
    "Take the remainder by sr, then fold its upper half down.")
def alias_frequency(f, sr):
    return abs(f) % (sr / 2)


@misconception("alias_frequency", "modulo_without_folding",
    "The remainder by sr is a first step, but it can lie above sr / 2, where nothing can be heard. Fold the upper half down: what counts is the distance to the nearest multiple of sr.")
def alias_frequency(f, sr):
    return f % sr


@misconception("alias_frequency", "abs_only",
    "You take the sign away and leave the rest as it was, above half the rate as well. First take away as many whole sr as are in it.")
def alias_frequency(f, sr):
    return abs(f)


@misconception("alias_frequency", "folded_once",
    "You fold once, which is right up to sr. Frequencies beyond need whole multiples of sr taken away first.")
def alias_frequency(f, sr):
    f = abs(f)
    return f if f <= sr / 2 else abs(sr - f)


@misconception("alias_frequency", "sign_kept",
    "Your size is right, but some of your results are negative. A tone that turns backwards sounds like the same tone forwards: take the sign away at the end.")
def alias_frequency(f, sr):
    return f - sr * round(f / sr)


@alternative("alias_frequency", "distance_to_the_nearest_multiple")
def alias_frequency(f, sr):
    return abs(f - sr * round(f / sr))


@alternative("alias_frequency", "loop")
def alias_frequency(f, sr):
    f = abs(f)
    while f > sr / 2:
        f = abs(f - sr)
    return f


@alternative("alias_frequency", "triangle")
def alias_frequency(f, sr):
    return sr / (2 * np.pi) * np.arccos(np.cos(2 * np.pi * f / sr))


@alternative("alias_frequency", "zones")
def alias_frequency(f, sr):
    zone, rest = divmod(abs(f), sr / 2)
    return rest if zone % 2 == 0 else sr / 2 - rest


@alternative("alias_frequency", "float32")
def alias_frequency(f, sr):
    f = np.float32(f) % np.float32(sr)
    return min(f, np.float32(sr) - f)


# dominant_frequency


@misconception("dominant_frequency", "bin_index",
    "You return the number of a bin, not a frequency. Bin k lies at k * sr / n.")
def dominant_frequency(y, sr):
    levels = levels_of(y)
    return top_of(levels, int(np.argmax(levels)))


@misconception("dominant_frequency", "no_interpolation",
    "Your frequency is that of the largest bin, and a tone between two bins is up to half a bin away from it. Go on to the top of the parabola through "
    "its level and those of its two neighbours.")
def dominant_frequency(y, sr):
    return int(np.argmax(levels_of(y))) * sr / len(y)


@misconception("dominant_frequency", "dc_chosen",
    "An offset is a tone of 0 Hz, and here it is larger than the one that was asked for. Subtract the mean before you multiply by the window; "
    "afterwards it has already spread to bin 1.")
def dominant_frequency(y, sr):
    levels = 20 * np.log10(np.abs(np.fft.rfft(hann(len(y)) * y)) + 1e-12)
    k = int(np.argmax(levels))
    return (top_of(levels, k) if k else 0.0) * sr / len(y)


@misconception("dominant_frequency", "negative_half",
    "You found the tone's mirror image: bins above n / 2 are the negative frequencies. Look for the largest bin from 0 to n / 2 only, as np.fft.rfft gives them.")
def dominant_frequency(y, sr):
    levels = levels_of(y)
    return sr - top_of(levels, int(np.argmax(levels))) * sr / len(y)


@misconception("dominant_frequency", "no_window",
    "Your parabola stands on levels that leak: without a window they do not look like a parabola near the top. Multiply by the Hann window before you transform.")
def dominant_frequency(y, sr):
    levels = 20 * np.log10(np.abs(np.fft.rfft(y - np.mean(y))) + 1e-12)
    return top_of(levels, int(np.argmax(levels))) * sr / len(y)


@misconception("dominant_frequency", "away_from_the_top",
    "You go from the largest bin in the wrong direction: away from the larger one of its neighbours. Look at the sign of d.")
def dominant_frequency(y, sr):
    levels = levels_of(y)
    k = int(np.argmax(levels))
    return (2 * k - top_of(levels, k)) * sr / len(y)


@alternative("dominant_frequency", "zero_padding")
def dominant_frequency(y, sr):
    padded = 8 * len(y)
    return np.argmax(np.abs(np.fft.rfft((y - y.mean()) * np.hanning(len(y)), padded))) * sr / padded


@alternative("dominant_frequency", "zero_crossings")
def dominant_frequency(y, sr):
    y = y - y.mean()
    before = [i for i in range(len(y) - 1) if y[i] < 0 <= y[i + 1]]
    times = [i - y[i] / (y[i + 1] - y[i]) for i in before]
    return (len(times) - 1) / (times[-1] - times[0]) * sr


@alternative("dominant_frequency", "turn_of_the_phase")
def dominant_frequency(y, sr):
    y = y - y.mean()
    now, next_ = (np.fft.rfft(part * hann(len(part))) for part in (y[:-1], y[1:]))
    k = np.argmax(np.abs(now))
    return np.angle(next_[k] / now[k]) / (2 * np.pi) * sr


@alternative("dominant_frequency", "top_of_the_continuous_spectrum")
def dominant_frequency(y, sr):
    shaped, m = hann(len(y)) * (y - np.mean(y)), np.arange(len(y))
    k = np.argmax(np.abs(np.fft.rfft(shaped)))
    found = scipy.optimize.minimize_scalar(lambda turns: -np.abs(np.exp(-2j * np.pi * turns * m / len(y)) @ shaped), bounds=(k - 1, k + 1))
    return found.x * sr / len(y)


@alternative("dominant_frequency", "scipys_periodogram_float32")
def dominant_frequency(y, sr):
    freqs, power = scipy.signal.periodogram(y.astype(np.float32), sr, window="hann", detrend="constant")
    levels = np.log(power + np.float32(1e-30))
    k = int(np.argmax(levels))
    return top_of(levels, k) * (freqs[1] - freqs[0])


# amplitude_spectrum


@misconception("amplitude_spectrum", "half",
    "A tone of amplitude 0.7 reads half as much. Either the mirror image's half is missing (the factor 2), or you divide by n in place of the window's sum, which is half of it.")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y))
    return np.arange(1 + n // 2) * sr / n, np.abs(np.fft.rfft(window * y)) / window.sum()


@misconception("amplitude_spectrum", "plain",
    "You return |rfft(y)| / n, and two steps are missing: the Hann window before the transform, and the factor 2 for the half of a tone that is in the mirror image.")
def amplitude_spectrum(y, sr):
    n = len(y)
    return np.arange(1 + n // 2) * sr / n, np.abs(np.fft.rfft(y)) / n


@misconception("amplitude_spectrum", "power",
    "Your values are squared: powers. An amplitude of 0.7 should read 0.7, so leave the square out.")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y))
    return np.arange(1 + n // 2) * sr / n, halved_at_the_ends(2 * np.abs(np.fft.rfft(window * y)) / window.sum(), n) ** 2


@misconception("amplitude_spectrum", "two_sided",
    "You return the mirror image as well. For a real signal the bins from 0 to n // 2 say it all: cut the rest off, or use np.fft.rfft.")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y))
    return np.arange(n) * sr / n, np.abs(np.fft.fft(window * y)) / window.sum()


@misconception("amplitude_spectrum", "ends_doubled",
    "0 Hz and half the rate have no mirror image, so nothing is missing there. Double all bins but these two.")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y))
    return np.arange(1 + n // 2) * sr / n, 2 * np.abs(np.fft.rfft(window * y)) / window.sum()


@misconception("amplitude_spectrum", "last_bin_always_halved",
    "If n is odd, the last bin lies below half the rate and has a mirror image like the others: leave its factor 2. Only for even n is the last bin at sr / 2.")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y))
    return np.arange(1 + n // 2) * sr / n, halved_at_the_ends(2 * np.abs(np.fft.rfft(window * y)) / window.sum(), 2)


@misconception("amplitude_spectrum", "no_window",
    "A tone at a bin shows in that bin alone, so no window was at work, and a tone between two bins will leak everywhere. Multiply y by the Hann window first.")
def amplitude_spectrum(y, sr):
    n = len(y)
    return np.arange(1 + n // 2) * sr / n, halved_at_the_ends(2 * np.abs(np.fft.rfft(y)) / n, n)


@misconception("amplitude_spectrum", "symmetric_window",
    "Your window ends on a second 0, as np.hanning's does: its period is n - 1. The formula's period is n; scipy.signal.get_window(\"hann\", n) gives it.")
def amplitude_spectrum(y, sr):
    n, window = len(y), np.hanning(len(y))
    if n == 2:
        window = np.ones(2)  # np.hanning(2) has nothing but zeros
    return np.arange(1 + n // 2) * sr / n, halved_at_the_ends(2 * np.abs(np.fft.rfft(window * y)) / window.sum(), n)


@misconception("amplitude_spectrum", "bins_for_hz",
    "Your freqs are the numbers of the bins. Bin k lies at k * sr / n Hz.")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y))
    return np.arange(1 + n // 2), halved_at_the_ends(2 * np.abs(np.fft.rfft(window * y)) / window.sum(), n)


@misconception("amplitude_spectrum", "magnitudes_first",
    "Your two results come in the other order. The frequencies are the first, the magnitudes the second.")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y))
    return halved_at_the_ends(2 * np.abs(np.fft.rfft(window * y)) / window.sum(), n), np.arange(1 + n // 2) * sr / n


@alternative("amplitude_spectrum", "matrix_of_waves")
def amplitude_spectrum(y, sr):
    n = len(y)
    X = waves_of(n)[: n // 2 + 1] @ (hann(n) * y)
    factors = [2 if 0 < 2 * k < n else 1 for k in range(n // 2 + 1)]
    return [k * sr / n for k in range(n // 2 + 1)], (np.array(factors) * np.abs(X) / hann(n).sum()).tolist()


@alternative("amplitude_spectrum", "scipys_periodogram")
def amplitude_spectrum(y, sr):
    freqs, power = scipy.signal.periodogram(y, sr, window="hann", detrend=False, scaling="spectrum")
    inner = slice(1, len(y) // 2 if len(y) % 2 == 0 else None)
    magnitudes = np.sqrt(power)
    magnitudes[inner] *= np.sqrt(2)
    return freqs, magnitudes


@alternative("amplitude_spectrum", "both_sides_added")
def amplitude_spectrum(y, sr):
    n, window = len(y), scipy.signal.get_window("hann", len(y))
    sizes = np.abs(scipy.fft.fft(window * y)) / window.sum()
    k = np.arange(n // 2 + 1)
    return np.fft.rfftfreq(n, 1 / sr), np.where((-k) % n == k, sizes[k], sizes[k] + sizes[-k])


@alternative("amplitude_spectrum", "float32")
def amplitude_spectrum(y, sr):
    n, window = len(y), hann(len(y)).astype(np.float32)
    magnitudes = np.abs(np.fft.rfft(window * y.astype(np.float32))) * np.float32(2) / window.sum()
    return np.arange(1 + n // 2, dtype=np.float32) * np.float32(sr / n), halved_at_the_ends(magnitudes, n)
