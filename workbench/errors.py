"""What the user can mend: each error says what, where and the way out, and exits with code 2."""


class WorkbenchError(Exception):
    """A message for a person, not a traceback."""


class InputError(WorkbenchError):
    """A file, option or text that cannot be used as it is."""


class UnknownLanguage(WorkbenchError):
    """A language code that we do not know."""


class MissingModel(WorkbenchError):
    """No model for a pair, or a model folder without its files."""


class GlossaryError(WorkbenchError):
    """A glossary that cannot be read; names file and line."""

    line: int | None = None  # counted from 1, where it is known
    reason = ""  # what and the way out, without file and line


class StoreError(WorkbenchError):
    """A store that cannot be opened, read or written, or a change that it refuses."""


class Forbidden(WorkbenchError):
    """What this person may not do, and who may."""
