"""Answers with what is too large, too deep, or never ends."""
import itertools
import numpy as np

deep = []
deep.append(deep)
time_axis = lambda *a, **k: np.broadcast_to(np.float64(0), (10**9,))
sine = lambda *a, **k: deep
periods_and_samples = lambda *a, **k: (1 << 10**6, "x" * 10**8)
tone_then_silence = lambda *a, **k: itertools.count()
tone_sequence = lambda *a, **k: [[0.0] * 10**6] * 100
add_fades = lambda *a, **k: {i: {} for i in range(10**6)}
mix = lambda *a, **k: (x for x in iter(int, 1))
