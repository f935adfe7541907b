# 移行フォルダのファイル (migration.toml、accounts.csv、assignments.csv、台帳) の誤り。

## ファイル

whole = { $then }{ $then_next }
and-more = ほか { $more } 件
files-wrong = { $then }
file-wrong = { $path }: { $findings }
    .next = ファイルを修正してください。何も実行していません。
file-missing = { $path } がありません。
    .next = { $then }
write-or-remove-it = 作成するか、完全に削除してください。
file-unreadable = { $path } を読み取れません: { $words }。
    .next = ファイルの読み取り権限を確認してから、もう一度実行してください。
file-too-large = { $path } が { $size } MB を超えています。
    .next = 正しいファイルかどうかを確認してください。
file-not-text = { $path } は UTF-8 のテキストではありません ({ $line } 行目)。
    .next = UTF-8 で保存してください。
sheet-not-text = { file-not-text }
    .next = UTF-8 で保存してください。表計算ソフトでは「CSV UTF-8」という形式です。
file-control-character = { $path } の { $line } 行目に制御文字 { $name } が含まれています。
    .next = 制御文字を削除し、UTF-8 のテキストとして保存してください。
file-not-regular = { $path } は通常のファイルではありません。
    .next = この名前のテキストファイルを置いてください。
file-not-toml = { $path } は TOML として正しくありません: { $words }。
    .next = 該当する箇所を修正してください。
file-number-too-long = { $path } の { $line } 行目: 数値が数千桁あります。
    .next = { file-not-toml.next }
file-too-deep = { $path } のネストが { $limit } 階層を超えています。
    .next = { settings-wrong.next }
no-folder = { $path } はリンクであるか、フォルダではありません。
    .next = 削除するか、自分のフォルダに置き換えてください。orgtools はここではリンクをたどりません。
no-file = { $path } はリンクであるか、ファイルではありません。
    .next = 削除するか、自分のファイルに置き換えてください。orgtools はここではリンクをたどりません。
open-to-others = このマシンのほかのユーザーが { $path } を開けます。変更できるのは所有者だけです。
    .next = 所有者に { $action } の実行を依頼してください。

## 行と列

row-wrong = { $row } 行目: { $why }
row-too-many-cells = セルの数がヘッダーより多くなっています
row-extra-comma = 行末に余分なカンマがあります。そのカンマを削除してください
row-not-csv = { $words }。閉じていない引用符がないか確認してください
cell-with-line-break = セルに改行が含まれています。閉じていない引用符がないか確認してください
cell-too-long = セルが { $limit } 文字を超えています。閉じていない引用符がないか確認してください
header-of-spreadsheet = { $path } の 1 行目: '{ $given }' はヘッダーではなく、表計算ソフトへの指示です。
    .next = その行を削除してください。1 行目には、次の列名をカンマ区切りで書きます: { $columns }。
header-without-commas = { $path } のヘッダー: セルがカンマではなく{ $kind ->
        [semicolon] セミコロン
        [tab] タブ
       *[bar] 縦線
    }で区切られています。
    .next = カンマ区切りの CSV UTF-8 として保存してください。
file-empty = { $path } は空です。
    .next = 1 行目に列名 { $columns } をカンマ区切りで入力し、その下に行を入力してください。
header-missing = { $path } にヘッダーがありません: 1 行目は '{ $given }' です。
    .next = その上の行に、列名 { $columns } をカンマ区切りで入力してください。
header-extra-comma = { $path } のヘッダー: 末尾に余分なカンマがあります。
    .next = 末尾の空の列を削除してください。
header-wrong = { $path } のヘッダー: { $findings }
    .next = 列は { $columns } です。
column-unnamed = { $number } 番目の列は、不明な名前です
column-unknown = 列 '{ $column }' は使用できません
column-unknown-near = 列 '{ $column }' は使用できません。'{ $columns }' の誤りではありませんか?
column-missing = 列 '{ $column }' がありません
column-twice = 列 '{ $column }' が重複しています

## accounts.csv

accounts-too-many = { $path } には { $count } 行ありますが、AWS の組織のアカウントは最大 { $limit } 件です。
    .next = { file-too-large.next }
write-the-plan = 列 { $columns } を持つファイルを、1 アカウント 1 行で作成してください。
accounts-not-planned = アカウント { $accounts } は計画にありません。
    .next = 先に accounts.csv に行を追加してください。orgtools は計画にないアカウントには何も行いません。
planned = アカウント { $account } をウェーブ { $wave } で { $unit } に移行 ({ $kind })
planned-with-tags = アカウント { $account } をウェーブ { $wave } で { $unit } に移行 ({ $kind }、タグ { $tags })
plan-added = 追加: { $why }
plan-removed = 削除: { $why }
plan-changed = 変更: { $why } → { $change }
account-listed-again = アカウント { $account } が { $count } 回記載されています
account-wrong = アカウント { $account }: { $why }
management-account-planned = アカウント { $account } は{ side-name }の管理アカウントのため、移行できません
account-id-short = account_id { $given } は 12 桁ではなく { $count } 桁です。表計算ソフトで先頭のゼロが失われた可能性があります。{ $account } のことであれば、そのように入力し、列の書式を文字列にしてください
account-id-rounded = account_id { $given } は表計算ソフトによって丸められています。12 桁の数字を入力し、列の書式を文字列にしてください
account-id-wrong = account_id '{ $given }' は 12 桁の数字ではありません
account-id-not-bare = account_id '{ $given }' は 12 桁の数字ではありません。{ $account } だけを入力してください
unit-cell-wrong = ou '{ $given }' は OU のパスではありません。/Workloads/Prod のように、名前をスラッシュで区切って入力してください
wave-cell-wrong = wave '{ $given }' は 1 から 9999 までの数値ではありません
path-cell-wrong = path '{ $given }' は 'direct' でも 'standalone' でもありません
tags-cell-wrong = tags '{ $given }': { $why }
tag-no-pair = '{ $tag }' は key=value の形式ではありません。複数のタグはセミコロンで区切ってください
tag-without-key = '{ $tag }' にキーがありません
tag-signs-wrong = '{ $tag }' に AWS で使用できない文字が含まれています。タグに使用できるのは、文字、数字、スペースと _ . : / = + - @ です
tag-with-comma = { tag-signs-wrong }。複数のタグはセミコロンで区切ってください
tag-too-long = キーは { $limit } 文字、値は { $quota } 文字までです。'{ $tag }' のキーは { $count } 文字、値は { $total } 文字です
tag-key-twice = キー '{ $tag }' が重複しています
tag-reserved = aws: で始まるキーは予約されています
tags-too-many = アカウントに { $count } 個のタグがあります。AWS ではアカウントあたり { $limit } 個までです
unit-path-twice = 移行先には、パスが { $unit } の OU が { $count } 個あります。代わりに次のいずれかの ID を入力してください: { $units }
unit-path-ambiguous = 移行先では、パス { $unit } を 1 つに特定できません。候補は { $units } です。パス全体を入力してください
unit-missing = 移行先に OU { $unit } がありません。OU を作成するか、パスを修正してください
unit-missing-near = 移行先に OU { $unit } がありません。{ $units } の誤りではありませんか?

## assignments.csv

assignment-twice = { $given } へのアクセス許可セット { $permission_set } の割り当てが重複しています
permission-set-empty = permission_set が空です
permission-set-wrong = { $column } '{ $given }' はアクセス許可セットの名前ではありません。1 から 32 文字の英数字と _+=,.@- で入力してください
principal-wrong = principal '{ $given }' は、USER または GROUP、スペース、名前の順に書かれていません
principal-without-permission-set = to_principal だけが入力され、to_permission_set が空です。両方を入力するか、割り当てを移さない場合は両方を空にしてください
principal-id-wrong = to_principal '{ $given }' は、USER または GROUP、スペース、ID (11111111-2222-3333-4444-555555555555 など) の順に書かれていません

## migration.toml

name-the-run-folder = migration.toml と accounts.csv のある移行フォルダを指定してください。
run-folder-impossible = { $given } は移行フォルダとして使用できません。
    .next = { name-the-run-folder }
settings-wrong = { $path }: { $findings }
    .next = 修正してください。すべての設定は docs/reference/settings.md に記載されています。
settings-unplanned = migration.toml: { $findings }。
    .next = ID を修正するか、accounts.csv に行を追加してください。何も実行していません。
setting-names-unplanned = { $setting } にある { $account } は accounts.csv にありません
setting-wrong = { $setting }: { $why }
secret-setting-wrong = { $setting } が正しくありません。{ $why }
secret-setting-unknown = { $setting } は不明なキーです
setting-entry-wrong = { $setting } の { $number } 番目の値: { $why }
setting-entry-given-wrong = { $setting } の { $number } 番目の値 ('{ $given }'): { $why }
setting-unknown = { $setting }: 不明なキーです
setting-unknown-near = { $setting }: 不明なキーです。'{ $keys }' の誤りではありませんか?
settings-need-source = テーブル [source] がありません。次の設定には移行元の認証情報が必要です: { $keys }
no-account-id = 12 桁の数字ではありません
no-account-or-unit = 12 桁の数字でも、/Workloads/Prod のような OU のパスでもありません
no-unit-path = OU のパスではありません。/Workloads/Prod のように、名前をスラッシュで区切って入力してください
no-path-or-empty = スラッシュで始まるパスを入力するか、空にしてください
no-region-code = eu-central-1 のようなリージョンコードではありません
no-region-code-or-empty = 空でも、eu-central-1 のようなリージョンコードでもありません
no-run-name = 移行の名前ではありません。2 から 40 文字の英数字と _.@=,- で入力してください
no-role-name = ロール名ではありません。必要に応じてパスを付け、1 から 64 文字の英数字と _+=,.@- で入力してください
no-role-arn = ロールの ARN ではありません
no-permission-set-name = アクセス許可セットの名前ではありません。1 から 32 文字の英数字と _+=,.@- で入力してください
no-profile-name = プロファイルの名前ではありません
no-secret-name = シークレットの名前でも ARN でもありません
no-way-in = { $keys } のいずれでもありません
identity-center-not-named = identity-center を使用するには、profile と permission_set を指定したテーブル [access.identity_center] が必要です
revoke-without-prepare = revoke には prepare = true が必要です。先に移行先のアクセスを準備します
operations-not-paced = orgtools が呼び出し頻度を調整するのは { $operations } です。{ $findings }
operation-unknown = orgtools は { $operation } の呼び出し頻度を調整しません
operation-unknown-near = orgtools は { $operation } の呼び出し頻度を調整しません。'{ $operations }' の誤りではありませんか?
entrance-wrong = 指定された認証情報は使用できません: { $findings }
    .next = 修正してください。指定できるのは profile、role_arn、secret です。何も変更していません。
entrance-is-double = role_arn と secret は、どちらか一方だけを指定してください
entrance-is-missing = profile、role_arn、secret のいずれかを指定してください
value-wrong = { $words }
value-missing = 設定がありません
value-empty = 空です
value-not-bool = true でも false でもありません
value-not-table = テーブルではありません
value-not-list = リストではありません
value-not-number = 数値ではありません
value-not-finite = 有限の数値ではありません
value-not-whole = 整数ではありません
value-not-text = 引用符で囲まれた文字列ではありません
value-not-above = { $limit } より大きい値を指定してください
value-too-small = { $limit } 以上の値を指定してください
value-too-large = { $limit } 以下の値を指定してください
value-too-long = { $limit } 文字以下で指定してください
value-has-more-items = 項目は { $limit } 個以下にしてください
value-too-short = { $limit } 文字以上で指定してください

## 言語

language-unknown = orgtools はこの言語に対応していません。対応しているのは { $choices } です
language-of-variable-unknown = 環境変数 { $variable } に、orgtools が対応していない言語 '{ $given }' が指定されています。
    .next = 次のいずれかを指定するか、変数を削除してください: { $choices }。

## 移行を開く

folder-on-network = 移行フォルダ { $path } はネットワークファイルシステム ({ $kind }) 上にあります。そこでは台帳のロックが機能しません。
    .next = フォルダをこのマシンのディスクに移してください。
folder-not-writable = 移行フォルダ { $path } に書き込めません。台帳はこのフォルダにあります。
    .next = 実行するユーザーが書き込めるようにするか、書き込めるフォルダにコピーしてください。
owner-accepts = アカウント { $account }: [access] の設定により、所有者が招待を承諾します。この移行ではアカウントにアクセスしません。
    .next = 50_accept が書き出すページを所有者に送るか、[access] でアクセス方法を指定してください。
step-is-performed = この移行のステップ { $step } を、別のノートブックまたはコマンドが実行しています。
    .next = 終了を待ってから、もう一度プレビューしてください。
lock-refused = 移行フォルダ { $path } でステップ { $step } のロックを取得できません: { $words }。
    .next = 書き込みのできる、このマシンのディスクにフォルダを置いてください。
partitions-differ = 移行元のパーティションは { $partition }、移行先は { $partitions } です。
    .next = パーティションをまたいでアカウントを移行することはできません。migration.toml のプロファイルを修正してください。
organizations-are-one = 移行元と移行先が同じ組織 { $organization } です。
    .next = migration.toml で 2 つの異なるプロファイルを指定してください。
ledger-of-another-run = { $path } は、{ $why }移行の台帳です。migration.toml は、{ $change }移行を指定しています。
    .next = 移行ごとに別の移行フォルダを使用するか、migration.toml を修正してください。
ledger-of-another-start = { ledger-of-another-run }
    .next = { ledger-of-another-run.next }新しい移行では、招待済みと移行済みのアカウントを検出し、その続きから進めます。
from-to = { $organization } から { $organizations } への
from-elsewhere-to = 移行元の指定がない、{ $organizations } への

## 台帳

ledger-not-opened = { $path } を台帳として開けません: { $words }。
    .next = ファイルを復元するか、新しい移行フォルダで始めてください。すでに行われたことは AWS から読み取れます。
ledger-not-entered = { $path } を台帳として開けません。{ $then }
    .next = { $then_next }
ledger-edited = { $path } が書き換えられています: { $findings }。
    .next = コピーからファイルを復元するか、新しい移行フォルダで始めてください。すでに行われたことは AWS から読み取れます。
ledger-not-written = { $path } に書き込めません: { $words }。
    .next = この操作では AWS に何も変更していません。空き容量を確保するか、権限を修正してから、続行してください。
ledger-not-read = { $path } を読み取れません: { $words }。
    .next = { ledger-edited.next }
ledger-event-unreadable = { $path }: イベント { $event } を読み取れません: { $words }。
    .next = { ledger-edited.next }
ledger-event-missing = イベント { $event } がありません。その位置にイベント { $number } があります
ledger-event-unlinked = イベント { $event } は直前のイベントとつながっていません
ledger-event-altered = イベント { $event } ({ $kind }) が改変されています
tag-not-hidden = { $tag } に、記録で伏せるべきシークレットまたはアドレスが含まれています
