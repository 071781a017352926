"""Wrong answers to 04_spectrogram, each beside its hint, and rightful other ways."""

import math

import librosa
import matplotlib.pyplot as plt
import numpy as np
import scipy.fft
import scipy.signal
from matplotlib.figure import Figure

from autograder import alternative, misconception

FULL_SCALE = 512.0**2  # power of a sine of amplitude 1 in a frame of 2048 samples


def frames_of(y, n_fft, hop):
    """The right frames."""
    n_frames = max(0, 1 + (len(y) - n_fft) // hop)
    return np.array([y[t * hop : t * hop + n_fft] for t in range(n_frames)]).reshape(n_frames, n_fft).T


def spectrum_of(y, n_fft, hop):
    """The right short-time Fourier transform."""
    window = scipy.signal.get_window("hann", n_fft)
    return np.fft.rfft(window[:, np.newaxis] * frames_of(y, n_fft, hop), axis=0)


def bands_of(y, sr, n_mels):
    """The right power in mel bands, not yet relative to anything."""
    return librosa.filters.mel(sr=sr, n_fft=2048, n_mels=n_mels) @ np.abs(spectrum_of(y, 2048, 512)) ** 2


def level_of(power):
    """The right level in dB."""
    return 10 * np.log10(np.maximum(power, 1e-10))


# The three questions


@alternative("q1", "right")
def q1():
    return "c"


@misconception("q1", "rate_over_two",
    "Half of that: the bins up to half the rate are n_fft / 2, and from one to the next it is sr / n_fft, here 31.25 Hz.")
def q1():
    return "a"


@misconception("q1", "counted_from_one",
    "That is bin number 19: bins are counted from 0, and bin 0 is 0 Hz. Bin k lies at k * sr / n_fft.")
def q1():
    return "b"


@misconception("q1", "half_the_frame",
    "Twice too much: from one bin to the next it is sr / n_fft, 31.25 Hz. With a frame of 256 samples it would be 62.5.")
def q1():
    return "d"


@alternative("q2", "right")
def q2():
    return "b"


@misconception("q2", "distance_to_nyquist",
    "1000 Hz is how far 5000 Hz lies above half the rate. It is folded back by as much: 4000 - 1000 Hz.")
def q2():
    return "a"


@misconception("q2", "nothing_happens",
    "8000 samples a second can tell frequencies up to 4000 Hz only. What lies above gives the same samples as a frequency below.")
def q2():
    return "c"


@misconception("q2", "silent",
    "Sampling filters nothing out: the samples of a tone above half the rate are those of another tone. Only a filter before sampling would silence it.")
def q2():
    return "d"


@alternative("q3", "right")
def q3():
    return "b"


@misconception("q3", "one_millisecond",
    "44.1 samples are one millisecond. Ten of them are ten times as many.")
def q3():
    return "a"


@misconception("q3", "a_hundred_milliseconds",
    "4410 samples are a tenth of a second, 100 milliseconds. The original of this course went wrong in the same way: its 411 samples are 10 ms, not 1 ms.")
def q3():
    return "c"


# frame


@misconception("frame", "transposed",
    "Your frames stand in rows. Spectrograms are (frequency, time), so a frame is a column: transpose, or stack along axis 1.")
def frame(y, n_fft, hop):
    return frames_of(y, n_fft, hop).T.copy()


@misconception("frame", "zero_padded_tail",
    "You have a frame more than fits: the end of the signal was filled up with zeros. What does not fill a whole frame is left out.")
def frame(y, n_fft, hop):
    n_frames = max(1, 1 + -(-(len(y) - n_fft) // hop))
    return frames_of(np.pad(y, (0, (n_frames - 1) * hop + n_fft - len(y))), n_fft, hop)


@misconception("frame", "last_frame_lost",
    "Your last frame is missing. If two hops fit behind the first frame, there are three frames: count the first one too.")
def frame(y, n_fft, hop):
    n_frames = max(0, (len(y) - n_fft) // hop)
    return frames_of(y, n_fft, hop)[:, :n_frames]


@misconception("frame", "hop_as_overlap",
    "Your frames share hop samples with their neighbours, but hop is the distance from the start of a frame to the start of the next. Frame t begins at t * hop.")
def frame(y, n_fft, hop):
    return frames_of(y, n_fft, max(1, n_fft - hop))


@misconception("frame", "side_by_side",
    "Your frames follow each other without overlap, as if hop were n_fft. Frame t begins at t * hop.")
def frame(y, n_fft, hop):
    return frames_of(y, n_fft, n_fft)


@misconception("frame", "shares_memory",
    "Your frames are a view: where they overlap, two places are one and the same number in memory, and dividing a frame by its peak would spoil its neighbours. "
    "Return a copy of it.")
def frame(y, n_fft, hop):
    n_frames = max(0, 1 + (len(y) - n_fft) // hop)
    return np.lib.stride_tricks.as_strided(y, (n_fft, n_frames), (y.itemsize, hop * y.itemsize))


@misconception("frame", "read_only_view",
    "Your frames are a window onto y, and numpy forbids writing through it, since overlapping frames share numbers. Return a copy of it.")
def frame(y, n_fft, hop):
    if len(y) < n_fft:
        return np.zeros((n_fft, 0))
    return np.lib.stride_tricks.sliding_window_view(y, n_fft)[::hop].T


@alternative("frame", "index_arithmetic")
def frame(y, n_fft, hop):
    starts = np.arange(0, len(y) - n_fft + 1, hop)
    return np.asarray(y)[np.arange(n_fft)[:, None] + starts]


@alternative("frame", "list_of_rows")
def frame(y, n_fft, hop):
    starts = range(0, len(y) - n_fft + 1, hop)
    return [[float(y[start + k]) for start in starts] for k in range(n_fft)]


@alternative("frame", "librosa")
def frame(y, n_fft, hop):
    if len(y) < n_fft:
        return np.empty((n_fft, 0))
    return librosa.util.frame(y, frame_length=n_fft, hop_length=hop).copy()


@alternative("frame", "float32_columns")
def frame(y, n_fft, hop):
    columns, start = [], 0
    while start + n_fft <= len(y):
        columns.append(y[start : start + n_fft].astype(np.float32))
        start += hop
    return np.stack(columns, axis=1) if columns else np.zeros((n_fft, 0), np.float32)


# stft


@misconception("stft", "symmetric_window",
    "Your window is the symmetric one, as np.hanning makes it: it ends with a second 0. The contract's divides by n_fft, not by n_fft - 1; "
    "scipy.signal.get_window makes it.")
def stft(y, n_fft, hop):
    return np.fft.rfft(np.hanning(n_fft)[:, np.newaxis] * frames_of(y, n_fft, hop), axis=0)


@misconception("stft", "no_window",
    "Your frames are cut out hard, without a window, so each tone smears over all frequencies. Multiply every frame by the Hann window first.")
def stft(y, n_fft, hop):
    return np.fft.rfft(frames_of(y, n_fft, hop), axis=0)


@misconception("stft", "transposed",
    "Your array is (time, frequency). The contract's is the other way round: a row is a frequency, a column a frame.")
def stft(y, n_fft, hop):
    return spectrum_of(y, n_fft, hop).T


@misconception("stft", "centred",
    "You have more frames than fit: the signal was padded at both ends, so that frame t is centred on sample t * hop. librosa does so unless center=False.")
def stft(y, n_fft, hop):
    return spectrum_of(np.pad(y, n_fft // 2), n_fft, hop)


@misconception("stft", "two_sided",
    "You have a row for each negative frequency too. For a real signal they are mirror images and say nothing new: keep the bins 0 to n_fft // 2, or use rfft.")
def stft(y, n_fft, hop):
    window = scipy.signal.get_window("hann", n_fft)
    return np.fft.fft(window[:, np.newaxis] * frames_of(y, n_fft, hop), axis=0)


@misconception("stft", "magnitude",
    "You return magnitudes, and the phases are gone. The transform is complex; whoever needs magnitudes takes np.abs of it.")
def stft(y, n_fft, hop):
    return np.abs(spectrum_of(y, n_fft, hop))


@misconception("stft", "scaled_by_the_window",
    "Your numbers are divided by the sum of the window, as scipy.signal.stft does it. The contract's sum is not divided by anything.")
def stft(y, n_fft, hop):
    return spectrum_of(y, n_fft, hop) / (n_fft / 2)


@misconception("stft", "conjugate",
    "Your phases run backwards: the exponent in the contract has a minus sign. Use exp(-2j * pi * k * m / n_fft), or rfft, which has it.")
def stft(y, n_fft, hop):
    return spectrum_of(y, n_fft, hop).conj()


@alternative("stft", "librosa")
def stft(y, n_fft, hop):
    if len(y) < n_fft:
        return np.zeros((n_fft // 2 + 1, 0), complex)
    return librosa.stft(y, n_fft=n_fft, hop_length=hop, center=False)


@alternative("stft", "loop_and_matrix")
def stft(y, n_fft, hop):
    k, m = np.arange(n_fft // 2 + 1)[:, None], np.arange(n_fft)
    transform = np.exp(-2j * np.pi * k * m / n_fft) * np.sin(np.pi * m / n_fft) ** 2
    X = np.zeros((n_fft // 2 + 1, max(0, 1 + (len(y) - n_fft) // hop)), dtype=complex)
    for t in range(X.shape[1]):
        X[:, t] = transform @ y[t * hop : t * hop + n_fft]
    return X


@alternative("stft", "half_of_a_two_sided_list")
def stft(y, n_fft, hop):
    window = np.hanning(n_fft + 1)[:-1]
    columns = [np.fft.fft(window * y[start : start + n_fft]) for start in range(0, len(y) - n_fft + 1, hop)]
    return [[complex(column[k]) for column in columns] for k in range(n_fft // 2 + 1)]


@alternative("stft", "float32")
def stft(y, n_fft, hop):
    window = scipy.signal.get_window("hann", n_fft).astype(np.float32)
    return scipy.fft.rfft(frames_of(y, n_fft, hop).astype(np.float32) * window[:, None], axis=0)


# to_db


@misconception("to_db", "factor_20",
    "Your levels are twice what they should be: 20·log10 belongs to amplitudes, and S is power already. The factor here is 10.")
def to_db(S, ref=1.0, floor_db=-100.0):
    return np.maximum(20 * np.log10(np.maximum(np.divide(S, ref), 1e-30)), floor_db)


@misconception("to_db", "own_maximum",
    "You take the maximum of S as the reference. Then every clip's loudest point reads 0 dB and the level is thrown away: divide by ref.")
def to_db(S, ref=1.0, floor_db=-100.0):
    return np.maximum(10 * np.log10(np.maximum(S, 1e-30) / max(np.max(S), 1e-30)), floor_db)


@misconception("to_db", "minus_infinity",
    "Silence came back as minus infinity, the logarithm of 0. Whatever is below floor_db becomes floor_db.")
def to_db(S, ref=1.0, floor_db=-100.0):
    with np.errstate(divide="ignore"):
        return 10 * np.log10(np.divide(S, ref))


@misconception("to_db", "natural_logarithm",
    "Your levels are 2.3 times too large: np.log is the natural logarithm. A bel is a factor of ten, so it takes np.log10.")
def to_db(S, ref=1.0, floor_db=-100.0):
    return np.maximum(10 * np.log(np.maximum(np.divide(S, ref), 1e-30)), floor_db)


@misconception("to_db", "floor_added",
    "You add a small number to avoid the logarithm of 0, and it lifts all soft levels: near the floor by up to 3 dB. Take the larger of the two instead of "
    "their sum.")
def to_db(S, ref=1.0, floor_db=-100.0):
    return 10 * np.log10(np.divide(S, ref) + 10 ** (floor_db / 10))


@misconception("to_db", "ref_ignored",
    "Your levels do not depend on ref. A power of ref reads 0 dB: divide S by ref before you take the logarithm.")
def to_db(S, ref=1.0, floor_db=-100.0):
    return np.maximum(10 * np.log10(np.maximum(S, 1e-30)), floor_db)


@misconception("to_db", "floor_ignored",
    "Your lowest level does not follow floor_db. It is -100 dB only as long as nobody passes another one.")
def to_db(S, ref=1.0, floor_db=-100.0):
    return np.maximum(10 * np.log10(np.maximum(np.divide(S, ref), 1e-30)), -100.0)


@misconception("to_db", "top_db",
    "Your floor lies 80 dB below the loudest point, as librosa.power_to_db has it unless top_db=None: so it moves with the clip. The contract's floor is floor_db, "
    "whatever else is in S.")
def to_db(S, ref=1.0, floor_db=-100.0):
    level = np.maximum(10 * np.log10(np.maximum(np.divide(S, ref), 1e-30)), floor_db)
    return np.maximum(level, np.max(level) - 80)


@alternative("to_db", "loop")
def to_db(S, ref=1.0, floor_db=-100.0):
    if np.ndim(S):
        return [to_db_of_one(row, ref, floor_db) for row in S]
    return to_db_of_one(S, ref, floor_db)


def to_db_of_one(S, ref, floor_db):
    if np.ndim(S):
        return [to_db_of_one(value, ref, floor_db) for value in S]
    return max(floor_db, 10 * math.log10(S / ref)) if S > 0 else floor_db


@alternative("to_db", "librosa")
def to_db(S, ref=1.0, floor_db=-100.0):
    return librosa.power_to_db(np.asarray(S), ref=ref, amin=ref * 10 ** (floor_db / 10), top_db=None)


@alternative("to_db", "infinity_lifted_afterwards")
def to_db(S, ref=1.0, floor_db=-100.0):
    level = 10 * np.log10(np.asarray(S)) - 10 * np.log10(ref)
    return np.clip(level, floor_db, None)


@alternative("to_db", "float32")
def to_db(S, ref=1.0, floor_db=-100.0):
    S = np.asarray(S, dtype=np.float32)
    level = np.full(S.shape, floor_db, np.float32)
    np.log10(S / np.float32(ref), out=level, where=S > 0)
    return np.where(S > 0, np.maximum(np.float32(10) * level, np.float32(floor_db)), np.float32(floor_db))


# mel_spectrogram


@misconception("mel_spectrogram", "power_twice",
    "Your levels are twice what they should be: librosa.feature.melspectrogram returns power, and it was squared once more (amplitude_to_db squares, too).")
def mel_spectrogram(y, sr, n_mels):
    return level_of((bands_of(y, sr, n_mels) / FULL_SCALE) ** 2)


@misconception("mel_spectrogram", "magnitudes_for_powers",
    "Your bands add up magnitudes, |X|, and not powers, |X|²: levels rise half as much as they should. Square before you sum (power=2.0 in librosa).")
def mel_spectrogram(y, sr, n_mels):
    filters = librosa.filters.mel(sr=sr, n_fft=2048, n_mels=n_mels)
    return level_of(filters @ np.abs(spectrum_of(y, 2048, 512)) / 512)


@misconception("mel_spectrogram", "own_maximum",
    "You take the clip's own maximum as the reference, as the original of this course did. Then loud and soft clips look the same: "
    "take a full-scale sine, (2048 / 4)².")
def mel_spectrogram(y, sr, n_mels):
    power = bands_of(y, sr, n_mels)
    return level_of(power / max(power.max(), 1e-10))


@misconception("mel_spectrogram", "reference_1",
    "Your levels are relative to a power of 1, so a full-scale tone reads some 30 dB above 0 and every picture is saturated. Divide by the power of a full-scale "
    "sine, (2048 / 4)².")
def mel_spectrogram(y, sr, n_mels):
    return level_of(bands_of(y, sr, n_mels))


@misconception("mel_spectrogram", "amplitude_for_power_as_reference",
    "You divide power by 2048 / 4, which is the amplitude |X| of a full-scale sine. Its power is the square of that.")
def mel_spectrogram(y, sr, n_mels):
    return level_of(bands_of(y, sr, n_mels) / 512)


@misconception("mel_spectrogram", "centred",
    "You have more frames than fit: librosa pads the signal at both ends unless it is told center=False.")
def mel_spectrogram(y, sr, n_mels):
    return level_of(bands_of(np.pad(y, 1024), sr, n_mels) / FULL_SCALE)


@misconception("mel_spectrogram", "default_rate",
    "Your bands are those of 22050 Hz whatever sr is, so at other rates a tone lands in the wrong one. Pass sr=sr to librosa.")
def mel_spectrogram(y, sr, n_mels):
    return level_of(bands_of(y, 22050, n_mels) / FULL_SCALE)


@misconception("mel_spectrogram", "no_decibels",
    "You return power and not levels, so almost everything is near 0. The last step is to_db.")
def mel_spectrogram(y, sr, n_mels):
    return bands_of(y, sr, n_mels) / FULL_SCALE


@misconception("mel_spectrogram", "n_mels_ignored",
    "You always have 128 bands, librosa's own choice. Pass n_mels on.")
def mel_spectrogram(y, sr, n_mels):
    return level_of(bands_of(y, sr, 128) / FULL_SCALE)


@alternative("mel_spectrogram", "librosa_throughout")
def mel_spectrogram(y, sr, n_mels):
    S = librosa.feature.melspectrogram(y=y, sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=n_mels)
    return librosa.power_to_db(S / 512**2, ref=1.0, amin=1e-10, top_db=None)


@alternative("mel_spectrogram", "loops_over_bands")
def mel_spectrogram(y, sr, n_mels):
    filters = librosa.filters.mel(sr=sr, n_fft=2048, n_mels=n_mels)
    rows = [[] for _ in range(n_mels)]
    for start in range(0, len(y) - 2048 + 1, 512):
        spectrum = np.fft.rfft(np.hanning(2049)[:-1] * y[start : start + 2048])
        for band, row in zip(filters, rows, strict=True):
            power = float(sum(band * abs(spectrum / 512) ** 2))
            row.append(max(-100.0, 10 * math.log10(power)) if power else -100.0)
    return rows


@alternative("mel_spectrogram", "triangles_of_ones_own")
def mel_spectrogram(y, sr, n_mels):
    corners = librosa.mel_frequencies(n_mels=n_mels + 2, fmin=0, fmax=sr / 2)
    freqs = np.linspace(0, sr / 2, 1025)
    S = np.abs(librosa.stft(y, n_fft=2048, hop_length=512, center=False)) ** 2
    bands = [np.interp(freqs, corners[m : m + 3], [0, 1, 0]) * 2 / (corners[m + 2] - corners[m]) @ S for m in range(n_mels)]
    return np.maximum(10 * np.log10(np.array(bands) + 1e-30) - 20 * np.log10(512), -100)


@alternative("mel_spectrogram", "float32")
def mel_spectrogram(y, sr, n_mels):
    S = librosa.feature.melspectrogram(y=y.astype(np.float32), sr=sr, n_fft=2048, hop_length=512, center=False, n_mels=n_mels)
    return np.float32(10) * np.log10(np.maximum(S / np.float32(512**2), np.float32(1e-10)))


# time_resolution


@misconception("time_resolution", "hop",
    "You give the hop, a quarter of the frame. The hop says how often you look; what happens within one frame is seen as one, however often.")
def time_resolution(n_fft, sr):
    return n_fft / 4 / sr


@misconception("time_resolution", "milliseconds",
    "Your result is a thousand times too large: it is in milliseconds. The contract asks for seconds.")
def time_resolution(n_fft, sr):
    return 1000 * n_fft / sr


@misconception("time_resolution", "bin_width",
    "sr / n_fft is the distance of the bins in Hz, the resolution in frequency. In time it is the other way round.")
def time_resolution(n_fft, sr):
    return sr / n_fft


@misconception("time_resolution", "half_the_frame",
    "You give half of the frame's duration. Two events anywhere within the frame are seen as one: all of its samples count.")
def time_resolution(n_fft, sr):
    return n_fft / 2 / sr


@misconception("time_resolution", "whole_seconds",
    "Your durations are whole seconds: // drops the fraction, and a frame is nothing but a fraction of a second. Divide with /.")
def time_resolution(n_fft, sr):
    return n_fft // sr


@alternative("time_resolution", "librosa")
def time_resolution(n_fft, sr):
    return librosa.samples_to_time(n_fft, sr=sr)


@alternative("time_resolution", "inverse_of_the_bin_width")
def time_resolution(n_fft, sr):
    return 1 / (sr / n_fft)


@alternative("time_resolution", "float32")
def time_resolution(n_fft, sr):
    return np.float32(n_fft) / np.float32(sr)


# choose_n_fft


@misconception("choose_n_fft", "one_bin",
    "With you the tones are one bin apart, and under a Hann window they melt into one. Two bins must fit between them, so your frame is half as long as needed.")
def choose_n_fft(f_low, cents, sr):
    return 2 ** math.ceil(math.log2(sr / (f_low * (2 ** (cents / 1200) - 1))))


@misconception("choose_n_fft", "nearest_power",
    "You round to the nearest power of two, which is too short where it lies below what is needed. Round up: np.ceil, or double until it fits.")
def choose_n_fft(f_low, cents, sr):
    return 2 ** round(math.log2(2 * sr / (f_low * (2 ** (cents / 1200) - 1))))


@misconception("choose_n_fft", "cents_as_hz",
    "You take the cents for Hz. Cents are a ratio: a tone c cents above f has the frequency f * 2 ** (c / 1200), and the distance in Hz depends on f.")
def choose_n_fft(f_low, cents, sr):
    return 2 ** math.ceil(math.log2(2 * sr / cents))


@misconception("choose_n_fft", "cents_evenly_in_hz",
    "You count cents evenly in Hz, f * cents / 1200. An octave is a factor of 2, and a part of it is a part of the exponent: f * (2 ** (cents / 1200) - 1).")
def choose_n_fft(f_low, cents, sr):
    return 2 ** math.ceil(math.log2(2 * sr / (f_low * cents / 1200)))


@misconception("choose_n_fft", "no_power_of_two",
    "Two bins fit, but your frame is no power of two. Take the next one above: double until it fits.")
def choose_n_fft(f_low, cents, sr):
    return math.ceil(2 * sr / (f_low * (2 ** (cents / 1200) - 1)))


@misconception("choose_n_fft", "float_result",
    "Your result is a float, because np.ceil and np.log2 give floats, and a number of samples that is a float is refused by most functions. Convert it with int.")
def choose_n_fft(f_low, cents, sr):
    return 2.0 ** np.ceil(np.log2(2 * sr / (f_low * (2 ** (cents / 1200) - 1))))


@misconception("choose_n_fft", "more_than_two_bins",
    "Where two bins fit exactly, you double once more. If the two are equal, they fit: double only while 2 * sr / n_fft is larger than the distance.")
def choose_n_fft(f_low, cents, sr):
    n_fft = 1
    while 2 * sr / n_fft >= f_low * (2 ** (cents / 1200) - 1):
        n_fft *= 2
    return n_fft


@misconception("choose_n_fft", "one_power_too_long",
    "Your frame is twice as long as needed and blurs time twice as much. Look at when your loop stops: the first power of two that fits is the answer.")
def choose_n_fft(f_low, cents, sr):
    return 2 ** (1 + math.ceil(math.log2(2 * sr / (f_low * (2 ** (cents / 1200) - 1)))))


@alternative("choose_n_fft", "logarithm")
def choose_n_fft(f_low, cents, sr):
    f_high = f_low * np.exp2(cents / 1200)
    return int(2 ** np.ceil(np.log2(2 * sr / (f_high - f_low))))


@alternative("choose_n_fft", "first_of_a_list")
def choose_n_fft(f_low, cents, sr):
    powers = 2 ** np.arange(0, 40)
    fits = 2 * sr / powers <= f_low * (2 ** (cents / 1200) - 1)
    return powers[np.argmax(fits)]


@alternative("choose_n_fft", "expm1_and_bit_length")
def choose_n_fft(f_low, cents, sr):
    needed = math.ceil(2 * sr / f_low / math.expm1(math.log(2) * cents / 1200))
    return 1 << (needed - 1).bit_length()


# spectrogram_image


@misconception("spectrogram_image", "own_range",
    "Your black and white are the image's own minimum and maximum, so a soft sound looks like a loud one. The range is lo to hi, in every image.")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.round(255 * (db - db.min()) / max(db.max() - db.min(), 1e-9)).astype(np.uint8)[::-1]


@misconception("spectrogram_image", "upside_down",
    "Low frequencies lie at the top of your image: images are stored from the top row down. Reverse the order of the rows.")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.round(255 * np.clip((db - lo) / (hi - lo), 0, 1)).astype(np.uint8)


@misconception("spectrogram_image", "turned_about",
    "Time runs backwards in your image: you reversed rows and columns. Reverse the rows only, [::-1].")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.round(255 * np.clip((db - lo) / (hi - lo), 0, 1)).astype(np.uint8)[::-1, ::-1]


@misconception("spectrogram_image", "margin",
    "Your image has more pixels than there are levels, as one with a margin has. A program needs one pixel a level, and nothing around.")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.pad(np.round(255 * np.clip((db - lo) / (hi - lo), 0, 1)).astype(np.uint8)[::-1], 4, constant_values=255)


@misconception("spectrogram_image", "wrap_around",
    "A byte ends at 255, and what is beyond starts again from the other end: the loudest points turn dark. Limit to 0 … 255 before you change the type.")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.round(255 * (db - lo) / (hi - lo)).astype(np.int64).astype(np.uint8)[::-1]  # by way of int64: what astype alone does is the machine's choice


@misconception("spectrogram_image", "fractions",
    "Your pixels are floats. An image file keeps bytes: stretch the range to 0 … 255, round, and change the type to np.uint8.")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.clip((db - lo) / (hi - lo), 0, 1)[::-1]


@misconception("spectrogram_image", "negative",
    "Your image is a negative: the loudest points are black. At lo it is black, 0, and at hi white, 255.")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.round(255 * np.clip((hi - db) / (hi - lo), 0, 1)).astype(np.uint8)[::-1]


@misconception("spectrogram_image", "range_ignored",
    "Your range is -80 to 0 dB whatever lo and hi are passed. Use them instead of the numbers.")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.round(255 * np.clip((db + 80) / 80, 0, 1)).astype(np.uint8)[::-1]


@alternative("spectrogram_image", "interpolation")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    return np.flipud(np.interp(db, [lo, hi], [0, 255]).astype(np.uint8))


@alternative("spectrogram_image", "loop")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    height, width = db.shape
    image = np.zeros((height, width), dtype=np.uint8)
    for row in range(height):
        for column in range(width):
            share = (db[row, column] - lo) / (hi - lo)
            image[height - 1 - row, column] = round(255 * min(1.0, max(0.0, share)))
    return image


@alternative("spectrogram_image", "matplotlib")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    grey = plt.Normalize(lo, hi, clip=True)(db[::-1])
    return np.rint(255 * np.asarray(grey)).astype("uint8")


@alternative("spectrogram_image", "float32_list")
def spectrogram_image(db, lo=-80.0, hi=0.0):
    rows = np.float32(255) * (db.astype(np.float32) - np.float32(lo)) / np.float32(hi - lo)
    return [[int(min(255, max(0, value))) for value in row] for row in rows.tolist()[::-1]]


# plot_mel_spectrogram


def levels_of(y, sr):
    """The right levels."""
    return level_of(bands_of(y, sr, 128) / FULL_SCALE)


def axes_of_a_figure():
    """Axes of a new figure, with all the words they need."""
    return Figure(figsize=(6, 3)).add_subplot(title="mel spectrogram", xlabel="time (s)", ylabel="Hz")


def specshow(axes, levels, sr, **changed):
    """The right picture, but for what is changed."""
    return librosa.display.specshow(levels, **({"sr": sr, "x_axis": "time", "y_axis": "mel", "vmin": -80, "vmax": 0, "ax": axes} | changed))


def save(axes, image, path):
    axes.figure.colorbar(image, ax=axes, format="%+02.0f dB")
    axes.figure.savefig(path)


@misconception("plot_mel_spectrogram", "no_colour_bar",
    "Your picture has no colour bar, so nobody can tell which level a colour is. fig.colorbar draws one; give it what specshow returned.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    specshow(axes, levels_of(y, sr), sr)
    axes.figure.savefig(path)


@misconception("plot_mel_spectrogram", "colour_bar_without_unit",
    "Your colour bar has numbers and no unit. Give it a label, or a format such as '%+2.0f dB'.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    axes.figure.colorbar(specshow(axes, levels_of(y, sr), sr), ax=axes)
    axes.figure.savefig(path)


@misconception("plot_mel_spectrogram", "frames_for_seconds",
    "Your horizontal axis counts frames and is called time. From one frame to the next it is 512 / sr seconds: pass x_axis=\"time\" and sr to specshow, "
    "or compute the times yourself.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    image = specshow(axes, levels_of(y, sr), sr, x_axis="frames")
    axes.set_xlabel("time (s)")
    save(axes, image, path)


@misconception("plot_mel_spectrogram", "default_rate",
    "Your axes are those of a sound at 22050 Hz, which specshow takes for granted: times and Hz are wrong for all others. Pass sr=sr.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    save(axes, specshow(axes, levels_of(y, sr), 22050), path)


@misconception("plot_mel_spectrogram", "linear_axis_called_mel",
    "Your bands are spread evenly over the Hz from 0 to sr / 2, but mel bands are not even in Hz: a tone is drawn where its Hz are not. "
    "Pass y_axis=\"mel\" to specshow, or draw each band at its own frequency.")
def plot_mel_spectrogram(y, sr, path):
    axes, levels = axes_of_a_figure(), levels_of(y, sr)
    image = axes.imshow(levels, origin="lower", aspect="auto", extent=(0, levels.shape[1] * 512 / sr, 0, sr / 2), vmin=-80, vmax=0)
    save(axes, image, path)


@misconception("plot_mel_spectrogram", "band_numbers_for_hz",
    "Your vertical axis counts mel bands and is called Hz. Pass y_axis=\"mel\" to specshow, or draw each band at its own frequency.")
def plot_mel_spectrogram(y, sr, path):
    axes, levels = axes_of_a_figure(), levels_of(y, sr)
    save(axes, axes.imshow(levels, origin="lower", aspect="auto", extent=(0, levels.shape[1] * 512 / sr, -0.5, 127.5), vmin=-80, vmax=0), path)


@misconception("plot_mel_spectrogram", "bands_of_unequal_height",
    "On a linear axis the low bands, where the music is, are squeezed into a few pixels, and on a logarithmic one the lowest are blown up. "
    "A mel axis draws them about equally tall; specshow's y_axis=\"mel\" does.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    image = specshow(axes, levels_of(y, sr), sr)
    axes.set_yscale("linear")
    save(axes, image, path)


@misconception("plot_mel_spectrogram", "own_maximum",
    "Your picture's levels are relative to its own maximum, as in the original of this course: a whisper looks like a shout. Draw what mel_spectrogram returns.")
def plot_mel_spectrogram(y, sr, path):
    axes, levels = axes_of_a_figure(), levels_of(y, sr)
    save(axes, specshow(axes, levels - levels.max(), sr), path)


@misconception("plot_mel_spectrogram", "colours_of_its_own",
    "Without vmin and vmax the colours are stretched to the levels of each signal, and the same colour means another level in the next picture. "
    "Fix their range: vmin=-80 and vmax=0.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    save(axes, specshow(axes, levels_of(y, sr), sr, vmin=None, vmax=None), path)


@misconception("plot_mel_spectrogram", "no_title",
    "Your picture has no title. Say what it shows: axes.set_title, or plt.title.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    axes.set_title("")
    save(axes, specshow(axes, levels_of(y, sr), sr), path)


@misconception("plot_mel_spectrogram", "axes_without_labels",
    "An axis of yours does not say what it counts. Write time and its unit under the horizontal one, and Hz beside the vertical one.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    image = specshow(axes, levels_of(y, sr), sr)
    axes.set(xlabel="", ylabel="")
    save(axes, image, path)


@misconception("plot_mel_spectrogram", "blank_picture",
    "The file holds an empty figure: after plt.show() or plt.close() the picture is gone, and plt.savefig makes a new one. Save first, then show or close.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    axes.figure.colorbar(specshow(axes, levels_of(y, sr), sr), ax=axes)
    plt.figure()
    plt.savefig(path)
    plt.close()


@misconception("plot_mel_spectrogram", "not_saved",
    "Your figure is drawn and never saved. Its method savefig writes the file; give it the path.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    axes.figure.colorbar(specshow(axes, levels_of(y, sr), sr), ax=axes)


@misconception("plot_mel_spectrogram", "another_kind_of_file",
    "The file's name ends in .png, but its content is of another kind, so some programs cannot open it. Leave the choice of the format to the ending of the name.")
def plot_mel_spectrogram(y, sr, path):
    axes = axes_of_a_figure()
    axes.figure.colorbar(specshow(axes, levels_of(y, sr), sr), ax=axes, label="dB")
    axes.figure.savefig(path, format="svg")


@alternative("plot_mel_spectrogram", "pyplot_as_the_original")
def plot_mel_spectrogram(y, sr, path):
    plt.figure(figsize=(12, 4))
    librosa.display.specshow(levels_of(y, sr), sr=sr, x_axis="time", y_axis="mel", vmin=-80, vmax=0)
    plt.title("mel power spectrogram")
    plt.colorbar(format="%+02.0f dB")
    plt.tight_layout()
    plt.savefig(path)
    plt.clf()
    plt.close()


@alternative("plot_mel_spectrogram", "pcolormesh_on_a_mel_scale")
def plot_mel_spectrogram(y, sr, path):
    levels = levels_of(y, sr)
    corners = librosa.mel_frequencies(n_mels=130, fmax=sr / 2)
    figure, axes = plt.subplots(layout="constrained")
    mesh = axes.pcolormesh((np.arange(levels.shape[1] + 1) * 512 + 768) / sr, (corners[1:] + corners[:-1]) / 2, levels, vmin=-80, vmax=0)
    axes.set_yscale("function", functions=(librosa.hz_to_mel, librosa.mel_to_hz))
    figure.suptitle("levels in mel bands")
    axes.set_xlabel("Time in seconds")
    axes.set_ylabel("FREQUENCY IN HZ")
    figure.colorbar(mesh).set_label("level in dB")
    figure.savefig(path, bbox_inches="tight", dpi=80)
    plt.close(figure)


@alternative("plot_mel_spectrogram", "gouraud_without_pyplot")
def plot_mel_spectrogram(y, sr, path):
    levels = levels_of(y, sr).astype(np.float32)
    figure = Figure()
    axes = figure.subplots()
    times = librosa.frames_to_time(np.arange(levels.shape[1]), sr=sr, hop_length=512, n_fft=2048)
    mesh = axes.pcolormesh(times, librosa.mel_frequencies(n_mels=130, fmax=sr / 2)[1:-1], levels, shading="gouraud", vmin=-80, vmax=0)
    axes.set(title="mel", xlabel="time", ylabel="f / Hz")
    axes.set_yscale("symlog", base=2, linthresh=1000, linscale=1.5)
    bar = figure.colorbar(mesh, orientation="horizontal")
    bar.ax.set_title("dB")
    with open(path, "wb") as file:
        figure.savefig(file, format="png")


# spectral_centroid


@misconception("spectral_centroid", "bin_index",
    "Your centroid is the number of a bin, not a frequency. Bin k lies at k * sr / 2048 Hz.")
def spectral_centroid(y, sr):
    return weighted(np.arange(1025), np.abs(spectrum_of(y, 2048, 512)))


@misconception("spectral_centroid", "power_weighted",
    "You weight by power, |X|², so the strongest tone pulls the centre too far towards itself. The contract weights by magnitude, |X|.")
def spectral_centroid(y, sr):
    return weighted(np.arange(1025) * sr / 2048, np.abs(spectrum_of(y, 2048, 512)) ** 2)


@misconception("spectral_centroid", "peak",
    "You return the strongest frequency. The centroid is the mean of all frequencies, weighted by how strong they are.")
def spectral_centroid(y, sr):
    return np.abs(spectrum_of(y, 2048, 512)).argmax(axis=0) * sr / 2048


@misconception("spectral_centroid", "nan_for_silence",
    "Silence became NaN, because its magnitudes add up to 0, and 0 / 0 is no number. Ask for a sum of 0 before you divide, and give 0.")
def spectral_centroid(y, sr):
    magnitudes = np.abs(spectrum_of(y, 2048, 512))
    with np.errstate(invalid="ignore"):
        return np.arange(1025) * sr / 2048 @ magnitudes / magnitudes.sum(axis=0)


@misconception("spectral_centroid", "one_value_for_all",
    "You return a single number for the whole sound. Each frame has its own centroid: sum over the frequencies, axis 0, not over the frames.")
def spectral_centroid(y, sr):
    return float(np.mean(weighted(np.arange(1025) * sr / 2048, np.abs(spectrum_of(y, 2048, 512)))))


@misconception("spectral_centroid", "default_rate",
    "Your frequencies are those of 22050 Hz whatever sr is. Use sr, and pass sr=sr to librosa.")
def spectral_centroid(y, sr):
    return weighted(np.arange(1025) * 22050 / 2048, np.abs(spectrum_of(y, 2048, 512)))


@misconception("spectral_centroid", "centred",
    "You have more frames than fit: librosa pads the signal at both ends unless it is told center=False.")
def spectral_centroid(y, sr):
    return weighted(np.arange(1025) * sr / 2048, np.abs(spectrum_of(np.pad(y, 1024), 2048, 512)))


@misconception("spectral_centroid", "not_divided",
    "Your sums grow with the level: they are not divided yet. A mean is the weighted sum divided by the sum of the weights.")
def spectral_centroid(y, sr):
    return np.arange(1025) * sr / 2048 @ np.abs(spectrum_of(y, 2048, 512))


def weighted(freqs, weights):
    """The weighted mean of each column, 0 where there is nothing to weight by."""
    total = weights.sum(axis=0)
    return np.where(total > 0, freqs @ weights / np.where(total > 0, total, 1), 0.0)


@alternative("spectral_centroid", "librosa")
def spectral_centroid(y, sr):
    return librosa.feature.spectral_centroid(y=y, sr=sr, n_fft=2048, hop_length=512, center=False)[0]


@alternative("spectral_centroid", "loop_over_bins")
def spectral_centroid(y, sr):
    found = []
    for column in np.abs(spectrum_of(y, 2048, 512)).T.tolist():
        above = below = 0.0
        for k, magnitude in enumerate(column):
            above += k * sr / 2048 * magnitude
            below += magnitude
        found.append(above / below if below else 0.0)
    return found


@alternative("spectral_centroid", "numpys_average")
def spectral_centroid(y, sr):
    freqs = np.fft.rfftfreq(2048, 1 / sr)
    spectra = np.abs(spectrum_of(y, 2048, 512)).T
    return np.array([np.average(freqs, weights=m) if m.any() else 0 for m in spectra])


@alternative("spectral_centroid", "float32_with_a_tiny_number")
def spectral_centroid(y, sr):
    window = scipy.signal.get_window("hann", 2048).astype(np.float32)
    magnitudes = np.abs(scipy.fft.rfft(frames_of(y, 2048, 512).astype(np.float32) * window[:, None], axis=0))
    freqs = np.linspace(0, sr / 2, 1025, dtype=np.float32)
    return (freqs @ magnitudes) / (magnitudes.sum(axis=0) + np.float32(1e-12))
