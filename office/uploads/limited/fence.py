"""Closes the limited process in before it reads a byte of the upload.

Every import must be done by then: afterwards no file, socket or process can be opened, on any kernel.
"""

import contextlib
import ctypes
import os
import resource

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS = 4, 38
NOBODY = 65534
CAPABILITY_VERSION_3 = 0x20080522


def close(*, memory_bytes, cpu_seconds, output_bytes):
    """Leave network, files and privileges behind, then take the limits that cannot be raised again."""
    libc = ctypes.CDLL(None, use_errno=True)
    if hasattr(libc, "unshare"):  # Linux; containers often refuse it, and the limits below still hold
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    with contextlib.suppress(OSError):
        os.chroot(".")  # an empty directory of our own; works after unshare, or as root
        os.chdir("/")
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):  # of no use, and refused, in a user namespace of our own
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)  # RLIMIT_NPROC does not hold root
    _drop_privileges(libc)
    _limit(resource.RLIMIT_AS, memory_bytes)
    _limit(resource.RLIMIT_CPU, cpu_seconds)
    _limit(resource.RLIMIT_FSIZE, output_bytes)
    _limit(resource.RLIMIT_CORE, 0)  # a core dump of a passport scan would be a copy of it
    _limit(resource.RLIMIT_NPROC, 0)
    _limit(resource.RLIMIT_NOFILE, 0)  # open descriptors stay; a new file or socket has no number left to take


def _drop_privileges(libc):
    if not hasattr(libc, "prctl"):
        return
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    libc.capset(header, (ctypes.c_uint32 * 6)())


def _limit(kind, value):
    """Never above what an administrator already set."""
    _, hard = resource.getrlimit(kind)
    value = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (value, value))
