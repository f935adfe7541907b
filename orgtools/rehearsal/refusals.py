"""An AWS error on its way to the client."""


class ServiceError(Exception):
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


def access_denied(message: str = "You don't have permissions to access this resource.") -> ServiceError:
    """AccessDeniedException as Organizations words it."""
    return ServiceError("AccessDeniedException", message)


def not_in_use() -> ServiceError:
    """The caller's account is in no organization."""
    return ServiceError("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.")


def invalid(reason: str, message: str) -> ServiceError:
    """InvalidInputException with a reason of its enum."""
    return ServiceError("InvalidInputException", message, reason=reason)


def constraint(reason: str, message: str) -> ServiceError:
    """ConstraintViolationException with a reason of its enum."""
    return ServiceError("ConstraintViolationException", message, reason=reason)


def handshake_constraint(reason: str, message: str) -> ServiceError:
    """HandshakeConstraintViolationException with a reason of its enum."""
    return ServiceError("HandshakeConstraintViolationException", message, reason=reason)
