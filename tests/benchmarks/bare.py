"""The same wave as a bare boto3 loop: the same calls with as many threads, and nothing else.

No plan, no ledger, no pace, no decisions, no confirmation: what is left when everything of ours is taken away.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_ROLE: Final = "arn:aws:iam::{}:role/OrganizationAccountAccessRole"


class Bare:
    """A migration script as one writes it with boto3 alone."""

    def __init__(self, workers: int) -> None:
        """Make sessions and clients as `orgtools.open` does."""
        config = Config(max_pool_connections=workers)
        self._workers = workers
        self._source, self._destination = (
            boto3.Session(profile_name=name) for name in ("rehearsal-source", "rehearsal-destination")
        )
        self._from: Any = self._source.client("organizations", config=config)
        self._to: Any = self._destination.client("organizations", config=config)
        self._tower: Any = self._destination.client("controltower")
        self._quotas: Any = self._destination.client("service-quotas")
        self._sts: Any = self._source.client("sts", config=config)
        self._members: dict[str, Any] = {}
        for session, client in ((self._source, self._from), (self._destination, self._to)):
            session.client("sts").get_caller_identity()
            client.describe_organization()
        self._roots = {client: _read(client, "list_roots")[0]["Id"] for client in (self._from, self._to)}
        self._tree(self._from)
        self._units = self._look(tree=True)

    def move(self, accounts: Sequence[str]) -> None:
        """Enter, invite, accept, place: each for all accounts before the next."""
        self._look()
        self._each(self._enter, accounts)
        invited = dict(zip(accounts, self._step(self._invite, accounts), strict=True))
        self._step(lambda account_id: self._accept(account_id, invited[account_id]), accounts)
        self._step(self._place, accounts, placing=True)

    def _step(self, call: Callable[[str], Any], accounts: Sequence[str], *, placing: bool = False) -> list[Any]:
        self._look(placing=placing)  # for the person
        self._look(placing=placing, tree=True)  # before the first call
        answers = self._each(call, accounts)
        self._look(placing=placing)
        return answers

    def _each(self, call: Callable[[str], Any], accounts: Sequence[str]) -> list[Any]:
        with ThreadPoolExecutor(self._workers) as pool:
            return list(pool.map(call, accounts))

    def _look(self, *, tree: bool = False, placing: bool = False) -> list[str]:
        """Both organizations in bulk, side by side; to place, whether Control Tower governs instead of invitations."""
        with ThreadPoolExecutor(1) as pool:
            source = pool.submit(self._look_at_the_source)
            units = self._look_at_the_destination(tree=tree, invitations=not placing)
            source.result()
        if placing:
            _read(self._tower, "list_landing_zones")
        return units

    def _look_at_the_source(self) -> None:
        _read(self._from, "list_accounts")
        _read(self._from, "list_delegated_administrators")

    def _look_at_the_destination(self, *, tree: bool, invitations: bool) -> list[str]:
        with ThreadPoolExecutor(1) as pool:
            handshakes = pool.submit(_read, self._to, "list_handshakes_for_organization") if invitations else None
            _read(self._to, "list_accounts")
            units = self._tree(self._to) if tree else []
            if handshakes:
                handshakes.result()
        _read(self._quotas, "list_service_quotas", ServiceCode="organizations")
        return units

    def _tree(self, client: Any) -> list[str]:
        """The ids of the root and all organizational units, one call for each, as there is no other way."""
        found = [self._roots[client]]
        for unit in found:
            found += [child["Id"] for child in _read(client, "list_organizational_units_for_parent", ParentId=unit)]
        return found

    def _enter(self, account_id: str) -> None:
        keys = self._sts.assume_role(RoleArn=_ROLE.format(account_id), RoleSessionName="bare")["Credentials"]
        self._members[account_id] = member = self._source.client(
            "organizations",
            aws_access_key_id=keys["AccessKeyId"],
            aws_secret_access_key=keys["SecretAccessKey"],
            aws_session_token=keys["SessionToken"],
        )
        _read(member, "list_handshakes_for_account")

    def _invite(self, account_id: str) -> str:
        answer = self._to.invite_account_to_organization(Target={"Type": "ACCOUNT", "Id": account_id})
        return str(answer["Handshake"]["Id"])

    def _accept(self, account_id: str, handshake_id: str) -> None:
        member = self._members[account_id]
        _read(member, "list_handshakes_for_account")
        member.accept_handshake(HandshakeId=handshake_id)

    def _place(self, account_id: str) -> None:
        self._to.move_account(
            AccountId=account_id,
            SourceParentId=self._units[0],
            DestinationParentId=self._units[int(account_id) % 3 + 1],
        )


def _read(client: Any, operation: str, **arguments: str) -> list[Any]:
    pages = client.get_paginator(operation).paginate(**arguments)
    return [entry for page in pages for held in page.values() if isinstance(held, list) for entry in held]
