"""Every error a person can meet, drawn as one tree.

    TechplanError
    ├── UsageError            the command was not understood                       exit 2
    ├── ChoiceNeeded          the file does not say; a person must                 exit 3
    │   └── RowsChanged       others changed the same rows (planning.revisions)
    ├── InputRefused          the file or the values cannot be taken               exit 4
    ├── NotPermitted          the role may not do this                             exit 4
    ├── JobStopped            a child process ended early                          exit 4
    │   ├── JobCancelled
    │   ├── JobTimedOut
    │   ├── JobOutOfMemory
    │   └── JobCrashed
    └── StoreError            the store cannot be used now                         exit 5
        ├── StoreHeld         another process has the file open
        ├── StoreBusy         another write is going on, or a statement took too long
        ├── StoreNewer        written by a newer Techplan
        ├── StoreDamaged      the file is not a Techplan store or cannot be read
        └── StoreFull         no room on the disk

Each has one sentence that says what happened and one that says what to do next.
"""

from typing import ClassVar

from planning.findings import Finding


class TechplanError(Exception):
    """Something a person should know, in one sentence, with the next step."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, next_step: str = "", findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.next_step = next_step
        self.findings = findings

    def __str__(self) -> str:
        return f"{self.message} {self.next_step}".strip()


class UsageError(TechplanError):
    exit_code = 2


class ChoiceNeeded(TechplanError):
    exit_code = 3


class InputRefused(TechplanError):
    exit_code = 4


class NotPermitted(TechplanError):
    exit_code = 4


class JobStopped(TechplanError):
    exit_code = 4


class JobCancelled(JobStopped):
    pass


class JobTimedOut(JobStopped):
    pass


class JobOutOfMemory(JobStopped):
    pass


class JobCrashed(JobStopped):
    pass


class StoreError(TechplanError):
    exit_code = 5


class StoreHeld(StoreError):
    pass


class StoreBusy(StoreError):
    pass


class StoreNewer(StoreError):
    pass


class StoreDamaged(StoreError):
    pass


class StoreFull(StoreError):
    pass
