# 移行前チェックの検出結果と、回答および受容したリスクについてのメッセージ。何を確認するかは checks.ftl にあります。

# すべてのチェック
in-account = アカウント { $account }: { $why }
    .next = { $why_next }
in-account-for = アカウント { $account }: { $why } ({ $checks_name } に関係します)
    .next = { $why_next }
waived = { $why }。{ $person } が { $until } までリスクを受容しています
    .next = { $why_next }
findings-now = { $findings }
    .next = { $findings_next }
look-prevented = { $why }
    .next = { $why_next }
look-failed = チェックに失敗しました: { $words }
    .next = { $then }
look-by-hand = もう一度評価してください。再び失敗する場合は、手動で確認してください ({ $actions })。
look-its-owners = チェックしていません。[access] の設定により、アカウントにアクセスするのは所有者だけです
    .next = 所有者に確認してください。
not-seen-but-asked = { $why }
    .next = アカウントにアクセスできる場合は、{ $checks_name } がアカウント自体に確認します。{ $why_next }
account-closed = アカウントにアクセスできませんでした
    .next = E15 (承諾するロール) を参照してください。
account-organization-unread = アカウントが所属する組織を確認できませんでした。
    .next = アカウント内のロールに organizations:DescribeOrganization を許可してから (テンプレート assess-member)、もう一度評価してください。
account-not-in-source = 移行元のメンバーではありません
unit-not-found = { $why }
    .next = accounts.csv を修正するか、OU を作成してください。その後、もう一度評価してください。
assessment-interrupted = 評価が中断されました。
    .next = もう一度評価してください。
checks-unknown = { $checks } というチェックはありません。
    .next = 次のチェックを指定してください: { $keys }。

# E1、E2: 状態と作成からの日数
account-active = ACTIVE です
account-not-active = { $state } です。移行できるのは ACTIVE のアカウントだけです
    .next = { check-E1.next }
account-invited-before = 移行元で作成されたのではなく、招待によって参加したアカウントです
account-created = { $created } に作成されました
account-created-alone = { $created } に作成されました。どの組織にも所属していません
account-too-young = { $created } に作成され、まだ 4 日経っていません。{ $until } から移行できます
    .next = { check-E2.next }

# E4、E5: アカウントの所属先
account-manages = { $organization } の管理アカウントです
    .next = { check-E4.next }
account-member-of = { $organization } のメンバーです
account-stand-alone = スタンドアロンアカウントです
account-in-destination = すでに移行先のメンバーです
account-in-source = 移行元のメンバーです
account-left = この移行で元の組織から離脱しました。招待を承諾するまではスタンドアロンアカウントです
account-alone = アカウントの応答では、どの組織にも所属していません。離脱する組織はありません
account-its-owners = 所属先はアカウント自体からしか確認できませんが、アクセスするのは所有者だけです
    .next = 所有者に確認してください。
account-not-asked = 所属先はアカウント自体からしか確認できませんが、アクセスできませんでした
    .next = migration.toml の [access] でアクセス方法を指定してから、もう一度評価してください。または、所有者に確認してください。
account-nowhere = 移行元にも移行先にも所属していません。アカウントからも所属先を確認できません
    .next = { check-E5.next }
account-elsewhere = アカウントの応答では、移行元でも移行先でもない { $organization } のメンバーです
    .next = { check-E5.next }
account-reports-member-of = アカウントの応答では、{ $organization } のメンバーです

# E6: 登録販売者
account-partitions-differ = 移行元と移行先のパーティションが異なります: { $partitions }
    .next = { check-E6.next }
seller-unknown = AWS は登録販売者を返していません
    .next = 両方の組織の請求書の発行元を手動で比較してください。
sellers-differ = アカウントと移行先の登録販売者が異なります: { $sellers }
    .next = { check-E6.next }
seller-same = アカウントと移行先の登録販売者は、どちらも { $sellers } です

# E7: 委任管理者
delegated-administrator = 移行元の委任管理者です
    .next = { check-E7.next }
delegated-administrator-of-nothing = 委任管理者ではありません
delegated-administrators-unread = 移行元の委任管理者が不明です
    .next = 移行元で organizations:ListDelegatedAdministrators を許可してから、もう一度評価してください。
delegated-administrators-unread-why = 移行元の委任管理者が不明です: { $why }
    .next = { delegated-administrators-unread.next }

# E3、E12、E17、E18: 組織
destination-unlisted = 移行先のアカウント一覧に、移行先の管理アカウントがありません
    .next = もう一度評価してください。
destination-created = 移行先の管理アカウントは { $created } に組織に参加しました
destination-too-young = 移行先の管理アカウントが組織に参加したのは { $created } で、まだ 7 日経っていません。移行先は { $until } から招待できます
    .next = { check-E3.next }
features-in-progress = 移行先では、すべての機能を有効にする処理が進行中です (ハンドシェイク { $handshake })
    .next = { check-E12.next }
features-missing = 移行先の機能セットは { $state } です。このため、移行先ではポリシーが適用されません
    .next = { check-E12.next }
features-all = 移行先では、すべての機能が有効です
landing-zone-none = このリージョンには、移行元のランディングゾーンがありません
baseline-none = Control Tower のベースラインは有効になっていません
baseline-governs = アカウントは Control Tower の管理下にあります ({ $baseline })
    .next = { check-E17.next }
baseline-of-shared-account = ランディングゾーンの共有アカウントです ({ $baseline })
    .next = ランディングゾーンに必要なアカウントです。accounts.csv から削除してください。
billing-transfer = { side-name }に請求転送があります (方向: { $kind }、状態: { $state })
    .next = { check-E18.next }

# E8.services、D8、E16.central: 組織のサービス
service-full = { $service } の上限は { $limit } アカウントです: メンバー { $members } + 保留中の招待 { $pending } + これから招待 { $more } = { $total }
    .next = { check-E8-services.next }
unit-too-large = { $unit } のアカウント数が { $total } になります。Control Tower が 1 つの OU で管理できるのは { $limit } アカウントまでです
    .next = { check-E8-services.next }
aggregators-slow = { $count } 件のアカウントが参加します。4.0 より前のランディングゾーンの Config アグリゲータで処理できる変更は、1 週間に { $limit } 件です
    .next = { check-E8-services.next }
services-trusted-by-source-only = { $services } の信頼されたアクセスは、移行元でのみ有効です。移行後、これらのサービスの対象から外れます
joining-enables = 参加すると、{ $services } が有効になることがあります。アカウントですでに利用している場合は、二重に課金されます
    .next = { check-D8-arrival.next }
root-managed-centrally = 移行先はルート認証情報を一元管理しています。このため、新しいメンバーにはルート認証情報がありません
    .next = { check-E16-central.next }

# E14、E16.rcp、D5、D6: アカウントに適用されるポリシー
policy-attached = { $policy } ({ $kind ->
    [SERVICE_CONTROL_POLICY] SCP
    [RESOURCE_CONTROL_POLICY] RCP
   *[other] { $kind }
} { $policy_id }、アタッチ先 { $place })
action-denied = { $why } が { $action } を拒否しています
action-perhaps-denied = { $why } が、ステートメントの条件によっては { $action } を拒否する可能性があります
action-not-allowed = { $place } のどの SCP も { $action } を許可していません
entering-denied = { $why } が、{ side-name }の管理アカウントによる sts:AssumeRole を拒否しています
entering-perhaps-denied = { $why } が、ステートメントの条件によっては、{ side-name }の管理アカウントによる sts:AssumeRole を拒否する可能性があります
scps-end-before = 先に離脱するため、承諾する時点で適用される SCP はありません
scps-none = アカウントに適用される SCP はありません
scps-allow = AcceptHandshake または LeaveOrganization を拒否する SCP はありません
accepting-denied = { $whys }
    .next = { check-E14.next }
leaving-denied = 移行を妨げる可能性があります (AWS のドキュメントの記載が矛盾しています。先に 1 アカウントで試してください): { $whys }
    .next = { check-E14.next }
destination-kept-out = { $whys }
    .next = { check-E14-rcp.next }
destination-let-in = 移行前の移行先からのアクセスを拒否する RCP はありません
destination-let-in-after = 移行後の移行先からのアクセスを拒否する RCP はありません
everybody-kept-out = 移行後は、誰もアカウントにアクセスできなくなります: { $whys }
    .next = { check-E16-rcp.next }
source-kept-out = 移行後にアクセスできるのは移行先だけです。移行先のアクセスは移行前に確認されます: { $whys }
source-perhaps-kept-out = { $whys }
    .next = { check-E16-rcp.next }
source-let-in-after = 移行先の RCP に、移行元からのアクセスを拒否するものはありません
policies-same = { $count ->
    [0] 該当するポリシーは、移行前も移行後も適用されません
   *[other] 移行の前後で同じポリシー { $count } 件が適用されます
}
policies-change = 移行によって適用されるポリシーが変わります (適用終了 { $missing } 件、新規適用 { $more } 件、変更なし { $count } 件)
    .next = { check-D5.next }

# E14.role、E15、E16: アカウントへのアクセス方法
entrance-role = { $arn } を引き受けられます
entrance-permission-set = アクセス許可セット { $permission_set } で、Identity Center のセッションを開始できます
entrance-credentials = { $principal } の認証情報を使用できます
entrance-unanswered = { $why }
    .next = AWS から有効な応答がありませんでした。もう一度評価してください。
entrance-closed = { $why }
    .next = { $why_next }
entrance-not-needed = 移行先に参加済みです。承諾する招待はありません
entrance-its-owners = 所有者が招待を承諾します。この移行ではアカウントにアクセスしません
role-cannot-accept = { $arn } は AcceptHandshake を呼び出せません (IAM Policy Simulator: { $reason })
    .next = { check-E14-role.next }
role-cannot-leave = { $arn } は LeaveOrganization を呼び出せません (IAM Policy Simulator: { $reason })。AWS がこのアクセス許可を要求する可能性があります
    .next = { check-E14-role.next }
role-can-accept = ロール自体のポリシーは、AcceptHandshake と LeaveOrganization を許可しています
destination-trusted = { $roles } がアカウント { $account } を信頼しています
destination-not-trusted = アカウント { $account } を信頼するロールがありません。このため、移行後に移行先からアクセスできません
    .next = 移行元からアクセスできるのは、移行先のポリシーが許可している場合だけです。E16.rcp (移行先の RCP) を参照してください。{ check-E16.next }

# E19: リージョン
regions-left-out = 有効なリージョンのうち { $count } 個が評価の対象外です: { $regions }
    .next = { check-E19.next }
regions-assessed = { $regions } を評価しました
regions-add = migration.toml の [assess] regions に { $region } を追加してから、もう一度評価してください。

# B1 から B3: 請求
reservations-owned = { $service } の予約を { $count } 件所有しています。予約はアカウントとともに移行します
    .next = { check-B1-reservations.next }
plan-owned = 1 時間あたり { $words } の { $kind } Savings Plans を所有しています。アカウントとともに移行します
    .next = { check-B1-plans.next }
plan-owned-until = 1 時間あたり { $words } の { $kind } Savings Plans を { $until } まで所有しています。アカウントとともに移行します
    .next = { check-B1-plans.next }
discounts-not-shared = 移行元は、予約や Savings Plans の割引をアカウントと共有していません
discounts-shared = 移行元は、予約や Savings Plans の割引をアカウントと共有しています。移行すると共有は終了します
    .next = { check-B1-sharing.next }
cost-reports-lose = 移行元のコストレポート { $count } 件から、これらのアカウントがなくなります
    .next = { check-B2-reports.next }
budget-names = 移行元の予算 { $name } がアカウントを指定しています
    .next = { check-B2-budgets.next }
budgets-clean = { $count ->
    [0] 移行元に予算はありません
   *[other] 移行元の予算 { $count } 件のうち、アカウントを指定しているものはありません
}
cost-category-names = 移行元のコストカテゴリ { $name } がアカウントを指定しています
    .next = { check-B2-categories.next }
cost-categories-clean = { $count ->
    [0] 移行元にコストカテゴリはありません
   *[other] 移行元のコストカテゴリ { $count } 件のうち、アカウントを指定しているものはありません
}
cost-tags-missing = { $count } 個のコスト配分タグが、移行元でのみ有効です
    .next = { check-B2-tags.next }
cost-tags-active = { $count ->
    [0] 移行元に有効なコスト配分タグはありません
   *[other] 移行元で有効なコスト配分タグ { $count } 個は、すべて移行先でも有効です
}
tax-inheritance-same = 両方の組織の税設定の継承は { $setting } です
tax-inheritance-differs = 移行元と移行先で税設定の継承が異なります: { $settings }
    .next = { check-B3-tax.next }
support-severities-missing = 移行元のサポートプランにあるケースの重要度 { $severities } が、移行先のサポートプランにありません
    .next = { check-B3-support.next }
support-severities-same = { $count ->
    [0] 移行元のサポートプランでは、ケースの重要度を選べません
   *[other] 移行元のサポートプランにあるケースの重要度は、すべて移行先のサポートプランにもあります
}

# D1、D2: StackSet
stackset-continues = アカウントが StackSet { $name } のロールを信頼している限り、移行後も { $count } 個のスタックが引き続き管理されます
stackset-does-not-deploy = StackSet { $name } は自動デプロイが無効です。{ $count } 個のスタックはアカウントに残り、管理されなくなります
stackset-retains = StackSet { $name } はスタックを保持する設定です。{ $count } 個のスタックはアカウントに残り、管理されなくなります
stackset-deletes = アカウントが離脱すると、StackSet { $name } がアカウントの { $count } 個のスタックを削除します
    .next = { check-D1.next }
stackset-deploys = アカウントが参加すると、StackSet { $name } が { $unit } を通じてデプロイします。対象は{ $count ->
    [0] StackSet のリージョンです
   *[other] { " " }{ $regions } です
}
    .next = { check-D2.next }
stackset-none-deploys = { $unit } とその上位に自動デプロイする移行先の StackSet はありません

# D4: Identity Center
assignments-end = 移行すると、Identity Center の { $count } 件の割り当てが終了します
    .next = { check-D4.next }
identity-center-unseen = 移行元の Identity Center のプライマリリージョン { $region } が評価の対象外です
    .next = { $then }

# D7.others: 移行元のほかのアカウント
other-account-closed = アカウントにアクセスできませんでした
    .next = そのアカウントで、[access] のロールが移行元の管理アカウントを信頼するようにしてください。または、アカウントのポリシーを手動で確認してください。
others-unseen = 移行元のほかのアカウント { $count } 件を評価していません
    .next = { check-D7-others.next }
others-none = 移行元にほかのアカウントはありません
others-clean = 移行元のほかのアカウント { $count } 件を評価しました。移行元を指定しているポリシーはありません

# D9、D10: 記録
trail-stops = 組織の証跡 { $name } によるアカウントの記録が停止します。{ $count ->
    [0] アカウント自体の証跡はありません
   *[other] アカウント自体の証跡 { $count } 件は継続します
}
    .next = { check-D9.next }
trails-continue = アカウント自体の証跡 { $count } 件は継続します。ここでアカウントを記録している組織の証跡はありません
trails-none = ここでアカウントを記録している証跡はありません。停止する証跡もありません
config-resources = AWS Config のリソースがあります (設定レコーダー { $recorders } 件、配信チャネル { $channels } 件、集約の認可 { $authorizations } 件)
config-allowed = { $why }。migration.toml の設定では、AWS サポートの許可を得ています
config-in-the-way = { $why }。このため、移行先の Control Tower に登録できません
    .next = { check-D10.next }
config-perhaps-in-the-way = { $why }。移行先に Control Tower があるかどうかは不明です
    .next = 移行先の呼び出し元に controltower:ListLandingZones を許可してから、もう一度評価してください。
config-stays = { $why }。移行後もそのまま残ります
config-resources-none = 登録を妨げる AWS Config の設定レコーダー、配信チャネル、集約の認可はありません
config-rules-removed = 移行すると、組織の Config ルール { $rules } 件とコンフォーマンスパック { $packs } 件がアカウントから削除されます
    .next = 移行先からデプロイしてください。
config-aggregated = アカウント { $account } は、このアカウントの AWS Config データを集約できます。移行後も同じです

# D11: セキュリティサービス
administers-itself = 移行元の { $service } の委任管理者です。移行すると委任は終了します
    .next = { check-D11-guardduty.next }
administered-by = アカウント { $account } が { $service } の管理者です。移行すると管理は終了します
    .next = { check-D11-guardduty.next }
analyzers-hidden = 組織のアナライザーはアカウントにありません。ほかのアカウントにある組織のアナライザーは、メンバーからは見えません
behavior-graphs-hidden = アカウントを招待した動作グラフはありません。組織の動作グラフは、メンバーからは見えません

# D12、D13、D15、D16: ほかのアカウントとの共有と契約
backups-copied = 移行元は、アカウント間でバックアップをコピーしています。離脱するアカウントとのコピーはできなくなります
    .next = { check-D12-backup.next }
address-pool-received = アカウント { $account } の IPAM プール { $name } を使用しています
    .next = { check-D12-ipam.next }
license-received = ほかのアカウントから付与されたライセンス { $name } を使用しています
    .next = { check-D12-licenses.next }
portfolio-received = 組織を通じて共有されたポートフォリオ { $name } を使用しています
    .next = { check-D12-portfolios.next }
image-shared = イメージ { $name } を移行元の組織と共有しています
    .next = { check-D13-images.next }
prefix-list-received = アカウント { $account } のプレフィックスリスト { $name } を使用しています
    .next = { check-D13-lists.next }
endpoint-service-admits = エンドポイントサービス { $name } が { $principal } を許可しています
    .next = { check-D13-endpoints.next }
agreement-inherited = 契約 { $name } は組織を通じて適用されています。移行すると適用されなくなります
    .next = { check-D15.next }
quotas-raised = 過去 90 日間に引き上げられた、または引き上げられた可能性のあるクォータが { $count } 件あります
    .next = 状態が CASE_CLOSED のものは、サポートケースを確認してください。{ check-D16.next }

# D14: タグ
tags-lost = { $total } 個のタグのうち { $count } 個が accounts.csv になく、失われます
    .next = { check-D14.next }
tags-kept = { $total } 個のタグはすべて accounts.csv にあります
tags-none = タグはありません

# D17: AWS Organizations の呼び出し元
callers-found = 過去 90 日間に、アカウント内の { $count } 件の呼び出し元が AWS Organizations を呼び出しました
    .next = { check-D17.next }
callers-none = 過去 90 日間に、アカウント内から AWS Organizations の呼び出しはありませんでした
callers-in-source-found = 過去 90 日間に、移行元の管理アカウント内の { $count } 件の呼び出し元が AWS Organizations を呼び出しました
    .next = { check-D17-source.next }
callers-in-source-none = 過去 90 日間に、移行元の管理アカウント内から AWS Organizations の呼び出しはありませんでした

# API では答えが得られない質問
question-E13 = 移行先の管理アカウントの E メールアドレスは検証済みですか?
answer-E13-yes = E メールアドレスは検証済みです
answer-E13-no = E メールアドレスが検証されていません。このため、AWS はすべての招待を拒否します
    .next = { check-E13.next }
question-E6-seller = 両方の組織の登録販売者 (請求書を発行する AWS の法人) は同じですか?
answer-E6-seller-yes = 両方の組織の登録販売者は同じです
answer-E6-seller-no = 登録販売者が異なります。このため、AWS はアカウントの移行を拒否します
    .next = { check-E6-seller.next }
question-B3-pricing = 移行元に、これらのアカウントが失うことになる個別の料金契約やクレジットはありますか?
answer-B3-pricing-no = これらのアカウントが失う個別の料金契約やクレジットはありません
answer-B3-pricing-settled = 個別の契約条件があり、移行後の扱いについて AWS と合意済みです
answer-B3-pricing-yes = 個別の契約条件がありますが、移行後の扱いについて AWS と合意していません
    .next = { check-B3-pricing.next }
question-D14-export = アカウントが失うもの (タグ、Identity Center の割り当て) を、離脱する前に必ずエクスポートしますか?
answer-D14-export-yes = すべてのアカウントを、離脱する前にエクスポートします
answer-D14-export-no = エクスポートせずに離脱できます。失われたものは残りません
    .next = { check-D14-export.next }
question-E16-root = 各アカウントのルートユーザーの E メールアドレスと、電話番号などの復旧手段を利用できますか?
answer-E16-root-yes = 各アカウントのルートユーザーは復旧できます
answer-E16-root-no = 一部のアカウントのルートユーザーは復旧できません。使用できるロールもなければ、AWS サポートに依頼するしかありません
    .next = { check-E16-root.next }
question-B4 = アカウント自体に有効な支払い方法がありますか?
answer-B4-yes = 有効な支払い方法があります
answer-B4-no = 有効な支払い方法がありません。スタンドアロンアカウントになるには、AWS の要件により支払い方法が必要です
    .next = { check-B4.next }
question-open = 「{ $why }」への回答がありません
    .next = { $then }
question-answered = { $why }。{ $person } が { $at } に回答しました
    .next = { $why_next }
question-unknown = { $check_name } に質問はありません。
    .next = 質問のあるチェックを指定してください: { $checks_name }。
question-about-an-account = { $check_name } は 1 つのアカウントについての質問です。
    .next = アカウントを指定してください。
question-about-organizations = { $check_name } は両方の組織についての質問です。
    .next = アカウントは指定しないでください。
question-for-stand-alone-path = { $check_name } は、スタンドアロン経由のアカウントだけが対象です。アカウント { $account } は直接移行します。
    .next = スタンドアロン経由のアカウントを指定してください。
answer-unknown = "{ $given }" は { $check_name } の回答として使用できません: { $why }
    .next = { $choices } のいずれかで回答してください。
answer-for-account = 10_assess、または次のコマンドで回答してください: orgtools answer { $check } { $choices } --account ID
answer-for-organizations = 10_assess、または次のコマンドで回答してください: orgtools answer { $check } { $choices }
answer-told = { $choice }。{ $person } が { $at } に回答しました
answer-missing = 回答がありません ({ $choices })
both-organizations = 両方の組織
payment-not-needed = 直接移行するため、アカウント自体の支払い方法は必要ありません
payment-no-longer-needed = 移行先に参加済みで、もうスタンドアロンアカウントではありません

# 受容したリスク
waiver-not-possible = { $check_name } のリスクは受容できません。
    .next = 検出結果を解消してから、もう一度評価してください。
waiver-without-reason = リスクを受容するには理由が必要です。
    .next = 受容する理由を入力してください。
waiver-without-end = リスクの受容には、将来の期限とそのタイムゾーンが必要です。
    .next = 将来の日時を指定してください。
