"""Sounds. Signals are 1-D floats, 1 is full scale; what is played stays far below it, begins and ends without a click, and is never normalised."""

import base64
import io
from html import escape

import numpy as np
import soundfile
from IPython.display import HTML, display

from reference_impl import to_int16

PEAK_MAX = 0.25  # of full scale, -12 dB: loud enough beside other pages, never a shock on headphones
EDGE_MAX = 0.02  # a first or last sample above this is heard as a click
DURATION_MAX = 8.0  # seconds


def sound(y, sr, heard):
    """Show a player, and below it what is heard.

    Parameters
    ----------
    y : float array (n,)
        Signal; it is played as loud as it is.
    sr : int
        Sampling rate in Hz.
    heard : str
        What is heard, in words: for those who cannot hear it, and for those who wonder what to listen for.

    Raises
    ------
    ValueError
        If y peaks above 0.25, does not begin and end near 0, or is longer than 8 seconds, or heard is no sentence.
    """
    y = np.asarray(y, dtype=float)
    peak, edge = np.abs(y).max(), max(abs(y[0]), abs(y[-1]))
    if peak > PEAK_MAX:
        raise ValueError(f"the signal peaks at {peak:.2f}; {PEAK_MAX} is the most that a chapter plays: multiply it by a gain")
    if edge > EDGE_MAX:
        raise ValueError(f"the signal begins or ends at {edge:.2f}, a click; fade it with add_fades, or put silence around it")
    if y.size > DURATION_MAX * sr:
        raise ValueError(f"the signal lasts {y.size / sr:.1f} s; {DURATION_MAX} s is the most: which part of it is to be heard?")
    if not heard.rstrip().endswith("."):
        raise ValueError(f"heard={heard!r} must be a sentence that says what is heard")

    file = io.BytesIO()
    soundfile.write(file, to_int16(y), sr, format="FLAC", subtype="PCM_16")  # half the size of a WAV file, and not a bit different
    data = base64.b64encode(file.getvalue()).decode()
    display(HTML(
        f'<figure class="sound"><audio controls preload="none" src="data:audio/flac;base64,{data}" '
        f'aria-label="Sound, {y.size / sr:.2f} seconds"></audio>'
        f"<figcaption>{escape(heard)} <span class=\"seconds\">({y.size / sr:.2f} s)</span></figcaption></figure>"
    ))
