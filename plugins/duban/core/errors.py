"""What can go wrong, in one tree.

DubanError                    every error of our own
├── UserError                 shown as its Chinese sentence, without a traceback; exit code 2
│   ├── PlanError             a plan file that cannot be used: file, line, key, what to do
│   ├── UnreadableReturnError      a workbook that cannot be read at all (finding F01 or F08)
│   └── UsageError            a command that cannot be carried out as it was given
└── InternalError             ours to mend: keeps its traceback
├── InboxError            a folder or file of the inbox that cannot be read just now: tried again next time
│   └── FolderGoneError   an office's folder that is not there: nothing sent yet, or no longer where it was
├── RuleError             an expectation that is unknown, raised, or passed vacuously: fail closed
└── ConflictError         two contents under one key: never overwritten
"""


class DubanError(Exception):
    """Root of every error that duban raises itself."""


class UserError(DubanError):
    """An error told to a person in one Chinese sentence: where, what was found, what to do."""


class PlanError(UserError):
    """A plan file with a wrong key or value; the message names file, line and key."""


class UnreadableReturnError(UserError):
    """A file that is not a readable workbook (returns.md, F01) or is too large (F08).

    `code` is the finding's code, `found` what was seen of the file; `prose` is True of a text that could be read and
    only holds no table.
    """

    def __init__(self, code: str, found: str, *, prose: bool = False) -> None:
        super().__init__(found)
        self.code = code
        self.found = found
        self.prose = prose


class UsageError(UserError):
    """A command or setting that cannot be carried out as it was given."""


class InternalError(DubanError):
    """A fault of ours; engineers get the traceback."""


class InboxError(InternalError):
    """A folder or file of the inbox that cannot be read just now; the next round tries again."""


class FolderGoneError(InboxError):
    """An office's folder that is not there: it has sent nothing yet, or its folder is no longer where it was."""


class RuleError(InternalError):
    """A rule of expectations/ that is unknown, raised, or held of nothing."""


class ConflictError(InternalError):
    """Another content already stands under this key."""


def told(error: BaseException) -> str:
    """The sentence of an error of ours; of any other only its kind, for its text may quote a return or an address."""
    return str(error) if isinstance(error, DubanError) else type(error).__name__
