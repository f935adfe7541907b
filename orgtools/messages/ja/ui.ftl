# ノートブックの表示と質問: 文、ボタン、入力欄、列の見出し、状態を表す語。

## 状態を表す語 (それぞれの前に記号が付く) と表の列。

# ステップがアカウントについて判断した結果
mark-do = 対象
mark-done = 完了
mark-wait = 待機中
mark-blocked = ブロック
mark-unseen = 未確認
mark-none = 対象外

# ステップの実行中のアカウント
calling-not-yet = 未呼び出し
calling-called = 呼び出し済み
calling-refused = これまでの呼び出しは拒否

# ステップの結果
outcome-confirmed = 確認済み
outcome-unconfirmed = 未確認
outcome-refused = 拒否
outcome-changed = 承認後に変更
outcome-not-started = 未開始

# 検出結果の状態
status-ok = 問題なし
status-info = 情報
status-warn = 警告
status-unknown = 不明
status-block = ブロック

# チェックの対象
subject-access = アクセス
subject-agreements = 契約
subject-billing = 請求
subject-callers = 呼び出し元
subject-control-tower = Control Tower の管理
subject-eligibility = 移行の可否
subject-invitations = 招待
subject-naming = 名前
subject-policies = ポリシー
subject-quotas = クォータ
subject-recording = 設定の記録
subject-regions = リージョン
subject-services = サービス
subject-sharing = 共有
subject-stacksets = スタックセット
subject-tags = タグ

heading-accepted-by = 受容した人
heading-account = アカウント
heading-account-and-name = アカウントと名前
heading-account-and-unit = アカウントと OU
heading-accounts = アカウント
heading-age = 経過時間
heading-answer = 回答
heading-asked-about = 質問の対象
heading-at = 日時
heading-because = 理由
heading-by = 回答者
heading-check = チェック
heading-check-with-aws-s-page = チェックと AWS のページ
heading-decision = 判断
heading-detail = 詳細
heading-evidence = 確認した内容
heading-expires-in = 有効期限まで
heading-handshake = ハンドシェイク
heading-handshake-seen-by = ハンドシェイクと表示元
heading-holds = 有効
heading-in-the-source = 移行元の OU
heading-in-words = 説明
heading-invitations-left = 残りの招待数
heading-invited-by = 招待した組織
heading-is = 現在
heading-is-in = 現在の場所
heading-management-account = 管理アカウント
heading-name = 名前
heading-next-step = 次の操作
heading-organization = 組織
heading-organizational-unit = 組織単位 (OU)
heading-outcome = 結果
heading-part = 項目
heading-path = 経路
heading-places-left = 残りのアカウント数
heading-planned-and-run = 計画とこの移行の操作
heading-planned-to = 計画した OU
heading-question = 質問
heading-readiness = 評価
heading-reason = 理由
heading-region = リージョン
heading-remedy = 対応
heading-request-id = リクエスト ID
heading-sent = 送信日時
heading-side = 移行元と移行先
heading-state = 状態
heading-state-and-expiry = 状態と有効期限
heading-status = 状態
heading-tags = タグ
heading-to = 移動先の OU
heading-to-invite = 招待する数
heading-units = OU の一覧
heading-until = 期限
heading-was = 前回
heading-wave = ウェーブ
heading-we-are = 呼び出し元
heading-what-aws-shows = AWS での状態
heading-what-can-be-undone = 元に戻せるもの
heading-what-cannot = 元に戻せないもの
heading-what-follows = 次の処理
heading-what-to-do = 対応
heading-what-was-seen = 確認した内容
heading-where-it-stands = 現在の状態

# セル
ui-unknown = 不明
ui-side = { $side ->
    [source] 移行元
    [destination] 移行先
   *[member] メンバーアカウント
}
ui-side-without-access = アクセスがないため読み取っていません
ui-nobody = なし
ui-not-looked-at = 確認していません
ui-not-assessed = 未評価
ui-not-planned = 計画なし
ui-wait-until = { $until } まで待ってください。
ui-calls = { $changes }
ui-sentences = { $then }
ui-count = { $count } { $state }
ui-counts = { $states }
ui-accounts-and-more = { $accounts }、ほか { $more } 件
ui-wave = ウェーブ { $wave }

## 移行、ボード、プレビュー、結果。

ui-run = { $name }: { ui-plan }
ui-run-folder = 移行フォルダ: { $path }。計画: { $digest }。
ui-plan = { $count ->
    [0] アカウントはありません
   *[other] アカウント { $count } 件、ウェーブ { $total } 個
}
ui-plan-digest = 計画のダイジェスト: { $digest }

ui-board = { $name }: アカウント { $total } 件のうち { $count } 件が計画した OU にあります
ui-account = アカウント { $account }: { $why }
    .next = { $why_next }
ui-next-assess = 次の操作: 10_assess を開いてください。評価していないアカウントがあります。
ui-next-due = 次の操作: { $notebook } を開いてください。対象のアカウントは { $count } 件です。
ui-next-wait = 次の操作: { $notebook } を開いて AWS を待ってください。AWS が { $count } 件のアカウントを処理しています。
ui-next-verify = 次の操作: 80_verify を開き、その後 90_record を開いてください。
ui-on-hold = { $count } 件のアカウントは、評価で問題がなくなるまで保留です。

ui-seen = 確認した日時: { $at } (AWS の時刻)。
ui-seen-with-digest = 確認した日時: { $at } (AWS の時刻)。実行内容のダイジェスト: { $digest }
ui-could-not-check = 確認できませんでした: { $why }
    .next = { $why_next }
ui-waiting = { $count } 件のアカウントが待機中です。最も早いものは { $until } までです
ui-in = あと { $span }
ui-in-days = あと { $count } 日 { $span }
ui-in-nothing = 時間になりました。このノートブックをもう一度実行してください

ui-nothing-to-approve = 承認するものはありません。
ui-type-to-approve = 承認する場合は   { $choice }   と入力してください。ほかの入力では何も変更しません:
ui-nobody-to-ask = ドライランです。ここでは入力できません。
    .next = この内容を承認するには、approve = "{ $digest }" を指定してもう一度実行してください。
ui-approved = { $person } が承認しました: { $choice }

## 実行中のステップ。

ui-called = { $step }: { $total } 件のうち { $count } 件を呼び出しました。
ui-pace = 毎秒 { $number } 件です。
ui-pace-and-left = 毎秒 { $number } 件です。残りは約 { $span }です。
ui-pausing = AWS が結果を表示するまでに時間がかかることがあります。{ $span }後にもう一度確認します。
ui-interrupting = 中断 (■) しても安全です。進行中の呼び出しは完了して記録され、新しい呼び出しは始まりません。次の実行で再開します。
ui-refusals-more = ほか { $more } 件。ステップの終了後、下の表にすべて表示されます

## エラー。

ui-error-caused = { $why }。AWS のメッセージ: { $words }
    .next = { $why_next }
ui-error-refused = AWS の呼び出しに失敗しました: { $why }
    .next = { $why_next }
ui-error-unexpected = 予期しないエラーです: { $words }
    .next = AWS で確認できたものだけが完了です。ノートブックを先頭からもう一度実行してください。エラーが続く場合は、エンジニアに連絡してください。
ui-error-trace = エンジニア向けのトレースバック
ui-error-above = { $kind }: 上の表示を参照してください。このセルは最後まで実行されていません。

## 検索や選択ができる表。

ui-filter = フィルター
ui-filter-hint = いずれかの列にある語
ui-select-all = 表示中の行をすべて選択
ui-select-none = 選択を解除
ui-rows = { $total } 行のうち { $count } 行を表示しています。
ui-rows-found = { $total } 行のうち { $count } 行を表示しています (全 { $more } 行から絞り込み)。
ui-rows-more = さらに { $count } 行を表示
ui-rows-all = すべて表示
ui-rows-without-scripts = { $total } 行のうち { $count } 行を表示しています。残りはスクリプトが表示します。このノートブックを信頼してください。
ui-rows-page = 全 { $total } 行のうち { $row } から { $rows } 行目
ui-rows-filtered = (全 { $more } 行から絞り込み)
ui-rows-none = 行はありません
ui-rows-none-found = フィルターに一致する行はありません。
ui-rows-selected = { $count } 行を選択中

## アカウントの選択。

ui-choices-unreadable = { $path } を読み取れません: { $words }。
    .next = 削除してください。ノートブックで選択したアカウントを保存しているだけのファイルです。
ui-wave-field = ウェーブ
ui-waves-all = すべてのウェーブ
ui-accounts-all = すべてのアカウント
ui-chosen = { $count ->
    [0] 選択したアカウントはありません
   *[other] { $count } 件のアカウントを選択しました
}
ui-left-out = { $count } 件のアカウントは、評価で問題がなくなるまで保留です (10_assess を参照)

## 計画とウェーブ。

ui-unit-field = 移動先
ui-unit-own = { $unit } の下で、移行元と同じ OU
ui-unit-to-come = { $unit } (60_place が作成します)
ui-plan-stand-alone = 先に離脱する (スタンドアロン経由)
ui-plan-add = 計画に追加
ui-plan-remove = 計画から削除
ui-plan-added = { $count ->
    [0] 追加したアカウントはありません
   *[other] { $count } 件のアカウントをウェーブ { $wave } で { $unit } に移動する計画にしました
}。
ui-plan-added-own = { $count ->
    [0] 追加したアカウントはありません
   *[other] { $count } 件のアカウントをウェーブ { $wave } で、{ $unit } の下のそれぞれの OU に移動する計画にしました
}。
ui-plan-removed = { $count ->
    [0] 削除したアカウントはありません
   *[other] { $count } 件のアカウントを削除しました
}。
ui-plan-written = { $then }{ $count ->
    [0] accounts.csv にアカウントはありません
   *[other] accounts.csv のアカウントは { $count } 件です
}。

ui-wave-fits = 収まります
ui-wave-quota-unknown = アカウントのクォータが不明です
ui-wave-lacks-places = あと { $missing } 件分足りません。アカウントのクォータ { $quota } を引き上げてください
ui-wave-waits = 24 時間の招待クォータにより、{ $count } 件は待つ必要があります
ui-wave-waits-until = 24 時間の招待クォータにより、{ $count } 件は待つ必要があります。次の招待は { $until } に可能になります

ui-waves-propose = 分け方
ui-waves-by-size = 件数で分ける (収まる場合は OU をまとめる)
ui-waves-by-unit = OU で分ける (1 つのウェーブに 1 つの OU)
ui-waves-by-quota = クォータで分ける (24 時間の招待数)
ui-waves-size = 最大件数
ui-waves-divide = 対象
ui-waves-replace = 既存のウェーブを置き換える
ui-waves-show = 表示
ui-waves-write = accounts.csv に書き込む
ui-waves-outdated = 表示した後に accounts.csv が変更されたため、何も書き込んでいません。
    .next = もう一度表示してください。
ui-waves-not-replaced = 何も書き込んでいません。accounts.csv のウェーブ { $waves } からアカウントが減ります。
    .next = そのとおりでよい場合は「{ $choice }」を選択してください。または、1 つのウェーブだけを分けてください。
ui-waves-written = accounts.csv のウェーブは { $count } 個になりました。
ui-waves-proposed = { $count ->
    [0] ウェーブが変わるアカウントはありません
   *[other] { $count } 件のアカウントのウェーブが変わります
}。まだ何も書き込んでいません。
ui-waves-replaced = アカウントが減る accounts.csv のウェーブ: { $waves }
ui-waves-kept = { $count } 件のアカウントは招待済みまたは参加済みのため、ウェーブは変わりません。
ui-waves-split = 1 つのウェーブに収まらない OU: { $units }

## 評価とエクスポート。

ui-assessed = { $count } 件のアカウント: { $why }
ui-assessment-resumed = 中断した評価を再開しました。{ $count } 件のアカウントはすでにチェック済みでした。
    .next = すべてをもう一度チェックするには、assess(..., afresh=True) を使用してください。
ui-assessment-interrupted = 評価が中断されました。{ $count } 件のアカウントをまだ評価していません。
    .next = 同じ評価をもう一度実行してください。残りのアカウントから再開します。
ui-assessment-changed = 前回の評価からの変更: { $count } 件
ui-to-do-first = 最初に行うこと
ui-to-do-nothing = 対応するものはありません。
ui-to-do-more = ほか { $more } 件は、下の検出結果にあります。
ui-look-at-it = 確認してください。
ui-matrix = アカウントとチェックの対象
ui-findings = 検出結果
ui-findings-none = すべてのチェックに問題はありません。
ui-check = { $check } { $why }
ui-check-and-more = { $check } { $why }、ほか { $more } 件のチェック
ui-every-account = すべてのアカウント
ui-accounts = { $count } 件のアカウント: { $accounts }
ui-checks-folded = { $count } 件のチェック
ui-accounts-folded = { $count } 件のアカウント
ui-nothing-unexpected = 予期しないものはありません。

ui-exported = 移行フォルダの { $path } へのエクスポート: { $count ->
    [0] アカウントはありません
   *[other] アカウント { $count } 件
}
ui-exported-before = { $count } 件のアカウントはすでに移行元にありません。以前のエクスポートはそのまま残ります。
ui-export-gaps = { $count } 件の項目を読み取れませんでした。エクスポートでは "unknown" と記載しています。

# 質問と受容したリスク
ui-your-name = お名前
ui-nothing-recorded = 何も記録していません。{ $then }
    .next = { $then_next }
ui-choose = 選択してください
ui-questions-none = 質問はありません。
ui-questions-record = 回答を記録
ui-question = { $check_name }: { $why } ({ $whom })
ui-answer = { $choice }: { $why }
ui-answer-not-chosen = 回答が選択されていません。
    .next = 1 つ選択してください。
ui-answer-missing = 未回答
ui-answer-recorded = { $whom }について記録しました: { $person } は { $check_name } に { $choice } と回答しました
ui-waivers-none = 受容したリスクはありません。
ui-waivers-record = リスクを受容
ui-risk = リスク
ui-until-utc = 期限 (UTC)
ui-waiver = { $account }: { $check } { $why }
ui-waiver-impossible = アカウントをブロックしている検出結果のうち、受容できるものはありません。
    .next = 検出結果に記載された対応を行ってください。
ui-waiver-recorded = 記録しました: { $person } は、アカウント { $account } の { $check_name } のリスクを { $until } まで受容します
ui-waiver-holds = はい
ui-waiver-ended = いいえ、終了しました

## 招待と所有者。

ui-handshakes-none = ありません。
ui-handshake-pending = { $state }。AWS は有効期限を示していません
ui-handshake-pending-until = { $state }、有効期限まで { $span } ({ $until })
ui-handshake-of = { $action }: { $why }
ui-invited-by = { ui-side }、{ $caller }
ui-invited-by-stranger = 別の組織: { $organization } ({ $account })
ui-organization-unnamed = 名前のない組織
ui-account-unnamed = 名前のないアカウント
ui-caller-unknown = 呼び出し元不明
ui-sent = { $age }前、{ $at }

ui-invitations-cancel = 保留中の招待をキャンセル
ui-invitations-invite = 終了した招待を再送
ui-then = 操作
ui-action-unknown = '{ $action }' という操作はありません。
    .next = { $actions } のいずれかを使用してください。
ui-chosen-for = { $step }: { ui-chosen }
ui-chosen-none = { $step }: 選択したアカウントはありません。何も変更しません

ui-owner = アカウント { $account } の所有者が { $handshake } を承諾します。AWS は有効期限を示していません
ui-owner-until = アカウント { $account } の所有者が { $until } までに { $handshake } を承諾します
ui-owner-send = 所有者に送るファイル: { $path }
ui-owner-page = ファイルの内容
