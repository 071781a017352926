"""Pickles: which names a file would import, and which versions of the libraries are running. Nothing here unpickles anything.

A pickle is a small program. Its opcodes build numbers, texts and lists by themselves; for all else they name a function or a class,
which loading imports and calls.
"""

import pickletools

UNKNOWN = ("?", "?")  # a name that a pickle does not spell out
_STRINGS = {"SHORT_BINUNICODE", "BINUNICODE", "BINUNICODE8", "UNICODE", "STRING", "BINSTRING", "SHORT_BINSTRING"}
_GETS = {"GET", "BINGET", "LONG_BINGET"}
_PUTS = {"PUT", "BINPUT", "LONG_BINPUT"}


def pickle_globals(pickle_bytes):
    """Names that loading a pickle would import, found without loading it.

    Parameters
    ----------
    pickle_bytes : bytes
        A pickle of any protocol, the whole content of a file.

    Returns
    -------
    list of (str, str)
        A pair (module, name) for each time a name is imported, in the order of the file. A name that the file does not spell out
        gives ("?", "?"): one computed on loading, or a number of the extension registry.

    Raises
    ------
    ValueError
        If pickle_bytes is not bytes, or no pickle from its first byte to a STOP opcode.

    Notes
    -----
    Source: the documentation of Python's pickletools, "genops".

    Examples
    --------
    >>> import pickle
    >>> pickle_globals(pickle.dumps([1, "two", 3.0]))
    []
    >>> pickle_globals(pickle.dumps(range(5)))
    [('builtins', 'range')]
    """
    if not isinstance(pickle_bytes, bytes):
        raise ValueError(f"pickle_bytes is a {type(pickle_bytes).__name__}; it must be bytes: did you pass the path instead of the file's content?")

    found, memo, pushed = [], {}, [None, None]  # pushed: what the stack got last, a text or None for all else
    for opcode, argument, _ in pickletools.genops(pickle_bytes):
        name = opcode.name
        if name in ("GLOBAL", "INST"):
            found.append(tuple(argument.split(" ", 1)))
        elif name == "STACK_GLOBAL":
            found.append(UNKNOWN if None in pushed[-2:] else tuple(pushed[-2:]))
        elif name.startswith("EXT"):
            found.append(UNKNOWN)

        if name in _PUTS or name == "MEMOIZE":
            memo[len(memo) if name == "MEMOIZE" else argument] = pushed[-1]
        elif name in _GETS:
            pushed.append(memo.get(argument))
        elif name not in ("PROTO", "FRAME"):
            pushed.append(argument if name in _STRINGS else None)
    return found


def running_versions():
    """Versions of the libraries that a saved model depends on, as they are running now.

    Returns
    -------
    dict
        {"numpy": ..., "scikit-learn": ...}, each a text.

    Examples
    --------
    >>> sorted(running_versions())
    ['numpy', 'scikit-learn']
    """
    import numpy
    import sklearn

    return {"numpy": numpy.__version__, "scikit-learn": sklearn.__version__}
