# 記録の読み取り、検証、署名の確認、2 つの記録の比較。

# 記録のファイルの問題
record-malformed-link = リンクです
record-malformed-kind = 通常のファイルではありません
record-malformed-size = { $limit } バイトより大きいです
record-malformed-many = { $limit } 個より多くのファイルがあります
record-malformed-format = 形式が { $number } ではありません。この orgtools が読み取れるのはこの形式だけです
record-malformed-manifest = マニフェストの項目が過不足なく 1 つずつあるわけではありません
record-malformed-end = 最後の行が終わっていません
record-malformed-event = { $line } 行目が正規形のイベントではありません
record-malformed-rows = { $path } に、見出しと長さの違う行があります
record-malformed-no-table = 表 { $given } がありません
record-malformed-packed = 圧縮された行が途中で終わっているか、{ $limit } バイトより大きいです
record-malformed = { $words }
record-missing = { $path } に記録がありません。manifest.json がありません。
    .next = 記録のフォルダのパスを指定してください。

# 検証
record-altered-manifest = manifest.json は改ざんされており、読み取れません ({ $why })
record-altered-chain = 台帳 ledger.jsonl: { $why }
record-altered-count = ledger.jsonl のイベントは { $count } 件ですが、manifest.json では { $total } 件です
record-altered-head = ledger.jsonl の最後のイベントが manifest.json と異なります
record-altered-end = ledger.jsonl の最後に封印がありません。末尾が削除されたか、何かが追加されました
record-altered-ledger = ledger.jsonl を読み取れません: { $why }
record-altered-unlisted = manifest.json に { $path } がありません
record-altered-missing = { $path } がありません
record-altered-added = { $path } は追加されたファイルです。manifest.json にありません
record-altered-kind = { $path } は書き込まれたファイルではなく、{ $kind ->
        [folder] フォルダ
        [link] リンク
       *[other] 通常ではないファイル
    }です
record-altered-unreadable = { $path } を読み取れません: { $why }
record-altered-file = { $path } は改ざんされています。SHA-256 またはサイズが manifest.json と異なります
record-seal-count = ledger.jsonl の封印より前のイベントは { $count } 件ですが、封印では { $given } 件です
record-seal-files = manifest.json と台帳の封印で、ファイルの一覧が異なります
record-seal-file = { $path } は改ざんされています。SHA-256 が台帳の封印と異なります
record-seal-manifest = manifest.json にある記録の説明が、台帳の封印と異なります
record-seal-level = manifest.json と台帳の封印で、レベルが異なります
record-seal-time = manifest.json と台帳の封印で、書き込みの日時が異なります
record-seal-head = manifest.json と台帳の封印で、移行の台帳の最後のハッシュが異なります
record-seal-plan = plan.csv は台帳の封印にある計画と異なります
record-seal-plan-unreadable = plan.csv を台帳の封印と比較できません: { $why }
record-page-unreadable = record.html を ledger.jsonl と比較できません: { $why }
record-page-added = record.html に、ledger.jsonl にないイベント { $given } があります
record-page-missing = record.html にイベント { $event } がありません
record-page-altered = record.html のイベント { $event } が ledger.jsonl と異なります
record-page-head = record.html にある台帳の最後のハッシュが ledger.jsonl と異なります

# 署名
record-unsigned = 署名なし: manifest.json.sig がありません。
record-signed = 署名者は { $person } です。{ $path } で許可されています。
record-signed-no-ssh-keygen = 署名あり、未確認: このマシンに ssh-keygen がインストールされていません。
    .next = OpenSSH 8.2 以降をインストールしてください。その ssh-keygen が署名と確認を行います。
record-signed-no-signers = 署名あり、未確認: 署名を確認するための署名者ファイルが指定されていません。
    .next = 指定してください: --signers FILE --signer WHO。
record-signature-unreadable = manifest.json.sig を読み取れません: { $why }
record-signature-large = manifest.json.sig は署名としては大きすぎます。
record-signature-misfit = manifest.json.sig は manifest.json と一致しません: { $why }
record-signature-stranger = manifest.json.sig は、{ $path } で許可された人の署名ではありません。
record-signature-other = manifest.json.sig は、{ $person } による manifest.json の署名ではありません: { $why }
record-no-ssh-keygen = このマシンに ssh-keygen がインストールされていないため、署名できません。
    .next = OpenSSH 8.2 以降をインストールしてください。その ssh-keygen が署名と確認を行います。
record-no-key = 鍵 { $path } がありません。
    .next = ~/.ssh/id_ed25519 のような SSH 秘密鍵を指定してください。
record-key-refused = ssh-keygen は { $path } で署名しませんでした: { $why }
    .next = 記録は書き込んでいません。ssh-keygen が読み取れる鍵を指定するか、鍵を ssh-agent に追加してください。
record-no-signers = 署名者ファイル { $path } がありません。
    .next = 許可する署名者のファイルを指定してください。
record-keygen-ended = 終了コード { $number } で終了しました

# 比較
record-unreadable = { $path } の記録を読み取れません: { $why }。
    .next = orgtools verify-record { $path } を実行してください。
record-pseudonyms = { $path } のアカウント ID は仮名であり、仮名は記録ごとに異なります。
    .next = internal の記録どうし、または partner の記録どうしを比較してください。
record-compared-altered = { $path } の記録は書き込まれたときのままではありません。問題は { $count } 件です。
    .next = orgtools verify-record { $path } を実行してください。
record-compared-other-run = 2 つの台帳はイベント { $event } から異なります。同じ移行の台帳ではありません。
record-compared-cut = 新しい記録の ledger.jsonl のイベントが、古い記録より少ないです。イベントが削除されています。
record-compared-pseudonyms = 名前が仮名のため、OU と検出結果の詳細は比較していません。
record-compared = { $since } から { $until } まで: アカウントの変化 { $count ->
        [0] なし
       *[other] { $count } 件
    }、検出結果の変化 { $total ->
        [0] なし
       *[other] { $total } 件
    }、追加されたイベントなし。
record-compared-events = { $since } から { $until } まで: アカウントの変化 { $count ->
        [0] なし
       *[other] { $count } 件
    }、検出結果の変化 { $total ->
        [0] なし
       *[other] { $total } 件
    }、追加されたイベント { $more } 件 ({ $whys })。
record-compared-kind = { $kind } { $count } 件
record-changed-differs = アカウント { $account }: { $change }が「{ $before }」から「{ $after }」に変わりました
record-changed-came = アカウント { $account }: { $change }が追加されました: { $after }
record-changed-went = アカウント { $account }: { $change }がなくなりました。以前は「{ $before }」でした
record-organizations-differs = 組織: { $change }が「{ $before }」から「{ $after }」に変わりました
record-organizations-came = 組織: { $change }が追加されました: { $after }
record-organizations-went = 組織: { $change }がなくなりました。以前は「{ $before }」でした
record-what-plan = 計画のアカウント
record-what-state = 状態
record-what-now = 場所
record-what-planned = 計画した OU
record-what-wave = ウェーブ
record-what-finding = チェック { $check_name } の検出結果
record-unit = { $unit }
record-wave-number = { $wave }
record-finding = { $change }: { $why }
record-event = イベント { $event }、{ $at }: { $then }
    .next = { $then_next }
record-event-of-account = イベント { $event }、{ $at }、アカウント { $account }: { $then }
    .next = { $then_next }
