"""Wrong answers to 01_sine with their hints, and rightful alternatives."""

import math
from itertools import accumulate, repeat, zip_longest

import librosa
import numpy as np
from scipy.signal import chirp
from scipy.signal.windows import tukey

import reference_impl as right
from autograder import alternative, misconception

# time_axis


@misconception("time_axis", "linspace_endpoint",
    "Your last sample falls on t = duration: np.linspace includes its end point. Sample k lies at k / sr, so the last is one step before.")
def time_axis(duration, sr):
    return np.linspace(0, duration, round(duration * sr))


@misconception("time_axis", "arange_step",
    "Your axis has one sample too many at some durations: np.arange with an end that is no whole number decides by a rounding error. "
    "Count the samples first, round the count, and divide whole numbers by sr.")
def time_axis(duration, sr):
    return np.arange(0, duration, 1 / sr)


@misconception("time_axis", "one_too_many",
    "Your axis has a sample at t = duration, which is already the first of the next second. A signal of n samples ends at (n - 1) / sr.")
def time_axis(duration, sr):
    return np.arange(round(duration * sr) + 1) / sr


@misconception("time_axis", "truncated_length",
    "Your axis loses its last sample at some durations: int() cuts 15434.999… down to 15434. Round duration * sr to the nearest whole number.")
def time_axis(duration, sr):
    return np.arange(int(duration * sr)) / sr


@misconception("time_axis", "starts_at_one",
    "Your first time is one step after 0 and your last is the duration. Samples are counted from 0: begin there and end one step earlier.")
def time_axis(duration, sr):
    return np.arange(1, round(duration * sr) + 1) / sr


@misconception("time_axis", "milliseconds",
    "Your times are milliseconds. The contract wants seconds: leave out the factor 1000.")
def time_axis(duration, sr):
    return 1000 * np.arange(round(duration * sr)) / sr


@misconception("time_axis", "sample_numbers",
    "You return the numbers of the samples, 0, 1, 2, … Each belongs to a time: how many seconds does one step take at sr samples a second?")
def time_axis(duration, sr):
    return np.arange(round(duration * sr))


@alternative("time_axis", "linspace_without_endpoint")
def time_axis(duration, sr):
    n = round(duration * sr)
    return np.linspace(0, n / sr, n, endpoint=False)


@alternative("time_axis", "list_comprehension")
def time_axis(duration, sr):
    return [k / sr for k in range(round(duration * sr))]


@alternative("time_axis", "running_sum_in_a_tuple")
def time_axis(duration, sr):
    return tuple(accumulate(repeat(1 / sr, int(duration * sr + 0.5) - 1), initial=0.0))


@alternative("time_axis", "librosa")
def time_axis(duration, sr):
    return librosa.samples_to_time(np.arange(np.rint(duration * sr)), sr=sr)


@alternative("time_axis", "float32")
def time_axis(duration, sr):
    return np.arange(round(duration * sr), dtype=np.float32) / np.float32(sr)


# sine


@misconception("sine", "cosine",
    "Your tone begins at its top: that is a cosine. A sine of phase 0 begins at 0 and rises.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * np.cos(2 * np.pi * freq * right.time_axis(duration, sr) + phase)


@misconception("sine", "phase_in_degrees",
    "You take the phase for degrees. It is in radians, as is everything that np.sin takes: add it as it is.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * np.sin(2 * np.pi * freq * right.time_axis(duration, sr) + np.deg2rad(phase))


@misconception("sine", "two_pi_missing",
    "Your tone is 2π times too low: np.sin takes radians, and a whole period is 2π of them. Turn periods into radians before you take the sine.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * np.sin(freq * right.time_axis(duration, sr) + phase)


@misconception("sine", "t_missing",
    "All your samples are equal, as in the original tutorial's formula, where t is missing. "
    "The angle grows with time: multiply the frequency by the time axis.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return np.full(round(duration * sr), amp * np.sin(2 * np.pi * freq + phase))


@misconception("sine", "t_missing_single_number",
    "You return a single number: as in the original tutorial's formula, t is missing. "
    "With the time axis in the angle, np.sin gives one value for each sample.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * np.sin(2 * np.pi * freq + phase)


@misconception("sine", "freq_and_sr_swapped",
    "The frequency and the sampling rate have changed places in your angle. "
    "Sample k lies k / sr seconds after the start, and freq periods fit into a second.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * np.sin(2 * np.pi * sr * np.arange(round(duration * sr)) / freq + phase)


@misconception("sine", "amplitude_ignored",
    "Your tone has the amplitude 1, whatever amp says. Scale the sine by amp.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return np.sin(2 * np.pi * freq * right.time_axis(duration, sr) + phase)


@misconception("sine", "phase_subtracted",
    "You subtract the phase, which delays the tone. The formula adds it: a phase above 0 starts further along the period.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * np.sin(2 * np.pi * freq * right.time_axis(duration, sr) - phase)


@misconception("sine", "linspace_endpoint",
    "Your tone is slightly too low, because your last sample falls on t = duration: np.linspace includes its end point. "
    "Take times of k / sr, as in time_axis.")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * np.sin(2 * np.pi * freq * np.linspace(0, duration, round(duration * sr)) + phase)


@alternative("sine", "list_comprehension")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return [amp * math.sin(2 * math.pi * freq * k / sr + phase) for k in range(round(duration * sr))]


@alternative("sine", "turning_pointer")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return (amp * np.exp(1j * (2 * np.pi * freq * right.time_axis(duration, sr) + phase))).imag


@alternative("sine", "recurrence")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    # sin(a + w) = 2 cos(w) sin(a) - sin(a - w): one multiplication a sample
    w = 2 * math.pi * freq / sr
    y = [amp * math.sin(phase), amp * math.sin(phase + w)]
    while len(y) < round(duration * sr):
        y.append(2 * math.cos(w) * y[-1] - y[-2])
    return np.array(y)


@alternative("sine", "librosa")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * librosa.tone(freq, sr=sr, length=round(duration * sr), phi=phase - np.pi / 2)


@alternative("sine", "chirp_that_stands_still")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    return amp * chirp(right.time_axis(duration, sr), freq, duration, freq, phi=np.rad2deg(phase) - 90)


@alternative("sine", "float32")
def sine(freq, duration, sr, amp=1.0, phase=0.0):
    t = np.arange(round(duration * sr), dtype=np.float32) / np.float32(sr)
    return np.float32(amp) * np.sin(np.float32(2 * np.pi * freq) * t + np.float32(phase))


# periods_and_samples


@misconception("periods_and_samples", "hundredths",
    "Your numbers are ten times too large, as the original tutorial's 10 periods and 411 samples are. A second has 1000 milliseconds.")
def periods_and_samples(freq, sr, ms):
    return freq * ms / 100, sr * ms / 100


@misconception("periods_and_samples", "whole_numbers",
    "You keep only whole periods and samples. A stretch of time may end within one: return the fraction as it comes.")
def periods_and_samples(freq, sr, ms):
    return int(freq * ms / 1000), int(sr * ms / 1000)


@misconception("periods_and_samples", "rounded",
    "Your numbers are rounded to whole ones. A stretch of time may end within a period or a sample: return the fraction as it comes.")
def periods_and_samples(freq, sr, ms):
    return float(np.round(freq * ms / 1000)), float(np.round(sr * ms / 1000))


@misconception("periods_and_samples", "milliseconds_as_seconds",
    "You count as if ms were seconds. Turn the milliseconds into seconds first.")
def periods_and_samples(freq, sr, ms):
    return float(freq * ms), float(sr * ms)


@misconception("periods_and_samples", "swapped_order",
    "You return the samples first. The contract wants the periods first, then the samples.")
def periods_and_samples(freq, sr, ms):
    return sr * ms / 1000, freq * ms / 1000


@misconception("periods_and_samples", "samples_of_one_period",
    "Your second number says how many samples one period has, sr / freq. "
    "The question was how many the ms milliseconds have, which no frequency changes.")
def periods_and_samples(freq, sr, ms):
    return freq * ms / 1000, sr / freq


@alternative("periods_and_samples", "array_of_two")
def periods_and_samples(freq, sr, ms):
    return np.array([freq, sr]) * (ms * 1e-3)


@alternative("periods_and_samples", "by_the_period")
def periods_and_samples(freq, sr, ms):
    seconds, period = ms / 1000, 1 / freq
    return [seconds / period, seconds * sr]


@alternative("periods_and_samples", "float32_scalars")
def periods_and_samples(freq, sr, ms):
    seconds = np.float32(ms) / np.float32(1000)
    return np.float32(freq) * seconds, np.float32(sr) * seconds


@alternative("periods_and_samples", "arrays_of_no_dimension")
def periods_and_samples(freq, sr, ms):
    return np.array(freq * ms / 1000), np.array(sr * ms / 1000)


# tone_then_silence


@misconception("tone_then_silence", "silence_first",
    "Your signal is silent in its first second and sounds in its second. The tone comes first: change the order of the two.")
def tone_then_silence(freq, sr, amp=1.0):
    return np.append(np.zeros(sr), right.sine(freq, 1.0, sr, amp))


@misconception("tone_then_silence", "silence_of_wrong_length",
    "Your signal is not two seconds long. At sr samples a second, the tone has sr samples and the silence as many zeros.")
def tone_then_silence(freq, sr, amp=1.0):
    return np.append(right.sine(freq, 1.0, sr, amp), np.zeros(1))


@misconception("tone_then_silence", "fades_out",
    "Your tone becomes weaker and weaker. Let it keep its amplitude for the whole first second, and put zeros after it.")
def tone_then_silence(freq, sr, amp=1.0):
    return right.sine(freq, 2.0, sr, amp) * np.linspace(1, 0, 2 * sr)


@misconception("tone_then_silence", "amplitude_ignored",
    "Your tone has the amplitude 1, whatever amp says. Hand amp on to the function that makes the tone.")
def tone_then_silence(freq, sr, amp=1.0):
    return right.tone_then_silence(freq, sr)


@misconception("tone_then_silence", "two_rows",
    "You return tone and silence side by side, as two rows. They follow one another in time: join them end to end.")
def tone_then_silence(freq, sr, amp=1.0):
    return np.array([right.sine(freq, 1.0, sr, amp), np.zeros(sr)])


@alternative("tone_then_silence", "lists_added")
def tone_then_silence(freq, sr, amp=1.0):
    return [amp * np.sin(2 * np.pi * freq * x / sr) for x in range(sr)] + [0] * sr


@alternative("tone_then_silence", "gate")
def tone_then_silence(freq, sr, amp=1.0):
    return right.sine(freq, 2.0, sr, amp) * (right.time_axis(2.0, sr) < 1)


@alternative("tone_then_silence", "filled_in")
def tone_then_silence(freq, sr, amp=1.0):
    y = np.zeros(2 * sr, dtype=np.float32)
    y[:sr] = right.sine(freq, 1.0, sr, amp)
    return y


@alternative("tone_then_silence", "float32_throughout")
def tone_then_silence(freq, sr, amp=1.0):
    t = np.arange(sr, dtype=np.float32) / np.float32(sr)
    return np.pad(np.float32(amp) * np.sin(np.float32(2 * np.pi * freq) * t), (0, sr))


# tone_sequence


@misconception("tone_sequence", "summed",
    "Your tones all sound at once, for two seconds: adding arrays adds their values. Put them one after another instead.")
def tone_sequence(freqs, sr):
    return np.sum([right.tone_then_silence(freq, sr) for freq in freqs], axis=0)


@misconception("tone_sequence", "running_time",
    "Your tones start in the middle of a period, because their time runs on from the tone before. Let t begin at 0 for each.")
def tone_sequence(freqs, sr):
    t = np.arange(2 * sr * len(freqs)) / sr
    y = np.zeros(t.size)
    for i, freq in enumerate(freqs):
        here = slice(2 * i * sr, (2 * i + 1) * sr)
        y[here] = np.sin(2 * np.pi * freq * t[here])
    return y


@misconception("tone_sequence", "silences_missing",
    "Your tones follow one another without a pause. A second of silence belongs after each.")
def tone_sequence(freqs, sr):
    return np.concatenate([right.sine(freq, 1.0, sr) for freq in freqs])


@misconception("tone_sequence", "last_silence_missing",
    "Your signal stops with its last tone. A second of silence follows that one too.")
def tone_sequence(freqs, sr):
    return right.tone_sequence(freqs, sr)[:-sr]


@misconception("tone_sequence", "silence_first",
    "Your signal begins with silence, and each tone comes after its pause. The tone comes first: look at tone_then_silence too.")
def tone_sequence(freqs, sr):
    return np.roll(right.tone_sequence(freqs, sr), sr)


@misconception("tone_sequence", "rows",
    "You return one row for each tone. A signal has one dimension: join the rows end to end.")
def tone_sequence(freqs, sr):
    return np.array([right.tone_then_silence(freq, sr) for freq in freqs])


@alternative("tone_sequence", "list_that_grows")
def tone_sequence(freqs, sr):
    y = []
    for freq in freqs:
        y += [math.sin(2 * math.pi * freq * k / sr) for k in range(sr)] + [0] * sr
    return y


@alternative("tone_sequence", "outer_product")
def tone_sequence(freqs, sr):
    tones = np.sin(2 * np.pi * np.outer(freqs, np.arange(sr) / sr))
    return np.hstack([tones, np.zeros_like(tones)]).ravel()


@alternative("tone_sequence", "time_that_wraps")
def tone_sequence(freqs, sr):
    k = np.arange(2 * sr * len(freqs))
    return np.where(k // sr % 2 == 0, np.sin(2 * np.pi * np.repeat(freqs, 2 * sr) * (k % sr) / sr), 0.0)


@alternative("tone_sequence", "float32")
def tone_sequence(freqs, sr):
    t = np.arange(sr, dtype=np.float32) / np.float32(sr)
    return np.concatenate([part for freq in freqs for part in (np.sin(np.float32(2 * np.pi * freq) * t), np.zeros(sr, np.float32))])


# add_fades


def _rise(m):
    return (1 - np.cos(np.pi * np.arange(m) / m)) / 2


def _length(y, sr, fade_ms):
    return min(round(sr * fade_ms / 1000), len(y) // 2)


def _faded(y, rise, fall):
    y = y.copy()
    y[:len(rise)] *= rise
    y[len(y) - len(fall):] *= fall
    return y


@misconception("add_fades", "writes_into_argument",
    "Your function writes its fades into the array that it was given, so that the caller's signal is lost. Work on a copy.")
def add_fades(y, sr, fade_ms=10.0):
    m = _length(y, sr, fade_ms)
    y[:m] *= _rise(m)
    y[len(y) - m:] *= _rise(m)[::-1]
    return y


@misconception("add_fades", "only_in",
    "Your signal fades in, but still ends with a click. Fade its end as well, with the gain turned around.")
def add_fades(y, sr, fade_ms=10.0):
    return _faded(y, _rise(_length(y, sr, fade_ms)), [])


@misconception("add_fades", "only_out",
    "Your signal fades out, but still starts with a click. Fade its start as well.")
def add_fades(y, sr, fade_ms=10.0):
    return _faded(y, [], _rise(_length(y, sr, fade_ms))[::-1])


@misconception("add_fades", "fade_ms_as_samples",
    "Your fades have fade_ms samples. fade_ms is in milliseconds: ask periods_and_samples, or the sampling rate, how many samples those are.")
def add_fades(y, sr, fade_ms=10.0):
    m = min(round(fade_ms), len(y) // 2)
    return _faded(y, _rise(m), _rise(m)[::-1])


@misconception("add_fades", "fade_ms_as_seconds",
    "Your fades are a thousand times too long: you count fade_ms as seconds. Divide by 1000 on the way to samples.")
def add_fades(y, sr, fade_ms=10.0):
    m = _length(y, sr, 1000 * fade_ms)
    return _faded(y, _rise(m), _rise(m)[::-1])


@misconception("add_fades", "straight_line",
    "Your gain rises along a straight line, which leaves a corner at either end. "
    "The contract wants a raised cosine: half of a cosine period, from 0 to 1.")
def add_fades(y, sr, fade_ms=10.0):
    m = _length(y, sr, fade_ms)
    return _faded(y, np.arange(m) / m, (np.arange(m) / m)[::-1])


@misconception("add_fades", "fade_out_not_turned_around",
    "Your fade-out jumps to 0 and rises from there: it uses the gain of the fade-in as it is. Turn that gain around for the end.")
def add_fades(y, sr, fade_ms=10.0):
    m = _length(y, sr, fade_ms)
    return _faded(y, _rise(m), _rise(m))


@misconception("add_fades", "short_clips_forgotten",
    "A clip too short for two whole fades gets fades that overlap, or that do not fit at all. Limit a fade to half of the clip's length.")
def add_fades(y, sr, fade_ms=10.0):
    rise = _rise(round(sr * fade_ms / 1000))
    y = y.copy()
    y[:len(rise)] *= rise
    y[-len(rise):] *= rise[::-1]
    return y


@alternative("add_fades", "sample_by_sample")
def add_fades(y, sr, fade_ms=10.0):
    n = len(y)
    m = min(int(sr * fade_ms / 1000 + 0.5), n // 2)
    faded = []
    for k in range(n):
        near = min(k, n - 1 - k)
        faded.append(y[k] * math.sin(math.pi * near / (2 * m)) ** 2 if near < m else y[k])
    return faded


@alternative("add_fades", "tukey_window")
def add_fades(y, sr, fade_ms=10.0):
    return y * tukey(len(y), 2 * _length(y, sr, fade_ms) / (len(y) - 1))


@alternative("add_fades", "linspace_from_zero_to_pi")
def add_fades(y, sr, fade_ms=10.0):
    rise = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, _length(y, sr, fade_ms)))
    return _faded(y, rise, rise[::-1])


@alternative("add_fades", "halves_of_a_hann_window")
def add_fades(y, sr, fade_ms=10.0):
    m = _length(y, sr, fade_ms)
    window = np.hanning(2 * m)
    return np.concatenate([y[:m] * window[:m], y[m:len(y) - m], y[len(y) - m:] * window[m:]])


@alternative("add_fades", "float32")
def add_fades(y, sr, fade_ms=10.0):
    rise = _rise(_length(y, sr, fade_ms)).astype(np.float32)
    return _faded(y.astype(np.float32), rise, rise[::-1])


# mix


@misconception("mix", "shortest",
    "Your mix ends with its shortest signal. Make it as long as the longest: what has ended counts as zeros.")
def mix(signals, gains):
    n = min(len(y) for y in signals)
    return sum(gain * y[:n] for y, gain in zip(signals, gains))


@misconception("mix", "averaged",
    "You divide by the number of signals. A mix is the sum: a signal keeps its level, whatever is added to it.")
def mix(signals, gains):
    return right.mix(signals, gains) / len(signals)


@misconception("mix", "gains_ignored",
    "You add the signals as they are. Multiply each by its gain first.")
def mix(signals, gains):
    return right.mix(signals, np.ones(len(signals)))


@misconception("mix", "clipped",
    "You cut off what lies beyond full scale. Leave it: who mixes decides later how to make room, and a clipped top is lost for ever.")
def mix(signals, gains):
    return np.clip(right.mix(signals, gains), -1, 1)


@misconception("mix", "scaled_down",
    "You scale the mix down where it goes beyond full scale. Leave it as loud as it comes: the gains alone set the level.")
def mix(signals, gains):
    y = right.mix(signals, gains)
    return y / max(1.0, np.abs(y).max())


@misconception("mix", "late_start",
    "Your signals end together, with the zeros in front of the shorter ones. They start together: put the zeros behind.")
def mix(signals, gains):
    n = max(len(y) for y in signals)
    return sum(gain * np.pad(y, (n - len(y), 0)) for y, gain in zip(signals, gains))


@alternative("mix", "sample_by_sample")
def mix(signals, gains):
    return [sum(gain * value for gain, value in zip(gains, values)) for values in zip_longest(*signals, fillvalue=0.0)]


@alternative("mix", "matrix_product")
def mix(signals, gains):
    rows = np.zeros((len(signals), max(map(len, signals))))
    for row, y in zip(rows, signals):
        row[:len(y)] = y
    return gains @ rows


@alternative("mix", "grows_as_needed")
def mix(signals, gains):
    total = np.zeros(0)
    for y, gain in zip(signals, gains):
        n = max(len(total), len(y))
        total = np.pad(total, (0, n - len(total))) + gain * np.pad(y, (0, n - len(y)))
    return total


@alternative("mix", "float32")
def mix(signals, gains):
    total = np.zeros(max(len(y) for y in signals), dtype=np.float32)
    for y, gain in zip(signals, gains):
        total[:len(y)] += np.float32(gain) * y.astype(np.float32)
    return total
