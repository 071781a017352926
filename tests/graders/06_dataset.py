"""Hidden grader of 06_dataset. Signals are 1-D floats, 1 is full scale; a data matrix has one row a clip; images are (height, width).

Where two figures stand beside a tolerance, the first is the worst of a rightful variant (float32 included), the second the mildest
of a misconception that this test is for, over 30 to 300 seeds with numpy 2.4, scipy 1.17 and librosa 0.11. Clips are drawn
by the learner's code, so that no two learners' are alike: tests of them name the hint that is likely once the tests above have passed.
"""

import io
import posixpath
import re
import wave
from typing import NamedTuple

import numpy as np
from PIL import Image

from autograder import agree, compare, grades, refuses, tell

SR = 22050


# q1, q2, q3


@grades("q1")
def test_q1(learner):
    assert str(learner.q1()).strip().lower() == "b", "Question 1 has another answer"


@grades("q2")
def test_q2(learner):
    assert str(learner.q2()).strip().lower() == "b", "Question 2 has another answer"


@grades("q3")
def test_q3(learner):
    assert str(learner.q3()).strip().lower() == "c", "Question 3 has another answer"


# make_clips


class Drawn(NamedTuple):
    """A clip as it came across: a Clip of the learner's crosses as a plain tuple."""

    y: np.ndarray
    sr: int
    label: int
    take: int


def draw(learner, n, seed):
    """The learner's clips, or a message why they are none."""
    call = f"make_clips({n}, rng)"
    came = learner.make_clips(n, np.random.default_rng(seed))
    assert isinstance(came, list | tuple), f"{call} returned {tell(came)}; a list of {n} clips was expected"
    assert len(came) == n, f"{call} returned {len(came)} clips; {n} were expected"
    clips = [_clip(clip, f"{call}[{i}]") for i, clip in enumerate(came)]
    labels = {clip.label for clip in clips}
    assert labels <= {0, 1}, f"{call} has the labels {sorted(labels)}; 1 for sound and 0 for none were expected"
    return clips


def _clip(came, call):
    assert isinstance(came, list | tuple) and len(came) == 4, f"{call} is {tell(came)}; a Clip(y, sr, label, take) was expected"
    y = np.asarray(came[0])
    assert y.ndim == 1 and y.dtype.kind == "f", f"the signal of {call} is {tell(came[0])}; a float array in one dimension was expected"
    assert np.isfinite(y).all(), f"the signal of {call} holds NaN or infinity"
    for name, value in zip(("sr", "label", "take"), came[1:], strict=True):
        assert isinstance(value, int | float) and value == int(value), f"the {name} of {call} is {tell(value)}; a whole number was expected"
    return Drawn(y.astype(float), *(int(value) for value in came[1:]))


def seed_of(rng):
    return int(rng.integers(2**32))


def sounds(clips):
    return [clip.y for clip in clips if clip.label == 1]


def floors(clips):
    return [clip.y for clip in clips if clip.label == 0]


def rms_db(y):
    return 20 * np.log10(np.sqrt(np.mean(y**2)) + 1e-30)


def autocorrelation(y):
    """At lags of 0 to 399 samples, 1 at lag 0."""
    power = np.abs(np.fft.rfft(y, 2 * y.size)) ** 2
    return np.fft.irfft(power)[:400] / (np.sum(y**2) + 1e-30)


def period_of(y):
    """The first lag, in samples, at which a sound repeats itself nearly as well as at the best one."""
    likeness = autocorrelation(y)[15:]
    peaks = np.flatnonzero((likeness[1:-1] >= likeness[:-2]) & (likeness[1:-1] >= likeness[2:])) + 1
    return 15 + int(next((k for k in peaks if likeness[k] > 0.9 * likeness.max()), 0))


@grades("make_clips", weight=0.5, hint="plain_tuples")
def test_clips_have_named_fields(learner, rng):
    named = learner.probe("answer = [all(hasattr(clip, name) for name in ('y', 'sr', 'label', 'take')) for clip in make_clips(4, rng)]",
                          rng=np.random.default_rng(seed_of(rng)))
    assert named == [True] * 4, "make_clips(4, rng) did not return 4 things with the fields y, sr, label and take; a list of 4 Clip was expected"


@grades("make_clips", weight=0.5)
def test_a_clip_is_half_a_second_at_22050_hz(learner, rng):
    for clip in draw(learner, 4, seed_of(rng)):
        assert clip.sr == SR, f"make_clips(4, rng) returned a clip of {clip.sr} Hz; 22050 were expected"
        assert clip.y.shape == (11025,), f"make_clips(4, rng) returned a clip of shape {clip.y.shape}; (11025,) was expected, half a second"


@grades("make_clips", weight=0.5, hint="same_take")
def test_takes_count_the_clips(learner, rng):
    takes = [clip.take for clip in draw(learner, 5, seed_of(rng))]
    assert takes == [0, 1, 2, 3, 4], f"make_clips(5, rng) returned the takes {takes}; each clip is a take of its own: 0, 1, 2, 3, 4 were expected"


@grades("make_clips", hint="one_label_first")
def test_half_of_the_clips_are_sounds(learner, rng):
    for n in (1, 7, 12):
        ones = sum(clip.label for clip in draw(learner, n, seed_of(rng)))
        assert ones in (n // 2, n - n // 2), f"make_clips({n}, rng) returned {ones} clips of label 1; {n // 2} were expected"


@grades("make_clips", weight=0.5, hint="labels_inverted")
def test_clips_of_label_1_are_the_loud_ones(learner, rng):
    clips = draw(learner, 8, seed_of(rng))
    softest, loudest = min(map(rms_db, sounds(clips)), default=0.0), max(map(rms_db, floors(clips)), default=-100.0)
    # 14 dB apart at least (a string that dies soon, over the loudest floor); -60 dB (labels inverted)
    assert softest > loudest, f"make_clips(8, rng): a clip of label 1 has {softest:.0f} dB (rms) and one of label 0 has {loudest:.0f} dB; sounds are louder"


@grades("make_clips", hint="digital_silence")
def test_a_clip_without_a_sound_is_never_digitally_silent(learner, rng):
    for y in floors(draw(learner, 6, seed_of(rng))):
        zeros = y.size - np.count_nonzero(y)
        assert zeros < 25, f"make_clips(6, rng): a clip of label 0 has {zeros} samples that are exactly 0; a noise floor has none"


@grades("make_clips")
def test_floors_have_a_level_between_70_and_50_db_down(learner, rng):
    levels = [rms_db(y) for y in floors(draw(learner, 16, seed_of(rng)))]
    # -70.11 to -49.84 (the level of 11025 samples scatters by 0.06 dB around the one drawn); 10 ** (dB / 10) as a factor is 50 dB lower.
    assert all(-70.5 < level < -49.5 for level in levels), (
        f"make_clips(16, rng): clips of label 0 have levels from {min(levels):.1f} to {max(levels):.1f} dB; -70 to -50 dB were expected")


@grades("make_clips", weight=0.5, hint="one_floor_level")
def test_each_floor_has_a_level_of_its_own(learner, rng):
    levels = [rms_db(y) for y in floors(draw(learner, 16, seed_of(rng)))]
    # 5.4 dB (eight draws out of 20 dB lie within 1 dB once in a hundred million times); 0.32 dB (one level for all)
    assert np.ptp(levels) > 1.0, f"make_clips(16, rng): all clips of label 0 have a level of about {np.mean(levels):.0f} dB; it is to be drawn for each"


@grades("make_clips", hint="floor_missing_under_sounds")
def test_sounds_have_a_floor_as_well(learner, rng):
    for y in sounds(draw(learner, 8, seed_of(rng))):
        # An envelope is 0 at both ends, so that the floor alone is there.
        assert y[0] != 0.0 and y[-1] != 0.0, "make_clips(8, rng): a clip of label 1 begins or ends with exact zeros; its floor was expected there"


@grades("make_clips", weight=0.5)
def test_sounds_reach_a_peak_of_20_to_90_percent(learner, rng):
    peaks = [np.abs(y).max() for y in sounds(draw(learner, 16, seed_of(rng)))]
    # 0.199 to 0.904 (the floor adds or takes 0.017 at most); a peak that is left as the synthesis gives it is 1 for a string.
    assert all(0.17 < peak < 0.93 for peak in peaks), (
        f"make_clips(16, rng): sounds have peaks from {min(peaks):.2g} to {max(peaks):.2g}; 0.2 to 0.9 were expected")


@grades("make_clips", weight=0.5)
def test_sounds_are_periodic(learner, rng):
    for y in sounds(draw(learner, 8, seed_of(rng))):
        peak = autocorrelation(y)[15:].max()
        # 0.89 (a high string over a loud floor); 0.05 (noise in place of a sound)
        assert peak > 0.5, f"make_clips(8, rng): a clip of label 1 repeats itself to {peak:.0%} only, as noise does; a tone or a pluck was expected"


@grades("make_clips", weight=0.5, hint="midi_as_hz")
def test_sounds_lie_above_c3(learner, rng):
    power = np.mean([np.abs(np.fft.rfft(y / np.abs(y).max())) ** 2 for y in sounds(draw(learner, 16, seed_of(rng)))], axis=0)
    low = np.sum(power[: int(110 * 11025 / SR)]) / np.sum(power)
    # 0.0013 (MIDI 48 is 131 Hz); 0.25 (MIDI numbers taken as Hz)
    assert low < 0.03, f"make_clips(16, rng): the sounds have {low:.0%} of their power below 110 Hz; the lowest note, MIDI 48, has 131 Hz"


@grades("make_clips", hint="no_envelope")
def test_sounds_begin_and_end_in_the_floor(learner, rng):
    ends = max(abs(y[k]) for y in sounds(draw(learner, 24, seed_of(rng))) for k in (0, -1))
    # 0.011 (the loudest floor); 0.33 (no envelope)
    assert ends < 0.03, f"make_clips(24, rng): a sound is at {ends:.2g} at its first or last sample; an envelope begins and ends at 0, which leaves the floor"


@grades("make_clips", weight=0.5)
def test_sounds_rise_and_fall_in_5_ms_or_more(learner, rng):
    edge = max(abs(y[k]) for y in sounds(draw(learner, 24, seed_of(rng))) for k in (2, -3))
    # 0.034 (strings that rise and fall in 5 ms); 0.28 (at full level after a sample)
    assert edge < 0.1, f"make_clips(24, rng): two samples from an end a sound is at {edge:.2g}; attack and release take 5 ms or more, 110 samples"


@grades("make_clips", weight=0.5)
def test_sounds_last(learner, rng):
    middles = [np.sqrt(np.mean(y[4410:6615] ** 2)) for y in sounds(draw(learner, 24, seed_of(rng)))]
    # The loudest: 0.025 (strings that fall to a sustain of 0.3 at once); 0.003 (the floor alone)
    assert max(middles) > 0.009, f"make_clips(24, rng): from 0.2 s to 0.3 s no sound has more than {max(middles):.2g} (rms); one with a sustain of 0.3 or more lasts"


@grades("make_clips", hint="drawn_once")
def test_each_sound_has_a_loudness_of_its_own(learner, rng):
    peaks = [np.abs(y).max() for y in sounds(draw(learner, 16, seed_of(rng)))]
    # 0.21 (eight draws out of 0.7 lie within 0.08 once in ten million times); 0.009 (drawn once, the peaks differ by their floors)
    assert np.ptp(peaks) > 0.08, f"make_clips(16, rng): all sounds have a peak of about {np.mean(peaks):.2g}; it is to be drawn for each"


@grades("make_clips", weight=0.5)
def test_levels_of_floors_fill_their_range(learner, rng):
    levels = [rms_db(y) for y in floors(draw(learner, 80, seed_of(rng)))]
    # In dB: -70.11 to -49.84 (as above); -72.9 (powers of 11)
    assert min(levels) > -70.5 and max(levels) < -49.5, (
        f"make_clips(80, rng): clips of label 0 have levels from {min(levels):.1f} to {max(levels):.1f} dB; -70 to -50 dB were expected")
    # Forty draws out of 20 dB leave a quarter of them out once in a hundred thousand times. In dB: -66.0 to -52.0; none (one level)
    assert min(levels) < -65.0 and max(levels) > -55.0, (
        f"make_clips(80, rng): the 40 clips of label 0 have levels from {min(levels):.1f} to {max(levels):.1f} dB only; they are drawn from -70 to -50 dB")


@grades("make_clips", weight=0.5)
def test_peaks_of_sounds_fill_their_range(learner, rng):
    peaks = [np.abs(y).max() for y in sounds(draw(learner, 80, seed_of(rng)))]
    # 0.199 to 0.904 (as above); 1 (a range up to 1)
    assert min(peaks) > 0.17 and max(peaks) < 0.93, f"make_clips(80, rng): sounds have peaks from {min(peaks):.2g} to {max(peaks):.2g}; 0.2 to 0.9 were expected"
    # Forty draws leave a quarter of the range out once in a hundred thousand times. 0.31 to 0.81; 0.41 (a range from 0.4)
    assert min(peaks) < 0.375 and max(peaks) > 0.725, (
        f"make_clips(80, rng): the 40 sounds have peaks from {min(peaks):.2g} to {max(peaks):.2g} only; they are drawn from 0.2 to 0.9")


@grades("make_clips", weight=0.5)
def test_no_sound_is_lower_than_c3(learner, rng):
    longest = max(period_of(y) for y in sounds(draw(learner, 24, seed_of(rng))))
    # In samples: 169 (C3, MIDI 48); 178 (a semitone lower)
    assert longest < 172.5, f"make_clips(24, rng): a sound repeats itself after {longest} samples, at {SR / longest:.0f} Hz; the lowest note, MIDI 48, has 131 Hz"


@grades("make_clips", hint="one_pitch")
def test_each_sound_has_a_pitch_of_its_own(learner, rng):
    periods = {period_of(y) for y in sounds(draw(learner, 24, seed_of(rng)))}
    # 8 (some fall on one number of samples); 1 (one note)
    assert len(periods) >= 3, f"make_clips(24, rng): the 12 sounds have {len(periods)} different pitches; a pitch is to be drawn for each"


@grades("make_clips", hint="ignores_rng")
def test_an_equal_generator_gives_equal_clips(learner, rng):
    seed = seed_of(rng)
    for a, b in zip(draw(learner, 6, seed), draw(learner, 6, seed), strict=True):
        assert a[1:] == b[1:] and np.array_equal(a.y, b.y), "make_clips(6, rng) returned other clips for an equal generator; equal ones were expected"


@grades("make_clips", hint="global_seed")
def test_another_generator_gives_other_clips(learner, rng):
    one, other = draw(learner, 6, seed_of(rng)), draw(learner, 6, seed_of(rng))
    assert not any(np.array_equal(a.y, b.y) for a in one for b in other), "make_clips(6, rng) returned the same clip for two different generators"


@grades("make_clips", hint="duplicates")
def test_no_two_clips_are_equal(learner, rng):
    distinct = len({clip.y.tobytes() for clip in draw(learner, 24, seed_of(rng))})
    assert distinct == 24, f"make_clips(24, rng) returned {distinct} different signals; 24 were expected"


# create_dataset


def new_folder(rng, name="images"):
    """A folder that no other test uses: what a learner's code writes stays until all tests are over."""
    return f"{name}{rng.integers(10**12)}"


def tone(freq, amp, sr, duration=1.0):
    return amp * np.sin(2 * np.pi * freq * np.arange(round(duration * sr)) / sr)


def silence(sr, duration=1.0):
    return np.zeros(round(duration * sr))


def create(learner, y, sr, folder):
    """Has the learner draw the recording y; returns what it returned, and the files of the folder by their names."""
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(sr)
        file.writeframes(np.round(32767 * y).astype("<i2").tobytes())
    learner.write_bytes("recording.wav", content.getvalue())
    came = learner.create_dataset("recording.wav", folder)
    return came, {name: learner.read_bytes(f"{folder}/{name}") for name in learner.list_files(folder)}


def number_of(name):
    return [int(number) for number in re.findall(r"\d+", name)]


def grey(files, i):
    """The grey values of image i, 0 to 255, as floats. Which one that is, the first number in the names tells: labels are another matter."""
    numbered = sorted(files, key=number_of)
    assert i < len(numbered), f"create_dataset wrote {len(numbered)} files; an image of second {i} was expected among them"
    name = numbered[i]
    try:
        with Image.open(io.BytesIO(files[name]), formats=["PNG"]) as image:
            assert image.width * image.height <= 4_000_000, f"{name} has {image.width} × {image.height} pixels; 64 rows and one column a frame were expected"
            return np.asarray(image.convert("L"), dtype=float)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):  # as PIL calls what is wrong with a file
        raise AssertionError(f"{name} is no PNG image that can be read") from None


def alternating(n, sr=4000):
    """A recording of n seconds, sound and silence in turn. Tests of images leave the last second alone, as losing it is a mistake of its own."""
    return np.concatenate([tone(700, 0.5, sr) if i % 2 == 0 else silence(sr) for i in range(n)])


def names_of(n):
    return [f"second_{i}_label_{1 - i % 2}.png" for i in range(n)]


@grades("create_dataset")
def test_each_whole_second_gives_an_image(learner, rng):
    _, files = create(learner, alternating(3), 4000, new_folder(rng))
    assert len(files) == 3, f"create_dataset of a recording of 3 s wrote {len(files)} files; 3 were expected"


@grades("create_dataset")
def test_an_incomplete_last_second_is_dropped(learner, rng):
    for n in (round(rng.uniform(2.3, 2.95) * 4000), 3 * 4000 - 1):
        _, files = create(learner, alternating(3)[:n], 4000, new_folder(rng))
        assert len(files) == 2, f"create_dataset of a recording of {n} samples at 4000 Hz wrote {len(files)} files; 2 were expected"


@grades("create_dataset", weight=1.5)
def test_names_tell_second_and_label(learner, rng):
    _, files = create(learner, alternating(4), 4000, new_folder(rng))
    assert sorted(files) == names_of(4), f"create_dataset wrote {sorted(files)}; {names_of(4)} were expected"


@grades("create_dataset", weight=0.5, hint="paths_not_returned")
def test_the_paths_come_back_in_the_order_of_time(learner, rng):
    folder = new_folder(rng)
    came, files = create(learner, alternating(12), 4000, folder)
    assert isinstance(came, list | tuple), f"create_dataset returned {tell(came)}; a list of paths was expected"
    paths = [posixpath.normpath(str(path).replace("\\", "/")) for path in came]
    expected = sorted((f"{folder}/{name}" for name in files), key=number_of)
    assert paths == expected, f"create_dataset returned {paths[:3]}, …; the paths of the files that it wrote were expected, {expected[:3]}, …"


@grades("create_dataset", weight=0.5)
def test_a_folder_that_exists_is_used_again(learner, rng):
    folder = new_folder(rng)
    _, before = create(learner, alternating(2), 4000, folder)
    _, after = create(learner, alternating(2)[::-1], 4000, folder)
    assert before != after, "create_dataset left an image of an earlier call in place; files of the same names are to be replaced"


@grades("create_dataset")
def test_an_image_has_a_pixel_a_band_and_frame(learner, rng):
    _, files = create(learner, alternating(2), 4000, new_folder(rng))
    shape = grey(files, 0).shape
    assert shape == (64, 4), (
        f"create_dataset drew {shape[0]} rows and {shape[1]} columns of a second at 4000 Hz; 64 bands and 4 frames were expected, one pixel each")


@grades("create_dataset", weight=0.5)
def test_a_second_has_all_its_samples_and_no_more(learner, rng):
    for sr in (4096, 4607):  # with a sample less, or with one more, it would have another number of frames
        _, files = create(learner, alternating(2, sr), sr, new_folder(rng))
        shape = grey(files, 0).shape
        assert shape[1] == 5, f"create_dataset drew {shape[1]} columns for a second of a file of {sr} Hz; its {sr} samples have 5 frames"


@grades("create_dataset")
def test_the_files_own_rate_is_kept(learner, rng):
    for sr, frames in ((8000, 12), (16000, 28)):
        _, files = create(learner, alternating(2, sr), sr, new_folder(rng))
        shape = grey(files, 0).shape
        assert shape[1] == frames, f"create_dataset drew {shape[1]} columns for a second of a file of {sr} Hz; it has {frames} frames"


@grades("create_dataset")
def test_digital_silence_is_black(learner, rng):
    _, files = create(learner, alternating(3), 4000, new_folder(rng))
    brightest = grey(files, 1).max()
    assert brightest == 0, f"create_dataset drew digital silence with grey values up to {brightest:g}; 0, black, was expected"


@grades("create_dataset", weight=1.5)
def test_a_tone_20_db_softer_is_darker(learner, rng):
    freq, amp = rng.uniform(500, 1500), rng.uniform(0.4, 0.9)
    _, files = create(learner, np.concatenate([tone(freq, amp, 8000), silence(8000), tone(freq, amp / 10, 8000), silence(8000)]), 8000, new_folder(rng))
    gap = grey(files, 0).max() - grey(files, 2).max()
    # 20 of 80 dB are 63.75 of 255 grey levels: within 1 (rounding); 0 (a range of its own for each image)
    assert 58 <= gap <= 70, f"create_dataset: a tone 20 dB softer is {gap:g} grey levels darker; 64 were expected, a quarter of the range"


@grades("create_dataset")
def test_low_tones_lie_at_the_bottom(learner, rng):
    low, high = tone(rng.uniform(200, 400), 0.5, 8000), tone(rng.uniform(2500, 3500), 0.5, 8000)
    _, files = create(learner, np.concatenate([low, silence(8000), high, silence(8000)]), 8000, new_folder(rng))
    low, high = (grey(files, i).mean(axis=1).argmax() for i in (0, 2))
    assert low > high, f"create_dataset drew a low tone in row {low} and a high one in row {high}, counted from the top; low tones lie at the bottom"


@grades("create_dataset", weight=1.5)
def test_pixels_are_those_of_the_mel_spectrogram(learner, reference, rng):
    y = np.concatenate([tone(rng.uniform(300, 3000), 0.5, 8000) + 0.01 * rng.standard_normal(8000),
                        1e-3 * rng.standard_normal(8000), tone(rng.uniform(300, 3000), 0.1, 8000), silence(8000)])
    _, files = create(learner, y, 8000, new_folder(rng))
    samples = np.round(32767 * y) / 32768
    for i in range(3):
        expected = reference.spectrogram_image(reference.mel_spectrogram(samples[i * 8000 : (i + 1) * 8000], 8000, 64)).astype(float)
        came = grey(files, i)
        assert came.shape == expected.shape, f"create_dataset drew second {i} with shape {came.shape}; {expected.shape} was expected"
        # 1 (rounded otherwise); 30 and more (another window, number of bands, second or range)
        off = np.abs(came - expected).max()
        assert off <= 2, f"create_dataset: pixels of second {i} are up to {off:g} grey levels away from spectrogram_image(mel_spectrogram(second, sr, 64))"


@grades("create_dataset", weight=0.5)
def test_the_same_recording_gives_the_same_bytes(learner, rng):
    y = np.append(tone(rng.uniform(300, 1900), 0.5, 4000), silence(4000))
    (_, first), (_, again) = create(learner, y, 4000, new_folder(rng)), create(learner, y, 4000, new_folder(rng, "again"))
    assert first == again, "create_dataset wrote other bytes for the same recording the second time; the same were expected"


# load_dataset. Of grey values from 0 to 1: 6e-8 (float32); 4e-3 (divided by 256; 0.8 and more for the others, where they are asked)


def put(learner, folder, names, images):
    """Writes PNG images into a folder of the learner's."""
    for name, image in zip(names, images, strict=True):
        content = io.BytesIO()
        Image.fromarray(image).save(content, "PNG")
        learner.write_bytes(f"{folder}/{name}", content.getvalue())


def put_all(learner, rng, images):
    """A folder of its own for images of the seconds 0, 1, 2, …; its name."""
    folder = new_folder(rng)
    put(learner, folder, names_of(len(images)), images)
    return folder


def load(learner, folder):
    """What load_dataset returned, as (data, images, labels), or a message why it is none."""
    call = f"load_dataset({folder!r})"
    came = learner.load_dataset(folder)
    assert isinstance(came, list | tuple) and len(came) == 3, f"{call} returned {tell(came)}; the three arrays data, images, labels were expected"
    arrays = []
    for name, value in zip(("data", "images", "labels"), came, strict=True):
        try:
            value = np.asarray(value)
        except ValueError:
            raise AssertionError(f"the {name} of {call} have rows of different lengths") from None
        assert value.dtype.kind in "biuf", f"the {name} of {call} are {tell(value)}; numbers were expected"
        arrays.append(value)
    return arrays


def pictures(rng, n, shape=(4, 3)):
    return rng.integers(256, size=(n, *shape)).astype(np.uint8)


def folder_of(learner, rng, seconds, name="images"):
    """A folder of the given seconds, written in a random order, with random labels: its name, images and labels in the order of seconds."""
    folder, images, labels = new_folder(rng, name), pictures(rng, len(seconds)), rng.integers(8, size=len(seconds))
    for i in rng.permutation(len(seconds)):
        put(learner, folder, [f"second_{seconds[i]}_label_{labels[i]}.png"], images[i : i + 1])
    return folder, images, labels


@grades("load_dataset", weight=0.5)
def test_images_stay_images_and_data_are_flat(learner, rng):
    folder = put_all(learner, rng, pictures(rng, 5, (6, 4)))
    data, images, labels = load(learner, folder)
    shapes = data.shape, images.shape, labels.shape
    expected = (5, 24), (5, 6, 4), (5,)
    assert shapes == expected, f"load_dataset of 5 images of 6 rows and 4 columns returned the shapes {shapes}; {expected} were expected"


@grades("load_dataset", weight=0.5, hint="not_scaled")
def test_grey_values_lie_between_0_and_1(learner, rng):
    folder = put_all(learner, rng, pictures(rng, 2) // 2 + 128)
    _, images, _ = load(learner, folder)
    # 1 (all rightful ones); 250 (not scaled)
    assert images.max() <= 1.001, f"load_dataset returned images of values up to {images.max():g}; 0 to 1 were expected"


@grades("load_dataset")
def test_images_are_grey_values_over_255(learner, rng):
    drawn = pictures(rng, 2)
    folder = put_all(learner, rng, drawn)
    # 6e-8 (float32); 4e-3 (divided by 256), 1 (inverted)
    agree(load(learner, folder)[1], drawn / 255, "the images of load_dataset", atol=1e-4)


@grades("load_dataset")
def test_data_are_the_images_row_by_row(learner, rng):
    drawn = pictures(rng, 3)
    folder = put_all(learner, rng, drawn)
    agree(load(learner, folder)[0], drawn.reshape(3, -1) / 255, "the data of load_dataset", atol=1e-4)


@grades("load_dataset")
def test_labels_are_read_from_the_names(learner, rng):
    folder, _, labels = folder_of(learner, rng, range(9))
    came = load(learner, folder)[2]
    assert came.dtype.kind in "iu", f"load_dataset returned labels of type {came.dtype}; whole numbers were expected"
    agree(came, labels, "the labels of load_dataset")


@grades("load_dataset", weight=1.5)
def test_rows_follow_the_numbers_of_the_seconds(learner, rng):
    seconds = [0, 1, 2, 3, 9, 10, 11, 20, 21, 100, 101, 110]
    folder, images, labels = folder_of(learner, rng, seconds)
    data, _, came = load(learner, folder)
    agree(data, images.reshape(12, -1) / 255, "the data of load_dataset of the seconds 0, 1, 2, 3, 9, 10, …, 110", atol=1e-4)
    agree(came, labels, "the labels of load_dataset of the seconds 0, 1, 2, 3, 9, 10, …, 110")


@grades("load_dataset")
def test_a_folder_may_have_underscores_in_its_name(learner, rng):
    folder, images, labels = folder_of(learner, rng, range(6), "my_own_takes")
    _, came, numbers = load(learner, folder)
    agree(came, images / 255, f"the images of load_dataset({folder!r})", atol=1e-4)
    agree(numbers, labels, f"the labels of load_dataset({folder!r})")


@grades("load_dataset")
def test_colour_and_transparency_leave_grey(learner, rng):
    drawn = pictures(rng, 3)
    opaque = np.full_like(drawn, 255)
    folder = put_all(learner, rng, np.stack([drawn, drawn, drawn, opaque], axis=-1))
    agree(load(learner, folder)[1], drawn / 255, "the images of load_dataset of PNGs with red, green, blue and alpha", atol=1e-4)


@grades("load_dataset", weight=1.5, hint="other_files_skipped")
def test_any_other_file_is_refused(learner, rng):
    for name in ("notes.txt", ".DS_Store", "second_3.png", "cover.png"):
        folder = put_all(learner, rng, pictures(rng, 3))
        put(learner, folder, [name], pictures(rng, 1))
        try:
            refuses(learner, "load_dataset", folder)
        except AssertionError as fault:
            raise AssertionError(f"{fault}, for there is a file {name} in it") from None


# features_logmel


def tone_in_noise(rng, n, amp):
    """A tone and, 40 dB below it, white noise, which keeps every band above the floor of -100 dB."""
    return tone(rng.uniform(200, 4000), amp, SR, n / SR) + amp / np.sqrt(2) / 100 * rng.standard_normal(n)


@grades("features_logmel", weight=1.5)
def test_there_is_a_level_for_each_band_whatever_the_duration(learner, reference, rng):
    for n, n_mels in ((2048, 12), (5000, 12), (30000, 20)):
        compare(learner, reference, "features_logmel", 0.1 * rng.standard_normal(n), SR, n_mels, atol=1e9)  # type, shape, finite


@grades("features_logmel")
def test_digital_silence_is_at_the_floor(learner, reference):
    # In dB: 0 (all rightful ones); 100 (a reference of its own)
    compare(learner, reference, "features_logmel", np.zeros(6000), SR, 16, atol=0.1)


@grades("features_logmel")
def test_noise_has_the_levels_of_its_mel_spectrogram(learner, reference, rng):
    # 9e-6 dB (float32); 0.9 dB (the first frame alone), 41 dB (a reference of its own), 54 dB (reference 1)
    compare(learner, reference, "features_logmel", 0.3 * rng.standard_normal(9000), SR, int(rng.integers(8, 33)), atol=0.1)


@grades("features_logmel", weight=1.5, hint="per_clip_reference")
def test_half_as_loud_is_6_db_lower(learner, rng):
    y = tone_in_noise(rng, 8000, rng.uniform(0.7, 0.9))
    loud, soft = (np.asarray(learner.features_logmel(gain * y, SR, 12), float) for gain in (1.0, 0.5))
    assert loud.shape == soft.shape == (12,), f"features_logmel(<array (8000,)>, 22050, 12) returned shape {loud.shape}; (12,) was expected"
    off = np.abs(loud - soft - 20 * np.log10(2)).max()
    # 2e-5 dB (float32); 6.02 dB (each clip has its own reference)
    assert off < 0.1, f"features_logmel of a signal half as loud is off by {off:.2g} dB from 6.02 dB lower in some band"


@grades("features_logmel", weight=1.5)
def test_a_pause_counts_by_its_decibels(learner, reference, rng):
    y = np.concatenate([0.3 * rng.standard_normal(5000), np.zeros(5000)])
    # 1e-5 dB (float32); 19 dB (the level of the mean power), 22 dB (the first frame alone)
    compare(learner, reference, "features_logmel", y, SR, 16, atol=0.1)


@grades("features_logmel")
def test_the_rate_is_the_one_passed(learner, reference, rng):
    for sr in (8000, 44100):
        # 2e-5 dB (float32); 8.7 dB (the rate is 22050 whatever is passed)
        y = tone(rng.uniform(300, 3000), 0.5, sr, 0.4) + 0.01 * rng.standard_normal(round(0.4 * sr))
        compare(learner, reference, "features_logmel", y, sr, 16, atol=0.1)


# features_chroma


def note(midi, rng, amp=0.5):
    """Half a second of a sine, in any phase."""
    return amp * np.sin(2 * np.pi * 440 * 2 ** ((midi - 69) / 12) * np.arange(11025) / SR + rng.uniform(-np.pi, np.pi))


def chroma_of(learner, y):
    call = f"features_chroma(<array {y.shape}>, 22050)"
    came = learner.features_chroma(y, SR)
    agree(came, np.zeros(12), call, atol=1e300)  # type, shape, finite
    return np.asarray(came, float)


def cosine(a, b):
    return a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-30)


@grades("features_chroma")
def test_there_are_twelve_numbers_whatever_the_duration(learner, rng):
    for n in (4096, 9000, 30000):
        chroma_of(learner, 0.1 * rng.standard_normal(n))


@grades("features_chroma", weight=0.5)
def test_silence_gives_finite_numbers(learner):
    chroma_of(learner, np.zeros(8192))


@grades("features_chroma")
def test_each_note_is_strongest_in_its_pitch_class(learner, rng):
    for midi in rng.permutation(np.arange(60, 72)):
        strongest = chroma_of(learner, note(midi, rng)).argmax()
        assert strongest == midi % 12, f"features_chroma of MIDI {midi} is largest at {strongest}; {midi % 12} was expected, counted from C = 0"


@grades("features_chroma", hint="db_of_chroma")
def test_chroma_lies_between_0_and_1(learner, rng):
    chroma = chroma_of(learner, note(rng.integers(60, 72), rng))
    # Beyond 0 and 1: 0 (all rightful ones); 21 (a sum; decibels 64)
    assert -1e-6 < chroma.min() and chroma.max() < 1.001, (
        f"features_chroma returned values from {chroma.min():.3g} to {chroma.max():.3g}; 0 to 1 were expected")


@grades("features_chroma", hint="db_of_chroma")
def test_different_notes_have_different_chroma(learner, rng):
    first = int(rng.integers(60, 67))
    chromas = [chroma_of(learner, note(midi, rng)) for midi in range(first, first + 5)]
    worst = max(cosine(a, b) for i, a in enumerate(chromas) for b in chromas[:i])
    # 0.39 (neighbours, hops of 2048; 0.37 with 512); 0.955 (dB)
    assert worst <= 0.8, f"features_chroma of two different notes of one octave agree to {worst:.2g} (cosine); at most 0.8 was expected"


@grades("features_chroma", weight=1.5)
def test_octaves_have_nearly_the_same_chroma(learner, rng):
    cosines = [cosine(chroma_of(learner, note(midi, rng)), chroma_of(learner, note(midi + 12, rng))) for midi in range(48, 60)]
    # 0.992 (0.991 with hops of 2048); 0.958 (frames of 2048)
    assert np.mean(cosines) >= 0.98, (
        f"features_chroma of the notes of octave 3 and those an octave above agree to {np.mean(cosines):.3f} (cosine); at least 0.98 was expected")


@grades("features_chroma", weight=0.5)
def test_low_notes_are_as_blurred_as_by_frames_of_4096(learner, reference, rng):
    # 0.008 (no centring); 0.25 (frames of 8192; of 2048 0.4)
    compare(learner, reference, "features_chroma", note(rng.integers(36, 41), rng), SR, atol=0.08)


@grades("features_chroma", weight=0.5)
def test_the_rate_passed_counts(learner, reference, rng):
    sr = int(rng.choice([20800, 23400]))  # a semitone below 22050 Hz, and one above
    # 0.015 (no centring); 0.9 (22050 Hz whatever is passed)
    compare(learner, reference, "features_chroma", note(rng.integers(60, 72), rng), sr, atol=0.1)


@grades("features_chroma")
def test_a_transposition_is_a_roll(learner, rng):
    midi, step = int(rng.integers(60, 66)), int(rng.integers(1, 7))
    agreement = cosine(np.roll(chroma_of(learner, note(midi, rng)), step), chroma_of(learner, note(midi + step, rng)))
    # 0.999; classes in any other order than by semitones are far below
    assert agreement >= 0.97, (
        f"features_chroma of MIDI {midi + step} and of {midi}, rolled by {step}, agree to {agreement:.3f} (cosine); at least 0.97 was expected")


@grades("features_chroma", weight=1.5)
def test_a_note_between_two_classes_belongs_to_both(learner, reference, rng):
    off = rng.uniform(0.3, 0.42) * rng.choice([-1.0, 1.0])
    y = note(rng.integers(62, 82) + off, rng) + note(rng.integers(50, 60) + off, rng, 0.2)
    # 0.015 (no centring; 0.010 with hops of 2048); 0.33 (tuning guessed)
    compare(learner, reference, "features_chroma", y, SR, atol=0.1)


@grades("features_chroma")
def test_every_frame_counts(learner, reference, rng):
    parts = [note(midi, rng)[:n] for midi, n in zip(60 + rng.permutation(12)[:3], (11025, 9000, 7000), strict=True)]
    # 0.064 (no centring; 0.048 with hops of 2048); 0.47 (the first frames alone), 22 (a sum)
    compare(learner, reference, "features_chroma", np.concatenate(parts), SR, atol=0.17)


# build_matrix. Signals are a few samples; features are picked from them, so that X tells exactly which clip a row is of.

BUILD = """
calls = []
def feature(y, sr):
    calls.append((np.array(y), sr))
    return {feature}
answer = build_matrix([Clip(*clip) for clip in clips], feature)
"""


def some_clips(rng, n=9):
    """Clips of random signals, rates, labels and takes."""
    return [(rng.uniform(-1, 1, 6), int(rng.integers(8000, 48000)), int(rng.integers(5)), int(rng.integers(100))) for _ in range(n)]


def build(learner, clips, feature="y[:4]"):
    """What build_matrix returned, as (X, y, groups), or a message why it is none."""
    came = learner.probe("import numpy as np\n" + BUILD.replace("{feature}", feature), clips=clips)
    call = f"build_matrix(<{len(clips)} clips>, feature)"
    assert isinstance(came, list | tuple) and len(came) == 3, f"{call} returned {tell(came)}; the three arrays X, y, groups were expected"
    return came


@grades("build_matrix", weight=0.5)
def test_a_clip_is_a_row_and_a_feature_a_column(learner, rng):
    clips = some_clips(rng)
    X, y, groups = build(learner, clips)
    agree(X, np.zeros((9, 4)), "the X of build_matrix(<9 clips>, feature) with 4 features", atol=1e9)
    agree(y, np.zeros(9), "the y of build_matrix(<9 clips>, feature)", atol=1e9)
    agree(groups, np.zeros(9), "the groups of build_matrix(<9 clips>, feature)", atol=1e9)


@grades("build_matrix", weight=0.5)
def test_labels_and_groups_are_whole_numbers(learner, rng):
    _, y, groups = build(learner, some_clips(rng))
    for name, values in (("y", y), ("groups", groups)):
        assert np.asarray(values).dtype.kind in "iu", f"the {name} of build_matrix are {tell(np.asarray(values))}; whole numbers were expected"


@grades("build_matrix", weight=1.5)
def test_rows_are_the_features_as_they_come(learner, rng):
    clips = some_clips(rng)
    # 3e-8 (float32); 0.8 (standardised, sorted by label)
    agree(build(learner, clips)[0], np.array([clip[0][:4] for clip in clips]), "the X of build_matrix(<9 clips>, feature)", atol=1e-5)


@grades("build_matrix")
def test_labels_are_in_the_order_of_the_clips(learner, rng):
    clips = some_clips(rng, 20)
    agree(build(learner, clips)[1], np.array([clip[2] for clip in clips]), "the y of build_matrix(<20 clips>, feature)")


@grades("build_matrix")
def test_groups_are_the_takes(learner, rng):
    clips = some_clips(rng, 20)
    agree(build(learner, clips)[2], np.array([clip[3] for clip in clips]), "the groups of build_matrix(<20 clips>, feature)")


@grades("build_matrix")
def test_permuted_labels_leave_x_unchanged(learner, rng):
    clips = some_clips(rng)
    order = rng.permutation(9)
    while np.array_equal([clips[i][2] for i in order], [clip[2] for clip in clips]):
        order = rng.permutation(9)
    other = [(*clip[:2], clips[i][2], clip[3]) for clip, i in zip(clips, order, strict=True)]
    one, two = (np.asarray(build(learner, some)[0], float) for some in (clips, other))
    assert np.array_equal(one, two), "build_matrix returned another X when only the labels were permuted; X must not depend on them"


@grades("build_matrix", weight=0.5)
def test_other_takes_leave_x_unchanged(learner, rng):
    clips = some_clips(rng)
    other = [(*clip[:3], clip[3] + 1 + i) for i, clip in enumerate(clips)]
    one, two = (np.asarray(build(learner, some)[0], float) for some in (clips, other))
    assert np.array_equal(one, two), "build_matrix returned another X when only the takes were changed; X must not depend on them"


@grades("build_matrix")
def test_a_row_is_independent_of_the_other_clips(learner, rng):
    clips = some_clips(rng)
    whole, part = (np.asarray(build(learner, some)[0], float) for some in (clips, clips[:4]))
    assert whole.shape[:1] == (9,) and np.array_equal(whole[:4], part), (
        "build_matrix returned other rows for the first 4 clips alone than for the same 4 among 9; a row depends on its own clip only")


@grades("build_matrix")
def test_the_feature_gets_signal_and_rate(learner, rng):
    clips = some_clips(rng)
    # 2e-6 (float32); 0.5 (sorted by label)
    agree(build(learner, clips, "[sr / 1000, y[0], y.size]")[0], np.array([[clip[1] / 1000, clip[0][0], 6] for clip in clips]),
          "the X of build_matrix(<9 clips>, feature)", atol=1e-5)


# count_duplicates. The counts that misconceptions give differ from the right one in every drawing.


def counted(learner, X, X_test, expected):
    call = f"count_duplicates(<array {X.shape}>, <array {X_test.shape}>)"
    agree(learner.count_duplicates(X, X_test), expected, call)


@grades("count_duplicates")
def test_known_rows_are_counted(learner, rng):
    X = rng.uniform(-1, 1, (12, 5))
    known = int(rng.integers(3, 7))
    X_test = np.concatenate([X[:known], rng.uniform(-1, 1, (4, 5))])
    counted(learner, X, X_test[rng.permutation(len(X_test))], known)


@grades("count_duplicates", weight=0.5)
def test_strangers_are_none(learner, rng):
    counted(learner, rng.uniform(-1, 1, (8, 3)), rng.uniform(-1, 1, (6, 3)), 0)


@grades("count_duplicates")
def test_a_row_that_training_has_often_counts_once(learner, rng):
    X = rng.uniform(-1, 1, (6, 4))
    # 9 pairs are equal, and 6 rows of training are in the test.
    counted(learner, np.repeat(X, 3, axis=0), np.concatenate([X[[0, 0, 1]], rng.uniform(-1, 1, (3, 4))]), 3)


@grades("count_duplicates")
def test_equal_test_rows_count_one_by_one(learner, rng):
    X = rng.uniform(-1, 1, (6, 4))
    counted(learner, X, np.concatenate([X[[0, 0, 0, 3]], rng.uniform(-1, 1, (2, 4))]), 4)


@grades("count_duplicates")
def test_all_values_of_a_row_must_agree(learner, rng):
    X = rng.uniform(-1, 1, (8, 4))
    other = X[:5].copy()
    other[:, 2] += 0.5  # three of four values are the same
    mixed = np.column_stack([X[:4, 0], X[1:5, 1], X[2:6, 2], X[3:7, 3]])  # all values occur, but not together
    counted(learner, X, np.concatenate([other, mixed, X[6:7]]), 1)


@grades("count_duplicates")
def test_images_may_be_bytes(learner, rng):
    X = rng.integers(256, size=(7, 30)).astype(np.uint8)
    counted(learner, X, np.concatenate([X[4:], X[4:] ^ 1, X[:1]]), 4)
