"""Made-up credentials of operators: an access key alone says who calls."""

OPERATOR_KEY = "AKIAORGT"
"""How the access keys of operators begin; the account id follows."""


def operator_credentials(account_id: str) -> tuple[str, str]:
    """Key id and secret of an account's operator; only the rehearsal knows them."""
    return f"{OPERATOR_KEY}{account_id}", f"made-up-for-the-rehearsal-{account_id}"
