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
