# ハンドシェイクと組織への所属で目を引く点 (90_audit、orgtools audit)、およびウェーブの提案。

sender = { $organization }
sender-unknown = 不明な組織 (ARN に組織 ID がありません)

# ハンドシェイクの表のセル
span = { $span }
side = { $side ->
    [source] 移行元
    [destination] 移行先
    [member] メンバー
   *[other] { $side }
}
somebody-else = ほかの組織
not-given = 不明
handshake-done = { $step } #{ $event }
span-over = 今
caller-unread = 不明
caller-not-in-trail = CloudTrail になし
caller-not-in-trail-yet = CloudTrail にまだなし

# H1: 保留中で、計画にない
invitation-unplanned = 招待 { $handshake } は保留中ですが、計画にありません。この招待もアカウント数のクォータに数えられます
    .next = 送信者に確認してください。orgtools はこの招待に触れません。
invitation-unplanned-address = { $name } への招待 { $handshake } は保留中ですが、計画にありません。この招待もアカウント数のクォータに数えられます
    .next = { invitation-unplanned.next }

# H2: 保留中の招待が複数ある
invitations-several = 保留中の招待が複数あります: { $whys }
    .next = 正しい招待だけを承諾できるようにしてください。移行先の不要な招待はキャンセルし、ほかの招待はアカウント側で拒否します。
invitation-from = { $sender } から { $handshake } が届いています

# H3: まもなく期限切れ
invitation-expires-soon = 招待 { $handshake } はあと { $span }で期限切れになります (有効期限 { $until })
    .next = 期限が切れる前に 50_accept を開いてください。

# H4: 終了し、再送されていない
invitation-ended-unreplaced = { invitation-ended }。ほかに保留中の招待はありません
    .next = 30_invite を開いてください。アカウントをもう一度招待します。

# H5: ほかの組織から
invitation-stranger-pending = { $sender } からの招待 { $handshake } が保留中です。移行元でも移行先でもない組織です
    .next = 送信者を調べてください。心当たりがない場合は、アカウント側で拒否してください。orgtools がこの招待を承諾することはありません。
invitation-stranger-accepted = { $sender } からの招待 { $handshake } が承諾されました。移行元でも移行先でもない組織です
    .next = アカウントが現在どこにあるのか、その理由は何かを調べてください。

# H6: 承諾済みで、あるべき場所にない
invitation-accepted-not-arrived = 招待 { $handshake } は承諾されましたが、アカウントは移行先にありません
    .next = 数分後にもう一度確認してください。変わらない場合は、両方の管理アカウントの CloudTrail で、誰が移動したのかを調べてください。
invitation-accepted-in-source = 招待 { $handshake } は承諾されましたが、アカウントは移行元にあります
    .next = { invitation-accepted-not-arrived.next }
invitation-accepted-nowhere = 招待 { $handshake } は承諾されましたが、アカウントはどちらの組織にもありません
    .next = { invitation-accepted-not-arrived.next }
account-misplaced = 参加済みですが、{ $place } にあります。計画では { $unit } です
    .next = 60_place を開いてください。
account-unit-unclear = 参加済みですが、OU が定まりません: { $why }
    .next = accounts.csv を修正するか、60_place で OU を作成してください。

# H7: 移行元から、保留中
invitation-of-source = 移行元からの招待 { $handshake } が保留中です。承諾すると、アカウントは移行元に戻ります
    .next = 送信者に確認してください。移行元はこの招待をキャンセルできます。orgtools は触れません。
invitation-of-source-address = 移行元から { $name } への招待 { $handshake } が保留中です
    .next = { invitation-of-source.next }

# H8: この移行によらない参加または離脱
membership-joined-as-asked = { $at } に移行先{ $kind ->
    [CREATED] で作成されました
   *[other] に参加しました
}。承諾は、アカウントの所有者に依頼していました
membership-joined = { $at } に{ side-name }{ $kind ->
    [CREATED] で作成されました
    [INVITED] に招待で参加しました
   *[other] に参加しました
}。この移行の台帳に該当する呼び出しはありません
    .next = 誰が行ったのかを調べてください。{ side-name }の CloudTrail のイベント { $event_id } を参照してください。別の移行には別の台帳があります。
membership-left = { $at } に{ side-name }{ $kind ->
    [REMOVED] から削除されました
    [CLEANED] からクリーンアップされました
   *[other] から離脱しました
}。この移行の台帳に該当する呼び出しはありません
    .next = { membership-joined.next }

# H9: 保留中の招待があるまま、上限に達した
account-quota-used-up = アカウント数のクォータ { $quota } に達しました (メンバー { $members } 件、保留中の招待 { $pending } 件{ $unplanned ->
    [0] { "" }
   *[other] 、うち計画にないもの { $unplanned } 件
})。計画した { $count } 件のアカウントは招待を待っています
    .next = 不要な招待をキャンセルするか、Service Quotas (Organizations) でクォータの引き上げをリクエストしてください。
invitations-used-up = 24 時間の招待クォータに達しました。計画した { $count } 件のアカウントは招待を待っています。次の招待は { $until } から送信できます
    .next = その時刻になったら 30_invite を実行してください。

# H10: 確認できなかったもの
handshake-incomplete = AWS はハンドシェイク { $handshake } の { $keys } を返していません
    .next = AWS Organizations コンソールで確認するか、aws organizations describe-handshake --handshake-id { $handshake } を実行してください。
review-unread = { $why }
    .next = { $why_next }
review-trail-unread = { side-name }の CloudTrail を読み取れませんでした。そのため、招待した呼び出し元も、参加または離脱したアカウントも分かりません: { $why }
    .next = { $why_next }
review-source-unread = 移行元の招待を読み取れませんでした: { $why }
    .next = { $why_next }
review-members-skipped = メンバーのハンドシェイクは、除外するよう指定されたため、読み取っていません
review-member-unread = 受信したハンドシェイクを読み取れませんでした: { $why }
    .next = { $why_next }
review-member-unread-state = 状態は { $state } です。受信したハンドシェイクを読み取れませんでした: { $why }
    .next = { $why_next }
review-members-by-owner = { $count ->
    [1] 所有者が招待を承諾するため、orgtools はアカウントにアクセスしません。受信したハンドシェイクは確認できません
   *[other] { $count } 件のアカウントでは所有者が招待を承諾するため、orgtools はアクセスしません ({ $accounts }{ $more ->
        [0] { "" }
       *[other] { " " }など
    })。受信したハンドシェイクは確認できません
}
    .next = 所有者に確認するか、migration.toml の [access] で別のアクセス方法を指定してください。
review-members-unread = { $count } 件のアカウントが受信したハンドシェイクを読み取れませんでした ({ $accounts }{ $more ->
    [0] { "" }
   *[other] { " " }など
})。最初のアカウント: { $why }
    .next = { $why_next }
review-members-given-up = { $count } 件のアカウントが受信したハンドシェイクを読み取れませんでした ({ $accounts }{ $more ->
    [0] { "" }
   *[other] { " " }など
})。試したのはそのうち { $limit } 件だけです。最初のアカウント: { $why }
    .next = { $why_next }
review-without-source = migration.toml に [source] がないため、移行元を読み取っていません。移行元が送信した招待とその送信者、参加または離脱したアカウントは分かりません
    .next = { source-is-not-ours.next }

# 確認結果の要約
review-summary = { $pending ->
    [0] 保留中の招待はありません
   *[other] { $pending } 件の招待が保留中です
}。終了した招待は { $count } 件です。{ $findings }
findings-none = 想定外の点はありません
findings-counted = 検出結果は { $total } 件です: { $findings }
findings-of-status = { cli-finding-status }が { $count } 件あります

# ウェーブ
proposal-way-unknown = { $given } によるウェーブの提案はできません。
    .next = { $keys } のいずれかを指定してください。
proposal-without-size = ウェーブの大きさは 1 以上である必要があります。
    .next = 1 つのウェーブに入れるアカウントの上限を指定してください。
proposal-without-budget = クォータによるウェーブの提案には移行先のクォータが必要ですが、まだ分かっていません。
    .next = migration.observe() を呼び出してその budget を渡すか、別の方法を選択してください。
proposal-wave-unknown = 計画にウェーブ { $wave } はありません。
    .next = 計画にあるウェーブを選択してください: { $waves }。
proposal-too-many-waves = 提案されたウェーブが { $number } 個を超えています。
    .next = 1 つのウェーブに入れるアカウントを増やしてください。
proposal-quota-unread = アカウント数のクォータを確認できなかったため、24 時間に { $limit } 件の招待だけを前提としています。
proposal-quota-lacks = アカウント数のクォータ { $quota } は、この計画には { $missing } 件不足しています。
    .next = これらのアカウントを招待する前に、クォータの引き上げをリクエストしてください。
proposal-invitations-used-up = 今日の招待の上限に達しました。次の招待は { $until } から送信できます。
