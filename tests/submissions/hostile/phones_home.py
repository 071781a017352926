"""Tries to talk to anybody."""
import os, socket, subprocess, urllib.request
NAMES = ("time_axis", "sine", "periods_and_samples", "tone_then_silence", "tone_sequence", "add_fades", "mix")

for family in (socket.AF_INET, socket.AF_INET6, socket.AF_UNIX, socket.AF_NETLINK):
    try:
        socket.socket(family)
        raise SystemError(f"a socket of family {family} was given out")
    except PermissionError:
        pass
try:
    urllib.request.urlopen("http://127.0.0.1:8888", timeout=2)
    raise SystemError("a connection was made")
except OSError:
    pass
assert subprocess.run(["/bin/sh", "-c", "exec 3<>/dev/tcp/127.0.0.1/80"], capture_output=True).returncode != 0
