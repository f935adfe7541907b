# 各ステップがアカウントについて判断した内容。do-ステップ名 は対象の件数、done-ステップ名 は対応が不要な件数、did-ステップ名 は対応した件数。

free = { $words }
    .next = { $next }

# 複数の理由をまとめたもの
all-of = { $whys }
    .next = { $whys_next }

# 評価で見つかった障害
obstacle = { $why } ({ $check })
    .next = { $why_next }
obstacles = { $findings }
    .next = { $findings_next }
obstacles-and-more = { $findings }。ほかに { $checks_name } に関するものが { $more } 件あります (10_assess を参照)
    .next = { $findings_next }残りは 10_assess を参照してください。
not-assessed = 評価されていません
    .next = 10_assess を開いてください。アカウントを移行できるかどうかを確認します。

# アカウントの場所
is-member = 移行先のメンバーです
arrive-first = まだ移行先にありません。先に招待を承諾してください (50_accept)
plan-wave-unknown = accounts.csv にウェーブ { $wave } はありません。
    .next = 計画にあるウェーブを選択してください: { $waves }。
plan-without-waves = accounts.csv にアカウントがないため、ウェーブ { $wave } はありません。
    .next = accounts.csv にアカウントを追加してください。

# 招待
not-invited = 招待されていません
invitation-ended = 招待 { $handshake } は{ $state ->
        [ACCEPTED] 承諾済みです
        [CANCELED] キャンセル済みです
        [DECLINED] 拒否済みです
        [EXPIRED] 期限切れです
       *[other] { " " }{ $state } の状態です
    }
invitation-pending = 招待 { $handshake } は保留中です ({ $why })
invitation-pending-by-email = { $address } に送信された招待 { $handshake } は保留中です ({ $why })
invitation-without-state = AWS は招待 { $handshake } の状態を返していません
    .next = 移行先の Organizations コンソールで { $handshake } を確認してください。そこでキャンセルするか、もう一度プレビューしてください。
invitation-to = { $handshake } は { $address } 宛てです
invitation-to-nobody = AWS は { $handshake } の宛先を表示していません
invited-otherwise = AWS によるとすでに招待されていますが、このアカウント ID 宛ての招待はありません。E メールによる招待: { $findings }
    .next = 移行先の Organizations コンソールで { $handshakes } をキャンセルしてから、ステップをもう一度実行してください。

# 30_invite
do-invite = { $count ->
    [0] 招待するアカウントはありません
   *[other] { $count } 件のアカウントを招待します
}
done-invite = { $count } 件は招待済みまたは移行済みです
did-invite = { $count } 件を招待しました
invite-account-elsewhere = 移行元にも移行先にもありません
    .next = accounts.csv から削除するか、誰が移動したのかを調べてください。orgtools が招待するのは、移行元のアカウントと、どの組織にも所属していないと報告するアカウントです。
invite-unchecked = { $checks_name } を確認できませんでした。理由は 10_assess に表示されます
invite-unchecked-many = { $count } 件のチェックを確認できませんでした。一覧は 10_assess に表示されます
invite-unchecked-source = { $count } 件のチェックには、移行元へのアクセスが必要です
invite-call = { $organization } に招待します
invite-call-with-tags = タグ { $tags } を付けて { $organization } に招待します
invite-quota-full = 移行先のアカウント数のクォータ { $quota } に達しています (メンバーアカウント { $members } 件、保留中の招待 { $pending } 件)
    .next = 不要な招待をキャンセルするか、Service Quotas (Organizations) でクォータの引き上げをリクエストしてください。
invite-budget-used = 24 時間の招待クォータに達しました

# 35_review_handshakes
do-cancel = { $count ->
    [0] キャンセルする招待はありません
   *[other] { $count } 件の招待をキャンセルします
}
done-cancel = { $count } 件には保留中の招待がありません
did-cancel = { $count } 件の招待をキャンセルしました
cancel-accepted = 招待を承諾済みで、移行先のメンバーです
    .next = 承諾済みの招待はキャンセルできません。移行を元に戻すには、87_way_back を開いてください。
cancel-call = 招待 { $handshake } をキャンセルします
cancel-pending = 招待 { $handshake } は保留中です ({ $why })

# アカウントへのアクセス
handover-not-asked = migration.toml でこのステップが指定されていません ([handover])
role-unchecked = { $role } を引き受けられるのが誰かを確認できませんでした
    .next = { $then }{ $then_next }
trust-unread = { $role } の信頼ポリシーを読み取れませんでした
    .next = { $then }{ $then_next }
trust-changed = アカウント { $account }: orgtools が読み取った後に、ほかの誰かがロールの信頼ポリシーを編集しました。
    .next = もう一度プレビューしてください。orgtools はその編集を残します。
session-only = { $whom ->
        [either] 移行元も移行先も
       *[destination] 移行先は
    } { $role } を引き受けられません。また、Identity Center のセッションは、アカウントが移行元から離脱すると終了します
    .next = { $role } で移行先の管理アカウントを信頼し、もう一度プレビューしてください。
session-only-unchecked = { session-only }
    .next = { $then }{ $then_next }

# 38_prepare_access
do-prepare = { $count ->
    [0] アクセスを準備するアカウントはありません
   *[other] { $count } 件のアカウントのアクセスを準備します
}
done-prepare = { $count } 件は対応不要です
did-prepare = { $count } 件に移行先がアクセスできるようになりました
prepare-first = 移行先はまだアクセスできません。先にアクセスを準備してください (38_prepare_access)
prepare-not-looked = 移行先がアクセスできるかどうかは、ここでは確認していません。38_prepare_access で確認できます
prepare-account-elsewhere = 移行元にも移行先にもありません
    .next = { accept-account-elsewhere.next }
prepare-invite-first = 招待されていません。先に招待してください (30_invite)
prepare-done = 移行先は { $role } を引き受けられます
prepare-source-only = { $role } を引き受けられるのは移行元だけです
prepare-call = アカウント { $management_account } も { $role } を引き受けられるようにします (ほかのステートメントは変更しません)
prepare-trusted-and-shut = { $role } はアカウント { $management_account } を信頼していますが、まだ引き受けられません
    .next = 数分後にもう一度プレビューしてください。IAM の変更は反映が遅れることがあります。変わらない場合は、信頼ポリシーに Deny がないか確認してください。ほかの組織に sts:AssumeRole を拒否するリソースコントロールポリシー (RCP) がないかも、10_assess の E14.rcp (移行元の RCP) で確認してください。{ $then }
prepare-no-way-in = 移行元も移行先も { $arn } を引き受けられません。ロールが存在しないか、どちらも信頼していません
    .next = アカウントにサインインし、ロール { $role } を作成または編集してください。信頼ポリシー: { $policy } アクセス許可: orgtools policies member-accept が出力する内容。RCP が sts:AssumeRole を拒否している可能性もあります。10_assess の E14.rcp (移行元の RCP) を参照してください。ロールがすでに移行元を信頼している場合: { $then }その後、もう一度プレビューしてください。

# 40_leave
do-leave = { $count ->
    [0] 組織から離脱させるアカウントはありません
   *[other] { $count } 件のアカウントを組織から離脱させます
}
done-leave = { $count } 件は対応不要です
did-leave = { $count } 件が移行元から離脱しました (承諾するまでスタンドアロン)
leave-not-needed = 直接移行するため、離脱は不要です
leave-done = スタンドアロンで、どの組織にも所属していません。次に招待を承諾してください (50_accept)
leave-not-in-source = 移行元にありません
    .next = 誰が移動したのかを調べるか、accounts.csv から削除してください。
leave-invite-first = 保留中の招待がありません。スタンドアロンの時間を短くするため、先に招待してください (30_invite)
leave-planned = accounts.csv でスタンドアロン経由が指定されています
leave-session-ends = アクセスに使う Identity Center のセッションは離脱すると終了するため、誰も招待を承諾できなくなります
    .next = migration.toml の [access] で、このアカウントに { $whom ->
        [either] source または destination
       *[destination] destination
    } と、引き受けられるロールを指定してください。
leave-by-owner = アカウントの所有者が、承諾の前に組織から離脱させます。手順は 50_accept が書き出します
leave-organization-unknown = 所属する組織を報告しません。また、この移行は移行元にアクセスできません
    .next = migration.toml の [access] でこのアカウントへのアクセス方法を指定するか、owner と書いてください。その後、もう一度プレビューしてください。
leave-call = { $organization } から離脱します (承諾するまでスタンドアロンです)
leave-call-remove = { $organization } から削除します (承諾するまでスタンドアロンです)
leave-not-there = アカウント { $account } は { $organization } に所属していないと報告しているため、orgtools は削除しません。
    .next = もう一度プレビューしてください。AWS の変更は表示が遅れることがあります。

# 50_accept
do-accept = { $count ->
    [0] 承諾する招待はありません
   *[other] { $count } 件の招待を承諾します
}
done-accept = { $count } 件は移行済みです
did-accept = { $count } 件が移行先に参加しました
accept-invite-first = { $why }。先に招待してください (30_invite)
accept-by-owner = { $handshake ->
    [h-notsentyet] 招待は
   *[other] { $handshake } は
}アカウントの所有者が承諾する必要があります ({ $why })。送付するページは owners/ にあります
accept-leave-first = スタンドアロン経由で移行しますが、まだ移行元に所属しています。先に離脱してください (40_leave)
accept-leave-first-unseen = スタンドアロン経由で移行しますが、スタンドアロンかどうかが分かりません。先に離脱してください (40_leave)
accept-account-elsewhere = 移行元にありません
    .next = 承諾する前に、誰が移動したのかを調べてください。
accept-pending = 招待 { $handshake } は保留中です
accept-call = { $handshake ->
    [h-notsentyet] 招待を
   *[other] { $handshake } を
}承諾し、{ $organization } に参加します
accept-invitation-not-seen = { the-account } には、招待 { $handshake } がまだ見えません。
    .next = 送信した直後であれば、1 分後にもう一度実行してください。そうでない場合は、このアカウント宛ての招待かどうかを確認してください。
accept-foreign-handshake = { the-account }: ハンドシェイク { $handshake } は { $organization } からの招待ではありません。ARN は { $arn } です。
    .next = 承諾しないでください。送信者を調べ、心当たりがない場合は拒否してください。
accept-in-third-organization = アカウント { $account } は、移行元でも移行先でもない組織 { $organization } に所属しています。
    .next = { accept-account-elsewhere.next }

# 60_place: OU
do-replicate = { $count ->
    [0] 作成する OU はありません
   *[other] { $count } 個の OU を作成します
}
done-replicate = { $count } 個は作成済みです
did-replicate = { $count } 個を作成しました
unit-create-first = OU { $unit } はまだ存在しません。先に作成してください (60_place)
unit-unusable = { $why }
    .next = accounts.csv を修正するか、OU を作成してください。その後、もう一度プレビューしてください。
replicate-below-missing = migration.toml の [place] replicate_below: 移行先に OU { $unit } がありません。
    .next = 移行先に作成するか、別の OU を指定してください。何も変更していません。
replicate-unit-unknown = 移行元のツリーの { $parent } の下に、OU { $unit } がありません。
    .next = migration.toml の [place] replicate_below を修正するか、もう一度プレビューしてください。
replicate-not-asked = migration.toml で移行元のツリーの複製が指定されていないため、orgtools は { $unit } を作成しません。
    .next = migration.toml の [place] replicate_below を設定し、もう一度プレビューしてください。
replicate-exists = { $unit } として存在します
replicate-missing = まだ存在しません
replicate-not-needed = この OU を必要とする計画済みのアカウントはありません
replicate-needed = 計画済みの { $count } 件のアカウントに必要です (ウェーブ { $wave } から)
replicate-slash = 名前「{ $name }」にスラッシュが含まれるため、パスでは特定できません
    .next = コンソールで作成して ID を accounts.csv に書くか、先に移行元で名前を変更してください。
replicate-too-deep = ルートから { $count } 階層下になります。AWS の上限は { $quota } 階層です
    .next = migration.toml の [place] replicate_below に、もっとルートに近い OU を指定してください。
replicate-quota-full = 移行先が AWS の OU 数のクォータ { $quota } を超えます
    .next = 移行先または移行元で不要な OU を削除し、もう一度プレビューしてください。
replicate-call = { $parent } に { $name } を作成します
replicate-call-after-parent = { $parent } に { $name } を作成します (親の OU を先に作成します)
replicate-parent-missing = 親の { $parent } が存在しないため、OU { $unit } を作成しませんでした。
    .next = { $parent } の結果を確認し、もう一度プレビューしてください。

# 60_place: アカウント
do-place = { $count ->
    [0] OU に移動するアカウントはありません
   *[other] { $count } 件のアカウントを OU に移動します
}
done-place = { $count } 件は移動済みです
did-place = { $count } 件を計画した OU に移動しました
place-is-in = { $unit } にあります
place-lacks-tags = { $unit } にありますが、タグが足りません
place-too-many-tags = タグが { $total } 件になります (うち { $count } 件は移行元のタグ)。AWS の上限は { $quota } 件です
    .next = accounts.csv のタグを減らすか、migration.toml の [place] で carry_tags = false を設定してください。
place-call-move = { $parent } から { $unit } に移動します
place-call-tag = タグ { $tags } を追加します
place-call-tag-carried = 移行元のタグ { $tags } を復元します
place-one-at-a-time = Control Tower は、同じ OU のアカウントを 1 件ずつ登録します。前のアカウントの登録が終わってから移動してください
tower-enrolls-then = その後、Control Tower がアカウントを自動的に登録します
tower-drifts-then = Control Tower は自動では登録しません。70_enroll を実行するまで、OU はドリフト状態になります

# Control Tower
tower-busy = AWS がアカウントを処理中です: { $why }。完了まで数分から数時間かかります
tower-busy-unit = AWS が OU { $unit } を処理中です: { $why }。完了まで数分から数時間かかります
tower-operation-running = 操作 { $operation_id } が進行中です
tower-baseline-changing = 有効なベースライン { $arn } を変更中です
tower-product-changing = プロビジョニング済み製品 { $product } を変更中です
tower-begun-and-failed = { $why }。AWS が開始した操作 { $operation_id } は失敗しました
    .next = { $why_next }
tower-last-try-failed = 前回の試行は失敗しました。AWS の応答: { $words }
tower-last-try-left-product = 前回の試行は失敗し、プロビジョニング済み製品が { $state } の状態で残っています
tower-last-try-left-failed = 前回の試行は失敗しました

# 25_unenroll
do-unenroll = { $count ->
    [0] 登録解除するアカウントはありません
   *[other] { $count } 件のアカウントを登録解除します
}
done-unenroll = { $count } 件は対応不要です
did-unenroll = { $count } 件を登録解除しました
unenroll-for-nothing = まだ移行できないため、移行元のコントロールの下に残します: { $why }
    .next = { $why_next }
unenroll-source-not-seen = 移行元の Control Tower の管理下にあるかどうかは、移行元の所有者にしか分かりません
unenroll-not-in-source = 移行元にありません
unenroll-landing-zone-unseen = 移行元にランディングゾーンがあるかどうかを確認できませんでした
    .next = { $then }その後、もう一度プレビューしてください。
unenroll-no-landing-zone = 移行元のこのリージョンに Control Tower のランディングゾーンがないため、登録解除するものはありません
unenroll-progress-unseen = 登録解除の進行状況を確認できませんでした
    .next = { $then }{ $then_next }
unenroll-not-governed = Control Tower の管理下にありません
unenroll-governed = Control Tower の管理下にあります
unenroll-governed-automatically = Control Tower の管理下にあります。ランディングゾーン { $version } は、アカウントを自動的に登録および登録解除します
unenroll-governed-by-baseline = { $baseline } により Control Tower の管理下にあります
unenroll-by-itself = { $unit } にあり、ランディングゾーン { $version } が自動的に登録解除します。完了まで数分から数時間かかります
unenroll-product-left = Control Tower の管理下にはありませんが、プロビジョニング済み製品が { $state } の状態で残っています
unenroll-no-way = Control Tower の管理下にあります。ランディングゾーン { $version } は自動では登録解除せず、Account Factory の製品もありません
    .next = Control Tower コンソールでアカウントの管理解除 (Unmanage) を選択し、もう一度プレビューしてください。
unenroll-execution-role = migration.toml は AWSControlTowerExecution でアカウントにアクセスしますが、AWS は登録解除のときにこのロールを削除します
    .next = [access] に、登録解除の後も残るロールか、代わりのロール OrganizationAccountAccessRole を指定してください。
unenroll-way-in-unseen = 登録解除の後にアカウントにアクセスできるかどうかを確認できませんでした
    .next = { $then }{ $then_next }
unenroll-role-shut = { $arn } を引き受けられません。登録解除すると AWSControlTowerExecution が削除されるため、誰もアカウントにアクセスできなくなります
    .next = { unenroll-let-in }その後、もう一度プレビューしてください。
unenroll-put-back-role-shut = { $arn } を引き受けられません。登録解除すると AWSControlTowerExecution が削除されるため、誰もアカウントにアクセスできなくなります
    .next = { unenroll-let-in }アカウントにこのロールがない場合: { $then }これで、orgtools はロールがないことを確認できます。その後、もう一度プレビューしてください。
unenroll-let-in = { $role } でアカウント { $management_account } を信頼してください。
unenroll-refused = アカウント { $account }: { $why }。
    .next = { $why_next }
unenroll-call-move = { $parent } から / に移動します
unenroll-then-by-itself = その後、Control Tower がアカウントを自動的に登録解除します
unenroll-then-disabled = その後、アカウントの { $baseline } が無効になります
unenroll-call-disable = アカウントの { $baseline } を無効にします (OU とその中のアカウントでは有効なままです)
unenroll-call-terminate = プロビジョニング済み製品 { $product } を終了します (アカウントは閉鎖されず、ルートに移動します)
unenroll-call-terminate-left-over = プロビジョニング済み製品 { $product } を終了します (アカウントはそのままです)
unenroll-busy = 登録解除は 1 件ずつ行います。AWS は現在アカウント { $account } を処理中です
    .next = そのアカウントの処理が終わってから、もう一度プレビューしてください。
unenroll-another-first = 登録解除は 1 件ずつ行います。アカウント { $account } が先です
    .next = そのアカウントの処理が終わってから、もう一度プレビューしてください。AWS が拒否した場合は、そのアカウントを除いて選択してください。

# 70_enroll
do-enroll = { $count ->
    [0] 登録するアカウントはありません
   *[other] { $count } 件のアカウントを登録します
}
done-enroll = { $count } 件は対応不要です
did-enroll = { $count } 件を登録しました
enroll-landing-zone-unseen = 移行先にランディングゾーンがあるかどうかを確認できませんでした
    .next = { $then }その後、もう一度プレビューしてください。
enroll-no-landing-zone = 移行先のこのリージョンに Control Tower のランディングゾーンがないため、登録するものはありません
enroll-landing-zone-state = ランディングゾーン { $version } の状態は { $state } です
    .next = Control Tower コンソールでランディングゾーンを確認し、もう一度プレビューしてください。
enroll-place-first = まだ { $unit } にありません。先に移動してください (60_place)
enroll-stays-in-root = Control Tower の管理下にないルートに残ります
enroll-done = 登録済みです。AWS は { $arn } を SUCCEEDED、IN_SYNC と表示しています
enroll-unseen = 登録の進行状況、または登録を妨げているものを確認できませんでした
    .next = { $then }{ $then_next }
enroll-obstacles = Control Tower が登録を拒否します: { $findings }
    .next = アカウント内の AWS Config のリソースを削除してください (aws configservice delete-delivery-channel、delete-configuration-recorder、delete-aggregation-authorization)。または、AWS サポートに許可を依頼し、[control_tower] config_allowed にアカウントを指定してください。Account Factory の場合は、AdministratorAccess を持つロール AWSControlTowerExecution を作成し、アカウント { $management_account } を信頼してください。その後、もう一度プレビューしてください。
enroll-config-allowed-in-factory = AWS サポートが許可した AWS Config のリソースがあるため、OU を登録する方法でしか登録できません
    .next = migration.toml の [control_tower] account_factory から、アカウントまたはその OU を削除してください。
enroll-by-itself = { $unit } は登録済みで、ランディングゾーン { $version } がアカウントを自動的に登録します。完了まで数分から数時間かかります
enroll-unit-registered = { $unit } は登録済みです
enroll-unit-drifted = { $unit } は登録済みで、ドリフトしています
enroll-not-by-itself = ランディングゾーン { $version } は、アカウントを自動では登録しません
enroll-registering-again = OU を再登録すると、{ $accounts } が登録されます
enroll-registering = { $unit } は登録されていません。この OU を登録すると、{ $accounts } が登録されます
enroll-unit-holds-others = { $unit } を登録すると、accounts.csv にない { $accounts } にも影響します
    .next = 登録してよい場合は、migration.toml の [control_tower] also = [...] に指定してください。このアカウントだけを登録する場合は、同じ場所の account_factory に指定してください。
enroll-parent-not-registered = { $unit } も親の { $parent } も登録されていません
    .next = 先に Control Tower コンソールで { $parent } を登録し、もう一度プレビューしてください。
enroll-factory-asked = migration.toml で Account Factory が指定されています
enroll-product-left = 登録されていませんが、Account Factory に { $state } の状態のプロビジョニング済み製品があります
enroll-factory-unit-not-registered = Account Factory で登録できるのは登録済みの OU だけですが、{ $unit } は登録されていません
    .next = Control Tower コンソールで OU を登録するか、account_factory からアカウントを削除してください。
enroll-factory-not-shown = Service Catalog が、移行先の呼び出し元に Account Factory を表示しません
    .next = ポートフォリオ「AWS Control Tower Account Factory Portfolio」へのアクセスを呼び出し元に許可し、もう一度プレビューしてください。
enroll-same-call = アカウント { $account } と同じ呼び出しです
enroll-too-many-at-once = Control Tower が同時に実行できる操作は { $quota } 件までです
    .next = いずれかの操作が終わってから、もう一度プレビューしてください。
enroll-unit-changed = アカウント { $account }: OU に、accounts.csv にも migration.toml にもない { $accounts } が加わりました。
    .next = もう一度プレビューしてください。
enroll-call-register = { $unit } を登録します: { $accounts }
enroll-call-register-again = { $unit } を再登録します: { $accounts }
enroll-call-terminate = 以前の試行で残った { $product } を終了します (アカウントはそのままです)
enroll-call-provision = Account Factory で、アカウント { $account } だけを { $unit } に登録します (所有者 { $address })

# 45_wave: アカウント
do-wave = { $count ->
    [0] 移行するアカウントはありません
   *[other] { $count } 件のアカウントを移行します
}
done-wave = { $count } 件は配置済みです
did-wave = { $count } 件を計画した OU に移動しました
wave-held = ステップ { $step } を完了できません: { $why }
    .next = { $why_next }
wave-waits = ステップ { $step } で待機します: { $why }
wave-still-waits = ステップ { $step } で待機しています: { $why }
    .next = 後でウェーブをもう一度プレビューしてください。そこから続行します。
wave-differs = ステップ { $step } には、承認されていない呼び出しが必要です: { $why }
    .next = もう一度プレビューし、新しい内容を確認してください。
wave-ended-at = ステップ { $step } で停止しました: { $why }
    .next = { $why_next }
wave-left-at = ステップ { $step } の前で停止しました: { $why }
    .next = ウェーブをもう一度プレビューしてください。そこから続行します。
wave-row-changed = accounts.csv の行が変更されました。ステップ { $step } 以降は実行していません
    .next = もう一度プレビューし、新しい内容を確認してください。
wave-left-alone = どの組織にも所属していません: { $why }
    .next = 今すぐウェーブをもう一度プレビューしてください。アカウントは、招待を承諾するまでどの組織にも所属しません。
wave-patience = AWS の状態が { $span } 変わっていません

# 80_verify
do-verify = 何も変更していません
done-verify = { $count } 件は計画どおりです
verify-unplaced = { $why }。残りの対応: { $changes }
    .next = 60_place を開いてください。
verify-place-next = { $why }
    .next = { verify-unplaced.next }
verify-in-source = 移行元にあります: { $why }
    .next = { $why_next }
verify-in-neither = どちらの組織にもありません: { $why }
    .next = { $why_next }
verify-not-in-destination = 移行先にありません: { $why }
    .next = { $why_next }
verify-accept-next = { $why }
    .next = 50_accept を開いてください。
verify-invite-next = { $why }
    .next = 30_invite を開いてください。
bystander-moved = 移行の開始時: { $before } → 現在: { $after }
    .next = この移行では移動していません。両方の管理アカウントの CloudTrail で、誰が移動したのかを調べてください。
bystander-in-source = 移行元の { $unit }
bystander-in-destination = 移行先の { $unit }
bystander-in-neither = どちらの組織にもない
bystander-not-in-destination = 移行先にない
bystanders-not-seen = この移行は移行元にアクセスできないため、移行元で移動したアカウントがあるかどうかを確認していません
    .next = 移行元の所有者に確認してください。
kept-other-name = 名前は { $name } です。移行元では { $former } でした
    .next = 意図した変更でない場合は、名前を戻してください (account:PutAccountName)。
kept-other-contact = { $kind } の代替連絡先が移行元と異なります
    .next = 復元してください (account:PutAlternateContact)。内容は exports/{ $account }.json にあります。
kept-contacts-not-exported = 代替連絡先はエクスポートされていません
    .next = アカウント管理 (Account Management) コンソールで確認してください。
kept-contacts-unseen = 代替連絡先を比較できませんでした
    .next = { $then }{ $then_next }

# 85_revoke_access
do-revoke = { $count ->
    [0] 移行元のアクセスを削除するアカウントはありません
   *[other] { $count } 件のアカウントから移行元のアクセスを削除します
}
done-revoke = { $count } 件は対応不要です
did-revoke = { $count } 件から移行元のアクセスを削除しました
revoke-unverified = { $why }。80_verify が完了するまで、移行元のアクセスを残します
    .next = { $why_next }
revoke-unseen = アカウントにアクセスできるのが誰かを確認できませんでした
    .next = もう一度プレビューしてください。
revoke-destination-shut = 移行先が { $role } を引き受けられないため、移行元のアクセスを残します
    .next = 38_prepare_access を開いてください。ロールがすでに移行先を信頼している場合: { $then }
revoke-nobody-left = { $role } の信頼ポリシーからアカウント { $account } を取り除くと、信頼する相手がいなくなります
    .next = ロールでアカウント { $management_account } を明示的に信頼し、もう一度プレビューしてください。
revoke-call = { $role } の信頼ポリシーからアカウント { $management_account } を削除します (ほかの信頼先は残します)
revoke-arrived = 移行先にあり、移行先は { $role } を引き受けられます
revoke-done = { $role } を引き受けられるのは移行先だけです。AWS は移行元を拒否します
revoke-source-unchecked = 移行元がまだ { $role } を引き受けられるかどうかを確認できませんでした
    .next = { $then }{ $then_next }
revoke-trusts-everybody = { $role } の信頼ポリシーには、全員 (*) を対象とするステートメントがあり、移行元も引き受けられます
    .next = アカウント内で、このステートメントの対象を絞ってください。orgtools が編集するのは、移行元を指定するステートメントだけです。
revoke-source-still-enters = アカウント { $management_account } は、信頼ポリシーから削除されましたが、まだ { $role } を引き受けられます
    .next = 数分後にもう一度プレビューしてください。IAM の変更は反映が遅れることがあります。
revoke-cannot-enter = アカウント { $account }: 移行先が { $arn } を引き受けられないため、移行元のアクセスを残します。
    .next = 38_prepare_access を開いてください。
revoke-not-arrived = アカウント { $account } は { $organization } に所属していないと報告しているため、移行元のアクセスを残します。
    .next = もう一度プレビューしてください。AWS の変更は表示が遅れることがあります。

# 失われるもの
losing = エクスポートされておらず、次のものが完全に失われます: { $findings }
    .next = 10_assess でエクスポートしてください。エクスポートが不要な場合は、10_assess で no と回答するか、orgtools answer D14.export no を実行してください。その後、もう一度プレビューしてください。
losing-unseen = 評価もエクスポートもされていないため、何が失われるか分かりません
    .next = { losing.next }

# アカウントの所有者に送るページ。コピーする部分はそのまま
owner-page-invitation =
    AWS アカウント { $account }: 招待への回答をお願いします

    組織 { $organization } (管理アカウント { $management_account }) が、このアカウントを招待しています。

      招待  { $handshake } ({ $why })
      ARN   { $arn }

    この ARN と完全に一致する招待だけを承諾してください。期限が切れた場合は、新しい招待を依頼してください。
    下記のアクセス許可を持つ IAM ロールまたは IAM ユーザーで、アカウント { $account } 自体にサインインしてください。
    現在の組織の管理アカウントにはサインインしないでください。
owner-page-leave =
    アカウントが組織に所属している場合は、先にその組織から離脱してください。承諾するときは、スタンドアロンである必要があります。
    そのためには、アカウント自身の支払い方法と連絡先情報が必要です。

      https://{ $console }/organizations/v2/home/dashboard を開き、「この組織を離れる」(Leave this organization) を選択します。
      または、次のコマンドを実行します: aws organizations leave-organization --region { $region }
owner-page-console =
    コンソールを使う場合

      https://{ $console }/organizations/v2/home/invitations を開きます。
      組織の ID と管理アカウントが上記と一致することを確認し、招待を承諾するボタン (Accept invitation) を選択します。
owner-page-commands =
    AWS Command Line Interface (AWS CLI) を使う場合

      aws sts get-caller-identity --query Account --output text
          { $account } と表示されることを確認します
      aws organizations describe-handshake --region { $region } --handshake-id { $handshake } --query Handshake.Arn --output text
          上記の ARN が表示されることを確認します
      aws organizations accept-handshake --region { $region } --handshake-id { $handshake }
owner-page-permissions =
    必要なアクセス許可 (これ以外は不要です)

    { $policy }
owner-page-end =
    招待を拒否する場合: aws organizations decline-handshake --region { $region } --handshake-id { $handshake }
    ほかに必要な操作や連絡はありません。アカウントが参加したことは、招待した組織から確認できます。
kept-not-exported = 移行前にエクスポートされていないため、名前と連絡先を比較できませんでした
    .next = 名前と連絡先が移行前と同じかどうかを、アカウントの所有者に確認してください。
kept-name-not-exported = 名前は { $name } です。移行元での名前はエクスポートされていません
    .next = アカウントの所有者、または移行元の所有者に確認してください。
kept-nothing-arrived = 計画のアカウントはまだ移行先に参加していないため、何も比較していません
