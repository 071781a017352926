"""Tests of clips of notes: pitches by the harmonics in scipy's spectrum, noise by the time before the note. What is drawn is told by 140 clips."""

import numpy as np
import pytest
from scipy.signal import periodogram

from reference_impl import make_note_clips

HZ = {1: 261.63, 2: 293.66, 3: 329.63, 4: 349.23, 5: 392.00, 6: 440.00, 7: 493.88}  # in octave 4
PAUSE = 2205  # samples in which no note has begun


@pytest.fixture
def rng():
    return np.random.default_rng(20180401)


@pytest.fixture(scope="module")
def clips():
    return make_note_clips(20, np.random.default_rng(1))


def cents_off(clip, octave=4):
    """How far the pitch lies from the label's note: the shift at which five harmonics together are strongest, in whole cents up to 100."""
    freqs, power = periodogram(clip.y, clip.sr, window="hann", nfft=2**17)
    shifts = np.arange(-100, 101)
    f0 = HZ[clip.label] * 2.0 ** (octave - 4 + shifts / 1200)
    return shifts[np.interp(f0[:, np.newaxis] * np.arange(1, 6), freqs, power, right=0.0).sum(axis=1).argmax()]


def snr_db(clip):
    """Ratio of the note to the noise, whose power is that before the note."""
    noise = np.mean(clip.y[:PAUSE] ** 2)
    return 10 * np.log10((np.mean(clip.y**2) - noise) / noise)


def clear_ones(clips):
    return [clip for clip in clips if snr_db(clip) > 15]


def upper_share(clip):
    """The share of the power in harmonics 7 to 10, less that of the noise, whose density is the median of the highest frequencies' one."""
    freqs, power = periodogram(clip.y, clip.sr)
    inside = (freqs > 6.5 * HZ[clip.label]) & (freqs < 10.5 * HZ[clip.label])
    noise = np.median(power[freqs > 9000]) / np.log(2)  # the powers are exponentially distributed
    return (power[inside] - noise).sum() / power.sum()


@pytest.mark.parametrize("takes", [1, 3])
def test_each_note_has_its_takes(rng, takes):
    assert sorted(clip.label for clip in make_note_clips(takes, rng)) == sorted([1, 2, 3, 4, 5, 6, 7] * takes)


def test_clips_are_half_seconds_of_finite_samples(clips):
    for clip in clips:
        assert (clip.y.shape, clip.y.dtype, clip.sr) == ((11025,), float, 22050)
        assert np.isfinite(clip.y).all()


def test_takes_are_numbered(clips):
    assert [clip.take for clip in clips] == list(range(140))


def test_labels_and_takes_are_plain_whole_numbers(clips):
    assert {type(value) for clip in clips for value in (clip.sr, clip.label, clip.take)} == {int}


def test_each_pitch_is_its_labels_within_25_cents(clips):
    cents = [cents_off(clip) for clip in clips]
    assert max(np.abs(cents)) <= 26  # half a cent for the grid, and noise; 25 in 840 draws
    assert min(cents) < -20 and max(cents) > 20


@pytest.mark.parametrize("octave", [3, 5])
def test_the_octave_doubles_and_halves_pitches(octave):
    clips = clear_ones(make_note_clips(8, np.random.default_rng(2), octave))
    assert len(clips) > 5
    assert max(abs(cents_off(clip, octave)) for clip in clips) <= 27  # 25; the spectrum has a bin every 0.17 Hz, 2 cents of C3


@pytest.mark.parametrize("octave", [0, 8])
def test_the_outermost_octaves_are_finite(rng, octave):
    assert all(np.isfinite(clip.y).all() and clip.y.any() for clip in make_note_clips(2, rng, octave))


def test_noise_lies_0_to_20_db_below(clips):
    ratios = [snr_db(clip) for clip in clips]
    # 2205 samples tell the noise within 3 %: 0.3 dB of the ratio at 0 dB, and five times that at most
    assert -1.5 < min(ratios) < 2 and 18 < max(ratios) < 20.7


def test_a_clip_begins_with_white_noise(clips):
    neighbours = [np.corrcoef(clip.y[: PAUSE - 1], clip.y[1:PAUSE])[0, 1] for clip in clips]
    assert max(np.abs(neighbours)) < 0.11  # five times 1 / sqrt(2205)


def test_notes_begin_after_01_to_02_seconds(clips):
    begin = []
    for clip in clear_ones(clips):
        power = np.convolve(clip.y**2, np.ones(110) / 110, mode="valid")  # over 5 ms
        begin.append(np.flatnonzero(power > 10 * np.mean(clip.y[:PAUSE] ** 2))[0] / clip.sr)
    assert 0.095 < min(begin) < 0.12 and 0.18 < max(begin) < 0.225  # 5 ms early by the mean; up to 25 ms late in a slow attack


def test_peaks_are_drawn_from_02_to_09(clips):
    peaks = [np.abs(clip.y).max() for clip in clear_ones(clips)]
    assert 0.18 < min(peaks) < 0.35 and 0.75 < max(peaks) < 1.1  # the noise adds or takes 0.2 at most


def test_both_tones_of_few_harmonics_and_strings_occur(clips):
    shares = np.array([upper_share(clip) for clip in clear_ones(clips)])
    assert np.mean(np.abs(shares) < 0.002) > 0.25  # tones have five harmonics at most
    assert np.mean(shares > 0.01) > 0.25  # strings have as many as fit


def test_no_two_clips_are_equal(clips):
    assert len({clip.y.tobytes() for clip in clips}) == 140


def test_the_labels_order_is_drawn():
    assert len({tuple(clip.label for clip in make_note_clips(2, np.random.default_rng(seed))) for seed in range(5)}) == 5


def test_an_equal_generator_gives_equal_clips():
    one, same, other = (make_note_clips(1, np.random.default_rng(seed)) for seed in (3, 3, 4))
    for a, b in zip(one, same, strict=True):
        np.testing.assert_array_equal(a.y, b.y)
        assert a[1:] == b[1:]
    assert not any(np.array_equal(a.y, b.y) for a in one for b in other)


def test_global_randomness_is_left_alone():
    before = np.random.get_state()[1].copy()
    make_note_clips(1, np.random.default_rng(0))
    np.testing.assert_array_equal(np.random.get_state()[1], before)


@pytest.mark.parametrize("takes", [0, -1, 2.0, True, [1, 2], None])
def test_what_is_no_number_of_takes_is_refused(rng, takes):
    with pytest.raises(ValueError, match=r"takes=.*1 or more"):
        make_note_clips(takes, rng)


@pytest.mark.parametrize("rng", [0, None, np.random])
def test_a_seed_is_no_generator(rng):
    with pytest.raises(ValueError, match=r"must be a numpy.random.Generator; did you pass a seed"):
        make_note_clips(1, rng)


@pytest.mark.parametrize("octave", [-1, 9, 60, 4.0, True, "4"])
def test_what_is_no_octave_is_refused(rng, octave):
    with pytest.raises(ValueError, match=r"octave=.*from 0 to 8; did you pass a MIDI number"):
        make_note_clips(1, rng, octave)
