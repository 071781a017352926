"""The few system calls that Python does not wrap. Each raises OSError when the kernel refuses."""

import ctypes
import functools
import os

PR_SET_PDEATHSIG, PR_SET_SECCOMP, PR_CAPBSET_DROP = 1, 22, 24
PR_SET_KEEPCAPS, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 8, 36, 38
PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE = 47, 2


@functools.cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def call(name: str, *arguments) -> int:
    """``name(*arguments)`` of the C library, integers passed as C longs, as ``syscall`` and ``prctl`` read them."""
    ctypes.set_errno(0)
    result = getattr(_libc(), name)(*(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
    if result == -1:
        error = ctypes.get_errno()
        raise OSError(error, f"{name}: {os.strerror(error)}")
    return result


def prctl(option: int, *arguments: int) -> int:
    """``prctl`` with the arguments that are not given as 0, which newer options insist on."""
    return call("prctl", option, *arguments, *[0] * (4 - len(arguments)))
