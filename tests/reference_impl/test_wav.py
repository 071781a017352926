"""Tests of WAV files and sample values: laws first, then scipy and soundfile as oracles for the files."""

import io
import wave

import numpy as np
import pytest
import soundfile
from scipy.io import wavfile

from reference_impl import peak_normalise, quantise, read_wav, snr_db, to_int16, write_wav

SR = 8000
SIGNAL_TAKERS = [
    pytest.param(to_int16, id="to_int16"),
    pytest.param(lambda y: quantise(y, 8), id="quantise"),
    pytest.param(lambda y: snr_db(y, y), id="snr_db"),
    pytest.param(peak_normalise, id="peak_normalise"),
]


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def pcm(samples, sr=SR, width=2):
    """A WAV file's bytes, of samples (n,) or (n, channels), by the standard library."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1 if samples.ndim == 1 else samples.shape[1])
        file.setsampwidth(width)
        file.setframerate(sr)
        file.writeframes(samples.tobytes())
    return content.getvalue()


# All that take a signal


@pytest.mark.parametrize("function", SIGNAL_TAKERS)
@pytest.mark.parametrize(
    ("y", "match"),
    [
        (0.5, r"shape \(\)"),
        (np.zeros((2, 4)), r"shape \(2, 4\)"),
        (np.array([3, -4], dtype=np.int16), "dtype int16"),
        (np.array([0.1j]), "dtype complex128"),
        ([0.1, np.nan], "NaN or infinity"),
        ([0.1, -np.inf], "NaN or infinity"),
    ],
)
def test_what_is_no_signal_is_refused(function, y, match):
    with pytest.raises(ValueError, match=match):
        function(y)


@pytest.mark.parametrize("function", SIGNAL_TAKERS)
def test_the_argument_is_left_as_it_was(function, rng):
    y = rng.uniform(-1.5, 1.5, 100)
    before = y.copy()
    function(y)
    np.testing.assert_array_equal(y, before)


@pytest.mark.parametrize("function", [to_int16, lambda y: quantise(y, 8), peak_normalise])
def test_no_samples_give_no_samples(function):
    assert function([]).shape == (0,)


# to_int16


def test_samples_are_within_half_a_step_of_the_signal(rng):
    y = rng.uniform(-1, 1, 10_000)
    assert np.abs(to_int16(y) - 32767 * y).max() <= 0.5 + 1e-9  # rounding of the product, about 4e-12


def test_samples_are_16_bit_integers():
    assert to_int16([0.1]).dtype == np.int16


def test_every_sample_value_comes_back():
    k = np.arange(-32767, 32768)
    np.testing.assert_array_equal(to_int16(k / 32767), k)


def test_what_exceeds_full_scale_is_clipped():
    np.testing.assert_array_equal(to_int16([1.2, -1.2, 1e300]), [32767, -32767, 32767])


# write_wav


def test_the_standard_library_reads_what_is_written(tmp_path, rng):
    y = rng.uniform(-1.2, 1.2, 123)
    write_wav(tmp_path / "clip.wav", y, 11025)
    with wave.open(str(tmp_path / "clip.wav")) as file:
        assert file.getparams()[:4] == (1, 2, 11025, 123)
        np.testing.assert_array_equal(np.frombuffer(file.readframes(123), "<i2"), to_int16(y))


def test_the_file_is_scipys_byte_for_byte(tmp_path, rng):
    y = rng.uniform(-1, 1, 50)
    write_wav(tmp_path / "ours.wav", y, np.int64(48000))
    wavfile.write(tmp_path / "scipys.wav", 48000, to_int16(y))
    assert (tmp_path / "ours.wav").read_bytes() == (tmp_path / "scipys.wav").read_bytes()


def test_an_existing_file_is_replaced_whole(tmp_path):
    for n in (100, 3):
        write_wav(str(tmp_path / "clip.wav"), np.zeros(n), SR)
    assert read_wav(tmp_path / "clip.wav").y.shape == (3,)


@pytest.mark.parametrize("sr", [0, -8000, 44.1, 8000.0, True, "8000", 2**31])
def test_what_is_no_sampling_rate_is_refused(tmp_path, sr):
    with pytest.raises(ValueError, match=r"sr=.*positive whole number"):
        write_wav(tmp_path / "clip.wav", np.zeros(3), sr)


def test_a_refused_signal_leaves_no_file(tmp_path):
    with pytest.raises(ValueError, match="NaN"):
        write_wav(tmp_path / "clip.wav", [np.nan], SR)
    assert not list(tmp_path.iterdir())


# read_wav


@pytest.mark.parametrize("sr", [8000, 22050, 41100, 44100, 48000])
def test_files_keep_their_rate(tmp_path, sr):
    (tmp_path / "clip.wav").write_bytes(pcm(np.zeros(10, np.int16), sr))
    assert read_wav(tmp_path / "clip.wav").sr == sr


def test_soundfile_reads_the_same_samples(tmp_path, rng):
    path = tmp_path / "clip.wav"
    path.write_bytes(pcm(rng.integers(-32768, 32768, 500).astype(np.int16)))
    np.testing.assert_array_equal(read_wav(path).y, soundfile.read(path)[0])  # both divide by a power of two: exact


def test_the_lowest_sample_is_minus_one(tmp_path):
    (tmp_path / "clip.wav").write_bytes(pcm(np.array([-32768, 16384], np.int16)))
    np.testing.assert_array_equal(read_wav(str(tmp_path / "clip.wav")).y, [-1.0, 0.5])


@pytest.mark.parametrize("n_channels", [1, 2, 6])
def test_channels_are_averaged(tmp_path, rng, n_channels):
    samples = rng.integers(-32768, 32768, (40, n_channels)).astype(np.int16)
    (tmp_path / "clip.wav").write_bytes(pcm(samples))
    np.testing.assert_allclose(read_wav(tmp_path / "clip.wav").y, (samples / 32768).mean(axis=1), atol=1e-15)  # rounding of the mean


def test_writing_then_reading_loses_half_a_step_and_the_ratio_of_the_factors(tmp_path, rng):
    y = rng.uniform(-1, 1, 1000)
    write_wav(tmp_path / "clip.wav", y, SR)
    assert np.abs(read_wav(tmp_path / "clip.wav").y - y * 32767 / 32768).max() <= 0.5 / 32768 + 1e-12  # rounding of the product


def test_a_file_without_samples_gives_an_empty_signal(tmp_path):
    write_wav(tmp_path / "clip.wav", [], SR)
    assert read_wav(tmp_path / "clip.wav").y.shape == (0,)


@pytest.mark.parametrize(("width", "bits"), [(1, 8), (3, 24), (4, 32)])
def test_other_sample_widths_are_refused(tmp_path, width, bits):
    (tmp_path / "clip.wav").write_bytes(pcm(np.zeros(12, np.uint8), width=width))
    with pytest.raises(ValueError, match=f"{bits}-bit samples"):
        read_wav(tmp_path / "clip.wav")


def test_files_of_floats_are_refused(tmp_path):
    wavfile.write(tmp_path / "clip.wav", SR, np.zeros(10))
    with pytest.raises(ValueError, match="is it of floats"):
        read_wav(tmp_path / "clip.wav")


@pytest.mark.parametrize("content", [b"", b"RIFF", b"no sound at all, only some text in a file"])
def test_what_is_no_wav_file_is_refused(tmp_path, content):
    (tmp_path / "clip.wav").write_bytes(content)
    with pytest.raises(ValueError, match="cannot be read as a PCM WAV"):
        read_wav(tmp_path / "clip.wav")


@pytest.mark.parametrize("missing", [1, 2, 11])
def test_a_file_cut_short_is_refused(tmp_path, missing):
    (tmp_path / "clip.wav").write_bytes(pcm(np.arange(10, dtype=np.int16))[:-missing])
    with pytest.raises(ValueError, match="ends before its 10 samples"):
        read_wav(tmp_path / "clip.wav")


def test_a_missing_file_is_told_as_such(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_wav(tmp_path / "clip.wav")


# quantise


@pytest.mark.parametrize("bits", [2, 3, 8, 12])
def test_a_ramp_takes_all_levels_but_one(bits):
    assert np.unique(quantise(np.linspace(-1, 1, 2 ** (bits + 3)), bits)).size == 2**bits - 1


def test_no_value_moves_by_more_than_half_a_step(rng):
    y = rng.uniform(-1, 1, 10_000)
    assert np.abs(quantise(y, 6) - y).max() <= 0.5 / 31 + 1e-12  # rounding


def test_16_bits_are_what_a_file_keeps(rng):
    y = rng.uniform(-1.1, 1.1, 1000)
    np.testing.assert_allclose(quantise(y, 16), to_int16(y) / 32767, atol=1e-15)  # rounding


def test_what_is_quantised_stays_as_it_is(rng):
    once = quantise(rng.uniform(-1, 1, 1000), 5)
    np.testing.assert_array_equal(quantise(once, 5), once)


def test_quantising_is_odd(rng):
    y = rng.uniform(-1, 1, 1000)
    np.testing.assert_array_equal(quantise(-y, 7), -quantise(y, 7))


def test_silence_has_no_negative_zeros():
    assert not np.signbit(quantise(np.array([0.0, -0.01]), 4)).any()


def test_a_bit_more_is_6_db_less_noise(rng):
    y = rng.uniform(-1, 1, 100_000)
    ratios = [snr_db(y, quantise(y, bits)) for bits in range(8, 17)]
    expected = [20 * np.log10(2 * (2 ** (bits - 1) - 1)) for bits in range(8, 17)]  # power 1/3 over step² / 12
    np.testing.assert_allclose(ratios, expected, atol=0.05)  # 0.02 by chance, one bit is 6.02


@pytest.mark.parametrize("bits", [1, 0, -8, 33, 8.0, True, 256])
def test_what_is_no_number_of_bits_is_refused(bits):
    with pytest.raises(ValueError, match=r"bits=.*2 to 32"):
        quantise([0.1], bits)


# snr_db


def test_noise_a_tenth_as_large_is_20_db_down(rng):
    noise = rng.standard_normal(1000)
    assert snr_db(10 * noise, 11 * noise) == pytest.approx(20.0)


def test_the_ratio_is_independent_of_the_level(rng):
    clean, noise = rng.standard_normal((2, 1000))
    assert snr_db(0.01 * clean, 0.01 * (clean + noise)) == pytest.approx(snr_db(clean, clean + noise))


def test_half_the_noise_is_6_db_more(rng):
    clean, noise = rng.standard_normal((2, 1000))
    assert snr_db(clean, clean + noise / 2) - snr_db(clean, clean + noise) == pytest.approx(20 * np.log10(2))


def test_equal_signals_have_an_infinite_ratio(rng):
    y = rng.standard_normal(10)
    assert snr_db(y, y) == np.inf


def test_noise_too_small_to_square_counts_as_none():
    assert snr_db([0.0, 1.0], [1e-200, 1.0]) == np.inf


def test_an_offset_is_noise():
    assert snr_db([1.0, -1.0], [1.1, -0.9]) == pytest.approx(20.0)


@pytest.mark.parametrize(
    ("clean", "noisy", "match"),
    [([], [], "no samples"), ([0.1, 0.2], [0.1], "as many"), ([0.0, 0.0], [0.1, 0.2], "clean is silent")],
)
def test_signals_without_a_ratio_are_refused(clean, noisy, match):
    with pytest.raises(ValueError, match=match):
        snr_db(clean, noisy)


# peak_normalise


@pytest.mark.parametrize("scale", [1e-300, 1e-3, 1.0, 40.0])
def test_the_largest_excursion_becomes_the_target(rng, scale):
    y = scale * rng.uniform(-1, 1, 100)
    assert np.abs(peak_normalise(y, 0.7)).max() == pytest.approx(0.7)


def test_all_samples_are_scaled_alike(rng):
    y = rng.uniform(-1, 1, 100)
    np.testing.assert_allclose(peak_normalise(y) / y, 0.9 / np.abs(y).max(), rtol=1e-12)  # rounding


def test_silence_stays_silence_when_normalised():
    np.testing.assert_array_equal(peak_normalise(np.zeros(5)), np.zeros(5))


def test_silence_comes_back_as_a_copy():
    y = np.zeros(5)
    assert not np.shares_memory(y, peak_normalise(y))


@pytest.mark.parametrize("target", [0.0, -1.0, 1.5, 90, np.nan])
def test_what_is_no_peak_is_refused(target):
    with pytest.raises(ValueError, match=r"target=.*at most 1"):
        peak_normalise([0.1], target)
