"""Clips unlike anything a model was trained on. Signals are mono: 1-D floats, 1 is full scale; `sr` is in Hz."""

from .features import features_chroma

NOTE_SHARE = 0.5  # of the chroma in one pitch class: single notes have 0.6 or more, triads 0.45 or less, white noise about 0.1


def out_of_distribution(y, sr):
    """Whether a clip is something else than one note: noise, a chord, or silence.

    Parameters
    ----------
    y : float array (n,)
        Signal, at least one sample.
    sr : float
        Sampling rate in Hz, positive.

    Returns
    -------
    bool
        True unless more than half of the sum of `features_chroma(y, sr)` lies in its largest value. Noise spreads over all twelve pitch
        classes, a chord over three or more; digital silence has none.

    Raises
    ------
    ValueError
        If features_chroma refuses y or sr.

    Notes
    -----
    It tells harmonic tones whose harmonics fall to one half or less from triads of such tones; plucked strings, in which a higher harmonic may
    be the strongest, are sometimes called chords.

    Examples
    --------
    >>> import numpy as np
    >>> t = np.arange(11025) / 22050
    >>> a4, e5, c5 = (np.sin(2 * np.pi * f * t) for f in (440.0, 659.3, 523.3))
    >>> out_of_distribution(a4, 22050), out_of_distribution(a4 + c5 + e5, 22050), out_of_distribution(0.0 * t, 22050)
    (False, True, True)
    """
    chroma = features_chroma(y, sr)

    return bool(chroma.max() <= NOTE_SHARE * chroma.sum())
