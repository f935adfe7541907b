# 記録のページ: 要約、グラフ、各セクション。

# ページの先頭
record-title = 移行の記録: { $name }
record-parties = 組織: { $whys }。{ $at } に AWS から読み取りました。
record-source = 移行元は { $organization } です (管理アカウント { $management_account })
record-source-not-seen = 移行元にはアクセスできません
record-destination = 移行先は { $organization } です (管理アカウント { $management_account })
record-note = 注意
record-level-public = レベル: public。ID、名前、タグ、呼び出し元、ダイジェストは仮名です。メモ、AWS が返したメッセージ、ノートブックの出力は含まれません。
record-level-partner = レベル: partner。名前、タグ、呼び出し元、ダイジェストは仮名です。メモ、AWS が返したメッセージ、ノートブックの出力は含まれません。アカウント、組織、ハンドシェイク、リクエストの ID は表示しています。
record-level-internal = レベル: internal。ID と名前は表示しています。E メールアドレスと、認証情報の可能性があるものはマスクしています。

# 要約
record-headline-empty = accounts.csv にアカウントはありません。
record-headline-all = 計画した { $total } 件のアカウントは、すべて移行先の組織の計画どおりの場所にあります。
record-headline-none = 計画した { $total } 件のアカウントは、まだ 1 件も移行先の組織の計画どおりの場所にありません。
record-headline-some = 計画した { $total } 件のアカウントのうち、{ $count } 件が移行先の組織の計画どおりの場所にあります。
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
record-summary-source-not-seen = 移行元でアカウントが移動したかどうかは、確認していません。
record-summary-approved = すべての変更は、実行の前に表示され、承認されました。承認は { $count } 件です: { $whys }
record-approver = { $person } ({ $count } 件)
record-summary-not-approved = 変更はまだ承認されていません。承認がない限り、orgtools は何も変更しません。
record-summary-calls = 変更を行う呼び出しは { $count } 件でした: { $whys }
record-calls-done = { $count } 件は成功しました
record-calls-refused = { $count } 件は AWS が拒否しました
record-calls-unanswered = { $count } 件は AWS の応答がありませんでした
record-summary-no-calls = 変更を行う呼び出しはありませんでした。
record-summary-not-assessed = アカウントを移行できるかどうかは、まだ評価していません。
record-summary-assessed = チェックの結果: { $findings }
record-summary-unknown = { $count } 件の項目を、読み取れなかったか、確定できませんでした。「不明」を参照してください。
record-waves = ウェーブ別
record-unfinished = 計画どおりの場所にないアカウントと、その理由
record-accounts = { $accounts }
record-accounts-and-more = { $accounts }、ほか { $more } 件

# ページ内の検索
record-search = アカウント、リクエスト ID、語句を検索
record-search-label = すべての表を検索
rows-packed = この表の { $count } 行は、ページのスクリプトが表示します。同じ内容は、ページの隣のファイルにもあります。
record-story = このアカウントについての記録をすべて表示
record-story-events = 経過
record-story-no-events = 台帳に、このアカウントのイベントはありません。
record-story-findings = 検出結果

# セクション
record-section-summary = 要約
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
record-answers = API では答えが得られない質問

# 列の見出し
record-column-accounts = アカウント数
record-column-at = 日時 (UTC)
record-column-by = 担当者
record-column-callers = 呼び出し元: 移行元、移行先
record-column-difference = 差
record-column-digest = 承認された呼び出しのダイジェスト
record-column-event = イベント
record-column-handshake-and-request = ハンドシェイク、最後のリクエスト
record-column-hash = ハッシュ
record-column-in-place = 配置済み
record-column-not-moved = 未移行
record-column-now = 現在
record-column-number = #
record-column-on-the-way = 移行中
record-column-opened = 開いた日時 (UTC)
record-column-plan = 計画
record-column-planned-unit = 計画した OU
record-column-sent-by = 送信者
record-column-shown = 表示された内容
record-column-start = 開始時
record-column-step = ステップ
record-column-time = 日時 (UTC)
record-column-typed = 入力
record-column-unit = 組織単位 (OU)
record-column-versions = バージョン
record-column-why = 詳細

# セルの内容と、行がない場合
record-yes-or-no = { $choice ->
    [yes] 計画済み
    [no] 計画外
   *[other] { $choice }
}
record-both-organizations = 両方の組織
record-typed = 「{ $given }」
record-wave = ウェーブ { $wave }
record-expires = 有効期限 { $until }
record-no-units = アカウントのある OU はありません。
record-no-accounts = accounts.csv にアカウントはありません。
record-no-approvals = 変更はまだ承認されていません。
record-no-events = 台帳にイベントはありません。
record-no-findings = すべての検出結果に問題はありません。
record-not-assessed = アカウントはまだ評価していません。
record-no-waivers = 受容したリスクはありません。
record-no-answers = 質問への回答はありません。
record-no-handshakes = 過去 30 日間に、どちらの組織も招待を送信していません。アカウントにも招待は表示されていません。
record-nothing-unknown = すべてを読み取れました。すべての呼び出しの結果が分かっています。
record-no-openings = 台帳に、移行フォルダを開いた記録がありません。

# セクションの文
record-events-about = 台帳のすべてのイベントを、AWS の時刻で示します。各イベントの完全な内容は ledger.jsonl にあります。
record-findings-about = 各アカウントの最新の評価の検出結果と、招待についての検出結果です。ほかの { $count } 件の検出結果は問題ありません。すべての検出結果は findings.csv にあります。
record-handshakes-about = 両方の組織が送信したハンドシェイクと、これから参加するアカウントが受信したハンドシェイクです。保留中のものと、過去 30 日間に終了したものを示します。移行に関係するのは INVITE のハンドシェイクだけです。
record-environment = この記録は { $names } で書き出しました。
record-plan-digest = 計画のダイジェスト: { $digest }
record-head = このページは、台帳の { $count } 件のイベントを示しています。最後のイベントのハッシュは { $digest } です。
record-chain-original = この記録の台帳は、移行の台帳そのもので、ハッシュも同じです。
record-chain-redacted = この記録の台帳はマスクされており、独自のハッシュチェーンを持ちます。封印には、移行の台帳の最後のハッシュ (original_head) が含まれます: { $digest }。移行の台帳があれば照合できます。
record-promise = 封印して署名した記録は、改ざんを検知できます。この記録は封印されています。台帳の最後のイベントに、それより前のイベントの数と、ほかのファイルの SHA-256 があります。manifest.json には、そのイベントのハッシュがあります。manifest.json.sig が隣にあれば、記録は署名もされています。署名がない場合、すべてのファイルを書き換えられる人は、封印も書き換えられます。そのため、manifest.json の SHA-256 を別の場所に保管してください。
record-check-it = 次のコマンドで検証します:

# グラフ
record-chart-states = 状態の推移
record-chart-budget = クォータと招待の件数
record-chart-trees = 移行前後の OU
record-stage-not-invited = 未招待
record-stage-invited = 招待済み
record-stage-between = 所属組織なし
record-stage-arrived = 参加済み
record-stage-in-place = 配置済み
record-chart-end = 最後の状態: { $whys }
record-chart-no-accounts = 計画にアカウントはありません。
record-end-not-invited = { $count } 件は招待されていません
record-end-invited = { $count } 件は招待済みです
record-end-between = { $count } 件はどの組織にも所属していません
record-end-arrived = { $count } 件は参加済みです
record-end-in-place = { $count } 件は計画どおりの場所にあります
record-axis-accounts = アカウント数
record-axis-time = 時刻 (UTC)
record-bar-invitations = 24 時間の招待
record-bar-quota = アカウント数
record-part-used = 使用済み { $count }
record-part-pending = 保留中 { $count }
record-part-left = 残り { $count }
record-budget-accounts = アカウント数のクォータ { $quota } のうち { $count } を使用しています (メンバーアカウント { $members } 件、保留中の招待 { $pending } 件)。
record-budget-unknown = アカウント数のクォータを読み取れませんでした。
record-budget-invitations = 24 時間の招待 { $total } 件のうち { $count } 件を使用しています。
record-tree = { $side ->
    [source] 移行元
   *[destination] 移行先
}: 開始時のアカウントは { $began } 件、現在は { $count } 件です。
record-tree-not-seen = { $side ->
    [source] 移行元
   *[destination] 移行先
}: アクセスできないため、確認していません。
record-tree-changed = { $count ->
    [0] 変わった OU はありません
   *[other] { $count } 個の OU が変わりました
}。上の棒が開始時、下の棒が現在です。
record-tree-more = ほかの { $more } 個の OU は表にあります。
record-root = { $side ->
    [source] 移行元
   *[destination] 移行先
}のルート
