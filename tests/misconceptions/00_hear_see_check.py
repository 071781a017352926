"""Wrong answers to 00_hear_see_check, each beside its hint, and rightful other ways."""

import math
from decimal import ROUND_HALF_EVEN, Decimal

import librosa
import numpy as np

from autograder import alternative, misconception


def description(y, sr, peak, rms):
    """The four things, the first two of them right."""
    return {"duration": len(y) / sr, "n_samples": len(y), "peak": peak, "rms": rms}


def refuse_empty(y):
    if len(y) == 0:
        raise ValueError("y has no samples")


def rms_of(y):
    """The right rms."""
    return float(np.sqrt(np.mean(y.astype(float) ** 2)))


def peak_of(y):
    """The right peak."""
    return float(np.abs(y.astype(float)).max())


# seconds_to_samples


@misconception("seconds_to_samples", "cut_off",
    "Your number is cut off instead of rounded: 2.01 * 8000 comes out as 16079.999999999998 in a computer, and int makes 16079 of it. Use round.")
def seconds_to_samples(duration, sr):
    return int(duration * sr)


@misconception("seconds_to_samples", "rounded_up",
    "Your number is always rounded up: 0.28 * 11025 comes out as 3087.0000000000005 in a computer, and ceil makes 3088 of it. Round to the nearest whole number.")
def seconds_to_samples(duration, sr):
    return math.ceil(duration * sr)


@misconception("seconds_to_samples", "returns_float",
    "Your number is a float, and neither an array's length nor an index may be one. Python's round gives an int; np.round and np.floor give floats.")
def seconds_to_samples(duration, sr):
    return np.round(duration * sr)


@misconception("seconds_to_samples", "not_rounded",
    "You return the product as it is, and there are no fractions of a sample. Round it to the nearest whole number.")
def seconds_to_samples(duration, sr):
    return duration * sr


@alternative("seconds_to_samples", "nearest_of_numpy")
def seconds_to_samples(duration, sr):
    return int(np.rint(np.float64(duration) * sr))


@alternative("seconds_to_samples", "half_added")
def seconds_to_samples(duration, sr):
    return math.floor(duration * sr + 0.5)


@alternative("seconds_to_samples", "decimal")
def seconds_to_samples(duration, sr):
    return int((Decimal(duration) * sr).to_integral_value(ROUND_HALF_EVEN))


@alternative("seconds_to_samples", "float32")
def seconds_to_samples(duration, sr):
    return np.int64(np.round(np.float32(duration) * np.float32(sr)))


@alternative("seconds_to_samples", "up_or_down")
def seconds_to_samples(duration, sr):
    whole, rest = divmod(duration * sr, 1)
    return int(whole) + (1 if rest >= 0.5 else 0)


# describe


@misconception("describe", "mean_for_rms",
    "Your rms is the mean of the samples, in which up and down cancel. Square them first, then take the mean, then the root.")
def describe(y, sr):
    refuse_empty(y)
    return description(y, sr, peak_of(y), float(np.mean(y.astype(float))))


@misconception("describe", "mean_of_sizes",
    "Your rms is the mean of the absolute values, which counts loud moments too little. Square instead, take the mean, then the root.")
def describe(y, sr):
    refuse_empty(y)
    return description(y, sr, peak_of(y), float(np.mean(np.abs(y.astype(float)))))


@misconception("describe", "root_forgotten",
    "Your rms is the mean of the squares, which is a power. The root is missing that brings it back to the unit of the samples.")
def describe(y, sr):
    refuse_empty(y)
    return description(y, sr, peak_of(y), float(np.mean(y.astype(float) ** 2)))


@misconception("describe", "deviation_for_rms",
    "Your rms is the standard deviation, which takes the mean off first, so that an offset does not count. Square the samples themselves.")
def describe(y, sr):
    refuse_empty(y)
    return description(y, sr, peak_of(y), float(np.std(y.astype(float))))


@misconception("describe", "maximum_without_abs",
    "Your peak is the largest value, but the largest excursion may go down. Take the absolute values first.")
def describe(y, sr):
    refuse_empty(y)
    return description(y, sr, float(y.max()), rms_of(y))


@misconception("describe", "overflow",
    "16 bits were too few for a result, which started again from the other end: a square of int16 samples can reach 1073741824, and 32768, the size of "
    "-32768, is one more than int16 can hold. Convert y to floats before you calculate.")
def describe(y, sr):
    refuse_empty(y)
    with np.errstate(invalid="ignore"):  # the mean of such squares can be negative
        return description(y, sr, float(np.abs(y).max()), float(np.sqrt(np.mean(y**2))))


@misconception("describe", "scaled",
    "Your levels are fractions of full scale, or of the peak. They were asked for in y's own units: leave the division out.")
def describe(y, sr):
    refuse_empty(y)
    scale = 32768.0 if y.dtype == np.int16 else max(1.0, peak_of(y))
    return description(y, sr, peak_of(y) / scale, rms_of(y) / scale)


@misconception("describe", "empty_unnoticed",
    "An empty signal has neither peak nor rms, and whatever you return for it is made up. Ask first whether y has any samples, and raise a ValueError if not.")
def describe(y, sr):
    return description(y, sr, peak_of(y), rms_of(y)) if len(y) else description(y, sr, 0.0, 0.0)


@alternative("describe", "loop")
def describe(y, sr):
    if not len(y):
        raise ValueError("an empty signal")
    peak, total = 0.0, 0.0
    for value in y:
        value = float(value)
        peak = max(peak, abs(value))
        total += value * value
    return {"rms": math.sqrt(total / len(y)), "peak": peak, "n_samples": len(y), "duration": len(y) / sr}


@alternative("describe", "norms")
def describe(y, sr):
    n = y.size
    if n == 0:
        raise ValueError("an empty signal")
    y = y.astype(np.float64)
    return dict(duration=n / sr, n_samples=n, peak=np.linalg.norm(y, np.inf), rms=np.linalg.norm(y) / np.sqrt(n))


@alternative("describe", "float32")
def describe(y, sr):
    if y.shape[0] == 0:
        raise ValueError("an empty signal")
    y = y.astype(np.float32)
    return dict(duration=np.float32(len(y)) / np.float32(sr), n_samples=np.int64(len(y)), peak=np.abs(y).max(), rms=np.sqrt((y * y).mean()))


@alternative("describe", "librosa")
def describe(y, sr):
    peak = max(int(y.max()), -int(y.min())) if y.dtype == np.int16 else max(y.max(), -y.min())  # of an empty array: ValueError
    y = y.astype(float)
    return dict(duration=librosa.get_duration(y=y, sr=sr), n_samples=len(y), peak=peak,
                rms=librosa.feature.rms(y=y, frame_length=len(y), center=False, dtype=float).item())


@alternative("describe", "mean_and_deviation")
def describe(y, sr):
    if not y.size:
        raise ValueError("an empty signal")
    whole = y.astype(np.int64) if y.dtype == np.int16 else y
    return dict(duration=y.size / sr, n_samples=y.size, peak=abs(whole).max(), rms=math.hypot(whole.mean(), whole.std()))


# silence


@misconception("silence", "column",
    "Your silence has two dimensions: it is a table with one column. Signals have one; give np.zeros a number instead of a pair.")
def silence(duration, sr):
    return np.zeros((round(duration * sr), 1))


@misconception("silence", "integers",
    "Your zeros are whole numbers, and what is computed with them or written into them may be cut off. Signals are made of floats, which np.zeros gives unless told otherwise.")
def silence(duration, sr):
    return np.zeros(round(duration * sr), dtype=int)


@misconception("silence", "noise",
    "Your samples are small, or left to chance, but not 0. Digital silence is exactly 0, whatever was in the memory before: np.zeros sees to that.")
def silence(duration, sr):
    return 1e-4 * np.random.default_rng(0).standard_normal(round(duration * sr))


@misconception("silence", "cut_off",
    "Your silence is a sample too short: the number of samples was cut off instead of rounded. Your seconds_to_samples counts them.")
def silence(duration, sr):
    return np.zeros(int(duration * sr))


@alternative("silence", "list")
def silence(duration, sr):
    return [0.0] * round(duration * sr)


@alternative("silence", "zero_times_something")
def silence(duration, sr):
    return 0.0 * np.arange(round(duration * sr))


@alternative("silence", "float32")
def silence(duration, sr):
    return np.full(int(np.rint(duration * sr)), 0, dtype=np.float32)


@alternative("silence", "appended")
def silence(duration, sr):
    y = np.array([])
    while len(y) + 0.5 < duration * sr:
        y = np.append(y, 0.0)
    return y


# The quiz


@alternative("q1", "right")
def q1():
    return "c"


@misconception("q1", "as_loud_as_ever",
    "A player that normalises multiplies every sample by the same factor. In the sum, each sample of the tone meets its own opposite: all are 0, and 0 times any factor is 0.")
def q1():
    return "a"


@misconception("q1", "twice_as_loud",
    "tone + tone would be twice as high. Here one of them is upside down, so the two cancel sample by sample, and nothing is left that a factor could raise.")
def q1():
    return "b"


@misconception("q1", "hiss",
    "A good thought: where a little is left, a player that normalises makes it loud. But -tone is exactly opposite, bit by bit, so the sum is exactly 0. A tone turned round by its phase "
    "would leave rounding errors, and those would hiss.")
def q1():
    return "d"
