"""What can go wrong with a rehearsal itself."""


class RehearsalError(Exception):
    """The rehearsal cannot be started, reached or changed as asked; the message says why and what to do."""
