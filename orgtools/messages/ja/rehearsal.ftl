# リハーサルが利用者に伝えること。リハーサルの AWS が返す応答は AWS 自身の言葉であり、ここには含まれません。

## 開始、接続、停止。

rehearsal-answers = リハーサル '{ $name }' は、Ctrl-C を押すまで { $address } で応答します。
rehearsal-runs-already = { $path } では、すでにリハーサルが実行中です。
    .next = 接続するか、停止してください。
rehearsal-runs-already-at = { $path } では、すでにリハーサルが { $address } で実行中です。
    .next = { rehearsal-runs-already.next }
rehearsal-runs-not = { $path } で実行中のリハーサルはありません。
    .next = 先に開始してください。
rehearsal-ended = リハーサルは、応答する前に終了しました: { $words }。
    .next = 詳細は { $path } を参照してください。
rehearsal-silent = { $address } のリハーサルが応答しません: { $words }。
    .next = まだ実行中かどうかを確認してください。
rehearsal-folder-not-made = 移行フォルダ { $path } を作成できません: { $words }。
    .next = 別のフォルダを指定してください。
rehearsal-folder-not-written = 移行フォルダ { $path } に書き込めません: { $words }。
    .next = 書き込めるようにするか、別のフォルダを指定してください。
rehearsal-port-unknown = { $given } というポートはありません。
    .next = 1 から { $number } までの番号を指定するか、0 を指定して空いているポートを使用してください。
rehearsal-port-refused = 127.0.0.1 のポート { $number } を使用できません ({ $words })。
    .next = 別のポートを選択するか、指定を省略して空いているポートを使用してください。
rehearsal-speed = 速度は 0 より大きく { $limit } 以下である必要があります。1 が実時間です。

## 実行中に依頼されること。

rehearsal-request-wrong = リハーサルでは実行できません: { $words }。
    .next = リクエストを修正してください。
rehearsal-route-token = リハーサル自体のルートには、{ $path } のトークンが必要です。
rehearsal-route-type = リハーサル自体のルートが受け付けるのは { $kind } だけです。
rehearsal-route-unknown = リハーサルに { $action } { $path } というルートはありません。
rehearsal-clock-forward = リハーサルの時計は、進めることしかできません。
rehearsal-clock-end = リハーサルの時計は、{ $number } 年より前までしか進められません。
rehearsal-fault-unknown = '{ $given }' という障害はありません。障害は { $choices } です。
rehearsal-fault-of-nothing = { $operation } の障害に、失敗する呼び出しも確率も指定されていません。
rehearsal-fault-without-code = { $operation } の障害は呼び出しを拒否しますが、コードがありません。
rehearsal-intervention-unknown = '{ $given }' という介入はありません。介入は { $choices } です。
rehearsal-intervention-wrong = 介入 { $action } に { $given } は指定できません: { $words }。
rehearsal-unit-exists = { $organization } には、すでに OU { $unit } があります。
rehearsal-unit-not-empty = { $organization } の OU { $unit } は空ではありません。
rehearsal-handshake-closed = ハンドシェイク { $handshake } は、すでに { $state } です。

## シナリオの終わり方。

rehearsal-governs = { $organization } の Control Tower は { $accounts } を管理しています。
rehearsal-governs-nobody = { $organization } の Control Tower は、どのアカウントも管理していません。
expected-of-account = アカウント { $account }: { $findings }
expected-organization = 組織は { $before } ではなく { $after } です
expected-unit = OU は { $before } ではなく { $after } です
expected-enrolled = 登録の状態は { $before } ではなく { $after } です
expected-shares = リソース共有は { $before } ではなく { $after } です

## シナリオの読み取り。

scenario-unknown = '{ $given }' というシナリオはありません。
    .next = { $choices } のいずれか (N は通常のアカウントの数)、または scenario.toml のパスを指定してください。
scenario-unknown-near = '{ $given }' というシナリオはありません。'{ $keys }' ではありませんか?
    .next = { scenario-unknown.next }
scenario-wave-size = 1 つのウェーブのアカウント数は 1 から { $limit } までです。AWS が 1 つの組織に認める上限です。
scenario-wave-wrong = '{ $given }' はウェーブではありません。
    .next = wave: に続けて数字を書いてください。例: wave:500。
scenario-unread = シナリオ { $path } を読み取れません: { $words }。
scenario-not-text = シナリオ { $path } は UTF-8 のテキストではありません ({ $line } 行目)。
scenario-too-deep = シナリオ { $path } は、ネストが深すぎます。
scenario-not-toml = シナリオ { $path } は正しい TOML ではありません: { $words }。
scenario-not-regular = シナリオ { $path } は通常のファイルではありません。
scenario-too-large = シナリオ { $path } は { $size } MB を超えています。

# シナリオの誤り
scenario-wrong = シナリオを使用できません: { $findings }
scenario-file-wrong = シナリオ { $path } を使用できません: { $findings }
    .next = ファイルを修正してください。何も開始していません。
organization-wrong = 組織 { $organization }: { $why }
item-wrong = { $setting } の { $number } 番目: { $why }
item-named-wrong = { $setting } の「{ $name }」: { $why }
not-of-form = 形式が正しくありません
no-organization-id = 組織の ID (o-exampleorgid など) ではありません
no-root-id = ルートの ID (r-exam など) ではありません
no-handshake-id = ハンドシェイクの ID (h-examplehandshake など) ではありません
no-unit-id = OU の ID (ou-exam-exampleunit1 など) ではありません
no-email-address = E メールアドレスではありません
no-label = 1 行で 1 から 128 文字になっていません
no-token = スペースを含まない 1 から 4,096 文字の英数字と記号になっていません
no-version = バージョン (3.3 など) ではありません
value-has-fewer-items = 項目が { $limit } 個未満です
switches-wrong = スイッチを使用できません: { $findings }
scenario-nested = ネストが { $limit } 段を超えています
scenario-control-key = 制御文字を含むキーがあります
scenario-control-character = 制御文字が含まれています
scenario-value-kind = { $kind } です。テキストまたは数値が必要です
scenario-twice = { $kind ->
    [account] アカウント
    [invitation] 招待
    [management-account] 管理アカウント
    [organization] 組織
    [policy] ポリシー
    [profile] プロファイル
    [role] ロール
    [root] ルート
    [secret] シークレット
   *[unit-id] OU の ID
} { $name } が 2 回出てきます
scenario-account-unknown = { $kind ->
    [answer] 回答
    [owner] 所有者
    [secret] シークレット
   *[share] リソース共有
}のアカウント { $account } は、シナリオにありません
scenario-account-unit = アカウント { $account } の OU '{ $unit }' は、{ $organization } にありません
scenario-unit-alone = { $organization } の OU '{ $unit }' の親 '{ $parent }' は存在しません
scenario-policy-target = ポリシー '{ $policy }' のアタッチ先 '{ $given }' は、{ $organization } にありません
scenario-manager-elsewhere = { $organization } の管理アカウント { $account } が、ほかの場所にも書かれています
scenario-profile-reserved = プロファイル '{ $profile }' は予約されています。別の名前を指定してください
scenario-unit-twice = OU '{ $unit }' が 2 回出てきます
scenario-unit-too-deep = OU '{ $unit }' は、ルートから { $limit } 階層を超えています
scenario-owner-organization = アカウント { $account } の所有者が回答する { $organization } は、シナリオにありません
scenario-address-twice = アカウント { $accounts } の E メールアドレスが同じです
scenario-joined-before-created = アカウント { $account } の参加が作成より前です。joined_days_ago を created_days_ago 以下にしてください
scenario-over-quota = { $organization } のアカウントは { $count } 件ですが、account_quota は { $quota } です
no-principal = アカウント ID、ARN、* のいずれでもありません
scenario-invitation-unknown = { $organization } から { $account } への招待に、シナリオにないアカウントまたは組織が指定されています
scenario-zone-unit = { $organization } のランディングゾーンに登録されている '{ $unit }' は、その組織の OU ではありません
scenario-zone-account = { $organization } のランディングゾーンに指定されている { $account } は、シナリオにありません
scenario-zone-too-old-to-enroll = ランディングゾーン { $version } はアカウントを自動的に登録できません。3.1 以降が必要です
scenario-zone-too-old-for-baseline = ランディングゾーン { $version } に ConfigBaseline はありません。4.0 以降が必要です
scenario-baselines-both = OU '{ $unit }' に両方のベースラインを使用することはできません。登録に使用できるベースラインは 1 つです
scenario-answer-unknown = { $service }:{ $operation } への応答がありますが、AWS にこの操作はありません。
scenario-answer-needless = { $service }:{ $operation } に、AWS は何も返しません。ここに応答は必要ありません。
scenario-answer-wrong = AWS は { $service }:{ $operation } にこの応答を返せません: { $words }。
