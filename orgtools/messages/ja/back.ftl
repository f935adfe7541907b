# 移行元への復帰と、参加したアカウントに復元するもの。

# アカウントの現在の場所 (アカウント ID に続く)
back-member = 移行元の組織のメンバーです
back-in-source = 移行元の組織の { $unit } にあります
back-in-destination = 移行先の組織の { $unit } にあります
back-alone = どの組織にも所属していません
back-nowhere = どちらの組織にも所属していません
    .next = { back-unknown-mover }
back-never-there = 移行の開始時に移行元の組織に所属していませんでした
back-no-way = 移行の開始時に移行元の組織に所属していませんでした
    .next = この移行では、移行元の組織に移すことはありません。
back-not-ours = 戻せるのは元の組織だけですが、この移行にはその組織の認証情報がありません
    .next = その組織の所有者に、アカウントを招待するよう依頼してください。招待はアカウントの所有者またはロールが承諾します。

# invite-back
do-invite-back = { $count ->
    [0] 再招待するアカウントはありません
   *[other] { $count } 件のアカウントを再招待します
}
done-invite-back = { $count } 件は対応不要です
did-invite-back = { $count } 件を再招待しました
back-invitation-pending = 移行元からの招待 { $handshake } は保留中です (AWS は有効期限を返していません)
back-invitation-pending-until = 移行元からの招待 { $handshake } は { $until } まで保留中です
back-invite = { $organization } に再招待します
back-not-entered = 移行元は { $role } を引き受けられません
    .next = 87_way_back で移行元のアクセスを復元し、もう一度プレビューしてください。ロールがすでに移行元を信頼している場合: { $then }
back-entry-unknown = 移行元は { $role } を引き受けられません
    .next = { $then }{ $then_next }
back-cannot-enter = アカウント { $account }: 移行元は { $arn } を引き受けられません。{ $then }
    .next = 87_way_back で移行元のアクセスを復元してください。
back-stays-uninvited = アカウントを再招待しません。
back-stays-in-destination = アカウントは移行先の組織に残ります。

# leave-back
do-leave-back = { $count ->
    [0] 移行先から離脱させるアカウントはありません
   *[other] { $count } 件のアカウントを移行先から離脱させます
}
done-leave-back = { $count } 件は対応不要です
did-leave-back = { $count } 件が移行先から離脱しました (承諾するまでスタンドアロン)
back-left = どの組織にも所属していません。次に、移行元からの招待を承諾します
back-directly = 直接移行するため、離脱は不要です
back-not-invited-before-leaving = 移行元がまだ再招待していません。どの組織にも所属しない時間を短くするため、先に再招待します
back-joined-lately = { $at } に移行先の組織に参加しました。直後に再び組織を変更すると AWS に拒否され、どの組織にも所属しない状態になる可能性があります
back-invitation-waits = { $why } (招待 { $handshake } は保留中です)
back-leave = { $organization } から離脱します (移行元からの招待を承諾するまで、どの組織にも所属しません)
back-remove = { $organization } から削除します (移行元からの招待を承諾するまで、どの組織にも所属しません)

# accept-back
do-accept-back = { $count ->
    [0] 承諾する再招待はありません
   *[other] { $count } 件の再招待を承諾します
}
done-accept-back = { $count } 件は移行元に復帰済みです
did-accept-back = { $count } 件が移行元に復帰しました
back-not-invited-before-accepting = 移行元がまだ再招待していません
back-not-restored = 移行元はまだアクセスできません。先に移行元のアクセスを復元してください
back-not-left = スタンドアロン経由で移行しますが、まだ移行先に所属しています。先に移行先から離脱します
back-accept = { $handshake } を承諾し、{ $organization } に再び参加します
back-invitation = 移行元からの招待 { $handshake } は保留中です

# place-back
do-place-back = { $count ->
    [0] 元の OU に移動するアカウントはありません
   *[other] { $count } 件のアカウントを元の OU に移動します
}
done-place-back = { $count } 件は元の OU にあります
did-place-back = { $count } 件を元の OU に移動しました
back-not-home = 移行元の組織に所属していません
back-unit-unclear = 移行元の組織に OU { $unit } がないか、同じパスの OU が複数あります
    .next = 移行元の組織に { $unit } を作成するか、余分な OU の名前を変更してください。その後、もう一度プレビューしてください。
back-in-place = { $unit } に戻っています
back-move = { $unit } から元の { $place } に移動します

# restore
do-restore-trust = { $count ->
    [0] 復元する信頼ポリシーはありません
   *[other] { $count } 件の信頼ポリシーを復元します
}
done-restore-trust = { $count } 件は対応不要です
did-restore-trust = { $count } 件に移行元が再びアクセスできるようになりました
restore-never-edited = この移行では、ロールの信頼ポリシーを編集していません
restore-unread = ロールの信頼ポリシーを読み取れませんでした
    .next = 移行元または移行先がロールを引き受けられるようにしてから、もう一度プレビューしてください。
restore-unread-because = ロールの信頼ポリシーを読み取れませんでした
    .next = { $then }{ $then_next }
restore-done = { $role } の信頼ポリシーは、この移行の前と同じです
restore-edited-since = この移行が編集した後に、ほかの誰かが { $role } の信頼ポリシーを編集しました
    .next = アカウント内で編集してください。この移行が置き換える前の内容は台帳に残っています。
restore-masked = { $role } の元の信頼ポリシーには E メールアドレスが含まれており、台帳ではマスクされています
    .next = アカウント内で { $role } の信頼ポリシーを編集してください。
restore-source = この移行が移行元のアクセスを削除しました
restore-not-shown = { $role } の信頼ポリシーには移行元が含まれていますが、移行元はまだロールを引き受けられません
    .next = 数分後にもう一度プレビューしてください。IAM の変更は反映が遅れることがあります。
restore-kept-while-invited = 移行元と移行先の両方が { $role } を引き受けられます。招待中は移行先のアクセスを残します
restore-kept-while-away = 移行元と移行先の両方が { $role } を引き受けられます。アカウントが移行元の組織に戻るまで、移行先のアクセスを残します
restore-without-destination = この移行が移行先のアクセスを追加しましたが、アカウントは移行元の組織に残ります
restore-put-back-source = { $role } の信頼ポリシーを、この移行が移行元のアクセスを削除する前の内容に戻します
restore-remove-destination = { $role } の信頼ポリシーを、この移行が移行先のアクセスを追加する前の内容に戻します
restore-cannot-enter = アカウント { $account }: { side-name }が { $arn } を引き受けられないか、アカウントが { $organization } に所属していません。何も編集していません。
    .next = もう一度プレビューしてください。

# 元に戻せるものと、戻せないもの
stands-in-source = 移行元の組織の { $unit }
stands-in-destination = 移行先の組織の { $unit }
stands-in-neither = どちらの組織にもない
stands-not-in-destination = 移行先の組織にない
stands-alone = スタンドアロン (どの組織にも所属しない)
stands-alone-as-it-says = スタンドアロン (アカウント自身の情報では、どの組織にも所属しない)
stands-unenrolled = { $why } (この移行で登録解除済み)
stands-invited = { $why } ({ $handshake } で招待中)
stands-invited-before = { $why } (招待は終了)

back-uninvited = 元に戻すものはありません。アカウントは招待されていません。
back-unmoved = 元に戻すものはありません。アカウントは移行の開始時と同じ場所にあります。
back-moved = アカウント { $management_account } が MoveAccount を呼び出し、{ $place } に戻します。
back-unknown-mover = 誰が移動したのかを調べてください。この移行では移動していません。
back-by-its-source = 戻せるのは元の組織だけです。{ back-not-ours.next }
back-was-alone-perhaps = 以前どの組織にも所属していなかった場合は、アカウント { $management_account } が RemoveAccountFromOrganization を呼び出すと、再びスタンドアロンになります。先に、アカウント自身の支払い方法が必要です。
back-was-alone = 移行の開始時に、どちらの組織にも所属していませんでした。アカウント { $management_account } が RemoveAccountFromOrganization を呼び出すと、再びスタンドアロンになります。先に、アカウント自身の支払い方法が必要です。
back-choose = 87_way_back でアカウントを選択するか、「orgtools rollback --account { $account }」を実行してください。アカウントが移行元に戻るまで繰り返してください。
back-by-source = 先に移行元のアクセスを復元してください。その後、アカウント { $management_account } が InviteAccountToOrganization を呼び出します。
back-removed = アカウント { $management_account } が RemoveAccountFromOrganization を呼び出します。承諾するまで、アカウントはどの組織にも所属しません。
back-leaves = アカウントのロールが LeaveOrganization を呼び出します。承諾するまで、アカウントはどの組織にも所属しません。
back-joins = アカウントのロールが AcceptHandshake を呼び出し、MoveAccount がアカウントを { $place } に移動します。最後に、移行先のアクセスを削除します。
back-or-on = または、移行を続けます。招待 { $handshake } は保留中です。50_accept を開いてください。
back-or-invite = または、移行を続けます。30_invite を開いてください。
back-or-on-again = または、予定どおり移行先の組織に移します。招待 { $handshake } は保留中です。50_accept を開いてください。
back-or-invite-again = または、予定どおり移行先の組織に移します。30_invite を開いてください。
back-reenroll = 移行元の Control Tower にもう一度登録します。自動登録が有効な場合は、MoveAccount で元の OU に戻すと登録されます。それ以外の場合は、アカウントにロール AWSControlTowerExecution を用意してから、Account Factory を使用します。
back-invitation-over = 元に戻すものはありません。招待 { $handshake } の状態は { $state } です。30_invite を使うと、新しい招待を送信できます。
back-cancel = 35_review_handshakes を開いてください。アカウント { $management_account } が { $handshake } に対して CancelHandshake を呼び出します。AWS は有効期限を返していません。
back-cancel-until = 35_review_handshakes を開いてください。アカウント { $management_account } が { $handshake } に対して CancelHandshake を呼び出します。または、{ $until } に期限が切れるまで待ちます。
back-untrust = その後、ステップ restore-trust が、ロールの信頼ポリシーから移行先を削除します。

back-gone = 移行元でアカウントに付けられていたタグ、Identity Center の割り当て、Cost Explorer の履歴は戻りません。
back-rate = AWS は、アカウントが組織を変更できる回数を制限していますが ({ $reason })、その上限を公開していません。AWS が拒否した場合は、1 日待ってください。
back-tower-unseen = アカウントが移行先の Control Tower の管理下にあるかどうかを確認できませんでした。
back-enrolled = アカウントは移行先の Control Tower の管理下にあります。登録されたまま離脱すると、Control Tower がデプロイしたものがアカウントに残ります。先に登録を解除してください。Control Tower コンソールで管理解除 (Unmanage) を選択してください。
back-enrolled-auto = アカウントは移行先の Control Tower の管理下にあります。登録されたまま離脱すると、Control Tower がデプロイしたものがアカウントに残ります。先に登録を解除してください。アカウントを / に移動すると、Control Tower が登録を解除します。
back-drift = 登録の解除により、Control Tower がアカウントにデプロイしたものは削除されました。もう一度登録すると新たにデプロイされますが、設定レコーダーの履歴は戻りません。
back-invitation-sent = ルートユーザーの E メールアドレスに AWS からのメールが送信済みです。この招待は 24 時間の上限に数えられます。

# どの組織にも所属していないアカウント
alone = { $why }
    .next = { $then }
alone-refused = { $why }。前回の承諾は { $reason } で失敗しました
    .next = { $finding_next }{ $then }
alone-out-of = スタンドアロンです。{ side-name }から離脱し、どの組織にも所属していません
alone-as-it-reports = スタンドアロンです。アカウント自身が、どの組織にも所属していないと報告しています
alone-out-of-theirs = スタンドアロンです。元の組織から離脱し、どの組織にも所属していません
alone-going-back = 移行元の組織に戻すには、87_way_back を開いてください。予定どおり移行先の組織に移すには、{ $notebook } を開いてください。
alone-accepts = 50_accept を開いてください ({ $why })。
alone-waits = 50_accept は待機中です: { $why }。
alone-blocked = { $why_next }
alone-unclear = もう一度確認してください。AWS が示す状態に矛盾があります。
alone-or-back = { $then }移行元の組織に戻す場合は、87_way_back を開いてください。
alone-or-ask = { $then }または、移行元の所有者に、アカウントを再招待するよう依頼してください。

# 参加したアカウントに復元するもの
do-contacts = { $count ->
    [0] 連絡先を復元するアカウントはありません
   *[other] { $count } 件のアカウントの連絡先を復元します
}
done-contacts = { $count } 件は復元済みか、指定されていません
did-contacts = { $count } 件の連絡先を復元しました
do-assignments = { $count ->
    [0] 割り当てを復元するアカウントはありません
   *[other] { $count } 件のアカウントの割り当てを復元します
}
done-assignments = { $count } 件は復元済みか、指定されていません
did-assignments = { $count } 件の割り当てを復元しました
do-shares = { $count ->
    [0] リソース共有を承諾するアカウントはありません
   *[other] { $count } 件のアカウントでリソース共有を承諾します
}
done-shares = { $count } 件は承諾済みか、指定されていません
did-shares = { $count } 件のリソース共有を承諾しました
do-cost-tags = { $count ->
    [0] 有効にするコスト配分タグはありません
   *[other] コスト配分タグを有効にします ({ $count } 件のアカウントに表示)
}
done-cost-tags = { $count } 件は有効化済みか、指定されていません
did-cost-tags = { $count } 件のコスト配分タグを有効にしました
regain-several = { $whys }
    .next = { $whys_next }
regain-not-asked = migration.toml でこのステップが指定されていません ([restore])
regain-not-arrived = まだ移行先の組織に所属していません。先に招待を承諾します (50_accept)
regain-unseen = 現在の設定を読み取れませんでした: { $why }
    .next = { $why_next }
regain-not-exported = 移行元の組織に所属している間にエクスポートされていません
    .next = 以前の設定を手動で復元し、ここではこのアカウントを除外してください。
regain-complete = { $count ->
    [0] 復元するものはありませんでした
   *[other] 移行元にあった { $count } 件の項目がすべてあります
}
regain-lacks = { $total } 件の項目のうち { $count } 件が不足しています ({ $why })
regain-exported = { $at } のエクスポートに基づきます

regain-contacts-not-exported = 代替連絡先をエクスポートできませんでした
    .next = { regain-not-exported.next }
regain-contact = { $kind } の代替連絡先を復元します
regain-export-changed = アカウント { $account }: エクスポートに { $kind } の代替連絡先がなくなっています。
    .next = エクスポートを元の内容に戻し、もう一度プレビューしてください。

regain-assignments-not-exported = 割り当てをエクスポートできませんでした
    .next = { regain-not-exported.next }
regain-unmapped = { $path } に、{ $count } 件の割り当ての対応付けがありません
    .next = 移行フォルダの { $path } に次の行を追加し、最後の列に移行先の値を指定してください: { $changes }。
regain-mapping-row = { $words }
regain-no-permission-set = 移行先に次のアクセス許可セットがありません ({ $count } 件): { $names }
    .next = その { $count } 件を移行先に作成するか、{ $path } で別のアクセス許可セットに対応付けてください。その後、もう一度プレビューしてください。
regain-assign = { $permission_set } を { $kind } { $principal } に割り当てます
regain-assigning = AWS で進行中です: { $change }
regain-assigning-failed = AWS で次の操作が失敗しました (リクエスト { $request }): { $change }。AWS の応答: { $words }
    .next = AWS が示した点を修正してから、ステップをもう一度実行してください。アカウントには、アクセス許可セットが使うカスタマー管理ポリシーが、同じ名前とパスで必要です。移行先の ID ストアには、プリンシパルが必要です。

regain-shares-not-exported = リソース共有をエクスポートできませんでした
    .next = 招待を承諾してよい所有者のアカウントを migration.toml に指定してください: [restore] share_owners = [...]。
regain-shares-not-exported-in = { $regions } のリソース共有をエクスポートできませんでした
    .next = { regain-shares-not-exported.next }
regain-shared-by-named = migration.toml に指定された所有者からの招待に基づきます
regain-shares-left-alone = { $accounts } からのリソース共有は承諾しません
regain-share = アカウント { $account } からの共有 { $name } を承諾します
regain-share-in = { $region } で、アカウント { $account } からの共有 { $name } を承諾します
regain-share-gone = 共有 { $name } がなくなり、招待も届いていません。アカウント { $account } がもう一度共有する必要があります
regain-share-gone-in = { $region } の共有 { $name } がなくなり、招待も届いていません。アカウント { $account } がもう一度共有する必要があります

regain-cost-tags-not-exported = 移行元のコスト配分タグはエクスポートされていません
    .next = 移行元の呼び出し元に ce:ListCostAllocationTags を許可してから、10_assess を開いてください。10_assess がエクスポートします。
regain-cost-tags = 組織全体で { $tags } を有効にします
regain-cost-tag-unseen = 移行先の請求にはまだ { $tag } がありません。リソースに付けてから表示されるまで、最大 24 時間かかります
regain-cost-tags-exported = { $at } のエクスポートに基づきます。どのアカウントを指定しても、組織全体のタグが対象です
regain-cost-tags-complete = { $count ->
    [0] 移行元に有効なコスト配分タグはありませんでした
   *[other] 移行元で有効だった { $count } 件のコスト配分タグはすべて有効です
}
regain-cost-tags-elsewhere = { $why }。1 回の呼び出しですべて有効になります (アカウント { $account } に表示)
