# ノートブックの表示と質問: 文、ボタン、入力欄、列の見出し、状態を表す語。

## 状態を表す語 (前に記号が付く)。表の列。

# ステップがアカウントについて判断したこと
mark-do = 対象
mark-done = 完了
mark-wait = 待機中
mark-blocked = ブロック
mark-unseen = 確認不可
mark-none = 対象外

# ステップの実行中のアカウント
calling-not-yet = 未呼び出し
calling-called = 呼び出し済み
calling-refused = 拒否あり

# ウェーブの一括実行中の、アカウントの各ステップ
passing-ahead = 未到達
passing-here = 実行中
passing-passed = 通過済み

# ステップの結果
outcome-confirmed = 確認済み
outcome-unconfirmed = 未確認
outcome-refused = 拒否
outcome-changed = 変更あり
outcome-stopped = 途中で停止
outcome-not-started = 未開始

# 検出結果のステータス
status-ok = 問題なし
status-info = 情報
status-warn = 警告
status-unknown = 不明
status-block = ブロック

# チェックの分野
subject-access = アクセス
subject-agreements = 契約
subject-billing = 請求
subject-callers = 呼び出し元
subject-control-tower = Control Tower
subject-eligibility = 移行の条件
subject-invitations = 招待
subject-naming = 組織の指定
subject-policies = ポリシー
subject-quotas = クォータ
subject-recording = 証跡と記録
subject-regions = リージョン
subject-services = サービス
subject-sharing = 共有
subject-stacksets = StackSets
subject-tags = タグ

# 表の列: ノートブック、ターミナル、記録
heading-accepted-by = 受容した人
heading-account = アカウント
heading-account-and-name = アカウントと名前
heading-account-and-unit = アカウントと OU
heading-accounts = アカウント
heading-action = アクション
heading-age = 経過時間
heading-answer = 回答
heading-asked-about = 質問の対象
heading-at = 日時
heading-because = 理由
heading-by = 回答者
heading-caller = 呼び出し元
heading-check = チェック
heading-check-with-aws-s-page = チェック (AWS のページ)
heading-decision = 判断
heading-evidence = 検出内容
heading-expires-in = 有効期限まで
heading-expires-utc = 有効期限 (UTC)
heading-handshake = ハンドシェイク
heading-handshake-seen-by = ハンドシェイクと確認元
heading-holds = 有効
heading-in-the-source = 移行元での場所
heading-in-words = 説明
heading-invitations-left = 招待の残り
heading-invited-by = 招待元
heading-inviter = 招待したアカウント
heading-is = 現在
heading-is-in = 現在の場所
heading-management-account = 管理アカウント
heading-name = 名前
heading-next-step = 次のステップ
heading-organization = 組織
heading-organizational-unit = 組織単位 (OU)
heading-outcome = 結果
heading-part = 項目
heading-path = 経路
heading-places-left = アカウント数の空き
heading-planned = 計画
heading-planned-and-run = 計画とこの移行
heading-planned-to = 計画した OU
heading-question = 質問
heading-readiness = 評価
heading-reason = 理由
heading-region = リージョン
heading-remedy = 対処方法
heading-request-id = リクエスト ID
heading-run = この移行
heading-seen-by = 確認元
heading-sent = 送信日時
heading-sent-utc = 送信日時 (UTC)
heading-side = 移行元と移行先
heading-state = 状態
heading-state-and-expiry = 状態と有効期限
heading-status = ステータス
heading-tags = タグ
heading-to = 移動先
heading-to-invite = 要招待
heading-units = OU (アカウント数)
heading-until = 期限
heading-was = 以前
heading-wave = ウェーブ
heading-we-are = 呼び出し元
heading-what-aws-shows = AWS での状態
heading-what-can-be-undone = 元に戻せるもの
heading-what-cannot = 元に戻せないもの
heading-what-follows = 実行内容または対処
heading-what-to-do = 対処方法
heading-what-was-seen = 検出内容
heading-where-it-stands = 現在の状態

# セル
ui-unknown = 不明
ui-side = { $side ->
    [source] 移行元
    [destination] 移行先
   *[member] メンバーアカウント
}
ui-side-without-access = アクセスできないため読み取っていません
ui-nobody = なし
ui-not-looked-at = 読み取っていません
ui-not-assessed = 未評価
ui-not-planned = 計画外
ui-wait-until = { $until } まで待ってください。
ui-calls = { $changes }
ui-sentences = { $then }
ui-count = { $state } { $count } 件
ui-counts = { $states }
ui-accounts-and-more = { $accounts }、ほか { $more } 件
ui-wave = ウェーブ { $wave }

## 移行、ボード、プレビューと結果。

ui-run = { $name }: { ui-plan }
ui-run-folder = 移行フォルダ: { $path }。計画: { $digest }。
ui-plan = { $count ->
    [0] アカウントなし
   *[other] { $count } 件のアカウント、{ $total } 個のウェーブ
}
ui-plan-digest = 計画のダイジェスト: { $digest }

ui-board = { $name }: { $total } 件中 { $count } 件のアカウントが計画どおりの場所にあります
ui-account = アカウント { $account }: { $why }
    .next = { $why_next }
ui-next-assess = 次に 10_assess を開いてください。まだ評価していないアカウントがあります。
ui-next-due = 次に { $notebook } を開いてください。対象のアカウントが { $count } 件あります。
ui-next-wait = 次に { $notebook } を開き、AWS の完了を待ってください。AWS は { $count } 件のアカウントを処理中です。
ui-next-verify = 次に 80_verify を開き、その後 90_record を開いてください。
ui-on-hold = { $count } 件のアカウントは、評価で解消されるまで保留です。

ui-seen = { $at } の時点で確認しました (AWS の時計)。
ui-seen-with-digest = { $at } の時点で確認しました (AWS の時計)。実行内容のダイジェスト: { $digest }
ui-could-not-check = 確認できませんでした: { $why }
    .next = { $why_next }
ui-waiting = { $count } 件のアカウントが待機中です。最も早いものは { $until } までです
ui-in = あと { $span }
ui-in-days = あと { $count } 日 { $span }
ui-in-nothing = 時刻になりました。このノートブックをもう一度実行してください

ui-nothing-to-approve = 承認するものはありません。
ui-type-to-resume = { $person } が { $at } にこのすべてを承認しました。続行するには   { $choice }   と入力してください。それ以外を入力した場合は、何も変更しません:
ui-type-to-approve = 承認するには   { $choice }   と入力してください。それ以外を入力した場合は、何も変更しません:
ui-nobody-to-ask = ドライランのため、ここでは入力できません。
    .next = この内容を承認するには、approve = "{ $digest }" を指定して、もう一度実行してください。
ui-approved = { $person } が承認しました: { $choice }

## 実行中のステップ。

ui-called = { $step }: { $total } 件中 { $count } 件を呼び出しました。
ui-pace = 毎秒 { $number } 件。
ui-pace-and-left = 毎秒 { $number } 件、残り約 { $span }。
ui-wave-arrived = wave: { $total } 件中 { $count } 件のアカウントの配置が完了しました。
ui-wave-counts = アカウントの数
ui-wave-pausing = { $count } 件のアカウントが AWS の処理を待っています。{ $span }後にもう一度確認します。
ui-wave-left = このペースでは、この待ち行列のアカウントにあと約 { $span }かかります。
ui-wave-working = { $whys }。
ui-wave-working-on = { $account }: { $why }
ui-pausing = AWS では反映が遅れることがあります。{ $span }後にもう一度確認します。
ui-interrupting = いつでも中断 (■) できます。進行中の呼び出しは完了して記録され、新しい呼び出しは始まりません。次に実行すると再開します。
ui-refusals-more = ほかに { $more } 件あります。ステップが終わると、下の表にすべて表示されます

## エラー。

ui-error-caused = { $why }。AWS の応答: { $words }
    .next = { $why_next }
ui-error-refused = AWS の呼び出しに失敗しました: { $why }
    .next = { $why_next }
ui-error-unexpected = 予期しないエラー: { $words }
    .next = 完了とみなすのは、AWS で確認できたものだけです。ノートブックを最初からもう一度実行してください。再びエラーになる場合は、エンジニアに連絡してください。
ui-error-trace = トレースバック (エンジニア向け)
ui-error-above = { $kind }: 上記を参照してください。このセルは完了していません。

## 検索して選択できる表。

ui-filter = フィルタ
ui-filter-hint = すべての列を検索
ui-select-all = 表示中をすべて選択
ui-select-none = 選択をすべて解除
rows-shown = { $total } 行中 { $count } 行を表示しています。
rows-found = { $total } 行中 { $count } 行を表示しています (全 { $more } 行から絞り込み)。
rows-more = さらに { $count } 行を表示
rows-all = すべて表示
rows-without-scripts = { $total } 行中 { $count } 行を表示しています。ほかの行はスクリプトが表示するため、このノートブックを信頼してください。
ui-rows-page = { $total } 行中 { $row } から { $rows } 行目
ui-rows-filtered = (全 { $more } 行から絞り込み)
ui-rows-none = 行はありません
ui-rows-sort = : この列で並べ替え
ui-rows-none-found = フィルタに一致する行はありません。
ui-rows-selected = { $count } 行を選択中

## アカウントの選択。

ui-choices-unreadable = { $path } を読み取れません: { $words }。
    .next = 削除してください。ノートブックで選択したアカウントを保存しているだけのファイルです。
ui-wave-field = ウェーブ
ui-waves-all = すべてのウェーブ
ui-accounts-all = すべてのアカウント
ui-chosen = { $count ->
    [0] アカウントは選択されていません
   *[other] { $count } 件のアカウントを選択中
}
ui-left-out = { $count } 件のアカウントは、評価で解消されるまで保留です (10_assess を参照)

## 計画とウェーブ。

ui-unit-field = 移動先
ui-unit-own = { $unit } の下の、移行元と同じ OU
ui-unit-to-come = { $unit } (60_place が作成)
ui-plan-stand-alone = 先に離脱 (スタンドアロン経由)
ui-plan-add = 計画に追加
ui-plan-remove = 計画から削除
ui-plan-added = { $count ->
    [0] 追加したアカウントはありません
   *[other] { $count } 件のアカウントを、ウェーブ { $wave } で { $unit } に移動する計画にしました
}。
ui-plan-added-own = { $count ->
    [0] 追加したアカウントはありません
   *[other] { $count } 件のアカウントを、ウェーブ { $wave } で { $unit } の下の移行元と同じ OU に移動する計画にしました
}。
ui-plan-removed = { $count ->
    [0] 削除したアカウントはありません
   *[other] { $count } 件のアカウントを削除しました
}。
ui-plan-written = { $then }accounts.csv { $count ->
    [0] にアカウントはありません
   *[other] のアカウントは { $count } 件になりました
}。

ui-wave-fits = 収まります
ui-wave-quota-unknown = アカウント数のクォータが不明です
ui-wave-lacks-places = アカウント数の空きが { $missing } 件足りません。アカウント数のクォータ { $quota } の引き上げが必要です
ui-wave-waits = { $count } 件は、24 時間の招待クォータの空きを待つ必要があります
ui-wave-waits-until = { $count } 件は、24 時間の招待クォータの空きを待つ必要があります。次の招待は { $until } から送信できます

ui-waves-propose = 提案方法
ui-waves-by-size = アカウント数 (可能な限り OU をまとめる)
ui-waves-by-unit = OU (1 つのウェーブに 1 つの OU)
ui-waves-by-quota = クォータ (24 時間の招待の件数)
ui-waves-size = 上限
ui-waves-divide = 分割対象
ui-waves-replace = 既存のウェーブを置き換える
ui-waves-show = 表示
ui-waves-write = accounts.csv に書き込む
ui-waves-outdated = 表示した後に accounts.csv が変更されたため、何も書き込んでいません。
    .next = もう一度表示してください。
ui-waves-not-replaced = 何も書き込んでいません。accounts.csv のウェーブ { $waves } のアカウントが減ります。
    .next = 意図したとおりであれば、「{ $choice }」を選択してください。そうでなければ、1 つのウェーブだけを分割してください。
ui-waves-written = accounts.csv のウェーブは { $count } 個になりました。
ui-waves-proposed = { $count ->
    [0] ウェーブが変わるアカウントはありません
   *[other] { $count } 件のアカウントのウェーブが変わります
}。まだ何も書き込んでいません。
ui-waves-replaced = accounts.csv のうち、アカウントが減るウェーブ: { $waves }
ui-waves-kept = { $count } 件のアカウントは招待済みまたは参加済みのため、ウェーブは変わりません。
ui-waves-split = 1 つのウェーブに収まらない OU: { $units }

## 評価とエクスポート。

ui-assessed = { $count } 件のアカウント: { $why }
ui-assessment-resumed = 中断された評価を再開しました。そのうち { $count } 件のアカウントは、中断前に評価したものです。
    .next = すべてをもう一度評価するには、assess(..., afresh=True) を使用してください。
ui-assessment-interrupted = 評価が中断されました。{ $count } 件のアカウントは、まだ評価していません。
    .next = 同じ評価をもう一度実行してください。残りのアカウントから再開します。
ui-assessment-changed = 前回の評価からの変化: { $count } 件
ui-to-do-first = 先に対処すべき項目
ui-to-do-nothing = 対処すべき項目はありません。
ui-to-do-more = ほかに { $more } 件あります。下の検出結果を参照してください。
ui-look-at-it = 内容を確認してください。
ui-matrix = アカウントと分野
ui-findings = 検出結果
ui-findings-none = すべてのチェックで問題はありません。
ui-check = { $check } { $why }
ui-check-and-more = { $check } { $why } (ほか { $more } 件のチェック)
ui-every-account = すべてのアカウント
ui-accounts = { $count } 件のアカウント: { $accounts }
ui-checks-folded = { $count } 件のチェック
ui-accounts-folded = { $count } 件のアカウント
ui-nothing-unexpected = 想定外の点はありません。
ui-nothing-to-assess = この移行で登録解除したアカウントはありません。もう一度評価するものはありません。

ui-exported = 移行フォルダの { $path } にエクスポートしたアカウント: { $count } 件
ui-exported-before = { $count } 件のアカウントは移行元から離脱しています。以前エクスポートしたものは残ります。
ui-export-gaps = { $count } 件の項目を読み取れませんでした。エクスポートでは "unknown" と記載しています。

# 質問と受容したリスク
ui-your-name = 名前
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
ui-answer-recorded = 記録しました ({ $whom }): { $person } は { $check_name } に { $choice } と回答しました
ui-waivers-none = 受容したリスクはありません。
ui-waivers-record = リスクを受容
ui-risk = リスク
ui-until-utc = 期限 (UTC)
ui-waiver = { $account }: { $check_name }
ui-waiver-impossible = アカウントをブロックしている検出結果に、受容できるものはありません。
    .next = 検出結果の対処方法に従ってください。
ui-waiver-recorded = 記録しました: { $person } は、アカウント { $account } の { $check_name } のリスクを { $until } まで受容します
ui-waiver-holds = はい
ui-waiver-ended = いいえ (期限切れ)

## 招待と所有者。

ui-handshakes-none = ありません。
ui-handshake-state = { $state ->
    [accepted] 承諾済み
    [canceled] キャンセル済み
    [declined] 拒否済み
    [expired] 期限切れ
    [open] 保留中
    [unknown] 不明
    [requested] 保留中
   *[other] { $state }
}
ui-handshake-pending = { ui-handshake-state }、有効期限は不明 (AWS は返していません)
ui-handshake-pending-until = { ui-handshake-state }、有効期限まで { $span }、{ $until }
ui-handshake-of = { $action }: { $why }
ui-invited-by = { ui-side }、{ $caller }
ui-invited-by-stranger = ほかの組織: { $organization } ({ $account })
ui-organization-unnamed = 不明な組織
ui-account-unnamed = 不明なアカウント
ui-caller-unknown = 呼び出し元は不明
ui-sent = { $age }前、{ $at }

ui-invitations-cancel = 保留中の招待をキャンセル
ui-invitations-invite = 終了した招待を再送
ui-then = 操作
ui-action-unknown = '{ $action }' という操作はありません。
    .next = { $actions } のいずれかを使用してください。
ui-chosen-for = { $step }: { ui-chosen }
ui-chosen-none = { $step }: アカウントは選択されていません。何も変更しません

ui-owner = アカウント { $account } の所有者が { $handshake } を承諾します。AWS は有効期限を返していません
ui-owner-until = アカウント { $account } の所有者が、{ $until } までに { $handshake } を承諾します
ui-owner-send = 次のファイルを所有者に送付してください: { $path }
ui-owner-page = ファイルの内容
ui-owner-none = 承諾を待つ所有者はいません。
