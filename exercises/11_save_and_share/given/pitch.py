"""Pitch. Frequencies are in Hz; MIDI numbers count semitones, 69 is A4 = 440 Hz; a semitone has 100 cents, an octave 1200.

Twelve-tone equal temperament. Each function takes numbers or arrays: a number gives a number, an array one of its shape.
"""

import numpy as np

A4_HZ = 440.0
A4_MIDI = 69
LARGEST_MIDI = 255.0  # 20 MHz; MIDI itself ends at 127, so what is larger are Hz


def midi_to_hz(m):
    """Frequency of a MIDI number.

    Parameters
    ----------
    m : float or array of any shape
        MIDI numbers, -255 to 255; parts of a semitone count.

    Returns
    -------
    float or float array of m's shape
        440 * 2 ** ((m - 69) / 12) in Hz.

    Raises
    ------
    ValueError
        If m is not real, not finite, or beyond 255 on either side.

    Notes
    -----
    Source: MIDI Tuning Standard, MIDI Manufacturers Association (1999); ISO 16 (1975) for A4.

    Examples
    --------
    >>> midi_to_hz(60).round(4)
    np.float64(261.6256)
    >>> midi_to_hz([57, 69, 81])
    array([220., 440., 880.])
    """
    m = _numbers("m", m)
    if m.size and np.abs(m).max() > LARGEST_MIDI:
        raise ValueError(f"m={m.ravel()[np.abs(m).argmax()]:g} is beyond {LARGEST_MIDI:g}; MIDI numbers reach 127: did you pass Hz?")

    return (A4_HZ * 2.0 ** ((m - A4_MIDI) / 12.0))[()]


def hz_to_midi(f):
    """MIDI number of a frequency, not rounded.

    Parameters
    ----------
    f : float or array of any shape
        Frequencies in Hz, above 0.

    Returns
    -------
    float or float array of f's shape
        69 + 12 * log2(f / 440).

    Raises
    ------
    ValueError
        If f is not real, not finite, or not above 0.

    Examples
    --------
    >>> hz_to_midi(880)
    np.float64(81.0)
    >>> hz_to_midi([261.63, 450.0]).round(2)
    array([60.  , 69.39])
    """
    f = _frequencies("f", f)

    return (A4_MIDI + 12.0 * np.log2(f / A4_HZ))[()]


def cents(f1, f2):
    """Interval from one frequency to another in cents; a rising interval is positive.

    Parameters
    ----------
    f1, f2 : float or array
        Frequencies in Hz, above 0; arrays of one shape, or of shapes that broadcast.

    Returns
    -------
    float or float array
        1200 * log2(f2 / f1).

    Raises
    ------
    ValueError
        If a frequency is not real, not finite, or not above 0, or the shapes do not fit together.

    Notes
    -----
    Source: A. J. Ellis, in his translation of H. Helmholtz, On the Sensations of Tone, 2nd edition (1885), appendix XX.

    Examples
    --------
    >>> cents(440, 880)
    np.float64(1200.0)
    >>> cents(300, [450, 400, 300, 200]).round(1)
    array([ 702.,  498.,    0., -702.])
    """
    f1, f2 = _frequencies("f1", f1), _frequencies("f2", f2)
    try:
        np.broadcast_shapes(f1.shape, f2.shape)
    except ValueError:
        raise ValueError(f"f1 has shape {f1.shape}, f2 {f2.shape}; an interval needs a frequency of each: is one of them missing?") from None

    return (1200.0 * np.log2(f2 / f1))[()]


def _frequencies(name, f):
    f = _numbers(name, f)
    if not (f > 0).all():
        raise ValueError(f"{name}={f[~(f > 0)][0]:g} must be above 0 Hz; is it silence, of which there is no pitch?")
    return f


def _numbers(name, value):
    """``value`` as an array of float64, if it holds finite real numbers."""
    array = np.asarray(value)
    if array.dtype.kind not in "iuf" and array.size:
        raise ValueError(f"{name} has dtype {array.dtype}; it must hold real numbers: did you pass the name of a note?")
    if not np.isfinite(array.astype(float)).all():
        raise ValueError(f"{name} holds NaN or infinity; it must be finite: is it the logarithm of 0 Hz?")
    return array.astype(float)
