"""Tests of the Fourier transform and its bins: laws first, then numpy, scipy and closed forms as oracles."""

import numpy as np
import pytest
import scipy.signal

from reference_impl import alias_frequency, amplitude_spectrum, bin_to_hz, dft, dominant_frequency, hz_to_bin

SR = 22050
NAN, INF = float("nan"), float("inf")
ROUNDING = 1e-9  # relative, of sums of some hundred products


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


def tone(freq, n, sr=SR, amp=1.0, phase=0.0):
    return amp * np.sin(2 * np.pi * freq * np.arange(n) / sr + phase)


# All that take a signal or a sampling rate


@pytest.mark.parametrize("function", [dominant_frequency, amplitude_spectrum])
@pytest.mark.parametrize(
    ("y", "match"),
    [
        (0.5, r"shape \(\)"),
        (np.zeros((2, 8)), r"shape \(2, 8\)"),
        (np.arange(8, dtype=np.int16), "dtype int16"),
        ([0.1, 0.2, NAN, 0.4], "NaN or infinity"),
        ([0.1, 0.2, INF, 0.4], "NaN or infinity"),
        ([0.1], "y has 1 samples"),
        ([], "y has 0 samples"),
    ],
)
def test_what_is_no_signal_is_refused(function, y, match):
    with pytest.raises(ValueError, match=match):
        function(y, SR)


@pytest.mark.parametrize("call", [
    lambda sr: bin_to_hz(1, 8, sr), lambda sr: hz_to_bin(440.0, 8, sr), lambda sr: alias_frequency(440.0, sr),
    lambda sr: dominant_frequency(tone(440.0, 64), sr), lambda sr: amplitude_spectrum(tone(440.0, 64), sr),
])
@pytest.mark.parametrize("sr", [0, -8000, NAN, INF, None, "8000", True])
def test_what_is_no_sampling_rate_is_refused(call, sr):
    with pytest.raises(ValueError, match="sr=.* must be a positive number of Hz"):
        call(sr)


@pytest.mark.parametrize("call", [lambda n: bin_to_hz(1, n, SR), lambda n: hz_to_bin(440.0, n, SR)])
@pytest.mark.parametrize("n_fft", [0, -8, 8.0, True, None, "8"])
def test_what_is_no_length_of_a_transform_is_refused(call, n_fft):
    with pytest.raises(ValueError, match="n_fft=.* positive whole number"):
        call(n_fft)


@pytest.mark.parametrize("function", [dft, lambda y: dominant_frequency(y, SR), lambda y: amplitude_spectrum(y, SR)])
def test_the_argument_is_left_as_it_was(function, rng):
    y = rng.uniform(-1, 1, 60)
    before = y.copy()
    function(y)
    np.testing.assert_array_equal(y, before)


# dft


@pytest.mark.parametrize("n", [1, 2, 7, 64, 255, 256])
def test_the_transform_is_numpys(rng, n):
    x = rng.standard_normal(n) + 1j * rng.standard_normal(n)
    expected = np.fft.fft(x)
    np.testing.assert_allclose(dft(x), expected, atol=1e-12 * np.abs(expected).max())  # 4e-15 measured


def test_the_energy_is_kept(rng):
    x = rng.standard_normal(100)
    assert np.sum(np.abs(dft(x)) ** 2) == pytest.approx(100 * np.sum(x**2), rel=ROUNDING)


def test_the_transform_is_linear(rng):
    x, y = rng.standard_normal((2, 50))
    np.testing.assert_allclose(dft(2.5 * x - 3 * y), 2.5 * dft(x) - 3 * dft(y), atol=ROUNDING)


def test_a_delay_turns_the_phases(rng):
    x = rng.standard_normal(40)
    np.testing.assert_allclose(dft(np.roll(x, 3)), np.exp(-2j * np.pi * 3 * np.arange(40) / 40) * dft(x), atol=ROUNDING)


def test_real_samples_have_a_mirrored_transform(rng):
    X = dft(rng.standard_normal(31))
    np.testing.assert_allclose(X[1:], X[:0:-1].conj(), atol=ROUNDING)


def test_whole_numbers_are_numbers():
    np.testing.assert_allclose(dft([1, 2, 0, -1]), [2, 1 - 3j, 0, 1 + 3j], atol=1e-15)  # worked by hand


@pytest.mark.parametrize(
    ("x", "match"),
    [
        (1.0, r"shape \(\)"),
        (np.zeros((2, 4)), r"shape \(2, 4\)"),
        ([], "no samples"),
        (["1"], "dtype <U1"),
        ([True], "dtype bool"),
        ([1.0, NAN], "NaN or infinity"),
        ([1.0, -INF * 1j], "NaN or infinity"),
    ],
)
def test_what_cannot_be_transformed_is_refused(x, match):
    with pytest.raises(ValueError, match=match):
        dft(x)


# bin_to_hz, hz_to_bin


@pytest.mark.parametrize("n_fft", [512, 513])
def test_bins_lie_where_numpy_says(n_fft):
    came = [bin_to_hz(k, n_fft, SR) for k in range(1 + n_fft // 2)]
    np.testing.assert_allclose(came, np.fft.rfftfreq(n_fft, 1 / SR), rtol=1e-12)  # rounding


def test_the_middle_bin_is_half_the_rate():
    assert bin_to_hz(256, 512, SR) == SR / 2


def test_the_two_are_inverse_to_each_other(rng):
    for k in rng.uniform(0, 1024, 50):
        assert hz_to_bin(bin_to_hz(k, 2048, SR), 2048, SR) == pytest.approx(k, rel=1e-12)  # rounding


@pytest.mark.parametrize(("f", "k"), [(440.0, 14.08), (0.0, 0.0), (8000, 256.0)])
def test_a_frequency_may_lie_between_two_bins(f, k):
    came = hz_to_bin(f, 512, 16000)
    assert isinstance(came, float) and came == pytest.approx(k, rel=1e-12)  # rounding


@pytest.mark.parametrize("value", [NAN, INF, None, "440", np.ones(2), 1j])
def test_what_is_no_bin_and_no_frequency_is_refused(value):
    with pytest.raises(ValueError, match="k=.* must be a number"):
        bin_to_hz(value, 512, SR)
    for function in (lambda f: hz_to_bin(f, 512, SR), lambda f: alias_frequency(f, SR)):
        with pytest.raises(ValueError, match="f=.* must be a number of Hz"):
            function(value)


# alias_frequency


@pytest.mark.parametrize("turns", [-9, -1, 1, 10])
def test_samples_cannot_tell_frequencies_a_rate_apart(turns):
    for f in (0.0, 130.0, 1999.5, 2000.0):
        assert alias_frequency(f + turns * 4000, 4000) == pytest.approx(f, abs=1e-9)  # rounding


def test_a_negative_frequency_sounds_like_its_positive():
    assert alias_frequency(-5000.0, 8000) == alias_frequency(5000.0, 8000) == 3000.0


def test_the_samples_of_the_alias_are_those_of_the_tone(rng):
    n = np.arange(300)
    for f in rng.uniform(-80000, 80000, 20):
        cosine, alias = (np.cos(2 * np.pi * freq * n / 8000) for freq in (f, alias_frequency(f, 8000)))
        np.testing.assert_allclose(cosine, alias, atol=1e-8)  # rounding of angles up to 2e4


# dominant_frequency


@pytest.mark.parametrize("offset", [0.0, 0.8, -3.0])
@pytest.mark.parametrize(("n", "sr"), [(4096, 22050), (2047, 8000)])
def test_a_tone_is_found_to_a_sixtieth_of_a_bin(rng, n, sr, offset):
    for freq in rng.uniform(20 * sr / n, sr / 4, 30):
        y = tone(freq, n, sr, rng.uniform(1e-3, 1), rng.uniform(-3, 3)) + offset
        assert abs(dominant_frequency(y, sr) - freq) <= sr / n / 60  # 0.0161 bins by the parabola, 1e-4 by the mirrored tone


def test_a_tone_at_a_bin_is_found_exactly():
    freq = 200 * SR / 4096
    assert dominant_frequency(tone(freq, 4096, phase=0.3), SR) == pytest.approx(freq, rel=1e-9)  # rounding


def test_the_strongest_tone_is_chosen():
    y = tone(700.0, 4096, amp=0.3) + tone(3000.0, 4096, amp=0.5)
    assert dominant_frequency(y, SR) == pytest.approx(3000.0, abs=0.5)  # 0.086 by the parabola


def test_the_level_does_not_matter():
    y = tone(700.0, 4096)
    assert dominant_frequency(1e-150 * y, SR) == pytest.approx(dominant_frequency(y, SR), rel=ROUNDING)


@pytest.mark.parametrize(("freq", "bin_sought"), [(0.4, 1), (31.9, 31)])
def test_a_tone_at_the_edge_is_found_to_a_bin(freq, bin_sought):
    assert abs(dominant_frequency(tone(freq, 64, 64, phase=1.0), 64) - bin_sought) <= 1


@pytest.mark.parametrize("y", [np.zeros(64), np.full(64, 0.1)])
def test_what_is_constant_has_no_frequency(y):
    with pytest.raises(ValueError, match="y is constant"):
        dominant_frequency(y, SR)


def test_three_samples_are_too_few_for_a_tone():
    with pytest.raises(ValueError, match="at least 4"):
        dominant_frequency([0.0, 1.0, 0.0], SR)


# amplitude_spectrum


@pytest.mark.parametrize("n", [64, 65, 1000])
def test_a_tone_at_a_bin_has_its_amplitude(n):
    freqs, magnitudes = amplitude_spectrum(tone(11 * SR / n, n, amp=0.7, phase=0.4), SR)
    assert magnitudes[11] == pytest.approx(0.7, rel=ROUNDING)
    assert freqs[11] == pytest.approx(11 * SR / n, rel=1e-12)  # rounding


def test_each_tone_of_a_mix_has_its_amplitude():
    magnitudes = amplitude_spectrum(tone(1000.0, 800, 8000, 0.3) + tone(2500.0, 800, 8000, 0.05), 8000).magnitudes
    np.testing.assert_allclose(magnitudes[[100, 250]], [0.3, 0.05], rtol=ROUNDING)


def test_an_offset_is_not_doubled():
    assert amplitude_spectrum(np.full(50, -0.4), SR).magnitudes[0] == pytest.approx(0.4, rel=ROUNDING)


def test_half_the_rate_is_not_doubled():
    assert amplitude_spectrum(0.6 * (-1.0) ** np.arange(50), SR).magnitudes[-1] == pytest.approx(0.6, rel=ROUNDING)


@pytest.mark.parametrize("n", [2, 3, 100, 101])
def test_the_spectrum_is_scipys(rng, n):
    y = rng.uniform(-1, 1, n)
    freqs, power = scipy.signal.periodogram(y, SR, window="hann", detrend=False, scaling="spectrum")
    expected = np.sqrt(power)  # of the mean square: a sine's is amp / √2
    expected[1 : None if n % 2 else -1] *= np.sqrt(2)
    came = amplitude_spectrum(y, SR)
    np.testing.assert_allclose(came.freqs, freqs, rtol=1e-12)  # rounding
    np.testing.assert_allclose(came.magnitudes, expected, atol=1e-12)  # rounding
