"""Hidden grader of 01_sine. Signals are 1-D, sr and freq in Hz, times in seconds; ms and fade_ms in milliseconds.

Where two figures stand beside a tolerance, the first is the worst error of a rightful variant (float32 included), the second
the least error of a misconception, each over 300 seeds with numpy 2.4 and scipy 1.17.
"""

import numpy as np

from autograder import agree, compare, grades, tell

SINE = 3e-3  # 2.4e-4 (float32, which errs with the number of periods: 200 at most here); 7.8e-2 (linspace, freq / sr >= 1 / 40)
FADE = 1e-2  # 9.5e-4 (960 samples or more that rise over one step less, which no ear tells apart); 0.10 (straight line)
MIX = 1e-5  # 1.2e-7 (float32); 0.13 (averaged)


def signal(came):
    assert isinstance(came, np.ndarray | list | tuple), f"your function returned {tell(came)}; an array was expected"
    return np.asarray(came, dtype=float)


def rms(y):
    return np.sqrt(np.mean(y**2))


def audible(came, call):
    """What came as an array, refused if it is silent: silence obeys many laws."""
    y = signal(came)
    # 0.3 (the softest tone asked for); 0 (silence)
    assert np.abs(y).max(initial=0.0) > 0.01, f"{call} is silent; a tone was expected"
    return y


# time_axis. In all tests a twentieth of a step. In steps: 3.8e-3 (float32 at 8 s); 0.7 (linspace)


@grades("time_axis")
def test_a_millisecond_at_8000_hz_has_eight_times(learner, reference):
    compare(learner, reference, "time_axis", 0.001, 8000, atol=0.05 / 8000)


@grades("time_axis")
def test_the_last_time_lies_one_step_before_the_duration(learner, rng):
    duration = int(rng.integers(1000, 3000)) / 8000
    last = signal(learner.time_axis(duration, 8000))[-1]
    assert abs(last - (duration - 1 / 8000)) <= 0.05 / 8000, (
        f"time_axis({duration:.6g}, 8000) ends at {last:.6g} s; the last sample lies one step of 1/8000 s before the duration")


@grades("time_axis")
def test_rounding_adds_no_sample(learner, reference):
    # 0.28 * 11025 is 3087.0000000000005. The first call tells rounding from counting one sample too many always.
    for duration, sr in ((0.5, 8000), (0.28, 11025), (8.05, 8000)):
        compare(learner, reference, "time_axis", duration, sr, atol=0.05 / sr)


@grades("time_axis")
def test_rounding_loses_no_sample(learner, reference):
    # 0.7 * 22050 is 15434.999999999998
    for duration, sr in ((0.5, 8000), (0.7, 22050), (2.01, 8000)):
        compare(learner, reference, "time_axis", duration, sr, atol=0.05 / sr)


@grades("time_axis", weight=2)
def test_fresh_durations_give_their_times(learner, reference, rng):
    sr = int(rng.integers(4000, 48000))
    duration = (rng.integers(500, 3000) + rng.choice([-1, 1]) * rng.uniform(0.1, 0.3)) / sr  # never half a sample
    compare(learner, reference, "time_axis", duration, sr, atol=0.05 / sr)


# sine


@grades("sine")
def test_three_periods_in_eight_samples(learner, reference):
    # 0, 0.707, -1, 0.707, 0, … The frequency is no whole number, so that no wrong formula gives mere zeros.
    compare(learner, reference, "sine", 300.75, 0.01, 802, atol=SINE)


@grades("sine")
def test_the_amplitude_scales_the_tone(learner, rng):
    amp = rng.uniform(0.2, 0.6)
    level = rms(signal(learner.sine(200.0, 0.5, 8000, amp=amp)))
    # 100 whole periods: 5e-8 (float32); 0.28 (amplitude ignored)
    assert abs(level - amp / np.sqrt(2)) <= 1e-3, (
        f"sine(200.0, 0.5, 8000, amp={amp:.3f}) has the root mean square {level:.4f}; over whole periods it is amp/√2 = {amp / np.sqrt(2):.4f}")


@grades("sine")
def test_the_tone_starts_where_its_phase_says(learner, rng):
    phase = rng.choice([-1, 1]) * rng.uniform(1.0, 1.4)
    first = signal(learner.sine(300.5, 0.01, 8000, phase=phase))[0]
    # 6e-8 (float32); 0.30 (cosine)
    assert abs(first - np.sin(phase)) <= SINE, (
        f"sine(300.5, 0.01, 8000, phase={phase:.3f}) starts at {first:.4f}; at t = 0 the phase alone is left, sin(phase) = {np.sin(phase):.4f}")


@grades("sine")
def test_a_whole_turn_of_phase_changes_nothing(learner, rng):
    phase = rng.uniform(-3.0, -0.5)
    once = audible(learner.sine(300.5, 0.1, 8000, phase=phase), "sine(300.5, 0.1, 8000, phase=…)")
    turned = signal(learner.sine(300.5, 0.1, 8000, phase=phase + 2 * np.pi))
    agree(turned, once, "sine with a phase of 2π more, compared with yours without", atol=SINE)  # 1.3e-5 (float32); 0.11 (degrees)


@grades("sine")
def test_twice_the_rate_passes_through_the_same_samples(learner, rng):
    freq = rng.uniform(200, 400)
    coarse = audible(learner.sine(freq, 0.2, 8000), f"sine({freq:.6g}, 0.2, 8000)")
    fine = signal(learner.sine(freq, 0.2, 16000))
    agree(fine[::2], coarse, f"every second sample of sine({freq:.6g}, 0.2, 16000), compared with yours at 8000 Hz", atol=SINE)


@grades("sine", weight=2)
def test_fresh_tones_follow_the_formula(learner, reference, rng):
    phase = rng.choice([-1, 1]) * rng.uniform(0.5, 2.5)
    compare(learner, reference, "sine", rng.uniform(200, 400), 0.5, 8000, amp=rng.uniform(0.5, 0.9), phase=phase, atol=SINE)


# periods_and_samples. Relative: 1.4e-7 (float32); 2.4e-3 (whole numbers; 3.5e-4 in the last test)


@grades("periods_and_samples")
def test_the_original_tutorials_millisecond(learner, reference):
    compare(learner, reference, "periods_and_samples", 1000, 41100, 1, rtol=1e-5)


@grades("periods_and_samples")
def test_parts_of_periods_count(learner, reference):
    # Whole numbers as arguments: where // drops a fraction, it gives an int, as int() does.
    compare(learner, reference, "periods_and_samples", 1443, 11025, 2, rtol=1e-5)


@grades("periods_and_samples")
def test_a_higher_tone_has_as_many_samples(learner, rng):
    sr, ms = int(rng.integers(8000, 48000)), rng.uniform(2, 20)
    low, high = learner.periods_and_samples(300.0, sr, ms), learner.periods_and_samples(450.0, sr, ms)
    assert low[0] > 0, f"periods_and_samples(300.0, {sr}, {ms:.3g}) counts {low[0]} periods; there is a part of one at least"
    agree(high, (1.5 * low[0], low[1]), f"periods_and_samples(450.0, {sr}, {ms:.3g}), compared with yours at 300 Hz", rtol=1e-5)


@grades("periods_and_samples", weight=2)
def test_fresh_numbers_are_counted(learner, reference, rng):
    compare(learner, reference, "periods_and_samples", rng.uniform(50, 3000), int(rng.integers(8000, 48000)), rng.uniform(0.5, 50), rtol=1e-5)


# tone_then_silence


@grades("tone_then_silence")
def test_the_first_second_is_the_tone(learner, reference, rng):
    freq = rng.uniform(100, 200)
    tone = signal(learner.tone_then_silence(freq, 8000))[:8000]
    agree(tone, reference.sine(freq, 1.0, 8000), f"the first second of tone_then_silence({freq:.6g}, 8000)", atol=SINE)


@grades("tone_then_silence", hint="silence_of_wrong_length")  # whatever its length: the test above has seen the tone
def test_the_whole_takes_two_seconds(learner):
    y = audible(learner.tone_then_silence(150.0, 8000), "tone_then_silence(150.0, 8000)")
    assert y.shape == (16000,), f"tone_then_silence(150.0, 8000) returned shape {y.shape}; two seconds at 8000 Hz are (16000,)"


@grades("tone_then_silence")
def test_the_second_second_is_exactly_zero(learner):
    y = audible(learner.tone_then_silence(150.3, 8000), "tone_then_silence(150.3, 8000)")
    assert y.shape == (16000,), f"tone_then_silence(150.3, 8000) returned shape {y.shape}; two seconds at 8000 Hz are (16000,)"
    loudest = np.abs(y[8000:]).max()
    assert loudest == 0.0, f"after its first second tone_then_silence(150.3, 8000) reaches {loudest:.3g}; silence is exactly 0"


@grades("tone_then_silence")
def test_the_tone_keeps_its_level(learner):
    tone = audible(signal(learner.tone_then_silence(150.0, 8000))[:8000], "the first second of tone_then_silence(150.0, 8000)")
    begins, ends = rms(tone[:1600]), rms(tone[-1600:])
    # 30 whole periods each: 1.00 (all rightful ones); 0.58 (a line from 1 to 0 over both seconds)
    assert ends >= 0.9 * begins, (
        f"tone_then_silence(150.0, 8000) falls to {ends / begins:.0%} of its level within the first second; the tone keeps its amplitude to its end")


@grades("tone_then_silence", weight=2)
def test_fresh_tones_have_their_amplitude(learner, reference, rng):
    compare(learner, reference, "tone_then_silence", rng.uniform(100, 200), 8000, amp=rng.uniform(0.3, 0.6), atol=SINE)


# tone_sequence


@grades("tone_sequence")
def test_two_tones_take_four_seconds(learner, reference):
    compare(learner, reference, "tone_sequence", [1.0, 2.0], 8, atol=SINE)


@grades("tone_sequence")
def test_every_tone_starts_at_phase_zero(learner, rng):
    freqs = (rng.integers(100, 200, 3) + rng.uniform(0.1, 0.15, 3)).tolist()
    starts = long_enough(learner, freqs, 11025)[:: 2 * 11025]
    # 0 (all rightful ones); 0.95 (second tone on a running time axis)
    assert np.abs(starts).max() <= SINE, (
        f"the tones of tone_sequence([…], 11025) start at {starts.round(3).tolist()}; each starts at phase 0, that is, at 0")


@grades("tone_sequence")
def test_every_other_second_is_exactly_zero(learner):
    seconds = long_enough(learner, [150.3, 180.7], 11025).reshape(4, 11025)
    loudest = np.abs(seconds[1::2]).max()
    assert loudest == 0.0, (
        f"in its second or fourth second tone_sequence([150.3, 180.7], 11025) reaches {loudest:.3g}; silence is exactly 0")


def long_enough(learner, freqs, sr):
    call = f"tone_sequence of {len(freqs)} frequencies at {sr} Hz"
    y = audible(learner.tone_sequence(freqs, sr), call)
    assert y.shape == (len(freqs) * 2 * sr,), f"{call} returned shape {y.shape}; two seconds for each are ({len(freqs) * 2 * sr},)"
    return y


@grades("tone_sequence")
def test_the_original_tutorials_signal(learner, reference):
    # 2.5e-3 (float32, 5000 periods a second); every misconception that fails here does so by its shape
    compare(learner, reference, "tone_sequence", [500.0 * i for i in range(1, 11)], 11025, atol=3e-2)


@grades("tone_sequence", weight=2)
def test_fresh_tones_follow_one_another(learner, reference, rng):
    freqs = (rng.integers(100, 200, 4) + rng.uniform(0.1, 0.15, 4)).tolist()
    compare(learner, reference, "tone_sequence", freqs, int(rng.integers(10500, 12500)), atol=SINE)


# add_fades


@grades("add_fades")
def test_a_constant_signal_shows_the_gain(learner, reference):
    compare(learner, reference, "add_fades", np.ones(4000), 16000, fade_ms=62.5, atol=FADE)


@grades("add_fades")
def test_the_fade_is_ten_milliseconds_by_default(learner, reference):
    compare(learner, reference, "add_fades", np.ones(6000), 96000, atol=FADE)


@grades("add_fades")
def test_both_ends_are_zero(learner, rng):
    y = learner.add_fades(rng.choice([-1.0, 1.0]) * rng.uniform(0.5, 1.0, 4000), 16000)
    first, last = np.abs(signal(y))[[0, -1]]
    # 160 samples: 0 (all rightful ones); 9.6e-5 (a fade-out that stops one step above 0), 0.5 (no fade-out)
    assert first <= 1e-6, f"a signal faded by add_fades(y, 16000) starts at {first:.3g}; a fade-in starts at exactly 0"
    assert last <= 1e-6, f"a signal faded by add_fades(y, 16000) ends at {last:.3g}; the last sample is exactly 0, as the first"


@grades("add_fades")
def test_what_lies_between_the_fades_is_untouched(learner, rng):
    y = rng.uniform(-1, 1, 4000).astype(np.float32).astype(float)  # so that a float32 answer can be identical as well
    between = signal(learner.add_fades(y, 16000, fade_ms=62.5))[1000:-1000]
    changed = int((between != y[1000:-1000]).sum())
    assert changed == 0, f"add_fades(y, 16000, fade_ms=62.5) changed {changed} samples between the fades; there the gain is exactly 1"


@grades("add_fades")
def test_a_clip_of_two_halves_is_faded_throughout(learner, reference, rng):
    # Fades of 1600 samples would fit, but overlap.
    compare(learner, reference, "add_fades", rng.uniform(0.5, 1.0, 2500), 16000, fade_ms=100.0, atol=FADE)


@grades("add_fades")
def test_a_clip_shorter_than_one_fade_is_faded_throughout(learner, reference, rng):
    # An odd number of samples, of which the middle one has the gain 1.
    compare(learner, reference, "add_fades", rng.uniform(0.5, 1.0, 2501), 16000, fade_ms=300.0, atol=FADE)


@grades("add_fades", weight=0.5)
def test_the_middle_of_an_odd_number_of_samples_is_untouched(learner, rng):
    y = rng.uniform(0.5, 1.0, 41).astype(np.float32).astype(float)
    middle = signal(learner.add_fades(y, 16000))[20]
    assert middle == y[20], f"add_fades of 41 samples multiplied the middle one by {middle / y[20]:.4g}; two fades of 20 samples leave it as it is"


@grades("add_fades", weight=0.5)
def test_of_two_samples_none_is_left(learner, rng):
    # Two fades of one sample each, which begins at 0. 0 (all rightful ones); 0.5 (no fade-out)
    loudest = np.abs(signal(learner.add_fades(rng.uniform(0.5, 1.0, 2), 16000))).max()
    assert loudest <= 1e-6, f"add_fades of 2 samples left {loudest:.3g}; each of them is the beginning of a fade, which is 0"


@grades("add_fades")
def test_the_click_is_gone(learner, rng):
    sr = int(rng.choice([16000, 22050, 44100]))
    tone = np.sin(2 * np.pi * 441.3 * np.arange(sr // 2) / sr)
    fall = high_db(tone, sr) - high_db(signal(learner.add_fades(tone, sr)), sr)
    # 85 dB (all rightful ones); 0 dB (no fade-out)
    assert fall >= 30.0, (
        f"add_fades lowered the clicks of a tone of 441.3 Hz (sr={sr}), its energy above 5 kHz, by {fall:.1f} dB; "
        "two fades of 10 ms lower them by 30 dB or more")


def high_db(y, sr):
    """The energy of a signal above 5 kHz, zeros around it, in dB re its whole energy."""
    energy = np.abs(np.fft.rfft(np.pad(y, sr // 4))) ** 2
    high = np.fft.rfftfreq(y.size + 2 * (sr // 4), 1 / sr) > 5000
    return 10 * np.log10(energy[high].sum() / energy.sum())


@grades("add_fades", weight=2)
def test_fresh_signals_are_faded(learner, reference, rng):
    m = int(rng.integers(1000, 2000))
    sr = int(rng.choice([16000, 32000, 64000]))
    compare(learner, reference, "add_fades", rng.uniform(-1, 1, 3 * m), sr, fade_ms=1000 * m / sr, atol=FADE)


@grades("add_fades", hint="writes_into_argument")  # whatever it writes: the tests above have seen that it fades
def test_the_argument_stays_as_it_was(learner, rng):
    y = rng.uniform(-1, 1, 6000)
    call = learner.call("add_fades", y.copy(), 16000, fade_ms=62.5)
    changed = int((signal(call.args[0]) != y).sum())
    assert changed == 0, f"after add_fades(y, 16000, fade_ms=62.5), {changed} samples of y itself have changed; leave y as it was"
    faded = signal(call.value)
    assert faded.shape == y.shape and (faded != y).any(), "add_fades(y, 16000, fade_ms=62.5) left y as it was, but returned no faded copy"


# mix


@grades("mix")
def test_the_longer_signal_goes_on_alone(learner, reference):
    # 0.1 + 0.5 * 0.4 = 0.3, then 0.2 and 0.3
    compare(learner, reference, "mix", [np.array([0.1, 0.2, 0.3]), np.array([0.4])], [1.0, 0.5], atol=MIX)


@grades("mix")
def test_a_signal_cancels_its_inverse(learner, rng):
    y = rng.uniform(-0.4, 0.4, 50)
    audible(learner.mix([y], [0.8]), "mix([y], [0.8])")
    left = signal(learner.mix([y, y], [0.8, -0.8]))
    loudest = np.abs(left).max()
    # 1.1e-8 (float32); 0.73 (gains ignored)
    assert loudest <= MIX, f"mix([y, y], [0.8, -0.8]) reaches {loudest:.3g}; a signal and its inverse cancel to 0"


@grades("mix")
def test_two_signals_mix_to_the_sum_of_both_alone(learner, rng):
    a, b = rng.uniform(-0.4, 0.4, (2, 50))
    together = audible(learner.mix([a, b], [0.9, 0.7]), "mix([a, b], [0.9, 0.7])")
    alone = signal(learner.mix([a], [0.9])) + signal(learner.mix([b], [0.7]))
    # 3e-8 (float32); 0.22 (averaged)
    agree(together, alone, "mix([a, b], [0.9, 0.7]), compared with the sum of your mix([a], [0.9]) and mix([b], [0.7])", atol=MIX)


@grades("mix")
def test_sums_above_full_scale_are_left_alone(learner, reference, rng):
    a, b = rng.uniform(0.7, 1.0, (2, 50)) * rng.choice([-1.0, 1.0], 50)
    compare(learner, reference, "mix", [a, b], [1.0, 1.0], atol=MIX)


@grades("mix", weight=2)
def test_fresh_signals_are_mixed(learner, reference, rng):
    signals = [rng.uniform(-0.4, 0.4, n) for n in rng.permutation([40, 70, 55])]
    compare(learner, reference, "mix", signals, rng.uniform(0.2, 0.8, 3).tolist(), atol=MIX)
