"""Resource limits: what each process may use up by itself. What all use together is counted by the supervisor."""

import os

from .box import Box


def apply(box: Box, counts_apart: bool) -> None:
    """Lower this process's limits, for ever, to those of ``box``. Raises OSError when the system refuses.

    ``counts_apart`` says that the system counts the box's processes apart from its user's other ones. The limit on
    processes is a harder stop at twice the supervisor's, for the time between two of its looks; it counts threads too.
    """
    import resource  # here, because it does not exist everywhere this module may be imported

    others = 0 if counts_apart else _tasks_of_user()
    wanted = {
        "AS": _address_space() + box.memory,
        "CPU": box.cpu,
        "FSIZE": box.file_size,
        "NOFILE": box.open_files,
        "NPROC": others + 2 * box.processes,
        "CORE": 1,  # under a page: no file; and exactly 1 also stops kernels that hand cores to a program
    }
    for name, value in wanted.items():
        which = getattr(resource, f"RLIMIT_{name}")
        before = resource.getrlimit(which)[1]
        hard = value + 1 if name == "CPU" else value  # a second between SIGXCPU and SIGKILL
        if before != resource.RLIM_INFINITY:
            value, hard = min(value, before), min(hard, before)
        resource.setrlimit(which, (value, hard))


def _address_space() -> int:
    try:
        with open("/proc/self/statm") as statm:
            return int(statm.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except FileNotFoundError:  # no /proc: psutil asks the system in its own way
        import psutil

        return psutil.Process().memory_info().vms


def _tasks_of_user() -> int:
    """The threads that this user runs now."""
    import psutil

    own = os.getuid()
    total = 0
    for process in psutil.process_iter():
        try:
            if process.uids().real == own:
                total += process.num_threads()
        except psutil.Error:
            continue
    return total
