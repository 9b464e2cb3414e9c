"""Work on somebody's file in a process of its own, with caps on memory, processor time and waiting.

A child gets its request on standard input and answers on standard output, both as bytes; it inherits no settings and
no open files, so whatever a hostile file makes of the parser, there is nothing to take and little to break.
"""

import os
import resource
import signal
import subprocess
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import iom

_ROOT = str(Path(iom.__file__).resolve().parent.parent)
_MEMORY_EXIT = 77
"""Exit status of a child that ran out of memory and could still say so."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What the child may use; memory is its whole address space."""

    memory_bytes: int = 512_000_000
    cpu_seconds: int = 60
    wall_seconds: int = 120


class SandboxFailure(StrEnum):
    MEMORY = "memory"
    TIME = "time"
    CRASH = "crash"


class SandboxError(Exception):
    """The child gave no answer; `failure` says what it ran into."""

    def __init__(self, failure: SandboxFailure) -> None:
        super().__init__(failure.value)
        self.failure = failure


def run_guarded(module: str, request: bytes, caps: Caps) -> bytes:
    """Return what the module's process answers to the request; raise SandboxError if a cap ended it."""
    command = [sys.executable, "-m", module, str(caps.memory_bytes), str(caps.cpu_seconds)]
    environment = {"PYTHONPATH": _ROOT, "PATH": os.defpath, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - the command is ours, the file goes in as data
            command, input=request, capture_output=True, timeout=caps.wall_seconds, env=environment, check=False, cwd=_ROOT
        )
    except subprocess.TimeoutExpired as error:
        raise SandboxError(SandboxFailure.TIME) from error
    if done.returncode != 0:
        raise SandboxError(_failure(done.returncode, done.stderr))
    return done.stdout


def enter_caps(arguments: list[str]) -> None:
    """Put the caps of the command line on this process; what it opens or writes from now on is nothing but its answer."""
    memory_bytes, cpu_seconds = (int(argument) for argument in arguments)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def leave_out_of_memory() -> None:
    """End this process at once with the status that means «out of memory»."""
    os._exit(_MEMORY_EXIT)


def _failure(status: int, complaint: bytes) -> SandboxFailure:
    if status == _MEMORY_EXIT or b"MemoryError" in complaint or b"memory allocation" in complaint:
        return SandboxFailure.MEMORY
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return SandboxFailure.TIME
    return SandboxFailure.CRASH
