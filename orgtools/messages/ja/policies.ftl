# ポリシー、共有、招待、クォータについてのチェックの検出結果と、エクスポートで読み取れなかったもの。

# D7: 移行元の組織を指定しているポリシー
policies-of-no-organization = どの組織にも所属していないため、離脱する組織を条件にアクセスを許可しているポリシーはありません
policies-none = 該当するポリシーはありません
policies-clean = { $count } 件のポリシーを読み取りました。{ $organization } を指定しているものはありません
policy-names-source = { $resource } のポリシーが { $keys } で { $organization } を指定しています
    .next = 移行前に、ステートメントを両方の組織を指定する提案どおりのものに置き換えてください。移行後に、ステートメントから移行元を削除してください。
policy-names-units = { $resource } のポリシーが { $keys } で { $organization } を指定しています
    .next = 移行前に、移行先の OU を選んでステートメントに追加してください。移行後に、ステートメントから移行元を削除してください。
policy-unread = { $resource } のポリシーを読み取れませんでした: { $why }
    .next = { $why_next }
policies-unread = { $resource } のポリシーを読み取れませんでした: { $why }。ほかにも { $more } 件を読み取れませんでした
    .next = { $why_next }
policy-not-json = JSON ではありません ({ $words })
    .next = ポリシーを手動で確認してください。

# D3: リソース共有
share-received-retained = アカウント { $account } から { $name } を共有されています (リソース { $count } 件)。組織から離脱したアカウントも保持する設定のため、共有は続きます
share-received-external = アカウント { $account } から { $name } を共有されています (リソース { $count } 件)。組織または OU を通じた共有の場合は、移行すると終了します
    .next = アカウント ID を指定して共有するよう、所有者に依頼してください。または、離脱したアカウントを保持する新しい共有の作成を依頼してください。その後、もう一度評価してください。アカウント ID による共有では、移行後に新しい招待が届きます。83_restore で承諾できます ([restore] shares)。
share-received-internal = アカウント { $account } から { $name } を共有されています (リソース { $count } 件)。移行元の組織内限定の共有のため、移行すると終了します
    .next = 組織外のプリンシパルを許可し、アカウント ID を指定して共有するよう、所有者に依頼してください。または、離脱したアカウントを保持する新しい共有の作成を依頼してください。その後、もう一度評価してください。移行後、所有者からの招待は 83_restore で承諾できます ([restore] shares)。
share-owned-retained = { $name } を共有しています。組織から離脱したアカウントも保持する設定のため、共有は続きます
share-owned-organization = { $name } を移行元のルート、OU、組織のうち { $count } 件と共有しています。移行すると、これらの共有は終了します
    .next = 利用しているアカウントの ID を指定して共有し、組織外のプリンシパルを許可してください。
share-owned-internal = { $name } を組織内限定で { $count } 件のプリンシパルと共有しています。移行すると、移行元のプリンシパルとの共有は終了します
    .next = 組織外のプリンシパルを許可し、利用しているアカウントともう一度共有してください。
share-owned-external = { $name } を { $count } 件のプリンシパルと個別に共有しています。組織外のプリンシパルも許可されています

# E8 から E11: クォータと招待
account-quota = メンバー { $members } + 保留中の招待 { $pending } + これから招待 { $more } = { $total }。アカウント数のクォータは { $quota } です
account-quota-exceeded = { account-quota }
    .next = { check-E8.next }
account-quota-unread = アカウント数のクォータが不明です
    .next = 移行先で servicequotas:ListServiceQuotas を許可するか、migration.toml の [quotas] accounts を設定してください。
account-quota-unread-why = アカウント数のクォータが不明です: { $why }
    .next = { account-quota-unread.next }
invitations-left = 過去 24 時間に送信し、まだ承諾されていない招待は { $count } 件です。残りは { $limit } 件で、{ $more } 件を送信する予定です
invitations-short = { invitations-left }
    .next = { check-E9.next }
invitations-short-until = { invitations-left }。次の招待は { $until } から送信できます
    .next = { check-E9.next }
invitation-none = 保留中の招待はありません
invitation-ours = 招待 { $handshake } は保留中で、有効期限は { $until } です
invitation-ours-undated = 招待 { $handshake } は保留中です。AWS は有効期限を返していません
invitations-foreign = { $whys }
    .next = { check-E11.next }
invitation-foreign = 組織 { $organization } (管理アカウント { $account }) からの { $handshake } が保留中です
invitation-foreign-unnamed = { $handshake } が保留中です。ARN に組織が含まれていません: { $arn }

# エクスポート
export-altered = { $path } はエクスポートで書き込まれた内容と異なります。読み取れないフィールドが { $count } 件あります。
    .next = ファイルを元に戻してください。アカウントがまだ移行元にある間は、もう一度エクスポートできます。
export-gap = アカウント { $account } の { $kind } を読み取れませんでした: { $why }
    .next = { $why_next }
export-gap-of-source = 移行元の { $kind } を読み取れませんでした: { $why }
    .next = { $why_next }
export-delegations-unlisted = 移行元の委任管理者を一覧表示できませんでした。
    .next = 移行元の呼び出し元に organizations:ListDelegatedAdministrators を許可してから、もう一度エクスポートしてください。
identity-center-of-source-elsewhere = 移行元では Identity Center の信頼されたアクセスが有効ですが、そのプライマリリージョンを調べていません。
    .next = migration.toml の [assess] regions にプライマリリージョンを追加してから、もう一度エクスポートしてください。
