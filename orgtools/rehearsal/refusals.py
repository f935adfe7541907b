"""An AWS error on its way to the client."""


class Refusal(Exception):  # noqa: N818 -- it is AWS's answer, not an error of ours
    """An answer that is an error, as the service's model names it.

    `code` is the exception's name in the service model, `reason` a member of its `Reason` enum
    where it has one. Status 400 is what JSON services answer for modelled client errors.
    """

    def __init__(self, code: str, message: str, *, reason: str | None = None, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.reason = reason
        self.status = status


def access_denied(message: str = "You don't have permissions to access this resource.") -> Refusal:
    """AccessDeniedException as Organizations words it."""
    return Refusal("AccessDeniedException", message)


def not_in_use() -> Refusal:
    """The caller's account is in no organization."""
    return Refusal("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")


def invalid(reason: str, message: str) -> Refusal:
    """InvalidInputException with a reason of its enum."""
    return Refusal("InvalidInputException", message, reason=reason)


def constraint(reason: str, message: str) -> Refusal:
    """ConstraintViolationException with a reason of its enum."""
    return Refusal("ConstraintViolationException", message, reason=reason)


def handshake_constraint(reason: str, message: str) -> Refusal:
    """HandshakeConstraintViolationException with a reason of its enum."""
    return Refusal("HandshakeConstraintViolationException", message, reason=reason)
