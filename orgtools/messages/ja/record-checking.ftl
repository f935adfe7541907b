# 記録の読み取り、検証、署名の確認、2 つの記録の比較。

# 記録のファイルの問題
record-malformed-link = リンクです
record-malformed-kind = 通常のファイルではありません
record-malformed-size = { $limit } バイトを超えています
record-malformed-many = ファイルが { $limit } 個を超えています
record-malformed-format = 形式が { $number } ではありません。この orgtools が読み取れるのはその形式だけです
record-malformed-manifest = マニフェストの項目に、過不足または重複があります
record-malformed-end = 最後の行が途中で切れています
record-malformed-event = { $line } 行目が、正規の形式のイベントではありません
record-malformed-rows = { $path } に、列の数がヘッダーと異なる行があります
record-malformed-no-table = { $given } という表がありません
record-malformed-packed = 圧縮された行が途中で切れているか、{ $limit } バイトを超えています
record-malformed-deep = 入れ子が深すぎます
record-malformed-text = UTF-8 のテキストではありません
record-malformed-json = { $line } 行目は JSON ではありません
record-malformed-content = orgtools が書き込む内容ではありません
record-malformed = { $words }
record-missing = { $path } に記録がありません。manifest.json がありません。
    .next = 記録のフォルダのパスを指定してください。

# 検証
record-altered-manifest = manifest.json が改変されています。読み取れません ({ $why })
record-altered-chain = ledger.jsonl に問題があります: { $why }
record-altered-count = ledger.jsonl のイベントは { $count } 件ですが、manifest.json では { $total } 件です
record-altered-head = ledger.jsonl の最後のイベントが、manifest.json に記載されたイベントではありません
record-altered-end = ledger.jsonl の最後が封印ではありません。誰かが末尾を削除したか、何かを追加しました
record-altered-ledger = ledger.jsonl を読み取れません: { $why }
record-altered-unlisted = manifest.json に { $path } が記載されていません
record-altered-missing = { $path } がありません
record-altered-added = { $path } が追加されています。manifest.json に記載されていません
record-altered-kind = { $path } は、{ $kind ->
    [folder] 書き出されたファイルではなく、フォルダです
    [link] 書き出されたファイルではなく、リンクです
   *[other] 書き出されたファイルではなく、通常のファイルでもありません
}
record-altered-unreadable = { $path } を読み取れません: { $why }
record-altered-file = { $path } が改変されています。SHA-256 またはサイズが manifest.json と異なります
record-seal-count = 封印の前のイベントは、ledger.jsonl では { $count } 件ですが、封印では { $given } 件です
record-seal-files = manifest.json と台帳の封印に記載されたファイルが異なります
record-seal-file = { $path } が改変されています。SHA-256 が台帳の封印と異なります
record-seal-manifest = 記録についての manifest.json の内容が、台帳の封印と異なります
record-seal-level = manifest.json と台帳の封印のレベルが異なります
record-seal-time = manifest.json と台帳の封印の書き出し日時が異なります
record-seal-head = manifest.json と台帳の封印に記載された、移行の台帳の最後のハッシュが異なります
record-seal-plan = plan.csv が、台帳の封印に記載された計画ではありません
record-seal-plan-unreadable = plan.csv を台帳の封印と比較できません: { $why }
record-page-unreadable = record.html を ledger.jsonl と比較できません: { $why }
record-page-added = record.html のイベント { $given } が、ledger.jsonl にありません
record-page-missing = record.html に、イベント { $event } がありません
record-page-altered = record.html のイベント { $event } が、ledger.jsonl と異なります
record-page-head = record.html と ledger.jsonl で、台帳の最後のハッシュが異なります

# 署名
record-unsigned = 署名されていません。manifest.json.sig がありません。
record-signed = { $path } が許可する { $person } が署名しています。
record-signed-no-ssh-keygen = 署名されていますが、確認していません。このマシンに ssh-keygen がインストールされていません。
    .next = OpenSSH 8.2 以降をインストールしてください。署名と確認には、その ssh-keygen を使用します。
record-signed-no-signers = 署名されていますが、確認していません。署名を確認するための署名者ファイルが指定されていません。
    .next = 指定してください: --signers FILE --signer WHO。
record-signature-unreadable = manifest.json.sig を読み取れません: { $why }
record-signature-large = manifest.json.sig が、署名としては大きすぎます。
record-signature-misfit = manifest.json.sig が manifest.json と一致しません: { $why }
record-signature-stranger = manifest.json.sig は、{ $path } が許可する署名者によるものではありません。
record-signature-other = manifest.json.sig は、{ $person } による manifest.json の署名ではありません: { $why }
record-no-ssh-keygen = このマシンに ssh-keygen がインストールされていないため、署名できません。
    .next = OpenSSH 8.2 以降をインストールしてください。署名と確認には、その ssh-keygen を使用します。
record-no-key = キー { $path } がありません。
    .next = ~/.ssh/id_ed25519 などの SSH の秘密鍵を指定してください。
record-key-refused = ssh-keygen が { $path } で署名できませんでした: { $why }
    .next = 記録は書き出していません。ssh-keygen が読み取れるキーを指定するか、キーを ssh-agent に追加してください。
record-no-signers = 署名者ファイル { $path } がありません。
    .next = 許可された署名者のファイルを指定してください。
record-keygen-ended = 終了コードは { $number } でした

# 比較
record-unreadable = { $path } の記録を読み取れません: { $why }。
    .next = orgtools verify-record { $path } を実行してください。
record-pseudonyms = { $path } のアカウント ID は仮名です。仮名は記録ごとに異なります。
    .next = internal または partner の記録どうしを比較してください。
record-compared-altered = { $path } の記録は、書き出されたときの内容と異なります。問題が { $count } 件あります。
    .next = orgtools verify-record { $path } を実行してください。
record-compared-other-run = 2 つの台帳は、イベント { $event } から異なります。同じ移行の台帳ではありません。
record-compared-cut = 新しい方の ledger.jsonl のイベントが、古い方より少なくなっています。誰かがイベントを削除しました。
record-compared-pseudonyms = 名前は仮名です。OU と検出結果の詳細は比較していません。
record-compared = { $since } から { $until } まで: 変わったアカウントは { $count } 件、変わった検出結果は { $total } 件です。追加されたイベントはありません。
record-compared-events = { $since } から { $until } まで: 変わったアカウントは { $count } 件、変わった検出結果は { $total } 件です。{ $more } 件のイベントが追加されました ({ $whys })。
record-compared-kind = { $kind }: { $count } 件
record-changed-differs = アカウント { $account }: { $change }: { $before } → { $after }
record-changed-came = アカウント { $account }: { $change } (新規): { $after }
record-changed-went = アカウント { $account }: { $change } (なくなりました): { $before }
record-organizations-differs = 両方の組織: { $change }: { $before } → { $after }
record-organizations-came = 両方の組織: { $change } (新規): { $after }
record-organizations-went = 両方の組織: { $change } (なくなりました): { $before }
record-what-plan = 計画したアカウント
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
