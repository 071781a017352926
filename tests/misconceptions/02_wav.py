"""Wrong answers to 02_wav, each beside its hint, and rightful other ways."""

import math
import struct
import wave

import librosa
import numpy as np
import soundfile
from scipy.io import wavfile

from autograder import alternative, misconception


def refuse_nan(y):
    if not np.isfinite(y).all():
        raise ValueError("y holds NaN or infinity")


def samples_of(y):
    """The right samples."""
    refuse_nan(y)
    return np.round(32767 * np.clip(y, -1, 1)).astype(np.int16)


# to_int16


@misconception("to_int16", "wrap_around",
    "Beyond 32767 the numbers start again from the other end, and a loud top turns into a deep dip. Limit y to [-1, 1] before you convert.")
def to_int16(y):
    refuse_nan(y)
    return np.round(32767 * y).astype(np.int64).astype(np.int16)  # by way of int64: what astype(int16) alone does is the machine's choice


@misconception("to_int16", "factor_16000",
    "16000 is the amplitude that the original tutorial chose, and uses half of the range. Full scale, 1.0, belongs to the largest 16-bit number.")
def to_int16(y):
    refuse_nan(y)
    return np.round(np.clip(16000 * y, -32768, 32767)).astype(np.int16)


@misconception("to_int16", "factor_32768",
    "Your factor is one too large: there are 32768 negative numbers, but only 32767 positive ones. Take the largest number that exists as the factor.")
def to_int16(y):
    refuse_nan(y)
    return np.round(np.clip(32768 * y, -32768, 32767)).astype(np.int16)


@misconception("to_int16", "float_result",
    "Your samples have the right size but are still floats, and a file would get 8 bytes for each instead of 2. Convert the type as the last step.")
def to_int16(y):
    refuse_nan(y)
    return np.round(32767 * np.clip(y, -1, 1))


@misconception("to_int16", "uint16",
    "An unsigned type has no negative numbers, so the lower half of your wave lands above the upper half. 16-bit samples are signed.")
def to_int16(y):
    refuse_nan(y)
    return np.round(32767 * np.clip(y, -1, 1)).astype(np.int64).astype(np.uint16)


@misconception("to_int16", "nan_unnoticed",
    "NaN has no whole number to become: astype makes some number of it, without an error. Look for NaN before you convert, and raise ValueError.")
def to_int16(y):
    return np.round(32767 * np.clip(np.nan_to_num(y), -1, 1)).astype(np.int16)


@alternative("to_int16", "truncating_loop")
def to_int16(y):
    samples = []
    for value in y:
        if math.isnan(value):
            raise ValueError("NaN")
        samples.append(int(max(-1.0, min(1.0, value)) * 32767))
    return np.array(samples, dtype=np.int16)


@alternative("to_int16", "lower_end_used")
def to_int16(y):
    if np.isnan(y).any():
        raise ValueError("NaN")
    return np.clip(np.rint(y * 32767), -32768, 32767).astype("<i2")


@alternative("to_int16", "float32")
def to_int16(y):
    refuse_nan(y)
    return (np.clip(y.astype(np.float32), -1, 1) * np.float32(32767)).round().astype(np.int16)


@alternative("to_int16", "floor")
def to_int16(y):
    refuse_nan(y)
    return np.floor(32767 * np.clip(y, -1, 1)).astype(np.int16)


@alternative("to_int16", "list_of_ints")
def to_int16(y):
    whole = [round(32767 * value) for value in y]  # round(nan) is a ValueError
    return [max(-32767, min(32767, sample)) for sample in whole]


# write_wav


@misconception("write_wav", "no_header",
    "The file lacks the header of a WAV file, which begins with the letters RIFF: no program can tell what the bytes mean. Let scipy or wave write it.")
def write_wav(path, y, sr):
    samples_of(y).tofile(path)


@misconception("write_wav", "float_file",
    "Your file holds floats, because floats were handed to the writer; many programs, the standard library's wave among them, cannot read it. "
    "Hand over what to_int16 gives.")
def write_wav(path, y, sr):
    wavfile.write(path, sr, y)


@misconception("write_wav", "eight_bit",
    "Each of your samples is a single byte: 256 levels, and noise 48 dB below full scale. 16 bits are two bytes.")
def write_wav(path, y, sr):
    wavfile.write(path, sr, np.round(127.5 + 127.5 * np.clip(y, -1, 1)).astype(np.uint8))


@misconception("write_wav", "two_channels",
    "Your header announces more than one channel. A mono signal is one: written twice it takes twice the space, and mono samples under a stereo header "
    "play at twice the speed.")
def write_wav(path, y, sr):
    samples = samples_of(y)
    wavfile.write(path, sr, np.column_stack([samples, samples]))


@misconception("write_wav", "hard_coded_rate",
    "The rate in your header is not the sr that was passed, so the file plays at another pitch and speed. Hand sr on, without a number of your own.")
def write_wav(path, y, sr):
    wavfile.write(path, 44100, samples_of(y))


@misconception("write_wav", "unscaled",
    "Your file is silent: converted to whole numbers, fractions between -1 and 1 become 0. Scale first; to_int16 does both.")
def write_wav(path, y, sr):
    wavfile.write(path, sr, y.astype(np.int16))


@alternative("write_wav", "standard_library")
def write_wav(path, y, sr):
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sr)
        file.writeframes(samples_of(y).tobytes())


@alternative("write_wav", "struct_loop")
def write_wav(path, y, sr):
    file = wave.open(path, "w")
    file.setparams((1, 2, int(sr), len(y), "NONE", "not compressed"))
    for value in y:
        file.writeframes(struct.pack("<h", int(max(-1, min(1, value)) * 32767)))
    file.close()


@alternative("write_wav", "soundfile")
def write_wav(path, y, sr):
    soundfile.write(path, samples_of(y), sr, subtype="PCM_16")


@alternative("write_wav", "header_by_hand")
def write_wav(path, y, sr):
    data = b"".join(struct.pack("<h", value) for value in samples_of(y))
    with open(path, "wb") as file:
        file.write(b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt " + struct.pack("<IHHIIHH", 16, 1, 1, sr, 2 * sr, 2, 16))
        file.write(b"data" + struct.pack("<I", len(data)) + data)


# read_wav


@misconception("read_wav", "rate_first",
    "Your results come in the order (sr, y), which is scipy's. The contract's order is (y, sr), as librosa has it.")
def read_wav(path):
    sr, samples = wavfile.read(path)
    y = samples / 32768
    return sr, y.mean(axis=1) if y.ndim == 2 else y


@misconception("read_wav", "resampled",
    "The rate that comes back is not the file's. librosa.load resamples to 22050 Hz and does not say so; ask it for the file's own rate with sr=None, "
    "or read with scipy.")
def read_wav(path):
    y, sr = librosa.load(path)
    return y, int(sr)


@misconception("read_wav", "raw_integers",
    "Your signal is the file's whole numbers, far outside [-1, 1]. Divide them by 32768.")
def read_wav(path):
    sr, samples = wavfile.read(path)
    return (samples.mean(axis=1) if samples.ndim == 2 else samples.astype(float)), sr


@misconception("read_wav", "left_channel_only",
    "Your signal is the first channel alone, so what sounds only on the other side is lost. Take the mean of the channels.")
def read_wav(path):
    sr, samples = wavfile.read(path)
    y = samples / 32768
    return (y[:, 0] if y.ndim == 2 else y), sr


@misconception("read_wav", "channels_interleaved",
    "A stereo file came back twice as long: in the file, left and right samples take turns. Give each channel a column of its own before you average.")
def read_wav(path):
    with wave.open(path) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768, file.getframerate()


@misconception("read_wav", "channels_summed",
    "Your channels are added up, so a stereo file can come out louder than full scale. Take their mean.")
def read_wav(path):
    sr, samples = wavfile.read(path)
    y = samples / 32768
    return (y.sum(axis=1) if y.ndim == 2 else y), sr


@alternative("read_wav", "librosa_at_the_files_own_rate")
def read_wav(path):
    return librosa.load(path, sr=None)


@alternative("read_wav", "soundfile")
def read_wav(path):
    y, sr = soundfile.read(path, always_2d=True)
    return y.mean(axis=1), sr


@alternative("read_wav", "struct_loop")
def read_wav(path):
    with wave.open(path, "rb") as file:
        n_channels, n, sr = file.getnchannels(), file.getnframes(), file.getframerate()
        numbers = struct.unpack(f"<{n * n_channels}h", file.readframes(n))
    return [sum(numbers[i:i + n_channels]) / n_channels / 32768 for i in range(0, len(numbers), n_channels)], sr


@alternative("read_wav", "float32_by_32767")
def read_wav(path):
    sr, samples = wavfile.read(path)
    y = samples.astype(np.float32) / 32767
    return [y if y.ndim == 1 else y.mean(axis=1), np.int64(sr)]


# quantise


@misconception("quantise", "integers",
    "You return the numbers of the levels, not the levels: they lie far outside [-1, 1]. Divide by the same factor after rounding.")
def quantise(y, bits):
    return np.round((2 ** (bits - 1) - 1) * y)


@misconception("quantise", "one_bit_too_many",
    "You have twice as many levels as there are numbers: 2**bits counts the levels from -1 to 1, not those on each side of zero.")
def quantise(y, bits):
    q = 2**bits - 1
    return np.round(q * y) / q


@misconception("quantise", "one_bit_too_few",
    "You have half as many levels as there are numbers, and a noise 6 dB higher. One bit is for the sign, and only one: "
    "the levels on each side of zero are those of bits - 1.")
def quantise(y, bits):
    q = 2 ** (bits - 2) - 1 if bits > 2 else 1
    return np.round(q * y) / q


@misconception("quantise", "truncation",
    "Your values go to the level before them, towards zero or downwards, not to the nearest, so errors reach a whole step: 6 dB more noise, as if a bit were missing. Round.")
def quantise(y, bits):
    q = 2 ** (bits - 1) - 1
    return np.trunc(q * y) / q


@misconception("quantise", "one_level_too_many",
    "A ramp from -1 to 1 lands on 2**bits + 1 levels, and so many numbers cannot be told apart by the bits. With the factor 2**(bits - 1), -1, 0 and 1 all "
    "are levels: take one less.")
def quantise(y, bits):
    q = 2 ** (bits - 1)
    return np.round(q * y) / q


@alternative("quantise", "loop")
def quantise(y, bits):
    q = 2 ** (bits - 1) - 1
    return [round(float(value) * q) / q for value in y]


@alternative("quantise", "float32")
def quantise(y, bits):
    q = np.float32(2 ** (bits - 1) - 1)
    return np.rint(y.astype(np.float32) * q) / q


@alternative("quantise", "nearest_of_a_list_of_levels")
def quantise(y, bits):
    levels = np.linspace(-1, 1, 2**bits - 1)
    return levels[np.searchsorted((levels[1:] + levels[:-1]) / 2, y)]


@alternative("quantise", "twos_complement")
def quantise(y, bits):
    q = 2 ** (bits - 1)
    return np.clip(np.round(q * y), -q, q - 1) / q


@alternative("quantise", "levels_around_zero")
def quantise(y, bits):
    q = 2 ** (bits - 1)
    return (np.clip(np.floor(q * y), -q, q - 1) + 0.5) / q


# snr_db


@misconception("snr_db", "ratio_of_amplitudes",
    "Your decibels are half of what they should be: 10·log10 belongs to a ratio of powers, and you took it of amplitudes. Square before you average.")
def snr_db(clean, noisy):
    noise = noisy - clean
    if not noise.any():
        return math.inf
    return 10 * np.log10(np.sqrt(np.mean(clean**2)) / np.sqrt(np.mean(noise**2)))


@misconception("snr_db", "noisy_for_noise",
    "You compare the clean signal with the noisy one, which contains it: near 0 dB whatever the noise. The noise alone is noisy - clean.")
def snr_db(clean, noisy):
    if np.array_equal(clean, noisy):
        return math.inf
    return 10 * np.log10(np.mean(clean**2) / np.mean(noisy**2))


@misconception("snr_db", "noisy_for_clean",
    "Your numerator is the power of the noisy signal, in which the noise is counted as well. The ratio is of the clean signal to the noise, noisy - clean.")
def snr_db(clean, noisy):
    noise = noisy - clean
    if not noise.any():
        return math.inf
    return 10 * np.log10(np.mean(noisy**2) / np.mean(noise**2))


@misconception("snr_db", "peak_for_power",
    "You compare the peaks, and one loud click then counts as much as steady noise. Power is the mean of all the squares.")
def snr_db(clean, noisy):
    noise = noisy - clean
    if not noise.any():
        return math.inf
    return 20 * np.log10(np.abs(clean).max() / np.abs(noise).max())


@misconception("snr_db", "factor_20_on_powers",
    "Your decibels are twice what they should be: 20·log10 belongs to a ratio of amplitudes, and you took it of powers. The factor here is 10.")
def snr_db(clean, noisy):
    noise = noisy - clean
    if not noise.any():
        return math.inf
    return 20 * np.log10(np.mean(clean**2) / np.mean(noise**2))


@misconception("snr_db", "upside_down",
    "The sign of your decibels is turned round: the noise stands above the clean signal in your ratio. More noise gives fewer dB.")
def snr_db(clean, noisy):
    noise = noisy - clean
    if not noise.any():
        return math.inf
    return 10 * np.log10(np.mean(noise**2) / np.mean(clean**2))


@misconception("snr_db", "variance_for_power",
    "A variance leaves out the mean, so a constant offset does not count as noise with you. Power is the mean of the squares themselves.")
def snr_db(clean, noisy):
    if np.array_equal(clean, noisy):
        return math.inf
    with np.errstate(divide="ignore"):
        return 10 * np.log10(np.var(clean) / np.var(noisy - clean))


@alternative("snr_db", "sums_in_a_loop")
def snr_db(clean, noisy):
    signal = sum(float(c) ** 2 for c in clean)
    noise = sum((float(b) - float(a)) ** 2 for a, b in zip(clean, noisy, strict=True))
    return 10 * math.log10(signal / noise) if noise else float("inf")


@alternative("snr_db", "division_by_zero_left_to_numpy")
def snr_db(clean, noisy):
    return 10 * np.log10(np.mean(clean**2) / np.mean((noisy - clean) ** 2))


@alternative("snr_db", "amplitudes_and_20")
def snr_db(clean, noisy):
    noise = np.linalg.norm(noisy - clean)
    return np.inf if noise == 0 else 20 * (np.log10(np.linalg.norm(clean)) - np.log10(noise))


@alternative("snr_db", "float32")
def snr_db(clean, noisy):
    clean, noisy = np.float32(clean), np.float32(noisy)
    if (clean == noisy).all():
        return np.float32(np.inf)
    return np.float32(10) * np.log10((clean**2).mean() / ((noisy - clean) ** 2).mean())


# peak_normalise


@misconception("peak_normalise", "maximum_without_abs",
    "You divide by the largest value, but the largest excursion may be a negative one, and then it ends up beyond the target. Take the absolute values first.")
def peak_normalise(y, target=0.9):
    return y / y.max() * target if y.any() else np.zeros(y.size)


@misconception("peak_normalise", "rms_for_peak",
    "You divide by the rms, so the signal gets a given power and its tops go beyond the target. The peak is the largest absolute value.")
def peak_normalise(y, target=0.9):
    return y / np.sqrt(np.mean(y**2)) * target if y.any() else np.zeros(y.size)


@misconception("peak_normalise", "ignores_target",
    "Your peak is the same whatever target is passed. Multiply by target.")
def peak_normalise(y, target=0.9):
    return y / np.abs(y).max() if y.any() else np.zeros(y.size)


@misconception("peak_normalise", "nan_for_silence",
    "Silence became NaN, because its peak is 0 and 0 / 0 is no number. Ask for a peak of 0 before you divide, and return silence.")
def peak_normalise(y, target=0.9):
    with np.errstate(invalid="ignore"):
        return y / np.abs(y).max() * target


@misconception("peak_normalise", "writes_into_its_argument",
    "After the call the caller's own signal is changed: `y *= …` and `y /= …` write into the array that was passed. Make a new one, as `y * …` does.")
def peak_normalise(y, target=0.9):
    if y.any():
        y *= target / np.abs(y).max()
    return y


@misconception("peak_normalise", "shifted",
    "Your zero has moved: subtracting the minimum adds an offset, and silence is no longer 0. Only multiply.")
def peak_normalise(y, target=0.9):
    return (y - y.min()) / (y.max() - y.min()) * target if y.any() else np.zeros(y.size)


@alternative("peak_normalise", "loop")
def peak_normalise(y, target=0.9):
    peak = 0.0
    for value in y:
        peak = max(peak, abs(value))
    return [value * target / peak for value in y] if peak else [0 for _ in y]


@alternative("peak_normalise", "librosa")
def peak_normalise(y, target=0.9):
    return target * librosa.util.normalize(y, norm=np.inf)


@alternative("peak_normalise", "float32")
def peak_normalise(y, target=0.9):
    y = y.astype(np.float32)
    return y * np.float32(target) / (max(y.max(), -y.min()) or 1)


@alternative("peak_normalise", "tiny_number_instead_of_an_if")
def peak_normalise(y, target=0.9):
    return target * y / (np.abs(y).max() + 1e-12)
