# 記録のページ: 概要、グラフ、セクション。

# ページの先頭
record-title = 移行の記録: { $name }
record-parties = 組織: { $whys }。{ $at } に AWS から読み取りました。
record-source = 移行元は { $organization } (管理アカウント { $management_account })
record-source-not-seen = 移行元にはアクセスできません
record-destination = 移行先は { $organization } (管理アカウント { $management_account })
record-note = 注意
record-level-public = レベル: public。ID、名前、タグ、呼び出し元、ダイジェストは仮名です。メモ、AWS の文言、ノートブックの出力は含みません。
record-level-partner = レベル: partner。名前、タグ、呼び出し元、ダイジェストは仮名です。メモ、AWS の文言、ノートブックの出力は含みません。アカウント、組織、ハンドシェイク、リクエストの ID はそのまま表示します。
record-level-internal = レベル: internal。ID と名前はそのまま表示します。E メールアドレスと認証情報らしいものは伏せてあります。

# 概要
record-headline-empty = accounts.csv にアカウントがありません。
record-headline-all = 計画した { $total } 件のアカウントは、すべて移行先に配置済みです。
record-headline-none = 計画した { $total } 件のアカウントは、まだ 1 件も移行先に配置されていません。
record-headline-some = 計画した { $total } 件のアカウントのうち、{ $count } 件は移行先に配置済みです。
record-number-planned = 計画
record-number-in-place = 配置済み
record-number-on-the-way = 移行中
record-number-not-moved = 未移行
record-number-strays = 計画外の移動
record-number-unknown = 不明
record-summary-between = 計画した { $count } 件のアカウントは、どの組織にも所属していません: { $accounts }
record-summary-elsewhere = 計画した { $count } 件のアカウントは移行先に参加しましたが、この移行によるものではありません。
record-summary-strays = 計画にない { $count } 件のアカウントが、移行の開始後に参加、離脱、または移動しました。この移行によるものではありません。
record-summary-no-strays = 移行の開始後に参加、離脱、または移動した計画外のアカウントはありません。
record-summary-no-strays-in-destination = 移行の開始後に移行先で参加、離脱、または移動した計画外のアカウントはありません。
record-summary-source-not-seen = 移行元でアカウントが移動したかどうかは確認していません。
record-summary-approved = すべての変更は、事前に表示されて承認されました。承認は { $count } 件です: { $whys }
record-approver = { $person } ({ $count } 件)
record-summary-not-approved = 承認された変更はありません。orgtools は承認なしに何も変更しません。
record-summary-calls = 変更を行う呼び出しは { $count } 件です: { $whys }
record-calls-done = 成功 { $count } 件
record-calls-refused = AWS による拒否 { $count } 件
record-calls-unanswered = AWS の応答なし { $count } 件
record-summary-no-calls = 変更を行う呼び出しはありません。
record-summary-not-assessed = アカウントを移行できるかどうかは、まだ評価されていません。
record-summary-assessed = チェックの検出結果: { $findings }
record-summary-unknown = { $count } 件の項目は、読み取れないか結果が分かりません。「不明」を参照してください。
record-waves = ウェーブ別
record-unfinished = 未配置のアカウントとその理由
record-accounts = { $accounts }
record-accounts-and-more = { $accounts }、ほか { $more } 件

# ページ内の検索
record-search = アカウント、リクエスト ID、単語を検索
record-search-label = すべての表を検索
record-rows-packed = この表の { $count } 行を表示するには、ページのスクリプトが必要です。ページと同じフォルダのファイルにも同じ内容があります。
record-rows-found = { $number } 行中 { $given } 行
record-rows-shown = { $number } 行中 { $given } 行を表示しています。
record-rows-more = さらに { $number } 行を表示
record-rows-all = すべて表示
record-story = このアカウントについて記録にあるすべてを表示
record-story-events = イベント
record-story-no-events = 台帳にこのアカウントのイベントはありません。
record-story-findings = 検出結果

# セクション
record-section-summary = 概要
record-section-charts = グラフ
record-section-accounts = アカウント
record-section-approvals = 承認
record-section-events = タイムライン
record-section-readiness = 検出結果
record-section-invitations = ハンドシェイク
record-section-others = ほかのアカウント
record-section-unknown = 不明
record-section-environment = 環境
record-section-seal = 封印
record-waivers = 受容したリスク
record-answers = API では分からない質問

# 列の見出し
record-column-account = アカウント
record-column-accounts = アカウント数
record-column-action = アクション
record-column-age = 経過時間
record-column-answer = 回答
record-column-at = 日時 (UTC)
record-column-by = 実行者
record-column-callers = 呼び出し元: 移行元、移行先
record-column-check = チェック
record-column-difference = 差
record-column-digest = 承認した呼び出しのダイジェスト
record-column-event = イベント
record-column-expires = 有効期限まで
record-column-handshake = ハンドシェイク
record-column-handshake-and-request = ハンドシェイク、最後のリクエスト
record-column-hash = ハッシュ
record-column-in-place = 配置済み
record-column-not-moved = 未移行
record-column-now = 現在
record-column-number = #
record-column-on-the-way = 移行中
record-column-opened = 開始 (UTC)
record-column-organization = 組織
record-column-plan = 計画
record-column-planned = 計画
record-column-planned-unit = 計画した OU
record-column-question = 質問
record-column-reason = 理由
record-column-remedy = 対処
record-column-seen = 確認した内容
record-column-seen-by = 確認できる側
record-column-sent = 送信 (UTC)
record-column-sent-by = 送信元
record-column-shown = 表示した内容
record-column-start = 開始時
record-column-state = 状態
record-column-status = 状態
record-column-step = ステップ
record-column-time = 日時 (UTC)
record-column-typed = 入力
record-column-unit = 組織単位 (OU)
record-column-until = 期限
record-column-versions = バージョン
record-column-wave = ウェーブ
record-column-why = 詳細

# 表の値と、行がないときの文
record-side = { $side ->
        [source] 移行元
        [destination] 移行先
        [member] メンバー
       *[other] { $side }
    }
record-foreign = ほかの組織
record-yes-or-no = { $choice ->
        [yes] はい
        [no] いいえ
       *[other] { $choice }
    }
record-both-organizations = 組織
record-status-ok = 問題なし
record-status-info = 情報
record-status-warn = 警告
record-status-unknown = 不明
record-status-block = ブロック
record-typed = “{ $given }”
record-wave = ウェーブ { $wave }
record-expires = 有効期限 { $until }
record-no-units = アカウントのある OU はありません。
record-no-accounts = accounts.csv にアカウントがありません。
record-no-approvals = 承認された変更はありません。
record-no-events = 台帳にイベントはありません。
record-no-findings = すべての検出結果は「問題なし」です。
record-not-assessed = これらのアカウントはまだ評価されていません。
record-no-waivers = 受容したリスクはありません。
record-no-answers = 回答された質問はありません。
record-no-handshakes = 過去 30 日間にどちらの組織も招待を送信しておらず、招待が見えるアカウントもありません。
record-nothing-unknown = すべてを読み取ることができ、すべての呼び出しの結果が分かっています。
record-no-openings = 台帳には、移行を開いた人の情報がありません。

# セクションの文
record-events-about = 台帳のすべてのイベントです。日時は AWS の時刻です。各イベントの全内容は ledger.jsonl にあります。
record-findings-about = 各アカウントの最新の評価の検出結果と、招待に関する検出結果です。ほかの { $count } 件の検出結果は「問題なし」です。すべての検出結果は findings.csv にあります。
record-handshakes-about = 両方の組織が送信したものと、これから参加するアカウントが受信したものです。保留中のハンドシェイクと、過去 30 日間に終了したハンドシェイクを表示します。移行に関係するのは INVITE のハンドシェイクだけです。
record-environment = この記録は { $names } で書き込みました。
record-plan-digest = 計画のダイジェスト: { $digest }
record-head = このページは台帳の { $count } 件のイベントを表示しています。最後のイベントのハッシュは { $digest } です。
record-chain-original = この記録の台帳は、移行の台帳そのものであり、ハッシュも同じです。
record-chain-redacted = この記録の台帳は一部を伏せてあり、独自のハッシュチェーンを持ちます。封印には移行の台帳の最後のハッシュ (original_head) があります: { $digest }。その台帳を持つ人は照合できます。
record-promise = 封印して署名した記録は、改ざんされたかどうかを確認できます。この記録は封印されています: 台帳の最後のイベントには、それより前のイベントの数と、ほかのファイルの SHA-256 があります。manifest.json にはそのイベントのハッシュがあります。manifest.json.sig が同じフォルダにあれば、記録は署名されています。署名がない場合、すべてのファイルを書き換えられる人は封印も書き換えられます。そのため、manifest.json の SHA-256 を別の場所に保管してください。
record-check-it = 検証するコマンド:

# グラフ
record-chart-states = 状態の推移
record-chart-budget = クォータと招待の残り
record-chart-trees = 移行前と移行後の OU
record-stage-not-invited = 未招待
record-stage-invited = 招待済み
record-stage-between = どの組織にも所属していない
record-stage-arrived = 参加済み
record-stage-in-place = 配置済み
record-chart-end = 最終時点: { $whys }
record-chart-no-accounts = 計画にアカウントがありません。
record-end-not-invited = 未招待 { $count } 件
record-end-invited = 招待済み { $count } 件
record-end-between = どの組織にも所属していない { $count } 件
record-end-arrived = 参加済み { $count } 件
record-end-in-place = 配置済み { $count } 件
record-axis-accounts = アカウント数
record-axis-time = 時刻 (UTC)
record-bar-invitations = 24 時間の招待
record-bar-quota = アカウントのクォータ
record-part-used = 使用 { $count }
record-part-pending = 保留 { $count }
record-part-left = 残り { $count }
record-budget-accounts = メンバーアカウント { $members } 件と保留中の招待 { $pending } 件で、アカウントのクォータ { $quota } のうち { $count } を使用しています。
record-budget-unknown = アカウントのクォータを読み取れませんでした。
record-budget-invitations = 24 時間の招待 { $total } 件のうち { $count } 件を使用しています。
record-tree = { side-name }: 開始時 { $began } 件、現在 { $count } 件。
record-tree-not-seen = { side-name }: アクセスできないため、確認していません。
record-tree-changed = { $count ->
        [0] 変わった OU はありません。
       *[other] { $count } 個の OU が変わりました。
    }上の棒は開始時、下の棒は現在です。
record-tree-more = ほかの { $more } 個の OU は表にあります。
record-root = { side-name }、ルート
