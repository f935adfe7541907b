# アカウントについて記録に書くこと。

# $side をほかのメッセージの中で日本語にする。
side-name = { $side ->
    [source] 移行元
   *[destination] 移行先
}

place = { side-name } { $unit }
place-not-active = { side-name } { $unit } ({ $state })
place-neither = 移行元にも移行先にも所属していません
place-not-the-destination = 移行先に所属していません

account-left-the-plan = この移行で API を呼び出しましたが、accounts.csv から行が削除されています
    .next = 誰がなぜ accounts.csv から削除したかを確認してください。
in-place-not-enrolled = { $whys }
    .next = { $whys_next }
in-place-to-enroll = { $whys }
    .next = 70_enroll を開いてください。
invited-not-accepted = { $why }。まだ承諾されていません
    .next = { $then_next }
invited-to-accept = { $why }。まだ承諾されていません
    .next = 50_accept を開いてください。
to-invite = { $why }
    .next = 30_invite を開いてください。
to-invite-later = { $why }
    .next = その時刻を過ぎたら 30_invite をもう一度開いてください。
between = { $why }
    .next = { $onward ->
        [accept] 50_accept を開いてください。
        [invite] 30_invite を開いてください。
       *[blocked] { $then_next }
    }{ $back ->
        [ours] 移行元に戻す場合は、87_way_back を開いてください。
       *[theirs] 元の組織に戻す場合は、その組織の所有者に招待を依頼してください。
    }
between-going-back = { $why }
    .next = { $then }

# 記録が答えられなかったことと、読む人が最初に知っておくべきこと。
tags-not-looked-at = 計画したタグを比較できませんでした: { $why }
    .next = { $why_next }
control-tower-not-looked-at = Control Tower への登録が必要なアカウントがあるかどうかは確認していません。
account-unknown = アカウント { $account }、チェック { $check_name }: { $why }
    .next = { $why_next }
organizations-unknown = 組織、チェック { $check_name }: { $why }
    .next = { $why_next }
call-not-settled = { $account }: { $operation } (台帳のイベント { $event }) が反映されたかどうかは、まだ分かっていません
    .next = { $step } をもう一度プレビューして適用してください。最初に AWS の現在の状態を読み取ります。
ledger-broken = 台帳のハッシュチェーンが壊れています: { $why }
plan-changed-since-approved = 最後の承認の後に accounts.csv が変更されました。plan.csv は承認された内容と異なります
step-stopped = ステップ { $step } は途中で停止しました: { $why }

# アカウントが移行のどの段階にあるか、どのように移行先に参加したか (ラベル)。
record-state-in-place = 配置済み
record-state-arrived = 参加済み (未配置)
record-state-between = 所属組織なし
record-state-invited = 招待済み
record-state-open = 未招待
record-state-waits = 待機中
record-state-blocked = ブロック
record-state-unplanned = 計画から削除済み
record-arrival-this-run = この移行による参加
record-arrival-owner = 所有者による参加
record-arrival-before = この移行の前に参加
record-arrival-elsewhere = この移行によらない参加

# 記録の書き出し。
record-written = 記録 (レベル: { $level }) を { $path } に書き出しました。ファイルは { $files } 個、イベントは { $count } 件で、署名はありません。manifest.json の SHA-256 を別の場所に保管してください: { $digest }
record-written-and-signed = 記録 (レベル: { $level }) を { $path } に書き出しました。ファイルは { $files } 個、イベントは { $count } 件で、署名されています。manifest.json の SHA-256 を別の場所に保管してください: { $digest }
record-ledger-busy = ほかのノートブックが台帳に書き込み続けています。
    .next = それらのステップが終わるまで待ってから、もう一度記録を書き出してください。
record-level-unknown = { $given } という記録のレベルはありません。
    .next = { $choices } のいずれかを選択してください。
record-folder-is-link = { $path } はリンクです。
    .next = 削除してください。orgtools は、移行フォルダ内のリンクをたどりません。
record-not-writable = { $path } に書き込めません: { $words }
    .next = ディスクの空きを確保するか、アクセス許可を修正してください。その後、もう一度記録を書き出してください。
record-notebook-unreadable = { $path } をノートブックとして読み取れません: { $words }
    .next = 記録は書き出していません。JupyterLab でノートブックを保存し直すか、フォルダから削除してください。
record-cell-left-out = 除外: このセルは orgtools のものではありません
