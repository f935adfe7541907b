# プレビュー、承認、ステップの呼び出しの結果、および移行フォルダを使わない招待と承諾。

# プレビューの件数。ステップごとのもの (do-ステップ名、done-ステップ名、did-ステップ名) は、ステップの判断と同じファイルにある。
summary = { $whys }
waiting = { $count } 件は待機中です
waiting-until = { $count } 件は待機中です (最も早いものは { $until } まで)
blocked = { $count } 件はブロックされています
not-looked-at = 移行元の認証情報がないため、{ $count } 件は確認していません

# 2 つのプレビューの違い
preview-differs = { $place }: 承認時: { $before } → 現在: { $after }
decided-calls = { $changes } ({ $why })
call-of-step = { $step }: { $change }
decided-nothing = 対応は残っていません ({ $why })
decided-unseen = 確認していません

# 承認
approval-phrase-wrong = 承認されませんでした。入力された "{ $given }" は "{ $step } { $number }" と一致しません。
    .next = 何も変更していません。セルをもう一度実行すると、再び入力できます。
approval-phrase-for-digest = 承認されませんでした。"{ $given }" を使用できるのは、表示したばかりのプレビューを承認するときだけです。
    .next = 何も変更していません。ドライランを実行して内容を確認し、そのダイジェストを指定してください。
approval-digest-wrong = 承認されませんでした。"{ $given }" は、この移行で { $step } が今行うことのダイジェストと一致しません。
    .next = { approval-outdated.next }
approval-not-before = 承認されませんでした。この { $step } の残りすべてを承認した人はいません。
    .next = プレビューを確認し、プロンプトが求める語句を入力してください。
approval-never-shown = 承認されませんでした。この移行のドライランで、このダイジェストは表示されていません。
    .next = { approval-outdated.next }
approval-expired = 承認されませんでした。プレビューが最後に表示されたのは { $age }前 ({ $at }) です。プレビューを承認できるのは { $span }以内です。
    .next = { approval-outdated.next }
approval-preview-old = プレビューは { $age }前 ({ $at }) に作成されました。承認できるのは { $span }以内です。
    .next = { approval-outdated.next }
approval-shown = { $age }前 ({ $at }) に表示されました。
approval-of-nothing = 承認するものはありません。呼び出しが必要なアカウントはありません。
    .next = 次のステップに進んでください。
approval-of-something-else = { $step } が行うことはありません。"{ $given }" は、この移行で承認したダイジェストではありません。
    .next = 移行フォルダ、ステップ、--account、--wave を確認してください。
approval-of-another-preview = この承認は別のプレビュー ("{ $step } { $number }") に対するものです。
    .next = 何も変更していません。もう一度プレビューし、そのプレビューを承認してください。
approval-of-another-plan = 承認の後に accounts.csv が変更されました。
    .next = { approval-outdated.next }
approval-outdated = 承認の後に、{ $step } が行う内容が変わりました。
    .next = 何も変更していません。もう一度プレビューし、新しい内容を確認してください。

# ステップの結果
result-dry-run = { $step } のドライラン: { $why }。何も変更していません。
result = { $step }: { $whys }。
result-stopped = { $step }: { $whys }。ステップは停止しました: { $why }。{ $why_next }
result-confirmed = { $count } 件は確認済みです
result-unconfirmed = { $count } 件は未確認です
result-refused = { $count } 件は拒否されました
result-changed = { $count } 件は承認の後に変わりました
result-stopped-on-the-way = { $count } 件は途中で停止しました
result-not-started = { $count } 件は開始していません
result-nothing = 対応するものはありません
stopped-by-operator = 操作者が中断しました
stopped-by-refusals = { $reason } による拒否が { $count } 件ありました
    .next = { $why_next }

# アカウントに対する呼び出しの結果
refused = { $reason }: { $words }
    .next = { $then }
not-called = { $reason }: { $why }
    .next = { $why_next }
refused-again = すべての試行が拒否されました: { $why }
    .next = しばらく待ってから、ステップをもう一度実行してください。ステップは先に AWS の状態を確認します。
refused-each-time = すべての試行が拒否されました: { $why }
    .next = { $why_next }
refused-until = AWS が { $at } に呼び出しを拒否しました: { $reason }。{ $why_next }
confirmed-without-call = { $why } (この移行では呼び出していません)
not-started = すべての呼び出しが終わる前に、ステップが停止しました
    .next = ステップをもう一度実行してください。
unconfirmed = AWS は呼び出しを受け付けましたが、結果がまだ表示されません
    .next = 数分後にこのステップをもう一度プレビューしてください。プレビューは何も変更しません。
at-work = AWS は呼び出しを受け付けました: { $why }
    .next = 下のセルで AWS の完了を待つか、後で任意のノートブックからこのステップをプレビューしてください。どちらも何も変更しません。
changed-since-approved = { $why }
    .next = もう一度プレビューし、新しい内容を確認してください。

# 台帳
ledger-of-another-format = { $path } の台帳の形式は { $number } です。この orgtools が読めるのは形式 { $version } です。
    .next = この移行を開始したときの orgtools で完了させるか、新しい移行フォルダで始めてください。

# 1 件のアカウントの招待と承諾 (移行フォルダの有無を問わない)
account-id-malformed = "{ $given }" はアカウント ID ではありません。
    .next = アカウント ID は、先頭のゼロを含む 12 桁の文字列です。何も変更していません。
handshake-id-malformed = "{ $given }" はハンドシェイク ID ではありません。
    .next = ハンドシェイク ID は h- で始まる文字列です。何も変更していません。
organization-id-malformed = "{ $given }" は組織 ID ではありません。
    .next = 組織 ID は o- で始まる文字列です。何も変更していません。
invite-run-and-more = 移行フォルダには、認証情報、メモ、タグがすでにあります。
    .next = これらと移行フォルダのどちらか一方だけを指定してください。
invite-client-and-more = クライアントには認証情報がすでにあります。
    .next = 認証情報とクライアントのどちらか一方だけを指定してください。
invite-tags-no-texts = タグが、文字列のキーと値からなる dict ではありません。
    .next = {"{"}"team": "web"{"}"} のような dict を指定してください。何も変更していません。
invite-notes-long = メモが { $count } 文字あります。AWS の上限は { $limit } 文字です。
    .next = 短くしてください。何も変更していません。
invite-tags-wrong = タグを使用できません: { $why }。
    .next = 修正してください。何も変更していません。
invite-unconfirmed = アカウント { $account }: { $why }。
    .next = { $why_next }
invite-waits = アカウント { $account } を招待していません: { $why }。
    .next = { $until } 以降に、もう一度実行してください。
invite-blocked = アカウント { $account } を招待していません: { $why }。
    .next = { $why_next }
invite-not-due = アカウント { $account } を招待していません: { $why }。
invite-refused = アカウント { $account } を { $organization } に招待できませんでした: { $why }。
    .next = { $why_next }
invite-not-shown = アカウント { $account }: AWS は呼び出しを受け付けましたが、{ $organization } からの招待がまだ表示されません。
    .next = { invite-again }
the-account = { $account ->
    [client] クライアントのアカウント
   *[other] アカウント { $account }
}
accept-refused = { the-account }: { $handshake } を承諾できませんでした: { $why }。
    .next = { $why_next }
accept-not-as-named = { the-account }: { $handshake } を承諾していません: { $whys }。
    .next = 入力した内容を確認してください。何も変更していません。
inviter-other-organization = 招待した組織は、入力された { $organizations } ではなく { $organization } です
inviter-other-account = 招待した組織の管理アカウントは、入力された { $accounts } ではなく { $management_account } です
handshake-no-invitation = アクションは INVITE ではなく { $action } です
handshake-arn-strange = ARN は { $arn } です
accept-not-shown = { the-account }: AWS は呼び出しを受け付けましたが、{ $handshake } がまだ承諾済みになりません。
    .next = { invite-again }
accept-too-late = { the-account }: { $handshake } は承諾できません。状態は { $state } です。
    .next = { $organization } に、もう一度招待するよう依頼してください。
accept-of-unknown-state = { the-account }: { $handshake } は承諾できません。AWS は状態を返していません。
    .next = { $organization } に、もう一度招待するよう依頼してください。
invite-from-elsewhere = アカウントが { $organization } のメンバーであれば、すでに移行済みです。そうでない場合、AWS は直接移行を認めません。先に、現在の組織から離脱する必要があります。
invite-again = しばらく待ってから、もう一度実行してください。先に AWS の状態を確認します。
