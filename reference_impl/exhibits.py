"""Exhibits of the museum of errors: which of four repairs, lettered a to d in the exercise's text, is right for each error of the original tutorial."""

RIGHT_REPAIRS = {
    "formula": "c",  # time is missing from the sine
    "rate": "a",  # 41100 Hz, where 44100 were meant
    "arithmetic": "d",  # ten times too many samples and periods in a millisecond
    "resampling": "b",  # librosa.load without sr=None
    "reference": "d",  # each clip its own 0 dB
    "overfitting": "a",  # a perfect test score called overfitting
    "duplicates": "c",  # test notes that are copies of training notes
    "pixels": "b",  # a figure for features
    "order": "a",  # no seed, and the order of os.listdir
    "pickle": "c",  # loaded without a look, tried on its training data
    "keywords": "d",  # a signal passed to librosa without its name
    "python2": "b",  # what Python 3 no longer runs
    "mel": "c",  # mel bands too wide for semitones
    "loss": "a",  # the logistic function "optimised"
}


def museum(error_id):
    """The right repair of an error in the museum.

    Parameters
    ----------
    error_id : str
        A key of RIGHT_REPAIRS.

    Returns
    -------
    str
        The letter of its right repair, "a", "b", "c" or "d".

    Raises
    ------
    ValueError
        If there is no such exhibit.

    Notes
    -----
    Source: S. García Valencia, Basics of Machine Learning for Music DSP, the tutorial that this course grew out of.

    Examples
    --------
    >>> museum("formula")
    'c'
    """
    if error_id not in RIGHT_REPAIRS:
        raise ValueError(f"error_id={error_id!r} must be one of {', '.join(RIGHT_REPAIRS)}; is it misspelt?")

    return RIGHT_REPAIRS[error_id]
