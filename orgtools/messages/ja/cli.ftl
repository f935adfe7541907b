# コマンドとノートブックの実行の出力。コマンド、オプション、ファイル名は、どの言語でも変わりません。

## すべてのコマンド。

not-installed = { $names } がインストールされていません。
    .next = orgtools のクローンで実行してください: pip install ".[{ $keys }]"
cli-because = { $why }。
cli-because-then = { $why }。{ $why_next }
outside-of-both = どちらの組織にもない
outside-of-destination = 移行先にない

# ステップがアカウントについて判断したこと

# コマンドラインの間違い
cli-try-help = ヘルプ: { $given }
cli-no-such-command = { $given } というコマンドはありません。
cli-no-such-command-but = { $given } というコマンドはありません。
    .next = 似たコマンド: { $names }。
cli-no-such-option = { $given } というオプションはありません。
cli-no-such-option-but = { $given } というオプションはありません。
    .next = 似たオプション: { $names }。
cli-option-misused = オプション { $given } に値がないか、値をとらないオプションに値があります。
cli-arguments-unexpected = 余分な引数があります: { $names }。
    .next = 空白を含む値は、引用符で囲んでください。
cli-parameter-missing = 「{ $key }」がありません。
    .next = 値を指定してください: { $given }。
cli-parameter-wrong = 「{ $key }」にこの値は指定できません。
    .next = 別の値を指定してください: { $given }。

## orgtools run、orgtools rollback

cli-wave-and-account = --wave と --account は同時に指定できません。
    .next = どちらか一方だけを指定してください。
cli-names-nobody = "orgtools run { $step }" の対象は、指定したアカウントだけです。
    .next = --account で各アカウントを指定してください。保留中の招待は "orgtools audit" で確認できます。
cli-page-for-owner = 所有者が { $handshake } を承諾します。送付するファイル: { $path }
cli-previewed = { $step }: { $why }
cli-approve-with = 何も変更していません。この内容を実行するには、{ $count } 時間以内に次のコマンドを実行してください: orgtools { $given } --approve { $digest }
cli-approved = { $person } が承認しました。{ $then }
cli-interrupted = 中断しました。進行中の呼び出しは完了して記録され、新しい呼び出しは行われていません。orgtools { $given } をもう一度実行してください。AWS の状態から再開します。
cli-interrupted-wave = 中断しました。進行中の呼び出しは完了して記録され、新しい呼び出しは行われていません。ウェーブを再開するには、次を実行してください: orgtools { $given } --approve { $digest }
cli-wave-standing = { $total } 件中 { $count } 件のアカウントの配置が完了しました ({ $whys })
cli-wave-at = { $step }: { $count } 件
cli-wave-stopped = 停止: { $count } 件
cli-way-back = 元に戻す方法: { $then }
cli-cannot-be-undone = 元に戻せないもの: { $then }

## orgtools assess

cli-finding-status = { $state ->
    [ok] 問題なし
    [info] 情報
    [warn] 警告
    [block] ブロック
   *[unknown] 不明
}
cli-check-found = { $check_name }: { $why }。{ $why_next }
cli-assessment-interrupted = 中断されました。結果は記録されています。{ $count } 件のアカウントは評価が完了していません: { $accounts }。残りを評価するには、もう一度コマンドを実行してください。
cli-assessed = { $count } 件のアカウントを評価しました。ブロックは { $total } 件、チェックを完了できなかったアカウントは { $missing } 件です。

## orgtools status

# アカウントの場所
cli-stands-done = 計画どおり
cli-counted-done = { $count } 件は計画どおりです
cli-counted-do = { $count } 件は移行していません
cli-counted-wait = { $count } 件は待機中です
cli-status = { $count } 件のアカウント: { $whys }。

## orgtools invite、orgtools handshakes

cli-invited = { $organization } からアカウント { $account } への招待は { $state } です。{ $why }。
cli-argument-empty = 空の引数があります。
    .next = 値を指定するか、省略してください。何も変更していません。
cli-tag-no-pair = --tag は key=value の形式で指定してください。
    .next = 修正してください。何も変更していません。
cli-tag-key-twice = 2 つの --tag オプションのキーが同じです。
    .next = どちらか一方を削除してください。何も変更していません。
cli-no-handshakes = 過去 30 日間に組織が送信したハンドシェイクはありません。

# 計画にあるアカウントかどうか
cli-yes = はい
cli-no = いいえ

## orgtools audit

cli-audit-not-printed = 監査は完了しましたが、出力できません: { $words }。
    .next = 出力先の空きを確保してから、もう一度実行してください。
cli-invitations = 招待:
cli-other-handshakes = そのほかのハンドシェイク:
cli-finding-of-account = { cli-finding-status }: アカウント { $account }: { $why }。{ $why_next }
cli-finding = { cli-finding-status }: { $why }。{ $why_next }
cli-audited = { $findings }。{ $at } 時点の情報です。

## orgtools verify-record

cli-more-problems = ほかに { $count } 件の問題があります。
cli-record-signed = 改変はなく、{ $person } が署名しています。すべてのファイルがマニフェストと一致し、台帳のチェーンは途切れておらず、ページはその台帳を示しています。
cli-record-unsigned = 整合していますが、署名がありません。そのため、誰が書き出したかは証明できません。{ cli-record-holds }
cli-record-unchecked = 整合していますが、署名を確認していません。そのため、誰が書き出したかは証明できません。{ cli-record-holds }
cli-record-holds = すべてのファイルがマニフェストと一致し、台帳のチェーンは途切れておらず、ページはその台帳を示しています。

## orgtools rehearse、orgtools lab、orgtools rehearsal

cli-rehearsal-now = リハーサルの時計は { $at } です。
cli-no-span = '{ $given }' は時間の長さではありません。90s、30m、6h、15d のように書いてください。
cli-port-of-one = --port は、1 つのリハーサルのポートです。
    .next = シナリオを 1 つ指定するか、--port を省略してください。
cli-rehearsal-runs-there = { $path } では、リハーサルが { $address } で実行中です。
    .next = 別のフォルダを指定するか、フォルダの指定を省略してください。
cli-rehearsed-there = { $path } には、以前のリハーサルの { $names } があります。そのリハーサルの組織は、もう存在しません。
    .next = { cli-rehearsal-runs-there.next }
cli-rehearsal-answers = リハーサルの { $count } 個の組織が { $address } で応答します。
cli-rehearsal-answers-in-part = { cli-rehearsal-answers }この移行には、{ $organizations } の認証情報がありません。
cli-run-folder = 移行フォルダ: { $path }
cli-rehearsing = シナリオ { $name }。各ノートブックの秒数と、アカウントに対して行ったこと:
cli-clock-set = AWS が次のステップを認めるのは { $until } からです。リハーサルの時計をその時刻に進めます。
cli-notes = 残っている対処と、特別な経過:
cli-unexpected = シナリオ { $name } は想定どおりに終わりませんでした: { $why }。
cli-label-reasons = 理由の全文と対処方法:
cli-label-record = 記録:
cli-label-notebooks = 実行済みのノートブック:
cli-next-lab = 次に、{ $given } で新しいリハーサルを JupyterLab で開くと、手動で 1 ステップずつ進められます。
cli-rehearsal-stopped = 停止しました。リハーサルとカーネルは終了しました。移行フォルダはそのまま残ります。
cli-stopped = 停止しました。

# リハーサルの最後の表
cli-head-account = アカウント
cli-head-name = 名前
cli-head-wave = ウェーブ
cli-head-place = 現在の場所
cli-head-result = 結果
cli-name-unknown = (不明)
cli-place-source = 移行元 { $unit }
cli-ended-as-planned = 計画どおり
cli-ended-waiting-until = { $until } まで待機
cli-ended-waiting = 待機中: { $why }
cli-ended-unmoved = 未移行: { $why }
cli-ended-blocked = ブロック: { $why }
cli-ended = { $count } 件のアカウント: { $whys }。{ $total ->
    [0] 変更を行う呼び出しはありませんでした。
   *[other] 変更を行う呼び出しは { $total } 件でした。
}
cli-more-accounts = ほか { $count } 件のアカウント
cli-note-unmoved = 30_invite を開いてください: { $why }。
cli-note-stand-alone = スタンドアロン経由で移行しました。先に移行元から離脱し、その後、招待を承諾しました。
cli-note-invited = ほかの組織が招待しています: { $why }。orgtools はその招待に触れていません。

## ノートブックの実行: 各ノートブックが行ったこと (1 行)。

runbook-failed = { $notebook } が失敗しました: { $words }。
    .next = { $path } のセルを確認してください。
runbook-kernel-ended = { $notebook } は完了していません。カーネルが終了しました。誰かが停止したか、マシンのメモリが不足しました。
    .next = もう一度実行してください。orgtools は、完了したものを AWS と台帳で確認します。実行済みのセルは { $path } にあります。
runbook-left = { $count } 件は対象のまま残っています

runbook-ran-00_start = 移行フォルダを開きました
runbook-ran-10_assess = { $count } 件のアカウントを移行できるかどうかを確認しました
runbook-ran-20_plan = 計画を表示しました
runbook-ran-35_review_handshakes = { $count ->
    [0] 保留中の招待をすべて表示しました
   *[other] 保留中の招待をすべて表示しました。{ $count } 件のアカウントがほかの組織から招待されています
}
runbook-ran-80_verify = { $count } 件のアカウントを計画と比較しました
runbook-ran-87_way_back = 元に戻せるものを表示しました
runbook-ran-90_record = 記録を書き出しました
