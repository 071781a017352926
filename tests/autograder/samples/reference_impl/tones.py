"""Tones for the sample lesson."""

import math

from .units import seconds


def tone(freq, sr):
    """One second of a sine."""
    return [math.sin(2 * math.pi * freq * seconds(n, sr)) for n in range(sr)]
