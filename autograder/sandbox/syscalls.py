"""Seccomp: which system calls a box may make. Everything is allowed but what is listed here with its reason.

Where Landlock, namespaces and the unprivileged user already forbid a thing, this is the second lock. Where they do not
(Landlock knows no ``chmod``; without namespaces the box may have the teacher's own user id) it is the only one.
A refused call fails with EPERM; ENOSYS where the C library then takes an older way.
"""

import ctypes
import errno
import functools
import os
import platform
import sys

from . import kernel
from .box import ProtectionMissing

_REFUSED = {
    "the network and named sockets": "socket connect bind listen accept accept4",
    "other processes": """ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd
        pidfd_send_signal migrate_pages move_pages ioprio_set""",
    "mounts and namespaces": """mount umount2 move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick mount_setattr
        statmount listmount pivot_root chroot unshare setns quotactl quotactl_fd swapon swapoff""",
    "files by other ways than paths, and being told of others' files": """open_by_handle_at name_to_handle_at
        fanotify_init fanotify_mark inotify_init inotify_init1 inotify_add_watch""",
    "another identity": """setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset
        personality chown fchown lchown fchownat""",
    "memory and messages that outlive a process": """shmget shmat shmctl shmdt msgget msgsnd msgrcv msgctl semget semop
        semtimedop semctl mq_open mq_unlink memfd_secret""",
    "the machine": """reboot settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname acct syslog
        kexec_load kexec_file_load init_module finit_module delete_module iopl ioperm modify_ldt vhangup""",
    "parts of the kernel that no exercise needs and that break often": """bpf perf_event_open userfaultfd keyctl add_key
        request_key io_uring_setup io_uring_enter io_uring_register lookup_dcookie nfsservctl uselib ustat sysfs _sysctl""",
    "times of files, see below": "utime utimes futimesat",
    "cutting files, which old Landlock lets through": "truncate",  # and by open() without writing, see below
}
# Landlock knows neither rights nor times, so with the owner's user id a box would reach those of every file of the owner's,
# Python's own too. Changing them seems to succeed and changes nothing, which `shutil.copy2` and its like can live with.
_IDLE = "chmod fchmod fchmodat fchmodat2"
_UNSUPPORTED = """setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr
    getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr"""
_ABSENT = "clone3 memfd_create openat2"  # clone3 and openat2 hide their flags from filters, memory files are no one's memory
_FOR_ITSELF = "prlimit64 sched_setaffinity sched_setscheduler sched_setparam sched_setattr"  # with process 0, that is itself
_FILTER_MODE = 2
_SIGNALS = "kill tkill tgkill rt_sigqueueinfo rt_tgsigqueueinfo"

# Numbers from 424 on are the same on every machine; libseccomp knows them only as far as its own age.
_NUMBERS = {
    "pidfd_send_signal": 424, "io_uring_setup": 425, "io_uring_enter": 426, "io_uring_register": 427, "open_tree": 428,
    "move_mount": 429, "fsopen": 430, "fsconfig": 431, "fsmount": 432, "fspick": 433, "clone3": 435, "openat2": 437,
    "pidfd_getfd": 438, "process_madvise": 440, "mount_setattr": 442, "quotactl_fd": 443, "memfd_secret": 447,
    "process_mrelease": 448, "fchmodat2": 452, "statmount": 457, "listmount": 458, "open_tree_attr": 467,
}
_UNKNOWN = range(463, 600)  # calls newer than this list: unread, so absent

_CLONE_NEW = [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]  # mnt cgroup uts ipc user pid net
_AF_UNIX, _DATAGRAM_LIKE = 1, [2, 3, 4]  # SOCK_DGRAM, SOCK_RAW and SOCK_RDM can be sent to any named socket
_FCNTL = [8, 10, 15, 1024]  # F_SETOWN, F_SETSIG, F_SETOWN_EX: signals by another way; F_SETLEASE: others wait at open
_IOCTL = [0x5412, 0x541C, 0x541D, 0x8901, 0x8902]  # TIOCSTI, TIOCLINUX, TIOCCONS; FIOSETOWN, SIOCSPGRP
_IOCTL_FAMILIES = [ord("f") << 8, ord("X") << 8, 0x94 << 8]  # flags, snapshots, verity of file systems
_SHARED_ANONYMOUS = 0x21  # memory that stays when it is no longer seen in the process: the supervisor could not count it
_MACHINES = ("x86_64", "aarch64", "riscv64")  # where clone's flags are its first argument and calls have the numbers above


def install(signals_to_itself: bool = False) -> None:
    """Put this process and its children under the filter, for ever. Needs NO_NEW_PRIVS.

    With ``signals_to_itself`` a process may signal only the one that installs: the lock where neither a pid namespace,
    nor Landlock, nor a user id of its own keeps signals in. Its children then cannot signal at all.
    Raises ProtectionMissing("seccomp", ...).
    """
    for code in [program()] + ([_signal_program(os.getpid())] if signals_to_itself else []):
        try:
            # not libseccomp's own load: in a fork with 150 MB of libraries it takes 4 to 12 ms, this half a millisecond
            instructions = _Program(len(code) // 8, code)
            kernel.call("prctl", kernel.PR_SET_SECCOMP, _FILTER_MODE, ctypes.byref(instructions), 0, 0)
        except OSError as error:
            raise ProtectionMissing("seccomp", f"{error}; `--isolation none` accepts the risk") from error


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p)]


@functools.cache
def program() -> bytes:
    """The filter in the kernel's own form (BPF), made once in the process that boxes are forked from.

    Raises ProtectionMissing("seccomp", ...).
    """
    seccomp = _library()
    made = seccomp.SyscallFilter(seccomp.ALLOW)
    made.set_attr(seccomp.Attr.CTL_OPTIMIZE, 2)  # a binary tree
    made.set_attr(seccomp.Attr.ACT_BADARCH, seccomp.KILL_PROCESS)  # 32-bit and x32 calls would pass by the list

    def refuse(names: str, error: int = errno.EPERM, *conditions) -> None:
        for name in names.split():
            number = _number(seccomp, name)
            if number is not None:
                made.add_rule(seccomp.ERRNO(error), number, *conditions)

    def has(argument: int, value: int, mask: int):
        return seccomp.Arg(argument, seccomp.MASKED_EQ, mask, value)

    def is_not(argument: int, value: int):
        return seccomp.Arg(argument, seccomp.NE, value)

    for names in _REFUSED.values():
        refuse(names)
    refuse(_IDLE, 0)
    refuse(_UNSUPPORTED, errno.EOPNOTSUPP)
    refuse(_ABSENT, errno.ENOSYS)
    for number in _UNKNOWN:
        if number not in _NUMBERS.values():
            made.add_rule(seccomp.ERRNO(errno.ENOSYS), number)

    refuse(_FOR_ITSELF, errno.EPERM, is_not(0, 0))
    for argument in (0, 1):
        refuse("setpriority", errno.EPERM, is_not(argument, 0))
    for flag in _CLONE_NEW:
        refuse("clone", errno.EPERM, has(0, flag, flag))
    refuse("socketpair", errno.EPERM, is_not(0, _AF_UNIX))
    for kind in _DATAGRAM_LIKE:
        refuse("socketpair", errno.EPERM, has(1, kind, 0xF))
    for command in _FCNTL:
        refuse("fcntl", errno.EPERM, has(1, command, 0xFFFFFFFF))
    for command in _IOCTL:
        refuse("ioctl", errno.EPERM, has(1, command, 0xFFFFFFFF))
    for family in _IOCTL_FAMILIES:
        refuse("ioctl", errno.EOPNOTSUPP, has(1, family, 0xFF00))
    # "Now" on a path is refused: `Path.touch` takes its success as the sign that there is a file.
    refuse("utimensat", errno.EPERM, is_not(1, 0), seccomp.Arg(2, seccomp.EQ, 0))
    refuse("utimensat", 0, seccomp.Arg(1, seccomp.EQ, 0))
    refuse("utimensat", 0, is_not(2, 0))
    refuse("mmap", errno.EPERM, has(3, _SHARED_ANONYMOUS, _SHARED_ANONYMOUS))
    for name, argument in (("open", 1), ("openat", 2)):
        refuse(name, errno.EPERM, has(argument, os.O_TRUNC, os.O_TRUNC | os.O_ACCMODE))
        refuse(name, errno.EPERM, has(argument, os.O_ACCMODE, os.O_ACCMODE))
    return _compiled(made)


def _signal_program(own: int) -> bytes:
    seccomp = _library()
    made = seccomp.SyscallFilter(seccomp.ALLOW)
    for name in _SIGNALS.split():
        made.add_rule(seccomp.ERRNO(errno.EPERM), name, seccomp.Arg(0, seccomp.NE, own))
    return _compiled(made)


def _compiled(made) -> bytes:
    with open(os.memfd_create("filter"), "w+b") as file:
        made.export_bpf(file)
        file.seek(0)
        return file.read()


def _number(seccomp, name: str) -> int | None:
    """The number of call ``name``; None where this machine never had it. A name that libseccomp does not know at all
    must not be left out in silence."""
    number = _NUMBERS.get(name, seccomp.resolve_syscall(seccomp.Arch.NATIVE, name))
    if number == -1:
        raise ProtectionMissing("seccomp", f"libseccomp is too old, it does not know `{name}`: install version 2.4 or later")
    return number if number >= 0 else None


@functools.cache
def _library():
    if sys.platform != "linux" or platform.machine() not in _MACHINES:
        raise ProtectionMissing(
            "seccomp", f"no filter for {sys.platform} on {platform.machine()}; `--isolation none` accepts the risk")
    try:
        import pyseccomp  # here, because it loads the system's libseccomp, which may be absent
    except (ImportError, RuntimeError, OSError) as error:
        raise ProtectionMissing("seccomp", f"{error}: install it (`apt install libseccomp2`, `dnf install libseccomp`), "
                                           "or accept the risk with `--isolation none`") from error
    return pyseccomp
