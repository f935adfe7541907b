# What the readiness checks find in policies, shares, invitations and quotas; and what an export cannot read.

# D7: policies that name the source organization
policies-of-no-organization = is in no organization, so no policy admits anybody by an organization that it leaves
policies-none = has no such policy
policies-clean = { $count ->
    [one] 1 policy was read; it does not name { $organization }
   *[other] { $count } policies were read; none names { $organization }
}
policy-names-source = the policy of { $resource } names { $organization } in { $keys }
    .next = Before the move, replace the statement with the proposed one, which names both organizations. After the move, remove the source from it.
policy-names-units = the policy of { $resource } names { $organization } in { $keys }
    .next = Before the move, choose units of the destination and add them to the statement. After the move, remove the source from it.
policy-unread = the policy of { $resource } could not be read: { $why }
    .next = { $why_next }
policies-unread = the policy of { $resource } could not be read: { $why }; { $more ->
    [one] neither could 1 more
   *[other] neither could { $more } more
}
    .next = { $why_next }
policy-not-json = it is not JSON ({ $words })
    .next = Check the policy by hand.

# D3: resource shares
share-received-retained = account { $account } shares { $name } with it ({ $count ->
    [one] 1 resource
   *[other] { $count } resources
}), and the share retains accounts that leave
share-received-external = account { $account } shares { $name } with it ({ $count ->
    [one] 1 resource
   *[other] { $count } resources
}); the share ends if it reaches the account through the organization or an organizational unit
    .next = Ask the owner to share with the account by its id. Or ask for a new share that retains accounts that leave. Then assess again. A share by id asks for a new invitation after the move; 83_restore accepts it ([restore] shares).
share-received-internal = account { $account } shares { $name } with it ({ $count ->
    [one] 1 resource
   *[other] { $count } resources
}); the share is for the source organization only and ends with the move
    .next = Ask the owner to allow principals outside its organization and to share with the account by its id. Or ask for a new share that retains accounts that leave. Then assess again. After the move 83_restore accepts the owner's invitation ([restore] shares).
share-owned-retained = shares { $name }, and the share retains accounts that leave
share-owned-organization = shares { $name } with { $count ->
    [one] 1 root, organizational unit, or organization of the source, which loses it
   *[other] { $count } roots, organizational units, or organizations of the source, which lose it
}
    .next = Name the accounts that use it: share with them by their ids, and allow principals outside the organization.
share-owned-internal = shares { $name } with { $count ->
    [one] 1 principal
   *[other] { $count } principals
} inside its organization only; those of the source lose it
    .next = Allow principals outside the organization, and share again with the accounts that use it.
share-owned-external = shares { $name } with { $count ->
    [one] 1 principal
   *[other] { $count } principals
} by name, also outside its organization

# E8 to E11: quotas and invitations
account-quota = members { $members } + pending invitations { $pending } + to invite { $more } = { $total }; the account quota is { $quota }
account-quota-exceeded = { account-quota }
    .next = { check-E8.next }
account-quota-unread = the account quota is unknown
    .next = Grant servicequotas:ListServiceQuotas in the destination, or set [quotas] accounts in migration.toml.
account-quota-unread-why = the account quota is unknown: { $why }
    .next = { account-quota-unread.next }
invitations-left = { $count ->
    [one] 1 invitation
   *[other] { $count } invitations
} sent in 24 hours and not accepted, { $limit } left, { $more } to send
invitations-short = { invitations-left }
    .next = { check-E9.next }
invitations-short-until = { invitations-left }; the next one may be sent at { $until }
    .next = { check-E9.next }
invitation-none = no invitation is pending
invitation-ours = invitation { $handshake } is pending and expires at { $until }
invitation-ours-undated = invitation { $handshake } is pending; AWS does not say when it expires
invitations-foreign = { $whys }
    .next = { check-E11.next }
invitation-foreign = { $handshake } from organization { $organization } (management account { $account }) is pending
invitation-foreign-unnamed = { $handshake } is pending; its ARN names no organization: { $arn }

# Exports
export-altered = { $path } is not what an export wrote: { $count ->
    [one] 1 field cannot be read.
   *[other] { $count } fields cannot be read.
}
    .next = Restore the file as it was. While the account is still in the source, you can export it again.
export-gap = { $kind } of account { $account } could not be read: { $why }
    .next = { $why_next }
export-gap-of-source = { $kind } of the source could not be read: { $why }
    .next = { $why_next }
export-delegations-unlisted = The source's delegated administrators could not be listed.
    .next = Grant organizations:ListDelegatedAdministrators to the caller in the source, then export again.
identity-center-of-source-elsewhere = The source trusts Identity Center, but orgtools did not read its primary Region.
    .next = Name its primary Region under [assess] regions in migration.toml, then export again.
