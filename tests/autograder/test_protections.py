"""Attacks on the sandbox's protections, one for each promise it makes; each runs in a real box.

They run with all that this machine has and with less: without namespaces, or with the first Landlock (Linux 5.13) and no
namespaces, where for an ordinary user seccomp alone keeps signals in. Started as root, the file runs itself once more as
an ordinary user.
"""

import contextlib
import ctypes
import errno
import fcntl
import json
import mmap
import os
import platform
import resource
import select
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from autograder.sandbox import identity, kernel, landlock, linux, syscalls, work_folder
from autograder.sandbox.box import MB, NAMESPACES, PROTECTIONS, REQUIRED
from autograder.sandbox.linux import Box, ProtectionMissing

pytestmark = pytest.mark.skipif(not landlock.abi(), reason="no Landlock here: run on Linux 5.13 or later, with `landlock` in `lsm=`")

REPOSITORY = Path(__file__).resolve().parents[2]
AS_USER = "AUTOGRADER_TESTS_AS_USER"  # set in the run as an ordinary user
USER_ID = 54321  # need not exist
REFUSALS = {"EPERM", "EACCES", "EXDEV", "ENOSYS", "EROFS"}
PATIENCE = 20.0  # seconds until a test gives up; boxes here end in a tenth of one to three
CLONE_NEWUSER = 0x10000000


# ---- running an attack in a box

class Seen(NamedTuple):
    """What came back from a box: the attack's answer, the supervisor's reports, the protections that were in force."""

    answer: Any
    reports: list[dict]
    protections: list[str]

    @property
    def reason(self) -> str:
        return self.reports[-1]["reason"]


class Running:
    """A box that runs ``attack(*arguments)``. What that returns crosses as JSON on a pipe that every process of the box
    holds open, so that the end of the pipe proves that all have ended."""

    def __init__(self, box: Box, attack, *arguments):
        self.reading, writing = os.pipe()
        self.control, theirs = socket.socketpair()
        self.control.settimeout(PATIENCE)
        self.supervisor = os.fork()
        if self.supervisor == 0:
            try:
                self.control.close()
                self._supervise(box, theirs, writing, lambda: attack(*arguments))
            finally:
                os._exit(0)
        os.close(writing)
        theirs.close()
        self.heard = self.control.makefile()

    def _supervise(self, box, control, writing, attack):
        def target():
            answer = attack()
            os.write(writing, json.dumps(answer).encode())

        try:
            child = linux.spawn(box, target, [writing, 2])
        except ProtectionMissing as missing:
            control.sendall(json.dumps({"missing": missing.name, "advice": missing.advice}).encode() + b"\n")
            return
        except RuntimeError as error:
            control.sendall(json.dumps({"error": str(error)}).encode() + b"\n")
            return
        os.close(writing)
        control.sendall(json.dumps({"protections": child.protections}).encode() + b"\n")
        linux.supervise(child, control.fileno())

    def line(self) -> dict:
        return json.loads(self.heard.readline() or "{}")

    def tell(self, command: str) -> None:
        self.control.sendall(command.encode() + b"\n")

    def wait(self, close: bool = False) -> Seen:
        start = self.line()
        if close:
            self.control.shutdown(socket.SHUT_WR)
        reports = []
        while (report := self.line()):
            reports.append(report)
        answer = self.gone()
        if "missing" in start:
            raise ProtectionMissing(start["missing"], start["advice"])
        return Seen(json.loads(answer) if answer else None, reports, start["protections"])

    def gone(self) -> bytes:
        """Wait until every process has ended; what the attack wrote."""
        os.waitpid(self.supervisor, 0)
        answer = b""
        while select.select([self.reading], [], [], PATIENCE)[0]:
            new = os.read(self.reading, 65536)
            answer += new
            if not new:
                break
        else:
            pytest.fail("a process of the box is still alive")
        os.close(self.reading)
        self.heard.close()
        self.control.close()
        return answer


FULL, NO_NAMESPACES, FIRST_LANDLOCK = "all there is", "no namespaces", "first landlock"
in_full = pytest.mark.parametrize("mode", [FULL], indirect=True)
in_every_mode = pytest.mark.parametrize("mode", [FULL, NO_NAMESPACES, FIRST_LANDLOCK], indirect=True)


@pytest.fixture(params=[FULL, NO_NAMESPACES if identity.is_root() else FIRST_LANDLOCK])
def mode(request, monkeypatch) -> frozenset[str]:
    """The protections that boxes of a test may take."""
    if request.param == FULL:
        return PROTECTIONS
    if request.param == FIRST_LANDLOCK:
        monkeypatch.setattr(landlock, "abi", lambda: 1)
    return PROTECTIONS - {*NAMESPACES}


@pytest.fixture
def folders(tmp_path):
    """Makes work folders, and removes them as the autograder does."""
    made = []

    def make() -> Path:
        folder = tmp_path / f"work-{len(made)}"
        folder.mkdir(mode=0o700)
        made.append(folder)
        return folder

    yield make
    for folder in made:
        work_folder.remove(folder)
        assert not folder.exists()


@pytest.fixture
def start(mode, folders):
    """``start(attack, *arguments, **limits)`` starts a box."""

    def start_box(attack, *arguments, **limits) -> Running:
        limits.setdefault("work", folders())
        return Running(Box(**{"allowed": mode, "memory": 256 * MB, "wall": PATIENCE / 2, **limits}), attack, *arguments)

    return start_box


@pytest.fixture
def run(start):
    """``run(attack, *arguments, **limits)`` starts a box and waits for its end."""
    return lambda attack, *arguments, **limits: start(attack, *arguments, **limits).wait()


@pytest.fixture
def victim():
    """A process of the same user outside of any box."""
    process = subprocess.Popen(["sleep", "60"])
    yield process
    try:
        assert process.poll() is None, "the box ended a process outside"
    finally:
        process.kill()
        process.wait()


def tried(call, *arguments) -> str:
    """What became of ``call(*arguments)``: "done", or the name of its error."""
    try:
        call(*arguments)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    except Exception as error:
        return type(error).__name__
    return "done"


def all_tried(attempts: dict[str, tuple]) -> dict[str, str]:
    return {name: tried(*attempt) for name, attempt in attempts.items()}


def assert_refused(outcomes: dict[str, str], also: set[str] = frozenset()) -> None:
    assert outcomes, "nothing was tried"
    let_through = {name: outcome for name, outcome in outcomes.items() if outcome not in REFUSALS | also}
    assert not let_through


def system_call(number: int, *arguments: int) -> None:
    kernel.call("syscall", number, *arguments)


# ---- reading

def test_own_work_folder_can_be_read_and_written(run):
    def attack():
        Path("a").mkdir()
        Path("a/b.txt").write_text("hello")
        os.rename("a/b.txt", "a/c.txt")
        Path("touched").touch()
        shutil.copy2("a/c.txt", "copied")
        return [Path("copied").read_text(), sorted(os.listdir("."))]

    assert run(attack).answer == ["hello", ["a", "copied", "touched"]]


def test_nothing_outside_can_be_read(run, folders, tmp_path):
    other = folders()
    (other / "answer.py").write_text("secret")
    paths = [
        Path(__file__), REPOSITORY / "autograder" / "sandbox" / "linux.py", other / "answer.py", "/etc/passwd", "/etc/shadow",
        "/proc/self/environ", f"/proc/{os.getpid()}/environ", f"/proc/{os.getpid()}/maps", f"/proc/{os.getpid()}/cmdline",
        "/proc/1/cmdline", "/proc/version", "/sys/kernel/notes", "/dev/mem", "/dev/kmsg", "/dev/tty", "/run/utmp", "/.dockerenv",
    ]
    places = [REPOSITORY, REPOSITORY / "tests", Path.home(), other, tmp_path, "/", "/tmp", "/home", "/root", "/proc", "/sys",
              "/dev", "/dev/shm", "/run", "/var", "/etc", "/opt"]

    def attack():
        return all_tried({f"read {path}": (Path(path).read_bytes,) for path in paths if os.path.exists(path)}
                         | {f"list {path}": (os.listdir, path) for path in places if os.path.exists(path)})

    assert_refused(run(attack).answer)


def test_links_lead_nowhere_outside(run, folders):
    secret = folders() / "answer.py"
    secret.write_text("secret")
    library = os.__file__  # may be read, must not be taken in

    def link_by_descriptor():  # with CAP_DAC_READ_SEARCH a descriptor is enough to make a link
        descriptor = os.open(secret, os.O_PATH)
        kernel.call("linkat", descriptor, b"", -100, b"taken", 0x1000)

    def attack():
        os.symlink(secret, "soft")
        os.symlink("/proc/self/root", "root")
        return all_tried({
            "symlink": (Path("soft").read_text,), "root": (Path("root/etc/passwd").read_text,),
            "hard link": (os.link, secret, "hard"), "hard link of a library": (os.link, library, "hard"),
            "move": (os.rename, secret, "moved"), "descriptor": (link_by_descriptor,),
            "open again": (os.open, f"/proc/self/fd/{os.open(secret, os.O_PATH)}", os.O_RDONLY),
        })

    assert_refused(run(attack).answer, {"ENOENT"})  # a descriptor without the capability is not found
    assert secret.read_text() == "secret"


def test_what_others_do_with_their_files_is_not_told(run):
    def attack():
        return all_tried({"start": (kernel.call, "inotify_init1", 0), "add": (kernel.call, "inotify_add_watch", 0, b"/tmp", 0xFFF)})

    assert_refused(run(attack).answer)


def test_files_cannot_be_opened_by_handle(run):
    class Handle(ctypes.Structure):
        _fields_ = [("size", ctypes.c_uint), ("kind", ctypes.c_int), ("bytes", ctypes.c_char * 128)]

    handle, mount = Handle(128), ctypes.c_int()
    kernel.call("name_to_handle_at", -100, b"/etc/passwd", ctypes.byref(handle), ctypes.byref(mount), 0)

    def attack():
        directory = os.open("/usr/lib", os.O_RDONLY)
        return all_tried({
            "name": (kernel.call, "name_to_handle_at", -100, b"/etc/passwd", ctypes.byref(handle), ctypes.byref(mount), 0),
            "open": (kernel.call, "open_by_handle_at", directory, ctypes.byref(handle), os.O_RDONLY),
        })

    assert_refused(run(attack).answer)


@in_full
def test_only_the_kept_descriptors_are_open(run):
    held = os.open(__file__, os.O_RDONLY)

    def attack():
        open_now = [fd for fd in range(200) if tried(os.fstat, fd) == "done"]
        return [len(open_now), os.read(0, 10).decode(), tried(os.fstat, held)]

    assert run(attack).answer == [4, "", "EBADF"]  # 0, 1, 2 and the pipe for the answer
    os.close(held)


# ---- writing

@in_every_mode
def test_nothing_outside_can_be_changed(run, folders, tmp_path):
    work, outside = folders(), folders()
    target = outside / "answer.py"
    target.write_text("secret")
    os.chmod(target, 0o644)
    before = target.stat()

    def attack():
        return all_tried({
            "create": (Path(outside / "new").write_text, "x"), "write": (target.write_text, "x"), "append": (open, target, "a"),
            "truncate": (os.truncate, target, 0), "truncate and read": (os.open, target, os.O_RDONLY | os.O_TRUNC),
            "truncate and nothing": (os.open, target, 3 | os.O_TRUNC), "remove": (os.unlink, target),
            "rename": (os.rename, target, outside / "b"), "mkdir": (os.mkdir, outside / "new"),
            "fifo": (os.mkfifo, outside / "new"), "symlink": (os.symlink, "x", outside / "new"),
            "link out": (os.link, __file__, outside / "new"), "chown": (os.chown, target, 12345, 12345),
            "xattr": (os.setxattr, target, "user.x", b"1"), "tmp": (Path("/tmp/from-a-box").write_text, "x"),
            "shm": (Path("/dev/shm/from-a-box").write_text, "x"), "home": (Path.home().joinpath("from-a-box").write_text, "x"),
            "repository": (REPOSITORY.joinpath("from-a-box").write_text, "x"),
            "library": (Path(os.__file__).write_text, "x"),
            "null device": (os.mknod, "null", 0o20666, os.makedev(1, 3)),
            "touch": (os.utime, target),
        }) | {"chmod": tried(os.chmod, target, 0), "utime": tried(os.utime, target, (1, 1))}

    outcomes = run(attack, work=work).answer
    assert outcomes.pop("chmod") == outcomes.pop("utime") == "done"  # they say so
    assert_refused(outcomes, {"ENOTSUP"})
    after = target.stat()
    assert target.read_text() == "secret"
    assert [after.st_mode, after.st_uid, after.st_mtime_ns] == [before.st_mode, before.st_uid, before.st_mtime_ns]
    assert os.listdir(outside) == ["answer.py"]


@in_every_mode
def test_what_may_be_read_cannot_be_changed(run, tmp_path):
    library = tmp_path / "library"
    library.mkdir()
    file = library / "code.py"
    file.write_text("code")
    before = file.stat()

    def attack():
        os.fchmod(os.open(file, os.O_RDONLY), 0)
        os.utime(os.open(file, os.O_RDONLY), (1, 1))
        return all_tried({
            "write": (file.write_text, "x"), "truncate": (os.truncate, file, 0), "remove": (os.unlink, file),
            "truncate and read": (os.open, file, os.O_RDONLY | os.O_TRUNC), "move": (os.rename, file, "code.py"),
            "lease": (fcntl.fcntl, os.open(file, os.O_RDONLY), fcntl.F_SETLEASE, fcntl.F_WRLCK),
            "flags": (fcntl.ioctl, os.open(file, os.O_RDONLY), 0x40086602, bytes(8)),  # FS_IOC_SETFLAGS
        })

    assert_refused(run(attack, readable=(library,)).answer, {"ENOTSUP"})
    after = file.stat()
    assert [file.read_text(), after.st_mode, after.st_mtime_ns] == ["code", before.st_mode, before.st_mtime_ns]


# ---- talking

def test_no_socket_can_be_made(run):
    kinds = {"tcp": (socket.AF_INET, socket.SOCK_STREAM), "udp": (socket.AF_INET, socket.SOCK_DGRAM),
             "tcp6": (socket.AF_INET6, socket.SOCK_STREAM), "unix": (socket.AF_UNIX, socket.SOCK_STREAM),
             "unix datagrams": (socket.AF_UNIX, socket.SOCK_DGRAM), "netlink": (socket.AF_NETLINK, socket.SOCK_RAW),
             "raw": (socket.AF_INET, socket.SOCK_RAW), "packet": (socket.AF_PACKET, socket.SOCK_RAW),
             "vsock": (socket.AF_VSOCK, socket.SOCK_STREAM)}

    def attack():
        return all_tried({name: (socket.socket, *kind) for name, kind in kinds.items()})

    assert_refused(run(attack).answer)


def test_a_pair_of_sockets_reaches_no_named_socket(run, tmp_path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as hidden:
        name = str(tmp_path / "log")
        listener.bind(name)
        os.chmod(name, 0o777)
        hidden.bind("\0autograder-test-" + tmp_path.name)
        addresses = [name, hidden.getsockname()]

        def send(kind, address):
            pair = socket.socketpair(socket.AF_UNIX, kind)
            if pair[0].sendmsg([b"x"], [], 0, address) and kind != socket.SOCK_DGRAM:
                raise PermissionError(errno.EPERM, "sent to the other end of the pair")

        def connect(kind):
            socket.socketpair(socket.AF_UNIX, kind)[0].connect(name)

        def attack():
            kinds = [socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET, socket.SOCK_RAW]
            return all_tried({f"{address!r} {kind}": (send, kind, address) for kind in kinds for address in addresses}
                             | {f"connect {kind}": (connect, kind) for kind in kinds})

        assert_refused(run(attack).answer, {"EISCONN", "ENOTSUP"})
        for each in (listener, hidden):
            each.setblocking(False)
            with pytest.raises(BlockingIOError):
                each.recv(10)


def test_asyncio_has_its_pair_of_sockets(run):
    def attack():
        import asyncio

        return asyncio.run(asyncio.sleep(0.01, "slept"))

    assert run(attack).answer == "slept"


def test_no_memory_or_messages_are_shared_with_others(run):
    ask = kernel.call

    def attack():
        return all_tried({
            "shm": (ask, "shmget", 1234, 4096, 0o1666), "messages": (ask, "msgget", 1234, 0o1666),
            "semaphores": (ask, "semget", 1234, 1, 0o1666), "queue": (ask, "mq_open", b"/box", os.O_CREAT, 0o600, None),
            "named memory": (ask, "shm_open", b"/box", os.O_CREAT | os.O_RDWR, 0o600),
            "memory file": (os.memfd_create, "box"), "shared mapping": (mmap.mmap, -1, 4096),
        })

    assert_refused(run(attack).answer)


@in_every_mode
def test_no_signal_leaves_the_box(run, victim):
    outside = [victim.pid, os.getpid(), os.getppid(), 1]

    def by_descriptor(pid):
        reading, writing = os.pipe()
        fcntl.fcntl(reading, fcntl.F_SETOWN, pid)
        fcntl.fcntl(reading, 10, signal.SIGKILL)  # F_SETSIG
        fcntl.fcntl(reading, fcntl.F_SETFL, os.O_ASYNC)
        os.write(writing, b"x")

    def attack():
        attempts = {"its supervisor": (os.kill, os.getppid() or victim.pid, signal.SIGKILL)}
        for pid in outside:
            if pid != os.getpid():  # in a pid namespace 1 is the box itself
                attempts[f"kill {pid}"] = (os.kill, pid, signal.SIGCONT)
            attempts[f"by descriptor {pid}"] = (by_descriptor, pid)
        for number in (signal.SIGCONT, signal.SIGKILL):
            attempts[f"process descriptor {number}"] = (lambda n=number: signal.pidfd_send_signal(os.pidfd_open(victim.pid), n),)
        return all_tried(attempts)

    assert_refused(run(attack).answer, {"ESRCH", "EINVAL"})  # unknown in a pid namespace


@in_every_mode
def test_a_signal_to_everyone_ends_only_the_box(run, victim):
    def attack():
        os.kill(-1, signal.SIGKILL)

    assert tried(run, attack) == "done"


@in_every_mode
def test_other_processes_cannot_be_handled(run, victim):
    page = ctypes.create_string_buffer(8)

    class Vector(ctypes.Structure):
        _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]

    def attack():
        pid = victim.pid
        vector = ctypes.byref(Vector(ctypes.addressof(page), 8))
        return all_tried({
            "limits": (resource.prlimit, pid, resource.RLIMIT_CPU, (1, 1)), "nice": (os.setpriority, os.PRIO_PROCESS, pid, 19),
            "nice to all": (os.setpriority, os.PRIO_USER, 0, 19), "processors": (os.sched_setaffinity, pid, {0}),
            "attach": (kernel.call, "ptrace", 16, pid, 0, 0), "traced by parent": (kernel.call, "ptrace", 0, 0, 0, 0),
            "read memory": (kernel.call, "process_vm_readv", pid, vector, 1, vector, 1, 0),
            "working folder": (os.readlink, f"/proc/{pid}/cwd"), "descriptor": (os.readlink, f"/proc/{pid}/fd/0"),
        })

    assert_refused(run(attack).answer, {"ESRCH"})
    assert os.getpriority(os.PRIO_PROCESS, victim.pid) == os.getpriority(os.PRIO_PROCESS, 0)
    assert resource.prlimit(victim.pid, resource.RLIMIT_CPU) == resource.getrlimit(resource.RLIMIT_CPU)


# ---- privileges

def test_no_way_leads_back_to_root(run):
    def attack():
        return all_tried({
            "setuid": (os.setuid, 0), "setresuid": (os.setresuid, 0, 0, 0), "setgid": (os.setgid, 0), "groups": (os.setgroups, [0]),
            "user namespace": (kernel.call, "unshare", CLONE_NEWUSER), "mount": (kernel.call, "mount", b"none", b".", b"tmpfs", 0, 0),
            "unmount": (kernel.call, "umount2", b"/proc", 0), "chroot": (os.chroot, "."),
            "namespace of another": (kernel.call, "setns", os.pidfd_open(os.getpid()), CLONE_NEWUSER),
            "host name": (socket.sethostname, "box"), "personality": (kernel.call, "personality", 0x40000),
            "clock": (time.clock_settime, time.CLOCK_REALTIME, 0), "keys": (system_call_by_name, "keyctl", 0, 0, 0),
            "bpf": (system_call_by_name, "bpf", 0, 0, 0), "io_uring": (system_call, 425, 1, 0),
            "new mount": (system_call, 430, 0, 0),
        } | {f"{number}, newer than our list": (system_call, number, -100, 0, 0, 0, 0, 0) for number in (464, 465, 468, 500)})

    assert_refused(run(attack).answer)


def system_call_by_name(name: str, *arguments: int) -> None:
    import pyseccomp

    system_call(pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name), *arguments)


def test_a_child_cannot_be_born_into_a_user_namespace(run):
    pyseccomp = pytest.importorskip("pyseccomp")
    clone, clone3 = (pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name) for name in ("clone", "clone3"))

    def attack():
        return all_tried({"clone": (system_call, clone, CLONE_NEWUSER | signal.SIGCHLD, 0, 0, 0, 0),
                          "clone3": (system_call, clone3, 0, 0)})

    assert_refused(run(attack).answer)


@pytest.mark.skipif(platform.machine() != "x86_64", reason="x86_64 has three kinds of system calls")
def test_calls_of_another_kind_end_the_process(run):
    def attack():
        system_call(0x40000000 + 39)

    seen = run(attack)
    assert [seen.reason, seen.reports[-1]["status"]] == ["signal", -signal.SIGSYS]


def test_no_capability_is_left_but_reading(run):
    def attack():
        return [n for n in range(41) if identity._has(n)]

    assert set(run(attack).answer) <= {2}  # CAP_DAC_READ_SEARCH


@pytest.mark.skipif(not identity.is_root(), reason="an ordinary user cannot give boxes a user of their own")
def test_boxes_at_the_same_time_are_different_users(start):
    def attack():
        time.sleep(0.3)
        return [os.getuid(), os.getgid()]

    first, second = start(attack), start(attack)
    users = [first.wait().answer, second.wait().answer]
    assert users[0] != users[1]
    assert all(uid == gid and uid in identity._USER_IDS for uid, gid in users)


# ---- living

def test_the_exit_code_comes_back(run):
    seen = run(lambda: os._exit(7))
    assert seen.reports == [{"event": "exit", "reason": "exit", "status": 7}]


def test_a_crash_comes_back_as_its_signal(run):
    seen = run(lambda: ctypes.string_at(0))
    assert seen.reports == [{"event": "exit", "reason": "signal", "status": -signal.SIGSEGV}]
    assert seen.answer is None


@in_full
def test_sleeping_for_ever_ends_with_the_wall_clock(run):
    started = time.monotonic()
    assert run(lambda: time.sleep(1000), wall=0.3).reason == "wall"
    assert time.monotonic() - started < 3  # it takes 0.4 s; far more on a busy machine


@in_full
def test_burning_time_ends_with_the_processor_limit(run):
    def attack():
        while True:
            pass

    assert run(attack, cpu=1).reason == "cpu"


def test_one_process_cannot_have_more_memory(run):
    assert run(lambda: tried(bytearray, 300 * MB), memory=256 * MB).answer == "MemoryError"


def test_many_processes_cannot_have_more_memory(run):
    def attack():
        for _ in range(8):
            if os.fork() == 0:
                held = bytearray(b"x") * (60 * MB)
                time.sleep(1000)
                return len(held)
        time.sleep(1000)

    assert run(attack, memory=200 * MB).reason == "memory"


@in_full
def test_shared_memory_of_a_fork_counts_once(run):
    def attack():
        held = bytearray(b"x") * (100 * MB)
        if os.fork() == 0 or os.fork() == 0:
            time.sleep(0.3)  # six looks of the supervisor
            os._exit(0)
        os.wait()
        return len(held)

    assert run(attack, memory=200 * MB).reason == "exit"  # three times 100 MB are seen, one is there


def test_one_file_cannot_grow_for_ever(run):
    def attack():
        with open("big", "wb") as file:
            return tried(file.write, bytes(3 * MB)) if tried(file.truncate, 3 * MB) == "EFBIG" else "grown"

    assert run(attack, file_size=2 * MB).answer == "EFBIG"


def many_large():
    for number in range(1000):
        Path(f"{number}").write_bytes(bytes(MB))
    time.sleep(1000)


def many_small():
    for number in range(100_000):
        Path(f"{number}").touch()
    time.sleep(1000)


def many_removed_but_open():
    held = []
    for _ in range(100):
        held.append(open("big", "wb"))
        held[-1].write(bytes(MB))
        held[-1].flush()
        os.unlink("big")
    time.sleep(1000)


def deeper_than_a_path():
    while True:
        os.mkdir("x" * 200)
        os.chdir("x" * 200)


@pytest.mark.parametrize("attack", [many_large, many_small, many_removed_but_open, deeper_than_a_path])
def test_the_disk_cannot_be_filled(run, attack):
    assert run(attack, disk=20 * MB, files=500).reason == "disk"


def test_a_fork_bomb_is_contained_and_gone(run, victim):
    def attack():
        while True:
            with contextlib.suppress(BlockingIOError):  # no more processes
                os.fork()

    assert run(attack, processes=20).reason == "processes"


def test_threads_are_limited_too(run):
    def attack():
        made = 0
        with contextlib.suppress(RuntimeError):
            for made in range(200):
                threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
        return made

    assert run(attack, processes=20, memory=2048 * MB).answer <= 40  # twice the number of processes


def daemon():
    """A process that has left its parents and their session."""
    if os.fork():
        return
    os.setsid()
    if os.fork():
        os._exit(0)
    time.sleep(1000)


def test_a_daemon_does_not_outlive_the_box(run):
    assert run(daemon).reason == "exit"


def test_a_child_that_ignores_all_signals_does_not_outlive_the_box(run):
    def attack():
        for number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:
            signal.signal(number, signal.SIG_IGN)
        daemon()

    assert run(attack).reason == "exit"


def test_processes_that_flee_by_forking_are_caught(run):
    def attack():
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        for _ in range(4):
            if os.fork() == 0:
                while True:  # the child goes on, the parent leaves
                    with contextlib.suppress(BlockingIOError):
                        if os.fork():
                            os._exit(0)
        time.sleep(0.2)

    assert run(attack, processes=20).reason in ("exit", "processes")


# ---- being told

def test_the_end_of_the_control_socket_ends_the_box(start):
    assert start(lambda: time.sleep(1000)).wait(close=True).reason == "killed"


def test_kill_ends_the_box(start):
    box = start(lambda: [daemon(), time.sleep(1000)])
    box.tell("kill")
    assert box.wait().reason == "killed"


def test_the_box_ends_with_its_supervisor(start):
    box = start(lambda: time.sleep(1000))
    box.line()
    os.kill(box.supervisor, signal.SIGKILL)
    assert box.gone() == b""


def test_a_supervisor_that_is_told_to_end_ends_its_box_first(start, folders):
    work = folders()

    def attack():
        until("go")
        daemon()
        Path("running").touch()
        time.sleep(1000)

    box = start(attack, work=work)
    box.line()
    box.tell("interrupt-case")
    assert box.line() == {"event": "interrupted", "killed": 0}  # so it supervises by now
    (work / "go").touch()
    until(work / "running")
    os.kill(box.supervisor, signal.SIGTERM)
    assert box.line()["reason"] == "killed"
    box.gone()


@pytest.mark.parametrize("case", [lambda: None, daemon, lambda: [os.fork() for _ in range(3)]])
def test_a_case_is_interrupted_and_the_box_goes_on(start, folders, case):
    work = folders()

    def attack():
        child = os.fork()
        if child == 0:
            case()
            Path("running").touch()
            time.sleep(1000)
        os.waitpid(child, 0)
        return "went on"

    box = start(attack, work=work)
    until(work / "running")
    box.tell("interrupt-case")
    seen = box.wait()
    assert seen.answer == "went on"
    assert [report["event"] for report in seen.reports] == ["interrupted", "exit"]
    assert seen.reports[0]["killed"] >= 1


def until(file: str | Path) -> None:
    """Wait for ``file`` to appear."""
    give_up = time.monotonic() + PATIENCE
    while not os.path.exists(file):
        assert time.monotonic() < give_up, f"{file} did not come"
        time.sleep(0.005)


# ---- what must go on working

def test_the_work_of_the_course_goes_on(run):
    def attack():
        import tempfile

        os.environ.update(MPLCONFIGDIR=os.getcwd(), MPLBACKEND="agg", HOME=os.getcwd())
        tempfile.tempdir = os.getcwd()
        import matplotlib.pyplot as plt
        import numpy as np
        from scipy import optimize

        plt.plot([1, 2])
        plt.savefig("figure.png")
        results: list = []
        thread = threading.Thread(target=lambda: results.append(os.cpu_count()))
        thread.start()
        thread.join()
        listing = subprocess.run(["ls"], capture_output=True, text=True, check=True).stdout
        shell = subprocess.run("echo $((1+1)) > shell.txt", shell=True, check=True)
        python = subprocess.run([sys.executable, "-c", "import numpy; print(numpy.pi)"], capture_output=True, text=True, check=False)
        with tempfile.TemporaryDirectory() as folder:
            np.save(Path(folder) / "x.npy", np.arange(3))
        return [round(optimize.brentq(lambda x: x - 1, 0, 3)), "figure.png" in listing, results, shell.returncode,
                python.stdout.strip() or python.stderr, Path("figure.png").stat().st_size > 1000, Path("shell.txt").read_text()]

    root, listed, results, code, python, drawn, shell = run(attack, memory=1024 * MB).answer
    assert [root, listed, results, code, drawn, shell] == [1, True, [os.cpu_count()], 0, True, "2\n"]
    assert python.startswith("3.14"), python


# ---- failing closed

@in_full
@pytest.mark.parametrize("name", REQUIRED)
def test_full_isolation_stops_where_a_protection_is_missing(run, name, mode):
    with pytest.raises(ProtectionMissing, match="--isolation none") as caught:
        run(lambda: "ran", allowed=mode - {name})
    assert caught.value.name == name


@in_full
def test_a_machine_without_landlock_or_libseccomp_is_noticed(run, monkeypatch):
    monkeypatch.setattr(landlock, "abi", lambda: 0)
    with pytest.raises(ProtectionMissing, match="landlock.*5.13"):
        run(lambda: "ran")
    monkeypatch.undo()
    syscalls.program.cache_clear()
    syscalls._library.cache_clear()
    monkeypatch.setitem(sys.modules, "pyseccomp", None)
    try:
        with pytest.raises(ProtectionMissing, match="seccomp.*libseccomp2"):
            run(lambda: "ran")
    finally:
        syscalls._library.cache_clear()


def test_a_box_takes_what_is_available(run, mode):
    seen = run(lambda: "ran", allowed=mode - {"landlock", "seccomp"}, isolation="available")
    assert seen.answer == "ran"
    assert "rlimits" in seen.protections
    assert not {"landlock", "seccomp"} & set(seen.protections)


@in_full
def test_without_isolation_the_limits_hold(run):
    def attack():
        Path("mine").touch()
        os.listdir("/")
        return [os.getuid(), tried(bytearray, 300 * MB)]

    seen = run(attack, isolation="none")
    assert seen.answer == [os.getuid(), "MemoryError"]
    assert seen.protections == ["rlimits"]


@in_full
def test_without_isolation_the_supervisor_holds(run):
    assert run(daemon, isolation="none").reason == "exit"
    assert run(many_small, isolation="none", files=200).reason == "disk"


@in_full
def test_a_missing_work_folder_is_an_error(start, tmp_path):
    box = start(lambda: "ran", work=tmp_path / "nowhere")
    assert "nowhere" in box.line()["error"]
    assert box.gone() == b""


def test_the_protections_reported_are_those_of_the_machine(run, mode):
    tried_here = {name for name, holds in linux.probe().items() if holds is True}
    assert set(run(lambda: None).protections) == tried_here & mode


def test_the_modules_can_be_imported_where_there_is_no_linux():
    code = textwrap.dedent("""
        import psutil, sys
        sys.platform = "win32"
        for name in ("resource", "fcntl", "pyseccomp", "pwd"):
            sys.modules[name] = None
        from autograder.sandbox import linux, supervisor
        print(linux.probe.__name__)
    """)
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.stdout == "probe\n", done.stderr


# ---- as an ordinary user

@pytest.mark.skipif(not identity.is_root(), reason="needs root to become an ordinary user; started as one, this file is that run")
def test_all_this_holds_for_an_ordinary_user():
    with tempfile.TemporaryDirectory() as home:
        os.chown(home, USER_ID, USER_ID)
        environment = {"HOME": home, "PATH": "/usr/bin:/bin", AS_USER: "1", "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly",
                   f"--basetemp={home}/tests", __file__]
        if why_not := identity.in_fork(lambda: become_user(command) or ""):
            pytest.skip(f"Python cannot be reached by another user here: {why_not}")
        done = subprocess.run(command, cwd=REPOSITORY, env=environment, preexec_fn=lambda: become_user(command),
                              capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


def become_user(command: list[str]) -> None:
    """Become ``USER_ID``, who sees a Python that lies in folders closed to others: in a mount namespace of its own, such
    a folder is replaced by one that holds the way to Python and nothing else."""
    needed = [REPOSITORY, *landlock.python_paths()]
    closed = {next(part for part in (*reversed(path.parents), path) if not identity._open_to_all(part))
              for path in needed if not identity._open_to_all(path)}
    if closed:
        kernel.call("unshare", 0x20000)
        kernel.call("mount", b"none", b"/", 0, 0x4000 | 0x40000, 0)  # nothing of this reaches others
    for folder in closed:
        inner = [path for path in needed if path.is_relative_to(folder)]
        handles = [os.open(path, os.O_PATH) for path in inner]
        kernel.call("mount", b"none", os.fsencode(folder), b"tmpfs", 0, b"mode=755")
        for path, handle in zip(inner, handles, strict=True):
            if stat.S_ISDIR(os.fstat(handle).st_mode):
                path.mkdir(parents=True, exist_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
            kernel.call("mount", f"/proc/self/fd/{handle}".encode(), os.fsencode(path), 0, 0x1000 | 0x4000, 0)
    os.setgroups([])
    os.setresgid(USER_ID, USER_ID, USER_ID)
    os.setresuid(USER_ID, USER_ID, USER_ID)
    os.listdir(REPOSITORY)
    os.stat(command[0])

